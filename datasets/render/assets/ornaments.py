"""More things of no class: tools of a desk, toys and ornaments, fans."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.loose_shapes import printed
from datasets.render.assets.shapes import (
    builder,
    curve,
    mat,
    revolve,
)
from datasets.render.assets.solids import film, grounded, hoop


def gadget(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "punch",
    colour: str = "#3a4a5c",
    second: str = "#16171a",
    scale: float = 1.0,
) -> Any:
    """``kind``: punch (two holes), heavy (big stapler), mini (stapler), dispenser (of tape, bent
    foot), clips (magnet cup), sharpener (crank), scissors, glue (stick), knife, ruler."""
    b = builder(ident)
    q = scale
    m, s = mat(ident, "body", colour, 0.4), mat(ident, "second", second, 0.5)
    steel = mat(ident, "steel", "#b4b6b8", 0.25, 1.0)
    if kind == "punch":
        b.box((0, 0, 0.008 * q), (0.12 * q, 0.1 * q, 0.016 * q), s, bevel=0.004)
        b.box((0, 0.01 * q, 0.035 * q), (0.1 * q, 0.03 * q, 0.03 * q), steel, bevel=0.003)
        b.box(
            (0, -0.02 * q, 0.062 * q),
            (0.11 * q, 0.1 * q, 0.012 * q),
            m,
            rot=(0.32, 0, 0),
            bevel=0.005,
        )
    elif kind in ("heavy", "mini"):
        n = 0.27 * q if kind == "heavy" else 0.065 * q
        w, h = n * 0.2, n * 0.3
        b.box((0, 0, h * 0.12), (w * 1.25, n, h * 0.24), s, bevel=0.003)
        b.box((0, n * 0.06, h * 0.5), (w * 0.6, n * 0.85, h * 0.16), steel)
        b.box(
            (0, n * 0.05, h * 0.75), (w, n * 0.9, h * 0.26), m, rot=(-0.12, 0, 0), bevel=n * 0.025
        )
        b.box((0, n * 0.42, h * 0.45), (w * 1.05, n * 0.12, h * 0.7), m, bevel=0.002)
    elif kind == "dispenser":
        pts = curve(
            [
                (0, 0.07 * q, 0.03 * q),
                (0, 0.02 * q, 0.012 * q),
                (0, -0.05 * q, 0.014 * q),
                (0, -0.085 * q, 0.04 * q),
            ],
            4,
        )
        b.tube(pts, 0.022 * q, m, sides=10)
        b.box((0, 0, 0.008 * q), (0.06 * q, 0.14 * q, 0.016 * q), s, bevel=0.006)
        b.cyl(
            (0, 0.035 * q, 0.056 * q),
            0.036 * q,
            0.02 * q,
            mat(ident, "roll", "#ded6b6", 0.3),
            rot=(0, math.pi / 2, 0),
        )
        b.cyl((0, 0.035 * q, 0.056 * q), 0.022 * q, 0.023 * q, s, rot=(0, math.pi / 2, 0))
        b.box((0, -0.09 * q, 0.05 * q), (0.024 * q, 0.004, 0.012 * q), steel)
    elif kind == "clips":
        revolve(
            b,
            [(0, 0), (0.034 * q, 0), (0.036 * q, 0.05 * q), (0.028 * q, 0.056 * q)],
            film(ident, "cup", colour, 0.7),
        )
        for k in range(14):
            at = (
                0.02 * q * math.cos(k * 2.4),
                0.02 * q * math.sin(k * 2.4),
                0.05 * q + 0.004 * (k % 4),
            )
            b.box(at, (0.024, 0.005, 0.002), steel, rot=(0.4, 0.3 * k, k))
    elif kind == "sharpener":
        b.box((0, 0, 0.05 * q), (0.075 * q, 0.1 * q, 0.1 * q), m, bevel=0.012, segments=3)
        b.cyl((0, -0.052 * q, 0.065 * q), 0.016 * q, 0.01, s, rot=(math.pi / 2, 0, 0))
        b.tube(
            [(0, 0.05 * q, 0.06 * q), (0, 0.075 * q, 0.06 * q), (0.03 * q, 0.08 * q, 0.09 * q)],
            0.004,
            steel,
        )
        b.ball((0.03 * q, 0.085 * q, 0.095 * q), (0.011, 0.011, 0.011), s, segments=10)
    elif kind == "scissors":
        for k in (-1, 1):
            b.box(
                (k * 0.006 * q, -0.05 * q, 0.004),
                (0.012 * q, 0.11 * q, 0.003),
                steel,
                rot=(0, 0, k * 0.1),
            )
            pts = [
                (k * 0.024 * q + 0.018 * q * math.cos(t), 0.055 * q + 0.03 * q * math.sin(t), 0.005)
                for t in (0, 0.7, 1.4, 2.1, 2.8, 3.5, 4.2, 4.9, 5.6, 6.28)
            ]
            b.tube(pts, 0.005 * q, m, sides=6)
    elif kind == "glue":
        b.tube(
            [(0, -0.05 * q, 0.013 * q), (0, 0.02 * q, 0.013 * q)],
            0.013 * q,
            printed(ident, "p", (colour, "#f4f4f0"), 0.4),
            sides=14,
        )
        b.tube([(0, 0.02 * q, 0.0135 * q), (0, 0.05 * q, 0.0135 * q)], 0.0138 * q, s, sides=14)
    elif kind == "knife":
        b.box((0, 0, 0.007 * q), (0.018 * q, 0.14 * q, 0.013 * q), m, bevel=0.003)
        b.box((0, -0.08 * q, 0.007 * q), (0.01 * q, 0.03 * q, 0.001), steel)
        b.box((0, -0.02 * q, 0.014 * q), (0.008 * q, 0.016 * q, 0.004), s)
    else:
        b.box((0, 0, 0.0015), (0.032 * q, 0.31 * q, 0.003), film(ident, "ruler", colour, 0.7))
        for k in range(15):
            b.box((0.011 * q, (k - 7) * 0.02 * q, 0.0032), (0.008 * q, 0.0015, 0.0004), s)
    return grounded(b.object())


def ornament(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "bear",
    colour: str = "#b8865a",
    second: str = "#f0e2cc",
    size: float = 0.09,
) -> Any:
    """``kind``: bear (soft toy), duck, figure (big head), cat, car, globe, trophy, flag."""
    b = builder(ident)
    m, s, dark = (
        mat(ident, "main", colour, 0.8),
        mat(ident, "second", second, 0.7),
        mat(ident, "dark", "#141416", 0.3),
    )
    q = size
    if kind in ("bear", "cat", "figure"):
        b.ball((0, 0, q * 0.5), (q * 0.42, q * 0.38, q * 0.5), m, segments=16)
        head = q * (0.36 if kind != "figure" else 0.46)
        b.ball(
            (0, 0, q * 1.15),
            (head, head * 0.9, head * 0.9),
            m if kind != "figure" else s,
            segments=16,
        )
        b.ball((0, -q * 0.3, q * 0.48), (q * 0.26, q * 0.14, q * 0.34), s, segments=12)
        for k in (-1, 1):
            b.ball(
                (k * head * 0.75, 0, q * 1.15 + head * 0.75),
                (head * 0.33, head * 0.2, head * 0.36),
                m,
                segments=10,
            )
            b.ball(
                (k * q * 0.24, -q * 0.36, q * 0.14), (q * 0.17, q * 0.22, q * 0.14), m, segments=10
            )
            up = kind == "cat" and k > 0
            b.ball(
                (k * q * 0.42, -q * 0.1, q * (1.05 if up else 0.62)),
                (q * 0.12, q * 0.13, q * 0.28),
                m,
                segments=10,
            )
            b.ball(
                (k * head * 0.35, -head * 0.82, q * 1.2),
                (q * 0.04, q * 0.03, q * 0.04),
                dark,
                segments=8,
            )
    elif kind == "duck":
        b.ball((0, 0.1 * q, q * 0.4), (q * 0.42, q * 0.58, q * 0.4), m, segments=16)
        b.ball((0, -q * 0.25, q * 0.92), (q * 0.3, q * 0.3, q * 0.3), m, segments=14)
        b.ball(
            (0, -q * 0.56, q * 0.88),
            (q * 0.14, q * 0.16, q * 0.06),
            mat(ident, "beak", "#e07a1c", 0.4),
            segments=10,
        )
        for k in (-1, 1):
            b.ball(
                (k * q * 0.16, -q * 0.47, q * 1.02),
                (q * 0.05, q * 0.04, q * 0.05),
                dark,
                segments=8,
            )
    elif kind == "car":
        b.box((0, 0, q * 0.32), (q * 0.75, q * 1.6, q * 0.34), m, bevel=q * 0.08)
        b.box((0, q * 0.1, q * 0.6), (q * 0.62, q * 0.8, q * 0.3), s, bevel=q * 0.08)
        for x in (-1, 1):
            for y in (-1, 1):
                b.cyl(
                    (x * q * 0.36, y * q * 0.5, q * 0.18),
                    q * 0.18,
                    q * 0.14,
                    dark,
                    rot=(0, math.pi / 2, 0),
                    sides=14,
                )
    elif kind == "globe":
        b.cyl((0, 0, q * 0.06), q * 0.5, q * 0.12, s)
        b.ball(
            (0, 0, q * 1.05),
            (q * 0.72,) * 3,
            printed(ident, "map", (colour, second, colour), 0.3),
            segments=20,
        )
        hoop(b, s, (0, 0, q * 1.05), (q * 0.8, q * 0.8), q * 0.04, full=True)
    elif kind == "trophy":
        gold = mat(ident, "gold", second, 0.25, 0.9)
        b.box((0, 0, q * 0.2), (q * 0.7, q * 0.7, q * 0.4), m, bevel=0.003)
        revolve(
            b,
            [
                (q * 0.3, q * 0.4),
                (q * 0.08, q * 0.6),
                (q * 0.08, q * 0.9),
                (q * 0.4, q * 1.3),
                (q * 0.45, q * 1.9),
                (q * 0.4, q * 1.9),
                (q * 0.05, q * 1.3),
            ],
            gold,
        )
        for k in (-1, 1):
            hoop(
                b,
                gold,
                (k * q * 0.4, 0, q * 1.55),
                (q * 0.25, k * q * 0.25),
                q * 0.04,
                along="side",
            )
    else:
        b.cyl((0, 0, 0.006), q * 0.36, 0.012, s)
        for k in (-1, 1):
            b.tube([(k * 0.01, 0, 0.01), (k * q * 0.4, 0, q * 2.4)], 0.0028, s, sides=6)
            b.box(
                (k * q * 0.68, 0, q * 1.9),
                (q * 0.75, 0.002, q * 0.5),
                m if k < 0 else mat(ident, "f2", "#2a4a9a", 0.7),
                rot=(0, k * 0.18, 0),
            )
    return grounded(b.object())


def fan(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "desk",
    colour: str = "#e2e4e4",
    second: str = "#7a9ab0",
    r: float = 0.1,
    tilt: float = 0.15,
) -> Any:
    """A fan (no heater): ``kind`` desk (guard on a foot), clip (small, USB), box (square, low),
    tower (bladeless ring), floor (on a pole)."""
    b = builder(ident)
    m, s = mat(ident, "case", colour, 0.4), mat(ident, "blade", second, 0.4)
    if kind == "box":
        b.box((0, 0, r), (r * 2, r * 0.7, r * 2), m, bevel=0.02, segments=3)
        b.cyl(
            (0, -r * 0.34, r),
            r * 0.85,
            0.02,
            mat(ident, "dark", "#2c2e30", 0.8),
            rot=(math.pi / 2, 0, 0),
        )
    if kind == "tower":
        b.cyl((0, 0, r * 0.5), r * 0.6, r, m)
        hoop(b, m, (0, 0, r * 2.2), (r * 0.85, r * 1.3), r * 0.14, full=True)
        b.cyl((0, -r * 0.58, r * 0.6), r * 0.16, 0.012, s, rot=(math.pi / 2, 0, 0))
        return grounded(b.object())
    z = {"desk": r * 1.75, "clip": r * 1.2, "box": r, "floor": r * 6}.get(kind, r * 1.75)
    big = r * (1.9 if kind == "floor" else 1.0)
    if kind == "floor":
        b.cyl((0, 0, 0.02), big * 0.95, 0.04, m)
        b.tube([(0, 0, 0.03), (0, 0, z)], 0.014, m)
    elif kind != "box":
        b.cyl((0, 0.02, 0.012), r * 0.7, 0.024, m)
        b.tube(curve([(0, 0.04, 0.02), (0, r * 0.5, z * 0.5), (0, r * 0.45, z)], 4), 0.012, m)
    y = -r * 0.36 if kind == "box" else -0.02
    if kind != "box":
        b.cyl((0, r * 0.25, z), r * 0.32, r * 0.6, m, rot=(math.pi / 2 - tilt, 0, 0))
    for k in range(4):
        a = k * 1.57 + 0.3
        b.ball(
            (big * 0.45 * math.cos(a), y, z + big * 0.45 * math.sin(a)),
            (big * 0.4, 0.004, big * 0.24),
            s,
            rot=(0.3, -a, 0),
            segments=10,
        )
    b.cyl((0, y, z), big * 0.16, 0.03, m, rot=(math.pi / 2, 0, 0))
    for k in range(4):
        hoop(
            b,
            m,
            (0, y - 0.024 + 0.012 * (k % 2), z),
            (big * (0.4 + 0.2 * k),) * 2,
            0.0022,
            full=True,
            sides=5,
        )
    for k in range(12):
        a = k * 0.5236
        b.tube(
            [(0, y - 0.024, z), (big * math.cos(a), y - 0.006, z + big * math.sin(a))],
            0.0018,
            m,
            sides=4,
        )
    return grounded(b.object())
