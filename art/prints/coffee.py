import cloth
import kit
from hands import *

R = random.Random(11)
LIGHTS = {
    "g": "#eadfc8",
    "g2": "#a9b587",
    "g3": "#6f8c60",
    "gs": "#cbbb98",
    "key": "#231e22",
    "k2": "#6f6268",
    "s1": "#b97d4d",
    "s2": "#8a5633",
    "s3": "#59341f",
    "d1": "#fffaf0",
    "d2": "#efe3cb",
    "d3": "#cfb48c",
    "fire": "#a8233a",
    "c1": "#c8485b",
    "f3": "#7a1526",
    "cof": "#4a2a1c",
}
DARKS = {
    "g": "#3b3529",
    "g2": "#55603f",
    "g3": "#4a6b47",
    "gs": "#262118",
    "key": "#0d0b0f",
    "k2": "#564a52",
    "s1": "#b07446",
    "s2": "#7d4c2c",
    "s3": "#4d2c1a",
    "d1": "#f0e6d2",
    "d2": "#dccdaf",
    "d3": "#b59a72",
    "fire": "#9c2c41",
    "c1": "#bb4f61",
    "f3": "#661524",
    "cof": "#3a2016",
}
P = Press(LIGHTS, DARKS)
kit.RING = 2.1
kit.TONE = 2.2
P.block(box(-5, -5, W + 5, H + 5), "g", covers=False)
TR = (420, 764)
ell = lambda c, rx, ry, n=40: Polygon(
    [(c[0] + rx * math.cos(k * math.tau / n), c[1] + ry * math.sin(k * math.tau / n)) for k in range(n)]
)
tray = ell(TR, 350, 186)
# fresh grass on the floor, as it is strewn for coffee
bl, bd = [], []
for k in range(46):
    x, y = R.uniform(-10, 800), R.uniform(0, 1000)
    a = R.uniform(-0.7, 0.5) + (math.pi if R.random() < 0.3 else 0)
    l = R.uniform(46, 96)
    m = lens((x, y), (x + l * math.cos(a), y + l * 0.7 * math.sin(a)), R.uniform(2.4, 3.6), R.uniform(-9, 9))
    if not tray.buffer(20).intersects(lens_poly(m)):
        (bl if k % 3 else bd).append(m)
P.cut(P.layers[-1], bl, "g2")
P.cut(P.layers[-1], bd, "g3")
# tray
P.block(move(ell(TR, 350, 186), 13, 30), "gs", covers=False)
P.block(move(tray, 0, 16).union(tray), "f3", key=6)
T = P.block(tray, "fire", key=3, tones=[(tray.difference(ell((TR[0], TR[1] + 2), 334, 174)), "c1")])
inn = ell((TR[0], TR[1] + 7), 312, 158)
P.block(inn.difference(move(inn, 9, 11)), "f3", covers=False)
P.block(inn.difference(move(inn, -6, -8)), "c1", covers=False)
# ---------------------------------------------------------------- pot
B = np.array([202.0, 514.0])
al = math.radians(11)
dx = np.array([math.cos(al), math.sin(al)])
up = np.array([math.sin(al), -math.cos(al)])
pp = lambda a, c: tuple(B + dx * a + up * c)
prof = [
    (-118, 40),
    (-112, 62),
    (-84, 98),
    (-44, 124),
    (0, 132),
    (44, 122),
    (80, 96),
    (104, 66),
    (128, 48),
    (165, 39),
    (215, 35),
    (262, 37),
    (292, 44),
    (306, 50),
]
pot = Polygon(spline([pp(a, c) for a, c in prof], 8) + spline([pp(a, -c) for a, c in prof[::-1]], 8)).buffer(0)
hj = [pp(58, 104), pp(86, 158), pp(138, 184), pp(196, 168), pp(236, 112), pp(248, 30)]
hr = [22, 18, 17, 17, 17, 19]
handle = limb(hj, hr)
CUP = (489, 756)
lip = np.array(pp(306, -47))


