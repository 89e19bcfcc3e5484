"""The forms on an enquiry's page: reply, call, note, state, owner.

Each carries `seen`, the newest entry of the timeline that its writer could read: the services raise `UnseenEntries`
when something newer has happened.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.permissions import policy_registry

from core.languages.table import direction
from core.models import User
from experiences.enquiries import mails
from experiences.enquiries.inbox import words
from experiences.enquiries.models import Enquiry
from experiences.enquiries.services import conversation
from experiences.enquiries.visitor.fields import AnswerField

Status = Enquiry.Status
ONE_LINE = RegexValidator(r"[\r\n]", _("Keep the subject on one line."), inverse_match=True)


class SeenField(forms.IntegerField):
    """The id of a timeline entry, hidden. Anything but a number counts as 0: no entry was seen."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value) or 0)
        except forms.ValidationError:
            return 0


class ActionForm(forms.Form):
    """A form for one action on one enquiry. `name` is the prefix of its fields: several forms share a page."""

    name = ""

    seen = SeenField(required=False)

    def __init__(self, enquiry: Enquiry, data: Any = None, *, seen: int = 0) -> None:
        self.enquiry = enquiry
        super().__init__(data, prefix=self.name, initial={"seen": seen})
        self.prepare()

    def prepare(self) -> None:
        """Set choices, initial values and attributes that depend on the enquiry. For subclasses."""

    def focus_first_error(self) -> None:
        """Set `autofocus` on the first field with an error."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["autofocus"] = True
                return

    def with_seen(self, newest: int) -> ActionForm:
        """The same form with the same data, and `seen` set to `newest`: sent again, it is accepted."""
        return type(self)(self.enquiry, {**dict(self.data.items()), self.add_prefix("seen"): str(newest)})


class GiveBackForm(ActionForm):
    """Give the enquiry back: no field but `seen`."""

    name = "give_back"


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's class is not generic at run time.
    """A choice of users, by full name."""

    def label_from_instance(self, obj: Any) -> str:
        return words.name(obj)


class HandOverForm(ActionForm):
    """Hand the enquiry over to another user who may answer."""

    name = "hand_over"

    to = ColleagueField(
        queryset=User.objects.none(),
        label=_("Colleague"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a colleague.")},
    )

    def prepare(self) -> None:
        colleagues = policy_registry.get_by_type(Enquiry).users_with_permission("answer")
        to: Any = self.fields["to"]
        to.queryset = colleagues.exclude(pk=self.enquiry.owner_id).order_by("first_name", "last_name")


class AnswerForm(ActionForm):
    """The fields that a reply and a call have in common: the text, and the state that the enquiry gets."""

    text = AnswerField(
        label=_("Your reply"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("Write what you want to say.")},
    )
    then = forms.ChoiceField(
        label=_("State afterwards"),
        choices=[(status.value, status.label) for status in conversation.AFTER_A_REPLY],
        initial=Status.WAITING_VISITOR.value,
    )


class ReplyForm(AnswerForm):
    """A reply by mail, written in the visitor's language."""

    name = "reply"

    subject = AnswerField(
        label=_("Subject"),
        help_text=_("Keep it as it is: under one subject our e-mails stay together in the visitor's mailbox."),
        max_length=220,
        validators=[ONE_LINE],
        error_messages={"required": _("Write a subject.")},
    )

    field_order = ("subject", "text", "then")

    def prepare(self) -> None:
        with override(self.enquiry.language):
            self.initial["subject"] = mails.reply_subject(self.enquiry)
        for name in ("subject", "text"):
            self.fields[name].widget.attrs |= {
                "lang": self.enquiry.language,
                "dir": direction(self.enquiry.language),
            }


class CallForm(AnswerForm):
    """The log of a phone call to the visitor."""

    name = "call"

    def prepare(self) -> None:
        text = self.fields["text"]
        text.label, text.widget.attrs["rows"] = _("What was said"), 4
        text.help_text = _("For colleagues only. The enquiry then counts as answered.")


class NoteForm(ActionForm):
    """A note for colleagues."""

    name = "note"

    text = AnswerField(
        label=_("Note"),
        help_text=_("For colleagues only. A note is never e-mailed."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write the note.")},
    )


class StateForm(ActionForm):
    """Another state for the enquiry, with a reason when we decline."""

    name = "state"

    status = forms.ChoiceField(label=_("New state"))
    reason = AnswerField(
        label=_("Reason"),
        help_text=_("Needed when you decline. Colleagues read it, the visitor does not."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def prepare(self) -> None:
        allowed = conversation.next_states(self.enquiry)
        others = [choice for choice in Status.choices if choice[0] in allowed]
        status: Any = self.fields["status"]
        status.choices = [("", _("Choose")), *others]
        status.error_messages["required"] = _("Choose a state.")
        # A colleague has chosen the same state meanwhile: valid, and the service finds nothing to do.
        if self.data.get(self.add_prefix("status")) == self.enquiry.status:
            status.choices = Status.choices

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("status") == Status.DECLINED and not self.cleaned_data.get("reason"):
            text = _("Write why we decline, so that colleagues can tell the visitor.")
            self.add_error("reason", forms.ValidationError(text, code="no_reason"))
