"""What wagtail-localize does with each patch, and still does without it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail import hooks
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.models import Locale, Page
from wagtail_localize import models as localize_models
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.locales import components as locale_components
from wagtail_localize.locales import views as locale_views
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.views import convert, edit_translation, report
from wagtail_localize.views.report import TranslationsReportFilterSet
from wagtail_localize.views.update_translations import UpdateTranslationsView

from core.pages import publishing
from core.patches.originals import ORIGINALS
from core.people import roles
from core.translation import checks
from core.translation.sources import EARLIER_TEXT
from tests.conftest import messages_of
from tests.core.translation.test_segments import UNCHANGED
from tests.core.translation.test_words import fresh, publish, words, write
from tests.factories import ImageFactory, StandardPageFactory, UserFactory, home_page, once
from tests.people import browser, person
from tests.refusals import refused
from tests.template_database import prepared
from tests.translations import translated_once

pytestmark = pytest.mark.django_db


@prepared
def pair() -> SimpleNamespace:
    """A Swedish page, its English one, and wagtail-localize's records of both."""
    swedish = once(StandardPageFactory, slug="om-oss", parent=home_page(), title="Om oss")
    english = translated_once(swedish, "en", {"title": "About us"})
    source = TranslationSource.objects.get_for_instance(swedish)
    return SimpleNamespace(swedish=swedish, english=english, source=source, translation=source.translations.get())


# --- What translators work on -------------------------------------------------------------------------------------
def words_after_a_change(pair: SimpleNamespace) -> Any:
    publish(pair.swedish, title="Om huset")
    return words(pair.source, pair.english.locale, "title")


def test_patch_refresh_segments_works(pair):
    kept = words_after_a_change(pair)
    assert (kept.data, kept.tool_name) == ("About us", EARLIER_TEXT)


def test_patch_refresh_segments_is_needed(pair, without_patch):
    without_patch(TranslationSource, "refresh_segments")
    assert words_after_a_change(pair) is None


def test_patch_refresh_segments_works_in_a_few_queries(pair, queries):
    assert queries(lambda: pair.source.refresh_segments()) <= UNCHANGED


def test_patch_refresh_segments_is_needed_for_few_queries(pair, queries, without_patch):
    without_patch(TranslationSource, "refresh_segments")
    assert queries(lambda: pair.source.refresh_segments()) > 3 * UNCHANGED


def earlier_text(path: str = "title") -> StringTranslation:
    context = TranslationContext(path=path)
    return StringTranslation(data="About us", context=context, tool_name=EARLIER_TEXT, updated_at=timezone.now())


def test_patch_get_comment_works():
    assert earlier_text().get_comment().startswith("Den tidigare texten")


def test_patch_get_comment_is_needed(without_patch):
    without_patch(StringTranslation, "get_comment")
    assert EARLIER_TEXT in earlier_text().get_comment()


def test_patch_get_error_works():
    assert str(earlier_text().get_error()).startswith("Den tidigare texten")
    assert earlier_text("slug").get_error() is None


def test_patch_get_error_is_needed(without_patch):
    without_patch(StringTranslation, "get_error")
    assert earlier_text().get_error() is None


def status_after_a_change(pair: SimpleNamespace) -> tuple[str, int]:
    """What is said, and how many texts are not done."""
    publish(pair.swedish, title="Om huset")
    total, done = pair.translation.get_progress()
    return pair.translation.get_status_display(), total - done


def test_patch_status_works(pair):
    said, left = status_after_a_change(pair)
    assert (said.startswith("Inaktuell sedan"), left) == (True, 1)


def test_patch_status_is_needed(pair, without_patch):
    without_patch(Translation, "get_status_display", "get_progress")
    assert status_after_a_change(pair) == ("Aktuell", 0)


def props_of_editor(pair: SimpleNamespace, admin: Any) -> dict[str, Any]:
    publish(pair.swedish, title="Om huset")
    answer = admin.get(reverse("wagtailadmin_pages:edit", args=[pair.english.pk]))
    found: dict[str, Any] = json.loads(answer.context["props"])
    return found


def test_patch_editor_works(pair, admin):
    found = props_of_editor(pair, admin)
    assert found["locale"]["dir"] == "ltr"
    assert [one["contentPath"] for one in found["segments"] if "earlier" in one] == ["title"]


def test_patch_editor_is_needed(pair, admin, without_patch):
    without_patch(edit_translation, "render")
    found = props_of_editor(pair, admin)
    assert "dir" not in found["locale"]
    assert not [one for one in found["segments"] if "earlier" in one]


