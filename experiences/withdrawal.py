"""An experience is unpublished with its last live host, in every language and in the same transaction.

No host is named, and no experience can be asked for, while the host's page is not live. An experience with another
live host stays live: its row of the withdrawn host stays too, and shows the host again once that page is live. A
withdrawn experience is published again by an editor, which needs a live host (ExperiencePage.check_may_be_live).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, PageLogEntry
from wagtail.signals import page_unpublished

from core.models import SiteFooter
from core.pages.mentions import Mention, live_pages, mentions
from core.translation.locales import is_source, source_rows
from core.translation.relations import pages_with
from experiences.models import Category, ExperiencePage, Place, ProviderPage, Skill, Testimonial

LOG_ACTION = "experiences.withdrawn_with_host"


# --- Withdrawing ----------------------------------------------------------------------------------------------------
@receiver(page_unpublished)
def withdraw_on_unpublish(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, ProviderPage):
        withdraw_without_host(instance)


@receiver(post_save, sender=ProviderPage)
def withdraw_on_save(instance: ProviderPage, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """For changes of `live` without page_unpublished: by code, or by an expiry of a page without a revision."""
    if not instance.live and not raw and (update_fields is None or "live" in update_fields):
        withdraw_without_host(instance)


@transaction.atomic
def withdraw_without_host(host: ProviderPage) -> None:
    """Unpublish each live experience of this host that has no other live host.

    The experiences are locked first: if both hosts of one are withdrawn at the same time, the second request waits and
    then finds no host left.
    """
    hosted = ExperiencePage.objects.live().with_host_in_own_rows([host.translation_key]).values("pk")
    locked = Page.objects.filter(pk__in=hosted).order_by("pk").select_for_update(of=("self",), no_key=True)
    ids = list(locked.values_list("pk", flat=True))
    left = ExperiencePage.objects.filter(pk__in=ids).without_live_host().select_related("locale") if ids else ()
    for experience in sorted(left, key=is_source, reverse=True):
        # A translation may have been unpublished just now with its Swedish page.
        if ExperiencePage.objects.live().filter(pk=experience.pk).exists():
            experience.unpublish(log_action=False)
            log(instance=experience, action=LOG_ACTION, data={"host": host.title})


# --- What an editor is told before ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Consequences:
    """What follows if hosts are withdrawn.

    going, staying: experiences that are unpublished too, or stay with other hosts; pages, snippets: texts that mention
    the hosts' names and stay live.
    """

    hosts: list[ProviderPage] = field(default_factory=list)
    going: list[ExperiencePage] = field(default_factory=list)
    staying: list[ExperiencePage] = field(default_factory=list)
    pages: list[Mention] = field(default_factory=list)
    snippets: list[Mention] = field(default_factory=list)


def consequences(pages: Iterable[Page], *, below: bool = False) -> Consequences:
    """For the live hosts among these pages or, with `below`, for those below them instead."""
    hosts = _hosts_below(pages) if below else _hosts_among(pages)
    if not hosts:
        return Consequences()
    keys = [host.translation_key for host in hosts]
    hosted = source_rows(ExperiencePage.objects.live().with_host_in_own_rows(keys)).order_by("title")
    going = list(hosted.without_live_host(keys))
    gone = {page.translation_key for page in going} | set(keys)
    names = ProviderPage.objects.filter(translation_key__in=keys).values_list("title", flat=True)
    return Consequences(
        hosts=hosts,
        going=going,
        staying=[page for page in hosted if page not in going],
        pages=mentions(names, (page for page in live_pages() if page.translation_key not in gone)),
        snippets=[mention for mention in mentions(names, _snippets()) if _is_shown(mention.thing, gone)],
    )


def _hosts_among(pages: Iterable[Page]) -> list[ProviderPage]:
    """The live Swedish host pages. A translation does not count: without it the Swedish page still shows the host."""
    swedish = [page.pk for page in pages if is_source(page)]
    return list(ProviderPage.objects.live().filter(pk__in=swedish).order_by("title"))


def _hosts_below(pages: Iterable[Page]) -> list[ProviderPage]:
    found = {host.pk: host for page in pages for host in _live_hosts_below(page)}
    return sorted(found.values(), key=lambda host: host.title)


def _live_hosts_below(page: Page) -> Iterable[ProviderPage]:
    return source_rows(ProviderPage.objects.live().descendant_of(page))


def _snippets() -> Iterable[Any]:
    """All snippets of the catalogue, and the footers."""
    models: tuple[Any, ...] = (Testimonial, Category, Place, Skill, SiteFooter)
    for model in models:
        yield from model.objects.select_related("locale")


def _is_shown(snippet: Any, gone: set[UUID]) -> bool:
    """Whether a live page shows it that is not `gone` (translation keys); footers are on every page."""
    pages = pages_with(type(snippet), [snippet.pk])
    return isinstance(snippet, SiteFooter) or any(found.exclude(translation_key__in=gone).exists() for found in pages)


# --- What an editor is told after -----------------------------------------------------------------------------------
def withdrawn_just_now() -> list[ExperiencePage]:
    """Experiences that this admin request has withdrawn, by its log context."""
    entries = PageLogEntry.objects.filter(action=LOG_ACTION, uuid=get_active_log_context().uuid)
    pages = ExperiencePage.objects.filter(pk__in=entries.values("page"))
    return list(source_rows(pages).order_by("title"))


def withdrawn_with(pages: Iterable[Page], *, below: bool = False) -> list[ExperiencePage]:
    """Experiences of these hosts that were withdrawn with their last host, and not published since.

    `below`: of the hosts below these pages, too.
    """
    hosts = _hosts_among(pages) + (_hosts_below(pages) if below else [])
    since = PageLogEntry.objects.filter(action=LOG_ACTION, page__last_published_at__lt=F("timestamp"))
    waiting = ExperiencePage.objects.filter(live=False, pk__in=since.values("page"))
    return list(source_rows(waiting).with_host_in_own_rows([host.translation_key for host in hosts]).order_by("title"))
