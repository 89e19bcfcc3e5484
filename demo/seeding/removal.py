"""Takes away what was seeded: exactly the rows of seeded pages and enquiries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry
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

from core.models import OutgoingMail
from core.pages import publishing
from demo.seeding.enquiries import MARK
from demo.seeding.families import SKILLS
from demo.seeding.texts import SLUG
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.models import (
    ExperienceDate,
    ExperienceIndexPage,
    ExperiencePage,
    ExperienceProvider,
    ExperienceTestimonial,
    ProviderIndexPage,
    ProviderPage,
)
from search.models import SearchEntry

AT_ONCE = 300
INDEXES = (ExperienceIndexPage, ProviderIndexPage)


def remove() -> Iterator[str]:
    """Delete it all, a batch in each transaction. Gives what has been done."""
    seeded = list(Enquiry.objects.filter(submission__startswith=MARK).order_by("pk").values_list("pk", flat=True))
    for done in in_batches(seeded, remove_enquiries):
        yield f"enquiries: {done} of {len(seeded)}"
    # Experiences first: their rows refer to hosts.
    for kind in (ExperiencePage, ProviderPage):
        pages = kind.objects.filter(slug__startswith=SLUG).order_by("pk")
        keys = list(dict.fromkeys(pages.values_list("translation_key", flat=True)))
        for done in in_batches(keys, remove_pages):
            yield f"{kind._meta.verbose_name_plural}: {done} of {len(keys)}"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def in_batches(things: list[Any], delete: Any) -> Iterator[int]:
    """Delete them, each batch in a transaction; gives how many are done."""
    for start in range(0, len(things), AT_ONCE):
        with transaction.atomic():
            delete(things[start : start + AT_ONCE])
        yield min(start + AT_ONCE, len(things))


def delete(rows: QuerySet[Any]) -> None:
    """By SQL alone: what refers to the rows is deleted in the same transaction, and no signal is wanted."""
    rows.order_by()._raw_delete(rows.db)


def remove_enquiries(enquiries: list[int]) -> None:
    entries = TimelineEntry.objects.filter(enquiry__in=enquiries)
    mails = list(entries.exclude(mail=None).values_list("mail", flat=True))
    delete(entries)
    delete(OutgoingMail.objects.filter(pk__in=mails))
    delete(Enquiry.objects.filter(pk__in=enquiries))


def remove_pages(keys: list[Any]) -> None:
    """Pages in all their languages, by their translation keys."""
    publishing.take_turn()
    pages = list(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))
    texts = list(map(str, pages))
    base = ContentType.objects.get_for_model(Page)
    kinds = ContentType.objects.get_for_models(ExperiencePage, ProviderPage).values()
    strings = set(StringSegment.objects.filter(source__object__in=keys).values_list("string", flat=True))
    Enquiry.objects.filter(experience__in=pages).update(experience=None)
    above = list({page.path[: -Page.steplen] for page in Page.objects.filter(pk__in=pages).only("path")})
    for rows in (
        SearchEntry.objects.filter(page__in=pages),
        IndexEntry.objects.filter(content_type__in=kinds, object_id__in=texts),
        ReferenceIndex.objects.filter(base_content_type=base, object_id__in=texts),
        *of_translations(keys),
        PageLogEntry.objects.filter(page__in=pages),
        Revision.objects.filter(base_content_type=base, object_id__in=texts),
        *(child.objects.filter(page__in=pages) for child in (ExperienceDate, ExperienceTestimonial)),
        ExperienceProvider.objects.filter(page__in=pages),
        SKILLS.objects.filter(providerpage__in=pages),
    ):
        delete(rows)
    for kind in (ExperiencePage, ProviderPage, Page):
        delete_by_key(kind, pages)
    unused = String.objects.filter(pk__in=strings).exclude(Exists(StringSegment.objects.filter(string=OuterRef("pk"))))
    delete(unused.exclude(Exists(StringTranslation.objects.filter(translation_of=OuterRef("pk")))))
    for page in Page.objects.filter(path__in=above):
        Page.objects.filter(pk=page.pk).update(numchild=page.get_children().count())


def of_translations(keys: list[Any]) -> Iterator[QuerySet[Any]]:
    """wagtail-localize's rows, those that refer to others first."""
    yield StringTranslation.objects.filter(context__object__in=keys)
    yield SegmentOverride.objects.filter(context__object__in=keys)
    for segment in (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment):
        yield segment.objects.filter(source__object__in=keys)
    yield TranslationContext.objects.filter(object__in=keys)
    yield TranslationLog.objects.filter(source__object__in=keys)
    yield Translation.objects.filter(source__object__in=keys)
    yield TranslationSource.objects.filter(object__in=keys)
    yield TranslatableObject.objects.filter(pk__in=keys)


def delete_by_key(model: Any, keys: list[int]) -> None:
    """Rows of one table of a page. A queryset would join the other one."""
    with connection.cursor() as cursor:
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = ANY(%s)', [keys])  # noqa: S608 (names of Django's)
