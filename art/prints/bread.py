import cloth
from hands import *

R = random.Random(7)
LIGHTS = {
    "g": "#c9dfea",
    "g2": "#aecbdc",
    "gs": "#9fbfd3",
    "key": "#231e22",
    "k2": "#51464e",
    "s1": "#dba470",
    "s2": "#b06f43",
    "s3": "#7c4528",
    "b1": "#fbf3de",
    "b2": "#efd9ab",
    "b3": "#d39c57",
    "b4": "#7d4a24",
    "fire": "#a8233a",
    "f2": "#ecb732",
}
DARKS = {
    "g": "#1b3245",
    "g2": "#2a4a66",
    "gs": "#101f2c",
    "key": "#0d0b0f",
    "k2": "#443e47",
    "s1": "#d0945f",
    "s2": "#9c5f38",
    "s3": "#643520",
    "b1": "#f0e2c2",
    "b2": "#dfc591",
    "b3": "#b98143",
    "b4": "#66391a",
    "fire": "#b5324a",
    "f2": "#f0b93a",
}
P = Press(LIGHTS, DARKS)
C = (400, 388)
RS = 264
pt = lambda r, a, c=C: (c[0] + r * math.cos(a), c[1] + r * math.sin(a))
P.block(box(-5, -5, W + 5, H + 5), "g", covers=False)
marks = []
for ring, n_ in ((424, 17), (492, 19), (562, 21), (632, 24)):
    for k in range(n_):
        a = k * math.tau / n_ + ring * 0.37 + R.uniform(-0.05, 0.05)
        r = ring + R.uniform(-16, 16)
        x, y = pt(r, a)
        if 6 < x < 794 and 6 < y < 994:
            d = R.uniform(12, 21) / r
            marks.append(lens(pt(r, a - d), pt(r, a + d), 3.2, -r * (1 - math.cos(d))))
P.cut(P.layers[-1], marks, "g2")
GROUND = P.layers[-1]


def flame(a, l, w, s, k=1.0):
    """a tongue: tapers along a spine that bends and bends back"""
    r0 = RS - 10
    sp = [
        (0, 0, 1),
        (0.22, -0.02 * s, 1.0),
        (0.45, 0.10 * s, 0.80),
        (0.66, 0.42 * s, 0.50),
        (0.84, 0.80 * s, 0.25),
        (1, 1.02 * s, 0.03),
    ]
    return limb([pt(r0 + (l + 12) * t * k, a + v * k) for t, v, _ in sp], [w * u * k**0.7 for _, _, u in sp], 6)


outer, inner, core = [], [], []
seq = [(58, 25, 0.18), (98, 32, 0.26), (70, 27, 0.15), (112, 33, 0.28), (64, 26, 0.2), (88, 31, 0.16)]
a, k = math.radians(150), 0
while a < math.radians(388):
    l, w, sw = seq[k % 6]
    outer.append(flame(a, l, w, sw))
    inner.append(flame(a + 0.01, l * 0.95, w * 0.62, sw, 0.62))
    a += (w * 1.36) / RS
    k += 1
P.block(fillet(unary_union(outer), 2), "fire", err=2.2)
P.block(unary_union(inner), "f2", covers=False, err=2.4)
saj = Point(*C).buffer(RS, 64)
L = P.block(saj, "key")
arcs = []
for rr, a0, a1, w in (
    (RS - 10, 3.3, 5.0, 3.6),
    (RS - 21, 3.5, 4.75, 2.8),
    (RS - 31, 3.75, 4.4, 2),
    (RS - 10, 5.3, 5.7, 2.4),
    (RS - 9, 6.3, 6.7, 2),
):
    k = max(1, int((a1 - a0) / 0.2))
    for j in range(k):
        s, e = a0 + (a1 - a0) * (j + 0.06) / k, a0 + (a1 - a0) * (j + 0.94) / k
        arcs.append(lens(pt(rr, s), pt(rr, e), w, -rr * (1 - math.cos((e - s) / 2))))
P.cut(L, arcs, "k2")
# the sheet of dough: lies on the iron, still soft where the hands hold it
q = random.Random(5)


def rim(a):
    r = 229 + 6 * math.sin(2 * a + 1) + 7 * math.sin(5 * a + 0.5) + 4 * math.sin(9 * a + 2) + 3 * math.sin(14 * a)
    return pt(r, a, (402, 390))


