"""Rooms: floor, walls, ceiling with lamps, windows.  Each belongs to one split."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy
from datasets.render.furniture import hash_seed

if TYPE_CHECKING:
    from datasets.render.shots import Camera
    from datasets.render.stage import Stage

bpy: Any = Lazy("bpy")
sh: Any = Lazy("datasets.render.shading")


@dataclass(frozen=True)
class RoomLook:
    """``tile`` metres a floor tile, ``joint`` share of it; colours sRGB hex; ``window`` the wall
    with the windows ("w", "e", "n" or "")."""

    floor: str
    wall: str
    tile: float = 0.8
    joint: float = 0.006
    joint_colour: str = "#77787a"
    speck: float = 0.18
    rough: float = 0.3
    plank: bool = False
    window: str = "w"
    skirting: str = "#4a4b4d"


ROOMS: dict[str, RoomLook] = {
    "train.granite": RoomLook("#a4a5a3", "#d8d6cf"),
    "train.white_gloss": RoomLook(
        "#cfcdc6", "#dfe0de", tile=0.6, rough=0.14, window="e", joint_colour="#9b9a96", speck=0.06
    ),
    "train.grey_vinyl": RoomLook(
        "#7d8184", "#c9cfd2", tile=2.0, joint=0.001, speck=0.3, rough=0.5, window="n"
    ),
    "train.planks": RoomLook("#94693f", "#e0dbcf", tile=0.9, plank=True, rough=0.35),
    "train.dark_slate": RoomLook(
        "#55585a", "#bfc4c4", tile=0.6, joint_colour="#3a3b3c", window="e", rough=0.4
    ),
    "val.beige_tile": RoomLook(
        "#bfb29b", "#d5dad6", tile=0.5, joint_colour="#8c836f", window="e", rough=0.25
    ),
    "val.blue_grey": RoomLook("#87909a", "#d9d4c8", tile=1.0, speck=0.24, window="w"),
    "sample.pearl": RoomLook(
        "#b4b1ab",
        "#d3d7d5",
        tile=0.75,
        joint=0.005,
        joint_colour="#8a8883",
        speck=0.14,
        rough=0.28,
        window="w",
    ),
}


def floor_picture(key: str) -> NDArray[np.float32]:
    """Two by two tiles."""
    k = ROOMS[key]
    rng = np.random.default_rng(hash_seed(key))
    n = 1024
    half = n // 2
    out = np.empty((n, n, 3), np.float32)
    base = sh.hex_srgb(k.floor)
    for i in range(2):
        for j in range(2):
            if k.plank:
                t = sh.wood(k.floor, int(rng.integers(1 << 30)), half)
            else:
                fine = rng.random((half, half, 1)).astype(np.float32) - 0.5
                v = sh.noise((half, half), 4, rng, 6)[..., None] - 0.5
                t = base * (1 + k.speck * v + k.speck * 0.5 * fine) * rng.uniform(0.97, 1.03)
            out[i * half : (i + 1) * half, j * half : (j + 1) * half] = t
    g = max(1, round(k.joint * half / 2))
    jc = sh.hex_srgb(k.joint_colour)
    for e in (0, half):
        for o in range(-g, g):
            out[(e + o) % n] = jc
            if not k.plank:
                out[:, (e + o) % n] = jc
    return np.clip(out, 0, 1)


def _shell(
    key: str, x: tuple[float, float], y: tuple[float, float], h: float, _rng: random.Random
) -> bpy.types.Object:
    k = ROOMS[key]
    seed = hash_seed(key)
    b = sh.Builder(f"room.{key}")
    fl = sh.picture_material(
        f"{key}.floor",
        floor_picture(key),
        k.rough,
        scale=1 / (2 * k.tile),
        coords="Object",
        projection="BOX",
        spec=0.4,
    )
    wa = sh.picture_material(
        f"{key}.wall",
        sh.speckle(k.wall, seed, 0.05, 6),
        0.9,
        scale=0.3,
        coords="Object",
        projection="BOX",
        spec=0.1,
    )
    sk = sh.material(f"{key}.skirt", sh.hex_linear(k.skirting), 0.5)
    ce = sh.picture_material(
        f"{key}.ceil",
        sh.speckle("#e4e4e0", seed + 1, 0.06, 50),
        0.9,
        scale=1 / 0.6,
        coords="Object",
        projection="BOX",
        spec=0.1,
    )
    cx, cy, w, d = sum(x) / 2, sum(y) / 2, x[1] - x[0], y[1] - y[0]
    b.box((cx, cy, -0.05), (w, d, 0.1), fl)
    b.box((cx, cy, h + 0.05), (w, d, 0.1), ce)
    for px, py, sx, sy in (
        (x[0] - 0.05, cy, 0.1, d),
        (x[1] + 0.05, cy, 0.1, d),
        (cx, y[0] - 0.05, w, 0.1),
        (cx, y[1] + 0.05, w, 0.1),
    ):
        b.box((px, py, h / 2), (sx, sy, h), wa)
        b.box((px, py, 0.05), (sx + 0.012, sy + 0.012, 0.1), sk)
    return b.object()


def _panes(
    key: str, day: bool, x: tuple[float, float], y: tuple[float, float], _rng: random.Random
) -> bpy.types.Object:
    k = ROOMS[key]
    b = sh.Builder(f"panes.{key}")
    glow = sh.material(
        f"{key}.sky",
        (0.8, 0.9, 1.0) if day else (0.012, 0.016, 0.03),
        0.1,
        emission=2.6 if day else 0.12,
    )
    fr = sh.material(f"{key}.frame", (0.75, 0.75, 0.74), 0.4)
    wall_x = x[0] + 0.012 if k.window == "w" else x[1] - 0.012
    if k.window in "we":
        span = y
        n = max(1, int((span[1] - span[0]) / 2.2))
        for i in range(n):
            c = span[0] + (span[1] - span[0]) * (i + 0.5) / n
            b.box((wall_x, c, 1.65), (0.012, 1.5, 1.5), glow)
            for dy in (-0.76, 0, 0.76):
                b.box((wall_x, c + dy, 1.65), (0.05, 0.05, 1.56), fr)
            for dz in (-0.77, 0.77):
                b.box((wall_x, c, 1.65 + dz), (0.06, 1.57, 0.05), fr)
    else:
        n = max(1, int((x[1] - x[0]) / 2.4))
        for i in range(n):
            c = x[0] + (x[1] - x[0]) * (i + 0.5) / n
            b.box((c, y[1] - 0.012, 1.65), (1.5, 0.012, 1.5), glow)
            for dx in (-0.76, 0, 0.76):
                b.box((c + dx, y[1] - 0.012, 1.65), (0.05, 0.05, 1.56), fr)
    return b.object()


def _lamps(
    key: str,
    on: bool,
    x: tuple[float, float],
    y: tuple[float, float],
    h: float,
    _rng: random.Random,
) -> bpy.types.Object:
    b = sh.Builder(f"lamps.{key}")
    glow = sh.material(
        f"{key}.lamp",
        (1.0, 0.96, 0.9) if on else (0.6, 0.6, 0.58),
        0.5,
        emission=2.0 if on else 0.0,
    )
    w, d = x[1] - x[0], y[1] - y[0]
    cols, rows = max(1, round(w / 2.6)), max(1, round(d / 3.0))
    for i in range(cols):
        for j in range(rows):
            b.box(
                (x[0] + w * (i + 0.5) / cols, y[0] + d * (j + 0.5) / rows, h - 0.012),
                (1.2, 0.6, 0.02),
                glow,
            )
    return b.object()


@dataclass(frozen=True)
class Room:
    """A room on a stage, and how to switch its light."""

    key: str
    x: tuple[float, float]
    y: tuple[float, float]
    height: float
    day_panes: int
    night_panes: int
    lamps_on: int
    lamps_off: int

    def light(self, stage: Stage, mode: str, rig: int = 0, camera: Camera | None = None) -> str:
        """Light rig and matching windows and lamps for ``mode`` (see ``Stage.light_rig``)."""
        stage.show(self.day_panes, mode == "day")
        stage.show(self.night_panes, mode != "day")
        stage.show(self.lamps_on, mode in ("day", "lamp"))
        stage.show(self.lamps_off, mode not in ("day", "lamp"))
        cy = sum(self.y) / 2
        side = ROOMS[self.key].window
        at = {"w": (self.x[0] + 0.1, cy, 1.7), "e": (self.x[1] - 0.1, cy, 1.7)}.get(
            side, (sum(self.x) / 2, self.y[1] - 0.1, 1.7)
        )
        return stage.light_rig(
            mode, x=self.x, y=self.y, height=self.height, rig=rig, camera=camera, window=at
        )


def names(split: str) -> list[str]:
    return [k for k in ROOMS if k.startswith(split + ".")]


def put(
    stage: Stage, key: str, x: tuple[float, float], y: tuple[float, float], height: float = 3.4
) -> Room:
    """Build room ``key`` as the box ``x`` by ``y`` on the stage."""
    if not key.startswith(stage.split + "."):
        raise ValueError(f"room {key} does not belong to {stage.split}")

    def one(name: str, build: Callable[[random.Random], Any]) -> int:
        proto = stage.prototype(f"{name}.{key}/{x}{y}{height}", build)
        return stage._instance(
            proto, f"{name}.{key}", (0, 0, 0), (0, 0, 0), 1, None, None, "room", ()
        )

    one("room", partial(_shell, key, x, y, height))
    return Room(
        key,
        x,
        y,
        height,
        one("panes", partial(_panes, key, True, x, y)),
        one("nightpanes", partial(_panes, key, False, x, y)),
        one("lamps", partial(_lamps, key, True, x, y, height)),
        one("lampsoff", partial(_lamps, key, False, x, y, height)),
    )
