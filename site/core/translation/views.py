"""Views for `/`, for Wagtail's pages, and for robots.txt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from core.translation import routing
from core.web.middleware import accepted_language
from core.web.site_address import absolute


@csrf_exempt
@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/`: redirect to the language that the browser prefers. Temporary: it depends on Accept-Language."""
    question = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponseRedirect(f"/{accepted_language(request)}/{question}")


# Exempt, as there is nothing to protect: a POST gets 405, not the error page about an expired form.
@csrf_exempt
@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view, for the page that `routing` has found.

    The route is handed over in the attribute where Wagtail caches it (Page.route_for_request).
    """
    known: Any = request
    known._wagtail_route_for_request = routing.find_or_none(request, path)
    response: HttpResponseBase = wagtail_serve(request, path)
    return response


@csrf_exempt
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = absolute(reverse("sitemap"), request)
    lines = ["User-agent: *", f"Disallow: {reverse('wagtailadmin_home')}", f"Sitemap: {sitemap}"]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
