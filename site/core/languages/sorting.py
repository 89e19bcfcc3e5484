"""Order for readers. The database sorts by code point (C.UTF-8): å after ä, and both after z."""

from collections.abc import Mapping

from django.db.models import F, Func, Value
from django.db.models.functions import Lower

from core.languages.table import LATIN, site_language


def sorted_as(language: str) -> Mapping[str, str]:
    """Letter → the letter as which a language sorts it: ü → y in Swedish. Of a language without a row, accents only."""
    site = site_language(language)
    return site.sorted_as if site else LATIN


def alphabetical(field: str, language: str) -> Func:
    """`field` in the reader's order, for `order_by`. `language`: a code of the site, `sv-simple` is sorted as `sv`."""
    letters = sorted_as(language)
    return Func(Lower(F(field)), Value("".join(letters)), Value("".join(letters.values())), function="translate")
