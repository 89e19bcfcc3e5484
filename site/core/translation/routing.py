"""Finds the page that an address names, in two queries at any depth.

A path under /ar/ is matched with the Arabic pages, then with the Swedish ones:

* a live Arabic page is served;
* a live Swedish page without a live translation is served under /ar/ with its Swedish path;
* every other path to the same page redirects there, so that each page has one address in each language. Components are
  read as people type and copy them: /ar/Upplevelser/, /sv/värdarna/.

The first query fetches the page, its ancestors and all their translations, which the language links, `hreflang` and
breadcrumbs use. Wagtail's own routing makes two queries for each level, and stops at a page without a translation.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from core.translation.reading import reader_language, reader_url
from core.translation.slugs import ascii_slug
from core.web.page_cache.memory import kept
from core.web.prepared import AnyOf, Prepared, Slot
from core.web.site_address import site_of

# No page is deeper: a path with more parts is not looked up.
DEEPEST = 12

# A page in all its languages: language code → page.
Family = dict[str, Page]


class Found(NamedTuple):
    """The deepest page on a path, the path components below it, and the translations of all pages found."""

    page: Page
    rest: list[str]
    families: dict[UUID, Family]

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return 4_000 * sum(map(len, self.families.values()))


def find(request: HttpRequest, components: list[str]) -> RouteResult:
    """The page at this path, in the reader's language or in Swedish. Raises Http404."""
    language, site = reader_language(request), site_of(request)
    key = ("core.route", site and site.pk, language, *components)
    found = kept(request, key, lambda: _deepest_page_below_either(request, components, language))
    family = found.families[found.page.translation_key]
    shown = _readable(family, language)
    if shown is None:
        raise Http404
    page = _specific_page(shown, found.families)
    if found.rest:
        # A page type may have addresses of its own below it. Not a home page: it would ask us again.
        if page.depth == 2:
            raise Http404
        return page.route(request, found.rest)
    address = reader_url(shown, request, language)
    if _parts(address)[1:] != components:
        return RouteResult(page, kwargs={"moved_to": address})
    return RouteResult(page)


def find_or_none(request: HttpRequest, path: str) -> RouteResult | None:
    """The page at this path, or None."""
    try:
        return find(request, _parts(path))
    except Http404:
        return None


def address_of(request: HttpRequest, language: str, components: list[str]) -> str:
    """The address, for readers of `language`, of the page that has this path in any language; empty if none has.

    For a path without its language or below another one: /upplevelser/, /ar/experiences/.
    """
    try:
        found = _deepest_page(request, components, [*dict.fromkeys([language, *dict(settings.LANGUAGES)])])
        if 0 < len(found.rest) < len(components):
            found = _look_below_swedish_page(request, found)
    except Http404:
        return ""
    shown = _readable(found.families[found.page.translation_key], language)
    return reader_url(shown, request, language) if shown and not found.rest else ""


def as_slugs(components: list[str]) -> list[str]:
    """Path components as slugs are written: in small ASCII letters, without the full stop of a sentence around them."""
    return [slug for part in components if (slug := ascii_slug(part, otherwise=""))]


def _deepest_page_below_either(request: HttpRequest, components: list[str], language: str) -> Found:
    """The deepest page on the path, below pages in this language and below Swedish ones."""
    found = _deepest_page(request, components, [language, settings.LANGUAGE_CODE])
    return _look_below_swedish_page(request, found) if found.rest else found


def _deepest_page(request: HttpRequest, components: list[str], codes: list[str]) -> Found:
    """The deepest page on the path, in the first of the languages that has it."""
    if len(components) > DEEPEST:
        raise Http404
    roots = _roots(request)
    known = [roots[code] for code in codes if code in roots]
    ways = _ways_to_read(components)
    pages: list[Page] = _with_all_translations(url_paths=[root + head for root in known for head, _ in ways])
    by_path = {page.url_path: page for page in pages}
    for head, rest in ways:
        named = [by_path[root + head] for root in known if root + head in by_path]
        if named:
            # Live ones first: two drafts with each other's Swedish slug would redirect to each other for ever.
            page = next((page for page in named if page.live), named[0])
            return Found(page, rest, _families(pages))
    raise Http404


def _ways_to_read(components: list[str]) -> list[tuple[str, list[str]]]:
    """Pairs of a page's path below its home page and the components left, the longest path first; exact ones first."""
    readings = dict.fromkeys((tuple(components), tuple(as_slugs(components))))
    ways = [
        ("".join(f"{part}/" for part in parts[:length]), list(parts[length:]))
        for parts in readings
        for length in range(len(parts), -1, -1)
    ]
    return sorted(ways, key=lambda way: len(way[1]))


def _look_below_swedish_page(request: HttpRequest, found: Found) -> Found:
    """Look below the Swedish page too: in /ar/tajarib/baka-brod/ the list is translated, the page below it is not."""
    source = settings.LANGUAGE_CODE
    twin = found.families[found.page.translation_key].get(source)
    root = _roots(request).get(source)
    if twin is None or root is None or twin.pk == found.page.pk:
        return found
    deeper = _deepest_page(request, _parts(twin.url_path.removeprefix(root)) + found.rest, [source])
    return deeper if len(deeper.rest) < len(found.rest) else found


def _roots(request: HttpRequest) -> dict[str, str]:
    """The root path of each language on this site: {"sv": "/home/", "ar": "/home-ar/"}."""
    site = site_of(request)
    if site is None:
        raise Http404
    return {root.language_code: root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk}


def _all_translations() -> QuerySet[Page]:
    keys = Page.objects.filter(AnyOf("url_path", Slot("url_paths"))).values("translation_key")
    found: QuerySet[Page] = Page.objects.filter(translation_key__in=keys).select_related("locale")
    return found


def _page_to_serve(model: Any) -> QuerySet[Any]:
    page: QuerySet[Any] = model.to_serve().filter(pk=Slot("pk"))
    return page


_with_all_translations = Prepared(_all_translations)
_pages_to_serve = Prepared(_page_to_serve)


def _families(pages: list[Page]) -> dict[UUID, Family]:
    families: dict[UUID, Family] = defaultdict(dict)
    for page in pages:
        families[page.translation_key][page.locale.language_code] = page
    return dict(families)


def _readable(family: Family, language: str) -> Page | None:
    for code in (language, settings.LANGUAGE_CODE):
        if code in family and family[code].live:
            return family[code]
    return None


def _specific_page(row: Page, families: dict[UUID, Family]) -> Any:
    """The specific page, with its translations, ancestors and parent set from what was fetched."""
    model: Any = row.specific_class
    found = _pages_to_serve(model, pk=row.pk)
    if not found:
        raise Http404
    page = found[0]
    page.in_languages = {code: p for code, p in families[row.translation_key].items() if p.live}
    by_path = {other.path: (other, family) for family in families.values() for other in family.values()}
    above = [row.path[:length] for length in range(2 * row.steplen, len(row.path), row.steplen)]
    if all(path in by_path for path in above):
        page.families_above = [by_path[path][1] for path in above]
    if above and above[-1] in by_path:
        page._cached_parent_obj = by_path[above[-1]][0]
    return page


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]
