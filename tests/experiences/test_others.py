"""What an experience's page leads on to: three other experiences, each with its reason, and ways to tell others."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from experiences.models import ExperienceDate, ExperiencePage
from experiences.states import ExperienceState
from tests.factories import CategoryFactory, ExperiencePageFactory, ProviderPageFactory

ADDRESS = "/sv/upplevelser/baka-brod/"
IN_THREE_DAYS = timezone.now() + timedelta(days=3)


@pytest.fixture
def others(catalogue):
    """Four besides Samira's bread: hers, one of its kind, one soon, one on any day."""
    parent, nour = catalogue.experiences, ProviderPageFactory(parent=catalogue.providers, title="Nour", slug="nour")
    craft = CategoryFactory(slug="craft", name="Hantverk")
    make = {"parent": parent, "providers": [nour]}
    some_day = ExperiencePageFactory(**make, title="Någon dag", slug="nagon-dag", category=craft)
    soon = ExperiencePageFactory(**make, title="Snart", slug="snart", category=craft)
    ExperienceDate.objects.create(page=soon, start=IN_THREE_DAYS, seats=4)
    kind = ExperiencePageFactory(**make, title="Samma sort", slug="sort", category=catalogue.experience.category)
    hers = ExperiencePageFactory(parent=parent, providers=[catalogue.provider], title="Också hennes", slug="hennes")
    return {"some day": some_day, "soon": soon, "kind": kind, "hers": hers}


def offered(client) -> list[tuple[str, str]]:
    """Reason and title of each."""
    shown = client.get(ADDRESS).content.decode().split('"section others')[-1]
    cards = re.findall(r'card__why">(.+?)</p>.*?card__title"><a[^>]*>(.+?)</a>', shown, re.DOTALL)
    return [(why, title) for why, title in cards]


def test_first_the_same_host_then_the_same_kind_then_the_next_day(client, catalogue, others):
    assert offered(client) == [
        ("Också med Samira Khoury", "Också hennes"),
        ("Samma sort: Mat", "Samma sort"),
        ("Snart", "Snart"),
    ]


def test_what_is_paused_is_never_offered(client, catalogue, others):
    paused = [others["hers"].pk, others["soon"].pk]
    ExperiencePage.objects.filter(pk__in=paused).update(state=ExperienceState.PAUSED)
    assert [title for _, title in offered(client)] == ["Samma sort", "Någon dag"]


def test_alone_in_the_list_it_leads_to_none(client, catalogue):
    shown = client.get(ADDRESS).content.decode()
    assert "section others" not in shown
    assert "?purpose=question#form" in shown


def test_a_page_is_told_of_by_mail_by_text_message_and_by_its_address(client, catalogue):
    shown = client.get(ADDRESS).content.decode()
    address = re.search(r'id="share-address"[^>]* value="([^"]+)"', shown)[1]
    assert address.endswith(ADDRESS)
    mail = re.search(r'href="mailto:\?([^"]+)"', shown)[1]
    assert parse_qs(unescape(mail)) == {"subject": ["Baka bröd på het plåt"], "body": [address]}
