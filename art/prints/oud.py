import cloth
import kit
from hands import *

R = random.Random(5)
LIGHTS = {
    "g": "#33427f",
    "g2": "#4d5d9c",
    "gs": "#222d5e",
    "key": "#231e22",
    "s1": "#edc093",
    "s2": "#cc8f60",
    "s3": "#8f5836",
    "w0": "#f6d9a0",
    "w1": "#e8bd78",
    "w2": "#b5763c",
    "w3": "#7d4622",
    "d1": "#fff6e2",
    "f2": "#ecb732",
    "fire": "#a8233a",
    "c1": "#c8485b",
}
DARKS = {
    "g": "#1c2547",
    "g2": "#2f3b69",
    "gs": "#11182f",
    "key": "#0d0b0f",
    "s1": "#dfb083",
    "s2": "#b97d51",
    "s3": "#794729",
    "w0": "#e4c387",
    "w1": "#cfa362",
    "w2": "#9c6432",
    "w3": "#683a1c",
    "d1": "#efe3c8",
    "f2": "#f0b93a",
    "fire": "#b5324a",
    "c1": "#cf5a6c",
}
P = Press(LIGHTS, DARKS)
kit.RING = 2.2
kit.TONE = 2.3
P.block(box(-5, -5, W + 5, H + 5), "g", covers=False)
GR = P.layers[-1]
ph = math.radians(23)
t = np.array([-math.cos(ph), -math.sin(ph)])
nn = np.array([-math.sin(ph), math.cos(ph)])
O = np.array([474.0, 526.0])
o = lambda a, c: tuple(O + t * a + nn * c)
prof = [
    (-468, 60),
    (-452, 132),
    (-400, 214),
    (-320, 268),
    (-220, 290),
    (-120, 280),
    (-20, 242),
    (80, 180),
    (160, 118),
    (220, 70),
    (262, 46),
]
board = Polygon(spline([o(a, c) for a, c in prof], 8) + spline([o(a, -c) for a, c in prof[::-1]], 8)).buffer(0)
neck = Polygon([o(246, 46), o(556, 33), o(556, -33), o(246, -46), o(232, -30), o(196, 0), o(232, 30)])
f_ = lambda a: (lambda x: x * x * (3 - 2 * x))(min(1, max(0, (262 - a) / 330)))
sweep = lambda k: Polygon(
    spline([o(a, c + k * 64 * f_(a)) for a, c in prof], 8) + spline([o(a, -c * 0.8) for a, c in prof[::-1]], 8)
).buffer(0)
bowl = sweep(1.0).union(board)
LAMP = (480, 232)
FL = (414, 186)
# the light goes out from the lamp
marks = []
for ring, n_ in ((112, 13), (174, 19), (256, 20), (350, 20), (470, 24), (600, 24)):
    for k in range(n_):
        a = k * math.tau / n_ + ring * 0.31 + R.uniform(-0.07, 0.07)
        r0 = ring + R.uniform(-14, 14)
        l = R.uniform(18, 34)
        pt = lambda r: (FL[0] + r * math.cos(a), FL[1] + r * math.sin(a))
        m = lens(pt(r0), pt(r0 + l), 3.3 if ring < 300 else 2.7, 0)
        if all(4 < p[0] < 796 and 4 < p[1] < 996 for p in (m[0], m[3])) and not unary_union(
            [bowl, neck, Point(*LAMP).buffer(86)]
        ).buffer(10).intersects(lens_poly(m)):
            marks.append(m)
