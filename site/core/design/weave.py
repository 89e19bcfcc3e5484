"""One woven cloth for each name: the same for ever, symmetric, drawn on a weaver's grid in the site's dyes.

A cloth represents a person, so a name's cloth never changes: a golden test (test_weave.py) holds every cut.
SHA-256 of the name picks one of six families, its measures, and one of twelve colourways. Each cell is one crossing of
two threads, mirrored both ways, so that every cloth could be woven by hand.

Fills are `var(--dye-x, #fallback)`: inside a page they follow light and dark, as files they still work.
"""

import hashlib
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

Cut = Literal["mark", "hang", "strip", "wide", "band"]
# A thread: 0 the ground, 1 the figure, 2 the second, 3 the accent, 4 the spark.
Cell = Callable[[int, int], int]

DYES = {
    "krapp": "#a8233a",
    "indigo": "#26356f",
    "vau": "#ecb732",
    "mossa": "#3f6b4b",
    "ros": "#eda59b",
    "himmel": "#8ebbd6",
    "lin": "#f3ebdb",
    "svart": "#231e22",
}
# The wall, then the five threads. Chosen by eye, so that no name gets an ugly cloth.
COLOURWAYS = (
    "ros krapp lin svart vau ros",
    "vau indigo lin himmel krapp vau",
    "himmel lin krapp indigo vau svart",
    "ros mossa lin svart vau ros",
    "lin svart krapp lin vau himmel",
    "mossa vau indigo krapp lin svart",
    "vau himmel indigo lin krapp vau",
    "mossa ros krapp svart lin mossa",
    "himmel indigo vau krapp lin ros",
    "ros lin mossa svart krapp vau",
    "himmel krapp vau indigo lin himmel",
    "vau lin indigo ros krapp mossa",
)


class Repeat(NamedTuple):
    """What a loom repeats: its size in threads, and which thread lies on top at each crossing."""

    width: int
    height: int
    cell: Cell


class Draft(NamedTuple):
    """All that is drawn from a name."""

    repeat: Repeat
    wall: str
    threads: tuple[str, ...]
    key: str


class Size(NamedTuple):
    """A cut in threads; no width means one repeat, to be tiled."""

    width: int
    height: int
    bordered: bool
    hung: bool


SIZES: dict[Cut, Size] = {
    "mark": Size(25, 25, bordered=False, hung=False),
    "hang": Size(65, 65, bordered=True, hung=True),
    "strip": Size(41, 97, bordered=True, hung=True),
    "wide": Size(193, 65, bordered=True, hung=False),
    "band": Size(0, 9, bordered=False, hung=False),
}


