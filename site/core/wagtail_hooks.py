"""What editors and translators meet of the languages in the admin. The walls themselves stand in core.translation.

wagtail-localize's buttons for what this site does by itself, or does not do, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from core.pages.models import BasePage
from core.pages.rich_text import ReaderPageLinkHandler
from core.publishing import refusals
from core.translation import checks, slugs, sources, synchronised_fields
from core.translation.locales import is_source

UPDATES = "/localize/update/"
HIDDEN_ACTIONS = {"localize-convert-to-alias"}


# --- Buttons ------------------------------------------------------------------------------------------------------
def _only_what_helps(buttons_of: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """ "Translate" on Swedish pages alone; no "Sync translated pages": they follow by themselves."""

    def buttons(page: Page, user: Any, view_name: str | None = None, next_url: str | None = None) -> Iterator[Any]:
        if page.is_root() or not is_source(page):
            return
        yield from (button for button in buttons_of(page, user, view_name, next_url) if not _is_sync(button))

    return buttons


def _is_sync(button: Any) -> bool:
    return UPDATES in (getattr(button, "url", "") or "")


def _replace(name: str, theirs: Callable[..., Any], ours: Callable[..., Any]) -> None:
    """Wagtail has no public way to take a hook back."""
    hooks._hooks[name] = [(ours if hook is theirs else hook, order) for hook, order in hooks._hooks[name]]


for name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
    theirs = localize_hooks.page_listing_more_buttons
    _replace(name, theirs, _only_what_helps(theirs))


@hooks.register("construct_snippet_listing_buttons")
def only_what_helps_on_snippets(buttons: list[Any], snippet: Any, user: Any, **kwargs: Any) -> None:
    submit = "/localize/submit/"
    source = not hasattr(snippet, "locale") or is_source(snippet)
    buttons[:] = [
        button
        for button in buttons
        if not _is_sync(button) and (source or submit not in (getattr(button, "url", "") or ""))
    ]


@hooks.register("construct_page_action_menu")
def no_conversion_to_an_alias(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_ACTIONS]


@hooks.register("insert_global_admin_css")
def hide_stop_in_the_translation_editor() -> SafeString:
    """Its menu is drawn by a script that asks nobody; a post to it is refused (core.signals)."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/translation.css"))


# --- Fields -------------------------------------------------------------------------------------------------------
@hooks.register("insert_global_admin_js")
def keep_typed_dates() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/dates.js"))


# --- Said before it is refused ------------------------------------------------------------------------------------
def _refuse_while_untranslated(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """In wagtail-localize's editor, "Publish" would put Swedish where a translation is missing."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if isinstance(instance, Page) and _waits_for_swedish(instance):
        messages.error(request, _("Not published: the Swedish page is not published. Publish that one first."))
        return HttpResponseRedirect(request.path)
    translation = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=True
    ).first()
    missing = sources.missing(translation.source, translation.target_locale) if translation else []
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
        checks.check_swedish_is_live(page.specific)
    except checks.SwedishNotPublished:
        return True
    return False


@hooks.register("before_edit_page", order=-10)
def a_translation_is_published_whole(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse_while_untranslated(request, page)


@hooks.register("before_edit_snippet", order=-10)
def a_translated_snippet_is_published_whole(request: HttpRequest, instance: Any) -> HttpResponse | None:
    return _refuse_while_untranslated(request, instance) if hasattr(instance, "translation_key") else None


@hooks.register("before_bulk_action")
def translations_are_published_whole(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
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
def no_page_moves_to_an_address_of_the_site(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    if not slugs.is_taken_by_the_site(page.slug, destination):
        return None
    messages.error(request, slugs.taken_by_the_site(page.slug).messages[0])
    return HttpResponseRedirect(reverse("wagtailadmin_pages:move", args=[page.pk]))


@hooks.register("before_bulk_action")
def no_page_moves_into_itself(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Wagtail notices as it moves, and answers with an error page."""
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
def who_may_not_make_a_page_may_not_delete_several(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Wagtail asks its own tester there, not that of the page's class."""
    pages = [page.specific for page in objects if isinstance(page, Page)] if action_type == "delete" else []
    if not all(page.permissions_for_user(request.user).can_delete() for page in pages):
        raise PermissionDenied


def _with_drafts_below(request: HttpRequest, pages: list[Page]) -> list[Any]:
    """What the action would publish, as it would stand then."""
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
        checks.check_words(draft, source)
    except checks.Untranslated:
        return True
    return False


# --- wagtail-localize's views that would cross a wall -------------------------------------------------------------
def explain(request: HttpRequest, text: Any, **kwargs: Any) -> HttpResponse:
    messages.info(request, text)
    return HttpResponseRedirect(request.META.get("HTTP_REFERER") or reverse("wagtailadmin_home"))


def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """wagtail-localize's own; a file without the line that names its translation would be an error page."""
    try:
        response: HttpResponse = edit_translation.upload_pofile(request, translation_id)
    except KeyError:
        text = _("The file does not say which translation it belongs to. Download it anew, and fill in that one.")
        messages.error(request, text)
        return HttpResponseRedirect(request.META.get("HTTP_REFERER") or reverse("wagtailadmin_home"))
    return response


@hooks.register("register_admin_urls", order=-1)
def explanations() -> list[URLPattern]:
    """Before wagtail-localize's own, which have the same addresses: its links still lead somewhere."""
    follows = gettext_lazy("Translations follow the Swedish page by themselves. There is nothing to synchronise.")
    stays = gettext_lazy("A translation stays connected with its Swedish page.")
    own = gettext_lazy("There are no aliases here: a page that is not translated is shown in Swedish by itself.")
    return [
        path("localize/update/<int:translation_source_id>/", explain, {"text": follows}),
        path("localize/translate/<int:translation_id>/disable/", explain, {"text": stays}),
        path("localize/page/<int:page_id>/convert_to_alias/", explain, {"text": own}),
        path("localize/translate/<int:translation_id>/pofile/upload/", require_POST(upload_pofile)),
    ]


@hooks.register("construct_translated_pages_to_cascade_actions")
def what_goes_with_a_swedish_page(pages: list[Page], action: str) -> dict[Page, Any]:
    """So that the admin says it before it is done; core.translation.cascade does it on every path.

    Not "move": Wagtail would move each translation with the path that it had before it was moved.
    """
    if action not in {"unpublish", "delete"}:
        return {}
    found = {page: Page.objects.translation_of(page, inclusive=False) for page in pages if is_source(page)}
    return found if action == "delete" else {page: translations.live() for page, translations in found.items()}


@hooks.register("register_rich_text_features", order=10)
def links_keep_the_readers_language(features: Any) -> None:
    """After Wagtail's own, which it takes the place of."""
    features.register_link_type(ReaderPageLinkHandler)


@hooks.register("register_log_actions")
def name_our_entries(actions: Any) -> None:
    actions.register_action(
        synchronised_fields.LOG_ACTION,
        gettext_lazy("Take over facts"),
        gettext_lazy("Facts were taken over from the Swedish page"),
    )
