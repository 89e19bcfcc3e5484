"""Patches of Wagtail. Why each is there; the table with upstream issues and releases: core/patches/__init__.py."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import PROTECT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import auth
from wagtail.admin.forms.choosers import LocaleFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminPageMoveChooser
from wagtail.blocks import CharBlock, StructBlock, TextBlock
from wagtail.contrib.redirects import views as redirect_views
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.coreutils import get_locales_display_names
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.search.index import class_is_indexed
from wagtail.sites import views as sites
from wagtail.users.views import groups

from core.languages import characters, folding
from core.media import in_use
from core.media.forms import AvatarForm
from core.pages import hours, publishing
from core.pages.models import BasePage
from core.pages.publishing import Refused
from core.patches.originals import replace
from core.translation import cascade
from core.translation.redirects import RedirectForm


# --- Lists ----------------------------------------------------------------------------------------------------------
def patch_export() -> None:
    """Show the list, where a view has no columns to export: `?export=csv` gave a file of blank lines, one a row."""
    original = SpreadsheetExportMixin.setup

    @functools.wraps(original)
    def setup(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.is_export = self.is_export and bool(self.list_export)

    replace(SpreadsheetExportMixin, "setup", setup)


# --- Publishing -----------------------------------------------------------------------------------------------------
def patch_publish() -> None:
    """Ask whether a page may be live before anything is written, and publish it in one transaction.

    Wagtail saves the row, tells the receivers and writes the log one after the other: an error leaves half of it.
    Setting an hour is not refused: what is missing may be there by then.
    """
    original = PublishRevisionAction.execute

    @functools.wraps(original)
    def execute(self: Any, skip_permission_checks: bool = False) -> None:
        self.check(skip_permission_checks=skip_permission_checks)
        goes_live = isinstance(self.object, BasePage) and not hours.is_to_come(self.object.go_live_at)
        with transaction.atomic(), _log_user(self.user):
            if goes_live:
                self.object.take_shared_fields()
            with publishing.asked(self.object) if goes_live else nullcontext():
                if goes_live:  # Wagtail drops the hour of a later version without an entry.
                    cascade.cancel_schedule(self.object, but=self.revision)
                original(self, skip_permission_checks=skip_permission_checks)

    replace(PublishRevisionAction, "execute", execute)


def patch_copy() -> None:
    """Copy a page and the pages below it in one transaction, or nothing: one of them may be refused."""
    original = CopyPageAction.execute

    @functools.wraps(original)
    def execute(self: Any, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic(), _log_user(self.user):
            return original(self, *args, **kwargs)

    replace(CopyPageAction, "execute", execute)


def patch_copied_fields() -> None:
    """Leave out of a copy what its page type names in `left_out_of_copies`: hours, fixed dates, a pause.

    Wagtail has one list for copies and for new translations, which need these fields, and none for pages copied below.
    """
    original = CopyPageAction._copy_page

    @functools.wraps(original)
    def copy_page(self: Any, page: Page, *args: Any, exclude_fields: Any = None, **kwargs: Any) -> Any:
        left_out = getattr(page.specific_class, "left_out_of_copies", ()) if self.reset_translation_key else ()
        return original(self, page, *args, exclude_fields=[*(exclude_fields or []), *left_out], **kwargs)

    replace(CopyPageAction, "_copy_page", copy_page)


def patch_copy_view() -> None:
    """Show the form for copying again when the chosen parent is missing or deleted.

    Wagtail looks it up before the form is checked, and answers with an error page.
    """
    replace(CopyView, "post", FormView.post)


def patch_move() -> None:
    """Ask whether each live page that is moved may be live, and move it with all that follows in one transaction.

    A page that only gets another place among its siblings is not asked: visitors read the same.
    """
    original = MovePageAction.execute

    @functools.wraps(original)
    def execute(self: Any, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(), _log_user(self.user):
            publishing.take_turn()
            publishing.take_place(self.page)
            publishing.take_place(self.target)
            stays = _parent_after(self) == self.page.get_parent()
            for page in () if stays else self.page.get_descendants(inclusive=True).live().specific():
                publishing.ask(page)
            with publishing.unasked() if stays else nullcontext():
                original(self, *args, **kwargs)

    replace(MovePageAction, "execute", execute)


def _parent_after(move: Any) -> Any:
    """The parent that a page has after a MovePageAction."""
    return move.target if str(move.pos).endswith("-child") else move.target.get_parent()


def patch_move_chooser() -> None:
    """Offer no link to edit the chosen parent where a page is moved: it may be the root, which editors may not edit."""
    replace(AdminPageMoveChooser, "show_edit_link", False)


def patch_workflow_action() -> None:
    """Say above the page why an approval was refused, where Wagtail's window for a comment would answer with 403."""
    original = WorkflowAction.post

    @functools.wraps(original)
    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = original(self, request, *args, **kwargs)
        except Refused as error:
            messages.error(request, str(error))
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                response = self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
            else:
                response = HttpResponseRedirect(self.redirect_url)
        return response

    replace(WorkflowAction, "post", post)


