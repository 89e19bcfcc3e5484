"""What Wagtail does with each patch, and still does without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import PROTECT, SET_NULL
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import auth
from wagtail.admin.forms.choosers import LocaleFilterMixin
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
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, ReferenceIndex, Site, Workflow, WorkflowTask
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail.sites import views as sites
from wagtail.users.models import UserProfile

from core.blocks.text import StepsBlock
from core.pages.publishing import Refusal, Refused
from core.patches.wagtail import CHOOSER_LABELS
from experiences.models import ExperiencePage
from experiences.rules import no_live_host
from tests.core.media.test_in_use import picture_block, tell
from tests.core.media.test_metadata import gradient, upload
from tests.core.translation.test_redirects import add
from tests.factories import ImageFactory, SkillFactory, StandardPageFactory, UserFactory

pytestmark = pytest.mark.django_db


# --- Lists ----------------------------------------------------------------------------------------------------------
LISTS = ["inbox:index", "inbox:quarantine", "demo_mailbox:index", "wagtailusers_users:index", "wagtailsites:index"]


@pytest.mark.parametrize("view", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_patch_export_works(admin, view, kind):
    answer = admin.get(reverse(view), {"export": kind})
    assert answer["Content-Type"].startswith("text/html")
    assert "</table>" in answer.text or "</main>" in answer.text


def test_patch_export_works_and_leaves_the_lists_that_have_columns(admin, home):
    Redirect.add_redirect("/sv/a", redirect_to="https://example.org/")
    exported = admin.get(reverse("wagtailredirects:index"), {"export": "csv"})
    assert b"https://example.org/" in b"".join(exported.streaming_content)


def test_patch_export_is_needed(admin, without_patch):
    without_patch(SpreadsheetExportMixin, "setup")
    exported = admin.get(reverse("wagtailusers_users:index"), {"export": "csv"})
    assert not b"".join(exported.streaming_content).strip()


# --- Publishing, copying, moving ------------------------------------------------------------------------------------
@contextmanager
def failing(signal: Any) -> Iterator[None]:
    """Within it, what follows a publication or a move breaks."""

    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    signal.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            yield
    finally:
        signal.disconnect(fail)


def is_live_after_a_failed_publication(home: Any) -> bool:
    page = StandardPageFactory(parent=home, draft=True)
    with failing(page_published):
        page.save_revision().publish()
    return Page.objects.get(pk=page.pk).live


def test_patch_publish_works_all_or_nothing(home):
    assert not is_live_after_a_failed_publication(home)


def test_patch_publish_is_needed_for_the_transaction(home, without_patch):
    without_patch(PublishRevisionAction, "execute")
    assert is_live_after_a_failed_publication(home)


def written_before_the_refusal(experience: Any) -> list[str]:
    """What PostgreSQL is asked to write when code publishes an experience whose host is not live."""
    draft = experience.save_revision()
    experience.hosts_chosen()[0].unpublish()
    with CaptureQueriesContext(connection) as captured, pytest.raises(Refused):
        draft.publish()
    return [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]


def test_patch_publish_works_before_the_first_write(catalogue):
    assert written_before_the_refusal(catalogue.experience) == []


def test_patch_publish_is_needed_before_the_first_write(catalogue, without_patch):
    without_patch(PublishRevisionAction, "execute")
    assert written_before_the_refusal(catalogue.experience)


SCRIPT = {"x-requested-with": "XMLHttpRequest"}


def approve(admin: Any, experience: Any, headers: dict[str, str]) -> Any:
    """An approval with a comment, of an experience whose host is not live. With `SCRIPT`: from Wagtail's window."""
    task = GroupApprovalTask.objects.create(name="Läs")
    workflow = Workflow.objects.create(name="Läs")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    experience.hosts_chosen()[0].unpublish()
    experience.save_revision()
    state = workflow.start(experience, UserFactory(admin=True)).current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[experience.pk, "approve", state.pk])
    return admin.post(address, {"comment": "Fint.", "next": reverse("wagtailadmin_home")}, headers=headers)


@pytest.mark.parametrize("headers", [SCRIPT, {}])
def test_patch_workflow_action_works(admin, catalogue, headers):
    answer = approve(admin, catalogue.experience, headers)
    leads_to = answer.json()["redirect"] if headers else answer.url
    assert no_live_host(catalogue.experience.hosts_chosen()) in unescape(admin.get(leads_to).text)
    experience = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    assert (experience.live, experience.workflow_in_progress) == (False, True)


def test_patch_workflow_action_is_needed(admin, catalogue, without_patch):
    without_patch(WorkflowAction, "post")
    assert approve(admin, catalogue.experience, SCRIPT).status_code == 403