def report_of(view: Any, request: Any) -> list[Any]:
    """The rows of what waits."""
    request.GET = {"waiting_for_translation": "true"}
    shown = view(request=request, kwargs={}, args=())
    return list(shown.filter_queryset(shown.get_queryset()))


def test_patch_report_works(pair, request_of_admin):
    publish(pair.swedish, title="Om huset")
    assert report_of(report.TranslationsReportView, request_of_admin("get")) == [pair.translation]


def test_patch_report_is_needed(pair, request_of_admin):
    publish(pair.swedish, title="Om huset")
    assert report_of(ORIGINALS[report, "TranslationsReportView"], request_of_admin("get")) == []


def day_of_a_translation() -> str:
    may = datetime(2026, 5, 29, 12, tzinfo=UTC)
    with override("sv"):
        return str(StringTranslation(translation_type="manual", updated_at=may).get_comment())


def test_patch_dates_works():
    assert day_of_a_translation() == "Översatt för hand 2026-05-29"


def test_patch_dates_is_needed(without_patch):
    without_patch(localize_models, "DATE_FORMAT")
    assert "29 May 2026" in day_of_a_translation()


def title_of_the_source(pair: SimpleNamespace) -> str:
    """What one more translator would read, after the Swedish page was changed without being published."""
    Page.objects.filter(pk=pair.swedish.pk).update(title="Om huset")
    source, _ = TranslationSource.get_or_create_from_instance(fresh(pair.swedish))
    return StringSegment.objects.get(source=source, context__path="title").string.data


def test_patch_get_or_create_source_works(pair):
    assert title_of_the_source(pair) == "Om huset"


def test_patch_get_or_create_source_is_needed(pair, without_patch):
    without_patch(TranslationSource, "get_or_create_from_instance")
    assert title_of_the_source(pair) == "Om oss"


def filters_of_the_report() -> list[str]:
    form = TranslationsReportFilterSet({}).form
    with override("sv"):
        return [str(form.fields[name].label) for name in ("source_locale", "target_locale")]


def test_patch_report_works_in_the_readers_language(admin, pair):
    assert filters_of_the_report() == ["Källspråk", "Översatt till"]
    assert "2 översättningar" in admin.get(reverse("wagtail_localize:translations_report")).text


def test_patch_report_is_needed_for_the_readers_language(without_patch):
    for name in ("source_locale", "target_locale"):
        without_patch(TranslationsReportFilterSet.base_filters[name], "_label")
    assert filters_of_the_report() == ["Source locale", "Target locale"]


def told_of_a_page_without_a_slug_of_its_own(pair: SimpleNamespace, admin: Any) -> list[str]:
    words(pair.source, pair.english.locale, "slug").delete()
    edit = reverse("wagtailadmin_pages:edit", args=[pair.english.pk])
    told = messages_of(admin.post(edit, {"action": "publish"}, follow=True))
    return [" ".join(strip_tags(text).split()) for text in told]


def test_patch_publish_message_works(pair, admin):
    assert told_of_a_page_without_a_slug_of_its_own(pair, admin) == [
        "”About us” är publicerad: Engelska. Visa publicerad"
    ]


def test_patch_publish_message_is_needed(pair, admin, without_patch):
    without_patch(edit_translation, "edit_translation")
    (told,) = told_of_a_page_without_a_slug_of_its_own(pair, admin)
    assert "några översättningar saknas" in told


# --- A translated page is saved -----------------------------------------------------------------------------------
@pytest.fixture
def upstream(without_patch: Any) -> None:
    without_patch(TranslationSource, "create_or_update_translation")


@pytest.fixture
def untitled(pair: SimpleNamespace) -> SimpleNamespace:
    """A pair whose English title is missing."""
    words(pair.source, pair.english.locale, "title").delete()
    return pair


def test_patch_save_translation_works_where_words_are_missing(untitled):
    with refused("untranslated"):
        untitled.translation.save_target()


def test_patch_save_translation_is_needed_where_words_are_missing(
    untitled, upstream, django_capture_on_commit_callbacks, monkeypatch
):
    """Our own page would refuse it, too, but later: not in this test."""
    monkeypatch.setattr(publishing, "_refusals", lambda page, moment: [])
    with django_capture_on_commit_callbacks(execute=True):
        untitled.translation.save_target()
    assert (fresh(untitled.english).title, fresh(untitled.english).live) == ("Om oss", True)


@pytest.fixture
def below(home: Any) -> Translation:
    """To be translated: a page whose parent is not."""
    page = StandardPageFactory(parent=StandardPageFactory(parent=home))
    source, _ = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))