# --- Unpublishing -------------------------------------------------------------------------------------------------
def patch_unpublish() -> None:
    """Unpublish a page in one transaction, and log all that follows with the user whom the caller has named.

    A translation goes with its Swedish page, an experience with its last host: all of it or nothing. Wagtail has no
    transaction there, uses the user for the entry of the first page only, and drops an hour that was set for a change
    of the page without an entry. Where a page ends at an hour, one that is set for after that stays.
    """
    original = UnpublishPageAction.execute

    @functools.wraps(original)
    def execute(self: Any, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(), _log_user(self.user):
            publishing.take_turn()
            publishing.take_place(self.object)
            if self.object.live and not self.set_expired:
                cascade.cancel_schedule(self.object)
            with _hours_kept(self.object) if self.set_expired else nullcontext():
                original(self, *args, **kwargs)

    replace(UnpublishPageAction, "execute", execute)


@contextmanager
def _hours_kept(page: Page) -> Iterator[None]:
    """The hours of publication that are set for versions of the page are the same afterwards."""
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False)
    hours_set = dict(scheduled.values_list("pk", "approved_go_live_at"))
    yield
    for key, hour in hours_set.items():
        page.revisions.filter(pk=key).update(approved_go_live_at=hour)


def _log_user(user: Any) -> AbstractContextManager[Any]:
    """Within the admin a log context has its user already; code gives it in its call."""
    return LogContext(user=user) if user and not get_active_log_context().user else nullcontext()


# --- Refusals -----------------------------------------------------------------------------------------------------
def patch_permission_denied() -> None:
    """Show the text of a `Refused`, which Wagtail would report as a lack of rights, and lead back.

    The last resort, where no form and no hook can say it before: an approval in a workflow.
    """
    original = auth.permission_denied

    @functools.wraps(original)
    def permission_denied(request: HttpRequest) -> HttpResponse:
        """Called while the exception is handled."""
        error = sys.exc_info()[1]
        if not isinstance(error, Refused) or not str(error):
            response: HttpResponse = original(request)
            return response
        messages.error(request, str(error))
        return HttpResponseRedirect(request.META.get("HTTP_REFERER") or reverse("wagtailadmin_home"))

    replace(auth, "permission_denied", permission_denied)


# --- Pictures and files in use --------------------------------------------------------------------------------------
def patch_reference_on_delete() -> None:
    """Let a picture or file that a page's text shows be protected, as by a foreign key with `on_delete=PROTECT`.

    Wagtail says SET_NULL of every reference without a foreign key (blocks, rich text), and has no setting for it. Its
    own pages then refuse the deletion and list the places.
    """
    original = ReferenceIndex.on_delete.func

    def on_delete(reference: Any) -> Any:
        return PROTECT if in_use.is_shown_in_text(reference) else original(reference)

    replace(ReferenceIndex, "on_delete", property(on_delete))


# --- Lists ----------------------------------------------------------------------------------------------------------
def patch_listing_search() -> None:
    """Find the rows that hold every word, spelled as in every search of the site, in lists of models without an index.

    Snippets, users, redirects: Wagtail looks for the query as it is written, as one piece. With an index:
    core.pages.admin_search.
    """
    original = BaseListingView.search_queryset

    @functools.wraps(original)
    def search_queryset(self: Any, queryset: Any) -> Any:
        has_index = class_is_indexed(queryset.model) and self.search_backend_name
        if has_index or not self.is_searching or not self.search_fields:
            return original(self, queryset)
        return queryset.filter(folding.contains(self.search_fields, self.search_query))

    replace(BaseListingView, "search_queryset", search_queryset)


