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
    wide = np.minimum(a[:, None, 2], b[None, :, 2]) - np.maximum(a[:, None, 0], b[None, :, 0])
    high = np.minimum(a[:, None, 3], b[None, :, 3]) - np.maximum(a[:, None, 1], b[None, :, 1])
    return np.asarray(np.maximum(wide, 0) * np.maximum(high, 0), np.float32)


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


def same_class_pairs(classes: NDArray[np.int16]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs i < j of one class, as two arrays: only these are ever held against each other.

    A hundred boxes of forty classes make some hundred pairs, not ten thousand.
    """
    ranked = np.argsort(classes, kind="stable")
    grouped = classes[ranked]
    end = np.searchsorted(grouped, grouped, side="right")
    place = np.arange(len(grouped))
    partners = end - place - 1
    first = np.repeat(place, partners)
    begins = np.cumsum(partners) - partners
    second = np.arange(len(first)) - np.repeat(begins, partners) + first + 1
    return ranked[first], ranked[second]


def meeting(
    boxes: Boxes, i: NDArray[np.intp], j: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Those of the pairs whose boxes share an area, and that area, px².

    Most boxes of one class lie apart: what does not even share columns is asked no further.
    """
    x1, y1, x2, y2 = np.ascontiguousarray(boxes.T)
    wide = np.minimum(x2[i], x2[j]) - np.maximum(x1[i], x1[j])
    here = np.flatnonzero(wide > 0)
    i, j, wide = i[here], j[here], wide[here]
    high = np.minimum(y2[i], y2[j]) - np.maximum(y1[i], y1[j])
    here = np.flatnonzero(high > 0)
    return i[here], j[here], np.asarray(wide[here] * high[here], np.float32)


def greedy(count: int, winner: NDArray[np.intp], loser: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of ``count`` survive greedy suppression, in order of rank; shape (count,).

    ``winner[k]``, if it survives, strikes ``loser[k]`` out; a winner ranks before its loser.  The
    fixed point of "j survives if no surviving i beats it" is the greedy answer; it is reached in
    as many rounds as the longest chain of beatings, so no loop runs over boxes.
    """
    alive = np.ones(count, np.bool_)
    while True:
        nxt = np.ones(count, np.bool_)
        nxt[loser[alive[winner]]] = False
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
    b, area = boxes[ranked], areas(boxes[ranked])
    i, j, inter = meeting(b, *same_class_pairs(classes[ranked]))
    beats = inter / np.maximum(area[i] + area[j] - inter, 1e-9) > iou_limit
    return ranked[greedy(len(ranked), i[beats], j[beats])]


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
    b, k, area = boxes[ranked], cut[ranked], areas(boxes[ranked])
    i, j, inter = meeting(b, *same_class_pairs(classes[ranked]))
    doubles = inter > iou_limit * (area[i] + area[j] - inter)
    beats = doubles | (k[j] & (inter > part_limit * area[j]))
    kept = ranked[greedy(len(ranked), i[beats], j[beats])]
    return kept[order(boxes[kept], confidence[kept], classes[kept])]
