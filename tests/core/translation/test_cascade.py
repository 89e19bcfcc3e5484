"""A translation goes where its Swedish page goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from core.translation import cascade
from tests.conftest import messages_of
from tests.factories import CategoryFactory, StandardPageFactory, home_page, once
from tests.refusals import refused
from tests.template_database import prepared
from tests.translations import translated_once


@prepared
def about():
    """A page in three languages, with a page below it that is in two. Gives their Swedish pages."""
    page = once(StandardPageFactory, slug="om-oss", parent=home_page())
    below = once(StandardPageFactory, slug="historia", parent=page)
    for code in ("en", "ar"):
        translated_once(page, code)
    translated_once(below, "en")
    return page, below


def in_languages(page):
    """Language → the page there, as it is now."""
    pages = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    return {page.locale.language_code: page for page in pages}


def is_live(page):
    return {code: found.live for code, found in in_languages(page).items()}


def test_what_is_withdrawn_in_swedish_is_withdrawn(about):
    about[0].unpublish()
    assert is_live(about[0]) == {"sv": False, "en": False, "ar": False}


def test_what_is_withdrawn_in_arabic_is_withdrawn_there(about):
    in_languages(about[0])["ar"].specific.unpublish()
    assert is_live(about[0]) == {"sv": True, "en": True, "ar": False}


def test_what_is_withdrawn_in_swedish_comes_back_in_no_other_language_first(about, admin):
    """By code, by the editor of translations, by the bulk action: a consent may have been withdrawn."""
    about[0].unpublish()
    arabic = in_languages(about[0])["ar"].specific
    with refused("source_not_live"):
        arabic.get_latest_revision().publish()
    edit = reverse("wagtailadmin_pages:edit", args=[arabic.pk])
    answer = admin.post(edit, {"action": "publish"}, follow=True)
    assert "Inte publicerad: Den svenska sidan är inte publicerad" in answer.text
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{bulk}?id={arabic.pk}&next={edit}", follow=True)
    assert "Den svenska sidan är inte publicerad. Publicera den först." in answer.text
    assert is_live(about[0]) == {"sv": False, "en": False, "ar": False}
    about[0].refresh_from_db()
    about[0].get_latest_revision().publish()
    arabic.refresh_from_db()
    arabic.get_latest_revision().publish()
    assert is_live(about[0]) == {"sv": True, "en": False, "ar": True}


def test_what_is_withdrawn_in_swedish_waits_for_no_hour_elsewhere(about, home):
    """Else the schedule of one page would stop all the others' at the wall."""
    arabic = in_languages(about[0])["ar"].specific
    arabic.unpublish()
    arabic.go_live_at = timezone.now() + timedelta(hours=1)
    arabic.save_revision().publish()
    assert Revision.page_revisions.filter(approved_go_live_at__isnull=False).count() == 1
    about[0].unpublish()
    assert not Revision.page_revisions.filter(approved_go_live_at__isnull=False).exists()
    assert PageLogEntry.objects.get(action=cascade.SCHEDULE_CANCELLED).page_id == arabic.pk


def test_an_editor_is_told_of_each_hour_that_is_cancelled(about, admin):
    """Of a draft in Arabic and of a change of the live English page."""
    pages = in_languages(about[0])
    arabic, english = pages["ar"].specific, pages["en"].specific
    arabic.unpublish()
    for page in (arabic, english):
        page.title, page.go_live_at = f"{page.title} nu", timezone.now() + timedelta(days=1)
        page.save_revision().publish()
    told = messages_of(admin.post(reverse("wagtailadmin_pages:unpublish", args=[about[0].pk]), follow=True))
    for page, language in ((arabic, "arabiska"), (english, "engelska")):
        begins = f"Tiden för publicering av ”{page.title}” på {language}, "
        assert any(text.startswith(begins) and "gäller inte längre" in text for text in told)


def test_a_translation_of_a_swedish_draft_waits_for_it(home, translated):
    draft = StandardPageFactory(parent=home, slug="utkast", draft=True)
    with refused("source_not_live"):
        translated(draft, "ar")


def test_what_expires_in_swedish_expires(about):
    from django.core.management import call_command

    Page.objects.filter(pk=about[0].pk).update(expire_at=timezone.now())
    call_command("publish_scheduled")
    assert is_live(about[0]) == {"sv": False, "en": False, "ar": False}


def test_what_is_deleted_in_swedish_is_deleted_with_all_below_it(about, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        about[0].delete()
    assert in_languages(about[0]) == {}
    assert in_languages(about[1]) == {}
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_is_deleted_in_arabic_is_deleted_there(about, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        in_languages(about[0])["ar"].specific.delete()
    assert set(in_languages(about[0])) == {"sv", "en"}


def test_what_is_moved_in_swedish_is_moved(about, home, client):
    below = about[1]
    below.move(home, pos="last-child")
    english = in_languages(below)["en"]
    assert english.get_parent().translation_key == home.translation_key
    assert english.url_path == f"/home-en/{english.slug}/"
    assert client.get(english.url).status_code == 200
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_new_parent_that_is_not_translated_becomes_a_draft_there(about, home, client):
    other = StandardPageFactory(parent=home, slug="annat")
    about[1].move(other, pos="last-child")
    english = in_languages(about[1])["en"]
    parent = english.get_parent()
    assert (parent.translation_key, parent.live) == (other.translation_key, False)
    assert client.get(english.url).status_code == 200


def test_what_is_moved_in_english_is_moved_there(about, home):
    english = in_languages(about[1])["en"].specific
    english.move(english.get_parent().get_parent(), pos="last-child")
    about[1].refresh_from_db()
    assert about[1].get_parent().translation_key == about[0].translation_key


def test_a_snippet_takes_its_translations_along(db, translated):
    category = CategoryFactory()
    english = translated(category, "en")
    category.delete()
    assert not type(english).objects.exists()


def test_a_translated_snippet_goes_alone(db, translated):
    category = CategoryFactory()
    translated(category, "en").delete()
    assert list(type(category).objects.all()) == [category]


# --- In the admin -----------------------------------------------------------------------------------------------
def test_the_admin_says_how_many_go_along(about, admin):
    text = admin.get(reverse("wagtailadmin_pages:unpublish", args=[about[0].pk])).text
    assert "alla 2 översättningar" in text
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[about[0].pk]))
    assert is_live(about[0]) == {"sv": False, "en": False, "ar": False}


@pytest.mark.django_db(transaction=True)
def test_the_admin_deletes_all(home, translated, admin):
    page = StandardPageFactory(parent=home, slug="om-oss")
    translated(page, "en")
    response = admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert response.status_code == 302
    assert in_languages(page) == {}
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_several_pages_at_once_take_theirs_along(about, admin, action, django_capture_on_commit_callbacks):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={about[0].pk}&next=/admin/"
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(url, {"include_descendants": "on"})
    assert response.status_code == 302, response.text
    assert not any(is_live(about[0]).values())
    if action == "delete":
        assert in_languages(about[0]) == {}


def test_several_pages_at_once_are_moved_with_theirs(about, home, admin):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={about[1].pk}&next=/admin/"
    response = admin.post(url, {"chooser": home.pk})
    assert response.status_code == 302, response.text
    assert in_languages(about[1])["en"].get_parent().translation_key == home.translation_key


def test_the_admin_moves_a_page_with_its_translations(about, home, admin):
    url = reverse("wagtailadmin_pages:move_confirm", args=[about[1].pk, home.pk])
    assert admin.post(url).status_code == 302
    assert in_languages(about[1])["en"].get_parent().translation_key == home.translation_key
    assert Page.find_problems() == ([], [], [], [], [])