def patch_usage_columns() -> None:
    """Say in which language each page is that uses a picture, a file or a snippet: three of them can have one title."""
    original = UsageView.columns.func

    def columns(self: Any) -> list[Any]:
        name, *others = original(self)
        return [name, Column("language", label=_("Language"), accessor=_language_of), *others]

    replace(UsageView, "columns", property(columns))


# Attributes of Wagtail's choosers that are translated once, as the site starts: an English reader would read Swedish.
CHOOSER_LABELS = {
    "choose_one_text": "Choose",
    "choose_another_text": "Choose another",
    "edit_item_text": "Edit",
    "search_tab_label": "Search",
    "create_action_label": "Create",
}
REDIRECT_LABELS = {"old_path": "From", "site": "Site", "link": "To", "get_is_permanent_display": "Type"}


def patch_labels() -> None:
    """Say each label in the reader's language. Wagtail translates some of them too early, and some never."""
    for name, words in CHOOSER_LABELS.items():
        replace(ChooserViewSet, name, gettext_lazy(words))
    headings = {name: gettext_lazy(words) for name, words in REDIRECT_LABELS.items()}
    replace(redirect_views.IndexView, "export_headings", headings)
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    choices = ((True, gettext_lazy("Permanent")), (False, gettext_lazy("Temporary")))
    replace(kind, "_label", gettext_lazy("Type"))
    replace(kind, "extra", kind.extra | {"choices": choices, "empty_label": gettext_lazy("All")})
    for column in sites.IndexView.columns:
        if column.name in {"port", "site_name", "root_page"}:
            replace(column, "label", capfirst(Site._meta.get_field(column.name).verbose_name))
    replace(groups.IndexView.columns[0], "accessor", str)
    original = LocaleFilterMixin.__init__

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if "locale" in self.fields:
            self.fields["locale"].label = _("Language")

    replace(LocaleFilterMixin, "__init__", init)


def patch_struct_block() -> None:
    """Name the parts of a block by their labels where two versions are compared. Wagtail shows the code's names."""

    def render_basic(self: Any, value: Any, context: Any = None) -> str:
        parts = ((self.child_blocks[name].label, part) for name, part in value.items())
        return format_html("<dl>\n{}\n</dl>", format_html_join("\n", "<dt>{}</dt> <dd>{}</dd>", parts))

    replace(StructBlock, "render_basic", render_basic)


def _language_of(row: dict[str, Any]) -> str:
    """Of a row of the page "Usage"; "" for what has no language."""
    return str(get_locales_display_names().get(getattr(row["object"], "locale_id", None), ""))


# --- Forms --------------------------------------------------------------------------------------------------------
def patch_text_blocks() -> None:
    """Tidy what editors write into text blocks, as `core.forms.text_fields` does for model fields.

    Blocks make their form fields themselves: `register_form_field_override` does not reach them.
    """
    _tidy_block(CharBlock, characters.line)
    _tidy_block(TextBlock, characters.words)


def _tidy_block(block_class: type[Any], tidy: Callable[[str], str]) -> None:
    original = block_class.clean

    @functools.wraps(original)
    def clean(self: Any, value: Any) -> Any:
        return original(self, tidy(value) if isinstance(value, str) else value)

    replace(block_class, "clean", clean)


def patch_avatar_panel() -> None:
    """Use our form for profile pictures, and a template that shows its help text and errors.

    Wagtail 8.0 scales a picture without turning it upright, takes files that our storage refuses, and has no setting
    for this form.
    """
    replace(AvatarSettingsPanel, "form_class", AvatarForm)
    replace(AvatarSettingsPanel, "template_name", "core/admin/avatar_panel.html")


def patch_redirect_form() -> None:
    """Use our form for redirects, also for each row of an imported file: it refuses one that leads back to itself.

    Wagtail takes any, and has no setting for this form.
    """
    replace(redirect_views.CreateView, "form_class", RedirectForm)
    replace(redirect_views.EditView, "form_class", RedirectForm)
    replace(redirect_views, "RedirectForm", RedirectForm)
