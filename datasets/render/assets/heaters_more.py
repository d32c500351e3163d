"""Heaters and extinguishers in further constructions."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.shapes import builder, cloth, curve, mat, pic, revolve, text
from datasets.render.assets.solids import ring, settled, slab


def heater_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "ribs",
    colour: str = "#e6e4de",
    dark: str = "#2b2d31",
    glow: str = "#e8702a",
    wide: float = 1.0,
    deep: float = 1.0,
    tall: float = 1.0,
    ribs: int = 9,
    on: bool = True,
) -> Any:
    """``kind``: "ribs" (oil-filled), "tower" fan, "bars" (quartz), "foot" (warmer box), "mat",
    "panel" of a desk, "dish" small, "cube" fan, "jug" (steel kettle), "pot" (kettle on its
    plate), "rings" (cooking plate)."""
    b = builder(ident)
    m, k = mat(ident, "case", colour, 0.4), mat(ident, "dark", dark, 0.5)
    g = mat(ident, "glow", glow if on else "#8a7a70", 0.5, emission=1.3 if on else 0.0)
    steel = mat(ident, "steel", "#b9bbbd", 0.28, 1.0)
    if kind == "ribs":
        w, d, h = 0.46 * wide, 0.16 * deep, 0.56 * tall
        for q in range(ribs):
            x = w * ((q + 0.5) / ribs - 0.5)
            slab(
                b,
                (x, 0, h * 0.54),
                (h * 0.88, d, w / ribs * 0.62),
                m,
                corner=0.05,
                edge=0.006,
                rot=(0, math.pi / 2, 0),
            )
        b.box((w * 0.56, 0, h * 0.54), (w * 0.14, d * 0.92, h * 0.82), k, bevel=0.01)
        for q in range(2):
            b.cyl(
                (w * 0.57, -d * 0.48, h * (0.5 + 0.2 * q)), 0.022, 0.02, m, rot=(math.pi / 2, 0, 0)
            )
        for x in (-0.36, 0.5):
            b.box((w * x, 0, 0.03), (0.03, d * 1.5, 0.02), k)
            for y in (-1, 1):
                b.cyl((w * x, y * d * 0.7, 0.02), 0.02, 0.03, k, rot=(0, math.pi / 2, 0), sides=12)
    elif kind in ("tower", "cube"):
        w, d, h = (0.19, 0.17, 0.62) if kind == "tower" else (0.19, 0.15, 0.24)
        w, d, h = w * wide, d * deep, h * tall
        slab(b, (0, 0, 0.01), (w * 1.15, d * 1.25, 0.02), k, corner=0.07)
        slab(b, (0, 0, h / 2 + 0.02), (w, d, h), m, corner=0.06, edge=0.012)
        b.box((0, -d * 0.49, h * 0.5), (w * 0.66, 0.012, h * 0.66), k)
        b.box((0, -d * 0.52, h * 0.5), (w * 0.5, 0.006, h * 0.6), g if on else k)
        for q in range(11):
            b.box((0, -d * 0.54, h * (0.2 + 0.06 * q)), (w * 0.64, 0.005, h * 0.018), m)
        b.cyl((0, -0.01, h + 0.024), w * 0.2, 0.01, k, sides=20)
    elif kind == "bars":
        w, d, h = 0.33 * wide, 0.1 * deep, 0.4 * tall
        b.box((0, 0.02, h / 2 + 0.02), (w, d * 0.6, h), m, bevel=0.012)
        b.box((0, -0.012, h * 0.6), (w * 0.86, 0.004, h * 0.62), steel)
        for up in (0.45, 0.72):
            b.cyl((0, -0.022, h * up), 0.008, w * 0.8, g, rot=(0, math.pi / 2, 0), sides=12)
        for q in range(12):
            x = w * 0.86 * (q / 11 - 0.5)
            b.box((x, -0.042, h * 0.6), (0.003, 0.003, h * 0.64), steel)
        for x in (-1, 1):
            b.box((x * w * 0.42, 0, 0.012), (0.035, d * 1.9, 0.024), k, bevel=0.005)
            b.cyl(
                (x * w * 0.2, -0.014, h * 0.18), 0.016, 0.02, k, rot=(math.pi / 2, 0, 0), sides=14
            )
    elif kind == "foot":
        w, d, h = 0.36 * wide, 0.33 * deep, 0.3 * tall
        wool = cloth(ident, "wool", colour)
        b.box((0, 0, 0.02), (w, d, 0.04), m, bevel=0.008)
        b.box((0, d * 0.46, h / 2), (w, 0.03, h), wool, bevel=0.008)
        for x in (-1, 1):
            b.box((x * w * 0.47, 0.02, h * 0.45), (0.026, d * 0.9, h * 0.9), wool, bevel=0.008)
        b.box((0, 0.05, h), (w, d * 0.7, 0.025), wool, rot=(-0.08, 0, 0), bevel=0.008)
        b.box((0, d * 0.43, h * 0.5), (w * 0.8, 0.01, h * 0.6), g)
    elif kind == "mat":
        w, d = 0.5 * wide, 0.3 * deep
        slab(b, (0, 0, 0.008), (w, d, 0.016), m, corner=0.03, edge=0.005)
        b.box((0, 0, 0.0165), (w * 0.84, d * 0.8, 0.002), cloth(ident, "felt", dark))
        b.box((w * 0.4, d * 0.58, 0.012), (0.05, 0.09, 0.022), k, bevel=0.005)
        b.tube(curve([(w * 0.4, d * 0.5, 0.01), (w * 0.4, d * 0.45, 0.012)]), 0.004, k, sides=6)
    elif kind == "panel":
        w, d, h = 0.42 * wide, 0.3 * deep, 0.42 * tall
        for x, a in ((-1, 0.6), (0, 0.0), (1, -0.6)):
            pos = (x * w * 0.46, d * (0.0 if x else 0.22), h / 2)
            b.box(
                pos, (w * 0.46, 0.016, h), cloth(ident, "face", colour), rot=(0, 0, -a), bevel=0.006
            )
            edge = (pos[0], pos[1], h + 0.004)
            b.box(edge, (w * 0.46, 0.022, 0.01), k, rot=(0, 0, -a))
        b.box((w * 0.46, -0.02, h * 0.75), (0.06, 0.02, 0.03), k, rot=(0, 0, 0.6))
    elif kind == "dish":
        h = 0.3 * tall
        b.cyl((0, 0, 0.012), 0.085 * wide, 0.024, m, sides=28)
        b.tube([(0, 0.02, 0.02), (0, 0.05, h * 0.6)], 0.012, k)
        b.cyl((0, 0.0, h * 0.68), 0.05, 0.07, m, top=0.115 * wide, rot=(math.pi / 2 - 0.15, 0, 0))
        b.cyl((0, -0.037, h * 0.68), 0.1 * wide, 0.004, steel, rot=(math.pi / 2 - 0.15, 0, 0))
        b.cyl((0, -0.045, h * 0.68), 0.055, 0.008, g, rot=(math.pi / 2 - 0.15, 0, 0))
        for q in range(5):
            t = q * math.pi / 5
            x, z = 0.11 * wide * math.cos(t), 0.11 * wide * math.sin(t)
            b.tube([(-x, -0.055, h * 0.68 - z), (x, -0.055, h * 0.68 + z)], 0.0025, steel, sides=5)
    elif kind == "rings":
        w, d = 0.3 * wide, 0.36 * deep
        slab(b, (0, 0, 0.03), (w, d, 0.06 * tall), m, corner=0.02, edge=0.006)
        b.box(
            (0, 0.04, 0.031 + 0.03 * tall),
            (w * 0.94, d * 0.7, 0.004),
            mat(ident, "glass", dark, 0.1),
        )
        for r in (0.1, 0.07):
            ring(b, (0, 0.04, 0.034 + 0.03 * tall), r * wide, 0.002, g)
        b.cyl((0, -d * 0.4, 0.034 + 0.03 * tall), 0.022, 0.014, k)
    else:
        r, h = 0.075 * wide, 0.24 * tall
        body = steel if kind == "jug" else m
        b.cyl((0, 0, 0.012), r * 1.06, 0.024, k, sides=28)
        wide_top = 0.72 if kind == "jug" else 0.92
        profile = [(0.0, 0.026), (r, 0.026), (r * 1.02, h * 0.4), (r * wide_top, h * 0.88)]
        revolve(b, [*profile, (r * wide_top * 0.8, h * 0.94), (0.0, h * 0.96)], body)
        b.ball((0, 0, h * 0.98), (0.014, 0.014, 0.012), k, segments=10)
        b.tube([(0, -r * 0.8, h * 0.72), (0, -r * 1.3, h * 0.9)], 0.015, body)
        top = [(0, r * 0.7, h * 0.85), (0, r * 1.5, h * 0.9), (0, r * 1.7, h * 0.5)]
        b.tube(curve([*top, (0, r * 0.95, h * 0.22)], 5), 0.012, k)
        if kind == "pot":
            b.box(
                (r * 0.98, 0, h * 0.5), (0.006, 0.02, h * 0.4), mat(ident, "gauge", "#9fc0d0", 0.1)
            )
            ring(b, (0, 0, h * 0.42), r * 1.02, 0.003, g)
    return settled(b.object())


def extinguisher_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "box",
    colour: str = "#b5161c",
    case: str = "#c41c20",
    label: str = "#e6e2d6",
    hose: str = "#141416",
    r: float = 0.062,
    h: float = 0.44,
) -> Any:
    """``kind``: "box" (pair in a red cabinet with a window), "stand" (on a frame), "horn" (carbon
    dioxide), "tray" (pair in a low box), "wheels" (trolley), "water" (short and broad)."""
    b = builder(ident)
    m, c = mat(ident, "body", colour, 0.25), mat(ident, "case", case, 0.4)
    k, leaf = mat(ident, "hose", hose, 0.5), mat(ident, "label", label, 0.5)
    steel = mat(ident, "steel", "#b8babc", 0.3, 1.0)
    if kind == "wheels":
        r, h = r * 1.9, h * 1.9
    elif kind == "water":
        r, h = r * 1.25, h * 0.75
    base = {"box": 0.02, "stand": 0.09, "tray": 0.015, "wheels": 0.06}.get(kind, 0.0)
    for x in (-r * 1.15, r * 1.15) if kind in ("box", "tray") else (0.0,):
        z = base + h * 0.78
        side = [
            (0.0, base),
            (r * 0.94, base),
            (r, base + 0.012),
            (r, z - 0.07),
            (r * 0.75, z - 0.02),
        ]
        revolve(b, [*side, (r * 0.3, z), (0.0, z)], m, at=(x, 0))
        revolve(b, [(r * 1.012, base + h * 0.25), (r * 1.012, base + h * 0.55)], leaf, at=(x, 0))
        b.cyl((x, 0, z + 0.018), 0.018, 0.045, steel, sides=14)
        b.box((x, -0.035, z + 0.05), (0.02, 0.12, 0.008), k, rot=(0.3, 0, 0))
        b.box((x, -0.04, z + 0.026), (0.02, 0.1, 0.008), m)
        b.cyl((x + 0.02, -0.01, z + 0.02), 0.014, 0.008, leaf, rot=(0, math.pi / 2, 0), sides=12)
        way = [(x, 0.02, z + 0.02), (x - r * 0.9, 0.03, z), (x - r * 1.06, 0.01, base + h * 0.35)]
        b.tube(curve(way, 6), 0.009, k)
        if kind in ("horn", "water"):
            b.cyl((x - r * 1.08, 0.01, base + h * 0.28), 0.035, h * 0.26, k, top=0.014, sides=14)
    if kind == "box":
        w, d, t = r * 5.4, r * 3.2, h * 1.25
        for x in (-1, 1):
            b.box((x * w / 2, 0, t / 2), (0.008, d, t), c)
        b.box((0, d / 2, t / 2), (w, 0.008, t), c)
        b.box((0, 0, 0.008), (w, d, 0.016), c)
        b.box((0, 0, t), (w * 1.01, d * 1.01, 0.01), c)
        for q, n in ((0.1, 0.2), (0.93, 0.14)):
            b.box((0, -d / 2, t * q), (w, 0.008, t * n), c)
        for x in (-1, 1):
            b.box((x * w * 0.46, -d / 2, t / 2), (w * 0.09, 0.008, t), c)
        words = pic(
            ident, "words", text(("灭火器箱",), (256, 64), "#ffffff", case), 0.5, coords="UV"
        )
        b.plane(
            (0, -d / 2 - 0.005, t * 0.11), (w * 0.7, t * 0.13, 0), words, rot=(math.pi / 2, 0, 0)
        )
    elif kind == "stand":
        for x in (-1, 1):
            b.tube([(x * r * 1.5, 0.06, 0.01), (x * r * 1.3, 0.08, h * 1.3)], 0.008, c)
            b.tube([(x * r * 1.5, 0.06, 0.01), (x * r * 1.5, -0.1, 0.01)], 0.008, c)
        b.box((0, 0, 0.08), (r * 3, r * 2.2, 0.01), c)
        b.box((0, 0.08, h * 1.35), (r * 3.4, 0.008, h * 0.3), c)
        b.plane((0, 0.075, h * 1.35), (r * 3, h * 0.2, 0), leaf, rot=(math.pi / 2, 0, 0))
    elif kind == "tray":
        b.box((0, 0, 0.006), (r * 5, r * 2.8, 0.012), c)
        for y in (-1, 1):
            b.box((0, y * r * 1.4, h * 0.16), (r * 5, 0.006, h * 0.32), c)
        for x in (-1, 1):
            b.box((x * r * 2.5, 0, h * 0.16), (0.006, r * 2.8, h * 0.32), c)
    elif kind == "wheels":
        for x in (-1, 1):
            b.cyl((x * r * 1.15, 0.03, 0.09), 0.09, 0.03, k, rot=(0, math.pi / 2, 0), sides=18)
            grip = [
                (x * r * 0.8, r, 0.1),
                (x * r * 0.8, r * 1.1, h),
                (x * r * 0.8, r * 1.8, h * 1.15),
            ]
            b.tube(grip, 0.011, c)
        b.tube([(-r * 0.8, r * 1.8, h * 1.15), (r * 0.8, r * 1.8, h * 1.15)], 0.011, k)
        b.tube([(-r * 1.15, 0.03, 0.09), (r * 1.15, 0.03, 0.09)], 0.01, steel)
    return settled(b.object())
