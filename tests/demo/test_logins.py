"""Somebody for each role, in the demo only."""

import json

import pytest
from django.conf import settings
from django.contrib.auth import authenticate

from core.models import User
from core.people import roles
from demo.logins import LOGINS, make_logins, save_logins

pytestmark = pytest.mark.django_db


def test_each_role_has_a_login_that_works():
    make_logins()
    groups = {}
    for _role, username, password in LOGINS:
        user = authenticate(username=username, password=password)
        assert user, username
        groups[username] = list(user.groups.values_list("name", flat=True))
    assert sorted(name for names in groups.values() for name in names) == sorted(roles.ROLES)
    assert groups["admin"] == []
    assert User.objects.filter(is_superuser=True).count() == 1


def test_they_read_the_admin_in_swedish(client):
    make_logins()
    client.force_login(User.objects.get(username="staff"))
    html = client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="sv"' in html


def test_a_second_time_changes_nothing_not_even_a_new_password():
    make_logins()
    user = User.objects.get(username="editor")
    user.set_password("something else")
    user.save()
    make_logins()
    assert User.objects.count() == len(LOGINS)
    assert authenticate(username="editor", password="something else")


def test_they_are_left_for_the_greeting(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    save_logins()
    assert ["Editors", "editor", "demo-editor"] in json.loads((tmp_path / "logins.json").read_text())


def test_production_does_not_have_them():
    source = (settings.PROJECT_DIR / "site/config/settings/production.py").read_text()
    assert "demo" not in source.replace("no demo", "")
