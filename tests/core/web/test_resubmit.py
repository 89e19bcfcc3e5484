"""What an editor has typed is kept when it cannot be saved: an error of ours, a session that has ended, a page gone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.pages.edit import EditView
from wagtail.users.models import UserProfile

from core.web import resubmit
from experiences.models import ExperiencePage
from tests.core.pages.test_drafts import story
from tests.experiences.test_editing import experience_form
from tests.factories import UserFactory

SUMMARY = "Du väver ett band. Det får du med dig hem."


def browser(**options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    client.force_login(UserFactory(admin=True))
    return client


def edit(page: ExperiencePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def saved(page: ExperiencePage) -> Any:
    return ExperiencePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def sent_again(answer: Any) -> dict[str, list[str]]:
    """What the button of the page sends."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>&#10;(.*?)</textarea>', answer.text, re.DOTALL):
        fields.setdefault(name, []).append(value)
    return fields


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EditView, "post", lambda *args: 1 / 0)


def test_an_error_of_ours_keeps_what_was_typed(catalogue, broken, monkeypatch):
    client, form = browser(), experience_form(catalogue, title="Väv", story=story("Degen vilar lugnt."))
    answer = client.post(edit(catalogue.experience), form)
    assert answer.status_code == 500
    assert "<h1>Något gick fel</h1>" in answer.text
    assert f"<li>{SUMMARY}</li>" in answer.text
    assert "<li>Degen vilar lugnt.</li>" in answer.text
    assert "masthead" not in answer.text
    monkeypatch.undo()
    client.post(edit(catalogue.experience), sent_again(answer))
    draft = saved(catalogue.experience)
    assert (draft.title, draft.summary, draft.languages) == ("Väv", SUMMARY, ["sv", "ar"])
    assert [block.value["text"] for block in draft.story] == ["Degen vilar lugnt."]


def test_an_error_of_ours_speaks_the_editors_language(catalogue, broken):
    client = browser()
    UserProfile.objects.create(user=UserFactory(admin=True), preferred_language="en")
    answer = client.post(edit(catalogue.experience), experience_form(catalogue))
    assert '<html lang="en"' in answer.text
    assert "What you typed is kept here" in answer.text


def test_an_error_of_ours_needs_no_database(rf, monkeypatch):
    """No `db` fixture: a query would fail."""
    answer = resubmit.server_error(rf.post("/admin/pages/4/edit/", {"title": "Väv ett band"}))
    assert answer.status_code == 500
    assert '<html lang="sv"' in answer.text
    assert "<li>Väv ett band</li>" in answer.text
    looked_at = resubmit.server_error(rf.get("/admin/pages/4/edit/"))
    assert "Felet är vårt, inte ditt. Försök igen om en stund." in looked_at.text


def test_the_words_of_rich_text_can_be_copied(rf):
    rich = '{"blocks": [{"text": "Första stycket."}, {"text": "<b>Andra"}], "entityMap": {}}'
    answer = resubmit.server_error(rf.post("/admin/pages/4/edit/", {"body-0-value": rich, "body-0-type": "text"}))
    assert "<li>Första stycket.<br><br>&lt;b&gt;Andra</li>" in answer.text


def test_a_visitor_sees_the_visitors_page(rf):
    assert "Något gick fel hos oss" in resubmit.server_error(rf.post("/sv/enquiry/", {"name": "Väv"})).text


def test_a_password_is_never_shown_again(rf):
    answer = resubmit.server_error(rf.post("/admin/users/add/", {"username": "ada", "password1": "hemligt-ord"}))
    assert "hemligt-ord" not in answer.text


def test_a_session_that_ended_meanwhile_loses_nothing(catalogue):
    client, form = browser(), experience_form(catalogue, title="Väv")
    client.logout()
    answer = client.post(edit(catalogue.experience), form)
    assert answer.status_code == 403
    assert "<h1>Du har loggats ut</h1>" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    client.force_login(UserFactory(admin=True))
    client.post(edit(catalogue.experience), sent_again(answer))
    assert saved(catalogue.experience).title == "Väv"


def test_an_answer_to_a_visitor_outlasts_the_session_too(home):
    """Every form of the admin, not of pages alone."""
    answer = Client().post("/admin/enquiries/1/reply/", {"text": "Välkommen på torsdag."})
    assert answer.status_code == 403
    assert "<h1>Du har loggats ut</h1>" in answer.text
    assert "<li>Välkommen på torsdag.</li>" in answer.text


def test_whoever_only_looks_is_led_to_the_login(home, client):
    assert client.get("/admin/pages/").url == "/admin/login/?next=/admin/pages/"


def test_after_a_new_login_the_form_is_sent_again_with_a_new_token(catalogue):
    client, form = browser(enforce_csrf_checks=True), experience_form(catalogue, title="Väv")
    answer = client.post(
        edit(catalogue.experience), form | {"csrfmiddlewaretoken": "old"}, headers={"origin": "http://testserver"}
    )
    assert answer.status_code == 403
    assert "<h1>Formuläret hann bli för gammalt</h1>" in answer.text
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)[1]
    again = client.post(edit(catalogue.experience), sent_again(answer) | {"csrfmiddlewaretoken": token})
    assert again.status_code == 302
    assert saved(catalogue.experience).title == "Väv"


@pytest.mark.parametrize("origin", [{}, {"origin": "https://evil.example"}, {"origin": "null"}])
def test_what_another_site_sends_is_not_offered_to_be_sent_again(catalogue, origin):
    client = browser(enforce_csrf_checks=True)
    answer = client.post(edit(catalogue.experience), experience_form(catalogue, title="Deras ord"), headers=origin)
    assert answer.status_code == 403
    assert "Deras ord" not in answer.text


def test_a_page_that_was_deleted_in_another_tab_gives_the_words_back(catalogue):
    client, form, address = browser(), experience_form(catalogue), edit(catalogue.experience)
    catalogue.experience.delete()
    answer = client.post(address, form)
    assert answer.status_code == 404
    assert "<h1>Sidan finns inte längre</h1>" in answer.text
    assert f"<li>{SUMMARY}</li>" in answer.text
    assert "<button" not in answer.text


def test_a_list_that_was_deleted_meanwhile_gives_the_words_back(catalogue):
    address = reverse("wagtailadmin_pages:add", args=["experiences", "experiencepage", catalogue.experiences.pk])
    form = experience_form(catalogue)
    catalogue.experiences.delete()
    answer = browser().post(address, form)
    assert answer.status_code == 404
    assert f"<li>{SUMMARY}</li>" in answer.text


def test_the_page_uses_files_that_keep_their_names():
    assert finders.find("css/admin/kept.css")
