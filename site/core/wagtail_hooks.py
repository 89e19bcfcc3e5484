"""Wagtail's hooks for what editors and translators see of the languages in the admin.

The rules themselves are in core.translation and core.pages, beneath every path; here an editor is told before they
refuse. Buttons for what this site does by itself, or does not do, are left out. What no hook reaches: core/patches/.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.jobs import refused_hours
from core.jobs.panel import add_jobs_panel
from core.jobs.refused_panel import add_refused_panel
from core.pages import editing as editing  # registers its hooks
from core.pages import hours, pausing, publishing, rules, translating
from core.pages.publishing import Refusal
from core.pages.rich_text import ReaderPageLinkHandler
from core.pages.waiting_panel import add_waiting_panel
from core.patches.localize import is_sync_button
from core.people.admin_doors import may_see
from core.translation import slugs, sources, synchronised_fields
from core.translation.locales import is_source

HIDDEN_ACTIONS = {"localize-convert-to-alias"}

hooks.register("construct_homepage_panels", add_jobs_panel)
hooks.register("construct_homepage_panels", add_refused_panel)
hooks.register("construct_homepage_panels", add_waiting_panel)


# --- Buttons ------------------------------------------------------------------------------------------------------
@hooks.register("construct_snippet_listing_buttons")
def filter_snippet_buttons(buttons: list[Any], snippet: Any, user: Any, **kwargs: Any) -> None:
    """ "Translate" on Swedish snippets only; no "Sync translated snippets"."""
    submit = "/localize/submit/"
    source = not hasattr(snippet, "locale") or is_source(snippet)
    buttons[:] = [
        button
        for button in buttons
        if not is_sync_button(button) and (source or submit not in (getattr(button, "url", "") or ""))
    ]


@hooks.register("construct_reports_menu")
def hide_report_of_translations(request: HttpRequest, menu_items: list[Any]) -> None:
    """From those who may not see pages (core.people.admin_doors): wagtail-localize shows it to everybody."""
    if not may_see(request.user, Page):
        report = reverse("wagtail_localize:translations_report")
        menu_items[:] = [item for item in menu_items if getattr(item, "url", "") != report]


@hooks.register("construct_page_action_menu")
def hide_alias_action(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_ACTIONS]


@hooks.register("insert_global_admin_css")
def hide_stop_translation() -> SafeString:
    """A style sheet: the translation editor's script draws "Stop translation" and has no setting for it."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/translation.css"))


@hooks.register("insert_editor_js")
def load_translation_script() -> SafeString:
    """What the translation editor lacks. Wagtail's own editors load it too, where it finds nothing to do."""
    return format_html('<script src="{}"></script>', static("js/admin/translation.js"))


@hooks.register("insert_editor_js")
def load_narrow_script() -> SafeString:
    """Keeps the side panel from opening by itself on a phone."""
    return format_html('<script src="{}"></script>', static("js/admin/narrow.js"))


@hooks.register("insert_editor_js")
def load_first_error_script() -> SafeString:
    """Opens the dialog of the schedule when "Go to the first error" leads there."""
    return format_html('<script src="{}"></script>', static("js/admin/first-error.js"))


@hooks.register("insert_global_admin_js")
def translate_translation_editor() -> SafeString:
    """Says in the reader's language what wagtail-localize's script says in English only."""
    return format_html(
        '<script src="{}" data-more="{}"></script>', static("js/admin/translation-words.js"), _("More actions")
    )


# --- Fields -------------------------------------------------------------------------------------------------------
@hooks.register("insert_global_admin_js")
def load_date_script() -> SafeString:
    """Keeps a date as it was typed, for the server to read."""
    return format_html('<script src="{}"></script>', static("js/admin/dates.js"))


@hooks.register("insert_global_admin_js")
def load_room_script() -> SafeString:
    """Says how much room is left in a text field, and what did not fit."""
    left, cut = _("Characters left: %(left)s"), _("Full. Characters that were cut off at the end: %(over)s")
    return format_html('<script src="{}" data-left="{}" data-cut="{}"></script>', static("js/admin/room.js"), left, cut)


# --- Refused in words, before the publication itself would be refused -----------------------------------------------
@hooks.register("before_edit_page", order=-10)
def refuse_translated_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A redirect with a message when "Publish" in wagtail-localize's editor would be refused.

    The form of the page editor says it itself (core.pages.forms).
    """
    translation = _translation_to_publish(request, page)
    if translation is None:
        return None
    if page.permissions_for_user(request.user).page_locked():  # Only its script asks, which leaves the button out.
        return _refuse(request, [Refusal(_("The page is locked."))])
    words = translating.with_words(translation.source, translation.target_locale)
    return _refuse(request, publishing.refusals(words))


@hooks.register("before_edit_snippet", order=-10)
def refuse_translated_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """The same for a snippet, which has no refusals of its own: it only may not lack words."""
    translation = _translation_to_publish(request, instance)
    missing = sources.untranslated(translation.source, translation.target_locale) if translation else []
    texts = [segment.string.as_value().render_text() for segment in missing]
    return _refuse(request, [Refusal(rules.not_translated(texts))] if texts else [])


def _translation_to_publish(request: HttpRequest, instance: Any) -> Translation | None:
    """The translation whose "Publish" is pressed in wagtail-localize's editor."""
    if request.method != "POST" or request.POST.get("action") != "publish" or not hasattr(instance, "translation_key"):
        return None
    of_instance = {"source__object_id": instance.translation_key, "target_locale": instance.locale_id}
    return Translation.objects.filter(**of_instance, enabled=True).first()


