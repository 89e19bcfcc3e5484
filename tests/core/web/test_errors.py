"""What a visitor sees when something is not there, not allowed or broken."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views import defaults

FOR_EVERYBODY = ["400.html", "500.html"]
STANDING_ALONE = [*FOR_EVERYBODY, "403_csrf.html"]


@pytest.mark.parametrize(("language", "direction"), [("sv", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_a_missing_page_answers_in_the_language_of_its_address(home, client, language, direction):
    response = client.get(f"/{language}/finns-inte/")
    assert response.status_code == 404
    assert f'<html lang="{language}" dir="{direction}">' in response.text
    assert 'content="noindex"' in response.text
    assert not response.cookies


def test_a_missing_page_leads_on_to_the_experiences_and_the_search(catalogue, client):
    catalogue.experiences.show_in_menus = True
    catalogue.experiences.save()
    page = client.get("/sv/finns-inte/").text
    assert '<a class="button" href="/sv/upplevelser/">' in page
    assert '<a class="button button--quiet" href="/sv/search/">' in page


def test_a_missing_page_costs_few_queries(home, client, queries):
    assert queries(client, "/sv/finns-inte/", status=404) <= 6


def test_forbidden_has_the_frame_too(home, rf):
    request = rf.get("/sv/", headers={"host": "localhost"})
    response = defaults.permission_denied(request, PermissionError())
    assert response.status_code == 403
    assert "masthead" in response.text


def test_a_broken_site_says_so_without_a_database_in_three_languages(rf: RequestFactory):
    """No `db` fixture: a query would fail."""
    response = defaults.server_error(rf.get("/sv/"))
    assert response.status_code == 500
    for start in ('lang="sv" dir="ltr"', 'lang="en" dir="ltr"', 'lang="ar" dir="rtl"'):
        assert f"{start}>" in response.text


def test_a_failing_view_shows_the_broken_page(home, monkeypatch):
    monkeypatch.setattr("core.translation.routing.find", lambda *args: 1 / 0)
    response = Client(raise_request_exception=False).get("/sv/")
    assert response.status_code == 500
    assert response.text == get_template("500.html").render()


@pytest.mark.parametrize("name", STANDING_ALONE)
def test_pages_that_stand_alone_use_no_tag_and_only_files_that_keep_their_name(name):
    source = (Path(settings.PROJECT_DIR) / "site/core/templates" / name).read_text()
    assert "{%" not in source
    assert "{{" not in source
    addresses = re.findall(r'(?:href|src)="/static/([^"]+)"', source)
    assert len(addresses) >= 3
    assert all(finders.find(address) for address in addresses)


@pytest.mark.parametrize("name", FOR_EVERYBODY)
def test_pages_that_stand_alone_link_each_language_s_home(name):
    page = get_template(name).render()
    assert re.findall(r'<a class="button[^"]*" href="([^"]+)"', page) == ["/sv/", "/en/", "/ar/"]
    assert "<style" not in page
    assert "style=" not in page


def test_a_form_that_became_too_old_says_what_to_do(db):
    """Logged out and in again in another tab, then sent: Django's own page speaks of CSRF, in English."""
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/admin/login/", {"username": "editor", "password": "typed", "csrfmiddlewaretoken": "old"})
    assert response.status_code == 403
    assert "<h1>Formuläret hann bli för gammalt</h1>" in response.text
    assert "Go back with the browser's button" in response.text
    assert "typed" not in response.text
