"""An editor's way: a new host with a story, an experience, both in three languages, with nothing but the admin."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image as PillowImage
from playwright.sync_api import Page, expect

from core.blocks.streams import StoryBlock
from demo import content_files as content
from tests.browser.support.desk import Desk

LANGUAGES = ("sv", "en", "ar")
NAME = "Rosa Quintero"
SAID = "RO-sa kin-TE-ro"
LINE = "Knyter hängmattor för dig som vill lära händerna att ligga stilla."
SHORT = "hängmattor av bomull"
SKILL = "Jag knyter en hängmatta av tvåhundra trådar utan en enda spik."
TAUGHT = "Min farfar, på en veranda."
MOMENT = "Det är sent i juli. Trådarna hänger mellan två björkar och ingen säger något."
QUOTE, ORIGINAL = "Knuten minns handen.", "El nudo recuerda la mano."
ALT = "Händer som drar åt en knut i en rad av vita trådar."
TITLE = "Knyt en hängmatta av bomull"
SUMMARY = "Du knyter ditt eget hörn av en hängmatta. Sedan provligger vi den mellan två björkar."
COVERS = "Bomull, verktyg och kaffe ingår."
# Swedish, English, Arabic, as a translator writes them. Slugs too.
TEXTS = {
    swedish: {"en": english, "ar": arabic}
    for swedish, english, arabic in (
        (NAME, NAME, "روسا كينتيرو"),
        (SAID, SAID, "روسا كينتيرو"),
        (
            LINE,
            "Ties hammocks for hands that want to learn to lie still.",
            "تعقد أراجيح لمن يريد أن تتعلّم يداه السكون.",
        ),
        (SHORT, "cotton hammocks", "أراجيح من قطن"),
        (SKILL, "I tie a hammock of two hundred threads without one nail.", "أعقد أرجوحة من مئتي خيط بلا مسمار واحد."),
        (TAUGHT, "My grandfather, on a veranda.", "جدّي، على شرفة."),
        (MOMENT, "Late July. The threads hang between two birches.", "أواخر تمّوز. الخيوط معلّقة بين شجرتي بتولا."),
        (QUOTE, "The knot remembers the hand.", "العقدة تتذكّر اليد."),
        (ALT, "Hands pull a knot tight in a row of white threads.", "يدان تشدّان عقدة في صفّ من الخيوط البيضاء."),
        (TITLE, "Tie a hammock of cotton", "اعقد أرجوحة من القطن"),
        (SUMMARY, "You tie your own corner of a hammock.", "تعقد زاويتك من الأرجوحة."),
        (COVERS, "Cotton, tools and coffee are included.", "القطن والأدوات والقهوة ضمن السعر."),
        ("rosa-quintero", "rosa-quintero", "rosa-quintero"),
        ("knyt-en-hangmatta-av-bomull", "tie-a-hammock-of-cotton", "tie-a-hammock-of-cotton"),
    )
}


def in_language(swedish: str, language: str) -> str:
    return swedish if language == "sv" else TEXTS[swedish][language]


def titles(language: str) -> tuple[str, str, str]:
    """Of home, the list of hosts and the list of experiences."""
    home, hosts, experiences = (
        content.read(language, f"pages/{name}")["title"] for name in ("home", "hosts", "experiences")
    )
    return home, hosts, experiences


def block(name: str) -> str:
    """The label of a block of the story, as a Swedish editor reads it."""
    with translation.override("sv"):
        return str(StoryBlock().child_blocks[name].label)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "hangmatta.jpg"
    PillowImage.new("RGB", (1200, 1500), "#7d8f69").save(file)
    return file


def write_a_host(desk: Desk, picture: Path) -> None:
    home, hosts, _ = titles("sv")
    desk.open_list(home, hosts)
    desk.new_page()
    desk.fill(title=NAME, pronunciation=SAID, line=LINE, short_line=SHORT)
    upload_without_words_then_with(desk, picture)
    desk.tab(1)
    desk.add_block("story", 0, block("skill"), what=SKILL, taught_by=TAUGHT)
    desk.add_block("story", 1, block("moment"), text=MOMENT)
    desk.add_block("story", 2, block("quote"), words=QUOTE, original=ORIGINAL, speaker=NAME)
    desk.field("story-2-value-original_language").select_option("es")
    preview = desk.preview()
    expect(preview).to_contain_text(SKILL)
    expect(preview.locator("[lang=es]")).to_have_text(ORIGINAL)
    desk.publish()


def upload_without_words_then_with(desk: Desk, picture: Path) -> None:
    """A picture must say what it shows; that is told where the words belong. The picture itself is not chosen again."""
    form = desk.start_upload("portrait", picture, "Knut")
    form.locator("button[type=submit]").click()
    place = form.locator("li").filter(has=form.page.locator("[name$=-description]"))
    expect(place.locator("[aria-invalid=true]")).to_be_visible()
    expect(place).to_contain_text("Beskriv vad bilden visar")
    expect(form.locator("li").filter(has=form.page.locator("[name$=-file]"))).to_contain_text("är kvar")
    form.locator("[name$=-description]").fill(ALT)
    form.locator("button[type=submit]").click()
    expect(desk.page.locator("[data-contentpath=portrait] img")).to_be_visible()


def write_an_experience(desk: Desk) -> None:
    """First with the price left out and the smallest group larger than the largest: both told at their fields."""
    home, _, experiences = titles("sv")
    desk.open_list(home, experiences)
    desk.new_page()
    desk.fill(title=TITLE, summary=SUMMARY)
    desk.choose("experience_providers-0-provider", NAME, search=True)
    desk.choose("category", content.snippets("sv")["categories"]["craft"]["name"])
    desk.tab(1)
    desk.fill(price_covers=COVERS, duration="240", group_min="8", group_max="5")
    desk.choose("place", content.snippets("sv")["places"]["our-kitchen"]["name"])
    desk.add_choices("languages", "svenska", "spanska")
    desk.tab(2)
    for number, days in enumerate((40, 75)):
        desk.add_row("dates", number, start=f"{date.today() + timedelta(days)} 17:00", seats="5")
    desk.press_publish()
    expect(desk.page.locator("[role=tab] .w-tabs__errors:visible")).to_have_text(re.compile("2"))
    desk.tab(1)
    expect(desk.error_at("price")).to_be_visible()
    expect(desk.error_at("group_min")).to_contain_text("8")
    desk.fill(price="650", group_min="2")
    desk.save()
    expect(desk.preview()).to_contain_text("650")
    desk.publish()


def change_the_price(desk: Desk) -> None:
    home, _, experiences = titles("sv")
    desk.open_list(home, experiences)
    desk.edit(TITLE)
    desk.tab(1)
    desk.fill(price="690")
    desk.publish()


def send_to_translation(desk: Desk) -> None:
    home, hosts, experiences = titles("sv")
    for section, title in ((hosts, NAME), (experiences, TITLE)):
        desk.open_list(home, section)
        desk.edit(title)
        desk.send_to_translation()


def translate(desk: Desk, language: str) -> None:
    """The host first: the experience shows it."""
    words = {swedish: there[language] for swedish, there in TEXTS.items()}
    home, hosts, experiences = titles(language)
    for section, title in ((hosts, NAME), (experiences, TITLE)):
        desk.open_list(home, section)
        desk.edit(title)
        desk.translate(words)


def all_three_are_there(visitor: Page, price: str) -> None:
    """In the lists, in search, and by the switcher from one to the next."""
    for language in LANGUAGES:
        name, title = in_language(NAME, language), in_language(TITLE, language)
        _, hosts, experiences = titles(language)
        visitor.goto(f"/{language}/search/?q={name}")
        expect(visitor.locator("main").get_by_role("link", name=name).first).to_be_visible()
        visitor.goto(f"/{language}/")
        visitor.locator("#nav").get_by_role("link", name=hosts).click()
        expect(visitor.locator("main").get_by_role("link", name=name).first).to_be_visible()
        visitor.locator("#nav").get_by_role("link", name=experiences).click()
        visitor.locator("main").get_by_role("link", name=title).first.click()
        expect(visitor.locator("h1")).to_have_text(title)
        expect(visitor.locator(".facts")).to_contain_text(price)
    for language in LANGUAGES:
        visitor.locator(".lang__button").click()
        visitor.locator(f".lang a[hreflang={language}]").click()
        expect(visitor.locator("h1")).to_have_text(in_language(TITLE, language))


def the_quote_is_beside_its_original(visitor: Page) -> None:
    visitor.goto("/ar/")
    visitor.locator("#nav").get_by_role("link", name=titles("ar")[1]).click()
    visitor.locator("main").get_by_role("link", name=in_language(NAME, "ar")).first.click()
    expect(visitor.locator("main")).to_contain_text(in_language(QUOTE, "ar"))
    expect(visitor.locator("main [lang=es]")).to_have_text(ORIGINAL)
    expect(visitor.locator(f'main img[alt="{in_language(ALT, "ar")}"]')).to_be_visible()


def ask_in_arabic(visitor: Page) -> None:
    visitor.locator("main").get_by_role("link", name=in_language(TITLE, "ar")).first.click()
    form = visitor.locator("form[method=post]")
    form.locator("[name=name]").fill("سلمى")
    form.locator("[name=email]").fill("salma@example.org")
    form.locator("[name=message]").fill("هل أستطيع أن آتي وحدي؟")
    form.locator("button[type=submit]").click()
    expect(visitor.locator(".reference")).to_be_visible()
    expect(visitor.locator("main")).to_contain_text(in_language(TITLE, "ar"))


@pytest.mark.slow
def test_an_editor_writes_publishes_and_translates(
    arrive: Callable[..., Page], log_in: Callable[..., Page], picture: Path
) -> None:
    editor = Desk(log_in("editor"))
    write_a_host(editor, picture)
    write_an_experience(editor)
    send_to_translation(editor)
    translate(editor, "en")
    translate(editor, "ar")

    visitor = arrive()
    all_three_are_there(visitor, "650")
    change_the_price(editor)
    all_three_are_there(visitor, "690")
    the_quote_is_beside_its_original(visitor)
    ask_in_arabic(visitor)
