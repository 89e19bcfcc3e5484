"""A draft with a mistake in it: it is told at the field, and everything that was typed comes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.models import SiteSettings
from experiences.models import ExperiencePage
from tests.experiences.test_editing import add_experience, experience_form, made
from tests.factories import TestimonialFactory

ROWS = {"experience_providers": "provider", "dates": "start", "experience_testimonials": "testimonial"}
TYPED = "Degen vilar lugnt."


def untouched(*fields: str) -> dict[str, Any]:
    """The first row of a list, as it stands there unasked."""
    return inline_formset([dict.fromkeys(fields, "")])


def empty_rows() -> dict[str, Any]:
    return {name: untouched(field, *(["seats"] if name == "dates" else [])) for name, field in ROWS.items()}


def story(words: str = TYPED) -> dict[str, Any]:
    return streamfield([("moment", {"text": words, "wall": "ros"})])


MISTAKES = [
    ({"title": ""}, "title"),
    ({"slug": "baka-brod"}, "slug"),
    ({"price": "-5"}, "price"),
    ({"price": "billigt"}, "price"),
    ({"group_min": "9"}, "group_min"),
    ({"summary": "x" * 401}, "summary"),
    ({"go_live_at": "snart"}, "go_live_at"),
    ({"languages": ["klingon"]}, "languages"),
]


@pytest.mark.parametrize(("changed", "field"), MISTAKES)
def test_a_new_draft_with_untouched_rows_is_told_what_is_wrong(admin, catalogue, changed, field):
    taken = {"slug": catalogue.experience.slug} if field == "slug" else changed
    answer = add_experience(admin, catalogue, action="", **empty_rows() | {"story": story()} | taken)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert TYPED in answer.text
    assert not ExperiencePage.objects.filter(title="Väva ett band").exists()


@pytest.mark.parametrize(
    ("title", "typed", "slug"),
    [
        ("Väva på höjden", "", "vava-pa-hojden"),
        ("خبز", "", "khbz"),
        ("Baka bröd", "", "baka-brod-2"),
        ("★", "", "experiencepage"),
        ("Väva på höjden", "band", "band"),
    ],
)
def test_who_saves_before_the_script_has_filled_the_slug_gets_one_of_the_title(admin, catalogue, title, typed, slug):
    assert catalogue.experience.slug == "baka-brod"
    add_experience(admin, catalogue, action="", title=title, slug=typed)
    assert ExperiencePage.objects.get(title=title, live=False).slug == slug


def test_a_slug_that_is_no_slug_or_was_cleared_later_is_told(admin, catalogue):
    assert "slug" in add_experience(admin, catalogue, action="", slug="två ord").context["form"].errors
    add_experience(admin, catalogue, action="")
    form = experience_form(catalogue, slug="")
    assert "slug" in admin.post(reverse("wagtailadmin_pages:edit", args=[made().pk]), form).context["form"].errors


@pytest.mark.parametrize(("changed", "field"), MISTAKES)
def test_a_draft_that_is_there_already_is_told_what_is_wrong(admin, catalogue, changed, field):
    add_experience(admin, catalogue, action="")
    taken = {"slug": catalogue.experience.slug} if field == "slug" else changed
    form = experience_form(catalogue, **empty_rows() | {"story": story()} | taken)
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[made().pk]), form)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert TYPED in answer.text


@pytest.mark.parametrize(
    ("rows", "row", "field"),
    [
        ("experience_providers", {"provider": "999999"}, "provider"),
        ("dates", {"start": "2031-02-06 17:00", "seats": ""}, "seats"),
        ("dates", {"start": "", "seats": "6"}, "start"),
        ("experience_testimonials", {"testimonial": "999999"}, "testimonial"),
    ],
)
def test_a_draft_is_told_at_the_row(admin, catalogue, rows, row, field):
    answer = add_experience(admin, catalogue, action="", **empty_rows() | {rows: inline_formset([row])}, story=story())
    assert answer.status_code == 200
    assert list(answer.context["form"].formsets[rows].errors[0]) == [field]
    assert TYPED in answer.text


def test_rows_that_changed_places_or_went_stay_so_beside_a_mistake(admin, catalogue):
    said = [TestimonialFactory(guest=name) for name in ("Ada", "Bo", "Cia")]
    rows = inline_formset([{"testimonial": row.pk} for row in said])
    rows |= {"0-ORDER": "3", "1-DELETE": "1", "1-ORDER": "2", "2-ORDER": "1"}
    answer = add_experience(admin, catalogue, action="", title="", experience_testimonials=rows)
    assert answer.status_code == 200
    formset = answer.context["form"].formsets["experience_testimonials"]
    assert [form.cleaned_data["testimonial"].guest for form in formset.ordered_forms] == ["Cia", "Ada"]


def test_a_draft_with_a_mistake_inside_a_block_is_told_there(admin, catalogue):
    gallery = streamfield([("picture", {"image-image": "999999", "caption": TYPED})])
    answer = add_experience(admin, catalogue, action="", **empty_rows(), gallery=gallery)
    assert answer.status_code == 302
    (block,) = made().get_latest_revision_as_object().gallery
    assert (block.value["image"], block.value["caption"]) == (None, TYPED)


@pytest.mark.parametrize("name", ["provider", "providers", "experiences"])
@pytest.mark.parametrize("button", ["", "action-publish"])
def test_every_page_type_tells_a_missing_title(admin, catalogue, name, button):
    page = getattr(catalogue, name)
    form = {"title": "", "slug": page.slug, "lead": TYPED, "line": TYPED, "comments": inline_formset([])}
    posted = nested_form_data(form | {"story": story()}) | {button: "1"}
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["title"]
    assert TYPED in answer.text


def test_the_home_page_and_a_text_page_tell_it_too(admin, home):
    body = streamfield([("text", "")])
    form = {"title": "", "slug": "home", "headline": TYPED, "lead": "", "body": body, "comments": inline_formset([])}
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), nested_form_data(form))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["title"]
    assert TYPED in answer.text
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    answer = admin.post(address, nested_form_data(form | {"lead": TYPED}))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["title"]
    assert TYPED in answer.text


def test_rows_of_the_settings_are_told_what_is_wrong(admin, home):
    swedish = Locale.objects.get(language_code="sv").pk
    form = {
        "phone": "0470 12 34 56",
        "answer_days": "99",
        "social_links": inline_formset([{"name": TYPED, "url": "inte en adress"}, {"name": "", "url": ""}]),
        "footers": inline_formset([{"locale": swedish, "text": ""}, {"locale": "", "text": "Sist på sidan."}]),
    }
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings", home.get_site().pk])
    answer = admin.post(address, nested_form_data(form))
    assert answer.status_code == 200
    formsets = answer.context["form"].formsets
    assert list(answer.context["form"].errors) == ["answer_days"]
    assert [list(errors) for errors in formsets["social_links"].errors] == [["url"], ["name", "url"]]
    assert [list(errors) for errors in formsets["footers"].errors] == [["text"], ["locale"]]
    assert TYPED in answer.text
    assert "Sist på sidan." in answer.text
    assert not SiteSettings.objects.filter(phone="0470 12 34 56").exists()
