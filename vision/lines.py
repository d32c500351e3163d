"""New lines on a floor: what is thin, long and not in the clean picture, a cable first of all.

A cable of two pixels' width is lost to a detector that looks at things, and to a comparison that
leaves out what is as thin as noise.  But noise makes no lines: where thin changed pixels run on for
tens of centimetres, something lies there.  Of a place's own noise it must stand out many times, and
more than the clean picture's own edges, which a trembling camera moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.cables import line_shares
from vision.geometry import PlaneMap, ZoneMask
from vision.seen import BoxPx, CableTrace

Lightness = NDArray[np.float32]
"""Shape (h, w): evened L*, small pixels."""

DISC: Final = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
"""What is wider than this is no line."""
CROSS: Final = np.ones((3, 3), np.uint8)
STEP: Final = 8.0
"""Eight steps of an 8-bit picture to one of L*: morphology on bytes costs a tenth."""
CORE: Final = 4.0
CORE_NOISE: Final = 8.0
BODY: Final = 2.2
BODY_NOISE: Final = 4.5
"""A line needs pixels of a core's contrast (L*, and times the noise), and runs on over its body."""
EDGE_FROM: Final = 2.0
EDGE_PART: Final = 0.8
"""From this contrast (L*) of the clean picture on, so much of it is taken off: edges tremble."""
MIN_CORE: Final = 6
MIN_EXTENT_PX: Final = 14
MAX_WIDTH_PX: Final = 4.8
MAX_LINES: Final = 12
AROUND: Final = 0.06


def new_lines(
    change: Lightness,
    clean: Lightness,
    people: Sequence[BoxPx],
    floors: Mapping[str, ZoneMask],
    plane: PlaneMap | None,
    scale: float,
) -> tuple[CableTrace, ...]:
    """Lines in the floor zones that the clean picture lacks, longest first.

    ``change``: frame less clean picture, ``clean``: the clean picture as it lies in the frame;
    ``floors``: zones drawn on the small copy's grid; ``scale``: small pixels a pixel of the
    original.  Boxes come in pixels of the original; what people (xyxy, original pixels) cover, and
    a little around them, is left out.
    """
    drawn = [z for z in floors.values() if z.pixels]
    if not drawn:
        return ()
    height, width = change.shape
    x1, y1 = max(0, min(z.x0 for z in drawn)), max(0, min(z.y0 for z in drawn))
    x2 = min(width, max(z.x0 + z.mask.shape[1] for z in drawn))
    y2 = min(height, max(z.y0 + z.mask.shape[0] for z in drawn))
    if x2 - x1 < MIN_EXTENT_PX or y2 - y1 < MIN_EXTENT_PX:
        return ()
    floor = np.zeros((y2 - y1, x2 - x1), np.bool_)
    for z in drawn:
        part = z.mask[: y2 - z.y0, : x2 - z.x0]
        floor[z.y0 - y1 : z.y0 - y1 + part.shape[0], z.x0 - x1 : z.x0 - x1 + part.shape[1]] |= part
    bytes_ = cv2.convertScaleAbs(change[y1:y2, x1:x2], alpha=STEP, beta=128)
    # every ninth pixel tells the noise as well as all do
    some = change[y1:y2:3, x1:x2:3][floor[::3, ::3]]
    noise = 1.5 * float(np.median(np.abs(some))) if some.size else 0.0
    thin = cv2.max(
        cv2.morphologyEx(bytes_, cv2.MORPH_BLACKHAT, DISC),
        cv2.morphologyEx(bytes_, cv2.MORPH_TOPHAT, DISC),
    )
    strong = STEP * max(CORE, CORE_NOISE * noise)
    if float(thin.max()) <= strong:
        return ()
    own = cv2.convertScaleAbs(clean[y1:y2, x1:x2], alpha=2.0, beta=128)
    edges = cv2.morphologyEx(own, cv2.MORPH_GRADIENT, CROSS)
    edges = cv2.subtract(edges, 2.0 * EDGE_FROM)
    thin = cv2.subtract(thin, cv2.convertScaleAbs(edges, alpha=EDGE_PART * STEP / 2))
    body = cv2.compare(thin, STEP * max(BODY, BODY_NOISE * noise), cv2.CMP_GT)
    body[~cv2.dilate(floor.astype(np.uint8), CROSS).astype(bool)] = 0
    for a, b, c, d in people:
        dx, dy = AROUND * (c - a), AROUND * (d - b)
        left, top = max(0, int((a - dx) * scale) - x1), max(0, int((b - dy) * scale) - y1)
        right, bottom = int((c + dx) * scale) + 1 - x1, int((d + dy) * scale) + 1 - y1
        body[top : max(top, bottom), left : max(left, right)] = 0
    core = thin > strong
    joined = cv2.morphologyEx(body, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        joined, connectivity=8, ltype=cv2.CV_32S
    )
    cores = np.bincount(labels[core & (body > 0)], minlength=count)
    out = []
    for i in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[i])
        extent = float(np.hypot(w, h))
        if cores[i] < MIN_CORE or extent < MIN_EXTENT_PX or area > MAX_WIDTH_PX * extent * 1.5:
            continue
        line = labels[y : y + h, x : x + w] == i
        rim = cv2.distanceTransform(line.astype(np.uint8), cv2.DIST_L2, 3)
        if 4.0 * float(rim[line].mean()) - 1.0 > MAX_WIDTH_PX:
            continue
        shares = line_shares(line.astype(np.uint8), (x + x1, y + y1), floors)
        if shares:
            box = tuple(v / scale for v in (x + x1, y + y1, x + x1 + w, y + y1 + h))
            out.append(_line(line, box, shares, plane, scale, (x + x1, y + y1)))
    return tuple(sorted(out, key=lambda t: (-t.length_px, t.box_xyxy_px))[:MAX_LINES])


def _line(
    line: NDArray[np.bool_],
    box: tuple[float, ...],
    shares: dict[str, float],
    plane: PlaneMap | None,
    scale: float,
    corner: tuple[int, int],
) -> CableTrace:
    """The trace of one line: at least as long as its ends are apart."""
    ys, xs = np.nonzero(line)
    points = np.column_stack((xs + corner[0], ys + corner[1])).astype(np.float64) / scale
    # the ends: furthest apart along the direction in which it runs
    along = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)[2][0]
    at = points @ along
    ends = points[[int(at.argmin()), int(at.argmax())]]
    length_cm = None
    if plane is not None:
        first, last = plane.cm(ends)
        length_cm = round(float(np.hypot(*(last - first))), 1)
    x1, y1, x2, y2 = box
    return CableTrace(
        box_xyxy_px=(x1, y1, x2, y2),
        length_px=round(float(np.hypot(*(ends[1] - ends[0]))), 1),
        length_cm=length_cm,
        floor_share=shares,
        branches=1,
    )
