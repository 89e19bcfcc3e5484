"""What people really write in a form: other digits, spaces, marks that came along with a copied address."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.languages import characters
from core.languages.characters import bare, western

TOO_LONG = _("Shorten this: it has %(show_value)s characters, and there is room for %(limit_value)s.")
FEWEST_DIGITS = 5
MOST_PEOPLE = 9999
MOST_WORDS = 1000


class TextField(forms.CharField):
    """Text whose error says how long it is, and how long it may be. Text that nobody can see is none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"max_length": TOO_LONG, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return characters.words(super().to_python(value) or "")


class LineField(TextField):
    """One line, whatever was pasted into it."""

    def to_python(self, value: Any) -> str:
        return characters.line(super().to_python(value))


class EmailField(forms.EmailField):
    """An address as one copies it: spaces, invisible characters and `mailto:` are taken off.

    Its domain is read as a domain name: Django's own check lets any sign above ASCII pass there, and a mail for
    "example.se" and an invisible sign goes to another domain.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"max_length": TOO_LONG, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = bare(super().to_python(value) or "")
        return text.removeprefix("mailto:").removeprefix("<").removesuffix(">")

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if value and not is_domain(value.rpartition("@")[2]):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


def is_domain(domain: str) -> bool:
    """Whether it can be looked up: letters, marks and digits of any script, hyphens, dots. No bare IP address: a
    visitor's mailbox has a name, and what is on our own machine is none of a stranger's."""
    named = all(sign in "-." or unicodedata.category(sign)[0] in "LMN" for sign in domain)
    try:
        return named and bool(domain.encode("idna"))
    except UnicodeError:
        return False


class PhoneField(LineField):
    """A number as people write it, with the words that belong to it: 0470-12 34 56, ask for Anna."""

    def to_python(self, value: Any) -> str:
        return western(bare(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and sum(sign.isdecimal() for sign in value) < FEWEST_DIGITS:
            text = _("Write a phone number with its area code, for example 070-123 45 67.")
            raise ValidationError(text, code="no_number")


class CountField(LineField):
    """A whole number from 1, in any digits. `None` for nothing."""

    default_error_messages = {
        "no_number": _("Write one number in digits, for example 6. You can tell us more in the message."),
        "out_of_range": _("Write a number from 1 to %(most)s."),
    }
    smallest = 1

    def clean(self, value: Any) -> int | None:
        text = western(bare(self.to_python(value)))
        self.validate(text)
        if not text:
            return None
        if not text.isdecimal():
            raise ValidationError(self.error_messages["no_number"], code="no_number")
        number = int(text) if len(text) < 10 else MOST_PEOPLE + 1
        if not self.smallest <= number <= MOST_PEOPLE:
            raise ValidationError(
                self.error_messages["out_of_range"], code="out_of_range", params={"most": MOST_PEOPLE}
            )
        return number


class NumberAnswerField(CountField):
    """An answer to an editor's question: none may be the answer. Text again, as all answers are kept."""

    smallest = 0

    def clean(self, value: Any) -> str:  # type: ignore[override]
        number = super().clean(value)
        return "" if number is None else str(number)


class AnyAnswerField(NumberAnswerField):
    """The same where no answer is needed: a number if it is one, else the words as they were typed."""

    def clean(self, value: Any) -> str:  # type: ignore[override]
        try:
            return super().clean(value)
        except ValidationError:
            return self.to_python(value)[:MOST_WORDS]


class DayField(forms.Field):
    """A day as browsers send it, or as people write it where the browser has no calendar."""

    FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m %Y", "%Y%m%d")
    default_error_messages = {
        "no_day": _(
            "Write the day as year, month, day, for example 2027-02-04. Or leave it empty and tell us in words."
        )
    }

    def to_python(self, value: Any) -> date | None:
        text = western(bare(str(value or "")))
        if not text:
            return None
        for written in self.FORMATS:
            try:
                return datetime.strptime(text, written).date()
            except ValueError:
                continue
        raise ValidationError(self.error_messages["no_day"], code="no_day")
