"""Furniture of a hall: staff chairs, desks, counters, cabinets, cable trays, public seats.

Every piece stands on z = 0 about its origin, its front towards -y, its back towards +y.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from datasets.render import cabinets_train, counters_train, desks_train, seats_train
from datasets.render.assets.core import Lazy
from datasets.render.chairs import (
    CHAIR_COLOURS,
    CHAIRS,
    ChairLook,
    chair_dims,
    chairs,
    recoloured,
)
from datasets.render.furniture_parts import Design, pieces_of
from datasets.render.pieces import Piece, hash_seed

if TYPE_CHECKING:
    import bpy

__all__ = [
    "CHAIRS",
    "CHAIR_COLOURS",
    "ChairLook",
    "Piece",
    "chair_dims",
    "chairs",
    "hash_seed",
    "recoloured",
]

sh: Any = Lazy("datasets.render.shading")

POOL = 36
"""How many designs of each kind chance draws for the train split, beside those named."""

TAUGHT: dict[str, Design] = {
    **desks_train.DESKS_TRAIN,
    **counters_train.COUNTERS_TRAIN,
    **cabinets_train.CABINETS_TRAIN,
    **cabinets_train.TOWERS_TRAIN,
    **cabinets_train.TRAYS_TRAIN,
    **seats_train.SEATS_TRAIN,
    **seats_train.CUSHIONS_TRAIN,
}
"""Designs of other constructions, all of the train split."""


def _taught(split: str, kind: str, *given: Any, width: float = 0.0, **named: Any) -> list[Piece]:
    """The designs of ``TAUGHT`` of a kind and those drawn from them; none in another split."""
    if split != "train":
        return []
    table = {k: v for k, v in TAUGHT.items() if k.split(".")[0] == kind}
    if width:
        table = {k: counters_train.with_width(v, width) for k, v in table.items()}
    return pieces_of(table, kind, POOL, *given, **named)


# ------------------------------------------------------------------------------------ desks


@dataclass(frozen=True)
class DeskLook:
    top: str
    body: str
    size: tuple[float, float, float] = (1.6, 0.72, 0.74)
    wood: bool = True
    pedestal: int = 1  # +1 drawers at the right hand of who sits there, -1 left, 0 none


DESKS: dict[str, DeskLook] = {
    "train.oak_grey": DeskLook("#b98c55", "#a9adb1"),
    "train.white": DeskLook("#d9d9d4", "#c9ccce", wood=False, pedestal=-1),
    "train.walnut": DeskLook("#6b452b", "#3b3634", size=(1.5, 0.68, 0.75)),
    "val.maple": DeskLook("#cfae7c", "#d2cfc8", size=(1.55, 0.7, 0.75), pedestal=-1),
    "sample.beech": DeskLook("#c49a6c", "#b7bcc0"),
}


def _desk(key: str, _rng: random.Random) -> bpy.types.Object:
    k = DESKS[key]
    w, d, h = k.size
    seed = hash_seed(key)
    b = sh.Builder(f"desk.{key}")
    tex = sh.wood(k.top, seed) if k.wood else sh.speckle(k.top, seed, 0.06, 40)
    top = sh.picture_material(
        f"{key}.top", tex, 0.42, scale=0.9, coords="Object", projection="BOX", spec=0.35
    )
    body = sh.material(f"{key}.body", sh.hex_linear(k.body), 0.5)
    dark = sh.material(f"{key}.dark", (0.05, 0.05, 0.055), 0.5)
    b.box((0, 0, h - 0.0125), (w, d, 0.025), top, bevel=0.003)
    for s in (-1, 1):
        b.box((s * (w / 2 - 0.02), 0.0, (h - 0.025) / 2), (0.03, d - 0.1, h - 0.025), body)
    b.box((0, d / 2 - 0.05, h - 0.2), (w - 0.06, 0.018, 0.33), body)
    if k.pedestal:
        # seen from the sitter (at -y, looking to +y) the right hand is +x
        x = k.pedestal * (w / 2 - 0.24)
        b.box((x, 0.02, h - 0.3), (0.38, d - 0.16, 0.52), body)
        for i in range(3):
            z = h - 0.12 - 0.17 * i
            b.box((x, -d / 2 + 0.095, z), (0.36, 0.012, 0.155), body, bevel=0.003)
            b.box((x, -d / 2 + 0.085, z + 0.05), (0.12, 0.014, 0.014), dark)
    return b.object()


def desks(split: str) -> list[Piece]:
    return [
        Piece(
            f"desk.{k}",
            "desk",
            split,
            partial(_desk, k),
            v.size,
            (),
            {"w": v.size[0], "d": v.size[1], "h": v.size[2], "pedestal": float(v.pedestal)},
        )
        for k, v in DESKS.items()
        if k.startswith(split + ".")
    ] + _taught(split, "desk", "desk", dims=desks_train.dims)


# ------------------------------------------------------------------------------------ counters


@dataclass(frozen=True)
class CounterLook:
    """One window's stretch of counter: a front wall and a raised shelf for the citizens."""

    shelf: str
    face: str
    height: float = 1.06
    depth: float = 0.42
    divider: bool = True
    glass: bool = False


