"""The report of all translations: what waits on top, the oldest first. It takes the place of wagtail-localize's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, ExpressionWrapper, Q, QuerySet, When
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, get_edit_url
from wagtail_localize.views.report import TranslationsReportFilterSet, TranslationsReportView

from core.translation import progress
from core.translation.locales import is_source


def _kind(translation: Any) -> str:
    """Of its page or snippet: Experience. From the cache of content types."""
    return str(capfirst(ContentType.objects.get_for_id(translation.source.specific_content_type_id).name))


def _title(side: str) -> Callable[[Any], str]:
    def title(translation: Any) -> str:
        thing = getattr(translation.sides, side)
        if thing is None:
            return str(translation.source.object_repr)
        shown = thing.get_admin_display_title() if hasattr(thing, "get_admin_display_title") else str(thing)
        return str(shown) if is_source(thing) else f"{shown} ({thing.locale})"

    return title


def _link(side: str) -> Callable[[Any], str | None]:
    def link(translation: Any) -> str | None:
        thing = getattr(translation.sides, side)
        return str(get_edit_url(thing)) if thing in translation.editable else None

    return link


class TranslationsPaginator(WagtailPaginator):
    """Counts in the reader's language: wagtail-localize's names of models are English."""

    verbose_name = _("translation")
    verbose_name_plural = _("translations")


class TranslationsFilterSet(TranslationsReportFilterSet):
    """Names the choice of what waits in words: wagtail-localize shows "True" above the list."""

    waiting_for_translation = django_filters.ChoiceFilter(
        label=_("Waiting"),
        method="filter_waiting",
        choices=[("true", _("Yes")), ("false", _("No"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    def filter_waiting(self, rows: QuerySet[Translation], name: str, value: str) -> QuerySet[Translation]:
        return rows.filter(waiting_for_translation=value == "true")


class TranslationsReport(TranslationsReportView):
    """A few queries, however many rows."""

    filterset_class = TranslationsFilterSet
    paginator_class = TranslationsPaginator
    template_name = "wagtailadmin/reports/base_report.html"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    columns: ClassVar[list[Column]] = [
        Column("kind", label=_("Type"), accessor=_kind),
        TitleColumn("source", label=_("In Swedish"), accessor=_title("source"), get_url=_link("source")),
        TitleColumn("target", label=_("Translation"), accessor=_title("target"), get_url=_link("target")),
        Column("status", label=_("State"), accessor=progress.status),
    ]

    def get_queryset(self) -> QuerySet[Translation]:
        found = progress.with_progress(Translation.objects.select_related("source", "target_locale"))
        # What does not wait has no sentence of an earlier text: the subquery for its time is left out.
        waits, since = Q(pk__in=progress.waiting_keys()), progress.OLDEST_FIRST
        return found.annotate(waiting_for_translation=ExpressionWrapper(waits, BooleanField())).order_by(
            "-waiting_for_translation", Case(When(waits, then=since), default="source__last_updated_at"), "pk"
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With `sides`, and those of them that the user may edit. The table holds the same objects."""
        known = progress.sides(object_list)
        editable = _editable([thing for both in known.values() for thing in both if thing], self.request.user)
        for translation in object_list:
            translation.sides, translation.editable = known[translation.pk], editable
        return object_list


def _editable(things: list[Any], user: Any) -> list[Any]:
    """The pages and snippets that the user may edit: no link leads to a refusal. One query."""
    pages = [thing.pk for thing in things if isinstance(thing, Page)]
    found = PagePermissionPolicy().instances_user_has_permission_for(user, "change").filter(pk__in=pages)
    mine = set(found.values_list("pk", flat=True))
    return [thing for thing in things if (thing.pk in mine if isinstance(thing, Page) else _may_change(thing, user))]


def _may_change(snippet: Any, user: Any) -> bool:
    policy: Any = policy_registry.get(snippet)
    return bool(policy.user_has_permission_for_instance(user, "change", snippet))
