"""The list of experiences, with its filters, and the list of hosts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from core.models import BasePage
from core.web.page_cache.memory import kept
from experiences.filters import ExperienceFilter, Kind
from experiences.models.experience import ExperiencePage
from experiences.models.provider import ProviderPage
from experiences.models.snippets import Category
from experiences.querysets import CatalogueQuerySet, ExperienceQuerySet
from experiences.selectors import KeptKeys, cards_by_key, complete_cards, lazy_cards, page_of_list, prefetch_renditions

IN_MENU = MultiFieldPanel(["show_in_menus"], heading=_("In the menu"))


class ExperienceIndexPage(BasePage):
    """The list of all experiences, with filters (a GET form, no script)."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)

    objects = PageManager.from_queryset(CatalogueQuerySet)()

    content_panels = [*BasePage.content_panels, "lead"]
    promote_panels = [*BasePage.promote_panels, IN_MENU]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["experiences.ExperiencePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of experiences")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        language, now = self.locale.language_code, timezone.now()
        everything = ExperiencePage.objects.readable_in(language)
        with override(language):
            form = _filter_for(everything, request, language)
            found = form.apply(everything, now).nearest_first(now, language).values_list("pk", flat=True)
            results = page_of_list(KeptKeys(request, ("experiences.list", language, form.query()), found), request)
            sentence = form.sentence(results.paginator.count)

        def load(keys: list[int]) -> list[ExperiencePage]:
            shown = cards_by_key(ExperiencePage, language, keys=keys, now=now)
            return complete_cards(shown, ProviderPage.objects.all(), language)

        context.update(form=form, results=results, sentence=sentence, cards=lazy_cards(results, load))
        return context


def _filter_for(everything: ExperienceQuerySet, request: HttpRequest, language: str) -> ExperienceFilter:
    """The validated filter form. Its choices: categories and languages of the experiences that a reader can see."""
    facets = kept(request, ("experiences.facets", language), everything.facets)
    shown = {slug for slug, _languages, _count in facets} | set(request.GET.getlist("kind"))
    categories: Iterable[Any] = kept(
        request, ("experiences.categories", language), lambda: list(Category.objects.readable_in(language))
    )
    kinds = [
        Kind(category.slug, category.name, _unless(category.locale.language_code, language))
        for category in categories
        if category.slug in shown
    ]
    form = ExperienceFilter(request.GET, kinds=kinds, led_in=sorted({c for row in facets for c in row[1]}))
    form.is_valid()
    return form


def _unless(code: str, reader: str) -> str:
    """The language code, or "" if it is the reader's own and needs no mark."""
    return "" if code == reader else code


class ProviderIndexPage(BasePage):
    """The list of all hosts, by name."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)

    objects = PageManager.from_queryset(CatalogueQuerySet)()

    content_panels = [*BasePage.content_panels, "lead"]
    promote_panels = [*BasePage.promote_panels, IN_MENU]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["experiences.ProviderPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of hosts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        hosts = ProviderPage.objects.readable_in(language)
        found = hosts.alphabetical(language).values_list("pk", flat=True)
        results = page_of_list(KeptKeys(request, ("experiences.hosts", language), found), request)

        def load(keys: list[int]) -> list[ProviderPage]:
            shown = list(hosts.filter(pk__in=keys).for_cards())
            prefetch_renditions([host.portrait for host in shown])
            return shown

        context.update(results=results, cards=lazy_cards(results, load))
        return context
