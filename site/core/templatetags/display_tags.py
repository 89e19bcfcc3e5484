"""`core.languages.display` for templates. Filters return plain text, escaped by templates, but for `whole_ranges`."""

import re
from datetime import datetime

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.languages import display

register = template.Library()

RANGE = re.compile(r"\d+–\d+")
# With the marks that end one in our scripts; a number's point has no space after it.
SENTENCE = re.compile(r".+?[.!?؟۔](?=\s|$)", re.DOTALL)
# A number, and the word that it counts.
COUNTED = re.compile(r"(?<=\d) (?=\w)")

for function in (
    display.a_little,
    display.clock,
    display.duration,
    display.guests_word,
    display.hour,
    display.in_time,
    display.kronor,
    display.language,
    display.language_in_sentence,
    display.iso_clock,
    display.long_day,
    display.minutes_after,
    display.nouns_in_sentence,
    display.price,
    display.sentence_list,
    display.short_day,
    display.spoken,
    display.weekday,
):
    register.filter(function.__name__, function)

register.simple_tag(display.guests)  # {% guests page.group_min page.group_max %}
register.simple_tag(display.span)


@register.simple_tag
def hours(start: datetime, minutes: int) -> SafeString | str:
    """Start and end; without line breaks, unless the end is on another day."""
    text = display.hours(start, minutes)
    return text if " " in text else format_html('<span class="nowrap">{}</span>', text)


@register.filter
def whole_numbers(text: str) -> SafeString:
    """Escaped text in which a number does not leave the word that it counts: 2 working days."""
    return mark_safe(COUNTED.sub(display.NO_BREAK, conditional_escape(text)))


@register.filter
def whole_ranges(text: str) -> SafeString:
    """Escaped text in which a range such as 4–12 does not break after the dash."""
    return mark_safe(RANGE.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text)))


@register.filter
def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence, or all of it."""
    found = SENTENCE.match(text)
    return found[0] if found else text
