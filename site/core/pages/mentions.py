"""Finds a name in the texts of live pages, so that an editor can rewrite them.

All texts are read, not the search index, which has no alternative texts, quotes in their original language or slugs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.fields import StreamField
from wagtail.models import Page

from core.languages.table import in_every_language

# Page columns that are not shown to visitors.
UNREAD = {"path", "url_path", "draft_title"}
AROUND = 50


@dataclass(frozen=True)
class Mention:
    """A page or snippet, and the text around the name in it."""

    thing: Any
    excerpt: str


def mentions(names: Iterable[str], things: Iterable[Any]) -> list[Mention]:
    """The pages and snippets whose texts have one of the names, each with the first place."""
    pattern = pattern_of(names)
    found = ((thing, next(_places(pattern, thing), None)) for thing in things) if pattern else ()
    return [Mention(thing, excerpt) for thing, excerpt in found if excerpt]


def live_pages() -> Iterable[Page]:
    """All live pages in all languages, as specific pages."""
    return Page.objects.live().filter(depth__gt=1).select_related("locale").specific().order_by("path")


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words: Samira Khoury, her first name alone, with what languages write onto a name ("Samiras", "Samira's",
    "وسميرة"). None without a name."""
    wanted = sorted(
        {form for name in names for form in _forms_of(" ".join(name.split())) if form}, key=len, reverse=True
    )
    if not wanted:
        return None
    words = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in wanted)
    prefix, genitive = in_every_language("prefix"), in_every_language("genitive")
    return re.compile(rf"(?<!\w)(?:{prefix})?(?:{words})(?:{genitive})?(?!\w)", re.IGNORECASE)


def _forms_of(name: str) -> Iterator[str]:
    """The name, and the first name of a person. A name with a word in lower case is not taken for a person's."""
    yield name
    words = name.split()
    if 2 <= len(words) <= 3 and len(words[0]) > 2 and not any(word[0].islower() for word in words):
        yield words[0]


def _places(pattern: re.Pattern[str], thing: Any) -> Iterator[str]:
    for text in texts_of(thing):
        if match := pattern.search(text):
            start, end = max(match.start() - AROUND, 0), match.end() + AROUND
            yield f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def texts_of(thing: models.Model) -> Iterator[str]:
    """All texts of a page or snippet without tags; a slug as words."""
    for field in thing._meta.concrete_fields:
        if field.name in UNREAD or field.choices:
            continue
        if isinstance(field, StreamField):
            value = field.value_from_object(thing)
            yield from map(
                _plain, _strings(field.get_prep_value(value) if isinstance(value, str) else value.get_prep_value())
            )
        elif isinstance(field, models.SlugField):
            yield str(field.value_from_object(thing)).replace("-", " ")
        elif isinstance(field, models.CharField | models.TextField):
            yield _plain(str(field.value_from_object(thing) or ""))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


def _plain(text: str) -> str:
    return unescape(strip_tags(text.replace("</p>", " ").replace("<br/>", " ")))