# ---------------------------------------------------------------- cups
def cup(P):
    x, y = 0, 0
    body = Polygon(
        spline([(x - 60, y - 34), (x - 56, y + 2), (x - 40, y + 32), (x - 30, y + 44), (x - 30, y + 52)], 6)
        + spline([(x - 30, y + 52), (x, y + 63), (x + 30, y + 52)], 6)
        + spline([(x + 30, y + 52), (x + 30, y + 44), (x + 40, y + 32), (x + 56, y + 2), (x + 60, y - 34)], 6)
    ).buffer(0)
    rim = ell((x, y - 34), 60, 30)
    whole = body.union(rim)
    P.block(move(whole, 16, 12), "f3", covers=False, err=2)
    band = Polygon(
        spline([(x - 62, y - 11), (x, y + 17), (x + 62, y - 11)], 8)
        + spline([(x + 62, y - 5), (x, y + 23), (x - 62, y - 5)], 8)
    ).buffer(0)
    L = P.block(
        whole,
        "d2",
        key=5,
        tones=[(P.lit(whole, -15, soft=1), "d3"), (P.lit(whole, 9).difference(rim.buffer(-4)), "d1"), (band, "fire")],
    )
    P.cut(
        L,
        [
            lens((x + v, y + 21 - abs(v) * 0.36), (x + v * 0.94, y + 32 - abs(v) * 0.36), 3.4, 0)
            for v in range(-44, 46, 11)
        ],
        "g3",
    )
    inside = ell((x, y - 33), 52, 24)
    P.block(inside, "d3", key=2.5, tones=[(inside.difference(move(inside, 5, 8)), "k2")])


def bean(P):
    b = ell((0, 0), 15, 10.5, 16)
    L = P.block(b, "s3", key=3)
    P.cut(L, [lens((-12, 0), (12, 0), 1.8, 3)])


def symbol(f):
    old = kit.FRAME
    kit.FRAME = box(-400, -400, 400, 400)
    Q = Press(LIGHTS, DARKS)
    f(Q)
    t = Q.inner()
    kit.FRAME = old
    return t


SYM = f'<g id="u">{symbol(cup)}</g><g id="n">{symbol(bean)}</g>'
P.block(move(pot, 44, 96).intersection(inn), "f3", covers=False, err=2.5)
CUPS = ((350, 706), CUP, (212, 790))
BEANS = (
    (330, 822, 20),
    (368, 842, -35),
    (326, 858, 70),
    (404, 872, 10),
    (452, 890, -40),
    (160, 712, -20),
    (128, 738, 50),
)
P.block(Polygon(), "svg", covers=False, raw="".join(f'<use href="#u" x="{x}" y="{y}"/>' for x, y in CUPS))
for (x, y), fill in zip(CUPS, (5, 11)):
    lv = ell((x, y - 33 + fill), 50, 23).intersection(ell((x, y - 33), 51, 23))
    P.block(lv, "cof", covers=False, tones=[(lv.difference(move(ell((x, y - 33 + fill), 46, 20), 3, 3)), "s2")])
