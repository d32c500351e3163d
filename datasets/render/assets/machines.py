"""Screens, keyboards and office machines."""

from __future__ import annotations

import math
import random
from typing import Any

import cv2
import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import (
    builder,
    curve,
    grain,
    lump,
    mat,
    pic,
    sh,
)


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
        path = curve([(0, 0.05 * s, 0.008), (0.01, 0.12, 0.003), (-0.03, 0.2, 0.003)])
        b.tube(path, 0.0018, mat(ident, "cord", cord, 0.5), sides=6)
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
