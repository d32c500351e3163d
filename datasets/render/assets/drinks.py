"""Cups, glasses, flasks and bottles."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import (
    banded,
    builder,
    grain,
    lump,
    mat,
    pic,
    revolve,
)


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
