"""The experiences that the enquiry form offers, and which one a posted value or a query string means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from core.translation.locales import source_of
from experiences.models import ExperiencePage


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
    """All experiences that a reader of a language can read, open and paused."""

    language: str
    options: Sequence[Option]

    @classmethod
    def for_language(cls, language: str, *, including: ExperiencePage | None = None) -> Self:
        """The choices of a language. `including`: a page that is one of them even as an unpublished draft (preview)."""
        pages = ExperiencePage.objects.readable_in(language).alphabetical(language).with_is_open()
        rows = pages.values_list("pk", "title", "slug", "locale__language_code", "is_open")
        options = [Option(*row) for row in rows]
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
        """The option whose translation has this id or slug: a link was shared, or the reader changed the language."""
        public = ExperiencePage.objects.live().public()
        pages = public.filter(pk=int(value)) if _is_id(value) else public.filter(slug=value[:255])
        key: UUID | None = pages.values_list("translation_key", flat=True).first()
        if key is None:
            return None
        pks = set(ExperiencePage.objects.filter(translation_key=key).values_list("pk", flat=True))
        return next((option for option in self.options if option.pk in pks), None)

    def offered(self, *, including: Sequence[Option | None] = ()) -> list[Option]:
        """The options of the select: open experiences, and paused ones only if they are in `including`."""
        return [option for option in self.options if option.is_open or option in including]


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
