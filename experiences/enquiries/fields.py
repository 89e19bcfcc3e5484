"""What people really write in a form: other digits, spaces, marks that came along with a copied address."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Arabic-Indic and Persian digits. Other digits of Unicode are understood too (`int` reads them), these are expected.
WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
# Line feeds and tabs stay. NUL is refused by PostgreSQL, a lone surrogate by UTF-8; the rest is nothing one can read.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Overrides of direction turn the letters of what follows, before the staff's eyes too. No language needs them.
OVERRIDE = re.compile(r"[\u202d\u202e]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
# Direction marks and spaces of no width: invisible company of what is copied out of right-to-left text.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")

TOO_LONG = _("Shorten this: it has %(show_value)s characters, and there is room for %(limit_value)s.")
FEWEST_DIGITS = 5
MOST_PEOPLE = 9999


def tidy(text: str) -> str:
    """Text that can be kept and shown: without control characters, with a sign of replacement for broken ones."""
    return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", OVERRIDE.sub("", CONTROL.sub("", text)))


def western(text: str) -> str:
    return text.translate(WESTERN_DIGITS)


def one_line(text: str) -> str:
    return " ".join(text.split())


class TextField(forms.CharField):
    """Text whose error says how long it is, and how long it may be."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"max_length": TOO_LONG, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)


class LineField(TextField):
    """One line, whatever was pasted into it. What nobody can see is nothing."""

    def to_python(self, value: Any) -> str:
        text = one_line(super().to_python(value) or "")
        return text if INVISIBLE.sub("", text).strip() else ""


class EmailField(forms.EmailField):
    """An address as one copies it: spaces, invisible marks and `mailto:` are taken off."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"max_length": TOO_LONG, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = INVISIBLE.sub("", super().to_python(value) or "").strip()
        return text.removeprefix("mailto:").removeprefix("<").removesuffix(">")


class PhoneField(LineField):
    """A number as people write it, with the words that belong to it: 0470-12 34 56, ask for Anna."""

    def to_python(self, value: Any) -> str:
        return western(INVISIBLE.sub("", super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and sum(sign.isdigit() for sign in value) < FEWEST_DIGITS:
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
        text = INVISIBLE.sub("", self.to_python(value))
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


class DayField(forms.Field):
    """A day as browsers send it, or as people write it where the browser has no calendar."""

    FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m %Y", "%Y%m%d")
    default_error_messages = {
        "no_day": _(
            "Write the day as year, month, day, for example 2027-02-04. Or leave it empty and tell us in words."
        )
    }

    def to_python(self, value: Any) -> date | None:
        text = western(one_line(INVISIBLE.sub("", str(value or ""))))
        if not text:
            return None
        for written in self.FORMATS:
            try:
                return datetime.strptime(text, written).date()
            except ValueError:
                continue
        raise ValidationError(self.error_messages["no_day"], code="no_day")
