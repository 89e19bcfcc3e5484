"""The search page of each language."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.languages.display import language_in_sentence
from search.models import SearchEntry
from search.querysets import START, STOP
from search.text import cleaned

PER_PAGE = 20


@csrf_exempt
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the visitor's words find in the language that they read. `q`: the words, `page`: the page of hits."""
    query = cleaned(request.GET.get("q", ""))
    language = translation.get_language() or settings.LANGUAGE_CODE
    context: dict[str, Any] = {"query": query}
    if query:
        hits = SearchEntry.objects.ranked(query, language)
        found = Paginator(hits, PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "found": found,
            "hits": [shown(hit, request) for hit in found],
            "parameters": urlencode({"q": query}),
            "elsewhere": [] if found.paginator.count else elsewhere(query, language),
        }
    return render(request, "search/search.html", context)


def shown(hit: Any, request: HttpRequest) -> dict[str, Any]:
    """What the template says of a hit."""
    url = hit.page.get_url(request)
    kind = getattr(hit.page.specific_class, "reader_kind", "") or hit.page.page_type_display_name
    excerpt = marked(with_ellipses(hit.excerpt, hit.text))
    return {"title": hit.title, "url": url, "kind": kind, "cloth": hit.cloth, "excerpt": excerpt}


def with_ellipses(excerpt: str, text: str) -> str:
    """The excerpt, with "…" where the text goes on before it or after it."""
    bare = " ".join(excerpt.replace(START, "").replace(STOP, "").split())
    whole = " ".join(text.split())
    before = "" if whole.startswith(bare) else "… "
    after = "" if whole.endswith(bare) else " …"
    return f"{before}{excerpt}{after}"


def marked(excerpt: str) -> SafeString:
    """The excerpt with `<mark>` around what was found."""
    # Safe: escaped first; only our own two signs become tags.
    return mark_safe(escape(excerpt).replace(START, "<mark>").replace(STOP, "</mark>"))


def elsewhere(query: str, language: str) -> list[dict[str, object]]:
    """Other languages in which the same words find something: code, address, number of hits."""
    counts = SearchEntry.objects.counts_elsewhere(query, language, [code for code, _ in settings.LANGUAGES])
    found = []
    for code, number in sorted(counts.items()):
        with translation.override(code):
            address = reverse("search")
        found.append({"code": code, "name": language_in_sentence(code), "url": address, "number": number})
    return found
