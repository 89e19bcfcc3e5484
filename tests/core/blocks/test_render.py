"""Each block tells an editor what it is for, shows it, and says it to a reader in the right language."""

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks import Block
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.choices import Wall
from core.blocks.lists import LanguagesBlock, SkillsBlock
from core.blocks.media import FilmBlock, PictureBlock, SoundBlock
from core.blocks.story import QuoteBlock, RecipeBlock, SkillStoryBlock
from core.blocks.streams import StoryBlock
from core.blocks.text import AmountsBlock, CalloutsBlock, ParagraphsBlock
from experiences.models import ExperienceTestimonial
from home.blocks import HomeBlock, PageBodyBlock
from tests.factories import DocumentFactory, ImageFactory, StandardPageFactory, TestimonialFactory

BLOCKS = {
    f"{type(stream).__name__}.{name}": block
    for stream in (StoryBlock(), PageBodyBlock(), HomeBlock())
    for name, block in stream.child_blocks.items()
}
every_block = pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())


def render(block: Block, value: dict[str, Any], **context: Any) -> str:
    return " ".join(block.render(block.to_python(value), context).split())


@every_block
def test_an_editor_is_told_what_a_block_is_for(block):
    assert block.meta.icon != "placeholder"
    assert block.meta.description
    assert block.meta.group
    assert str(block.label)


@every_block
def test_an_editor_sees_a_block_as_a_reader_would(block, catalogue, admin):
    assert block.is_previewable
    ExperienceTestimonial.objects.create(page=catalogue.experience, testimonial=TestimonialFactory())
    page = admin.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert page.status_code == 200
    assert "css/site.css" in page.text
    shown = re.search(r"<main>(.*)</main>", page.text, re.DOTALL)[1]
    assert re.sub(r"<(?!svg|img|audio)[^>]*>|\s", "", shown), "neither words nor a picture"


@every_block
def test_a_block_says_how_it_stands_on_a_page(block):
    layout = getattr(block.meta, "layout", "wide")
    assert layout in {"text", "aside", "wide", "wall", "bleed"}
    assert (layout == "wall") == ("wall" in block.child_blocks)


# --- Languages ------------------------------------------------------------------------------------------------------
QUOTE = {
    "words": "Brödet väntar inte på någon.",
    "original": "الخبز لا ينتظر أحدًا.",
    "original_language": "ar",
    "speaker": "Samiras mormor",
}


def test_a_quote_stands_beside_its_original_each_in_its_own_direction():
    html = render(QuoteBlock(), QUOTE)
    assert '<p lang="ar" dir="rtl">الخبز لا ينتظر أحدًا.</p>' in html
    assert "<p>Brödet väntar inte på någon.</p>" in html
    assert html.index("الخبز") < html.index("Brödet")


def test_on_a_page_in_its_own_language_the_original_stands_alone():
    with override("ar"):
        html = render(QuoteBlock(), QUOTE | {"words": "الخبز لا ينتظر."})
    assert "<p>الخبز لا ينتظر أحدًا.</p>" in html
    assert "quote--two" not in html


def test_a_quote_without_an_original_is_one_text():
    html = render(QuoteBlock(), {"words": "Bread waits for nobody.", "original": "", "original_language": ""})
    assert html == '<blockquote class="quote"><p>Bread waits for nobody.</p></blockquote>'


def test_what_an_editor_wrote_is_escaped():
    html = render(QuoteBlock(), QUOTE | {"words": "<script>alert(1)</script>"})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>" not in html


def test_languages_are_named_in_the_readers_language():
    value = {"languages": [{"language": "ar", "words": "Mitt första språk."}]}
    with override("en"):
        assert "<b>Arabic</b><br>Mitt första språk." in render(LanguagesBlock(), value)


def test_a_skill_says_how_we_know():
    with override("en"):
        html = render(SkillsBlock(), {"skills": [{"words": "Tunnbröd", "known": "tested", "detail": "fyra kvällar"}]})
    assert "<b>Tunnbröd</b><span>Tested with guests, fyra kvällar</span>" in html


def test_a_songs_verses_are_no_numbered_steps():
    song = {"kind": "song", "title": "Vaggvisa", "needs": [], "steps": ["Sov\nnu", "Sov gott"], "rights": "Hennes."}
    html = render(RecipeBlock(), song)
    assert "<p>Sov<br>nu</p>" in html
    assert "<ol" not in html
    assert "<ol" in render(RecipeBlock(), song | {"kind": "recipe"})


def test_amounts_are_a_table_with_a_caption_and_headings():
    html = render(AmountsBlock(), {"caption": "Av 4 500 kronor", "rows": [{"label": "Lön", "kronor": 2700}]})
    assert "<caption>Av 4 500 kronor</caption>" in html
    assert '<th scope="row">Lön</th><td class="amount">2\xa0700</td>' in html.replace("2 700", "2\xa0700")


def test_a_heading_gets_the_anchor_that_the_list_of_contents_leads_to():
    value = {"heading": "Du frågar", "text": "<p>Vi svarar.</p>"}
    assert '<h2 id="du-fragar">Du frågar</h2>' in render(ParagraphsBlock(), value, anchor="du-fragar")
    assert "<h2>Du frågar</h2>" in render(ParagraphsBlock(), value)


