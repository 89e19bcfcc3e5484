"""The visitor's form: its fields, what is said when one is filled in wrongly, the answers as they are kept."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.languages.characters import bare, tidy
from core.languages.display import guests
from core.translation.reading import own_name
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import STOCKHOLM
from experiences.enquiries.visitor.choices import Experiences, Option, swedish
from experiences.enquiries.visitor.fields import (
    CountField,
    DayField,
    EmailField,
    LineField,
    PhoneField,
    TextField,
)
from experiences.enquiries.visitor.questions import Question, in_swedish, questions_of
from experiences.enquiries.visitor.widgets import Day, EmailLine, Field, Line, PhoneLine, Renderer, SelectWithLanguages
from experiences.models import ExperiencePage

Purpose = Enquiry.Purpose
# What one asks about the past for: a scarf left behind, an article. All else needs a day to come.
MAY_BE_PAST = frozenset({Purpose.QUESTION, Purpose.PRESS})
OPTIONAL = ("people", "when_text", "when_date", "arrange", "message")
# By the id of what they are told together.
SHARED_HINTS = {"email": "enquiry-reach-hint", "phone": "enquiry-reach-hint"}
# What an address may fill in: /sv/enquiry/?experience=12&date=2027-02-04&purpose=gift
WISHES = ("experience", "date", "purpose")
# Answers that are names of ours, not words.
CODES = ("page", "asked", "experience", "purpose", "language")


class EnquiryForm(forms.Form):
    """An enquiry in the language of a page.

    `page` (an answer of the form, hidden) is the experience on whose page it stands, and is shown again on; `asked` is
    the experience whose own questions were asked. Both may differ from the experience that is chosen in the end.
    """

    default_renderer = Renderer
    bound_field_class = Field
    shared_hints = SHARED_HINTS

    page = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    experience = forms.CharField(label=_("Experience"), required=False, widget=SelectWithLanguages())
    purpose = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Purpose.choices,
        initial=Purpose.BOOK,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose what it is about.")},
    )
    name = LineField(
        label=_("Your name"),
        max_length=120,
        widget=Line(autocomplete="name", dir="auto"),
        error_messages={"required": _("Write your name, so that we know what to call you.")},
    )
    email = EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=EmailLine(autocomplete="email", dir="ltr"),
        error_messages={"invalid": _("Write a whole e-mail address, for example name@example.se.")},
    )
    phone = PhoneField(label=_("Phone"), required=False, max_length=40, widget=PhoneLine(autocomplete="tel", dir="ltr"))
    language = forms.ChoiceField(
        label=_("Language of our answer"),
        required=False,
        widget=SelectWithLanguages("input input--names"),
        error_messages={"invalid_choice": _("Choose the language of our answer in the list.")},
    )
    people = CountField(
        label=_("How many will you be?"),
        required=False,
        widget=Line(inputmode="numeric", extra="input--short"),
    )
    when_text = LineField(
        label=_("When would it suit you?"),
        help_text=_("For example: a Thursday evening in February."),
        required=False,
        max_length=300,
        widget=Line(dir="auto"),
    )
    when_date = DayField(label=_("Or a certain day"), required=False, widget=Day())
    arrange = LineField(
        label=_("What do we need to arrange?"),
        help_text=_("For example a ramp, an interpreter or a quiet seat. Write nothing about your health."),
        required=False,
        max_length=500,
        widget=Line(dir="auto"),
    )
    message = TextField(
        label=_("Message"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6, "dir": "auto", "dirname": "message_dir"}),
    )
    # The trap: programs fill it in, people neither see nor reach it. A name that no browser fills in by itself.
    reason = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}),
    )
    wants_news = forms.BooleanField(label=_("Send me news about experiences, once a month at most"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        language: str,
        page: ExperiencePage | None = None,
        wishes: Mapping[str, str] | None = None,
    ) -> None:
        self.reader_language = language
        self.experiences = Experiences.of(language, beside=page)
        said = _tidied(data) if data is not None else None
        self._find_experiences(said if said is not None else wishes or {}, page)
        if said is not None and self.chosen:
            said["experience"] = str(self.chosen.pk)
        super().__init__(said, auto_id="enquiry-%s", initial=self._wished(wishes or {}))
        self._offer_experiences()
        self._offer_languages()
        self._ask_questions()
        self._hint_at_group_size()

    # --- What it starts from ----------------------------------------------------------------------------------------
    def _find_experiences(self, said: Mapping[str, str], page: ExperiencePage | None) -> None:
        """Sets: standing (option of the page that it stands on), chosen (option), asked_page (with its questions)."""
        find = self.experiences.find
        self.standing: Option | None = find(str(page.pk) if page else said.get("page", ""))
        self.chosen: Option | None = find(said.get("experience", ""))
        if page:
            self.chosen = self.chosen or self.standing
            self.asked_page: ExperiencePage | None = page
        else:
            asked = find(said["asked"]) if "asked" in said else self.chosen
            self.asked_page = ExperiencePage.objects.get(pk=asked.pk) if asked else None

    def _wished(self, wishes: Mapping[str, str]) -> dict[str, Any]:
        purpose, day = wishes.get("purpose", ""), wishes.get("date", "")
        return {
            "page": self.standing.pk if self.standing else "",
            "asked": self.asked_page.pk if self.asked_page else "",
            "experience": self.chosen.pk if self.chosen else "",
            "purpose": purpose if purpose in Purpose.values else self._usual_purpose(),
            "when_date": _day_or_nothing(day),
            "language": self.reader_language,
        }

    def _usual_purpose(self) -> str:
        """There is no day to book while it is paused, but an answer."""
        return Purpose.BOOK if self.chosen is None or self.chosen.is_open else Purpose.QUESTION

    def _offer_experiences(self) -> None:
        widget: Any = self.fields["experience"].widget
        offered = self.experiences.offered(beside=[self.standing, self.chosen])
        widget.choices = [*((option.pk, option.title) for option in offered), ("", _("Help me choose"))]
        widget.languages = {
            str(option.pk): option.language for option in offered if option.language != self.reader_language
        }

    def _offer_languages(self) -> None:
        """Each in its own words; the page's language first."""
        field: Any = self.fields["language"]
        codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != self.reader_language)
        field.choices = [(code, own_name(code)) for code in codes]
        field.widget.languages = {code: code for code in codes}

    def _ask_questions(self) -> None:
        self.questions: list[Question] = questions_of(self.asked_page)
        self.optional = {*OPTIONAL, *(question.field_name for question in self.questions if not self._needs(question))}
        self.asked_of = {question.field_name: question for question in self.questions}
        purpose = self.data.get("purpose") or Purpose.QUESTION
        for question in self.questions:
            counts = not self.is_bound or question.counts_for(purpose)
            self.fields[question.field_name] = question.field(counts=counts)
        # News come last, where a hasty eye does not take the box for a condition.
        self.fields["wants_news"] = self.fields.pop("wants_news")

    def _needs(self, question: Question) -> bool:
        """Of whom it is asked. A paused experience has no day yet that a host could prepare."""
        return question.must and (self.chosen is None or self.chosen.is_open)

    def _hint_at_group_size(self) -> None:
        if self.asked_page:
            how_many = guests(self.asked_page.group_min, self.asked_page.group_max)
            text = _(
                "The experience suits {guests}."
                " If there are more or fewer of you, write anyway, and we will find a way."
            )
            self.fields["people"].help_text = format_lazy(text, guests=how_many)

    # --- Checks -----------------------------------------------------------------------------------------------------
    def clean_experience(self) -> Option | None:
        if self.cleaned_data["experience"] and not self.chosen:
            text = _("Choose an experience in the list, or let us help you choose.")
            raise ValidationError(text, code="unknown_experience")
        return self.chosen

    def clean_purpose(self) -> str:
        return self.cleaned_data["purpose"] or Purpose.QUESTION

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.reader_language

    def clean(self) -> None:
        super().clean()
        self._check_reach()
        self._check_day()
        self._check_questions()

    def _check_reach(self) -> None:
        given = self.cleaned_data.get
        if not (given("email") or given("phone") or self.has_error("email") or self.has_error("phone")):
            text = _("Write an e-mail address or a phone number, so that we can answer.")
            self.add_error("email", ValidationError(text, code="unreachable"))

    def _check_day(self) -> None:
        day = self.cleaned_data.get("when_date")
        if day and day < timezone.localdate(timezone=STOCKHOLM) and self.cleaned_data.get("purpose") not in MAY_BE_PAST:
            text = _("That day has passed. Choose a day to come, or leave it empty.")
            self.add_error("when_date", ValidationError(text, code="past"))

    def _check_questions(self) -> None:
        """What must be answered, must be for its own experience and purpose only: another one's was never shown."""
        if self.chosen is None or not self._is_about_asked_page:
            return
        purpose = self.cleaned_data.get("purpose", "")
        for question in self.questions:
            name, counts = question.field_name, question.counts_for(purpose)
            if self._needs(question) and counts and not (self.cleaned_data.get(name) or self.has_error(name)):
                text = _("Answer this question, so that the host can prepare.")
                self.add_error(name, ValidationError(text, code="unanswered"))

    @property
    def _is_about_asked_page(self) -> bool:
        """Whether the experience whose questions were asked is the one that was chosen in the end."""
        return bool(self.chosen and self.asked_page and self.chosen.pk == self.asked_page.pk)

    # --- For the template -------------------------------------------------------------------------------------------
    @property
    def faults(self) -> list[Field]:
        """The fields with an error, from top to bottom."""
        return [field for field in self if field.errors]  # type: ignore[misc]

    @property
    def question_fields(self) -> list[Any]:
        return [self[question.field_name] for question in self.questions]

    # --- What is kept -----------------------------------------------------------------------------------------------
    @property
    def filled_trap(self) -> bool:
        return bool(self.cleaned_data["reason"])

    def answers(self) -> dict[str, Any]:
        """The fields of `Enquiry`, of a form that is valid."""
        given = self.cleaned_data
        names = ("purpose", "name", "email", "phone", "language", "people", "arrange", "message", "wants_news")
        experience = swedish(self.chosen) if self.chosen else None
        return {
            **{name: given[name] for name in (*names, "when_text", "when_date")},
            "experience": experience,
            "page_language": self.reader_language,
            "message_dir": self._message_dir(),
            "extra_answers": [
                question.answered(given[question.field_name]) | self._about()
                for question in self.questions
                if given[question.field_name]
            ],
        }

    def _about(self) -> dict[str, str]:
        """Which experience a question was asked of, where another one, or none, was chosen in the end."""
        return {} if self._is_about_asked_page or not self.asked_page else {"about": in_swedish(self.asked_page).title}

    def _message_dir(self) -> str:
        """As the browser saw it, else as the first letter has it."""
        said = self.data.get("message_dir")
        return said if said in ("ltr", "rtl") else direction_of(self.cleaned_data["message"])


def direction_of(text: str) -> str:
    """By the first letter with a direction (Unicode's rule for `dir=auto`)."""
    kinds = map(unicodedata.bidirectional, text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def _tidied(data: QueryDict) -> MultiValueDict[str, str]:
    """A copy of what was posted that can be kept and shown again, whatever came in."""
    return MultiValueDict(
        {tidy(key): [bare(value) if key in CODES else tidy(value) for value in values] for key, values in data.lists()}
    )


def _day_or_nothing(text: str) -> str:
    """A day as a date field shows it; nothing for what is none."""
    try:
        day = DayField(required=False).clean(text)
    except ValidationError:
        return ""
    return day.isoformat() if day else ""
