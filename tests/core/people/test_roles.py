"""Each role has exactly its rights: the whole table. What it means for each view: test_admin_views.py."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Locale, Workflow

from core.people import roles
from experiences.models import Category
from tests.factories import CategoryFactory, ExperiencePageFactory, StandardPageFactory, UserFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db

RIGHTS = {
    "Editors": {
        "wagtailadmin.access_admin",
        "core.change_sitesettings",
        "wagtail_localize.submit_translation",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "experiences.add_category",
        "experiences.change_category",
        "experiences.delete_category",
        "experiences.add_place",
        "experiences.change_place",
        "experiences.delete_place",
        "experiences.add_skill",
        "experiences.change_skill",
        "experiences.delete_skill",
        "experiences.add_testimonial",
        "experiences.change_testimonial",
        "experiences.delete_testimonial",
    },
    "Translators": {
        "wagtailadmin.access_admin",
        "experiences.change_category",
        "experiences.change_place",
        "experiences.change_skill",
        "experiences.change_testimonial",
    },
    "Enquiry staff": {"wagtailadmin.access_admin", "enquiries.view_enquiry", "enquiries.answer_enquiry"},
    "Coaches": {"wagtailadmin.access_admin", "enquiries.view_enquiry"},
    "Lead": {
        "wagtailadmin.access_admin",
        "core.change_sitesettings",
        "core.view_jobstate",
        "enquiries.view_enquiry",
    },
}
ON_PAGES = {
    "Editors": {
        ("Startsidor", "add_page"),
        ("Startsidor", "change_page"),
        ("Startsidor", "publish_page"),
        ("Startsidor", "lock_page"),
        ("Startsidor", "unlock_page"),
    }
}
ON_COLLECTIONS = {
    "Editors": {
        ("Gemensamma filer", f"{action}_{kind}")
        for action in ("add", "change", "choose")
        for kind in ("image", "document")
    }
}


def rights() -> dict[str, set[str]]:
    return {
        group.name: {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
        for group in Group.objects.all()
    }


def on_pages() -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for group in Group.objects.all():
        for one in group.page_permissions.all():
            found.setdefault(group.name, set()).add((one.page.title, one.permission.codename))
    return found


def on_collections() -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for group in Group.objects.all():
        for one in group.collection_permissions.all():
            found.setdefault(group.name, set()).add((one.collection.name, one.permission.codename))
    return found


def migration(app: str, name: str):
    return importlib.import_module(f"{app}.migrations.{name}")


def do_again() -> None:
    migration("core", "0004_roles").make_roles(apps, None)
    migration("core", "0005_repeated_jobs").lead_sees_jobs(apps, None)
    migration("experiences", "0002_roles").grant(apps, None)
    migration("experiences.enquiries", "0002_roles").grant(apps, None)
    migration("core", "0009_swedish_names").name_in_swedish(apps, None)


def undo() -> None:
    migration("core", "0009_swedish_names").name_in_english(apps, None)
    migration("experiences.enquiries", "0002_roles").revoke(apps, None)
    migration("experiences", "0002_roles").revoke(apps, None)
    migration("core", "0005_repeated_jobs").lead_sees_none(apps, None)
    migration("core", "0004_roles").undo_roles(apps, None)


def assert_the_table() -> None:
    assert rights() == RIGHTS
    assert on_pages() == ON_PAGES
    assert on_collections() == ON_COLLECTIONS


# --- The table --------------------------------------------------------------------------------------------------------


def test_each_role_has_exactly_its_rights():
    assert_the_table()


def test_the_roles_of_the_code_are_those_of_the_database():
    assert set(roles.ROLES) == set(RIGHTS)


def test_migrating_twice_changes_nothing():
    do_again()
    assert_the_table()


def test_undone_wagtails_own_two_groups_are_back_and_done_again_the_table_is():
    undo()
    assert set(rights()) == {"Editors", "Moderators"}
    assert on_pages() == {
        "Editors": {("Root", "add_page"), ("Root", "change_page")},
        "Moderators": {("Root", right) for _, right in ON_PAGES["Editors"]},
    }
    do_again()
    assert_the_table()


def test_a_role_with_members_outlives_the_undoing_without_rights():
    member = person(roles.COACHES)
    undo()
    assert list(member.groups.values_list("name", flat=True)) == ["Coaches"]
    assert rights()["Coaches"] == set()


def test_moderators_with_a_member_are_left_alone():
    undo()
    member = UserFactory()
    member.groups.add(Group.objects.get(name="Moderators"))
    do_again()
    assert "Moderators" in rights()


def test_editors_approve_what_is_sent_to_approval():
    assert list(Workflow.objects.values_list("name", flat=True)) == ["granskning"]
    assert list(GroupApprovalTask.objects.values_list("name", flat=True)) == ["redaktörerna"]
    assert list(GroupApprovalTask.objects.values_list("groups__name", flat=True)) == ["Editors"]


# --- The doors --------------------------------------------------------------------------------------------------------


def test_somebody_without_a_role_does_not_enter_the_admin(home):
    response = browser(UserFactory()).get("/admin/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


def test_djangos_own_admin_is_not_there(settings):
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


# --- Translators ------------------------------------------------------------------------------------------------------


def test_translators_write_and_publish_in_every_language_but_swedish(home, translated):
    page = StandardPageFactory(parent=home)
    english = translated(page, "en")
    translator = person(roles.TRANSLATORS)
    in_swedish, in_english = page.permissions_for_user(translator), english.permissions_for_user(translator)
    assert (in_swedish.can_edit(), in_swedish.can_publish()) == (False, False)
    assert (in_english.can_edit(), in_english.can_publish()) == (True, True)
    assert not english.get_parent().permissions_for_user(translator).can_add_subpage()


def test_translators_delete_nothing(home, translated):
    """They could not bring it back. One page or several: Wagtail asks in two places."""
    english = translated(StandardPageFactory(parent=home), "en")
    client = browser(person(roles.TRANSLATORS))
    assert not english.permissions_for_user(person(roles.TRANSLATORS)).can_delete()
    for url in (f"/admin/pages/{english.pk}/delete/", f"/admin/bulk/wagtailcore/page/delete/?id={english.pk}"):
        assert client.post(url).status_code == 302
        assert type(english).objects.filter(pk=english.pk).exists()


def test_a_copy_is_offered_to_those_who_could_put_it_somewhere(home, translated):
    page = StandardPageFactory(parent=home)
    english = translated(page, "en")
    assert page.permissions_for_user(person(roles.EDITORS)).can_copy()
    assert not english.permissions_for_user(person(roles.TRANSLATORS)).can_copy()


def test_a_copy_is_no_alias(home):
    page = StandardPageFactory(parent=home)
    form = browser(person(roles.EDITORS)).get(f"/admin/pages/{page.pk}/copy/").context["form"]
    assert "alias" not in form.fields
    assert "publish_copies" in form.fields


def test_a_language_that_comes_later_is_the_translators_too(home):
    arabic = home.copy_for_translation(Locale.objects.get(language_code="ar"))
    assert arabic.permissions_for_user(person(roles.TRANSLATORS)).can_edit()


def test_translators_change_the_translation_of_a_snippet_and_not_its_original(home):
    original = CategoryFactory()
    english = original.copy_for_translation(Locale.objects.get(language_code="en"))
    english.name = "Food"
    english.save()
    client = browser(person(roles.TRANSLATORS))
    edit = "/admin/snippets/experiences/category/edit/{}/".format
    assert client.get(edit(original.pk)).headers.get("Location") == "/admin/"
    assert client.get(edit(english.pk)).status_code == 200
    client.post(edit(original.pk), {"name": "Annat", "slug": "mat", "sort_order": 0})
    assert Category.objects.get(pk=original.pk).name == "Mat"


def test_translators_see_no_link_to_an_original_snippet(home):
    original = CategoryFactory()
    english = original.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save()
    client = browser(person(roles.TRANSLATORS))
    edit = "/admin/snippets/experiences/category/edit/{}/".format
    for page in ("/admin/snippets/experiences/category/", edit(english.pk)):
        assert f'href="{edit(original.pk)}"' not in client.get(page).text
    assert f'href="{edit(english.pk)}"' in client.get("/admin/snippets/experiences/category/").text


def test_translators_read_in_which_languages_a_page_is_that_they_may_not_edit(home, translated):
    english = translated(StandardPageFactory(parent=home), "en")
    client = browser(person(roles.TRANSLATORS))
    edit = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert "Also in Swedish." in client.get(edit).text


def test_translators_send_nothing_to_translation(home):
    client = browser(person(roles.TRANSLATORS))
    assert client.get(f"/admin/localize/submit/page/{home.pk}/").headers["Location"] == "/admin/"


# --- Editors ----------------------------------------------------------------------------------------------------------


def test_editors_publish_lock_and_delete_a_page_but_no_tree(home):
    page = ExperiencePageFactory()
    editor = person(roles.EDITORS)
    on_page, on_tree = page.permissions_for_user(editor), page.get_parent().permissions_for_user(editor)
    assert on_page.can_edit()
    assert on_page.can_publish()
    assert on_page.can_lock()
    assert on_page.can_delete()
    assert not on_tree.can_delete()


def test_editors_change_an_original_snippet(home):
    original = CategoryFactory()
    client = browser(person(roles.EDITORS))
    assert client.get(f"/admin/snippets/experiences/category/edit/{original.pk}/").status_code == 200


def test_editors_send_pages_and_snippets_to_translation_and_translators_see_no_button_for_it(home):
    category = CategoryFactory()
    doors = (
        f"/admin/localize/submit/page/{home.pk}/",
        f"/admin/localize/submit/snippet/experiences/category/{category.pk}/",
    )
    arabic = Locale.objects.get(language_code="ar")
    editor, translator = browser(person(roles.EDITORS)), browser(person(roles.TRANSLATORS))
    for door, thing in zip(doors, (home, category), strict=True):
        assert translator.post(door, {"locales": [arabic.pk]}).headers["Location"] == "/admin/"
        assert not thing.has_translation(arabic)
        assert editor.post(door, {"locales": [arabic.pk]}).status_code == 302
        assert thing.has_translation(arabic)
    category_list = "/admin/snippets/experiences/category/"
    assert doors[1] in editor.get(category_list).text  # English is left.
    assert doors[1] not in translator.get(category_list).text
