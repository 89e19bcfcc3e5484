"""Real letters, shaped by HarfBuzz, as shapely shapes and as path data."""

import os

import numpy as np
import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from shapely.geometry import Polygon
from shapely.ops import unary_union

NASTALIQ = os.environ.get(
    "NASTALIQ", "/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf"
)  # Debian: fonts-noto-core (SIL OFL)


def shaped(text, font=NASTALIQ, lang="fa"):
    f = hb.Font(hb.Face(hb.Blob.from_file_path(font)))
    b = hb.Buffer()
    b.add_str(text)
    b.direction, b.script, b.language = "rtl", "Arab", lang
    hb.shape(f, b)
    tt = TTFont(font)
    order = tt.getGlyphOrder()
    gs = tt.getGlyphSet()
    x = y = 0
    for i, p in zip(b.glyph_infos, b.glyph_positions):
        yield gs, order[i.codepoint], x + p.x_offset, y + p.y_offset
        x += p.x_advance
        y += p.y_advance


def data(text, size, at, font=NASTALIQ):
    tt = TTFont(font)
    s = size / tt["head"].unitsPerEm
    d = []
    for gs, g, x, y in shaped(text, font):
        pen = SVGPathPen(gs, ntos=lambda v: str(round(v)))
        gs[g].draw(TransformPen(pen, (s, 0, 0, -s, at[0] + x * s, at[1] - y * s)))
        d.append(pen.getCommands())
    return "".join(d)


def shape(text, size, at, font=NASTALIQ):
    tt = TTFont(font)
    s = size / tt["head"].unitsPerEm
    out = []
    for gs, g, x, y in shaped(text, font):
        pen = RecordingPen()
        gs[g].draw(TransformPen(pen, (s, 0, 0, -s, at[0] + x * s, at[1] - y * s)))
        cur = None
        contours = []
        for op, a in pen.value:
            if op == "moveTo":
                cur = [a[0]]
                contours.append(cur)
            elif op == "lineTo":
                cur.append(a[0])
            elif op == "curveTo":
                p0 = np.array(cur[-1])
                a = [np.array(q) for q in a]
                for t in np.linspace(0.1, 1, 10):
                    cur.append(
                        tuple(
                            (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * a[0] + 3 * (1 - t) * t * t * a[1] + t**3 * a[2]
                        )
                    )
            elif op == "qCurveTo":
                p0 = np.array(cur[-1])
                a = [np.array(q) for q in a]
                for k in range(len(a) - 1):
                    c = a[k]
                    e = a[k + 1] if k == len(a) - 2 else (a[k] + a[k + 1]) / 2
                    for t in np.linspace(0.125, 1, 8):
                        cur.append(tuple((1 - t) ** 2 * p0 + 2 * (1 - t) * t * c + t * t * e))
                    p0 = e
        g_ = None
        for c in sorted((Polygon(c).buffer(0) for c in contours if len(c) > 2), key=lambda p: -p.area):
            g_ = c if g_ is None else (g_.difference(c) if g_.contains(c.representative_point()) else g_.union(c))
        if g_ is not None:
            out.append(g_)
    return out
