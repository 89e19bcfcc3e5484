import cloth
import kit
from pose import *

kit.RING = 2.3
kit.TONE = 2.3
R = random.Random(5)
LIGHTS = {
    "g": "#f4c9bf",
    "g2": "#eab0a4",
    "gs": "#d99a8e",
    "key": "#231e22",
    "s1": "#a86a41",
    "s2": "#7d4628",
    "s3": "#4f2916",
    "b1": "#f6e6b4",
    "b2": "#e3c47c",
    "b3": "#b98c46",
    "b4": "#7a5526",
    "fire": "#a8233a",
    "c1": "#c8485b",
    "ink": "#26356f",
    "i1": "#4c5ea8",
    "f2": "#ecb732",
    "w1": "#b7bcc4",
    "p1": "#f3ebdb",
}
DARKS = {
    "g": "#4a2723",
    "g2": "#60352f",
    "gs": "#2f1613",
    "key": "#0d0b0f",
    "s1": "#9a5e38",
    "s2": "#713d22",
    "s3": "#452312",
    "b1": "#e8d49d",
    "b2": "#cfae68",
    "b3": "#a37a3a",
    "b4": "#69481e",
    "fire": "#b5324a",
    "c1": "#cf5a6c",
    "ink": "#3a4b95",
    "i1": "#6c80cb",
    "f2": "#dfab30",
    "w1": "#9aa0aa",
    "p1": "#e9dfcc",
}
P = Press(LIGHTS, DARKS)
T = LIGHTS
P.block(box(-5, -5, W + 5, H + 5), "g", covers=False)
marks = []
for y in range(60, 1000, 170):
    x = -30 + R.uniform(0, 80)
    while x < 800:
        l = R.uniform(22, 44)
        marks.append(lens((x, y + R.uniform(-14, 14)), (x + l, y + R.uniform(-14, 14)), 3, 3))
        x += l + R.uniform(130, 230)
P.cut(P.layers[-1], marks, "g2")
# ------------------------------------------------ the coil: half circles, clockwise, from the middle out
C = (388, 364)
PITCH = 22.0
HALVES = 24
A0 = math.radians(75)


