"""The places where wagtail-localize 1.14 is made to keep our word. tests/core/test_translation_*.py walk each.

It offers no signal or setting there; each method does what it did, with a step of ours before or after.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, StringTranslation, TranslationSource

from core.translation import cascade, checks, sources


@functools.cache
def keep_our_word() -> None:
    """Called when the site starts; once is enough."""
    source: Any = TranslationSource
    source.refresh_segments = _keeping_earlier_text(source.refresh_segments)
    source.create_or_update_translation = _guarded(source.create_or_update_translation)
    # "Translate" into one more language would take the copy that was frozen for the first one.
    source.get_or_create_from_instance = source.update_or_create_from_instance
    translation: Any = StringTranslation
    translation.get_comment = _saying_what_is_earlier(translation.get_comment)
    # "Synchronise content from another locale" makes aliases of all pages.
    LOCALE_COMPONENTS[:] = [part for part in LOCALE_COMPONENTS if part["model"] is not LocaleSynchronization]


def _keeping_earlier_text(refresh_segments: Callable[[Any], None]) -> Callable[[Any], None]:
    @functools.wraps(refresh_segments)
    def refresh(self: Any) -> None:
        before = sources.places(self)
        refresh_segments(self)
        sources.keep_earlier_text(self, before)

    return refresh


def _saying_what_is_earlier(get_comment: Callable[[Any], str]) -> Callable[[Any], str]:
    """In the translator's language, and what to do; wagtail-localize would name it as a tool."""

    @functools.wraps(get_comment)
    def comment(self: Any) -> str:
        if self.tool_name == sources.EARLIER_TEXT:
            return _("The earlier text: the Swedish has changed since. Translate it anew.")
        return get_comment(self)

    return comment


def _guarded(create_or_update_translation: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(create_or_update_translation)
    def save(self: Any, locale: Any, user: Any = None, publish: bool = True, **options: Any) -> Any:
        if issubclass(self.specific_content_type.model_class(), Page):
            if publish and sources.missing(self, locale).exists():
                raise checks.Untranslated
            _translate_parent(self, locale, user)
        with checks.drafting(self.object_id, locale.pk):
            return create_or_update_translation(self, locale, user=user, publish=publish, **options)

    return save


def _translate_parent(source: Any, locale: Any, user: Any) -> None:
    """A page needs a parent in its language. Ours is a draft for translators; wagtail-localize's would be an alias."""
    parent = source.get_source_instance().get_parent()
    if parent.depth > 1 and not parent.has_translation(locale):
        cascade.translate_as_draft(parent, locale, user)
