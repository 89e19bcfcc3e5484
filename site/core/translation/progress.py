"""How far translations are: sentences that wait for a translator, since when, and what is not published yet.

A sentence waits if it has no translation, or if its translation was made of an earlier Swedish sentence
(`sources.EARLIER_TEXT`). The slug is left out: it may stay as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog
from wagtail_localize.strings import StringValue

from core.languages import display
from core.translation.sources import EARLIER_TEXT

# Over `with_progress`: a sentence waits for a translator.
SENTENCES_LEFT = Q(missing__gt=0) | Q(earlier__gt=0)
# A new sentence has no time of its own: the latest change of the Swedish text is when it came at the latest.
OLDEST_FIRST = Coalesce("out_of_date_since", "source__last_updated_at")


def with_progress(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """Annotate each translation with what `status` says. No further query.

    `missing`, `earlier`: how many sentences have no translation, or that of an earlier Swedish sentence.
    `out_of_date_since`: when the first of the latter changed, else None. `is_live`: None for a snippet, which always
    is. `unpublished`: how many sentences were translated after the version that visitors see.
    """
    page = _page(OuterRef("source__object_id"), OuterRef("target_locale"))
    logs = TranslationLog.objects.filter(source=OuterRef("source"), locale=OuterRef("target_locale"))
    since = _segments().annotate(since=Subquery(_earlier().values("created_at"))).exclude(since=None)
    newer = _words().filter(updated_at__gt=OuterRef(OuterRef("shown_since"))).exclude(tool_name=EARLIER_TEXT)
    return translations.annotate(
        missing=_count(_sentences().filter(~Exists(_words()))),
        earlier=_count(_sentences().filter(Exists(_earlier()))),
        out_of_date_since=Subquery(since.order_by("since").values("since")[:1], output_field=DateTimeField()),
        is_live=Subquery(page.values("live"), output_field=BooleanField()),
        shown_since=Coalesce(
            Subquery(page.values("shown")),
            Subquery(logs.order_by("-created_at").values("created_at")[:1]),
            output_field=DateTimeField(),
        ),
    ).annotate(unpublished=_count(_segments().filter(Exists(newer))))


def waiting(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """Those of `with_progress` that wait, the one that waits longest first. Three queries for their keys."""
    return translations.filter(pk__in=waiting_keys()).order_by(OLDEST_FIRST, "pk")


def waiting_keys() -> set[int]:
    """The primary keys of translations that wait: for a translator, or to be published. Three queries."""
    return {*_keys_with_sentences_left(), *_keys_to_publish()}


def _keys_with_sentences_left() -> Iterable[int]:
    """As `missing` or `earlier` count it. One join over all sentences: to count for each costs ten times as much."""
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=OuterRef("target_locale")
    )
    done = translated.filter(has_error=False).exclude(data="").exclude(tool_name=EARLIER_TEXT)
    sentences = Translation.objects.annotate(
        string=F("source__stringsegment__string"),
        context=F("source__stringsegment__context"),
        path=F("source__stringsegment__context__path"),
    ).exclude(path="slug")
    waits = sentences.exclude(string=None).filter(~Exists(done))
    return waits.order_by().values_list("pk", flat=True).distinct()


def _keys_to_publish() -> Iterator[int]:
    """As `is_live` and `unpublished` say it. A page can be published once its Swedish page is live."""
    newer = set(_with_unpublished_words())
    source = _page(OuterRef("source__object_id"), OuterRef("source__locale"))
    target = _page(OuterRef("source__object_id"), OuterRef("target_locale"))
    rows = Translation.objects.annotate(
        source_is_live=Coalesce(Subquery(source.values("live")), True, output_field=BooleanField()),
        is_live=Coalesce(Subquery(target.values("live")), True, output_field=BooleanField()),
    ).filter(Q(is_live=False) | Q(source__object_id__in={key for key, _locale in newer}), source_is_live=True)
    for pk, is_live, *thing in rows.values_list("pk", "is_live", "source__object_id", "target_locale_id"):
        if not is_live or tuple(thing) in newer:
            yield pk


def _with_unpublished_words() -> QuerySet[StringTranslation, Any]:
    """Translation key and locale of what has a word that is newer than the version that visitors see.

    Each condition is one join over all words; in one query, pages and snippets apart.
    """
    used = StringSegment.objects.filter(string=OuterRef("translation_of"), context=OuterRef("context"))
    words = StringTranslation.objects.filter(Exists(used), has_error=False).exclude(data="")
    words = words.exclude(tool_name=EARLIER_TEXT).order_by()
    page = _page(OuterRef("context__object"), OuterRef("locale"))
    logs = TranslationLog.objects.filter(source__object=OuterRef("context__object"), locale=OuterRef("locale"))
    in_pages = words.filter(Exists(page.filter(shown__lt=OuterRef("updated_at"))))
    in_snippets = words.filter(
        ~Exists(page), Exists(logs), ~Exists(logs.filter(created_at__gte=OuterRef("updated_at")))
    )
    thing = ("context__object", "locale")
    return in_pages.values_list(*thing).union(in_snippets.values_list(*thing))


def _page(translation_key: OuterRef, locale: OuterRef) -> QuerySet[Page]:
    """The page of a language, inside a subquery. `shown`: of when the version is that visitors see."""
    shown = Coalesce("live_revision__created_at", "last_published_at")
    return Page.objects.filter(translation_key=translation_key, locale=locale).annotate(shown=shown)


def _segments() -> QuerySet[StringSegment]:
    """The segments of a translation: inside a subquery."""
    return StringSegment.objects.filter(source=OuterRef("source"))


def _sentences() -> QuerySet[StringSegment]:
    return _segments().exclude(context__path="slug")


def _words() -> QuerySet[StringTranslation]:
    """The usable translation of a segment: inside a subquery inside a subquery."""
    words = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=OuterRef(OuterRef("target_locale"))
    )
    return words.filter(has_error=False).exclude(data="")


def _earlier() -> QuerySet[StringTranslation]:
    return _words().filter(tool_name=EARLIER_TEXT)


def _count(segments: QuerySet[StringSegment]) -> Any:
    return Coalesce(Subquery(segments.order_by().values("source").annotate(count=Count("pk")).values("count")), 0)


# --- In words -----------------------------------------------------------------------------------------------------
def known(translation: Translation) -> Any:
    """The translation with what `with_progress` annotates. One query, unless it has come from there."""
    if hasattr(translation, "missing"):
        return translation
    return with_progress(Translation.objects.filter(pk=translation.pk)).get()


def status(translation: Translation) -> str:
    """What is left to do, in the reader's language."""
    return " ".join(_sentences_of_status(known(translation))) or _("Up to date")


