"""Querysets of the catalogue. The current time and the reader's language are arguments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.db.models.lookups import StartsWith
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from core.languages.sorting import alphabetical
from core.pages.pausing import Pause, pause_codes_of_row
from core.translation.locales import source_rows
from core.web.prepared import AnyOf, Prepared, Slot
from experiences.states import ExperienceState

# Lookups for `on_a_date`, by the start in Stockholm (Django's current time zone).
IN_THE_EVENING = {"start__hour__gte": 17}
AT_THE_WEEKEND = {"start__iso_week_day__gte": 6}

# Large fields that no card shows.
LONG_TEXTS = (
    "story",
    "steps",
    "included",
    "not_included",
    "bring",
    "suits",
    "booking_steps",
    "gallery",
    "questions",
    "enquiry_questions",
)


def _own_group(people: int) -> Q:
    """The group size allows so many."""
    return Q(group_min__lte=people, group_max__gte=people)


def _readable(rows: Any, language: str, **published: bool) -> Any:
    """One row for each translation key: in the reader's language, else in Swedish.

    `published`: a filter for translations that count.
    """
    if language == settings.LANGUAGE_CODE:
        return source_rows(rows)
    translated = rows.model._base_manager.filter(
        locale__language_code=language, translation_key=OuterRef("translation_key"), **published
    )
    untranslated = Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(translated)
    return rows.filter(Q(locale__language_code=language) | untranslated)


def _paused() -> Q:
    """Paused by an editor or by the site: ExperiencePage.is_paused for a queryset."""
    return Q(state=ExperienceState.PAUSED) | Q(Exists(Pause.objects.of(OuterRef("translation_key"))))


def live_swedish_pages(**which: Any) -> Any:
    """The live Swedish pages that meet `which` (lookups on Page).

    They decide for every language: no translation is live while the Swedish page is not (core.translation.checks).
    """
    return source_rows(Page.objects.live()).filter(**which)


class SnippetQuerySet(QuerySet[Model]):
    """Categories, places, skills, testimonials."""

    def readable_in(self, language: str) -> Self:
        """Each snippet once: in `language`, else in Swedish."""
        readable: Self = _readable(self, language).select_related("locale")
        return readable

    def all_languages_of(self, ids: Any) -> Self:
        """The rows with these primary keys, in all their languages. `ids`: a list, a queryset or a Slot."""
        chosen = AnyOf("pk", ids) if isinstance(ids, Slot) else Q(pk__in=ids)
        return self.filter(translation_key__in=self.model._base_manager.filter(chosen).values("translation_key"))


class TestimonialQuerySet(SnippetQuerySet):
    """Testimonials."""

    __test__ = False  # for pytest: not a test class

    def in_order_of(self, page: Any) -> Self:
        """In the order of the experience's own rows. `page`: its primary key."""
        shown: Any = self.model._meta.get_field("shown_on").related_model
        rows = shown._default_manager.filter(page=page, testimonial__translation_key=OuterRef("translation_key"))
        return self.annotate(
            editors_position=Subquery(rows.values("sort_order")[:1]), editors_row=Subquery(rows.values("pk")[:1])
        ).order_by("editors_position", "editors_row", "pk")

    def as_shown(self) -> QuerySet[Any, dict[str, Any]]:
        """`row`: a JSON object for each, with all that components/testimonial.html shows."""
        shown = {name: name for name in ("words", "original", "original_language", "guest")}
        return self.values(row=JSONObject(**shown, language="locale__language_code"))

    def of_live_experiences(self) -> Self:
        """Those that a live experience shows, the newest first."""
        shown: Any = self.model._meta.get_field("shown_on").related_model
        rows = shown._default_manager.filter(page__live=True, testimonial__translation_key=OuterRef("translation_key"))
        return self.filter(Exists(rows)).order_by("-pk")


