"""Parts of pages that are rendered once for each version of the content (core.web.page_cache.memory).

{% kept "home.sections" page.pk %}…{% endkept %}

Inside, only what the name and the values after it decide, and what changes with the content or at a time that
`core.web.page_cache.clock` knows; nothing of the query string. The language, the reader's language and the site's
address are told apart without being named. Where one of the values is missing or empty, the part is rendered anew each
time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.templatetags.core_tags import Cloth, cloths_on_page
from core.translation.reading import reader_language
from core.web.page_cache.memory import kept, version_of
from core.web.request import request_of

register = template.Library()


@dataclass(frozen=True)
class Part:
    """A rendered part of a page. `before`: how often each of its cloths had been drawn above it; `drawn`: in it."""

    html: SafeString
    before: Mapping[Cloth, int]
    drawn: Mapping[Cloth, int]

    @property
    def size(self) -> int:
        """Bytes, roughly: most pages are in Latin letters with some others."""
        return 2 * len(self.html) + 1_000

    def fits(self, cloths: Mapping[Cloth, int]) -> bool:
        """Whether the ids in its cloths (`{% weave %}` numbers them) would be the same on this page."""
        return all(cloths[cloth] == number for cloth, number in self.before.items())


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, name: FilterExpression, values: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.values = nodelist, name, values

    def render(self, context: Context) -> SafeString:
        request = request_of(context)
        named = [value.resolve(context, ignore_failures=True) for value in (self.name, *self.values)]
        if request is None or version_of(request) is None or {None, ""} & set(named):
            return self.nodelist.render(context)
        key = (*named, get_language(), reader_language(request), request.scheme, request.get_host())
        cloths = cloths_on_page(context)
        part = kept(request, key, lambda: self._part(context))
        if not part.fits(cloths):
            numbers = tuple(cloths[cloth] for cloth in sorted(part.before))
            part = kept(request, (*key, numbers), lambda: self._part(context))
        cloths.update(part.drawn)
        return part.html

    def _part(self, context: Context) -> Part:
        cloths = cloths_on_page(context)
        before = Counter(cloths)
        html = self.nodelist.render(context)
        drawn = cloths - before
        cloths.subtract(drawn)
        return Part(html, {cloth: before[cloth] for cloth in drawn}, drawn)


@register.tag(name="kept")
def kept_tag(parser: Parser, token: Token) -> KeptNode:
    tag, *words = token.split_contents()
    if not words:
        raise template.TemplateSyntaxError(f"{tag} takes a name, and values that tell parts of that name apart")
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    name, *values = map(parser.compile_filter, words)
    return KeptNode(nodelist, name, values)
