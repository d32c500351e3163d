"""Evidence pictures: people masked first, then cut, shrunk and encoded; boxes stay data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np

from vision.seen import BoxPx, Image, StoreError

Masker: TypeAlias = Callable[[Image, Sequence[BoxPx]], Image]
"""(image, people's boxes xyxy px) -> a copy in which they can't be known again."""

CROP_MARGIN: Final = 0.6
"""Room round the boxes, as a share of their joint size, so that one sees where a thing lies."""
CROP_MIN_PX: Final = (480, 360)


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded masked picture.

    ``offset_px``: where its top left corner lies in the original; ``scale`` its pixels per
    original pixel.
    """

    jpeg: bytes
    width: int
    height: int
    offset_px: tuple[int, int] = (0, 0)
    scale: float = 1.0


def mask_people(image: Image, people: Sequence[BoxPx]) -> Image:
    """The product's masker."""
    from vision.mask import mask_people as mask

    return mask(image, people)


def whole(masked: Image, *, quality: int) -> Picture:
    """The whole masked frame at full resolution."""
    height, width = masked.shape[:2]
    return Picture(_jpeg(masked, quality), width, height)


def thumb(masked: Image, *, longest_px: int, quality: int = 80) -> Picture:
    """The masked frame shrunk for lists."""
    height, width = masked.shape[:2]
    scale = min(1.0, longest_px / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(masked, size, interpolation=cv2.INTER_AREA) if scale < 1 else masked
    return Picture(_jpeg(small, quality), size[0], size[1], scale=scale)


def crop(masked: Image, boxes: Iterable[BoxPx], *, quality: int) -> Picture:
    """The part of the masked frame round the boxes, at full resolution; all of it without boxes."""
    height, width = masked.shape[:2]
    x1, y1, x2, y2 = crop_region(boxes, width, height)
    part = np.ascontiguousarray(masked[y1:y2, x1:x2])
    return Picture(_jpeg(part, quality), x2 - x1, y2 - y1, offset_px=(x1, y1))


def part(masked: Image, region: BoxPx, *, quality: int) -> Picture:
    """Exactly this region of a masked picture, at least one pixel of it."""
    height, width = masked.shape[:2]
    x1, y1 = min(max(0, round(region[0])), width - 1), min(max(0, round(region[1])), height - 1)
    x2, y2 = min(max(round(region[2]), x1 + 1), width), min(max(round(region[3]), y1 + 1), height)
    cut = np.ascontiguousarray(masked[y1:y2, x1:x2])
    return Picture(_jpeg(cut, quality), x2 - x1, y2 - y1, offset_px=(x1, y1))


def crop_region(boxes: Iterable[BoxPx], width: int, height: int) -> tuple[int, int, int, int]:
    """Integer xyxy round all boxes with room, at least ``CROP_MIN_PX``, inside the picture."""
    rows = np.array(list(boxes), np.float64).reshape(-1, 4)
    if not len(rows):
        return (0, 0, width, height)
    left, top = rows[:, 0].min(), rows[:, 1].min()
    right, bottom = rows[:, 2].max(), rows[:, 3].max()
    x1, x2 = _span(left, right, CROP_MIN_PX[0], width)
    y1, y2 = _span(top, bottom, CROP_MIN_PX[1], height)
    return (x1, y1, x2, y2)


def _span(low: float, high: float, least: int, limit: int) -> tuple[int, int]:
    wanted = min(limit, max(least, int(np.ceil((high - low) * (1 + 2 * CROP_MARGIN)))))
    start = int(np.floor((low + high - wanted) / 2))
    start = min(max(start, 0), limit - wanted)
    return start, start + wanted


def _jpeg(image: Image, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise StoreError(f"A picture of {image.shape[1]}×{image.shape[0]} can't be encoded.")
    return data.tobytes()
