"""The visitor's enquiry form: its fields, its validation, and its answers as field values of `Enquiry`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.languages.characters import bare, tidy
from core.languages.directions import direction_of
from core.languages.display import guests
from core.translation.reading import own_name
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import STOCKHOLM
from experiences.enquiries.visitor.choices import ExperienceChoices, Option, get_page, swedish_page
from experiences.enquiries.visitor.fields import (
    AnswerField,
    CountField,
    DayField,
    EmailField,
    PhoneField,
    ShortAnswerField,
)
from experiences.enquiries.visitor.questions import Question, questions_of
from experiences.enquiries.visitor.widgets import (
    DayInput,
    EmailInput,
    EnquiryBoundField,
    EnquiryFormRenderer,
    HoneypotInput,
    LineInput,
    PhoneInput,
    SelectWithLanguages,
)
from experiences.models import ExperiencePage

Purpose = Enquiry.Purpose
# Purposes whose day may have passed: a question about a scarf left behind, an article. Others need a day to come.
MAY_BE_PAST = frozenset({Purpose.QUESTION, Purpose.PRESS, Purpose.ACCESS})
OPTIONAL = ("people", "when_text", "when_date", "arrange", "message")
# Fields that share a hint, and its id.
SHARED_HINTS = {"email": "enquiry-reach-hint", "phone": "enquiry-reach-hint"}
# Fields that a query string may fill in: /sv/enquiry/?experience=12&date=2027-02-04&purpose=gift&people=24
PREFILLABLE = ("experience", "date", "purpose", "people")
# Fields whose values are our own codes, not text of the visitor's.
CODES = ("page", "asked", "experience", "purpose", "language", "proposed")


class EnquiryForm(forms.Form):
    """The enquiry form, in the language of a page.

    Hidden fields: `page`, the experience on whose page the form is, and is shown again after an error; `asked`, the
    experience whose own questions it asks. Both may differ from the experience that the visitor chooses in the end.
    `proposed`: the language of our answer that the form has chosen itself; with another one, the visitor has.
    """

    default_renderer = EnquiryFormRenderer
    bound_field_class = EnquiryBoundField
    shared_hints = SHARED_HINTS

    page = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)
    experience = forms.CharField(label=_("Experience"), required=False, widget=SelectWithLanguages())
    purpose = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Purpose.choices,
        initial=Purpose.BOOK,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose what it is about.")},
    )
    name = ShortAnswerField(
        label=_("Your name"),
        max_length=120,
        widget=LineInput(autocomplete="name", dir="auto"),
        error_messages={"required": _("Write your name, so that we know what to call you.")},
    )
    email = EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=EmailInput(autocomplete="email", dir="ltr"),
        error_messages={"invalid": _("Write a complete e-mail address, for example name@example.se.")},
    )
    phone = PhoneField(
        label=_("Phone"), required=False, max_length=40, widget=PhoneInput(autocomplete="tel", dir="ltr")
    )
    language = forms.ChoiceField(
        label=_("Language of our answer"),
        required=False,
        widget=SelectWithLanguages("input input--names"),
        error_messages={"invalid_choice": _("Choose the language of our answer from the list.")},
    )
    people = CountField(
        label=_("How many of you will there be?"),
        required=False,
        widget=LineInput(inputmode="numeric", extra="input--short"),
    )
    when_text = ShortAnswerField(
        label=_("When would it suit you?"),
        help_text=_("For example: a Thursday evening in February."),
        required=False,
        max_length=300,
        widget=LineInput(dir="auto"),
    )
    when_date = DayField(label=_("Or a particular day"), required=False, widget=DayInput())
    arrange = ShortAnswerField(
        label=_("Is there anything we should arrange?"),
        help_text=_("For example a ramp, an interpreter or a quiet seat. Please do not write about your health."),
        required=False,
        max_length=500,
        widget=LineInput(dir="auto"),
    )
    message = AnswerField(
        label=_("Message"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6, "dir": "auto", "dirname": "message_dir"}),
    )
    # The honeypot: programs fill it in, people neither see nor reach it. No browser autofills a field of this name.
    reason = forms.CharField(label=_("Leave this field empty"), required=False, widget=HoneypotInput())
    wants_news = forms.BooleanField(label=_("Send me news about experiences, at most once a month"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        language: str,
        page: ExperiencePage | None = None,
        prefill: Mapping[str, str] | None = None,
    ) -> None:
        """`page`: the experience on whose page an empty form is. `prefill`: values by `PREFILLABLE`."""
        self.reader_language = language
        self.experiences = ExperienceChoices.for_language(language, including=page)
        posted = _tidied(data) if data is not None else None
        self._find_experiences(posted if posted is not None else prefill or {}, page)
        if posted is not None and self.chosen:
            posted["experience"] = str(self.chosen.pk)
        super().__init__(posted, auto_id="enquiry-%s", initial=self._initial_values(prefill or {}))
        self._offer_purposes()
        self._offer_experiences()
        self._offer_languages()
        self._ask_questions()
        self._hint_at_group_size()

    # --- Choices, initial values and questions ----------------------------------------------------------------------
    def _find_experiences(self, values: Mapping[str, str], page: ExperiencePage | None) -> None:
        """Set `shown_on` (option of the form's page), `chosen` (option) and `asked_page` (its questions are asked)."""
        find = self.experiences.find
        self.shown_on: Option | None = find(str(page.pk) if page else values.get("page", ""))
        self.chosen: Option | None = find(values.get("experience", ""))
        if page:
            self.chosen = self.chosen or self.shown_on
            self.asked_page: ExperiencePage | None = page
        else:
            asked = find(values["asked"]) if "asked" in values else self.chosen
            self.asked_page = get_page(asked) if asked else None

    def _initial_values(self, prefill: Mapping[str, str]) -> dict[str, Any]:
        purpose, day = prefill.get("purpose", ""), prefill.get("date", "")
        return {
            "page": self.shown_on.pk if self.shown_on else "",
            "asked": self.asked_page.pk if self.asked_page else "",
            "experience": self.chosen.pk if self.chosen else "",
            "purpose": purpose if purpose in Purpose.values else self._usual_purpose(),
            "when_date": _valid(DayField(required=False), day),
            "people": _valid(CountField(required=False), prefill.get("people", "")),
            "language": self.reader_language,
            "proposed": self.reader_language,
        }

    def _usual_purpose(self) -> str:
        """Booking; for a paused experience, which has no days to book, a question."""
        return Purpose.BOOK if self.chosen is None or self.chosen.is_open else Purpose.QUESTION

    @property
    def tells_of_obstacle(self) -> bool:
        """Whether it is about the website: then the form asks for no number of people and no day."""
        return bool(self["purpose"].value() == Purpose.ACCESS)

    @property
    def has_wishes(self) -> bool:
        """Whether a field that is folded on small screens has a value or an error, so that it is shown."""
        fields = [self[name] for name in ("people", "when_text", "when_date", "arrange")]
        return any(field.value() or field.errors for field in fields)

    def _offer_purposes(self) -> None:
        """All, but an obstacle on the website only to those who come from where that is told (FormLinkBlock)."""
        if not self.tells_of_obstacle:
            field: Any = self.fields["purpose"]
            field.choices = [(value, label) for value, label in Purpose.choices if value != Purpose.ACCESS]

    def _offer_experiences(self) -> None:
        widget: Any = self.fields["experience"].widget
        offered = self.experiences.offered(including=[self.shown_on, self.chosen])
        widget.choices = [*((option.pk, option.title) for option in offered), ("", _("Help me choose"))]
        widget.languages = {
            str(option.pk): option.language for option in offered if option.language != self.reader_language
        }

    def _offer_languages(self) -> None:
        """The languages of the site by their own names, the page's language first."""
        field: Any = self.fields["language"]
        codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != self.reader_language)
        field.choices = [(code, own_name(code)) for code in codes]
        field.widget.languages = {code: code for code in codes}

    def _ask_questions(self) -> None:
        """Add a field for each question of `asked_page`, and set which fields are optional."""
        self.questions: list[Question] = questions_of(self.asked_page)
        self.optional = {
            *OPTIONAL,
            *(question.field_name for question in self.questions if not self._requires(question)),
        }
        if self.tells_of_obstacle:
            self.optional.remove("message")
        self.question_by_field = {question.field_name: question for question in self.questions}
        purpose = self.data.get("purpose") or Purpose.QUESTION
        for question in self.questions:
            applies = not self.is_bound or question.applies_to(purpose)
            self.fields[question.field_name] = question.form_field(applies=applies)
        # Last, so that the box for news is not taken for a condition of the enquiry.
        self.fields["wants_news"] = self.fields.pop("wants_news")

    def _requires(self, question: Question) -> bool:
        """Whether the question must be answered. Never while the experience is paused: there is no day to prepare."""
        return question.is_required and (self.chosen is None or self.chosen.is_open)

    def _hint_at_group_size(self) -> None:
        """Say under "How many?" which group size the experience suits."""
        if self.asked_page:
            how_many = guests(self.asked_page.group_min, self.asked_page.group_max)
            text = _(
                "The experience suits {guests}."
                " If there are more or fewer of you, write anyway, and we will find a way."
            )
            self.fields["people"].help_text = format_lazy(text, guests=how_many)

    # --- Validation -------------------------------------------------------------------------------------------------
    def clean_experience(self) -> Option | None:
        if self.cleaned_data["experience"] and not self.chosen:
            text = _("Choose an experience from the list, or let us help you choose.")
            raise ValidationError(text, code="unknown_experience")
        return self.chosen

    def clean_purpose(self) -> str:
        return self.cleaned_data["purpose"] or Purpose.QUESTION

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.reader_language

    def clean(self) -> None:
        super().clean()
        self._validate_contact()
        self._validate_day()
        self._validate_questions()
        if self.tells_of_obstacle and not self.cleaned_data.get("message") and not self.has_error("message"):
            self.add_error("message", ValidationError(_("Write what stopped you, and on which page."), code="untold"))

    def _validate_contact(self) -> None:
        given = self.cleaned_data.get
        if not (given("email") or given("phone") or self.has_error("email") or self.has_error("phone")):
            text = _("Write an e-mail address or a phone number, so that we can answer.")
            self.add_error("email", ValidationError(text, code="unreachable"))

    def _validate_day(self) -> None:
        day = self.cleaned_data.get("when_date")
        if day and day < timezone.localdate(timezone=STOCKHOLM) and self.cleaned_data.get("purpose") not in MAY_BE_PAST:
            text = _("That day has passed. Choose a later day, or leave it empty.")
            self.add_error("when_date", ValidationError(text, code="past"))

    def _validate_questions(self) -> None:
        """Require answers only for the chosen experience and purpose: the visitor may not have seen other questions."""
        if self.chosen is None or not self._is_about_asked_page:
            return
        purpose = self.cleaned_data.get("purpose", "")
        for question in self.questions:
            name, applies = question.field_name, question.applies_to(purpose)
            if self._requires(question) and applies and not (self.cleaned_data.get(name) or self.has_error(name)):
                text = _("Answer this question, so that the host can prepare.")
                self.add_error(name, ValidationError(text, code="unanswered"))

    @property
    def _is_about_asked_page(self) -> bool:
        """Whether the experience whose questions were asked is the one that was chosen in the end."""
        return bool(self.chosen and self.asked_page and self.chosen.pk == self.asked_page.pk)

    # --- For the template -------------------------------------------------------------------------------------------
    @property
    def fields_with_errors(self) -> list[BoundField]:
        """The fields with an error, from top to bottom."""
        return [field for field in self if field.errors]

    @property
    def question_fields(self) -> list[BoundField]:
        """The fields of the experience's own questions."""
        return [self[question.field_name] for question in self.questions]

    # --- Answers ----------------------------------------------------------------------------------------------------
    @property
    def filled_honeypot(self) -> bool:
        """Whether the hidden field was filled in. Of a valid form."""
        return bool(self.cleaned_data["reason"])

    def answers(self) -> dict[str, Any]:
        """The field values of an `Enquiry`. Of a valid form."""
        given = self.cleaned_data
        names = ("purpose", "name", "email", "phone", "language", "people", "arrange", "message", "wants_news")
        experience = swedish_page(self._chosen_page()) if self.chosen else None
        return {
            **{name: given[name] for name in (*names, "when_text", "when_date")},
            "experience": experience,
            "page_language": self.reader_language,
            "message_dir": self._message_dir(),
            "extra_answers": [
                question.as_stored(given[question.field_name]) | self._about()
                for question in self.questions
                if given[question.field_name]
            ],
        }

    def _chosen_page(self) -> ExperiencePage:
        """The page of `chosen`, which usually is the one whose questions were asked. Of a form with a chosen one."""
        assert self.chosen
        asked = self.asked_page
        return asked if asked and asked.pk == self.chosen.pk else get_page(self.chosen)

    def _about(self) -> dict[str, str]:
        """{"about": title}: the experience that asked the questions, if another one or none was chosen in the end."""
        if self._is_about_asked_page or not self.asked_page:
            return {}
        return {"about": swedish_page(self.asked_page).title}

    def _message_dir(self) -> str:
        """The direction that the browser sent (`dirname`), else that of the text."""
        sent = self.data.get("message_dir")
        return sent if sent in ("ltr", "rtl") else direction_of(self.cleaned_data["message"])


def _tidied(data: QueryDict) -> MultiValueDict[str, str]:
    """A copy of the posted data without characters that cannot be stored or displayed."""
    return MultiValueDict(
        {tidy(key): [bare(value) if key in CODES else tidy(value) for value in values] for key, values in data.lists()}
    )


def _valid(field: forms.Field, text: str) -> str:
    """The value that a field reads in `text`, as it writes it; empty if it reads none."""
    try:
        value = field.clean(text)
    except ValidationError:
        return ""
    return "" if value is None else str(value)
