"""The colour of each thing: the median of its middle, CIELAB under D65."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX
from vision.seen import Detections, Image

COLOURED: Final = frozenset(
    {"cup", "thermos", "chair", "cushion", "clothing", "bag", "phone", "desk", "folder"}
)
SLOTS: Final = np.array(sorted(CLASS_INDEX[name] for name in COLOURED), np.int16)
MIDDLE: Final = 0.25
"""A box's rim shows what is behind: this share is left out on each side."""
PIXELS: Final = 400
"""About so many pixels of it are looked at."""

Lab = tuple[float, float, float]


def colours_of(found: Detections, image: Image) -> list[Lab | None]:
    """Each thing's colour, None for classes whose colour nobody asks for."""
    out: list[Lab | None] = [None] * len(found)
    rows: list[int] = []
    parts: list[Image] = []
    for i in np.flatnonzero(np.isin(found.class_index, SLOTS)).tolist():
        x1, y1, x2, y2 = found.boxes_xyxy_px[i].tolist()
        dx, dy = MIDDLE * (x2 - x1), MIDDLE * (y2 - y1)
        part = image[int(y1 + dy) : int(y2 - dy) + 1, int(x1 + dx) : int(x2 - dx) + 1]
        if part.size:
            step = max(1, int(np.sqrt(part.shape[0] * part.shape[1] / PIXELS)))
            rows.append(i)
            parts.append(part[::step, ::step].reshape(-1, 3))
    if not rows:
        return out
    shares = (_medians(parts) / 255).astype(np.float32)[:, None]
    lab = np.round(cv2.cvtColor(shares, cv2.COLOR_BGR2Lab)[:, 0].astype(np.float64), 1)
    for i, (lightness, a, b) in zip(rows, lab.tolist(), strict=True):
        out[i] = (lightness, a, b)
    return out


def _medians(parts: Sequence[Image]) -> NDArray[np.float64]:
    """Shape (K, 3): each channel's median over each part's pixels (N, 3), all counted at once."""
    sizes = np.array([len(part) for part in parts])[:, None]
    first = np.repeat(256 * np.arange(len(parts)), sizes[:, 0])
    pixels = np.concatenate(parts)
    out = np.empty((len(parts), 3))
    for channel in range(3):
        levels = np.bincount(first + pixels[:, channel], minlength=256 * len(parts))
        so_far = levels.reshape(-1, 256).cumsum(axis=1)
        # of an even number the two in the middle count alike
        low = (so_far > (sizes - 1) // 2).argmax(axis=1)
        out[:, channel] = (low + (so_far > sizes // 2).argmax(axis=1)) / 2
    return out
