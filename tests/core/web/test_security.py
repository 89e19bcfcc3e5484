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
from django.urls import reverse

from core.web import deploy_checks
from tests.factories import StandardPageFactory, UserFactory

PROJECT_DIR = Path(__file__).resolve().parents[3]
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
        assert ("no-cache" if answer is with_errors else "no-store") in answer["Cache-Control"]  # Back shows the form.


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/sv/", 200),
        ("get", "/", 302),
        ("get", "/sv/nothing-here/", 404),
        ("put", "/sv/", 405),
        ("get", "/static/icons/mark-180.png", 200),
        ("get", "/static/nothing.css", 404),
        ("get", "/media/nothing.jpg", 404),
        ("get", "/cloth/samira-khoury.png", 200),
        ("get", "/admin/login/", 200),
        ("get", "/admin/", 302),
    ],
)
def test_every_answer_forbids_what_no_page_uses(
    pages: SimpleNamespace, settings: Any, client: Client, method: str, path: str, status: int
) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # nothing is gathered here
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_an_error_forbids_it_too(pages: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.translation.routing.find", lambda *args: 1 / 0)
    answer = Client(raise_request_exception=False).get("/sv/")
    assert answer.status_code == 500
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


# --- The admin -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_login_page_has_the_admins_policy(client: Client) -> None:
    answer = client.get("/admin/login/")
    nonces = set(re.findall(rb'nonce="([^"]+)"', answer.content))
    assert len(nonces) == 1
    assert policy(answer)["default-src"] == "'none'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


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
    for path in ("/admin/enquiries/quarantine/", f"/admin/enquiries/{enquiry.pk}/"):
        answer = admin.get(path)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "<script>alert" not in html
        assert not re.search(r'<script nonce="[^"]*">alert', html)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/enquiries/", "/admin/images/", "/admin/users/"])
def test_nobody_sees_the_admin_without_a_login(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_there_is_one_door_to_log_in_by(pages: SimpleNamespace, client: Client, language: str) -> None:
    """Wagtail brings a second one, for private pages, and a form for a page's password."""
    for path in ("login/", "authenticate_with_password/1/1/", ""):
        assert client.get(f"/{language}/_util/{path}").status_code == 404
        assert client.post(f"/{language}/_util/{path}", {"username": "editor", "password": "x"}).status_code == 405
    assert reverse("wagtailcore_login") == reverse("wagtailadmin_login") == "/admin/login/"


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
    "ALLOWED_HOSTS": "www.stunder.se",
    "BASE_URL": "https://www.stunder.se",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "Stunder <hej@stunder.se>",
    "ENQUIRY_NOTICE_TO": "staff@stunder.se",
    "TRUSTED_PROXY_COUNT": "1",
}
CHECKS = (
    deploy_checks.check_mail_addresses,
    deploy_checks.check_mail_server_settings,
    deploy_checks.check_limits_and_proxies,
    deploy_checks.check_base_url,
    deploy_checks.check_database,
)
NEEDED = sorted(set(PRODUCTION) - {"DJANGO_SETTINGS_MODULE"})


def in_production(*words: str, tmp: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` with production's settings."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=PROJECT_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp), **PRODUCTION, **changed},
        capture_output=True,
        text=True,
    )


def settings_in_production(names: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
    """The settings alone are read, as every command and server does first."""
    words = f"from config.settings import production as s; print(*(getattr(s, name, None) for name in {names.split()}))"
    return subprocess.run(
        [sys.executable, "-c", words],
        cwd=PROJECT_DIR,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": "site", **PRODUCTION, **changed},
        capture_output=True,
        text=True,
    )


def test_the_checks_for_production_find_nothing(tmp_path: Path) -> None:
    done = in_production("check", "--deploy", "--fail-level", "INFO", tmp=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_checks_for_production_find_an_example(tmp_path: Path) -> None:
    done = in_production("check", "--deploy", tmp=tmp_path, DEFAULT_FROM_EMAIL="Stunder <hej@example.se>")
    assert done.returncode != 0
    assert "(core.E001) DEFAULT_FROM_EMAIL is an example: hej@example.se." in done.stderr
    assert "HINT: Set DEFAULT_FROM_EMAIL to an e-mail address of your own." in done.stderr


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("core.E001", {"DEFAULT_FROM_EMAIL": "Stunder <hej@mail.example.com>"}),
        ("core.E001", {"DEFAULT_FROM_EMAIL": "Stunder"}),
        ("core.E002", {"ENQUIRY_NOTICE_TO": ["staff@stunder.se", "forfragan@example.se"]}),
        ("core.E002", {"ENQUIRY_NOTICE_TO": ["staff"]}),
        ("core.E002", {"ENQUIRY_NOTICE_TO": ["Staff <staff@stunder.se>"]}),
        ("core.E002", {"ENQUIRY_NOTICE_TO": ["staff@stunder.se anna@stunder.se"]}),
        ("core.E002", {"ENQUIRY_NOTICE_TO": []}),
        ("core.E003", {"ALLOWED_HOSTS": ["*"]}),
        ("core.E005", {"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": ""}}}),
        ("core.E006", {"EMAIL_HOST": "smtp.example.com"}),
        ("core.E006", {"EMAIL_HOST": "https://mail.stunder.se"}),
        ("core.E006", {"EMAIL_HOST": "mail.stunder.se.."}),
        ("core.E006", {"EMAIL_PORT": 99999}),
        ("core.E007", {"TRUSTED_PROXY_COUNT": 99}),
        ("core.E008", {"ENQUIRY_RATE_PER_HOUR": 0}),
        ("core.E008", {"MAIL_CAPS": {"all": (0, 0)}}),
        ("core.E003", {"ALLOWED_HOSTS": ["stunder.se"]}),
        ("core.E004", {"WAGTAILADMIN_BASE_URL": "https://example.se", "ALLOWED_HOSTS": ["example.se"]}),
        ("core.E005", {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}),
        ("", {}),
    ],
)
def test_the_checks_for_production_name_what_cannot_be_right(code: str, changed: dict[str, Any]) -> None:
    right = SimpleNamespace(
        DEFAULT_FROM_EMAIL="Stunder <hej@stunder.se>",
        ENQUIRY_NOTICE_TO=["staff@stunder.se"],
        ALLOWED_HOSTS=[".stunder.se", "www.stunder.se"],
        WAGTAILADMIN_BASE_URL="https://www.stunder.se",
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "stunder"}},
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=25,
        TRUSTED_PROXY_COUNT=1,
        ENQUIRY_RATE_PER_HOUR=6,
        MAIL_CAPS={"all": (200, 1000)},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deploy_checks, "settings", SimpleNamespace(**vars(right) | changed))
        found = [fault.id for check in CHECKS for fault in check()]
    assert found == [code] * bool(code)


def test_production_does_not_start_without_what_only_the_operator_knows() -> None:
    """All is said at once: an operator sets it once."""
    done = settings_in_production(**dict.fromkeys(NEEDED, " "))
    assert done.returncode != 0
    said = done.stderr.rpartition("Set these environment variables:")[2]
    assert sorted(re.findall(r"^  ([A-Z_]+): \w", said, re.MULTILINE)) == NEEDED
    assert len(NEEDED) == 8


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "http://www.stunder.se"),
        ("BASE_URL", "www.stunder.se"),
        ("BASE_URL", "https://www.stunder.se/sv/"),
        ("BASE_URL", "https://www.stunder.se#x"),
        ("BASE_URL", "https://anna:secret@www.stunder.se"),
        ("BASE_URL", "https://www.stunder.se:abc"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("EMAIL_PORT", "smtp"),
        ("EMAIL_USE_TLS", "ja"),
        ("SECURE_HSTS_PRELOAD", "2"),
    ],
)
def test_production_does_not_start_with_a_value_of_no_sense(name: str, value: str) -> None:
    done = settings_in_production(**{name: value})
    assert done.returncode != 0
    assert f"{name}={value}" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "EMAIL_USE_TLS=1 or EMAIL_USE_SSL=1, not both"),
        ({"DATABASE_URL": "hello"}, "DATABASE_URL is not of the form"),
        ({"DATABASE_URL": "sqlite:///site.sqlite3"}, "DATABASE_URL must name a PostgreSQL server"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "DATABASE_URL must name a PostgreSQL server"),
        ({"DATABASE_URL": "mysql://root@127.0.0.1/site"}, "DATABASE_URL must name a PostgreSQL server"),
        ({"DATABASE_URL": "postgresql://root@127.0.0.1/"}, "DATABASE_URL must name a PostgreSQL server"),
    ],
)
def test_production_says_which_values_do_not_go_together(changed: dict[str, str], said: str) -> None:
    done = settings_in_production(**changed)
    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]


def test_notices_go_to_each_of_several_addresses() -> None:
    both = settings_in_production("ENQUIRY_NOTICE_TO", ENQUIRY_NOTICE_TO="staff@stunder.se; anna@stunder.se")
    assert both.stdout == "['staff@stunder.se', 'anna@stunder.se']\n"


def test_only_the_operator_binds_other_hosts_to_https() -> None:
    names = "SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD"
    assert settings_in_production(names).stdout.split() == ["31536000", "False", "False"]
    wanted = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "1", "SECURE_HSTS_PRELOAD": "yes"}
    assert settings_in_production(names, **wanted).stdout.split() == ["31536000", "True", "True"]


def test_a_forwarded_scheme_is_believed_of_a_proxy_only() -> None:
    assert "HTTP_X_FORWARDED_PROTO" in settings_in_production("SECURE_PROXY_SSL_HEADER").stdout
    assert settings_in_production("SECURE_PROXY_SSL_HEADER", TRUSTED_PROXY_COUNT="0").stdout == "None\n"


def test_production_has_no_demo(tmp_path: Path) -> None:
    """No public passwords, no mailbox that shows everybody's mail."""
    words = "from django.conf import settings as s; from django.urls import get_resolver as g"
    words += "; print('demo' in s.INSTALLED_APPS, s.DEBUG, s.OUTBOX_CARRIER, 'mailbox' in str(g().reverse_dict.keys()))"
    done = in_production("shell", "--no-imports", "-c", words, tmp=tmp_path)
    assert done.stdout.split() == ["False", "False", "core.mail.smtp.EmailBackend", "False"], done.stderr
