"""The line inside a cable's box: how long, how many strands, how much of it on the floor.

Classical line work: what is thinner than ``WIDTH_PX`` and stands out from its surroundings, either
way.  It serves only to say where a cable runs; whether there is one is the detector's word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.geometry import PlaneMap, ZoneRaster
from vision.seen import CableTrace, Image

WIDTH_PX: Final = 9
MIN_CONTRAST: Final = 12
MIN_STRAND: Final = 0.25
"""A separate piece counts as a strand when it spans this share of the box's longer side."""


def trace(
    image: Image,
    box: NDArray[np.float32],
    floors: Mapping[str, ZoneRaster],
    floor_plane: PlaneMap | None,
) -> CableTrace | None:
    """The line work in one box (xyxy, pixels), or None where no line stands out."""
    height, width = image.shape[:2]
    x1, y1 = max(0, int(box[0])), max(0, int(box[1]))
    x2, y2 = min(width, int(np.ceil(box[2]))), min(height, int(np.ceil(box[3])))
    if x2 - x1 < 6 or y2 - y1 < 6:
        return None
    mask = _lines(image[y1:y2, x1:x2])
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return None
    spans = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    strands = np.flatnonzero(spans >= MIN_STRAND * max(x2 - x1, y2 - y1)) + 1
    if len(strands) == 0:
        return None
    line = np.isin(labels, strands)
    # a strip of width w has mean distance to its rim of about w / 4
    rim = cv2.distanceTransform(line.astype(np.uint8), cv2.DIST_L2, 3)
    thick = max(1.0, 4.0 * float(rim[line].mean()) - 1.0)
    length_px = float(line.sum()) / thick
    ys, xs = np.nonzero(line)
    points = np.column_stack((xs + x1, ys + y1)).astype(np.float32)
    shares = {zone: _share(points, raster) for zone, raster in floors.items()}
    length_cm = None
    if floor_plane is not None:
        centre = ((x1 + x2) / 2, (y1 + y2) / 2)
        worse, better = floor_plane.px_per_cm(centre)
        length_cm = round(length_px / float(np.sqrt(worse * better)), 1)
    return CableTrace(
        box_xyxy_px=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
        length_px=round(length_px, 1),
        length_cm=length_cm,
        floor_share={zone: round(share, 4) for zone, share in shares.items() if share > 0},
        branches=len(strands),
    )


def _lines(part: Image) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (WIDTH_PX, WIDTH_PX))
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, kernel)
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, kernel)
    stands_out = cv2.max(dark, light)
    limit, _ = cv2.threshold(stands_out, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray((stands_out >= max(MIN_CONTRAST, limit)).astype(np.uint8))


def _share(points: NDArray[np.float32], raster: ZoneRaster) -> float:
    grid = np.floor(points * raster.scale).astype(np.intp) - (raster.x0, raster.y0)
    h, w = raster.mask.shape
    inside = (grid[:, 0] >= 0) & (grid[:, 1] >= 0) & (grid[:, 0] < w) & (grid[:, 1] < h)
    if not inside.any():
        return 0.0
    hit = raster.mask[grid[inside, 1], grid[inside, 0]]
    return float(hit.sum()) / max(1, len(points))
