"""Where the detector looks closely: one native crop a desk, or slices of any picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from vision.detector import Crop
from vision.seen import PointNorm, Zone

MARGIN_PX: Final = 24
OVERLAP_PX: Final = 96


def desk_crops(zones: Iterable[Zone], width: int, height: int, tile: int) -> tuple[Crop, ...]:
    """Crops that cover every desk's zones at native resolution, in the order of the desks.

    A desk whose zones fit into a tile gets one; a larger one several that overlap.  The pause sign
    and the citizens' side belong to the desk, but a crop is not stretched over the public side,
    which nobody is accused of.
    """
    desks: dict[str, list[PointNorm]] = {}
    for zone in zones:
        if zone.desk is not None and zone.kind not in ("public_side", "public_sight"):
            desks.setdefault(zone.desk, []).extend(zone.polygon_norm)
    crops: list[Crop] = []
    for points in desks.values():
        xy = np.asarray(points, np.float64) * (width, height)
        x0, y0 = xy.min(axis=0) - MARGIN_PX
        x1, y1 = xy.max(axis=0) + MARGIN_PX
        crops += [
            (x, y, x + min(tile, width), y + min(tile, height))
            for y in _starts(y0, y1, height, tile)
            for x in _starts(x0, x1, width, tile)
        ]
    return tuple(dict.fromkeys(crops))


def slices(width: int, height: int, tile: int) -> tuple[Crop, ...]:
    """Overlapping native slices of a picture larger than the model's input, none of a small one."""
    if max(width, height) <= tile * 1.25:
        return ()
    xs = _starts(0, width, width, tile)
    ys = _starts(0, height, height, tile)
    return tuple((x, y, x + min(tile, width), y + min(tile, height)) for y in ys for x in xs)


def _starts(low: float, high: float, size: int, tile: int) -> Sequence[int]:
    """Where tiles begin along one axis so that they cover low..high and stay in 0..size."""
    tile = min(tile, size)
    low, high = max(0.0, low), min(float(size), high)
    span = high - low
    if span <= tile:
        start = round((low + high - tile) / 2)
        return [min(max(0, start), size - tile)]
    count = int(np.ceil((span - OVERLAP_PX) / (tile - OVERLAP_PX)))
    starts = np.linspace(low, high - tile, count)
    return [min(max(0, int(s)), size - tile) for s in starts]
