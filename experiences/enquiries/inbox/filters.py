"""The filters beside the inbox and beside the quarantine, and the choices that they offer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.languages.sorting import sorted_as
from core.models import User
from core.translation.locales import source_rows
from experiences.enquiries.inbox import words
from experiences.enquiries.models import Enquiry
from experiences.enquiries.querysets import EnquiryQuerySet
from experiences.models import ExperiencePage

SWEDISH_ORDER = str.maketrans(dict(sorted_as("sv")))
# Values of the owner filter beside the ids of users.
OWNER_ME, OWNER_NONE = "me", "nobody"
# So many experiences are offered: the chosen one, and the newest ones. The search finds all of them.
MOST_EXPERIENCES = 100
# Digits of a primary key in a query string.
LONGEST_KEY = 18


@dataclass(frozen=True)
class FilterData:
    """What the page of the inbox asks the database for beside its rows. Choices are (id, label), sorted by label."""

    owners: list[tuple[int, str]]
    experiences: list[tuple[int, str]]
    to_review: int


def load_filter_data(chosen: str = "") -> FilterData:
    """Users who own an enquiry, Swedish experiences, and the number of quarantined enquiries to review.

    `chosen`: the value of the filter for experiences. One query, a union: each request of the inbox needs all
    of them.
    """
    full_name = Trim(Concat("first_name", Value(" "), "last_name"))
    shown_name = Coalesce(NullIf(full_name, Value("")), F("username"), output_field=TextField())
    users = User.objects.filter(Exists(Enquiry.objects.filter(owner=OuterRef("pk")))).order_by()
    swedish = source_rows(ExperiencePage.objects.all()).order_by()
    experiences = swedish.annotate(kind=Value("experience"), label=Cast("title", TextField()))
    key = int(chosen) if chosen.isdecimal() and len(chosen) < LONGEST_KEY else 0
    to_review = Enquiry.objects.to_review().order_by().values(constant=Value(0)).annotate(count=Count("pk"))
    owners = users.annotate(kind=Value("owner"), label=shown_name)
    count = to_review.annotate(kind=Value("to review"), label=Value("", TextField()))
    columns = ("kind", "pk", "label")
    rows = owners.values_list(*columns).union(
        experiences.order_by("-pk").values_list(*columns)[:MOST_EXPERIENCES],
        experiences.filter(pk=key).values_list(*columns),
        count.values_list("kind", "count", "label"),
        all=True,
    )
    by_kind: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for kind, number, label in rows:
        by_kind[kind].append((number, label))
    return FilterData(
        owners=sorted(by_kind["owner"], key=by_label),
        experiences=sorted(set(by_kind["experience"]), key=by_label),
        to_review=next((number for number, _label in by_kind["to review"]), 0),
    )


def by_label(choice: tuple[int, str]) -> str:
    """A sort key for a choice, by its label in Swedish order: å, ä and ö come last."""
    return choice[1].casefold().translate(SWEDISH_ORDER)


class InboxFilterSet(WagtailFilterSet):
    """What the inbox can be filtered by."""

    waiting = django_filters.ChoiceFilter(
        label=_("Waiting"),
        method="filter_waiting",
        choices=[
            ("us", _("For our answer")),
            ("overdue", _("Overdue")),
            ("mail", _("An e-mail could not be sent")),
            ("held", _("An e-mail is held back")),
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

    def __init__(self, *args: Any, filter_data: FilterData, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [(OWNER_ME, _("Mine")), (OWNER_NONE, _("No owner")), *filter_data.owners]
        self.filters["owner"].extra["choices"] = owners
        self.filters["experience"].extra["choices"] = filter_data.experiences

    def filter_waiting(self, rows: EnquiryQuerySet, name: str, value: str) -> EnquiryQuerySet:
        match value:
            case "overdue":
                return rows.overdue(timezone.now())
            case "mail":
                return rows.with_failed_mail()
            case "held":
                return rows.with_held_mail()
        return rows.waiting_for_us()

    def filter_owner(self, rows: EnquiryQuerySet, name: str, value: str) -> EnquiryQuerySet:
        if value == OWNER_NONE:
            return rows.filter(owner=None)
        return rows.filter(owner=self.request.user.pk if value == OWNER_ME else int(value))


class QuarantineFilterSet(WagtailFilterSet):
    """What the quarantine can be filtered by."""

    reviewed = django_filters.ChoiceFilter(
        label=_("Looked at"),
        method="filter_reviewed",
        choices=[("no", _("Not looked at yet")), ("yes", _("Marked as spam"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Came in"), widget=DateRangePickerWidget)

    class Meta:
        model = Enquiry
        fields: list[str] = []

    def filter_reviewed(self, rows: EnquiryQuerySet, name: str, value: str) -> EnquiryQuerySet:
        return rows.reviewed_spam() if value == "yes" else rows.to_review()
