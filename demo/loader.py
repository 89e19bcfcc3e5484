"""Loads the demo: logins, pictures, the catalogue in three languages, a dozen enquiries.

In steps, each with its LoadedStep row in one transaction: an interrupted load continues where it stopped, no step runs
twice, and later changes by editors are not overwritten.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone, translation
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from core.models import CustomDocument, CustomImage, SiteFooter, SiteSettings, SocialLink
from demo import content_files as content
from demo.blocks_from_content import RawValues, stable_id
from demo.enquiries import load_enquiries
from demo.logins import make_logins
from demo.models import LoadedStep
from demo.pictures import FOCUS, FOCUS_SIZE, PICTURES, picture_file
from demo.translations import translate
from experiences.enquiries.promise import days_off
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

Say = Callable[[str], object]
SNIPPETS: dict[str, Any] = {"categories": Category, "places": Place, "skills": Skill, "testimonials": Testimonial}
INDEXES = {"pages/experiences": ExperienceIndexPage, "pages/hosts": ProviderIndexPage}
# Names in content files that `fill` skips: relations, written as keys, and fields that other code sets.
RELATIONS = {"category", "place", "providers", "skills", "testimonials", "dates", "picture", "portrait", "slug"}


def load(say: Say = print) -> None:
    """Runs the steps that have not run yet; a second call changes nothing. `say` is called after each step."""
    with translation.override(settings.LANGUAGE_CODE):
        for name, step in steps():
            with transaction.atomic():
                if LoadedStep.objects.select_for_update().filter(name=name).exists():
                    continue
                step()
                LoadedStep.objects.create(name=name)
            say(f"Demo: {name}")


def steps() -> Iterator[tuple[str, Callable[[], None]]]:
    """Name and function of each step, in order.

    Snippets in all languages before any page: each one that is saved makes the search read the pages that show it.
    """
    yield "logins", make_logins
    yield "contact and promises", load_settings
    yield "pictures", load_pictures
    yield "recordings", load_recordings
    yield "snippets, sv", load_snippets
    yield from translated("snippets")
    yield "pages, sv", load_pages
    yield from translated("home", "sections", "catalogue")
    yield "enquiries", load_enquiries


def translated(*levels: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """These levels in each language but Swedish, parents before children."""
    for code in other_languages():
        locale, _ = Locale.objects.get_or_create(language_code=code)
        for level in levels:
            yield f"{level}, {code}", Translated(locale, level)


def other_languages() -> list[str]:
    """The codes of the site's languages that have content files, without Swedish."""
    written = [code for code, _ in settings.LANGUAGES if (content.CONTENT / code).is_dir()]
    return [code for code in written if code != content.SOURCE]


def author() -> Any:
    return get_user_model().objects.get(username="editor")


# --- Swedish --------------------------------------------------------------------------------------------------------


def load_settings() -> None:
    """Contact details, opening hours, days to answer, and footers; not if the settings have been filled in already."""
    site = Site.objects.get(is_default_site=True)
    row = SiteSettings.for_site(site)
    if row.email:
        return
    written = content.read(content.SOURCE, "site")
    for name in ("phone", "email", "street", "postcode", "town", "opens", "closes", "answer_days"):
        setattr(row, name, written[name])
    row.save()
    for order, link in enumerate(written.get("social_links", [])):
        SocialLink.objects.create(settings=row, sort_order=order, **link)
    for order, locale in enumerate(Locale.objects.all()):
        text = content.read(locale.language_code, "site").get("footer")
        if text:
            SiteFooter.objects.create(settings=row, locale=locale, text=text, sort_order=order)


def load_pictures() -> None:
    """Block prints (demo.pictures), by the way that an editor's photographs take."""
    for key, title in PICTURES.items():
        with picture_file(key).open("rb") as opened:
            file = ImageFile(opened, name=picture_file(key).name)
            image = CustomImage(title=title, description=title, file=file, rights="Tecknad av oss")
            focus_on_hands(image)
            image.save()


