"""Office machines and counter fittings."""

from __future__ import annotations

import math
import random
from typing import Any

import cv2
import numpy as np

from datasets.render.assets.core import add, seed_of
from datasets.render.assets.shapes import builder, curve, grain, lump, mat, pic, revolve, sh, text


def _window_picture(ident: str, ground: str, size: tuple[int, int] = (320, 190)) -> Any:
    """A business application on a screen."""
    rng = np.random.default_rng(seed_of(ident))
    w, h = size
    img = np.empty((h, w, 3), np.float32)
    img[:] = sh.hex_srgb(ground)
    img[:16] = sh.hex_srgb("#2a5a9a")
    x = int(rng.integers(40, 80))
    img[16:, :x] *= 0.85
    for r in range(11):
        y = 28 + r * 14
        for c in range(5):
            p = (x + 10 + c * 44, y)
            cv2.line(img, p, (p[0] + int(rng.integers(8, 34)), y), (0.25, 0.28, 0.32), 4)
    return img


def monitor(
    ident: str,
    _rng: random.Random,
    *,
    w: float = 0.54,
    h: float = 0.32,
    colour: str = "#17181a",
    ground: str = "#e4eaf0",
    on: bool = True,
    foot: str = "plate",
    thick: float = 0.035,
    rise: float = 0.12,
) -> Any:
    b = builder(ident)
    m = mat(ident, "case", colour, 0.4)
    z = rise + h / 2
    b.box((0, 0, z), (w, thick, h), m, bevel=0.006)
    s = (
        pic(ident, "screen", _window_picture(ident, ground), 0.25, coords="UV", emission=1.1)
        if on
        else mat(ident, "screen", "#08090a", 0.15)
    )
    b.plane(
        (0, -thick / 2 - 0.0008, z + 0.004), (w - 0.024, h - 0.034, 0), s, rot=(math.pi / 2, 0, 0)
    )
    b.box((0, 0.045, rise * 0.6 + 0.03), (0.05, 0.03, rise * 1.2 + 0.06), m, bevel=0.004)
    if foot == "plate":
        b.box((0, 0.03, 0.007), (0.24, 0.18, 0.014), m, bevel=0.005)
    else:
        b.cyl((0, 0.03, 0.008), 0.11, 0.016, m)
    b.box((0, thick / 2 + 0.012, z), (w * 0.45, 0.03, h * 0.5), m, bevel=0.01)
    return b.object()


def _keys(b: Any, w: float, d: float, z: float, m: Any, rows: int = 5, cols: int = 15) -> None:
    for r in range(rows):
        for c in range(cols):
            if r == rows - 1 and 4 <= c <= 8:
                if c == 6:
                    b.box(
                        (-w / 2 + w * (c + 0.5) / cols, d / 2 - d * (r + 0.5) / rows, z),
                        (w / cols * 4.8, d / rows * 0.8, 0.006),
                        m,
                    )
                continue
            b.box(
                (-w / 2 + w * (c + 0.5) / cols, d / 2 - d * (r + 0.5) / rows, z),
                (w / cols * 0.82, d / rows * 0.8, 0.006),
                m,
            )


def keyboard(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float] = (0.44, 0.14),
    colour: str = "#18191b",
    keys: str = "#232427",
    cols: int = 18,
) -> Any:
    b = builder(ident)
    b.box((0, 0, 0.009), (*size, 0.018), mat(ident, "case", colour, 0.5), bevel=0.004)
    _keys(b, size[0] * 0.95, size[1] * 0.84, 0.021, mat(ident, "keys", keys, 0.55), 5, cols)
    return b.object()


def mouse(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#17181a",
    size: float = 1.0,
    cord: str = "",
    wheel: str = "#3a3b3e",
) -> Any:
    b = builder(ident)
    s = size
    lump(
        b,
        (0, 0, 0.012 * s),
        (0.031 * s, 0.055 * s, 0.024 * s),
        mat(ident, "shell", colour, 0.35),
        square=2.5,
        rough=0,
        floor=0,
    )
    b.cyl(
        (0, -0.03 * s, 0.031 * s),
        0.009 * s,
        0.006,
        mat(ident, "wheel", wheel, 0.5),
        rot=(0, math.pi / 2, 0),
        sides=14,
    )
    if cord:
        b.tube(
            curve(
                [
                    (0, -0.05 * s, 0.01),
                    (0.01, -0.1, 0.004),
                    (0.06, -0.14, 0.003),
                    (0.14, -0.1, 0.003),
                    (0.2, 0.02, 0.003),
                ]
            )
            if False
            else curve([(0, 0.05 * s, 0.008), (0.01, 0.12, 0.003), (-0.03, 0.2, 0.003)]),
            0.0018,
            mat(ident, "cord", cord, 0.5),
            sides=6,
        )
    return b.object()


