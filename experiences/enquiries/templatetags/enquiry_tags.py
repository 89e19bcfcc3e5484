"""Template tags for enquiries.

{% enquiry_form page %}    the enquiry form on an experience's page, beside how to call or write to us
{{ phone|left_to_right }}  a number in the plain text of a mail, where there is no `dir` attribute
"""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language, get_language_bidi

from experiences.enquiries.visitor.context import form_context, prefill_values
from experiences.enquiries.visitor.form import EnquiryForm
from experiences.models import ExperiencePage

register = template.Library()

# LEFT-TO-RIGHT ISOLATE and its end (Unicode, UAX 9): digits keep their order among right-to-left words.
ISOLATE, END = "\u2066", "\u2069"


@register.filter
def left_to_right(text: str) -> str:
    """The text, isolated as left-to-right where the active language is right-to-left."""
    return f"{ISOLATE}{text}{END}" if get_language_bidi() else text


@register.inclusion_tag("enquiries/form/section.html", takes_context=True)
def enquiry_form(context: Context, page: ExperiencePage) -> dict[str, Any]:
    """The form of an experience: empty, filled in from the URL (?date=2027-02-04), or `refused_form` with errors."""
    request = context["request"]
    form = context.get("refused_form") or EnquiryForm(
        language=get_language() or "sv", page=page, prefill=prefill_values(request)
    )
    return {**form_context(request, form), "cloth": page.cloth_word, "request": request}
