"""`core.display` for templates. Filters return plain text: the template escapes it."""

from django import template

from core import display

register = template.Library()

for function in (
    display.a_little,
    display.clock,
    display.duration,
    display.guests_word,
    display.hour,
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

register.filter("hours_from", display.hours)  # {{ date.start|hours_from:page.duration }}
register.simple_tag(display.guests)  # {% guests page.group_min page.group_max %}
register.simple_tag(display.span)
