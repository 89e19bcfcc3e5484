"""The table of the inbox and of the quarantine: its columns and its rows."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.ui.tables import Column, Table

from experiences.enquiries.inbox import words
from experiences.enquiries.models import Enquiry
from experiences.enquiries.states import WAITING_FOR_US


class VisitorTextColumn(Column):
    """Text that a visitor wrote, with `dir=auto`: its own first letter gives the direction."""

    cell_template_name = "enquiries/admin/visitor_text_cell.html"


class MomentColumn(Column):
    """A datetime as `words.moment` says it: "Yesterday 14:05"."""

    cell_template_name = "enquiries/admin/moment_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"words": words.moment(context["value"])}


class DueColumn(Column):
    """By when we answer, as `words.Due`. "Overdue" is written out: an icon only repeats it."""

    cell_template_name = "enquiries/admin/due_cell.html"

    def get_value(self, instance: Enquiry) -> words.Due:
        return words.due(instance, timezone.now())


class StateColumn(Column):
    """The state, highlighted when the next step is ours."""

    cell_template_name = "enquiries/admin/state_cell.html"


class OwnerColumn(Column):
    """The name of the owner, or "No one"."""

    cell_template_name = "enquiries/admin/labelled_cell.html"

    def get_value(self, instance: Enquiry) -> str:
        return words.name(instance.owner) if instance.owner else gettext("No one")


class QuarantineActionsColumn(Column):
    """Two buttons for a quarantined enquiry: release it, or mark it as reviewed."""

    cell_template_name = "enquiries/admin/quarantine_actions_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        return context | {"csrf_token": get_token(request), "back": request.get_full_path()}


class SignsColumn(Column):
    """The spam signs of an enquiry, one phrase each."""

    cell_template_name = "enquiries/admin/signs_cell.html"

    def get_value(self, instance: Enquiry) -> list[str]:
        return words.signs(instance)


class EnquiryTable(Table):
    """Wagtail's table, with a CSS class on rows that wait for an owner."""

    def get_row_classname(self, instance: Enquiry) -> str:
        return "enquiry-row enquiry-row--unowned" if needs_owner(instance) else "enquiry-row"


def needs_owner(enquiry: Enquiry) -> bool:
    """Whether the enquiry waits for us and has no owner yet."""
    return enquiry.owner_id is None and enquiry.status in WAITING_FOR_US


def experience_title(enquiry: Enquiry) -> str:
    """The title of the experience; without one, "Help me choose" or what else it is about."""
    if enquiry.is_about_website and not enquiry.experience_title:
        return gettext("An obstacle on the website")
    return enquiry.experience_title or gettext("Help me choose")