P.cut(GR, [m for m in marks if np.hypot(m[0][0] - FL[0], m[0][1] - FL[1]) >= 225], "g2")
P.cut(GR, [m for m in marks if np.hypot(m[0][0] - FL[0], m[0][1] - FL[1]) < 225], "f2")
# lamp: a clay dish with oil, seen from above
dish = fillet(Point(*LAMP).buffer(68, 32).union(limb([LAMP, (424, 178), (409, 168)], [52, 22, 15])), 28)
P.block(move(dish, 14, 22), "gs", covers=False)
P.block(dish, "w2", key=6, tones=[(P.lit(dish, -13), "w3"), (P.lit(dish, 9), "w1")])
oil = fillet(Point(*LAMP).buffer(48, 28).union(limb([LAMP, (428, 181), (416, 173)], [32, 10, 6])), 22)
P.block(oil, "w3", key=4, tones=[(oil.difference(move(oil, 7, 11)), "key")])
P.cut(
    P.layers[-1],
    [
        lens((LAMP[0] - 8, LAMP[1] + 40), (LAMP[0] + 40, LAMP[1] + 8), 3.2, -9),
        lens((LAMP[0] + 4, LAMP[1] + 26), (LAMP[0] + 26, LAMP[1] + 10), 2.4, -5),
    ],
    "f2",
)
tongue = lambda k: limb(
    [
        (FL[0] + 3, FL[1] + 4),
        (FL[0] - 4, FL[1] - 16 * k),
        (FL[0] - 4, FL[1] - 36 * k),
        (FL[0] + 6 * k, FL[1] - 58 * k),
        (FL[0] + 26 * k, FL[1] - 82 * k),
    ],
    [16 * k, 20 * k, 17 * k, 10 * k, 1],
    6,
)
big = tongue(1)
P.block(big, "fire", key=4)
P.block(tongue(0.66).intersection(big.buffer(-3)), "f2", covers=False)
P.block(limb([(FL[0] - 1, FL[1] - 6), (FL[0] - 2, FL[1] - 22)], [8, 5]), "d1", covers=False)
# ---------------------------------------------------------------- left hand's part behind the neck
wl = np.array([110.0, 566.0])
fl_ = np.array([86.0, 930.0])
th_root = o(372, 128)
palm = fillet(
    unary_union(
        [
            limb([tuple(wl), o(350, 110), o(372, 40)], [46, 56, 50]),
            limb([o(352, 112), o(384, 72), o(398, 12)], [46, 34, 28]),
            limb([o(330, 110), o(322, 30)], [38, 34]),
            limb([tuple(wl), tuple(fl_)], [46, 72]),
        ]
    ),
    18,
)
FG = dict(  # tips on the strings; the middle joint beyond the far edge
    pinky=([o(322, -34), o(306, -74), o(310, -66), o(322, -34), o(330, -14)], [13, 14, 14.5, 12.5, 9.5]),
    ring=([o(356, -34), o(342, -84), o(347, -78), o(358, -34), o(366, -2)], [15, 16, 16.5, 14, 10.5]),
    middle=([o(392, -34), o(384, -92), o(389, -84), o(396, -40), o(402, -8)], [16, 17, 17.5, 14.5, 11]),
    index=([o(432, -34), o(434, -86), o(439, -80), o(444, -38), o(446, -4)], [16, 16.5, 17, 14, 10.5]),
)
TH = ([o(362, 138), o(392, 106), o(408, 74), o(412, 44)], [34, 25, 20.5, 14.5])
allh = unary_union([palm] + [limb(*j) for j in FG.values()])
# cast shadow
P.block(
    unary_union([move(bowl, 18, 30), move(neck, 14, 26), move(allh, 16, 26)]).intersection(FRAME),
    "gs",
    covers=False,
    err=3,
)
P.block(palm, "s2", tones=[(P.lit(palm, -17, soft=3), "s3"), (P.lit(palm, 9, soft=2), "s1")])
PL = P.layers[-1]
for k, (j, r) in FG.items():  # first joint, under the neck and out
    P.block(limb([o(0, 0)] * 0 + [tuple(np.array(j[0]) + nn * 20), j[0], j[1]], [r[0], r[0], r[1]]), "s3", key=4)
# bowl of staves
for k, ink in ((1.0, "w3"), (0.74, "w2"), (0.5, "w3"), (0.26, "w2")):
    P.block(sweep(k).intersection(FRAME.buffer(12)), ink, key=5 if k == 1 else 2, err=2)
B_ = P.block(board, "w1", key=5, tones=[(P.lit(board, 10), "w0")])
edge = board.buffer(-12).difference(board.buffer(-17))
P.block(edge.intersection(FRAME.buffer(9)), "w3", covers=False, err=1.8)
grain = []
for c in range(-240, 250, 30):
    a = -430 + R.uniform(0, 120)
    while a < 200:
        l = R.uniform(60, 130)
        m = lens(o(a, c + R.uniform(-4, 4)), o(a + l, c + R.uniform(-4, 4)), 2, 0)
        if board.buffer(-26).contains(lens_poly(m)) and R.random() < 0.45 and np.hypot(*(m[0] - O)) > 104:
            grain.append(m)
        a += l + R.uniform(40, 120)
P.cut(B_, grain, "w2")
# guard, where the risha strikes
guard = blob(
    [o(-104, 0), o(-120, 50), o(-165, 74), o(-220, 52), o(-262, 0), o(-220, -52), o(-165, -74), o(-120, -50)], 6
)
P.block(guard, "w3", covers=False)


