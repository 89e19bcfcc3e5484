"""What pages and cards show, in a fixed number of queries.

Models of the catalogue are not imported: they call these functions, and pass the querysets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Locale

from core.models import CustomImage
from core.web.page_cache.memory import kept
from core.web.prepared import AnyOf, Prepared, Slot
from experiences.querysets import ExperienceQuerySet, ProviderQuerySet, SnippetQuerySet, TestimonialQuerySet

if TYPE_CHECKING:
    from experiences.models import ExperiencePage

# Cards on one page of a list.
CARDS_A_PAGE = 24
# Renditions that a card shows. The same as in components/experience_card.html and host_card.html.
CARD_PICTURES = [f"format-{kind}|fill-{side}x{side}" for side in (400, 800) for kind in ("avif", "webp", "jpeg")]


def page_of_list(items: Any, request: HttpRequest) -> PageOfList[Any]:
    """One page of a list, by `?page=`. An invalid number gives the first page, one too high the last."""
    return Paginator(items, CARDS_A_PAGE).get_page(request.GET.get("page"))


class KeptKeys:
    """Primary keys for a Paginator: their number and each page of them are asked once a version of the content."""

    def __init__(self, request: HttpRequest, name: tuple[str, ...], found: QuerySet[Any, int]) -> None:
        """`name`: of the list, with what it is filtered by."""
        self.request, self.name, self.found = request, name, found

    def count(self) -> int:
        return kept(self.request, (*self.name, "count"), self.found.count)

    def __getitem__(self, part: slice) -> list[int]:
        return kept(self.request, (*self.name, part.start, part.stop), lambda: list(self.found[part]))


def complete_cards(
    experiences: Iterable[ExperiencePage], providers: ProviderQuerySet, language: str
) -> list[ExperiencePage]:
    """The experiences as a list, with hosts and renditions. Two queries besides theirs, however many there are."""
    cards = list(experiences)
    hosts = providers.hosts_of([card.pk for card in cards], language)
    for card in cards:
        card.hosts = hosts[card.pk]
    prefetch_renditions([card.picture for card in cards])
    return cards


def lazy_cards(results: PageOfList[Any], load: Callable[[list[int]], Iterable[Any]]) -> list[tuple[int, Any]]:
    """Primary key and object of each card. The objects are loaded together, once one of them is used.

    So a list whose cards are kept (`{% kept %}`) costs no query for them. `results`: a page of a list of primary keys;
    its `object_list` becomes the objects. `load`: gets the primary keys, gives the objects in any order. An object
    is None if it was taken down meanwhile.
    """
    keys = list(results.object_list)
    found: Any = SimpleLazyObject(lambda: {card.pk: card for card in load(keys)})
    results.object_list = SimpleLazyObject(lambda: [found[pk] for pk in keys if pk in found])

    def card(pk: int) -> Any:
        return found.get(pk)

    return [(pk, SimpleLazyObject(partial(card, pk))) for pk in keys]


def _nearest_open(model: Any, language: str, how_many: int) -> ExperienceQuerySet:
    nearest = model.objects.readable_in(language).open().nearest_first(Slot("now"), language).values("pk")[:how_many]
    cards: ExperienceQuerySet = model.objects.sorted_cards(nearest, Slot("now"), language)
    return cards


def _by_key(model: Any, language: str) -> ExperienceQuerySet:
    chosen: ExperienceQuerySet = model.objects.filter(AnyOf("pk", Slot("keys"))).select_related("locale")
    return chosen.with_next_start(Slot("now")).for_cards(language)


def _hosted_by(model: Any, language: str) -> ExperienceQuerySet:
    hosted: ExperienceQuerySet = model.objects.hosted_by(Slot("host")).readable_in(language)
    return hosted.nearest_first(Slot("now"), language).for_cards(language)


def _others(model: Any, language: str, how_many: int) -> ExperienceQuerySet:
    """Open ones besides the page `page`: with a host of its own, then of its kind, then by next date."""
    same = model.objects.hosted_by_hosts_of(Slot("page")).values("pk")
    others = model.objects.readable_in(language).open().exclude(translation_key=Slot("key"))
    near: ExperienceQuerySet = (
        others.with_next_start(Slot("now"))
        .annotate(
            has_same_host=ExpressionWrapper(Q(pk__in=same), output_field=BooleanField()),
            has_same_kind=ExpressionWrapper(AnyOf("category", Slot("kinds")), output_field=BooleanField()),
        )
        .order_by("-has_same_host", "-has_same_kind", F("next_start").asc(nulls_last=True), "pk")
    )
    return near.for_cards(language)[:how_many]


# Cards for `complete_cards`. Arguments: the page type, the language; of those that are open, how many.
nearest_open_cards = Prepared(_nearest_open)
cards_by_key = Prepared(_by_key)
cards_hosted_by = Prepared(_hosted_by)
# Values: `page` (primary key), `key` (translation key), `kinds` (its category's primary key in a list), `now`. Each
# card has `has_same_host` and `has_same_kind`.
other_cards = Prepared(_others)


def prefetch_renditions(pictures: Sequence[CustomImage | None]) -> None:
    """Prefetch the renditions that cards show, in one query; none without pictures."""
    sizes = CustomImage.get_rendition_model().objects.filter(filter_spec__in=CARD_PICTURES)
    prefetch_related_objects(
        [picture for picture in pictures if picture],
        Prefetch("renditions", queryset=sizes, to_attr="prefetched_renditions"),
    )


def _snippets(
    categories: Any, places: Any, testimonials: Any, language: str, *, is_draft: bool = False
) -> QuerySet[Any, Any]:
    place = JSONObject(name="name", area="area", kind="kind", language="locale__language_code")
    category = JSONObject(name="name", language="locale__language_code")
    chosen: SnippetQuerySet = categories.objects.all_languages_of(Slot("categories")).readable_in(language)
    where: SnippetQuerySet = places.objects.all_languages_of(Slot("places")).readable_in(language)
    rows = testimonials._meta.get_field("shown_on").related_model.objects.filter(page=Slot("page"))
    keys = Slot("said") if is_draft else rows.values("testimonial")
    said: TestimonialQuerySet = testimonials.objects.all_languages_of(keys).readable_in(language)
    return (
        Locale.objects.filter(language_code=settings.LANGUAGE_CODE)
        .annotate(
            category=Subquery(chosen.values(row=category)[:1]),
            place=Subquery(where.values(row=place)[:1]),
            said=ArraySubquery(said.in_order_of(Slot("page")).as_shown()),
        )
        .values("category", "place", "said")
    )


# One query for three tables, by subqueries on the Swedish Locale row, which always exists: one row with `category`,
# `place` (None where there is none) and the list `said`: dicts of text and language, for a template. Arguments: the
# three models, the language. Values: `categories` and `places`, lists of primary keys, and the key of the page.
snippets_of_page = Prepared(_snippets)
# For a preview, whose rows are not in the database yet. Value `said`: the primary keys of its testimonials.
snippets_of_draft = Prepared(partial(_snippets, is_draft=True))
