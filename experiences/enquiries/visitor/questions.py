"""An experience's own questions, written by editors: as fields of the enquiry form, and as answers to store."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experiences.blocks import AnswerKind, asked_of, only_if
from experiences.enquiries.visitor.choices import swedish_page
from experiences.enquiries.visitor.fields import MAX_ANSWER_LENGTH, AnyAnswerField, NumberAnswerField, ShortAnswerField
from experiences.enquiries.visitor.widgets import LineInput
from experiences.models import ExperiencePage

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    """A question in the language of its page. `swedish`: on a translation, the same question of the Swedish page."""

    id: str
    text: str
    hint: str
    kind: str
    options: list[str]
    is_required: bool
    asked_of: list[str]
    swedish: "Question | None" = field(default=None, compare=False)

    @property
    def field_name(self) -> str:
        """The name of its field in the form."""
        return f"extra_{self.id}"

    @property
    def only_if(self) -> str:
        """For whom it is, in the active language: "(only if you book)"."""
        return only_if(self.asked_of)

    def applies_to(self, purpose: str) -> bool:
        """Whether it is asked of enquiries with this purpose."""
        return purpose in self.asked_of

    def form_field(self, *, applies: bool = True) -> forms.Field:
        """A form field for the answer. Never required itself: the form decides, once an experience is chosen.

        `applies`: to the chosen purpose (`applies_to`). If not, the field accepts anything.
        """
        common: dict[str, Any] = {"label": self.text, "help_text": self.hint, "required": False}
        match self.kind:
            case AnswerKind.NUMBER:
                number = NumberAnswerField if applies else AnyAnswerField
                return number(widget=LineInput(inputmode="numeric", extra="input--short"), **common)
            case AnswerKind.YES_NO | AnswerKind.CHOICE:
                return forms.ChoiceField(
                    choices=self._choices(),
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": gettext_lazy("Choose one of the answers.")},
                    **common,
                )
        return ShortAnswerField(max_length=MAX_ANSWER_LENGTH, widget=LineInput(dir="auto"), **common)

    def _choices(self) -> list[tuple[str, str]]:
        if self.kind == AnswerKind.YES_NO:
            return [(YES, _("Yes")), (NO, _("No"))]
        return [(str(number), option) for number, option in enumerate(self.options)]

    def as_stored(self, value: str) -> dict[str, str]:
        """Question and answer in words, for `Enquiry.extra_answers`; in Swedish too if asked in another language."""
        asked = {"question": self.text, "answer": self._in_words(value)}
        source = self.swedish or self
        with translation.override(settings.LANGUAGE_CODE):
            swedish = {"question_sv": source.text, "answer_sv": source._in_words(value)}
        return asked if list(asked.values()) == list(swedish.values()) else asked | swedish

    def _in_words(self, value: str) -> str:
        """The label of a choice, in the active language; other answers as they are."""
        if self.kind in (AnswerKind.YES_NO, AnswerKind.CHOICE):
            return dict(self._choices()).get(value, value)
        return value


def questions_of(page: ExperiencePage | None) -> list[Question]:
    """The questions of an experience's page, those of a translation with their `swedish` questions."""
    if page is None or not page.enquiry_questions:
        return []
    source = swedish_page(page)
    swedish = {} if source == page else {block.id: _question(block) for block in source.enquiry_questions}
    return [_question(block, swedish.get(block.id)) for block in page.enquiry_questions]


def _question(block: Any, swedish: Question | None = None) -> Question:
    value = block.value
    return Question(
        id=block.id,
        text=value["question"],
        hint=value["hint"],
        kind=value["kind"],
        options=list(value["options"]),
        is_required=value["must"],
        asked_of=asked_of(value),
        swedish=swedish,
    )
