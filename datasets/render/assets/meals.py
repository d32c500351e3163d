"""Meals and packets: lunch boxes, opened bags, sweets, takeaway bags.

Colours of food itself are written without "#": looks drawn by chance keep them natural.
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.loose_shapes import printed
from datasets.render.assets.shapes import builder, grain, lump, mat, revolve
from datasets.render.assets.solids import film, grounded


def _sticks(b: Any, ident: str, z: float, colour: str = "#c8a068") -> None:
    m = mat(ident, "sticks", colour, 0.6)
    for k in range(2):
        b.tube([(-0.1, 0.012 * k, z), (0.11, 0.01 + 0.02 * k, z)], 0.0032, m, sides=6)


def bento(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "tray",
    colour: str = "#1e1c1c",
    second: str = "8a4a22",
    greens: str = "4f7a34",
    size: tuple[float, float, float] = (0.23, 0.17, 0.045),
    sticks: bool = True,
) -> Any:
    """``kind``: tray (compartments), steel (round tins, lid off), stack (closed, of tiers), foam
    (hinged, open), bowl (paper bowl of food), clear (closed, food is seen)."""
    b = builder(ident)
    w, d, h = size
    seed, m = seed_of(ident) % 9999, mat(ident, "box", colour, 0.4)
    rice = grain(ident, "rice", "#efece2", 0.2, 40, 0.8, 12)
    fill = (
        rice,
        grain(ident, "meat", second, 0.7, 14, 0.35, 12),
        grain(ident, "greens", greens, 0.7, 14, 0.45, 12),
    )

    def heap(x: float, y: float, rx: float, ry: float, z: float, k: int) -> None:
        lump(
            b,
            (x, y, z),
            (rx, ry, h * 0.3),
            fill[k % 3],
            square=3,
            rough=0.18,
            cells=5,
            seed=seed + k,
            segments=20,
        )

    if kind == "stack":
        for k in range(2):
            b.box(
                (0, 0, h * (0.7 + 1.35 * k)),
                (w * 0.8, d * 0.75, h * 1.3),
                m,
                bevel=0.012,
                segments=3,
            )
        b.box(
            (0, 0, h * 2.85),
            (w * 0.82, d * 0.77, h * 0.3),
            mat(ident, "lid", second, 0.4),
            bevel=0.008,
        )
        band = mat(ident, "band", greens, 0.8)
        b.box((0, 0, h * 1.5), (0.02, d * 0.79, h * 3.06), band)
        return grounded(b.object())
    if kind in ("steel", "bowl"):
        r = d * 0.5
        tin = (
            mat(ident, "tin", "#b9bbbd", 0.3, 1.0)
            if kind == "steel"
            else printed(ident, "paper", (colour, greens, colour), 0.6)
        )
        deep = h * (1.5 if kind == "steel" else 1.3)
        base = r * (0.97 if kind == "steel" else 0.7)
        revolve(
            b,
            [
                (0, 0.001),
                (base, 0),
                (r, deep),
                (r * 1.04, deep),
                (r * 0.95, deep * 0.97),
                (base * 0.95, 0.01),
            ],
            tin,
        )
        lump(b, (0, 0, deep * 0.8), (r * 0.93, r * 0.93, h * 0.22), rice, rough=0.1, seed=seed)
        heap(r * 0.3, 0.0, r * 0.5, r * 0.6, deep * 0.9, 1)
        heap(-r * 0.35, r * 0.2, r * 0.4, r * 0.4, deep * 0.9, 2)
        if kind == "steel":
            revolve(b, [(0, 0.012), (r * 0.97, 0.012), (r, 0.0)], m, at=(r * 2.1, 0.02))
        if sticks:
            _sticks(b, ident, deep + 0.008)
        return grounded(b.object())
    b.box((0, 0, 0.003), (w, d, 0.006), m, bevel=0.002)
    for s in (-1, 1):
        b.box((s * w / 2, 0, h / 2), (0.006, d, h), m)
        b.box((0, s * d / 2, h / 2), (w, 0.006, h), m)
    if kind != "foam":
        b.box((w * 0.08, 0, h / 2), (0.005, d, h * 0.9), m)
        b.box((w * 0.29, 0, h / 2), (w * 0.42, 0.005, h * 0.9), m)
    heap(-w * 0.21, 0, w * 0.26, d * 0.44, h * 0.6, 0)
    heap(w * 0.29, d * 0.24, w * 0.18, d * 0.2, h * 0.6, 1)
    heap(w * 0.29, -d * 0.24, w * 0.18, d * 0.2, h * 0.6, 2)
    if kind == "foam":
        b.box((0, d * 0.5 + d * 0.28, h + d * 0.33), (w, d * 0.9, 0.006), m, rot=(0.9, 0, 0))
    elif kind == "clear":
        b.box(
            (0, 0, h + 0.006),
            (w * 1.01, d * 1.01, 0.016),
            film(ident, "lid", "#eef2f2", 0.28),
            bevel=0.004,
        )
    if sticks and kind == "tray":
        _sticks(b, ident, h + 0.006)
    return grounded(b.object())


def packet(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "open",
    colour: str = "#2a5aa8",
    second: str = "#e8d8a8",
    food: str = "c08a44",
    size: float = 0.12,
) -> Any:
    """``kind``: open (a bag with biscuits beside it), roll (of biscuits), sweets (strewn), jelly
    (cups), bar (of chocolate), box (of biscuits, open), pillow (small cakes), nuts (a jar)."""
    b = builder(ident)
    seed = seed_of(ident) % 9999
    m = printed(ident, "print", (colour, second, colour), 0.25, ("美味",))
    bite = grain(ident, "food", food, 0.4, 14, 0.7, 14)
    if kind == "open":
        lump(
            b,
            (0, size * 0.2, size * 0.2),
            (size * 0.5, size * 0.72, size * 0.2),
            m,
            square=3,
            rough=0.14,
            cells=5,
            seed=seed,
            floor=0,
        )
        b.cyl(
            (0, -size * 0.5, size * 0.16),
            size * 0.3,
            0.01,
            mat(ident, "mouth", "#c8cacc", 0.2, 0.7),
            rot=(math.pi / 2, 0, 0),
        )
        for k in range(6):
            at = (
                rng.gauss(0, size * 0.3),
                -size * (0.7 + 0.35 * rng.random()),
                0.005 + 0.004 * (k % 3),
            )
            b.cyl(at, size * 0.17, 0.007, bite, rot=(rng.uniform(-0.2, 0.2), 0, 0), sides=16)
    elif kind == "roll":
        r = size * 0.22
        b.tube([(-size, 0, r), (size * 0.75, 0, r)], r, m, sides=16)
        for k in range(3):
            b.cyl(
                (size * (0.82 + 0.12 * k), 0, r),
                r * 0.9,
                0.01,
                bite,
                rot=(0, math.pi / 2 - 0.1 * k, 0),
            )
    elif kind == "sweets":
        cols = [mat(ident, f"c{k}", c, 0.25) for k, c in enumerate((colour, second, food))]
        for k in range(9):
            x, y, a = rng.gauss(0, size * 0.5), rng.gauss(0, size * 0.5), rng.uniform(0, 6.28)
            r = size * 0.09
            b.ball((x, y, r * 0.8), (r * 1.3, r, r * 0.8), cols[k % 3], rot=(0, 0, a), segments=12)
            for s in (-1, 1):
                at = (x + s * r * 1.9 * math.cos(a), y + s * r * 1.9 * math.sin(a), r * 0.5)
                b.box(at, (r * 1.1, r * 1.5, 0.002), cols[k % 3], rot=(s * 0.4, 0, a))
    elif kind == "jelly":
        clear = mat(ident, "jelly", food, 0.12, transmission=0.4)
        for k in range(5):
            on = (size * 0.4 * math.cos(k * 1.26), size * 0.4 * math.sin(k * 1.26))
            r = size * 0.21
            revolve(b, [(0, 0.001), (r * 0.7, 0), (r, r * 1.3)], clear, at=on, sides=16)
            b.cyl(
                (*on, r * 1.32),
                r * 1.12,
                0.002,
                mat(ident, f"l{k % 2}", (colour, second)[k % 2], 0.3),
            )
    elif kind == "bar":
        b.box((0, 0, 0.006), (size * 0.6, size * 1.1, 0.012), m, bevel=0.002)
        foil = mat(ident, "foil", "#c9cbcd", 0.2, 0.9)
        b.box((0, -size * 0.6, 0.006), (size * 0.62, size * 0.16, 0.013), foil, rot=(0.1, 0, 0))
        for k in range(8):
            at = (size * (k % 4 - 1.5) * 0.14, -size * (0.72 + 0.16 * (k // 4)), 0.006)
            b.box(at, (size * 0.12, size * 0.14, 0.01), mat(ident, "choc", food, 0.35), bevel=0.002)
    elif kind == "box":
        w, d, h = size * 1.5, size, size * 0.45
        b.box((0, 0, 0.002), (w, d, 0.004), m)
        for s in (-1, 1):
            b.box((s * w / 2, 0, h / 2), (0.003, d, h), m)
            b.box((0, s * d / 2, h / 2), (w, 0.003, h), m)
        b.box((0, d / 2 + d * 0.22, h + d * 0.36), (w, d * 0.85, 0.003), m, rot=(1.02, 0, 0))
        for k in range(12):
            at = (
                w * (k % 4 - 1.5) * 0.23,
                d * (k // 4 - 1) * 0.3,
                h * 0.55 + rng.uniform(0, 0.012),
            )
            b.cyl(
                at,
                d * 0.15,
                0.012,
                bite,
                rot=(rng.uniform(-0.2, 0.2), rng.uniform(-0.2, 0.2), 0),
                sides=12,
            )
    elif kind == "pillow":
        for k in range(3):
            a = k * 2.1 + 0.4
            x, y = size * 0.45 * math.cos(a), size * 0.45 * math.sin(a)
            lump(
                b,
                (x, y, size * 0.16),
                (size * 0.42, size * 0.3, size * 0.16),
                m,
                square=2.6,
                rough=0.06,
                seed=seed + k,
                floor=0,
                segments=20,
            )
            for s in (-1, 1):
                b.box((x + s * size * 0.46, y, size * 0.14), (size * 0.12, size * 0.5, 0.003), m)
    else:
        r = size * 0.38
        revolve(b, [(0, 0.004), (r * 0.93, 0.004), (r * 0.93, r * 1.5), (0, r * 1.6)], bite)
        revolve(
            b,
            [(0, 0), (r, 0.003), (r, r * 1.9), (r * 0.9, r * 2)],
            film(ident, "jar", "#e8eef0", 0.3),
        )
        b.cyl((0, 0, r * 2.1), r * 1.02, r * 0.35, mat(ident, "cap", colour, 0.4))
        b.box((0, -r * 1.005, r), (r * 1.1, 0.003, r * 0.9), mat(ident, "label", second, 0.5))
    return grounded(b.object())


def takeaway(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "film",
    colour: str = "#e6e6e2",
    second: str = "#c8a25c",
    size: tuple[float, float, float] = (0.24, 0.18, 0.16),
) -> Any:
    """Food as a courier brings it.

    ``kind``: film (thin bag over boxes), kraft (paper bag, top rolled down), open (bag turned down
    round its box), drinks (a carrier with two cups).
    """
    b = builder(ident)
    w, d, h = size
    seed, box = seed_of(ident) % 9999, mat(ident, "box", second, 0.5)
    if kind == "film":
        b.box((0, 0, h * 0.22), (w * 0.8, d * 0.8, h * 0.4), box, bevel=0.006)
        b.box(
            (0, 0, h * 0.6),
            (w * 0.7, d * 0.75, h * 0.34),
            mat(ident, "box2", "#f0efe9", 0.5),
            bevel=0.006,
        )
        lump(
            b,
            (0, 0, h * 0.45),
            (w * 0.5, d * 0.52, h * 0.5),
            film(ident, "bag", colour, 0.42),
            square=4,
            rough=0.09,
            cells=5,
            seed=seed,
            floor=0.001,
            taper=0.12,
            segments=32,
        )
        for s in (-1, 1):
            lump(
                b,
                (s * w * 0.1, 0, h * 1.08),
                (w * 0.13, 0.012, h * 0.2),
                film(ident, "ears", colour, 0.7),
                rough=0.3,
                cells=4,
                seed=seed + s,
                segments=14,
            )
        b.box(
            (w * 0.1, -d * 0.5, h * 0.5),
            (0.06, 0.004, 0.1),
            mat(ident, "slip", "#f4f4f0", 0.7),
            rot=(0.06, 0, 0),
        )
    elif kind == "kraft":
        paper = grain(ident, "paper", second, 0.15, 12, 0.85, 4)
        lump(
            b,
            (0, 0, h * 0.7),
            (w * 0.42, d * 0.4, h * 0.7),
            paper,
            square=7,
            rough=0.03,
            seed=seed,
            floor=0,
        )
        b.box((0, 0, h * 1.4), (w * 0.8, d * 0.3, 0.03), paper, bevel=0.006)
        b.box((0, -d * 0.41, h * 0.75), (w * 0.35, 0.003, h * 0.4), mat(ident, "logo", colour, 0.6))
    elif kind == "open":
        b.box((0, 0, h * 0.25), (w * 0.72, d * 0.72, h * 0.5), box, bevel=0.006)
        for k in range(7):
            at = (w * 0.2 * math.cos(k * 2.4), d * 0.2 * math.sin(k * 2.4), h * 0.5)
            lump(
                b,
                at,
                (0.03, 0.025, 0.016),
                grain(ident, f"f{k % 2}", ("#8a4a20", "#d8b86a")[k % 2], 0.5, 9),
                rough=0.2,
                seed=seed + k,
                segments=12,
            )
        bag = film(ident, "bag", colour, 0.75, 0.25)
        pts = [(w * 0.5, 0.002), (w * 0.56, h * 0.2), (w * 0.48, h * 0.36), (w * 0.58, h * 0.3)]
        revolve(b, pts, bag, sides=24)
        for v in b.bm.verts:
            if math.hypot(v.co.x, v.co.y) > w * 0.42:
                a = math.atan2(v.co.y, v.co.x)
                q = 1 + 0.12 * math.sin(5 * a + seed) + 0.06 * math.sin(11 * a)
                v.co.x, v.co.y = v.co.x * q, v.co.y * q * 0.85
                v.co.z = max(0.0, v.co.z * (1 + 0.4 * math.sin(7 * a + seed)))
    else:
        b.box(
            (0, 0, h * 0.12),
            (w * 0.9, d * 0.6, h * 0.24),
            grain(ident, "pulp", second, 0.2, 20),
            bevel=0.006,
        )
        for s in (-1, 1):
            cup = printed(ident, f"cup{s}", (colour, second, colour), 0.5)
            revolve(
                b,
                [(0, 0.01), (0.027, 0.01), (0.04, h * 0.85), (0.042, h * 0.9), (0, h * 0.92)],
                cup,
                at=(s * w * 0.23, 0),
                sides=20,
            )
        for t in np.linspace(-1, 1, 2):
            b.box((0, t * 0.004, h * 0.65), (0.04, 0.003, h * 1.2), mat(ident, "grip", second, 0.8))
    return grounded(b.object())
