"""No Swedish and no draft reaches a published translation, by any path; what was translated is not lost."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from core.translation.checks import NoAliases, OnlyFromSwedish
from core.translation.sources import EARLIER_TEXT
from experiences.models import ExperiencePage
from tests.factories import CategoryFactory, StandardPageFactory, make_catalogue
from tests.refusals import refused
from tests.template_database import prepared
from tests.translations import translated_once, write_translations


@prepared
def arabic():
    return translated_once(make_catalogue().experience, "ar", {"title": "خبز", "summary": "نخبز معًا."})


@pytest.fixture
def source(arabic, catalogue) -> TranslationSource:
    return TranslationSource.objects.get_for_instance(catalogue.experience)


@pytest.fixture
def translation(source, arabic) -> Translation:
    return source.translations.get(target_locale=arabic.locale)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def publish(page, **values):
    page = fresh(page)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def words(source, locale, path):
    segment = StringSegment.objects.get(source=source, context__path=path)
    return StringTranslation.objects.filter(
        translation_of=segment.string, context=segment.context, locale=locale
    ).first()


# --- What translators see ---------------------------------------------------------------------------------------
def test_the_frozen_copy_is_renewed_with_each_publication(catalogue, source, arabic):
    publish(catalogue.experience, summary="Du bakar. Vi äter.")
    assert StringSegment.objects.get(source=source, context__path="summary").string.data == "Du bakar. Vi äter."


def test_a_changed_sentence_keeps_the_translation_that_it_had(catalogue, source, translation, arabic):
    publish(catalogue.experience, summary="Du bakar. Vi äter.")
    kept = words(source, arabic.locale, "summary")
    assert (kept.data, kept.tool_name) == ("نخبز معًا.", EARLIER_TEXT)
    assert kept.get_comment() == _("The earlier text: the Swedish has changed since. Translate it again.")
    total, translated = translation.get_progress()
    assert total - translated == 1


def test_it_is_kept_over_several_changes(catalogue, source, arabic):
    for text in ("Ett.", "Två.", "Tre."):
        publish(catalogue.experience, summary=text)
    assert words(source, arabic.locale, "summary").data == "نخبز معًا."


def test_a_text_put_back_has_its_own_translation_again(catalogue, source, arabic):
    before = catalogue.experience.summary
    publish(catalogue.experience, summary="Ett.")
    publish(catalogue.experience, summary=before)
    assert words(source, arabic.locale, "summary").tool_name == ""


def test_one_that_is_out_of_date_again_has_the_words_of_now(catalogue, source, translation, arabic):
    """And is out of date since it is so again, not since the first time."""
    before = catalogue.experience.summary
    publish(catalogue.experience, summary="Ett.")
    long_ago = timezone.now() - timedelta(days=9)
    StringTranslation.objects.filter(tool_name=EARLIER_TEXT).update(created_at=long_ago)
    publish(catalogue.experience, summary=before)
    write(translation, "summary", "نخبز ونأكل.")
    publish(catalogue.experience, summary="Ett.")
    kept = words(source, arabic.locale, "summary")
    assert (kept.data, kept.tool_name) == ("نخبز ونأكل.", EARLIER_TEXT)
    assert kept.created_at > long_ago + timedelta(days=8)


def test_a_field_that_was_empty_for_a_while_has_its_last_words_again(catalogue, source, arabic):
    last = words(source, arabic.locale, "as_gift").data
    publish(catalogue.experience, as_gift="")
    publish(catalogue.experience, as_gift="Ge bort den.")
    kept = words(source, arabic.locale, "as_gift")
    assert (kept.data, kept.tool_name) == (last, EARLIER_TEXT)


def test_a_changed_paragraph_of_several_keeps_its_place(home, translated):
    def body(*paragraphs):
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return [
            {
                "type": "paragraphs",
                "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, "a")),
                "value": {"heading": "", "text": text},
            }
        ]

    page = StandardPageFactory(parent=home, body=body("Ett.", "Två.", "Tre."))
    english = translated(page, "en")
    source = TranslationSource.objects.get_for_instance(page)
    page = publish(page, body=body("Ett.", "Två och en halv.", "Tre."))
    with transaction.atomic():
        source.refresh_from_db()
    segments = StringSegment.objects.filter(source=source, context__path__endswith="text").order_by("order")
    found = [segment.translation for segment in segments.annotate_translation(english.locale)]
    assert found == ["Ett. (en)", "Två. (en)", "Tre. (en)"]


def test_translating_into_one_more_language_starts_from_the_page_as_it_is(catalogue, source, arabic):
    ExperiencePage.objects.filter(pk=catalogue.experience.pk).update(summary="Nytt utan publicering.")
    english = Locale.objects.get(language_code="en")
    translate_object(fresh(catalogue.experience), [english])
    assert StringSegment.objects.filter(source=source, string__data="Nytt utan publicering.").exists()


def test_a_page_whose_parent_is_not_translated_gets_a_draft_parent(catalogue):
    english = Locale.objects.get(language_code="en")
    translate_object(catalogue.experience, [english])
    page = catalogue.experience.get_translation(english)
    parents = page.get_ancestors().filter(depth__gt=1)
    assert [(parent.live, parent.alias_of) for parent in parents] == [(False, None), (False, None)]
    assert not page.live
    assert Page.find_problems() == ([], [], [], [], [])


# --- A draft stays a draft --------------------------------------------------------------------------------------
def write(translation, path, text):
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": text, "tool_name": ""},
    )


def test_unpublished_words_stay_in_the_draft(arabic, translation):
    write(translation, "title", "خبز جديد")
    translation.save_target(publish=False)
    page = fresh(arabic)
    assert (page.title, page.slug, page.has_unpublished_changes) == ("خبز", arabic.slug, True)
    assert page.get_latest_revision_as_object().title == "خبز جديد"


def test_an_unpublished_slug_moves_nothing(arabic, translation, catalogue, client):
    write(translation, "slug", "jadid")
    translation.save_target(publish=False)
    assert client.get(arabic.url).status_code == 200


def test_published_words_are_published(arabic, translation, django_capture_on_commit_callbacks):
    write(translation, "title", "خبز جديد")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    page = fresh(arabic)
    assert (page.title, page.has_unpublished_changes) == ("خبز جديد", False)


@pytest.mark.django_db(transaction=True)
def test_so_they_are_where_nothing_waits_for_a_commit(home, translated):
    page = StandardPageFactory(parent=home)
    english = translated(page, "en", {"title": "About us"})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    write(translation, "title", "About this house")
    translation.save_target()
    english.refresh_from_db()
    assert (english.title, english.live, english.has_unpublished_changes) == ("About this house", True, False)


# --- No Swedish -------------------------------------------------------------------------------------------------
def test_a_changed_sentence_leaves_the_published_translation_alone(catalogue, arabic, translation):
    publish(catalogue.experience, summary="Du bakar. Vi äter.")
    assert fresh(arabic).summary == "نخبز معًا."
    translation.save_target(publish=False)
    assert fresh(arabic).summary == "نخبز معًا."


def test_a_new_text_without_translation_does_not_go_live(catalogue, arabic, translation):
    publish(catalogue.experience, duration_note="med disken")
    with refused("untranslated"):
        translation.save_target()
    assert fresh(arabic).duration_note == ""
    assert fresh(arabic).live


def test_nor_as_the_draft_that_was_made_of_it(catalogue, arabic, translation):
    publish(catalogue.experience, duration_note="med disken")
    translation.save_target(publish=False)
    draft = fresh(arabic).latest_revision
    assert draft.as_object().duration_note == "med disken"
    with refused("untranslated"):
        draft.publish()
    assert fresh(arabic).duration_note == ""


def test_a_translation_that_is_emptied_or_wrong_does_not_go_live(arabic, translation):
    for spoiled in ({"data": ""}, {"data": "x", "has_error": True}):
        StringTranslation.objects.filter(context__path="summary", locale=arabic.locale).update(**spoiled)
        with refused("untranslated"):
            translation.save_target()
        assert fresh(arabic).summary == "نخبز معًا."


def test_a_first_publication_needs_all_words_too(catalogue):
    english = Locale.objects.get(language_code="en")
    translate_object(catalogue.provider, [english])
    page = catalogue.provider.get_translation(english)
    with refused("untranslated"):
        page.latest_revision.publish()
    assert not fresh(page).live


def test_the_same_words_are_right_where_a_translator_wrote_them(catalogue, translated):
    english = translated(catalogue.provider, "en", {"title": catalogue.provider.title})
    assert (english.live, english.title) == (True, "Samira Khoury")


def test_a_copy_by_code_does_not_go_live_in_swedish(catalogue, arabic):
    english = Locale.objects.get(language_code="en")
    catalogue.home.copy_for_translation(english)
    copy = catalogue.experiences.copy_for_translation(english)
    with refused("untranslated"):
        copy.save_revision().publish()


def test_swedish_put_into_a_published_translation_by_code_is_refused(catalogue, arabic):
    arabic.summary = catalogue.experience.summary
    with refused("untranslated"):
        arabic.save()
    assert fresh(arabic).summary == "نخبز معًا."


def test_an_old_revision_in_the_language_itself_may_come_back(catalogue, arabic, translation):
    old = arabic.latest_revision
    publish(catalogue.experience, duration_note="med disken")
    write(translation, "duration_note", "مع غسل الأطباق")
    translation.save_target(publish=False)
    old.publish()
    assert fresh(arabic).live


# --- No aliases, no second source -------------------------------------------------------------------------------
def test_no_alias_is_made(catalogue, arabic):
    english = Locale.objects.get(language_code="en")
    with pytest.raises(NoAliases), transaction.atomic():
        catalogue.experience.create_alias(update_slug="alias")
    with pytest.raises(NoAliases), transaction.atomic():
        catalogue.home.copy_for_translation(english, alias=True)
    arabic.alias_of = catalogue.experience
    with pytest.raises(NoAliases):
        arabic.save(update_fields=["alias_of"], clean=False)


def test_not_even_past_the_models(catalogue, arabic):
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=arabic.pk).update(alias_of=catalogue.experience)


def test_no_tree_of_aliases_is_kept_in_step(home):
    with pytest.raises(NoAliases):
        LocaleSynchronization.objects.create(
            locale=Locale.objects.get(language_code="en"), sync_from=Locale.objects.get(language_code="sv")
        )


def test_a_translation_is_not_translated(arabic, source):
    with pytest.raises(OnlyFromSwedish):
        translate_object(arabic, [Locale.objects.get(language_code="en")])
    assert TranslationSource.objects.exclude(locale__language_code="sv").count() == 0


def test_a_translation_stays_connected(translation):
    translation.enabled = False
    with pytest.raises(PermissionDenied):
        translation.save(update_fields=["enabled"])
    translation.refresh_from_db()
    assert translation.enabled


# --- Slugs ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "becomes"),
    [("bake bread!", "bake-bread"), ("خبز", "khbz"), ("Хліб", "khlib"), ("!!!", "baka-brod")],
)
def test_a_translated_slug_is_written_in_ascii(catalogue, translated, written, becomes):
    english = translated(catalogue.experience, "en", {"slug": written})
    assert english.slug == becomes


def test_a_snippets_words_are_no_slugs(db, translated):
    assert translated(CategoryFactory(), "ar", {"name": "طعام"}).name == "طعام"


def test_all_words_that_a_translator_writes_are_found_by_the_helper(arabic, source):
    write_translations(source, arabic.locale, {})
    assert StringTranslation.objects.filter(locale=arabic.locale, data__endswith="(ar)").exists()
