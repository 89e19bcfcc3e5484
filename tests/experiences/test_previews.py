"""What an editor sees before publishing: the page as it stands in the form, with rows that no table knows yet."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from experiences.models import ExperienceDate, ExperienceTestimonial
from tests.experiences.test_editing import experience_form
from tests.factories import SkillFactory, TestimonialFactory


def test_a_host_is_previewed_with_skills_that_are_not_saved(catalogue: SimpleNamespace) -> None:
    draft = catalogue.provider.get_latest_revision_as_object()
    draft.skills.add(SkillFactory(name="Knyter hängmattor"))
    draft.line = "Knyter hängmattor."
    answer = draft.make_preview_request()
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Knyter hängmattor." in html
    assert ">Knyter hängmattor</li>" in html


def test_an_experience_is_previewed_with_dates_and_words_that_are_not_saved(catalogue: SimpleNamespace) -> None:
    draft = catalogue.experience.get_latest_revision_as_object()
    start = timezone.now() + timedelta(days=400)
    draft.dates.add(ExperienceDate(start=start, seats=3))
    draft.experience_testimonials.add(ExperienceTestimonial(testimonial=TestimonialFactory(words="Vilket bröd!")))
    answer = draft.make_preview_request()
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Vilket bröd!" in html
    assert f"{timezone.localtime(start):%Y-%m-%d}" in html


def test_a_new_page_with_a_mistake_has_no_preview_yet(admin: Client, catalogue: SimpleNamespace) -> None:
    """Nothing was kept before that could be shown instead."""
    kind = ["experiences", "experiencepage", catalogue.experiences.pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=kind)
    mistaken = experience_form(catalogue, group_min="9")
    assert admin.post(url, mistaken).json() == {"is_valid": False, "is_available": False}
    assert admin.get(url).status_code == 200
