"""{% enquiry_form page %}: the enquiry form on an experience's page, beside how to reach a person."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language

from experiences.enquiries.context import form_context
from experiences.enquiries.forms import EnquiryForm
from experiences.enquiries.views import wishes
from experiences.models import ExperiencePage

register = template.Library()


@register.inclusion_tag("enquiries/form/section.html", takes_context=True)
def enquiry_form(context: Context, page: ExperiencePage) -> dict[str, Any]:
    """Empty, or as its address wishes (?date=2027-02-04), or as it was sent where something has to be put right."""
    request: Any = context.get("request") or getattr(context, "request", None)
    form = getattr(request, "enquiry_form", None)
    if form is None:
        form = EnquiryForm(language=get_language() or "sv", page=page, wishes=wishes(request))
    return {**form_context(request, form), "cloth": page.cloth_word, "request": request}
