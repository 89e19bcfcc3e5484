"""Order for readers. The database sorts by code point (C.UTF-8): å after ä, and both after z."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Func, Value
from django.db.models.functions import Lower
from django.utils.translation import get_language

from core.languages.table import LATIN, site_language


def sorted_as(language: str) -> Mapping[str, str]:
    """Letter → the letter as which a language sorts it: ü → y in Swedish. Of a language without a row, accents only."""
    site = site_language(language)
    return site.sorted_as if site else LATIN


def alphabetical(field: str, language: str) -> Func:
    """`field` in the reader's order, for `order_by`. `language`: a code of the site, `sv-simple` is sorted as `sv`."""
    letters = sorted_as(language)
    return Func(Lower(F(field)), Value("".join(letters)), Value("".join(letters.values())), function="translate")


def by_label(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The choices of a field by their labels, in the order of the active language; the empty choice first."""
    letters = str.maketrans(dict(sorted_as(get_language() or "")))
    return sorted(choices, key=lambda choice: (bool(choice[0]), str(choice[1]).lower().translate(letters)))
