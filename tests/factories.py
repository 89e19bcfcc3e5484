"""Things to test with. Values are fixed, never random: a failure comes back. Traits name the cases."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image as PillowImage
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.models import CustomDocument, CustomImage, SiteSettings, User
from experiences.models import (
    Category,
    ExperienceDate,
    ExperienceIndexPage,
    ExperiencePage,
    ExperienceProvider,
    ExperienceTestimonial,
    Place,
    ProviderIndexPage,
    ProviderPage,
    Skill,
    Testimonial,
)
from home.models import HomePage, StandardPage

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PASSWORD = "saffran-kardemumma-9"


def swedish() -> Locale:
    return Locale.objects.get_or_create(language_code="sv")[0]


class UserFactory(DjangoModelFactory):
    """Someone who logs in with PASSWORD. Traits for the groups stand beside the groups' own tests."""

    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)

    class Params:
        admin = factory.Trait(username="admin", is_staff=True, is_superuser=True)


class ImageFactory(DjangoModelFactory):
    """A plain picture of one colour that describes itself."""

    class Meta:
        model = CustomImage

    title = factory.Sequence(lambda n: f"Picture {n}")
    description = "Hands lift a bread from a griddle."

    class Params:
        size = (1200, 900)

    @factory.lazy_attribute
    def file(self) -> ContentFile[bytes]:
        data = BytesIO()
        PillowImage.new("RGB", self.size, "#b5482a").save(data, "JPEG")
        return ContentFile(data.getvalue(), name="picture.jpg")


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = CustomDocument

    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.LazyFunction(lambda: ContentFile(b"WEBVTT\n", name="words.vtt"))


# --- Snippets -----------------------------------------------------------------------------------------------------
class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("slug", "locale")

    name = "Mat"
    slug = "mat"
    locale = factory.LazyFunction(swedish)


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    name = "Vårt kök"
    area = "i centrala Växjö"
    address = "Storgatan 1"
    locale = factory.LazyFunction(swedish)


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    name = factory.Sequence(lambda n: f"Kunskap {n}")
    locale = factory.LazyFunction(swedish)


class TestimonialFactory(DjangoModelFactory):
    __test__ = False  # pytest: a factory, no test

    class Meta:
        model = Testimonial

    words = "Jag visste inte att bröd kunde vara så tunt."
    guest = "Ingrid, gäst i oktober"
    locale = factory.LazyFunction(swedish)

    class Params:
        in_arabic = factory.Trait(original="لم أكن أعرف أن الخبز يمكن أن يكون رقيقًا هكذا.", original_language="ar")


# --- Pages --------------------------------------------------------------------------------------------------------
class PageFactory(DjangoModelFactory):
    """A Swedish page under `parent`, published as an editor's would be; `draft=True` leaves it a draft.

    Related rows are given as lists: `dates=[ExperienceDate(…)]`.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, parent: Page, draft: bool = False, **values: Any) -> Page:
        values.setdefault("locale", parent.locale if parent.depth > 1 else swedish())
        # Who refers to whom is asked in the admin only; writing it down takes a sixth of a page's making.
        with disable_reference_index_auto_update():
            page = parent.add_child(instance=model_class(live=False, **values))
            revision = page.save_revision()
            if not draft:
                revision.publish()
        return model_class.objects.get(pk=page.pk)


def page_root() -> Page:
    """The tree's root; made again if a test with real transactions has emptied the tables."""
    return Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Startsidor", slug="root", locale=swedish())
    )


class HomePageFactory(PageFactory):
    """The site's first page: the one that a fresh site has, or a new one where the tables are empty."""

    class Meta:
        model = HomePage

    title = "Sociala upplevelsepresenter"
    slug = "home"
    headline = "Lär dig något du inte visste att Växjö kunde"
    lead = "Människor som bor här öppnar sitt kök och sin verkstad."

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **values: Any) -> Page:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            home = super()._create(model_class, parent=page_root(), **values)
            site = Site.objects.create(
                hostname="localhost", root_page=home, is_default_site=True, site_name=values["title"]
            )
        home = site.root_page.specific
        for name, value in values.items():
            setattr(home, name, value)
        home.save_revision().publish()
        SiteSettings.objects.get_or_create(site=site)
        return model_class.objects.get(pk=home.pk)


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage

    parent = factory.SubFactory(HomePageFactory)
    title = "Om oss"
    slug = factory.Sequence(lambda n: f"om-oss-{n}")
    lead = "Vilka vi är."
    show_in_footer = True
    body = factory.LazyFunction(
        lambda: [
            {
                "type": "paragraphs",
                "id": "5b1f7c1e-0000-4000-8000-000000000001",
                "value": {"heading": "Du frågar, vi svarar", "text": "<p>En förfrågan binder dig inte.</p>"},
            }
        ]
    )


class ExperienceIndexPageFactory(PageFactory):
    """The list of experiences: there is one, so that a second call gives it again."""

    class Meta:
        model = ExperienceIndexPage

    parent = factory.SubFactory(HomePageFactory)
    title = "Upplevelser"
    slug = "upplevelser"
    lead = "Välj något att lära dig."

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **values: Any) -> Page:
        return model_class.objects.child_of(values["parent"]).first() or super()._create(model_class, **values)


