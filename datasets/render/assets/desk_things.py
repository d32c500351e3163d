"""Small private things: phones, chargers, earphones, cups, flasks, bottles, umbrellas, food."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import add, seed_of
from datasets.render.assets.shapes import (
    banded,
    builder,
    cloth,
    curve,
    grain,
    lump,
    mat,
    pic,
    revolve,
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


def _handle(b: Any, m: Any, r: float, z: float, reach: float, half: float, thick: float) -> None:
    pts = [
        (r * 0.95 + reach * math.cos(t), 0.0, z + half * math.sin(t))
        for t in np.linspace(-math.pi / 2, math.pi / 2, 13)
    ]
    b.tube(pts, thick, m, sides=8)


def mug(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.041,
    h: float = 0.095,
    colour: str = "#efeeea",
    inside: str = "#efeeea",
    drink: str = "#2b170c",
    taper: float = 1.0,
    handle: bool = True,
    print_: tuple[str, ...] = (),
    lid: str = "",
    rough: float = 0.25,
    metal: float = 0.0,
) -> Any:
    b = builder(ident)
    outer = (
        pic(
            ident,
            "glaze",
            banded(print_, seed_of(ident)),
            rough,
            coords="Generated",
            projection="BOX",
        )
        if print_
        else mat(ident, "glaze", colour, rough, metal)
    )
    inn = mat(ident, "inside", inside, 0.3)
    base = r * taper
    revolve(b, [(0, 0.001), (base * 0.93, 0.0), (base, 0.006), (r, h)], outer)
    revolve(b, [(r, h), (r - 0.004, h), (base - 0.005, h * 0.6)], inn)
    if lid:
        lm = mat(ident, "lid", lid, 0.35)
        revolve(
            b,
            [(r + 0.002, h - 0.004), (r + 0.002, h + 0.006), (r * 0.4, h + 0.013), (0, h + 0.013)],
            lm,
        )
        b.ball((0, 0, h + 0.018), (0.01, 0.01, 0.009), lm, segments=12)
    else:
        b.cyl((0, 0, h * 0.72), r - 0.006, 0.002, mat(ident, "drink", drink, 0.12))
    if handle:
        _handle(b, outer, r, h * 0.5, 0.027, h * 0.3, 0.0055)
    return b.object()


def paper_cup(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.038,
    h: float = 0.09,
    bands: tuple[str, ...] = ("#f3f2ee", "#dfe7ee"),
    lid: str = "",
    sleeve: str = "",
    straw: str = "",
) -> Any:
    b = builder(ident)
    m = pic(
        ident, "paper", banded(bands, seed_of(ident)), 0.7, coords="Generated", projection="BOX"
    )
    base = r * 0.72
    revolve(b, [(0, 0.004), (base, 0.002), (r, h)], m)
    revolve(b, [(r, h), (r - 0.002, h - 0.001), (base, h * 0.25)], mat(ident, "in", "#f4f3ef", 0.6))
    if sleeve:
        revolve(
            b,
            [
                (base + (r - base) * 0.35 + 0.001, h * 0.32),
                (base + (r - base) * 0.78 + 0.001, h * 0.78),
            ],
            mat(ident, "sleeve", sleeve, 0.9),
        )
    if lid:
        lm = mat(ident, "lid", lid, 0.35)
        revolve(
            b,
            [
                (r + 0.003, h - 0.003),
                (r + 0.003, h + 0.003),
                (r - 0.004, h + 0.004),
                (r - 0.006, h + 0.012),
                (0, h + 0.012),
            ],
            lm,
        )
    else:
        b.cyl((0, 0, h * 0.7), r * 0.84, 0.002, mat(ident, "tea", "#a86a24", 0.1))
    if straw:
        b.tube(
            [(0.006, 0, h * 0.4), (0.012, 0.004, h + 0.07)], 0.0035, mat(ident, "straw", straw, 0.4)
        )
    return b.object()


def glass(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.034,
    h: float = 0.13,
    lid: str = "#c9c9cb",
    tea: str = "#8a7a2a",
    level: float = 0.7,
    leaf: bool = True,
    waist: float = 1.0,
) -> Any:
    b = builder(ident)
    g = mat(ident, "glass", "#e8f0ee", 0.04, transmission=0.95, ior=1.3)
    revolve(b, [(0, 0.002), (r * 0.95, 0.0), (r, 0.01), (r * waist, h * 0.5), (r, h)], g)
    t = mat(ident, "tea", tea, 0.15)
    revolve(
        b,
        [
            (0, 0.008),
            (r * 0.9, 0.008),
            (r * 0.9 * waist, h * level * 0.6),
            (r * 0.9, h * level),
            (0, h * level),
        ],
        t,
    )
    if leaf:
        lump(
            b,
            (0, 0, 0.02),
            (r * 0.8, r * 0.8, 0.012),
            grain(ident, "leaf", "#3f4418", 0.8, 30),
            seed=seed_of(ident) % 9999,
        )
    if lid:
        b.cyl((0, 0, h + 0.008), r * 1.03, 0.022, mat(ident, "lid", lid, 0.25, 0.9))
    return b.object()


def flask(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.034,
    h: float = 0.24,
    colour: str = "#9fa3a6",
    cap: str = "#1d1e20",
    metal: float = 1.0,
    rough: float = 0.28,
    shoulder: float = 0.86,
    strap: str = "",
) -> Any:
    b = builder(ident)
    m = mat(ident, "body", colour, rough, metal)
    c = mat(ident, "cap", cap, 0.4)
    z = h * shoulder
    revolve(b, [(0, 0.0), (r, 0.0), (r, z - 0.03), (r * 0.86, z), (0, z)], m)
    revolve(b, [(r * 0.84, z), (r * 0.84, h - 0.006), (r * 0.76, h), (0, h)], c)
    b.cyl((0, 0, 0.012), r * 1.01, 0.02, c)
    if strap:
        _handle(b, mat(ident, "strap", strap, 0.7), r * 0.7, h * 0.86, 0.04, 0.03, 0.004)
    return b.object()


def kettle(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.075,
    h: float = 0.36,
    colour: str = "#a02a2a",
    band: str = "#d9d7d0",
    cap: str = "#26272a",
    shape: str = "classic",
) -> Any:
    """The big 热水瓶: a bulging or straight body, a spout cap and a handle at the side."""
    b = builder(ident)
    m = mat(ident, "body", colour, 0.3)
    d = mat(ident, "band", band, 0.3, 0.5)
    c = mat(ident, "cap", cap, 0.45)
    if shape == "classic":
        revolve(
            b,
            [
                (0, 0),
                (r * 0.9, 0),
                (r, 0.02),
                (r, h * 0.62),
                (r * 0.72, h * 0.8),
                (r * 0.45, h * 0.9),
            ],
            m,
        )
        revolve(b, [(r * 0.45, h * 0.9), (r * 0.48, h * 0.92), (r * 0.48, h), (0, h)], c)
    elif shape == "jug":
        revolve(
            b,
            [(0, 0), (r * 1.05, 0), (r * 1.08, h * 0.2), (r * 0.8, h * 0.7), (r * 0.62, h * 0.86)],
            m,
        )
        revolve(b, [(r * 0.62, h * 0.86), (r * 0.66, h * 0.93), (r * 0.4, h), (0, h)], c)
        b.tube([(0, -r * 0.5, h * 0.88), (0, -r * 0.95, h * 0.95)], 0.014, c)
    else:
        revolve(b, [(0, 0), (r, 0), (r, h * 0.84)], m)
        revolve(b, [(r, h * 0.84), (r * 0.96, h * 0.9), (r * 0.6, h), (0, h)], c)
        b.box((0, -r * 0.9, h * 0.93), (0.03, 0.06, 0.02), c, bevel=0.004)
    revolve(b, [(r * 1.01, h * 0.06), (r * 1.01, h * 0.1)], d)
    pts = [
        (0, r * 0.9 + 0.055 * math.sin(t), h * 0.62 + h * 0.22 * -math.cos(t))
        for t in np.linspace(0, math.pi, 12)
    ]
    b.tube(pts, 0.011, c)
    return b.object()


def bottle(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.032,
    h: float = 0.22,
    body: str = "#dfeaf0",
    clear: float = 0.85,
    label: tuple[str, ...] = ("#2b66c4", "#ffffff"),
    cap: str = "#2d6bd0",
    lie: bool = False,
    drink: str = "",
) -> Any:
    b = builder(ident)
    m = mat(ident, "body", body, 0.12, transmission=clear, ior=1.25)
    revolve(
        b,
        [
            (0, 0.003),
            (r * 0.9, 0),
            (r, 0.012),
            (r * 0.97, h * 0.4),
            (r, h * 0.68),
            (r * 0.42, h * 0.9),
            (r * 0.38, h * 0.95),
        ],
        m,
    )
    lm = pic(
        ident, "label", banded(label, seed_of(ident)), 0.4, coords="Generated", projection="BOX"
    )
    revolve(b, [(r * 1.015, h * 0.36), (r * 1.015, h * 0.64)], lm)
    if drink:
        revolve(
            b,
            [(0, 0.008), (r * 0.92, 0.01), (r * 0.92, h * 0.62), (0, h * 0.62)],
            mat(ident, "drink", drink, 0.2),
        )
    b.cyl((0, 0, h * 0.97), r * 0.45, h * 0.07, mat(ident, "cap", cap, 0.4))
    o = b.object()
    if lie:
        from mathutils import Matrix

        o.data.transform(Matrix.Translation((0, h / 2, r)) @ Matrix.Rotation(math.pi / 2, 4, "X"))
    return o


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


def _tables() -> None:
    p = (0.08, 0.16, 0.01)
    add("phone", "train", "slab_black", phone, p)
    add(
        "phone",
        "train",
        "slab_big",
        phone,
        p,
        size=(0.078, 0.165, 0.0082),
        colour="#1c1d22",
        bezel=0.002,
    )
    add("phone", "train", "lit_blue", phone, p, lit="#4b7fd0", colour="#23262c")
    add("phone", "train", "lit_white", phone, p, lit="#e6ebf0", colour="#d9d9d6", bezel=0.0035)
    add(
        "phone",
        "train",
        "lit_dark",
        phone,
        p,
        lit="#2a4434",
        colour="#0e0f10",
        size=(0.072, 0.15, 0.008),
    )
    add(
        "phone",
        "train",
        "case_red",
        phone,
        p,
        colour="#b02028",
        size=(0.08, 0.163, 0.011),
        bezel=0.005,
        rough=0.6,
    )
    add(
        "phone",
        "train",
        "case_clear_blue",
        phone,
        p,
        colour="#7fa6d6",
        size=(0.079, 0.162, 0.011),
        bezel=0.004,
        rough=0.5,
        lit="#8d6bb0",
    )
    add(
        "phone",
        "train",
        "old_button",
        phone,
        p,
        size=(0.067, 0.138, 0.0075),
        colour="#e6e4df",
        bezel=0.005,
        button=True,
    )
    add("phone", "train", "down_black", phone, p, lie="down", colour="#17181b")
    add(
        "phone",
        "train",
        "down_white",
        phone,
        p,
        lie="down",
        colour="#e3e2de",
        bump="bar",
        rough=0.2,
    )
    add(
        "phone",
        "train",
        "down_green",
        phone,
        p,
        lie="down",
        colour="#39584a",
        bump="round",
        metal=0.3,
    )
    add(
        "phone",
        "train",
        "down_pinkcase",
        phone,
        p,
        lie="down",
        colour="#d48a9c",
        bump="square",
        rough=0.7,
        size=(0.078, 0.161, 0.011),
    )
    add(
        "phone",
        "train",
        "down_goldcase",
        phone,
        p,
        lie="down",
        colour="#a98a4a",
        rough=0.3,
        metal=0.7,
    )
    add("phone", "train", "edge_black", phone, p, "edge", lie="edge", colour="#141518")
    add(
        "phone",
        "train",
        "stand_black",
        phone,
        p,
        "stand",
        lie="stand",
        colour="#2b2c30",
        lit="#c06a3a",
    )
    add(
        "phone",
        "val",
        "slab_graphite",
        phone,
        p,
        size=(0.075, 0.161, 0.0079),
        colour="#2e3034",
        bezel=0.0024,
    )
    add(
        "phone",
        "val",
        "lit_green",
        phone,
        p,
        lit="#7fc08a",
        colour="#303338",
        size=(0.073, 0.156, 0.0083),
    )
    add(
        "phone",
        "val",
        "down_violet",
        phone,
        p,
        lie="down",
        colour="#6a5590",
        bump="bar",
        metal=0.2,
        size=(0.076, 0.16, 0.0085),
    )
    add(
        "phone",
        "sample",
        "slab_blue",
        phone,
        p,
        size=(0.0765, 0.1625, 0.0081),
        colour="#1a2740",
        bezel=0.0027,
    )
    add(
        "phone",
        "sample",
        "down_silver",
        phone,
        p,
        lie="down",
        colour="#b9bcc2",
        bump="round",
        metal=0.5,
        size=(0.0745, 0.1575, 0.0088),
    )
    add(
        "phone",
        "sample",
        "lit_sand",
        phone,
        p,
        lit="#d6b98a",
        colour="#40392e",
        size=(0.0755, 0.159, 0.0086),
    )

    c = (0.3, 0.3, 0.03)
    add("charger", "train", "white_cube", charger, c)
    add(
        "charger",
        "train",
        "black_brick",
        charger,
        c,
        block=(0.05, 0.075, 0.03),
        colour="#18191b",
        cord="#141414",
        length=0.65,
    )
    add(
        "charger",
        "train",
        "white_slim",
        charger,
        c,
        block=(0.03, 0.04, 0.045),
        colour="#f2f2ef",
        cord="#f0efec",
        length=0.8,
    )
    add(
        "charger",
        "train",
        "bank_grey",
        charger,
        c,
        block=(0.068, 0.14, 0.016),
        colour="#4a4d52",
        cord="#c22f2f",
        length=0.35,
        bank=True,
    )
    add(
        "charger",
        "val",
        "grey_brick",
        charger,
        c,
        block=(0.042, 0.062, 0.026),
        colour="#8a8d90",
        cord="#303234",
        length=0.55,
    )
    add(
        "charger",
        "sample",
        "white_wide",
        charger,
        c,
        block=(0.055, 0.055, 0.03),
        colour="#e2e2e6",
        cord="#d2d4d8",
        length=0.6,
    )
    e = (0.18, 0.18, 0.06)
    add("earphones", "train", "wired_white", earphones, e)
    add("earphones", "train", "wired_black", earphones, e, colour="#1c1c1e", pad="#303033")
    add("earphones", "train", "over_black", earphones, e, kind="over", colour="#202124")
    add(
        "earphones",
        "train",
        "case_white",
        earphones,
        e,
        kind="case",
        colour="#f3f3f0",
        pad="#c8c8c6",
    )
    add(
        "earphones",
        "val",
        "over_silver",
        earphones,
        e,
        kind="over",
        colour="#b4b6ba",
        pad="#5a4a3c",
    )
    add("earphones", "sample", "wired_blue", earphones, e, colour="#2c4f9a", pad="#dfe1e4")
    add(
        "earphones",
        "sample",
        "case_black",
        earphones,
        e,
        kind="case",
        colour="#26272b",
        pad="#4a4b50",
    )

    u = (0.11, 0.09, 0.1)
    add("cup", "train", "mug_white", mug, u)
    add("cup", "train", "mug_red", mug, u, r=0.043, h=0.09, colour="#a51f22")
    add("cup", "train", "mug_blue_lid", mug, u, r=0.04, h=0.11, colour="#31508c", lid="#31508c")
    add(
        "cup",
        "train",
        "mug_print",
        mug,
        u,
        r=0.042,
        h=0.1,
        print_=("#f2f0ea", "#d7a23a", "#3d6b58"),
    )
    add("cup", "train", "mug_black", mug, u, r=0.044, h=0.1, colour="#1b1b1d", drink="#6b3c1a")
    add(
        "cup",
        "train",
        "teacup_porcelain",
        mug,
        u,
        r=0.046,
        h=0.12,
        colour="#e8ecee",
        lid="#e8ecee",
        taper=0.8,
    )
    add(
        "cup",
        "train",
        "tumbler_steel",
        mug,
        u,
        r=0.038,
        h=0.14,
        colour="#a8abad",
        metal=1.0,
        handle=False,
        lid="#222326",
        taper=0.85,
    )
    add(
        "cup",
        "train",
        "enamel",
        mug,
        u,
        r=0.047,
        h=0.09,
        colour="#e9e7df",
        inside="#dfe4e6",
        drink="#8a5a1e",
    )
    add("cup", "train", "paper_plain", paper_cup, u)
    add("cup", "train", "paper_print", paper_cup, u, bands=("#b9402f", "#f0e8d8", "#b9402f"))
    add(
        "cup",
        "train",
        "coffee_lid",
        paper_cup,
        u,
        r=0.043,
        h=0.12,
        bands=("#efeae0", "#8a5b3a"),
        lid="#f4f4f2",
        sleeve="#8a623e",
    )
    add(
        "cup",
        "train",
        "milktea",
        paper_cup,
        u,
        r=0.046,
        h=0.15,
        bands=("#e7d9c4", "#cc9999", "#e7d9c4"),
        lid="#f7f7f5",
        straw="#d84a7a",
    )
    add("cup", "train", "glass_tea", glass, u)
    add("cup", "train", "glass_open", glass, u, r=0.037, h=0.1, lid="", tea="#c9a24a", leaf=False)
    add(
        "cup",
        "train",
        "plastic_pink",
        glass,
        u,
        r=0.036,
        h=0.17,
        lid="#d77a96",
        tea="#d9c4c8",
        level=0.8,
        leaf=False,
        waist=0.9,
    )
    add("cup", "val", "mug_green", mug, u, r=0.0415, h=0.098, colour="#4c7a58", inside="#eef0ea")
    add("cup", "val", "paper_blue", paper_cup, u, r=0.039, h=0.094, bands=("#f4f4f4", "#5a86b8"))
    add(
        "cup",
        "val",
        "glass_steel",
        glass,
        u,
        r=0.033,
        h=0.15,
        lid="#5d6064",
        tea="#a58a2c",
        level=0.6,
    )
    add(
        "cup",
        "sample",
        "mug_celadon",
        mug,
        u,
        r=0.0425,
        h=0.104,
        colour="#8fb3a2",
        inside="#e4ece6",
        taper=0.92,
    )
    add("cup", "sample", "mug_lid_navy", mug, u, r=0.0405, h=0.115, colour="#24304e", lid="#c8b98a")
    add(
        "cup",
        "sample",
        "paper_green",
        paper_cup,
        u,
        r=0.0385,
        h=0.096,
        bands=("#eef0ea", "#6f9a5a", "#eef0ea"),
    )
    add(
        "cup",
        "sample",
        "glass_amber",
        glass,
        u,
        r=0.035,
        h=0.14,
        lid="#3b2f26",
        tea="#7a4a16",
        level=0.75,
    )

    t = (0.1, 0.1, 0.26)
    add("thermos", "train", "steel", flask, t)
    add(
        "thermos",
        "train",
        "black",
        flask,
        t,
        r=0.032,
        h=0.23,
        colour="#1d1e21",
        metal=0.1,
        cap="#2c2d30",
    )
    add(
        "thermos",
        "train",
        "green",
        flask,
        t,
        r=0.045,
        h=0.29,
        colour="#2f5540",
        metal=0.2,
        cap="#b8babc",
        strap="#202022",
    )
    add(
        "thermos",
        "train",
        "pink",
        flask,
        t,
        r=0.031,
        h=0.19,
        colour="#d8a0ad",
        metal=0.0,
        cap="#e8dcdc",
        shoulder=0.78,
    )
    add("thermos", "train", "kettle_red", kettle, (0.2, 0.26, 0.36), "big")
    add(
        "thermos",
        "train",
        "kettle_steel",
        kettle,
        (0.2, 0.26, 0.3),
        "big",
        r=0.07,
        h=0.28,
        colour="#a9adb0",
        shape="jug",
    )
    add(
        "thermos",
        "train",
        "kettle_white",
        kettle,
        (0.2, 0.26, 0.33),
        "big",
        r=0.072,
        h=0.32,
        colour="#e4e2da",
        band="#9aa0a4",
        shape="straight",
    )
    add(
        "thermos",
        "val",
        "flask_bronze",
        flask,
        t,
        r=0.035,
        h=0.25,
        colour="#7a5c3e",
        metal=0.7,
        cap="#17181a",
        shoulder=0.82,
    )
    add(
        "thermos",
        "val",
        "kettle_blue",
        kettle,
        (0.2, 0.26, 0.34),
        "big",
        r=0.074,
        h=0.34,
        colour="#3f6a9c",
        shape="straight",
        band="#e0ded8",
    )
    add(
        "thermos",
        "sample",
        "flask_teal",
        flask,
        t,
        r=0.0365,
        h=0.245,
        colour="#2f6a70",
        metal=0.4,
        cap="#d4d0c4",
        shoulder=0.84,
    )
    add(
        "thermos",
        "sample",
        "kettle_beige",
        kettle,
        (0.2, 0.26, 0.35),
        "big",
        r=0.073,
        h=0.35,
        colour="#c9b48c",
        band="#7a4a2a",
        shape="classic",
    )

    w = (0.07, 0.07, 0.23)
    add("bottle", "train", "water", bottle, w)
    add(
        "bottle",
        "train",
        "cola",
        bottle,
        w,
        body="#c8b0a0",
        drink="#2a120a",
        label=("#c0161c", "#f2f2f2"),
        cap="#c0161c",
    )
    add(
        "bottle",
        "train",
        "greentea",
        bottle,
        w,
        r=0.034,
        h=0.21,
        drink="#a9b04a",
        body="#dfe6c0",
        label=("#3c8a3a", "#e8f0d0"),
        cap="#3c8a3a",
    )
    add(
        "bottle",
        "train",
        "juice",
        bottle,
        w,
        r=0.036,
        h=0.18,
        drink="#e08a1a",
        body="#f0d8b0",
        label=("#e86a1a", "#fff2d0"),
        cap="#f0f0ee",
    )
    add(
        "bottle",
        "val",
        "water_red",
        bottle,
        w,
        r=0.031,
        h=0.225,
        label=("#b8262e", "#f4f4f4", "#b8262e"),
        cap="#b8262e",
    )
    add(
        "bottle",
        "sample",
        "soda_lemon",
        bottle,
        w,
        r=0.033,
        h=0.215,
        drink="#d8d48a",
        body="#e8e8c8",
        label=("#d8b81e", "#2f7a3a"),
        cap="#2f7a3a",
    )

    m = (0.08, 0.35, 0.06)
    add("umbrella", "train", "short_navy", umbrella, m)
    add(
        "umbrella",
        "train",
        "short_floral",
        umbrella,
        m,
        colour="#a8485e",
        grip="#d8d0c8",
        length=0.24,
    )
    add(
        "umbrella",
        "train",
        "long_black",
        umbrella,
        (0.1, 0.95, 0.07),
        colour="#18181a",
        length=0.7,
        r=0.03,
        grip="#5a3a22",
        hook=True,
    )
    add(
        "umbrella",
        "train",
        "short_green",
        umbrella,
        m,
        colour="#35604a",
        length=0.28,
        stripe="#d8d8d8",
    )
    add(
        "umbrella",
        "val",
        "short_grey",
        umbrella,
        m,
        colour="#767a80",
        length=0.25,
        r=0.028,
        grip="#303134",
    )
    add(
        "umbrella",
        "sample",
        "long_plum",
        umbrella,
        (0.1, 0.9, 0.07),
        colour="#54304e",
        length=0.66,
        r=0.029,
        grip="#1d1d20",
        hook=True,
    )
    f = (0.2, 0.13, 0.08)
    add("food", "train", "bread", food, f)
    add("food", "train", "bread_white", food, f, colour="#d9a04a", second="#f2eee2", scale=1.1)
    add("food", "train", "apples", food, f, kind="fruit", colour="#b02a22")
    add("food", "train", "oranges", food, f, kind="fruit", colour="#e0851c", scale=0.95)
    add("food", "train", "bananas", food, f, kind="banana", colour="#e0c03a")
    add("food", "train", "lunch", food, f, kind="box", colour="#9a5a2a", second="#efeee9")
    add("food", "train", "crisps", food, f, kind="snack", colour="#c9302a", second="#f0c83a")
    add("food", "train", "milk", food, f, kind="carton", colour="#2f62b0", second="#f4f4f4")
    add("food", "val", "snack_green", food, f, kind="snack", colour="#3f8a4a", second="#f0e8c0")
    add("food", "val", "pears", food, f, kind="fruit", colour="#b9b24a", scale=1.05)
    add(
        "food",
        "sample",
        "bun_bag",
        food,
        f,
        kind="bread",
        colour="#b87a3a",
        second="#dfe6ea",
        scale=0.95,
    )
    add("food", "sample", "snack_purple", food, f, kind="snack", colour="#6a3f8a", second="#e8d8a0")


_tables()
