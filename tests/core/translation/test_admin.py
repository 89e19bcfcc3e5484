"""Languages as editors and translators meet them in the admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Locale, Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.translation.slugs import reserved_words
from experiences.models import ExperiencePage
from home.models import StandardPage
from tests.conftest import messages_of
from tests.core.translation.test_words import publish
from tests.factories import PlaceFactory, StandardPageFactory, make_catalogue
from tests.template_database import prepared
from tests.translations import translate, translated_once


@prepared
def three():
    """An experience in three languages. Gives a function that reads one of them anew."""
    page = make_catalogue().experience
    for code in ("en", "ar"):
        translated_once(page, code)

    def read(code):
        return ExperiencePage.objects.get(translation_key=page.translation_key, locale__language_code=code)

    return read


def prices(three):
    return [three(code).price for code in ("sv", "en", "ar")]


def what_the_editor_sends(page, **changed):
    streams = ("story", "steps", "included", "not_included", "bring", "suits", "booking_steps", "gallery", "questions")
    values = {name: streamfield([]) for name in (*streams, "enquiry_questions")}
    texts = ("title", "slug", "summary", "price", "price_per", "price_covers", "duration", "group_min", "group_max")
    values |= {name: getattr(page, name) for name in (*texts, "food", "state")}
    values |= {
        "category": page.category_id,
        "place": page.place_id,
        "experience_providers": inline_formset(
            [{"id": row.pk, "provider": row.provider_id} for row in page.experience_providers.all()],
            initial=page.experience_providers.count(),
        ),
        "dates": inline_formset(
            [{"id": date.pk, "DELETE": "1"} for date in page.dates.all()], initial=page.dates.count()
        ),
        "experience_testimonials": inline_formset([]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    return nested_form_data(values | changed) | {"languages": page.languages}


# --- Facts ------------------------------------------------------------------------------------------------------
def test_publishing_in_the_editor_changes_all_three(three, admin):
    page = three("sv")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = admin.post(url, what_the_editor_sends(page, price=520))
    assert response.status_code == 302, response.context["form"].errors
    assert prices(three) == [520, 520, 520]
    assert three("ar").dates.count() == 0


def test_publishing_several_at_once_changes_all_three(three, admin):
    page = three("sv")
    page.price = 520
    page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert admin.post(f"{url}?id={page.pk}&next=/admin/").status_code == 302
    assert prices(three) == [520, 520, 520]


def test_a_schedule_changes_all_three_when_it_comes(three):
    page = three("sv")
    page.price, page.go_live_at = 520, timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert prices(three) == [450, 450, 450]
    scheduled = Revision.objects.get(approved_go_live_at__isnull=False)
    scheduled.content["go_live_at"] = timezone.now().isoformat()
    Revision.objects.filter(pk=scheduled.pk).update(content=scheduled.content, approved_go_live_at=timezone.now())
    call_command("publish_scheduled")
    assert prices(three) == [520, 520, 520]


# --- To translate -----------------------------------------------------------------------------------------------
def test_sending_a_page_to_two_languages_makes_two_drafts(catalogue, admin):
    page = catalogue.experience
    codes = Locale.objects.filter(language_code__in=["en", "ar"])
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert admin.post(url, {"locales": [locale.pk for locale in codes]}).status_code == 302
    for locale in codes:
        draft = page.get_translation(locale)
        assert (draft.live, draft.alias_of_id, draft.specific.price) == (False, None, 450)
        assert admin.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200


@pytest.fixture
def english(three):
    """The English page, its translation editor's address and its record."""
    page = three("en")
    return (
        page,
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        Translation.objects.get(target_locale=page.locale, source__object_id=page.translation_key),
    )


def test_a_translator_publishes_words(english, three, admin, django_capture_on_commit_callbacks):
    page, url, _ = english
    StringTranslation.objects.filter(context__path="title", locale=page.locale, data__startswith="Baka").update(
        data="Bake bread"
    )
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(url, {"action": "publish"}, follow=True)
    (message,) = messages_of(response)
    assert " ".join(strip_tags(message).split()) == "”Bake bread” är publicerad: Engelska. Visa publicerad"
    assert f'href="{three("en").url}"' in message
    assert three("en").title == "Bake bread"


def test_after_publishing_the_next_page_that_waits_in_that_language_is_one_click_away(
    english, three, home, admin, django_capture_on_commit_callbacks
):
    waits = StandardPageFactory(parent=home, title="Om oss", lead="Vi bakar bröd.")
    about = translate(waits, "en", {"title": "About us"})
    publish(waits, lead="Vi bakar tunnbröd.")
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(english[1], {"action": "publish"}, follow=True)
    (message,) = messages_of(response)
    lead = StringSegment.objects.get(source__object_id=waits.translation_key, context__path="lead")
    assert "Nästa: About us" in strip_tags(message)
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[about.pk])}#sentence-{lead.pk}"' in message