def copies_after_a_failure(home: Any) -> int:
    """How many pages there are more, after the second page of a branch could not be copied."""
    page = StandardPageFactory(parent=home)
    StandardPageFactory(parent=page)
    count = Page.objects.count()

    def fail(instance: Any, **kwargs: Any) -> None:
        if instance.depth > page.depth:
            raise RuntimeError

    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            page.copy(recursive=True, keep_live=True, update_attrs={"slug": "en-till"})
    finally:
        page_published.disconnect(fail)
    return Page.objects.count() - count


def test_patch_copy_works(home):
    assert copies_after_a_failure(home) == 0


def test_patch_copy_is_needed(home, without_patch):
    without_patch(CopyPageAction, "execute")
    assert copies_after_a_failure(home) > 0


def expiry_of_a_copy(home: Any) -> Any:
    page = StandardPageFactory(parent=home, expire_at=timezone.now() + timedelta(days=1))
    return page.copy(update_attrs={"slug": "kopia"}).expire_at


def test_patch_copied_fields_works(home):
    assert expiry_of_a_copy(home) is None


def test_patch_copied_fields_is_needed(home, without_patch):
    without_patch(CopyPageAction, "_copy_page")
    assert expiry_of_a_copy(home)


def copied_to_nowhere(admin: Any, home: Any) -> Any:
    """The answer to a form for copying whose parent was deleted while it was open."""
    page = StandardPageFactory(parent=home)
    form = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": 999_999}
    return admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)


def test_patch_copy_view_works(admin, home):
    assert copied_to_nowhere(admin, home).context["form"].errors["new_parent_page"]


def test_patch_copy_view_is_needed(admin, home, without_patch):
    without_patch(CopyView, "post")
    with pytest.raises(Page.DoesNotExist):
        copied_to_nowhere(admin, home)


def path_after_a_failure(home: Any) -> tuple[str, str]:
    """Where a page is, before and after a move of which the rest broke."""
    page, to = StandardPageFactory(parent=home), StandardPageFactory(parent=home)
    with failing(post_page_move):
        page.move(to, pos="last-child")
    return page.url_path, Page.objects.get(pk=page.pk).url_path


def test_patch_move_works(home):
    before, after = path_after_a_failure(home)
    assert before == after


def test_patch_move_is_needed(home, without_patch):
    without_patch(MovePageAction, "execute")
    before, after = path_after_a_failure(home)
    assert before != after


def links_to_edit_the_root(admin: Any, home: Any) -> int:
    """How many the form for moving the home page has, whose parent is the root."""
    edit = reverse("wagtailadmin_pages:edit", args=[home.get_parent().pk])
    return str(admin.get(reverse("wagtailadmin_pages:move", args=[home.pk])).text).count(f'"{edit}"')


def test_patch_move_chooser_works(admin, home):
    assert links_to_edit_the_root(admin, home) == 0


def test_patch_move_chooser_is_needed(admin, home, without_patch):
    without_patch(AdminPageMoveChooser, "show_edit_link")
    assert links_to_edit_the_root(admin, home) > 0


# --- Unpublishing -------------------------------------------------------------------------------------------------
@contextmanager
def receiving(receiver: Callable[..., Any]) -> Iterator[None]:
    """Within it `receiver` is told of each page that is unpublished."""
    page_unpublished.connect(receiver)
    try:
        yield
    finally:
        page_unpublished.disconnect(receiver)


def is_live_after_a_failure(page: Any) -> bool:
    """Whether a page is live whose unpublishing broke off: something that should follow it raised an error."""

    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    with receiving(fail), pytest.raises(RuntimeError):
        page.unpublish()
    return Page.objects.get(pk=page.pk).live


def user_of_what_follows(page: Any, user: Any) -> Any:
    """Who is logged for what follows a page that code unpublishes in a user's name."""

    def follow(**kwargs: Any) -> None:
        log(page, "wagtail.edit")

    with receiving(follow):
        page.unpublish(user=user)
    return PageLogEntry.objects.get(page=page.pk, action="wagtail.edit").user


def test_patch_unpublish_works_all_or_nothing(home):
    assert is_live_after_a_failure(StandardPageFactory(parent=home))


def test_patch_unpublish_is_needed_for_the_transaction(home, without_patch):
    without_patch(UnpublishPageAction, "execute")
    assert not is_live_after_a_failure(StandardPageFactory(parent=home))


def test_patch_unpublish_works_in_the_users_name(home):
    user = UserFactory(admin=True)
    assert user_of_what_follows(StandardPageFactory(parent=home), user) == user


def test_patch_unpublish_is_needed_for_the_user(home, without_patch):
    without_patch(UnpublishPageAction, "execute")
    assert user_of_what_follows(StandardPageFactory(parent=home), UserFactory(admin=True)) is None


