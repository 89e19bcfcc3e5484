"""Sample data: objects that are in no table, with the words of the demo's content files in each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from core.contact.facts import SiteFacts
from core.models import CustomImage, CustomRendition
from demo import content_files as content
from demo.blocks_from_content import RawValues
from experiences.models import ExperienceDate, ExperienceIndexPage, ExperiencePage, ProviderPage, Testimonial
from experiences.states import ExperienceState
from home.models import HomePage

BREAD, OUD, KITE = "baka-brod-pa-het-plat", "lyssna-pa-oud-i-skymningen", "bygg-en-drake-och-flyg-den"
# More letters, and a longer word, than any editor has written yet.
LONG_NAME = {
    "sv": "Muhammad Abd al-Rahman ibn Yusuf al-Mahmoudi Söderström-Wallengren",
    "en": "Muhammad Abd al-Rahman ibn Yusuf al-Mahmoudi Featherstonehaugh-Smythe",
    "ar": "محمّد عبد الرحمن بن يوسف بن إبراهيم المحموديّ الحلبيّ السودرستروميّ",
}
LONG_TITLE = {
    "sv": "Lussebullsbakningsförberedelser för nybörjare, grannar och alla andra som har lust att lära sig",
    "en": "Lussebullsbakningsförberedelser for beginners, neighbours and everyone else who would like to learn",
    "ar": "أفاستسقيناكموها؟ نسج للمبتدئين والجيران ولكل من يرغب في أن يتعلّم معنا شيئًا لم يعرفه من قبل",
}
LONG_NOTE = {
    "sv": "Pausad till mars. Mirwais bygger nya ramar och väntar på papper som håller för vinden över Helgasjön.",
    "en": "Paused until March. Mirwais builds new frames and waits for paper that stands the wind over the lake.",
    "ar": "متوقّفة حتى مارس. يصنع ميرويس أطرًا جديدة وينتظر ورقًا يحتمل ريح البحيرة.",
}
PAUSED = ExperienceState.PAUSED
# What is filled in by `_fill`: no relation, and no stream that holds pictures.
LEFT_OUT = {
    "category",
    "place",
    "providers",
    "skills",
    "testimonials",
    "dates",
    "picture",
    "portrait",
    "story",
    "gallery",
}


@dataclass(frozen=True)
class Samples:
    """Samples in one language: `Samples("ar").experience()`."""

    language: str

    # --- Pages ------------------------------------------------------------------------------------------------------
    def experience(self, name: str = BREAD, **values: Any) -> ExperiencePage:
        """As a list completes it for a card. `values`: what is to be otherwise."""
        written = content.read("sv", f"experiences/{name}")
        page = self._page(ExperiencePage, f"experiences/{name}")
        page.hosts = [self.host(slug) for slug in written["providers"]]
        category = content.snippets(self.language)["categories"][written["category"]]
        page.category_name, page.category_language = category["name"], self.language
        page.next_start = self.date().start
        return _with(page, values)

    def host(self, name: str = "samira-khoury", **values: Any) -> ProviderPage:
        page = self._page(ProviderPage, f"providers/{name}")
        page.cloth = name
        return _with(page, values)

    def _page(self, model: type[Any], name: str) -> Any:
        page = model(locale=Locale(language_code=self.language), live=True)
        _fill(page, name, self.language)
        return _placed(page)

    @property
    def swedish(self) -> Samples:
        return Samples(settings.LANGUAGE_CODE)

    @property
    def families_above(self) -> list[dict[str, Page]]:
        """The way to an experience, for the crumbs."""
        above = [
            self._page(HomePage, "pages/home"),
            self._page(ExperienceIndexPage, "pages/experiences"),
        ]
        return [{self.language: page} for page in above]

    # --- What is beside a page --------------------------------------------------------------------------------------
    def kind(self, key: str = "food") -> dict[str, str]:
        return {"name": content.snippets(self.language)["categories"][key]["name"], "language": self.language}

    def place(self, key: str = "our-kitchen") -> dict[str, str]:
        """As selectors.snippets_around gives it."""
        kind = content.snippets("sv")["places"][key]["kind"]
        written = content.snippets(self.language)["places"][key]
        return {"name": written["name"], "area": written.get("area", ""), "kind": kind, "language": self.language}

    def date(self, days: int = 9, seats: int = 5) -> ExperienceDate:
        day = timezone.localdate() + timedelta(days=days)
        start = datetime.combine(day, time(17), tzinfo=timezone.get_default_timezone())
        return ExperienceDate(start=start, seats=seats)

    def testimonial(self, key: str, **values: Any) -> Testimonial:
        """As TestimonialQuerySet.newest_on_show gives it."""
        written = content.snippets("sv")["testimonials"][key] | content.snippets(self.language)["testimonials"][key]
        return _with(Testimonial(locale=Locale(language_code=self.language), **written), values)

    def facts(self, **values: Any) -> SiteFacts:
        written = content.read("sv", "site")
        return SiteFacts(
            **{
                "name": settings.WAGTAIL_SITE_NAME,
                **{name: written[name] for name in ("phone", "email", "street", "postcode", "town", "answer_days")},
                **{name: time.fromisoformat(written[name]) for name in ("opens", "closes")},
                "social_links": tuple(written["social_links"]),
                "footer": content.read(self.language, "site")["footer"],
                "footer_language": self.language,
                **values,
            }
        )

    @property
    def long_name(self) -> str:
        return LONG_NAME[self.language]

    @property
    def long_title(self) -> str:
        return LONG_TITLE[self.language]

    @property
    def long_note(self) -> str:
        return LONG_NOTE[self.language]


def picture(key: str = "bread", photographer: str = "") -> CustomImage:
    """A picture without a file: its sizes are the demo's own file (views.picture)."""
    image = CustomImage(title=key, description="", photographer=photographer)
    url = reverse("styleguide_picture", args=[key])

    def sizes(*specs: str) -> dict[str, CustomRendition]:
        return {spec: _size(image, spec, url) for spec in specs}

    setattr(image, "get_renditions", sizes)  # noqa: B010 (a method of this one object)
    return image


