"""Still lifes for the demo, drawn in the site's colours: light and dark, upright and wide, as photos would be."""

import math
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Draw = ImageDraw.ImageDraw
Point = tuple[float, float]

KRAPP, INDIGO, VAU, MOSSA = "#a8233a", "#26356f", "#ecb732", "#3f6b4b"
ROS, HIMMEL, LIN, SVART = "#eda59b", "#8ebbd6", "#f3ebdb", "#231e22"
BREAD, CRUST, WOOD, DUSK, CLAY = "#ead3a2", "#b97f3f", "#8a5a35", "#1d2440", "#5a2f26"

# The key that content files use, and the title in the picture library.
PICTURES = {
    "bread": "Ett tunt bröd på en välvd plåt",
    "table": "Ett långbord dukat med bröd, oliver och te, sett uppifrån",
    "reeds": "En flätad korg med stjärna, sedd uppifrån",
    "pen": "En vasspenna, ett bläckhorn och ett skrivet blad",
    "oud": "En oud mot en skymningshimmel",
    "coffee": "En kaffekanna i lera och tre koppar",
    "kite": "Tre drakar över en sjö",
}
SIZES = {"reeds": (1200, 1500), "coffee": (1200, 1500), "table": (1500, 1500)}
WIDE = (1680, 1120)


def draw(key: str) -> BytesIO:
    """The picture as a JPEG file: the same bytes at each call."""
    size = SIZES.get(key, WIDE)
    canvas = Image.new("RGB", size, LIN)
    MOTIFS[key](ImageDraw.Draw(canvas), *size)
    file = BytesIO()
    printed(canvas).save(file, "JPEG", quality=86, optimize=True)
    file.seek(0)
    return file


def printed(canvas: Image.Image) -> Image.Image:
    """The canvas with softened edges and a fine weave over it, like a print on cloth."""
    width, height = canvas.size
    weave = Image.new("L", canvas.size, 255)
    for x, y, shade in ((0, 0, 236), (1, 1, 246), (2, 2, 236), (3, 3, 246), (0, 2, 250), (2, 0, 250)):
        weave.putpixel((x, y), shade)
    for grain in doubled(4, width):  # The pattern of 4 × 4, then copies twice as large each time.
        weave.paste(weave.crop((0, 0, grain, 4)), (grain, 0))
    for grain in doubled(4, height):
        weave.paste(weave.crop((0, 0, width, grain)), (0, grain))
    soft = canvas.filter(ImageFilter.GaussianBlur(1.2))
    return ImageChops.multiply(soft, Image.merge("RGB", (weave, weave, weave)))


def doubled(first: int, most: int) -> Iterator[int]:
    """4, 8, 16 … below `most`."""
    while first < most:
        yield first
        first *= 2


def disc(pen: Draw, x: float, y: float, r: float, fill: str, flat: float = 1.0) -> None:
    pen.ellipse((x - r, y - r * flat, x + r, y + r * flat), fill=fill)


def around(x: float, y: float, r: float, n: int, turn: float = 0.0) -> list[Point]:
    """n points on a circle; the first at the angle `turn` (radians)."""
    return [(x + r * math.cos(turn + k * math.tau / n), y + r * math.sin(turn + k * math.tau / n)) for k in range(n)]


def stripes(pen: Draw, box: tuple[float, float, float, float], colours: list[str], step: float) -> None:
    x0, y0, x1, y1 = box
    y, k = y0, 0
    while y < y1:
        pen.rectangle((x0, y, x1, min(y + step, y1)), fill=colours[k % len(colours)])
        y, k = y + step, k + 1


def steam(pen: Draw, x: float, y: float, height: float, colour: str) -> None:
    """Three wavy lines upwards from (x, y)."""
    for shift in (-60, 0, 60):
        path = [(x + shift + 22 * math.sin(t / 34 + shift), y - t) for t in range(0, int(height), 6)]
        pen.line(path, fill=colour, width=9, joint="curve")


