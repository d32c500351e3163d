"""A camera with a place, a direction and a lens: centimetres in space to pixels of its picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Camera:
    """At ``at_cm`` (x, y, z up), looking at ``to_cm``; ``focal`` and ``k1`` as in a layout's lens.

    ``focal``: focal length as a share of the picture's width.  ``size``: width, height in px.
    """

    at_cm: tuple[float, float, float]
    to_cm: tuple[float, float, float]
    focal: float
    k1: float
    size: tuple[int, int] = (1920, 1080)

    def _axes(self) -> Points:
        forward = np.asarray(self.to_cm) - np.asarray(self.at_cm)
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, (0.0, 0.0, 1.0))
        right = right / np.linalg.norm(right)
        return np.stack((right, np.cross(forward, right), forward))

    def px(self, points_cm: Points) -> Points:
        """(N, 3) points in cm to (N, 2) pixels, bent as the lens bends."""
        seen = (np.asarray(points_cm, np.float64) - np.asarray(self.at_cm)) @ self._axes().T
        ideal = seen[:, :2] / np.maximum(seen[:, 2:], 1.0)
        square = (ideal**2).sum(axis=1, keepdims=True)
        width, height = self.size
        bent = ideal * (1 + self.k1 * square)
        return np.asarray(bent * self.focal * width + (width / 2, height / 2))

    def norm(self, points_cm: Points) -> Points:
        """The same as shares of the picture's width and height."""
        return np.asarray(self.px(points_cm) / self.size)

    def distance(self, point_cm: tuple[float, float, float]) -> float:
        return float(np.linalg.norm(np.asarray(point_cm) - np.asarray(self.at_cm)))
