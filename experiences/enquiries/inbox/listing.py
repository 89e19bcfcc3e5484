"""The two lists: the inbox, and the quarantine of suspected spam."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Count, F, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from core.languages import characters, display
from core.languages.sorting import sorted_as
from core.models import User
from experiences.enquiries.inbox import words
from experiences.enquiries.models import Enquiry
from experiences.enquiries.querysets import EnquiryQuerySet, is_overdue
from experiences.models import ExperiencePage

SWEDISH_ORDER = str.maketrans(dict(sorted_as("sv")))
MY_OWN, NOBODYS = "me", "nobody"
# Fewer digits than these in a search are a date or a size, hardly a phone number.
SHORTEST_NUMBER = 5


# --- Filters --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: what one can filter by, and how much suspected spam waits for a look."""

    owners: list[tuple[int, str]]
    experiences: list[tuple[int, str]]
    to_judge: int


def beside_the_list() -> Beside:
    """In one query: three short lists, and the page asks for them all each time."""
    full_name = Trim(Concat("first_name", Value(" "), "last_name"))
    shown = Coalesce(NullIf(full_name, Value("")), F("username"), output_field=TextField())
    people = User.objects.filter(enquiries__isnull=False).distinct().order_by()
    swedish = ExperiencePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by()
    waiting = Enquiry.objects.to_judge().order_by().values(constant=Value(0)).annotate(count=Count("pk"))
    owners = people.annotate(kind=Value("owner"), label=shown)
    titles = swedish.annotate(kind=Value("experience"), label=Cast("title", TextField()))
    judging = waiting.annotate(kind=Value("to judge"), label=Value("", TextField()))
    rows = owners.values_list("kind", "pk", "label").union(
        titles.values_list("kind", "pk", "label"), judging.values_list("kind", "count", "label"), all=True
    )
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for kind, key, label in rows:
        named[kind].append((key, label))
    return Beside(
        sorted(named["owner"], key=by_label),
        sorted(named["experience"], key=by_label),
        next((count for count, _label in named["to judge"]), 0),
    )


def by_label(choice: tuple[int, str]) -> str:
    """As Swedes sort: å, ä, ö close the alphabet, in this order."""
    return choice[1].casefold().translate(SWEDISH_ORDER)