def bread(pen: Draw, w: int, h: int) -> None:
    stripes(pen, (0, 0, w, h), ["#f6dc8a", "#f3d57a"], 40)
    pen.rectangle((0, h * 0.72, w, h), fill=WOOD)
    pen.pieslice((w * 0.12, h * 0.34, w * 0.88, h * 1.16), 180, 360, fill=SVART)
    pen.rectangle((w * 0.1, h * 0.74, w * 0.9, h * 0.79), fill="#3b3236")
    edge = []
    for k in range(181):
        a = math.pi + k * math.pi / 180
        r = 1 + 0.018 * math.sin(k / 5) + 0.012 * math.sin(k / 2.3)
        edge.append((w * 0.5 + w * 0.335 * r * math.cos(a), h * 0.71 + h * 0.34 * r * math.sin(a)))
    pen.polygon([*edge, (w * 0.79, h * 0.73), (w * 0.21, h * 0.73)], fill=BREAD)
    for k, (x, y) in enumerate((0.30 + 0.045 * (k * 7 % 10), 0.46 + 0.05 * (k * 3 % 5)) for k in range(13)):
        if abs(x - 0.5) < 0.05 + (y - 0.4) * 1.1:
            disc(pen, w * x, h * y, 15 + k * 5 % 22, CRUST, 0.6)
            disc(pen, w * x - 4, h * y - 4, 8 + k * 5 % 14, "#d9b679", 0.6)
    steam(pen, w * 0.5, h * 0.31, h * 0.24, "#fffaf0")


def table(pen: Draw, w: int, h: int) -> None:
    pen.rectangle((0, 0, w, h), fill="#a4704a")
    for k in range(0, w, 190):
        pen.line(((k, 0), (k + 12, h)), fill="#8f5f3d", width=6)
    stripes(pen, (w * 0.2, 0, w * 0.8, h), [LIN, LIN, LIN, KRAPP, LIN, INDIGO, LIN, KRAPP], 26)
    pen.rectangle((w * 0.24, 0, w * 0.76, h), fill=LIN)
    disc(pen, w * 0.5, h * 0.5, 250, "#e4dccb")
    disc(pen, w * 0.5, h * 0.5, 236, BREAD)
    for x, y in [*around(w * 0.5, h * 0.5, 150, 9), *around(w * 0.5, h * 0.5, 70, 5, 0.4)]:
        disc(pen, x, y, 24, CRUST)
        disc(pen, x - 3, y - 3, 15, "#d9b679")
    for n, (x, y) in enumerate(((0.38, 0.16), (0.64, 0.2), (0.35, 0.83), (0.63, 0.85))):
        disc(pen, w * x, h * y, 122, INDIGO)
        disc(pen, w * x, h * y, 104, "#fbfbf9" if n % 2 else VAU)
        for px, py in [*around(w * x, h * y, 62, 7, n), *around(w * x, h * y, 26, 3, n)]:
            disc(pen, px, py, 19, MOSSA if n % 2 else CRUST)
    for x, y in ((0.13, 0.3), (0.88, 0.34), (0.12, 0.68), (0.89, 0.7)):
        disc(pen, w * x, h * y, 74, "#e9e2d2")
        disc(pen, w * x, h * y, 58, KRAPP)
        disc(pen, w * x - 16, h * y - 16, 16, ROS)


def reeds(pen: Draw, w: int, h: int) -> None:
    pen.rectangle((0, 0, w, h), fill="#d3dec3")
    stripes(pen, (0, h * 0.86, w, h), [MOSSA, "#4a7856"], 22)
    x, y = w / 2, h * 0.47
    for ring in range(26, 0, -1):
        r = ring * 20
        disc(pen, x, y, r, "#dcb878" if ring % 2 else "#cfa863")
        count = 8
        if ring in range(6, 17):
            for px, py in around(x, y, r - 10, count * 3):
                angle = math.atan2(py - y, px - x)
                if abs(math.cos(4 * angle)) > (ring - 4) / 14:
                    disc(pen, px, py, 13, KRAPP)
        if ring in (20, 21, 24):
            for n, (px, py) in enumerate(around(x, y, r - 10, 60)):
                if n % 4 < 2:
                    disc(pen, px, py, 15, INDIGO if ring < 24 else SVART)
    for px, py in around(x, y, 524, 90):
        disc(pen, px, py, 16, "#b98d48")
    for k in range(7):
        pen.line(((w * 0.1 + k * 46, h), (w * 0.2 + k * 30, h * 0.8)), fill="#dcb878", width=12)


