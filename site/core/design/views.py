"""What the site serves beside its pages."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.design.cloth_picture import share_picture

# As long as the field it comes from (ProviderPage.cloth).
LONGEST_WORD = 80


# Exempt, as there is nothing to protect: a post is told that it is none of the methods (405), not that a form is old.
@csrf_exempt
@require_safe
@cache_control(public=True, max_age=30 * 24 * 3600, immutable=True)
def cloth_picture(request: HttpRequest, word: str) -> HttpResponse:
    """The cloth of a word as PNG, for services that show a shared page. It never changes, so anyone may keep it."""
    if len(word) > LONGEST_WORD:
        raise Http404
    return HttpResponse(share_picture(word), content_type="image/png")


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """Pages name their icon; feed readers and old browsers ask for it here, unasked."""
    return HttpResponseRedirect(static("icons/mark-180.png"))
