"""The context of the enquiry form's templates, on an experience's page and on the form's own page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core.contact.facts import site_facts
from core.languages.characters import bare
from core.languages.display import in_time
from experiences.enquiries.promise import answer_due, due_in_words
from experiences.enquiries.visitor.form import PREFILLABLE, EnquiryForm


def prefill_values(request: HttpRequest) -> dict[str, str]:
    """The query parameters in PREFILLABLE (?date=2027-02-04), as initial values of the form."""
    return {name: bare(request.GET[name]) for name in PREFILLABLE if name in request.GET}


def form_context(request: HttpRequest, form: EnquiryForm) -> dict[str, Any]:
    """The form, the site's facts, and by when we answer an enquiry that is sent now."""
    facts = site_facts(request)
    due = answer_due(timezone.now(), facts)
    return {"form": form, "facts": facts, "due": in_time(due_in_words(due), due)}
