"""Straight lines through places in centimetres, robust against a few that are off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

PointCm = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """A line by a point and a unit direction, and every point's distance from it in cm."""

    point_cm: PointCm
    direction: tuple[float, float]
    residual_cm: tuple[float, ...]

    @property
    def worst_cm(self) -> float:
        return max(self.residual_cm)

    def along(self, point: PointCm) -> float:
        """How far along the line a point lies, cm."""
        x, y = point[0] - self.point_cm[0], point[1] - self.point_cm[1]
        return x * self.direction[0] + y * self.direction[1]


def fit_line(points: Sequence[PointCm]) -> Fit:
    """The line that most points lie on: least median of distances over all pairs of points.

    Up to half of the points may be off without bending it.  With three points the median would
    put two on the line whatever the third does; there the largest distance is made least.
    """
    xy = np.asarray(points, np.float64)
    best: tuple[float, float, Fit] | None = None
    for i, j in combinations(range(len(xy)), 2):
        step = xy[j] - xy[i]
        length = float(np.hypot(*step))
        if length < 1e-9:
            continue
        unit = step / length
        offset = np.abs((xy - xy[i]) @ np.array([-unit[1], unit[0]]))
        score = float(offset.max() if len(xy) == 3 else np.median(offset))
        key = (round(score, 6), round(float(offset.sum()), 6))
        if best is None or key < best[:2]:
            residual = tuple(round(float(v), 3) for v in offset)
            fit = Fit(
                (float(xy[i][0]), float(xy[i][1])), (float(unit[0]), float(unit[1])), residual
            )
            best = (*key, fit)
    if best is None:  # all points in one place
        return Fit((float(xy[0][0]), float(xy[0][1])), (1.0, 0.0), tuple(0.0 for _ in points))
    return best[2]
