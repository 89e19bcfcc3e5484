"""What staff write. Every form but the note's carries `seen`: the newest thing that its writer has read."""

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
from experiences.enquiries.visitor.fields import TextField

Status = Enquiry.Status
ONE_LINE = RegexValidator(r"[\r\n]", _("Keep the subject on one line."), inverse_match=True)


class SeenField(forms.IntegerField):
    """Hidden. What is no number has seen nothing, and is then told everything."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value) or 0)
        except forms.ValidationError:
            return 0


class EnquiryForm(forms.Form):
    """About one enquiry. `name` keeps the fields of several forms on a page apart."""

    name = ""

    seen = SeenField(required=False)

    def __init__(self, enquiry: Enquiry, data: Any = None, *, seen: int = 0) -> None:
        self.enquiry = enquiry
        super().__init__(data, prefix=self.name, initial={"seen": seen})
        self.prepare()

    def prepare(self) -> None:
        """What depends on the enquiry."""

    def point_at_error(self) -> None:
        """The first field with an error takes the focus when the page is shown again."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["autofocus"] = True
                return

    def having_seen(self, newest: int) -> EnquiryForm:
        """The same words again, for somebody who has now been told the news."""
        return type(self)(self.enquiry, {**dict(self.data.items()), self.add_prefix("seen"): str(newest)})


class GiveBackForm(EnquiryForm):
    name = "give_back"


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg] # no generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return words.name(obj)


class HandOverForm(EnquiryForm):
    name = "hand_over"

    to = ColleagueField(
        queryset=User.objects.none(),
        label=_("Colleague"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a colleague.")},
    )

    def prepare(self) -> None:
        colleagues = policy_registry.get_by_type(Enquiry).users_with_permission("answer")
        self.fields["to"].queryset = colleagues.exclude(pk=self.enquiry.owner_id).order_by("first_name", "last_name")  # type: ignore[attr-defined]


class AnswerForm(EnquiryForm):
    """What a reply and a call have in common."""

    text = TextField(
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
    name = "reply"

    subject = TextField(
        label=_("Subject"),
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
    name = "call"

    def prepare(self) -> None:
        text = self.fields["text"]
        text.label, text.widget.attrs["rows"] = _("What was said"), 4
        text.help_text = _("For colleagues only. The enquiry then counts as answered.")


class NoteForm(EnquiryForm):
    name = "note"

    text = TextField(
        label=_("Note"),
        help_text=_("For colleagues only. A note is never mailed."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write the note.")},
    )


class StateForm(EnquiryForm):
    name = "state"

    status = forms.ChoiceField(label=_("New state"))
    reason = TextField(
        label=_("Reason"),
        help_text=_("Needed when you decline. Colleagues read it, the visitor does not."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def prepare(self) -> None:
        allowed = conversation.next_states(self.enquiry)
        others = [choice for choice in Status.choices if choice[0] in allowed]
        status = self.fields["status"]
        status.choices = [("", _("Choose")), *others]  # type: ignore[attr-defined]
        status.error_messages["required"] = _("Choose a state.")
        # Meanwhile a colleague chose the same: no error, the service finds nothing to do.
        if self.data.get(self.add_prefix("status")) == self.enquiry.status:
            status.choices = Status.choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("status") == Status.DECLINED and not self.cleaned_data.get("reason"):
            text = _("Write why we decline, so that colleagues can tell the visitor.")
            self.add_error("reason", forms.ValidationError(text, code="no_reason"))
