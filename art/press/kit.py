"""Block print on cloth: a small press. Shapes (shapely) go in, in order from the back; colour blocks and one key block come out."""

import math
import sys

import numpy as np
from shapely import affinity
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box
from shapely.ops import unary_union

W, H = 800, 1000
FRAME = box(0, 0, W, H)


# ---------------------------------------------------------------- curves
def _bez(c, t):
    t = np.asarray(t)[:, None]
    return c[0] * (1 - t) ** 3 + 3 * c[1] * t * (1 - t) ** 2 + 3 * c[2] * t * t * (1 - t) + c[3] * t**3


def _unit(v):
    n = np.hypot(*v)
    return v / n if n else v


def _fit(p, t1, t2, err, out, depth=0):
    n = len(p)
    if n == 2:
        d = np.hypot(*(p[1] - p[0])) / 3
        out.append((p[0], p[0] + t1 * d, p[1] + t2 * d, p[1]))
        return
    u = np.r_[0, np.cumsum(np.hypot(*np.diff(p, axis=0).T))]
    u = u / u[-1]
    for _ in range(4):
        b1, b2 = 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u)
        a1, a2 = b1[:, None] * t1, b2[:, None] * t2
        c = np.array([[np.sum(a1 * a1), np.sum(a1 * a2)], [np.sum(a1 * a2), np.sum(a2 * a2)]])
        tmp = p - (p[0] * ((1 - u) ** 3 + b1)[:, None] + p[-1] * (b2 + u**3)[:, None])
        x = np.array([np.sum(a1 * tmp), np.sum(a2 * tmp)])
        det = np.linalg.det(c)
        seg = np.hypot(*(p[-1] - p[0]))
        if abs(det) > 1e-9:
            l1, l2 = np.linalg.solve(c, x)
        else:
            l1 = l2 = seg / 3
        if l1 < 1e-3 * seg or l2 < 1e-3 * seg or l1 > 4 * seg + 9 or l2 > 4 * seg + 9:
            l1 = l2 = seg / 3
        cur = np.array([p[0], p[0] + t1 * l1, p[-1] + t2 * l2, p[-1]])
        q = _bez(cur, u)
        d = np.hypot(*(q - p).T)
        k = int(d.argmax())
        if d[k] < err:
            out.append(tuple(cur))
            return
        if d[k] > err * 9:
            break
        d1 = 3 * (
            (cur[1] - cur[0]) * ((1 - u) ** 2)[:, None]
            + 2 * (cur[2] - cur[1]) * (u * (1 - u))[:, None]
            + (cur[3] - cur[2]) * (u * u)[:, None]
        )
        d2 = 6 * ((cur[2] - 2 * cur[1] + cur[0]) * (1 - u)[:, None] + (cur[3] - 2 * cur[2] + cur[1]) * u[:, None])
        num = np.sum((q - p) * d1, 1)
        den = np.sum(d1 * d1, 1) + np.sum((q - p) * d2, 1)
        un = u - np.where(abs(den) > 1e-9, num / np.where(den == 0, 1, den), 0)
        un[0], un[-1] = 0, 1
        if np.any(np.diff(un) <= 0):
            break
        u = un
    k = min(max(k, 1), n - 2)
    tc = _unit(p[k - 1] - p[k + 1])
    if not tc.any():
        tc = _unit(p[k - 1] - p[k])
    _fit(p[: k + 1], t1, tc, err, out, depth + 1)
    _fit(p[k:], -tc, t2, err, out, depth + 1)


def _resample(ring, step):
    l = LineString(ring)
    n = max(6, int(l.length / step))
    return np.array([l.interpolate(i / n, normalized=True).coords[0] for i in range(n + 1)])


