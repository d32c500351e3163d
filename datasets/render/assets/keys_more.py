"""Keyboards, mice and calculators in further constructions."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

from datasets.render.assets.phones_more import keypad
from datasets.render.assets.shapes import builder, lump, mat
from datasets.render.assets.solids import settled, slab


def keyboard_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "compact",
    colour: str = "#202226",
    keys: str = "#dcdcd8",
    second: str = "#8a8d92",
    accent: str = "#c0602a",
    wide: float = 1.0,
    deep: float = 1.0,
    thick: float = 1.0,
) -> Any:
    """``kind``: "compact" (no number block), "split" in two halves, "rest" (with a hand rest),
    "blocks" (letters, arrows and numbers apart, two colours), "round" caps, "slim" sheet, "numbers"
    (the number block alone)."""
    b = builder(ident)
    m, k = mat(ident, "case", colour, 0.5), mat(ident, "keys", keys, 0.55)
    s, a = mat(ident, "second", second, 0.55), mat(ident, "accent", accent, 0.55)
    w = {"compact": 0.3, "numbers": 0.09, "slim": 0.41, "round": 0.33}.get(kind, 0.45) * wide
    d = (0.125 if kind in ("compact", "slim", "round") else 0.14) * deep
    t = (0.008 if kind == "slim" else 0.02) * thick
    lie = 0.06

    def body(x: float, width: float, turn: float = 0.0) -> None:
        slab(b, (x, 0, t / 2 + 0.004), (width, d, t), m, rot=(lie, 0, turn), corner=0.008)

    if kind == "split":
        for q in (-1, 1):
            body(q * w * 0.27, w * 0.46, q * -0.16)
            for r in range(5):
                for c in range(7):
                    x, y = (c - 3) * w * 0.06, (2 - r) * d * 0.17
                    g = q * -0.16
                    b.box(
                        (
                            q * w * 0.27 + x * math.cos(g) - y * math.sin(g),
                            x * math.sin(g) + y * math.cos(g),
                            t + 0.007 + y * lie,
                        ),
                        (w * 0.05, d * 0.14, 0.005),
                        s if c in (0, 6) else k,
                        rot=(lie, 0, g),
                    )
        return settled(b.object())
    body(0, w)
    z = t + 0.0065
    if kind == "blocks":
        keypad(b, k, (w * 0.62, d * 0.64), (-w * 0.17, -d * 0.1, z), 5, 14, 0.007, lie)
        keypad(b, s, (w * 0.1, d * 0.2), (w * 0.225, d * 0.06, z), 2, 3, 0.007, lie)
        keypad(b, s, (w * 0.1, d * 0.14), (w * 0.225, -d * 0.33, z), 1, 3, 0.007, lie)
        keypad(b, k, (w * 0.17, d * 0.64), (w * 0.385, -d * 0.1, z), 5, 4, 0.007, lie)
        keypad(b, s, (w * 0.76, d * 0.12), (-w * 0.1, d * 0.36, z + 0.002), 1, 13, 0.007, lie)
        b.box((-w * 0.455, d * 0.36, z + 0.004), (w * 0.03, d * 0.09, 0.007), a)
    elif kind == "numbers":
        keypad(b, k, (w * 0.9, d * 0.9), (0, 0, z), 5, 4, 0.007, lie)
    elif kind == "round":
        for r in range(5):
            for c in range(13):
                b.cyl(
                    (w * ((c + 0.5) / 13 - 0.5) * 0.94, d * (0.36 - 0.18 * r), z + 0.002),
                    w * 0.031,
                    0.006,
                    (k, s, a)[(c + r) % 3 if c in (0, 12) else 0],
                    sides=12,
                )
    else:
        cols = 15 if kind == "compact" else 19
        keypad(b, k, (w * 0.95, d * 0.72), (0, d * 0.06, z), 5, cols, 0.006, lie)
        b.box((-w * 0.08, -d * 0.38, z - 0.003), (w * 0.32, d * 0.13, 0.006), s, rot=(lie, 0, 0))
        for x in (-0.36, 0.3):
            b.box((w * x, -d * 0.38, z - 0.003), (w * 0.14, d * 0.13, 0.006), s, rot=(lie, 0, 0))
    if kind == "rest":
        slab(b, (0, -d * 0.78, 0.008), (w, d * 0.52, 0.016), s, corner=0.02, edge=0.006)
    return settled(b.object())


def mouse_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "upright",
    colour: str = "#222428",
    second: str = "#5c6066",
    size: float = 1.0,
    wide: float = 1.0,
) -> Any:
    """``kind``: "upright" (held as in a handshake), "hump" with a thumb rest, "flat" slim, "tiny",
    "ball" (trackball), "sides" (two colours)."""
    b, s = builder(ident), size
    m, e = mat(ident, "shell", colour, 0.35), mat(ident, "second", second, 0.5)
    if kind == "upright":
        lump(
            b,
            (0, 0, 0.026 * s),
            (0.036 * s * wide, 0.055 * s, 0.036 * s),
            m,
            square=2.4,
            rough=0,
            floor=0,
            taper=0.45,
        )
        lump(b, (-0.018 * s, 0.012 * s, 0.006), (0.03 * s, 0.04 * s, 0.008), e, rough=0, floor=0)
        b.cyl((0.016 * s, -0.03 * s, 0.048 * s), 0.008, 0.007, e, rot=(0, 0.9, 0), sides=12)
    elif kind == "flat":
        slab(b, (0, 0, 0.01), (0.058 * s * wide, 0.11 * s, 0.02), m, corner=0.026, edge=0.008)
        b.box((0, -0.02 * s, 0.02), (0.002, 0.06 * s, 0.001), e)
    elif kind == "ball":
        lump(
            b,
            (0, 0, 0.014),
            (0.045 * s * wide, 0.062 * s, 0.026 * s),
            m,
            square=2.6,
            rough=0,
            floor=0,
        )
        b.ball((-0.022 * s, -0.012 * s, 0.034 * s), (0.018, 0.018, 0.018), e, segments=16)
    else:
        q = s * (0.78 if kind == "tiny" else 1.0)
        x = 0.031 * q * wide
        lump(b, (0, 0, 0.012 * q), (x, 0.054 * q, 0.026 * q), m, square=2.7, rough=0, floor=0)
        if kind in ("hump", "sides"):
            lump(
                b,
                (-0.01 * q if kind == "hump" else 0.0, 0.01 * q, 0.006),
                (x * 1.15, 0.046 * q, 0.012 * q),
                e,
                square=2.8,
                rough=0,
                floor=0,
            )
        b.cyl((0, -0.03 * q, 0.034 * q), 0.008, 0.006, e, rot=(0, math.pi / 2, 0), sides=12)
    return settled(b.object())


def calculator_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "tilted",
    colour: str = "#d8d4cc",
    keys: str = "#3b3e44",
    second: str = "#8b8f96",
    accent: str = "#c8502a",
    lcd: str = "#9fb09a",
    wide: float = 1.0,
    deep: float = 1.0,
    solar: bool = True,
    rows: int = 5,
) -> Any:
    """``kind``: "tilted" (display stands up), "big" round keys, "strip" (a slim pocket one),
    "printing" with its paper roll, "science" (small keys, long), "lid" (folding cover)."""
    b = builder(ident)
    m, k = mat(ident, "case", colour, 0.45), mat(ident, "keys", keys, 0.5)
    s, a = mat(ident, "second", second, 0.5), mat(ident, "accent", accent, 0.5)
    screen, cell = mat(ident, "lcd", lcd, 0.2), mat(ident, "cell", "#2a1a1e", 0.15)
    sizes: dict[str, Sequence[float]] = {
        "strip": (0.068, 0.115, 0.01),
        "printing": (0.2, 0.25, 0.05),
        "science": (0.08, 0.165, 0.016),
        "big": (0.15, 0.19, 0.028),
        "lid": (0.08, 0.12, 0.01),
    }
    w, d, t = sizes.get(kind, (0.135, 0.17, 0.024))
    w, d = w * wide, d * deep
    lie = 0.0 if kind in ("strip", "science", "lid") else 0.1
    slab(b, (0, 0, t / 2 + lie * d / 2), (w, d, t), m, corner=0.009, edge=0.003, rot=(lie, 0, 0))

    def top(y: float) -> float:
        return t + lie * d / 2 + y * math.tan(lie)

    low = d * (0.48 if kind == "science" else 0.58)
    y0 = -d * 0.47 + low / 2
    if kind == "big":
        for r in range(rows):
            for c in range(5):
                y = y0 + low * (0.5 - (r + 0.5) / rows)
                mm = a if c == 4 and r < 2 else s if c == 0 else k
                at = (w * 0.9 * ((c + 0.5) / 5 - 0.5), y, top(y) + 0.002)
                b.cyl(at, w * 0.073, 0.007, mm, rot=(lie, 0, 0), sides=14)
    elif kind == "science":
        keypad(b, s, (w * 0.86, d * 0.2), (0, d * 0.13, top(0)), 4, 6, 0.003)
        keypad(b, k, (w * 0.86, d * 0.38), (0, -d * 0.23, top(0) + 0.001), 4, 5, 0.005)
    else:
        keypad(b, k, (w * 0.64, low), (-w * 0.13, y0, top(y0)), rows, 4, 0.006, lie)
        keypad(
            b,
            a,
            (w * 0.2, low * 0.38),
            (w * 0.32, y0 + low * 0.3, top(y0 + low * 0.3)),
            2,
            1,
            0.006,
            lie,
        )
        keypad(
            b,
            s,
            (w * 0.2, low * 0.58),
            (w * 0.32, y0 - low * 0.2, top(y0 - low * 0.2)),
            3,
            1,
            0.006,
            lie,
        )
    y = d * 0.34
    if kind in ("tilted", "printing"):
        b.box((0, y, top(y) + 0.012), (w * 0.94, d * 0.24, 0.018), m, rot=(0.55, 0, 0), bevel=0.004)
        up = (y - 0.0055, top(y) + 0.0205)
        b.box((0, *up), (w * 0.82, d * 0.14, 0.002), screen, rot=(0.55, 0, 0))
    else:
        b.box((0, y - d * 0.02, top(y)), (w * 0.84, d * 0.15, 0.002), screen, rot=(lie, 0, 0))
        if solar:
            b.box((w * 0.18, d * 0.45, top(d * 0.45)), (w * 0.42, d * 0.06, 0.002), cell)
    if kind == "printing":
        white = mat(ident, "roll", "#efece4", 0.8)
        b.cyl((0, d * 0.5, top(y) + 0.03), 0.024, w * 0.32, white, rot=(0, math.pi / 2, 0))
        b.box((0, d * 0.4, top(y) + 0.045), (w * 0.3, 0.001, 0.07), white, rot=(0.3, 0, 0))
    elif kind == "lid":
        slab(b, (-w * 1.03, 0, 0.003), (w, d, 0.006), s, corner=0.006)
    return settled(b.object())