def _refuse(request: HttpRequest, found: list[Refusal]) -> HttpResponse | None:
    """Back to the same page with a message for each refusal, which leads to where it can be mended."""
    for refusal in found:
        text = _("Not published: %(reason)s") % {"reason": refusal.words}
        _tell(request, text, refusal.link)
    return HttpResponseRedirect(request.path) if found else None


def _tell(request: HttpRequest, text: str, link: str) -> None:
    """An error, with a button to where it can be mended, if that is not the page that is open."""
    if link and link.partition("#")[0] != request.path:
        admin_messages.error(request, text, buttons=[admin_messages.button(link, _("Put it right"))])
    else:
        messages.error(request, text)


@hooks.register("before_bulk_action")
def refuse_pages_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Publishing several at once: all of them or none. Says of each what is missing, with a link to mend it."""
    if action_type != "publish":
        return None
    refused = [
        (draft, found)
        for draft in _drafts_to_publish(request, [page for page in objects if isinstance(page, Page)])
        if not hours.is_to_come(draft.go_live_at) and (found := publishing.refusals(draft))
    ]
    for draft, found in refused:
        text = _("Nothing was published. %(title)s: %(reason)s")
        reasons = " ".join(refusal.words for refusal in found)
        said = text % {"title": draft.get_admin_display_title(), "reason": reasons}
        _tell(request, said, link=publishing.edit_link(draft) if len(found) > 1 else found[0].link)
    return HttpResponseRedirect(action.next_url) if refused else None


@hooks.register("before_move_page", order=-10)
def check_may_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Before Wagtail asks "Are you sure?" those who may not."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


@hooks.register("before_move_page")
def refuse_reserved_address(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    if not slugs.is_reserved(page.slug, destination):
        return None
    messages.error(request, slugs.reserved_error(page.slug).messages[0])
    return HttpResponseRedirect(reverse("wagtailadmin_pages:move", args=[page.pk]))


@hooks.register("before_bulk_action")
def refuse_move_into_itself(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Moving several at once: Wagtail notices as it moves, and answers with an error page."""
    chosen = request.POST.get("chooser", "") if action_type == "move" else ""
    destination = Page.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    if destination is None:
        return None
    for page in objects:
        if page == destination or destination.is_descendant_of(page):
            text = _("A page cannot be moved into itself: %(title)s")
            messages.error(request, text % {"title": page.get_admin_display_title()})
            return HttpResponseRedirect(action.next_url)
    return None


@hooks.register("before_bulk_action", order=-10)
def check_may_delete_pages(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Deleting several at once: Wagtail asks its own permission tester, not that of the page's class."""
    pages = [page.specific for page in objects if isinstance(page, Page)] if action_type == "delete" else []
    if not all(page.permissions_for_user(request.user).can_delete() for page in pages):
        raise PermissionDenied


def _drafts_to_publish(request: HttpRequest, pages: list[Page]) -> list[Any]:
    """The latest versions of these pages and, if the editor wants it, of the unpublished pages below them."""
    chosen = list(pages)
    if request.method == "POST" and request.POST.get("include_descendants"):
        for page in pages:
            chosen += page.get_descendants().not_live()
    return [page.specific.get_latest_revision_as_object() for page in chosen]


# --- Translations follow ------------------------------------------------------------------------------------------
@hooks.register("construct_translated_pages_to_cascade_actions")
def list_translations(pages: list[Page], action: str) -> dict[Page, Any]:
    """The translations that follow their Swedish page, so that the admin names them before it asks.

    core.translation.cascade unpublishes and deletes them on every path. Not for "move": Wagtail would move each
    translation with the path that it had before its parent was moved.
    """
    if action not in {"unpublish", "delete"}:
        return {}
    found = {page: Page.objects.translation_of(page, inclusive=False) for page in pages if is_source(page)}
    return found if action == "delete" else {page: translations.live() for page, translations in found.items()}


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features: Any) -> None:
    """Links in rich text lead to the page in the reader's language. Registered after Wagtail's own, to replace it."""
    features.register_link_type(ReaderPageLinkHandler)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(
        synchronised_fields.LOG_ACTION,
        gettext_lazy("Copy facts"),
        gettext_lazy("Facts were copied from the Swedish page"),
    )

    @actions.register_action(refused_hours.LOG_ACTION)
    class RefusedAtItsHour(LogFormatter):
        label = gettext_lazy("Refuse at its scheduled time")

        def format_message(self, log_entry: Any) -> str:
            reasons = " ".join(log_entry.data.get("reasons", []))
            return _("Not published at its scheduled time: %(title)s") % {"title": reasons}


# --- Paused by the site (core.pages.pausing) ----------------------------------------------------------------------
@hooks.register("before_edit_page", order=-10)
def say_why_paused(request: HttpRequest, page: Page) -> None:
    """A line for each reason above the page's editor, and above wagtail-localize's."""
    pauses = pausing.Pause.objects.of(page.translation_key) if request.method == "GET" else ()
    for pause in pauses:
        day, reason = date_format(timezone.localtime(pause.since)), pausing.reason_of(pause.code).for_editors
        messages.warning(request, _("Paused by the site since %(day)s: %(reason)s") % {"day": day, "reason": reason})


@hooks.register("register_log_actions")
def register_pause_log_actions(actions: Any) -> None:
    class OfReason(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            return str(self.message % {"reason": pausing.reason_of(log_entry.data.get("code", "")).for_editors})

    @actions.register_action(pausing.PAUSED)
    class Paused(OfReason):
        label = gettext_lazy("Pause by the site")
        message = gettext_lazy("Paused by the site: %(reason)s")

    @actions.register_action(pausing.RESUMED)
    class Resumed(OfReason):
        label = gettext_lazy("End of a pause by the site")
        message = gettext_lazy("No longer paused by the site: %(reason)s")
