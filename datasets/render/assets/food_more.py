"""More food: tubs, bakery goods, fruit, lunch boxes, packets, takeaway.

Colours of food itself are written without "#": looks drawn by chance keep them natural.
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.loose_shapes import printed
from datasets.render.assets.shapes import builder, grain, lump, mat, revolve, sheet
from datasets.render.assets.solids import film, grounded


def tub(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "noodle",
    colour: str = "#c8281e",
    second: str = "#f0d8a0",
    lid: str = "#d8d8d6",
    inside: str = "c87a2c",
    r: float = 0.068,
    h: float = 0.105,
    taper: float = 0.72,
) -> Any:
    """A tub of noodles, yoghurt or porridge.

    ``kind``: noodle (lid half open, a fork), closed (a foil lid), open (the food is seen), bowl
    (clear dome lid), spoon (open with a spoon in it).
    """
    b = builder(ident)
    taper = min(taper, 0.95)
    paper = printed(ident, "paper", (colour, second, colour), 0.45, ("好味",))
    base = r * taper
    revolve(b, [(0, 0.003), (base, 0.0), (r, h)], paper)
    rim = mat(ident, "rim", "#f1f0ea", 0.4)
    revolve(b, [(r, h - 0.002), (r * 1.05, h), (r * 1.04, h + 0.003), (r * 0.96, h)], rim)
    food = grain(ident, "food", inside, 0.7, 24, 0.35, 14)
    top = mat(ident, "lid", lid, 0.3, 0.3)
    if kind == "closed":
        b.cyl((0, 0, h + 0.002), r * 1.03, 0.003, printed(ident, "lid2", (lid, colour), 0.3))
        b.box((0, -r * 1.12, h + 0.001), (r * 0.35, r * 0.3, 0.002), top)
        return b.object()
    lump(
        b,
        (0, 0, h * 0.82),
        (r * 0.93, r * 0.93, h * 0.07),
        food,
        rough=0.2,
        cells=7,
        seed=seed_of(ident) % 9999,
    )
    if kind == "noodle":
        n = 10
        for half, tilt in ((0, 0.0), (1, 0.9)):  # one half of the lid sticks, the other is up
            ring = [
                b.bm.verts.new((-r * 1.02, 0, h + 0.004)),
                b.bm.verts.new((r * 1.02, 0, h + 0.004)),
            ]
            for t in np.linspace(0, math.pi, n)[1:-1]:
                y = r * 1.02 * math.sin(t) * (1 if half else -1)
                at = (
                    r * 1.02 * math.cos(t),
                    y * math.cos(tilt),
                    h + 0.004 + abs(y) * math.sin(tilt),
                )
                ring.append(b.bm.verts.new(at))
            b.bm.faces.new(ring)
            b._finish(ring, top, False)
        b.box((r * 0.3, -r * 0.2, h + 0.006), (0.012, 0.12, 0.003), rim, rot=(0.08, 0, 0.7))
    elif kind == "bowl":
        clear = film(ident, "dome", "#eef2f2", 0.35)
        revolve(
            b, [(r * 1.04, h + 0.003), (r, h + 0.02), (r * 0.7, h + 0.03), (0, h + 0.03)], clear
        )
    elif kind == "spoon":
        spoon = mat(ident, "spoon", "#e8e8e4", 0.3)
        b.tube([(0, 0, h * 0.8), (r * 0.9, r * 0.5, h * 1.5)], 0.005, spoon, sides=6)
    return b.object()


def bakery(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "cake_box",
    colour: str = "#e6b8c2",
    second: str = "#f6f2ea",
    crust: str = "b9772f",
    size: float = 0.2,
    high: float = 0.6,
) -> Any:
    """``kind``: cake_box (tied with ribbon), clam (clear box with pastry), rolls (on paper), baozi
    (steamed buns in a bag), toast (loaf in foil), plate (cake slice), youtiao (fried sticks)."""
    b = builder(ident)
    seed = seed_of(ident) % 9999
    bread = grain(ident, "crust", crust, 0.45, 8, 0.55, 7)
    pale = grain(ident, "dough", "#f2ecdd", 0.1, 8, 0.7, 7)
    if kind == "cake_box":
        h = size * high
        b.box((0, 0, h / 2), (size, size, h), mat(ident, "box", second, 0.5), bevel=0.002)
        b.box(
            (0, 0, h), (size * 1.03, size * 1.03, 0.03), mat(ident, "top", colour, 0.4), bevel=0.002
        )
        ribbon = mat(ident, "ribbon", crust, 0.35)
        for w, d in ((size * 1.04, 0.016), (0.016, size * 1.04)):
            b.box((0, 0, h / 2 + 0.01), (w, d, h + 0.014), ribbon)
        for s in (-1, 1):
            b.ball((s * 0.025, 0, h + 0.028), (0.026, 0.014, 0.011), ribbon, rot=(0, 0, s * 0.5))
    elif kind == "clam":
        w, d, h = size * 0.9, size * 0.7, size * 0.2 + 0.03
        b.box((0, 0, 0.008), (w, d, 0.016), mat(ident, "tray", "#1d1c1b", 0.3), bevel=0.004)
        for k in range(6):
            at = ((k % 3 - 1) * w * 0.29, (k // 3 - 0.5) * d * 0.44, 0.032)
            lump(
                b,
                at,
                (w * 0.13, d * 0.19, 0.02),
                (bread, pale)[k % 2],
                rough=0.1,
                seed=seed + k,
                segments=16,
                square=2.5,
            )
        b.box(
            (0, 0, h / 2 + 0.008),
            (w * 0.97, d * 0.97, h),
            film(ident, "lid", "#eef4f4", 0.22),
            bevel=0.008,
        )
    elif kind == "rolls":
        sheet(
            b,
            (size * 1.2, size),
            mat(ident, "paper", second, 0.7),
            cuts=8,
            height=lambda u, v: 0.002 + 0.05 * (abs(u) ** 3 + abs(v) ** 3),
        )
        for k in range(rng.randint(2, 4)):
            a = k * 1.7
            at = (size * 0.22 * math.cos(a), size * 0.18 * math.sin(a), size * 0.14)
            lump(
                b,
                at,
                (size * 0.24, size * 0.17, size * 0.14),
                bread,
                rough=0.08,
                seed=seed + k,
                floor=0.004,
            )
    elif kind == "baozi":
        for k in range(4):
            at = (size * 0.24 * math.cos(k * 1.6), size * 0.22 * math.sin(k * 1.6), size * 0.15)
            lump(
                b,
                at,
                (size * 0.22, size * 0.22, size * 0.16),
                pale,
                rough=0.07,
                seed=seed + k,
                floor=0.003,
                taper=0.25,
                segments=20,
            )
        lump(
            b,
            (0, 0, size * 0.18),
            (size * 0.56, size * 0.52, size * 0.22),
            film(ident, "bag", colour, 0.28),
            rough=0.22,
            cells=5,
            seed=seed,
            floor=0.001,
        )
        lump(
            b,
            (size * 0.5, 0, size * 0.2),
            (size * 0.22, size * 0.1, size * 0.1),
            film(ident, "knot", colour, 0.6),
            rough=0.4,
            cells=5,
            seed=seed + 1,
        )
    elif kind == "toast":
        for k in range(6):
            x = (k - 2.5) * size * 0.16
            b.box((x, 0, size * 0.26), (size * 0.14, size * 0.5, size * 0.5), bread, bevel=0.015)
        b.box(
            (0, 0, size * 0.26),
            (size * 1.04, size * 0.52, size * 0.52),
            film(ident, "foil", second, 0.3),
            bevel=0.02,
        )
        b.box(
            (0, -size * 0.265, size * 0.25),
            (size * 0.55, 0.001, size * 0.3),
            mat(ident, "label", colour, 0.4),
        )
        lump(
            b,
            (size * 0.62, 0, size * 0.2),
            (size * 0.12, size * 0.14, size * 0.12),
            mat(ident, "end", second, 0.2),
            rough=0.4,
            cells=6,
            seed=seed,
        )
    elif kind == "youtiao":
        sheet(
            b,
            (size * 1.1, size * 1.3),
            mat(ident, "bag", second, 0.4),
            cuts=8,
            height=lambda u, v: 0.002 + 0.02 * abs(math.sin(7 * u + 4 * v)),
        )
        for k in range(3):
            pts = [
                ((k - 1) * size * 0.2 + 0.008 * math.sin(9 * t), size * t, 0.026 + 0.006 * k)
                for t in np.linspace(-0.6, 0.6, 12)
            ]
            b.tube(
                pts,
                size * 0.09,
                bread,
                radii=[size * (0.08 + 0.015 * math.sin(3 * i + k)) for i in range(12)],
            )
    else:
        r = size * 0.45
        revolve(
            b,
            [
                (0, 0.004),
                (r * 0.6, 0.0),
                (r, 0.014),
                (r * 0.97, 0.016),
                (r * 0.6, 0.006),
                (0, 0.006),
            ],
            mat(ident, "plate", second, 0.3),
        )
        for k in range(3):
            m = (bread, mat(ident, "cream", colour, 0.5))[k % 2]
            b.cyl((0, 0, 0.018 + 0.018 * k), r * 0.6, 0.018, m, sides=3)
        b.ball(
            (0, 0, 0.072), (0.012, 0.012, 0.013), mat(ident, "cherry", "#b01c24", 0.25), segments=12
        )
    return grounded(b.object())
