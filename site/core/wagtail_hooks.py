"""Wagtail's hooks for what editors and translators see of the languages in the admin.

The rules themselves are in core.translation and core.publishing, beneath every path; here an editor is told before they
refuse. Buttons for what this site does by itself, or does not do, are left out. What no hook reaches: core/patches/.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.jobs.panel import add_jobs_panel
from core.pages.models import BasePage
from core.pages.rich_text import ReaderPageLinkHandler
from core.patches.localize import is_sync_button
from core.publishing import refusals
from core.translation import checks, slugs, sources, synchronised_fields
from core.translation.locales import is_source

HIDDEN_ACTIONS = {"localize-convert-to-alias"}

hooks.register("construct_homepage_panels", add_jobs_panel)


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


@hooks.register("construct_page_action_menu")
def hide_alias_action(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_ACTIONS]


@hooks.register("insert_global_admin_css")
def hide_stop_translation() -> SafeString:
    """A style sheet: the translation editor's script draws "Stop translation" and has no setting for it."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/translation.css"))


# --- Fields -------------------------------------------------------------------------------------------------------
@hooks.register("insert_global_admin_js")
def load_date_script() -> SafeString:
    """Keeps a date as it was typed, for the server to read."""
    return format_html('<script src="{}"></script>', static("js/admin/dates.js"))


# --- Refused in words, before the rules beneath refuse ------------------------------------------------------------
def _refuse_while_untranslated(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """A redirect with a message when "Publish" in wagtail-localize's editor would be refused: words are missing."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if isinstance(instance, Page) and _waits_for_swedish(instance):
        messages.error(request, _("Not published: the Swedish page is not published. Publish that one first."))
        return HttpResponseRedirect(request.path)
    translation = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=True
    ).first()
    missing = sources.untranslated(translation.source, translation.target_locale) if translation else []
    texts = [segment.string.as_value().render_text() for segment in missing]
    if not texts:
        return None
    refused = ngettext(
        "Not published: %(count)s text is not translated yet.",
        "Not published: %(count)s texts are not translated yet.",
        len(texts),
    )
    shown = " · ".join(Truncator(text).chars(60) for text in texts[:5])
    messages.error(request, f"{refused % {'count': len(texts)}} {shown}")
    return HttpResponseRedirect(request.path)


def _waits_for_swedish(page: Page) -> bool:
    try:
        checks.check_source_is_live(page.specific)
    except checks.SourceNotPublished:
        return True
    return False


@hooks.register("before_edit_page", order=-10)
def refuse_untranslated_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse_while_untranslated(request, page)


@hooks.register("before_edit_snippet", order=-10)
def refuse_untranslated_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    return _refuse_while_untranslated(request, instance) if hasattr(instance, "translation_key") else None


@hooks.register("before_bulk_action")
def refuse_unready_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Publishing several at once: all of them or none. Names those that are not ready."""
    if action_type != "publish":
        return None
    drafts = _with_drafts_below(request, [page for page in objects if isinstance(page, Page)])
    for text, is_not_ready in (
        (_("Nothing was published. Publish the Swedish page first: %(titles)s"), _waits_for_swedish),
        (
            _("Nothing was published. Something is missing in: %(titles)s. Open the page and publish it there."),
            refusals.is_unfinished,
        ),
        (_("Nothing was published. Not wholly translated yet: %(titles)s"), _is_left_untranslated),
    ):
        if left := [draft for draft in drafts if is_not_ready(draft)]:
            messages.error(request, text % {"titles": ", ".join(page.get_admin_display_title() for page in left)})
            return HttpResponseRedirect(action.next_url)
    return None


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


def _with_drafts_below(request: HttpRequest, pages: list[Page]) -> list[Any]:
    """The drafts that the action would publish."""
    chosen = list(pages)
    if request.method == "POST" and request.POST.get("include_descendants"):
        for page in pages:
            chosen += page.get_descendants().not_live()
    return [page.specific.get_latest_revision_as_object() for page in chosen]


def _is_left_untranslated(draft: Page) -> bool:
    source = synchronised_fields.published_source(draft) if isinstance(draft, BasePage) else None
    if source is None:
        return False
    try:
        checks.check_translated(draft, source)
    except checks.Untranslated:
        return True
    return False


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
        gettext_lazy("Take over facts"),
        gettext_lazy("Facts were taken over from the Swedish page"),
    )