P.block(unary_union([ell((x + 5, y + 6), 15, 10, 14) for x, y, t in BEANS]), "f3", covers=False)
P.block(
    Polygon(),
    "svg",
    covers=False,
    raw="".join(f'<use href="#n" transform="translate({x} {y})rotate({t})"/>' for x, y, t in BEANS),
)
# stream
end = (CUP[0] - 1, CUP[1] - 20)
st = Polygon(
    spline([(lip[0] - 9, lip[1] - 6), (lip[0] + 1, lip[1] + 24), (lip[0] + 2, lip[1] + 80), (lip[0] + 1, end[1])], 8)
    + spline(
        [(lip[0] + 7, end[1]), (lip[0] + 9, lip[1] + 80), (lip[0] + 10, lip[1] + 24), (lip[0] + 8, lip[1] - 14)], 8
    )
).buffer(0)
# ---------------------------------------------------------------- right hand of the host: over the handle
q = lambda a, c: pp(a, c)
KN = dict(pinky=(84, 214, 17.5), ring=(117, 226, 19), middle=(152, 230, 19.5), index=(187, 222, 19.5))
J = dict(
    pinky=([q(78, 216), q(76, 176), q(82, 142)], [18, 17, 15.5]),
    ring=([q(112, 230), q(110, 180), q(114, 132)], [20, 18.5, 17]),
    middle=([q(149, 234), q(148, 180), q(150, 128)], [21, 19, 17.5]),
    index=([q(187, 224), q(187, 176), q(186, 132)], [20.5, 18.5, 17]),
    thumb=([q(176, 316), q(226, 262), q(250, 208), q(246, 152), q(240, 122)], [30, 25, 20, 17.5, 13]),
)
wr = q(60, 348)
far = tuple(np.array(wr) + np.array([-250, -300]))
back = fillet(
    unary_union(
        [
            limb([q(78, 216), q(66, 270), wr], [20, 36, 40]),
            limb([q(112, 230), q(92, 290)], [23, 40]),
            limb([q(149, 234), q(110, 300)], [24, 44]),
            limb([q(187, 224), q(150, 290), wr], [23, 40, 46]),
            limb([q(176, 316), q(100, 330)], [28, 44]),
            limb([wr, far], [44, 66]),
        ]
    ),
    16,
)
allh = unary_union([back] + [limb(*J[k]) for k in J])
# left hand, on the tray
pl = Place(708, 566, 198, 0.97)
F = {
    "pinky": ([(-42, -112), (-60, -154), (-71, -190), (-76, -217)], [15.5, 13.6, 11.8, 9.2]),
    "ring": ([(-21, -130), (-34, -188), (-39, -236), (-39, -267)], [17.5, 15.2, 13.2, 10]),
    "middle": ([(8, -136), (7, -200), (7, -250), (11, -286)], [18, 15.6, 13.8, 10.4]),
    "index": ([(37, -130), (49, -188), (53, -233), (52, -264)], [17.5, 15.2, 13.2, 10]),
    "thumb": ([(24, -24), (62, -64), (84, -108), (96, -150), (98, -176)], [26, 22, 18, 15, 10.5]),
}


