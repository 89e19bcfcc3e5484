"""Two ways of drawing a hand from above, taken from bread.py and varenyk.py: dorsal (back up) and pinch (thumb and index meet)."""

from hands import *

BASE = {  # a left hand seen from its back
    "pinky": ([(-41, -112), (-56, -152), (-66, -190), (-72, -219)], [15.5, 13, 11.5, 8.5]),
    "ring": ([(-20, -130), (-31, -186), (-37, -234), (-40, -266)], [18, 15, 13, 9.5]),
    "middle": ([(8, -136), (9, -198), (11, -250), (13, -287)], [18.5, 15.5, 13.5, 10]),
    "index": ([(36, -130), (47, -186), (54, -230), (59, -262)], [18, 15, 13, 9.5]),
    "thumb": ([(24, -24), (60, -68), (88, -106), (110, -146), (120, -173)], [26, 22, 18, 15, 10.5]),
}
big = lambda g, a=260: unary_union([p for p in polys(g) if p.area > a])


def shape_of(pl, F):
    back = blob(
        pl.ps(
            [
                (-29, 20),
                (-35, -24),
                (-50, -74),
                (-57, -112),
                (-46, -134),
                (-20, -147),
                (9, -153),
                (37, -147),
                (54, -131),
                (54, -100),
                (51, -66),
                (42, -26),
                (30, 20),
            ]
        ),
        10,
    )
    arm_j, arm_r = pl.ps([(0, 10), (-1, 80), (-6, 170), (-12, 330)]), [pl.r(v) for v in (31, 37, 50, 60)]
    dig = {k: (pl.ps(j), [pl.r(v * (0.93 if k != "thumb" else 0.97)) for v in r]) for k, (j, r) in F.items()}
    return back, limb(arm_j, arm_r), arm_j, arm_r, dig


def dorsal(
    P,
    pl,
    F,
    key,
    skip=(),
    cuff=100,
    rib="fire",
    rib1="c1",
    creases=((0.42, 0.85), (0.73, 0.7)),
    wide=1.0,
    bent=(),
    openat=None,
):
    back, arm, arm_j, arm_r, dig = shape_of(pl, F)
    dig = {k: v for k, v in dig.items() if k not in skip}
    whole = fillet(unary_union([back, arm, *[limb(j, r) for j, r in dig.values()]]), pl.r(4)).buffer(-1.2).buffer(1.2)
    rest = fillet(arm.union(back), 24)
    roots = lambda m: unary_union([Point(*j[0]).buffer(r[0] * m) for k, (j, r) in dig.items() if k != "thumb"])
    tones = [
        (big(P.lit(rest, -pl.r(14), soft=3).difference(roots(1.3))), "s3"),
        (P.lit(rest, pl.r(8), soft=2).difference(roots(1.9)), "s1"),
    ]
    cuts, keyc, pale, nails = [], [], [], []
    for k, (j, r) in dig.items():
        th = k == "thumb"
        start = 0.42 if th else 0.2
        c = LineString(spline(j, 10))
        reach = [c.interpolate(start + (1 - start) * i / 10, normalized=True).coords[0] for i in range(11)]
        rr = np.interp(np.linspace(start, 1, 11), np.linspace(0, 1, len(r)), r)
        part = limb(reach, list(rr), 3)
        base = Point(*reach[0]).buffer(rr[0] * 1.25)
        tones += [
            (P.lit(part, -pl.r(8)).difference(base), "s3"),
            (P.lit(part, pl.r(6)).difference(Point(*reach[0]).buffer(rr[0] * 0.7)), "s1"),
        ]
        cuts += cross_hatch(j, r, start=0.3, end=0.86, step=pl.r(14), width=1.7)
        for s, m in ((0.7, 0.8),) if th else creases:
            at, tt = along(spline(j, 10), s)
            h = np.interp(s, np.linspace(0, 1, len(r)), r) * m * 0.62
            nr = np.array([-tt[1], tt[0]])
            keyc += [
                lens(at + tt * g - nr * h * w, at + tt * g + nr * h * w, 1.1, 2.2) for g, w in ((-3, 0.8), (2.5, 1))
            ]
        t = uv(np.array(j[-1]) - np.array(j[-2]))
        nails.append(nail(np.array(j[-1]), t, r[-1]))
        if not th:
            b0 = np.array(j[0])
            w = uv(np.array(pl.p((2, 0))) - b0)
            nr = np.array([-w[1], w[0]])
            cuts += [
                lens(b0 - nr * pl.r(11) + w * 4, b0 + nr * pl.r(11) + w * 4, 2.2, pl.r(6)),
                lens(b0 + w * pl.r(22), b0 + w * pl.r(82), 2.3, 1),
            ]
            pale += [
                lens(b0 - nr * pl.r(9) - w * 4, b0 + nr * pl.r(7) - w * 5, 2.6, pl.r(-4)),
                lens(b0 + w * pl.r(20) + np.array([-6, -2]), b0 + w * pl.r(66) + np.array([-4, -2]), 1.8, 1),
            ]
    keyc += [lens(pl.p((-20, y)), pl.p((16, y + 2)), 1.1, pl.r(4) * pl.m) for y in (22, 29)]
    cuts += cross_hatch(arm_j[:3], arm_r[:3], start=0.05, end=1, step=pl.r(16), deep=0.7, width=2.4)
    L = P.block(whole, "s2", key=6.5, tones=tones + [(unary_union(nails), "s1")], open=openat)
    P.cut(L, cuts, "s3")
    P.cut(L, pale, "s1")
    P.cut(L, keyc)
    top, end = pl.p((-2, cuff)), pl.p((-2 - 0.04 * 320, cuff + 320))
    sleeve(P, top, end, pl.r(54), pl.r(84), key, rib, rib1, pl.r(16))
    return whole


