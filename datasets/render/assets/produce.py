"""Fruit, vegetables and eggs."""

from __future__ import annotations

import math
import random
from typing import Any, Final

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, curve, grain, lump, revolve, sh
from datasets.render.assets.solids import film, grounded, laid

COLOURS: Final[dict[str, tuple[str, str]]] = {
    "grapes": ("#5a2a4a", "#7aa04a"),
    "pear": ("#c8bc52", "#5a4028"),
    "peeled": ("#e08a22", "#d87f22"),
    "dragon": ("#c0306a", "#7a9a3a"),
    "tomatoes": ("#c02c1e", "#3a6a2a"),
    "eggs": ("#c89a72", "#e8d8c4"),
    "slices": ("#e0a03a", "#c83a4a"),
    "melon": ("#c8342e", "#3a6a32"),
    "tuber": ("#7a3a3a", "#8a5a4a"),
    "maize": ("#e0b83a", "#8aa05a"),
}
"""Fruit has the colours that it has: flesh or skin, then leaf or rind."""

UNRIPE: Final[dict[str, str]] = {
    "grapes": "#9aaa4a",
    "pear": "#8a9a3c",
    "dragon": "#d8b83a",
    "tomatoes": "#d8801e",
    "eggs": "#e6dccb",
    "slices": "#a8c070",
    "melon": "#e0b040",
    "tuber": "#a8743c",
}
"""The other sort of each, mostly the green or the yellow one."""