def _ring(ring, err, corner):
    """closed ring -> list of cubics; sharp where it turns more than `corner` degrees"""
    r = np.array(ring.simplify(0.12).coords if hasattr(ring, "simplify") else ring)
    seg = np.diff(r, axis=0)
    L = np.hypot(*seg.T)
    keep = L > 0.05
    pts = r[:-1][keep]
    if len(pts) < 3:
        return []
    # corners at true vertices: compare directions 4 px before and after
    line = LineString(np.r_[pts, pts[:1]])
    tot = line.length
    if tot < 10:
        return []
    dist = np.r_[0, np.cumsum(np.hypot(*np.diff(np.r_[pts, pts[:1]], axis=0).T))][:-1]
    reach = min(5, tot / 12)
    cs = []
    at = lambda s: np.array(line.interpolate(s % tot).coords[0])
    for i, s in enumerate(dist):
        a, b = pts[i] - at(s - reach), at(s + reach) - pts[i]
        ang = math.degrees(math.acos(np.clip(np.dot(_unit(a), _unit(b)), -1, 1)))
        if ang > corner:
            cs.append((s, ang))
    # keep the sharpest among near ones
    best = []
    for s, ang in sorted(cs, key=lambda c: -c[1]):
        if all(min(abs(s - o), tot - abs(s - o)) > reach for o in best):
            best.append(s)
    best.sort()
    if not best:
        best = [0.0]
        closed_smooth = True
    else:
        closed_smooth = False
    out = []
    for i, s in enumerate(best):
        e = best[(i + 1) % len(best)]
        e = e if e > s else e + tot
        inner = [d for d in np.r_[dist, dist + tot] if s + 0.3 < d < e - 0.3]
        ss = [s] + inner + [e]
        # densify so that fitting sees the straight parts too
        dense = []
        for a, b in zip(ss, ss[1:]):
            k = max(1, int((b - a) / 4))
            dense += [a + (b - a) * j / k for j in range(k)]
        dense.append(e)
        p = np.array([at(d) for d in dense])
        if len(p) < 2:
            continue
        if closed_smooth:
            t = _unit(at(2) - at(-2))
            t1, t2 = t, -t
        else:
            w = min(3, len(p) - 1)
            t1, t2 = _unit(p[w] - p[0]), _unit(p[-1 - w] - p[-1])
        _fit(p, t1, t2, err, out)
    return out


def n(v):
    v = round(v, PREC)
    s = f"{v:g}"
    return s.replace("0.", ".", 1) if s.startswith(("0.", "-0.")) else s


PREC = 0
RING = 1.75
TONE = 1.8


def _join(nums):
    s = ""
    for v in nums:
        t = n(v) if n(v) != "-0" else "0"
        s += t if (not s or t.startswith("-")) else " " + t
    return s


def polys(g):
    if g.is_empty:
        return []
    if isinstance(g, Polygon):
        return [g]
    return [p for p in getattr(g, "geoms", []) for p in polys(p)] if not isinstance(g, (LineString, Point)) else []


def path(g, err=1.15, corner=42, least=14):
    """A geometry as path data: cubics, relative, whole numbers."""
    d = ""
    for p in polys(g):
        if p.area < least:
            continue
        for ring in [p.exterior, *p.interiors]:
            if ring.length < 10:
                continue
            cur = _ring(ring, err, corner)
            if not cur:
                continue
            pos = np.round(cur[0][0], PREC)
            d += f"M{_join(pos)}"
            last = "M"
            for c in cur:
                end = np.round(c[3], PREC)
                chord = c[3] - c[0]
                L = np.hypot(*chord)
                flat = (
                    L > 0
                    and max(
                        abs(np.cross(np.r_[chord, 0], np.r_[c[1] - c[0], 0])[2]),
                        abs(np.cross(np.r_[chord, 0], np.r_[c[2] - c[0], 0])[2]),
                    )
                    / L
                    < 0.5
                )
                if flat:
                    s = _join(end - pos)
                    cmd = "l"
                else:
                    s = _join([*(np.round(c[1], PREC) - pos), *(np.round(c[2], PREC) - pos), *(end - pos)])
                    cmd = "c"
                if n(end[0] - pos[0]) in ("0", "-0") and n(end[1] - pos[1]) in ("0", "-0") and cmd == "l":
                    continue
                d += (cmd if cmd != last else ("" if s.startswith("-") else " ")) + s
                last = cmd
                pos = end
            d += "z"
    return d


