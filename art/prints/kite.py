import cloth
import kit
from pose import *

kit.RING = 2.6
kit.TONE = 2.5
R = random.Random(3)
LIGHTS = {
    "g": "#a9cfe4",
    "g2": "#8ebbd6",
    "gs": "#7aa8c5",
    "key": "#231e22",
    "s1": "#ecc197",
    "s2": "#cb9265",
    "s3": "#8c5935",
    "p1": "#fbf6ea",
    "p2": "#e4d9c0",
    "reed1": "#f0cf82",
    "reed2": "#cf9c4b",
    "reed3": "#8f632a",
    "fire": "#a8233a",
    "c1": "#c8485b",
    "f3": "#7f1629",
    "ink": "#26356f",
    "i1": "#4c5ea8",
    "f2": "#ecb732",
    "f4": "#c98f1d",
    "w1": "#aeb6bf",
}
DARKS = {
    "g": "#1f3d54",
    "g2": "#2c5270",
    "gs": "#122838",
    "key": "#0d0b0f",
    "s1": "#dcae83",
    "s2": "#b57f54",
    "s3": "#78492a",
    "p1": "#e9e1cd",
    "p2": "#c6b998",
    "reed1": "#dfbb6c",
    "reed2": "#b8873c",
    "reed3": "#7a5321",
    "fire": "#b5324a",
    "c1": "#cf5a6c",
    "f3": "#86203a",
    "ink": "#3a4b95",
    "i1": "#6c80cb",
    "f2": "#dfab30",
    "f4": "#b07c18",
    "w1": "#8e97a2",
}
P = Press(LIGHTS, DARKS)
P.block(box(-5, -5, W + 5, H + 5), "g", covers=False)
marks = []
for y in range(34, 1000, 116):
    x = -40 + R.uniform(0, 120)
    while x < 800:
        l = R.uniform(40, 80)
        marks.append(lens((x, y + R.uniform(-5, 5)), (x + l, y + R.uniform(-5, 5)), 3, 2))
        x += l + R.uniform(150, 260)
# ---------------------------------------------- the kite: nose to the maker
C = np.array([398.0, 388.0])
HW, HH = 304, 285
TILT = math.radians(-5)
K = lambda x, y: (C[0] + x * math.cos(TILT) - y * math.sin(TILT), C[1] + x * math.sin(TILT) + y * math.cos(TILT))
ST = lambda s, t: K((s - t) / 2 * HW, (s + t) / 2 * HH)
dia = Polygon([K(0, HH), K(HW, 0), K(0, -HH), K(-HW, 0)]).buffer(-3).buffer(3)
pan = lambda pts: Polygon([ST(*p) for p in pts]).intersection(dia)
P.cut(P.layers[-1], [m for m in marks if not dia.buffer(10).contains(Point(*((m[0] + m[3]) / 2)))], "g2")
nose = pan([(0.12, 0.12), (1.2, 0.12), (1.2, 1.2), (0.12, 1.2)])
vband = pan([(-0.14, -0.14), (1.2, -0.14), (1.2, 0.12), (0.12, 0.12), (0.12, 1.2), (-0.14, 1.2)])
tailp = pan([(-1.2, -1.2), (-0.52, -1.2), (-0.52, -0.52), (-1.2, -0.52)])
# pots and tools behind
jar = Point(92, 132)
P.block(move(dia, 10, 15), "gs", covers=False)
line2 = pan([(-0.34, -0.34), (1.2, -0.34), (1.2, -0.26), (-0.26, -0.26), (-0.26, 1.2), (-0.34, 1.2)])
L = P.block(
    dia,
    "fire",
    key=4.5,
    tones=[(P.lit(dia, 5, soft=0.5), "c1"), (nose, "p1"), (vband, "f2"), (line2, "p1"), (tailp, "ink")],
)
gz = [
    lens(ST(*(p if w else p[::-1])), ST(*(e if w else e[::-1])), 2.6, 3 if w else -3)
    for w in (0, 1)
    for p, e in (
        ((-0.86, 0), (-0.86, 0.24)),
        ((-0.72, 0.34), (-0.72, 0.56)),
        ((-0.58, -0.02), (-0.58, 0.16)),
        ((-0.5, 0.5), (-0.5, 0.74)),
    )
]
P.cut(L, gz, "f3")
P.cut(
    L,
    [
        lens(K(x, y), K(x + dx, y + dy), 2.6, 3)
        for x, y, dx, dy in (
            (-46, 186, -44, -10),
            (-38, 206, -40, 14),
            (44, 186, 46, -14),
            (-26, 100, -34, -22),
            (28, 100, 30, -24),
        )
    ],
    "p2",
)
seam = lambda a, b, w=1.3: lens(ST(*a), ST(*b), w, 0)
P.cut(
    L,
    [
        seam((0.12, 0.12), (0.99, 0.12)),
        seam((0.12, 0.12), (0.12, 0.99)),
        seam((-0.14, -0.14), (0.99, -0.14)),
        seam((-0.14, -0.14), (-0.14, 0.99)),
        seam((-0.52, -0.98), (-0.52, -0.52)),
        seam((-0.98, -0.52), (-0.52, -0.52)),
    ],
)
# hem
hem = dia.difference(dia.buffer(-9))
X0 = np.array(K(0, HH * 0.5))
bow_pts = [
    K(-HW + 8, 2),
    K(-HW * 0.75, 52),
    K(-HW * 0.4, 116),
    K(0, HH * 0.5),
    K(HW * 0.4, 116),
    K(HW * 0.75, 52),
    K(HW - 8, 2),
]
bow = limb(bow_pts, [3.6, 5, 6, 6.5, 6, 5, 3.6], 8)
spine = limb([K(0, HH - 6), K(0, 0), K(0, -HH + 6)], [7, 7, 6], 6)
sh = move(unary_union([bow, spine]), 7, 11).intersection(dia.buffer(-3))
P.block(sh.difference(unary_union([nose, vband, tailp])), "f3", covers=False)
P.block(sh.intersection(nose), "p2", covers=False)
P.block(sh.intersection(vband), "f4", covers=False)
S_ = P.block(spine, "reed2", key=4, tones=[(P.lit(spine, 4, soft=0.5), "reed1")])
P.cut(S_, [lens(K(-7, y), K(7, y + 1), 1.6, 2) for y in (-196, -60, 84, 232)])
B_ = P.block(bow, "reed2", key=4, tones=[(P.lit(bow, 4, soft=0.5), "reed1")])
# paper patches that hold spine and corners
for y, w in ((-HH * 0.55, 34), (-HH * 0.02, 34)):
    p = Polygon([K(-w, y - 13), K(w, y - 13), K(w, y + 13), K(-w, y + 13)])
    P.block(p, "p1", key=3.2, tones=[(p.difference(move(p, -4, -5)), "p2")])
