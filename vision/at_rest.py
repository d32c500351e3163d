"""What the clean reference shows as well belongs there: a fixture is no finding.

A detector is wrong in the same way about the same thing in every frame (a drawer unit taken for a
carton).  So each clean picture is looked at once, and a thing of a frame that is there already, at
the same place and with unchanged pixels, is marked as clean.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.nms import iou
from vision.seen import Detections

SAME_PLACE_IOU: Final = 0.5
AS_SURE: Final = 0.5
"""Seen in the clean picture at least this much of the confidence that it has now."""
HARDLY_SURE: Final = 0.2
"""Where no pixel changed this much will do: confidence flickers, a clean picture does not."""
CHANGED: Final = 0.25
"""From this share of changed pixels on something else lies there now."""
SAME_PIXELS: Final = 0.08
"""Below this share nothing changed at all."""
NO_PIXELS: Final = 0.02
"""Below this share there is not even noise."""
STILL_IOU: Final = 0.8
"""A thing seen again with less overlap than this has moved: where it was is bare now."""


def at_rest(
    found: Detections,
    clean: Detections,
    mask: NDArray[np.uint8],
    scale: float,
    align: NDArray[np.float64] | None = None,
) -> NDArray[np.bool_]:
    """Which of the found (N,) are in the clean picture as well.

    ``mask``: (h, w) changed pixels of the small copy, ``scale`` its pixels a pixel of the original;
    ``align``: (2, 3) affine that lays the reference onto the frame, in small pixels, or None.
    """
    if not len(found) or not len(clean):
        return np.zeros(len(found), np.bool_)
    known = _laid(clean, scale, align)
    place = iou(found.boxes_xyxy_px, known) >= SAME_PLACE_IOU
    share = clean.confidence[None, :] / np.maximum(found.confidence[:, None], 1e-6)
    there = place & (share >= AS_SURE)
    same = (there & (found.class_index[:, None] == clean.class_index[None, :])).any(axis=1)
    changed = changed_share(found.boxes_xyxy_px, mask, scale)
    # the same pixels are the same thing, whatever it was taken for the other time
    still = there.any(axis=1) & (changed < SAME_PIXELS)
    hardly = (place & (share >= HARDLY_SURE)).any(axis=1) & (changed < NO_PIXELS)
    return np.asarray((same & (changed < CHANGED)) | still | hardly)


def gone(
    found: Detections,
    clean: Detections,
    mask: NDArray[np.uint8],
    scale: float,
    align: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """What of the clean picture's things left its place: all their boxes (N, 4), and which did.

    A thing left where no other of its class is seen at the same place and the pixels there changed.
    Arguments as for :func:`at_rest`.
    """
    known = _laid(clean, scale, align)
    if not len(clean):
        return known, np.zeros(0, np.bool_)
    away = np.ones(len(clean), np.bool_)
    if len(found):
        same = clean.class_index[:, None] == found.class_index[None, :]
        away = ~((iou(known, found.boxes_xyxy_px) >= STILL_IOU) & same).any(axis=1)
    return known, np.asarray(away & (changed_share(known, mask, scale) >= SAME_PIXELS))


def _laid(
    clean: Detections, scale: float, align: NDArray[np.float64] | None
) -> NDArray[np.float32]:
    """The clean picture's boxes (N, 4) as they lie in the frame."""
    if align is None:
        return clean.boxes_xyxy_px
    corners = clean.boxes_xyxy_px.reshape(-1, 2) * scale
    moved = (corners @ align[:, :2].T + align[:, 2]).reshape(-1, 4) / scale
    return np.asarray(moved, np.float32)


def changed_share(
    boxes_xyxy_px: NDArray[np.float32], mask: NDArray[np.uint8], scale: float
) -> NDArray[np.float64]:
    """The share of each box's (N, 4) small pixels that changed, 0..1, by an integral picture."""
    height, width = mask.shape
    total = cv2.integral(mask)
    grid = boxes_xyxy_px.astype(np.float64) * scale
    low = np.floor(grid[:, :2]).astype(int).clip(0, (width, height))
    high = np.ceil(grid[:, 2:]).astype(int).clip(0, (width, height))
    (x1, y1), (x2, y2) = low.T, high.T
    pixels = np.maximum((x2 - x1) * (y2 - y1), 1)
    inside = total[y2, x2] - total[y1, x2] - total[y2, x1] + total[y1, x1]
    return np.asarray(inside / pixels, np.float64)
