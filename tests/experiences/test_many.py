"""What holds for more experiences than anybody looks through: choices are bounded."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from experiences.enquiries.inbox import filters
from experiences.enquiries.models import Enquiry
from experiences.enquiries.visitor import choices
from experiences.enquiries.visitor.form import EnquiryForm
from tests.experiences.enquiries.visitor.test_form import posted
from tests.factories import ExperiencePageFactory


@pytest.fixture
def kites(catalogue: Any) -> Any:
    return ExperiencePageFactory(parent=catalogue.experiences, title="Bygg en drake", slug="drake")


def titles(form: EnquiryForm) -> list[str]:
    return [label for _value, label in form.fields["experience"].widget.choices]


def test_the_form_offers_no_long_list_but_what_it_is_about(catalogue, kites, monkeypatch):
    assert len(titles(EnquiryForm(language="sv"))) == 3
    monkeypatch.setattr(choices, "MOST_OFFERED", 1)
    assert titles(EnquiryForm(language="sv")) == ["Hjälp mig välja"]
    assert titles(EnquiryForm(language="sv", page=kites)) == ["Bygg en drake", "Hjälp mig välja"]
    assert titles(EnquiryForm(language="sv", prefill={"experience": "drake"})) == [
        "Bygg en drake",
        "Hjälp mig välja",
    ]


def test_each_experience_can_be_asked_about_all_the_same(catalogue, kites, translated, monkeypatch):
    english = translated(kites, "en", {"title": "Build a kite", "slug": "kite"})
    monkeypatch.setattr(choices, "MOST_OFFERED", 1)
    for value, language, title in (
        (kites.pk, "sv", "Bygg en drake"),
        (english.pk, "sv", "Bygg en drake"),
        ("drake", "en", "Build a kite"),
    ):
        form = EnquiryForm(posted(experience=value), language=language)
        assert form.is_valid(), form.errors.as_json()
        assert form.chosen
        assert form.chosen.title == title
    assert not EnquiryForm(posted(experience="nothing"), language="sv").chosen


def test_the_inbox_filters_by_the_newest_and_by_the_chosen(catalogue, kites, admin, monkeypatch):
    monkeypatch.setattr(filters, "MOST_EXPERIENCES", 1)
    old, new = catalogue.experience.pk, kites.pk
    assert [key for key, _title in filters.load_filter_data().experiences] == [new]
    assert {key for key, _title in filters.load_filter_data(str(old)).experiences} == {old, new}
    for chosen in (old, "x", "9" * 40, "\x00", "²"):
        assert admin.get(reverse("inbox:index"), {"experience": chosen}).status_code == 200
    assert not Enquiry.objects.exists()