def laptop(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#a9abae",
    keys: str = "#1a1a1c",
    w: float = 0.34,
    d: float = 0.235,
    tilt: float = 0.3,
    on: bool = True,
    ground: str = "#dfe6ee",
) -> Any:
    b = builder(ident)
    m = mat(ident, "case", colour, 0.35, 0.4)
    b.box((0, 0, 0.009), (w, d, 0.018), m, bevel=0.004)
    _keys(b, w * 0.9, d * 0.46, 0.018, mat(ident, "keys", keys, 0.5), 5, 14)
    h = d
    y, z = d / 2 + h / 2 * math.sin(tilt), 0.018 + h / 2 * math.cos(tilt)
    b.box((0, y, z), (w, 0.008, h), m, rot=(-tilt, 0, 0), bevel=0.003)
    s = (
        pic(ident, "screen", _window_picture(ident, ground), 0.2, coords="UV", emission=1.0)
        if on
        else mat(ident, "screen", "#08090a", 0.15)
    )
    b.plane(
        (0, y - 0.0055 * math.cos(tilt), z - 0.002),
        (w * 0.95, h * 0.9, 0),
        s,
        rot=(math.pi / 2 - tilt, 0, 0),
    )
    return b.object()


def printer(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.4, 0.36, 0.26),
    colour: str = "#d9dadb",
    dark: str = "#2a2c2f",
    scan: bool = True,
    sheets: bool = True,
) -> Any:
    w, d, h = size
    b = builder(ident)
    m = grain(ident, "case", colour, 0.05, 20, 0.45)
    k = mat(ident, "dark", dark, 0.45)
    b.box((0, 0, h * 0.42), (w, d, h * 0.84), m, bevel=0.012)
    b.box((0, -d * 0.5, h * 0.42), (w * 0.66, 0.03, h * 0.16), k)
    b.box((0, -d * 0.56, h * 0.34), (w * 0.6, d * 0.16, 0.01), k)
    b.box((0, 0, h * 0.86), (w * 0.97, d * 0.95, h * 0.06), k, bevel=0.004)
    if scan:
        b.box((0, 0.02, h * 0.95), (w * 0.97, d * 0.86, h * 0.1), m, bevel=0.008)
    b.plane(
        (w * 0.3, -d * 0.5 - 0.002, h * 0.7),
        (0.07, 0.03, 0),
        mat(ident, "panel", "#4a90c0", 0.2, emission=0.6),
        rot=(math.pi / 2, 0, 0),
    )
    if sheets:
        b.box((0, -d * 0.5, h * 0.365), (0.21, 0.15, 0.006), mat(ident, "sheet", "#f0efea", 0.8))
    return b.object()


def scanner(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#e2e3e4",
    dark: str = "#33363a",
    kind: str = "feed",
    size: tuple[float, float, float] = (0.3, 0.17, 0.16),
) -> Any:
    w, d, h = size
    b = builder(ident)
    m = mat(ident, "case", colour, 0.4)
    k = mat(ident, "dark", dark, 0.4)
    if kind == "flat":
        b.box((0, 0, h / 2), (w, d, h), k, bevel=0.006)
        b.box((0, 0, h), (w * 0.98, d * 0.98, 0.016), m, bevel=0.006)
    else:
        b.box((0, 0, h / 2), (w, d, h), m, rot=(0.15, 0, 0), bevel=0.02, segments=3)
        b.box((0, d * 0.55, h * 1.15), (w * 0.75, 0.012, h * 0.9), k, rot=(-0.5, 0, 0))
        b.box((0, -d * 0.75, 0.02), (w * 0.75, d * 0.6, 0.01), k)
        b.plane(
            (0, d * 0.5, h * 1.2),
            (0.2, 0.16, 0),
            mat(ident, "sheet", "#f0efea", 0.8),
            rot=(1.07, 0, 0),
        )
    return b.object()


