"""Form fields that accept what people really type: other digits, spaces, invisible characters of a copied address."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms.text_fields import LineField, WordsField
from core.languages.characters import bare, western
from core.languages.mail_addresses import is_domain
from core.languages.written_dates import read_date
from core.languages.written_numbers import read_number

TOO_LONG = _("Shorten this: it has %(show_value)s characters, and there is room for %(limit_value)s.")
MIN_PHONE_DIGITS = 7
MAX_PEOPLE = 9999
# Characters of an answer to an editor's question.
MAX_ANSWER_LENGTH = 1000


class TooLongMixin(forms.CharField):
    """The too-long error gives the length and the limit."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"max_length": TOO_LONG, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)


class AnswerField(TooLongMixin, WordsField):
    """Text. Invisible characters alone count as empty."""


class ShortAnswerField(TooLongMixin, LineField):
    """Text of one line: line breaks become spaces."""


class EmailField(forms.EmailField):
    """An e-mail address. Spaces, invisible characters, angle brackets and `mailto:` around it are removed.

    Letters of any script may come before and after the @ (core.patches.django). The domain is checked more strictly
    than by Django, which accepts any character above ASCII: with an invisible character in it, a mail to example.se
    would go to another domain.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"max_length": TOO_LONG, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = bare(str(value or ""))
        return str(super().to_python(text.removeprefix("mailto:").removeprefix("<").removesuffix(">")))

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if value and not is_domain(value.rpartition("@")[2]):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class PhoneField(ShortAnswerField):
    """A phone number as people write it, also with words: "0470-12 34 56, ask for Anna". Digits become Western."""

    def to_python(self, value: Any) -> str:
        return western(bare(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and sum(character.isdecimal() for character in value) < MIN_PHONE_DIGITS:
            text = _("Write a phone number with its area code, for example 070-123 45 67.")
            raise ValidationError(text, code="no_number")


class NumberField(ShortAnswerField):
    """The base of fields for a whole number from `smallest` to MAX_PEOPLE, in any digits, also among words."""

    default_error_messages = {
        "no_number": _("Write one number in digits, for example 6. You can tell us more in the message."),
        "out_of_range": _("Write a number from 1 to %(most)s."),
    }
    smallest = 1
    # Whether a range is read as its higher number.
    takes_range = False

    def number(self, value: Any) -> int | None:
        """The number, or None for an empty value. Raises ValidationError."""
        text = bare(self.to_python(value))
        self.validate(text)
        if not text:
            return None
        number = read_number(text, highest=self.takes_range)
        if number is None:
            raise ValidationError(self.error_messages["no_number"], code="no_number")
        if not self.smallest <= number <= MAX_PEOPLE:
            raise ValidationError(self.error_messages["out_of_range"], code="out_of_range", params={"most": MAX_PEOPLE})
        return number


class CountField(NumberField):
    """A number of people, from 1; None when empty. Of 10-12 people we plan for 12."""

    takes_range = True

    def clean(self, value: Any) -> int | None:
        return self.number(value)


class NumberAnswerField(NumberField):
    """A number from 0 that answers an editor's question. Cleaned to text, as all such answers are stored."""

    smallest = 0

    def clean(self, value: Any) -> str:
        number = self.number(value)
        return "" if number is None else str(number)


class AnyAnswerField(NumberAnswerField):
    """The same for a question that does not apply: what is no number is accepted as text."""

    def clean(self, value: Any) -> str:
        try:
            return super().clean(value)
        except ValidationError:
            return self.to_python(value)[:MAX_ANSWER_LENGTH]


class DayField(forms.Field):
    """A date as browsers send it (ISO 8601), or as people type it where the browser shows no calendar."""

    default_error_messages = {
        "no_day": _(
            "Write the day as year, month, day, for example 2027-02-04. Or leave it empty and tell us in words."
        )
    }

    def to_python(self, value: Any) -> date | None:
        """Raises ValidationError: `no_day`, or what `read_date` asks (a year that nobody means, no year)."""
        text = western(bare(str(value or "")))
        try:
            return read_date(text, day_first=True) if text else None
        except ValidationError as error:
            if error.code != "invalid":
                raise
        raise ValidationError(self.error_messages["no_day"], code="no_day")
