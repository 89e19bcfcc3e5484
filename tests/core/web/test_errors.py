"""What a visitor sees when something is not there, not allowed or broken."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client
from django.utils import translation
from django.views import defaults

from core.web import resubmit

DIRECTION = {"sv": "ltr", "en": "ltr", "ar": "rtl"}
PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]
BROKEN = {
    "sv": "Något gick fel hos oss",
    "en": "Something went wrong on our side",
    "ar": "حدث خطأ عندنا",
}
# Nothing listens there: each query is an OperationalError, as when the database is being restarted.
NO_DATABASE = "postgresql://nobody:nothing@127.0.0.1:1/nowhere"
ASK = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody-who-was-logged-in"
answers = {path: client.get(path) for path in sys.argv[1:]}
for redirects in [False, True]:
    settings.SECURE_SSL_REDIRECT = redirects  # in production: asks for the host before the language is known
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody-who-was-logged-in"
    answers |= {f"evil:{redirects}{path}": client.get(path, headers={"Host": "evil.example"}) for path in sys.argv[1:]}
said = {path: [answer.status_code, answer.text, answer.get("Retry-After")] for path, answer in answers.items()}
print(json.dumps(said))
"""


def drawn(name, language):
    """A page as 400 and 500 are drawn: without a request."""
    with translation.override(language):
        return get_template(name).render()


def headings(page):
    return re.findall(r"<h1>\s*(.*?)\s*</h1>", page, re.DOTALL)


# --- Not there, not allowed -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "direction"), DIRECTION.items())
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


@pytest.mark.parametrize("path", ["/sv/finns-inte/", "/ar/finns-inte/", "/finns-inte/", "/SV/Finns-Inte/"])
def test_a_missing_page_costs_few_queries(home, client, queries, path):
    assert queries(client, path, status=404) <= 8


def test_forbidden_has_the_frame_too(home, rf):
    request = rf.get("/sv/", headers={"host": "localhost"})
    response = defaults.permission_denied(request, PermissionError())
    assert response.status_code == 403
    assert "masthead" in response.text


@pytest.mark.parametrize(
    ("language", "heading", "lead"),
    [
        ("sv", "Formuläret hann bli för gammalt", "Gå tillbaka med webbläsarens knapp"),
        ("en", "The form has expired", "Go back with the browser's button"),
        ("ar", "صار النموذج قديمًا جدًا", "ارجعوا بزرّ الرجوع في المتصفّح"),
    ],
)
def test_a_form_that_became_too_old_says_what_to_do(home, language, heading, lead):
    """Logged out and in again in another tab, then sent: Django's own page speaks of CSRF, in English."""
    browser = Client(enforce_csrf_checks=True, headers={"Accept-Language": language})
    response = browser.post("/admin/login/", {"username": "editor", "password": "typed", "csrfmiddlewaretoken": "old"})
    assert response.status_code == 403
    assert headings(response.text) == [heading]
    assert lead in response.text
    assert '<a class="button" href="/admin/">' in response.text
    assert "typed" not in response.text


def test_what_cannot_be_read_is_answered_in_the_language_of_its_address(home, client):
    """A host name that is not ours: the request cannot be asked for its host again."""
    response = client.get("/ar/", headers={"Host": "somewhere.example"})
    assert response.status_code == 400
    assert '<html lang="ar" dir="rtl">' in response.text
    assert headings(response.text) == ["لم نفهم ما أرسله متصفّحكم"]


# --- The frame that they share ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PAGES)
def test_each_page_only_says_its_words(name):
    source = (Path(settings.PROJECT_DIR) / "site/core/templates" / name).read_text()
    assert source.startswith('{% extends "error.html" %}')
    assert not re.search(r"<(?!/?(?:a|p)\b)", source), "its elements are those of error.html"


