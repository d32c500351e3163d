"""Plants that stand on the floor."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.greenery import blade
from datasets.render.assets.shapes import builder, curve, grain, mat, revolve
from datasets.render.assets.solids import grounded


def tall_green(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "dracaena",
    pot: str = "#e2e0da",
    leaf: str = "#35603a",
    second: str = "#6a4a30",
    height: float = 1.3,
    r: float = 0.15,
    shape: str = "round",
) -> Any:
    """A plant that stands on the floor.

    ``kind``: dracaena (canes with tufts), palm (arched fronds), rubber (big leaves up a stem),
    monstera (wide leaves), hanging (vines down from a stand), fig (braided stem, ball of leaves).
    """
    b = builder(ident)
    m, bark = (
        grain(ident, "leaf", leaf, 0.4, 10, 0.4, 4),
        grain(ident, "bark", second, 0.4, 12, 0.9),
    )
    clay = mat(ident, "pot", pot, 0.35)
    z = 0.0
    if kind == "hanging":
        z, ph, r = height * 0.6, 0.16, r * 0.8
        for k in range(4):
            a = k * 1.57 + 0.78
            b.tube(
                [
                    (r * 1.1 * math.cos(a), r * 1.1 * math.sin(a), 0),
                    (r * 0.9 * math.cos(a), r * 0.9 * math.sin(a), z),
                ],
                0.011,
                bark,
            )
        b.cyl((0, 0, z), r * 1.1, 0.02, bark)
        z += 0.01
    else:
        ph = r * 1.7
    if shape == "square":
        b.box((0, 0, z + ph / 2), (r * 1.8, r * 1.8, ph), clay, bevel=0.01)
    else:
        revolve(
            b,
            [(0, z), (r * 0.72, z), (r, z + ph), (r * 0.92, z + ph), (r * 0.9, z + ph - 0.02)],
            clay,
        )
    b.cyl((0, 0, z + ph - 0.01), r * 0.88, 0.024, grain(ident, "soil", "#2c1e14", 0.6, 30, 0.95))
    base, up = z + ph, max(0.3, height - ph)

    def tuft(x: float, y: float, at: float, n: int, far: float, wide: float, lift: float) -> None:
        for k in range(n):
            a, q = k * 2.4, rng.uniform(0.75, 1.1)
            c, s, f = math.cos(a), math.sin(a), far * q
            pts = [
                (x, y, at),
                (x + 0.45 * f * c, y + 0.45 * f * s, at + lift * (0.6 + 0.5 * rng.random())),
                (x + f * c, y + f * s, at + lift * rng.uniform(-0.3, 0.5)),
            ]
            blade(b, m, curve(pts, 4), wide, tip=0.15, flat=0.25)

    if kind == "dracaena":
        for k, q in enumerate((1.0, 0.7, 0.45)):
            a = k * 2.1
            x, y, top = r * 0.45 * math.cos(a), r * 0.45 * math.sin(a), base + up * 0.72 * q
            b.tube([(x, y, base - 0.02), (x, y, top)], 0.026, bark)
            tuft(x, y, top, 26, up * 0.36, 0.022, up * 0.26)
    elif kind == "palm":
        for k in range(9):
            a, q = k * 2.4, rng.uniform(0.75, 1.05)
            far = up * 0.36 * q
            spine = curve(
                [
                    (0, 0, base),
                    (far * 0.3 * math.cos(a), far * 0.3 * math.sin(a), base + up * 0.6 * q),
                    (far * math.cos(a), far * math.sin(a), base + up * 0.72 * q),
                ],
                8,
            )
            b.tube(spine, 0.005, m, sides=4)
            for i, p in enumerate(spine[5:]):
                for way in (-1, 1):
                    t = a + way * (1.15 - 0.05 * i)
                    reach = up * 0.14
                    pts = [
                        p,
                        (
                            p[0] + reach * 0.6 * math.cos(t),
                            p[1] + reach * 0.6 * math.sin(t),
                            p[2] + 0.01,
                        ),
                        (
                            p[0] + reach * math.cos(t),
                            p[1] + reach * math.sin(t),
                            p[2] - reach * 0.3,
                        ),
                    ]
                    blade(b, m, pts, 0.011, tip=0.25)
    elif kind == "fig":
        for k in range(3):
            pts = [
                (
                    0.024 * math.cos(k * 2.1 + 9 * t),
                    0.024 * math.sin(k * 2.1 + 9 * t),
                    base + up * 0.5 * t,
                )
                for t in np.linspace(0, 1, 14)
            ]
            b.tube(pts, 0.017, bark, sides=6)
        for _ in range(190):
            a, t, q = rng.uniform(0, 6.28), rng.uniform(-0.8, 1), rng.uniform(0.7, 1)
            c, ball = math.sqrt(max(0.0, 1 - t * t)), up * 0.29 * q
            at = (ball * c * math.cos(a), ball * c * math.sin(a), base + up * 0.7 + ball * t)
            b.ball(
                at,
                (0.045, 0.026, 0.004),
                m,
                rot=(rng.uniform(-0.9, 0.9), rng.uniform(-0.9, 0.9), a),
                segments=6,
            )
    elif kind == "hanging":
        for k in range(16):
            a = k * 2.4
            c, s, low = math.cos(a), math.sin(a), z * rng.uniform(0.15, 0.75)
            pts = curve(
                [
                    (0, 0, base),
                    (r * 0.9 * c, r * 0.9 * s, base + 0.05),
                    (r * 1.35 * c, r * 1.35 * s, base - 0.1),
                    (r * 1.4 * c, r * 1.4 * s, low),
                ],
                6,
            )
            b.tube(pts, 0.003, m, sides=4)
            for i, on in enumerate(pts[2::2]):
                b.ball(
                    on, (0.042, 0.03, 0.004), m, rot=(rng.uniform(-1, 1), 0.7, a + i), segments=6
                )
    else:
        n, wide = (26, 0.05) if kind == "rubber" else (13, 0.12)
        if kind == "rubber":
            b.tube([(0, 0, base - 0.02), (0.01, 0, base + up * 0.9)], 0.013, bark)
        for k in range(n):
            a = k * 2.4
            foot = base + up * (0.15 + 0.8 * k / n) if kind == "rubber" else base
            far = up * (0.24 if kind == "rubber" else rng.uniform(0.25, 0.55))
            end = foot + (0.1 if kind == "rubber" else up * rng.uniform(0.35, 0.8))
            c, s = math.cos(a), math.sin(a)
            if kind == "monstera":
                b.tube(
                    curve(
                        [
                            (0, 0, foot),
                            (far * 0.3 * c, far * 0.3 * s, end * 0.8),
                            (far * 0.7 * c, far * 0.7 * s, end),
                        ],
                        4,
                    ),
                    0.005,
                    m,
                    sides=4,
                )
                pts = [
                    (far * 0.65 * c, far * 0.65 * s, end),
                    (far * c, far * s, end + 0.02),
                    (far * 1.35 * c, far * 1.35 * s, end - 0.08),
                ]
            else:
                pts = [
                    (0, 0, foot),
                    (far * 0.5 * c, far * 0.5 * s, end),
                    (far * c, far * s, end - 0.03),
                ]
            blade(b, m, curve(pts, 4), wide, tip=0.12, flat=0.2)
    return grounded(b.object())
