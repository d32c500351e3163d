"""Books of other constructions than `paper.book`."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.lettering import canvas, done, leaflet, legible, letters, size_px
from datasets.render.assets.shapes import Picture, builder, mat, page, pic, sheet
from datasets.render.assets.stands import FLAT, leaf, moved


def spine(words: str, size: tuple[float, float], ink: str, ground: str) -> Picture:
    """Words below each other down a back."""
    w, h = size_px(size, 220)
    img, draw = canvas((w, h), ground)
    n = max(4, len(words) + 1)
    ink = legible(ink, ground)
    for k, c in enumerate(words):
        letters(draw, c, (w * 0.12, h * (k + 0.6) / n, w * 0.88, h * (k + 1.5) / n), ink)
    draw.line((w * 0.15, h * 0.94, w * 0.85, h * 0.94), fill=ink, width=3)
    return done(img)


def cover(
    seed: int, size: tuple[float, float], colours: tuple[str, ...], words: str, layout: str
) -> Picture:
    """A book's front: "plain" (stamped words on cloth), "label" (a pasted label), "band" (a
    wrapper round the lower third), "photo" (a picture with large words, as magazines have)."""
    w, h = size_px(size, 280)
    one, two = colours[0], colours[-1]
    if layout == "photo":
        return leaflet(seed, colours, words, size)
    img, draw = canvas((w, h), one)
    ink = legible(two, one)
    if layout == "label":
        draw.rectangle((w * 0.2, h * 0.16, w * 0.8, h * 0.42), fill="#eeebe0", outline="#8a2018")
        letters(draw, words, (w * 0.24, h * 0.18, w * 0.76, h * 0.32), "#262428")
        draw.line((w * 0.3, h * 0.37, w * 0.7, h * 0.37), fill="#262428", width=2)
        return done(img)
    letters(draw, words, (w * 0.12, h * 0.12, w * 0.88, h * 0.34), ink)
    draw.line((w * 0.3, h * 0.4, w * 0.7, h * 0.4), fill=ink, width=2)
    if layout == "band":
        draw.rectangle((0, h * 0.66, w, h * 0.93), fill=two)
        letters(draw, "修订版", (w * 0.2, h * 0.7, w * 0.8, h * 0.88), legible(one, two))
    else:
        letters(draw, "编", (w * 0.4, h * 0.8, w * 0.6, h * 0.9), ink)
    return done(img)


def volume(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "dictionary",
    layout: str = "plain",
    colours: tuple[str, ...] = ("#8a2a2a", "#e6dcc0"),
    second: str = "#2c4a72",
    third: str = "#5c6a48",
    leaf_colour: str = "#e8e2d2",
    thick: float = 0.03,
    size: tuple[float, float] = (0.16, 0.23),
    title: str = "政策汇编",
    count: int = 4,
) -> Any:
    """Books, lying or standing; ``colours`` of the first, ``second`` and ``third`` of the others.

    ``kind``: "dictionary" (thick, round back), "magazine" (limp, its corner curling), "spiral"
    (a wire-bound notebook), "open" (in the middle, its leaves arched), "row" (upright between two
    bookends), "leaning" (upright, some fallen aside), "ledger" (leather back and corners),
    "heap" (lying askew), "face_down" (open, on its leaves), "strap" (a notebook with a band and a
    ribbon), "brochures" (thin, spread over each other).
    """
    w, h = size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    shades = (colours[0], second, third)
    inner = mat(ident, "leaves", leaf_colour, 0.85)
    front = pic(ident, "cover", cover(seed, size, colours, title, layout), 0.4, coords="UV")
    coats = [mat(ident, f"coat{k}", c, 0.45) for k, c in enumerate(shades)]
    backs = [
        pic(ident, f"spine{k}", spine(title, (thick, h), colours[-1], c), 0.45, coords="UV")
        for k, c in enumerate(shades)
    ]

    def lying(z: float, t: float, k: int, scale: float = 1.0) -> None:
        """A hard book from height ``z``, its back at -x."""
        x, y = w * scale, h * scale
        for q in (z + 0.0012, z + t - 0.0012):
            b.box((0, 0, q), (x, y, 0.0024), coats[k % 3])
        b.box((-x / 2 + 0.0012, 0, z + t / 2), (0.0024, y, t), coats[k % 3])
        b.box((-0.002, 0, z + t / 2), (x - 0.008, y - 0.01, t - 0.004), inner)

    def standing(x: float, t: float, k: int, tall: float, roll: float = 0.0) -> None:
        """A hard book on its foot, its back to -y."""
        with moved(b, (x, 0, t / 2 * abs(math.sin(roll))), roll=roll):
            b.box((0, 0, tall / 2), (t, w, tall), coats[k % 3], bevel=0.0015)
            b.box((0, 0.002, tall / 2 + 0.001), (t - 0.005, w - 0.003, tall), inner)
            leaf(
                b,
                (t * 0.9, tall * 0.94),
                backs[k % 3],
                foot=(0, -w / 2, 0),
                up=tall * 0.03,
                out=0.001,
            )

    if kind == "dictionary":
        t = thick * 1.7
        lying(0, t, 0)
        with moved(b, (-w / 2, 0, t / 2)):
            b.cyl((0, 0, 0), t / 2, h, coats[0], rot=(FLAT, 0, 0), sides=16)
        b.plane((0.002, 0, t + 0.0008), (w * 0.98, h * 0.98, 0), front)
        dark = mat(ident, "index", "#3a2c26", 0.8)
        for k in range(7):
            b.cyl((w / 2 - 0.006, h * (0.36 - 0.12 * k), t * 0.55), 0.006, t * 0.5, dark, sides=10)
    elif kind == "magazine":
        a = rng.uniform(0.6, 1.6)

        def limp(u: float, v: float) -> float:
            return thick * (0.18 + 0.9 * a * max(0.0, u + 0.4 * v - 0.1) ** 2 + 0.1 * u)

        b.box((0, 0, 0.002), (w * 1.2, h * 1.2, 0.004), inner)
        for k in range(4):
            m = front if k == 3 else inner
            sheet(b, (w * 1.2, h * 1.2), m, at=(0, 0, 0.0015 * k), height=limp, cuts=10)
    elif kind == "spiral":
        t = thick * 0.5
        b.box((0, 0, t / 2), (w, h, t), inner)
        b.box((0, 0, 0.001), (w + 0.004, h + 0.004, 0.002), coats[0])
        wire = mat(ident, "wire", "#2c2d30" if count % 2 else "#b8bbbe", 0.35, 0.6)
        top = pic(ident, "lines", page(seed, leaf_colour, "#5a6a8a", "text"), 0.8, coords="UV")
        b.plane((0, 0, t + 0.0015), (w, h, 0), front if layout != "label" else top)
        n = 18
        for k in range(n):
            y = h * (-0.47 + 0.94 * k / (n - 1))
            with moved(b, (-w / 2 - 0.001, y, t / 2 + 0.004)):
                b.cyl((0, 0, 0), t * 0.5 + 0.004, 0.003, wire, rot=(FLAT, 0, 0), sides=10)
    elif kind == "open":
        pages = [
            pic(
                ident, f"page{k}", page(seed + k, leaf_colour, size_px=(300, 420)), 0.8, coords="UV"
            )
            for k in (0, 1)
        ]
        high = thick * 0.55
        b.box((0, 0, 0.0015), (w * 2.06, h * 1.03, 0.003), coats[0])
        for s in (-1, 1):
            share = rng.uniform(0.5, 1.2) if s < 0 else 1.0

            def arch(u: float, _v: float, s: int = s, share: float = share) -> float:
                t = 0.5 + s * u  # 0 at the back, 1 at the fore edge
                return high * share * (0.45 + 0.9 * math.sin(math.pi * min(1.0, t * 0.95) ** 0.6))

            for k in range(3):
                m = pages[(s + 1) // 2] if k == 2 else inner
                z = max(0.003, 0.003 - 0.3 * high * (2 - k))
                sheet(b, (w, h), m, at=(s * w / 2, 0, z), height=arch, cuts=12)
            outer = high * share * 0.45
            b.box((s * (w - 0.002), 0, outer / 2 + 0.002), (0.004, h, outer), inner)
    elif kind in ("row", "leaning"):
        steel = mat(ident, "end", third if kind == "row" else "#8a8e92", 0.4, 0.5)
        ts = [thick * rng.uniform(0.5, 1.3) for _ in range(count + 2)]
        x = -sum(ts) / 2
        for k, t in enumerate(ts):
            fall = 0.0
            if kind == "leaning" and k >= count - 1:
                fall = -0.22 - 0.05 * (k - count)
                x += h * 0.1
            standing(x + t / 2, t, k, h * (0.9 + 0.1 * ((k * 7) % 3) / 2), fall)
            x += t + 0.001
        if kind == "row":
            for s in (-1, 1):
                e = s * (sum(ts) / 2 + 0.004)
                b.box((e, 0, h * 0.37), (0.005, w * 0.9, h * 0.74), steel, bevel=0.001)
                b.box((e + s * 0.012, 0, 0.002), (0.024, w * 0.9, 0.004), steel)
    elif kind == "ledger":
        t = thick * 0.9
        lying(0, t, 0, 1.15)
        x, y = w * 1.15, h * 1.15
        hide = coats[1]
        b.box((-x * 0.41, 0, t / 2), (x * 0.185, y * 1.004, t + 0.002), hide)
        for s in (-1, 1):
            cut = ((x / 2, s * y / 2), (x / 2 - x * 0.2, s * y / 2), (x / 2, s * (y / 2 - x * 0.2)))
            corner = [b.bm.verts.new((px, py, t + 0.0008)) for px, py in cut]
            b.bm.faces.new(corner)
            b._finish(corner, hide, False)
        tag = cover(seed, (x * 0.5, y * 0.24), ("#efece0", "#efece0"), title, "plain")
        label = pic(ident, "tag", tag, 0.7, coords="UV")
        b.plane((x * 0.06, y * 0.14, t + 0.0018), (x * 0.5, y * 0.24, 0), label)
    elif kind == "heap":
        z = 0.0
        for k in range(count):
            t, scale = thick * rng.uniform(0.5, 1.2), rng.uniform(0.8, 1.1)
            at = (rng.uniform(-0.02, 0.02), rng.uniform(-0.02, 0.02), 0.0)
            turn = rng.uniform(-0.5, 0.5) + rng.choice((0.0, math.pi / 2))
            with moved(b, at, turn=turn):
                lying(z, t, k, scale)
                z += t
                if k == count - 1:
                    top = (w * scale * 0.97, h * scale * 0.97, 0)
                    b.plane((0.002, 0, z + 0.0008), top, front)
    elif kind == "face_down":
        tip = rng.uniform(0.1, 0.24)
        lift = w * math.sin(tip)
        for s in (-1, 1):
            with moved(b, (0, 0, lift), roll=s * tip):
                b.box((s * w / 2, 0, 0.003), (w, h, 0.003), coats[0])
                b.box((s * w * 0.48, 0, -0.001), (w * 0.94, h * 0.96, 0.005), inner)
                if s > 0:
                    b.plane((w / 2, 0, 0.0055), (w * 0.96, h * 0.98, 0), front)
        b.box((0, 0, lift + 0.002), (thick * 0.7, h, 0.005), coats[0])
    elif kind == "strap":
        t = thick * 0.6
        b.box((0, 0, t / 2), (w * 0.8, h * 0.8, t), coats[0], bevel=0.003)
        b.box((0.002, 0, t / 2), (w * 0.802, h * 0.78, t * 0.6), inner)
        b.box((w * 0.3, 0, t / 2), (0.007, h * 0.806, t + 0.003), coats[1])
        b.box((-w * 0.1, -h * 0.43, 0.002), (0.005, h * 0.1, 0.0016), coats[2])
        pen = mat(ident, "pen", legible("#c8cace", colours[0]), 0.3, 0.5)
        if count % 2:
            b.cyl((-w * 0.12, 0, t + 0.005), 0.0048, 0.14, pen, rot=(FLAT, 0, 0.3), sides=10)
    else:  # thin ones spread over each other
        for k in range(count):
            turn = (k - count / 2) * rng.uniform(0.1, 0.3)
            with moved(b, (0.045 * (k - count / 2), rng.uniform(-0.03, 0.03), 0.005 * k), turn):
                b.box((0, 0, 0.0022), (w, h, 0.0044), coats[k % 3])
                b.plane((0, 0, 0.0052), (w, h, 0), front)
    return b.object()