class CatalogueQuerySet(PageQuerySet):
    """Pages of the catalogue."""

    def readable_in(self, language: str) -> Self:
        """The public live pages in `language`, and the Swedish ones that have no live translation into it.

        Without private pages, as Wagtail's `public()`, but in the same query.
        """
        path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        private = PageViewRestriction.objects.filter(StartsWith(path, F("page__path")))
        readable: Self = _readable(self.live().exclude(Exists(private)), language, live=True).select_related("locale")
        return readable

    def all_languages_of(self, ids: Any) -> Self:
        """The rows with these primary keys, in all their languages. `ids`: a list or a queryset."""
        keys = self.model._base_manager.filter(pk__in=ids).values("translation_key")
        same: Self = self.filter(translation_key__in=keys)
        return same

    def alphabetical(self, language: str) -> Self:
        """By title, in the alphabetical order of the language."""
        ordered: Self = self.order_by(alphabetical("title", language), "pk")
        return ordered


class ProviderQuerySet(CatalogueQuerySet):
    """Hosts."""

    def with_cloth(self) -> Self:
        """`cloth_word`: the field `cloth`, else the Swedish page's slug, so that all languages have the same cloth."""
        swedish = source_rows(self.model._base_manager.filter(translation_key=OuterRef("translation_key")))
        chosen = NullIf("cloth", Value(""))
        with_cloth: Self = self.annotate(
            cloth_word=Coalesce(chosen, Subquery(swedish.values("slug")[:1]), F("slug"), output_field=CharField())
        )
        return with_cloth

    def for_cards(self) -> Self:
        """With all that a card shows; without the story."""
        cards: Self = self.with_cloth().select_related("portrait").defer("story")
        return cards

    def hosts_of(self, experiences: Iterable[int], language: str) -> dict[int, list[Any]]:
        """Maps each primary key to its live hosts, in `language`, else in Swedish, in the editor's order. One query."""
        found: dict[int, list[Any]] = {page: [] for page in experiences}
        hosts = _hosts_of_pages(self.model, language, pages=list(found))
        hosted_rows = [(row["position"] or 0, row["row"], row["page"], host) for host in hosts for row in host.hosted]
        for _position, _row, page, host in sorted(hosted_rows, key=lambda row: row[:2]):
            found[page].append(host)
        return found


def _hosts(model: Any, language: str) -> ProviderQuerySet:
    """The live hosts of the experiences in the slot `pages`. `hosted`: their rows there."""
    hosted: Any = model._meta.get_field("provider_experiences").related_model
    rows = hosted._default_manager.filter(AnyOf("page_id", Slot("pages")))
    own_rows = rows.filter(provider__translation_key=OuterRef("translation_key"))
    hosts: ProviderQuerySet = model._default_manager.readable_in(language).filter(
        AnyOf("translation_key", ArraySubquery(rows.values("provider__translation_key")))
    )
    fields = JSONObject(position="sort_order", row="pk", page="page_id")
    return hosts.annotate(hosted=ArraySubquery(own_rows.values(row=fields))).for_cards()


_hosts_of_pages = Prepared(_hosts)


