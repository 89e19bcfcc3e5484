"""Reads a whole number as people write it: 24, ٢٤, "24 elever", "ca 20", 10-12."""

import re

from core.languages.characters import bare, western
from core.languages.folding import DASHES

LONGEST = 9
# No part of a decimal (2.5), of a fraction, a time or a date, and without a sign (-3).
WHOLE = re.compile(r"(?<!\d[.,:/])(?<![\d+-])\d+(?![-.,:/]?\d)")
# In words as the languages of the site have them.
RANGE = re.compile(r"(?<![\d.,:/+-])(\d+) ?(?:-|till|to|bis|إلى|الى) ?(\d+)")
PRICE = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d+)[ \u00a0]?(?:kr\b|kronor|كرونة|كرونا)")
DASH = str.maketrans(DASHES)


def read_number(text: str, *, highest: bool = False) -> int | None:
    """The only number in `text`; None if there is none or several. One of ten digits or more is 10**9.

    `highest`: of a range, the higher number.
    """
    plain = western(bare(text)).lower().translate(DASH)
    if highest:
        plain = RANGE.sub(lambda found: max(found.groups(), key=_value), plain)
    numbers = re.findall(r"\d+", plain)
    return _value(numbers[0]) if len(numbers) == 1 and WHOLE.search(plain) else None


def prices_in(text: str) -> list[int]:
    """The amounts in kronor that a text names, as in "2 800 kr", "2,800 kronor" and "2,800 كرونة"."""
    return [_value(re.sub(r"\D", "", found)) for found in PRICE.findall(western(text))]


def _value(digits: str) -> int:
    return int(digits) if len(digits) <= LONGEST else 10**LONGEST