def focus_on_hands(image: CustomImage) -> None:
    across, down = FOCUS
    image.focal_point_x, image.focal_point_y = round(across * image.width), round(down * image.height)
    image.focal_point_width, image.focal_point_height = (
        round(FOCUS_SIZE * side) for side in (image.width, image.height)
    )


def load_recordings() -> None:
    """Recordings, made by code too (docs/demo-sound.py)."""
    for file in sorted(content.RECORDINGS.glob("*.mp3")):
        with file.open("rb") as opened:
            CustomDocument.objects.create(title=file.stem, file=File(opened, name=file.name)).get_file_hash()


def load_snippets() -> None:
    swedish = Locale.objects.get(language_code=content.SOURCE)
    for kind, model in SNIPPETS.items():
        for key, fields in content.snippets(content.SOURCE).get(kind, {}).items():
            values = {"slug": key} | fields if kind == "categories" else fields
            model.objects.create(locale=swedish, translation_key=snippet_key(kind, key), **values)


def snippet_key(kind: str, key: str) -> str:
    """The translation key of a snippet, derived from its key in the content files."""
    return stable_id("snippet", kind, key)


def snippet(kind: str, key: str) -> Any:
    """The Swedish snippet that content files call `key`."""
    return SNIPPETS[kind].objects.get(translation_key=snippet_key(kind, key), locale__language_code=content.SOURCE)


def picture_id(key: str) -> int:
    return int(CustomImage.objects.get(title=PICTURES[key]).pk)


def find(kind: str, key: str) -> int | None:
    """The primary key of a picture, a document, or a page by its content file ("gifts", "providers/nour-issa")."""
    if kind == "picture":
        return picture_id(key)
    if kind == "document":
        return int(CustomDocument.objects.get(title=key).pk)
    slug = content.read(content.SOURCE, key if "/" in key else f"pages/{key}")["slug"]
    return int(Page.objects.get(slug=slug, locale__language_code=content.SOURCE).pk)


def load_pages() -> None:
    """The Swedish page tree. Bodies of pages come last, when the pages that they link to exist."""
    home = HomePage.objects.get(locale__language_code=content.SOURCE)
    fill(home, "pages/home", without={"body", "slug"})
    publish(home)
    for name, model in sections().items():
        page = model(slug=content.read(content.SOURCE, name)["slug"])
        fill(page, name, without={"body"})
        publish(page, under=home)
    for name in content.names("providers"):
        load_provider(name, ProviderIndexPage.objects.child_of(home).get())
    for name in content.names("experiences"):
        load_experience(name, ExperienceIndexPage.objects.child_of(home).get())
    for name in ("pages/home", *sections()):
        page = page_of(name)
        if "body" in content.read(content.SOURCE, name):
            fill(page, name, only={"body"})
            publish(page)


def sections() -> dict[str, type[Page]]:
    """Content file → page type of the pages below the home page, in the order of the menu."""
    standard = [name for name in content.names("pages") if name not in INDEXES and name != "pages/home"]
    order = ["pages/gifts", "pages/how-it-works", "pages/about", "pages/privacy", "pages/accessibility"]
    return INDEXES | dict.fromkeys(sorted(standard, key=lambda name: (*order, name).index(name)), StandardPage)


def page_of(name: str) -> Any:
    """The Swedish page made from a content file."""
    if name == "pages/home":
        return HomePage.objects.get(locale__language_code=content.SOURCE)
    slug = content.read(content.SOURCE, name)["slug"]
    return Page.objects.get(slug=slug, locale__language_code=content.SOURCE).specific


def load_provider(name: str, index: Page) -> None:
    written = content.read(content.SOURCE, name)
    page = ProviderPage(slug=written["slug"], cloth=written["slug"])
    fill(page, name)
    if "portrait" in written:
        page.portrait_id = picture_id(written["portrait"])
    publish(page, under=index)
    page.skills.set([snippet("skills", key) for key in written.get("skills", [])])
    publish(page)