def doc_camera(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#26282b",
    pad: str = "#1c1d1f",
    arm: float = 0.34,
    head: tuple[float, float, float] = (0.09, 0.06, 0.03),
    base: tuple[float, float] = (0.24, 0.33),
    fold: bool = False,
) -> Any:
    """高拍仪: a pad, an upright arm and a camera head over the pad."""
    b = builder(ident)
    m = mat(ident, "arm", colour, 0.35)
    p = mat(ident, "pad", pad, 0.8)
    b.box((0, 0, 0.004), (*base, 0.008), p, bevel=0.002)
    b.box((0, base[1] / 2 + 0.04, 0.02), (0.12, 0.09, 0.04), m, bevel=0.008)
    y = base[1] / 2 + 0.04
    b.box((0, y, arm / 2), (0.035, 0.03, arm), m, bevel=0.005)
    if fold:
        b.box((0, y - 0.07, arm), (0.03, 0.16, 0.022), m, rot=(0.2, 0, 0), bevel=0.005)
        b.box((0, y - 0.15, arm - 0.015), head, m, bevel=0.008)
    else:
        b.box((0, y - 0.05, arm), (head[0], 0.16, head[2]), m, bevel=0.01)
        b.cyl(
            (0, y - 0.1, arm - head[2] / 2 - 0.006),
            0.014,
            0.014,
            mat(ident, "lens", "#050506", 0.1),
        )
    return b.object()


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
            b.tube(
                [
                    (0.15 * math.cos(t), -0.02, h - 0.15 + 0.075 * k * 1.0 + 0.0 * t)
                    if False
                    else (0.16 * (k - 2) / 2.5, -0.03, h + s)
                    for s in (-0.12, 0.12)
                    for t in (0.0,)
                ],
                0.003,
                wire,
                sides=5,
            )
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


