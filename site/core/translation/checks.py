"""What no translation may lose: its words. And the two shapes that would lose them unseen.

* Words that go live are a translation, not Swedish in another language's place (`check_words`).
* Nothing is live in another language that is withdrawn in Swedish, or not out yet (`check_swedish_is_live`).
* A published translation changes by publication only: what a translator has not published stays a draft (`drafting`).
* No aliases: a page that says it is Arabic and holds Swedish (docs/decisions/0004).
* Translations are made from Swedish only: a translation of a translation is a second truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import unescape
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.publishing.refusals import NotYet, Refused
from core.translation.locales import is_source


class Untranslated(Refused):
    """Some text of a translation is still Swedish (or missing): it does not go live."""


class SwedishNotPublished(NotYet):
    """A translation would be public without its Swedish page: a consent may have been withdrawn there."""


class NoAliases(PermissionDenied):
    """A page that mirrors another one would call Swedish words Arabic."""


class OnlyFromSwedish(PermissionDenied):
    """Something else than a Swedish page or snippet was sent to be translated."""


# (Path in the page, text).
Words = tuple[str, str]


def words_of(page: Any) -> list[Words]:
    """All that a translator translates, but the slug."""
    return [
        (segment.path, _normal(segment.string.data))
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.path != "slug"
    ]


def _normal(text: str) -> str:
    return unescape(text).strip()


def check_words(page: Any, source: Any) -> None:
    """Raises Untranslated if a translation would go live with Swedish words that nobody chose for it.

    The same words are right where a translator wrote them (a name), and where the published translation had them.
    """
    swedish = set(words_of(source))
    same = [words for words in words_of(page) if words in swedish]
    if same and (left := _nobody_chose(page, same)):
        raise Untranslated(_("Not translated yet: %(texts)s") % {"texts": " · ".join(text for _path, text in left[:5])})


def _nobody_chose(page: Any, words: list[Words]) -> list[Words]:
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


def check_swedish_is_live(page: Any) -> None:
    """Raises SwedishNotPublished. A page that has no Swedish one at all stands for itself."""
    swedish = type(page)._default_manager.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    if not is_source(page) and swedish.filter(live=False).exists():
        raise SwedishNotPublished(_("The Swedish page is not published. Publish that one first."))


def check_alias(page: Any) -> None:
    if page.alias_of_id:
        raise NoAliases(_("A page of its own is needed in each language: use “Translate”."))


def check_source(thing: Any) -> None:
    """`thing`: a TranslationSource."""
    if not is_source(thing):
        raise OnlyFromSwedish(_("Translations are made from the Swedish page. Open it, and use “Translate” there."))


# --- Drafts stay drafts -------------------------------------------------------------------------------------------
# The translation that wagtail-localize is saving: (translation key, locale).
_drafting: ContextVar[tuple[UUID, int] | None] = ContextVar("drafting", default=None)


@contextmanager
def drafting(translation_key: UUID, locale_id: int) -> Iterator[None]:
    """While wagtail-localize saves a translation. It writes new words into the page's row before it makes a revision
    of them: with `publish=False` that puts a draft on a published page. Here the row waits for the publication."""
    token = _drafting.set((translation_key, locale_id))
    try:
        yield
    finally:
        _drafting.reset(token)


def is_only_a_draft(page: Any) -> bool:
    """Whether this save of the page's row would put unpublished words on a published page. A publication dates it."""
    if not (page.pk and page.live) or _drafting.get() != (page.translation_key, page.locale_id):
        return False
    return bool(type(page)._default_manager.filter(pk=page.pk, last_published_at=page.last_published_at).exists())
