"""The pages of the style guide: the index, one page a language, both schemes side by side, the error pages."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from demo.pictures import PICTURES, picture_file
from demo.styleguide import blocks, components, experience_parts, form_parts, frame_parts
from demo.styleguide.entries import Sheet
from demo.styleguide.samples import Samples

GROUPS = [components.group, experience_parts.group, form_parts.group, frame_parts.group, blocks.group]
# Those that Django draws without a request, and those with one.
ERRORS = {"400": False, "403": True, "403_csrf": True, "404": True, "500": False}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is, with a link to it in each language."""
    context = {"groups": GROUPS, "languages": [code for code, _ in settings.LANGUAGES], "errors": list(ERRORS)}
    return render(request, "demo/styleguide/index.html", context)


@require_safe
@xframe_options_sameorigin
def page(request: HttpRequest) -> HttpResponse:
    """All components and blocks in the language of the address."""
    sheet = Sheet(request, Samples(get_language() or settings.LANGUAGE_CODE))
    shown = [(group.title, [(entry, sheet.drawn(entry)) for entry in group.entries]) for group in GROUPS]
    return render(request, "demo/styleguide/page.html", {"groups": shown})


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """The same page twice, light and dark: a frame takes the `color-scheme` of its element for the browser's."""
    return render(request, "demo/styleguide/schemes.html", {"schemes": ["light", "dark"]})


@require_safe
def error(request: HttpRequest, name: str) -> HttpResponse:
    """An error page, to look at: its status is 200."""
    if name not in ERRORS:
        raise Http404
    return HttpResponse(get_template(f"{name}.html").render(request=request if ERRORS[name] else None))


@require_safe
def picture(request: HttpRequest, key: str) -> FileResponse:
    """A picture of the demo, for samples with one."""
    if key not in PICTURES:
        raise Http404
    return FileResponse(picture_file(key).open("rb"))
