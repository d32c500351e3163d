"""Litter and plants."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import (
    builder,
    curve,
    grain,
    lump,
    mat,
    revolve,
    sheet,
)


def litter(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "ball",
    colour: str = "#e9e7e1",
    size: float = 0.035,
) -> Any:
    b = builder(ident)
    seed = seed_of(ident) % 9999
    if kind == "ball":
        m = grain(ident, "paper", colour, 0.25, 30, 0.85, 12)
        lump(
            b,
            (0, 0, size * 0.85),
            (size, size * 0.9, size * 0.85),
            m,
            rough=0.3,
            cells=5,
            seed=seed,
            segments=20,
        )
    elif kind == "tissue":
        m = mat(ident, "tissue", colour, 0.95)
        p = [rng.uniform(0, 6) for _ in range(4)]
        sheet(
            b,
            (size * 3, size * 2.6),
            m,
            cuts=14,
            height=lambda u, v: (
                0.006
                + size * 0.45 * abs(math.sin(7 * u + p[0] + 2 * v) * math.cos(8 * v + p[1] - 3 * u))
            ),
        )
    elif kind == "bottle":
        g = mat(ident, "pet", colour, 0.12, transmission=0.7, ior=1.2)
        pts = [(0.0, -0.1 + 0.2 * t, 0.028) for t in np.linspace(0, 1, 12)]
        rad = [0.02] + [0.029 + 0.004 * math.sin(5 * t) for t in range(8)] + [0.024, 0.014, 0.012]
        b.tube(pts, 0.03, g, radii=rad, sides=12)
        b.tube(
            [(0, -0.04, 0.028), (0, 0.02, 0.028)],
            0.031,
            mat(ident, "label", "#b83a3a", 0.4),
            sides=12,
        )
        b.tube(
            [(0, 0.1, 0.026), (0, 0.118, 0.026)], 0.014, mat(ident, "cap", "#3a62c0", 0.4), sides=12
        )
    elif kind == "cup":
        m = mat(ident, "cup", colour, 0.7)
        b.tube([(0, -0.045, 0.026), (0, 0.045, 0.036)], 0.03, m, radii=[0.026, 0.036], sides=16)
    elif kind == "bag":
        m = mat(ident, "film", colour, 0.25)
        p = [rng.uniform(0, 6) for _ in range(4)]
        sheet(
            b,
            (0.2, 0.17),
            m,
            cuts=18,
            height=lambda u, v: (
                0.003
                + 0.05
                * abs(math.sin(6 * u + p[0]) * math.sin(7 * v + p[1] + 3 * u))
                * (1 - 2 * abs(u))
            ),
        )
    elif kind == "scraps":
        m = mat(ident, "paper", colour, 0.8)
        for _ in range(6):
            sheet(
                b,
                (rng.uniform(0.015, 0.05), rng.uniform(0.012, 0.03)),
                m,
                at=(rng.gauss(0, 0.05), rng.gauss(0, 0.05), rng.uniform(0.001, 0.004)),
                turn=rng.uniform(0, 3),
                cuts=4,
                height=lambda u, v: 0.012 * u * u,
            )
    else:  # peel
        m = grain(ident, "peel", colour, 0.3, 14)
        for k in range(4):
            lump(
                b,
                (0.025 * math.cos(k * 1.6), 0.025 * math.sin(k * 1.6), 0.006),
                (0.028, 0.018, 0.006),
                m,
                rough=0.2,
                cells=4,
                seed=seed + k,
            )
    return b.object()


def plant(
    ident: str,
    rng: random.Random,
    *,
    pot: str = "#e4e2dc",
    leaf: str = "#2f5a2a",
    height: float = 0.3,
    leaves: int = 40,
    wide: float = 0.035,
    spread: float = 0.13,
    kind: str = "bush",
) -> Any:
    b = builder(ident)
    m = grain(ident, "leaf", leaf, 0.5, 12, 0.4)
    r, ph = max(0.05, height * 0.2), max(0.06, height * 0.28)
    revolve(
        b,
        [(0, 0), (r * 0.8, 0), (r, ph), (r - 0.006, ph), (r * 0.9, ph - 0.02), (0, ph - 0.02)],
        mat(ident, "pot", pot, 0.4),
    )
    b.cyl((0, 0, ph - 0.015), r * 0.9, 0.01, mat(ident, "soil", "#2a1c12", 0.95))
    for _ in range(leaves):
        a, q = rng.uniform(0, 6.283), rng.random()
        if kind == "blade":
            pts = [
                (0.02 * math.cos(a), 0.02 * math.sin(a), ph),
                (spread * 0.4 * math.cos(a), spread * 0.4 * math.sin(a), ph + (height - ph) * 0.7),
                (
                    spread * math.cos(a),
                    spread * math.sin(a),
                    ph + (height - ph) * rng.uniform(0.4, 1),
                ),
            ]
            c = curve(pts, 4)
            b.tube(
                c,
                wide,
                m,
                radii=[wide * 0.5 * math.sin(0.4 + 2.6 * i / len(c)) for i in range(len(c))],
                sides=4,
            )
        else:
            rr = spread * math.sqrt(q)
            b.ball(
                (rr * math.cos(a), rr * math.sin(a), ph + (height - ph) * rng.uniform(0.1, 1)),
                (wide * 1.3, wide * 0.7, 0.004),
                m,
                rot=(rng.uniform(-0.9, 0.9), rng.uniform(-0.9, 0.9), a),
                segments=8,
            )
    return b.object()
