"""What differs from the clean reference: things that no class covers, stains, missing signs.

Robust to light by looking at ratios, not values: each picture's lightness is divided by its own
neighbourhood's, and each chroma has its neighbourhood's taken off, so that a lamp switched on, the
even inside of a sun patch or another white balance cancel out.  People are left out, not called
clean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.geometry import PlaneMap, ZoneMask
from vision.scratch import scratch
from vision.seen import BoxPx, Difference, Image, Thing
from vision.shrink import shrunk

WIDTH_PX: Final = 960
NEIGHBOURHOOD_PX: Final = 91
LIMIT: Final = 14.0
"""A pixel differs from this much on, on a scale near CIELAB's."""
MIN_PIXELS: Final = 24
MAX_REGIONS: Final = 60
CARRIERS: Final = frozenset({"desk", "cabinet"})

WEIGHTS: Final = (100 / 255, 1.0, 1.0)
"""What a step of OpenCV's 8-bit Lab is in CIELAB, by channel."""
NEAR_PX: Final = 0.25
"""A reference that lies less than this off everywhere is not moved: its edges would only blur."""

LabBytes = NDArray[np.uint8]
"""Shape (h, w, 3): OpenCV's 8-bit Lab of a small copy."""
Even = NDArray[np.float32]
"""Shape (h, w, 3): evened lightness and chroma, about 0 where a place looks like its surround."""


@dataclass(frozen=True, slots=True, eq=False)
class Clean:
    """A reference picture, evened once, and its small copy's colours."""

    even: Even
    lab: LabBytes


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """A frame against its reference.

    ``mask``: (h, w) 0 or 1, the changed pixels of the small copy; ``lab``: its colours;
    ``align``: (2, 3) affine that lays the reference onto the frame, in small pixels, or None;
    ``scale``: small pixels a pixel of the original.  ``light``: (h, w) evened lightness, frame less
    reference, and ``clean``: the reference's; both lent until the same thread's next comparison.
    """

    mask: NDArray[np.uint8]
    lab: LabBytes
    align: NDArray[np.float64] | None
    scale: float
    light: NDArray[np.float32]
    clean: NDArray[np.float32]


def small_lab(image: Image) -> LabBytes:
    """The colours of a ``WIDTH_PX`` wide, slightly smoothed copy."""
    height, width = image.shape[:2]
    size = (WIDTH_PX, max(8, round(WIDTH_PX * height / width)))
    small = cv2.GaussianBlur(shrunk(image, size), (0, 0), 1.2)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2Lab), np.uint8)


def _evened(lab: LabBytes) -> Iterator[NDArray[np.float32]]:
    """Channel by channel without its neighbourhood; each (h, w) is lent until the next."""
    shape = lab.shape[:2]
    gain, around, out = (scratch(f"evened {use}", shape) for use in ("gain", "around", "out"))
    plane = scratch("evened plane", shape, np.uint8)
    for channel, weight in enumerate(WEIGHTS):
        cv2.extractChannel(lab, channel, dst=plane)
        cv2.boxFilter(plane, cv2.CV_32F, (NEIGHBOURHOOD_PX, NEIGHBOURHOOD_PX), dst=around)
        if channel == 0:
            # one gain for lightness and chroma: a dimmer lamp makes colours paler, too
            np.maximum(around, 4.0 / WEIGHTS[0], out=gain)
            cv2.divide(50.0 / WEIGHTS[0], gain, dst=gain)
        cv2.subtract(plane, around, dst=out, dtype=cv2.CV_32F)
        yield np.asarray(cv2.multiply(out, gain, dst=out, scale=weight), np.float32)


def clean(reference: Image) -> Clean:
    """Prepare a reference picture."""
    lab = small_lab(reference)
    return Clean(np.stack([plane.copy() for plane in _evened(lab)], axis=2), lab)


def changed(
    image: Image, reference: Clean, people: Sequence[BoxPx], align: NDArray[np.float64] | None
) -> tuple[NDArray[np.uint8], LabBytes]:
    """Which pixels of the small copy differ, (h, w) 0 or 1, and the small copy's colours.

    ``image`` may be a smaller copy already, ``people`` are in its pixels.  ``align``: (2, 3) affine
    that lays the reference onto the frame, in small pixels, or None.
    """
    changes = compared(image, reference, align, WIDTH_PX / image.shape[1])
    return without(changes.mask, people, changes.scale), changes.lab


def compared(
    image: Image, reference: Clean, align: NDArray[np.float64] | None, scale: float
) -> Changes:
    """A frame, or a smaller copy of it, against its reference, people's changes included."""
    lab = small_lab(image)
    height, width = lab.shape[:2]
    base: Even = reference.even
    if align is not None and not _nearly_still(align, width, height):
        base = scratch("base moved", base.shape)
        cv2.warpAffine(
            reference.even, align, (width, height), dst=base, borderMode=cv2.BORDER_REPLICATE
        )
    apart, beside = scratch("apart", (height, width)), scratch("beside", (height, width))
    light, own = scratch("light", (height, width)), scratch("own light", (height, width))
    apart.fill(0.0)
    for channel, plane in enumerate(_evened(lab)):
        theirs, less = (own, light) if channel == 0 else (beside, beside)
        cv2.extractChannel(base, channel, dst=theirs)
        cv2.accumulateSquare(cv2.subtract(plane, theirs, dst=less), apart)
    mask = cv2.compare(apart, LIMIT**2, cv2.CMP_GT)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    mask = cv2.min(mask, 1.0)
    return Changes(np.asarray(mask, np.uint8), lab, align, scale, light, own)


