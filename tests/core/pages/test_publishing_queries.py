"""How many queries it takes to save and publish a page, beside what Wagtail alone takes for the same page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page
from wagtail.signals import page_published

from core.models import CustomRendition
from core.pages.models import BasePage
from core.patches.originals import ORIGINALS
from experiences.models import ExperiencePage
from tests.experiences.test_editing import experience_form
from tests.factories import ExperiencePageFactory, ImageFactory, TestimonialFactory
from tests.translations import translate

OURS = 30
EACH_TRANSLATION = 40
UNCHANGED = 20

# Block ids are what tells wagtail-localize which block is which.
STORY = [
    {"type": "moment", "id": f"5b1f7c1e-0000-4000-8000-00000000003{n}", "value": {"text": f"Stund {n}.", "wall": "ros"}}
    for n in range(4)
]


@pytest.fixture
def experience(catalogue: Any) -> ExperiencePage:
    """One with a story, dates, a testimonial and translations into English and Arabic, all live."""
    page = ExperiencePageFactory(
        parent=catalogue.experiences,
        slug="vava",
        providers=[catalogue.provider],
        testimonials=[TestimonialFactory()],
        story=STORY,
    )
    for code in ("en", "ar"):
        translate(page, code)
    return ExperiencePage.objects.get(pk=page.pk)


def publish(page: ExperiencePage, **changed: Any) -> list[str]:
    """Save and publish, as an editor's button does; the SQL of it."""
    page = ExperiencePage.objects.get(pk=page.pk)
    for name, value in changed.items():
        setattr(page, name, value)
    with CaptureQueriesContext(connection) as captured:
        page.save_revision().publish()
    return [query["sql"] for query in captured.captured_queries]


@pytest.fixture
def wagtail_alone(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Take out, for the rest of the test, what this site adds to a publication."""

    def take_out() -> None:
        monkeypatch.setattr(BasePage, "save", Page.save)
        monkeypatch.setattr(PublishRevisionAction, "execute", ORIGINALS[PublishRevisionAction, "execute"])
        ours = ("core.", "search.", "experiences.", "home.")
        kept = [row for row in page_published.receivers if not _module(row).startswith(ours)]
        monkeypatch.setattr(page_published, "receivers", kept)
        page_published.sender_receivers_cache.clear()

    return take_out


def _module(row: Any) -> str:
    """Of a receiver: Django keeps a weak reference to it."""
    return str(getattr(row[1](), "__module__", ""))


@pytest.fixture(autouse=True)
def _receivers_come_back() -> Iterator[None]:
    yield
    page_published.sender_receivers_cache.clear()


def told(sql: list[str]) -> str:
    """The queries, shortened, the most frequent first: what a failed comparison shows."""
    return "\n".join(f"{count:4} {text}" for text, count in Counter(line[:110] for line in sql).most_common())


def test_a_changed_price_costs_little_more_than_wagtail_alone(experience, wagtail_alone):
    publish(experience, price=451)
    ours = publish(experience, price=460)
    assert set(ExperiencePage.objects.values_list("price", flat=True).filter(slug__startswith="vava")) == {460}
    wagtail_alone()
    floor = publish(experience, price=470)
    assert len(ours) <= len(floor) + OURS + 2 * EACH_TRANSLATION, told(ours)


def test_the_same_again_costs_hardly_more_than_wagtail_alone(experience, wagtail_alone):
    publish(experience, price=451)
    ours = publish(experience)
    wagtail_alone()
    floor = publish(experience)
    assert len(ours) <= len(floor) + UNCHANGED, told(ours)


def test_an_editor_waits_for_no_picture_sizes(admin, catalogue):
    """They are made when a reader's page asks for them."""
    form = experience_form(catalogue, picture=ImageFactory().pk, picture_alt="Händer")
    address = reverse("wagtailadmin_pages:add", args=["experiences", "experiencepage", catalogue.experiences.pk])
    assert admin.post(address, form | {"action-publish": "1"}).status_code == 302
    assert ExperiencePage.objects.get(slug="vava-ett-band").live
    assert not CustomRendition.objects.exists()