class ProviderIndexPageFactory(ExperienceIndexPageFactory):
    """The list of hosts: there is one."""

    class Meta:
        model = ProviderIndexPage

    title = "Värdarna"
    slug = "vardarna"
    lead = "De som bjuder in."


class ProviderPageFactory(PageFactory):
    """A host with a short story: a skill, a moment, a quote with its original words."""

    class Meta:
        model = ProviderPage

    parent = factory.SubFactory(ProviderIndexPageFactory)
    title = "Samira Khoury"
    slug = factory.Sequence(lambda n: f"samira-khoury-{n}")
    pronunciation = "sa-MI-ra KHO-ri"
    line = "Bakar tunt bröd på het plåt för den som vill ha mjöl på händerna."
    short_line = "bröd på het plåt"
    story = factory.LazyFunction(
        lambda: [
            {
                "type": "skill",
                "id": "5b1f7c1e-0000-4000-8000-000000000011",
                "value": {
                    "what": "Jag bakar bröd så tunt att man kan läsa genom det.",
                    "taught_by": "Min farmor höll mig i handlederna tills de förstod.",
                    "hard": "Hettan. Man hör den innan man ser den.",
                    "proud_of": "Mitt tunnaste bröd vägde trettiofem gram.",
                },
            },
            {
                "type": "moment",
                "id": "5b1f7c1e-0000-4000-8000-000000000012",
                "value": {"text": "Fönstret immar igen. Åtta personer står tysta runt plåten.", "wall": "ros"},
            },
            {
                "type": "quote",
                "id": "5b1f7c1e-0000-4000-8000-000000000013",
                "value": {
                    "words": "Brödet väntar inte på någon.",
                    "original": "الخبز لا ينتظر أحدًا.",
                    "original_language": "ar",
                    "speaker": "Min farmor",
                },
            },
        ]
    )


class ExperiencePageFactory(PageFactory):
    """An experience at 450 kr, three hours, four to eight guests, hosted by `providers`, on `dates`."""

    class Meta:
        model = ExperiencePage

    parent = factory.SubFactory(ExperienceIndexPageFactory)
    title = "Baka bröd på het plåt"
    slug = factory.Sequence(lambda n: f"baka-brod-{n}")
    summary = "Du bakar ditt eget bröd på en välvd plåt. Sedan äter vi det tillsammans."
    category = factory.SubFactory(CategoryFactory)
    place = factory.SubFactory(PlaceFactory)
    price = 450
    price_covers = "mjöl, tillbehör, te och förkläde"
    duration = 180
    group_min = 4
    group_max = 8
    languages = ["sv", "ar"]
    some_languages = ["en"]
    by_agreement = True
    lead_days = 10
    included = factory.LazyFunction(
        lambda: [{"type": "item", "id": "5b1f7c1e-0000-4000-8000-000000000021", "value": "Te med mynta"}]
    )
    as_gift = "Den som får presenten väljer dag själv."
    # A list of ProviderPage; None: one host is made. A list of datetimes; None: two dates far ahead.
    providers = None
    starts = None
    testimonials = ()

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **values: Any) -> Page:
        providers, starts, testimonials = (values.pop(name) for name in ("providers", "starts", "testimonials"))
        if providers is None:
            providers = [ProviderPageFactory()]
        if starts is None:
            year = timezone.now().year + 1
            starts = [datetime(year, 2, 4, 17, 0, tzinfo=STOCKHOLM), datetime(year, 3, 11, 17, 0, tzinfo=STOCKHOLM)]
        values["experience_providers"] = [ExperienceProvider(provider=provider) for provider in providers]
        values["dates"] = [ExperienceDate(start=start, seats=8) for start in starts]
        values["experience_testimonials"] = [ExperienceTestimonial(testimonial=said) for said in testimonials]
        return super()._create(model_class, **values)


def home_page() -> HomePage:
    """The Swedish home page, the site's root, published."""
    page: HomePage = HomePage.objects.get(locale=swedish())
    return page


def once(page_factory: type[PageFactory], *, slug: str, **values: Any) -> Any:
    """The Swedish page of that slug: the one that is there already, or a new one."""
    there = page_factory._meta.model.objects.filter(slug=slug, locale=swedish()).first()
    return there or page_factory(slug=slug, **values)


def make_catalogue() -> SimpleNamespace:
    """Both lists with one provider and one experience of hers, in Swedish; what is there already is given again.

    Has: home, experiences, providers (the lists), provider, experience.
    """
    home = home_page()
    experiences, providers = ExperienceIndexPageFactory(parent=home), ProviderIndexPageFactory(parent=home)
    provider = once(ProviderPageFactory, slug="samira-khoury", parent=providers)
    experience = once(ExperiencePageFactory, slug="baka-brod", parent=experiences, providers=[provider])
    return SimpleNamespace(
        home=home, experiences=experiences, providers=providers, provider=provider, experience=experience
    )
