"""What BasePage.save() does about translations: the same for editor, bulk action, schedule, workflow and code."""

from __future__ import annotations

from wagtail.models import Page

from core.translation import checks, synchronised_fields
from core.translation.locales import is_source


def before_save(page: Page, *, whole: bool) -> None:
    """Copy the synchronised fields of the published Swedish page to a translation; check that it may be live.

    Raises `checks.Untranslated` for Swedish text in a live translation, `checks.SourceNotPublished` where the Swedish
    page is not live, `checks.NoAliases`. `whole`: False for a save with `update_fields`, which Wagtail makes beside a
    revision; only the last is checked then.
    """
    checks.check_alias(page)
    if not whole:
        return
    # A page that has no locale yet gets that of its parent, and is new: it has no translation.
    source = synchronised_fields.published_source(page) if page.locale_id else None
    if source is None:
        if page.live and page.locale_id:
            checks.check_source_is_live(page)
        return
    synchronised_fields.copy_from_source(page, source)
    if page.live:
        checks.check_translated(page, source)


def after_save(page: Page) -> None:
    """Copy the synchronised fields of a published Swedish page to its translations."""
    if page.live and is_source(page):
        synchronised_fields.copy_to_translations(page)
