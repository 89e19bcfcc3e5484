"""A name's cloth as a picture of dots: for sharing, where no service shows SVG, and for icons."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from core.design.weave import DYES, Repeat, draft

# What services that show a shared page ask for (Open Graph: 1.91 to 1).
SHARE_SIZE = (1200, 630)
WALLS = {"ros": "#f4cfc6", "vau": "#f6dc8a", "himmel": "#c9dfea", "mossa": "#d3dec3", "lin": "#eae3d5"}
THREAD = 10
FRINGE = 4


@lru_cache(maxsize=64)
def share_picture(name: str) -> bytes:
    """PNG of 1200 × 630 dots: the cloth on its wall, with border and fringe. Some 10 kB."""
    made = draft(name)
    width, height = SHARE_SIZE
    colours = [DYES[thread] for thread in made.threads]
    picture = Image.new("RGB", SHARE_SIZE, WALLS[made.wall])
    across, down = 101, 49
    cloth = _cloth(made.repeat, colours, across, down).resize(
        (across * THREAD, down * THREAD), Image.Resampling.NEAREST
    )
    left, top = (width - cloth.width) // 2, (height - cloth.height - FRINGE * THREAD) // 2
    picture.paste(cloth, (left, top))
    draw = ImageDraw.Draw(picture)
    below = top + cloth.height
    for thread in range(0, across, 2):
        x = left + thread * THREAD
        draw.rectangle((x, below, x + THREAD - 1, below + FRINGE * THREAD - 1), fill=colours[0])
    return _png(picture)


def mark_picture(name: str, size: int) -> bytes:
    """PNG of the mark, a square of `size` dots: 25 threads, the rest in the ground's colour around it.

    Made by it: static/icons/mark-180.png.
    """
    made = draft(name)
    colours = [DYES[thread] for thread in made.threads]
    thread = size // 25
    mark = _cells(made.repeat, colours, 25, 25).resize((25 * thread, 25 * thread), Image.Resampling.NEAREST)
    picture = Image.new("RGB", (size, size), colours[0])
    picture.paste(mark, ((size - mark.width) // 2, (size - mark.height) // 2))
    return _png(picture)


def _cells(repeat: Repeat, colours: list[str], across: int, down: int) -> Image.Image:
    """A dot for each crossing, the repeat centred."""
    left, top = across // 2 - repeat.width // 2, down // 2 - repeat.height // 2
    picture = Image.new("RGB", (across, down), colours[0])
    draw = ImageDraw.Draw(picture)
    for y in range(down):
        for x in range(across):
            draw.point((x, y), fill=colours[repeat.cell(x - left, y - top)])
    return picture


def _cloth(repeat: Repeat, colours: list[str], across: int, down: int) -> Image.Image:
    """Cells with the border that `core.design.weave` draws: two stripes, a dotted line, another stripe."""
    picture = _cells(repeat, colours, across, down)
    draw = ImageDraw.Draw(picture)
    for row, thread in enumerate((2, 2, 1, 3, 1)):
        for y in (row, down - 1 - row):
            draw.line((0, y, across, y), fill=colours[thread])
    for x in range(0, across, 2):
        for y in (3, down - 4):
            draw.point((x, y), fill=colours[2])
    return picture


def _png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()
