"""The editors' own questions of one experience, as fields of the form and as answers that staff read."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experiences.blocks import AnswerKind, asked_of, only_if
from experiences.enquiries.visitor.fields import MOST_WORDS, AnyAnswerField, LineField, NumberAnswerField
from experiences.enquiries.visitor.widgets import Line
from experiences.models import ExperiencePage

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    """One question in the reader's language; `swedish`: the same on the Swedish page, where this is a translation."""

    id: str
    words: str
    hint: str
    kind: str
    options: list[str]
    must: bool
    asked_of: list[str]
    swedish: "Question | None" = field(default=None, compare=False)

    @property
    def field_name(self) -> str:
        return f"extra_{self.id}"

    @property
    def only_if(self) -> str:
        """When it counts, in the active language."""
        return only_if(self.asked_of)

    def counts_for(self, purpose: str) -> bool:
        return purpose in self.asked_of

    def field(self, *, counts: bool = True) -> forms.Field:
        """Never required by itself: the form knows whether its experience was chosen in the end.

        `counts`: for the purpose that was chosen. If not, nothing that was typed in it is wrong.
        """
        common: dict[str, Any] = {"label": self.words, "help_text": self.hint, "required": False}
        match self.kind:
            case AnswerKind.NUMBER:
                number = NumberAnswerField if counts else AnyAnswerField
                return number(widget=Line(inputmode="numeric", extra="input--short"), **common)
            case AnswerKind.YES_NO | AnswerKind.CHOICE:
                return forms.ChoiceField(
                    choices=self._choices(),
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": gettext_lazy("Choose one of the answers.")},
                    **common,
                )
        return LineField(max_length=MOST_WORDS, widget=Line(dir="auto"), **common)

    def _choices(self) -> list[tuple[str, str]]:
        if self.kind == AnswerKind.YES_NO:
            return [(YES, _("Yes")), (NO, _("No"))]
        return [(str(number), option) for number, option in enumerate(self.options)]

    def answered(self, value: str) -> dict[str, str]:
        """As it was asked and answered; and in Swedish, for the staff, where it was in another language."""
        kept = {"question": self.words, "answer": self._in_words(value)}
        source = self.swedish or self
        with translation.override(settings.LANGUAGE_CODE):
            swedish = {"question_sv": source.words, "answer_sv": source._in_words(value)}
        return kept if list(kept.values()) == list(swedish.values()) else kept | swedish

    def _in_words(self, value: str) -> str:
        if self.kind in (AnswerKind.YES_NO, AnswerKind.CHOICE):
            return dict(self._choices()).get(value, value)
        return value


def questions_of(page: ExperiencePage | None) -> list[Question]:
    """The questions of an experience; those of a translation know their Swedish ones."""
    if page is None or not page.enquiry_questions:
        return []
    sources = _by_id(_source_of(page))
    return [_question(block, sources.get(block.id)) for block in page.enquiry_questions]


def _source_of(page: ExperiencePage) -> ExperiencePage | None:
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    same = ExperiencePage.objects.filter(translation_key=page.translation_key)
    source: ExperiencePage | None = same.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return source


def in_swedish(page: ExperiencePage) -> ExperiencePage:
    """The page as the staff know it."""
    return _source_of(page) or page


def _by_id(page: ExperiencePage | None) -> dict[str, Question]:
    return {block.id: _question(block) for block in page.enquiry_questions} if page else {}


def _question(block: Any, source: Question | None = None) -> Question:
    value = block.value
    return Question(
        id=block.id,
        words=value["question"],
        hint=value["hint"],
        kind=value["kind"],
        options=list(value["options"]),
        must=value["must"],
        asked_of=asked_of(value),
        swedish=source,
    )