@pytest.mark.parametrize("language", DIRECTION)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_whole_without_a_database(name, language):
    """No `db` fixture: a query would fail. No request: no context processor."""
    page = drawn(name, language)
    assert f'<html lang="{language}" dir="{DIRECTION[language]}">' in page
    assert len(headings(page)) == 1
    assert 'name="robots" content="noindex"' in page
    assert 'class="wordmark"' in page
    assert f'<a class="button" href="/{"admin" if "csrf" in name else language}/">' in page
    assert {f'href="/{code}/" lang="{code}"' in page for code in DIRECTION} == {True}
    assert "<style" not in page
    assert "style=" not in page


def test_without_a_database_it_says_how_to_reach_us_and_promises_nothing(settings):
    settings.DEFAULT_FROM_EMAIL = "Huset <hej@example.se>"
    page = drawn("500.html", "sv")
    assert '<a href="mailto:hej@example.se"' in page
    assert "arbetsdag" not in page


@pytest.mark.parametrize("name", PAGES)
def test_all_files_of_an_error_page_are_there(name):
    addresses = re.findall(r'(?:href|src)="/static/([^"]+)"', drawn(name, "ar"))
    assert len(addresses) >= 6
    assert all(finders.find(address) for address in addresses)


# --- Broken ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", DIRECTION)
def test_a_failing_view_shows_the_broken_page(home, monkeypatch, language):
    monkeypatch.setattr("core.translation.routing.find", lambda *args: 1 / 0)
    response = Client(raise_request_exception=False).get(f"/{language}/")
    assert response.status_code == 500
    assert response.text == drawn("500.html", language)


@pytest.fixture(scope="module")
def without_database():
    """Status and text by path, of a site whose database is away."""
    paths = ["/sv/", "/en/", "/ar/", "/sv/upplevelser/", "/ar/search/?q=x", "/admin/"]
    environment = os.environ | {"DATABASE_URL": NO_DATABASE, "PYTHONPATH": "site:."}
    done = subprocess.run(
        [sys.executable, "-c", ASK, *paths],
        cwd=settings.PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout), done.stderr


@pytest.mark.parametrize(
    ("path", "language"),
    [("/sv/", "sv"), ("/en/", "en"), ("/ar/", "ar"), ("/sv/upplevelser/", "sv"), ("/ar/search/?q=x", "ar")],
)
def test_a_visitor_is_told_when_the_database_is_away(without_database, path, language):
    answers, log = without_database
    status, page, come_again_after = answers[path]
    assert (status, come_again_after) == (503, "5")
    assert headings(page) == [BROKEN[language]]
    assert f'<html lang="{language}" dir="{DIRECTION[language]}">' in page
    assert "failed too" not in log, "an error while the page was drawn"
    assert "OperationalError" in log


@pytest.mark.parametrize("before_the_language", [False, True])
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/sv/", "Vi förstod inte din webbläsare"),
        ("/en/", "We did not understand your browser"),
        ("/ar/search/?q=x", "لم نفهم ما أرسله متصفّحكم"),
        ("/admin/", "Vi förstod inte din webbläsare"),
    ],
)
def test_what_cannot_be_read_is_no_error_of_ours_when_the_database_is_away(
    without_database, path, heading, before_the_language
):
    status, page, _seconds = without_database[0][f"evil:{before_the_language}{path}"]
    assert status == 400
    assert headings(page) == [heading]


def test_an_editor_is_told_when_the_database_is_away(without_database):
    status, page, _seconds = without_database[0]["/admin/"]
    assert status == 503
    assert headings(page) == ["Något gick fel"]
    assert '<a href="/admin/">Till admin</a>' in page


@pytest.mark.parametrize("language", DIRECTION)
def test_a_broken_frame_still_gives_the_words(rf, monkeypatch, caplog, language):
    """What fails on every page is most often the frame, in which this page is drawn too."""
    monkeypatch.setattr("core.templatetags.core_tags.weave", lambda *args, **kwargs: 1 / 0)
    with translation.override(language):
        response = resubmit.server_error(rf.get(f"/{language}/"))
    assert response.status_code == 500
    assert headings(response.text) == [BROKEN[language]]
    assert f'<html lang="{language}" dir="{DIRECTION[language]}">' in response.text
    assert "500.html failed too" in caplog.text