def load_experience(name: str, index: Page) -> None:
    written = content.read(content.SOURCE, name)
    page = ExperiencePage(slug=written["slug"])
    fill(page, name)
    page.category = snippet("categories", written["category"])
    page.place = snippet("places", written["place"])
    if "picture" in written:
        page.picture_id = picture_id(written["picture"])
    hosts = [ProviderPage.objects.get(slug=slug, locale__language_code=content.SOURCE) for slug in written["providers"]]
    page.experience_providers.set([ExperienceProvider(provider=host, sort_order=n) for n, host in enumerate(hosts)])
    page.dates.set([fixed_date(date, number) for number, date in enumerate(written.get("dates", []))])
    said = [snippet("testimonials", key) for key in written.get("testimonials", [])]
    page.experience_testimonials.set(
        [ExperienceTestimonial(testimonial=words, sort_order=n) for n, words in enumerate(said)]
    )
    publish(page, under=index)


def fixed_date(written: dict[str, Any], order: int) -> ExperienceDate:
    """A date that is always to come: the first such weekday at least so many days ahead that is no holiday.

    At each place every weekday belongs to one experience, so that two are never there at the same time.
    """
    day = timezone.localdate() + timedelta(days=written["days"])
    day += timedelta(days=(written["weekday"] - day.weekday()) % 7)
    while day in days_off(day.year):
        day += timedelta(days=7)
    start = datetime.combine(day, time.fromisoformat(written["at"]), tzinfo=timezone.get_default_timezone())
    return ExperienceDate(start=start, seats=written["seats"], sort_order=order)


def fill(
    page: Page,
    name: str,
    *,
    language: str = content.SOURCE,
    only: set[str] | None = None,
    without: frozenset[str] | set[str] = frozenset(),
) -> None:
    """Sets the page's fields from its content file, without relations. `only`, `without`: names of fields."""
    raw = RawValues(name, find if language == content.SOURCE else lambda kind, key: None)
    for field_name, written in content.read(language, name).items():
        if field_name in without or (only and field_name not in only) or field_name in RELATIONS:
            continue
        field = page._meta.get_field(field_name)
        if isinstance(field, StreamField):
            written = field.stream_block.to_python(raw.stream(field, written))
        setattr(page, field_name, written)


def publish(page: Page, under: Page | None = None) -> None:
    """Publishes a page by a revision, as an editor would; with `under`, adds it to the tree first."""
    if under is not None:
        page.locale = under.locale
        page.draft_title = page.title
        under.add_child(instance=page)
    page.save_revision(user=author(), log_action=True).publish(user=author())


# --- Translations ---------------------------------------------------------------------------------------------------


class Translated:
    """A step: one level of the tree, or all snippets, in one language. `level`: the name of the method."""

    def __init__(self, locale: Locale, level: str) -> None:
        self.locale = locale
        self.level = level

    def __call__(self) -> None:
        getattr(self, self.level)()

    def snippets(self) -> None:
        for kind, model in SNIPPETS.items():
            for key, fields in content.snippets(self.locale.language_code).get(kind, {}).items():
                translate(snippet(kind, key), model(**fields), self.locale, author())

    def home(self) -> None:
        self.pages(["pages/home"])

    def sections(self) -> None:
        self.pages(sections())

    def catalogue(self) -> None:
        self.pages([*content.names("providers"), *content.names("experiences")])

    def pages(self, all_names: Any) -> None:
        for name in all_names:
            page = page_of(name)
            translate(page, self.twin(page, name), self.locale, author())

    def twin(self, page: Any, name: str) -> Any:
        """An unsaved page with the texts of this language and the structure of the Swedish one, for `translate`."""
        code = self.locale.language_code
        written = content.read(code, name)
        twin = type(page)(slug=written.get("slug", page.slug) if name != "pages/home" else f"home-{code}")
        fill(twin, name, language=code, without={"slug"})
        return twin
