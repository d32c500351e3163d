"""Phones, chargers, earphones, umbrellas and food."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import (
    banded,
    builder,
    cloth,
    curve,
    grain,
    lump,
    mat,
    pic,
    sh,
)


def _screen(ident: str, lit: str) -> Any:
    """``lit``: "off", or the colour of the picture shown."""
    if lit == "off":
        return mat(ident, "screen", "#0a0b0d", 0.08)
    rng = np.random.default_rng(seed_of(ident))
    img = np.empty((128, 64, 3), np.float32)
    img[:] = sh.hex_srgb(lit)
    img *= np.linspace(1.0, 0.55, 128)[:, None, None]
    for r in range(5):
        for c in range(4):
            if rng.random() < 0.75:
                img[16 + r * 20 : 28 + r * 20, 6 + c * 14 : 16 + c * 14] = rng.random(3)
    return pic(ident, "screen", img, 0.15, coords="UV", emission=0.9)


def phone(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.074, 0.158, 0.008),
    colour: str = "#101113",
    lit: str = "off",
    lie: str = "up",
    case: float = 0.0,
    bezel: float = 0.003,
    bump: str = "square",
    rough: float = 0.25,
    metal: float = 0.0,
    button: bool = False,
) -> Any:
    w, h, t = size
    b = builder(ident)
    body = mat(ident, "shell", colour, rough, metal)
    zc = t / 2
    b.box((0, 0, zc), (w, h, t), body, bevel=min(0.0032, t * 0.42), segments=3)
    if lie != "down":
        b.plane(
            (0, 0.004 if button else 0, t + 0.0004),
            (w - 2 * bezel - case, h - 2 * bezel - case - (0.03 if button else 0), 0),
            _screen(ident, lit),
        )
        if button:
            b.cyl((0, -h / 2 + 0.011, t + 0.0003), 0.005, 0.0006, mat(ident, "key", "#2c2d30", 0.3))
    else:
        glass = mat(ident, "glass", "#060607", 0.05)
        dark = mat(ident, "bump", "#1b1c1f", 0.3, 0.3)
        if bump == "round":
            b.cyl((0, h * 0.27, t + 0.001), w * 0.3, 0.0025, dark)
            spots = [(s * w * 0.12, h * 0.27 + q * w * 0.12) for s in (-1, 1) for q in (-1, 1)]
        elif bump == "bar":
            b.box((0, h * 0.32, t + 0.001), (w * 0.92, h * 0.11, 0.0025), dark, bevel=0.001)
            spots = [(-w * 0.25, h * 0.32), (0, h * 0.32), (w * 0.25, h * 0.32)]
        else:
            b.box((-w * 0.22, h * 0.34, t + 0.001), (w * 0.42, w * 0.44, 0.0025), dark, bevel=0.001)
            spots = [(-w * 0.31, h * 0.37), (-w * 0.31, h * 0.31), (-w * 0.14, h * 0.34)]
        for x, y in spots:
            b.cyl((x, y, t + 0.003), w * 0.075, 0.002, glass, sides=14)
    o = b.object()
    if lie == "edge":
        from mathutils import Matrix

        o.data.transform(
            Matrix.Translation((0, 0, w / 2))
            @ Matrix.Rotation(math.pi / 2, 4, "X")
            @ Matrix.Rotation(math.pi / 2, 4, "Z")
            @ Matrix.Translation((0, 0, -t / 2))
        )
    elif lie == "stand":
        from mathutils import Matrix

        o.data.transform(Matrix.Rotation(1.15, 4, "X") @ Matrix.Translation((0, h / 2, 0)))
    return o


def charger(
    ident: str,
    rng: random.Random,
    *,
    block: tuple[float, float, float] = (0.045, 0.05, 0.028),
    colour: str = "#ecebe6",
    cord: str = "#e4e3de",
    length: float = 0.5,
    bank: bool = False,
) -> Any:
    b = builder(ident)
    m = mat(ident, "block", colour, 0.35)
    b.box((0, 0, block[2] / 2), block, m, bevel=0.005, segments=3)
    pin = mat(ident, "pin", "#b8b8b8", 0.25, 1.0)
    if not bank:
        for s in (-1, 1):
            b.box((s * 0.008, -block[1] / 2 - 0.008, block[2] / 2), (0.002, 0.017, 0.007), pin)
    pts = [(0.0, block[1] / 2, 0.008)]
    a = rng.uniform(0.6, 2.2)
    x, y = 0.0, block[1] / 2
    for _ in range(7):
        a += rng.uniform(-1.1, 1.1)
        x, y = x + length / 7 * math.cos(a), y + length / 7 * math.sin(a) * 0.8
        pts.append((x, y, 0.003))
    m2 = mat(ident, "cord", cord, 0.5)
    b.tube(curve(pts, 6), 0.0021, m2, sides=6)
    b.box((x, y, 0.004), (0.012, 0.012, 0.006), m, rot=(0, 0, a))
    return b.object()


def earphones(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "wired",
    colour: str = "#f0efea",
    pad: str = "#1a1a1c",
) -> Any:
    b = builder(ident)
    m = mat(ident, "body", colour, 0.35)
    p = mat(ident, "pad", pad, 0.8)
    if kind == "over":
        pts = [
            (0.085 * math.cos(t), 0.09 * math.sin(t), 0.022) for t in np.linspace(0, math.pi, 18)
        ]
        b.tube(pts, 0.008, m)
        for s in (-1, 1):
            b.cyl((s * 0.078, -0.012, 0.036), 0.036, 0.03, m, rot=(0, math.pi / 2, 0))
            b.cyl((s * 0.06, -0.012, 0.036), 0.034, 0.018, p, rot=(0, math.pi / 2, 0))
    elif kind == "case":
        lump(b, (0, 0, 0.012), (0.03, 0.025, 0.012), m, square=3.4, rough=0)
        b.box((0, 0, 0.014), (0.061, 0.051, 0.0008), p, bevel=0.0003)
    else:
        for k in range(3):
            r = 0.035 + 0.006 * k
            t0 = rng.uniform(0, 6)
            pts = [
                (
                    (r + 0.005 * math.sin(3 * t + k)) * math.cos(t + t0),
                    (r * 0.8 + 0.006 * math.cos(2 * t)) * math.sin(t + t0),
                    0.003 + 0.002 * k,
                )
                for t in np.linspace(0, 5.9, 26)
            ]
            b.tube(pts, 0.0017, m, sides=6)
        for s in (-1, 1):
            b.tube(
                curve(
                    [(0.03 * s, -0.02, 0.004), (0.05 * s, -0.06, 0.003), (0.02 * s, -0.085, 0.005)]
                ),
                0.0017,
                m,
                sides=6,
            )
            b.ball((0.02 * s, -0.09, 0.008), (0.008, 0.008, 0.008), p, segments=10)
    return b.object()


def umbrella(
    ident: str,
    _rng: random.Random,
    *,
    length: float = 0.26,
    r: float = 0.026,
    colour: str = "#1c2236",
    grip: str = "#141415",
    hook: bool = False,
    stripe: str = "",
) -> Any:
    b = builder(ident)
    m = cloth(ident, "cloth", colour, 10)
    g = mat(ident, "grip", grip, 0.4)
    n = 9
    for k in range(n):
        a = 2 * math.pi * k / n
        pts, rad = [], []
        for t in np.linspace(0, 1, 10):
            rr = r * (0.45 + 0.5 * math.sin(0.3 + t * 2.4))
            pts.append(
                (
                    rr * 0.55 * math.cos(a + t),
                    -length / 2 + length * t,
                    r + rr * 0.55 * math.sin(a + t),
                )
            )
            rad.append(rr * 0.52)
        b.tube(pts, r, m, radii=rad, sides=7)
    b.tube(
        [(0, -length / 2, r), (0, -length / 2 - 0.04, r)],
        0.004,
        mat(ident, "tip", "#999999", 0.3, 1),
    )
    y = length / 2
    b.tube([(0, y - 0.01, r), (0, y + 0.07, r)], 0.012, g)
    if hook:
        b.tube(
            [
                (0.03 - 0.03 * math.cos(t), y + 0.07 + 0.03 * math.sin(t), r)
                for t in np.linspace(0, math.pi, 9)
            ],
            0.01,
            g,
        )
    if stripe:
        b.tube([(0, 0.0, r), (0, 0.02, r)], r * 1.02, mat(ident, "tie", stripe, 0.6), sides=12)
    return b.object()


def food(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "bread",
    colour: str = "#c98b45",
    second: str = "#e9dcc0",
    scale: float = 1.0,
) -> Any:
    b = builder(ident)
    s = scale
    seed = seed_of(ident) % 9999
    m = grain(ident, "food", colour, 0.35, 10)
    if kind == "bread":
        bag = pic(
            ident,
            "bag",
            banded((second, colour, second), seed),
            0.2,
            coords="Generated",
            projection="BOX",
        )
        lump(
            b,
            (0, 0, 0.035 * s),
            (0.085 * s, 0.055 * s, 0.036 * s),
            bag,
            square=2.8,
            rough=0.12,
            cells=5,
            seed=seed,
            floor=0,
        )
        lump(
            b,
            (0.095 * s, 0, 0.03 * s),
            (0.022 * s, 0.045 * s, 0.018 * s),
            bag,
            square=2.2,
            rough=0.25,
            cells=6,
            seed=seed + 1,
        )
    elif kind == "fruit":
        for k in range(rng.randint(2, 4)):
            a = k * 2.1
            lump(
                b,
                (0.045 * s * math.cos(a), 0.045 * s * math.sin(a), 0.036 * s),
                (0.038 * s, 0.038 * s, 0.035 * s),
                m,
                rough=0.03,
                seed=seed + k,
            )
    elif kind == "banana":
        for k in range(3):
            a = -0.5 + 0.35 * k
            pts = [
                (
                    0.11 * s * math.sin(t) + 0.01 * k,
                    0.09 * s * math.cos(t) - 0.09 * s + 0.025 * k,
                    0.02 + 0.004 * k,
                )
                for t in np.linspace(a - 0.7, a + 0.7, 12)
            ]
            b.tube(pts, 0.017 * s, m, radii=[0.006] + [0.016 * s] * 10 + [0.005])
    elif kind == "box":
        tray = mat(ident, "tray", second, 0.4)
        b.box((0, 0, 0.025 * s), (0.18 * s, 0.13 * s, 0.05 * s), tray, bevel=0.006)
        for k in range(5):
            lump(
                b,
                (rng.uniform(-0.06, 0.06) * s, rng.uniform(-0.04, 0.04) * s, 0.05 * s),
                (0.03 * s, 0.025 * s, 0.012 * s),
                m,
                rough=0.15,
                seed=seed + k,
            )
    elif kind == "snack":
        p = pic(
            ident,
            "pack",
            banded((colour, second), seed, words=("好吃",)),
            0.25,
            coords="Generated",
            projection="BOX",
        )
        lump(
            b,
            (0, 0, 0.026 * s),
            (0.075 * s, 0.1 * s, 0.027 * s),
            p,
            square=3.5,
            rough=0.1,
            cells=4,
            seed=seed,
            floor=0,
        )
    else:  # a carton of milk or biscuits
        p = pic(
            ident, "pack", banded((colour, second), seed), 0.5, coords="Generated", projection="BOX"
        )
        b.box((0, 0, 0.05 * s), (0.06 * s, 0.045 * s, 0.1 * s), p, bevel=0.002)
    return b.object()