def _tables() -> None:
    m = (0.54, 0.2, 0.46)
    add("monitor", "train", "black", monitor, m)
    add("monitor", "train", "off", monitor, m, on=False, w=0.5, h=0.3)
    add("monitor", "train", "white", monitor, m, colour="#d8d9da", ground="#c9d8e8", foot="round")
    add("monitor", "train", "square", monitor, m, w=0.41, h=0.34, ground="#2a6ab0", thick=0.05)
    add(
        "monitor",
        "val",
        "slim",
        monitor,
        m,
        w=0.53,
        h=0.31,
        ground="#dfe4d8",
        thick=0.025,
        colour="#2c2e32",
    )
    add(
        "monitor",
        "sample",
        "grey",
        monitor,
        m,
        w=0.545,
        h=0.315,
        ground="#e2e6ee",
        thick=0.03,
        colour="#44484e",
    )
    k = (0.44, 0.15, 0.03)
    add("keyboard", "train", "black", keyboard, k)
    add("keyboard", "train", "white", keyboard, k, colour="#d4d5d6", keys="#efefee")
    add(
        "keyboard",
        "train",
        "grey",
        keyboard,
        k,
        colour="#6a6d72",
        keys="#2c2e32",
        size=(0.42, 0.13),
    )
    add(
        "keyboard",
        "val",
        "slim",
        keyboard,
        k,
        colour="#b4b8bc",
        keys="#e4e6e8",
        size=(0.36, 0.12),
        cols=15,
    )
    add(
        "keyboard",
        "sample",
        "dark",
        keyboard,
        k,
        colour="#2b2e33",
        keys="#3a3e44",
        size=(0.43, 0.135),
    )
    o = (0.065, 0.11, 0.04)
    add("mouse", "train", "black", mouse, o)
    add("mouse", "train", "white", mouse, o, colour="#e6e6e4", cord="#dddddb")
    add("mouse", "train", "corded", mouse, o, colour="#232428", cord="#141414", size=1.05)
    add("mouse", "val", "grey", mouse, o, colour="#7a7d82", size=0.95)
    add("mouse", "sample", "graphite", mouse, o, colour="#3a3d42", wheel="#b0502a", size=1.02)
    p = (0.35, 0.36, 0.24)
    add("laptop", "train", "silver", laptop, p)
    add("laptop", "train", "black", laptop, p, colour="#1c1d20", tilt=0.2, ground="#20304a")
    add("laptop", "train", "off", laptop, p, colour="#3a3d42", on=False, w=0.36)
    add("laptop", "val", "blue", laptop, p, colour="#5a6a80", tilt=0.4, w=0.32)
    add("laptop", "sample", "champagne", laptop, p, colour="#b8a68c", tilt=0.25, w=0.335)
    r = (0.4, 0.4, 0.28)
    add("printer", "train", "white", printer, r)
    add(
        "printer",
        "train",
        "black",
        printer,
        r,
        colour="#2c2e32",
        dark="#151618",
        size=(0.42, 0.38, 0.3),
    )
    add(
        "printer",
        "train",
        "needle",
        printer,
        r,
        colour="#cfc9b8",
        size=(0.44, 0.3, 0.2),
        scan=False,
    )
    add(
        "printer",
        "val",
        "beige",
        printer,
        r,
        colour="#d0ccc0",
        size=(0.38, 0.37, 0.27),
        dark="#4a4c50",
    )
    add(
        "printer",
        "sample",
        "twotone",
        printer,
        r,
        colour="#c2c6cb",
        size=(0.41, 0.37, 0.25),
        dark="#1f2a3a",
    )
    s = (0.3, 0.3, 0.24)
    add("scanner", "train", "feed", scanner, s)
    add("scanner", "train", "flat", scanner, s, kind="flat", size=(0.29, 0.4, 0.06))
    add("scanner", "train", "feed_black", scanner, s, colour="#2a2c30", dark="#55585c")
    add("scanner", "val", "feed_grey", scanner, s, colour="#b0b4b8", size=(0.28, 0.16, 0.15))
    add(
        "scanner",
        "sample",
        "flat_grey",
        scanner,
        s,
        kind="flat",
        colour="#9aa0a6",
        size=(0.28, 0.42, 0.055),
    )
    d = (0.24, 0.45, 0.36)
    add("doc_camera", "train", "black", doc_camera, d)
    add("doc_camera", "train", "white", doc_camera, d, colour="#dfe0e1", pad="#2c3a4a", arm=0.38)
    add("doc_camera", "train", "fold", doc_camera, d, colour="#55585e", fold=True, arm=0.32)
    add(
        "doc_camera",
        "val",
        "silver",
        doc_camera,
        d,
        colour="#a4a8ac",
        pad="#26282a",
        arm=0.36,
        base=(0.22, 0.3),
    )
    add(
        "doc_camera",
        "sample",
        "grey",
        doc_camera,
        d,
        colour="#7a8087",
        pad="#3a2c2c",
        arm=0.35,
        base=(0.23, 0.31),
    )
    g = (0.2, 0.12, 0.14)
    add("rating_device", "train", "white", rating, g)
    add("rating_device", "train", "black", rating, g, colour="#1d1e21", glow="#1c7a8a")
    add(
        "rating_device",
        "train",
        "small",
        rating,
        g,
        size=(0.16, 0.11),
        glow="#b0401c",
        colour="#9a9da2",
    )
    add(
        "rating_device",
        "val",
        "blue",
        rating,
        g,
        colour="#c8d0da",
        glow="#4a3a9a",
        size=(0.18, 0.13),
    )
    add(
        "rating_device",
        "sample",
        "steel",
        rating,
        g,
        colour="#8f949a",
        glow="#2a8a5a",
        size=(0.19, 0.125),
    )
    t = (0.19, 0.21, 0.1)
    add("telephone", "train", "black", telephone, t)
    add("telephone", "train", "white", telephone, t, colour="#dcdcd8", keys="#5a5d60")
    add("telephone", "train", "red", telephone, t, colour="#a01c20", keys="#e4e0d8")
    add(
        "telephone", "val", "grey", telephone, t, colour="#6a6e72", size=(0.18, 0.2), keys="#e0e0de"
    )
    add(
        "telephone",
        "sample",
        "cream",
        telephone,
        t,
        colour="#cfc4a8",
        size=(0.185, 0.215),
        keys="#4a4438",
    )
    c = (0.13, 0.17, 0.03)
    add("calculator", "train", "dark", calculator, c)
    add("calculator", "train", "white", calculator, c, colour="#d8d9da", keys="#3a3c40")
    add(
        "calculator",
        "train",
        "small",
        calculator,
        c,
        size=(0.08, 0.13),
        colour="#1a1b1e",
        keys="#6a6c70",
    )
    add(
        "calculator",
        "val",
        "silver",
        calculator,
        c,
        colour="#a8abb0",
        keys="#26282c",
        size=(0.12, 0.155),
    )
    add(
        "calculator",
        "sample",
        "navy",
        calculator,
        c,
        colour="#26304a",
        keys="#c9ccd4",
        size=(0.118, 0.16),
    )
    e = (0.04, 0.04, 0.09)
    add("stamp", "train", "wood", stamp, e)
    add("stamp", "train", "square", stamp, e, square=True, colour="#d0d2d4", knob="#2a2c30")
    add("stamp", "train", "red", stamp, e, colour="#a02a22", knob="#d0b050", r=0.021)
    add("stamp", "val", "black", stamp, e, colour="#1d1e20", knob="#4a4c50", r=0.02, h=0.09)
    add("stamp", "sample", "walnut", stamp, e, colour="#6a4630", knob="#b08a4a", r=0.019, h=0.08)
    i = (0.1, 0.08, 0.02)
    add("inkpad", "train", "round", inkpad, i)
    add("inkpad", "train", "square", inkpad, i, square=True, case="#2a4a8a")
    add("inkpad", "train", "blue", inkpad, i, ink="#1c2a7a", case="#e0e0dc")
    add("inkpad", "val", "black", inkpad, i, case="#26282b", r=0.036)
    add("inkpad", "sample", "green", inkpad, i, case="#3a6a4a", square=True, r=0.038)
    n = (0.1, 0.08, 0.16)
    add("pen_base", "train", "black", pens, n)
    add("pen_base", "train", "pot", pens, n, kind="pot", count=5)
    add("pen_base", "train", "marble", pens, n, colour="#b8b4ac", pen="#b09040")
    add("pen_base", "val", "pot_grey", pens, n, kind="pot", count=4, colour="#6a6e74")
    add("pen_base", "sample", "wood", pens, n, colour="#6a4a2c", pen="#2a3a5a")
    x = (0.34, 0.22, 0.28)
    add("service_box", "train", "white", service_box, x)
    add("service_box", "train", "blue", service_box, x, colour="#2a5aa0", mark="#1c3a70")
    add(
        "service_box",
        "train",
        "clear",
        service_box,
        x,
        colour="#dfe8ec",
        glass=True,
        words="便民药箱",
    )
    add(
        "service_box",
        "val",
        "green",
        service_box,
        x,
        colour="#d0e0d0",
        mark="#2a7a4a",
        size=(0.3, 0.2, 0.22),
    )
    add(
        "service_box",
        "sample",
        "orange",
        service_box,
        x,
        colour="#e0d8c8",
        mark="#c0641c",
        size=(0.32, 0.21, 0.23),
    )
    h = (0.24, 0.18, 0.36)
    add("heater", "train", "fan", heater, h)
    add("heater", "train", "dish", heater, h, kind="dish", colour="#3a3c40")
    add("heater", "train", "kettle", heater, h, kind="kettle", colour="#a8abae", h=0.3)
    add("heater", "val", "fan_dark", heater, h, colour="#33363a", h=0.3)
    add("heater", "sample", "fan_blue", heater, h, colour="#8aa0b8", h=0.32, glow="#e0762c")
    z = (0.14, 0.14, 0.46)
    add("extinguisher", "train", "one", extinguisher, z)
    add("extinguisher", "train", "pair", extinguisher, (0.3, 0.14, 0.46), pair=True)
    add("extinguisher", "train", "small", extinguisher, z, r=0.05, h=0.34, colour="#c42018")
    add("extinguisher", "val", "tall", extinguisher, z, r=0.07, h=0.5, colour="#a81a1e")
    add("extinguisher", "sample", "stocky", extinguisher, z, r=0.072, h=0.42, colour="#bb1e24")


_tables()
