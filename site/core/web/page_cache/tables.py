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
# Each kind of trigger has a name of its own, so that a later release finds out which one a table has.
TRIGGER = "content_change"
EVENTS = {
    TRIGGER: "INSERT OR UPDATE OR DELETE OR TRUNCATE",
    "content_change_but_insert": "UPDATE OR DELETE OR TRUNCATE",
}
# Made when a page is first asked for with a picture: that changes no page. A deleted one does.
MADE_BY_READERS = {"CustomRendition": "content_change_but_insert"}

# Of other people's apps: what no public page reads. An app of ours has an attribute of the same name.
NOT_ON_PAGES: dict[str, set[str] | None] = {
    "auth": None,
    "contenttypes": None,
    "sessions": None,
    "wagtail_localize": None,
    "wagtailadmin": None,
    "wagtailembeds": None,
    "wagtailimages": {"Rendition"},  # ours is core.CustomRendition
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


def content_tables() -> Iterator[tuple[str, str]]:
    """The tables of all models that public pages may be made from, each with the name of its trigger."""
    for app in apps.get_app_configs():
        for model in app.get_models(include_auto_created=True):
            name = model._meta.object_name or ""
            if model._meta.managed and not model._meta.proxy and is_on_pages(app, name):
                yield model._meta.db_table, MADE_BY_READERS.get(name, TRIGGER)


def install_triggers(using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate: give each content table its trigger, and take it from all others.

    A statement that changes ten thousand rows is one notice, and so are all those of one transaction. What is there
    already is left: a trigger that is replaced locks its table.
    """
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        wanted = {(table, trigger) for table, trigger in content_tables() if table in existing}
        there = installed_triggers(cursor)
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END$$"
        )
        for table, trigger in sorted(wanted - there):
            cursor.execute(
                f"CREATE TRIGGER {trigger} AFTER {EVENTS[trigger]} ON {quote(table)}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
            )
        for table, trigger in sorted(there - wanted):
            cursor.execute(f"DROP TRIGGER {trigger} ON {quote(table)}")


def installed_triggers(cursor: Any) -> set[tuple[str, str]]:
    """The tables that announce their changes, each with the name of its trigger."""
    cursor.execute(
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname = ANY(%s) AND relnamespace = current_schema()::regnamespace",
        [list(EVENTS)],
    )
    return set(cursor.fetchall())
