"""What editors choose from in blocks: walls, ways of knowing, kinds of recipe, languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    ChoiceBlock,
)

from core.languages.table import CHOICES


class Wall(models.TextChoices):
    """The painted walls of the design: what a section hangs on."""

    ROS = "ros", _("Rose")
    VAU = "vau", _("Weld yellow")
    HIMMEL = "himmel", _("Sky")
    MOSSA = "mossa", _("Moss")
    LIN = "lin", _("Linen")


class Known(models.TextChoices):
    """How we know that a person has a skill. Never "validated"."""

    TOLD = "told", _("Told by the person")
    SEEN = "seen", _("Seen by us")
    TESTED = "tested", _("Tested with guests")
    CERTIFICATE = "certificate", _("Certificate")


class QuietChoiceBlock(ChoiceBlock):
    """A choice that no search finds: its words are the interface's, in the language of whoever saved the page."""

    def get_searchable_content(self, value: str) -> list[str]:
        return []


class LanguageBlock(QuietChoiceBlock):
    choices = CHOICES

    class Meta:
        label = _("Language")


class RecipeKind(models.TextChoices):
    RECIPE = "recipe", _("Recipe")
    PATTERN = "pattern", _("Instructions")
    SONG = "song", _("Song")