def pen_and_ink(pen: Draw, w: int, h: int) -> None:
    pen.rectangle((0, 0, w, h), fill="#c9dfea")
    pen.polygon([(w * 0.1, h * 0.12), (w * 0.74, h * 0.06), (w * 0.78, h * 0.9), (w * 0.14, h * 0.96)], fill="#fbfbf9")
    for shift, colour in ((0, SVART), (h * 0.3, KRAPP)):
        for start, end, cx, cy, rx, ry in (
            (10, 170, 0.33, 0.3, 0.14, 0.15),
            (190, 350, 0.33, 0.36, 0.05, 0.06),
            (20, 160, 0.55, 0.26, 0.09, 0.2),
        ):
            for a in range(start, end, 1):
                angle = math.radians(a)
                px, py = w * cx + w * rx * math.cos(angle), h * cy + h * ry * math.sin(angle) + shift
                pen.polygon(
                    [(px - 20, py + 16), (px - 12, py + 20), (px + 20, py - 16), (px + 12, py - 20)], fill=colour
                )
        for k in range(3):
            px, py = w * (0.3 + 0.035 * k), h * 0.2 + shift
            pen.polygon([(px, py - 15), (px + 15, py), (px, py + 15), (px - 15, py)], fill=colour)
    pen.polygon([(w * 0.58, h * 0.6), (w * 0.97, h * 0.05), (w, h * 0.09), (w * 0.605, h * 0.63)], fill="#c08b45")
    pen.polygon([(w * 0.58, h * 0.6), (w * 0.605, h * 0.63), (w * 0.565, h * 0.655)], fill=SVART)
    disc(pen, w * 0.89, h * 0.76, 120, INDIGO)
    disc(pen, w * 0.89, h * 0.76, 74, SVART)
    disc(pen, w * 0.875, h * 0.74, 16, HIMMEL)


def oud(pen: Draw, w: int, h: int) -> None:
    stripes(
        pen,
        (0, 0, w, h * 0.8),
        ["#1b2145", "#222a55", "#2a3263", "#3a3d6d", "#554a73", "#7a5873", "#a36a70"],
        h * 0.115,
    )
    pen.rectangle((0, h * 0.8, w, h), fill="#14172a")
    disc(pen, w * 0.8, h * 0.24, 82, VAU)
    for k in range(14):
        disc(pen, w * (0.05 + k * 0.067 % 0.9), h * (0.06 + (k * 37 % 23) / 90), 4, LIN)
    body = [
        (w * 0.4 + h * 0.36 * math.cos(a) * (1 - 0.32 * max(0, math.cos(a))), h * 0.6 + h * 0.29 * math.sin(a))
        for a in (k * math.tau / 120 for k in range(120))
    ]
    pen.polygon(body, fill="#c98a4b")
    inner = [(w * 0.4 + (x - w * 0.4) * 0.93, h * 0.6 + (y - h * 0.6) * 0.93) for x, y in body]
    pen.polygon(inner, fill="#dba564")
    for k in range(-3, 4):
        pen.line(((w * 0.25, h * 0.6 + k * 52), (w * 0.5, h * 0.6 + k * 22)), fill="#c58f50", width=3)
    disc(pen, w * 0.44, h * 0.6, 84, SVART)
    for px, py in around(w * 0.44, h * 0.6, 62, 12):
        disc(pen, px, py, 14, VAU)
    disc(pen, w * 0.44, h * 0.6, 30, VAU)
    disc(pen, w * 0.44, h * 0.6, 18, SVART)
    pen.polygon([(w * 0.55, h * 0.565), (w * 0.83, h * 0.58), (w * 0.83, h * 0.62), (w * 0.55, h * 0.635)], fill=CLAY)
    pen.polygon([(w * 0.83, h * 0.57), (w * 0.94, h * 0.74), (w * 0.91, h * 0.76), (w * 0.82, h * 0.63)], fill=CLAY)
    for k in range(5):
        disc(pen, w * (0.845 + k * 0.019), h * (0.605 + k * 0.034), 12, LIN)
    pen.rectangle((w * 0.245, h * 0.53, w * 0.262, h * 0.67), fill=SVART)
    for k in range(6):
        pen.line(((w * 0.25, h * (0.55 + k * 0.02)), (w * 0.83, h * (0.585 + k * 0.006))), fill=LIN, width=2)


