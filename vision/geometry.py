"""Polygons, planes and lenses: from pixels to centimetres and to shares of a zone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.seen import InputError, Lens, Plane, PointNorm

Points = NDArray[np.float64]
"""Shape (N, 2)."""

MIN_AREA_NORM: Final = 1e-6


def check_polygon(polygon_norm: Sequence[PointNorm], name: str) -> None:
    """Raise InputError unless the polygon is simple, not flat, and inside 0..1."""
    points = np.asarray(polygon_norm, np.float64)
    if points.ndim != 2 or points.shape[1:] != (2,) or len(points) < 3:
        raise InputError(f"{name}: a polygon needs at least three points [x, y].")
    if not np.isfinite(points).all() or points.min() < 0 or points.max() > 1:
        raise InputError(f"{name}: points must lie in 0..1 (share of picture width and height).")
    if abs(polygon_area(points)) < MIN_AREA_NORM:
        raise InputError(f"{name}: the polygon has no area; draw its corners apart.")
    if not is_simple(points):
        raise InputError(f"{name}: the polygon's edges cross; draw its corners in order.")


def polygon_area(points: Points) -> float:
    """Signed area by the shoelace formula, in the points' unit squared."""
    x, y = points[:, 0], points[:, 1]
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def is_simple(points: Points) -> bool:
    """Whether no two edges that are not neighbours touch."""
    a, b = points, np.roll(points, -1, axis=0)
    n = len(points)
    i, j = np.triu_indices(n, 2)
    keep = ~((i == 0) & (j == n - 1))
    i, j = i[keep], j[keep]

    def side(p: Points, q: Points, r: Points) -> NDArray[np.float64]:
        return (q[:, 0] - p[:, 0]) * (r[:, 1] - p[:, 1]) - (q[:, 1] - p[:, 1]) * (r[:, 0] - p[:, 0])

    crossing = (side(a[i], b[i], a[j]) * side(a[i], b[i], b[j]) < 0) & (
        side(a[j], b[j], a[i]) * side(a[j], b[j], b[i]) < 0
    )
    return not bool(crossing.any())


@dataclass(frozen=True, slots=True, eq=False)
class ZoneMask:
    """A zone drawn once.

    ``mask``: (h, w) bool of the zone's bounding rectangle; ``x0``, ``y0`` its corner; all in
    pixels of a grid whose pixels are ``1 / scale`` of the image's.  ``pixels``: how many it has.
    """

    mask: NDArray[np.bool_]
    x0: int
    y0: int
    scale: float
    pixels: int


@dataclass(frozen=True, slots=True, eq=False)
class ZoneRaster(ZoneMask):
    """A zone drawn once, so that any box's share of it costs four look-ups.

    ``table``: (h + 1, w + 1) int32, the mask's summed-area table.
    """

    table: NDArray[np.int32]

    @property
    def area_px(self) -> float:
        return self.pixels / self.scale**2

    def covered_px(self, boxes_xyxy_px: NDArray[np.float32]) -> NDArray[np.float64]:
        """Shape (N,): how much of the zone each box covers, px² of the original image."""
        h, w = self.mask.shape
        grid = np.rint(
            boxes_xyxy_px * np.float32(self.scale) - np.array([self.x0, self.y0] * 2)
        ).astype(np.int64)
        x1, x2 = np.clip(grid[:, 0], 0, w), np.clip(grid[:, 2], 0, w)
        y1, y2 = np.clip(grid[:, 1], 0, h), np.clip(grid[:, 3], 0, h)
        t = self.table
        return np.asarray((t[y2, x2] - t[y1, x2] - t[y2, x1] + t[y1, x1]) / self.scale**2)

    def share_of_boxes(self, boxes_xyxy_px: NDArray[np.float32]) -> NDArray[np.float64]:
        """Shape (N,): the share of each box inside the zone, 0..1."""
        sides = np.clip(boxes_xyxy_px[:, 2:] - boxes_xyxy_px[:, :2], 1e-6, None).astype(np.float64)
        shares = self.covered_px(boxes_xyxy_px) / (sides[:, 0] * sides[:, 1])
        return np.asarray(np.clip(shares, 0.0, 1.0))

    def hidden_by(
        self,
        boxes_xyxy_px: NDArray[np.float32],
        covered_px: NDArray[np.float64] | None = None,
    ) -> float:
        """The share of the zone under the union of the boxes, 0..1; ``covered_px`` (N,) as
        :meth:`covered_px` gives it, where it is known."""
        if covered_px is None:
            covered_px = self.covered_px(boxes_xyxy_px)
        if self.pixels == 0 or not covered_px.any():
            return 0.0
        touching = boxes_xyxy_px[covered_px > 0]
        if len(touching) == 1:
            return float(covered_px.max() * self.scale**2 / self.pixels)
        left = self.mask.copy()
        h, w = left.shape
        for box in touching:
            x1, y1, x2, y2 = np.rint(
                box * np.float32(self.scale) - np.array([self.x0, self.y0] * 2)
            ).astype(int)
            left[max(0, y1) : max(0, min(h, y2)), max(0, x1) : max(0, min(w, x2))] = False
        return 1.0 - int(left.sum()) / self.pixels


