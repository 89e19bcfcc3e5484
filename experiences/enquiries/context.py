"""What the form's templates need, on an experience's page and on its own."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core.contact.facts import site_facts
from experiences.enquiries.forms import EnquiryForm
from experiences.enquiries.promise import answer_due, in_words


def form_context(request: HttpRequest, form: EnquiryForm) -> dict[str, Any]:
    facts = site_facts(request)
    return {"form": form, "facts": facts, "due": in_words(answer_due(timezone.now(), facts))}
