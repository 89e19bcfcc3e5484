"""The visitor's two pages: the form and the confirmation. No cookie, no session, no script."""

from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.languages.display import guests
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import in_words
from experiences.enquiries.services import receiving, spam
from experiences.enquiries.visitor.context import form_context, wishes
from experiences.enquiries.visitor.form import EnquiryForm
from experiences.models import ExperiencePage, ProviderPage

# A post that cannot be read at all: too large, too many fields, broken, cut off on its way, of impossible length.
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, ValueError)


class NoFiles(FileUploadHandler):
    """The form takes none; whoever sends some anyway fills no disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None: ...

    def file_complete(self, file_size: int) -> None: ...


# Exempt: there is no session that another site could ride on. Where a post comes from scores, and refuses nobody.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form on a page of its own; and where every enquiry is sent to, from an experience's page too."""
    if request.method == "POST":
        return _receive(request)
    return _own_page(request, EnquiryForm(language=_language(), wishes=wishes(request)))


@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """What the visitor is told. The token is the only way here; nobody keeps the page, nobody learns its address."""
    enquiry = get_object_or_404(Enquiry.objects.select_related("experience"), token=token)
    experience = enquiry.experience
    context = {
        "enquiry": enquiry,
        "title": mails.title_in(enquiry, _language()),
        "hosts": _names_of_hosts(experience) if experience else [],
        "due": in_words(enquiry.answer_due),
        "guidance": guidance(enquiry),
        "cloth": experience.cloth_word if experience else "selvedge",
    }
    response = TemplateResponse(request, "enquiries/received.html", context)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _names_of_hosts(experience: ExperiencePage) -> list[str]:
    """In the reader's language, as far as their pages are published in it."""
    return [host.title for host in ProviderPage.objects.hosts_of([experience.pk], _language())[experience.pk]]


def guidance(enquiry: Enquiry) -> str:
    """Too many or too few for the experience, or for the day, is no reason to refuse anybody, only to say it now."""
    if enquiry.comes_next in ("opening", "answer"):  # Who asks or reports brings nobody yet.
        return ""
    return _group_guidance(enquiry) or (_seat_guidance(enquiry) if enquiry.comes_next == "proposal" else "")


def _group_guidance(enquiry: Enquiry) -> str:
    page, people = enquiry.experience, enquiry.people
    if page is None or people is None or page.group_min is None or page.group_max is None:
        return ""
    if page.group_min <= people <= page.group_max:
        return ""
    values = {"guests": guests(page.group_min, page.group_max), "people": people}
    too_many = _(
        "The experience suits %(guests)s, and there are %(people)s of you."
        " We will find a way: two groups, or another day."
    )
    too_few = _(
        "The experience suits %(guests)s, and there are %(people)s of you. We will find a way: others may join you."
    )
    return (too_many if people > page.group_max else too_few) % values


def _seat_guidance(enquiry: Enquiry) -> str:
    """Of a fixed day that was chosen and has no room for all of them."""
    page, day, people = enquiry.experience, enquiry.when_date, enquiry.people or 1
    if page is None or day is None:
        return ""
    seats = max((date.seats for date in page.dates_to_come if date.day == day.isoformat()), default=people)
    if seats >= people:
        return ""
    if not seats:
        return _("That day is full. We will look for another day, or another way.")
    text = ngettext(
        "There is %(seats)s seat left on that day, and there are %(people)s of you."
        " We will look for another day, or another way.",
        "There are %(seats)s seats left on that day, and there are %(people)s of you."
        " We will look for another day, or another way.",
        seats,
    )
    return text % {"seats": seats, "people": people}


def _receive(request: HttpRequest) -> HttpResponse:
    posted = _posted(request)
    if posted is None:
        form = EnquiryForm(language=_language())
        return _private(_own_page(request, form, status=400, unreadable=True, has_errors=True))
    form = EnquiryForm(posted, language=_language())
    if not form.is_valid():
        return _private(_with_errors(request, form))
    answers = form.answers()
    enquiry = receiving.receive_enquiry(
        answers,
        submission=receiving.submission_key(answers),
        sender=spam.sender_of(request, filled_trap=form.filled_trap),
    )
    return _private(redirect("enquiries:received", token=enquiry.token))


def _posted(request: HttpRequest) -> QueryDict | None:
    """The answers; None where they cannot be read. Always as UTF-8, which our form sends: a header may say anything."""
    request.encoding = "utf-8"
    request.upload_handlers = [NoFiles(request)]
    try:
        return request.POST
    except UNREADABLE:
        return None


def _with_errors(request: HttpRequest, form: EnquiryForm) -> HttpResponse:
    """The page that the form stood on, again."""
    if form.standing is None:
        return _own_page(request, form, status=422, has_errors=True)
    page = ExperiencePage.objects.select_related("locale").get(pk=form.standing.pk)
    context = page.get_context(request) | {"has_errors": True, "refused_form": form}
    return TemplateResponse(request, page.get_template(request), context, status=422)


def _own_page(request: HttpRequest, form: EnquiryForm, status: int = 200, **more: bool) -> TemplateResponse:
    return TemplateResponse(request, "enquiries/new.html", form_context(request, form) | more, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    """What holds a visitor's words, or leads to them."""
    add_never_cache_headers(response)
    return response


def _language() -> str:
    return get_language() or "sv"