class InboxFilterSet(WagtailFilterSet):
    waiting = django_filters.ChoiceFilter(
        label=_("Waiting"),
        method="filter_waiting",
        choices=[
            ("us", _("For our answer")),
            ("overdue", _("Overdue")),
            ("mail", _("A mail could not be sent")),
            ("held", _("A mail is held back")),
        ],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=[choice for choice in Enquiry.Status.choices if choice[0] != Enquiry.Status.SPAM],
        widget=forms.CheckboxSelectMultiple,
    )
    owner = django_filters.ChoiceFilter(
        label=pgettext_lazy("of an enquiry", "Owner"),
        method="filter_owner",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    experience = django_filters.ChoiceFilter(
        label=_("Experience"),
        empty_label=_("All"),
        null_label=_("Help me choose"),
        widget=forms.RadioSelect,
    )
    purpose = django_filters.MultipleChoiceFilter(
        label=_("About"), choices=list(words.PURPOSES.items()), widget=forms.CheckboxSelectMultiple
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Came in"), widget=DateRangePickerWidget)

    class Meta:
        model = Enquiry
        fields: list[str] = []

    def __init__(self, *args: Any, beside: Beside, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [(MY_OWN, _("Mine")), (NOBODYS, _("Nobody's")), *beside.owners]
        self.filters["owner"].extra["choices"] = owners
        self.filters["experience"].extra["choices"] = beside.experiences

    def filter_waiting(self, rows: EnquiryQuerySet, name: str, value: str) -> EnquiryQuerySet:
        match value:
            case "overdue":
                return rows.filter(is_overdue(timezone.now()))
            case "mail":
                return rows.with_failed_mail()
            case "held":
                return rows.with_held_mail()
        return rows.waiting_for_us()

    def filter_owner(self, rows: EnquiryQuerySet, name: str, value: str) -> EnquiryQuerySet:
        if value == NOBODYS:
            return rows.filter(owner=None)
        return rows.filter(owner=self.request.user.pk if value == MY_OWN else int(value))


class QuarantineFilterSet(WagtailFilterSet):
    judged = django_filters.ChoiceFilter(
        label=_("Looked at"),
        method="filter_judged",
        choices=[("no", _("Nobody has looked yet")), ("yes", _("Somebody says: it is spam"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Came in"), widget=DateRangePickerWidget)

    class Meta:
        model = Enquiry
        fields: list[str] = []

    def filter_judged(self, rows: EnquiryQuerySet, name: str, value: str) -> EnquiryQuerySet:
        return rows.judged_spam() if value == "yes" else rows.to_judge()


# --- Columns --------------------------------------------------------------------------------------------------------


class WordsColumn(Column):
    """Words of a stranger, in the direction that they have themselves."""

    cell_template_name = "enquiries/admin/words_cell.html"


def about_which(enquiry: Enquiry) -> str:
    return enquiry.experience_title or gettext("Help me choose")


class MomentColumn(Column):
    cell_template_name = "enquiries/admin/moment_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"words": words.moment(context["value"])}


class DueColumn(Column):
    """By when we promised to answer: what is overdue says so in words, with a sign beside them."""

    cell_template_name = "enquiries/admin/due_cell.html"

    def get_value(self, instance: Enquiry) -> words.Due:
        return words.due(instance, timezone.now())


class StateColumn(Column):
    cell_template_name = "enquiries/admin/state_cell.html"


class OwnerColumn(Column):
    def get_value(self, instance: Enquiry) -> str:
        return words.name(instance.owner) if instance.owner else gettext("Nobody")


class JudgeColumn(Column):
    """Set it free, or say that it is spam: two small forms."""

    cell_template_name = "enquiries/admin/judge_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        return context | {"csrf_token": get_token(request), "back": request.get_full_path()}


class SignsColumn(Column):
    cell_template_name = "enquiries/admin/signs_cell.html"

    def get_value(self, instance: Enquiry) -> list[str]:
        return words.signs(instance)


class EnquiryTable(Table):
    def get_row_classname(self, instance: Enquiry) -> str:
        return "enquiry-row enquiry-row--unowned" if needs_owner(instance) else "enquiry-row"


def needs_owner(enquiry: Enquiry) -> bool:
    return enquiry.owner_id is None and enquiry.status in ("new", "open", "reopened")


# --- Views ----------------------------------------------------------------------------------------------------------


class EnquiryListView(IndexView):
    """What both lists share: who may see them, how they are searched."""

    permission_required = "view"
    any_permission_required = ["view"]
    template_name = "enquiries/admin/list.html"
    results_template_name = "enquiries/admin/list_results.html"
    table_class = EnquiryTable
    search_fields = ["reference", "name", "email", "phone", "message", "experience_title"]
    is_searchable = True
    detail_url_name = "inbox:detail"

    def get_edit_url(self, instance: Enquiry) -> str:
        return reverse(self.detail_url_name, args=[instance.pk])

    def get_list_buttons(self, instance: Enquiry) -> list[Any]:
        return []

    def search_queryset(self, queryset: Any) -> Any:
        """Every word somewhere in the enquiry; a phone number however it is grouped."""
        query = characters.sought(self.search_query)
        number = phone_pattern(query)
        if number:
            return queryset.filter(Q(phone__regex=number) | Q(message__icontains=query))
        for word in query.split():
            # A reference or an address is kept without joiners, a name with them.
            fields = (
                Q(**{f"{field}__icontains": written})
                for field in self.search_fields
                for written in {word, characters.bare(word)}
            )
            queryset = queryset.filter(any_of(fields))
        return queryset


def phone_pattern(query: str) -> str:
    """070-123 45 67, +46701234567 and 0701234567 are one number. Empty if the query is none."""
    query = characters.western(characters.bare(query))
    if not re.fullmatch(r"[+\d\s()/-]+", query):
        return ""
    digits = re.sub(r"^(\+46|0046|0)", "", re.sub(r"[^\d+]", "", query)).replace("+", "")
    return r"\D*".join(digits) if len(digits) >= SHORTEST_NUMBER else ""


def any_of(conditions: Any) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


class InboxView(EnquiryListView):
    """All that is not spam: unowned on top, then the newest."""

    page_title = _("Inbox")
    filterset_class = InboxFilterSet
    quarantine_url_name = "inbox:quarantine"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("reference", TitleColumn),
            WordsColumn("name", label=_("Who")),
            WordsColumn("experience", label=_("Experience"), accessor=about_which),
            Column("purpose", label=_("About"), accessor=lambda row: words.PURPOSES.get(row.purpose, row.purpose)),
            Column("language", label=_("Language"), accessor=lambda row: display.language(row.language)),
            StateColumn("status", label=_("State")),
            OwnerColumn("owner", label=pgettext_lazy("of an enquiry", "Owner")),
            MomentColumn("created_at", label=_("Came in"), sort_key="created_at"),
            DueColumn("answer_due", label=_("Answer due"), sort_key="answer_due"),
        ]

    def get_base_queryset(self) -> EnquiryQuerySet:
        return Enquiry.objects.honest().for_inbox()

    @cached_property
    def beside(self) -> Beside:
        return beside_the_list()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "beside": self.beside}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        label = gettext("Suspected spam (%(count)s)") % {"count": self.beside.to_judge}
        return [HeaderButton(label, url=reverse(self.quarantine_url_name), icon_name="warning")]


class QuarantineView(EnquiryListView):
    """What the site held back. It got no mail; set free, its mails leave."""

    page_title = _("Suspected spam")
    header_icon = "warning"
    filterset_class = QuarantineFilterSet
    inbox_url_name = "inbox:index"
    introduction = _(
        "These got the usual page and reference, but no mail. Set free what is honest: its mails leave at once. "
        "What you call spam is kept, and no longer waits here for a look."
    )

    @cached_property
    def columns(self) -> list[Column]:
        may_answer = self.user_has_permission("answer")
        return [
            self._get_title_column("reference", TitleColumn),
            WordsColumn("name", label=_("Who")),
            WordsColumn("message", label=_("Message"), accessor=lambda row: Truncator(row.message).chars(160)),
            SignsColumn("spam_signs", label=_("Why it waits here")),
            MomentColumn("created_at", label=_("Came in"), sort_key="created_at"),
            *([JudgeColumn("judge", label=_("What is it?"), accessor="pk")] if may_answer else []),
        ]

    def get_base_queryset(self) -> EnquiryQuerySet:
        return Enquiry.objects.quarantined().with_judgement().order_by("-created_at", "-pk")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse(self.inbox_url_name), "label": gettext("Inbox")}, here]
