"""Blocks that only an experience has."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)


class StepBlock(StructBlock):
    """A step of the visit, at its time after the start."""

    minutes = IntegerBlock(label=_("Minutes after the start"), min_value=0, max_value=2880)
    title = CharBlock(label=_("Step"), max_length=80)
    text = TextBlock(label=_("What happens"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "experiences/blocks/step.html"
        description = _("A step of the visit, at its time after the start.")
        preview_value = {
            "minutes": 30,
            "title": _("Throw and stretch"),
            "text": _("The first one tears. It does for everyone."),
        }


class AnswerKind(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of several")


class EnquiryQuestionBlock(StructBlock):
    """An editor's own question in the enquiry form of one experience."""

    question = CharBlock(label=_("Question"), max_length=160)
    hint = CharBlock(label=_("Hint"), required=False, max_length=160)
    kind = ChoiceBlock(choices=AnswerKind.choices, default=AnswerKind.TEXT, label=_("Answered with"))
    options = ListBlock(CharBlock(max_length=80), label=_("Choices"), required=False, default=[])
    must = BooleanBlock(label=_("Must be answered"), required=False)

    class Meta:
        icon = "help"
        label = _("Question")
        template = "experiences/blocks/enquiry_question.html"
        description = _("A question of this experience's own in the enquiry form.")
        preview_value = {
            "question": _("Have you done it before?"),
            "hint": "",
            "kind": "yes_no",
            "options": [],
            "must": False,
        }

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        is_whole = self.is_deferred_validation or cleaned["kind"] != AnswerKind.CHOICE
        if not is_whole and len(cleaned["options"]) < 2:
            text = _("Give at least two choices.")
            raise StructBlockValidationError(block_errors={"options": ValidationError(text)})
        return cleaned
