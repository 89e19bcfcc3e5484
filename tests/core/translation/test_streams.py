"""Facts inside a story follow too; each sentence stays the translator's, and a new one waits for its words."""

from __future__ import annotations

import pytest
from wagtail_localize.models import OverridableSegment, SegmentOverride, TranslationSource

from experiences.models import ExperiencePage
from tests.factories import ExperiencePageFactory, ImageFactory, StandardPageFactory

KEY = "5b1f7c1e-0000-4000-8000-0000000001{:02}"


def step(number, minutes, title, text="Så gör vi."):
    return {"type": "step", "id": KEY.format(number), "value": {"minutes": minutes, "title": title, "text": text}}


def picture(number, image, caption="", alt="Händer."):
    image = {"image": image.pk, "alt_text": alt, "decorative": not alt}
    return {"type": "picture", "id": KEY.format(number), "value": {"image": image, "caption": caption}}


@pytest.fixture
def pair(catalogue, translated):
    """A Swedish experience with two steps and a gallery, and a function that reads its English page anew."""
    page = ExperiencePageFactory(
        parent=catalogue.experiences,
        slug="fika",
        providers=[catalogue.provider],
        steps=[step(1, 0, "Mjöl"), step(2, 30, "Plåten")],
        gallery=[picture(3, ImageFactory(), "Så tunt.")],
    )
    english = translated(page, "en")
    return page, lambda: ExperiencePage.objects.get(pk=english.pk)


def publish(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def shown(steps):
    return [(block.value["minutes"], block.value["title"]) for block in steps]


def test_the_minutes_of_a_step_follow(pair):
    page, english = pair
    publish(page, steps=[step(1, 0, "Mjöl"), step(2, 45, "Plåten")])
    assert shown(english().steps) == [(0, "Mjöl (en)"), (45, "Plåten (en)")]


def test_the_order_follows(pair):
    page, english = pair
    publish(page, steps=[step(2, 0, "Plåten"), step(1, 30, "Mjöl")])
    assert shown(english().steps) == [(0, "Plåten (en)"), (30, "Mjöl (en)")]


def test_what_is_gone_is_gone(pair):
    page, english = pair
    publish(page, steps=[step(2, 30, "Plåten")], gallery=[])
    assert shown(english().steps) == [(30, "Plåten (en)")]
    assert len(english().gallery) == 0


def test_a_new_step_waits_for_its_words_and_the_others_follow(pair, translated):
    page, english = pair
    publish(page, steps=[step(1, 5, "Mjöl"), step(3, 20, "Degen"), step(2, 50, "Plåten")])
    assert shown(english().steps) == [(5, "Mjöl (en)"), (50, "Plåten (en)")]
    translated(page, "en")
    assert shown(english().steps) == [(5, "Mjöl (en)"), (20, "Degen (en)"), (50, "Plåten (en)")]


def test_a_sentence_that_is_new_in_a_block_keeps_the_block_as_it_was(pair):
    page, english = pair
    publish(page, steps=[step(1, 0, "Mjöl", text=""), step(2, 30, "Plåten")])
    assert english().steps[0].value["text"] == ""
    publish(page, steps=[step(1, 10, "Mjöl", text="Nytt."), step(2, 30, "Plåten")])
    assert shown(english().steps)[0] == (0, "Mjöl (en)")


def test_a_changed_sentence_keeps_the_words_that_stood_there(pair):
    page, english = pair
    publish(page, steps=[step(1, 0, "Mjöl på händerna"), step(2, 30, "Plåten")])
    assert shown(english().steps)[0] == (0, "Mjöl (en)")


def test_a_picture_in_the_gallery_follows(pair):
    page, english = pair
    new, second = ImageFactory(), ImageFactory()
    publish(page, gallery=[picture(3, new, "Så tunt."), picture(4, second, alt="")])
    gallery = english().gallery
    assert [block.value["image"].pk for block in gallery] == [new.pk, second.pk]
    assert gallery[0].value["caption"] == "Så tunt. (en)"
    assert gallery[0].value["image"].contextual_alt_text == "Händer. (en)"


def test_a_picture_in_the_gallery_that_a_translator_replaced_stays(pair, translated):
    page, english = pair
    own = ImageFactory()
    segment = OverridableSegment.objects.get(
        source=TranslationSource.objects.get_for_instance(page), context__path__startswith="gallery."
    )
    SegmentOverride.objects.create(locale=english().locale, context=segment.context, data_json=str(own.pk))
    translated(page, "en")
    publish(page, gallery=[picture(3, ImageFactory(), "Så tunt.")])
    assert english().gallery[0].value["image"].pk == own.pk


def test_the_original_words_of_a_quote_follow(catalogue, translated):
    english = translated(catalogue.provider, "en")
    provider = catalogue.provider
    story = provider.story.get_prep_value()
    story[2]["value"] |= {"original": "نان منتظر کسی نمی‌ماند.", "original_language": "fa"}
    publish(provider, story=story)
    quote = type(english).objects.get(pk=english.pk).story[2].value
    assert quote["original_language"] == "fa"
    assert quote["words"].endswith("(en)")


def test_links_in_running_text_follow(home, translated):
    def body(page, text="Läs <a linktype='page' id='{}'>mer</a> här."):
        value = {"heading": "", "text": f"<p>{text.format(page.pk)}</p><p>Slut.</p>"}
        return [{"type": "paragraphs", "id": KEY.format(9), "value": value}]

    first, second = StandardPageFactory(parent=home), StandardPageFactory(parent=home)
    page = StandardPageFactory(parent=home, body=body(first))
    english = translated(page, "en")
    publish(page, body=body(second))
    text = type(english).objects.get(pk=english.pk).body[0].value["text"].source
    assert f'id="{second.pk}"' in text
    assert text.count("(en)") == 2


def test_a_sentence_that_lost_its_link_keeps_the_block_as_it_was(home, translated):
    def body(text):
        return [{"type": "paragraphs", "id": KEY.format(9), "value": {"heading": "", "text": f"<p>{text}</p>"}}]

    page = StandardPageFactory(parent=home, body=body("Läs <a href='https://example.org/'>mer</a>."))
    english = translated(page, "en")
    publish(page, body=body("Läs mer."))
    assert 'href="https://example.org/"' in type(english).objects.get(pk=english.pk).body[0].value["text"].source


def test_nothing_that_follows_is_written_twice(pair):
    from wagtail.models import PageLogEntry

    page, english = pair
    publish(page, steps=[step(1, 0, "Mjöl"), step(2, 45, "Plåten")])
    publish(page)
    entries = PageLogEntry.objects.filter(action="core.synchronised_fields_copied", page=english().pk)
    assert [entry.data for entry in entries] == [{"fields": ["steps"], "emptied": []}]


def test_words_with_a_link_that_the_swedish_sentence_no_longer_has_are_left_as_they_were(home, translated):
    """They refer to the second link of a sentence that has one now."""

    def body(text):
        return [{"type": "paragraphs", "id": KEY.format(9), "value": {"heading": "", "text": f"<p>{text}</p>"}}]

    one, two = (StandardPageFactory(parent=home) for _ in range(2))
    first, second = (f"<a linktype='page' id='{page.pk}'>här</a>" for page in (one, two))
    page = StandardPageFactory(parent=home, body=body(f"Läs {first} och {second}."))
    english = translated(page, "en")
    before = english.body[0].value["text"].source
    publish(page, body=body(f"Läs {second}."))
    assert before.count("<a ") == 2
    assert type(english).objects.get(pk=english.pk).body[0].value["text"].source == before