def sp(th, off=0.0):
    """a point on the spiral: th radians clockwise on the sheet from the start"""
    k = int(th // math.pi)
    r = 8 + PITCH / 2 * k
    a = th
    c = C[0] + (-PITCH / 2 if k % 2 else 0)
    return (c + (-1) * 0 + (r + off) * math.cos(a + math.pi), C[1] + (r + off) * math.sin(a + math.pi)), r


# start at the left of the first half; each next half is PITCH/2 wider; the centres alternate so that the ends meet
END = 23.42 * math.pi  # where the bast has got to


def arcs(t0, t1, off=0.0):
    d = ""
    p, r = sp(t0 + 1e-6, off)
    d = f"M{p[0]:.0f} {p[1]:.0f}"
    t = t0
    while t < t1 - 1e-6:
        e = min(t1, (math.floor(t / math.pi + 1e-6) + 1) * math.pi)
        p, r = sp(e - 1e-6, off)
        d += f"A{r + off:.0f} {r + off:.0f} 0 0 1 {p[0]:.0f} {p[1]:.0f}"
        t = e
    return d


def ring_poly(t0, t1, w0, w1=None):
    w1 = w1 or w0
    n_ = int((t1 - t0) * 12)
    o, i = [], []
    for k in range(n_ + 1):
        t = t0 + (t1 - t0) * k / n_
        h = (w0 + (w1 - w0) * k / n_) / 2
        o.append(sp(t - 1e-6, h)[0])
        i.append(sp(t - 1e-6, -h)[0])
    return Polygon(o + i[::-1]).buffer(0)


turn_of = lambda k: k * math.tau
DISC = unary_union([ring_poly(END - math.tau * 1.02, END, PITCH + 1), Point(*C).buffer(252)]).buffer(2).buffer(-2)
E_, er = sp(END)


# the stalks not yet bound go on clockwise along the edge, and off to the left
def tail(off0, spread, length, w, bend):
    p0 = np.array(sp(END - 0.06, off0)[0])
    pts = [tuple(p0)]
    for k in range(1, 6):
        t = END + k * 0.17
        pts.append(sp(t, off0 + k * k * spread)[0])
    q = np.array(pts[-1])
    d = uv(q - np.array(pts[-2]))
    nr = np.array([-d[1], d[0]])
    pts += [tuple(q + d * length * 0.5 + nr * bend * 0.3), tuple(q + d * length + nr * bend)]
    return limb(pts, [w] * (len(pts) - 2) + [w * 0.9, w * 0.35], 4)


stalks = [
    tail(o, s, l, w, b)
    for o, s, l, w, b in (
        (-4, 0.3, 250, 4.8, 26),
        (9, 1.5, 205, 4.8, -34),
        (0, 0.7, 300, 4.8, 12),
        (5, 1.1, 250, 4.8, -12),
    )
]
stal = unary_union(stalks)
P.block(move(DISC, 16, 22).union(move(stal, 9, 14)), "gs", covers=False, err=2)


# dyed bast, tied, and an awl
def hank(c, deg, l):
    out = []
    for k, (ink, lit_) in enumerate((("fire", "c1"), ("f2", "b1"), ("ink", "i1"))):
        o = k - 1
        pts = [
            (o * 27 - o * 8, -l),
            (o * 23, -l * 0.72),
            (o * 20, -l * 0.4),
            (o * 8, 0),
            (o * 19, l * 0.36),
            (o * 25, l * 0.74),
            (o * 34 + 5, l),
        ]
        s = limb([tuple(np.array(c) + np.array(p)) for p in pts], [9, 13, 12.5, 8.5, 11.5, 13, 7], 5)
        out.append((spin(s, deg, c), ink, lit_, pts))
    P.block(move(unary_union([s for s, *_ in out]), 11, 15), "gs", covers=False, err=2.5)
    for s, ink, lit_, pts in out:
        L = P.block(s, ink, key=5, tones=[(P.lit(s, 4), lit_)])
        t = lambda p: tuple(np.array(spin(Point(c[0] + p[0], c[1] + p[1]), deg, c).coords[0]))
        P.cut(
            L,
            [
                lens(t((pts[a][0] + dx, pts[a][1] + 6)), t((pts[e][0] + dx, pts[e][1] - 4)), 1.6, 1)
                for a, e, dx in ((0, 2, 3), (4, 6, 1))
            ],
        )
    k_ = limb(
        [tuple(np.array(spin(Point(c[0] + x, c[1] + y), deg, c).coords[0])) for x, y in ((-20, 3), (0, -3), (20, 2))],
        [7, 8, 7],
        5,
    )
    P.block(k_, "b2", key=4, tones=[(P.lit(k_, 3), "b1")])


hank((732, 228), 9, 120)
H, A = np.array([386.0, 872.0]), np.array([438.0, 716.0])
ua = uv(A - H)
at_ = lambda s: tuple(H + ua * s)
spike = limb([at_(70), at_(120), at_(172)], [5.5, 4.2, 1.2], 5)
wood = limb([at_(0), at_(24), at_(56), at_(78)], [15, 19, 13, 10], 8)
P.block(move(spike.union(wood), 10, 14), "gs", covers=False, err=2)
P.block(spike, "w1", key=4)
L = P.block(wood, "b3", key=5.5, tones=[(P.lit(wood, -8), "b4"), (P.lit(wood, 6), "b2")])
# left hand: its thumb is under the coil
pl = Place(190, 782, 21, 1.0)
F1 = dict(BASE)
F1["thumb"] = ([(24, -24), (60, -70), (86, -116), (98, -162), (102, -194)], BASE["thumb"][1])
F1["index"] = ([(36, -130), (46, -184), (50, -224), (51, -252)], BASE["index"][1])
F1["middle"] = ([(8, -136), (10, -196), (11, -244), (11, -276)], BASE["middle"][1])
F1["ring"] = ([(-20, -130), (-27, -184), (-30, -230), (-31, -260)], BASE["ring"][1])
F1["pinky"] = ([(-41, -112), (-54, -152), (-61, -188), (-64, -216)], BASE["pinky"][1])
b_, a_, _, _, dg = shape_of(pl, F1)
lw = unary_union([b_, a_] + [limb(j, r) for j, r in dg.values()])
NR = (530, 494)
right = dict(N=NR, deg=56, S=0.66, mirror=False)


# curled fingers
def JR(q, rs):
    return dict(
        pinky=([q(392, -100), q(330, -150), q(262, -150), q(236, -112)], rs(26, 21, 18, 15)),
        ring=([q(376, -104), q(298, -146), q(216, -142), q(188, -100)], rs(29, 23, 19.5, 16)),
        middle=([q(356, -92), q(250, -128), q(160, -112), q(110, -66)], rs(32, 24.5, 21, 16.5)),
        index=([q(330, -62), q(214, -84), q(118, -62), q(36, -15)], rs(33, 25, 21, 16)),
        thumb=([q(404, 84), q(276, 100), q(156, 68), q(54, 15)], rs(47, 30, 24.5, 18)),
    )


rw = pinch(P, part="shadow", J=JR, **right)
P.block(move(unary_union([lw, rw]), 14, 20).difference(DISC).intersection(FRAME), "gs", covers=False, err=2.5)
digit(P, *dg["thumb"], merge=0, nails=False, creases=(0.7,), start=0.4)
# the disc itself, the stalks come out of its last coil
P.many(stalks, "b2", 2.8, 3, 2.6, "b1", "b3")
P.block(DISC, "b2", key=6.5, tones=[], covers=True)
band = {"fire": [], "ink": [], "f2": [], "i1": []}


def cell(ink, turn, a0, a1):
    """one coil's stretch; a in turns from the left end, clockwise"""
    band[ink].append(((turn + a0) * math.tau, (turn + a1) * math.tau))


N8 = 8
for turn in range(4, 10):
    j = turn - 4
    for k in range(N8):
        c = (k + 0.5) / N8 + 0.0
        h = [0.11, 0.23, 0.35, 0.35, 0.23, 0.11][j] / N8
        cell("fire", turn, c - h, c + h)
        if j in (1, 2, 3, 4):
            h2 = [0, 0.08, 0.2, 0.2, 0.08, 0][j] / N8
            cell("f2", turn, c - h2, c + h2)
        if j in (0, 4, 5):
            g = [0.2, 0, 0, 0, 0.14, 0.26][j] / N8
            c2 = k / N8 + 0.0
            cell("ink", turn, c2 - g if k else c2, c2 + g)
            if not k:
                cell("ink", turn, 1 - g, 1)
band["fire"].append((END - 0.62, END))
for turn, ink in ((1, "fire"), (2, "ink")):
    n_ = 5 if turn == 1 else 8
    for k in range(n_):
        cell(ink, turn, (k + 0.2) / n_, (k + 0.8) / n_)
sw = PITCH


def upto(th):
    k = int(th // math.pi)
    return sum(8 + PITCH / 2 * i for i in range(k)) * math.pi + (8 + PITCH / 2 * k) * (th - k * math.pi)


def dashes(cells):
    cells = sorted(cells)
    out = ["0"]
    at = 0
    for a, e in cells:
        a, e = max(0, round(upto(a))), round(upto(e))
        if a <= at:
            a = at
        out += [str(a - at), str(e - a)]
        at = e
    out = out + ["20000"]
    return " ".join(out)


CUT = f' stroke-dasharray="{upto(END - math.pi):.0f} 9999"'
G = f'transform="rotate(180 {C[0] - PITCH / 4:.1f} {C[1]})'
raw = (
    f'<g fill="none" stroke-width="{sw}"><use href="#z" {G}translate(-3 -4)" stroke="{T["b1"]}" stroke-width="5"{CUT}/>'
)
for ink in ("fire", "f2", "ink"):
    raw += f'<use href="#z" stroke="{T[ink]}" stroke-dasharray="{dashes(band[ink])}"/>'
raw += f'<use href="#z" stroke="{T["b4"]}" stroke-dasharray="1.5 8"/><use href="#z" {G}translate(1.4 1.8)" stroke="{T["b4"]}" stroke-width="5"{CUT}/><use href="#z" {G}" stroke="{T["key"]}" stroke-width="2.4"{CUT}/></g>'
P.block(Polygon(), "svg", covers=False, raw=raw)
# stalks over the rim's end
defs, d = cloth.pattern("selam-kidane", "c", 3.5, 20, 60, 900)
dorsal(P, pl, F1, "c", skip=("thumb",), openat=limb(*dg["thumb"]).buffer(-4))
# the strand
S0 = np.array(sp(END - 0.1, -PITCH * 0.9)[0])
q, rs, u, v = frame(**{k: right[k] for k in ("N", "deg", "S", "mirror")})
n0 = np.array(NR) + u * 34 + v * 5
strand = limb([tuple(S0), tuple((S0 + n0) / 2 + np.array([-3, 0])), tuple(n0), tuple(n0 + uv(n0 - S0) * 3)], [5.4] * 4)
tail2 = limb(
    [
        tuple(n0),
        tuple(n0 + np.array([26, -52])),
        tuple(n0 + np.array([84, -92])),
        tuple(n0 + np.array([146, -90])),
        tuple(n0 + np.array([188, -50])),
        tuple(n0 + np.array([222, -54])),
    ],
    [5.2] * 5 + [2],
)
P.block(move(tail2, 7, 11).difference(DISC), "gs", covers=False, err=2)
P.block(tail2, "fire", key=4, tones=[(P.lit(tail2, 3, soft=0.4), "c1")])
qr, wr, ur = pinch(P, part="under", J=JR, **right)
P.block(strand, "fire", key=4, tones=[(P.lit(strand, 3, soft=0.4), "c1")])
pinch(P, part="thumb", J=JR, **right)
sleeve(P, tuple(np.array(wr) + ur * 44), tuple(np.array(wr) + ur * 300), 50, 80, "e")
P.defs = f'<defs>{defs}{cloth.again("c", "e", 3.5, -33, 740, 900)}<path id="z" d="{arcs(0, END)}"/></defs>'
P.dark.update(cloth.dark_of(d))
open("basket.svg", "w").write(P.svg())
