"""`{% kept %}`: a part of a page is rendered once for each version of the content."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.template import RequestContext, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from core.web.page_cache import memory
from core.web.page_cache.memory import VERSION

FACTORY = RequestFactory()
ONCE = '{% load kept_tags %}{% kept "test.part" number %}{{ drawn }}{% endkept %}'
CLOTH = '{% load core_tags kept_tags %}{% kept "test.card" name %}{% weave name "mark" %}{% endkept %}'


def rendered(template: str, version: object = "v1", host: str = "localhost", **values: Any) -> str:
    request = FACTORY.get("/sv/", **({VERSION: version} if version else {}), HTTP_HOST=host)
    return Template(template).render(RequestContext(request, {"number": 1, **values}))


def ids(html: str) -> list[str]:
    return re.findall(r'id="(\w+)"', html)


@pytest.fixture(autouse=True)
def _nothing_is_kept_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_values", memory.Values())


def test_a_part_is_rendered_once_a_version():
    assert [rendered(ONCE, drawn=word) for word in ("first", "second")] == ["first", "first"]
    assert rendered(ONCE, version="v2", drawn="third") == "third"


def test_parts_of_other_values_languages_and_hosts_are_others(settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert rendered(ONCE, drawn="of 1") == "of 1"
    assert rendered(ONCE, drawn="of 2", number=2) == "of 2"
    assert rendered(ONCE, drawn="of a neighbour", host="example.org") == "of a neighbour"
    with override("ar"):
        assert rendered(ONCE, drawn="Arabic") == "Arabic"


def test_without_a_version_or_a_value_it_is_rendered_each_time():
    assert [rendered(ONCE, version=None, drawn=word) for word in "ab"] == ["a", "b"]
    assert [rendered(ONCE, drawn=word, number=None) for word in "ab"] == ["a", "b"]
    assert [rendered(ONCE, drawn=word, number="") for word in "ab"] == ["a", "b"]


def test_a_cloth_in_a_kept_part_has_ids_of_its_own_on_each_page():
    above = '{% load core_tags %}{% weave name "mark" %}'
    anew = [rendered(page, version=None, name="Samira") for page in (CLOTH, CLOTH + CLOTH, above + CLOTH)]
    for _time in range(2):
        kept = [rendered(page, name="Samira") for page in (CLOTH, CLOTH + CLOTH, above + CLOTH)]
        assert kept == anew
    assert len(ids(anew[1])) == len(set(ids(anew[1]))) == 2 * len(ids(anew[0]))


def test_what_follows_a_kept_part_knows_its_cloths():
    page = CLOTH + '{% weave name "mark" %}'
    assert rendered(page, name="Samira") == rendered(page, name="Samira") == rendered(page, version=None, name="Samira")


def test_parts_are_bounded_in_bytes_and_the_one_not_used_for_longest_goes_first(monkeypatch):
    monkeypatch.setattr(memory, "MOST_BYTES", 3 * 21_000)
    long = "x" * 10_000
    for number in (1, 2):
        rendered(ONCE, number=number, drawn=long)
    assert rendered(ONCE, number=1, drawn="new") == long
    for number in (3, 4):
        rendered(ONCE, number=number, drawn=long)
    assert rendered(ONCE, number=1, drawn="new") == long
    assert rendered(ONCE, number=2, drawn="new") == "new"
    assert memory._values._bytes <= memory.MOST_BYTES


def test_a_part_needs_a_name():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load kept_tags %}{% kept %}{% endkept %}")


@pytest.mark.django_db
def test_a_page_of_kept_parts_costs_one_query(catalogue):
    """That for the page itself. A list that is filtered for the first time asks for its number and its keys too."""
    visitor, listed = Client(**{VERSION: "v1"}), catalogue.experiences.url
    for address in ("/sv/", catalogue.experience.url, catalogue.provider.url, catalogue.providers.url, listed):
        visitor.get(address)
        assert asked_by(visitor, address) == 1, address
    filtered = f"{listed}?people=4"
    assert [asked_by(visitor, filtered) for _time in range(2)] == [3, 1]


def asked_by(visitor: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert visitor.get(address).status_code == 200
    return len(captured)
