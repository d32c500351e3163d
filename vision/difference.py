"""What differs from the clean reference: things that no class covers, stains, missing signs.

Robust to light by looking at ratios, not values: each picture's lightness is divided by its own
neighbourhood's, and each chroma has its neighbourhood's taken off, so that a lamp switched on, the
even inside of a sun patch or another white balance cancel out.  People are left out, not called
clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.geometry import PlaneMap, ZoneRaster
from vision.seen import BoxPx, Difference, Image, Thing

WIDTH_PX: Final = 960
NEIGHBOURHOOD_PX: Final = 91
LIMIT: Final = 14.0
"""A pixel differs from this much on, on a scale near CIELAB's."""
MIN_PIXELS: Final = 24
MAX_REGIONS: Final = 60
CARRIERS: Final = frozenset({"desk", "cabinet"})

CIELAB: Final = (
    np.arange(256)[:, None] * np.array((100 / 255, 1.0, 1.0)) - np.array((0.0, 128.0, 128.0))
).astype(np.float32)[None]
"""(1, 256, 3): OpenCV's 8-bit Lab as L 0..100 and a, b about 0."""

Even = NDArray[np.float32]
"""Shape (h, w, 3): evened lightness and chroma, about 0 where a place looks like its surround."""


@dataclass(frozen=True, slots=True, eq=False)
class Clean:
    """A reference picture, evened once; ``lab``: (h, w, 3) float32 CIELAB of the small copy."""

    even: Even
    lab: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """A frame against its reference.

    ``mask``: (h, w) 0 or 1, the changed pixels of the small copy; ``lab``: (h, w, 3) its CIELAB;
    ``align``: (2, 3) affine that lays the reference onto the frame, in small pixels, or None;
    ``scale``: small pixels a pixel of the original.
    """

    mask: NDArray[np.uint8]
    lab: NDArray[np.float32]
    align: NDArray[np.float64] | None
    scale: float


def small_lab(image: Image) -> NDArray[np.float32]:
    """CIELAB (L 0..100) of a ``WIDTH_PX`` wide, slightly smoothed copy."""
    height, width = image.shape[:2]
    size = (WIDTH_PX, max(8, round(WIDTH_PX * height / width)))
    small = cv2.GaussianBlur(cv2.resize(image, size, interpolation=cv2.INTER_AREA), (0, 0), 1.2)
    return np.asarray(cv2.LUT(cv2.cvtColor(small, cv2.COLOR_BGR2Lab), CIELAB), np.float32)


def even(lab: NDArray[np.float32]) -> Even:
    """Take each place's neighbourhood out of it."""
    box = (NEIGHBOURHOOD_PX, NEIGHBOURHOOD_PX)
    around = np.asarray(cv2.blur(lab, box))
    # one gain for lightness and chroma: a dimmer lamp makes colours paler, too
    gain = 50.0 / np.maximum(cv2.extractChannel(around, 0), 4.0)
    return np.asarray(cv2.multiply(cv2.subtract(lab, around), cv2.merge([gain] * 3)), np.float32)


def clean(reference: Image) -> Clean:
    """Prepare a reference picture."""
    lab = small_lab(reference)
    return Clean(even(lab), lab)


