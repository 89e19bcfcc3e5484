"""The site pauses an experience in every language, and resumes it when all its reasons are gone."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, override
from wagtail.log_actions import LogContext
from wagtail.models import Page, PageLogEntry
from wagtail.signals import page_published
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from core.models import Pause
from core.pages import pausing
from core.pages.pausing import PAUSED, RESUMED, pause, resume
from experiences.enquiries.models import Enquiry
from experiences.enquiries.visitor.choices import ExperienceChoices
from experiences.models import ExperiencePage
from tests.factories import ExperiencePageFactory, StandardPageFactory, UserFactory, make_catalogue
from tests.template_database import prepared
from tests.translations import translate, translated_once

LIST = "/sv/upplevelser/"
ADDRESS = "/sv/upplevelser/baka-brod/"
PRIVATE = "Samira has taken back her consent."


@prepared
def bread():
    """An experience in three languages: its Swedish page."""
    page = make_catalogue().experience
    for code in ("en", "ar"):
        translated_once(page, code)
    return page


@pytest.fixture(autouse=True)
def _two_reasons(monkeypatch) -> None:
    monkeypatch.setattr(pausing, "_reasons", {})
    pausing.register_reason("consent", for_editors=PRIVATE, for_visitors=gettext_lazy("Paused"))
    pausing.register_reason("papers", for_editors="A paper is missing.")


def in_languages(page: Any) -> dict[str, ExperiencePage]:
    pages = ExperiencePage.objects.filter(translation_key=page.translation_key).select_related("locale")
    return {found.locale.language_code: found for found in pages}


def is_paused(page: Any) -> dict[str, bool]:
    return {code: found.is_paused for code, found in in_languages(page).items()}


EVERYWHERE, NOWHERE = {"sv": True, "en": True, "ar": True}, {"sv": False, "en": False, "ar": False}


def log_of(page: Any) -> list[tuple[str, str, Any]]:
    """Action, reason and user of each entry, without those that made the page."""
    entries = PageLogEntry.objects.filter(page__in=in_languages(page).values(), action__in=[PAUSED, RESUMED])
    return [(entry.action, entry.data["code"], entry.user) for entry in entries.order_by("pk")]


@contextmanager
def announced():
    """The pages that page_published is sent for meanwhile."""
    found: list[Any] = []

    def receiver(instance: Any, **kwargs: Any) -> None:
        found.append(instance)

    page_published.connect(receiver)
    try:
        yield found
    finally:
        page_published.disconnect(receiver)


def titles(html: str) -> list[str]:
    return re.findall(r'card__title"><a[^>]*>([^<]*)<', html)


# --- Reasons --------------------------------------------------------------------------------------------------------
def test_a_pause_holds_in_every_language_until_it_is_resumed(bread):
    assert pause(bread.translation_key, "consent")
    assert is_paused(bread) == EVERYWHERE
    assert resume(bread.translation_key, "consent")
    assert is_paused(bread) == NOWHERE


def test_of_two_reasons_both_must_be_resumed(bread):
    pause(bread.translation_key, "consent")
    pause(bread.translation_key, "papers")
    resume(bread.translation_key, "consent")
    assert is_paused(bread) == EVERYWHERE
    resume(bread.translation_key, "papers")
    assert is_paused(bread) == NOWHERE


def test_pausing_twice_for_one_reason_is_pausing_once(bread):
    pause(bread.translation_key, "consent")
    with announced() as pages:
        assert not pause(bread.translation_key, "consent")
    assert pages == []
    assert len(log_of(bread)) == 3
    resume(bread.translation_key, "consent")
    assert is_paused(bread) == NOWHERE


def test_resuming_what_is_not_paused_does_nothing(bread):
    with announced() as pages:
        assert not resume(bread.translation_key, "consent")
    assert (pages, log_of(bread)) == ([], [])


def test_an_editors_own_pause_and_note_are_left(bread):
    bread.state, bread.state_note = "paused", "Pausad till mars."
    bread.save_revision().publish()
    pause(bread.translation_key, "consent")
    resume(bread.translation_key, "consent")
    assert is_paused(bread) == EVERYWHERE
    after = in_languages(bread)["sv"]
    assert (after.state, after.pause_note) == ("paused", "Pausad till mars.")


def test_an_editor_who_opens_it_does_not_lift_the_sites_pause(bread):
    pause(bread.translation_key, "consent")
    page = in_languages(bread)["sv"]
    page.state = "open"
    page.save_revision().publish()
    assert is_paused(bread) == EVERYWHERE


# --- Refused --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", [pause, resume])
def test_a_type_that_cannot_be_paused_is_refused(home, act):
    page = StandardPageFactory(parent=home)
    with pytest.raises(pausing.CannotPause, match="StandardPage"):
        act(page.translation_key, "consent")
    assert not Pause.objects.exists()


@pytest.mark.parametrize("act", [pause, resume])
def test_a_key_of_no_page_is_an_error(db, act):
    with pytest.raises(pausing.UnknownPage):
        act(uuid4(), "consent")


@pytest.mark.parametrize("act", [pause, resume])
def test_a_reason_that_is_not_registered_is_an_error(bread, act):
    with pytest.raises(pausing.UnknownReason, match="consnet"):
        act(bread.translation_key, "consnet")


def test_two_reasons_cannot_have_one_code():
    with pytest.raises(ValueError, match="consent"):
        pausing.register_reason("consent", for_editors="Another one.")


def test_a_reason_that_is_registered_no_more_can_still_be_read_and_lifted(bread, client, admin):
    pause(bread.translation_key, "consent")
    del pausing._reasons["consent"]
    assert "Pausad just nu" in client.get(ADDRESS).text
    assert "consent" in admin.get(reverse("wagtailadmin_pages:edit", args=[bread.pk])).text
    assert resume(bread.translation_key, "consent")
    assert is_paused(bread) == NOWHERE


# --- Log and announcement -------------------------------------------------------------------------------------------
def test_the_site_is_the_actor_also_while_an_editor_is_at_work(bread):
    with LogContext(user=UserFactory()):
        pause(bread.translation_key, "consent")
    resume(bread.translation_key, "consent")
    assert log_of(bread) == [(PAUSED, "consent", None)] * 3 + [(RESUMED, "consent", None)] * 3


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ["Paused by the site: ", "No longer paused by the site: "]),
        ("sv", ["Pausad av webbplatsen: ", "Inte längre pausad av webbplatsen: "]),
        ("ar", ["أوقفها الموقع مؤقتًا: ", "لم يعد الموقع يوقفها: "]),
    ],
)
def test_the_log_says_why(bread, code, words):
    pause(bread.translation_key, "consent")
    resume(bread.translation_key, "consent")
    entries = PageLogEntry.objects.filter(page=bread.pk, action__in=[PAUSED, RESUMED]).order_by("pk")
    with override(code):
        assert [entry.message for entry in entries] == [said + PRIVATE for said in words]


def test_each_live_page_is_announced_once(bread):
    in_languages(bread)["ar"].unpublish()
    pages = in_languages(bread)
    for act in (pause, resume):
        with announced() as told:
            act(bread.translation_key, "consent")
        assert sorted(page.pk for page in told) == sorted([pages["sv"].pk, pages["en"].pk])
        assert {page.is_paused for page in told} == {act is pause}
    assert in_languages(bread)["sv"].last_published_at > pages["sv"].last_published_at
    assert in_languages(bread)["ar"].last_published_at == pages["ar"].last_published_at


@pytest.mark.parametrize("step", ["log", "announcement"])
@pytest.mark.parametrize("act", [pause, resume])
def test_an_error_in_the_middle_leaves_everything_as_it_was(bread, monkeypatch, act, step):
    if act is resume:
        pause(bread.translation_key, "consent")
    before = is_paused(bread), log_of(bread), list(Pause.objects.values()), list(Page.objects.values().order_by("pk"))
    last = in_languages(bread)["ar"].pk

    def fail_at_last(instance: Any, **kwargs: Any) -> None:
        if instance.pk == last:
            raise OSError("The disk is full.")

    if step == "log":
        real = pausing.log
        monkeypatch.setattr(pausing, "log", lambda **values: fail_at_last(**values) or real(**values))
    else:
        page_published.connect(fail_at_last)
    try:
        with pytest.raises(OSError, match="full"):
            act(bread.translation_key, "consent")
    finally:
        page_published.disconnect(fail_at_last)
    after = is_paused(bread), log_of(bread), list(Pause.objects.values()), list(Page.objects.values().order_by("pk"))
    assert after == before


# --- Other versions of the page -------------------------------------------------------------------------------------
def test_an_unpublished_page_is_paused_too(bread):
    in_languages(bread)["sv"].unpublish()
    with announced() as pages:
        pause(bread.translation_key, "consent")
    assert pages == []
    in_languages(bread)["sv"].get_latest_revision().publish()
    assert is_paused(bread) == EVERYWHERE


def test_a_draft_is_paused_before_it_is_published(bread):
    draft = ExperiencePageFactory(parent=bread.get_parent().specific, slug="utkast", providers=bread.hosts, draft=True)
    pause(draft.translation_key, "consent")
    assert is_paused(draft) == {"sv": True}
    draft.get_latest_revision().publish()
    assert is_paused(draft) == {"sv": True}
    assert is_paused(bread) == NOWHERE


def test_an_old_version_brings_back_neither_the_open_nor_the_paused_page(bread):
    before = bread.save_revision()
    pause(bread.translation_key, "consent")
    meanwhile = in_languages(bread)["sv"].save_revision()
    assert before.as_object().is_paused
    before.publish()
    assert is_paused(bread) == EVERYWHERE
    resume(bread.translation_key, "consent")
    assert not meanwhile.as_object().is_paused
    meanwhile.publish()
    assert is_paused(bread) == NOWHERE


def test_a_page_that_was_read_before_the_pause_and_saved_after_it_stays_paused(bread):
    page = in_languages(bread)["sv"]
    assert not page.is_paused
    pause(bread.translation_key, "consent")
    page.save()
    assert is_paused(bread) == EVERYWHERE


def test_a_translation_made_meanwhile_is_paused(bread):
    in_languages(bread)["ar"].delete()
    pause(bread.translation_key, "consent")
    arabic = translate(bread, "ar", {"slug": "khubz"})
    assert arabic.live
    assert is_paused(bread) == EVERYWHERE


def test_a_copy_is_not_paused(bread):
    pause(bread.translation_key, "consent")
    page = in_languages(bread)["sv"]
    copy = page.copy(update_attrs={"slug": "kopia", "title": "Kopia"})
    assert not ExperiencePage.objects.get(pk=copy.pk).is_paused
    assert not copy.get_latest_revision_as_object().is_paused
    assert page.is_paused


def test_its_pauses_are_deleted_with_the_page_in_its_last_language(bread):
    pause(bread.translation_key, "consent")
    in_languages(bread)["en"].delete()
    assert Pause.objects.count() == 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        in_languages(bread)["sv"].delete()
    assert in_languages(bread) == {}
    assert not Pause.objects.exists()


def test_its_pauses_are_deleted_with_all_languages_at_once(bread):
    pause(bread.translation_key, "consent")
    Page.objects.filter(translation_key=bread.translation_key).delete()
    assert not Pause.objects.exists()


def test_the_pauses_of_other_pages_are_left(bread):
    page = in_languages(bread)["sv"]
    copy = page.copy(update_attrs={"slug": "kopia", "title": "Kopia"})
    pause(copy.translation_key, "consent")
    Page.objects.filter(translation_key=bread.translation_key).delete()
    assert Pause.objects.get().translation_key == copy.translation_key


# --- What visitors see ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("code", "words"), [("sv", "Pausad"), ("en", "Paused"), ("ar", "متوقّفة مؤقتًا")])
def test_visitors_read_a_neutral_sentence_in_their_language(bread, client, code, words):
    pause(bread.translation_key, "consent")
    page = in_languages(bread)[code]
    for address in (page.get_url(), page.get_parent().get_url()):
        html = client.get(address).text
        assert f'state">{words}</p>' in html
        assert PRIVATE not in html


def paused_in_english(bread, note, english):
    """Paused with a note that has been translated; the English page."""
    bread.state, bread.state_note = "paused", note
    bread.save_revision().publish()
    return translate(bread, "en", {"state_note": english})


def test_a_note_that_changed_falls_back_to_our_words_until_it_is_translated_anew(bread, client):
    """In the page, in the list and in what a translator may publish meanwhile."""
    page = paused_in_english(bread, "Pausad till mars.", "Paused until March.")
    assert page.pause_note == "Paused until March."
    bread.state_note = "Pausad till maj."
    bread.save_revision().publish()
    for address in (page.get_url(), page.get_parent().get_url()):
        html = client.get(address).text
        assert "Paused until March." not in html
        assert 'state">Paused for now</p>' in html
    record = Translation.objects.get(source__object_id=bread.translation_key, target_locale=page.locale)
    record.save_target()
    assert in_languages(bread)["en"].pause_note == ""
    page = paused_in_english(bread, "Pausad till maj.", "Paused until May.")
    assert page.pause_note == "Paused until May."
    assert "Paused until May." in client.get(page.get_url()).text


def test_an_old_draft_does_not_bring_the_old_note_back(bread):
    page = paused_in_english(bread, "Pausad till mars.", "Paused until March.")
    old = page.save_revision()
    bread.state_note = "Pausad till maj."
    bread.save_revision().publish()
    page.refresh_from_db()
    page.save_revision()
    old.refresh_from_db()
    old.publish()
    assert in_languages(bread)["en"].pause_note == ""


def test_a_note_that_is_taken_away_is_gone_in_every_language(bread):
    paused_in_english(bread, "Pausad till mars.", "Paused until March.")
    bread.state_note = ""
    bread.save_revision().publish()
    assert {page.pause_note for page in in_languages(bread).values()} == {""}


def test_a_note_that_is_put_back_is_said_as_it_was_translated(bread):
    paused_in_english(bread, "Pausad till mars.", "Paused until March.")
    for note in ("Pausad till maj.", "Pausad till mars."):
        bread.state_note = note
        bread.save_revision().publish()
    assert in_languages(bread)["en"].pause_note == "Paused until March."


def test_a_translated_note_that_is_too_long_stops_no_publication(bread):
    page = paused_in_english(bread, "Pausad till mars.", "Paused until March.")
    StringTranslation.objects.filter(locale=page.locale, context__path="state_note").update(data="x" * 200)
    bread.state_note, bread.price = "Pausad till mars.", 520
    bread.save_revision().publish()
    english = in_languages(bread)["en"]
    assert (english.price, len(english.pause_note) <= 160) == (520, True)


def test_the_note_of_an_earlier_pause_is_not_shown_for_the_sites(bread, client):
    bread.state_note = "Pausad till mars."
    bread.save_revision().publish()
    pause(bread.translation_key, "papers")
    for address in (ADDRESS, LIST):
        html = client.get(address).text
        assert "Pausad just nu" in html
        assert "Pausad till mars." not in html


def test_the_editors_note_is_shown_before_the_sites_sentence(bread, client):
    bread.state, bread.state_note = "paused", "Pausad till mars."
    bread.save_revision().publish()
    pause(bread.translation_key, "papers")
    for address in (ADDRESS, LIST):
        html = client.get(address).text
        assert "Pausad till mars." in html
        assert "Pausad just nu" not in html


def test_no_day_is_offered_while_the_site_has_paused_it(bread, client):
    pause(bread.translation_key, "consent")
    assert "?date=" not in client.get(ADDRESS).text
    assert "4 februari" not in client.get(LIST).text
    assert 'class="card' not in client.get(f"{LIST}?when=dates").text
    assert not ExperiencePage.objects.open().exists()
    resume(bread.translation_key, "consent")
    assert "?date=" in client.get(ADDRESS).text
    assert 'class="card' in client.get(f"{LIST}?when=dates").text


def test_it_comes_last_in_the_list_and_not_at_all_on_the_home_page(bread, client):
    soon = [timezone.now() + timedelta(days=1)]
    ExperiencePageFactory(parent=bread.get_parent().specific, title="Snart", providers=bread.hosts, starts=soon)
    nearest = ExperiencePage.objects.get(title="Snart")
    assert titles(client.get(LIST).text) == ["Snart", bread.title]
    pause(nearest.translation_key, "consent")
    assert titles(client.get(LIST).text) == [bread.title, "Snart"]
    shown = Template("{% load experience_tags %}{% experience_showcase 5 heading='Kom' %}").render(Context())
    assert titles(shown) == [bread.title]


@pytest.mark.parametrize("code", ["sv", "en", "ar"])
def test_the_enquiry_form_offers_it_no_more_and_promises_no_day(bread, code):
    pause(bread.translation_key, "consent")
    choices = ExperienceChoices.for_language(code)
    assert [option.is_open for option in choices.options] == [False]
    assert choices.offered() == []
    assert Enquiry(experience=in_languages(bread)["sv"], purpose="book").next_step == "opening"


# --- What editors see -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Paused by the site since"), ("sv", "Pausad av webbplatsen sedan"), ("ar", "أوقفها الموقع مؤقتًا منذ")],
)
def test_the_editor_of_each_language_says_why(bread, client, language, words):
    user = UserFactory(admin=True)
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    for page in in_languages(bread).values():
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert words not in client.get(edit).text
    pause(bread.translation_key, "consent")
    for page in in_languages(bread).values():
        html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        assert words in html
        assert PRIVATE in html


# --- Queries --------------------------------------------------------------------------------------------------------
def counted(act: Any, *args: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act(*args)
    return len(captured)


def test_more_reasons_cost_no_more_queries(bread, client, queries):
    codes = [f"reason-{number}" for number in range(9)]
    for code in codes:
        pausing.register_reason(code, for_editors=code)
    pause(bread.translation_key, "consent")
    shown = {address: queries(client, address) for address in (ADDRESS, LIST)}
    second = counted(pause, bread.translation_key, "papers")
    assert {counted(pause, bread.translation_key, code) for code in codes} == {second}
    assert {address: queries(client, address) for address in (ADDRESS, LIST)} == shown
    tenth = counted(resume, bread.translation_key, "papers")
    assert {counted(resume, bread.translation_key, code) for code in codes} == {tenth}


def test_a_code_that_the_table_cannot_hold_is_refused_when_it_is_registered():
    with pytest.raises(ValueError, match="at most 40"):
        pausing.register_reason("x" * 41, for_editors="Too long.")
