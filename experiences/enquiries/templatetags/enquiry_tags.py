"""Template tags for enquiries.

{% enquiry_form page %}    the enquiry form on an experience's page, beside how to call or write to us
{{ phone|left_to_right }}  a number in the plain text of a mail, where there is no `dir` attribute
{{ name|isolated }}        a name or a title inside a sentence, likewise
{{ text|marked_lines }}    a colleague's text for the plain text of a mail
{{ text|paragraphs }}      the same for its HTML
{{ text|numbers_in_order }} what a visitor or a colleague wrote, for a page of the admin

The filters write for the active language.
"""

import re
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.languages import directions
from experiences.enquiries.visitor.context import form_context, prefill_values
from experiences.enquiries.visitor.form import EnquiryForm
from experiences.models import ExperiencePage

ISOLATED = re.compile(f"{directions.LEFT_TO_RIGHT}([^{directions.LEFT_TO_RIGHT}{directions.END}<>]*){directions.END}")

register = template.Library()


@register.filter
def left_to_right(text: str) -> str:
    """A number or a code, kept in its order among right-to-left words."""
    return directions.left_to_right(text, _language())


@register.filter
def isolated(text: str) -> str:
    """A name or a title, kept apart from the words around it if it is written in the other direction."""
    return directions.isolated(text, _language())


@register.filter
def marked_lines(text: str) -> str:
    """Plain text whose lines begin on the side of the language, also those whose first word is of another script."""
    lines = directions.with_numbers_isolated(text).splitlines()
    return "\n".join(directions.mark_for(line, _language()) + line for line in lines)


@register.filter
def paragraphs(text: str) -> SafeString:
    """The same as HTML: a `<p dir="auto">` for each paragraph, with its lines as they were typed; links are links."""
    words = directions.with_numbers_isolated("\n".join(text.strip().splitlines()))
    parts = re.split(r"\n\s*\n", words)
    return format_html_join("\n", '<p dir="auto">{}</p>', ((_lines(part),) for part in parts))


@register.filter
def numbers_in_order(text: str) -> SafeString:
    """A visitor's or colleague's text for a page of the admin, as HTML."""
    return _with_bdi(escape(directions.with_numbers_isolated(text)))


def _lines(paragraph: str) -> SafeString:
    # The mark is no part of the line: `urlize` would not see a link behind it.
    lines = ((directions.mark_for(line, _language()), _with_links(line)) for line in paragraph.split("\n"))
    return format_html_join(mark_safe("<br>"), "{}{}", lines)  # Safe: no one's text.


def _with_links(line: str) -> SafeString:
    # Safe: urlize escapes the line; the only tags in it are its own.
    return _with_bdi(mark_safe(urlize(line, autoescape=True).replace("<a href", '<a dir="ltr" href')))


def _with_bdi(html: SafeString) -> SafeString:
    """Elements instead of the characters that isolate, which would be copied with a phone number."""
    # Safe: what is between the characters holds no tag. `urlize` quotes them in an address.
    return mark_safe(ISOLATED.sub(r'<bdi dir="ltr">\1</bdi>', html))


def _language() -> str:
    return get_language() or "sv"


@register.inclusion_tag("enquiries/form/section.html", takes_context=True)
def enquiry_form(context: Context, page: ExperiencePage) -> dict[str, Any]:
    """The form of an experience: empty, filled in from the URL (?date=2027-02-04), or `refused_form` with errors."""
    request = context["request"]
    form = context.get("refused_form") or EnquiryForm(language=_language(), page=page, prefill=prefill_values(request))
    return {**form_context(request, form), "cloth": page.cloth_word, "request": request}
