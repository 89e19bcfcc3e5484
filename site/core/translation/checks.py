"""Checks that are made whenever a translation is saved or published.

* `check_translated`: a live translation holds no Swedish text that its translator has not chosen.
* `check_source_is_live`: no translation is live while its Swedish page is not.
* `is_draft_save`: wagtail-localize's saving of a draft does not change the row of a live page.
* `check_alias`: there are no aliases, which would show Swedish under an Arabic address (docs/decisions/0004).
* `check_source`: translations are made from Swedish pages and snippets only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import unescape
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.publishing.refusals import NotYet, Refused
from core.translation.locales import is_source, source_of


class Untranslated(Refused):
    """A translation still has Swedish text, or text is missing: it may not be live."""


class SourceNotPublished(NotYet):
    """The Swedish page of a translation is not live: a consent may have been withdrawn."""


class NoAliases(PermissionDenied):
    """A page may not be an alias of another one."""


class OnlyFromSwedish(PermissionDenied):
    """Only Swedish pages and snippets may be submitted for translation."""


# (content path, text)
Words = tuple[str, str]


def words_of(page: TranslatableMixin) -> list[Words]:
    """All translatable text of a page, without the slug."""
    return [
        (segment.path, _normal(segment.string.data))
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.path != "slug"
    ]


def _normal(text: str) -> str:
    return unescape(text).strip()


def check_translated(page: TranslatableMixin, source: TranslatableMixin) -> None:
    """Raise Untranslated if a translation has Swedish text that was not chosen for it.

    Text that is equal to the Swedish (a name) is accepted if a translator entered it or the live translation has it.
    """
    swedish = set(words_of(source))
    same = [words for words in words_of(page) if words in swedish]
    if same and (left := _not_chosen(page, same)):
        raise Untranslated(_("Not translated yet: %(texts)s") % {"texts": " · ".join(text for _path, text in left[:5])})


def _not_chosen(page: TranslatableMixin, words: list[Words]) -> list[Words]:
    """Those that no translator entered and the live translation does not have."""
    chosen = {
        (path, _normal(data))
        for path, data in StringTranslation.objects.filter(
            context__object_id=page.translation_key, locale=page.locale, has_error=False
        ).values_list("context__path", "data")
    }
    left = [pair for pair in words if pair not in chosen]
    published = type(page)._default_manager.filter(pk=page.pk, live=True).first() if left else None
    if published is not None:
        known = set(words_of(published))
        left = [pair for pair in left if pair not in known]
    return left


def check_source_is_live(page: Page) -> None:
    """Raise SourceNotPublished if there is a Swedish page and it is not live."""
    source = None if is_source(page) else source_of(page)
    if source is not None and not source.live:
        raise SourceNotPublished(_("The Swedish page is not published. Publish that one first."))


def check_alias(page: Page) -> None:
    """Raise NoAliases for a page that is an alias."""
    if page.alias_of_id:
        raise NoAliases(_("A page of its own is needed in each language: use “Translate”."))


def check_source(source: TranslationSource) -> None:
    """Raise OnlyFromSwedish for a source in another language."""
    if not is_source(source):
        raise OnlyFromSwedish(_("Translations are made from the Swedish page. Open it, and use “Translate” there."))


# --- Drafts stay drafts -------------------------------------------------------------------------------------------
# The translation that wagtail-localize is saving: (translation key, locale).
_drafting: ContextVar[tuple[UUID, int] | None] = ContextVar("drafting", default=None)


@contextmanager
def saving_draft(translation_key: UUID, locale_id: int) -> Iterator[None]:
    """While wagtail-localize saves this translation, its live page's row is not changed before it is published.

    wagtail-localize saves the row before it makes a revision: with `publish=False` a draft would be shown to visitors.
    """
    token = _drafting.set((translation_key, locale_id))
    try:
        yield
    finally:
        _drafting.reset(token)


def is_draft_save(page: Page) -> bool:
    """Whether wagtail-localize is saving a draft over the row of a live page: `last_published_at` has not changed."""
    if not (page.pk and page.live) or _drafting.get() != (page.translation_key, page.locale_id):
        return False
    return bool(type(page)._default_manager.filter(pk=page.pk, last_published_at=page.last_published_at).exists())
