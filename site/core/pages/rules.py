"""The refusals of every page type: Swedish page not live, text not translated, a field or a block that is not right."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Field
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from core.pages import hours, publishing
from core.pages.models import BasePage
from core.pages.publishing import Kind, Refusal
from core.translation import checks
from core.translation.locales import is_source, source_of

TEXTS_NAMED = 5
REQUIRED = Field.default_error_messages["required"]


@publishing.refusal(BasePage)
def source_not_live(page: BasePage, at: datetime) -> Iterator[Refusal]:
    """Refuse a translation whose Swedish page is not live: a consent may have been withdrawn."""
    source = _source_of(page)
    if source is not None and not hours.live_at(Page.objects.filter(pk=source.pk), at).exists():
        text = _("The Swedish page is not published. Publish that one first.")
        yield Refusal(text, link=publishing.edit_link(source))


@publishing.refusal(BasePage, kind=Kind.EDITORIAL)
def untranslated(page: BasePage) -> Iterator[Refusal]:
    """Refuse a translation that has Swedish text which no translator has chosen."""
    source = _source_of(page)
    left = checks.untranslated_texts(page, source) if source is not None else []
    if left:
        yield Refusal(not_translated([text for _path, text in left]), field=left[0][0])


def not_translated(texts: list[str]) -> str:
    """A sentence that says how many texts are not translated, and names the first."""
    sentence = ngettext(
        "%(count)s text is not translated yet: %(texts)s",
        "%(count)s texts are not translated yet: %(texts)s",
        len(texts),
    )
    named = " · ".join(Truncator(text).chars(60) for text in texts[:TEXTS_NAMED])
    return sentence % {"count": len(texts), "texts": named}


@publishing.refusal(BasePage, kind=Kind.EDITORIAL)
def unfinished(page: BasePage) -> Iterator[Refusal]:
    """Refuse what the page's form would refuse: a draft may have empty fields, rows and blocks."""
    yield from _errors_of(page)
    for relation in get_all_child_relations(page):
        for row in getattr(page, relation.get_accessor_name()).all():
            for error in _errors_of(copy(row), exclude=relation.field.name):
                yield Refusal(f"{_name(row)}: {error.words}", field=relation.get_accessor_name())
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _errors_of_stream(page, field)


def _source_of(page: BasePage) -> BasePage | None:
    """The Swedish page of a translation. A page without a locale is new: it gets that of its parent as it is saved."""
    return None if page.locale_id is None or is_source(page) else source_of(page)


def _errors_of(thing: models.Model, exclude: str = "") -> Iterator[Refusal]:
    """Not of hidden fields, nor of foreign keys that are set: the database refuses those that lead nowhere."""
    fields = thing._meta.concrete_fields
    given = {field.name for field in fields if field.is_relation and getattr(thing, field.attname) is not None}
    hidden = {field.name for field in fields if not field.editable} | {"path", "depth"}
    try:
        thing.full_clean(exclude=given | hidden | {exclude})
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            yield Refusal(_sentence(_label(thing, name), _words_of(errors)), field="" if name == "__all__" else name)


def _words_of(errors: list[ValidationError]) -> list[str]:
    """As a form says it: a model tells of null and blank."""
    return [str(REQUIRED) if error.code in {"null", "blank"} else " ".join(error.messages) for error in errors]


def _label(thing: models.Model, name: str) -> str:
    return "" if name == "__all__" else capfirst(str(getattr(thing._meta.get_field(name), "verbose_name", name)))


def _name(row: models.Model) -> str:
    return capfirst(str(row._meta.verbose_name))


def _sentence(label: str, messages: list[str]) -> str:
    """“Price: This field is required.”, with its full stop: several follow each other."""
    text = ": ".join(part for part in (label, " ".join(messages)) if part)
    return text if text.endswith((".", "!", "?", "؟")) else f"{text}."


def _errors_of_stream(page: BasePage, field: StreamField) -> Iterator[Refusal]:
    """One refusal for each block that its form would refuse, and one for the whole stream (too few, too many)."""
    value = field.value_from_object(page)
    label = capfirst(str(field.verbose_name))
    try:
        field.stream_block.clean(value)
    except StreamBlockValidationError as error:
        for number in error.block_errors or ():
            child = value[number]
            name = capfirst(str(child.block.label))
            text = _("%(field)s, block %(number)s (%(name)s): something is missing or wrong.")
            yield Refusal(text % {"field": label, "number": number + 1, "name": name}, field=f"{field.name}.{child.id}")
        if error.non_block_errors:
            yield Refusal(_sentence(label, list(error.non_block_errors)), field=field.name)
    except ValidationError as error:
        yield Refusal(_sentence(label, error.messages), field=field.name)
