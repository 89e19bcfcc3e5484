"""Copying: an editor is at the copy, which has an address of its own and no hour or day of the original."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from experiences.models import Category, ExperiencePage
from tests.core.pages.test_moving_and_copying import about as about
from tests.factories import CategoryFactory, ExperiencePageFactory, ProviderPageFactory, StandardPageFactory


def copy_form(admin: Any, page: Any) -> Any:
    return admin.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).context["form"]


def copy_as_offered(admin: Any, page: Any, **changes: Any) -> Any:
    """Press "Copy" in the page's editor, and in the form that comes, as it is."""
    form = copy_form(admin, page)
    offered = {name: form[name].value() for name in ("new_title", "new_slug")}
    sent = offered | {"new_parent_page": page.get_parent().pk, "next": editor_of(page)} | changes
    return admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent, follow=True)


def editor_of(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def newest(model: Any = Page) -> Any:
    return model.objects.order_by("pk").last()


def with_hours(page: Any) -> Any:
    """A live page with an hour for its next version and one for its end, in its row and in its versions."""
    page.go_live_at, page.expire_at = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    page.save()
    page.save_revision()
    return page


def hours_of(page: Any) -> set[Any]:
    """Every hour in the page's row and in its versions."""
    contents = page.revisions.values_list("content__go_live_at", "content__expire_at")
    return {page.go_live_at, page.expire_at}.union(*contents)


# --- Where one is afterwards ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page_factory", [StandardPageFactory, ProviderPageFactory, ExperiencePageFactory])
@pytest.mark.parametrize("came_from", ["the editor", "the list"])
def test_an_editor_who_copies_a_page_is_in_the_editor_of_the_copy(admin, home, page_factory, came_from):
    page = page_factory()
    the_list = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    answer = copy_as_offered(admin, page, next=editor_of(page) if came_from == "the editor" else the_list)
    assert newest().pk != page.pk
    assert answer.request["PATH_INFO"] == editor_of(newest())
    assert "Det här är kopian." in answer.text


def test_a_copy_that_was_never_published_does_not_say_when_it_was(admin, about):
    about.save_revision().publish()
    answer = copy_as_offered(admin, about)
    assert newest().first_published_at is None
    assert "Först publicerad" in admin.get(editor_of(about)).text
    assert "Först publicerad" not in answer.text


def test_the_form_for_copying_offers_a_free_slug(admin, about):
    assert copy_form(admin, about)["new_slug"].value() == "om-oss-2"
    copy_as_offered(admin, about)
    assert newest().slug == "om-oss-2"
    assert copy_form(admin, about)["new_slug"].value() == "om-oss-3"


def test_a_copy_with_a_new_title_gets_a_slug_of_it(admin, about):
    copy_as_offered(admin, about, new_title="Våra vänner")
    copy_as_offered(admin, about, new_title="Våra vänner", new_slug="")
    assert list(Page.objects.order_by("-pk").values_list("slug", flat=True)[:2]) == ["vara-vanner-2", "vara-vanner"]


def test_a_slug_that_the_editor_types_is_the_copys(admin, about):
    copy_as_offered(admin, about, new_title="Våra vänner", new_slug="grannar")
    assert newest().slug == "grannar"


def test_a_slug_that_is_taken_is_refused(admin, about):
    answer = copy_as_offered(admin, about, new_slug=about.slug)
    assert answer.context["form"].errors["new_slug"]


def test_a_category_is_copied_with_a_free_word_for_addresses(admin, home):
    CategoryFactory(slug="mat-2")
    category = CategoryFactory(name="Mat", slug="mat")
    add, copy = (f"wagtailsnippets_experiences_category:{name}" for name in ("add", "copy"))
    form = admin.get(reverse(copy, args=[category.pk])).context["form"]
    assert (form["name"].value(), form["slug"].value()) == ("Mat", "mat-3")
    admin.post(reverse(add), {name: form[name].value() for name in ("name", "slug", "sort_order")})
    assert set(Category.objects.values_list("slug", flat=True)) == {"mat", "mat-2", "mat-3"}


@pytest.mark.parametrize("parent", ["", 999_999])
def test_a_parent_that_is_gone_meanwhile_is_asked_for_again(admin, about, parent):
    answer = copy_as_offered(admin, about, new_parent_page=parent)
    assert answer.status_code == 200
    assert answer.context["form"].errors["new_parent_page"]
    assert answer.context["form"]["new_slug"].value() == "om-oss-2"


# --- Hours and days ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("published", [True, False])
def test_a_copy_has_no_hours_of_publication_in_any_version(admin, about, published):
    with_hours(about)
    copy_as_offered(admin, about, **({"publish_copies": "on"} if published else {}))
    assert newest().live == published
    assert hours_of(newest()) == {None}
    assert about.expire_at in hours_of(about)


def test_nor_have_the_pages_below_it(admin, about):
    with_hours(StandardPageFactory(parent=about, slug="historia"))
    copy_as_offered(admin, about, copy_subpages="on")
    copies = Page.objects.filter(slug="historia").order_by("pk")
    assert len(copies) == 2
    assert hours_of(copies[1]) == {None}


def test_a_copied_experience_has_no_fixed_dates_in_any_version(admin, catalogue):
    page = catalogue.experience
    copy_as_offered(admin, page)
    copy = newest(ExperiencePage)
    assert copy.pk != page.pk
    assert copy.dates.count() == 0
    assert set(map(str, copy.revisions.values_list("content__dates", flat=True))) == {"[]"}
    assert page.dates.count() == 2
    assert copy.hosts_chosen() == page.hosts_chosen()


def test_the_copy_of_a_paused_experience_is_not_paused_in_any_version(admin, catalogue):
    page = catalogue.experience
    page.state, page.state_note = page.State.PAUSED, "Stängt till mars."
    page.save_revision().publish()
    copy_as_offered(admin, page)
    copy = newest(ExperiencePage)
    assert (copy.state, copy.state_note, copy.live) == (page.State.OPEN, "", False)
    assert set(copy.revisions.values_list("content__state", "content__state_note")) == {("open", "")}


def test_the_admins_api_leaves_them_out_too(admin, catalogue):
    answer = admin.post(f"/admin/api/main/pages/{catalogue.experience.pk}/action/copy/", {"slug": "en-till"})
    assert answer.status_code == 201
    assert ExperiencePage.objects.get(slug="en-till").dates.count() == 0


def test_a_new_translation_keeps_hours_and_dates(catalogue, translated):
    page = with_hours(catalogue.experience)
    english = translated(page, "en", publish=False)
    assert english.dates.count() == 2
    assert english.expire_at
