import cloth
from hands import *
from pose import frame

R = random.Random(9)
LIGHTS = {
    "g": "#3f6b4b",
    "g2": "#55835f",
    "gs": "#2c5038",
    "key": "#231e22",
    "s1": "#f6cfb0",
    "s2": "#dfa27d",
    "s3": "#a8654a",
    "d1": "#fffaf0",
    "d2": "#f5e7c8",
    "d3": "#d5b384",
    "d4": "#a77f50",
    "fire": "#a8233a",
    "c1": "#c8485b",
}
DARKS = {
    "g": "#26452f",
    "g2": "#375c41",
    "gs": "#172c1e",
    "key": "#0d0b0f",
    "s1": "#e6b898",
    "s2": "#c98e6a",
    "s3": "#8d523a",
    "d1": "#f3ead6",
    "d2": "#e4d3ae",
    "d3": "#bf9c6c",
    "d4": "#8f6b41",
    "fire": "#b5324a",
    "c1": "#cf5a6c",
}
P = Press(LIGHTS, DARKS)
P.block(box(-5, -5, W + 5, H + 5), "g", covers=False)
marks = []
for i, y in enumerate(range(90, 1000, 240)):
    x = -30 + (i % 2) * 60 + R.uniform(0, 40)
    while x < 800:
        marks.append(lens((x, y + R.uniform(-6, 6)), (x + R.uniform(20, 34), y + R.uniform(-16, 4)), 3, 2))
        x += R.uniform(150, 230)
P.cut(P.layers[-1], marks, "g2")


def half_moon(c, w, h, turn, n_, a0=12, a1=168, plain=(), seed=1, press=None, key=6, detail=True):
    """Dough folded over its filling. The seam is pinched into a rope, n_ twists from a0 to a1 degrees (0 is the right end)."""
    press = press or P
    rnd = random.Random(seed)
    T = lambda x, y: (c[0] + x * math.cos(turn) - y * math.sin(turn), c[1] + x * math.sin(turn) + y * math.cos(turn))
    E = lambda a, k=1.0: T(w / 2 * k * math.cos(a), -h * k * math.sin(a) * (1 if math.sin(a) > 0 else 0.16))
    body = blob([E(math.radians(d), 1.0) for d in range(0, 360, 15)], 5)
    belly = blob(
        [
            T(w * 0.36 * math.cos(a), -h * 0.36 - h * 0.33 * math.sin(a))
            for a in [math.radians(d) for d in range(0, 360, 24)]
        ],
        5,
    )
    tw = []
    for k in range(n_):
        a = math.radians(a0 + (a1 - a0) * k / (n_ - 1))
        p0, p1 = E(a - 0.12, 0.84), E(a + 0.10, 1.01)
        t = limb([p0, ((p0[0] + p1[0]) / 2, (p0[1] + p1[1]) / 2), p1], [w * 0.024, w * 0.052, w * 0.046], 5)
        tw.append(t)
    whole = unary_union([body] + tw)
    L = press.block(
        whole,
        "d2",
        key=key,
        tones=[(press.lit(body, -w * 0.055, soft=2), "d3"), (press.lit(belly, w * 0.075, soft=1.5), "d1")]
        if detail
        else [(press.lit(body, -w * 0.06, soft=2), "d3"), (press.lit(belly, w * 0.05), "d1")],
    )
    cuts = [
        lens(
            E(math.radians(a0 + (a1 - a0) * (k + 0.5) / (n_ - 1)), 0.76),
            E(math.radians(a0 + (a1 - a0) * (k + 0.5) / (n_ - 1)) + 0.02, 0.60 + 0.05 * rnd.random()),
            w * 0.008,
            w * 0.006,
        )
        for k in range(n_ - 1)
    ]
    if detail:
        press.cut(L, cuts, "d3")
    if detail:
        press.cut(
            L,
            [
                lens(
                    T(x * w * 0.2 - w * 0.08, -h * 0.3 - y * h * 0.2),
                    T(x * w * 0.2 + w * 0.09, -h * 0.34 - y * h * 0.2),
                    2.4,
                    -5,
                )
                for x, y in ((0.5, -0.9), (-0.5, 0.5))
            ],
            "d3",
        )
    press.many(tw, "d2", key * 0.8, w * 0.016 if detail else -0.01, w * 0.022, "d1", "d3")
    return whole, E, T


# finished ones: one drawn, many laid out
import kit

