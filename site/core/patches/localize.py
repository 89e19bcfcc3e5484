"""Patches of wagtail-localize. The table with upstream issues and releases: core/patches/__init__.py.

It offers neither signals nor settings at these places. What translations share with their Swedish page, and what
refuses them, is in core.translation.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize import models as localize_models
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.locales import components as locale_components
from wagtail_localize.locales import views as locale_views
from wagtail_localize.models import (
    LocaleSynchronization,
    OverridableSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.views import convert, edit_translation, report
from wagtail_localize.views.report import TranslationsReportFilterSet
from wagtail_localize.views.update_translations import UpdateTranslationsView

from core.pages import translating, translation_editor
from core.pages.models import BasePage
from core.pages.translations_report import TranslationsReport
from core.patches.originals import replace
from core.translation import editor, progress, sources
from core.translation.locales import is_source

EDITOR_TEMPLATE = "wagtail_localize/admin/edit_translation.html"


# --- What translators work on -------------------------------------------------------------------------------------
def patch_refresh_segments() -> None:
    """Keep the translation of a sentence whose Swedish has changed, marked as earlier text, in a few queries.

    wagtail-localize drops it, so that the next publication puts Swedish in its place, and asks the database several
    times for each sentence, changed or not.
    """
    replace(TranslationSource, "refresh_segments", sources.refresh_segments)


def patch_get_comment() -> None:
    """Tell translators in their language that a text is an earlier one, and what to do.

    wagtail-localize would show our mark as the name of a tool ("Translated with earlier text").
    """
    original = StringTranslation.get_comment

    @functools.wraps(original)
    def get_comment(self: Any) -> str:
        if self.tool_name == sources.EARLIER_TEXT:
            return _("The earlier text: the Swedish has changed since. Translate it again.")
        comment: str = original(self)
        return comment

    replace(StringTranslation, "get_comment", get_comment)


def patch_get_error() -> None:
    """Mark an earlier text as what is to be mended, and count it on its tab, instead of giving it a green tick.

    wagtail-localize's editor knows translated, not translated and wrong, and takes it for translated. A slug may stay
    as it is.
    """
    original = StringTranslation.get_error

    @functools.wraps(original)
    def get_error(self: Any) -> str | None:
        if self.tool_name == sources.EARLIER_TEXT and not self.has_error and self.context.path != "slug":
            return str(self.get_comment())
        error: str | None = original(self)
        return error

    replace(StringTranslation, "get_error", get_error)


def patch_status() -> None:
    """Say of a translation what is out of date, since when, and what is not published; do not count it as done.

    wagtail-localize says "Up to date" of whatever has a translation, also of an earlier Swedish text.
    """
    original = Translation.get_progress

    @functools.wraps(original)
    def get_progress(self: Any) -> tuple[int, int]:
        total, translated = original(self)
        return total, translated - progress.known(self).earlier

    replace(Translation, "get_progress", get_progress)
    replace(Translation, "get_status_display", progress.status)


def patch_editor() -> None:
    """Give the translation editor's script directions and the Swedish before it changed; leave out what is refused.

    wagtail-localize links to every language, and offers pictures to those who may choose none. The view has no hook for
    what it hands over; static/js/admin/translation.js shows it.
    """
    original = edit_translation.render

    @functools.wraps(original)
    def render(request: HttpRequest, template: str, context: dict[str, Any], **options: Any) -> HttpResponse:
        if template == EDITOR_TEMPLATE:
            context = translation_editor.for_user(context, request.user)
            props = editor.complete(json.loads(context["props"]), context["translation"])
            context = context | {"props": json.dumps(props)}
        response: HttpResponse = original(request, template, context, **options)
        return response

    replace(edit_translation, "render", render)


def patch_publish_message() -> None:
    """Say "published", with links that lead on; also where only the slug has no translation: it may stay as it is.

    wagtail-localize counts the slug, says that translations are missing, and to look below, where nothing is marked. It
    links neither to the live page nor to what waits next.
    """
    original = edit_translation.edit_translation

    @functools.wraps(original)
    def edit(request: HttpRequest, translation: Translation, instance: Any) -> HttpResponse:
        response: HttpResponse = original(request, translation, instance)
        is_published = request.POST.get("action") == "publish"
        if is_published and not sources.untranslated(translation.source, translation.target_locale):
            translation_editor.say_published(request, translation)
        return response

    replace(edit_translation, "edit_translation", edit)


def patch_report() -> None:
    """List what waits first, the oldest on top, in a fixed number of queries; filters named in the reader's language.

    wagtail-localize's report takes an earlier text for translated, and asks the database several times for each row.
    Its hook for the admin's addresses looks the class up when they are made.
    """
    replace(report, "TranslationsReportView", TranslationsReport)
    filters = TranslationsReportFilterSet.base_filters
    replace(filters["source_locale"], "_label", gettext_lazy("Source language"))
    replace(filters["target_locale"], "_label", gettext_lazy("Translated into"))


def patch_dates() -> None:
    """Write the day of a translation as 2026-11-29, which is read in every language.

    wagtail-localize writes the month in English.
    """
    replace(localize_models, "DATE_FORMAT", "%Y-%m-%d")
    replace(edit_translation, "DATE_FORMAT", "%Y-%m-%d")


def patch_get_or_create_source() -> None:
    """Let "Translate" into one more language start from the page as it is now.

    wagtail-localize takes the copy that was frozen for the first language.
    """
    replace(TranslationSource, "get_or_create_from_instance", TranslationSource.update_or_create_from_instance)


def patch_save_translation() -> None:
    """Save and publish a translated page by rules of ours (core.pages.translating), in one transaction.

    wagtail-localize writes a draft's words into the row of a live page, puts Swedish where words are missing, raises an
    error or makes an alias where the parent is not translated, and publishes after its transaction.
    """
    original = TranslationSource.create_or_update_translation

    @functools.wraps(original)
    def create_or_update_translation(
        self: Any, locale: Any, user: Any = None, publish: bool = True, **options: Any
    ) -> Any:
        if not issubclass(self.specific_content_type.model_class(), BasePage):
            return original(self, locale, user=user, publish=publish, **options)
        make = functools.partial(original, self, locale, user=user, publish=False, **options)
        return translating.save_translation(self, locale, user, publish, make)

    replace(TranslationSource, "create_or_update_translation", create_or_update_translation)


# --- What is offered ----------------------------------------------------------------------------------------------
def patch_locale_components() -> None:
    """Take "Synchronise content from another locale" out of the form of a locale: it makes aliases of all pages.

    The form of a new one is headed in the reader's language: the model has a name in English only.

    The app `wagtail.locales` has no such field, but says more in English than `wagtail_localize.locales`.
    """
    components = locale_components.get_locale_components()
    kept = [component for component in components if component["model"] is not LocaleSynchronization]
    replace(locale_components, "LOCALE_COMPONENTS", kept)
    replace(locale_views.CreateView, "page_subtitle", gettext_lazy("Language"))


def patch_page_buttons() -> None:
    """Offer "Translate" on Swedish pages only, and "Sync translated pages" nowhere: they follow by themselves.

    Wagtail has no public way to take a hook back; for snippets it has one to change the list (core.wagtail_hooks).
    """
    original = localize_hooks.page_listing_more_buttons

    @functools.wraps(original)
    def buttons(page: Page, user: Any, view_name: str | None = None, next_url: str | None = None) -> Iterator[Any]:
        if not page.is_root() and is_source(page):
            yield from (button for button in original(page, user, view_name, next_url) if not is_sync_button(button))

    for name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
        _replace_hook(name, original, buttons)


def _replace_hook(name: str, original: Callable[..., Any], new: Callable[..., Any]) -> None:
    hooks._hooks[name] = [(new if hook is original else hook, order) for hook, order in hooks._hooks[name]]


def is_sync_button(button: Any) -> bool:
    return "/localize/update/" in (getattr(button, "url", "") or "")


# --- Views --------------------------------------------------------------------------------------------------------
def patch_views() -> None:
    """Show a message where wagtail-localize would stop a translation, synchronise it or make it an alias.

    Beneath, these are refused (core.signals), which would look like a lack of rights; its scripts still link here.
    """
    follows = gettext_lazy("Translations follow the Swedish page by themselves. There is nothing to synchronise.")
    stays = gettext_lazy("A translation stays connected with its Swedish page.")
    own = gettext_lazy("There are no aliases here: a page that is not translated is shown in Swedish by itself.")
    replace(UpdateTranslationsView, "dispatch", lambda view, request, **kwargs: _explain(request, follows))
    replace(edit_translation, "stop_translation", lambda request, **kwargs: _explain(request, stays))
    replace(convert, "convert_to_alias", lambda request, **kwargs: _explain(request, own))


def _explain(request: HttpRequest, text: Any) -> HttpResponse:
    messages.info(request, text)
    return _back(request)


def patch_edit_override() -> None:
    """Refuse a chosen picture, file or page from those to whom the editor offers none: translators choose no pictures.

    wagtail-localize asks only whether the user may edit the page.
    """
    original = edit_translation.edit_override

    @functools.wraps(original)
    def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponse:
        segment = OverridableSegment.objects.filter(pk=overridable_segment_id).first()
        if segment and not translation_editor.may_override(segment, request.user):
            return HttpResponseForbidden()  # An exception would be a redirect, which the editor's script follows.
        response: HttpResponse = original(request, translation_id, overridable_segment_id)
        return response

    replace(edit_translation, "edit_override", edit_override)


def patch_upload_pofile() -> None:
    """Tell a translator that a PO file lacks the header with its translation's ID, or that no file was sent.

    wagtail-localize answers with an error page (KeyError).
    """
    original = edit_translation.upload_pofile

    @functools.wraps(original)
    def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
        try:
            response: HttpResponse = original(request, translation_id)
        except KeyError:
            text = _("The file does not say which translation it belongs to. Download it again, and fill in that one.")
            messages.error(request, text)
            return _back(request)
        return response

    replace(edit_translation, "upload_pofile", upload_pofile)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(request.META.get("HTTP_REFERER") or reverse("wagtailadmin_home"))
