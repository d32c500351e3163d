"""Known points clicked on a surface: how far each lies from where the plane puts it, in cm."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from service.setup.faults import SetupError
from vision.geometry import PlaneMap, Points, plane_map, project
from vision.seen import InputError, Plane, PointNorm

LEAST: Final = 4
GOOD_CM: Final = {"desk": 1.5, "floor": 4.0}
"""Up to here a click's error does no harm: under a third of the usual tolerances there."""
GRID_CM: Final = {"desk": 20.0, "floor": 50.0}
MAX_LINES: Final = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the clicked points agree.

    ``missing``: points still needed for a plane.  ``checked``: whether there are more than four, so
    that the error says something (four points always fit).  ``off_cm``: each point's distance from
    where the others put it; ``px_per_cm`` along the worse axis at the points' middle.  ``grid``:
    lines on the surface, as pairs of picture points, so that one sees whether they lie flat.
    """

    missing: int
    residual_cm: float | None = None
    checked: bool = False
    off_cm: tuple[float, ...] = ()
    px_per_cm: float | None = None
    good: bool = False
    grid: tuple[tuple[PointNorm, PointNorm], ...] = ()


def fit(
    kind: str,
    points: Sequence[tuple[PointNorm, tuple[float, float]]],
    width: int,
    height: int,
) -> Fit:
    """The plane through clicked points, and its error."""
    if len(points) < LEAST:
        return Fit(LEAST - len(points))
    mapped = _map(kind, points, width, height)
    px = np.array([at for at, _ in points], np.float64) * (width, height)
    cm = np.array([place for _, place in points], np.float64)
    if not np.isfinite(mapped.cm(px)).all():
        raise SetupError("各点在一条直线上;请把角点点开。")
    off = np.sqrt(np.sum((mapped.cm(px) - cm) ** 2, axis=1))
    middle = px.mean(axis=0)
    worse, _ = mapped.px_per_cm((float(middle[0]), float(middle[1])))
    residual = round(mapped.residual_cm, 2)
    checked = len(points) > LEAST
    return Fit(
        missing=0,
        residual_cm=residual,
        checked=checked,
        off_cm=tuple(round(float(v), 2) for v in off),
        px_per_cm=round(worse, 3),
        good=checked and _likely(mapped.residual_cm, len(points)) <= GOOD_CM[kind],
        grid=_grid(mapped, cm, GRID_CM[kind], width, height),
    )


def _likely(residual_cm: float, count: int) -> float:
    """The error of a single click, cm: with few points the plane hides most of it by giving way."""
    return residual_cm * math.sqrt(count / (count - LEAST))


def _map(
    kind: str,
    points: Sequence[tuple[PointNorm, tuple[float, float]]],
    width: int,
    height: int,
) -> PlaneMap:
    plane = Plane(
        "draft",
        "floor" if kind == "floor" else "desk",
        tuple(at for at, _ in points),
        tuple(place for _, place in points),
    )
    try:
        return plane_map(plane, width, height)
    except InputError:
        raise SetupError("各点在一条直线上;请把角点点开。") from None


def _grid(
    mapped: PlaneMap, cm: Points, step: float, width: int, height: int
) -> tuple[tuple[PointNorm, PointNorm], ...]:
    """Lines a step apart over the rectangle that the points span."""
    low, high = cm.min(axis=0), cm.max(axis=0)
    while ((high - low) / step).sum() > MAX_LINES:
        step *= 2
    ends: list[tuple[float, float]] = []
    for axis in (0, 1):
        for value in np.arange(low[axis], high[axis] + 0.01, step):
            for end in (low[1 - axis], high[1 - axis]):
                place = (float(value), float(end))
                ends.append(place if axis == 0 else place[::-1])
    back = np.asarray(np.linalg.inv(mapped.to_cm), np.float64)
    at = project(back, np.array(ends, np.float64)) / (width, height)
    if not np.isfinite(at).all() or np.abs(at).max() > 4:
        return ()
    flat = [(round(float(x), 5), round(float(y), 5)) for x, y in at]
    return tuple((flat[i], flat[i + 1]) for i in range(0, len(flat), 2))