def test_patch_save_translation_works_below_a_page_that_is_not_translated(below):
    below.save_target(publish=False)
    parent = below.get_target_instance().get_parent()
    assert (parent.live, parent.alias_of) == (False, None)


def test_patch_save_translation_is_needed_below_a_page_that_is_not_translated(below, upstream):
    with pytest.raises(checks.NoAliases):
        below.save_target(publish=False)


def title_after_a_draft(pair: SimpleNamespace) -> str:
    write(pair.translation, "title", "About this house")
    pair.translation.save_target(publish=False)
    return str(fresh(pair.english).title)


def test_patch_save_translation_works_for_a_draft_of_a_published_page(pair):
    assert title_after_a_draft(pair) == "About us"


def test_patch_save_translation_is_needed_for_a_draft_of_a_published_page(pair, upstream):
    assert title_after_a_draft(pair) == "About this house"


# --- What is offered ----------------------------------------------------------------------------------------------
def locale_form(admin: Any) -> str:
    return admin.get(reverse("wagtaillocales:edit", args=[Locale.objects.get(language_code="en").pk])).text


def heading_of_a_new_locale(admin: Any) -> str:
    return str(admin.get(reverse("wagtaillocales:add")).context["page_subtitle"])


def test_patch_locale_components_works(admin, home):
    assert "sync_from" not in locale_form(admin)
    assert heading_of_a_new_locale(admin) == "Språk"


def test_patch_locale_components_is_needed(admin, home, without_patch):
    without_patch(locale_components, "LOCALE_COMPONENTS")
    without_patch(locale_views.CreateView, "page_subtitle")
    assert "sync_from" in locale_form(admin)
    assert heading_of_a_new_locale(admin) == "Locale"


@pytest.fixture
def offered(pair: SimpleNamespace) -> SimpleNamespace:
    """One language more than the page has."""
    Locale.objects.get_or_create(language_code="ar")
    return pair


def addresses(buttons: Any) -> str:
    return " ".join(str(button.url) for button in buttons)


@pytest.mark.parametrize("language", ["swedish", "english"])
def test_patch_page_buttons_works(offered, language):
    page, user = getattr(offered, language), UserFactory(admin=True)
    listing = [
        button
        for hook in hooks.get_hooks("register_page_listing_more_buttons")
        for button in hook(page, user=user, next_url="/")
    ]
    for buttons in (get_page_header_buttons(page, user, "/", "edit"), listing):
        assert "/localize/update/" not in addresses(buttons)
        assert ("/localize/submit/" in addresses(buttons)) == (language == "swedish")


def test_patch_page_buttons_is_needed(offered):
    user = UserFactory(admin=True)
    assert "/localize/update/" in addresses(localize_hooks.page_listing_more_buttons(offered.swedish, user))
    assert "/localize/submit/" in addresses(localize_hooks.page_listing_more_buttons(offered.english, user))


