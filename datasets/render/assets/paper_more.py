"""Paper of other kinds than `paper.paper`: slips, rolls, fan-fold, clipped, crumpled, envelopes."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.lettering import canvas, done, letters, size_px
from datasets.render.assets.shapes import Picture, builder, grain, mat, page, pic, sheet
from datasets.render.assets.stands import moved

Bend = Callable[[float, float], float]


def slip(seed: int, size: tuple[float, float], ground: str, ink: str, title: str) -> Picture:
    """A till's slip: a heading, short rows with figures at the right, a sum."""
    w, h = size_px(size, 300)
    rng = random.Random(seed)
    img, draw = canvas((w, h), ground)
    head = min(h * 0.14, w * 0.3)
    letters(draw, title, (w * 0.08, head * 0.2, w * 0.92, head), ink)
    y = head * 1.35
    while y < h * 0.92:
        draw.line((w * 0.1, y, w * rng.uniform(0.35, 0.6), y), fill=ink, width=3)
        draw.line((w * rng.uniform(0.7, 0.8), y, w * 0.9, y), fill=ink, width=3)
        y += 10 if rng.random() < 0.85 else 18
    return done(img)


def fanfold(seed: int, size: tuple[float, float], ground: str, ink: str, bars: bool) -> Picture:
    """A printer's endless form: punched margins, bars of pale green, rows of figures."""
    w, h = size_px(size, 420)
    rng = random.Random(seed)
    img, draw = canvas((w, h), ground)
    for k in range(0, h, 24):
        if bars and (k // 24) % 2:
            draw.rectangle((0, k, w, k + 23), fill="#d3e6d4")
        x = w * 0.09
        while x < w * 0.86:
            n = rng.uniform(12, 50)
            if rng.random() < 0.75:
                draw.line((x, k + 12, min(x + n, w * 0.9), k + 12), fill=ink, width=3)
            x += n + 14
    for x in (w * 0.03, w * 0.97):
        for k in range(6, h, 15):
            draw.ellipse((x - 3, k - 3, x + 3, k + 3), fill="#7c7c7a")
    for x in (w * 0.06, w * 0.94):
        draw.line((x, 0, x, h), fill="#a8a8a4", width=1)
    return done(img)


def envelope(size: tuple[float, float], ground: str, ink: str, title: str, window: bool) -> Picture:
    """An envelope's front: six red squares of the postcode, lines, a stamp or a window."""
    w, h = size_px(size, 320)
    img, draw = canvas((w, h), ground)
    k = w * 0.035
    for i in range(6):
        x = w * 0.05 + i * k * 1.3
        draw.rectangle((x, h * 0.1, x + k, h * 0.1 + k * 1.2), outline="#c8302a", width=2)
    if window:
        draw.rectangle((w * 0.16, h * 0.42, w * 0.6, h * 0.72), fill="#fbfbf9", outline="#b8b8b0")
    for i in range(3):
        y = h * (0.46 + 0.1 * i)
        draw.line((w * 0.22, y, w * (0.56 - 0.07 * i), y), fill=ink, width=4)
    draw.rectangle((w * 0.86, h * 0.08, w * 0.95, h * 0.3), fill="#d8e4ea", outline="#a8a8a0")
    letters(draw, title, (w * 0.5, h * 0.84, w * 0.94, h * 0.96), "#b02620")
    return done(img)


def _bent(rng: random.Random, curl: float) -> Bend:
    """A leaf that has been handled: two edges rise, a soft wave runs through it."""
    a, p, q = rng.uniform(0.4, 1.2), rng.uniform(0, 6), rng.uniform(-0.5, 0.5)

    def height(u: float, v: float) -> float:
        edge = math.pow(max(0.0, abs(u + q * v) - 0.18), 1.6) * 3 * a
        return max(0.0, curl * (edge + 0.12 + 0.12 * math.sin(5 * v + p)))

    return height


def _crumple(rng: random.Random, depth: float) -> Bend:
    """Creases across each other in all directions."""
    folds = [
        (rng.uniform(5, 13), rng.uniform(0, math.pi), rng.uniform(0, 6), rng.uniform(0.5, 1))
        for _ in range(6)
    ]

    def height(u: float, v: float) -> float:
        s = 0.0
        for f, a, p, k in folds:
            t = (f * (u * math.cos(a) + v * math.sin(a)) + p) / math.pi
            s += k * abs(t - round(t)) * 2
        return max(0.0, depth * (s / 3 - 0.35))

    return height


def _dogear(
    b: Any, size: tuple[float, float], cut: tuple[float, float], front: Any, back: Any, z: float
) -> None:
    """A leaf whose corner at -x, +y is folded over: ``cut`` is what the fold takes of each side."""
    w, h = size
    uv = b.bm.loops.layers.uv.verify()
    p, q = (-w / 2 + cut[0], h / 2), (-w / 2, h / 2 - cut[1])
    rest = [(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), p, q]
    f = b.bm.faces.new([b.bm.verts.new((x, y, z)) for x, y in rest])
    for loop, (x, y) in zip(f.loops, rest, strict=True):
        loop[uv].uv = (x / w + 0.5, y / h + 0.5)
    f.material_index = b._slot(front)
    # the corner mirrored at the fold, its tip in the air
    k = 2 * cut[0] * cut[1] / (cut[0] ** 2 + cut[1] ** 2)
    tip = (-w / 2 + k * cut[1], h / 2 - k * cut[0])
    over = [(*p, z + 0.001), (*tip, z + 0.022), (*q, z + 0.001)]
    vs = [b.bm.verts.new(v) for v in over]
    b.bm.faces.new(vs)
    b._finish(vs, back, False)


def leaves(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "clipped",
    print_: str = "text",
    ground: str = "#f3f2ed",
    ink: str = "#3a3b40",
    accent: str = "#26282c",
    title: str = "业务回单",
    size: tuple[float, float] = (0.21, 0.297),
    count: int = 3,
    curl: float = 0.014,
    marked: bool = True,
) -> Any:
    """Sheets and slips, ``size`` each.

    ``kind``: "clipped" (a pile under a clip), "turned" (stapled, its top leaf turned over),
    "crumpled" (creased leaves on a pile), "receipts" (narrow curled slips), "roll" (a strip off
    its roll), "fanfold" (endless form in zigzag), "envelope", "notes" (sticky leaves),
    "folded" (a letter folded in three), "half" (folded once, gaping), "pad" (glued at the top),
    "strewn" (single leaves apart), "bundle" (piles laid crosswise).
    ``accent`` is the clip or band, ``marked`` the window of an envelope or the bars of a form.
    """
    w, h = size
    b = builder(ident)
    seed = seed_of(ident) % 99991
    face = pic(ident, "page", page(seed, ground, ink, print_), 0.8, coords="UV")
    other = pic(ident, "page2", page(seed + 1, ground, ink, "table"), 0.8, coords="UV")
    plain = mat(ident, "plain", ground, 0.8)
    hard = mat(ident, "clip", accent, 0.35)
    edge = grain(ident, "edge", ground, 0.12, 60)
    small = (min(w, 0.11), min(h, 0.19))
    if kind == "clipped":
        t = 0.0025 * count
        b.box((0, 0, t / 2), (w, h, t), edge)
        sheet(b, size, face, at=(0, 0, t), height=_bent(rng, curl * 0.5))
        x, y = rng.choice(((0.0, h / 2), (-w * 0.36, h / 2), (w * 0.3, h / 2)))
        b.box((x, y + 0.002, t / 2 + 0.006), (0.042, 0.024, t + 0.014), hard, bevel=0.004)
        steel = mat(ident, "steel", "#c2c5c8", 0.25, 1.0)
        for s in (-1, 1):
            b.tube([(x + s * 0.012, y - 0.008, t + 0.014), (x, y - 0.04, t + 0.012)], 0.0016, steel)
    elif kind == "turned":
        b.box((0, 0, 0.001), (w, h, 0.002), edge)
        sheet(b, size, other, at=(0, 0, 0.003), height=_bent(rng, curl * 0.3))
        cut = (w * rng.uniform(0.4, 0.9), h * rng.uniform(0.3, 0.6))
        _dogear(b, size, cut, face, plain, 0.005 + curl * 0.2)
    elif kind == "crumpled":
        for k in range(count):
            m = (face, plain, other)[k % 3]
            at = (rng.uniform(-0.03, 0.03), rng.uniform(-0.03, 0.03), 0.001 + 0.006 * k)
            bend = _crumple(rng, curl * 1.6)
            sheet(b, size, m, at=at, turn=rng.uniform(-0.5, 0.5), height=bend, cuts=18)
    elif kind == "receipts":
        for k in range(count):
            long = (small[0] * 0.62, small[1] * rng.uniform(0.6, 1.25))
            p = slip(seed + k, long, ground, ink, title)
            m = pic(ident, f"slip{k}", p, 0.6, coords="UV")
            s, bow = rng.choice((-1, 1)), curl * rng.uniform(1.0, 2.4)

            def rise(_u: float, v: float, s: int = s, bow: float = bow) -> float:
                return bow * max(0.0, s * v + 0.2) ** 2 * 2.5 + 0.001

            at = (rng.uniform(-0.06, 0.06), rng.uniform(-0.06, 0.06), 0.001 + 0.002 * k)
            sheet(b, long, m, at=at, turn=rng.uniform(-1.2, 1.2), height=rise, cuts=10)
    elif kind == "roll":
        broad, run = small[0] * 0.72, max(0.25, h)
        p = slip(seed, (broad, run), ground, ink, title)
        m = pic(ident, "slip", p, 0.6, coords="UV")
        a, ph = curl * rng.uniform(0.4, 1.2), rng.uniform(0, 6)

        def wave(_u: float, v: float) -> float:
            return a * (1 + math.sin(7 * v + ph)) * (0.5 - v) + 0.001

        sheet(b, (broad, run), m, at=(0, 0, 0), height=wave, cuts=16)
        r = broad * rng.uniform(0.26, 0.42)
        b.cyl((0, run / 2, r), r, broad, plain, rot=(0, math.pi / 2, 0), sides=24)
        b.cyl((0, run / 2, r), r * 0.32, broad + 0.002, hard, rot=(0, math.pi / 2, 0), sides=14)
    elif kind == "fanfold":
        n = 2 + count
        form = (h * 0.94, w * 1.1)
        p = pic(ident, "form", fanfold(seed, form, ground, ink, marked), 0.8, coords="UV")
        t = 0.006 * n
        b.box((0, 0, t / 2), (form[0], form[1], t), edge)
        lift = curl * rng.uniform(1, 3)

        def hinge(_u: float, v: float) -> float:
            return lift * max(0.0, 0.5 - abs(v)) + 0.001

        sheet(b, form, p, at=(0, 0, t), height=hinge, cuts=8)
        if rng.random() < 0.6:  # a part runs on over the desk
            sheet(b, form, p, at=(0, -form[1] * 0.93, 0.002), height=_bent(rng, curl), cuts=8)
    elif kind == "envelope":
        front = (h * 0.75, w * 0.53) if w < 0.25 else (h * 0.9, w * 0.8)
        p = envelope(front, ground, ink, title, marked)
        m = pic(ident, "front", p, 0.75, coords="UV")
        for k in range(max(1, count - 1)):
            at = (rng.uniform(-0.02, 0.02) * k, rng.uniform(-0.02, 0.02) * k, 0.001 + 0.003 * k)
            turn, fat = rng.uniform(-0.4, 0.4) * k, curl * 0.25

            def puff(u: float, v: float, fat: float = fat) -> float:
                return fat * max(0.0, 1 - 3.4 * u * u) * max(0.0, 1 - 3.4 * v * v) + 0.001

            sheet(b, front, m, at=at, turn=turn, height=puff, cuts=8)
    elif kind == "notes":
        for k in range(count):
            d = small[0] * rng.choice((0.5, 0.66, 0.66))
            p, q = page(seed + k, ground, ink, "text", (180, 240)), rng.uniform(0.6, 2)
            p[16:54] = p[0, 0]  # written by hand, so without a heading
            m = pic(ident, f"note{k}", p, 0.8, coords="UV")

            def lifted(_u: float, v: float, q: float = q) -> float:
                return curl * q * max(0.0, 0.3 - v) ** 2 + 0.001

            at = (0.05 * (k - count / 2) * q, rng.uniform(-0.05, 0.05), 0.001 * k)
            turn = rng.uniform(-0.5, 0.5)
            if k == 0:
                t = 0.012 if marked else 0.004
                b.box((at[0], at[1], t / 2), (d, d, t), plain, rot=(0, 0, turn))
                at = (at[0], at[1], t)
            sheet(b, (d, d), m, at=at, turn=turn, height=lifted, cuts=6)
    elif kind == "folded":
        lift, third = curl * rng.uniform(1.0, 3.0), h / 3

        def letter(_u: float, v: float) -> float:
            t = (v + 0.5) * 3
            return lift * (1 - abs(t - 1) if t < 2 else t - 2) * 0.8 + 0.001

        sheet(b, (w, third * 2.9), face, height=letter, cuts=12)
    elif kind == "half":
        gape = rng.uniform(0.12, 0.5)
        sheet(b, (w, h / 2), other, at=(0, 0, 0.001))
        with moved(b, (0, h / 4, 0.0015), tip=-gape):
            sheet(b, (w, h / 2), plain, at=(0, -h / 4, 0))
    elif kind == "pad":
        t = 0.004 * count
        b.box((0, 0, t / 2), (w * 0.7, h * 0.7, t), edge)
        b.box((0, h * 0.335, t / 2 + 0.001), (w * 0.704, h * 0.05, t + 0.002), hard)
        flip = rng.uniform(0.5, 2.5)

        def corner(u: float, v: float) -> float:
            return curl * flip * max(0.0, u - v - 0.25) ** 2 * 3 + 0.0006

        sheet(b, (w * 0.7, h * 0.7), face, at=(0, 0, t), height=corner, cuts=10)
    elif kind == "strewn":
        for k in range(count):
            at = ((k - (count - 1) / 2) * w * 0.75, rng.uniform(-0.09, 0.09), 0.001 + 0.002 * k)
            m = (face, other, plain)[k % 3]
            sheet(b, size, m, at=at, turn=rng.uniform(-0.9, 0.9), height=_bent(rng, curl))
    else:  # piles crosswise
        t = 0.008
        for k in range(count):
            turn = (math.pi / 2 if k % 2 else 0.0) + rng.uniform(-0.12, 0.12)
            b.box((0, 0, t * (k + 0.5)), (w, h, t * 0.94), edge, rot=(0, 0, turn))
        turn = (math.pi / 2 if (count - 1) % 2 else 0.0) + rng.uniform(-0.12, 0.12)
        sheet(b, size, face, at=(0, 0, t * count), turn=turn, height=_bent(rng, curl * 0.4))
    return b.object()
