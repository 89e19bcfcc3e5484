"""How many queries it takes to save and publish a page, beside what Wagtail alone takes for the same page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page
from wagtail.signals import page_published

from core.models import CustomRendition
from core.pages.models import BasePage
from core.patches.originals import ORIGINALS
from experiences.models import (
    ExperienceDate,
    ExperiencePage,
    ExperienceProvider,
    ExperienceTestimonial,
    ProviderPage,
    Testimonial,
)
from tests.experiences.test_editing import experience_form
from tests.factories import (
    ExperiencePageFactory,
    ImageFactory,
    ProviderPageFactory,
    SkillFactory,
    TestimonialFactory,
    make_catalogue,
    once,
)
from tests.template_database import prepared
from tests.translations import translate, translated_once

OURS = 30
EACH_TRANSLATION = 40
UNCHANGED = 20

# Block ids are what tells wagtail-localize which block is which.
STORY = [
    {"type": "moment", "id": f"5b1f7c1e-0000-4000-8000-00000000003{n}", "value": {"text": f"Stund {n}.", "wall": "ros"}}
    for n in range(4)
]


@prepared
def experience() -> ExperiencePage:
    """One with a story, dates, a testimonial and two translations, all live. A second host waits."""
    catalogue = make_catalogue()
    once(ProviderPageFactory, slug="nour", parent=catalogue.providers)
    page = once(
        ExperiencePageFactory,
        slug="vava",
        parent=catalogue.experiences,
        providers=[catalogue.provider],
        starts=[timezone.now() + timedelta(days=30 + day) for day in range(6)],
        testimonials=[Testimonial.objects.filter(locale__language_code="sv").first() or TestimonialFactory()],
        story=STORY,
    )
    for code in ("en", "ar"):
        translated_once(page, code)
    return ExperiencePage.objects.get(pk=page.pk)


Change = Callable[[Any], None]


def publish(page: Any, change: Change | None = None) -> list[str]:
    """Change, save and publish a page, as an editor's button does; the SQL of it."""
    page = type(page).objects.get(pk=page.pk)
    if change:
        change(page)
    with CaptureQueriesContext(connection) as captured:
        page.save_revision().publish()
    return [query["sql"] for query in captured.captured_queries]


def a_price(page: ExperiencePage) -> None:
    page.price += 1


def a_date(page: ExperiencePage) -> None:
    page.dates.add(ExperienceDate(start=timezone.now() + timedelta(days=40 + page.dates.count()), seats=4))


def all_dates(page: ExperiencePage) -> None:
    page.dates = [ExperienceDate(start=date.start + timedelta(days=1), seats=date.seats) for date in page.dates.all()]


def the_hosts(page: ExperiencePage) -> None:
    """Another one, or none but the first again."""
    rows = list(page.experience_providers.all())
    other = ProviderPage.objects.exclude(pk=rows[0].provider_id).filter(locale=page.locale).get()
    new = ExperienceProvider(provider=other, sort_order=1)
    page.experience_providers = [rows[0]] if len(rows) > 1 else [rows[0], new]


def the_testimonials(page: ExperiencePage) -> None:
    rows = list(page.experience_testimonials.all())
    new = ExperienceTestimonial(testimonial=Testimonial.objects.filter(locale=page.locale).first())
    page.experience_testimonials = [] if rows else [new]


def all_of_these(page: ExperiencePage) -> None:
    for change in (a_price, a_date, the_hosts, the_testimonials):
        change(page)


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


@pytest.mark.parametrize("change", [a_price, a_date, all_dates, the_hosts, the_testimonials, all_of_these])
def test_a_change_that_languages_share_costs_little_more_than_wagtail_alone(experience, wagtail_alone, change):
    publish(experience, change)
    ours = publish(experience, change)
    rows = ExperiencePage.objects.filter(translation_key=experience.translation_key)
    facts = [(row.price, row.dates.count(), row.experience_providers.count()) for row in rows]
    assert facts == facts[:1] * 3
    wagtail_alone()
    publish(experience, change)
    floor = publish(experience, change)
    assert len(ours) <= len(floor) + OURS + 2 * EACH_TRANSLATION, told(ours)


@pytest.mark.parametrize("change", [a_price, a_date, all_of_these])
def test_drafts_and_hours_that_wait_in_other_languages_cost_little_more(experience, wagtail_alone, change):
    for page in ExperiencePage.objects.filter(translation_key=experience.translation_key).exclude(pk=experience.pk):
        page.title, page.go_live_at = f"{page.title}!", timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
        page.title = f"{page.title}!"
        page.save_revision()
    publish(experience, change)
    ours = publish(experience, change)
    rows = ExperiencePage.objects.filter(translation_key=experience.translation_key)
    others = rows.exclude(pk=experience.pk)
    versions = [revision.as_object() for row in others for revision in row.revisions.order_by("-pk")[:2]]
    swedish = rows.get(pk=experience.pk)
    assert {(page.price, page.dates.count()) for page in versions} == {(swedish.price, swedish.dates.count())}
    wagtail_alone()
    publish(experience, change)
    floor = publish(experience, change)
    assert len(ours) <= len(floor) + OURS + 2 * EACH_TRANSLATION, told(ours)


def test_a_hosts_skills_cost_the_same_for_thirteen_experiences(catalogue, wagtail_alone):
    host = catalogue.provider
    for number in range(12):
        ExperiencePageFactory(parent=catalogue.experiences, slug=f"vava-{number}", providers=[host])
    for code in ("en", "ar"):
        translate(host, code)
    skills = [SkillFactory(), SkillFactory()]

    def skill(page: ProviderPage) -> None:
        page.skills = skills[:1] if page.skills.count() > 1 else skills

    publish(host, skill)
    ours = publish(host, skill)
    wagtail_alone()
    publish(host, skill)
    assert len(ours) <= len(publish(host, skill)) + OURS + 2 * EACH_TRANSLATION, told(ours)


def test_the_same_again_costs_hardly_more_than_wagtail_alone(experience, wagtail_alone):
    publish(experience, a_price)
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
