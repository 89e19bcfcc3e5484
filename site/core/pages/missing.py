"""The panel "What is missing", on top of every page's edit form: what keeps the latest version from being live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel, PanelGroup

from core.languages import display
from core.pages import hours, publishing
from core.pages.publishing import Kind, Refusal

KINDS = {
    Kind.LAW: _("Required by law"),
    Kind.RULE: _("Required by the rules of this site"),
    Kind.EDITORIAL: _("Still to be written or chosen"),
}

ADVICE = _("Worth a thought")


@dataclass(frozen=True)
class Line:
    """A refusal, with where it can be mended. `target`: CSS selector of its field, if that is in this form."""

    words: str
    link: str
    target: str = ""


@dataclass(frozen=True)
class Group:
    """The refusals of one kind."""

    label: str
    lines: list[Line]


class MissingPanel(Panel):
    """Read only. Nothing for a page that has not been saved yet."""

    @property
    def clean_name(self) -> str:
        return "missing"

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/missing_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            now, found = publishing.refusals(page), page.advice()
            hour = page.go_live_at if hours.is_to_come(page.go_live_at) else None
            then = publishing.refusals(page, at=hour) if hour else []
            return context | {
                "groups": self._groups(now),
                "advice": [Group(str(ADVICE), [self._line(advice) for advice in found])] if found else [],
                "has_errors": self._has_errors(),
                "hour": moment(hour) if hour else "",
                "is_scheduled": bool(hour) and page.revisions.filter(approved_go_live_at__isnull=False).exists(),
                "is_missing_then": bool(then),
                "groups_then": [] if then == now else self._groups(then),
                "refused": refused_hour(page),
            }

        def _has_errors(self) -> bool:
            """Whether the form was sent and came back: what it holds is not what was asked."""
            formsets = self.form.formsets.values()
            return bool(self.form.errors or any(formset.total_error_count() for formset in formsets))

        def _groups(self, found: list[Refusal]) -> list[Group]:
            """`found`: sorted by kind."""
            return [
                Group(str(KINDS[kind]), [self._line(refusal) for refusal in refusals])
                for kind, refusals in groupby(found, key=lambda refusal: refusal.kind)
            ]

        def _line(self, refusal: Refusal) -> Line:
            is_here = refusal.field and refusal.link == publishing.edit_link(self.instance, refusal.field)
            return Line(refusal.words, refusal.link, selector(self.form, refusal.field) if is_here else "")


def selector(form: Any, path: str) -> str:
    """Of a content path: the field's own input, else what is around its several inputs, its rows or its block.

    `form`: the page's. Rows have no content path of their own in Wagtail's templates; where there are none yet, the
    button adds one.
    """
    if path in form.formsets:
        return f"#id_{path}-{'FORMS' if form.formsets[path].forms else 'ADD'}"
    if path in form.fields and getattr(form.fields[path].widget, "input_type", "") != "hidden":
        name = form[path].id_for_label
        if name:
            return f"#{name}"
    return " ".join(f'[data-contentpath="{part}"]' for part in path.split("."))


def refused_hour(page: Any) -> str:
    """The hour at which a scheduled publication was refused, empty if none waits. One query."""
    waiting = page.refused_hours.filter(revision__approved_go_live_at__isnull=False).select_related("revision").first()
    return moment(waiting.revision.approved_go_live_at) if waiting else ""


def moment(at: datetime) -> str:
    """Day and hour as the reader writes them: torsdag 4 februari 17.00."""
    return f"{display.long_day(at)} {display.clock(at)}"


def on_top(handler: PanelGroup) -> PanelGroup:
    """A page type's bound edit handler, with the panel on top of its first tab."""
    first = handler.children[0]
    if not any(isinstance(panel, MissingPanel) for panel in first.children):
        panel = MissingPanel(heading=_("What is missing"), icon="tasks")
        first.children = [panel.bind_to_model(handler.model), *first.children]
    return handler
