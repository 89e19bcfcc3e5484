"""The main menu, the footer's pages and the crumbs, in the reader's language; Swedish where there is no translation.

The Swedish tree decides what is shown and in which order: an editor ticks a box once, for all languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from wagtail.models import Page, Site

from core.models import BasePage
from core.translation.locales import source_rows
from core.translation.reading import reader_language, reader_url, remember


@dataclass(frozen=True)
class Link:
    """A link to a page, with what a template must say about it."""

    title: str
    url: str
    language: str
    # "page" for where the reader is, "true" for the part of the site that it lies in, else "".
    current: str = ""
    # The name of its page type: experienceindexpage.
    kind: str = ""


@dataclass(frozen=True)
class Navigation:
    main: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()

    @property
    def experiences(self) -> Link | None:
        """The list of experiences, where the menu has it: what most people come for."""
        return next((link for link in self.main if link.kind == "experienceindexpage"), None)


def navigation(request: HttpRequest, page: Page | None = None) -> Navigation:
    """Both menus, in one query."""
    site = Site.find_for_request(request)
    if site is None:
        return Navigation()
    families = _families(_shown_pages(site.root_page))
    remember((family[0] for family in families), request)
    return Navigation(
        main=tuple(_link(family, request, page) for family in families if family[0].in_menu),
        footer=tuple(_link(family, request, page) for family in families if family[0].in_footer),
    )


def crumbs(request: HttpRequest, page: BasePage) -> tuple[Link, ...]:
    """The way from the home page down to the page's parent; no query where our router has found the page."""
    language = _language()
    way = []
    for family in page.families_above:
        known = [family[code] for code in (language, settings.LANGUAGE_CODE) if code in family]
        shown = next((above for above in known if above.live), None)
        if shown is not None:
            way.append(Link(shown.title, reader_url(shown, request), shown.locale.language_code))
    return tuple(way)


def _shown_pages(home: Page) -> QuerySet[Page]:
    source = source_rows(Page.objects.filter(path__startswith=home.path))
    in_menu, in_footer = Q(depth=home.depth + 1, show_in_menus=True), Q(standardpage__show_in_footer=True)
    own = source.filter(translation_key=OuterRef("translation_key"))
    shown: QuerySet[Page] = _readable(source.filter(in_menu | in_footer)).annotate(
        in_menu=Exists(own.filter(in_menu)), in_footer=Exists(own.filter(in_footer))
    )
    return shown


def _readable(pages: QuerySet[Page]) -> QuerySet[Page]:
    """What a reader may see of these pages: the published ones in the reader's language and in Swedish, in order."""
    source = source_rows(Page.objects.filter(translation_key=OuterRef("translation_key")))
    readable: QuerySet[Page] = (
        Page.objects.live()
        .filter(translation_key__in=pages.values("translation_key"))
        .filter(locale__language_code__in={_language(), settings.LANGUAGE_CODE})
        .annotate(
            code=F("locale__language_code"),
            kind=F("content_type__model"),
            place=Subquery(source.values("path")[:1]),
        )
        .order_by("place")
    )
    return readable


def _families(pages: Iterable[Page]) -> list[list[Page]]:
    """Each page with its other language; the reader's comes first."""
    families: dict[str, list[Page]] = {}
    for page in pages:
        family = families.setdefault(page.translation_key, [])
        family.insert(0 if page.code == _language() else len(family), page)
    return list(families.values())


def _link(family: list[Page], request: HttpRequest, here: Page | None = None) -> Link:
    shown = family[0]
    return Link(shown.title, reader_url(shown, request), shown.code, _current(family, here), shown.kind)


def _current(family: list[Page], here: Page | None) -> str:
    if here is None:
        return ""
    if here.translation_key == family[0].translation_key:
        return "page"
    return "true" if any(here.path.startswith(page.path) for page in family) else ""


def _language() -> str:
    """The reader's, also for the crumbs inside the words of an untranslated page."""
    return reader_language()