def frame(N, deg, S, mirror):
    a = math.radians(deg)
    u = np.array([math.cos(a) * (-1 if mirror else 1), math.sin(a)])
    v = np.array([math.sin(a) if mirror else -math.sin(a), math.cos(a)])
    return (lambda x, c: tuple(np.array(N) + u * x * S + v * c * S)), (lambda *r: [k * S for k in r]), u, v


def pinch_back(q, rs, u, S):
    wr = q(560, 20)
    far = tuple(np.array(wr) + u * 460 * S)
    return fillet(
        unary_union(
            [
                limb([q(335, -54), q(450, -24), q(556, 18)], rs(38, 64, 56)),
                limb([q(390, -104), q(480, -48)], rs(30, 56)),
                limb([q(356, -88), q(450, -50)], rs(34, 60)),
                limb([q(404, 84), q(530, 48)], rs(47, 52)),
                limb([q(330, 26), q(440, 40)], rs(40, 60)),
                limb([wr, far], rs(54, 74)),
            ]
        ),
        14,
    ), wr


def pinch_joints(q, rs, f=1.0):
    return dict(
        pinky=(
            [q(392, -112), q(330, -112 - 84 * f), q(276, -116 - 92 * f), q(232, -112 - 74 * f)],
            rs(26, 20, 17, 13.5),
        ),
        ring=(
            [q(376, -110), q(298, -112 - 62 * f), q(222, -110 - 70 * f), q(164, -104 - 44 * f)],
            rs(29, 22.5, 19.5, 15.5),
        ),
        middle=(
            [q(356, -92), q(256, -100 - 42 * f), q(166, -96 - 42 * f), q(98, -74 - 20 * f)],
            rs(32, 24.5, 21, 16.5),
        ),
        index=([q(330, -62), q(214, -84), q(120, -60), q(48, -18)], rs(33, 25, 21, 16)),
        thumb=([q(404, 84), q(276, 98), q(160, 64), q(60, 15)], rs(47, 30, 24.5, 17.5)),
    )


def pinch(
    P,
    N,
    deg,
    S,
    mirror,
    part,
    J=None,
    fan=1.0,
    order=("pinky", "ring", "middle"),
    nails=("ring", "middle"),
    creased=("middle",),
):
    q, rs, u, v = frame(N, deg, S, mirror)
    J = J(q, rs) if J else pinch_joints(q, rs, fan)
    back, wr = pinch_back(q, rs, u, S)
    if part == "shadow":
        return unary_union([back] + [limb(*J[k]) for k in J])
    if part == "thumb":
        L, _ = digit(P, *J["thumb"], merge=1.3, creases=(0.68,), start=0.36)
        L["open"] = Point(*J["thumb"][0][0]).buffer(J["thumb"][1][0] * 1.35).intersection(back.buffer(-1))
        return
    P.grp = f"{N}"
    for k in order:
        digit(
            P,
            *J[k],
            merge=0,
            nails=k in nails,
            creases=(0.40, 0.70) if k in creased else (),
            creased=0.55,
            hatch=17,
            start=0.2,
        )
    P.grp = None
    L = P.block(
        back,
        "s2",
        key=6.5,
        tones=[
            (big(P.lit(back, -17, soft=3)), "s3"),
            (
                P.lit(back, 9, soft=2).difference(
                    unary_union([Point(*J[k][0][0]).buffer(J[k][1][0] * 1.35) for k in J])
                ),
                "s1",
            ),
        ],
        open=unary_union([Point(*J[k][0][0]).buffer(J[k][1][0] * 1.0) for k in J]),
    )
    P.cut(
        L,
        cross_hatch(
            [q(440, -20), wr, tuple(np.array(wr) + u * 130 * S)],
            rs(66, 58, 60),
            start=0.1,
            end=1,
            step=15,
            deep=0.6,
            width=2.4,
        )
        + [lens(q(356, -50), q(470, -10), 2.6, 4)],
        "s3",
    )
    P.cut(
        L,
        [
            lens(q(362, -62), q(446, -34), 2.2, 3),
            lens(q(330, -84), q(352, -40), 2.6, 5),
            lens(q(366, -112), q(384, -74), 2.6, 5),
        ],
        "s1",
    )
    P.cut(L, [lens(q(552, -26), q(570, 60), 1.2, 6), lens(q(561, -24), q(579, 58), 1.2, 6)])
    L, _ = digit(P, *J["index"], merge=1.2, creases=(0.36, 0.68))
    L["open"] = Point(*J["index"][0][0]).buffer(J["index"][1][0] * 1.5).intersection(back.buffer(-1))
    return q, wr, u
