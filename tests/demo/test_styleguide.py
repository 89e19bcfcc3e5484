"""The style guide shows every component and block, in every language, as it is and with the inputs that it takes."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from wagtail.blocks import StreamBlock

from core.blocks.streams import StoryBlock
from demo.styleguide.entries import Sheet, leading_comment
from demo.styleguide.samples import LONG_NAME, LONG_NOTE, LONG_TITLE, Samples
from demo.styleguide.views import ERRORS, GROUPS
from experiences.blocks import EnquiryQuestionBlock, StepBlock
from experiences.models import ExperiencePage
from home.blocks import HomeBlock, PageBodyBlock
from tests.demo import template_inputs

PROJECT = Path(settings.PROJECT_DIR)
LANGUAGES = {"sv": "ltr", "en": "ltr", "ar": "rtl"}
# Folders of templates that are parts of pages; all other templates are pages, mails, or the admin's.
PARTS = ["components", "includes", "blocks", "enquiries/form"]
SINGLE_PARTS = ["enquiries/reach_us.html", "search/help.html"]
ENTRIES = {entry.template: entry for group in GROUPS for entry in group.entries}
# What Wagtail gives to the template of every block.
GIVEN = {template: {"value"} if "/blocks/" in template else set() for template in ENTRIES}
INPUT = re.compile(r"(?:^|; )(\w+):")


def parts_on_disk():
    """The names of all templates of components, includes and blocks."""
    for folder in PROJECT.glob("**/templates"):
        if folder.relative_to(PROJECT).parts[0] in {"site", "home", "experiences", "search"}:
            for file in folder.rglob("*.html"):
                name = str(file.relative_to(folder))
                if str(Path(name).parent).endswith(tuple(PARTS)) or name in SINGLE_PARTS:
                    yield name


def named_inputs(comment):
    """Names in the lines of a comment that begin with a small letter: `host: a ProviderPage; eager: true on top.`"""
    return {name for line in comment if line[:1].islower() for name in INPUT.findall(line)}


@pytest.fixture(scope="module")
def pages():
    """Kept for the module: to draw everything takes a second or two."""
    return {}


@pytest.fixture
def page(home, client, pages):
    """`page("ar")`: the answer. On a site that has a home page and nothing else."""

    def of(language):
        if language not in pages:
            pages[language] = client.get(f"/{language}/styleguide/")
        return pages[language]

    return of


# --- Nothing is missing ----------------------------------------------------------------------------------------------
def test_there_are_parts_on_disk():
    assert {"components/paging.html", "core/includes/footer.html", "core/blocks/quote.html"} <= set(parts_on_disk())
    assert len(set(parts_on_disk())) > 50


@pytest.mark.parametrize("template", sorted(set(parts_on_disk())))
def test_every_part_of_a_page_is_in_the_style_guide(template):
    assert template in ENTRIES, "show it in demo/styleguide/ (a block shows itself once a stream has it)"


@pytest.mark.parametrize("template", sorted(ENTRIES))
def test_everything_in_the_style_guide_is_drawn_in_it(page, template):
    assert template in {drawn.name for drawn in page("sv").templates}


def test_every_block_is_in_the_style_guide():
    streams = (StoryBlock, PageBodyBlock, HomeBlock)
    blocks = [*(block for stream in streams for block in stream().child_blocks.values()), EnquiryQuestionBlock()]
    assert {block.meta.template for block in [*blocks, StepBlock()]} <= set(ENTRIES)


def test_every_stream_of_a_page_has_only_such_blocks():
    fields = [field for field in ExperiencePage._meta.get_fields() if hasattr(field, "stream_block")]
    blocks = [block for field in fields for block in _all_of(field.stream_block)]
    assert {block.meta.template for block in blocks if getattr(block.meta, "template", None)} <= set(ENTRIES)


def _all_of(stream: StreamBlock):
    return stream.child_blocks.values()


# --- Inputs ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("template", sorted(ENTRIES))
def test_a_part_says_what_it_is_and_names_the_inputs_that_it_uses(template):
    comment = ENTRIES[template].comment
    assert comment, "it begins with a comment"
    assert comment[0][:1].isupper(), "first what it is, in a line of its own"
    assert named_inputs(comment) == template_inputs.inputs(template) - GIVEN[template]


def test_what_a_template_uses_is_read_from_it():
    used = template_inputs.of_source(
        "{% load i18n core_tags %}"
        "{% for host in hosts %}{{ host.title|default:nobody }}{% endfor %}{{ host }}"
        "{% if eager and not late %}{% with a=b %}{{ a }}{% endwith %}{% endif %}"
        "{% blocktranslate with x=y %}{{ x }} {{ due }}{% endblocktranslate %}"
        "{% weave cloth 'hang' %}{% url 'search' as address %}{{ address }}"
        "{% include 'components/paging.html' with found=results %}"
        "{% include 'components/caption.html' with image=photo only %}"
    )
    assert used == {
        *("hosts", "nobody", "host", "eager", "late", "b", "y", "due", "cloth"),
        *("results", "parameters", "photo"),
    }


def test_inputs_are_told_from_other_words():
    comment = leading_comment("{# A host: in a list. #}\n{# host: a page; eager: true. #}\n<p>\n{# no: more #}")
    assert named_inputs(comment) == {"host", "eager"}


# --- The pages -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "direction"), LANGUAGES.items())
def test_it_is_whole_in_each_language_without_any_content(page, language, direction):
    answer = page(language)
    assert answer.status_code == 200
    html = answer.text
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert 'name="robots" content="noindex"' in html
    assert len(re.findall("<h1", html)) == 1
    assert "style=" not in html
    assert "<style" not in html
    assert "<script>" not in html, "none in the page itself"
    assert not answer.cookies
    for words in (LONG_NAME, LONG_TITLE, LONG_NOTE):
        assert words[language] in html
    for comment in ("Pages of a long list.", "link: PageLinkBlock&#x27;s value; style: more or button."):
        assert comment in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_id_is_there_once_and_labels_find_theirs(page, language):
    html = page(language).text
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'\bfor="([^"]+)"', html):
        assert target in ids
    labels = re.findall(r'<(?:nav|aside|form)\b[^>]* aria-label="([^"]+)"', html)
    assert len(labels) == len(set(labels))


def test_numbers_are_added_to_ids_and_labels_only(rf):
    sheet = Sheet(rf.get("/"), Samples("sv"))
    html = '<nav id="a" aria-label="Pages"><label for="b">c</label><svg><g id="a"/></svg><i autofocus>id</i></nav>'
    assert sheet._fit(html).startswith(
        '<nav id="a-1" aria-label="Pages (1)"><label for="b-1">c</label><svg><g id="a"/></svg>'
    )
    again = sheet._fit(html)
    assert 'id="a-2" aria-label="Pages (2)"' in again
    assert "<i>id</i>" in again


def test_what_is_not_translated_is_said_to_be_swedish(page):
    html = page("ar").text
    assert '<h3 class="card__title"><a href="/ar/baka-brod-pa-het-plat/" lang="sv" dir="ltr">' in html
    assert "بالسويدية فقط حتى الآن" in html


def test_the_index_leads_to_each_entry_in_each_language(home, client, page):
    index = client.get("/styleguide/").text
    links = re.findall(r'href="/(\w+)/styleguide/#([^"]+)"', index)
    assert len(links) == len(LANGUAGES) * sum(len(group.entries) for group in GROUPS)
    for language, anchor in links:
        assert f'id="{anchor}"' in page(language).text


def test_both_schemes_are_shown_side_by_side(home, client, page):
    frames = re.findall(r"<iframe[^>]*>", client.get("/ar/styleguide/schemes/").text)
    assert [re.search(r"scheme--(\w+)", frame)[1] for frame in frames] == ["light", "dark"]
    assert all('src="/ar/styleguide/"' in frame for frame in frames)
    assert page("ar")["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_can_be_looked_at(home, client, name):
    answer = client.get(f"/ar/styleguide/errors/{name}/")
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text


def test_there_is_no_other_error_page_and_no_other_picture(home, client):
    assert client.get("/sv/styleguide/errors/418/").status_code == 404
    assert client.get("/styleguide/pictures/cat/").status_code == 404
    assert client.get("/styleguide/pictures/bread/")["Content-Type"] == "image/png"


# --- Not in production -----------------------------------------------------------------------------------------------
def test_production_has_no_style_guide(home, client):
    from config.settings import base

    assert base.ROOT_URLCONF == "config.urls"
    assert "demo" not in base.INSTALLED_APPS
    with override_settings(ROOT_URLCONF=base.ROOT_URLCONF):
        for path in ("/styleguide/", "/sv/styleguide/", "/sv/styleguide/errors/500/", "/styleguide/pictures/bread/"):
            assert client.get(path).status_code == 404, path
        assert client.get("/sv/").status_code == 200
