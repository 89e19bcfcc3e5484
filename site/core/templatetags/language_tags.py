"""Languages in templates. The reader's language is that of the address; a page may be in another one.

{% page_url page %}             the page's address for this reader: a Swedish page stays under /ar/… (no query)
{% language_links as links %}   this page in every language: code, name, url, dir, is_current, is_translated
{{ path|in_language:"ar" }}     the same address under another language
{% head_links as head %}        head.canonical, head.alternates (core/includes/head_links.html shows them)
{% lang_attrs thing %}          lang="sv" dir="ltr" for words in another language than those around them, else nothing
{% content_attrs %}             the same for the page that is shown, around its words
{% is_untranslated as fallback %}  whether that page is Swedish in a frame of another language
{% in_language_of page %}…{% endin_language_of %}   labels inside are in the page's language
{% in_reader_language %}…{% endin_reader_language %}  and back, for a form on such a page
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from core.languages.table import direction
from core.translation import reading
from core.web.request import once, request_of

register = template.Library()
register.filter("in_language", reading.in_language)


def _page(context: Context) -> Page | None:
    """The page that is shown; None for a view (search, enquiry)."""
    page = context.get("page")
    return page if hasattr(page, "in_languages") else None


@register.simple_tag(takes_context=True)
def page_url(context: Context, page: Page | None) -> str:
    return reading.reader_url(page, request_of(context)) if page else ""


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[reading.LanguageLink]:
    """Computed once a request, for the masthead and the footer."""
    request = request_of(context)
    if request is None:
        return reading.language_links(None)
    return once(request, "core.language_links", lambda: reading.language_links(request, _page(context)))


@register.simple_tag(takes_context=True)
def head_links(context: Context) -> reading.HeadLinks:
    request = request_of(context)
    return reading.head_links(request, _page(context)) if request else reading.HeadLinks()


@register.simple_tag(takes_context=True)
def is_untranslated(context: Context) -> bool:
    page, request = _page(context), request_of(context)
    return page is not None and reading.language_of(page, request) != reading.reader_language(request)


@register.simple_tag(takes_context=True)
def content_attrs(context: Context) -> SafeString | str:
    """`lang` and `dir` for the element around a page's text, if its language is not the reader's."""
    page = _page(context)
    return lang_attrs(page) if page is not None else ""


@register.simple_tag
def lang_attrs(thing: Any) -> SafeString | str:
    """`thing`: a page, a snippet (its `locale` is read), or a language code."""
    code = thing if isinstance(thing, str) else thing.locale.language_code
    if not code or code == get_language():
        return ""
    return format_html(' lang="{}" dir="{}"', code, direction(code))


class InLanguageNode(template.Node):
    """Renders its content in the language of a page, or of the reader."""

    def __init__(self, nodelist: NodeList, page: FilterExpression | None) -> None:
        self.nodelist, self.page = nodelist, page

    def render(self, context: Context) -> SafeString:
        page, request = self.page.resolve(context) if self.page else None, request_of(context)
        language = page.locale.language_code if page else reading.reader_language(request)
        with reading.words_in(language, request):
            return self.nodelist.render(context)


@register.tag
def in_language_of(parser: Parser, token: Token) -> InLanguageNode:
    name, *pages = token.split_contents()
    if len(pages) != 1:
        raise template.TemplateSyntaxError(f"{name} takes one page")
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return InLanguageNode(nodelist, parser.compile_filter(pages[0]))


@register.tag
def in_reader_language(parser: Parser, token: Token) -> InLanguageNode:
    nodelist = parser.parse((f"end{token.contents}",))
    parser.delete_first_token()
    return InLanguageNode(nodelist, None)
