"""Links to pages in rich text, in the reader's language."""

from __future__ import annotations

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.translation.reading import localized, reader_language, reader_url


class ReaderPageLinkHandler(PageLinkHandler):
    """Links to the translation, else to the Swedish page under the reader's language; no link to a page not live.

    At most two queries for all links of a text. Wagtail's handler makes two for each link, and links to /sv/.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        keys = [attrs.get("id") for attrs in attrs_list]
        pages = {str(page.pk): page for page in Page.objects.filter(pk__in=keys).select_related("locale")}
        shown = {page.translation_key: page for page in localized(pages.values(), reader_language())}
        return [cls._tag(shown.get(pages[str(key)].translation_key)) if str(key) in pages else "<a>" for key in keys]

    @staticmethod
    def _tag(page: Page | None) -> str:
        return f'<a href="{escape(reader_url(page))}">' if page is not None else "<a>"