# --- Refusals -----------------------------------------------------------------------------------------------------
def told(rf: Any, error: Exception) -> tuple[str, str]:
    """Where a view of the admin that raises this error leads, and what it says."""

    @auth.require_admin_access
    def view(request: Any) -> None:
        raise error

    request = rf.get("/", headers={"referer": "/admin/pages/7/"})
    request.user, request.session = UserFactory(admin=True), {}
    request._messages = FallbackStorage(request)
    answer = view(request)
    (message,) = get_messages(request)
    return answer["Location"], str(message).strip()


def refused(*words: str) -> Refused:
    return Refused(None, [Refusal(text) for text in words])


def test_patch_permission_denied_works(rf):
    assert told(rf, refused("Publish that one first.")) == ("/admin/pages/7/", "Publish that one first.")


@pytest.mark.parametrize("error", [PermissionDenied("Of a library."), refused()])
def test_other_errors_are_told_as_wagtail_does(rf, error):
    assert told(rf, error) == ("/admin/", "Du har inte behörighet till den här delen.")


def test_patch_permission_denied_is_needed(rf, without_patch):
    without_patch(auth, "permission_denied")
    assert "inte behörighet" in told(rf, refused("Publish that one first."))[1]


# --- Pictures and files in use --------------------------------------------------------------------------------------
@pytest.fixture
def shown(catalogue):
    """A picture in a story."""
    picture = ImageFactory()
    tell(catalogue.provider, picture_block(picture))
    return picture


def test_patch_reference_on_delete_works(shown):
    assert ReferenceIndex.get_references_to(shown).get().on_delete == PROTECT


def test_patch_reference_on_delete_is_needed(shown, without_patch):
    without_patch(ReferenceIndex, "on_delete")
    assert ReferenceIndex.get_references_to(shown).get().on_delete == SET_NULL


# --- Lists ----------------------------------------------------------------------------------------------------------
def found_by_other_words(admin: Any) -> int:
    """How many skills a list without an index finds by words in another order, without accents."""
    SkillFactory(name="Kalligrafi på persiska")
    answer = admin.get(reverse("wagtailsnippets_experiences_skill:list"), {"q": "persiska pa"})
    return len(answer.context["object_list"])


def test_patch_listing_search_works(admin, home):
    assert found_by_other_words(admin) == 1


def test_patch_listing_search_is_needed(admin, home, without_patch):
    without_patch(BaseListingView, "search_queryset")
    assert found_by_other_words(admin) == 0


# --- Forms --------------------------------------------------------------------------------------------------------
def columns_of_usage(rf: Any) -> list[str]:
    view = UsageView()
    view.request = rf.get("/")
    return [column.name for column in view.columns]


def test_patch_usage_columns_works(rf):
    """What the column says: tests/experiences/test_editing.py."""
    assert columns_of_usage(rf)[:2] == ["name", "language"]


def test_patch_usage_columns_is_needed(rf, without_patch):
    without_patch(UsageView, "columns")
    assert "language" not in columns_of_usage(rf)


def what_a_comparison_says() -> str:
    block = StepsBlock()
    step = {"title": "Du läser", "text": "Välj en."}
    with override("sv"):
        return block.child_blocks["steps"].child_block.render_basic(
            block.child_blocks["steps"].child_block.to_python(step)
        )


def test_patch_struct_block_works():
    """An editor who compares two versions reads the names of the fields as in the form."""
    assert (
        what_a_comparison_says()
        == "<dl>\n<dt>Steg</dt> <dd>Du läser</dd>\n<dt>Vad som händer</dt> <dd>Välj en.</dd>\n</dl>"
    )


def test_patch_struct_block_is_needed(without_patch):
    without_patch(StructBlock, "render_basic")
    assert "<dt>title</dt>" in what_a_comparison_says()


def labels_read_in(language: str) -> list[str]:
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    columns = [column.label for column in sites.IndexView.columns if column.name in {"site_name", "root_page"}]
    with override(language):
        locale = LocaleFilterMixin({}).fields["locale"].label
        headings = redirect_views.IndexView.export_headings.values()
        choices = [words for _value, words in kind.extra["choices"]]
        return [str(words) for words in (ChooserViewSet.search_tab_label, locale, *columns, *headings, *choices)]


SWEDISH = [
    "Sök",
    "Språk",
    "Webbplatsens namn",
    "Rotsida",
    "Från",
    "Webbplats",
    "Till",
    "Typ",
    "Permanent",
    "Tillfällig",
]
ENGLISH = ["Search", "Language", "Site name", "Root page", "From", "Site", "To", "Type", "Permanent", "Temporary"]