def _size(image: CustomImage, spec: str, url: str) -> CustomRendition:
    across, up = 1280, 1600
    if cut := re.search(r"fill-(\d+)x(\d+)", spec):
        width, height = int(cut[1]), int(cut[2])
    else:
        width = int(re.search(r"width-(\d+)", spec)[1])  # type: ignore[index]  # our templates use these two
        height = width * up // across
    rendition = CustomRendition(image=image, filter_spec=spec, width=width, height=height)
    rendition.__dict__["file"] = SimpleNamespace(url=url)
    return rendition


def stream(field_name: str, values: list[Any]) -> Any:
    """The value of one of ExperiencePage's streams of one kind of block."""
    block: Any = ExperiencePage._meta.get_field(field_name).stream_block
    (name,) = block.child_blocks
    return block.to_python([{"type": name, "value": value, "id": str(n)} for n, value in enumerate(values)])


def recording() -> SimpleNamespace:
    """A file that a player names and, preload="none", does not load."""
    return SimpleNamespace(url="/styleguide/recording.mp3")


def _with(thing: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        setattr(thing, name, value)
    return thing


def _fill(page: Page, name: str, language: str) -> None:
    """Plain fields and streams, as demo.loader reads them; what a translation leaves out is as in Swedish."""
    raw = RawValues(name, lambda kind, key: None)
    written = _merged(content.read("sv", name), content.read(language, name))
    names = {field.name for field in page._meta.get_fields()} - LEFT_OUT
    for field_name in names & set(written) - {"body"}:
        field, value = page._meta.get_field(field_name), written[field_name]
        if isinstance(field, StreamField):
            value = field.stream_block.to_python(raw.stream(field, value))
        setattr(page, field_name, value)


def _merged(swedish: Any, translated: Any) -> Any:
    if isinstance(swedish, dict):
        return {key: _merged(value, translated.get(key, value)) for key, value in swedish.items()}
    if isinstance(swedish, list) and len(swedish) == len(translated):
        return [_merged(*pair) for pair in zip(swedish, translated, strict=True)]
    return translated


def _placed(page: Page) -> Page:
    """In the tree of its language, or in the Swedish one where there is none: for its address."""
    roots = {root.language_code: root.root_path for root in Site.get_site_root_paths()}
    root = roots.get(page.locale.language_code) or roots.get(settings.LANGUAGE_CODE, "/")
    page.url_path = root if isinstance(page, HomePage) else f"{root}{page.slug}/"
    return page
