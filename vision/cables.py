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

from vision.geometry import PlaneMap, ZoneMask
from vision.seen import CableTrace, Image

WIDTH_PX: Final = 9
DISC: Final = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (WIDTH_PX, WIDTH_PX))
MIN_CONTRAST: Final = 12
MIN_STRAND: Final = 0.25
"""A separate piece counts as a strand when it spans this share of the box's longer side."""


def trace(
    image: Image,
    box: NDArray[np.float32],
    floors: Mapping[str, ZoneMask],
    floor_plane: PlaneMap | None,
) -> CableTrace | None:
    """The line work in one box (xyxy, pixels), or None where no line stands out."""
    height, width = image.shape[:2]
    x1, y1 = max(0, int(box[0])), max(0, int(box[1]))
    x2, y2 = min(width, int(np.ceil(box[2]))), min(height, int(np.ceil(box[3])))
    if x2 - x1 < 6 or y2 - y1 < 6:
        return None
    mask = _lines(image[y1:y2, x1:x2])
    # at most one piece in four pixels: 16 bits hold all numbers of a small box, at half the cost
    kind = cv2.CV_16U if mask.size < 2**16 else cv2.CV_32S
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=kind)
    if count < 2:
        return None
    spans = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    strands = np.flatnonzero(spans >= MIN_STRAND * max(x2 - x1, y2 - y1)) + 1
    if len(strands) == 0:
        return None
    mine = np.zeros(count, np.uint8)
    mine[strands] = 1
    line = mine[labels]
    # a strip of width w has mean distance to its rim of about w / 4
    rim = cv2.distanceTransform(line, cv2.DIST_L2, 3)
    thick = max(1.0, 4.0 * cv2.mean(rim, line)[0] - 1.0)
    length_px = cv2.countNonZero(line) / thick
    length_cm = None
    if floor_plane is not None:
        centre = ((x1 + x2) / 2, (y1 + y2) / 2)
        worse, better = floor_plane.px_per_cm(centre)
        length_cm = round(length_px / float(np.sqrt(worse * better)), 1)
    return CableTrace(
        box_xyxy_px=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
        length_px=round(length_px, 1),
        length_cm=length_cm,
        floor_share=line_shares(line, (x1, y1), floors),
        branches=len(strands),
    )


def _lines(part: Image) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, DISC)
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, DISC)
    stands_out = cv2.max(dark, light)
    limit, _ = cv2.threshold(stands_out, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray((stands_out >= max(MIN_CONTRAST, limit)).astype(np.uint8))


def line_shares(
    line: NDArray[np.uint8], corner: tuple[int, int], zones: Mapping[str, ZoneMask]
) -> dict[str, float]:
    """The share of the line's pixels in each zone that it touches; all zones are of one scale.

    ``corner``: where the line's picture begins.  Its pixels are counted by cell of the zones' grid
    once, so that each zone costs a look at its few shared cells.
    """
    if not zones:
        return {}
    scale = next(iter(zones.values())).scale
    x0, columns = _cells(corner[0], line.shape[1], scale)
    y0, rows = _cells(corner[1], line.shape[0], scale)
    counts = np.add.reduceat(np.add.reduceat(line, rows, 0, np.uint32), columns, 1)
    (h, w), total, out = counts.shape, int(counts.sum()), {}
    for name, zone in zones.items():
        zh, zw = zone.mask.shape
        left, top = max(x0, zone.x0), max(y0, zone.y0)
        right, bottom = min(x0 + w, zone.x0 + zw), min(y0 + h, zone.y0 + zh)
        if right <= left or bottom <= top:
            continue
        mine = counts[top - y0 : bottom - y0, left - x0 : right - x0]
        inside = zone.mask[top - zone.y0 : bottom - zone.y0, left - zone.x0 : right - zone.x0]
        if shared := int(mine[inside].sum()):
            out[name] = round(shared / total, 4)
    return out


def _cells(first: int, count: int, scale: float) -> tuple[int, NDArray[np.intp]]:
    """The grid cell that the first of ``count`` pixels lies in, and where each cell begins."""
    cell = np.floor(np.arange(first, first + count) * scale).astype(np.intp)
    return int(cell[0]), np.flatnonzero(np.diff(cell, prepend=cell[0] - 1))
