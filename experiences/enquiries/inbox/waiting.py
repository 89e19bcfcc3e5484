"""The panel "What is waiting" on the admin's home: how many enquiries wait for whom, with links to the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from core.models import User
from experiences.enquiries.models import Enquiry
from experiences.enquiries.querysets import has_failed_mail, has_held_mail, is_overdue, reviewed
from experiences.enquiries.states import ENDED, WAITING_FOR_US


@dataclass(frozen=True)
class WaitingItem:
    """One row of the panel: a number and the list of what it counts. `is_urgent`: shown with a warning icon."""

    count: int
    label: str
    url: str
    is_urgent: bool = False


def count_waiting(user: User) -> dict[str, int]:
    """How many enquiries there are of each kind, by the keys of `waiting_items`. One query."""
    waiting = Q(status__in=WAITING_FOR_US)
    return Enquiry.objects.aggregate(
        unowned=Count("pk", filter=waiting & Q(owner=None)),
        overdue=Count("pk", filter=is_overdue(timezone.now())),
        mine=Count("pk", filter=waiting & Q(owner=user.pk)),
        failed=Count("pk", filter=~Q(status__in=ENDED) & Q(has_failed_mail())),
        held=Count("pk", filter=~Q(status="spam") & Q(has_held_mail())),
        to_review=Count("pk", filter=Q(status="spam") & ~Q(reviewed())),
    )


def waiting_items(user: User) -> Iterable[WaitingItem]:
    """The rows of the panel for a user, in order."""
    counts, inbox = count_waiting(user), reverse("inbox:index")
    kinds = [
        ("overdue", _("Overdue"), f"{inbox}?waiting=overdue"),
        ("unowned", _("No owner yet"), f"{inbox}?waiting=us&owner=nobody"),
        ("mine", _("Mine to answer"), f"{inbox}?waiting=us&owner=me"),
        ("failed", _("E-mails that could not be sent"), f"{inbox}?waiting=mail"),
        ("held", _("E-mails held back"), f"{inbox}?waiting=held"),
        ("to_review", _("Suspected spam to look at"), f"{reverse('inbox:quarantine')}?reviewed=no"),
    ]
    for key, label, url in kinds:
        if key == "held" and not counts[key]:  # Rare: shown only when there is one.
            continue
        yield WaitingItem(counts[key], label, url, is_urgent=key in ("overdue", "failed", "held") and bool(counts[key]))


class WaitingPanel(Component):
    """The panel, for users who may view enquiries (`add_waiting_panel`)."""

    name = "enquiries"
    template_name = "enquiries/admin/waiting.html"
    order = 10

    class Media:
        css = {"all": ["enquiries/inbox.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        waiting = list(waiting_items(parent_context["request"].user))
        return {"waiting": waiting, "inbox_url": reverse("inbox:index")}


def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    """A `construct_homepage_panels` hook: adds the panel for users who may view enquiries."""
    if policy_registry.get_by_type(Enquiry).user_has_permission(request.user, "view"):
        panels.append(WaitingPanel())
