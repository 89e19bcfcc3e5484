"""Patches of wagtail-localize. The table with upstream issues and releases: core/patches/__init__.py.

It offers neither signals nor settings at these places. What translations share with their Swedish page, and what
refuses them, is in core.translation.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Page
from wagtail_localize import models as localize_models
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.locales import components as locale_components
from wagtail_localize.models import LocaleSynchronization, StringTranslation, TranslationSource
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.report import TranslationsReportFilterSet, TranslationsReportView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from core.pages import translating
from core.pages.models import BasePage
from core.patches.originals import replace
from core.translation import sources
from core.translation.locales import is_source


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
            return _("The earlier text: the Swedish has changed since. Translate it anew.")
        comment: str = original(self)
        return comment

    replace(StringTranslation, "get_comment", get_comment)


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

    The app `wagtail.locales` has no such field, but says more in English than `wagtail_localize.locales`.
    """
    components = locale_components.get_locale_components()
    kept = [component for component in components if component["model"] is not LocaleSynchronization]
    replace(locale_components, "LOCALE_COMPONENTS", kept)


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


class TranslationsPaginator(WagtailPaginator):
    verbose_name = gettext_lazy("translation")
    verbose_name_plural = gettext_lazy("translations")


def patch_report() -> None:
    """Name what the report counts and filters in the reader's language.

    wagtail-localize leaves it to the names of its models and fields, which are English.
    """
    replace(TranslationsReportView, "paginator_class", TranslationsPaginator)
    filters = TranslationsReportFilterSet.base_filters
    replace(filters["source_locale"], "_label", gettext_lazy("Source language"))
    replace(filters["target_locale"], "_label", gettext_lazy("Translated into"))


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
            text = _("The file does not say which translation it belongs to. Download it anew, and fill in that one.")
            messages.error(request, text)
            return _back(request)
        return response

    replace(edit_translation, "upload_pofile", upload_pofile)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(request.META.get("HTTP_REFERER") or reverse("wagtailadmin_home"))
