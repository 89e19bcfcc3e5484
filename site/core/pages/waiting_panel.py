"""The panel on the admin's first page for translators and editors: translations that wait, pages not sent to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, get_translatable_models
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, get_edit_url

from core.languages import display
from core.translation import progress
from core.translation.locales import source_rows

# So many pages and snippets are listed, those that wait longest, each with so many sentences.
LISTED = 10
NOT_SENT_LISTED = 30
SENTENCES_LISTED = 3


@dataclass(frozen=True)
class Line:
    """A sentence that waits, with the address of its place in the translation editor. `lang`: of its words."""

    words: str
    link: str
    lang: str


@dataclass(frozen=True)
class Waiting:
    """A page or snippet in one language. `status`: what waits, in the user's language.

    `publish`: the address of the button "Publish" if no sentence waits, else empty.
    """

    title: str
    language: str
    link: str
    status: str
    sentences: list[Line]
    publish: str


@dataclass(frozen=True)
class NotSent:
    """A published Swedish page, and the languages to which it was not sent. `link`: empty for who may not send it."""

    title: str
    languages: str
    link: str


def waiting_for(user: Any) -> tuple[list[Waiting], int]:
    """What waits in the languages that a user may write, the oldest first, and how many more there are.

    A few queries, however many wait.
    """
    found = progress.waiting(progress.with_progress(_writable(user)))
    rows = list(found[:LISTED])
    return _listed(rows), (found.count() - LISTED if len(rows) == LISTED else 0)


def next_for(user: Any, locale: Locale) -> Waiting | None:
    """What waits longest in a language, if the user may write it. A few queries."""
    found = progress.waiting(progress.with_progress(_writable(user).filter(target_locale=locale)))
    return next(iter(_listed(list(found[:1]))), None)


def _listed(rows: list[Translation]) -> list[Waiting]:
    sides = progress.sides(rows)
    sentences = progress.waiting_sentences(rows, SENTENCES_LISTED)
    return [
        _waiting(row, sides[row.pk].target, sentences.get(row.pk, ()))
        for row in rows
        if sides[row.pk].target is not None
    ]


def _writable(user: Any) -> QuerySet[Translation]:
    """Translations whose page or snippet the user may change."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change").order_by()
    page = pages.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"))
    models = set(get_snippet_models()).intersection(get_translatable_models())
    mine = [model for model in models if policy_registry.get_by_type(model).user_has_permission(user, "change")]
    kinds = ContentType.objects.get_for_models(*mine).values()
    rows = Translation.objects.filter(Exists(page) | Q(source__specific_content_type__in=kinds), enabled=True)
    return rows.select_related("source__locale", "target_locale")


def _waiting(row: Translation, target: Any, sentences: Any) -> Waiting:
    link = str(get_edit_url(target))
    title = target.get_admin_display_title() if hasattr(target, "get_admin_display_title") else str(target)
    code = row.source.locale.language_code
    lines = [Line(sentence.text, f"{link}#sentence-{sentence.segment}", code) for sentence in sentences]
    publish = "" if lines else f"{link}#publish"
    language = row.target_locale.get_display_name()
    return Waiting(title, language, lines[0].link if lines else link, progress.status(row), lines, publish)


def not_sent_for(user: Any) -> tuple[list[NotSent], int]:
    """Published Swedish pages that are missing in a language of the user's, in the tree's order, and how many.

    A new language misses all pages: the first ones are listed. Two queries.
    """
    there = Page.objects.filter(translation_key=OuterRef(OuterRef("translation_key")), locale=OuterRef("pk"))
    missing = _languages_of(user).exclude(Exists(there)).order_by("language_code")
    pages = source_rows(Page.objects.live().filter(Exists(missing), depth__gt=1)).order_by("path")
    may_send = user.has_perm("wagtail_localize.submit_translation")
    rows = pages.annotate(codes=ArraySubquery(missing.values("language_code"))).values_list(
        "pk", "draft_title", "codes"
    )
    listed = [
        NotSent(
            title,
            display.enumeration(map(display.language_in_sentence, codes)),
            reverse("wagtail_localize:submit_page_translation", args=[key]) if may_send else "",
        )
        for key, title, codes in rows[:NOT_SENT_LISTED]
    ]
    return listed, len(listed) if len(listed) < NOT_SENT_LISTED else pages.count()


def _languages_of(user: Any) -> QuerySet[Locale]:
    """Those in which the user writes; all for who sends pages to translation, also before the first page is sent."""
    if user.has_perm("wagtail_localize.submit_translation"):
        return Locale.objects.all()
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change").order_by()
    return Locale.objects.filter(pk__in=pages.values("locale"))


class WaitingPanel(Component):
    """Below what the site itself does not do (core.jobs)."""

    name = "waiting_translations"
    template_name = "core/admin/waiting_panel.html"
    order = 7

    def __init__(self, found: list[Waiting], more: int, not_sent: list[NotSent], number_not_sent: int) -> None:
        self.found, self.more, self.not_sent, self.number_not_sent = found, more, not_sent, number_not_sent

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        report = reverse("wagtail_localize:translations_report")
        return {
            "translations": self.found,
            "more": self.more,
            "not_sent": self.not_sent,
            "number_not_sent": self.number_not_sent,
            "more_not_sent": self.number_not_sent - len(self.not_sent),
            "report": report,
        }


def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    """A `construct_homepage_panels` hook: adds the panel for those who may write a page in some language."""
    if PagePermissionPolicy().user_has_permission(request.user, "change"):
        panels.append(WaitingPanel(*waiting_for(request.user), *not_sent_for(request.user)))
