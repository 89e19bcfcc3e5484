"""Dates and times are read as people write them; more of it in tests/core/forms/test_date_fields.py."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.urls import reverse
from django.utils.translation import override

from core.people import roles

INTERNATIONAL = "åsa@exämple.se"
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


def test_patch_group_names_works():
    with override("sv"):
        assert [str(Group(name=name)) for name in (roles.EDITORS, roles.LEAD)] == ["Redaktörer", "Projektledare"]
        assert str(Group(name="Praktikanter")) == "Praktikanter"


def test_patch_group_names_is_needed(without_patch):
    without_patch(Group, "__str__")
    with override("sv"):
        assert str(Group(name=roles.EDITORS)) == "Editors"


@pytest.mark.django_db
def test_patch_group_names_works_in_the_list_and_the_form_of_a_user(admin):
    assert "Redaktörer" in admin.get(reverse("wagtailusers_groups:index")).text
    assert "Redaktörer" in admin.get(reverse("wagtailusers_users:add")).text


@pytest.mark.parametrize("sent", [INTERNATIONAL, "åsa@xn--exmple-cua.se"])
def test_patch_email_fields_works(sent):
    """In the admin too: the account of a colleague, the site's own address."""
    assert forms.EmailField().clean(sent) == INTERNATIONAL
    assert forms.EmailField().clean("lena@example.se") == "lena@example.se"
    with pytest.raises(ValidationError):
        forms.EmailField().clean("åsa@")


def test_patch_email_fields_is_needed_for_letters_before_the_at(without_patch):
    without_patch(EmailValidator, "__call__")
    with pytest.raises(ValidationError):
        forms.EmailField().clean(INTERNATIONAL)


def test_patch_email_fields_is_needed_for_domains_that_browsers_send_in_ascii(without_patch):
    without_patch(forms.EmailField, "to_python")
    assert forms.EmailField().clean("lena@xn--exmple-cua.se") == "lena@xn--exmple-cua.se"
