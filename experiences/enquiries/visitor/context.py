"""What the form's templates need, on an experience's page and on its own."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core.contact.facts import site_facts
from core.languages.characters import bare
from experiences.enquiries.promise import answer_due, in_words
from experiences.enquiries.visitor.form import WISHES, EnquiryForm


def wishes(request: HttpRequest) -> dict[str, str]:
    """What an address asks the form to begin with (?date=2027-02-04)."""
    return {name: bare(request.GET[name]) for name in WISHES if name in request.GET}


def form_context(request: HttpRequest, form: EnquiryForm) -> dict[str, Any]:
    facts = site_facts(request)
    return {"form": form, "facts": facts, "due": in_words(answer_due(timezone.now(), facts))}
