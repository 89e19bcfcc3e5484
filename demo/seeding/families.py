"""What is copied of a page of the demo, where the copies go in the tree, and Swedish texts that many pages share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page, PageLogEntry, ReferenceIndex, Revision
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from demo.seeding.copies import Batch, Ids, Original
from demo.seeding.rows import stored
from demo.seeding.texts import Text
from experiences.models import (
    ExperienceDate,
    ExperiencePage,
    ExperienceProvider,
    ExperienceTestimonial,
    ProviderPage,
)

SKILLS: Any = ProviderPage.skills.through
# What gets words of its own in a copy: fields of a page, and paths of wagtail-localize.
OWN_WORDS = ("title", "slug", "summary", "line")


class Family(Original):
    """A page of the demo in all its languages: its rows, and the texts in which a copy differs."""

    def __init__(self, page: Any) -> None:
        self.specific: type[Page] = type(page)
        self.key: UUID = page.translation_key
        in_languages = self.specific._default_manager.filter(translation_key=self.key).select_related("locale")
        self.pages: dict[int, Any] = {row.pk: row for row in in_languages}
        self.source = page.pk
        super().__init__([(model, stored(model, **which)) for model, which in self._tables()])

    def _tables(self) -> Iterator[tuple[type[Model], dict[str, Any]]]:
        """The models, and the lookups that find their rows. Pages first: what holds their content comes after them."""
        pages, key = list(self.pages), self.key
        yield Page, {"pk__in": pages}
        yield self.specific, {"pk__in": pages}
        if self.specific is ExperiencePage:
            for child in (ExperienceDate, ExperienceProvider, ExperienceTestimonial):
                yield child, {"page__in": pages}
        else:
            yield SKILLS, {"providerpage__in": pages}
        shown = [number for page in self.pages.values() for number in (page.live_revision_id, page.latest_revision_id)]
        yield Revision, {"pk__in": shown}
        yield PageLogEntry, {"page__in": pages}
        yield TranslatableObject, {"pk": key}
        yield TranslationSource, {"object": key}
        yield Translation, {"source__object": key}
        yield TranslationLog, {"source__object": key}
        yield TranslationContext, {"object": key}
        for segment in (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment):
            yield segment, {"source__object": key}
        yield SegmentOverride, {"context__object": key}
        yield StringTranslation, {"context__object": key}
        yield (
            ReferenceIndex,
            {
                "base_content_type": ContentType.objects.get_for_model(Page),
                "object_id__in": list(map(str, pages)),
            },
        )

    @cached_property
    def words(self) -> dict[str, Text]:
        """Name of a field of OWN_WORDS → its text in each language."""
        names = [name for name in OWN_WORDS if hasattr(self.pages[self.source], name)]
        return {
            name: {page.locale.language_code: getattr(page, name) for page in self.pages.values()} for name in names
        }

    @cached_property
    def children(self) -> dict[str, type[Model]]:
        """Name of a relation → the model of its child rows."""
        return {row.get_accessor_name(): row.related_model for row in get_all_child_relations(self.specific)}

    @cached_property
    def path_of_context(self) -> dict[int, str]:
        return {row["id"]: row["path"] for row in self.rows(TranslationContext)}

    @cached_property
    def strings_in_use(self) -> set[tuple[int, int]]:
        """(context, string) of each segment: other translations are of texts that the page has no more."""
        return {(row["context_id"], row["string_id"]) for row in self.rows(StringSegment)}


class Places:
    """The lists that seeded pages are below, one for each language, and the next free place in each."""

    def __init__(self, family: Family) -> None:
        above = {page.path[: -Page.steplen] for page in family.pages.values()}
        self.lists = {page.locale_id: page for page in Page.objects.select_for_update().filter(path__in=above)}
        self.last = {locale: page.get_last_child() for locale, page in self.lists.items()}

    def take(self, locale: int, slug: str) -> dict[str, Any]:
        """The columns of a new page's place in the tree."""
        last = self.last[locale]
        last.path = last._inc_path()
        return {"path": last.path, "url_path": f"{self.lists[locale].url_path}{slug}/"}

    def count(self) -> None:
        """Tell the lists how many children they have now."""
        for page in self.lists.values():
            Page.objects.filter(pk=page.pk).update(numchild=page.get_children().count())


class Strings:
    """wagtail-localize's table of Swedish texts: each text once."""

    def __init__(self) -> None:
        self.source = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        self.known: dict[UUID, int] = dict(String.objects.filter(locale=self.source).values_list("data_hash", "pk"))

    def key(self, text: str, ids: Ids, batch: Batch) -> int:
        """The primary key of a text, which is added to the batch if it is new."""
        data = StringValue.from_plaintext(text).data
        of_data = String._get_data_hash(data)
        if of_data not in self.known:
            self.known[of_data] = ids.take(String)
            batch.add(
                String,
                {"id": self.known[of_data], "locale_id": self.source.pk, "data_hash": of_data, "data": data},
            )
        return self.known[of_data]
