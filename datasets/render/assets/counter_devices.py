"""Document cameras, telephones and rating devices in further constructions."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.phones_more import keypad
from datasets.render.assets.shapes import builder, curve, lump, mat, pic, sh, text
from datasets.render.assets.solids import settled, slab


def doc_camera_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "column",
    colour: str = "#d9dadb",
    second: str = "#33363b",
    pad: str = "#20242c",
    arm: float = 0.38,
    base: tuple[float, float] = (0.24, 0.33),
    padded: bool = True,
) -> Any:
    """高拍仪. ``kind``: "column" (slim, straight), "goose" (bending neck), "twin" (second
    camera aside), "elbow" (arm in two joints), "folded" away, "large" (A3, two columns), "lamp"
    (as a desk lamp).  ``padded``: a soft pad lies before it."""
    b = builder(ident)
    m, s = mat(ident, "arm", colour, 0.35), mat(ident, "second", second, 0.4)
    p, lens = mat(ident, "pad", pad, 0.8), mat(ident, "lens", "#050506", 0.08)
    w, d = base
    if kind == "large":
        w, d = w * 1.75, d * 1.25
    y = d / 2 + 0.03
    if padded or kind in ("folded", "large"):
        slab(b, (0, 0, 0.003), (w, d, 0.006), p, corner=0.006)
        for q in (-1, 1):
            white = mat(ident, "line", "#c9ccd0", 0.6)
            b.box((q * w * 0.46, 0, 0.0065), (0.003, d * 0.9, 0.001), white)
    slab(b, (0, y, 0.014), (0.15, 0.11, 0.028), s, corner=0.018, edge=0.006)
    if kind == "goose":
        neck = [(0, y, 0.02), (0, y + 0.04, arm * 0.5), (0, y - 0.01, arm * 0.98)]
        b.tube(curve([*neck, (0, y - 0.11, arm)], 6), 0.008, s)
        b.box((0, y - 0.16, arm - 0.006), (0.05, 0.11, 0.028), m, bevel=0.01)
        b.cyl((0, y - 0.19, arm - 0.024), 0.014, 0.012, lens)
    elif kind in ("elbow", "folded"):
        if kind == "folded":
            b.box((0, y - 0.13, 0.045), (0.04, 0.3, 0.026), m, bevel=0.006)
            b.box((0, y - 0.2, 0.068), (0.075, 0.16, 0.024), s, bevel=0.008)
        else:
            top = (0.0, y + 0.07, arm * 0.62)
            b.tube([(0, y, 0.02), top], 0.014, m, sides=8)
            b.tube([top, (0, y - 0.12, arm * 1.02)], 0.012, m, sides=8)
            b.cyl(top, 0.02, 0.04, s, rot=(0, math.pi / 2, 0), sides=14)
            b.box((0, y - 0.15, arm * 1.02), (0.07, 0.1, 0.026), s, bevel=0.009)
            b.cyl((0, y - 0.16, arm * 1.02 - 0.016), 0.014, 0.012, lens)
    elif kind == "large":
        for q in (-1, 1):
            b.cyl((q * 0.05, y, arm * 0.55), 0.011, arm * 1.1, m, sides=12)
        b.box((0, y - 0.05, arm * 1.12), (0.16, 0.2, 0.04), s, bevel=0.012)
        b.cyl((0, y - 0.11, arm * 1.09), 0.02, 0.014, lens)
    elif kind == "lamp":
        b.tube([(0, y, 0.02), (0, y + 0.01, arm)], 0.013, m, sides=10)
        b.box((0, y - 0.07, arm), (0.3, 0.05, 0.018), m, rot=(0, 0, 0), bevel=0.007)
        b.box((0, y - 0.02, arm), (0.04, 0.1, 0.018), m)
        glow = mat(ident, "light", "#f4f0e2", 0.4, emission=1.2)
        for q in (-1, 1):
            b.box((q * 0.09, y - 0.07, arm - 0.01), (0.1, 0.03, 0.003), glow)
        b.cyl((0, y - 0.07, arm - 0.012), 0.014, 0.01, lens)
    else:
        b.box((0, y, arm / 2), (0.032, 0.022, arm), m, bevel=0.006)
        b.box((0, y - 0.07, arm), (0.034, 0.17, 0.016), m, bevel=0.005)
        b.cyl((0, y - 0.13, arm - 0.012), 0.013, 0.012, lens)
        if kind == "twin":
            b.tube([(0, y, arm * 0.6), (0.09, y - 0.02, arm * 0.68)], 0.007, s)
            b.ball((0.1, y - 0.025, arm * 0.7), (0.028, 0.028, 0.028), s, segments=14)
            b.cyl((0.1, y - 0.05, arm * 0.69), 0.012, 0.01, lens, rot=(math.pi / 2, 0, 0))
    return settled(b.object())


def telephone_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "screen",
    colour: str = "#2b2d31",
    second: str = "#4b4e54",
    keys: str = "#d2d3d0",
    lcd: str = "#a4b3b0",
    wide: float = 1.0,
    deep: float = 1.0,
    steep: float = 0.25,
) -> Any:
    """``kind``: "screen" (large display, rows of keys), "cradle" (cordless), "meeting" (three
    arms), "trim" (handset over its keys), "off" (handset lies beside), "block" (handset on
    the right)."""
    b = builder(ident)
    m, s = mat(ident, "case", colour, 0.4), mat(ident, "second", second, 0.45)
    k, screen = mat(ident, "keys", keys, 0.5), mat(ident, "lcd", lcd, 0.25)
    w, d = 0.2 * wide, 0.2 * deep

    def handset(x: float, y: float, z: float, slope: float, turn: float = 0.0) -> None:
        co, si = math.cos(turn), math.sin(turn)

        def at(q: float, up: float) -> tuple[float, float, float]:
            return (x - si * q * 0.1, y + co * q * 0.1, z + q * 0.1 * math.tan(slope) + up)

        b.tube(curve([at(-0.95, 0), at(-0.5, 0.018), at(0.5, 0.018), at(0.95, 0)], 4), 0.013, s)
        for q in (-0.85, 0.85):
            b.ball(at(q, -0.004), (0.025, 0.027, 0.017), s, segments=12)

    if kind == "cradle":
        slab(b, (0, 0, 0.022), (0.085 * wide, 0.1 * deep, 0.044), m, corner=0.025, edge=0.012)
        slab(b, (0, 0.012, 0.105), (0.05, 0.028, 0.16), s, corner=0.01, rot=(-0.22, 0, 0))
        b.box((0, -0.008, 0.145), (0.036, 0.004, 0.036), screen, rot=(-0.22, 0, 0))
        keypad(b, k, (0.038, 0.06), (0, -0.0195, 0.088), 4, 3, 0.004, 1.35)
        b.cyl((0.018, 0.032, 0.2), 0.005, 0.03, s, sides=8)
    elif kind == "meeting":
        for q in range(3):
            a = math.pi / 2 + q * 2 * math.pi / 3
            x, y = 0.085 * wide * math.cos(a), 0.085 * wide * math.sin(a)
            lump(b, (x, y, 0.014), (0.06, 0.06, 0.024), m, square=2.6, rough=0, floor=0)
        lump(b, (0, 0, 0.018), (0.085, 0.085, 0.04), s, square=2.6, rough=0, floor=0)
        keypad(b, k, (0.06, 0.055), (0, -0.03, 0.057), 4, 3)
        b.box((0, 0.03, 0.057), (0.06, 0.03, 0.004), screen)
    elif kind == "trim":
        slab(b, (0, 0, 0.022), (0.085 * wide, d * 1.1, 0.044), m, corner=0.02, edge=0.012)
        handset(0, 0, 0.06, 0.0)
    else:
        flip = -1 if kind == "block" else 1
        z = 0.02 + d / 2 * math.tan(steep)
        slab(b, (0, 0, z), (w, d, 0.032), m, corner=0.014, edge=0.008, rot=(steep, 0, 0))
        b.box((0, d * 0.35, z * 0.9), (w * 0.7, d * 0.16, z * 1.4), m)

        def face(y: float) -> float:
            return z + 0.017 + y * math.tan(steep)

        x = w * 0.14 * flip
        wide_lcd = w * (0.6 if kind == "screen" else 0.44)
        b.box((x, d * 0.32, face(d * 0.32)), (wide_lcd, d * 0.24, 0.004), screen, rot=(steep, 0, 0))
        keypad(
            b,
            k,
            (w * 0.36, d * 0.42),
            (x - w * 0.08, -d * 0.18, face(-d * 0.18)),
            4,
            3,
            0.006,
            steep,
        )
        keypad(
            b,
            s,
            (w * 0.14, d * 0.42),
            (x + w * 0.22, -d * 0.18, face(-d * 0.18)),
            5,
            1,
            0.006,
            steep,
        )
        if kind == "off":
            handset(-w * 0.85, -0.02, 0.022, 0.0, 0.5)
        else:
            handset(-w * 0.36 * flip, 0, z + 0.034, steep)
        spiral = [
            (
                -w * 0.6 * flip + 0.007 * math.cos(t * 6),
                -d * 0.3 + 0.012 * t,
                0.008 + 0.006 * math.sin(t * 6),
            )
            for t in np.linspace(0, 8, 60)
        ]
        b.tube(spiral, 0.0025, s, sides=5)
    return settled(b.object())


def rating_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "tablet",
    colour: str = "#24262a",
    second: str = "#c6c8ca",
    glow: str = "#2f6fbe",
    ink: str = "#ffffff",
    words: tuple[str, ...] = ("请您对本次", "服务评价"),
    wide: float = 1.0,
    tall: float = 1.0,
    tilt: float = 0.5,
) -> Any:
    """评价器. ``kind``: "tablet" on a foot, "buttons" (a low box with keys), "tall" (portrait
    with a camera), "wedge" (thick sloping case), "sign" (display with a writing pad), "two"
    faces."""
    b = builder(ident)
    m, s = mat(ident, "case", colour, 0.35), mat(ident, "second", second, 0.4)
    w, h = {"tall": (0.17, 0.27), "buttons": (0.16, 0.1), "sign": (0.25, 0.17)}.get(
        kind, (0.24, 0.16)
    )
    w, h = w * wide, h * tall
    img = text(words, (240, 160), ink, glow)
    for q, c in enumerate(("#e0b030", "#40a050", "#d06030")):
        img[122:150, 14 + 76 * q : 72 + 76 * q] = sh.hex_srgb(c)
    shown = pic(ident, "screen", img, 0.2, coords="UV", emission=0.7)
    if kind == "buttons":
        slab(b, (0, 0, 0.026), (w, h, 0.04), m, corner=0.014, edge=0.006, rot=(0.22, 0, 0))
        b.plane((0, h * 0.2, 0.051), (w * 0.86, h * 0.42, 0), shown, rot=(0.22, 0, 0))
        for q, c in enumerate(("#36a04c", "#e0b030", "#c8352c")):
            at = ((q - 1) * w * 0.28, -h * 0.25, 0.044)
            b.cyl(at, w * 0.085, 0.01, mat(ident, f"key{q}", c, 0.3), rot=(0.22, 0, 0))
    else:
        co, si = math.cos(tilt), math.sin(tilt)
        thick = 0.05 if kind == "wedge" else 0.013
        z = 0.03 + h / 2 * co
        slab(
            b, (0, 0, z), (w, h, thick), m, corner=0.012, edge=0.004, rot=(math.pi / 2 - tilt, 0, 0)
        )
        off = thick / 2 + 0.0008
        b.plane(
            (0, -off * co, z + off * si),
            (w * 0.92, h * 0.86, 0),
            shown,
            rot=(math.pi / 2 - tilt, 0, 0),
        )
        slab(b, (0, 0.03, 0.006), (w * 0.7, 0.13, 0.012), s, corner=0.02)
        b.box((0, 0.045, z * 0.5), (w * 0.28, 0.014, z), s, rot=(-0.15, 0, 0), bevel=0.003)
        if kind == "tall":
            b.box((0, h / 2 * si, z + h / 2 * co + 0.02), (0.05, 0.022, 0.04), m, bevel=0.006)
            black = mat(ident, "lens", "#060607", 0.1)
            b.cyl(
                (0, h / 2 * si - 0.012, z + h / 2 * co + 0.02),
                0.011,
                0.006,
                black,
                rot=(math.pi / 2, 0, 0),
            )
        elif kind == "sign":
            slab(b, (0, -0.1, 0.009), (w, 0.11, 0.018), m, corner=0.01)
            b.box((0, -0.1, 0.0185), (w * 0.7, 0.08, 0.001), s)
            b.tube([(w * 0.44, -0.14, 0.022), (w * 0.44, -0.04, 0.022)], 0.005, s, sides=8)
        elif kind == "two":
            slab(
                b, (0, 0.09, z * 0.9), (w * 0.9, h * 0.85, 0.012), s, corner=0.01, rot=(-1.2, 0, 0)
            )
    return settled(b.object())
