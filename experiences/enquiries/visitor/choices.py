"""Which experience is meant: what the form offers, and what an address or an old form may say instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.conf import settings

from experiences.models import ExperiencePage


@dataclass(frozen=True)
class Option:
    """An experience in the select, as the reader of the form sees it."""

    pk: int
    title: str
    slug: str
    language: str
    is_open: bool


@dataclass(frozen=True)
class Experiences:
    """All experiences that a reader of a language can choose."""

    language: str
    options: Sequence[Option]

    @classmethod
    def of(cls, language: str, *, beside: ExperiencePage | None = None) -> Self:
        """`beside`: the page that asks. It is one of them, also while an editor looks at a draft of it."""
        pages = ExperiencePage.objects.readable_in(language).alphabetical(language)
        rows = pages.values_list("pk", "title", "slug", "locale__language_code", "state")
        options = [
            Option(pk, title, slug, code, is_open=state == ExperiencePage.State.OPEN)
            for pk, title, slug, code, state in rows
        ]
        if beside and beside.pk and beside.pk not in {option.pk for option in options}:
            options.append(
                Option(beside.pk, beside.title, beside.slug, beside.locale.language_code, not beside.is_paused)
            )
        return cls(language, options)

    def find(self, said: str) -> Option | None:
        """By the id or the slug of the page in the reader's language, or of its translation."""
        for option in self.options:
            if said in (str(option.pk), option.slug):
                return option
        return self._find_translated(said) if said else None

    def _find_translated(self, said: str) -> Option | None:
        """What comes from a page in another language: the reader has changed the language, or a link was shared."""
        public = ExperiencePage.objects.live().public()
        meant = public.filter(pk=int(said)) if _is_id(said) else public.filter(slug=said[:255])
        key: UUID | None = meant.values_list("translation_key", flat=True).first()
        if key is None:
            return None
        pks = set(ExperiencePage.objects.filter(translation_key=key).values_list("pk", flat=True))
        return next((option for option in self.options if option.pk in pks), None)

    def offered(self, *, beside: Sequence[Option | None] = ()) -> list[Option]:
        """Those that are open, and paused ones that somebody asks about by name."""
        return [option for option in self.options if option.is_open or option in beside]


def _is_id(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) < 18


def swedish(option: Option) -> ExperiencePage:
    """The page that an enquiry is kept with: the source of all its translations."""
    pages = ExperiencePage.objects.select_related("locale")
    page: ExperiencePage = pages.get(pk=option.pk)
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    source = pages.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE).first()
    return source or page
