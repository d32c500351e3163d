"""Picture points to centimetres on a layout's planes, for the places that a layout names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vision.seen import BoxPx, Lens, Plane, PointNorm, Zone

if TYPE_CHECKING:  # the kinds import this module
    from rules.kinds.base import Sight

Points = NDArray[np.float64]
PointCm = tuple[float, float]


@lru_cache(maxsize=256)
def _to_cm(plane: Plane, width: int, height: int) -> tuple[float, ...]:
    """The homography, row by row, from pixels to centimetres, by least squares over the points."""
    rows: list[list[float]] = []
    scale = np.array([width, height], np.float64)
    for at, (u, v) in zip(plane.points_norm, plane.points_cm, strict=True):
        x, y = (float(n) for n in np.asarray(at) * scale)
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, -u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, -v])
    matrix = np.asarray(rows)
    # columns of like size keep the solution exact for picture coordinates in the thousands
    weight = np.maximum(np.abs(matrix).max(axis=0), 1e-12)
    solution: Points = np.linalg.svd(matrix / weight)[2][-1] / weight
    return tuple(float(v) for v in solution)


@lru_cache(maxsize=8192)
def undistorted(point_px: PointCm, lens: Lens, width: int, height: int) -> PointCm:
    """Where a pixel point would lie under an ideal lens (Brown-Conrady, k1 and k2).

    Plain numbers: for the few points of a frame they are ten times faster than arrays.
    """
    focal = lens.focal_norm * width
    cx, cy = lens.centre_norm[0] * width, lens.centre_norm[1] * height
    bent_x, bent_y = (point_px[0] - cx) / focal, (point_px[1] - cy) / focal
    x, y = bent_x, bent_y
    for _ in range(12):  # the fixed point that the bending of the ideal point gives the seen one
        square = x * x + y * y
        factor = 1 + lens.k1 * square + lens.k2 * square * square
        before, x, y = (x, y), bent_x / factor, bent_y / factor
        if (x, y) == before:
            break
    return (x * focal + cx, y * focal + cy)


def cm_of(sight: Sight, plane: Plane, points_px: Sequence[tuple[float, float]]) -> list[PointCm]:
    """Pixel points of this frame as centimetres on a plane of its camera."""
    width, height = sight.facts.width, sight.facts.height
    lens = sight.camera.view.lens
    if lens is not None and lens.k1 == 0 and lens.k2 == 0:
        lens = None
    a, b, c, d, e, f, g, h, i = _to_cm(plane, width, height)
    out: list[PointCm] = []
    for point in points_px:
        x, y = point if lens is None else undistorted(point, lens, width, height)
        w = g * x + h * y + i
        w = w if abs(w) >= 1e-12 else 1e-12
        out.append(((a * x + b * y + c) / w, (d * x + e * y + f) / w))
    return out


def norm_px(sight: Sight, points: Sequence[PointNorm]) -> list[tuple[float, float]]:
    """Normalised picture points as pixels of this frame."""
    return [(x * sight.facts.width, y * sight.facts.height) for x, y in points]


def plane_for(sight: Sight, desk: str | None) -> Plane | None:
    """The desk's own plane, else (for the floor) the camera's floor plane."""
    for plane in sight.camera.view.planes:
        if desk is None and plane.kind == "floor":
            return plane
        if desk is not None and plane.kind == "desk" and plane.desk == desk:
            return plane
    return None


def shared_plane(sight: Sight, kind: str) -> Plane | None:
    """A plane that several desks share: the floor, or a desk plane that belongs to none."""
    for plane in sight.camera.view.planes:
        if plane.kind == kind and plane.desk is None:
            return plane
    return None


def zone_box(sight: Sight, zone: Zone) -> BoxPx:
    """The zone's bounding box in pixels of this frame."""
    xs = [x * sight.facts.width for x, _ in zone.polygon_norm]
    ys = [y * sight.facts.height for _, y in zone.polygon_norm]
    return (min(xs), min(ys), max(xs), max(ys))
