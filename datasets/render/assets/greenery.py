"""More plants: rosettes, orchids, stems in water, sword leaves, trailing and cut flowers."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, curve, grain, lump, mat, revolve
from datasets.render.assets.solids import glassy, grounded

Point = tuple[float, float, float]


def blade(
    b: Any, m: Any, points: list[Point], wide: float, *, tip: float = 0.15, flat: float = 0.0
) -> None:
    """A leaf along a line: two faces wide, folded up at its edges by ``flat``."""
    p = np.asarray(points, float)
    rows = []
    for i in range(len(p)):
        d = p[min(i + 1, len(p) - 1)] - p[max(i - 1, 0)]
        side = np.array([-d[1], d[0], 0.0])
        if np.linalg.norm(side) < 1e-6:
            side = np.array([1.0, 0, 0])
        side /= np.linalg.norm(side)
        q = i / (len(p) - 1)
        w = wide * max(0.03, math.sin(math.pi * (tip + (1 - tip) * q)) if tip else 1 - q)
        up = np.array([0, 0, flat * w])
        rows.append(
            [b.bm.verts.new(tuple(v)) for v in (p[i] - side * w + up, p[i], p[i] + side * w + up)]
        )
    for r, s in pairwise(rows):
        for k in (0, 1):
            b.bm.faces.new((r[k], r[k + 1], s[k + 1], s[k]))
    b._finish([v for r in rows for v in r], m, True)


def green(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "snake",
    pot: str = "#d8d5cc",
    leaf: str = "#3f6a3a",
    second: str = "#c8c46a",
    flower: str = "#b8508a",
    height: float = 0.36,
    r: float = 0.065,
    shape: str = "round",
) -> Any:
    """``kind``: snake (upright swords), succulent (rosettes in a dish), orchid (arched, flowers),
    bamboo (lucky canes, tied), water (leaves in a glass with roots), trail (vines over the rim),
    vase (cut or silk flowers), aloe, spider (arching grass), money (round leaves), anthurium.

    ``shape`` of the pot: round, square, bowl, tall.
    """
    b = builder(ident)
    seed = seed_of(ident) % 9999
    m, m2 = (
        grain(ident, "leaf", leaf, 0.4, 12, 0.4, 7),
        grain(ident, "leaf2", second, 0.3, 12, 0.5, 7),
    )
    clay, soil = mat(ident, "pot", pot, 0.4), grain(ident, "soil", "#2c1e14", 0.6, 30, 0.95)
    bloom = mat(ident, "bloom", flower, 0.6)
    ph = r * {"bowl": 0.8, "tall": 2.2}.get(shape, 1.5)
    if kind in ("water", "vase"):
        ph = height * 0.42
        g = glassy(ident, "vase", "#e2ecea") if kind == "water" else clay
        revolve(
            b, [(0, 0.003), (r * 0.7, 0), (r, ph * 0.35), (r * 0.55, ph * 0.8), (r * 0.66, ph)], g
        )
        if kind == "water":
            water = mat(ident, "water", "#c8d8d0", 0.1, transmission=0.6)
            revolve(b, [(0, 0.006), (r * 0.66, 0.006), (r * 0.92, ph * 0.35), (0, ph * 0.6)], water)
            for k in range(6):
                a = k * 1.05
                b.tube(
                    [(0, 0, ph * 0.7), (r * 0.4 * math.cos(a), r * 0.4 * math.sin(a), 0.02)],
                    0.002,
                    mat(ident, "root", "#d8ccb0"),
                    sides=4,
                )
    elif shape == "square":
        b.box((0, 0, ph / 2), (r * 1.8, r * 1.8, ph), clay, bevel=0.006)
        b.box((0, 0, ph), (r * 1.6, r * 1.6, 0.004), soil)
    else:
        foot = {"bowl": 0.55, "tall": 0.75}.get(shape, 0.72)
        revolve(
            b,
            [(0, 0), (r * foot, 0), (r, ph * 0.85), (r, ph), (r * 0.92, ph), (r * 0.9, ph - 0.01)],
            clay,
        )
        b.cyl((0, 0, ph - 0.008), r * 0.92, 0.006, soil)
        if shape == "round":
            revolve(
                b,
                [(0, 0.0), (r * 1.05, 0.0), (r * 1.15, 0.014), (r * 1.1, 0.014), (r * 1.0, 0.004)],
                clay,
            )
    up = max(0.06, height - ph)

    def arch(
        a: float, far: float, top: float, end: float, start: float = 0.0, z: float = ph
    ) -> list[Point]:
        c, s = math.cos(a), math.sin(a)
        pts = [
            (start * c, start * s, z - 0.01),
            (far * 0.45 * c, far * 0.45 * s, z + top),
            (far * c, far * s, z + end),
        ]
        return curve(pts, 5)

    def stalk(a: float, far: float, end: float, thick: float = 0.002, z: float = ph) -> Point:
        pts = arch(a, far, end * 0.7, end, z=z)
        b.tube(pts, thick, m, sides=4)
        return pts[-1]

    if kind in ("snake", "aloe", "spider"):
        n, wide = {"snake": (9, 0.026), "aloe": (14, 0.016), "spider": (30, 0.008)}[kind]
        for k in range(n):
            a = k * 2.4 + rng.uniform(-0.2, 0.2)
            q = rng.uniform(0.7, 1.0)
            if kind == "snake":
                far, top, end = r * 0.9 * rng.uniform(0.5, 1.1), up * q * 0.5, up * q
            elif kind == "aloe":
                far, top, end = up * 0.8 * q, up * 0.5 * q, up * 0.75 * (1.3 - 0.06 * k)
            else:
                far, top, end = up * 0.95 * q, up * 0.75, -up * 0.15 * q + up * 0.3
            pts = arch(a, far, top, max(end, 0.0 - ph * 0.5), r * 0.3)
            blade(
                b,
                m2 if k % 3 == 2 else m,
                pts,
                wide * (1.2 if kind == "snake" else 1),
                tip=0.3,
                flat=0.35,
            )
    elif kind == "succulent":
        for k in range(4 if shape in ("bowl", "square") else 1):
            x, y = (
                (r * 0.45 * math.cos(k * 1.57 + 0.6), r * 0.45 * math.sin(k * 1.57 + 0.6))
                if k or shape == "bowl"
                else (0, 0)
            )
            q = r * (0.5 if shape in ("bowl", "square") else 1.0) * rng.uniform(0.85, 1.1)
            mm = (m, m2, bloom, m)[k]
            for i in range(22):
                a, f = i * 2.4, math.sqrt((i + 1) / 22)
                at = (
                    x + q * 0.75 * f * math.cos(a),
                    y + q * 0.75 * f * math.sin(a),
                    ph + q * (0.5 - 0.35 * f),
                )
                b.ball(at, (q * 0.36, q * 0.2, q * 0.1), mm, rot=(0, -0.9 + 0.7 * f, a), segments=8)
    elif kind in ("orchid", "anthurium", "vase"):
        for k in range(6 if kind != "vase" else 8):
            q = up * (0.35 if kind == "orchid" else 0.6)
            pts = arch(
                k * 1.05 + 0.3, q * rng.uniform(0.9, 1.2), q * 0.5, q * rng.uniform(0.1, 0.6), z=ph
            )
            blade(b, m, pts, 0.024, tip=0.12, flat=0.3)
        for k in range({"orchid": 2, "anthurium": 4, "vase": 7}[kind]):
            a = k * (2.2 if kind == "orchid" else 0.95)
            if kind == "orchid":
                pts = curve(
                    [
                        (0, 0, ph),
                        (0.02 * math.cos(a), 0.02 * math.sin(a), ph + up * 0.7),
                        (up * 0.3 * math.cos(a), up * 0.3 * math.sin(a), ph + up),
                        (up * 0.62 * math.cos(a), up * 0.62 * math.sin(a), ph + up * 0.8),
                    ],
                    6,
                )
                b.tube(pts, 0.0028, m, sides=5)
                for p in pts[7::2]:
                    for j in range(5):
                        t = j * math.tau / 5
                        at = (
                            p[0] + 0.018 * math.cos(t) * -math.sin(a),
                            p[1] + 0.018 * math.cos(t) * math.cos(a),
                            p[2] + 0.018 * math.sin(t),
                        )
                        b.ball(at, (0.017, 0.017, 0.012), bloom, segments=8)
                    b.ball((p[0] + 0.008, p[1], p[2]), (0.007, 0.007, 0.007), m2, segments=6)
            else:
                tip = stalk(a, up * rng.uniform(0.2, 0.55), up * rng.uniform(0.65, 1.0))
                if kind == "anthurium":
                    b.ball(tip, (0.036, 0.03, 0.004), bloom, rot=(0.5, 0.3, a), segments=12)
                    b.tube([tip, (tip[0], tip[1], tip[2] + 0.035)], 0.004, m2, sides=6)
                else:
                    lump(
                        b,
                        tip,
                        (0.028, 0.028, 0.02),
                        bloom if k % 3 else m2,
                        rough=0.25,
                        cells=5,
                        seed=seed + k,
                        segments=14,
                    )
    elif kind == "bamboo":
        for k in range(9):
            a, q = k * 2.4, r * 0.5 * math.sqrt((k + 0.4) / 9)
            x, y, top = (
                q * math.cos(a),
                q * math.sin(a),
                ph + up * (0.55 + 0.35 * ((k * 7) % 9) / 9),
            )
            zs = np.linspace(ph - 0.02, top, 9)
            b.tube(
                [(x, y, float(z)) for z in zs],
                0.007,
                m,
                radii=[0.0065 + 0.0012 * (i % 2) for i in range(9)],
                sides=8,
            )
            for i in range(4):
                t = a + i * 1.6
                pts = [
                    (x, y, top - 0.01),
                    (x + 0.05 * math.cos(t), y + 0.05 * math.sin(t), top + 0.045),
                    (x + 0.1 * math.cos(t), y + 0.1 * math.sin(t), top + 0.02),
                ]
                blade(b, m, curve(pts, 3), 0.008, tip=0.2)
        revolve(b, [(r * 0.6, ph + up * 0.25), (r * 0.61, ph + up * 0.29)], bloom)
    else:
        n = {"water": 12, "money": 26, "trail": 12}[kind]
        for k in range(n):
            a = k * 2.4
            if kind == "trail":
                far = r + up * rng.uniform(0.3, 0.9)
                c, s = math.cos(a), math.sin(a)
                pts = curve(
                    [
                        (0, 0, ph),
                        (r * 0.8 * c, r * 0.8 * s, ph + 0.035),
                        (r * 1.4 * c, r * 1.4 * s, ph * 0.55),
                        (far * c, far * s, 0.012),
                    ],
                    4,
                )
                b.tube(pts, 0.002, m, sides=4)
                for i, p in enumerate(pts[1::2]):
                    b.ball(
                        (p[0], p[1], p[2] + 0.008),
                        (0.026, 0.02, 0.003),
                        (m, m2)[(i + k) % 4 == 0],
                        rot=(rng.uniform(-0.5, 0.5), rng.uniform(-0.5, 0.5), a + i),
                        segments=8,
                    )
            else:
                far = up * rng.uniform(0.15, 0.65)
                tip = stalk(a, far, up * rng.uniform(0.4, 1.0))
                wide = 0.03 if kind == "water" else 0.022
                b.ball(
                    tip,
                    (wide * (1.3 if kind == "water" else 1), wide, 0.003),
                    (m, m2)[k % 5 == 4],
                    rot=(rng.uniform(-0.6, 0.6), rng.uniform(-0.6, 0.6), a),
                    segments=10,
                )
    return grounded(b.object())
