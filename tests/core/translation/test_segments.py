"""Segments are written in a few queries, and the rows are those that wagtail-localize itself would write."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.fields import TranslatableField
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from core.patches.originals import ORIGINALS
from core.translation import sources
from core.translation.sources import EARLIER_TEXT
from experiences.models import ExperiencePage
from tests.core.translation.test_streams import KEY, picture, step
from tests.core.translation.test_words import words
from tests.factories import (
    ExperiencePageFactory,
    ImageFactory,
    PlaceFactory,
    StandardPageFactory,
    home_page,
    make_catalogue,
    once,
)
from tests.template_database import prepared
from tests.translations import translated_once

# Table → what its rows hold, without primary keys.
TABLES: dict[Any, tuple[str, ...]] = {
    StringSegment: ("source", "context__path", "order", "string__data", "string__locale", "attrs"),
    TemplateSegment: ("source", "context__path", "order", "template__template"),
    RelatedObjectSegment: ("source", "context__path", "order", "object", "object__content_type"),
    OverridableSegment: ("source", "context__path", "order", "data_json"),
    TranslationContext: ("object", "path", "path_id", "field_path"),
    String: ("locale", "data", "data_hash"),
    Template: ("uuid", "template", "template_format", "string_count"),
    TranslatableObject: ("pk", "content_type"),
}
Refresh = Callable[[TranslationSource], None]


def upstream(source: TranslationSource) -> None:
    ORIGINALS[TranslationSource, "refresh_segments"](source)


def after(refresh: Refresh, instance: Any) -> SimpleNamespace:
    """What the tables hold when a source was given the content of `instance` and refreshed. Then undone."""
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in TABLES}
    with transaction.atomic():
        source = store(instance)
        refresh(source)
        rows = {model: sorted(map(repr, model.objects.values_list(*fields))) for model, fields in TABLES.items()}
        kept = {model: before[model] & set(model.objects.values_list("pk", flat=True)) for model in TABLES}
        transaction.set_rollback(True)
    return SimpleNamespace(rows=rows, kept=kept)


def store(instance: Any) -> TranslationSource:
    """The source of `instance` with its content, not refreshed yet."""
    source = TranslationSource.objects.get_for_instance(instance)
    source.content_json = sources.content_json(instance)
    source.save()
    return source


def as_upstream(instance: Any) -> bool:
    ours, theirs = after(TranslationSource.refresh_segments, instance), after(upstream, instance)
    assert ours.rows == theirs.rows
    assert ours.kept == theirs.kept
    return True


# --- The same rows ------------------------------------------------------------------------------------------------
@pytest.fixture
def experience(catalogue, translated):
    page = ExperiencePageFactory(
        parent=catalogue.experiences,
        slug="fika",
        providers=[catalogue.provider],
        picture=ImageFactory(),
        steps=[step(1, 0, "Mjöl"), step(2, 30, "Plåten")],
        gallery=[picture(3, ImageFactory(), "Så tunt."), picture(4, ImageFactory(), alt="")],
    )
    translated(page, "en")
    return page


def nothing(page):
    pass


def a_fact(page):
    page.price = 500


def a_sentence(page):
    page.summary = "Du bakar. Vi äter."


def a_sentence_that_is_elsewhere_on_the_page(page):
    page.summary = page.title


def an_emptied_field(page):
    page.as_gift = ""


def a_filled_field(page):
    page.duration_note = "med disken"


def a_new_block(page):
    page.steps = [step(1, 0, "Mjöl"), step(5, 10, "Degen"), step(2, 30, "Plåten")]


def a_block_that_is_gone(page):
    page.steps = [step(2, 30, "Plåten")]


def all_blocks_gone(page):
    page.steps, page.gallery = [], []


def moved_blocks(page):
    page.steps = [step(2, 0, "Plåten"), step(1, 30, "Mjöl")]


def another_picture(page):
    page.picture = ImageFactory()
    page.gallery = [picture(3, page.picture, "Så tunt."), picture(4, ImageFactory(), alt="")]


def no_picture(page):
    page.picture = None


def all_at_once(page):
    for change in (a_sentence, an_emptied_field, a_new_block, another_picture):
        change(page)


CHANGES = [
    nothing,
    a_fact,
    a_sentence,
    a_sentence_that_is_elsewhere_on_the_page,
    an_emptied_field,
    a_filled_field,
    a_new_block,
    a_block_that_is_gone,
    all_blocks_gone,
    moved_blocks,
    another_picture,
    no_picture,
    all_at_once,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_page(experience, change):
    change(experience)
    assert as_upstream(experience)


def test_a_field_that_is_filled_again(experience):
    before = experience.as_gift
    experience.as_gift = ""
    experience.save_revision().publish()
    experience.as_gift = before
    assert as_upstream(experience)


def test_a_related_object(experience, monkeypatch):
    """Ours are all synchronised: here a place is, as wagtail-localize has it, another one in each language."""
    others = [field for field in ExperiencePage.override_translatable_fields if field.field_name != "place"]
    monkeypatch.setattr(ExperiencePage, "override_translatable_fields", [*others, TranslatableField("place")])
    assert as_upstream(experience)
    store(experience).refresh_segments()
    assert RelatedObjectSegment.objects.exists()
    assert as_upstream(experience)
    experience.place = PlaceFactory(name="Ett annat kök")
    assert as_upstream(experience)


def body(*paragraphs: str) -> list[dict[str, Any]]:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return [{"type": "paragraphs", "id": KEY.format(9), "value": {"heading": "Vi", "text": text}}]


LINK = "Läs <a href='https://example.org/{0}'>mer</a> <b>här</b>."


@pytest.mark.parametrize(
    "paragraphs",
    [
        (LINK.format(1), "Två.", "Två.", "Tre."),
        (LINK.format(2), "Två.", "Två.", "Tre."),
        (LINK.format(1), "Ny.", "Ny.", "Tre."),
        (LINK.format(1), "Två.", "Tre."),
        ("Noll.", LINK.format(1), "Två.", "Två.", "Tre.", LINK.format(2)),
        ("Tre.",),
        (),
    ],
    ids=["as it was", "another link", "a sentence that is there twice", "fewer", "more", "one", "none"],
)
def test_rich_text(home, translated, paragraphs):
    page = StandardPageFactory(parent=home, body=body(LINK.format(1), "Två.", "Två.", "Tre."))
    translated(page, "en")
    page.body = body(*paragraphs)
    assert as_upstream(page)


@pytest.mark.parametrize("values", [{}, {"name": "Vårt kök"}, {"area": ""}, {"kind": "outdoors"}])
def test_a_snippet(db, translated, values):
    place = PlaceFactory(area="mitt i Växjö")
    translated(place, "en")
    for name, value in values.items():
        setattr(place, name, value)
    assert as_upstream(place)


def test_a_source_that_is_new(catalogue):
    page = catalogue.provider
    source, _ = TranslationSource.update_or_create_from_instance(page)
    for table in (StringSegment, OverridableSegment, TemplateSegment):
        table.objects.filter(source=source).delete()
    TranslationContext.objects.filter(object=source.object).delete()
    String.objects.all().delete()
    assert as_upstream(page)
    assert StringSegment.objects.count() == 0


# --- Earlier translations, stored at once -------------------------------------------------------------------------
def publish(page: Any, **values: Any) -> TranslationSource:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return TranslationSource.objects.get_for_instance(page)


@prepared
def pair():
    page = once(StandardPageFactory, slug="om-oss", parent=home_page(), body=body("Ett.", "Två.", "Två.", "Tre."))
    return page, translated_once(page, "en")


def texts(page: Any, locale: Locale) -> list[tuple[str, str]]:
    found = StringSegment.objects.filter(
        source=TranslationSource.objects.get_for_instance(page), context__path__endswith=".text"
    ).order_by("order")
    return [(found.string.data, found.translation) for found in found.annotate_translation(locale)]


def test_a_sentence_that_is_there_twice_takes_its_earlier_translation_twice(pair):
    page, english = pair
    publish(page, body=body("Ett.", "Ny.", "Ny.", "Tre."))
    new = ("Ny.", "Två. (en)")
    assert texts(page, english.locale) == [("Ett.", "Ett. (en)"), new, new, ("Tre.", "Tre. (en)")]


def test_a_draft_is_called_as_the_earlier_title(pair):
    page, english = pair
    Page.objects.filter(pk=english.pk).update(draft_title="Something else")
    publish(page, title="Om huset")
    assert Page.objects.get(pk=english.pk).draft_title == "Om oss (en)"


def test_an_earlier_translation_with_a_link_that_the_new_sentence_has_not_is_an_error(home, translated):
    page = StandardPageFactory(parent=home, body=body(LINK.format(1)))
    english = translated(page, "en")
    page.body = body("Inget.")
    source = store(page)
    source.refresh_segments()
    kept = words(source, english.locale, f"body.{KEY.format(9)}.text")
    assert (kept.tool_name, kept.has_error) == (EARLIER_TEXT, True)


def test_a_translation_with_an_error_is_neither_replaced_nor_carried_over(pair):
    page, english = pair
    StringTranslation.objects.filter(context__path="lead").update(has_error=True)
    before = page.lead
    source = publish(page, lead="Vilka vi var.")
    assert words(source, english.locale, "lead") is None
    publish(page, lead=before)
    assert words(source, english.locale, "lead").has_error


def test_nothing_is_looked_up_where_no_sentence_has_changed(pair, django_assert_num_queries):
    source = TranslationSource.objects.get_for_instance(pair[0])
    before = sources.strings_by_context(source)
    with django_assert_num_queries(1):
        sources.carry_over_translations(source, before)


# --- Queries ------------------------------------------------------------------------------------------------------
# Of a refresh, whatever the page holds. Reading its pictures is Wagtail's: one query a field.
UNCHANGED, CHANGED = 6, 60


def large(number: int, mark: str = "") -> dict[str, Any]:
    """Values of a page with so many steps and pictures."""
    image = ImageFactory()
    return {
        "steps": [step(n, n, f"Steg {n}{mark}", f"Så gör vi {n}{mark}.") for n in range(number)],
        "gallery": [picture(50 + n, image, f"Bild {n}{mark}") for n in range(number)],
        "title": f"Baka{mark}",
        "summary": f"Du bakar{mark}.",
        "picture": image,
    }


@prepared
def page():
    catalogue = make_catalogue()
    long = {"parent": catalogue.experiences, "providers": [catalogue.provider], **large(20)}
    made = once(ExperiencePageFactory, slug="fika", **long)
    for code in ("en", "ar"):
        translated_once(made, code)
    return made


def test_where_nothing_has_changed_nothing_is_written(page, queries):
    source = TranslationSource.objects.get_for_instance(page)
    asked = queries(source.refresh_segments)
    assert asked <= UNCHANGED
    assert [query for query in asked.sql if not query.startswith("SELECT")] == []


def publications(page: Any, *versions: dict[str, Any]) -> Callable[[], None]:
    """A function that updates the source of `page` with the next of these values each time."""
    left = iter(versions)

    def publish_next() -> None:
        for name, value in next(left).items():
            setattr(page, name, value)
        sources.update_source(page)

    return publish_next


def test_a_fact_that_has_changed_costs_its_storing_besides(page, queries):
    its_source, schema_version, storing = 1, 1, 1
    content = queries(sources.content_json, page)
    asked = queries(publications(page, {"price": 500}, {"price": 600}))
    assert asked <= UNCHANGED + its_source + content + schema_version + storing


def test_a_change_of_every_sentence_costs_as_much_as_that_of_a_few(page, queries):
    many = queries(publications(page, large(20, " nu"), large(20, " igen")))
    assert many <= CHANGED
    assert queries(publications(page, large(2, " en gång"), large(2, " till"))) == many


def test_a_page_without_translations_costs_one_query(catalogue, queries):
    assert queries(sources.update_source, catalogue.provider) == 1