def changed(
    image: Image, reference: Clean, people: Sequence[BoxPx], align: NDArray[np.float64] | None
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Which pixels of the small copy differ, (h, w) 0 or 1, and the small CIELAB copy.

    ``align``: (2, 3) affine that lays the reference onto the frame, in small pixels, or None.
    """
    lab = small_lab(image)
    base = reference.even
    if align is not None:
        base = np.asarray(
            cv2.warpAffine(base, align, base.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
        )
    mask = (_distance(even(lab), base) > LIMIT).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return without(np.asarray(mask, np.uint8), people, WIDTH_PX / image.shape[1]), lab


def without(mask: NDArray[np.uint8], people: Sequence[BoxPx], scale: float) -> NDArray[np.uint8]:
    """A copy of a change mask with people, and a little around them, left out."""
    out = mask.copy()
    for x1, y1, x2, y2 in people:
        dx, dy = 0.06 * (x2 - x1), 0.06 * (y2 - y1)
        left, top = max(0, int((x1 - dx) * scale)), max(0, int((y1 - dy) * scale))
        out[top : int((y2 + dy) * scale) + 1, left : int((x2 + dx) * scale) + 1] = 0
    return out


def regions(
    mask: NDArray[np.uint8],
    lab: NDArray[np.float32],
    reference: Clean,
    zones: dict[str, ZoneRaster],
    planes: dict[str, PlaneMap | None],
    things: Sequence[Thing],
    scale: float,
) -> tuple[Difference, ...]:
    """Changed regions by zone, largest first; ``zones`` drawn on the small copy's grid.

    ``scale``: small pixels a pixel of the original.
    """
    count, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    large = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= MIN_PIXELS]
    large = sorted(large, key=lambda i: (-int(stats[i, cv2.CC_STAT_AREA]), i))[:MAX_REGIONS]
    out: list[Difference] = []
    for i in large:
        x, y, w, h = (int(v) for v in stats[i, :4])
        part = labels[y : y + h, x : x + w] == i
        delta = float(np.median(_delta_e(lab, reference.lab, (x, y, w, h))[part]))
        box = (x / scale, y / scale, (x + w) / scale, (y + h) / scale)
        known = _explained(box, things)
        for zone, drawn in zones.items():
            pixels = _shared(part, (x, y), drawn)
            if pixels < MIN_PIXELS // 2 or drawn.pixels == 0:
                continue
            plane, area = planes.get(zone), None
            if plane is not None:
                worse, better = plane.px_per_cm(
                    (float(centres[i, 0]) / scale, float(centres[i, 1]) / scale)
                )
                area = round(pixels / scale**2 / (worse * better), 1)
            share = round(pixels / drawn.pixels, 4)
            out.append(Difference(zone, box, share, area, round(delta, 1), known))
    return tuple(out)


def _delta_e(
    a: NDArray[np.float32], b: NDArray[np.float32], box: tuple[int, int, int, int]
) -> NDArray[np.float32]:
    """CIE76 distance within a box: enough to say how strongly a region stands out."""
    x, y, w, h = box
    return _distance(a[y : y + h, x : x + w], b[y : y + h, x : x + w])


def _distance(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """Euclidean, over three channels."""
    first, second, third = cv2.split(cv2.subtract(a, b))
    return np.asarray(np.sqrt(first * first + second * second + third * third), np.float32)


def _shared(part: NDArray[np.bool_], corner: tuple[int, int], zone: ZoneRaster) -> int:
    """How many of a region's pixels lie in the zone."""
    x, y = corner
    h, w = part.shape
    zh, zw = zone.mask.shape
    left, top = max(x, zone.x0), max(y, zone.y0)
    right, bottom = min(x + w, zone.x0 + zw), min(y + h, zone.y0 + zh)
    if right <= left or bottom <= top:
        return 0
    mine = part[top - y : bottom - y, left - x : right - x]
    theirs = zone.mask[top - zone.y0 : bottom - zone.y0, left - zone.x0 : right - zone.x0]
    return int(np.count_nonzero(mine & theirs))


def _explained(box: BoxPx, things: Sequence[Thing]) -> str | None:
    """The class of the sure thing that covers most of a region, at least half of it."""
    x1, y1, x2, y2 = box
    area = max(1e-6, (x2 - x1) * (y2 - y1))
    best, name = 0.5, None
    for thing in things:
        if thing.as_clean or thing.cls in CARRIERS:
            continue  # what was there before, or what others stand on, explains no change
        a1, b1, a2, b2 = thing.box_xyxy_px
        shared = max(0.0, min(x2, a2) - max(x1, a1)) * max(0.0, min(y2, b2) - max(y1, b1))
        if thing.sure and shared / area >= best:
            best, name = shared / area, thing.cls
    return name
