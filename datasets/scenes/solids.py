"""Solids that stand in a scene: a box of a class's real size, its colour, and what it is in CIELAB.

A picture of them is painted from far to near as a map of which solid each pixel shows; the visible
boxes, the occlusion and the differences from the clean picture are all read from that map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.camera import Camera
from rules.sizes import SIZE_CM

Lab = tuple[float, float, float]
WIDTH: Final = 960
GROUND: Final[Lab] = (62.0, 1.0, 4.0)
COLOURS: Final[dict[str, Lab]] = {
    "desk": (72, 8, 24),
    "chair": (30, 0, -6),
    "monitor": (16, 0, 0),
    "cabinet": (80, 0, 2),
    "person": (40, 6, 10),
    "paper": (95, 0, 2),
    "litter": (92, 2, -4),
    "stain": (32, 6, 12),
    "bag": (38, 24, 12),
    "cushion": (32, 1, -5),
    "cup": (88, 0, 1),
    "plant": (42, -26, 26),
    "extinguisher": (42, 55, 38),
    "screen_on": (92, -2, -8),
}


@dataclass(frozen=True)
class Solid:
    """``at``: middle of its base in cm; ``size``: along x, along y, up; ``turn`` in degrees.

    ``level``: what is painted later lies over what is painted before at the same distance.
    ``shown``: a detector has a class for it (else it is only there to be seen and to hide).
    """

    cls: str
    at: tuple[float, float, float]
    size: tuple[float, float, float]
    turn: float = 0.0
    lab: Lab = (50.0, 10.0, 10.0)
    level: int = 1
    shown: bool = True

    def corners(self) -> NDArray[np.float64]:
        w, d, h = self.size
        grid = np.array([(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0.0, 1.0)])
        local = grid * (w, d, h)
        a = np.radians(self.turn)
        x = local[:, 0] * np.cos(a) - local[:, 1] * np.sin(a)
        y = local[:, 0] * np.sin(a) + local[:, 1] * np.cos(a)
        return np.asarray(np.column_stack((x, y, local[:, 2])) + np.asarray(self.at))

    def moved(self, dx: float = 0.0, dy: float = 0.0, dz: float = 0.0) -> Solid:
        x, y, z = self.at
        return replace(self, at=(x + dx, y + dy, z + dz))


def solid(
    cls: str,
    x: float,
    y: float,
    z: float = 0.0,
    *,
    turn: float = 0.0,
    size: tuple[float, float, float] | None = None,
    lab: Lab | None = None,
    level: int = 1,
) -> Solid:
    """A usual one of its class."""
    usual = SIZE_CM.get(cls, (20.0, 20.0, 20.0))
    return Solid(
        cls,
        (x, y, z),
        size or (float(usual[0]), float(usual[1]), float(usual[2])),
        turn,
        lab or COLOURS.get(cls, (50.0, 10.0, 10.0)),
        level,
    )


@dataclass(frozen=True, eq=False)
class Painted:
    """``ids``: (h, w) which solid shows (0 none), ``lab``: (h, w, 3) its colour; small pixels."""

    ids: NDArray[np.int16]
    lab: NDArray[np.float32]
    boxes: tuple[tuple[int, tuple[float, float, float, float]], ...]
    """Index of each solid that can be seen, and its visible box in pixels of the full picture."""


def paint(solids: Sequence[Solid], camera: Camera, ground: Lab = GROUND) -> Painted:
    """Far to near; ``boxes`` leave out what is hidden for more than two thirds."""
    scale = WIDTH / camera.size[0]
    height = round(camera.size[1] * scale)
    ids = np.zeros((height, WIDTH), np.int16)
    order = sorted(
        range(len(solids)), key=lambda i: (solids[i].level, -camera.distance(solids[i].at))
    )
    shapes: dict[int, NDArray[np.float64]] = {}
    for i in order:
        corners = camera.px(solids[i].corners())
        shapes[i] = corners
        hull = cv2.convexHull(np.round(corners * scale).astype(np.int32))
        cv2.fillConvexPoly(ids, hull, i + 1)
    table = np.array([ground, *(s.lab for s in solids)], np.float32)
    boxes = []
    count = np.bincount(ids.ravel(), minlength=len(solids) + 1)
    for i in range(len(solids)):
        if not solids[i].shown:
            continue
        full = shapes[i]
        low = np.clip(full.min(axis=0), 0, camera.size)
        high = np.clip(full.max(axis=0), 0, camera.size)
        if min(high - low) < 2:
            continue
        small = np.round(full * scale).astype(np.float32)
        area = max(1.0, float(cv2.contourArea(cv2.convexHull(small))))
        share = count[i + 1] / area
        if share < 0.33 and area > 12:
            continue
        if share < 0.85 and area > 12:
            ys, xs = np.nonzero(ids == i + 1)
            low = np.maximum(low, np.array([xs.min(), ys.min()]) / scale)
            high = np.minimum(high, (np.array([xs.max(), ys.max()]) + 1) / scale)
        boxes.append((i, (float(low[0]), float(low[1]), float(high[0]), float(high[1]))))
    return Painted(ids, table[ids], tuple(boxes))
