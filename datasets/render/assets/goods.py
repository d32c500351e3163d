"""Bags, cartons and bins."""

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
    revolve,
    sh,
    text,
)


def handbag(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.32, 0.14, 0.24),
    colour: str = "#5a3020",
    trim: str = "#2a1a12",
    leather: bool = True,
    grip: float = 0.12,
    square: float = 4.0,
) -> Any:
    w, d, h = size
    b = builder(ident)
    m = grain(ident, "hide", colour, 0.2, 40, 0.4) if leather else cloth(ident, "cloth", colour)
    t = mat(ident, "trim", trim, 0.5)
    lump(
        b,
        (0, 0, h / 2),
        (w / 2, d / 2, h / 2),
        m,
        square=square,
        rough=0.05,
        cells=2,
        seed=seed_of(ident) % 9999,
        floor=0,
        taper=0.18,
    )
    for s in (-1, 1):
        pts = [
            (w * 0.25 * math.cos(a), s * d * 0.2, h * 0.9 + grip * math.sin(a))
            for a in np.linspace(0, math.pi, 14)
        ]
        b.tube(pts, 0.008, t)
    b.box(
        (0, -d * 0.45, h * 0.6),
        (0.05, 0.02, 0.03),
        mat(ident, "clasp", "#b89a4a", 0.3, 1),
        bevel=0.003,
    )
    return b.object()


def backpack(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.31, 0.18, 0.44),
    colour: str = "#23304a",
    trim: str = "#14161a",
    pocket: str = "",
) -> Any:
    w, d, h = size
    b = builder(ident)
    m = cloth(ident, "cloth", colour)
    p = cloth(ident, "pocket", pocket or colour)
    t = mat(ident, "trim", trim, 0.7)
    seed = seed_of(ident) % 9999
    lump(
        b,
        (0, 0, h / 2),
        (w / 2, d / 2, h / 2),
        m,
        square=3.4,
        rough=0.06,
        cells=2.5,
        seed=seed,
        floor=0,
        taper=0.15,
    )
    lump(
        b,
        (0, -d * 0.5, h * 0.3),
        (w * 0.38, d * 0.22, h * 0.24),
        p,
        square=3.6,
        rough=0.06,
        seed=seed + 1,
        floor=0.003,
    )
    for s in (-1, 1):
        b.tube(
            curve(
                [
                    (s * w * 0.25, d * 0.35, h * 0.92),
                    (s * w * 0.33, d * 0.8, h * 0.6),
                    (s * w * 0.32, d * 0.7, h * 0.25),
                    (s * w * 0.4, d * 0.3, 0.03),
                ]
            ),
            0.015,
            t,
        )
    b.tube(
        [
            (0.05 * math.cos(a), d * 0.2, h * 0.96 + 0.05 * math.sin(a))
            for a in np.linspace(0, math.pi, 9)
        ],
        0.008,
        t,
    )
    return b.object()


def shopping_bag(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.3, 0.2, 0.28),
    colour: str = "#e4e4e2",
    ink: str = "#c02828",
    thin: float = 0.2,
    paper: bool = False,
) -> Any:
    w, d, h = size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    if paper:
        m = pic(
            ident,
            "paper",
            banded((colour, colour, ink), seed),
            0.6,
            coords="Generated",
            projection="BOX",
        )
        b.box((0, 0, h / 2), (w, d, h), m, bevel=0.003)
        cord = mat(ident, "cord", ink, 0.7)
        for s in (-1, 1):
            b.tube(
                [
                    (w * 0.2 * math.cos(a), s * d * 0.45, h + 0.1 * math.sin(a))
                    for a in np.linspace(0, math.pi, 10)
                ],
                0.004,
                cord,
            )
        return b.object()
    m = pic(
        ident,
        "film",
        banded((colour, colour, colour), seed, words=("超市",))
        if thin < 0.5
        else sh.speckle(colour, seed, 0.3, 20, 128),
        0.3,
        coords="Generated",
        projection="BOX",
    )
    lump(
        b,
        (0, 0, h * 0.4),
        (w / 2, d / 2, h * 0.42),
        m,
        square=2.6,
        rough=0.16,
        cells=4,
        seed=seed,
        floor=0,
        segments=40,
        taper=0.3,
    )
    for s in (-1, 1):
        lump(
            b,
            (s * w * 0.18, 0, h * 0.86),
            (0.025, 0.02, 0.09),
            m,
            rough=0.25,
            cells=4,
            seed=seed + s,
        )
    return b.object()


