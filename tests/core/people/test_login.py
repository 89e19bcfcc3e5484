"""The page on which editors and staff log in speaks their language."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_who_logs_in_reads_every_field_in_swedish(client):
    html = client.get(reverse("wagtailadmin_login")).text
    labels = [
        re.sub(r"<[^>]+>", "", label).strip(" *\n") for label in re.findall(r"<label.*?</label>", html, re.DOTALL)
    ]
    assert labels == ["Användarnamn", "Lösenord", "Kom ihåg mig"]