def _nearly_still(align: NDArray[np.float64], width: int, height: int) -> bool:
    """Whether no corner of the small copy moves by as much as ``NEAR_PX``."""
    corners = np.array([(0, 0), (width, 0), (0, height), (width, height)], np.float64)
    apart = corners @ align[:, :2].T + align[:, 2] - corners
    return bool(np.abs(apart).max() < NEAR_PX)


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
    lab: LabBytes,
    reference: Clean,
    zones: Mapping[str, ZoneMask],
    planes: dict[str, PlaneMap | None],
    things: Sequence[Thing],
    scale: float,
    left: Sequence[tuple[BoxPx, str]] = (),
) -> tuple[Difference, ...]:
    """Changed regions by zone, largest first; ``zones`` drawn on the small copy's grid.

    ``mask`` as :func:`changed` gives it: without single pixels, so that 16 bits, which cost a third
    of what 32 do, can number its regions.  ``scale``: small pixels a pixel of the original.
    ``left``: box and class of what stood in the clean picture and is no longer there.
    """
    count, labels, stats, centres = cv2.connectedComponentsWithStats(
        mask, connectivity=8, ltype=cv2.CV_16U
    )
    large = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= MIN_PIXELS]
    large = sorted(large, key=lambda i: (-int(stats[i, cv2.CC_STAT_AREA]), i))[:MAX_REGIONS]
    out: list[Difference] = []
    explaining = [
        (thing.box_xyxy_px, thing.cls)
        for thing in things
        # what was there before, what others stand on or what is a guess explains no change
        if thing.sure and not (thing.as_clean or thing.seconded) and thing.cls not in CARRIERS
    ]
    drawn_zones = [(zone, drawn) for zone, drawn in zones.items() if drawn.pixels]
    near = _meet(stats[large, :4], [drawn for _, drawn in drawn_zones])
    for i, meets in zip(large, near, strict=True):
        x, y, w, h = (int(v) for v in stats[i, :4])
        part = labels[y : y + h, x : x + w] == i
        here = slice(y, y + h), slice(x, x + w)
        delta = float(np.median(_delta_e(lab[here][part], reference.lab[here][part])))
        box = (x / scale, y / scale, (x + w) / scale, (y + h) / scale)
        known = _explained(box, explaining)
        gone = _explained(box, left)
        for zone, drawn in (drawn_zones[j] for j in np.flatnonzero(meets).tolist()):
            pixels = _shared(part, (x, y), drawn)
            if pixels < MIN_PIXELS // 2:
                continue
            plane, area = planes.get(zone), None
            if plane is not None:
                worse, better = plane.px_per_cm(
                    (float(centres[i, 0]) / scale, float(centres[i, 1]) / scale)
                )
                area = round(pixels / scale**2 / (worse * better), 1)
            share = round(pixels / drawn.pixels, 4)
            out.append(Difference(zone, box, share, area, round(delta, 1), known, gone))
    return tuple(out)


def _delta_e(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> NDArray[np.float32]:
    """CIE76 distances (N,) of 8-bit Lab colours (N, 3): how strongly a region stands out."""
    apart = (a.astype(np.float32) - b) * np.array(WEIGHTS, np.float32)
    return np.asarray(np.sqrt((apart * apart).sum(axis=1)), np.float32)


def _meet(regions: NDArray[np.int32], zones: Sequence[ZoneMask]) -> NDArray[np.bool_]:
    """Shape (N, zones): whose boxes (N, 4), x, y, width, height, touch which zones' own."""
    x, y, w, h = regions.T[:, :, None]
    sides = np.array([(z.x0, z.y0, *z.mask.shape[::-1]) for z in zones], np.int64).reshape(-1, 4)
    left, top, wide, high = sides.T
    across = (x < left + wide) & (left < x + w)
    return np.asarray(across & (y < top + high) & (top < y + h))


def _shared(part: NDArray[np.bool_], corner: tuple[int, int], zone: ZoneMask) -> int:
    """How many of a region's pixels lie in a zone whose box it touches."""
    x, y = corner
    h, w = part.shape
    zh, zw = zone.mask.shape
    left, top = max(x, zone.x0), max(y, zone.y0)
    right, bottom = min(x + w, zone.x0 + zw), min(y + h, zone.y0 + zh)
    mine = part[top - y : bottom - y, left - x : right - x]
    theirs = zone.mask[top - zone.y0 : bottom - zone.y0, left - zone.x0 : right - zone.x0]
    return int(np.count_nonzero(mine & theirs))


def _explained(box: BoxPx, things: Sequence[tuple[BoxPx, str]]) -> str | None:
    """The class of the thing that covers most of a region, at least half of it."""
    x1, y1, x2, y2 = box
    area = max(1e-6, (x2 - x1) * (y2 - y1))
    best, name = 0.5, None
    for (a1, b1, a2, b2), cls in things:
        shared = max(0.0, min(x2, a2) - max(x1, a1)) * max(0.0, min(y2, b2) - max(y1, b1))
        if shared / area >= best:
            best, name = shared / area, cls
    return name
