"""What editors choose from in blocks: walls, ways of knowing, kinds of recipe, languages."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import (
    ChoiceBlock,
)

from core.languages.sorting import by_label
from core.languages.table import CHOICES


class Wall(models.TextChoices):
    """The painted walls of the design: what a section hangs on. Named by the colour that an editor sees."""

    ROS = "ros", pgettext_lazy("a colour", "Pink")
    VAU = "vau", pgettext_lazy("a colour", "Yellow")
    HIMMEL = "himmel", pgettext_lazy("a colour", "Light blue")
    MOSSA = "mossa", pgettext_lazy("a colour", "Light green")
    LIN = "lin", pgettext_lazy("a colour", "Beige")


class Known(models.TextChoices):
    """How we know that a person has a skill. Never "validated"."""

    TOLD = "told", _("Told by the host")
    SEEN = "seen", _("Seen by us")
    TESTED = "tested", _("Tested with guests")
    CERTIFICATE = "certificate", _("Certificate")


class QuietChoiceBlock(ChoiceBlock):
    """A choice that no search finds: its words are the interface's, in the language of whoever saved the page."""

    def get_searchable_content(self, value: str) -> list[str]:
        return []


class LanguageBlock(QuietChoiceBlock):
    """A language, in the order of the reader's alphabet."""

    choices = CHOICES

    def _get_callable_choices(self, choices: Any, blank_choice: bool | None = None) -> Callable[[], list[Any]]:
        unsorted = super()._get_callable_choices(choices, blank_choice)
        return lambda: by_label(unsorted())

    class Meta:
        label = _("Language")


class RecipeKind(models.TextChoices):
    RECIPE = "recipe", _("Recipe")
    PATTERN = "pattern", _("Instructions")
    SONG = "song", _("Song")
