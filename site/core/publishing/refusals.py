"""Whether a draft could be published: what the page's form would say, for paths on which there is no form."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page


class Refused(PermissionDenied):
    """A page may not go live. Raised beneath every path; its text says to an editor what to do."""


class NotYet(Refused):
    """It may once another page is live: an hour that was set for it waits until then."""


def in_the_words_of_the_refusal(permission_denied: Callable[[HttpRequest], HttpResponse]) -> Callable[..., Any]:
    """Wraps what Wagtail's admin calls while it handles a PermissionDenied, which it would tell as a lack of rights.

    The last resort, where no form and no hook can say it before: an approval in a workflow.
    """

    def denied(request: HttpRequest) -> HttpResponse:
        error = sys.exc_info()[1]
        if not isinstance(error, Refused) or not str(error):
            return permission_denied(request)
        messages.error(request, str(error))
        return HttpResponseRedirect(request.META.get("HTTP_REFERER") or reverse("wagtailadmin_home"))

    return denied


def is_unfinished(draft: Page) -> bool:
    """Whether something is empty or wrong. A draft may hold blocks half filled in; the form alone asks the blocks."""
    streams = [field for field in draft._meta.get_fields() if isinstance(field, StreamField)]
    try:
        draft.full_clean()
        for field in streams:
            field.stream_block.clean(field.value_from_object(draft))
    except ValidationError:
        return True
    return False
