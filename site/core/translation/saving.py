"""The steps around each save of a page, beneath every path: editor, bulk, schedule, workflow, translation, code."""

from __future__ import annotations

from typing import Any

from core.translation import checks, synchronised_fields
from core.translation.locales import is_source

waits_for_publication = checks.is_only_a_draft


def before(page: Any, *, whole: bool) -> None:
    """A translation takes the published Swedish page's facts, and goes live neither with its words nor without it.

    `whole`: not only some fields, as Wagtail saves them beside a revision.
    """
    checks.check_alias(page)
    if not whole:
        return
    # A page that has no locale yet gets that of its parent, and is new: it has no translation.
    source = synchronised_fields.published_source(page) if page.locale_id else None
    if source is None:
        if page.live and page.locale_id:
            checks.check_swedish_is_live(page)
        return
    synchronised_fields.follow(page, source)
    if page.live:
        checks.check_words(page, source)


def after(page: Any) -> None:
    """A published Swedish page gives its facts to its translations."""
    if page.live and is_source(page):
        synchronised_fields.carry(page)