@pytest.mark.parametrize("file", [b'msgid ""\nmsgstr "Language: en\\n"\n', b"", None])
def test_a_po_file_that_belongs_nowhere_is_told(english, admin, file):
    """Some programs drop the line that names the translation."""
    _, url, translation = english
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    sent = {} if file is None else {"file": SimpleUploadedFile("en.po", file)}
    answer = admin.post(address, sent, headers={"referer": url}, follow=True)
    assert answer.redirect_chain[0] == (url, 302)
    told = "Filen säger inte vilken översättning den hör till. Ladda ner den på nytt och fyll i den."
    assert messages_of(answer) == [told]


def test_a_translator_is_told_what_is_missing(english, three, admin):
    url = english[1]
    swedish = three("sv")
    swedish.duration_note = "med disken"
    swedish.save_revision().publish()
    response = admin.post(url, {"action": "publish"}, follow=True)
    (message,) = messages_of(response)
    assert message.endswith("med disken")
    assert "1 text" in message
    assert response.status_code == 200
    assert three("en").duration_note == ""


def test_so_is_one_of_a_snippet(translated, admin, django_capture_on_commit_callbacks):
    place = PlaceFactory(area="")
    english = translated(place, "en", {"name": "Our kitchen"})
    place.area = "i centrala Växjö"
    place.save()
    url = reverse(place.snippet_viewset.get_url_name("edit"), args=[english.pk])
    response = admin.post(url, {"action": "publish"}, follow=True)
    assert messages_of(response) == ["Inte publicerad: 1 text är inte översatt än: i centrala Växjö"]
    english.refresh_from_db()
    assert (english.name, english.area) == ("Our kitchen", "")


def test_several_translations_at_once_are_published_whole_or_not_at_all(english, three, admin):
    page, _, translation = english
    swedish = three("sv")
    swedish.duration_note = "med disken"
    swedish.save_revision().publish()
    translation.save_target(publish=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={page.pk}&next=/admin/", follow=True)
    assert page.title in messages_of(response)[0]
    assert three("en").duration_note == ""


# --- What is not offered ----------------------------------------------------------------------------------------
def test_a_swedish_page_offers_to_translate_and_not_to_synchronise(three, admin, catalogue):
    Locale.objects.get_or_create(language_code="sv")
    page = catalogue.provider
    text = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in text
    for shown in (three("sv"), three("en")):
        text = admin.get(reverse("wagtailadmin_pages:edit", args=[shown.pk])).text
        assert "/localize/update/" not in text
    listing = admin.get(reverse("wagtailadmin_explore", args=[catalogue.experiences.pk])).text
    assert "/localize/update/" not in listing


def test_a_translation_is_not_offered_to_be_translated(translated, catalogue, admin):
    english = translated(catalogue.experience, "en")
    parent = english.get_parent()
    listing = admin.get(reverse("wagtailadmin_explore", args=[parent.pk])).text
    assert "/localize/submit/page/" not in listing


@pytest.mark.parametrize("name", ["stop_translation", "update_translations", "convert_to_alias"])
def test_what_would_cross_a_wall_is_explained(english, three, admin, name):
    page, url, translation = english
    key = {"stop_translation": translation.pk, "update_translations": translation.source_id}.get(name, page.pk)
    response = admin.post(reverse(f"wagtail_localize:{name}", args=[key]), headers={"referer": url}, follow=True)
    assert response.redirect_chain[-1][0] == url
    assert len(messages_of(response)) == 1
    translation.refresh_from_db()
    assert translation.enabled
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_stop_is_hidden_in_the_translation_editor(english, admin):
    assert "css/admin/translation" in admin.get(english[1]).text


def test_who_asks_for_an_alias_gets_a_copy(catalogue, admin):
    """The form does not offer one; a post that names it all the same is a copy, as a draft."""
    url = reverse("wagtailadmin_pages:copy", args=[catalogue.experience.pk])
    data = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": catalogue.experiences.pk,
        "alias": "on",
    }
    assert admin.post(url, data).status_code == 302
    copy = Page.objects.get(slug="kopia")
    assert (copy.alias_of_id, copy.live) == (None, False)


def test_a_language_is_not_synchronised_with_another(home, admin):
    locale = Locale.objects.get(language_code="en")
    assert "sync_from" not in admin.get(reverse("wagtaillocales:edit", args=[locale.pk])).text


# --- Words in addresses -----------------------------------------------------------------------------------------
def test_a_page_may_not_take_an_address_of_the_site(home, admin):
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    data = nested_form_data(
        {
            "title": "Sök",
            "slug": "search",
            "body": streamfield([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    response = admin.post(url, data)
    assert response.status_code == 200
    assert "search" in str(response.context["form"].errors["slug"])
    assert not StandardPage.objects.exists()
    assert admin.post(url, data | {"slug": "sok"}).status_code == 302
    page = StandardPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "slug" in admin.post(edit, data).context["form"].errors


def test_the_words_that_are_taken_are_those_of_our_own_addresses():
    assert {"search", "enquiry", "admin", "documents", "media"} <= reserved_words()


def test_the_frozen_copy_of_a_page_that_was_never_sent_is_not_made(catalogue):
    catalogue.experience.save_revision().publish()
    assert TranslationSource.objects.get_for_instance_or_none(catalogue.experience) is None
