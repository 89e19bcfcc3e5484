"""What a translation may be: made from a Swedish page, no alias, and with text of its own.

* `untranslated_texts`: Swedish text in a translation that its translator has not chosen.
* `check_alias`: there are no aliases, which would show Swedish under an Arabic address (docs/decisions/0004).
* `check_source`: translations are made from Swedish pages and snippets only.
* `check_link`: a link that a translator replaces leads where the page editor's link would be allowed to lead.

Whether a translation may be live is asked of core.pages.publishing.
"""

from __future__ import annotations

from html import unescape

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin
from wagtail.whitelist import check_url
from wagtail_localize.models import SegmentOverride, StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.translation.locales import is_source


class NoAliases(PermissionDenied):
    """A page may not be an alias of another one."""


class OnlyFromSwedish(PermissionDenied):
    """Only Swedish pages and snippets may be submitted for translation."""


# (content path, text)
Words = tuple[str, str]


def words_of(page: TranslatableMixin) -> list[Words]:
    """All translatable text of a page, without the slug."""
    return [
        (segment.path, _normal(segment.string.data))
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.path != "slug"
    ]


def _normal(text: str) -> str:
    return unescape(text).strip()


def untranslated_texts(page: TranslatableMixin, source: TranslatableMixin) -> list[Words]:
    """Swedish text in a translation that was not chosen for it.

    Text that is equal to the Swedish (a name) is accepted if a translator entered it or the live translation has it.
    """
    swedish = set(words_of(source))
    same = [words for words in words_of(page) if words in swedish]
    return _not_chosen(page, same) if same else []


def _not_chosen(page: TranslatableMixin, words: list[Words]) -> list[Words]:
    """Those that no translator entered and the live translation does not have."""
    chosen = {
        (path, _normal(data))
        for path, data in StringTranslation.objects.filter(
            context__object_id=page.translation_key, locale=page.locale, has_error=False
        ).values_list("context__path", "data")
    }
    left = [pair for pair in words if pair not in chosen]
    published = type(page)._default_manager.filter(pk=page.pk, live=True).first() if left else None
    if published is not None:
        known = set(words_of(published))
        left = [pair for pair in left if pair not in known]
    return left


def check_alias(page: Page) -> None:
    """Raise NoAliases for a page that is an alias."""
    if page.alias_of_id:
        raise NoAliases(_("A page of its own is needed in each language: use “Translate”."))


def check_source(source: TranslationSource) -> None:
    """Raise OnlyFromSwedish for a source in another language."""
    if not is_source(source):
        raise OnlyFromSwedish(_("Translations are made from the Swedish page. Open it, and use “Translate” there."))


def check_link(override: SegmentOverride) -> None:
    """Raise PermissionDenied for a link in running text that is none (javascript:…); its path ends in the old one."""
    if override.context and override.context.path.endswith("'") and check_url(str(override.data)) is None:
        raise PermissionDenied(_("This is no address of a page, an e-mail or a telephone."))