class ZoneStack:
    """All zones of a picture, in the order given: every box's share of each of them at once."""

    def __init__(self, zones: Sequence[ZoneRaster]) -> None:
        self._tables = np.concatenate([z.table.ravel() for z in zones] or [np.zeros(0, np.int32)])
        sizes = np.cumsum([0, *(z.table.size for z in zones)])[:-1]
        self.zones = tuple(
            replace(z, table=self._tables[first : first + z.table.size].reshape(z.table.shape))
            for first, z in zip(sizes.tolist(), zones, strict=True)
        )
        """The same zones; their tables, some MiB in all, are held only once."""
        shapes = np.array([z.mask.shape for z in zones], np.int64).reshape(-1, 2)
        self._first = sizes.astype(np.int64)[:, None]
        self._height, self._width = shapes[:, :1], shapes[:, 1:]
        self._x0 = np.array([z.x0 for z in zones], np.int64)[:, None]
        self._y0 = np.array([z.y0 for z in zones], np.int64)[:, None]
        self._scale = np.array([z.scale for z in zones], np.float64)[:, None]

    def share_of_boxes(self, boxes_xyxy_px: NDArray[np.float32]) -> NDArray[np.float64]:
        """Shape (zones, N): the share of each box inside each zone, 0..1."""
        x1, y1, x2, y2 = boxes_xyxy_px.astype(np.float64).T
        area = np.maximum(x2 - x1, 1e-6) * np.maximum(y2 - y1, 1e-6)
        return np.asarray(np.clip(self.covered_px(boxes_xyxy_px) / area, 0.0, 1.0))

    def covered_px(self, boxes_xyxy_px: NDArray[np.float32]) -> NDArray[np.float64]:
        """Shape (zones, N): how much of each zone each box covers, px² of the original image."""
        x1, y1, x2, y2 = boxes_xyxy_px.astype(np.float64).T
        left, right = (self._column(x) for x in (x1, x2))
        top, bottom = (self._row(y) for y in (y1, y2))
        covered = self._tables[bottom + right] - self._tables[top + right]
        covered += self._tables[top + left] - self._tables[bottom + left]
        return np.asarray(covered / self._scale**2)

    def _column(self, x: NDArray[np.float64]) -> NDArray[np.int64]:
        grid = np.rint(x * self._scale - self._x0).astype(np.int64)
        return np.asarray(np.clip(grid, 0, self._width))

    def _row(self, y: NDArray[np.float64]) -> NDArray[np.int64]:
        """Where the row that ends at ``y`` begins in the tables."""
        grid = np.rint(y * self._scale - self._y0).astype(np.int64)
        return np.asarray(np.clip(grid, 0, self._height) * (self._width + 1) + self._first)


def zone_mask(
    polygon_norm: Sequence[PointNorm], width: int, height: int, scale: float = 0.5
) -> ZoneMask:
    """Draw a zone on a grid of ``scale`` grid pixels per image pixel."""
    w, h = max(1, round(width * scale)), max(1, round(height * scale))
    points = np.asarray(polygon_norm, np.float64) * (w, h)
    x0, y0 = np.clip(np.floor(points.min(axis=0)).astype(int), 0, (w - 1, h - 1))
    x1, y1 = np.clip(np.ceil(points.max(axis=0)).astype(int) + 1, (x0 + 1, y0 + 1), (w, h))
    canvas = np.zeros((y1 - y0, x1 - x0), np.uint8)
    cv2.fillPoly(canvas, [np.rint((points - (x0, y0)) * 16).astype(np.int32)], 1, shift=4)
    mask = canvas.astype(np.bool_)
    return ZoneMask(mask, int(x0), int(y0), scale, int(np.count_nonzero(mask)))