# roses: 12-fold, cut through
def rose(c, r, n_, ks, w):
    c = np.array(c)
    P.block(Point(*c).buffer(r * 1.16, 32), "w2", key=2.4)
    P.block(Point(*c).buffer(r, 32), "key", covers=False)
    d = ""
    for k, rr, ph_ in ks:
        seen = set()
        for s in range(math.gcd(n_, k)):
            pts = [
                c
                + rr
                * r
                * np.array([math.cos(math.tau * (s + i * k) / n_ + ph_), math.sin(math.tau * (s + i * k) / n_ + ph_)])
                for i in range(n_ // math.gcd(n_, k))
            ]
            d += "M" + "L".join(f"{p[0]:.0f} {p[1]:.0f}" for p in pts) + "z"
    P.block(
        Polygon(),
        "svg",
        covers=False,
        raw=f'<path fill="none" stroke="{LIGHTS["w1"]}" stroke-linejoin="round" stroke-width="{w}" d="{d}"/>',
    )
    P.block(Point(*c).buffer(r * 0.16, 12), "w1", covers=False)


rose(o(0, 0), 92, 12, ((4, 0.97, 0), (4, 0.49, 0)), 4.2)
rose(o(-176, 172), 40, 8, ((3, 0.95, 0),), 3.4)
rose(o(-176, -172), 40, 8, ((3, 0.95, 0),), 3.4)
# neck
P.block(neck.intersection(FRAME.buffer(9)), "w3", key=5, tones=[(P.lit(neck, 5), "w2")])
# bridge
br = limb([o(-316, -90), o(-316, 90)], [15, 15])
P.block(br, "w3", key=4, tones=[(P.lit(br, 5), "w2")])
# strings: five pairs and one
S = []
for i in range(6):
    cb, cn = -66 + i * 26.4, -26 + i * 10.4
    for e in (-1, 1) if i < 5 else (0,):
        S.append((i, cb + e * 4.2, cn + e * 2.3))
line = lambda c0, c1, d=(0, 0): (
    f"M{o(-316, c0)[0] + d[0]:.0f} {o(-316, c0)[1] + d[1]:.0f}L{o(580, c1)[0] + d[0]:.0f} {o(580, c1)[1] + d[1]:.0f}"
)
P.block(
    Polygon(),
    "svg",
    covers=False,
    raw=f'<path stroke="{LIGHTS["w3"]}" stroke-width="2" d="{"".join(line(b, n_, (3, 4)) for _, b, n_ in S)}"/>'
    f'<path stroke="{LIGHTS["d1"]}" stroke-width="2.2" d="{"".join(line(b, n_) for i, b, n_ in S if i < 3)}"/><path stroke="{LIGHTS["f2"]}" stroke-width="2.8" d="{"".join(line(b, n_) for i, b, n_ in S if i >= 3)}"/>',
)
# fingers of the left hand come over the far edge
for k in ("pinky", "ring", "middle", "index"):
    j, r = FG[k]
    digit(P, j[1:], r[1:], nails=True, creases=(0.42,), start=0.1, hatch=12)
digit(P, *TH, merge=1.3, creases=(0.66,), start=0.4)
P.block(fillet(palm.union(limb(*TH)), 5), "", key=6.5, covers=False, open=neck.buffer(1))
P.cut(
    PL,
    cross_hatch(
        [o(350, 110), tuple(wl), tuple(wl * 0.7 + fl_ * 0.3)],
        [56, 46, 50],
        start=0.1,
        end=1,
        step=15,
        deep=0.6,
        width=2.4,
    ),
    "s3",
)
P.cut(PL, [lens(tuple(wl + np.array([-26, y])), tuple(wl + np.array([24, y + 6])), 1.2, -5) for y in (12, 22)])
d_ = uv(fl_ - wl)
sleeve(P, tuple(wl + d_ * 78), tuple(wl + d_ * 460), 58, 92, "c")
# ---------------------------------------------------------------- right hand with the risha
TIP = np.array(o(-100, -6))
an = math.radians(63)
u = np.array([math.cos(an), math.sin(an)])
w_ = np.array([-u[1], u[0]])
SC = 0.92
q = lambda x, c: tuple(TIP + u * (58 + x) * SC + w_ * c * SC)
RJ = dict(
    pinky=([q(206, -92), q(158, -118), q(120, -112), q(104, -92)], [19, 17, 15.5, 13]),
    ring=([q(180, -84), q(118, -112), q(72, -104), q(56, -82)], [21, 19, 17, 14]),
    middle=([q(162, -62), q(92, -94), q(38, -80), q(18, -52)], [22, 19.5, 17.5, 14.5]),
    index=([q(150, -34), q(82, -62), q(24, -46), q(-4, -14)], [22, 19.5, 17, 13.5]),
    thumb=([q(206, 62), q(118, 66), q(54, 40), q(6, 10)], [34, 25, 20.5, 14.5]),
)
wr = np.array(q(296, 14))
far = wr + np.array([230, 200])
bk = fillet(
    unary_union(
        [
            limb([q(150, -34), q(226, -16), tuple(wr)], [25, 48, 44]),
            limb([q(162, -62), q(236, -30)], [25, 46]),
            limb([q(180, -84), q(240, -40)], [24, 44]),
            limb([q(206, -92), q(262, -30)], [21, 40]),
            limb([q(140, 66), q(206, 62), q(270, 30)], [27, 34, 40]),
            limb([q(196, 14), q(240, 20)], [28, 46]),
            limb([tuple(wr), tuple(far)], [42, 66]),
        ]
    ),
    26,
)
risha = Polygon(
    [tuple(TIP - w_ * 2), q(-46, -6.5), q(-6, -9), q(200, -9), q(200, 9), q(-6, 9), q(-46, 6.5), tuple(TIP + w_ * 2)]
).buffer(1.2)
rh = unary_union([bk] + [limb(*j) for j in RJ.values()])
shd = unary_union([move(rh, 15, 24), move(risha, 8, 12)])
P.block(shd.intersection(board), "w2", covers=False, err=2.2)
P.grp = "r"
for k in ("pinky", "ring", "middle"):
    digit(P, *RJ[k], nails=False, creases=(0.42,), start=0.2, hatch=14)
P.grp = None
P.block(risha, "d1", key=4, tones=[(P.lit(risha, -6), "w1")])
roots = unary_union([Point(*RJ[k][0][0]).buffer(RJ[k][1][0] * 1.05) for k in RJ])
L = P.block(
    bk,
    "s2",
    key=6.5,
    tones=[
        (P.lit(bk, -15, soft=3), "s3"),
        (
            P.lit(bk, 9, soft=2).difference(
                unary_union(
                    [Point(*q(180, 30)).buffer(62)] + [Point(*RJ[k][0][0]).buffer(RJ[k][1][0] * 1.4) for k in RJ]
                )
            ),
            "s1",
        ),
    ],
    open=roots,
)
P.cut(
    L,
    cross_hatch(
        [q(268, -10), tuple(wr), tuple(wr * 0.6 + far * 0.4)],
        [56, 46, 52],
        start=0.1,
        end=1,
        step=15,
        deep=0.6,
        width=2.4,
    )
    + [
        lens(q(182, -30), q(244, -6), 2.6, 3),
        lens(q(196, -56), q(252, -24), 2.4, 3),
        lens(q(214, -78), q(262, -40), 2.2, 3),
    ],
    "s3",
)
P.cut(
    L,
    [
        lens(q(166, -22), q(160, -46), 2.6, 4),
        lens(q(180, -52), q(174, -74), 2.6, 4),
        lens(q(200, -78), q(192, -96), 2.4, 4),
    ],
    "s1",
)
digit(P, *RJ["index"], merge=1.34, creases=(0.36, 0.7), start=0.3)
digit(P, *RJ["thumb"], merge=1.9, creases=(0.68,), start=0.42)
RING = unary_union([bk, limb(*RJ["thumb"])])
P.block(
    RING,
    "",
    key=6.5,
    covers=False,
    open=unary_union(
        [
            roots.difference(Point(*RJ["thumb"][0][0]).buffer(50)),
            limb(*RJ["index"]).buffer(3),
            Polygon([q(-20, -60), q(150, -60), q(230, 40), q(150, 66), q(-20, 66)]),
        ]
    ),
)
d_ = uv(far - wr)
sleeve(P, tuple(wr + d_ * 64), tuple(wr + d_ * 400), 54, 88, "e")
defs, d = cloth.pattern("nour-issa", "c", 3.4, 4, 90, 800)
P.defs = f"<defs>{defs}{cloth.again('c', 'e', 3.4, -53, 760, 900)}</defs>"
P.dark.update(cloth.dark_of(d))
open("oud.svg", "w").write(P.svg())
