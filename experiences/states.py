"""The states of an experience."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExperienceState(models.TextChoices):
    OPEN = "open", _("Open for enquiries")
    PAUSED = "paused", _("Paused")