top = [rim(math.radians(v)) for v in range(150, 392, 8)]
sheet = top + [
    (598, 560),
    (590, 622),
    (566, 676),
    (528, 706),
    (490, 694),
    (452, 712),
    (410, 700),
    (372, 716),
    (330, 700),
    (290, 706),
    (246, 680),
    (214, 626),
    (200, 566),
]
bread = blob(sheet, 6)
tones = [(P.lit(bread, -13, soft=2), "b3"), (P.lit(bread, 10, soft=1), "b1")]
L = P.block(bread, "b2", key=6, tones=tones)
# browned islands and blisters
brown, black, gl, sh, placed = [], [], [], [], []
tries = 0
while len(placed) < 36 and tries < 6000:
    tries += 1
    an, rr = q.uniform(0, math.tau), 208 * math.sqrt(q.random())
    r = q.choice((5, 6, 7, 8, 10, 12, 15, 19, 26, 32))
    x, y = pt(rr, an, (402, 384))
    if rr + r * 1.1 < 209 and y < 500 and all(math.hypot(x - u, y - v) > r + s + 9 for u, v, s in placed):
        placed.append((x, y, r))


def patch(x, y, r, k=9, rough=0.26):
    ph = q.uniform(0, math.tau)
    return blob(
        [
            (
                x + r * q.uniform(1 - rough, 1 + rough) * 1.12 * math.cos(ph + i * math.tau / k),
                y + r * q.uniform(1 - rough, 1 + rough) * 0.9 * math.sin(ph + i * math.tau / k),
            )
            for i in range(k)
        ],
        4,
    )


tiny = ""
for x, y, r in placed:
    if r < 8:
        tiny += f"M{x:.0f} {y:.0f}h{q.randint(1, 4)}"
        continue
    b = patch(x, y, r, 6, 0.16)
    if r > 14:
        b = fillet(
            unary_union(
                [
                    b,
                    patch(
                        x + r * q.uniform(0.5, 0.8) * q.choice((-1, 1)), y + r * q.uniform(-0.5, 0.5), r * 0.55, 6, 0.15
                    ),
                ]
            ),
            3,
        )
    brown.append(b)
    if r > 9:
        for _ in range(2 if r < 14 else 3):
            an = q.uniform(0, math.tau)
            black.append(
                patch(
                    x + r * 0.5 * math.cos(an), y + r * 0.42 * math.sin(an), r * q.uniform(0.2, 0.42), 6, 0.18
                ).intersection(b)
            )
    if r > 18:
        gl.append(lens((x - r * 1.3, y + r * 0.1), (x - r * 0.1, y - r * 1.15), r * 0.09, -r * 0.42))
        sh.append(lens((x + r * 1.35, y - r * 0.1), (x + r * 0.1, y + r * 1.2), r * 0.08, -r * 0.42))
# folds run from the hands into the sheet
fm, fl = [], []
for hx, hy, aim in ((322, 590, 1), (470, 590, -1)):
    for k in range(5):
        an = math.radians(-90 + (k - 2) * 19 + aim * 8)
        r0, r1 = 40, 40 + [44, 70, 92, 70, 44][k]
        m = lens(pt(r0, an, (hx, hy)), pt(r1, an, (hx, hy)), 3.2, aim * 4)
        fm.append(m)
        fl.append(lens(m[0] + np.array([-5, -2]), m[3] + np.array([-5, -2]), 2.4, aim * 4))
P.cut(L, fm + sh, "b3")
P.cut(L, fl + gl, "b1")
P.block(unary_union(brown), "b3", covers=False, err=1.7)
P.block(
    Polygon(),
    "svg",
    covers=False,
    raw=f'<path fill="none" stroke="{LIGHTS["b3"]}" stroke-width="11" stroke-linecap="round" d="{tiny}"/>',
)
P.block(unary_union(black), "b4", covers=False, err=1.6)

BASE = {  # a left hand seen from its back: joints from knuckle to tip, radii
    "pinky": ([(-41, -112), (-56, -152), (-66, -190), (-72, -219)], [15.5, 13, 11.5, 8.5]),
    "ring": ([(-20, -130), (-31, -186), (-37, -234), (-40, -266)], [18, 15, 13, 9.5]),
    "middle": ([(8, -136), (9, -198), (11, -250), (13, -287)], [18.5, 15.5, 13.5, 10]),
    "index": ([(36, -130), (47, -186), (54, -230), (59, -262)], [18, 15, 13, 9.5]),
    "thumb": ([(24, -24), (60, -68), (88, -106), (110, -146), (120, -173)], [26, 22, 18, 15, 10.5]),
}


