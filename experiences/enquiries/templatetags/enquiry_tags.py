"""For the templates of enquiries, and of what they stand on.

{% enquiry_form page %}         the enquiry form on an experience's page, beside how to reach a person
{{ ours.phone|left_to_right }}  a number in the plain text of a mail, where no `dir` can be written
"""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language, get_language_bidi

from experiences.enquiries.visitor.context import form_context, wishes
from experiences.enquiries.visitor.form import EnquiryForm
from experiences.models import ExperiencePage

register = template.Library()

# LEFT-TO-RIGHT ISOLATE and its end (Unicode, UAX 9): digits keep their order among right-to-left words.
ISOLATE, END = "\u2066", "\u2069"


@register.filter
def left_to_right(text: str) -> str:
    return f"{ISOLATE}{text}{END}" if get_language_bidi() else text


@register.inclusion_tag("enquiries/form/section.html", takes_context=True)
def enquiry_form(context: Context, page: ExperiencePage) -> dict[str, Any]:
    """Empty, or as its address wishes (?date=2027-02-04), or `refused_form`: as it was sent, with its errors."""
    request = context["request"]
    form = context.get("refused_form") or EnquiryForm(
        language=get_language() or "sv", page=page, wishes=wishes(request)
    )
    return {**form_context(request, form), "cloth": page.cloth_word, "request": request}
