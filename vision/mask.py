"""People out of sight: every picture that is kept or shown goes through here first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from vision.seen import BoxPx, Image

GROW: Final = 0.08
BLOCKS: Final = 10


def mask_people(image: Image, people_boxes_xyxy_px: Sequence[BoxPx]) -> Image:
    """A copy in which every box, grown a little, is coarse blocks and then blurred.

    A box becomes ``BLOCKS`` blocks along its longer side: enough to see that somebody is there,
    too little for a face, whatever the camera's resolution.  The caller passes unsure boxes too.
    """
    out = np.array(image, np.uint8, copy=True)
    height, width = out.shape[:2]
    for x1, y1, x2, y2 in people_boxes_xyxy_px:
        dx, dy = GROW * (x2 - x1), GROW * (y2 - y1)
        left, top = max(0, int(x1 - dx)), max(0, int(y1 - dy))
        right, bottom = min(width, int(np.ceil(x2 + dx))), min(height, int(np.ceil(y2 + dy)))
        if right <= left or bottom <= top:
            continue
        part = out[top:bottom, left:right]
        step = max(right - left, bottom - top) / BLOCKS
        small = (
            max(1, round((right - left) / step)),
            max(1, round((bottom - top) / step)),
        )
        blocks = cv2.resize(part, small, interpolation=cv2.INTER_AREA)
        coarse = cv2.resize(blocks, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)
        out[top:bottom, left:right] = cv2.GaussianBlur(coarse, (0, 0), max(1.0, step / 3))
    return out
