"""For the admin: how far translations are.

{% translation_states page as states %}   pairs of a language's name and what is left to do in it
{% other_languages page as languages %}    the names of the languages that it is in besides, in a sentence
"""

from __future__ import annotations

from typing import Any

from django import template
from wagtail_localize.models import Translation

from core.languages import display
from core.translation import progress
from core.translation.locales import is_source

register = template.Library()


@register.simple_tag
def translation_states(thing: Any) -> list[tuple[str, str]]:
    """Of a Swedish page or snippet, every language that it was sent to; of a translation, its own. One query."""
    rows = Translation.objects.filter(source__object_id=thing.translation_key).select_related("target_locale")
    if not is_source(thing):
        rows = rows.filter(target_locale=thing.locale_id)
    found = progress.with_progress(rows).order_by("target_locale__language_code")
    return [(row.target_locale.get_display_name(), progress.status(row)) for row in found]


@register.simple_tag
def other_languages(thing: Any) -> str:
    """Of a page or snippet: svenska och engelska, whoever may edit them; "" if it is in one language only."""
    others = thing.get_translations().order_by("locale__language_code")
    codes = others.values_list("locale__language_code", flat=True)
    return display.sentence_list(map(display.language_in_sentence, codes))
