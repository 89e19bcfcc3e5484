"""The search page."""

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
from core.languages.folding import cleaned
from core.web.page_cache.memory import version_of
from search.models import SearchEntry
from search.querysets import MOST_RANKED, START, STOP
from search.suggestions import suggestion

PER_PAGE = 20


@csrf_exempt
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages that match the query `q`, in the language of the URL. `page`: which page of the hits."""
    query = cleaned(request.GET.get("q", ""))
    language = translation.get_language() or settings.LANGUAGE_CODE
    context: dict[str, Any] = {"query": query}
    if query:
        keys = SearchEntry.objects.best_keys(query, language)
        found = Paginator(keys[:MOST_RANKED], PER_PAGE).get_page(request.GET.get("page"))
        hits = SearchEntry.objects.with_excerpts(list(found), query, language)
        context |= {
            "found": found,
            "is_cut": len(keys) > MOST_RANKED,
            "hits": [hit_context(hit, request) for hit in hits],
            "parameters": urlencode({"q": query}),
            "elsewhere": [] if found.paginator.count else other_languages_with_hits(query, language),
            "meant": "" if found.paginator.count else suggestion(query, language, version_of(request)),
        }
    return render(request, "search/search.html", context)


def hit_context(hit: Any, request: HttpRequest) -> dict[str, Any]:
    """A hit as the template shows it: title, URL, kind of page, cloth, excerpt."""
    url = hit.page.get_url(request)
    kind = getattr(hit.page.specific_class, "reader_kind", "") or hit.page.page_type_display_name
    excerpt = with_marks(with_ellipses(hit.excerpt, hit.text))
    return {"title": hit.title, "url": url, "kind": kind, "cloth": hit.cloth, "excerpt": excerpt}


def with_ellipses(excerpt: str, text: str) -> str:
    """The excerpt, with "…" where the text goes on before it or after it."""
    bare = " ".join(excerpt.replace(START, "").replace(STOP, "").split())
    whole = " ".join(text.split())
    before = "" if whole.startswith(bare) else "… "
    after = "" if whole.endswith(bare) else " …"
    return f"{before}{excerpt}{after}"


def with_marks(excerpt: str) -> SafeString:
    """The excerpt as HTML with `<mark>` around each match."""
    # Safe: escaped first; only our two marker characters become tags.
    return mark_safe(escape(excerpt).replace(START, "<mark>").replace(STOP, "</mark>"))


def other_languages_with_hits(query: str, language: str) -> list[dict[str, object]]:
    """Other languages in which the query finds something: code, name, URL, number of hits."""
    counts = SearchEntry.objects.counts_elsewhere(query, language, [code for code, _ in settings.LANGUAGES])
    found = []
    for code, number in sorted(counts.items()):
        with translation.override(code):
            address = reverse("search")
        found.append({"code": code, "name": language_in_sentence(code), "url": address, "number": number})
    return found
