"""What stands on a counter or beside it: rating devices, telephones, stamps, heaters."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.shapes import (
    builder,
    curve,
    mat,
    pic,
    revolve,
    sh,
    text,
)


def rating(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#e6e7e8",
    size: tuple[float, float] = (0.2, 0.14),
    words: tuple[str, ...] = ("请您评价", "满意 一般"),
    tilt: float = 0.7,
    glow: str = "#2a6ac0",
) -> Any:
    b = builder(ident)
    m = mat(ident, "case", colour, 0.4)
    w, h = size
    b.box((0, 0, 0.012), (w * 0.7, 0.1, 0.024), m, bevel=0.006)
    b.box((0, 0.015, 0.07), (w, 0.02, h), m, rot=(-tilt, 0, 0), bevel=0.006)
    img = text(words, (220, 150), "#ffffff", glow)
    img[110:140, 20:90] = sh.hex_srgb("#e0b030")
    img[110:140, 130:200] = sh.hex_srgb("#40a050")
    b.plane(
        (0, 0.015 - 0.0112 * math.cos(tilt), 0.07 + 0.0112 * math.sin(tilt)),
        (w * 0.9, h * 0.86, 0),
        pic(ident, "screen", img, 0.2, coords="UV", emission=0.7),
        rot=(math.pi / 2 - tilt, 0, 0),
    )
    return b.object()


def telephone(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#1d1e20",
    keys: str = "#c9cbcd",
    screen: str = "#9fb0a0",
    size: tuple[float, float] = (0.19, 0.21),
) -> Any:
    b = builder(ident)
    m = mat(ident, "case", colour, 0.4)
    k = mat(ident, "keys", keys, 0.5)
    w, d = size
    b.box((0, 0, 0.028), (w, d, 0.045), m, rot=(0.12, 0, 0), bevel=0.008)
    x = -w * 0.36
    b.tube(
        [(x, -d * 0.46, 0.07), (x, -d * 0.2, 0.085), (x, d * 0.2, 0.097), (x, d * 0.46, 0.1)],
        0.018,
        m,
    )
    for s, z in ((-1, 0.062), (1, 0.09)):
        b.ball((x, s * d * 0.4, z), (0.028, 0.03, 0.022), m, segments=14)
    for r in range(4):
        for c in range(3):
            b.box(
                (w * 0.02 + c * 0.03, d * 0.1 - r * 0.028, 0.053 - r * 0.0034),
                (0.02, 0.017, 0.008),
                k,
            )
    b.box(
        (w * 0.18, d * 0.33, 0.064),
        (w * 0.5, 0.04, 0.01),
        mat(ident, "screen", screen, 0.3),
        rot=(0.12, 0, 0),
    )
    pts = [
        (
            x - 0.01 + 0.008 * math.cos(t * 9),
            -d * 0.48 - 0.012 * math.sin(t * 2),
            0.012 + 0.006 * math.sin(t * 9),
        )
        for t in np.linspace(0, 3, 40)
    ]
    pts = [(p[0], p[1] + 0.05 * i / 40, p[2]) for i, p in enumerate(pts)]
    b.tube(pts, 0.003, m, sides=5)
    return b.object()


def calculator(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#2a2c30",
    keys: str = "#d8d8d4",
    size: tuple[float, float] = (0.125, 0.165),
    lcd: str = "#8fa08a",
    accent: str = "#c0502a",
) -> Any:
    b = builder(ident)
    w, h = size
    b.box((0, 0, 0.011), (w, h, 0.022), mat(ident, "case", colour, 0.45), bevel=0.004)
    b.box((0, h * 0.34, 0.023), (w * 0.84, h * 0.18, 0.004), mat(ident, "lcd", lcd, 0.2))
    k, a = mat(ident, "keys", keys, 0.5), mat(ident, "accent", accent, 0.5)
    for r in range(5):
        for c in range(5):
            b.box(
                (-w * 0.36 + c * w * 0.18, h * 0.14 - r * h * 0.135, 0.025),
                (w * 0.13, h * 0.085, 0.007),
                a if c == 4 and r < 2 else k,
            )
    return b.object()


def stamp(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#5a2a1a",
    knob: str = "#2a1812",
    r: float = 0.018,
    h: float = 0.085,
    square: bool = False,
) -> Any:
    b = builder(ident)
    m, k = mat(ident, "foot", colour, 0.4), mat(ident, "knob", knob, 0.3)
    if square:
        b.box((0, 0, 0.02), (r * 2.4, r * 2, 0.04), m, bevel=0.003)
        b.box((0, 0, h * 0.6), (r * 1.4, r * 1.2, h * 0.6), k, bevel=0.005)
    else:
        revolve(
            b,
            [
                (0, 0),
                (r, 0),
                (r, 0.025),
                (r * 0.5, 0.035),
                (r * 0.45, h * 0.6),
                (r * 0.9, h * 0.85),
                (r * 0.7, h),
                (0, h),
            ],
            m,
        )
        b.cyl((0, 0, 0.03), r * 1.03, 0.008, k)
    return b.object()


def inkpad(
    ident: str,
    _rng: random.Random,
    *,
    case: str = "#c9cbcd",
    ink: str = "#a01c1c",
    r: float = 0.04,
    square: bool = False,
    open_: bool = True,
) -> Any:
    b = builder(ident)
    m, i = mat(ident, "case", case, 0.3, 0.4), mat(ident, "ink", ink, 0.5)
    if square:
        b.box((0, 0, 0.008), (r * 2.6, r * 1.8, 0.016), m, bevel=0.002)
        if open_:
            b.box((0, 0, 0.0165), (r * 2.3, r * 1.5, 0.003), i)
            b.box((0, r * 1.2, 0.03), (r * 2.6, 0.006, r * 1.4), m, rot=(-0.5, 0, 0))
    else:
        b.cyl((0, 0, 0.008), r, 0.016, m)
        if open_:
            b.cyl((0, 0, 0.0165), r * 0.86, 0.003, i)
            b.cyl((r * 2.1, 0.01, 0.004), r, 0.008, m)
    return b.object()


def pens(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "base",
    colour: str = "#1c1c1f",
    pen: str = "#1c1c1f",
    count: int = 1,
) -> Any:
    """A pen on its base with a cord, or a pot of pens."""
    b = builder(ident)
    m, p = mat(ident, "base", colour, 0.4), mat(ident, "pen", pen, 0.35)
    if kind == "base":
        b.cyl((0, 0, 0.008), 0.04, 0.016, m, top=0.033)
        b.tube([(0, 0, 0.015), (0.03, 0.01, 0.15)], 0.0055, p)
        b.tube(
            curve(
                [
                    (0.02, -0.02, 0.012),
                    (0.07, -0.03, 0.004),
                    (0.06, 0.04, 0.02),
                    (0.03, 0.012, 0.13),
                ]
            ),
            0.0016,
            p,
            sides=6,
        )
    else:
        revolve(b, [(0, 0), (0.038, 0), (0.04, 0.1), (0.036, 0.1), (0.034, 0.01)], m)
        for k in range(count):
            a = rng.uniform(0, 6.28)
            b.tube(
                [
                    (0.01 * math.cos(a), 0.01 * math.sin(a), 0.01),
                    (0.034 * math.cos(a), 0.034 * math.sin(a), rng.uniform(0.13, 0.17)),
                ],
                0.0045,
                mat(
                    ident,
                    f"pen{k}",
                    ("#1c1c1f", "#2a4ab0", "#b02a2a", "#d8d8d8", "#e0b030")[k % 5],
                    0.4,
                ),
            )
    return b.object()


def service_box(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#e0e2e4",
    words: str = "便民服务箱",
    size: tuple[float, float, float] = (0.34, 0.22, 0.24),
    mark: str = "#c0202a",
    glass: bool = False,
) -> Any:
    w, d, h = size
    b = builder(ident)
    m = mat(ident, "box", colour, 0.3, transmission=0.5 if glass else 0.0)
    b.box((0, 0, h / 2), size, m, bevel=0.006)
    b.plane(
        (0, -d / 2 - 0.001, h / 2),
        (w * 0.9, h * 0.5, 0),
        pic(ident, "print", text((words,), (256, 100), "#ffffff", mark), 0.4, coords="UV"),
        rot=(math.pi / 2, 0, 0),
    )
    b.tube(
        [(0.06 * math.cos(t), 0, h + 0.04 * math.sin(t)) for t in np.linspace(0, math.pi, 9)],
        0.007,
        mat(ident, "grip", "#2a2a2c", 0.5),
    )
    return b.object()


def heater(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "fan",
    colour: str = "#dcdcda",
    glow: str = "#e0601c",
    h: float = 0.34,
) -> Any:
    b = builder(ident)
    m, g = mat(ident, "case", colour, 0.4), mat(ident, "glow", glow, 0.5, emission=1.2)
    wire = mat(ident, "wire", "#b8babc", 0.3, 1.0)
    if kind == "dish":
        b.cyl((0, 0, 0.015), 0.12, 0.03, m)
        b.cyl((0, 0, h * 0.45), 0.012, h * 0.8, m)
        b.cyl((0, 0.02, h), 0.16, 0.06, wire, top=0.05, rot=(-math.pi / 2, 0, 0))
        b.cyl((0, -0.02, h), 0.03, 0.08, g, rot=(math.pi / 2, 0, 0))
        for k in range(5):
            x = 0.16 * (k - 2) / 2.5
            b.tube([(x, -0.03, h - 0.12), (x, -0.03, h + 0.12)], 0.003, wire, sides=5)
    elif kind == "kettle":
        revolve(
            b,
            [(0, 0), (0.08, 0), (0.08, 0.03), (0.075, 0.04), (0.06, h * 0.6), (0.05, h * 0.62)],
            m,
        )
        b.cyl((0, 0, h * 0.64), 0.05, 0.02, wire)
        b.tube(
            curve([(0, 0.07, 0.06), (0, 0.13, 0.1), (0, 0.12, h * 0.55), (0, 0.05, h * 0.6)]),
            0.012,
            wire,
        )
    else:
        b.box((0, 0, h / 2), (0.24, 0.16, h), m, bevel=0.02, segments=3)
        b.box((0, -0.081, h * 0.55), (0.19, 0.004, h * 0.6), g)
        for k in range(9):
            b.box((0, -0.085, h * 0.28 + h * 0.54 * k / 8), (0.2, 0.006, 0.005), wire)
    return b.object()


def extinguisher(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.065,
    h: float = 0.45,
    colour: str = "#b8141a",
    hose: str = "#151515",
    pair: bool = False,
) -> Any:
    b = builder(ident)
    m, k = mat(ident, "body", colour, 0.25), mat(ident, "hose", hose, 0.5)
    label = mat(ident, "label", "#e8e4d8", 0.5)
    for x in (-r * 1.1, r * 1.1) if pair else (0.0,):
        z = h * 0.8
        revolve(
            b,
            [(0, 0), (r, 0), (r, z - 0.06), (r * 0.7, z - 0.015), (r * 0.3, z), (0, z)],
            m,
            at=(x, 0),
        )
        revolve(b, [(r * 1.01, z * 0.4), (r * 1.01, z * 0.65)], label, at=(x, 0))
        b.cyl((x, 0, z + 0.02), 0.02, 0.05, k)
        b.box((x, -0.04, z + 0.05), (0.018, 0.12, 0.012), k, rot=(0.25, 0, 0))
        b.tube(
            curve(
                [
                    (x, 0.02, z + 0.02),
                    (x + r * 0.9, 0.05, z),
                    (x + r * 1.05, 0.03, z * 0.6),
                    (x + r * 1.0, 0.02, z * 0.3),
                ]
            ),
            0.011,
            k,
        )
    return b.object()