def test_patch_labels_works(home):
    assert labels_read_in("en") == ENGLISH
    assert labels_read_in("sv") == SWEDISH


def test_patch_labels_is_needed(home, without_patch):
    """In what language Wagtail says them depends on nothing but the site's start."""
    without_patch(ChooserViewSet, *CHOOSER_LABELS)
    without_patch(LocaleFilterMixin, "__init__")
    without_patch(redirect_views.IndexView, "export_headings")
    without_patch(RedirectsReportFilterSet.base_filters["is_permanent"], "_label", "extra")
    for column in sites.IndexView.columns:
        if column.name in {"port", "site_name", "root_page"}:
            without_patch(column, "label")
    assert labels_read_in("en")[0] != "Search"
    assert labels_read_in("en")[4:] == labels_read_in("sv")[4:]
    assert {"Site name", "Root page"} < set(labels_read_in("sv"))


@pytest.mark.parametrize("block", [CharBlock, TextBlock])
def test_patch_text_blocks_works(block):
    assert block().clean("Br\u202eöd") == "Bröd"
    with pytest.raises(ValidationError):
        block().clean("\u200b")


@pytest.mark.parametrize("block", [CharBlock, TextBlock])
def test_patch_text_blocks_is_needed(block, without_patch):
    without_patch(block, "clean")
    assert block().clean("\u200b") == "\u200b"


def send_avatar(admin: Any, file: Any) -> Any:
    values = {"name_email-first_name": "Nour", "name_email-last_name": "Haddad", "name_email-email": "n@example.org"}
    values |= {"locale-preferred_language": "", "locale-current_time_zone": "", "theme-theme": "system"}
    values |= {"theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on"}
    return admin.post(reverse("wagtailadmin_account"), values | {"avatar-avatar": file})


def size_of_avatar(admin: Any) -> tuple[int, int]:
    """As it is stored, of a picture of 1200×900 pixels that was taken upright."""
    assert send_avatar(admin, upload("JPEG", size=(1200, 900), orientation=6)).status_code == 302
    with Image.open(UserProfile.objects.get().avatar.path) as picture:
        return picture.size


def bitmap() -> SimpleUploadedFile:
    file = BytesIO()
    gradient().save(file, "BMP")
    return SimpleUploadedFile("me.bmp", file.getvalue())


def test_patch_avatar_panel_works(admin):
    assert size_of_avatar(admin) == (300, 400)


def test_patch_avatar_panel_works_for_what_is_refused(admin):
    assert "Spara den som JPEG eller PNG" in send_avatar(admin, bitmap()).text
    assert "megapixlar" in admin.get(reverse("wagtailadmin_account")).text


def test_patch_avatar_panel_is_needed_to_turn_a_picture_upright(admin, without_patch):
    """Fails with Wagtail 8.1 (wagtail/wagtail#14414). Then delete this test; the next one decides on the patch."""
    without_patch(AvatarSettingsPanel, "form_class", "template_name")
    assert size_of_avatar(admin) == (400, 300)


def test_patch_avatar_panel_is_needed_to_refuse_at_the_field(admin, without_patch):
    """Without it what our storage refuses is an error page."""
    without_patch(AvatarSettingsPanel, "form_class", "template_name")
    with pytest.raises(ValidationError):
        send_avatar(admin, bitmap())


def redirects_to_itself(admin: Any, way: str) -> bool:
    """Whether a redirect was saved that leads to where it begins: added, edited, or imported in a file."""
    link = f"{Site.objects.get().root_url}/sv/a/"
    if way == "add":
        add(admin, "/sv/a", link=link)
    elif way == "edit":
        row = Redirect.add_redirect("/sv/a", redirect_to="https://example.org/")
        sent = {"old_path": "/sv/a", "site": "", "redirect_page": "", "redirect_link": link}
        admin.post(reverse("wagtailredirects:edit", args=[row.pk]), sent)
    else:
        config = {"from_index": 0, "to_index": 1, "permanent": True, "site": None}
        redirect_views.create_redirects_from_dataset([["/sv/a", link]], config)
    return Redirect.objects.filter(old_path="/sv/a", redirect_link=link).exists()


@pytest.mark.parametrize("way", ["add", "edit", "import"])
def test_patch_redirect_form_works(admin, home, way):
    assert not redirects_to_itself(admin, way)


@pytest.mark.parametrize("way", ["add", "edit", "import"])
def test_patch_redirect_form_is_needed(admin, home, way, without_patch):
    without_patch(redirect_views.CreateView, "form_class")
    without_patch(redirect_views.EditView, "form_class")
    without_patch(redirect_views, "RedirectForm")
    assert redirects_to_itself(admin, way)