def _sentences_of_status(found: Any) -> Iterable[str]:
    if found.earlier:
        text = ngettext(
            "Out of date since %(day)s: %(count)s sentence.",
            "Out of date since %(day)s: %(count)s sentences.",
            found.earlier,
        )
        yield text % {"count": found.earlier, "day": display.short_day(found.out_of_date_since)}
    if found.missing:
        text = ngettext(
            "%(count)s sentence is not translated.", "%(count)s sentences are not translated.", found.missing
        )
        yield text % {"count": found.missing}
    elif found.is_live is False or found.unpublished:
        yield _("Translated, not published yet.")


# --- What they translate --------------------------------------------------------------------------------------------
class Sides(NamedTuple):
    """The Swedish page or snippet and its translation; None where it is gone. A page is of the class Page."""

    source: Any
    target: Any


def sides(translations: Iterable[Translation]) -> dict[int, Sides]:
    """Primary key of a translation → what it is made of, and what it has become. One query for each kind."""
    asked = list(translations)
    keys: dict[Any, set[Any]] = defaultdict(set)
    for translation in asked:
        keys[_model(translation)].add(translation.source.object_id)
    found = {
        (row.translation_key, row.locale_id): row
        for model, wanted in keys.items()
        for row in model._default_manager.filter(translation_key__in=wanted).select_related("locale")
    }
    return {
        translation.pk: Sides(
            found.get((translation.source.object_id, translation.source.locale_id)),
            found.get((translation.source.object_id, translation.target_locale_id)),
        )
        for translation in asked
    }


def _model(translation: Translation) -> Any:
    kind = ContentType.objects.get_for_id(translation.source.specific_content_type_id).model_class()
    return Page if kind is not None and issubclass(kind, Page) else kind


class Sentence(NamedTuple):
    """A Swedish sentence that waits. `segment`: its primary key, by which the editor finds it."""

    segment: int
    text: str


def waiting_sentences(translations: Iterable[Translation], most: int) -> dict[int, list[Sentence]]:
    """Primary key of a translation → the first sentences that wait, in the page's order, at most so many. One query."""
    segments = Translation.objects.filter(pk__in=[translation.pk for translation in translations]).annotate(
        segment=F("source__stringsegment"),
        string=F("source__stringsegment__string"),
        context=F("source__stringsegment__context"),
        text=F("source__stringsegment__string__data"),
        path=F("source__stringsegment__context__path"),
        order=F("source__stringsegment__order"),
    )
    words = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef("target_locale"),
        has_error=False,
    )
    left = segments.filter(~Exists(words.exclude(data="").exclude(tool_name=EARLIER_TEXT))).exclude(path="slug")
    found: dict[int, list[Sentence]] = defaultdict(list)
    for key, segment, text in left.order_by("pk", "order").values_list("pk", "segment", "text"):
        if segment and len(found[key]) < most:
            found[key].append(Sentence(segment, StringValue(text).render_text()))
    return found
