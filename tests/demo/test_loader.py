"""The demo is loaded once. One load, one test: it takes as long as thirty others."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db.models import Count
from django.test import Client
from wagtail.models import Page, Revision, Site
from wagtail_localize.models import StringTranslation

from core.models import CustomImage, OutgoingMail, SiteSettings
from core.web.page_cache.memory import VERSION
from core.web.page_cache.tables import content_tables
from demo import loader
from demo.models import LoadedStep
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.models import ExperiencePage, ProviderPage
from home.models import StandardPage
from search.models import SearchEntry
from tests.core.web.page_cache.recorder import tables_in_use
from tests.demo.seeded import seeding_is_exact_repeatable_and_undone

# Read by pages and changed by migrations only.
NOT_ANNOUNCED = {"django_content_type"}
COUNTED = (Page, Revision, StringTranslation, CustomImage, Enquiry, TimelineEntry, OutgoingMail, SearchEntry)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_demo_is_loaded_once_and_never_over_an_editors_work(monkeypatch, queries):
    """Killed before its last step, changed by an editor, and started again: the rest is loaded, nothing else.

    Then it is seeded (manage.py seed_catalogue).
    """
    taken: list[str] = []
    load_and_be_killed(monkeypatch, taken)
    assert "Demo: enquiries" not in taken
    assert not Enquiry.objects.exists(), "half a step is none"
    there_are_seven_of_each_in_three_languages()
    bread, contact = an_editor_works()
    before = counts()

    taken.clear()
    loader.load(taken.append)
    assert taken == ["Demo: enquiries"]
    assert len(set(Enquiry.objects.values_list("status", flat=True))) == len(Enquiry.Status)
    assert set(Enquiry.objects.values_list("language", flat=True)) == {"sv", "en", "ar"}
    after = counts()
    assert {name for name in after if after[name] != before[name]} == {"Enquiry", "TimelineEntry", "OutgoingMail"}

    taken.clear()
    loader.load(taken.append)
    assert (taken, counts()) == ([], after)
    bread.refresh_from_db()
    contact.refresh_from_db()
    assert bread.title == "Baka bröd som en redaktör vill"
    assert contact.phone == "0470-11 22 33"
    assert not StandardPage.objects.filter(slug="om-oss").exists()
    assert LoadedStep.objects.count() == len(list(loader.steps()))

    assert tables_that_pages_read() <= {*dict(content_tables()), *NOT_ANNOUNCED}
    pages_are_the_same_of_kept_parts()
    seeding_is_exact_repeatable_and_undone(queries)


def addresses() -> list[str]:
    """Of every page of the demo in every language, and of what is no page of Wagtail's."""
    codes = [code for code, _name in settings.LANGUAGES]
    pages = [page.relative_url(Site.objects.get()) for page in Page.objects.live().specific() if page.depth > 1]
    others = [f"/{code}/{path}" for code in codes for path in ("search/?q=a", "search/", "enquiry/", "nothing/")]
    return [*filter(None, pages), *others, "/", "/sitemap.xml", "/robots.txt", "/favicon.ico"]


def tables_that_pages_read() -> set[str]:
    with tables_in_use() as tables:
        for path in addresses():
            Client().get(path)
    return tables


def pages_are_the_same_of_kept_parts() -> None:
    """Each page twice with its parts kept, also those that other pages have left, beside the page made anew."""
    bread = ExperiencePage.objects.get(slug="baka-brod-pa-het-plat", locale__language_code="sv")
    filtered = [*bread.get_parent().get_translations(inclusive=True), *bread.get_translations(inclusive=True)]
    questions = ("?people=4", "?kind=mat&when=weekend", "?date=2030-01-05&purpose=gift")
    asked = [page.url + question for page in filtered for question in questions]
    visitor, kept = Client(), Client(**{VERSION: "the demo's"})
    for address in [*addresses(), *asked]:
        anew = visitor.get(address).content
        assert [kept.get(address).content for _time in range(2)] == [anew] * 2, address


def load_and_be_killed(monkeypatch: pytest.MonkeyPatch, taken: list[str]) -> None:
    def killed() -> None:
        Enquiry.objects.create(reference="HALF", submission="half", token="half", email="a@example.org", **PROMISED)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(loader, "load_enquiries", killed)
        with pytest.raises(KeyboardInterrupt):
            loader.load(taken.append)


def an_editor_works() -> tuple[ExperiencePage, SiteSettings]:
    bread = ExperiencePage.objects.get(slug="baka-brod-pa-het-plat", locale__language_code="sv")
    bread.title = "Baka bröd som en redaktör vill"
    bread.save_revision().publish()
    contact = SiteSettings.objects.get()
    contact.phone = "0470-11 22 33"
    contact.save()
    StandardPage.objects.get(slug="om-oss").delete()
    return bread, contact


PROMISED: dict[str, Any] = {"language": "sv", "page_language": "sv", "answer_due": "2031-01-01T12:00:00Z"}


def there_are_seven_of_each_in_three_languages() -> None:
    for model in (ExperiencePage, ProviderPage):
        live = model.objects.live().values("locale__language_code").annotate(n=Count("pk")).order_by()
        assert {row["locale__language_code"]: row["n"] for row in live} == {"sv": 7, "en": 7, "ar": 7}
    assert all(page.dates_to_come for page in ExperiencePage.objects.live() if not page.by_agreement)
