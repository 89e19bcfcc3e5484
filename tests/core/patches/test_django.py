"""Dates and times are read as people write them; more of it in tests/core/forms/test_date_fields.py."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError

NOON = datetime(2031, 12, 12, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
WRITTEN = [
    (forms.DateField, "12.12 2031", date(2031, 12, 12)),
    (forms.TimeField, "kl. 12", time(12)),
    (forms.DateTimeField, "12 dec 2031 kl 12", NOON),
]


@pytest.mark.parametrize(("field", "text", "read"), WRITTEN)
def test_patch_date_fields_works(field, text, read):
    assert field().clean(text) == read


@pytest.mark.parametrize(("field", "text", "read"), WRITTEN)
def test_patch_date_fields_is_needed(without_patch, field, text, read):
    without_patch(field, "to_python")
    with pytest.raises(ValidationError):
        field().clean(text)