for s in (-1, 1):
    p = Polygon([K(s * (HW + 2), 0), K(s * (HW - 46), 44), K(s * (HW - 46), -44)]).intersection(dia.buffer(1))
    P.block(p, "p1", key=3.2)
p = Polygon([K(0, -HH - 2), K(46, -HH + 44), K(-46, -HH + 44)]).intersection(dia.buffer(1))
P.block(p, "p1", key=3.2)
p = Polygon([K(0, HH + 2), K(44, HH - 42), K(-44, HH - 42)]).intersection(dia.buffer(1))
P.block(p, "f2", key=3.2)
# glue
P.block(move(jar.buffer(62, 40), 13, 17), "gs", covers=False)
J_ = P.block(
    jar.buffer(62, 40),
    "reed2",
    key=6,
    tones=[(P.lit(jar.buffer(62, 40), 9), "reed1"), (P.lit(jar.buffer(62, 40), -9), "reed3")],
)
Z = P.block(jar.buffer(46, 30), "p1", key=4, tones=[(P.lit(jar.buffer(46, 30), 10), "p2")])
P.cut(Z, [lens((66, 150), (92, 160), 2.4, -6), lens((96, 108), (124, 150), 2.4, -9)], "p2")
br = limb([(104, 128), (150, 84), (216, 20)], [5, 6, 5], 5)
P.block(br, "reed2", key=4, tones=[(P.lit(br, 3, soft=0.5), "reed1")])
# scissors
T = LIGHTS
P.block(
    Polygon(),
    "svg",
    covers=False,
    raw=f'<g transform="translate(678 156)rotate(24)" stroke-linejoin="round"><g stroke="{T["gs"]}" fill="{T["gs"]}" transform="translate(15 9)" stroke-width="4"><path id="t" d="M9 4L-16-122Q-22-60-8 8zM-9 4L16-122Q22-60 8 8z"/><path id="s" fill="none" stroke-width="14" d="M7-18L-20 14a15 28 0 1 0 4 0M-7-18L20 14a15 28 0 1 1-4 0"/></g><use href="#t" stroke="{T["key"]}" stroke-width="4" fill="{T["w1"]}"/><use href="#s" stroke="{T["key"]}"/><path stroke="{T["ink"]}" fill="none" stroke-width="6" d="M5-16L-20 14a15 28 0 1 0 4 0M-5-16L20 14a15 28 0 1 1-4 0"/><circle r="5" cy="-8" fill="{T["w1"]}"/></g>',
)
# spool
SC = (372, 850)
sd = -24
rot = lambda g: spin(g, sd, SC)
fl = [rot(box(SC[0] + x - 11, SC[1] - 50, SC[0] + x + 11, SC[1] + 50).buffer(-7).buffer(7)) for x in (-58, 58)]
drum = rot(box(SC[0] - 52, SC[1] - 37, SC[0] + 52, SC[1] + 37).buffer(-9).buffer(9))
P.block(move(unary_union(fl + [drum]), 13, 17), "gs", covers=False)
D_ = P.block(drum, "fire", key=5, tones=[(P.lit(drum, -12), "f3"), (P.lit(drum, 9), "c1")])
P.cut(
    D_,
    [
        lens(*[tuple(rot(Point(SC[0] + x + dx, SC[1] + dy)).coords[0]) for dx, dy in ((-4, -36), (4, 36))], 1.6, 3)
        for x in range(-42, 50, 10)
    ],
    "f3",
)
P.many(fl, "reed2", 5, 5, 6, "reed1", "reed3")
# ---------------------------------------------- hands
NL = (246, 556)
left = dict(N=NL, deg=60, S=0.66, mirror=True)
pl = Place(570, 772, -23, 1.0, mirror=True)
F = dict(BASE)
F["index"] = ([(36, -130), (49, -188), (58, -234), (65, -268)], BASE["index"][1])
F["middle"] = ([(8, -136), (14, -190), (20, -232), (23, -258)], BASE["middle"][1])
F["ring"] = ([(-20, -130), (-25, -178), (-24, -212), (-20, -234)], BASE["ring"][1])
F["pinky"] = ([(-41, -112), (-55, -148), (-59, -177), (-57, -198)], BASE["pinky"][1])
F["thumb"] = ([(24, -24), (58, -68), (84, -110), (104, -150), (113, -180)], BASE["thumb"][1])
b_, a_, _, _, dg = shape_of(pl, F)
rw = unary_union([b_, a_] + [limb(j, r) for j, r in dg.values()])
lw = pinch(P, part="shadow", **left)
s_ = move(unary_union([rw, lw]), 13, 18)
P.block(s_.intersection(nose), "p2", covers=False, err=2.5)
P.block(s_.intersection(dia).difference(unary_union([nose, vband])), "f3", covers=False, err=2.5)
P.block(s_.intersection(vband), "f4", covers=False, err=2.5)
P.block(s_.difference(dia), "gs", covers=False, err=2.5)
# binding: the thread goes round the crossing
ql, rl, ul, vl = frame(**left)
n0 = np.array(NL) + ul * 30
wr_ = [
    limb(
        [tuple(X0 + np.array([-11 + k * 1.0, -13 + 6 * k])), tuple(X0 + np.array([11, 11 - 6 * (3 - k)]))],
        [3.2, 3.2],
        3,
    )
    for k in range(0)
]
cross = [
    limb([tuple(X0 + np.array(a)), tuple(X0 + np.array(b))], [4, 4], 3)
    for a, b in (((-16, -10), (10, 16)), ((-10, -16), (16, 10)), ((10, -16), (-16, 10)), ((16, -10), (-10, 16)))
]
P.many(cross, "fire", 2.6, 1.6, -0.01, "c1", "fire")
thr = limb([tuple(X0 + np.array([-8, 8])), tuple((X0 + n0) / 2 + np.array([0, 3])), tuple(n0)], [3.2] * 3)
down = limb([tuple(n0), tuple(n0 + np.array([40, 84])), (330, 760), (352, 822)], [3.2] * 4)
P.block(down, "fire", key=3, tones=[(P.lit(down, 2, soft=0.3), "c1")])
ql, wl, ul = pinch(P, part="under", **left)
P.block(thr, "fire", key=3, tones=[(P.lit(thr, 2, soft=0.3), "c1")])
pinch(P, part="thumb", **left)
sleeve(P, tuple(np.array(wl) + ul * 44), tuple(np.array(wl) + ul * 300), 50, 80, "e")
dorsal(P, pl, F, "c")
defs, d = cloth.pattern("mirwais-noori", "c", 3.0, -23, 640, 900)
P.defs = f"<defs>{defs}{cloth.again('c', 'e', 3.0, 30, 60, 900)}</defs>"
P.dark.update(cloth.dark_of(d))
open("kite.svg", "w").write(P.svg())