def lefthand(pl, F):
    bk = blob(
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
    arm = limb(arm_j, arm_r)
    dig = {k: (pl.ps(j), [pl.r(v * (0.93 if k != "thumb" else 0.97)) for v in r]) for k, (j, r) in F.items()}
    whole = fillet(unary_union([bk, arm, *[limb(j, r) for j, r in dig.values()]]), pl.r(4)).buffer(-1.2).buffer(1.2)
    rest = fillet(arm.union(bk), 24)
    tones = [
        (
            P.lit(rest, -pl.r(14), soft=3).difference(
                unary_union([Point(*j[0]).buffer(r[0] * 1.3) for k, (j, r) in dig.items()])
            ),
            "s3",
        ),
        (
            P.lit(rest, pl.r(8), soft=2).difference(
                unary_union(
                    [limb(*dig["thumb"]).buffer(16)] + [Point(*j[0]).buffer(r[0] * 1.9) for k, (j, r) in dig.items()]
                )
            ),
            "s1",
        ),
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
        tones += [(P.lit(part, -pl.r(8)).difference(base), "s3"), (P.lit(part, pl.r(6)).difference(base), "s1")]
        cuts += cross_hatch(j, r, start=0.3, end=0.86, step=pl.r(14), width=1.7)
        for s, m in ((0.7, 0.8),) if th else ((0.49, 0.85), (0.77, 0.7)):
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
            cuts += [lens(b0 + w * pl.r(26), b0 + w * pl.r(72), 2.5, 1)]
            pale += [lens(b0 + nr * pl.r(11) - w * 8, b0 - nr * pl.r(4) + w * 3, 2.5, pl.r(-5))]
    keyc += [lens(pl.p((-20, y)), pl.p((16, y + 2)), 1.1, pl.r(4) * pl.m) for y in (22, 29)]
    cuts += cross_hatch(arm_j[:3], arm_r[:3], start=0.05, end=1, step=pl.r(16), deep=0.7, width=2.4)
    sh = move(whole, 13, 20)
    P.block(sh.intersection(tray), "f3", covers=False, err=2)
    P.block(sh.difference(tray.union(move(tray, 0, 16))), "gs", covers=False, err=2)
    L = P.block(whole, "s2", key=5.2, lean=0.85, tones=tones + [(unary_union(nails), "s1")])
    P.cut(L, cuts, "s3")
    P.cut(L, pale, "s1")
    P.cut(L, keyc)


lefthand(pl, F)
sleeve(P, pl.p((-4, 84)), pl.p((-16, 420)), 52, 84, "e")
# cast shadow of pot and arm: they hang in the air, so it falls farther off
sh = move(unary_union([Point(*B).buffer(126), handle, allh]), 34, 50).difference(Polygon(spline(hj, 6)).buffer(30))
# pot
P.block(sh.difference(unary_union([tray, move(tray, 0, 16)])).intersection(FRAME), "gs", covers=False, err=3)
P.block(ell((lip[0] + 4, CUP[1] - 22), 17, 6), "s2", covers=False)
P.block(st, "cof", key=1.6)
L = P.block(handle, "key", key=4)
P.cut(L, [lens(q(70, 150), q(108, 184), 2.4, -5)], "k2")
L = P.block(
    pot, "key", key=5, tones=[(P.lit(pot.buffer(-4), 5, soft=1).difference(Point(*pp(20, -110)).buffer(120)), "k2")]
)
arcs = []
for rr, a0, a1, w in ((118, 3.35, 4.75, 4.2), (106, 3.55, 4.6, 3.2), (94, 3.8, 4.35, 2.4)):
    k = max(1, int((a1 - a0) / 0.22))
    for j in range(k):
        s, e = a0 + (a1 - a0) * (j + 0.06) / k, a0 + (a1 - a0) * (j + 0.94) / k
        pt = lambda a: (B[0] + rr * math.cos(a), B[1] + rr * math.sin(a))
        arcs.append(lens(pt(s), pt(e), w, -rr * (1 - math.cos((e - s) / 2))))
P.cut(L, arcs, "k2")
P.cut(
    L,
    [lens(q(a, 26 - 0.02 * a), q(a + 52, 24 - 0.02 * a), 2.8, 1) for a in (122, 182)]
    + [lens(q(112, c), q(112, c - 16), 2, 5) for c in (40, 18, -4, -26)]
    + [lens(q(124, c), q(124, c - 14), 1.8, 5) for c in (34, 14, -6, -24)],
    "k2",
)
mouth = Polygon([pp(304 + 13 * math.cos(t), 49 * math.sin(t)) for t in np.linspace(0, math.tau, 32)])
P.block(mouth, "k2", key=3)
P.block(
    Polygon([pp(305 + 8 * math.cos(t), 40 * math.sin(t) - 3) for t in np.linspace(0, math.tau, 28)]),
    "cof",
    covers=False,
)
# hand over the handle
L = P.block(
    back,
    "s2",
    key=6.5,
    tones=[
        (P.lit(back, -15, soft=3).difference(unary_union([Point(*J[k][0][0]).buffer(30) for k in J])), "s3"),
        (P.lit(back, 9, soft=2), "s1"),
    ],
    open=unary_union([Point(*J[k][0][0]).buffer(J[k][1][0] * 1.1) for k in J]),
)
P.cut(
    L,
    [lens(q(a, c - 18 + 52), q(a - 18, c + 60), 2.6, 3) for a, c, _ in KN.values()]
    + cross_hatch(
        [q(120, 320), wr, tuple(np.array(wr) + np.array([-70, -84]))],
        [50, 46, 48],
        start=0.1,
        end=1,
        step=15,
        deep=0.6,
        width=2.4,
    ),
    "s3",
)
P.cut(
    L,
    [lens(q(a - 13, c - 2), q(a + 7, c + 4), 3, -6) for a, c, _ in KN.values()]
    + [lens(q(84, 300), q(98, 256), 2.4, 4)],
    "s1",
)
for k in ("pinky", "ring", "middle", "index"):
    digit(P, *J[k], merge=1.18, nails=False, creases=(0.8,), start=0.42, hatch=13)
digit(P, *J["thumb"], merge=1.3, creases=(0.66,), start=0.4)
P.block(fillet(allh, 2), "", key=6.5, covers=False)
d_ = uv(np.array(far) - np.array(wr))
sleeve(P, tuple(np.array(wr) + d_ * 70), tuple(np.array(wr) + d_ * 360), 52, 84, "c")
defs, d = cloth.pattern("yonas-gebre", "c", 3.4, -40, 60, 60)
P.defs = f"<defs>{defs}{SYM}{cloth.again('c', 'e', 3.4, 23, 760, 300)}</defs>"
P.dark.update(cloth.dark_of(d))
open("coffee.svg", "w").write(P.svg())