COUNTERS: dict[str, CounterLook] = {
    "train.stone_white": CounterLook("#d6d4cf", "#aeb2b5"),
    "train.stone_dark": CounterLook("#4a4644", "#8a6a4c", height=1.1, depth=0.38),
    "train.low_wood": CounterLook("#a8794a", "#d8d6d0", height=0.98, depth=0.45, divider=False),
    "val.stone_beige": CounterLook("#c9bba3", "#6f7f8c", height=1.04, depth=0.4),
    "sample.stone_grey": CounterLook("#b9bcbe", "#5b6f86", height=1.05, depth=0.42),
}


def _counter(key: str, width: float, _rng: random.Random) -> bpy.types.Object:
    k = COUNTERS[key]
    seed = hash_seed(key)
    b = sh.Builder(f"counter.{key}")
    stone = sh.picture_material(
        f"{key}.stone",
        sh.speckle(k.shelf, seed, 0.3, 60),
        0.3,
        scale=1.2,
        coords="Object",
        projection="BOX",
    )
    face = sh.material(f"{key}.face", sh.hex_linear(k.face), 0.55)
    inner = sh.material(f"{key}.inner", sh.hex_linear("#c4c6c6"), 0.6)
    h = k.height
    b.box((0, 0.04, h / 2 - 0.02), (width, 0.05, h - 0.04), face)
    b.box((0, 0.012, h / 2 - 0.02), (width, 0.006, h - 0.05), inner)
    b.box((0, k.depth / 2 + 0.005, h - 0.015), (width, k.depth, 0.03), stone, bevel=0.004)
    if k.divider:
        white = sh.material(f"{key}.divider", (0.72, 0.74, 0.75), 0.25)
        b.box(
            (-width / 2, k.depth / 2, h + 0.16), (0.016, k.depth - 0.04, 0.32), white, bevel=0.004
        )
    return b.object()


def counters(split: str, width: float = 1.9) -> list[Piece]:
    """Origin: middle of the staff-side face on the floor; the shelf reaches to +y."""
    return [
        Piece(
            f"counter.{k}",
            None,
            split,
            partial(_counter, k, width),
            (width, v.depth, v.height),
            ("counter",),
            {"w": width, "d": v.depth, "h": v.height},
        )
        for k, v in COUNTERS.items()
        if k.startswith(split + ".")
    ] + _taught(split, "counter", None, ("counter",), dims=counters_train.dims, width=width)


# ------------------------------------------------------------------------------------ the rest


def _cabinet(
    key: str, body: str, doors: int, size: tuple[float, float, float], _rng: random.Random
) -> bpy.types.Object:
    w, d, h = size
    b = sh.Builder(key)
    m = sh.picture_material(
        f"{key}.paint",
        sh.speckle(body, hash_seed(key), 0.08, 8),
        0.45,
        coords="Object",
        projection="BOX",
    )
    dark = sh.material(f"{key}.dark", (0.08, 0.08, 0.09), 0.4, 0.4)
    b.box((0, 0, h / 2), (w, d, h), m, bevel=0.004)
    for i in range(doors):
        x = -w / 2 + w * (i + 0.5) / doors
        b.box((x, -d / 2 - 0.006, h / 2), (w / doors - 0.012, 0.014, h - 0.06), m, bevel=0.003)
        b.box((x + w / doors * 0.36, -d / 2 - 0.02, h * 0.55), (0.014, 0.02, 0.12), dark)
    return b.object()


