"""The visitor's two pages, the form and the confirmation. Both work without cookie, session and script."""

from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.languages.display import guests
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import due_in_words
from experiences.enquiries.services import receiving, spam
from experiences.enquiries.visitor.context import form_context, prefill_values
from experiences.enquiries.visitor.form import EnquiryForm
from experiences.models import ExperiencePage, ProviderPage

# The id of the form's element; the names of the buttons that send it on in another language (the language menu), after
# it was refused, and before it was sent (static/js/visitor.js).
FORM_ID, REFUSED, UNSENT = "enquiry-form", "shown_in", "typed_in"
# What `request.POST` raises for a body that is too large, has too many fields, or is malformed or cut off.
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, ValueError)


class NoFiles(FileUploadHandler):
    """An upload handler that skips all files: the form has none, and a program that sends some fills no disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None: ...

    def file_complete(self, file_size: int) -> None: ...


# Exempt: there is no session that another site could misuse. A post from another site raises the spam score instead.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET: the form on a page of its own. POST: receives an enquiry, also from the form on an experience's page."""
    if request.method == "POST":
        return _receive(request)
    return _own_page(request, EnquiryForm(language=_language(), prefill=prefill_values(request)))


@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The confirmation page. Only the token gives access: the page is not cached or indexed, and sends no referrer."""
    enquiry = get_object_or_404(Enquiry.objects.select_related("experience"), token=token)
    experience, shown = enquiry.experience, mails.experience_in(enquiry, _language())
    context = {
        "enquiry": enquiry,
        "shown": shown,
        "title": shown.title if shown else enquiry.experience_title,
        "hosts": _names_of_hosts(experience) if experience else [],
        "due": due_in_words(enquiry.answer_due),
        "guidance": guidance(enquiry),
        "cloth": experience.cloth_word if experience else "selvedge",
    }
    response = TemplateResponse(request, "enquiries/received.html", context)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _names_of_hosts(experience: ExperiencePage) -> list[str]:
    """Titles of the hosts' pages, in the reader's language where they are translated."""
    return [host.title for host in ProviderPage.objects.hosts_of([experience.pk], _language())[experience.pk]]


def guidance(enquiry: Enquiry) -> str:
    """A sentence for a group that does not suit the experience or its day; else empty. No enquiry is refused for it."""
    if enquiry.next_step in ("mending", "answer"):  # No group comes yet.
        return ""
    seats = _seats_on_the_day(enquiry) if enquiry.next_step == "proposal" else None
    return _group_guidance(enquiry) if seats is None else _seat_guidance(seats, enquiry.people or 1)


def _group_guidance(enquiry: Enquiry) -> str:
    """For a group that is larger or smaller than the experience suits. It is for a day by agreement: on a fixed day,
    guests come one by one."""
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
    paused = _("The experience suits %(guests)s, and there are %(people)s of you. We will find a way when it opens.")
    if enquiry.next_step == "opening":
        return paused % values
    return (too_many if people > page.group_max else too_few) % values


def _seats_on_the_day(enquiry: Enquiry) -> int | None:
    """The seats left on the day that was asked for; None if it is no fixed day of the experience."""
    page, day = enquiry.experience, enquiry.when_date
    if page is None or day is None:
        return None
    return max((date.seats for date in page.dates_to_come if date.day == day.isoformat()), default=None)


def _seat_guidance(seats: int, people: int) -> str:
    """For a fixed day that has too few seats left."""
    if seats >= people:
        return ""
    if not seats:
        return _("That day is full. We will look for another day, or another way.")
    text = ngettext(
        "There is %(seats)s place left on that day, and there are %(people)s of you. We will look for another day, or "
        "another way.",
        "There are %(seats)s places left on that day, and there are %(people)s of you. We will look for another day, "
        "or another way.",
        seats,
    )
    return text % {"seats": seats, "people": people}


def _receive(request: HttpRequest) -> HttpResponse:
    posted = _posted(request)
    if posted is None:
        form = EnquiryForm(language=_language())
        return _kept(_own_page(request, form, status=400, unreadable=True, has_errors=True))
    if button := next((name for name in (REFUSED, UNSENT) if name in posted), ""):
        return _kept(_shown_again(request, EnquiryForm(_in_new_language(posted), language=_language()), button))
    form = EnquiryForm(posted, language=_language())
    if not form.is_valid():
        return _kept(_shown_again(request, form))
    answers = form.answers()
    enquiry = receiving.receive_enquiry(
        answers,
        submission=receiving.submission_key(answers),
        sender=spam.sender_of(request, filled_honeypot=form.filled_honeypot),
    )
    return _private(redirect("enquiries:received", token=enquiry.token))


def _posted(request: HttpRequest) -> QueryDict | None:
    """The posted data; None if it cannot be read. Decoded as UTF-8, as our form sends it, whatever the header says."""
    request.encoding = "utf-8"
    request.upload_handlers = [NoFiles(request)]
    try:
        return request.POST
    except UNREADABLE:
        return None


def _in_new_language(posted: QueryDict) -> QueryDict:
    """The data, with an answer in the new language, if the visitor had left the proposed one."""
    changed = posted.copy()
    if posted.get("language") == posted.get("proposed"):
        changed["language"] = changed["proposed"] = _language()
    return changed


def _shown_again(request: HttpRequest, form: EnquiryForm, button: str = REFUSED) -> HttpResponse:
    """The page that the form was on, with what was typed and the errors: status 422, without errors 200.

    `button`: of the language menu. A form that was not sent yet shows no errors.
    """
    has_errors = not form.is_valid() and button != UNSENT
    if not has_errors:
        form.errors.clear()
    status, shown = 422 if has_errors else 200, {"has_errors": has_errors, "sent_form": FORM_ID, "sent_by": button}
    if form.shown_on is None:
        return _own_page(request, form, status=status, **shown)
    page = ExperiencePage.objects.select_related("locale").get(pk=form.shown_on.pk)
    context = page.get_context(request) | {"refused_form": form} | shown
    return TemplateResponse(request, page.get_template(request), context, status=status)


def _own_page(request: HttpRequest, form: EnquiryForm, status: int = 200, **more: Any) -> TemplateResponse:
    """The form on a page of its own."""
    return TemplateResponse(request, "enquiries/new.html", form_context(request, form) | more, status=status)


def _kept(response: HttpResponse) -> HttpResponse:
    """Let only this browser keep a page with a visitor's text, and only for going back to it.

    With `no-store`, as in `_private`, a browser that comes back from another page shows an error instead of the form.
    """
    patch_cache_control(response, private=True, no_cache=True, max_age=0)
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Forbid caching of a response with a visitor's text, or with a redirect to it."""
    add_never_cache_headers(response)
    return response


def _language() -> str:
    return get_language() or "sv"