def raster(
    polygon_norm: Sequence[PointNorm], width: int, height: int, scale: float = 0.5
) -> ZoneRaster:
    """As :func:`zone_mask`, ready for boxes."""
    drawn = zone_mask(polygon_norm, width, height, scale)
    table = cv2.integral(drawn.mask.astype(np.uint8), sdepth=cv2.CV_32S)
    return ZoneRaster(
        drawn.mask, drawn.x0, drawn.y0, scale, drawn.pixels, np.asarray(table, np.int32)
    )


@dataclass(frozen=True, slots=True, eq=False)
class PlaneMap:
    """A homography from image pixels to centimetres on a plane.

    ``to_cm``: (3, 3).  ``residual_cm``: the root mean square distance between the clicked points
    and where the homography puts them; 0 with exactly four points.
    """

    plane: Plane
    to_cm: NDArray[np.float64]
    residual_cm: float

    def cm(self, points_px: Points) -> Points:
        """Shape (N, 2) pixels to (N, 2) centimetres."""
        return project(self.to_cm, points_px)

    def px_per_cm(self, point_px: tuple[float, float]) -> tuple[float, float]:
        """Pixels per centimetre at a place: (worse axis, better axis).

        The singular values of the homography's derivative there: how much the picture stretches a
        centimetre in its worst and best direction.
        """
        x, y = point_px
        # plain numbers: at one place they are ten times cheaper than arrays
        (x0, y0), (x1, y1), (x2, y2) = (self._one(*p) for p in ((x, y), (x + 1, y), (x, y + 1)))
        a, b, c, d = x1 - x0, x2 - x0, y1 - y0, y2 - y0
        # singular values s1 >= s2 of [[a, b], [c, d]]: s1² + s2² is the sum of the squares, s1 s2
        # is the determinant
        squares, product = a * a + b * b + c * c + d * d, abs(a * d - b * c)
        large = math.sqrt((squares + math.sqrt(max(0.0, squares**2 - 4 * product**2))) / 2)
        small = product / large if large > 0 else 0.0
        return (1.0 / max(large, 1e-9), 1.0 / max(small, 1e-9))

    def _one(self, x: float, y: float) -> tuple[float, float]:
        (a, b, c), (d, e, f), (g, h, i) = self.to_cm.tolist()
        w = g * x + h * y + i
        w = w if abs(w) >= 1e-12 else 1e-12
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w


def project(matrix: NDArray[np.float64], points: Points) -> Points:
    """Apply a (3, 3) homography to (N, 2) points."""
    homogeneous = np.column_stack((points, np.ones(len(points)))) @ matrix.T
    w = homogeneous[:, 2:]
    return np.asarray(homogeneous[:, :2] / np.where(np.abs(w) < 1e-12, 1e-12, w))


def plane_map(plane: Plane, width: int, height: int) -> PlaneMap:
    """The plane's homography by least squares over its clicked points (DLT).

    Raises InputError where the points don't span a plane.
    """
    px = np.asarray(plane.points_norm, np.float64) * (width, height)
    cm = np.asarray(plane.points_cm, np.float64)
    if len(px) < 4 or len(px) != len(cm):
        raise InputError(f"plane {plane.id}: wanted at least four points, each with its place.")
    matrix, _ = cv2.findHomography(px, cm, 0)
    if matrix is None or abs(np.linalg.det(matrix)) < 1e-12:
        raise InputError(f"plane {plane.id}: its points lie on a line; click corners apart.")
    residual = project(np.asarray(matrix), px) - cm
    return PlaneMap(plane, np.asarray(matrix), float(np.sqrt(np.mean(np.sum(residual**2, axis=1)))))


def undistort(points_px: Points, lens: Lens | None, width: int, height: int) -> Points:
    """Where the points would lie under an ideal lens, pixels (Brown-Conrady, k1 and k2)."""
    if lens is None or (lens.k1 == 0 and lens.k2 == 0):
        return points_px
    focal = lens.focal_norm * width
    camera = np.array(
        [
            [focal, 0, lens.centre_norm[0] * width],
            [0, focal, lens.centre_norm[1] * height],
            [0, 0, 1],
        ]
    )
    coefficients = np.array([lens.k1, lens.k2, 0.0, 0.0])
    out = cv2.undistortPoints(points_px.reshape(-1, 1, 2), camera, coefficients, P=camera)
    return np.asarray(out, np.float64).reshape(-1, 2)