CABINETS: dict[str, tuple[str, int, tuple[float, float, float]]] = {
    "cabinet.train.grey_low": ("#b4b8ba", 2, (0.9, 0.42, 1.05)),
    "cabinet.train.beige_tall": ("#cfc8b8", 2, (0.9, 0.42, 1.9)),
    "cabinet.val.white": ("#dadbd8", 3, (1.2, 0.4, 1.2)),
    "cabinet.sample.slate": ("#9aa3ab", 2, (0.95, 0.44, 1.15)),
}


def cabinets(split: str) -> list[Piece]:
    return [
        Piece(k, "cabinet", split, partial(_cabinet, k, *v), v[2])
        for k, v in CABINETS.items()
        if k.split(".")[1] == split
    ] + _taught(split, "cabinet", "cabinet")


def _tower(
    key: str, colour: str, size: tuple[float, float, float], _rng: random.Random
) -> bpy.types.Object:
    w, d, h = size
    b = sh.Builder(key)
    m = sh.material(f"{key}.case", sh.hex_linear(colour), 0.4)
    f = sh.material(f"{key}.front", sh.hex_linear("#26282b"), 0.3)
    b.box((0, 0, h / 2), (w, d, h), m, bevel=0.006)
    b.box((0, -d / 2 - 0.004, h / 2), (w - 0.01, 0.01, h - 0.02), f, bevel=0.003)
    led = sh.material(f"{key}.led", (0.1, 0.4, 1.0), 0.4, emission=2)
    b.box((0.03, -d / 2 - 0.01, h * 0.86), (0.012, 0.004, 0.006), led)
    return b.object()


TOWERS: dict[str, tuple[str, tuple[float, float, float]]] = {
    "tower.train.black": ("#1a1b1c", (0.18, 0.4, 0.4)),
    "tower.train.silver": ("#8d9195", (0.16, 0.36, 0.36)),
    "tower.val.grey": ("#55585c", (0.1, 0.34, 0.34)),
    "tower.sample.slim": ("#303338", (0.11, 0.32, 0.31)),
}


def towers(split: str) -> list[Piece]:
    return [
        Piece(k, None, split, partial(_tower, k, *v), v[1], ("tower",))
        for k, v in TOWERS.items()
        if k.split(".")[1] == split
    ] + _taught(split, "tower", None, ("tower",))


def _tray(
    key: str, colour: str, cables: tuple[str, ...], width: float, rng: random.Random
) -> bpy.types.Object:
    """A wire tray that hangs under a desk (origin: its middle, at its own height) with a bundle."""
    b = sh.Builder(key)
    m = sh.material(f"{key}.wire", sh.hex_linear(colour), 0.4, 0.7)
    for i in range(int(width / 0.06) + 1):
        x = -width / 2 + i * 0.06
        b.tube([(x, -0.07, 0.07), (x, -0.06, 0), (x, 0.06, 0), (x, 0.07, 0.07)], 0.003, m, sides=5)
    for y, z in ((-0.07, 0.07), (-0.02, 0), (0.02, 0), (0.07, 0.07)):
        b.tube([(-width / 2, y, z), (width / 2, y, z)], 0.003, m, sides=5)
    for n, c in enumerate(cables):
        cm = sh.material(f"{key}.c{n}", sh.hex_linear(c), 0.5)
        pts = [
            (
                -width / 2 + width * i / 12,
                -0.02 + 0.016 * n + rng.uniform(-0.004, 0.004),
                0.014 + rng.uniform(0, 0.006),
            )
            for i in range(13)
        ]
        b.tube(pts, 0.005, cm)
    tie = sh.material(f"{key}.tie", (0.75, 0.75, 0.72), 0.5)
    for i in (3, 6, 9):
        b.box((-width / 2 + width * i / 12, 0.0, 0.016), (0.012, 0.07, 0.03), tie)
    return b.object()