# ---------------------------------------------------------------- shapes
def spline(pts, per=14, closed=False):
    p = np.array(pts, float)
    if len(p) == 2:
        return [tuple(p[0] + (p[1] - p[0]) * k / per) for k in range(per + 1)]
    if closed:
        p = np.r_[p[-1:], p, p[:2]]
    else:
        p = np.r_[[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]]
    out = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
        for k in range(per):
            t = k / per
            out.append(
                tuple(
                    0.5 * ((2 * b) + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                )
            )
    if not closed:
        out.append(tuple(p[-2]))
    return out


def blob(pts, per=14):
    return Polygon(spline(pts, per, True)).buffer(0)


def limb(pts, radii, per=10):
    """A tapering limb through joints."""
    q = spline([(x, y, r) for (x, y), r in zip(pts, radii)], per)
    cs = [Point(x, y).buffer(max(r, 0.5), 24) for x, y, r in q]
    return unary_union([MultiPoint([*a.exterior.coords, *b.exterior.coords]).convex_hull for a, b in zip(cs, cs[1:])])


def move(g, dx, dy):
    return affinity.translate(g, dx, dy)


def spin(g, deg, at=(0, 0)):
    return affinity.rotate(g, deg, at)


def smooth(g, r):
    return g.buffer(r).buffer(-2 * r).buffer(r)


def fillet(g, r):
    return g.buffer(r).buffer(-r)


def lens(a, b, w, bend=0.0):
    """One cut of the gouge: pointed at both ends."""
    a, b = np.array(a, float), np.array(b, float)
    d = b - a
    L = np.hypot(*d) or 1
    nrm = np.array([-d[1], d[0]]) / L
    m = (a + b) / 2 + nrm * bend
    return a, m + nrm * w, m - nrm * w, b


def lens_path(marks):
    d = ""
    for a, m1, m2, b in marks:
        a, b = np.round(a), np.round(b)
        c1, c2 = np.round(2 * m1 - (a + b) / 2), np.round(2 * m2 - (a + b) / 2)
        d += f"M{_join(a)}q{_join([*(c1 - a), *(b - a)])}q{_join([*(c2 - b), *(a - b)])}z"
    return d


def lens_poly(mark):
    a, m1, m2, b = mark
    c1, c2 = 2 * m1 - (a + b) / 2, 2 * m2 - (a + b) / 2
    q = lambda p, c, r: [tuple((1 - t) ** 2 * p + 2 * t * (1 - t) * c + t * t * r) for t in np.linspace(0, 1, 9)]
    return Polygon(q(a, c1, b) + q(b, c2, a)[1:-1]).buffer(0)


def thin(mark):
    a, m1, m2, b = mark
    return np.hypot(*(m1 - m2)) / 2 < 1.95


def stroke_path(marks):
    d = ""
    for a, m1, m2, b in marks:
        a, b = np.round(a), np.round(b)
        m = (m1 + m2) / 2
        c = np.round(2 * m - (a + b) / 2)
        d += f"M{_join(a)}" + (
            f"q{_join([*(c - a), *(b - a)])}"
            if abs(np.cross(np.r_[b - a, 0], np.r_[c - a, 0])[2]) > 2 * np.hypot(*(b - a))
            else f"l{_join(b - a)}"
        )
    return d


# ---------------------------------------------------------------- the press
LIGHT = np.array([-0.62, -0.78])  # towards the light: from above, left


class Press:
    def __init__(self, tokens, dark, title=""):
        self.grp = None
        self.layers = []
        self.tokens = tokens
        self.dark = dark
        self.title = title
        self.defs = ""
        self.extra = {}

    def block(self, shape, ink, key=0.0, lean=1.0, tones=(), covers=True, raw=None, err=1.4, open=None):
        """tones: (shape, ink) cut to this block. key: thickness of the key line on the shadow side."""
        shape = shape.intersection(FRAME.buffer(20)) if raw is None else shape
        self.layers.append(
            dict(
                shape=shape,
                ink=ink,
                key=key,
                lean=lean,
                tones=list(tones),
                covers=covers,
                raw=raw,
                cuts=[],
                err=err,
                open=open,
                grp=self.grp,
            )
        )
        return self.layers[-1]

    def many(self, shapes, ink, key, lit, shade, lit_ink, shade_ink, soft=0.8):
        """a row of like things that overlap, the later on top: one path for each ink"""
        tl, ts = [], []
        over = None
        for s in reversed(shapes):
            a, b = self.lit(s, lit, soft=soft), self.lit(s, -shade, soft=soft)
            tl.append(a if over is None else a.difference(over))
            ts.append(b if over is None else b.difference(over))
            over = s if over is None else over.union(s)
        self.block(over, ink, tones=[(t, shade_ink) for t in ts] + [(t, lit_ink) for t in tl], covers=False)
        for s in shapes:
            self.block(s, "", key=key)

    def cut(self, layer, marks, ink="key"):
        layer["cuts"].append((marks, ink))

    def lit(self, s, depth, turn=1.0, soft=1.5, by=None):
        """the part of s that faces the light (depth>0) or is turned from it (depth<0)"""
        v = -LIGHT * depth
        g = s.difference(move(s if by is None else by, *v))
        return g.buffer(-soft).buffer(soft)

    def svg(self, view=(0, 0, W, H)):
        inner = self.inner()
        used = inner + self.defs
        dark = "".join(
            f'[fill="{self.tokens[k]}"]{{fill:{v}}}'
            for k, v in self.dark.items()
            if k in self.tokens and f'fill="{self.tokens[k]}"' in used
        )
        dark += "".join(
            f'[stroke="{self.tokens[k]}"]{{stroke:{v}}}'
            for k, v in self.dark.items()
            if k in self.tokens and f'stroke="{self.tokens[k]}"' in used
        )
        dyes = "".join(f"--{k}:{v};" for k, v in self.dark.items() if k not in self.tokens)
        if dyes:
            dark += f"svg{{{dyes}}}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(map(str, view))}">'
            f"<style>.l{{fill:none;stroke-width:2.6;stroke-linecap:round}}@media(prefers-color-scheme:dark){{{dark}}}</style>{self.defs}{inner}</svg>"
        )

    def inner(self):
        body = []
        keyg = []
        keys = []
        above = None
        above_at = [None] * len(self.layers)
        for i in range(len(self.layers) - 1, -1, -1):
            above_at[i] = above
            if self.layers[i]["covers"]:
                above = self.layers[i]["shape"] if above is None else above.union(self.layers[i]["shape"])
        pend = {}
        order = []

        def flush():
            for ink in order:
                g, ds, e = pend[ink]
                body.append((ink, (path(unary_union(g), e, 50, 30) if g else "") + "".join(ds)))
            pend.clear()
            order.clear()

        for i, l in enumerate(self.layers):
            s, up = l["shape"], above_at[i]
            if not l["grp"] or (i and self.layers[i - 1]["grp"] != l["grp"]):
                flush()
            if l["grp"]:
                later = [m["shape"] for m in self.layers[i + 1 :] if m["grp"] == l["grp"]]
                over = unary_union(later) if later else None
                vis_ = s if over is None else s.difference(over)

                def put(ink, g=None, d=None, e=None):
                    if ink not in pend:
                        pend[ink] = ([], [], e or TONE)
                        order.append(ink)
                    if g is not None:
                        pend[ink][0].append(g)
                    if d:
                        pend[ink][1].append(d)

                if l["ink"]:
                    put(l["ink"], s, e=l["err"])
                for t, ink in l["tones"]:
                    put(ink, t.intersection(vis_))
                body_append = lambda x: put(x[0], d=x[1])
            else:
                body_append = body.append
            seen = (lambda g: g) if up is None else (lambda g: g.difference(up.buffer(-2)))
            if l["ink"] and not l["grp"]:
                body.append((l["ink"], l["raw"] if l["raw"] is not None else path(s, l["err"])))
            by = {}
            for t, ink in l["tones"]:
                by.setdefault(ink, []).append(t)
            for ink, ts in () if l["grp"] else by.items():
                g = unary_union(ts).intersection(s)
                body.append((ink, path(g, max(TONE, l["err"]), 52, 40)))
            for marks, ink in l["cuts"]:
                vis = s if up is None or not (ink.startswith("key") or l["grp"]) else s.difference(up)
                ok = [m for m in marks if vis.buffer(1.5).contains(Point(*(m[0] + m[3]) / 2))]
                clipped = []
                whole = []
                for m in ok:
                    g = lens_poly(m)
                    (whole if vis.buffer(2).contains(g) else clipped).append(
                        m if vis.buffer(2).contains(g) else g.intersection(vis)
                    )
                fine = [m for m in whole if thin(m)]
                whole = [m for m in whole if not thin(m)]
                d = lens_path(whole) + "".join(path(g, 0.9) for g in clipped)
                if ink == "key":
                    keyg.append(d)
                else:
                    body_append((ink, d))
                if fine:
                    if ink == "key":
                        keys.append((ink + "|", stroke_path(fine)))
                    else:
                        body_append((ink + "|", stroke_path(fine)))
            if l["key"]:
                k = l["key"]
                hang = -LIGHT * k * 0.75 * l["lean"]
                outer = s.buffer(k * 0.38).union(move(s, *hang).buffer(k * 0.38))
                inner = move(s, *(-LIGHT * -k * 0.12)).buffer(-k * 0.30)
                ring = outer.difference(inner)
                if up is not None:
                    ring = ring.difference(up.buffer(-0.6))
                if l["open"] is not None:
                    ring = ring.difference(l["open"])
                keyg.append(path(ring.intersection(FRAME), RING, 50))
        flush()
        body.append(("key", "".join(keyg)))
        body.extend(keys)
        # join neighbours of one ink
        out = []
        for ink, d in body:
            if not d:
                continue
            if out and out[-1][0] == ink:
                out[-1][1] += d
            else:
                out.append([ink, d])
        import collections

        names = dict(self.tokens)
        paint = lambda ink: names[ink] if ink in names else ink
        return "".join(
            d
            if ink == "svg"
            else f'<path class="l" stroke="{paint(ink[:-1])}" d="{d}"/>'
            if ink.endswith("|")
            else f'<path fill="{paint(ink)}" d="{d}"/>'
            for ink, d in out
        )
