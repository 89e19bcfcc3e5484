"""The two list views: the inbox, and the quarantine of suspected spam."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from core.languages import characters, display, folding
from experiences.enquiries.inbox import words
from experiences.enquiries.inbox.columns import (
    DueColumn,
    EnquiryTable,
    MomentColumn,
    OwnerColumn,
    QuarantineActionsColumn,
    SignsColumn,
    StateColumn,
    VisitorTextColumn,
    experience_title,
)
from experiences.enquiries.inbox.filters import (
    OWNER_ME,
    OWNER_NONE,
    FilterData,
    InboxFilterSet,
    QuarantineFilterSet,
    load_filter_data,
)
from experiences.enquiries.models import Enquiry
from experiences.enquiries.querysets import EnquiryQuerySet

# A search with fewer digits than these is taken for a date or a group size, not for a phone number.
MIN_NUMBER_DIGITS = 5
# `receiving.new_reference`, folded.
REFERENCE = re.compile(r"\bsu-?([a-z0-9]{4})-?(\d\d)\b")


class EnquiryListView(IndexView):
    """Permissions, table and search of both lists."""

    permission_required = "view"
    any_permission_required = ["view"]
    template_name = "enquiries/admin/list.html"
    results_template_name = "enquiries/admin/list_results.html"
    table_class = EnquiryTable
    search_fields = ["reference", "name", "email", "phone", "message", "experience_title"]
    is_searchable = True
    detail_url_name = "inbox:detail"
    # What an empty list says, by the only filters that are on.
    empty_words: tuple[tuple[dict[str, Any], Any], ...] = ()

    @cached_property
    def no_results_message(self) -> str:
        form = self.filters.form
        chosen = {name: form.cleaned_data[name] for name in form.changed_data} if self.is_filtering else {}
        known = [words for filters, words in self.empty_words if filters == chosen and not self.is_searching]
        return str(known[0] if known else super().no_results_message)

    def get_edit_url(self, instance: Enquiry) -> str:
        return reverse(self.detail_url_name, args=[instance.pk])

    def get_list_buttons(self, instance: Enquiry) -> list[Any]:
        return []

    def search_queryset(self, queryset: EnquiryQuerySet) -> EnquiryQuerySet:
        """Enquiries that hold every word of the query, in any of `search_fields`.

        A query that holds a whole reference finds its enquiry, whatever else was copied with it. One that is a phone
        number is compared by its digits, however they are grouped.
        """
        query = characters.sought(self.search_query)
        if not query:
            return queryset
        found = Q(reference__in=references_in(query)) | folding.contains(self.search_fields, query)
        if number := phone_pattern(query):
            found |= Q(phone__regex=number)
        return queryset.filter(found)


def references_in(text: str) -> list[str]:
    """The references that a text holds, as they are stored: with any dash or none, between signs of any kind."""
    return [
        f"SU-{letters}-{year}".upper() for letters, year in REFERENCE.findall(folding.folded(characters.western(text)))
    ]


def phone_pattern(query: str) -> str:
    """A regular expression for a phone number: 070-123 45 67, +46701234567 and 0701234567 give the same one.

    Empty if the query is no phone number.
    """
    query = characters.western(characters.bare(query))
    if not re.fullmatch(r"[+\d\s()/-]+", query):
        return ""
    digits = re.sub(r"^(\+46|0046|0)", "", re.sub(r"[^\d+]", "", query)).replace("+", "")
    return r"\D*".join(digits) if len(digits) >= MIN_NUMBER_DIGITS else ""


class InboxView(EnquiryListView):
    """All enquiries outside quarantine: those without an owner first, then the newest."""

    page_title = _("Inbox")
    filterset_class = InboxFilterSet
    quarantine_url_name = "inbox:quarantine"
    empty_words = (
        ({}, _("No enquiry has come in yet.")),
        ({"waiting": "us"}, _("Nothing is waiting for our answer.")),
        ({"waiting": "us", "owner": OWNER_ME}, _("Nothing is waiting for your answer.")),
        ({"waiting": "us", "owner": OWNER_NONE}, _("Every enquiry that waits has an owner.")),
        ({"waiting": "overdue"}, _("Nothing is overdue.")),
        ({"waiting": "mail"}, _("No e-mail has failed.")),
        ({"waiting": "held"}, _("No e-mail is held back.")),
    )

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("reference", TitleColumn),
            VisitorTextColumn("name", label=_("Who")),
            VisitorTextColumn("experience", label=_("Experience"), accessor=experience_title),
            Column("purpose", label=_("About"), accessor=lambda row: words.PURPOSES.get(row.purpose, row.purpose)),
            Column("language", label=_("Language"), accessor=lambda row: display.language(row.language)),
            StateColumn("status", label=_("State")),
            OwnerColumn("owner", label=pgettext_lazy("of an enquiry", "Owner")),
            MomentColumn("created_at", label=_("Came in"), sort_key="created_at"),
            DueColumn("answer_due", label=_("Answer due"), sort_key="answer_due"),
        ]

    def get_base_queryset(self) -> EnquiryQuerySet:
        return Enquiry.objects.not_quarantined().for_inbox()

    @cached_property
    def filter_data(self) -> FilterData:
        return load_filter_data(self.request.GET.get("experience", ""))

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "filter_data": self.filter_data}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        label = gettext("Suspected spam (%(count)s)") % {"count": self.filter_data.to_review}
        return [HeaderButton(label, url=reverse(self.quarantine_url_name), icon_name="warning")]


class QuarantineView(EnquiryListView):
    """The enquiries in quarantine. Their visitors got no mail; when staff release one, its mails are queued."""

    page_title = _("Suspected spam")
    header_icon = "warning"
    filterset_class = QuarantineFilterSet
    inbox_url_name = "inbox:index"
    empty_words = (
        ({}, _("There is no suspected spam.")),
        ({"reviewed": "no"}, _("There is nothing to look at.")),
        ({"reviewed": "yes"}, _("Nothing is marked as spam.")),
    )
    introduction = _(
        "These visitors saw the usual page and got a reference, but no e-mail. Release what is genuine: its e-mails "
        "are sent at once. What you mark as spam is kept, but no longer waits here."
    )

    @cached_property
    def columns(self) -> list[Column]:
        may_answer = self.user_has_permission("answer")
        return [
            self._get_title_column("reference", TitleColumn),
            VisitorTextColumn("name", label=_("Who")),
            VisitorTextColumn("message", label=_("Message"), accessor=lambda row: Truncator(row.message).chars(160)),
            SignsColumn("spam_signs", label=_("Why it is here")),
            MomentColumn("created_at", label=_("Came in"), sort_key="created_at"),
            *([QuarantineActionsColumn("actions", label=_("What is it?"), accessor="pk")] if may_answer else []),
        ]

    def get_base_queryset(self) -> EnquiryQuerySet:
        return Enquiry.objects.quarantined().with_is_reviewed().order_by("-created_at", "-pk")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse(self.inbox_url_name), "label": gettext("Inbox")}, here]
