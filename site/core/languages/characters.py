r"""What a text holds beside its letters: characters that draw nothing, and what becomes of them.

Three kinds of text, three answers:

* `bare`: an address, a number, a date, a reference. Nothing invisible belongs there: all of it is removed.
* `line`, `words`: a name, a message. What a script or an emoji needs inside a word stays (joiners, direction marks,
  variation selectors); edges are trimmed, the rest is removed. A text without a visible character is empty.
* `sought`: words to search for. Joiners (ZWJ, ZWNJ) stay, except at the edges; nothing else that is invisible.
"""

import re
import unicodedata

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which Python's unicodedata does not tell. It
# covers code points that are not assigned yet. test_characters.py compares it with every character.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Those that a word may need: Join_Control, Bidi_Control without the overrides, Variation_Selector, and what tells
# where a long word may be broken or how marks combine.
NEEDED = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
JOINERS = "\u200c\u200d"
# Assigned as letters or symbols, drawn as nothing: a Braille cell without dots, a note without its head, two blank
# hieroglyphs.
BLANK_GLYPHS = "\u2800\U0001d159\U00013441\U00013442"
ANNOTATIONS = "\ufff9-\ufffb"
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"

SURROGATE = re.compile(r"[\ud800-\udfff]")
# NEXT LINE and Unicode's own separators of lines and paragraphs.
LINE_BREAK = re.compile("[\x85\u2028\u2029]")
NOTHING = re.compile(f"[{CONTROLS}{ANNOTATIONS}{NONCHARACTERS}]")
INVISIBLE = re.compile(f"[{CONTROLS}{ANNOTATIONS}{NONCHARACTERS}{IGNORABLE}{BLANK_GLYPHS}]")
BLANK = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{ANNOTATIONS}{NONCHARACTERS}{IGNORABLE}{BLANK_GLYPHS}]")
UNNEEDED = re.compile(f"(?![{NEEDED}])[{IGNORABLE}]")
UNSOUGHT = re.compile(f"(?![{JOINERS}])[{IGNORABLE}{BLANK_GLYPHS}]")
# England's flag is a black flag and letters that only a flag may carry: elsewhere they are hidden writing.
FLAG = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,32}\U000e007f)")
SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
FLAG_TAGS = re.compile("[\U000e0020-\U000e007f]*")
# Letters of scripts with capitals have no variants to select.
CASED = frozenset({"Lu", "Ll", "Lt", "Lm"})


def tidy(text: str) -> str:
    """Text that can be stored and shown: no control or hidden characters, no override of direction.

    Tabs and line feeds stay; a broken character (a lone surrogate) becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    text = NOTHING.sub("", LINE_BREAK.sub("\n", SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)))
    parts = FLAG.split(text)
    return "".join(part if number % 2 else UNNEEDED.sub("", part) for number, part in enumerate(parts))


def is_blank(text: str) -> bool:
    """Whether the text has no visible character. Marks and format characters are visible only with another one, and
    characters of private use (Co) only in the font that defines them."""
    categories = map(unicodedata.category, BLANK.sub("", text))
    return not any(category[0] != "M" and category not in {"Cf", "Co"} for category in categories)


def line(text: str) -> str:
    """One line, such as a name: runs of whitespace are one space, edges are trimmed."""
    text = one_line(tidy(text))
    return "" if is_blank(text) else _trimmed(text)


def words(text: str) -> str:
    """Text of several lines. At its edges only whitespace is trimmed: a direction mark there may place a full stop."""
    text = tidy(text)
    return "" if is_blank(text) else text.strip()


def bare(text: str) -> str:
    """An address, a number, a date or a reference, without anything invisible, and without signs that only format.

    Whitespace inside is one space.
    """
    text = INVISIBLE.sub("", SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))
    return one_line(text if text.isascii() else "".join(filter(_is_no_format, text)))


def sought(text: str) -> str:
    """A search query on one line, with trimmed edges, without invisible characters except joiners (ZWJ, ZWNJ)."""
    return line(UNSOUGHT.sub("", SURROGATE.sub("", text)))


def without_ignorable(text: str) -> str:
    """For comparing: "tunn\u00adbröd" and "tunnbröd" are one word."""
    return text if text.isascii() else UNSOUGHT.sub("", text).translate(dict.fromkeys(map(ord, JOINERS)))


def western(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return text if text.isascii() else "".join(map(_western_digit, text))


def one_line(text: str) -> str:
    return " ".join(text.split())


def _is_no_format(sign: str) -> bool:
    return unicodedata.category(sign) != "Cf"


def _western_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _trimmed(text: str) -> str:
    """Without blank edges. What selects the look of the last sign is part of it."""
    start, end = 0, len(text)
    while start < end and BLANK.match(text, start):
        start += 1
    while end > start and BLANK.match(text, end - 1):
        end -= 1
    return text[start : _end_of_sign(text, end)]


def _end_of_sign(text: str, end: int) -> int:
    if unicodedata.category(text[end - 1]) in CASED:
        return end
    found = FLAG_TAGS.match(text, end) if text[end - 1] == "\U0001f3f4" else SELECTORS.match(text, end)
    return found.end() if found else end
