"""Printers and scanners in further constructions."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.phones_more import keypad
from datasets.render.assets.shapes import builder, lump, mat, page, pic
from datasets.render.assets.solids import settled, slab


def printer_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "laser",
    colour: str = "#d6d7d5",
    dark: str = "#33363b",
    second: str = "#8d9196",
    glow: str = "#3f86c0",
    wide: float = 1.0,
    deep: float = 1.0,
    tall: float = 1.0,
    sheets: bool = True,
) -> Any:
    """``kind``: "laser" (output well in its top), "ink" (trays open at back and front), "needle"
    with its fan-fold paper, "receipt", "label" with a roll, "passbook" (flat slot), "copier" on the
    floor."""
    b = builder(ident)
    m, k = mat(ident, "case", colour, 0.45), mat(ident, "dark", dark, 0.5)
    s, g = mat(ident, "second", second, 0.45), mat(ident, "panel", glow, 0.25, emission=0.5)
    leaf = pic(ident, "leaf", page(seed_of(ident) % 999), 0.8, coords="UV")
    w, d, h = {
        "laser": (0.37, 0.36, 0.23),
        "ink": (0.44, 0.3, 0.15),
        "needle": (0.46, 0.28, 0.18),
        "receipt": (0.14, 0.19, 0.13),
        "label": (0.2, 0.25, 0.17),
        "passbook": (0.38, 0.25, 0.2),
        "copier": (0.58, 0.6, 1.02),
    }.get(kind, (0.37, 0.36, 0.23))
    w, d, h = w * wide, d * deep, h * tall
    if kind == "copier":
        b.box((0, 0, h * 0.33), (w, d, h * 0.6), m, bevel=0.008)
        for q in range(3):
            b.box((0, -d / 2, h * (0.14 + 0.15 * q)), (w * 0.94, 0.012, h * 0.135), s, bevel=0.004)
            b.box((0, -d / 2 - 0.008, h * (0.18 + 0.15 * q)), (w * 0.3, 0.008, 0.02), k)
        b.box((-w * 0.06, 0, h * 0.68), (w * 0.82, d * 0.9, h * 0.1), k)
        if sheets:
            b.plane((-w * 0.06, -d * 0.2, h * 0.731), (0.21, 0.29, 0), leaf)
        b.box((0, 0, h * 0.81), (w, d, h * 0.13), m, bevel=0.008)
        b.box((-w * 0.03, 0.02, h * 0.92), (w * 0.9, d * 0.8, h * 0.1), s, bevel=0.012)
        b.box((-w * 0.2, 0.02, h * 0.99), (w * 0.4, d * 0.6, 0.03), k, rot=(0, -0.25, 0))
        b.box((w * 0.12, -d * 0.58, h * 0.87), (w * 0.6, d * 0.2, 0.03), k, rot=(0.35, 0, 0))
        b.plane((0, -d * 0.58, h * 0.89), (w * 0.26, d * 0.13, 0), g, rot=(0.35, 0, 0))
        for x in (-1, 1):
            for side in (-1, 1):
                b.cyl((x * w * 0.42, side * d * 0.42, 0.02), 0.025, 0.04, k, sides=12)
    elif kind == "ink":
        b.box((0, 0, h / 2), (w, d, h), m, bevel=0.016)
        b.box((0, 0, h), (w * 0.96, d * 0.9, 0.012), k, bevel=0.004)
        b.box((0, d * 0.55, h * 1.15), (w * 0.58, 0.008, h * 1.3), k, rot=(-0.35, 0, 0))
        b.box((0, -d * 0.5, h * 0.3), (w * 0.62, 0.02, h * 0.35), k)
        b.box((0, -d * 0.76, h * 0.16), (w * 0.56, d * 0.55, 0.008), s, rot=(0.05, 0, 0))
        for q in range(4):
            ink = mat(ident, f"ink{q}", ("#1fa0c8", "#c83a8a", "#e0c020", "#18191b")[q], 0.3)
            b.box((w * (0.3 + 0.045 * q), -d / 2, h * 0.42), (0.014, 0.008, h * 0.5), ink)
        b.plane((-w * 0.36, -d / 2 - 0.001, h * 0.75), (0.06, 0.03, 0), g, rot=(math.pi / 2, 0, 0))
        if sheets:
            b.plane((0, d * 0.52, h * 1.45), (0.21, 0.2, 0), leaf, rot=(1.22, 0, 0))
            b.plane((0, -d * 0.8, h * 0.16 + 0.012), (0.21, 0.2, 0), leaf, rot=(0.05, 0, 0))
    elif kind == "needle":
        b.box((0, 0, h * 0.4), (w, d, h * 0.8), m, bevel=0.012)
        b.box((0, d * 0.1, h * 0.85), (w * 0.9, d * 0.5, h * 0.3), s, rot=(0.25, 0, 0), bevel=0.01)
        b.cyl((w * 0.52, 0.02, h * 0.6), 0.02, 0.03, k, rot=(0, math.pi / 2, 0))
        b.box((0, -d * 0.28, h * 0.82), (w * 0.84, d * 0.24, 0.01), k)
        keypad(b, g, (w * 0.2, 0.015), (w * 0.3, -d * 0.45, h * 0.81), 1, 4)
        if sheets:
            for n, (y, z, a) in enumerate(
                ((0.3, 1.25, 1.15), (0.48, 1.0, -1.2), (-0.06, 1.1, 0.6))
            ):
                b.plane((0, d * y, h * z), (0.24, 0.13 - 0.02 * n, 0), leaf, rot=(a, 0, 0))
    elif kind in ("receipt", "label"):
        slab(b, (0, 0, h * 0.42), (w, d, h * 0.84), m, corner=0.02, edge=0.012)
        b.box((0, d * 0.1, h * 0.85), (w * 0.86, d * 0.66, h * 0.22), s, bevel=0.014)
        b.box((0, -d * 0.22, h * 0.9), (w * 0.66, 0.01, 0.02), k)
        if sheets:
            strip = mat(ident, "strip", "#f2f0ea", 0.8)
            b.box((0, -d * 0.23, h * 1.12), (w * 0.52, 0.0012, h * 0.5), strip, rot=(0.35, 0, 0))
        if kind == "label":
            b.cyl((0, d * 0.12, h * 0.95), h * 0.28, w * 0.6, k, rot=(0, math.pi / 2, 0), sides=20)
        b.box((w * 0.32, -d * 0.42, h * 0.84), (0.02, 0.012, 0.004), g)
    elif kind == "passbook":
        b.box((0, 0, h * 0.38), (w, d, h * 0.76), m, bevel=0.01)
        b.box(
            (0, d * 0.08, h * 0.84), (w * 0.96, d * 0.75, h * 0.22), m, rot=(0.2, 0, 0), bevel=0.01
        )
        b.box((0, -d * 0.5, h * 0.5), (w * 0.74, 0.05, 0.014), k)
        b.box((0, -d * 0.62, h * 0.44), (w * 0.74, d * 0.26, 0.006), s, rot=(0.2, 0, 0))
        keypad(b, g, (0.02, d * 0.3), (w * 0.42, -d * 0.1, h * 0.87), 3, 1)
    else:
        b.box((0, 0, h * 0.45), (w, d, h * 0.9), m, bevel=0.02, segments=3)
        b.box((0, -d * 0.1, h * 0.9), (w * 0.66, d * 0.6, 0.02), k, rot=(0.12, 0, 0))
        b.box((0, d * 0.34, h * 0.95), (w * 0.96, d * 0.26, h * 0.1), m, bevel=0.01)
        b.box((0, -d / 2, h * 0.2), (w * 0.7, 0.01, h * 0.26), k, bevel=0.003)
        b.box((w * 0.4, -d * 0.36, h * 0.9), (0.05, 0.07, 0.006), g)
        if sheets:
            b.plane((0, -d * 0.12, h * 0.9 + 0.017), (0.21, d * 0.5, 0), leaf, rot=(0.12, 0, 0))
    return settled(b.object())


def scanner_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "lifted",
    colour: str = "#2e3136",
    second: str = "#d4d6d7",
    dark: str = "#141518",
    glow: str = "#3a90b8",
    wide: float = 1.0,
    deep: float = 1.0,
    tall: float = 1.0,
    sheets: bool = True,
) -> Any:
    """``kind``: "lifted" (flat bed, lid up), "slim" closed, "trays" (sheet feed, both trays out),
    "wand", "portable" (one slot), "book" (overhead), "both" (feeder on a flat bed), "gun"
    (bar codes)."""
    b = builder(ident)
    m, s = mat(ident, "case", colour, 0.4), mat(ident, "second", second, 0.45)
    k, g = mat(ident, "dark", dark, 0.1), mat(ident, "lamp", glow, 0.3, emission=0.8)
    leaf = pic(ident, "leaf", page(seed_of(ident) % 997), 0.8, coords="UV")
    w, d, h = {
        "lifted": (0.28, 0.4, 0.055),
        "slim": (0.26, 0.37, 0.038),
        "both": (0.3, 0.44, 0.11),
        "trays": (0.3, 0.16, 0.15),
        "wand": (0.255, 0.035, 0.028),
        "portable": (0.29, 0.075, 0.045),
        "book": (0.16, 0.14, 0.38),
        "gun": (0.07, 0.1, 0.16),
    }.get(kind, (0.28, 0.4, 0.055))
    w, d, h = w * wide, d * deep, h * tall
    if kind in ("lifted", "slim", "both"):
        base = h if kind != "both" else h * 0.5
        slab(b, (0, 0, base / 2), (w, d, base), m, corner=0.015, edge=0.004)
        if kind == "lifted":
            b.box((0, 0.01, base), (w * 0.84, d * 0.8, 0.002), k)
            a = 1.15
            y, z = d * (0.5 - 0.49 * math.cos(a)), base + d * 0.49 * math.sin(a)
            b.box((0, y, z), (w * 0.98, d * 0.97, 0.018), s, rot=(-a, 0, 0), bevel=0.004)
        else:
            slab(b, (0, 0.005, base + 0.006), (w * 0.98, d * 0.96, 0.012), s, corner=0.014)
        for q in range(4):
            b.cyl((w * (0.1 * q - 0.15), -d * 0.485, base), 0.006, 0.004, g, sides=10)
        if kind == "both":
            b.box((-w * 0.1, 0.02, h * 0.78), (w * 0.75, d * 0.5, h * 0.42), m, bevel=0.012)
            b.box((w * 0.3, 0.02, h), (w * 0.5, d * 0.55, 0.008), k, rot=(0, -0.35, 0))
            if sheets:
                b.plane((w * 0.3, 0.02, h + 0.009), (w * 0.45, 0.21, 0), leaf, rot=(0, -0.35, 0))
    elif kind == "trays":
        b.box((0, 0, h * 0.5), (w, d, h), m, rot=(0.3, 0, 0), bevel=0.022, segments=3)
        b.box((0, -d * 0.35, h * 0.82), (w * 0.98, d * 0.3, 0.03), s, rot=(0.9, 0, 0), bevel=0.006)
        b.box((0, d * 0.72, h * 1.35), (w * 0.8, 0.008, h * 1.2), s, rot=(-0.6, 0, 0))
        b.box((0, -d * 0.95, 0.012), (w * 0.8, d * 1.2, 0.008), s, rot=(0.06, 0, 0))
        if sheets:
            b.plane((0, d * 0.68, h * 1.42), (0.21, h * 1.3, 0), leaf, rot=(0.97, 0, 0))
            b.plane((0, -d * 0.95, 0.02), (0.21, d, 0), leaf, rot=(0.06, 0, 0))
        keypad(b, g, (0.03, 0.03), (w * 0.42, -d * 0.52, h * 0.72), 2, 1)
    elif kind in ("wand", "portable"):
        slab(b, (0, 0, h / 2), (w, d, h), m, corner=0.012, edge=h * 0.3)
        b.box((w * 0.28, 0, h), (w * 0.2, d * 0.5, 0.002), k)
        b.box((-w * 0.3, 0, h), (w * 0.16, d * 0.4, 0.002), g)
        if kind == "portable":
            b.box((0, -d * 0.5, h * 0.4), (w * 0.86, 0.004, 0.008), k)
            b.box((0, d * 0.2, h), (w * 0.9, d * 0.3, 0.003), s)
            if sheets:
                b.plane((0, -d * 1.6, 0.006), (0.21, d * 2.1, 0), leaf)
    elif kind == "gun":
        lump(b, (0, -d * 0.1, h * 0.82), (w * 0.45, d * 0.55, h * 0.18), m, square=3, rough=0)
        b.box((0, -d * 0.62, h * 0.82), (w * 0.7, 0.01, h * 0.22), k)
        b.tube([(0, d * 0.1, h * 0.75), (0, d * 0.25, h * 0.1)], w * 0.22, m, sides=12)
        slab(b, (0, d * 0.15, 0.008), (w * 1.1, d * 0.9, 0.016), s, corner=0.02)
    else:
        slab(b, (0, 0.12, 0.012), (w, d, 0.024), m, corner=0.02)
        b.box((0, 0.15, h / 2), (w * 0.3, 0.03, h), m, bevel=0.006)
        b.box((0, 0.06, h), (w * 0.95, 0.2, 0.035), m, bevel=0.012)
        b.box((0, 0.0, h - 0.02), (w * 0.4, 0.05, 0.01), g)
        b.box((0, -0.14, 0.002), (0.42, 0.32, 0.004), s)
    return settled(b.object())
