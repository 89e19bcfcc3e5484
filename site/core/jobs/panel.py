"""The panel on the admin's first page for jobs that do not run. The lead and administrators see it, others do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from core.jobs import registry
from core.jobs.models import JobState
from core.languages.display import clock, short_day

# Without a heartbeat for so long there is no worker; a living one gives one every 15 seconds, cron each minute.
LONGEST_SILENCE = timedelta(minutes=3)
# So long after its time a job has not ended although a worker is there.
LONGEST_RUN = timedelta(minutes=10)


@dataclass(frozen=True)
class Problem:
    """What does not run, since when, what to do: in the reader's language. `error`: of the last run, in English."""

    title: str
    since: str
    advice: str
    error: str = ""


def problems(now: datetime) -> list[Problem]:
    """What does not run as it should. One query."""
    names = [job.name for job in registry.jobs()]
    states = list(JobState.objects.filter(name__in=names).order_by("name"))
    # Not one that is ahead: a clock was wrong, and there may be no worker any more.
    beats = [state.heartbeat for state in states if state.heartbeat and state.heartbeat < now + LONGEST_SILENCE]
    newest = max(beats, default=None)
    is_silent = newest is None or newest < now - LONGEST_SILENCE
    found = [_no_worker(newest)] if is_silent else [_stuck(state) for state in states if _is_stuck(state, now)]
    return [*found, *(_failing(state) for state in states if state.failures)]


def _is_stuck(state: JobState, now: datetime) -> bool:
    return state.next_run < now - LONGEST_RUN


def _no_worker(newest: datetime | None) -> Problem:
    return Problem(
        title=_("The worker is not running: e-mails and scheduled pages are waiting."),
        since=_("Its last sign of life: %(moment)s.") % {"moment": _moment(newest)} if newest else "",
        advice=_(
            "Nothing is lost. Ask whoever looks after the server to start it (manage.py work): what is waiting is then "
            "done automatically."
        ),
    )


def _stuck(state: JobState) -> Problem:
    return Problem(
        title=_("“%(job)s” has not finished.") % {"job": _label(state)},
        since=_("It should have run: %(moment)s.") % {"moment": _moment(state.next_run)},
        advice=_("Ask whoever looks after the server to restart the worker. Nothing is lost by that."),
    )


def _failing(state: JobState) -> Problem:
    times = ngettext("It has failed %(count)s time.", "It has failed %(count)s times in a row.", state.failures)
    since = _("The first time: %(moment)s.") % {"moment": _moment(state.failing_since or state.next_run)}
    return Problem(
        title=_("“%(job)s” is failing.") % {"job": _label(state)},
        since=f"{times % {'count': state.failures}} {since}",
        advice=_(
            "The site tries again by itself, and this message goes away as soon as it succeeds. If it is still here in "
            "an hour, send these lines to whoever looks after the site."
        ),
        error=state.last_error,
    )


def _label(state: JobState) -> str:
    return str(registry.get(state.name).label)


def _moment(at: datetime) -> str:
    return f"{short_day(at)} {clock(at)}"


class JobsPanel(Component):
    """Above all others on the admin's first page."""

    name = "repeated_jobs"
    template_name = "core/admin/jobs_panel.html"
    order = 5

    def __init__(self, found: list[Problem]) -> None:
        self.found = found

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"problems": self.found}


def add_jobs_panel(request: HttpRequest, panels: list[Component]) -> None:
    """A `construct_homepage_panels` hook: adds the panel where there is something to say, and the user may know it."""
    if request.user.has_perm("core.view_jobstate") and (found := problems(timezone.now())):
        panels.append(JobsPanel(found))