def produce(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "grapes",
    shade: float = 1.0,
    unripe: bool = False,
    size: float = 0.036,
    count: int = 4,
) -> Any:
    """``kind``: grapes, pear, peeled (mandarin with its peel), dragon, tomatoes, eggs, slices (in a
    clear box), melon (a slice), sweet potato, maize.

    ``shade`` makes it lighter or darker; ``unripe`` is the green or yellow sort.
    """
    ripe, second = COLOURS[kind]
    code = sh.hex_srgb(UNRIPE.get(kind, ripe) if unripe else ripe)
    colour = "#" + "".join(f"{min(255, round(float(c) * 255 * shade)):02x}" for c in code)
    b = builder(ident)
    seed, m = seed_of(ident) % 9999, grain(ident, "skin", colour, 0.3, 10, 0.4, 9)
    leaf = grain(ident, "leaf", second, 0.3, 10, 0.6, 9)
    if kind == "grapes":
        for k in range(34):
            q, a = k / 34, k * 2.4
            r = size * 1.3 * math.sin(0.4 + 2.5 * q)
            at = (
                r * math.cos(a),
                size * 4 * (q - 0.5),
                size * 0.5 + max(0.0, r * 0.7 * math.sin(a)),
            )
            b.ball(at, (size * 0.34,) * 3, m, segments=10)
        b.tube([(0, size * 1.8, size), (0.01, size * 2.8, size * 1.2)], 0.003, leaf)
    elif kind == "pear":
        for k in range(count - 1):
            on = (size * 1.15 * math.cos(k * 2.1), size * 1.15 * math.sin(k * 2.1))
            half = [
                (0, 0),
                (0.6, 0.06),
                (1, 0.75),
                (0.85, 1.3),
                (0.45, 1.9),
                (0.25, 2.2),
                (0, 2.25),
            ]
            revolve(b, [(size * p, size * q) for p, q in half], m, at=on, sides=18)
            b.tube([(*on, size * 2.2), (on[0] + 0.006, on[1], size * 2.7)], 0.002, leaf)
    elif kind == "peeled":
        for k in range(7):
            a = k * 0.9
            at = (size * 0.55 * math.cos(a), size * 0.55 * math.sin(a), size * 0.75)
            b.ball(at, (size * 0.5, size * 0.3, size * 0.75), m, rot=(0, 0, a), segments=12)
        for k in range(4):
            at = (size * 2 * math.cos(k + 0.5), size * 2 * math.sin(k + 0.5), 0.006)
            lump(b, at, (size * 0.7, size * 0.5, 0.006), m, rough=0.3, seed=seed + k, segments=14)
    elif kind == "dragon":
        for k in range(2):
            x = (k - 0.5) * size * 2.8
            lump(
                b,
                (x, 0, size * 1.15),
                (size * 1.3, size * 1.7, size * 1.15),
                m,
                rough=0.05,
                seed=seed + k,
            )
            for i in range(14):
                a, t = i * 2.4, -0.8 + 1.6 * i / 14
                c = math.sqrt(1 - t * t)
                at = (
                    x + size * 1.35 * c * math.cos(a),
                    size * 1.75 * t,
                    size * 1.15 + size * 1.1 * c * math.sin(a),
                )
                b.ball(at, (0.006, size * 0.4, 0.006), leaf, rot=(0.5, 0, a), segments=6)
    elif kind in ("tomatoes", "eggs"):
        for k in range(count):
            a, d = k * 2.4, size * 0.9 * math.sqrt(k + 0.6)
            high = size * (0.62 if kind == "tomatoes" else 0.66)
            at = (d * math.cos(a), d * math.sin(a), high)
            wide = size * (0.76 if kind == "tomatoes" else 0.62)
            b.ball(
                at,
                (wide, wide * (1 if kind == "tomatoes" else 1.35), high),
                m,
                rot=(0, 0, a),
                segments=16,
            )
            if kind == "tomatoes":
                b.ball((at[0], at[1], high * 1.98), (0.012, 0.012, 0.002), leaf, segments=6)
    elif kind == "slices":
        w = size * 4.4
        b.box(
            (0, 0, size * 0.2),
            (w, w * 0.72, size * 0.4),
            film(ident, "box", "#eef2f2", 0.5),
            bevel=0.004,
        )
        for k in range(18):
            at = (
                w * (k % 6 - 2.5) * 0.15,
                w * (k // 6 - 1) * 0.21,
                size * 0.6 + rng.uniform(0, 0.01),
            )
            b.box(
                at,
                (size * 0.6, size * 0.7, size * 0.6),
                (m, leaf)[k % 5 == 4],
                rot=(rng.uniform(-0.4, 0.4), rng.uniform(-0.4, 0.4), rng.uniform(0, 3)),
                bevel=0.004,
            )
    elif kind == "melon":
        rind = grain(ident, "rind", second, 0.5, 12)
        for k in range(2):
            x = (k - 0.5) * size * 1.9
            for r, t, mm in ((2.3, 0.9, rind), (2.1, 0.92, m)):
                ends = []
                for s in (-1, 1):
                    ring = [
                        b.bm.verts.new(
                            (
                                x + s * size * t / 2 * (1.02 if mm is m else 1),
                                size * r * math.cos(a),
                                size * r * math.sin(a) * 0.9,
                            )
                        )
                        for a in np.linspace(0, math.pi, 12)
                    ]
                    ends.append(ring)
                    b.bm.faces.new(ring)
                for i in range(12):
                    j = (i + 1) % 12
                    b.bm.faces.new((ends[0][i], ends[0][j], ends[1][j], ends[1][i]))
                b._finish([v for e in ends for v in e], mm, False)
        return laid(b.object(), spin=math.pi / 2)
    elif kind == "tuber":
        for k in range(2):
            pts = curve(
                [
                    (-size * 2, k * size * 2, size),
                    (0, k * size * 2 + 0.01, size),
                    (size * 2.2, k * size * 2, size),
                ],
                6,
            )
            n = len(pts)
            b.tube(
                pts,
                size,
                m,
                radii=[size * (0.1 + 0.9 * math.sin(math.pi * (i + 0.3) / n)) for i in range(n)],
            )
    else:  # maize, half in its husk
        for k in range(2):
            y = (k - 0.5) * size * 1.8
            n = 16
            pts = [(-size * 2.4 + size * 4.8 * i / n, y, size * 0.8) for i in range(n + 1)]
            b.tube(
                pts,
                size,
                m,
                radii=[
                    size * 0.75 * math.sqrt(max(0.02, 1 - (i / n) ** 4)) * (1 + 0.05 * (i % 2))
                    for i in range(n + 1)
                ],
                sides=12,
            )
            b.ball(
                (-size * 2, y, size * 0.8), (size * 1.6, size * 0.84, size * 0.8), leaf, segments=14
            )
    return grounded(b.object())
