"""What the tables refuse on every path: `update()` and `bulk_create()` ask no form and no `clean()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.mail import outbox
from core.models import JobState, OutgoingMail, SiteSettings
from experiences.enquiries.models import Enquiry
from experiences.models import Testimonial
from tests.experiences.enquiries.factories import EnquiryFactory
from tests.factories import ExperiencePageFactory, ImageFactory, TestimonialFactory

pytestmark = pytest.mark.django_db

OUR_APPS = {"core", "home", "experiences", "enquiries", "search", "demo"}
OPEN, CLOSED = time(9), time(16)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def settings_row() -> SiteSettings:
    return SiteSettings.objects.get_or_create(site=Site.objects.get())[0]


def mail() -> OutgoingMail:
    return outbox.put(outbox.Mail(to="a@example.org", subject="Tack", text="Tack", language="sv"), key="one")


def job_state() -> JobState:
    return JobState.objects.create(name="page_schedule")


# Constraint, a row that keeps it, values that break it.
REFUSED: list[tuple[str, Callable[[], Any], dict[str, Any]]] = [
    ("opens_before_it_closes", settings_row, {"opens": CLOSED, "closes": OPEN}),
    ("opens_before_it_closes", settings_row, {"opens": OPEN, "closes": OPEN}),
    ("answer_in_one_to_thirty_days", settings_row, {"answer_days": 0}),
    ("answer_in_one_to_thirty_days", settings_row, {"answer_days": 31}),
    ("picture_described_or_decorative", ImageFactory, {"description": ""}),
    ("outgoing_mail_status", mail, {"status": "lost"}),
    ("outgoing_mail_held_by_a_cap", mail, {"status": "held"}),
    ("outgoing_mail_held_by_a_cap", mail, {"held_by": "all"}),
    ("outgoing_mail_sent_at", mail, {"status": "sent"}),
    ("outgoing_mail_sent_at", mail, {"sent_at": NOON}),
    ("job_state_failing", job_state, {"failures": 1}),
    ("job_state_failing", job_state, {"last_error": "ValueError"}),
    ("job_state_failing", job_state, {"failing_since": NOON}),
    ("job_state_failing", job_state, {"failures": 1, "failing_since": NOON}),
    ("testimonial_original_with_its_language", TestimonialFactory, {"original": "خبز"}),
    ("testimonial_original_with_its_language", TestimonialFactory, {"original_language": "ar"}),
    ("experience_group_min_up_to_max", ExperiencePageFactory, {"group_min": 9}),
    ("experience_group_min_up_to_max", ExperiencePageFactory, {"group_min": 0}),
    ("experience_group_min_up_to_max", ExperiencePageFactory, {"group_min": None, "group_max": 0}),
    ("experience_takes_time", ExperiencePageFactory, {"duration": 0}),
    ("enquiry_can_be_answered", EnquiryFactory, {"email": "", "phone": ""}),
    ("enquiry_status", EnquiryFactory, {"status": "lost"}),
]


def names(of: list[Any]) -> list[str]:
    return [f"{name}: {values}" for name, _row, values in of]


def constraint_that_refused(error: pytest.ExceptionInfo[IntegrityError]) -> str:
    return error.value.__cause__.diag.constraint_name  # type: ignore[union-attr]


def change(row: Any, **values: Any) -> None:
    """By SQL alone, asked at once."""
    with transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(("name", "make", "values"), REFUSED, ids=names(REFUSED))
def test_an_update_is_refused(home, name, make, values):
    with pytest.raises(IntegrityError) as error:
        change(make(), **values)
    assert constraint_that_refused(error) == name


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("testimonial_original_with_its_language", lambda: TestimonialFactory.build(original="خبز")),
        ("outgoing_mail_status", lambda: OutgoingMail(key="two", message_id="two", to="a@example.org", status="lost")),
        ("enquiry_status", lambda: Enquiry(email="a@example.org", answer_due=NOON, status="lost")),
    ],
)
def test_rows_made_in_bulk_are_refused(home, name, row):
    new = row()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(new).objects.bulk_create([new])
    assert constraint_that_refused(error) == name


def test_every_check_of_ours_is_tried_here():
    of_ours = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]
    constraints = [one for model in of_ours for one in model._meta.constraints]
    checks = {one.name for one in constraints if isinstance(one, models.CheckConstraint)}
    assert checks == {name for name, _row, _values in REFUSED}


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (settings_row, {"opens": OPEN, "closes": None}),
        (settings_row, {"opens": None, "closes": CLOSED}),
        (settings_row, {"opens": OPEN, "closes": CLOSED, "answer_days": 30}),
        (ImageFactory, {"description": "", "is_decorative": True}),
        (mail, {"status": "sent", "sent_at": NOON}),
        (mail, {"status": "held", "held_by": "all"}),
        (mail, {"status": "failed"}),
        (job_state, {"failures": 2, "failing_since": NOON, "last_error": "ValueError"}),
        (TestimonialFactory, {"original": "خبز", "original_language": "ar"}),
        (ExperiencePageFactory, {"group_min": 8}),
        (ExperiencePageFactory, {"group_min": None, "group_max": None, "duration": None}),
        (EnquiryFactory, {"email": "", "phone": "070-123 45 67"}),
        *((EnquiryFactory, {"status": status}) for status in Enquiry.Status.values),
    ],
)
def test_what_keeps_the_rules_is_taken(home, make, values):
    change(make(), **values)


# --- What people are told ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "values", "field"),
    [
        (settings_row, {"opens": CLOSED, "closes": OPEN}, "closes"),
        (settings_row, {"answer_days": 0}, "answer_days"),
        (ImageFactory, {"description": ""}, "description"),
        (TestimonialFactory, {"original": "خبز"}, "original_language"),
        (TestimonialFactory, {"original_language": "ar"}, "original"),
        (ExperiencePageFactory, {"group_min": 9}, "group_min"),
        (ExperiencePageFactory, {"group_max": 0}, "group_max"),
        (ExperiencePageFactory, {"duration": 0}, "duration"),
    ],
)
def test_a_broken_rule_is_told_once_and_at_its_field(home, make, values, field):
    row = make()
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert {name: len(told) for name, told in error.value.message_dict.items()} == {field: 1}


def test_hours_the_wrong_way_round_are_told_once_in_the_form(home, admin):
    row = settings_row()
    sent = {"answer_days": "2", "opens": "16:00", "closes": "09:00"}
    sent |= {"social_links": inline_formset([]), "footers": inline_formset([])}
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings", row.pk])
    form = admin.post(address, nested_form_data(sent)).context["form"]
    assert {name: len(told) for name, told in form.errors.items()} == {"closes": 1}


def test_an_original_without_its_language_is_told_once_in_the_form(home, admin):
    row = TestimonialFactory()
    sent = {"words": row.words, "guest": row.guest, "original": "خبز", "original_language": ""}
    address = reverse(Testimonial.snippet_viewset.get_url_name("edit"), args=[row.pk])
    form = admin.post(address, sent).context["form"]
    assert {name: len(told) for name, told in form.errors.items()} == {"original_language": 1}
