"""StreamField blocks that only an experience has."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    MultipleChoiceBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)


class StepBlock(StructBlock):
    """A step of the visit, with its minutes after the start."""

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
    """What the answer to an editor's question is."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of several")


class AskedOf(models.TextChoices):
    """The purposes of an enquiry that a question is asked for.

    Not gifts and the press: there is no visit yet that a host could prepare.
    """

    BOOK = "book", _("Those who book")
    GROUP = "group", _("Those who book as a group or a company")
    QUESTION = "question", _("Those who have a question")


# The default: both want a day and a price, which depend on the answer. Also for stored questions without `asked_of`,
# from before the field existed.
ASKED_OF_USUALLY = (AskedOf.BOOK.value, AskedOf.GROUP.value)


def asked_of(value: StructValue) -> list[str]:
    """The purposes that a question is asked for: those of the block, or the default if it has none."""
    return list(value.get("asked_of") or ASKED_OF_USUALLY)


def only_if(purposes: Iterable[str]) -> str:
    """For which purposes a question is asked, as text beside it: (only if you book)."""
    asked = set(purposes)
    if asked == set(ASKED_OF_USUALLY):  # A group books too: one word for both.
        asked = {AskedOf.BOOK.value}
    words = {
        AskedOf.BOOK.value: gettext("you book"),
        AskedOf.GROUP.value: gettext("you book as a group or a company"),
        AskedOf.QUESTION.value: gettext("you have a question"),
    }
    *rest, last = [text for purpose, text in words.items() if purpose in asked]
    joined = pgettext("between things in a row", ", ").join(rest)
    what = pgettext("the last of things to choose from", "%(rest)s or %(last)s") % {"rest": joined, "last": last}
    return gettext("(only if %(what)s)") % {"what": what if rest else last}


class EnquiryQuestionBlock(StructBlock):
    """An editor's own question in the enquiry form of one experience."""

    question = CharBlock(label=_("Question"), max_length=160)
    hint = CharBlock(label=_("Hint"), required=False, max_length=160)
    kind = ChoiceBlock(choices=AnswerKind.choices, default=AnswerKind.TEXT, label=_("Answered with"))
    options = ListBlock(CharBlock(max_length=80), label=_("Choices"), required=False, default=[])
    must = BooleanBlock(label=_("Must be answered"), required=False)
    asked_of = MultipleChoiceBlock(
        choices=AskedOf.choices,
        default=list(ASKED_OF_USUALLY),
        widget=CheckboxSelectMultiple,
        label=_("Asked of"),
        help_text=_("No one else has to answer it. Those who give a gift or write for the press are not asked."),
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"only_if": only_if(asked_of(value))}

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
            "asked_of": list(ASKED_OF_USUALLY),
        }

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        is_whole = self.is_deferred_validation or cleaned["kind"] != AnswerKind.CHOICE
        if not is_whole and len(cleaned["options"]) < 2:
            text = _("Give at least two choices.")
            raise StructBlockValidationError(block_errors={"options": ValidationError(text)})
        return cleaned
