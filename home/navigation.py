"""The main menu, the footer's links and the breadcrumbs, in the reader's language; Swedish where it has no translation.

The Swedish page tree decides which pages are shown, and in which order: `show_in_menus` is set once for all languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from wagtail.models import Page

from core.models import BasePage
from core.translation.locales import source_rows
from core.translation.reading import reader_language, reader_url, remember
from core.web.page_cache.memory import kept
from core.web.prepared import Prepared
from core.web.site_address import site_of


@dataclass(frozen=True)
class Link:
    """A link to a page, and what a template needs to mark it up."""

    title: str
    url: str
    language: str
    # For aria-current: "page" for the page shown, "true" for a page above it, else "".
    current: str = ""
    # The model name of its page type, such as experienceindexpage.
    kind: str = ""


@dataclass(frozen=True)
class Navigation:
    """The links of the main menu and of the footer."""

    main: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()

    @property
    def experiences(self) -> Link | None:
        """The link to the list of experiences; None if the main menu has none."""
        return next((link for link in self.main if link.kind == "experienceindexpage"), None)


def navigation(request: HttpRequest, page: Page | None = None) -> Navigation:
    """The main menu and the footer's links, in one query. `page`: the one shown, to be marked as current."""
    site = site_of(request)
    if site is None:
        return Navigation()
    key = ("home.navigation", site.pk, _language())
    home = site.root_page
    families = kept(request, key, lambda: _families(_shown_pages(home.path, home.depth, _language())))
    remember((family[0] for family in families), request)
    return Navigation(
        main=tuple(_link(family, request, page) for family in families if family[0].in_menu),
        footer=tuple(_link(family, request, page) for family in families if family[0].in_footer),
    )


def crumbs(request: HttpRequest, page: BasePage) -> tuple[Link, ...]:
    """Links from the home page down to the page's parent. No query if core.translation.routing has found the page."""
    language = _language()
    links = []
    for family in page.families_above:
        candidates = [family[code] for code in (language, settings.LANGUAGE_CODE) if code in family]
        shown = next((above for above in candidates if above.live), None)
        if shown is not None:
            links.append(Link(shown.title, reader_url(shown, request), shown.locale.language_code))
    return tuple(links)


def _pages_of_menus(home_path: str, home_depth: int, language: str) -> QuerySet[Page]:
    """The pages of both menus, each in the reader's language and in Swedish, with `in_menu` and `in_footer`."""
    source = source_rows(Page.objects.filter(path__startswith=home_path))
    in_menu, in_footer = Q(depth=home_depth + 1, show_in_menus=True), Q(standardpage__show_in_footer=True)
    own = source.filter(translation_key=OuterRef("translation_key"))
    shown: QuerySet[Page] = _readable(source.filter(in_menu | in_footer), language).annotate(
        in_menu=Exists(own.filter(in_menu)), in_footer=Exists(own.filter(in_footer))
    )
    return shown


_shown_pages = Prepared(_pages_of_menus)


def _readable(pages: QuerySet[Page], language: str) -> QuerySet[Page]:
    """Live pages with the keys of `pages`, in the reader's language and in Swedish, in the Swedish tree's order."""
    source = source_rows(Page.objects.filter(translation_key=OuterRef("translation_key")))
    readable: QuerySet[Page] = (
        Page.objects.live()
        .filter(translation_key__in=pages.values("translation_key"))
        .filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
        .annotate(
            code=F("locale__language_code"),
            kind=F("content_type__model"),
            place=Subquery(source.values("path")[:1]),
        )
        .order_by("place")
    )
    return readable


def _families(pages: Iterable[Page]) -> list[list[Page]]:
    """Pages grouped by translation key: one or two in each group, the one in the reader's language first."""
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
    """The reader's, also while an untranslated page is rendered in Swedish."""
    return reader_language()
