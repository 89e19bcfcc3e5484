"""Triggers on the tables that pages are made from: each change is announced to whoever listens, at its commit.

They see what no signal of Django's does: `QuerySet.update()`, raw SQL, another machine. Tables are content unless an
app says otherwise, so that a new model is never forgotten; what visitors and staff write all day is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections

CHANNEL = "content"
FUNCTION = "announce_content_change"
TRIGGER = "content_change"

# Of other people's apps: what no public page reads. An app of ours has an attribute of the same name.
NOT_ON_PAGES: dict[str, set[str] | None] = {
    "auth": None,
    "contenttypes": None,
    "sessions": None,
    "wagtail_localize": None,
    "wagtailadmin": None,
    "wagtailembeds": None,
    "wagtailimages": {"Rendition"},
    "wagtailsearch": None,
    "wagtailusers": None,
    "wagtailcore": {
        *("APIToken", "Comment", "CommentReply", "GroupCollectionPermission", "GroupPagePermission"),
        *("GroupSitePermission", "ModelLogEntry", "PageLogEntry", "PageSubscription", "ReferenceIndex", "Revision"),
        *("UploadedFile", "Task", "TaskState", "GroupApprovalTask", "GroupApprovalTask_groups"),
        *("Workflow", "WorkflowContentType", "WorkflowPage", "WorkflowState", "WorkflowTask"),
    },
}


def is_on_pages(app: AppConfig, model_name: str) -> bool:
    """Whether public pages may be made from a model. `not_on_pages` of an app: names of models; None: all of them."""
    left_out: Collection[str] | None = getattr(app, "not_on_pages", NOT_ON_PAGES.get(app.label, ()))
    return left_out is not None and model_name not in left_out


def content_tables() -> Iterator[str]:
    """The tables of all models that public pages may be made from."""
    for app in apps.get_app_configs():
        for model in app.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy and is_on_pages(app, model._meta.object_name or ""):
                yield model._meta.db_table


def install_triggers(using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate: give each content table its trigger, and take it from all others.

    A statement that changes ten thousand rows is one notice, and so are all those of one transaction. What is there
    already is left: a trigger that is replaced locks its table.
    """
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        wanted = existing.intersection(content_tables())
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END$$"
        )
        there = with_trigger(cursor)
        for table in sorted(wanted - there):
            cursor.execute(
                f"CREATE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {quote(table)}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
            )
        for table in sorted(there - wanted):
            cursor.execute(f"DROP TRIGGER {TRIGGER} ON {quote(table)}")


def with_trigger(cursor: Any) -> set[str]:
    """The tables that announce their changes."""
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
    return {name.strip('"') for (name,) in cursor.fetchall()}