# --- Views --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("update_translations", "av sig själva"),
        ("stop_translation", "svenska sida"),
        ("convert_to_alias", "alias"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_patch_views_works(pair, admin, name, words, method):
    key = {"stop_translation": pair.translation.pk, "update_translations": pair.source.pk}.get(name, pair.english.pk)
    answer = getattr(admin, method)(reverse(f"wagtail_localize:{name}", args=[key]), follow=True)
    (message,) = messages_of(answer)
    assert words in message


def test_patch_views_is_needed_to_synchronise(pair, admin, without_patch):
    without_patch(UpdateTranslationsView, "dispatch")
    answer = admin.get(reverse("wagtail_localize:update_translations", args=[pair.source.pk]))
    assert "publish_translations" in answer.text


@pytest.fixture
def request_of_admin(rf: Any) -> Any:
    def ask(method: str, **sent: Any) -> Any:
        request = getattr(rf, method)("/", sent)
        request.user = UserFactory(admin=True)
        return request

    return ask


def test_patch_views_is_needed_to_stop(pair, request_of_admin):
    """It would stop the translation; core.signals refuses that as a lack of rights."""
    with pytest.raises(PermissionDenied):
        ORIGINALS[edit_translation, "stop_translation"](request_of_admin("post"), translation_id=pair.translation.pk)


def test_patch_views_is_needed_to_make_an_alias(pair, request_of_admin):
    """It would ask whether to make an alias."""
    answer = ORIGINALS[convert, "convert_to_alias"](request_of_admin("get"), page_id=pair.english.pk)
    assert answer.template_name == "wagtail_localize/admin/confirm_convert_to_alias.html"


def swedish_links(pair: SimpleNamespace) -> int:
    """How many links to the Swedish page a translator, who may not open it, gets in the editor of the English one."""
    client = browser(person(roles.TRANSLATORS))
    editor, swedish = (reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (pair.english, pair.swedish))
    return str(client.get(editor).text).count(f'href="{swedish}"')


def test_patch_editor_works_by_rights(pair):
    assert swedish_links(pair) == 0


def test_patch_editor_is_needed_for_rights(pair, without_patch):
    without_patch(edit_translation, "render")
    assert swedish_links(pair) > 0


PO = b'msgid ""\nmsgstr "Language: en\\n"\n'


def test_patch_upload_pofile_works(pair, admin):
    address = reverse("wagtail_localize:upload_pofile", args=[pair.translation.pk])
    answer = admin.post(address, {"file": SimpleUploadedFile("en.po", PO)}, follow=True)
    assert "hör till" in messages_of(answer)[0]


def test_patch_upload_pofile_is_needed(pair, request_of_admin):
    request = request_of_admin("post", file=SimpleUploadedFile("en.po", PO))
    with pytest.raises(KeyError):
        ORIGINALS[edit_translation, "upload_pofile"](request, pair.translation.pk)


# --- Rights, also of posts made by hand ---------------------------------------------------------------------------
def choose(pair: SimpleNamespace, user: Any, *, method: str = "put") -> int:
    """Another picture than the Swedish page's, sent to wagtail-localize as its editor's script sends it."""
    publish(pair.swedish, share_image=ImageFactory())
    segment = OverridableSegment.objects.get(source=pair.source, context__path="share_image")
    address = reverse("wagtail_localize:edit_override", args=[pair.translation.pk, segment.pk])
    body = encode_multipart(BOUNDARY, {"value": str(ImageFactory().pk)})
    return int(getattr(browser(user), method)(address, body, content_type=MULTIPART_CONTENT).status_code)


@pytest.mark.parametrize(
    ("role", "status"), [(roles.EDITORS, 201), (roles.TRANSLATORS, 403), (roles.ENQUIRY_STAFF, 403)]
)
def test_patch_edit_override_works(pair, role, status):
    assert choose(pair, person(role)) == status
    assert SegmentOverride.objects.count() == (1 if status == 201 else 0)


def test_patch_edit_override_works_where_a_choice_is_taken_back(pair):
    choose(pair, person(roles.EDITORS))
    assert choose(pair, person(roles.TRANSLATORS), method="delete") == 403
    assert SegmentOverride.objects.count() == 1


def test_patch_edit_override_is_needed(pair, without_patch, rf):
    publish(pair.swedish, share_image=ImageFactory())
    segment = OverridableSegment.objects.get(source=pair.source, context__path="share_image")
    body = encode_multipart(BOUNDARY, {"value": str(ImageFactory().pk)})
    request = rf.put("/", body, content_type=MULTIPART_CONTENT)
    request.user, request._dont_enforce_csrf_checks = person(roles.TRANSLATORS), True
    answer = ORIGINALS[edit_translation, "edit_override"](request, pair.translation.pk, segment.pk)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("link", "status"), [("https://example.org/en", 201), ("tel:+46470", 201), ("java\tscript:alert(1)", 403)]
)
def test_a_translator_replaces_a_link_by_a_link(pair, link, status):
    value = {"heading": "", "text": '<p>Läs <a href="https://example.org/sv">mer</a>.</p>'}
    publish(pair.swedish, body=[{"type": "paragraphs", "id": str(uuid4()), "value": value}])
    segment = OverridableSegment.objects.get(source=pair.source)
    address = reverse("wagtail_localize:edit_override", args=[pair.translation.pk, segment.pk])
    body = encode_multipart(BOUNDARY, {"value": link})
    answer = browser(person(roles.TRANSLATORS)).put(address, body, content_type=MULTIPART_CONTENT)
    assert answer.status_code == status
    assert SegmentOverride.objects.count() == (1 if status == 201 else 0)


def test_a_locked_translation_is_not_published_by_a_post_made_by_hand(pair):
    write(pair.translation, "title", "About this house")
    Page.objects.filter(pk=pair.english.pk).update(locked=True, locked_by=UserFactory(admin=True))
    edit = reverse("wagtailadmin_pages:edit", args=[pair.english.pk])
    answer = browser(person(roles.TRANSLATORS)).post(edit, {"action": "publish"}, follow=True)
    assert fresh(pair.english).title == "About us"
    assert any("locked" in text for text in messages_of(answer))
