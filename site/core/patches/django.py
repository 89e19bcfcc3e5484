"""Every date, time and datetime field of the admin reads what people write (core.languages.written_dates).

Django's own fields are changed: filters, reports and Wagtail's forms make theirs themselves, and one place is enough
for all. A field that names its own `input_formats` keeps them. Visitors' fields are others (experiences.enquiries).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django import forms
from django.forms.utils import from_current_timezone

from core.languages.written_dates import read_date, read_datetime, read_time


@functools.cache
def read_written_dates() -> None:
    """Called when the site starts; once is enough."""
    _teach(forms.DateField, lambda field, text: read_date(text))
    _teach(forms.TimeField, lambda field, text: read_time(text))
    _teach(forms.DateTimeField, _moment)


def _teach(field_class: type[Any], read: Callable[[Any, str], Any]) -> None:
    theirs = field_class.to_python

    @functools.wraps(theirs)
    def to_python(self: Any, value: Any) -> Any:
        if isinstance(value, str) and value.strip() and "input_formats" not in vars(self):
            return read(self, value)
        return theirs(self, value.strip() if isinstance(value, str) else value)

    field_class.to_python = to_python


def _moment(field: forms.DateTimeField, text: str) -> datetime:
    """A filter that asks for a day only means its beginning."""
    asks_for_a_day = isinstance(field.widget, forms.DateInput)
    return from_current_timezone(datetime.combine(read_date(text), time()) if asks_for_a_day else read_datetime(text))