# --- Files ----------------------------------------------------------------------------------------------------------
def test_a_picture_comes_in_new_formats_and_fitting_sizes_and_takes_its_place_before_it_is_there(db):
    image = ImageFactory(photographer="Lena Berg", size=(2000, 1500))
    value = {"image": {"image": image.pk, "alt_text": "Händer i deg", "decorative": False}, "caption": "Deg."}
    html = render(PictureBlock(), value)
    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert re.search(r'<img[^>]* alt="Händer i deg"', html)
    for attribute in ('loading="lazy"', "width=", "height=", "sizes=", "480w", "1600w"):
        assert attribute in html
    assert "Deg." in html
    assert "Lena Berg" in html


def test_a_decorative_picture_has_an_empty_text(db):
    value = {"image": {"image": ImageFactory().pk, "alt_text": "", "decorative": True}, "caption": ""}
    html = render(PictureBlock(), value)
    assert 'alt=""' in html
    assert "<figcaption>" not in html


def test_sound_plays_our_own_file_beside_its_words(db):
    file = DocumentFactory()
    value = {"title": "Hör plåten", "file": file.pk, "language": "ar", "transcript": "Nu viskar\n\nplåten."}
    html = render(SoundBlock(), value)
    assert f'<audio controls preload="none" src="{file.url}">' in html
    assert "<details" in html
    assert "<p>Nu viskar</p>" in html


def test_music_has_no_language_and_says_what_is_heard(db):
    value = {"title": "Slingan", "file": DocumentFactory().pk, "language": "", "transcript": "Fyra toner uppåt."}
    html = render(SoundBlock(), value)
    assert "Ljud utan ord." in html
    assert "Läs vad som hörs och syns" in html
    assert "<p>Fyra toner uppåt.</p>" in html


def test_a_film_has_captions_in_the_language_that_is_spoken(db):
    film, captions = DocumentFactory(), DocumentFactory()
    value = {"title": "Plåten", "file": film.pk, "language": "ar", "captions": captions.pk, "transcript": ""}
    html = render(FilmBlock(), value)
    assert f'<track kind="captions" src="{captions.url}" srclang="ar" label="العربية" default>' in html
    assert "<details" not in html


@pytest.mark.parametrize("block", [PictureBlock(), SoundBlock(), FilmBlock()], ids=lambda block: type(block).__name__)
def test_a_file_that_has_been_deleted_leaves_no_empty_place(block, db):
    """Only a draft can still name one, when it goes live by its hour."""
    missing = {"image": {"image": 4711, "alt_text": "Händer", "decorative": False}, "file": 4711, "title": "Plåten"}
    assert render(block, {**missing, "language": "ar", "caption": "Deg.", "captions": None, "transcript": "Nu."}) == ""


def test_captions_need_their_language(db):
    film = DocumentFactory(file=ContentFile(b"film", name="film.mp4"))
    captions = DocumentFactory(file=ContentFile(b"WEBVTT", name="film.vtt"))
    value = {"title": "Plåten", "file": film.pk, "language": "", "captions": captions.pk, "transcript": "En deg."}
    block = FilmBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(value))
    assert list(refused.value.block_errors) == ["language"]


# --- Links ----------------------------------------------------------------------------------------------------------
def callouts(page: Any) -> str:
    link = {"page": page.pk, "words": "Läs mer"}
    return render(
        CalloutsBlock(), {"callouts": [{"heading": "Grupper", "text": "Skriv.", "link": link}], "wall": "lin"}
    )


def test_a_link_leads_to_a_published_page_only(home):
    assert 'href="/sv/om/">Läs mer</a>' in callouts(StandardPageFactory(parent=home, slug="om"))
    assert "Läs mer" not in callouts(StandardPageFactory(parent=home, slug="ej", draft=True))


# --- What an editor reads beside a field ------------------------------------------------------------------------------
def labels_not_printed(block: Block) -> list[str]:
    """Fields of an optional answer whose label a visitor does not see: the answer has to say it itself."""
    filled = {name: f"answer {name}" for name in block.child_blocks}
    shown = render(block, filled)
    return [name for name, child in block.child_blocks.items() if not child.required and str(child.label) not in shown]


def test_an_editor_is_asked_for_whole_sentences_where_the_question_is_not_printed():
    block = SkillStoryBlock()
    unsaid = labels_not_printed(block)
    assert unsaid == ["taught_by", "hard", "proud_of"]
    with override("sv"):
        asked = {name: str(block.child_blocks[name].field.help_text) for name in unsaid}
    assert all(text.startswith("Hela meningar") and text.endswith(".") for text in asked.values()), asked


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_an_editor_chooses_a_background_by_a_colour_that_one_sees(language):
    colours = {
        "sv": ["Rosa", "Gul", "Ljusblå", "Ljusgrön", "Beige"],
        "en": ["Pink", "Yellow", "Light blue", "Light green", "Beige"],
        "ar": ["وردي", "أصفر", "أزرق فاتح", "أخضر فاتح", "بيج"],
    }
    with override(language):
        assert [str(label) for label in Wall.labels] == colours[language]
