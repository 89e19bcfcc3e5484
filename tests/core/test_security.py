"""What every answer says to browsers, and what a server in production may not start without."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import StandardPageFactory, UserFactory

PROJECT_DIR = Path(__file__).resolve().parents[2]
PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
VISITOR_PATHS = {
    "home": "/sv/",
    "home, Arabic": "/ar/",
    "experiences": "/sv/{experiences}/",
    "experience": "/sv/{experiences}/baka-brod/",
    "hosts": "/sv/{hosts}/",
    "host": "/sv/{hosts}/samira-khoury/",
    "standard": "/sv/om-oss/",
    "search": "/sv/search/?q=br%C3%B6d",
    "enquiry": "/sv/enquiry/",
    "not found": "/sv/nothing-here/",
    "choice of language": "/",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
}


def policy(answer: HttpResponse) -> dict[str, str]:
    """The content security policy by directive."""
    parts = [part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")]
    return {name: rest[0] if rest else "" for name, *rest in parts}


@pytest.fixture
def pages(catalogue: SimpleNamespace) -> SimpleNamespace:
    """A page of each type."""
    StandardPageFactory(parent=catalogue.home, slug="om-oss", title="Om oss")
    return catalogue


@pytest.fixture
def visit(pages: SimpleNamespace, client: Client) -> Any:
    """`visit("experience")`: the answer that a visitor gets."""

    def ask(kind: str) -> HttpResponse:
        path = VISITOR_PATHS[kind].format(experiences=pages.experiences.slug, hosts=pages.providers.slug)
        answer: HttpResponse = client.get(path)
        assert answer.status_code == {"not found": 404, "choice of language": 302}.get(kind, 200), path
        return answer

    return ask


@pytest.mark.parametrize("kind", VISITOR_PATHS)
def test_a_visitor_gets_the_strict_policy_and_no_cookie(kind: str, visit: Any) -> None:
    answer = visit(kind)
    assert policy(answer) == PUBLIC_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("kind", [kind for kind in VISITOR_PATHS if kind not in ("choice of language", "robots")])
def test_public_html_has_nothing_inline_and_nothing_of_one_visitor(kind: str, visit: Any) -> None:
    html = visit(kind).content.decode()
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|csrfmiddlewaretoken|\bnonce=", html)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", html)


def test_an_enquiry_is_received_without_a_cookie(pages: SimpleNamespace, client: Client) -> None:
    with_errors = client.post("/sv/enquiry/", {})
    assert with_errors.status_code == 422
    received = client.post("/sv/enquiry/", {"name": "Lena Berg", "email": "lena@example.org", "message": "Hej"})
    assert received.status_code == 302
    confirmation = client.get(received["Location"])
    assert confirmation["Referrer-Policy"] == "no-referrer"  # Its address is the key to it.
    for answer in (with_errors, received, confirmation):
        assert not answer.cookies
        assert policy(answer) == PUBLIC_POLICY
        assert "no-store" in answer["Cache-Control"]


# --- The admin -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_login_page_has_the_admins_policy(client: Client) -> None:
    answer = client.get("/admin/login/")
    nonces = set(re.findall(rb'nonce="([^"]+)"', answer.content))
    assert len(nonces) <= 1
    assert policy(answer)["default-src"] == "'none'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


def test_the_admins_policy_is_as_strict_as_wagtail_allows(admin: Client, home: Any) -> None:
    answer = admin.get("/admin/pages/")
    said = policy(admin.get("/admin/", follow=True))
    nonce = re.search(r"'nonce-[^']+'", said["script-src"])
    assert nonce
    assert said == PUBLIC_POLICY | {
        "script-src": f"'self' {nonce[0]}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
    }
    assert policy(answer)["script-src"] != said["script-src"], "a nonce is used once"


def test_every_inline_script_of_the_admin_has_the_nonce_of_its_answer(admin: Client, home: Any) -> None:
    answer = admin.get(f"/admin/pages/{home.pk}/edit/")
    scripts = re.findall(rb"<script(?=[\s>])(?![^>]*\bsrc=)[^>]*>", answer.content)
    nonce = re.search(r"'nonce-([^']+)'", policy(answer)["script-src"])
    assert scripts
    assert nonce
    assert all(f'nonce="{nonce[1]}"'.encode() in script for script in scripts)


def test_what_a_stranger_wrote_never_becomes_a_script_of_the_admin(admin: Client, pages: SimpleNamespace) -> None:
    """The admin's rewrite would bless a script that came through unescaped."""
    evil = "<script>alert(1)</script>"
    answers = {"name": evil, "email": "lena@example.org", "message": evil, "when_text": evil, "arrange": evil}
    from experiences.enquiries.models import Enquiry

    Client().post("/sv/enquiry/", answers, headers={"Sec-Fetch-Site": "same-origin"})
    enquiry = Enquiry.objects.get()
    for path in ("/admin/", "/admin/enquiries/", f"/admin/enquiries/{enquiry.pk}/"):
        html = admin.get(path, follow=True).content.decode()
        assert "<script>alert" not in html
        assert not re.search(r'<script nonce="[^"]*">alert', html)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/enquiries/", "/admin/images/", "/admin/users/"])
def test_nobody_sees_the_admin_without_a_login(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.django_db
def test_a_session_is_kept_from_scripts_and_from_other_sites(client: Client) -> None:
    user = UserFactory(admin=True)
    client.get("/admin/login/")
    answer = client.post("/admin/login/", {"username": user.username, "password": "saffran-kardemumma-9"})
    assert answer.cookies["sessionid"]["httponly"]
    assert answer.cookies["sessionid"]["samesite"] == "Lax"


# --- Production ------------------------------------------------------------------------------------------------------
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "not-a-secret-but-long-enough-and-of-many-different-letters-0123456789",
    "ALLOWED_HOSTS": "example.se",
    "BASE_URL": "https://example.se",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "ENQUIRY_NOTICE_TO": "staff@example.se",
}


def in_production(*words: str, without: str = "", tmp: Path) -> subprocess.CompletedProcess[str]:
    """`manage.py` with production's settings."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp), **PRODUCTION}
    environment.pop(without, None)
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=PROJECT_DIR, env=environment, capture_output=True, text=True
    )


def test_the_checks_for_production_find_nothing(tmp_path: Path) -> None:
    done = in_production("check", "--deploy", "--fail-level", "INFO", tmp=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("needed", ["SECRET_KEY", "BASE_URL"])
def test_production_does_not_start_without_its_secrets(needed: str, tmp_path: Path) -> None:
    done = in_production("check", without=needed, tmp=tmp_path)
    assert done.returncode != 0
    assert needed in done.stderr


def test_production_has_no_demo(tmp_path: Path) -> None:
    """No public passwords, no mailbox that shows everybody's mail."""
    words = "from django.conf import settings as s; from django.urls import get_resolver as g"
    words += "; print('demo' in s.INSTALLED_APPS, s.DEBUG, s.OUTBOX_CARRIER, 'mailbox' in str(g().reverse_dict.keys()))"
    done = in_production("shell", "--no-imports", "-c", words, tmp=tmp_path)
    assert done.stdout.split() == ["False", "False", "django.core.mail.backends.smtp.EmailBackend", "False"], (
        done.stderr
    )
