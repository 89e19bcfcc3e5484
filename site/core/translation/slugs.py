"""Slugs of pages: ASCII in every language, and none that a view of the site uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, count
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

# A pattern segment that is not one fixed word.
VARIES = re.compile(r"[<(\[\\$]")


def ascii_slug(text: str, otherwise: str) -> str:
    """A slug in ASCII letters: خبز → khbz. `otherwise` if nothing is left of the text."""
    return slugify(anyascii(text)) or otherwise


def normalise(translation: StringTranslation) -> None:
    """Make a translated slug ASCII, before it is saved. Wagtail would drop other letters, or refuse the page."""
    if translation.context is not None and translation.context.path == "slug":
        translation.data = ascii_slug(translation.data, otherwise=translation.translation_of.data)


@cache
def reserved_words() -> frozenset[str]:
    """First path segments of all URL patterns (search, enquiry, admin …): a page with such a slug cannot be reached."""
    return frozenset(word for word in _first_words(get_resolver().url_patterns) if word)


def _first_words(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        prefix = isinstance(pattern.pattern, LocalePrefixPattern)
        word = "" if prefix else str(pattern.pattern).removeprefix("^").split("/")[0]
        if isinstance(pattern, URLResolver) and not word:
            yield from _first_words(pattern.url_patterns)
        elif not VARIES.search(word):
            yield word


def check_slug(page: Page) -> None:
    """Raise ValidationError for a reserved slug directly below a home page, where URL patterns come first."""
    if page.depth == 3 and page.slug in reserved_words():
        raise ValidationError({"slug": reserved_error(page.slug)})


def is_reserved(slug: str, parent: Page) -> bool:
    """Whether a page with this slug below `parent` could not be reached."""
    return bool(parent.depth == 2 and slug in reserved_words())


def make_unique(page: Page, parent: Page) -> None:
    """Give a translation that is to be moved below `parent` a slug that is free there."""
    slug = free_slug(page.slug, parent, but=page)
    if page.slug != slug:
        page.slug = slug
        page.save()


def free_slug(slug: str, parent: Page, but: Page | None = None) -> str:
    """The slug, or the first of its kind (bread-2, bread-3) that no page below `parent` has, apart from `but`."""
    others = parent.get_children().exclude(pk=but.pk if but else None)
    taken = set(others.values_list("slug", flat=True)) | set(reserved_words() if parent.depth == 2 else ())
    return free_name(slug, taken)


def free_name(slug: str, taken: Iterable[str]) -> str:
    """The slug, or the first of its kind (bread-2, bread-3) that is not taken."""
    others = set(taken)
    return next(name for name in chain([slug], (f"{slug}-{number}" for number in count(2))) if name not in others)


def reserved_error(slug: str) -> ValidationError:
    """The error for a reserved slug."""
    text = _("The site itself uses “%(slug)s” in its addresses. Choose another word.")
    return ValidationError(text, params={"slug": slug}, code="reserved_slug")
