"""Patches of Django. The table with upstream issues and releases: core/patches/__init__.py."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms.utils import from_current_timezone

from core.languages.mail_addresses import is_international, readable
from core.languages.written_dates import read_date, read_datetime, read_time
from core.patches.originals import replace
from core.people import roles


def patch_date_fields() -> None:
    """Let every date, time and datetime field read what people write (core.languages.written_dates).

    Filters, reports and Wagtail's forms make these fields themselves; Django reads fixed formats only. A field that
    names its own `input_formats` keeps them. Visitors' fields are others (experiences.enquiries).
    """
    _read_with(forms.DateField, lambda field, text: read_date(text))
    _read_with(forms.TimeField, lambda field, text: read_time(text))
    _read_with(forms.DateTimeField, _read_moment)


def patch_group_names() -> None:
    """Name the roles in the reader's language, in forms, lists and headings."""
    replace(Group, "__str__", roles.label)


def patch_email_fields() -> None:
    """Let every e-mail field take what mail servers take: åsa@exämple.se (RFC 6531), and keep its domain in letters.

    Browsers send the domain in ASCII, as xn--exmple-cua.se: colleagues, lists and searches would show that.
    """
    validate, to_python = EmailValidator.__call__, forms.EmailField.to_python

    @functools.wraps(validate)
    def accept(self: EmailValidator, value: Any) -> None:
        try:
            validate(self, value)
        except ValidationError:
            if not is_international(str(value)):
                raise

    @functools.wraps(to_python)
    def in_letters(self: forms.EmailField, value: Any) -> Any:
        text = to_python(self, value)
        return readable(text) if isinstance(text, str) else text

    replace(EmailValidator, "__call__", accept)
    replace(forms.EmailField, "to_python", in_letters)


def _read_with(field_class: type[Any], read: Callable[[Any, str], Any]) -> None:
    original = field_class.to_python

    @functools.wraps(original)
    def to_python(self: Any, value: Any) -> Any:
        if isinstance(value, str) and value.strip() and "input_formats" not in vars(self):
            return read(self, value)
        return original(self, value.strip() if isinstance(value, str) else value)

    replace(field_class, "to_python", to_python)


def _read_moment(field: forms.DateTimeField, text: str) -> datetime:
    """A filter that asks for a day only means its beginning."""
    asks_for_a_day = isinstance(field.widget, forms.DateInput)
    return from_current_timezone(datetime.combine(read_date(text), time()) if asks_for_a_day else read_datetime(text))