TRAYS: dict[str, tuple[str, tuple[str, ...], float]] = {
    "tray.train.chrome": ("#b0b3b5", ("#151515", "#202020", "#d0d0cc"), 0.8),
    "tray.train.black": ("#202122", ("#c8c8c4", "#1b3f8a", "#1b1b1b"), 0.7),
    "tray.val.white": ("#d8d8d6", ("#181818", "#8a8a86"), 0.75),
    "tray.sample.grey": ("#8b8f93", ("#161616", "#2b2b2b", "#4a5a8a", "#c2c2bd"), 0.78),
}


def trays(split: str) -> list[Piece]:
    """Cable trays with a tied bundle: the bundle is meant to be off the floor."""
    return [
        Piece(k, None, split, partial(_tray, k, *v), (v[2], 0.14, 0.07), ("tray",))
        for k, v in TRAYS.items()
        if k.split(".")[1] == split
    ] + _taught(split, "tray", None, ("tray",))


def _public_seat(key: str, colour: str, _rng: random.Random) -> bpy.types.Object:
    b = sh.Builder(key)
    m = sh.material(f"{key}.shell", sh.hex_linear(colour), 0.4)
    leg = sh.material(f"{key}.leg", (0.5, 0.5, 0.52), 0.3, 0.9)
    b.box((0, 0, 0.44), (0.46, 0.44, 0.035), m, bevel=0.015, segments=3)
    b.box((0, 0.21, 0.68), (0.46, 0.035, 0.42), m, rot=(-0.15, 0, 0), bevel=0.015, segments=3)
    for s in (-1, 1):
        b.tube([(s * 0.2, -0.18, 0.0), (s * 0.19, -0.15, 0.43)], 0.012, leg)
        b.tube([(s * 0.2, 0.22, 0.0), (s * 0.19, 0.17, 0.43), (s * 0.19, 0.24, 0.8)], 0.012, leg)
    return b.object()


SEATS = {
    "seat.train.blue": "#1f3f86",
    "seat.train.steel": "#8d9296",
    "seat.val.orange": "#b0622c",
    "seat.sample.burgundy": "#6d2f3a",
}


def public_seats(split: str) -> list[Piece]:
    """Citizens' chairs; their front (-y) is where the sitter looks, so turn them to the counter."""
    return [
        Piece(k, "chair", split, partial(_public_seat, k, v), (0.5, 0.5, 0.9), ("public",))
        for k, v in SEATS.items()
        if k.split(".")[1] == split
    ] + _taught(split, "seat", "chair", ("public",))


def _cushion(
    key: str, colour: str, size: tuple[float, float, float], _rng: random.Random
) -> bpy.types.Object:
    w, d, h = size
    b = sh.Builder(key)
    m = sh.picture_material(
        f"{key}.cloth",
        sh.weave(colour, hash_seed(key), 0.25),
        0.95,
        scale=5,
        coords="Object",
        projection="BOX",
        spec=0.1,
    )
    b.box((0, 0, h / 2), size, m, bevel=h * 0.45, segments=4)
    b.ball((0, 0, h * 0.55), (w * 0.42, d * 0.42, h * 0.62), m)
    return b.object()


CUSHIONS: dict[str, tuple[str, tuple[float, float, float]]] = {
    "cushion.train.red": ("#8f2f33", (0.42, 0.40, 0.07)),
    "cushion.train.grey": ("#6d7075", (0.40, 0.40, 0.05)),
    "cushion.train.beige": ("#c9b797", (0.44, 0.42, 0.08)),
    "cushion.val.green": ("#4f7a5a", (0.41, 0.39, 0.06)),
    "cushion.sample.slate": ("#4b5668", (0.43, 0.41, 0.065)),
}


def cushions(split: str) -> list[Piece]:
    """Seat cushions; they lie on a seat (place them at the seat's height)."""
    return [
        Piece(k, "cushion", split, partial(_cushion, k, *v), v[1], ("seat",))
        for k, v in CUSHIONS.items()
        if k.split(".")[1] == split
    ] + _taught(split, "cushion", "cushion", ("seat",))


def all_pieces() -> list[Piece]:
    out: list[Piece] = []
    for s in ("train", "val", "sample"):
        for f in (chairs, desks, counters, cabinets, towers, trays, public_seats, cushions):
            out += f(s)
    return out
