"""Who may open which view of the admin: each view has a row, in tests/core/people/admin_views.txt.

A new view without a row fails here, by its address. To see the row that it would have now, run

    python -m pytest tests/core/people/test_admin_views.py

and decide whether that is what the role is for (docs/decisions/0008-roles.md) before you write it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, GroupApprovalTask, Site, Workflow
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from core.people import roles
from demo.models import DemoMail
from experiences.models import Category, Place, Skill, Testimonial
from tests.experiences.enquiries.factories import EnquiryFactory, mail_about
from tests.factories import DocumentFactory, ImageFactory, SkillFactory, TestimonialFactory, UserFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("admin_views.txt")
COLUMNS = (*roles.ROLES, "Administrators")
REFUSED = "-"
SNIPPETS = {"category": Category, "place": Place, "skill": Skill, "testimonial": Testimonial}
# The part of an address that stands for each of the four kinds of snippet, which have the same views.
A_SNIPPET = re.compile(rf"/({'|'.join(SNIPPETS)})/")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    """The address of every view below these URL patterns, with its arguments as they are written there."""
    for pattern in patterns:
        address = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from addresses(pattern.url_patterns, address)


def admin_views() -> list[str]:
    """Those of the admin, each once; the way out last."""
    found = {address for address in addresses(get_resolver().url_patterns) if address.startswith("admin/")}
    return sorted(found, key=lambda address: (address == "admin/logout/", address))


def table() -> dict[str, list[str]]:
    """Address → the answer to each role, in the order of COLUMNS."""
    rows = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {address: answers for address, *answers in rows}


def row_of(address: str) -> str:
    return A_SNIPPET.sub("/SNIPPET/", address)


# --- Something to open ------------------------------------------------------------------------------------------------
@pytest.fixture
def things(catalogue: Any, translated: Any) -> dict[str, dict[str, Any]]:
    """Values for the arguments of addresses, by how the address begins: the Swedish page, one of each other thing."""
    page = catalogue.experience
    page.share_image = ImageFactory()
    page.save_revision().publish()
    english = translated(page, "en")
    return {
        **views_of_pages(page, catalogue.experiences),
        **views_of_files(page.share_image, DocumentFactory()),
        **views_of_workflows(page),
        **views_of_translations(page, english),
        **views_of_snippets(),
        **views_of_enquiries(),
        **views_of_settings(page, english.locale),
    }


def views_of_pages(page: Any, parent: Any) -> dict[str, dict[str, Any]]:
    session = EditingSession.objects.create(user=UserFactory(), content_object=page, last_seen_at=timezone.now())
    names = {"app_label": "experiences", "model_name": "experiencepage"}
    values = names | {
        "page_id": page.pk,
        "pk": page.pk,
        "parent_page_id": parent.pk,
        "page_to_move_id": page.pk,
        "destination_id": parent.pk,
        "revision_id": page.latest_revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "workflow_state_id": 1,
        "task_state_id": 1,
        "task_id": GroupApprovalTask.objects.get().pk,
        "content_type_app_name": "experiences",
        "content_type_model_name": "experiencepage",
        "action_name": "approve",
    }
    return {
        "admin/api/main/pages/": values | {"action_name": "publish"},
        "admin/bulk/": {"app_label": "wagtailcore", "model_name": "page", "action": "unpublish"},
        "admin/pages/": values,
        "admin/choose-page/": values,
        "admin/editing-sessions/": names | {"object_id": page.pk, "session_id": session.pk},
    }


def views_of_files(image: Any, document: Any) -> dict[str, dict[str, Any]]:
    uploaded = {"uploaded_file_id": 1}
    return {
        "admin/api/main/images/": {"pk": image.pk},
        "admin/api/main/documents/": {"pk": document.pk},
        "admin/documents/": uploaded | {"document_id": document.pk, "doc_id": document.pk, "pk": document.pk},
        "admin/images/": uploaded | {"image_id": image.pk, "pk": image.pk, "filter_spec": "original"},
        "admin/tag-autocomplete/": {"app_name": "taggit", "model_name": "tag"},
    }


def views_of_workflows(page: Any) -> dict[str, dict[str, Any]]:
    task, workflow = GroupApprovalTask.objects.get(), Workflow.objects.get()
    return {
        "admin/workflows/tasks/add/": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
        "admin/workflows/tasks/": {"pk": task.pk},
        "admin/workflows/task_chooser/": {"task_id": task.pk},
        "admin/workflows/": {"pk": workflow.pk, "page_pk": page.pk, "workflow_pk": workflow.pk},
        "admin/groups/": {"pk": task.groups.get().pk},
    }


def views_of_translations(page: Any, english: Any) -> dict[str, dict[str, Any]]:
    source = TranslationSource.objects.get(object_id=page.translation_key)
    return {
        "admin/localize/": {
            "page_id": page.pk,
            "translation_source_id": source.pk,
            "translation_id": Translation.objects.get(source=source, target_locale=english.locale).pk,
            "string_segment_id": StringSegment.objects.filter(source=source).first().pk,
            "overridable_segment_id": OverridableSegment.objects.filter(source=source).first().pk,
            "mode": "",
        },
    }


def views_of_snippets() -> dict[str, dict[str, Any]]:
    SkillFactory()
    TestimonialFactory()
    skill = {"app_label": "experiences", "model_name": "skill", "pk": one(Skill)}
    addresses = {
        f"admin/snippets/{chooser}experiences/{name}/": {"pk": one(model)}
        for name, model in SNIPPETS.items()
        for chooser in ("", "choose/")
    }
    return addresses | {"admin/localize/submit/snippet/": skill, "admin/localize/api/snippets/": skill}


def views_of_enquiries() -> dict[str, dict[str, Any]]:
    enquiry = EnquiryFactory()
    mail = mail_about(enquiry, status="failed")
    return {
        "admin/enquiries/": {"pk": enquiry.pk, "entry": mail.timeline_entry.pk},
        "admin/demo-mailbox/": {"pk": DemoMail.objects.create(message_id="<a@b>", to="a@example.org").pk},
    }


def views_of_settings(page: Any, locale: Any) -> dict[str, dict[str, Any]]:
    collection = Collection.get_first_root_node().add_child(name="Protokoll")
    site = Site.objects.get()
    return {
        "admin/collections/": {"pk": collection.pk, "collection_id": collection.pk},
        "admin/redirects/": {"redirect_id": Redirect.objects.create(old_path="/a", redirect_page=page).pk},
        "admin/settings/": {"app_name": "core", "model_name": "sitesettings", "pk": site.pk},
        "admin/locales/": {"pk": locale.pk},
        "admin/sites/": {"pk": site.pk},
        "admin/users/": {"pk": UserFactory().pk},
        "admin/password_reset/": {"uidb64": "MQ", "token": "set-password"},
    }


def one(model: Any) -> Any:
    return model.objects.first().pk


def filled(address: str, things: dict[str, dict[str, Any]]) -> str:
    start = max((start for start in things if address.startswith(start)), key=len, default="")
    values = things.get(start, {})
    path = ARGUMENT.sub(lambda match: str(values[match[1] or match[2]]), address)
    query = f"?id={things['admin/pages/']['pk']}" if address.startswith("admin/bulk/") else ""
    return "/" + path.replace("\\.", ".").replace(".*", "nowhere") + query


# --- What each role gets ----------------------------------------------------------------------------------------------
def ask(client: Client, path: str) -> Any:
    """The response. A view that is not for GET gets an empty POST or a DELETE."""
    client.cookies.pop("messages", None)
    response = client.get(path)
    if response.status_code == 405:
        response = client.post(path)
    if response.status_code == 405:
        response = client.delete(path)
    return response


def answer(response: Any) -> str:
    """The status; REFUSED for a lack of rights."""
    told = " ".join(map(str, get_messages(response.wsgi_request)))
    lacks_rights = response.status_code == 403 or any(refusal in told for refusal in refusals())
    return REFUSED if lacks_rights else str(response.status_code)


@cache
def refusals() -> set[str]:
    """Wagtail's message to somebody who lacks a right, in each language of the admin."""
    words = set()
    for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES:
        with translation.override(code):
            words.add(gettext("Sorry, you do not have permission to access this area."))
    return words


def test_every_view_of_the_admin_has_a_row():
    """A new view: decide who may open it."""
    assert sorted({row_of(address) for address in admin_views()}) == sorted(table())


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=COLUMNS)
def test_each_role_opens_its_views_and_no_other(column, things):
    role = COLUMNS[column]
    client = browser(person(role) if role in roles.ROLES else UserFactory(admin=True))
    client.raise_request_exception = False
    expected = table()
    found = {address: answer(ask(client, filled(address, things))) for address in admin_views()}
    differ = {
        address: status
        for address, status in found.items()
        if row_of(address) in expected and expected[row_of(address)][column] != status
    }
    assert differ == {}
