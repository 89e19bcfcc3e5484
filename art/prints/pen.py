import cloth
import glyphs
from hands import *

R = random.Random(4)
LIGHTS = {
    "g": "#f6dc8a",
    "g2": "#ecc95f",
    "gs": "#d9b04a",
    "key": "#231e22",
    "k2": "#5a4d57",
    "s1": "#e0ab78",
    "s2": "#bd7d4f",
    "s3": "#84502f",
    "p1": "#fdfaf1",
    "p2": "#ece2ca",
    "reed1": "#f0c873",
    "reed2": "#c98d38",
    "reed3": "#8a5722",
    "fire": "#a8233a",
    "c1": "#c8485b",
    "ink": "#26356f",
    "ink1": "#5266b0",
}
DARKS = {
    "g": "#423413",
    "g2": "#57461e",
    "gs": "#2a210b",
    "key": "#0d0b0f",
    "k2": "#4a3f49",
    "s1": "#d49c69",
    "s2": "#a86b40",
    "s3": "#6b3f23",
    "p1": "#ebe0c8",
    "p2": "#cfc09c",
    "reed1": "#e6b95f",
    "reed2": "#b87e2f",
    "reed3": "#774a1c",
    "fire": "#b5324a",
    "c1": "#cf5a6c",
    "ink": "#3a4b95",
    "ink1": "#6c80cb",
}
P = Press(LIGHTS, DARKS)
P.block(box(-5, -5, W + 5, H + 5), "g", covers=False)
marks = []
for y in range(18, 1000, 46):
    x = -40 + R.uniform(0, 90)
    while x < 800:
        l = R.uniform(34, 74)
        marks.append(lens((x, y + R.uniform(-9, 9)), (x + l, y + R.uniform(-9, 9)), 3.2, 2))
        x += l + R.uniform(60, 150)
