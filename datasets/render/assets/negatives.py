"""Things that look like a class and are none: remotes, card readers, staplers, wallets, trays."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import add
from datasets.render.assets.shapes import builder, curve, grain, lump, mat


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


def _tables() -> None:
    s = (0.1, 0.17, 0.03)
    add(None, "train", "remote_black", remote, s, "desk")
    add(
        None,
        "train",
        "remote_white",
        remote,
        s,
        "desk",
        colour="#e0e0dc",
        keys="#7a8a9a",
        size=(0.045, 0.15, 0.022),
    )
    add(None, "train", "reader_black", reader, s, "desk")
    add(
        None,
        "train",
        "reader_grey",
        reader,
        s,
        "desk",
        colour="#a0a3a8",
        mark="#30343a",
        size=(0.1, 0.16, 0.025),
    )
    add(None, "train", "stapler_blue", stapler, s, "desk")
    add(None, "train", "stapler_black", stapler, s, "desk", colour="#18191b", length=0.12)
    add(None, "train", "wallet_brown", wallet, s, "desk")
    add(
        None,
        "train",
        "wallet_black",
        wallet,
        s,
        "desk",
        colour="#151517",
        size=(0.095, 0.115, 0.018),
    )
    add(None, "train", "tape_black", tape, s, "desk")
    add(None, "train", "case_black", pouch, s, "desk")
    add(None, "train", "joint_dark", joint, (1.6, 0.02, 0.002), "floor")
    add(
        None,
        "train",
        "joint_brass",
        joint,
        (1.6, 0.02, 0.002),
        "floor",
        colour="#9a8048",
        bent=True,
        length=2.2,
    )
    add(None, "train", "duct_grey", duct, (1.2, 0.06, 0.02), "floor")
    add(None, "train", "stripe_yellow", floor_stripe, (1.5, 0.06, 0.001), "floor")
    add(
        None,
        "val",
        "remote_grey",
        remote,
        s,
        "desk",
        colour="#55585c",
        keys="#d0d0d0",
        size=(0.048, 0.17, 0.018),
    )
    add(None, "val", "reader_blue", reader, s, "desk", colour="#3a4a6a", mark="#c0c8d0")
    add(None, "val", "stapler_red", stapler, s, "desk", colour="#a0282c", length=0.13)
    add(None, "val", "wallet_tan", wallet, s, "desk", colour="#9a6a3a", size=(0.09, 0.18, 0.022))
    add(
        None,
        "val",
        "joint_grey",
        joint,
        (1.5, 0.02, 0.002),
        "floor",
        colour="#5a5d60",
        length=1.5,
        width=0.01,
    )
    add(
        None,
        "sample",
        "remote_navy",
        remote,
        s,
        "desk",
        colour="#26304a",
        keys="#c0b890",
        size=(0.052, 0.155, 0.019),
    )
    add(
        None,
        "sample",
        "reader_black",
        reader,
        s,
        "desk",
        colour="#2c2e31",
        mark="#c05a2a",
        size=(0.095, 0.14, 0.022),
    )
    add(None, "sample", "stapler_green", stapler, s, "desk", colour="#2f5a44", length=0.135)
    add(
        None,
        "sample",
        "wallet_wine",
        wallet,
        s,
        "desk",
        colour="#54202c",
        size=(0.098, 0.185, 0.021),
    )
    add(
        None,
        "sample",
        "joint_bronze",
        joint,
        (1.7, 0.02, 0.002),
        "floor",
        colour="#6a5434",
        length=1.7,
        width=0.014,
    )


_tables()
