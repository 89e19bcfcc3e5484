"""Dates and times typed into the admin's forms, as people write them."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.models import SiteSettings
from tests.experiences.test_editing import add_experience, made

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WRITTEN = ["12/12/2031 14:00", "12 dec 2031 kl 14", "12.12.2031 14.00", "20311212 1400", "2031-12-12T14:00"]
AMBIGUOUS = "Det kan vara två dagar. Skriv 2031-04-03 eller 2031-03-04."


@pytest.mark.parametrize("written", WRITTEN)
def test_a_date_of_an_experience_is_read_as_it_was_written(admin, catalogue, written):
    add_experience(admin, catalogue, dates=inline_formset([{"start": written, "seats": "6"}]))
    assert made().dates.get().start == datetime(2031, 12, 12, 14, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("3/4/2031 14:00", AMBIGUOUS),
        ("2031-12-12", "Skriv klockslaget också, till exempel 2031-12-12 14.00."),
        ("9999-12-12 14:00", "Stämmer året?"),
        ("1405-12-12 14:00", "Menade du 3 mars 2027?"),
        ("på fredag", "Skriv både datum och klockslag, till exempel 2026-12-31 14.00."),
    ],
)
@pytest.mark.parametrize("button", ["", "action-publish"])
def test_a_date_that_nobody_can_read_is_told_at_its_row_and_kept(admin, catalogue, written, told, button):
    answer = add_experience(admin, catalogue, button, dates=inline_formset([{"start": written, "seats": "6"}]))
    assert answer.context["form"].formsets["dates"].errors[0]["start"][0].startswith(told)
    assert f'value="{written}"' in answer.text


def test_when_a_page_goes_live_is_read_too(admin, catalogue):
    add_experience(admin, catalogue, action="", go_live_at="12 dec 2031 kl 14", expire_at="24/12 2031 18.00")
    draft = made().get_latest_revision_as_object()
    assert draft.go_live_at == datetime(2031, 12, 12, 14, tzinfo=STOCKHOLM)
    assert draft.expire_at == datetime(2031, 12, 24, 18, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(("opens", "closes"), [("9", "16"), ("9.00", "16.00"), ("kl. 9", "kl 16"), ("09:00", "4 pm")])
def test_our_hours_are_read_too(admin, home, opens, closes):
    form = {"opens": opens, "closes": closes, "answer_days": "2"}
    rows = {"social_links": inline_formset([]), "footers": inline_formset([])}
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings", home.get_site().pk])
    admin.post(address, nested_form_data(form | rows))
    found = SiteSettings.objects.get()
    assert (found.opens, found.closes) == (time(9), time(16))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/admin/enquiries/", "created_at_from"),
        ("/admin/reports/site-history/", "timestamp_from"),
        ("/admin/reports/aging-pages/", "last_published_at"),
        ("/admin/reports/locked/", "locked_at_from"),
        ("/admin/users/", "last_login_from"),
    ],
)
def test_a_filter_reads_a_day_or_says_how_to_write_it(admin, home, address, name):
    found = admin.get(address, {name: "12/12/2031"})
    assert found.status_code == 200
    assert not found.context["filters"].form.errors
    told = admin.get(address, {name: "3/4/2031"})
    assert told.status_code == 200
    assert AMBIGUOUS in [error for errors in told.context["filters"].form.errors.values() for error in errors]


def test_a_field_that_names_its_formats_keeps_them():
    assert forms.DateField(input_formats=["%d|%m|%Y"]).clean("03|04|2031").isoformat() == "2031-04-03"


def test_blanks_are_no_date():
    assert forms.DateField(required=False).clean("  ") is None
