"""Boxes against boxes in NumPy: overlap, class-aware suppression, merging of passes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]
"""Shape (N, 4), xyxy in pixels."""


def areas(boxes: Boxes) -> NDArray[np.float32]:
    """Shape (N,): each box's area, px²."""
    sides = np.clip(boxes[:, 2:] - boxes[:, :2], 0, None)
    return np.asarray(sides[:, 0] * sides[:, 1], np.float32)


def intersections(a: Boxes, b: Boxes) -> NDArray[np.float32]:
    """Shape (N, M): the area that each of ``a`` shares with each of ``b``, px²."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    sides = np.clip(high - low, 0, None)
    return np.asarray(sides[..., 0] * sides[..., 1], np.float32)


def iou(a: Boxes, b: Boxes) -> NDArray[np.float32]:
    """Shape (N, M): intersection over union, 0..1."""
    inter = intersections(a, b)
    union = areas(a)[:, None] + areas(b)[None, :] - inter
    return np.asarray(inter / np.maximum(union, 1e-9), np.float32)


def order(
    boxes: Boxes, confidence: NDArray[np.float32], classes: NDArray[np.int16]
) -> NDArray[np.intp]:
    """Indices by falling confidence, ties by class and then by box: never by chance."""
    return np.lexsort((boxes[:, 3], boxes[:, 2], boxes[:, 1], boxes[:, 0], classes, -confidence))


def greedy(beats: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which survive greedy suppression, rows in order of rank; shape (N,).

    ``beats[i, j]``: i, if it survives, strikes j out.  Only pairs i < j count.  The fixed point of
    "j survives if no surviving i beats it" is the greedy answer; it is reached in as many rounds
    as the longest chain of beatings, so no loop runs over boxes.
    """
    wins = np.triu(beats, 1)
    alive = np.ones(len(wins), np.bool_)
    while True:
        nxt = np.asarray(~(wins & alive[:, None]).any(axis=0), np.bool_)
        if np.array_equal(nxt, alive):
            return alive
        alive = nxt


def suppress(
    boxes: Boxes,
    confidence: NDArray[np.float32],
    classes: NDArray[np.int16],
    *,
    iou_limit: float = 0.6,
) -> NDArray[np.intp]:
    """Class-aware NMS: indices of the survivors, in :func:`order`."""
    ranked = order(boxes, confidence, classes)
    b, c = boxes[ranked], classes[ranked]
    beats = (iou(b, b) > iou_limit) & (c[:, None] == c[None, :])
    return ranked[greedy(beats)]


def merge(
    boxes: Boxes,
    confidence: NDArray[np.float32],
    classes: NDArray[np.int16],
    cut: NDArray[np.bool_],
    *,
    iou_limit: float = 0.5,
    part_limit: float = 0.6,
) -> NDArray[np.intp]:
    """One box a thing out of several passes: indices of the survivors, in :func:`order`.

    ``cut``: shape (N,), the box ends at an inner edge of its crop, so it may be part of a thing.
    A whole box strikes out a same-class one that overlaps it by ``iou_limit``, and a cut one of
    which ``part_limit`` lies inside it.  Whole boxes are asked before cut ones.
    """
    ranked = order(boxes, confidence, classes)
    ranked = ranked[np.argsort(cut[ranked], kind="stable")]
    b, c, k = boxes[ranked], classes[ranked], cut[ranked]
    inter = intersections(b, b)
    area = areas(b)
    union = area[:, None] + area[None, :] - inter
    same = c[:, None] == c[None, :]
    doubles = inter > iou_limit * union
    parts = k[None, :] & (inter > part_limit * area[None, :])
    kept = ranked[greedy(same & (doubles | parts))]
    return kept[order(boxes[kept], confidence[kept], classes[kept])]
