"""The page for a request that cannot be read (400).

Django draws it with the request, and so with queries for the menu and the contact details: while the database is away,
each scanner's request for a foreign host name would be answered with a 500 and a traceback in the log.
"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import get_language_from_path

from core.web.middleware import accepted_language


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's `handler400`, without database, as 500.html. A request may fail before its language is known."""
    language = get_language_from_path(request.path_info) or accepted_language(request)
    with translation.override(language):
        return HttpResponse(get_template("400.html").render(), status=400)
