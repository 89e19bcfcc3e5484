"""What each repeated job did last, and what the schedule of pages could not do."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class JobState(models.Model):
    """A row for each job of core.jobs.registry, shared by all workers. Written by core.jobs.runs only."""

    name = models.CharField(max_length=60, primary_key=True)
    next_run = models.DateTimeField(default=timezone.now)
    last_started = models.DateTimeField(null=True, blank=True)
    last_finished = models.DateTimeField(null=True, blank=True)
    # Of the last run, in milliseconds.
    duration = models.PositiveIntegerField(null=True, blank=True)
    # Of the last run, without e-mail addresses and secrets (core.jobs.errors); empty if it succeeded.
    last_error = models.TextField(blank=True)
    # How many runs in a row have failed, and when the first of them began.
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    # When a living worker last said that it looks after this job.
    heartbeat = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("repeated job")
        verbose_name_plural = _("repeated jobs")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, last_error="", failing_since__isnull=True)
                | Q(failures__gt=0, failing_since__isnull=False) & ~Q(last_error=""),
                name="job_state_failing",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_due(self, now: datetime, every: timedelta) -> bool:
        """Also where the next run is further away than the interval: a clock was wrong, or the interval was longer."""
        return self.next_run <= now or self.next_run > now + every + timedelta(minutes=1)


class RefusedHour(models.Model):
    """A scheduled publication that was refused at its hour (core.jobs.refused_hours)."""

    revision = models.OneToOneField(Revision, primary_key=True, on_delete=models.CASCADE, related_name="refused_hour")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="refused_hours")
    refused_at = models.DateTimeField(default=timezone.now)
    next_try = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("refused publication")
        verbose_name_plural = _("refused publications")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.page)
