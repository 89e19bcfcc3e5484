"""Facts follow the Swedish page, by every path, in every language at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from wagtail_localize.models import OverridableSegment, SegmentOverride, TranslationSource

from experiences.models import ExperienceDate, ExperiencePage, ExperienceProvider, ProviderPage
from tests.factories import (
    STOCKHOLM,
    CategoryFactory,
    ImageFactory,
    PlaceFactory,
    ProviderPageFactory,
    SkillFactory,
    TestimonialFactory,
    make_catalogue,
)
from tests.template_database import prepared
from tests.translations import translated_once


@prepared
def three():
    """An experience in three languages. Gives a function that reads all of them anew."""
    page = make_catalogue().experience
    translated_once(page, "en", {"title": "Bake bread"})
    translated_once(page, "ar", {"title": "خبز"})

    def read() -> list[ExperiencePage]:
        pages = ExperiencePage.objects.filter(translation_key=page.translation_key)
        return sorted(pages, key=lambda p: ["sv", "en", "ar"].index(p.locale.language_code))

    return read


def publish(page, **facts):
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_price_size_and_length_are_changed_in_all_three_at_once(three, catalogue):
    publish(catalogue.experience, price=520, group_min=2, group_max=6, duration=200, languages=["sv"], state="paused")
    for page in three():
        assert (page.price, page.group_min, page.group_max, page.duration) == (520, 2, 6, 200)
        assert (page.languages, page.state) == (["sv"], "paused")
        assert page.live
        assert not page.has_unpublished_changes


def test_words_stay_as_they_are(three, catalogue):
    publish(catalogue.experience, price=520, title="Baka tunt bröd", summary="Nytt.")
    assert [page.title for page in three()] == ["Baka tunt bröd", "Bake bread", "خبز"]
    assert three()[2].summary.endswith("(ar)")


def test_a_text_that_is_emptied_is_emptied_in_all_three_and_in_drafts(three, catalogue):
    """That it can be given away, what is known of the food: no language promises what Swedish has taken back."""
    publish(catalogue.experience, as_gift="Går att ge bort.", food_note="Innehåller sesam.")
    for page in three()[1:]:
        page.as_gift, page.food_note = "(translated)", "(translated)"
        page.save_revision().publish()
        page.title = f"{page.title}!"
        page.save_revision()
    publish(catalogue.experience, as_gift="")
    for page in three()[1:]:
        draft = page.get_latest_revision_as_object()
        assert [(found.as_gift, found.food_note) for found in (page, draft)] == [("", "(translated)")] * 2
        assert draft.title.endswith("!")
    old = three()[2].revisions.order_by("pk")[1]
    old.publish()
    assert three()[2].as_gift == "", "an old version does not bring it back"


def test_a_picture_is_changed_in_all_three(three, catalogue):
    picture = ImageFactory()
    publish(catalogue.experience, picture=picture, share_image=picture)
    assert {page.picture for page in three()} == {picture}
    assert {page.share_image for page in three()} == {picture}


def test_a_picture_that_a_translator_replaced_stays(three, catalogue, translated):
    first, own, last = ImageFactory(), ImageFactory(), ImageFactory()
    publish(catalogue.experience, picture=first)
    segment = OverridableSegment.objects.get(
        source=TranslationSource.objects.get_for_instance(catalogue.experience), context__path="picture"
    )
    arabic = three()[2]
    SegmentOverride.objects.create(locale=arabic.locale, context=segment.context, data_json=str(own.pk))
    translated(catalogue.experience, "ar", {"title": "خبز"})
    arabic = three()[2]
    assert arabic.picture == own
    arabic.title = "خبز رقيق"
    arabic.save_revision()
    publish(ExperiencePage.objects.get(pk=catalogue.experience.pk), picture=last)
    assert [page.picture for page in three()] == [last, last, own]
    draft = three()[2].get_latest_revision_as_object()
    assert (draft.title, draft.picture) == ("خبز رقيق", own)


def test_a_replacement_that_could_not_be_used_does_not_hold_back_the_picture(three, catalogue):
    """wagtail-localize marks an override that it could not store."""
    own, last = ImageFactory(), ImageFactory()
    publish(catalogue.experience, picture=ImageFactory())
    segment = OverridableSegment.objects.get(
        source=TranslationSource.objects.get_for_instance(catalogue.experience), context__path="picture"
    )
    SegmentOverride.objects.create(
        locale=three()[2].locale, context=segment.context, data_json=str(own.pk), has_error=True
    )
    publish(ExperiencePage.objects.get(pk=catalogue.experience.pk), picture=last)
    assert [page.picture for page in three()] == [last, last, last]


def test_dates_are_changed_in_all_three(three, catalogue):
    start = datetime(timezone.now().year + 1, 5, 2, 13, 0, tzinfo=STOCKHOLM)
    publish(catalogue.experience, dates=[ExperienceDate(start=start, seats=5)])
    for page in three():
        assert [(date.start, date.seats) for date in page.dates.all()] == [(start, 5)]


def test_dates_that_are_taken_away_are_taken_away(three, catalogue):
    publish(catalogue.experience, dates=[])
    assert [page.dates.count() for page in three()] == [0, 0, 0]


def test_rows_that_did_not_change_keep_their_keys(three, catalogue):
    before = [list(page.dates.values_list("pk", flat=True)) for page in three()]
    publish(catalogue.experience, price=520)
    assert [list(page.dates.values_list("pk", flat=True)) for page in three()] == before


def test_rows_that_are_only_numbered_anew_keep_their_keys(three, catalogue):
    before = [list(page.experience_providers.values_list("pk", flat=True)) for page in three()]
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    rows = list(page.experience_providers.all())
    for number, row in enumerate(rows, start=5):
        row.sort_order = number
    publish(page, experience_providers=rows)
    assert [list(page.experience_providers.values_list("pk", flat=True)) for page in three()] == before


def test_a_new_date_leaves_the_other_rows_their_keys(three, catalogue):
    before = [set(page.dates.values_list("pk", flat=True)) for page in three()]
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    page.dates.add(ExperienceDate(start=timezone.now() + timedelta(days=3), seats=5))
    publish(page)
    after = [set(page.dates.values_list("pk", flat=True)) for page in three()]
    assert [len(new - old) for new, old in zip(after, before, strict=True)] == [1, 1, 1]
    assert [len(old - new) for new, old in zip(after, before, strict=True)] == [0, 0, 0]


def test_the_version_of_a_translation_has_the_rows_of_its_page(three, catalogue):
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    page.dates.add(ExperienceDate(start=timezone.now() + timedelta(days=3), seats=5))
    publish(page)
    arabic = three()[2]
    stored = arabic.get_latest_revision().content["dates"]
    assert [row["pk"] for row in stored] == list(arabic.dates.values_list("pk", flat=True))


def test_hosts_follow_with_their_order_and_stay_swedish_rows(three, catalogue, translated):
    second = ProviderPageFactory(parent=catalogue.providers, title="Nour Issa", slug="nour-issa")
    translated(second, "ar")
    hosts = [ExperienceProvider(provider=second), ExperienceProvider(provider=catalogue.provider)]
    for number, host in enumerate(hosts):
        host.sort_order = number
    publish(catalogue.experience, experience_providers=hosts)
    for page in three():
        assert [row.provider for row in page.experience_providers.order_by("sort_order")] == [
            second,
            catalogue.provider,
        ]


def test_a_place_leads_to_its_translation_else_to_the_swedish(three, catalogue, translated):
    place = PlaceFactory(name="Ute vid sjön", kind="outdoors")
    arabic = translated(place, "ar", {"name": "في الهواء الطلق"})
    publish(catalogue.experience, place=place)
    assert [page.place for page in three()] == [place, place, arabic]


def test_a_category_that_is_translated_later_is_found_by_its_pages(three, catalogue, translated):
    english = translated(catalogue.experience.category, "en", {"name": "Food"})
    assert [page.category.name for page in three()] == ["Mat", "Food", "Mat"]
    assert english.slug == "mat"


def test_a_snippets_own_facts_follow(db, translated):
    category = CategoryFactory(name="Hantverk", slug="hantverk")
    english = translated(category, "en", {"name": "Craft"})
    category.slug, category.sort_order = "handens-verk", 7
    category.save()
    english.refresh_from_db()
    assert (english.slug, english.sort_order, english.name) == ("handens-verk", 7, "Craft")


def test_skills_follow_also_when_there_are_none_left(catalogue, translated):
    bread, dough = SkillFactory(name="Bröd"), SkillFactory(name="Deg")
    english_bread = translated(bread, "en", {"name": "Bread"})
    provider = catalogue.provider
    provider.skills = [bread, dough]
    provider.save_revision().publish()
    english = translated(provider, "en")
    assert set(english.skills.all()) == {english_bread, dough}
    provider.skills = []
    provider.save_revision().publish()
    assert list(ProviderPage.objects.get(pk=english.pk).skills.all()) == []


def test_testimonials_follow_in_the_readers_language(three, catalogue, translated):
    said = TestimonialFactory()
    english = translated(said, "en", {"words": "So thin."})
    rows = catalogue.experience.experience_testimonials
    rows.set([rows.model(testimonial=said)])
    publish(catalogue.experience)
    shown = [[row.testimonial for row in page.experience_testimonials.all()] for page in three()]
    assert shown == [[said], [english], [said]]


# --- Drafts, schedules, old revisions ---------------------------------------------------------------------------
def test_a_translation_is_as_new_as_its_facts(three, catalogue):
    """The sitemap tells search engines of its new price."""
    before = [page.last_published_at for page in three()]
    publish(catalogue.experience, price=520)
    assert all(page.last_published_at > moment for page, moment in zip(three(), before, strict=True))


def test_the_same_choices_in_another_order_are_no_change(three, catalogue):
    publish(catalogue.experience, allergens=["milk", "gluten"], languages=["en", "sv"])
    assert [(page.allergens, page.languages) for page in three()] == [(["gluten", "milk"], ["sv", "en"])] * 3
    before = three()[2].last_published_at
    publish(catalogue.experience, allergens=["milk", "gluten"])
    assert three()[2].last_published_at == before


def test_a_pending_draft_of_a_translation_gets_the_facts_and_stays_a_draft(three, catalogue):
    arabic = three()[2]
    arabic.title = "خبز رقيق"
    arabic.save_revision()
    publish(catalogue.experience, price=520)
    arabic = three()[2]
    assert (arabic.title, arabic.price, arabic.has_unpublished_changes) == ("خبز", 520, True)
    draft = arabic.get_latest_revision_as_object()
    assert (draft.title, draft.price) == ("خبز رقيق", 520)


def test_a_translation_that_was_never_published_gets_them(catalogue, translated):
    draft = translated(catalogue.experience, "en", publish=False)
    publish(catalogue.experience, price=520)
    draft.refresh_from_db()
    assert (draft.live, draft.price) == (False, 520)
    assert draft.get_latest_revision_as_object().price == 520


def test_a_draft_in_swedish_changes_nothing(three, catalogue):
    catalogue.experience.price = 999
    catalogue.experience.save_revision()
    assert [page.price for page in three()] == [450, 450, 450]


def test_a_schedule_of_a_translation_goes_live_with_todays_facts(three, catalogue):
    arabic = three()[2]
    arabic.title, arabic.go_live_at = "خبز رقيق", timezone.now() + timedelta(hours=1)
    arabic.save_revision(approved_go_live_at=arabic.go_live_at).publish()
    arabic.save_revision()  # a later draft
    publish(catalogue.experience, price=520)
    arabic = three()[2]
    assert (arabic.title, arabic.price) == ("خبز", 520)
    scheduled = arabic.scheduled_revision
    assert scheduled.as_object().price == 520
    assert scheduled.approved_go_live_at is not None


def test_an_old_revision_of_a_translation_brings_no_old_price_back(three, catalogue):
    arabic = three()[2]
    old = arabic.latest_revision
    arabic.title = "خبز رقيق"
    arabic.save_revision().publish()
    publish(catalogue.experience, price=520)
    old.refresh_from_db()
    assert old.as_object().price == 450
    old.publish()
    arabic = three()[2]
    assert (arabic.title, arabic.price) == ("خبز", 520)


def test_what_translators_publish_brings_no_old_price_back(three, catalogue, translated):
    publish(catalogue.experience, price=520)
    source = TranslationSource.objects.get_for_instance(catalogue.experience)
    frozen = source.content_json.replace('"price": 520', '"price": 100')
    TranslationSource.objects.filter(pk=source.pk).update(content_json=frozen)
    translation = source.translations.get(target_locale=three()[2].locale)
    translation.save_target(publish=False)
    assert three()[2].price == 520


def test_a_save_by_code_is_carried_too(three, catalogue):
    catalogue.experience.price = 530
    catalogue.experience.save()
    assert [page.price for page in three()] == [530, 530, 530]


def test_a_save_of_one_column_is_carried_too(three, catalogue):
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    page.price, page.duration = 530, 15
    page.save(update_fields=["price"])
    assert [(page.price, page.duration) for page in three()] == [(530, 180)] * 3


def test_translators_see_what_was_saved_by_code(three, catalogue):
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    page.summary = "Helt nya ord."
    page.save()
    page.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(page)
    assert source.stringsegment_set.filter(string__data="Helt nya ord.").exists()
    page.title = "Nytt namn"
    page.save(update_fields=["title"])
    assert source.stringsegment_set.filter(string__data="Nytt namn").exists()


def test_the_history_of_a_translation_says_what_followed(three, catalogue):
    from wagtail.models import PageLogEntry

    publish(catalogue.experience, price=520)
    entry = PageLogEntry.objects.get(action="core.synchronised_fields_copied", page=three()[2].pk)
    assert entry.data == {"fields": ["price"], "emptied": []}


def test_a_moderation_of_a_translation_goes_on(three, catalogue, django_user_model):
    from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask

    workflow = Workflow.objects.create(name="Läs igenom")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.create(name="Läs"), sort_order=0)
    arabic = three()[2]
    WorkflowPage.objects.create(workflow=workflow, page=arabic.get_parent())
    arabic.title = "خبز رقيق"
    arabic.save_revision()
    workflow.start(arabic, None)
    publish(catalogue.experience, price=520)
    arabic = three()[2]
    assert arabic.workflow_in_progress
    arabic.current_workflow_state.current_task_state.specific.approve()
    arabic = three()[2]
    assert (arabic.title, arabic.price) == ("خبز رقيق", 520)