sheet = spin(box(72, 62, 716, 930), -2.4, (400, 500))
P.cut(P.layers[-1], [m for m in marks if not sheet.buffer(8).contains(Point(*((m[0] + m[3]) / 2)))], "g2")
P.block(move(sheet, 16, 20), "gs", covers=False)
L = P.block(sheet, "p1", key=5, tones=[(sheet.difference(move(sheet, -7, -9)), "p2")])
# ruled, as for practice
rules = [lens((112, y + 10), (660, y - 13), 1.0, 0) for y in (250,)]
P.cut(L, rules, "p2")
# the word
N = np.array([196.0, 590.0])
probe = unary_union(glyphs.shape("هنر", 500, (0, 0)))
b = probe.bounds
tail = min(((x, y) for p in polys(probe) for x, y in p.exterior.coords), key=lambda q: q[0] - q[1] * 1.0)
SIZE = 500 * 430 / (b[2] - b[0])
f = SIZE / 500
at = (N[0] - tail[0] * f, N[1] - tail[1] * f)
letters = glyphs.shape("هنر", SIZE, at)
word = unary_union(letters)
print("word", word.bounds)
P.block(word, "key", covers=False, raw=glyphs.data("هنر", SIZE, at))
wet = []
tailside = sorted(polys(word), key=lambda p: -p.area)[0]
P.block(
    tailside.difference(move(tailside, 5, 5))
    .intersection(lens_poly(lens(tuple(N + np.array([-2, 6])), tuple(N + np.array([170, -226])), 46, 10)))
    .buffer(-0.8)
    .buffer(0.8),
    "k2",
    covers=False,
)
# four dots, and then four more: what the letters are measured with. The letter's own dot, so that pen and dots agree
nuqta = min((g for g in letters), key=lambda g: g.area)
c0 = nuqta.centroid
dots = [move(nuqta, 634 - k * 70 - c0.x, 414 + k * 3 + row * 70 - c0.y) for row in range(2) for k in range(4)]
P.block(unary_union(dots), "fire", covers=False)
# ink
jar = Point(134, 806)
P.block(move(jar.buffer(70, 48), 15, 19).intersection(FRAME), "gs", covers=False)
J = P.block(jar.buffer(70, 48), "ink", key=6, tones=[(P.lit(jar.buffer(70, 48), 10), "ink1")])
P.block(jar.buffer(47, 40), "key")
P.block(
    blob(
        [
            (
                134 + 34 * math.cos(a) * (1 + 0.12 * math.sin(3 * a)),
                808 + 34 * math.sin(a) * (1 + 0.1 * math.cos(4 * a)),
            )
            for a in [k * math.tau / 10 for k in range(10)]
        ],
        5,
    ),
    "k2",
    covers=False,
)
P.cut(
    P.layers[-1],
    [
        lens(
            (134 + 30 * math.cos(a), 808 + 30 * math.sin(a)),
            (134 + 8 * math.cos(a + 1.6), 808 + 8 * math.sin(a + 1.6)),
            2.4,
            5,
        )
        for a in [k * math.tau / 9 for k in range(9)]
    ],
    "key",
)
P.cut(
    J,
    [
        lens(
            (134 + 59 * math.cos(a), 806 + 59 * math.sin(a)),
            (134 + 59 * math.cos(a + 0.3), 806 + 59 * math.sin(a + 0.3)),
            2.2,
            -1.5,
        )
        for a in (0.1, 0.55, 1.0, 1.5)
    ],
    "key",
)
# the hand
u = np.array([math.cos(math.radians(21)), math.sin(math.radians(21))])
v = np.array([-u[1], u[0]])
S = 0.87
A = N + np.array([11, -13])
q = lambda a, c: tuple(A + u * a * S + v * c * S)
rs = lambda *r: [x * S for x in r]
index_j, index_r = [q(330, -70), q(222, -82), q(146, -52), q(98, -26)], rs(32, 25, 20.5, 15)
thumb_j, thumb_r = [q(420, 80), q(294, 98), q(196, 64), q(134, 31)], rs(48, 30, 24, 17.5)
mid_j, mid_r = [q(300, 44), q(192, 68), q(130, 54), q(94, 33)], rs(26, 21, 18, 15)
ring_j, ring_r = [q(330, 116), q(222, 126), q(172, 108), q(146, 90)], rs(26, 22, 19, 16)
pink_j, pink_r = [q(400, 150), q(298, 168), q(246, 156), q(220, 140)], rs(24, 20, 17, 14)
knk_j, knk_r = [q(392, -82), q(304, -120), q(232, -110)], rs(34, 26, 22)
wrist = q(580, 26)
far = tuple(np.array(wrist) + np.array([300, 236]))
back = fillet(
    unary_union(
        [
            limb([q(335, -60), q(450, -30), q(560, 18)], rs(38, 62, 58)),
            limb([q(395, -72), q(480, -40)], rs(38, 50)),
            limb([q(420, 78), q(540, 50)], rs(48, 52)),
            limb([q(330, 20), q(440, 40)], rs(40, 60)),
            limb([q(372, 142), q(470, 108), q(560, 50)], rs(26, 40, 50)),
            limb([wrist, far], rs(56, 76)),
        ]
    ),
    14,
)
allh = unary_union(
    [back]
    + [
        limb(j, r)
        for j, r in (
            (index_j, index_r),
            (thumb_j, thumb_r),
            (mid_j, mid_r),
            (ring_j, ring_r),
            (pink_j, pink_r),
            (knk_j, knk_r),
        )
    ]
)
pen_body = limb([q(26, 0), q(60, 0), q(300, 0), q(520, -2)], rs(16, 18, 18, 18.5))
P.block(
    unary_union([move(allh, 15, 26), move(pen_body, 12, 20)]).intersection(sheet.buffer(-1)), "p2", covers=False, err=2
)
P.block(move(allh, 15, 26).difference(sheet), "gs", covers=False, err=2)
P.grp = "f"
digit(P, pink_j, pink_r, nails=False, creases=(0.62,))
digit(P, ring_j, ring_r, nails=False, creases=(0.62,))
digit(P, mid_j, mid_r, nails=False, creases=(0.7,))
digit(P, knk_j, knk_r, nails=False, creases=(0.55,), start=0.1)
P.grp = None
L = P.block(
    back,
    "s2",
    key=6.5,
    tones=[
        (P.lit(back, -17, soft=3), "s3"),
        (
            P.lit(back, 9, soft=2).difference(
                unary_union([Point(*index_j[0]).buffer(44), Point(*thumb_j[0]).buffer(60)])
            ),
            "s1",
        ),
    ],
    open=unary_union(
        [
            Point(*index_j[0]).buffer(index_r[0] * 1.02),
            Point(*knk_j[0]).buffer(knk_r[0] * 0.9),
            Point(*thumb_j[0]).buffer(thumb_r[0] * 1.02),
        ]
    ),
)
P.cut(
    L,
    cross_hatch(
        [q(440, -20), wrist, tuple(np.array(wrist) + np.array([110, 86]))],
        rs(64, 58, 60),
        start=0.1,
        end=1,
        step=15,
        deep=0.6,
        width=2.4,
    ),
    "s3",
)
P.cut(L, [lens(q(356, -58), q(470, -14), 2.6, 4), lens(q(404, -70), q(500, -30), 2.4, 4)], "s3")
P.cut(
    L,
    [
        lens(q(360, -70), q(440, -40), 2.2, 3),
        lens(q(330, -88), q(352, -44), 2.6, 5),
        lens(q(392, -106), q(410, -70), 2.6, 5),
    ],
    "s1",
)
P.cut(L, [lens(q(572, -20), q(590, 66), 1.2, 6), lens(q(581, -18), q(599, 64), 1.2, 6)])
# the pen: reed, cut slanting
nib = Polygon(
    [
        tuple(N + np.array([-3, 3])),
        tuple(N + np.array([22, -30])),
        q(34, -16),
        q(92, -18),
        q(92, 18),
        q(60, 17),
        q(26, 14),
    ]
)
body = pen_body.difference(Polygon([q(-40, -60), q(-40, 60), q(72, 60), q(72, -60)]))
whole = unary_union([body, nib]).buffer(0.6).buffer(-0.6)
scoop = blob([q(30, -11), q(64, -10), q(104, -9), q(118, 0), q(104, 9), q(66, 10), q(32, 9)], 6)
L = P.block(
    whole,
    "reed2",
    key=5.5,
    tones=[
        (P.lit(pen_body, -8), "reed3"),
        (P.lit(pen_body, 10), "reed1"),
        (scoop, "reed1"),
        (
            whole.intersection(
                Polygon([tuple(N + np.array([-60, 40])), tuple(N + np.array([40, -90])), q(26, -60), q(16, 60)])
            ),
            "key",
        ),
    ],
)
P.cut(
    L,
    [
        lens(q(22, 0), q(112, 0), 1.4, 0),
        lens(q(96, -9), q(118, 0), 1.2, -3),
        lens(q(118, 0), q(96, 9), 1.2, -3),
        lens(q(300, -18), q(302, 18), 2.4, 5),
        lens(q(307, -18), q(309, 18), 1.4, 5),
        lens(q(470, -18), q(472, 18), 2.4, 5),
        lens(q(520, -14), q(520, 14), 3.6, -6),
    ],
)
digit(P, index_j, index_r, merge=1.25, creases=(0.36, 0.68))
digit(P, thumb_j, thumb_r, merge=1.25, creases=(0.70,), start=0.4)
turn = 38
sleeve(P, tuple(np.array(wrist) + np.array([60, 46])), tuple(np.array(wrist) + np.array([330, 260])), 62, 96, "c")
defs, d = cloth.pattern("farzaneh-moradi", "c", 3.5, turn, 740, 930)
P.defs = f"<defs>{defs}</defs>"
P.dark.update(cloth.dark_of(d))
open("pen.svg", "w").write(P.svg())
