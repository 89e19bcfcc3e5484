"""What an editor is told after saving, scheduling, publishing or copying a page, a translator on opening a translation.

Hooks of Wagtail's admin, registered by core.wagtail_hooks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.log_actions import get_active_log_context
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation, get_edit_url

from core.languages import display
from core.pages import hours, publishing, translating
from core.pages.missing import moment
from core.pages.publishing import Refusal
from core.translation import cascade, progress, synchronised_fields
from core.translation.locales import is_source, source_rows

SCHEDULED, PUBLISHED = "wagtail.publish.schedule", "wagtail.publish"
# Words of Wagtail's catalogue, which has them in each language.
SCHEDULE_BUTTON, PUBLISH_BUTTON = "Schedule to publish", "Publish"


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def report_saved_page(request: HttpRequest, page: Page) -> None:
    """After each button of the page editor: "Publish" and an approval come here too."""
    _report_this_request(request)
    report_cancelled_hours(request, page)
    _report_hour_of_draft(request, page)


@hooks.register("after_bulk_action")
def report_bulk_publication(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    if action_type == "publish":
        _report_this_request(request, names_pages=True)


@hooks.register("after_unpublish_page")
def report_cancelled_hours(request: HttpRequest, page: Page) -> None:
    """Hours that unpublishing has cancelled: the page's own, of its translations, of a host's experiences."""
    entries = PageLogEntry.objects.filter(uuid=get_active_log_context().uuid, action=cascade.SCHEDULE_CANCELLED)
    for entry in entries.select_related("revision", "page__locale").order_by("pk"):
        # Not `as_object`, which leaves out an hour that has passed.
        content = entry.revision.content
        if hour := parse_datetime(content["go_live_at"] or ""):
            language = display.language_in_sentence(entry.page.locale.language_code)
            text = _(
                "The publication of “%(title)s” in %(language)s, set for %(hour)s, is cancelled. Set a new time if it "
                "should still be published."
            )
            messages.warning(request, text % {"title": content["title"], "language": language, "hour": moment(hour)})


@hooks.register("after_bulk_action")
def report_cancelled_hours_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    if action_type == "unpublish":
        report_cancelled_hours(request, objects[0])


@hooks.register("after_copy_page")
def open_copy(request: HttpRequest, page: Page, copy: Page) -> HttpResponse:
    """Redirect to the editor of the copy, wherever it was asked for: Wagtail goes back there, to the original."""
    messages.info(request, _("This is the copy. Fixed dates, scheduled times and a pause were left out."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[copy.pk]))


# --- What this request has published and scheduled -----------------------------------------------------------------
def _report_this_request(request: HttpRequest, *, names_pages: bool = False) -> None:
    """By its log entries: hours that were set, fields that were copied to other languages, what is to be translated."""
    actions = (SCHEDULED, PUBLISHED, synchronised_fields.LOG_ACTION)
    entries = PageLogEntry.objects.filter(uuid=get_active_log_context().uuid, action__in=actions).order_by("pk")
    found = list(entries.select_related("page__locale", "revision"))
    _report_schedule(request, [entry for entry in found if entry.action == SCHEDULED])
    copied = [entry for entry in found if entry.action == synchronised_fields.LOG_ACTION]
    _report_changes(request, copied, names_pages)
    published = [entry for entry in found if entry.action == PUBLISHED and is_source(entry.page)]
    _report_left_to_translate(request, published)
    _report_not_sent(request, published)


def _report_schedule(request: HttpRequest, entries: list[PageLogEntry]) -> None:
    """The hour that was set or, with links, what would still be missing then."""
    for entry in entries:
        page = entry.revision.as_object()
        about = {"title": page.get_admin_display_title(), "hour": moment(page.go_live_at)}
        if found := publishing.refusals(page, at=page.go_live_at):
            text = _("“%(title)s” is published on %(hour)s only if by then this is no longer missing:") % about
            admin_messages.warning(request, with_list(text, found))
        else:
            messages.success(request, _("“%(title)s” is published on %(hour)s.") % about)


def _report_changes(request: HttpRequest, entries: list[PageLogEntry], names_pages: bool) -> None:
    """Which fields were changed in which languages; with `names_pages`, also of which pages."""
    changes = _changes(entries)
    titles = _titles(key for keys in changes.values() for key in keys) if names_pages else {}
    for sentence, keys in changes.items():
        named = ", ".join(titles[key] for key in keys if key in titles)
        messages.info(request, f"{named}: {sentence}" if named else sentence)


def _changes(entries: list[PageLogEntry]) -> dict[str, list[Any]]:
    """Sentence → translation keys of the pages of which it is true."""
    languages: dict[tuple[Any, type[Page], str, tuple[str, ...]], set[str]] = defaultdict(set)
    for entry in entries:
        emptied = entry.data.get("emptied", [])
        kept = [name for name in entry.data["fields"] if name not in emptied]
        told = {
            _("Changed in %(languages)s too: %(fields)s."): kept,
            _("Removed in %(languages)s: %(fields)s."): emptied,
        }
        for text, fields in told.items():
            if fields:
                changed = (entry.page.translation_key, entry.page.specific_class, text, tuple(fields))
                languages[changed].add(entry.page.locale.language_code)
    sentences: dict[str, list[Any]] = defaultdict(list)
    for (key, model, text, fields), codes in languages.items():
        sentences[_sentence(text, model, fields, codes)].append(key)
    return sentences


def _sentence(text: str, model: type[Page], fields: Iterable[str], codes: set[str]) -> str:
    return text % {
        "languages": _languages(codes),
        "fields": display.enumeration(_name_of(model, name) for name in fields),
    }


def _languages(codes: set[str]) -> str:
    in_order = [code for code, _name in settings.LANGUAGES if code in codes]
    return str(display.sentence_list(map(display.language_in_sentence, in_order)))


def _report_left_to_translate(request: HttpRequest, entries: list[PageLogEntry]) -> None:
    """Which languages lack sentences of each Swedish page that was published with another text, with links to them."""
    for entry in entries:
        rows = Translation.objects.filter(source__object_id=entry.page.translation_key, enabled=True)
        changed = rows.filter(source__last_updated_at__gte=entry.revision.created_at, source__locale=entry.page.locale)
        known = progress.with_progress(changed.select_related("source", "target_locale"))
        left = list(known.filter(progress.SENTENCES_LEFT).order_by(progress.OLDEST_FIRST, "pk"))
        if left:
            links = progress.sides(left)
            text = _("“%(title)s” needs translating again:") % {"title": entry.page.get_admin_display_title()}
            found = [_left_in(row, links[row.pk].target) for row in left]
            admin_messages.info(request, with_list(text, found))


def _report_not_sent(request: HttpRequest, entries: list[PageLogEntry]) -> None:
    """The languages to which each Swedish page that was published was not sent, with a link for who may send it."""
    may_send = request.user.has_perm("wagtail_localize.submit_translation")
    for entry in entries:
        there = Page.objects.filter(translation_key=entry.page.translation_key).values("locale")
        if codes := set(Locale.objects.exclude(pk__in=there).values_list("language_code", flat=True)):
            about = {"title": entry.page.get_admin_display_title(), "languages": _languages(codes)}
            text = _("“%(title)s” has not been sent to %(languages)s yet.") % about
            link = reverse("wagtail_localize:submit_page_translation", args=[entry.page_id])
            button = admin_messages.button(link, _("Send it to translation"))
            admin_messages.info(request, text, buttons=[button] if may_send else None)


def _left_in(row: Translation, target: Any) -> Refusal:
    words = f"{row.target_locale.get_display_name()}: {progress.status(row)}"
    return Refusal(words, link=str(get_edit_url(target)) if target else "")


def _name_of(model: type[Page], name: str) -> str:
    """As the edit form says it. Rows (dates, hosts) have a heading there, and no name in the plural."""
    field: Any = model._meta.get_field(name)
    if isinstance(field, models.ManyToOneRel):
        return display.noun_in_sentence(_heading(model.get_edit_handler(), name) or str(field.name))
    return str(field.verbose_name)


def _heading(panel: Panel, relation: str) -> str:
    if isinstance(panel, InlinePanel):
        return str(panel.heading) if panel.relation_name == relation else ""
    found = (_heading(child, relation) for child in getattr(panel, "children", ()))
    return next(filter(None, found), "")


def _titles(keys: Iterable[Any]) -> dict[Any, str]:
    pages = source_rows(Page.objects.filter(translation_key__in=set(keys)))
    return dict(pages.values_list("translation_key", "draft_title"))


# --- Hours that are only in a draft ---------------------------------------------------------------------------------
def _report_hour_of_draft(request: HttpRequest, page: Page) -> None:
    """A warning if an hour to come has no effect yet, with what is still to be pressed, and by whom."""
    if not hours.is_to_come(page.go_live_at):
        if _ends_in_draft_only(page):
            _warn_of_draft(request, page, _("The end time is saved in the draft only."), PUBLISH_BUTTON)
    elif not page.revisions.filter(approved_go_live_at__isnull=False).exists():
        _warn_of_draft(request, page, _("The time is saved, but the page is not scheduled yet."), SCHEDULE_BUTTON)


def _ends_in_draft_only(page: Page) -> bool:
    """Whether a live page has an expiry time to come in its latest version that its row does not have."""
    if not page.live or not hours.is_to_come(page.expire_at):
        return False
    return not Page.objects.filter(pk=page.pk, expire_at=page.expire_at).exists()


def _warn_of_draft(request: HttpRequest, page: Page, what: str, button: str) -> None:
    if page.workflow_in_progress:
        next_step = _("It takes effect when the page is approved.")
    elif page.permissions_for_user(request.user).can_publish():
        next_step = _("Choose “%(button)s”.")
    else:
        next_step = _("Ask someone who may publish to open the page and choose “%(button)s”.")
    messages.warning(request, f"{what} {next_step % {'button': _(button)}}")


# --- Translations ---------------------------------------------------------------------------------------------------
@hooks.register("before_edit_page", order=-5)
def tell_translator(request: HttpRequest, page: Page) -> None:
    """Before wagtail-localize's editor is shown: what is missing. Not after an attempt, which has just said it."""
    if request.method != "GET" or is_source(page) or _is_told(request):
        return
    record = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    if record is None:
        return
    if found := publishing.refusals(translating.with_words(record.source, record.target_locale)):
        text = _("Still missing before this translation can be published:")
        admin_messages.warning(request, with_list(text, found, here=request.path))


def _is_told(request: HttpRequest) -> bool:
    """Whether an error waits to be shown. The messages are kept."""
    waiting: Any = get_messages(request)
    found = any(message.level >= messages.ERROR for message in waiting)
    waiting.used = False
    return found


# --- Words ----------------------------------------------------------------------------------------------------------
def with_list(text: str, found: list[Refusal], here: str = "") -> SafeString:
    """A sentence, and below it the refusals with links, but for those that lead to the address `here`."""
    lines = [
        format_html('<a href="{}">{}</a>', refusal.link, refusal.words)
        if refusal.link and refusal.link.partition("#")[0] != here
        else refusal.words
        for refusal in found
    ]
    return format_html("{}<ul>{}</ul>", text, format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
