"""The panel on the admin's first page for scheduled pages that were refused at their hour. For who may edit them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.jobs.models import RefusedHour
from core.pages import publishing
from core.pages.missing import moment
from core.pages.publishing import Refusal

# Of so many, those that wait longest, the reasons are said: each is asked anew.
REASONS_SAID = 5


@dataclass(frozen=True)
class Waiting:
    """A page that was refused. `reasons`: what is missing now."""

    title: str
    link: str
    hour: str
    reasons: list[Refusal]


def waiting_for(user: Any) -> list[Waiting]:
    """Refused pages that a user may edit, the one that waits longest first. One query, and some for each reason said.

    The reasons are of this moment, in the user's language.
    """
    rows = list(_rows(user))
    return [_waiting(row, says_reasons=number < REASONS_SAID) for number, row in enumerate(rows)]


def _rows(user: Any) -> QuerySet[RefusedHour]:
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change").order_by()
    rows = RefusedHour.objects.filter(page__in=editable.values("pk"), revision__approved_go_live_at__isnull=False)
    return rows.select_related("page", "revision").order_by("revision__approved_go_live_at", "pk")


def _waiting(row: RefusedHour, *, says_reasons: bool) -> Waiting:
    return Waiting(
        title=row.page.get_admin_display_title(),
        link=publishing.edit_link(row.page),
        hour=moment(row.revision.approved_go_live_at),
        reasons=publishing.refusals(row.revision.as_object()) if says_reasons else [],
    )


class RefusedHoursPanel(Component):
    """Below the one for jobs that do not run."""

    name = "refused_hours"
    template_name = "core/admin/refused_hours_panel.html"
    order = 6

    def __init__(self, found: list[Waiting]) -> None:
        self.found = found

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"pages": self.found}


def add_refused_panel(request: HttpRequest, panels: list[Component]) -> None:
    """A `construct_homepage_panels` hook: adds the panel where there is something to say."""
    if found := waiting_for(request.user):
        panels.append(RefusedHoursPanel(found))
