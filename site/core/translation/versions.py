"""Synchronised fields in the versions (revisions) of a translation that may still be shown or published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Page, Revision

from core.translation import streams


def in_use(page: Page) -> dict[int, Revision]:
    """The latest, the live and the scheduled revision, by primary key. One query."""
    chosen = models.Q(pk__in=[page.latest_revision_id, page.live_revision_id])
    found = page.revisions.filter(chosen | models.Q(approved_go_live_at__isnull=False))
    return {revision.pk: revision for revision in found}


def copy_to(
    revisions: Iterable[Revision],
    source: Page,
    row: Page,
    shared: list[str],
    changed: list[str],
    overrides: dict[str, Any],
) -> None:
    """Change each revision in place: a new one would cancel its workflow or replace its schedule.

    The live revision takes the fields that the row has just got (`changed`). Others take all that is `shared`, as the
    row has it; their text may be another than the row's, so that StreamFields, which mix both, are copied for each.
    """
    of_row = _serialised(row, [*shared, *changed])
    for revision in revisions:
        if revision.pk == row.live_revision_id:
            content = revision.content | {name: of_row[name] for name in changed}
        else:
            content = revision.content | {name: of_row[name] for name in shared}
            content |= _streams_copied(content, source, overrides)
        if content != revision.content:
            revision.content = content
            Revision.objects.filter(pk=revision.pk).update(content=content)


def _streams_copied(content: dict[str, Any], source: Page, overrides: dict[str, Any]) -> dict[str, Any]:
    """The StreamFields of a draft that differ from the Swedish page's in more than text, as a revision stores them."""
    # Not `Revision.as_object`, which reads the page and asks whether each of its foreign keys is still there.
    draft = type(source).from_serializable_data(content, check_fks=False)
    changed = streams.copy(source, draft, overrides)
    return _serialised(draft, changed) if changed else {}


def _serialised(page: Page, names: list[str]) -> dict[str, Any]:
    """Fields as a revision stores them, in JSON. Child rows are read only if one of them is asked for."""
    columns = get_serializable_data_for_fields(page)
    data = columns if set(names) <= set(columns) else page.serializable_data()
    stored = json.dumps({name: data[name] for name in names}, cls=DjangoJSONEncoder)
    found: dict[str, Any] = json.loads(stored)
    return found
