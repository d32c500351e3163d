"""What speaks for a detection and against it: a change of just its size, a surer name for it.

A detector in a new hall is unsure of much that it sees rightly.  Where a compact change of just
its size lies, something new is there for certain; what it is, is then its best guess.  And of two
names for one thing only the surer accuses: else a flask is a flask and a bottle, two pieces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASSES
from vision.at_rest import changed_share
from vision.nms import iou
from vision.seen import BESIDE, SAME_THING_IOU, Detections

SHARE_OF_THRESHOLD: Final = 0.6
"""Of the confidence that accuses alone, so much does beside a change."""
LEAST: Final = 0.15
FILLED: Final = 0.4
"""The share of its box that must have changed: half of a slanting thing's box is background."""
RING: Final = 0.3
"""So much of the surround at most: a larger change is something else, a shadow or a person."""
WIDER: Final = 1.5
RIVAL_IOU: Final = 0.4
NEVER: Final = frozenset(
    {"person", "chair", "desk", "cabinet", "cable", "power_strip", "stain", "monitor", "pause_sign"}
)
"""What is larger than a compact change, as thin as a line, or would excuse rather than accuse."""


def confirmed(
    found: Detections,
    mask: NDArray[np.uint8],
    scale: float,
    thresholds: Mapping[str, float],
) -> NDArray[np.bool_]:
    """Which of the found (N,) the comparison confirms.

    ``mask``: (h, w) changed pixels of the small copy, people left out; ``scale`` its pixels a
    pixel of the original; ``thresholds``: the confidence by class that accuses alone.
    """
    if not len(found):
        return np.zeros(0, np.bool_)
    wanted = np.array([thresholds.get(name, 2.0) for name in CLASSES])
    wanted[[name in NEVER for name in CLASSES]] = 2.0
    enough = found.confidence >= np.maximum(LEAST, SHARE_OF_THRESHOLD * wanted[found.class_index])
    if not enough.any():
        return np.zeros(len(found), np.bool_)
    boxes = found.boxes_xyxy_px.astype(np.float64)
    inner = changed_share(found.boxes_xyxy_px, mask, scale)
    centre, half = (boxes[:, :2] + boxes[:, 2:]) / 2, (boxes[:, 2:] - boxes[:, :2]) / 2
    around = np.concatenate((centre - WIDER * half, centre + WIDER * half), axis=1)
    outer = changed_share(around.astype(np.float32), mask, scale)
    # both are shares of their own box: what the ring between them holds follows
    ring = np.maximum(0.0, outer * WIDER**2 - inner) / (WIDER**2 - 1)
    # nothing surer lies there: the guess is the best one
    near = iou(found.boxes_xyxy_px, found.boxes_xyxy_px) >= RIVAL_IOU
    surer = found.confidence[None, :] > found.confidence[:, None]
    best = ~(near & surer).any(axis=1)
    return np.asarray(enough & best & (inner >= FILLED) & (ring <= RING))


def outnamed(found: Detections, thresholds: Mapping[str, float]) -> NDArray[np.bool_]:
    """Which of the found (N,) a surer detection of another class, itself sure, names otherwise.

    ``thresholds``: the confidence by class that accuses alone.  Of equally sure ones the first, in
    the detections' own order, stands.
    """
    out = np.zeros(len(found), np.bool_)
    wanted = np.array([2.0 if n in BESIDE else thresholds.get(n, 2.0) for n in CLASSES])
    sure = np.flatnonzero(found.confidence >= wanted[found.class_index])
    if len(sure) < 2:
        return out
    boxes, classes = found.boxes_xyxy_px[sure], found.class_index[sure]
    rivals = (iou(boxes, boxes) >= SAME_THING_IOU) & (classes[:, None] != classes[None, :])
    # detections come ordered by falling confidence: who stands before is the surer
    out[sure] = np.tril(rivals, -1).any(axis=1)
    return out