def carton(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.42, 0.32, 0.3),
    colour: str = "#a57d50",
    tape: str = "#c9b285",
    flaps: bool = False,
    words: str = "",
) -> Any:
    w, d, h = size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    m = grain(ident, "board", colour, 0.18, 16, 0.85, 2)
    t = mat(ident, "tape", tape, 0.25)
    b.box((0, 0, h / 2), (w, d, h), m, bevel=0.002)
    if flaps:
        dark = mat(ident, "inside", "#4a3520", 0.9)
        b.plane((0, 0, h + 0.001), (w - 0.01, d - 0.01, 0), dark)
        for s in (-1, 1):
            b.box(
                (s * (w / 2 + 0.05), 0, h + 0.03), (0.13, d - 0.01, 0.004), m, rot=(0, s * -0.6, 0)
            )
            b.box(
                (0, s * (d / 2 + 0.05), h + 0.02), (w - 0.01, 0.12, 0.004), m, rot=(s * 0.5, 0, 0)
            )
    else:
        b.box((0, 0, h + 0.0005), (w, 0.05, 0.001), t)
        for s in (-1, 1):
            b.box((s * (w / 2 + 0.0005), 0, h - 0.04), (0.001, 0.05, 0.08), t)
    art = text((words or "易碎物品",), (128, 40), "#2a1a10", colour)
    b.plane(
        (0, -d / 2 - 0.001, h * 0.5),
        (w * 0.5, h * 0.22, 0),
        pic(ident, "print", art, 0.8, coords="UV"),
        rot=(math.pi / 2, 0, 0),
    )
    if seed % 2:
        b.plane(
            (w * 0.2, d * 0.22, h + 0.0015), (0.12, 0.08, 0), mat(ident, "slip", "#ecebe6", 0.6)
        )
    return b.object()


def bin_(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.13,
    h: float = 0.28,
    colour: str = "#2c2e31",
    liner: str = "",
    lid: bool = False,
    mesh: bool = False,
    full: bool = False,
) -> Any:
    b = builder(ident)
    m = mat(ident, "shell", colour, 0.5, 0.6 if mesh else 0.0)
    base = r * 0.78
    revolve(b, [(0, 0.0), (base, 0.0), (r, h), (r - 0.006, h), (base - 0.005, 0.02), (0, 0.02)], m)
    if mesh:
        for k in range(8):
            z = h * (k + 0.5) / 8
            rr = base + (r - base) * z / h + 0.002
            b.tube(
                [(rr * math.cos(a), rr * math.sin(a), z) for a in np.linspace(0, 6.283, 25)],
                0.0025,
                mat(ident, "wire", "#707478", 0.3, 1),
                sides=5,
            )
    if liner:
        lump(
            b,
            (0, 0, h - 0.01),
            (r * 1.08, r * 1.08, 0.035),
            mat(ident, "liner", liner, 0.25),
            square=3,
            rough=0.1,
            cells=6,
            seed=seed_of(ident) % 9999,
        )
    else:
        b.cyl((0, 0, h * 0.75), r * 0.9, 0.004, mat(ident, "dark", "#101010", 0.9))
    if full:
        for k in range(6):
            lump(
                b,
                (r * 0.5 * math.cos(k), r * 0.5 * math.sin(k * 1.7), h + 0.02),
                (0.05, 0.04, 0.035),
                mat(ident, f"waste{k}", ("#e8e6e0", "#d0cfc8", "#b8bcc0")[k % 3], 0.8),
                rough=0.25,
                cells=5,
                seed=k,
            )
    if lid:
        revolve(
            b,
            [(r + 0.006, h - 0.01), (r + 0.006, h + 0.012), (r * 0.6, h + 0.045), (0, h + 0.05)],
            m,
        )
    return b.object()
