"""Straight lines through places in centimetres, robust against a few that are off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from statistics import median

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

    def distance_cm(self, point: PointCm) -> float:
        """How far from the line a point lies, cm."""
        x, y = point[0] - self.point_cm[0], point[1] - self.point_cm[1]
        return abs(y * self.direction[0] - x * self.direction[1])

    def along(self, point: PointCm) -> float:
        """How far along the line a point lies, cm."""
        x, y = point[0] - self.point_cm[0], point[1] - self.point_cm[1]
        return x * self.direction[0] + y * self.direction[1]


def fit_line(points: Sequence[PointCm]) -> Fit:
    """The line that most points lie on: least median of distances over all pairs of points.

    Up to half of the points may be off without bending it.  With three points the median would
    put two on the line whatever the third does; there the largest distance is made least.
    """
    best: tuple[float, float] | None = None
    line: tuple[PointCm, PointCm, list[float]] | None = None
    # plain numbers: for the few things of a row they are several times faster than arrays
    for (x, y), (u, v) in combinations(points, 2):
        length = hypot(u - x, v - y)
        if length < 1e-9:
            continue
        dx, dy = (u - x) / length, (v - y) / length
        offset = [abs((q - y) * dx - (p - x) * dy) for p, q in points]
        score = max(offset) if len(points) == 3 else median(offset)
        key = (round(score, 6), round(sum(offset), 6))
        if best is None or key < best:
            best, line = key, ((x, y), (dx, dy), offset)
    if line is None:  # all points in one place
        x, y = points[0]
        return Fit((float(x), float(y)), (1.0, 0.0), tuple(0.0 for _ in points))
    (x, y), direction, offset = line
    return Fit((float(x), float(y)), direction, tuple(round(v, 3) for v in offset))
