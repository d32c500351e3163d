"""Things that look like a class and are none: remotes, card readers, staplers, wallets."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.shapes import (
    builder,
    curve,
    grain,
    lump,
    mat,
)


def remote(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.05, 0.16, 0.02),
    colour: str = "#1a1b1d",
    keys: str = "#8a8c90",
) -> Any:
    b = builder(ident)
    b.box((0, 0, size[2] / 2), size, mat(ident, "case", colour, 0.5), bevel=0.005)
    k = mat(ident, "keys", keys, 0.6)
    for r in range(7):
        for c in range(3):
            b.cyl(
                (-0.015 + 0.015 * c, size[1] * 0.35 - r * 0.017, size[2] + 0.001),
                0.0045,
                0.003,
                k,
                sides=10,
            )
    b.cyl(
        (0, size[1] * 0.43, size[2] + 0.001),
        0.006,
        0.003,
        mat(ident, "power", "#c02a22", 0.5),
        sides=12,
    )
    return b.object()


def reader(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.09, 0.13, 0.02),
    colour: str = "#222428",
    mark: str = "#2a6ac0",
) -> Any:
    b = builder(ident)
    b.box((0, 0, size[2] / 2), size, mat(ident, "case", colour, 0.45), bevel=0.005)
    b.box(
        (0, 0.01, size[2] + 0.0006),
        (size[0] * 0.6, size[1] * 0.4, 0.0012),
        mat(ident, "mark", mark, 0.3),
    )
    b.box(
        (0, -size[1] * 0.4, size[2] + 0.001),
        (0.02, 0.006, 0.002),
        mat(ident, "led", "#30c050", 0.3, emission=2),
    )
    return b.object()


def stapler(
    ident: str, _rng: random.Random, *, colour: str = "#23344f", length: float = 0.14
) -> Any:
    b = builder(ident)
    m = mat(ident, "arm", colour, 0.4)
    b.box((0, 0, 0.006), (0.036, length, 0.012), mat(ident, "foot", "#26272a", 0.5), bevel=0.003)
    b.box((0, 0.005, 0.04), (0.034, length * 0.95, 0.022), m, rot=(-0.14, 0, 0), bevel=0.006)
    b.box(
        (0, 0.0, 0.026),
        (0.018, length * 0.9, 0.01),
        mat(ident, "rail", "#b0b2b4", 0.3, 1),
        rot=(-0.12, 0, 0),
    )
    return b.object()


def wallet(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.1, 0.19, 0.02),
    colour: str = "#3a2218",
) -> Any:
    b = builder(ident)
    b.box(
        (0, 0, size[2] / 2),
        size,
        grain(ident, "hide", colour, 0.25, 40, 0.55, 8),
        bevel=0.006,
        segments=3,
    )
    b.box(
        (0, -size[1] * 0.3, size[2]), (0.012, 0.012, 0.003), mat(ident, "stud", "#c0a050", 0.3, 1)
    )
    return b.object()


def tape(ident: str, _rng: random.Random, *, colour: str = "#2c2e32", roll: str = "#d8cfae") -> Any:
    b = builder(ident)
    b.box((0, 0, 0.02), (0.055, 0.16, 0.04), mat(ident, "foot", colour, 0.45), bevel=0.008)
    b.cyl((0, 0.02, 0.055), 0.033, 0.022, mat(ident, "roll", roll, 0.3), rot=(0, math.pi / 2, 0))
    return b.object()


def joint(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#2c2d2f",
    length: float = 1.6,
    width: float = 0.012,
    bent: bool = False,
) -> Any:
    """A dark flat strip in the floor: an expansion joint or a metal rail, not a cable."""
    b = builder(ident)
    m = mat(ident, "strip", colour, 0.4, 0.4)
    b.box((0, 0, 0.001), (length, width, 0.002), m)
    if bent:
        b.box((length / 2, length / 4, 0.001), (width, length / 2, 0.002), m)
    return b.object()


def duct(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#cfd0cc",
    length: float = 1.2,
    width: float = 0.06,
) -> Any:
    """A closed floor duct: cables are inside it, as they should be."""
    b = builder(ident)
    b.box((0, 0, 0.008), (length, width, 0.016), mat(ident, "cover", colour, 0.5), bevel=0.006)
    return b.object()


def pouch(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#1c1d20",
    size: tuple[float, float, float] = (0.09, 0.2, 0.05),
) -> Any:
    b = builder(ident)
    lump(
        b,
        (0, 0, size[2] / 2),
        (size[0] / 2, size[1] / 2, size[2] / 2),
        mat(ident, "cloth", colour, 0.8),
        square=3,
        rough=0.05,
        floor=0,
    )
    b.tube(
        curve([(0, -size[1] * 0.4, size[2]), (0, 0, size[2] * 1.02), (0, size[1] * 0.4, size[2])]),
        0.002,
        mat(ident, "zip", "#b0b0b0", 0.3, 1),
        sides=6,
    )
    return b.object()


def floor_stripe(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#d8b020",
    size: tuple[float, float] = (1.5, 0.06),
) -> Any:
    b = builder(ident)
    b.plane((0, 0, 0.001), (*size, 0), mat(ident, "tape", colour, 0.5))
    return b.object()