def coffee(pen: Draw, w: int, h: int) -> None:
    pen.rectangle((0, 0, w, h), fill="#2b1d1b")
    stripes(pen, (0, h * 0.72, w, h), [KRAPP, "#8f1d31", KRAPP, VAU, KRAPP, INDIGO], 42)
    x, y = w * 0.42, h * 0.56
    disc(pen, x, y, 265, CLAY)
    pen.rectangle((x - 62, h * 0.18, x + 62, h * 0.45), fill=CLAY)
    pen.polygon([(x - 62, h * 0.36), (x + 62, h * 0.36), (x + 140, h * 0.43), (x - 140, h * 0.43)], fill=CLAY)
    pen.ellipse((x - 84, h * 0.155, x + 84, h * 0.2), fill="#74402f")
    pen.polygon([(x + 170, h * 0.44), (x + 400, h * 0.3), (x + 424, h * 0.33), (x + 228, h * 0.52)], fill=CLAY)
    pen.arc((x - 370, h * 0.22, x - 20, h * 0.56), 90, 280, fill=CLAY, width=44)
    disc(pen, x - 92, y - 70, 52, "#74402f")
    for px, py in around(x, y, 200, 26):
        disc(pen, px, py, 9, LIN)
    for n in range(3):
        cx, cy = w * (0.2 + 0.3 * n), h * 0.87
        pen.pieslice((cx - 95, cy - 120, cx + 95, cy + 90), 0, 180, fill=LIN)
        pen.ellipse((cx - 95, cy - 40, cx + 95, cy + 8), fill=ROS)
        pen.ellipse((cx - 78, cy - 33, cx + 78, cy + 1), fill="#1b0f0d")
    steam(pen, w * 0.8, h * 0.27, h * 0.2, "#8d7a74")


def kite(pen: Draw, w: int, h: int) -> None:
    stripes(pen, (0, 0, w, h * 0.74), ["#c9dfea", "#c3dbe8"], 46)
    stripes(pen, (0, h * 0.74, w, h), [HIMMEL, "#7fafcd", "#88b6d2"], 30)
    pen.polygon(
        [
            (0, h * 0.74),
            (w * 0.22, h * 0.66),
            (w * 0.5, h * 0.72),
            (w * 0.78, h * 0.65),
            (w, h * 0.72),
            (w, h * 0.76),
            (0, h * 0.76),
        ],
        fill=MOSSA,
    )
    for x, y, s, turn, colours in (
        (0.33, 0.3, 235, -0.25, (KRAPP, VAU, INDIGO, LIN)),
        (0.72, 0.24, 165, 0.2, (INDIGO, LIN, KRAPP, VAU)),
        (0.58, 0.52, 105, -0.1, (VAU, KRAPP, LIN, MOSSA)),
    ):
        cx, cy = w * x, h * y
        top, right, low, left = around(cx, cy, s, 4, turn - math.pi / 2)
        for n, (a, b) in enumerate(((top, right), (right, low), (low, left), (left, top))):
            pen.polygon([(cx, cy), a, b], fill=colours[n])
        pen.line((top, low), fill=SVART, width=6)
        pen.line((left, right), fill=SVART, width=6)
        line = [(low[0] + 30 * math.sin(t / 40) + t * 0.16, low[1] + t) for t in range(0, int(h - low[1]), 8)]
        pen.line(line, fill=SVART, width=3)
        for k in range(1, 5):
            if k * 9 < len(line):
                px, py = line[k * 9]
                pen.polygon(
                    [(px - 24, py - 12), (px + 24, py + 12), (px + 24, py - 12), (px - 24, py + 12)],
                    fill=colours[k % 4],
                )


MOTIFS: dict[str, Callable[[Draw, int, int], None]] = {
    "bread": bread,
    "table": table,
    "reeds": reeds,
    "pen": pen_and_ink,
    "oud": oud,
    "coffee": coffee,
    "kite": kite,
}
