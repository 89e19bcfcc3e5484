"""The experiences that the enquiry form offers, and which one a posted value or a query string means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from core.translation.locales import source_of
from core.web.prepared import AnyOf, Prepared
from experiences.models import ExperiencePage
from experiences.querysets import ExperienceQuerySet

# With more experiences, the form offers the one that is asked about, and help with choosing.
MOST_OFFERED = 100


@dataclass(frozen=True)
class Option:
    """An experience as an option of the select, in the reader's language or else in Swedish."""

    pk: int
    title: str
    slug: str
    language: str
    is_open: bool


@dataclass(frozen=True)
class ExperienceChoices:
    """All experiences that a reader of a language can read, open and paused; none if they are more than MOST_OFFERED.

    `find` knows all of them.
    """

    language: str
    options: Sequence[Option]

    @classmethod
    def for_language(cls, language: str, *, including: ExperiencePage | None = None) -> Self:
        """The choices of a language. `including`: a page that is one of them even as an unpublished draft (preview)."""
        options = [Option(*row) for row in _some_readable(language)]
        if len(options) > MOST_OFFERED:
            options = []
        page = including
        if page and page.pk and page.pk not in {option.pk for option in options}:
            options.append(Option(page.pk, page.title, page.slug, page.locale.language_code, not page.is_paused))
        return cls(language, options)

    def find(self, value: str) -> Option | None:
        """The option with this page id or slug, which may be that of a translation in another language."""
        for option in self.options:
            if value in (str(option.pk), option.slug):
                return option
        return self._find_translated(value) if value else None

    def _find_translated(self, value: str) -> Option | None:
        """The option that has this id or slug, or whose translation has: a shared link, or another language chosen."""
        public = ExperiencePage.objects.live().public()
        pages = public.filter(pk=int(value)) if _is_id(value) else public.filter(slug=value[:255])
        key = pages.order_by("pk").values("translation_key")[:1]
        readable = ExperiencePage.objects.readable_in(self.language).filter(translation_key__in=key)
        return next((Option(*row) for row in _values(readable[:1])), None)

    def offered(self, *, including: Sequence[Option | None] = ()) -> list[Option]:
        """The options of the select: open experiences, and all in `including`."""
        found = [option for option in self.options if option.is_open or option in including]
        return found + [option for option in dict.fromkeys(including) if option and option not in found]


def _values(pages: ExperienceQuerySet) -> QuerySet[ExperiencePage, Any]:
    """For `Option`."""
    return pages.with_is_open().values_list("pk", "title", "slug", "locale__language_code", "is_open")


def _first_readable(language: str) -> QuerySet[ExperiencePage, Any]:
    """Not more than one above MOST_OFFERED: to sort all, or to look for translations of all, would mean to read all."""
    swedish = ExperiencePage.objects.readable_in(settings.LANGUAGE_CODE).order_by()
    some = ArraySubquery(swedish.values("translation_key")[: MOST_OFFERED + 1])
    readable = ExperiencePage.objects.readable_in(language).filter(AnyOf("translation_key", some))
    return _values(readable.alphabetical(language))


_some_readable = Prepared(_first_readable)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 18


def get_page(option: Option) -> ExperiencePage:
    """The page of an option. One query."""
    page: ExperiencePage = ExperiencePage.objects.select_related("locale").with_pause_codes().get(pk=option.pk)
    return page


def swedish_page(page: ExperiencePage) -> ExperiencePage:
    """The Swedish page that `page` translates; `page` itself if it is Swedish or has no Swedish page.

    Enquiries are stored with it, and staff read its title.
    """
    return source_of(page) or page
