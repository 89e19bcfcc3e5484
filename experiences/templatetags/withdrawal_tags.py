"""What follows if pages are withdrawn, for the admin's confirmation pages (experiences.withdrawal.consequences).

{% what_follows page %}       for one page: experiences that are withdrawn too, texts that have the host's name
{% what_follows_all items %}  for several, as Wagtail's bulk actions list them
{% where mention as place %}  place.url, place.title, place.language of a text
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from core.languages import display
from core.pages.mentions import Mention
from core.translation.locales import is_source
from experiences.withdrawal import consequences

register = template.Library()


@register.inclusion_tag("experiences/admin/what_follows.html", takes_context=True)
def what_follows(context: Any, page: Page) -> dict[str, Any]:
    return _what_follows(context, [page])


@register.inclusion_tag("experiences/admin/what_follows.html", takes_context=True)
def what_follows_all(context: Any, items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return _what_follows(context, [item["item"] for item in items])


def _what_follows(context: Any, pages: list[Page]) -> dict[str, Any]:
    return {"found": consequences(pages), "below": consequences(pages, below=True), "request": context.get("request")}


@register.simple_tag(takes_context=True)
def where(context: Any, mention: Mention) -> dict[str, str]:
    """The edit URL in the admin, the title, and the language unless it is Swedish."""
    thing, request = mention.thing, context.get("request")
    finder = AdminURLFinder(request.user if request else None)
    title = thing.get_admin_display_title() if isinstance(thing, Page) else str(thing)
    language = "" if is_source(thing) else display.language(thing.locale.language_code)
    return {"url": finder.get_edit_url(thing) or "", "title": title, "language": language}
