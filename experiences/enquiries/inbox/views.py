"""An enquiry's page in the admin, and one view for each action on it.

Each action is a POST. When it is not carried out, the page is shown again with what was typed.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.languages import display
from core.languages.table import direction
from core.models import OutgoingMail, User
from experiences.enquiries.inbox import words
from experiences.enquiries.inbox.forms import (
    ActionForm,
    CallForm,
    GiveBackForm,
    HandOverForm,
    NoteForm,
    ReplyForm,
    StateForm,
)
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.promise import default_site_settings
from experiences.enquiries.services import conversation

# How many earlier enquiries of the same person are shown.
EARLIER = 5


class EnquiryView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, View):
    """One enquiry: what the visitor wrote, details, timeline, and for those who may answer the forms."""

    model = Enquiry
    permission_required = "view"
    template_name = "enquiries/admin/enquiry.html"
    index_url_name = "inbox:index"
    quarantine_url_name = "inbox:quarantine"
    header_icon = "mail"
    object: Enquiry

    def get_base_object_queryset(self) -> Any:
        return Enquiry.objects.select_related("owner__wagtail_userprofile", "experience")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(HTTPStatus.OK)

    def show(self, status: HTTPStatus, **context: Any) -> HttpResponse:
        """The rendered page with an HTTP status; `context` goes to `get_context_data`."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**context), status=status)
        return response

    @property
    def me(self) -> User:
        """The user of the request. Never anonymous: Wagtail's admin asks for a login first."""
        return cast(User, self.request.user)

    @property
    def is_quarantined(self) -> bool:
        return self.object.status == Enquiry.Status.SPAM

    @cached_property
    def may_answer(self) -> bool:
        return bool(self.user_has_permission("answer"))

    @property
    def detail_url(self) -> str:
        return reverse("inbox:detail", args=[self.object.pk])

    def get_page_title(self) -> str:
        return self.object.reference

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse(self.index_url_name), "label": _("Inbox")}]
        if self.is_quarantined:
            items.append({"url": reverse(self.quarantine_url_name), "label": _("Suspected spam")})
        return [*items, {"url": "", "label": self.object.reference}]

    def get_context_data(
        self, failed: ActionForm | None = None, unseen: list[TimelineEntry] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """`failed`: the form to show again. `unseen`: entries that its writer had not seen."""
        forms = self.forms(failed)
        context: dict[str, Any] = super().get_context_data(
            enquiry=self.object,
            failed=failed,
            timeline=self.shown_entries(unseen or []),
            due=words.due(self.object, timezone.now()),
            purpose=words.PURPOSES.get(self.object.purpose, self.object.purpose),
            language=display.language(self.object.language),
            page_language=display.language(self.object.page_language),
            came_in=words.moment(self.object.created_at),
            promised=words.moment(self.object.answer_due),
            first_answer=words.moment(self.object.answered_at) if self.object.answered_at else "",
            signs=words.signs(self.object),
            is_quarantined=self.is_quarantined,
            is_reviewed=self.is_quarantined and Enquiry.objects.reviewed_spam().filter(pk=self.object.pk).exists(),
            is_mine=self.object.owner_id == self.me.pk,
            may_answer=self.may_answer,
            earlier=Enquiry.objects.not_quarantined().from_the_same_person(self.object)[:EARLIER],
            experience_edit_url=self.experience_edit_url(),
            # For the greeting and the signature, which are templates of the mail.
            signature=self.me.get_full_name(),
            site=settings.WAGTAIL_SITE_NAME,
            site_settings=default_site_settings() if "reply" in forms else None,
            reply_dir=direction(self.object.language),
            forms=forms,
            **kwargs,
        )
        return context

    def shown_entries(self, unseen: list[TimelineEntry]) -> list[words.ShownEntry]:
        """The timeline in words, oldest first; the `unseen` entries are marked. One query."""
        unseen_ids = {entry.pk for entry in unseen}
        entries = self.object.timeline.select_related("author__wagtail_userprofile", "mail")
        return [words.show_entry(entry, is_unseen=entry.pk in unseen_ids) for entry in entries]

    def forms(self, failed: ActionForm | None) -> dict[str, ActionForm]:
        """The forms of the page by name; `failed` replaces the fresh form of its name.

        No reply form without an e-mail address; no form at all in quarantine and for users who only read.
        """
        if not self.may_answer or self.is_quarantined:
            return {}
        classes: list[type[ActionForm]] = [CallForm, NoteForm, StateForm, HandOverForm, GiveBackForm]
        if self.object.email:
            classes.insert(0, ReplyForm)
        seen = conversation.newest_entry_id(self.object)
        made = {form_class.name: form_class(self.object, seen=seen) for form_class in classes}
        return made | ({failed.name: failed} if failed else {})

    def experience_edit_url(self) -> str:
        """Where to edit the experience's page; empty for users who may not."""
        page = self.object.experience
        if page and page.permissions_for_user(self.me).can_edit():
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        return ""


class ActionView(EnquiryView):
    """A POST of one form. On success a message and a redirect to the enquiry's page, else the page with the form."""

    permission_required = "answer"
    http_method_names = ["get", "post"]
    form_class: type[ActionForm] = ActionForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Redirect to the enquiry's page: the reader has reloaded a page that showed an error."""
        return redirect(self.detail_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.form_class(self.object, request.POST)
        if not form.is_valid():
            return self.show_errors(form)
        try:
            done = self.act(form.cleaned_data)
        except conversation.UnseenEntries as unseen:
            return self.show_unseen(form, unseen.entries)
        except (conversation.Quarantined, conversation.NoEmailAddress):
            return self.show_impossible()
        messages.success(request, done)
        return redirect(self.detail_url)

    def act(self, data: dict[str, Any]) -> str:
        """Carry out the action with the form's `cleaned_data`. Returns the message for the user."""
        raise NotImplementedError

    def show_errors(self, form: ActionForm) -> HttpResponse:
        """The page with the form's errors, status 422."""
        form.focus_first_error()
        messages.validation_error(
            self.request, _("Nothing has been saved or sent yet. See what is missing below."), form
        )
        return self.show(HTTPStatus.UNPROCESSABLE_ENTITY, failed=form)

    def show_unseen(self, form: ActionForm, unseen: list[TimelineEntry]) -> HttpResponse:
        """The page with `unseen` marked and the form as it was typed, status 409. Sent again, the form passes."""
        self.object = self.get_object()
        again = form.with_seen(conversation.newest_entry_id(self.object))
        happened = "; ".join(words.show_entry(entry).title for entry in unseen)
        text = _("Meanwhile: %(news)s. Nothing of yours has been saved or sent yet. Read it below, then decide again.")
        messages.warning(self.request, text % {"news": happened})
        return self.show(HTTPStatus.CONFLICT, failed=again, unseen=unseen)

    def show_impossible(self) -> HttpResponseBase:
        """An error message and a redirect, for an enquiry that cannot be mailed."""
        self.object = self.get_object()
        text = _("This is in quarantine now, or has no e-mail address: nothing was sent.")
        messages.error(self.request, text)
        return redirect(self.detail_url)


class TakeView(ActionView):
    def act(self, data: dict[str, Any]) -> str:
        conversation.take(self.object, by=self.me)
        return _("It is yours now.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().post(request, *args, **kwargs)
        except conversation.AlreadyOwned as owned:
            text = _(
                "%(name)s got there first and has it now. You can hand it over to yourself if you have agreed on it."
            )
            messages.warning(request, text % {"name": words.name(owned.owner)})
            return redirect(self.detail_url)


class GiveBackView(ActionView):
    form_class = GiveBackForm

    def act(self, data: dict[str, Any]) -> str:
        conversation.give_back(self.object, by=self.me, seen=data["seen"])
        return _("It has no owner again, and is at the top of the inbox.")


class HandOverView(ActionView):
    form_class = HandOverForm

    def act(self, data: dict[str, Any]) -> str:
        conversation.hand_over(self.object, by=self.me, to=data["to"], seen=data["seen"])
        return _("%(name)s has it now.") % {"name": words.name(data["to"])}


class ReplyView(ActionView):
    form_class = ReplyForm

    def act(self, data: dict[str, Any]) -> str:
        conversation.reply(self.object, by=self.me, **data)
        return _("Your reply is being sent to %(email)s. The timeline will show when it has been sent.") % {
            "email": self.object.email
        }


class CallView(ActionView):
    form_class = CallForm

    def act(self, data: dict[str, Any]) -> str:
        conversation.log_call(self.object, by=self.me, **data)
        return _("The call is in the timeline.")


class NoteView(ActionView):
    form_class = NoteForm

    def act(self, data: dict[str, Any]) -> str:
        conversation.add_note(self.object, by=self.me, **data)
        return _("The note is in the timeline. Only colleagues see it.")


class StateView(ActionView):
    form_class = StateForm

    def act(self, data: dict[str, Any]) -> str:
        row = conversation.change_status(self.object, by=self.me, **data)
        return _("The state is now: %(state)s.") % {"state": row.get_status_display()}


class SendAgainView(ActionView):
    """Send a mail again that failed, or send one at once that is held back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mail = get_object_or_404(OutgoingMail, timeline_entry=kwargs["entry"], timeline_entry__enquiry=self.object)
        was_held = mail.status == OutgoingMail.Status.HELD
        try:
            conversation.send_again(self.object, by=self.me, mail=mail)
        except conversation.Quarantined:
            return self.show_impossible()
        messages.success(
            request,
            _("The e-mail is being sent now.") if was_held else _("We are trying to send the e-mail again now."),
        )
        return redirect(self.detail_url)


class QuarantineActionView(ActionView):
    """A button of a quarantined enquiry, on its page and in the list. Redirects to where it was pressed."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        messages.success(request, self.act({}))
        return redirect(get_valid_next_url_from_request(request) or self.detail_url)


class ReleaseView(QuarantineActionView):
    def act(self, data: dict[str, Any]) -> str:
        conversation.release(self.object, by=self.me)
        return _("%(reference)s is in the inbox, and its e-mails are being sent now.") % {
            "reference": self.object.reference
        }


class SpamView(QuarantineActionView):
    def act(self, data: dict[str, Any]) -> str:
        conversation.mark_reviewed(self.object, by=self.me)
        return _("%(reference)s is marked as spam. It is kept, but no longer waits.") % {
            "reference": self.object.reference
        }