def from_middle(position: int, size: int) -> int:
    """Distance from the middle of a repeat, in threads. Equal on both sides: hence the mirrored pattern."""
    return abs(position % size - size // 2)


# --- Six families -----------------------------------------------------------------------------------------------
# Each takes numbers from 0 to 2, drawn from the name.


def goose_eye(pick: Sequence[int]) -> Repeat:
    """Gåsöga: lozenges within lozenges, as in Swedish twill."""
    size = 24 + 8 * pick[0]
    order = ("311020114", "101220103", "430101220")[pick[1]]
    return Repeat(
        size,
        size,
        lambda x, y: int(order[(from_middle(x, size) + from_middle(y, size)) * 9 // (size + 1)]),
    )


def rose(pick: Sequence[int]) -> Repeat:
    """Åttabladsros, which is also the star of tatreez: eight petals in a lattice."""
    petal, size = 5 + pick[0], 26 + 4 * pick[0]

    def cell(x: int, y: int) -> int:
        near, far = sorted((from_middle(x, size), from_middle(y, size)))
        if 0 < near <= petal and 0 < far - near <= petal:
            return 1 if (far - near < petal and near < petal) or pick[1] else 3
        if near == far <= petal or (near == 0 and far < petal):
            return 4 if far < 3 else 0
        return between_roses(near, far)

    def between_roses(near: int, far: int) -> int:
        to_corner = size - far - near
        if to_corner < 3:
            return 3
        if to_corner in (4, 5):
            return 2
        return 4 if (far - 2 * petal - 1) ** 2 + near * near < 3 and pick[2] else 0

    return Repeat(size, size, cell)


def stepped(pick: Sequence[int]) -> Repeat:
    """Kilim: stepped medallions that lock into each other."""
    size = 28 + 4 * pick[0]

    def cell(x: int, y: int) -> int:
        across, down = from_middle(x, size) // 2, from_middle(y, size) // 2
        if across == 0 and down % 3 == 0:
            return 1
        ring = across + down + (down % 2 if pick[1] == 1 else 0)
        return (3, 4, 0, 1, 1, 2, 2, 0, 0, 1, 4, 3)[min(ring * 22 // size, 11)]

    return Repeat(size, size, cell)


def zigzag(pick: Sequence[int]) -> Repeat:
    """Flame: chevrons that meet in the middle, some with the trembling edge of ikat."""
    width, height = 14 + 4 * pick[0], 52
    order = ("00011120033304011140", "11100222300011140030", "00112211004433440011")[pick[1]]
    tremble = pick[2] > 1

    def cell(x: int, y: int) -> int:
        across = from_middle(x, width)
        edge = across // 2 % 2 if tremble else 0
        return int(order[(across + from_middle(y, height) + edge) % 20])

    return Repeat(width, height, cell)


def bands(pick: Sequence[int]) -> Repeat:
    """Bandväv: narrow figured bands between stripes, mirrored on the middle one."""
    figures: tuple[Cell, ...] = (
        lambda x, row: 1 if from_middle(x, 8) + row in (3, 4) else 3 if from_middle(x, 8) + row < 2 else 0,
        lambda x, row: 4 if (from_middle(x, 24) + row) % 4 < 2 else 0,
        lambda x, row: 1 if from_middle(x, 6) < 2 else 0,
        lambda x, row: 3 if from_middle(x, 12) < 5 - row else 0 if from_middle(x, 12) < 6 - row else 1,
        lambda x, row: 1 if from_middle(x, 8) in (row, 4 - row) else 4 if from_middle(x, 8) == 0 else 0,
    )
    stripes = ((2, 0, 0, 2), (3, 2, 3), (2, 1, 1, 2))
    # Each row of the cloth: a figure and its row, or no figure and a plain thread.
    rows: list[tuple[Cell | None, int]] = []
    for i in range(5):
        rows += [(figures[(pick[0] + pick[1] + 2 * i) % 5], row) for row in range(5 + pick[i] % 2)]
        rows += [(None, thread) for thread in stripes[(pick[i + 1] + i) % 3]]
    height = 2 * len(rows)

    def cell(x: int, y: int) -> int:
        figure, row = rows[min(from_middle(y, height), height // 2 - 1)]
        return figure(x, row) if figure else row

    return Repeat(24, height, cell)


def bloom(pick: Sequence[int]) -> Repeat:
    """Suzani: round flowers, rings and petals, a bud between them."""
    size, petals = 32, 6 + 2 * pick[0]
    rings = ("3340111211110200", "4411022011133000", "1133300114411100")[pick[1]]

    def cell(x: int, y: int) -> int:
        across, down = from_middle(x, size), from_middle(y, size)
        bud = math.hypot(size / 2 - across, size / 2 - down)
        for edge, thread in ((2, 4), (3.4, 3), (4.6, 2)):
            if bud < edge:
                return thread
        radius = math.hypot(across, down) * (1 + 0.09 * math.cos(petals * math.atan2(down, across)))
        return int(rings[int(radius)]) if radius < 15.5 else 0

    return Repeat(size, size, cell)


FAMILIES = (goose_eye, rose, stepped, zigzag, bands, bloom)


# --- From a name to a cloth -------------------------------------------------------------------------------------


def draft(name: str) -> Draft:
    """What a name gives. Capitals and space around it make no difference."""
    digest = hashlib.sha256(name.strip().lower().encode()).digest()
    family = FAMILIES[digest[0] % len(FAMILIES)]
    wall, *threads = COLOURWAYS[digest[1] % len(COLOURWAYS)].split()
    return Draft(family([byte % 3 for byte in digest[2:12]]), wall, tuple(threads), f"w{digest.hex()[:5]}")


def dye(name: str) -> str:
    """The wall behind a name's cloth: a value for `data-dye`."""
    return draft(name).wall


@lru_cache(maxsize=1024)
def weave(name: str, cut: Cut = "hang", nth: int = 1) -> str:
    """The cloth as inline SVG, hidden from screen readers: the name beside it is the text.

    `nth` keeps ids apart where one cut of a name occurs more than once on a page (`{% weave %}` counts it).
    """
    repeat, _, threads, key = draft(name)
    size = SIZES[cut]
    width, height = size.width or repeat.width, size.height
    key = f"{key}{cut[0]}{nth if nth > 1 else ''}"
    fills = [f"var(--dye-{thread},{DYES[thread]})" for thread in threads]
    cloth = f'<path fill="url(#{key})" d="M0 0h{width}v{height}H0z"/>'
    box = (0, 0, width, height)
    if size.bordered:
        cloth += _borders_and_fringe(fills, width, height)
        box = (0, 0, width, height + 7)
    cloth += f'<path fill="url(#{key}t)" d="M0 0h{width}v{height}H0z"/>'
    if size.hung:
        cloth += _loops_and_rod(fills[0], width)
        box = (-4, -4, width + 8, height + 11)
    fit = "xMidYMin meet" if size.hung else "xMidYMax slice"
    return (
        f'<svg class="weave weave-{cut}" xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(map(str, box))}" '
        f'aria-hidden="true" preserveAspectRatio="{fit}">'
        f"<defs>{_patterns(key, repeat, fills, width, height)}</defs>{cloth}</svg>"
    )


def _patterns(key: str, repeat: Repeat, fills: list[str], width: int, height: int) -> str:
    """The repeat, centred on the cloth, and the texture of its threads."""
    middle_x, middle_y = repeat.width // 2, repeat.height // 2
    quarter = "".join(
        f'<path stroke="{fills[thread]}" d="{runs}"/>'
        for thread in range(1, 5)
        if (runs := _runs(repeat, thread, middle_x, middle_y))
    )
    return (
        f'<pattern id="{key}" x="{width // 2 - middle_x}" y="{height // 2 - middle_y}" width="{repeat.width}" '
        f'height="{repeat.height}" patternUnits="userSpaceOnUse">'
        f'<path fill="{fills[0]}" d="M0 0h{repeat.width}v{repeat.height}H0z"/>'
        f'<g id="{key}h"><g id="{key}q" stroke-width="1.06" transform="translate(0 .5)">{quarter}</g>'
        f'<use href="#{key}q" transform="matrix(-1 0 0 1 {2 * middle_x + 1} 0)"/></g>'
        f'<use href="#{key}h" transform="matrix(1 0 0 -1 0 {2 * middle_y + 1})"/></pattern>'
        f'<pattern id="{key}t" width="1" height="1" patternUnits="userSpaceOnUse">'
        '<path stroke="#000" stroke-opacity=".13" stroke-width=".5" d="M0 .25h.5M.5 .75h.5"/></pattern>'
    )


def _runs(repeat: Repeat, thread: int, middle_x: int, middle_y: int) -> str:
    """Path of all runs of one thread in the upper left quarter; the rest of the repeat is its mirror."""
    path, pen_x, pen_y = "", 0, 0
    for y in range(middle_y + 1):
        on = [repeat.cell(x, y) == thread for x in range(middle_x + 1)]
        turns = [x for x in range(middle_x + 2) if (x <= middle_x and on[x]) != (x > 0 and on[x - 1])]
        for start, end in zip(turns[::2], turns[1::2], strict=True):
            path += f"m{start - pen_x} {y - pen_y}h{end - start}"
            pen_x, pen_y = end, y
    return path


def _borders_and_fringe(fills: list[str], width: int, height: int) -> str:
    # Thread, dash, rows from the upper edge (mirrored at the lower one), thickness. The last one is the fringe.
    lines = ((2, 0, (1,), 2), (1, 0, (2.5, 4.5), 1), (3, 0, (3.5,), 1), (2, 1, (3.5,), 1), (0, 1, (height + 3.5,), 7))
    drawn = ""
    for thread, dash, rows, thickness in lines:
        path = "".join(f"M0 {y}h{width}" + (f"M0 {height - y}h{width}" if y < height else "") for y in rows)
        drawn += f'<path stroke="{fills[thread]}" stroke-width="{thickness}" stroke-dasharray="{dash}" d="{path}"/>'
    return drawn


def _loops_and_rod(fill: str, width: int) -> str:
    return (
        f'<path stroke="{fill}" stroke-width="4" stroke-dasharray="3 5" d="M3 -1.5h{width - 6}"/>'
        f'<path stroke="var(--ink,#1b1d33)" stroke-width="1.4" stroke-linecap="round" d="M-3 -3h{width + 6}"/>'
    )