old = kit.FRAME
kit.FRAME = box(-400, -400, 400, 400)
kit.RING = 2.6
Q = Press(LIGHTS, DARKS)
half_moon((0, 0), 172, 96, 0, 8, a0=9, a1=172, press=Q, key=5, detail=False)
whole1 = unary_union([l["shape"] for l in Q.layers])
sym = Q.inner()
kit.FRAME = old
kit.RING = 2.5
kit.TONE = 2.4
sym = f'<path fill="{LIGHTS["gs"]}" d="{path(move(whole1, 11, 15), 2.5)}"/>' + sym
spots = [
    (84, 150, -7),
    (300, 138, 5),
    (516, 150, -4),
    (728, 136, 7),
    (-18, 292, 4),
    (190, 300, -6),
    (406, 288, 6),
    (620, 302, -5),
    (822, 286, 3),
    (66, 446, 7),
    (738, 448, -9),
]
P.block(
    Polygon(),
    "svg",
    covers=False,
    raw="".join(f'<use href="#v" transform="translate({x} {y})rotate({t})"/>' for x, y, t in spots),
)
# cherries for the sweet ones
B = (398, 962)
bowl = Point(*B).buffer(132, 40)
P.block(move(bowl, 16, 20).intersection(FRAME), "gs", covers=False)
K = P.block(bowl.intersection(FRAME.buffer(9)), "d2", key=6, tones=[(P.lit(bowl, 12), "d1"), (P.lit(bowl, -12), "d3")])
inn = Point(*B).buffer(108, 40)
P.block(inn.intersection(FRAME.buffer(9)), "d4", key=3)
ch = [
    (398 + x, 962 + y)
    for x, y in (
        (-62, -48),
        (-14, -72),
        (38, -58),
        (78, -22),
        (-84, 4),
        (-36, -14),
        (14, -16),
        (50, 22),
        (-48, 36),
        (2, 34),
    )
]
P.many([Point(x, y).buffer(29, 12).intersection(FRAME.buffer(9)) for x, y in ch], "fire", 4, 6, -0.01, "c1", "fire")
# flour
flour = "".join(f"M{R.randint(20, 780)} {R.randint(400, 800)}h{R.randint(0, 3)}" for _ in range(14))
P.block(
    Polygon(),
    "svg",
    covers=False,
    raw=f'<path fill="none" stroke="{LIGHTS["d2"]}" stroke-width="5" stroke-linecap="round" d="{flour}"/>',
)


C = (392, 600)


def hand(N, deg, S, mirror, part, fan=1.0, J=None):
    q, rs, u, v = frame(N, deg, S, mirror)
    f = fan
    J = J or dict(
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
        thumb=([q(404, 84), q(276, 96), q(168, 62), q(84, 20)], rs(47, 30, 24.5, 18)),
    )
    wr = q(560, 20)
    far = tuple(np.array(wr) + u * 460 * S)
    back = fillet(
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
    )
    whole = unary_union([back] + [limb(*J[k]) for k in J])
    if part == "shadow":
        return whole
    if part == "thumb":
        digit(P, *J["thumb"], merge=1.3, creases=(0.68,), start=0.36)
        return
    P.grp = f"{N}"
    for k in ("pinky", "ring", "middle") if not mirror else ("ring", "middle"):
        digit(
            P,
            *J[k],
            merge=0,
            nails=k != "pinky",
            creases=(0.40, 0.70) if k == "middle" else (),
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
            (P.lit(back, -17, soft=3), "s3"),
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
    digit(P, *J["index"], merge=1.2, creases=(0.36, 0.68))
    return q, wr, u


S = 0.74
NR, NL = (466, 424), (300, 556)
right = dict(N=NR, deg=58, S=S, mirror=False, fan=1.0)
left = dict(N=NL, deg=57, S=S, mirror=True, fan=0.45)
sh = move(unary_union([hand(part="shadow", **right), hand(part="shadow", **left)]), 15, 22)
P.block(sh.intersection(FRAME), "gs", covers=False, err=3.5)
qr, wr, ur = hand(part="under", **right)
ql, wl, ul = hand(part="under", **left)
big, E, T = half_moon(C, 316, 172, -0.08, 11, a0=58, a1=172)
hand(part="thumb", **right)
hand(part="thumb", **left)
sleeve(P, tuple(np.array(wr) + ur * 44), tuple(np.array(wr) + ur * 300), 52, 82, "c")
sleeve(P, tuple(np.array(wl) + ul * 44), tuple(np.array(wl) + ul * 300), 52, 82, "e")
defs, d = cloth.pattern("olena-marchenko", "c", 3.4, -32, 700, 920)
P.defs = f'<defs>{defs}{cloth.again("c", "e", 3.4, 33, 100, 920)}<g id="v">{sym}</g></defs>'
P.dark.update(cloth.dark_of(d))
open("varenyk.svg", "w").write(P.svg())