def hand(pl, F, sleeve):
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
    arm = limb(arm_j, arm_r)
    dig = {k: (pl.ps(j), [pl.r(v * (0.93 if k != "thumb" else 0.97)) for v in r]) for k, (j, r) in F.items()}
    limbs = {k: limb(j, r) for k, (j, r) in dig.items()}
    whole = fillet(unary_union([back, arm, *limbs.values()]), pl.r(4)).buffer(-1.2).buffer(1.2)
    rest = fillet(arm.union(back), 24)
    tones = [
        (
            P.lit(rest, -pl.r(14), soft=3).difference(
                unary_union([Point(*j[0]).buffer(r[0] * 1.3) for k, (j, r) in dig.items() if k != "thumb"])
            ),
            "s3",
        ),
        (
            P.lit(rest, pl.r(8), soft=2).difference(
                unary_union([Point(*j[0]).buffer(r[0] * 1.9) for k, (j, r) in dig.items() if k != "thumb"])
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
        tones += [
            (P.lit(part, -pl.r(8)).difference(base), "s3"),
            (P.lit(part, pl.r(6)).difference(Point(*reach[0]).buffer(rr[0] * 0.7)), "s1"),
        ]
        cuts += cross_hatch(j, r, start=0.3, end=0.86, step=pl.r(12), width=1.7)
        for s, m in ((0.7, 0.8),) if th else ((0.42, 0.85), (0.73, 0.7)):
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
    P.block(move(whole, 13, 17).intersection(bread), "b3", covers=False, err=2)
    P.block(move(whole, 13, 17).difference(bread.union(saj)), "gs", covers=False, err=2)
    L = P.block(whole, "s2", key=6.5, tones=tones + [(unary_union(nails), "s1")])
    P.cut(L, cuts, "s3")
    P.cut(L, pale, "s1")
    P.cut(L, keyc)
    # the sleeve, rolled up: the host's own cloth
    key, unit = sleeve
    top, end = pl.p((-3, 100)), pl.p((-16, 420))
    body = limb([top, end], [pl.r(54), pl.r(84)], 8)
    d = uv(np.array(end) - np.array(top))
    nr = np.array([-d[1], d[0]])
    o = np.array(top)
    half = Polygon(
        [tuple(o + nr * 200), tuple(o + d * 600 + nr * 200), tuple(o + d * 600 - nr * 200), tuple(o - nr * 200)]
    )
    body = body.intersection(half)
    S = P.block(body, f"url(#{key})", key=6)
    cuff = limb(
        [tuple(o + nr * pl.r(54) + d * 7), tuple(o + d * -5), tuple(o - nr * pl.r(54) + d * 7)],
        [pl.r(15), pl.r(17), pl.r(15)],
        6,
    )
    K = P.block(cuff, "fire", key=5, tones=[(P.lit(cuff, 6), "c1")])
    P.cut(K, [lens(o + nr * pl.r(v) + d * -8, o + nr * pl.r(v + 4) + d * 14, 1.6, 1) for v in range(-46, 52, 13)])


LIGHTS["c1"] = "#c8485b"
DARKS["c1"] = "#cf5a6c"
turn1, turn2 = 21, -24
defs, d = cloth.pattern("samira-khoury", "c", 3.6, turn1, 60, 900)
P.defs = f"<defs>{defs}{cloth.again('c', 'e', 3.6, turn2, 740, 900)}</defs>"
P.dark.update(cloth.dark_of(d))
hand(Place(204, 806, turn1, 1.02), BASE, ("c", 3.6))
F2 = {k: ([tuple(p) for p in j], r) for k, (j, r) in BASE.items()}
F2["index"] = ([(36, -130), (44, -184), (47, -228), (48, -260)], F2["index"][1])
F2["middle"] = ([(8, -136), (5, -198), (3, -250), (2, -286)], F2["middle"][1])
F2["ring"] = ([(-20, -130), (-35, -186), (-43, -233), (-47, -264)], F2["ring"][1])
F2["pinky"] = ([(-41, -112), (-61, -151), (-74, -186), (-83, -213)], F2["pinky"][1])
F2["thumb"] = ([(24, -24), (58, -70), (82, -110), (98, -152), (104, -181)], F2["thumb"][1])
hand(Place(604, 800, turn2, 1.02, mirror=True), F2, ("e", 3.6))
P.report = True
open("bread.svg", "w").write(P.svg())