class ExperienceQuerySet(CatalogueQuerySet):
    """Experiences."""

    def hosted_by(self, host: Any) -> Self:
        """Experiences of a host, in all languages. `host`: the translation key of its pages."""
        hosted: Any = self.model._meta.get_field("experience_providers").related_model
        rows = hosted._default_manager.filter(provider__translation_key=host)
        return self.filter(AnyOf("translation_key", ArraySubquery(rows.values("page__translation_key"))))

    def hosted_by_hosts_of(self, page: Any) -> Self:
        """Those that share a host with an experience, itself among them, in all languages. `page`: its primary key."""
        hosted: Any = self.model._meta.get_field("experience_providers").related_model
        rows = hosted._default_manager
        hosts = rows.filter(page=page).values("provider__translation_key")
        pages = rows.filter(AnyOf("provider__translation_key", ArraySubquery(hosts))).values("page__translation_key")
        return self.filter(AnyOf("translation_key", ArraySubquery(pages)))

    def with_host_in_own_rows(self, keys: Any) -> Self:
        """Those with one of these hosts in their own rows; the rows of their translations do not count.

        `keys`: translation keys, or a queryset of them.
        """
        hosted: Any = self.model._meta.get_field("experience_providers").related_model
        rows = hosted._default_manager.filter(provider__translation_key__in=keys)
        return self.filter(pk__in=rows.values("page"))

    def without_live_host(self, leaving: Any = ()) -> Self:
        """Those with no live host. `leaving`: translation keys of hosts to be counted as not live."""
        hosted: Any = self.model._meta.get_field("experience_providers").related_model
        rows = hosted._default_manager.filter(page=OuterRef("pk")).exclude(provider__translation_key__in=leaving)
        return self.exclude(
            Exists(rows.filter(Exists(live_swedish_pages(translation_key=OuterRef("provider__translation_key")))))
        )

    def for_cards(self, language: str) -> Self:
        """With what a card shows, without long texts. `category_name`, `category_language`; `pause_codes`.

        Its hosts come with `selectors.complete_cards`, its next date with `nearest_first` or `with_next_start`.
        """
        categories: Any = self.model._meta.get_field("category").related_model
        named = categories._default_manager.filter(translation_key=OuterRef("category__translation_key"))
        name = named.readable_in(language)
        return (
            self.with_pause_codes()
            .select_related("picture")
            .defer(*LONG_TEXTS)
            .annotate(
                category_name=Subquery(name.values("name")[:1]),
                category_language=Subquery(name.values("locale__language_code")[:1]),
            )
        )

    def _open_dates(self, now: datetime | Slot, seats: int = 1) -> QuerySet[Model]:
        """For a subquery: future dates of the outer page with so many seats."""
        dates: type[Model] = self.model._meta.get_field("dates").related_model
        return dates._default_manager.filter(page=OuterRef("pk"), start__gt=now, seats__gte=seats)

    def with_next_start(self, now: datetime | Slot) -> Self:
        """`next_start`: the start of the nearest date with a seat, or None."""
        nearest = self._open_dates(now).order_by("start").values("start")[:1]
        return self.annotate(next_start=Subquery(nearest))

    def in_categories(self, slugs: Sequence[str]) -> Self:
        """By the slugs of categories, which are the same in every language."""
        return self.filter(category__slug__in=slugs)

    def led_in(self, language: str) -> Self:
        """Those that are led in this language. `language`: a code."""
        return self.filter(languages__contains=[language])

    def on_a_date(self, now: datetime, people: int = 1, **which: Any) -> Self:
        """Those with a future fixed date that has so many seats and meets `which` (lookups on ExperienceDate)."""
        return self.filter(Exists(self._open_dates(now, people).filter(**which)))

    def by_agreement(self, people: int | None = None) -> Self:
        """Those on a day by agreement. The guests come as a group of their own: `people` must fit the group size."""
        found = self.filter(by_agreement=True)
        return found if people is None else found.filter(_own_group(people))

    def for_people(self, people: int, now: datetime) -> Self:
        """Those that so many may join, on a fixed date or by agreement. Without future dates, by the group size."""
        no_dates = ~Exists(self._open_dates(now))
        own_day = _own_group(people) & (Q(by_agreement=True) | no_dates)
        return self.filter(Exists(self._open_dates(now, people)) | own_day)

    def open(self) -> Self:
        """Not paused, neither by an editor nor by the site."""
        opened: Self = self.filter(~_paused())
        return opened

    def with_pause_codes(self) -> Self:
        """With what `is_paused` asks (Pausable.pause_codes)."""
        return self.annotate(pause_codes=pause_codes_of_row())

    def with_is_open(self) -> Self:
        """`is_open`: whether it is among `open()`."""
        return self.annotate(is_open=ExpressionWrapper(~_paused(), output_field=BooleanField()))

    def nearest_first(self, now: datetime | Slot, language: str) -> Self:
        """By nearest date, then those without one by title; paused ones last."""
        paused = Case(When(_paused(), then=Value(1)), default=Value(0), output_field=IntegerField())
        return self.with_next_start(now).order_by(
            paused, F("next_start").asc(nulls_last=True), alphabetical("title", language), "pk"
        )

    def sorted_cards(self, chosen: Any, now: datetime | Slot, language: str) -> Self:
        """The cards of `chosen`, nearest first. `chosen`: a slice of `nearest_first().values("pk")`, for a subquery.

        PostgreSQL then sorts the keys of a long list, and reads the texts and pictures of this slice only.
        """
        cards: Self = self.filter(pk__in=chosen).select_related("locale")
        return cards.nearest_first(now, language).for_cards(language)

    def facets(self) -> list[tuple[str | None, list[str], int]]:
        """For the choices of the filter: (category's slug, languages led in, number of such experiences)."""
        rows = self.order_by().values_list("category__slug", "languages").annotate(how_many=Count("pk"))
        return list(rows)
