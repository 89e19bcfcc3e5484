"""Hands for the press. Every hand is made of digits (tapering limbs) and a back; modelling comes from the one light."""

import math
import random

import numpy as np
from kit import *
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union


class Place:
    """from a hand's own measures (wrist at 0,0, fingers upwards, 270 long) to the sheet"""

    def __init__(self, x, y, turn, scale=1.0, mirror=False):
        self.x, self.y, self.t, self.s, self.m = x, y, math.radians(turn), scale, -1 if mirror else 1

    def p(self, q):
        x, y = q[0] * self.m * self.s, q[1] * self.s
        c, s = math.cos(self.t), math.sin(self.t)
        return (self.x + x * c - y * s, self.y + x * s + y * c)

    def ps(self, qs):
        return [self.p(q) for q in qs]

    def r(self, v):
        return v * self.s


def modelling(press, shape, lit=7, shade=8, body=None):
    """lit and shaded sides of a rounded thing"""
    return [(press.lit(shape, -shade), "s3"), (press.lit(shape, lit), "s1")]


def cross_hatch(pts, radii, start=0.12, end=0.95, step=12, side=None, deep=0.95, width=2.1):
    """gouge cuts round a limb, from its shaded edge inwards, following its roundness"""
    q = spline([(x, y, r) for (x, y), r in zip(pts, radii)], 24)
    q = np.array(q)
    L = np.r_[0, np.cumsum(np.hypot(*np.diff(q[:, :2], axis=0).T))]
    marks = []
    s = L[-1] * start
    rnd = random.Random(int(q[0][0] * 7 + q[0][1]))
    while s < L[-1] * end:
        i = min(np.searchsorted(L, s), len(q) - 2)
        t = uv(q[i + 1][:2] - q[max(i - 1, 0)][:2])
        nrm = np.array([-t[1], t[0]])
        r = q[i][2]
        sd = 1 if np.dot(nrm, -LIGHT) > 0 else -1
        if side:
            sd = side
        a = q[i][:2] + nrm * sd * r * 1.0
        b = q[i][:2] + nrm * sd * r * (1 - deep * rnd.uniform(0.75, 1.15)) + t * r * 0.22
        marks.append(lens(a, b, width, bend=2.2 * sd))
        s += step * rnd.uniform(0.85, 1.15)
    return marks


def uv(v):
    L = np.hypot(*v)
    return v / L if L else v


def along(pts, s):
    l = LineString(pts)
    p = l.interpolate(s, normalized=True)
    q = l.interpolate(min(s + 0.02, 1), normalized=True)
    return np.array(p.coords[0]), uv(
        np.array(q.coords[0]) - np.array(l.interpolate(max(s - 0.02, 0), normalized=True).coords[0])
    )


def crease(at, t, r, n=2, gap=4.5, w=1.5, bow=3.0):
    nrm = np.array([-t[1], t[0]])
    ms = []
    for k in range(n):
        c = at + t * gap * (k - (n - 1) / 2)
        h = r * (0.62 - 0.1 * abs(k - (n - 1) / 2))
        ms.append(lens(c - nrm * h, c + nrm * h, w, bend=-bow if k % 2 else bow))
    return ms


def nail(tip, t, r):
    """nail seen from the back of the finger"""
    nrm = np.array([-t[1], t[0]])
    c = tip - t * r * 0.05
    pts = [
        c - nrm * r * 0.62 - t * r * 0.55,
        c - nrm * r * 0.66 + t * r * 0.25,
        c - nrm * r * 0.36 + t * r * 0.8,
        c + nrm * r * 0.36 + t * r * 0.8,
        c + nrm * r * 0.66 + t * r * 0.25,
        c + nrm * r * 0.62 - t * r * 0.55,
        c - t * r * 0.82,
    ]
    return blob([tuple(p) for p in pts], 6)


def digit(
    P,
    j,
    r,
    merge=0.0,
    nails=True,
    creases=(0.45, 0.75),
    key=6,
    lit=6,
    shade=8,
    hatch=12,
    start=0.3,
    hatch_end=0.86,
    covers=True,
    creased=0.6,
):
    """One finger as a block of its own. merge: how far from its root (in radii) it grows out of the hand, without a line."""
    s = limb(j, r)
    root = Point(*j[0]).buffer(r[0] * merge) if merge else Point(-999, -999).buffer(1)
    tones = [(P.lit(s, -shade).difference(root), "s3"), (P.lit(s, lit).difference(root), "s1")]
    line = spline(j, 10)
    t = uv(np.array(j[-1]) - np.array(j[-2]))
    if nails:
        tones.append((nail(np.array(j[-1]), t, r[-1]), "s1"))
    L = P.block(s, "s2", key=key, tones=tones, open=root if merge else None, covers=covers)
    keyc = []
    for c in creases:
        at, tt = along(line, c)
        h = np.interp(c, np.linspace(0, 1, len(r)), r) * creased
        nr = np.array([-tt[1], tt[0]])
        keyc += [lens(at + tt * g - nr * h * w, at + tt * g + nr * h * w, 1.1, 2.4) for g, w in ((-3.5, 0.8), (3, 1))]
    P.cut(L, cross_hatch(j, r, start=start, end=hatch_end, step=hatch, width=1.8), "s3")
    P.cut(L, keyc)
    return L, s


def sleeve(P, top, end, r0, r1, key, rib="fire", rib1="c1", w=16):
    d = uv(np.array(end) - np.array(top))
    nr = np.array([-d[1], d[0]])
    o = np.array(top)
    body = limb([top, end], [r0, r1], 8).intersection(
        Polygon(
            [tuple(o + nr * 300), tuple(o + d * 700 + nr * 300), tuple(o + d * 700 - nr * 300), tuple(o - nr * 300)]
        )
    )
    P.block(body, f"url(#{key})", key=6)
    cuff = limb([tuple(o + nr * r0 + d * 7), tuple(o - d * 5), tuple(o - nr * r0 + d * 7)], [w * 0.9, w, w * 0.9], 6)
    K = P.block(cuff, rib, key=5, tones=[(P.lit(cuff, 6), rib1)])
    P.cut(
        K, [lens(o + nr * v + d * -8, o + nr * (v + 4) + d * 14, 1.6, 1) for v in np.arange(-r0 * 0.86, r0 * 0.9, 13)]
    )
