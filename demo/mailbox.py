"""The demo's mailbox: mails are stored in a table and shown in the admin, so that none leaves this machine."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView
from wagtail.admin.auth import user_passes_test
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin

from core.mail.backend import html_of
from demo.models import DemoMail

# Content-Security-Policy of a mail's HTML in its frame: inline styles, and nothing else.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class EmailBackend(BaseEmailBackend):
    """Stores mails instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            store_message(message)
        return len(email_messages)


def store_message(message: EmailMessage) -> None:
    """Store a row for each recipient. The message is built as for SMTP, so that an invalid one is an error here too."""
    built = message.message()
    for recipient in message.recipients():
        DemoMail.objects.create(
            message_id=built["Message-ID"],
            sender=message.from_email,
            to=recipient,
            reply_to=", ".join(message.reply_to),
            subject=str(message.subject),
            text=str(message.body),
            html=html_of(message),
            language=str(message.extra_headers.get("Content-Language", "")),
        )


class MailboxView(IndexView):
    """The list of mails, newest first."""

    model = DemoMail
    any_permission_required = None
    page_title = _("Demo mailbox")
    header_icon = "mail"
    index_url_name = "demo_mailbox:index"
    index_results_url_name = "demo_mailbox:index_results"
    default_ordering = "-at"
    paginate_by = 50
    is_searchable = True
    search_fields = ["to", "subject", "text"]
    columns = [
        TitleColumn("subject", label=_("Subject"), url_name="demo_mailbox:mail"),
        Column("to", label=_("To")),
        Column("language", label=_("Language")),
        DateColumn("at", label=pgettext_lazy("a mail", "Sent"), sort_key="at"),
    ]


class MailView(WagtailAdminTemplateMixin, DetailView):  # type: ignore[type-arg]  # generic for the type checker only
    """One mail: its text, and its HTML as a mail program would show it."""

    model = DemoMail
    context_object_name = "mail"
    template_name = "demo/mail.html"
    header_icon = "mail"
    _show_breadcrumbs = True

    def get_page_title(self) -> str:
        return str(self.object.subject)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = list(super().get_breadcrumbs_items())
        mailbox = {"url": reverse("demo_mailbox:index"), "label": gettext("Demo mailbox")}
        return [*items, mailbox, {"url": "", "label": self.object.subject}]


@require_safe
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of a mail. Sandboxed by its own header too, as it may be opened outside the frame."""
    mail = get_object_or_404(DemoMail, pk=pk)
    return HttpResponse(mail.html, headers={"Content-Security-Policy": SANDBOX})


# A mail with a link for a new password lets its reader into that account.
administrators_only = user_passes_test(lambda user: user.is_superuser)

urlpatterns = [
    path("", administrators_only(MailboxView.as_view()), name="index"),
    path("results/", administrators_only(MailboxView.as_view(results_only=True)), name="index_results"),
    path("<int:pk>/", administrators_only(MailView.as_view()), name="mail"),
    path("<int:pk>/html/", administrators_only(mail_html), name="html"),
]
