"""Detection metrics in NumPy: matching, average precision, pixel bands, bootstrap intervals.

A detection hits a box of its class when their overlap (IoU) reaches the threshold; detections are
matched by falling confidence, each to the free box that it overlaps most.  Average precision is
the mean of the precision envelope at 101 recall points, as COCO defines it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision.seen import Detections

IOUS: Final = np.round(np.arange(0.5, 1.0, 0.05), 2)
BANDS: Final = {
    "<10": (0.0, 10.0),
    "10-16": (10.0, 16.0),
    "16-32": (16.0, 32.0),
    "32-64": (32.0, 64.0),
    ">64": (64.0, np.inf),
}
"""Short side of a labelled box in pixels of the original picture, from (incl.) to (excl.)."""

_RECALL_POINTS: Final = np.linspace(0, 1, 101)


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The labelled boxes of one picture: (N, 4) xyxy px, and our class index (N,)."""

    boxes_xyxy_px: NDArray[np.float32]
    class_index: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """All detections and boxes of one class over a set.

    ``picture`` (D,), ``confidence`` (D,), ``hit`` (D, K) bool at each of the K overlaps that were
    wanted, by default ``IOUS``, ``side_px`` (D,) short side of the box it hit at the first of them
    (IoU 0.5), else of its own; ``truth_picture`` (G,) and
    ``truth_side_px`` (G,) for the labelled boxes.
    """

    picture: NDArray[np.int64]
    confidence: NDArray[np.float64]
    hit: NDArray[np.bool_]
    side_px: NDArray[np.float64]
    truth_picture: NDArray[np.int64]
    truth_side_px: NDArray[np.float64]


def iou_matrix(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float64]:
    """(A, B) overlap of two lists of xyxy boxes."""
    a64, b64 = a.astype(np.float64).reshape(-1, 4), b.astype(np.float64).reshape(-1, 4)
    low = np.maximum(a64[:, None, :2], b64[None, :, :2])
    high = np.minimum(a64[:, None, 2:], b64[None, :, 2:])
    both = np.clip(high - low, 0, None).prod(2)
    area_a = (a64[:, 2:] - a64[:, :2]).prod(1)
    area_b = (b64[:, 2:] - b64[:, :2]).prod(1)
    whole = area_a[:, None] + area_b[None, :] - both
    result: NDArray[np.float64] = both / np.maximum(whole, 1e-12)
    return result


def match_one(
    boxes: NDArray[np.float32], truth: NDArray[np.float32], ious: NDArray[np.float64] = IOUS
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Match one class in one picture; ``boxes`` by falling confidence.

    Gives (D, K) hits at each of ``ious``, and the labelled box hit at the first or -1 (D,).
    """
    hits = np.zeros((len(boxes), len(ious)), bool)
    which = np.full(len(boxes), -1, np.intp)
    if not len(boxes) or not len(truth):
        return hits, which
    overlap = iou_matrix(boxes, truth)
    for k, wanted in enumerate(ious):
        free = np.ones(len(truth), bool)
        for d in np.flatnonzero(overlap.max(1) >= wanted):
            open_overlap = np.where(free, overlap[d], -1.0)
            best = int(open_overlap.argmax())
            if open_overlap[best] >= wanted:
                free[best] = False
                hits[d, k] = True
                if k == 0:
                    which[d] = best
    return hits, which


def claims(
    seen: Sequence[Detections],
    truths: Sequence[Truth],
    cls: int,
    *,
    near: Sequence[int],
    wanted_iou: float,
    hidden: Sequence[Truth] = (),
    least_px: float = 0.0,
) -> Matches:
    """One class as an accusation sees it: is something of the kind there, whatever its outline.

    A detection is right that overlaps a labelled box of ``cls`` or of the classes ``near`` to it
    by ``wanted_iou``; a second one on the same box is no error.  ``hit`` is (D, 1); ``side_px`` is
    the short side of the box that was hit, else the detection's own.

    ``hidden``: per picture what is there but can hardly be seen; a detection of it, and whatever
    has a short side under ``least_px``, neither counts nor costs.
    """
    parts: list[tuple[NDArray[np.float64], ...]] = []
    homes: list[NDArray[np.float64]] = []
    kind = [cls, *near]
    for number, (detections, truth) in enumerate(zip(seen, truths, strict=True)):
        mine = detections.class_index == cls
        boxes = detections.boxes_xyxy_px[mine]
        real = truth.boxes_xyxy_px[np.isin(truth.class_index, kind)]
        overlap = iou_matrix(boxes, real)
        side = short_side(boxes)
        hit = np.zeros(len(boxes), bool)
        if overlap.size:
            hit = overlap.max(1) >= wanted_iou
            side[hit] = short_side(real)[overlap.argmax(1)[hit]]
        counts = side >= least_px
        if hidden:
            unseen = hidden[number]
            there = unseen.boxes_xyxy_px[np.isin(unseen.class_index, kind)]
            if len(there):
                counts &= hit | (iou_matrix(boxes, there).max(1) < wanted_iou)
        sure = detections.confidence[mine].astype(np.float64)
        every = np.full(len(boxes), number, float), sure, side, hit.astype(float)
        parts.append(tuple(column[counts] for column in every))
        own = truth.boxes_xyxy_px[truth.class_index == cls]
        own_side = short_side(own)
        homes.append(
            np.stack([np.full(len(own), number, float), own_side])[:, own_side >= least_px]
        )
    picture, confidence, side, hit = (np.concatenate(c) for c in zip(*parts, strict=True))
    home = np.concatenate(homes, 1)
    return Matches(
        picture.astype(np.int64),
        confidence,
        hit.astype(bool)[:, None],
        side,
        home[0].astype(np.int64),
        home[1],
    )


def match_set(
    seen: Sequence[Detections],
    truths: Sequence[Truth],
    classes: Sequence[int],
    *,
    hidden: Sequence[Truth] = (),
    ious: NDArray[np.float64] = IOUS,
) -> dict[int, Matches]:
    """Match a whole set, one entry per class index of ``classes``.

    ``hidden``: per picture what neither counts nor, where it is found at the first of ``ious``,
    costs.
    """
    result = {}
    for cls in classes:
        parts: list[tuple[NDArray[np.float64], ...]] = []
        hits: list[NDArray[np.bool_]] = []
        homes: list[NDArray[np.float64]] = []
        for number, (detections, truth) in enumerate(zip(seen, truths, strict=True)):
            mine = np.flatnonzero(detections.class_index == cls)
            mine = mine[np.argsort(-detections.confidence[mine], kind="stable")]
            boxes = detections.boxes_xyxy_px[mine]
            real = truth.boxes_xyxy_px[truth.class_index == cls]
            everything = real
            if hidden:
                beside = hidden[number]
                there = beside.boxes_xyxy_px[beside.class_index == cls]
                everything = np.concatenate([real, there])
            hit, which = match_one(boxes, everything, ious)
            counts = which < len(real)
            mine, boxes, hit, which = mine[counts], boxes[counts], hit[counts], which[counts]
            real_side = short_side(real)
            side = short_side(boxes)
            side[which >= 0] = real_side[which[which >= 0]]
            sure = detections.confidence[mine].astype(np.float64)
            parts.append((np.full(len(mine), number, float), sure, side))
            hits.append(hit)
            homes.append(np.stack([np.full(len(real), number, float), real_side]))
        picture, confidence, side = (np.concatenate(column) for column in zip(*parts, strict=True))
        home = np.concatenate(homes, 1)
        result[cls] = Matches(
            picture.astype(np.int64),
            confidence.astype(np.float64),
            np.concatenate(hits),
            side,
            home[0].astype(np.int64),
            home[1],
        )
    return result


def average_precision(
    matches: Matches,
    *,
    weights: NDArray[np.float64] | None = None,
    band: tuple[float, float] | None = None,
) -> NDArray[np.float64]:
    """(K,) average precision at each of the overlaps that were matched; NaN without a labelled box.

    ``weights``: how often each picture counts (a bootstrap draw).  ``band``: only labelled boxes
    of that short side count; a detection that hits none counts by its own short side.
    """
    weight = np.ones(len(matches.picture)) if weights is None else weights[matches.picture]
    truth_weight = (
        np.ones(len(matches.truth_picture)) if weights is None else weights[matches.truth_picture]
    )
    if band is not None:
        weight = weight * ((matches.side_px >= band[0]) & (matches.side_px < band[1]))
        truth_weight = truth_weight * (
            (matches.truth_side_px >= band[0]) & (matches.truth_side_px < band[1])
        )
    total = truth_weight.sum()
    if total == 0:
        return np.full(matches.hit.shape[1], np.nan)
    order = np.argsort(-matches.confidence, kind="stable")
    hit, weight = matches.hit[order], weight[order]
    true = np.cumsum(hit * weight[:, None], 0)
    every = np.cumsum(weight)[:, None]
    recall = true / total
    precision = np.divide(true, every, out=np.zeros_like(true), where=every > 0)
    envelope = np.maximum.accumulate(precision[::-1], 0)[::-1]
    result = np.zeros(hit.shape[1])
    for k in range(len(result)):
        at = np.searchsorted(recall[:, k], _RECALL_POINTS - 1e-12, side="left")
        reached = at < len(recall)
        result[k] = envelope[at[reached], k].sum() / len(_RECALL_POINTS)
    return result


def precision_recall(
    matches: Matches, threshold: float, *, band: tuple[float, float] | None = None
) -> tuple[float, float]:
    """Precision and recall at IoU 0.5 of the detections at or above a threshold; NaN for 0 of 0."""
    sure = matches.confidence >= threshold
    real = np.ones(len(matches.truth_side_px), bool)
    if band is not None:
        sure &= (matches.side_px >= band[0]) & (matches.side_px < band[1])
        real = (matches.truth_side_px >= band[0]) & (matches.truth_side_px < band[1])
    hits = int(matches.hit[sure, 0].sum())
    claimed, there = int(sure.sum()), int(real.sum())
    return hits / claimed if claimed else np.nan, hits / there if there else np.nan


def curve(
    matches: Matches, *, band: tuple[float, float] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Recall, precision and confidence (D,) at IoU 0.5, by falling confidence; empty: no box."""
    inside = np.ones(len(matches.confidence), bool)
    total = len(matches.truth_side_px)
    if band is not None:
        inside = (matches.side_px >= band[0]) & (matches.side_px < band[1])
        sides = matches.truth_side_px
        total = int(((sides >= band[0]) & (sides < band[1])).sum())
    if not total:
        return (np.zeros(0),) * 3
    order = np.argsort(-matches.confidence[inside], kind="stable")
    true = np.cumsum(matches.hit[inside, 0][order])
    place = np.arange(1, len(order) + 1)
    return true / total, true / place, matches.confidence[inside][order]


def bootstrap(
    matches: dict[int, Matches],
    pictures: int,
    *,
    band: tuple[float, float] | None = None,
    draws: int = 300,
    seed: int = 7,
) -> NDArray[np.float64]:
    """(draws,) mean AP50 over the given classes when the pictures are drawn anew each time.

    A class without a labelled box in a draw is left out of that draw's mean.
    """
    rng = np.random.default_rng(seed)
    result = np.empty(draws)
    for i in range(draws):
        weights = np.bincount(rng.integers(0, pictures, pictures), minlength=pictures).astype(float)
        values = np.array(
            [average_precision(m, weights=weights, band=band)[0] for m in matches.values()]
        )
        result[i] = np.nanmean(values) if np.isfinite(values).any() else np.nan
    return result


def short_side(boxes: NDArray[np.float32]) -> NDArray[np.float64]:
    """(N,) px."""
    if not len(boxes):
        return np.zeros(0)
    side: NDArray[np.float64] = (boxes[:, 2:] - boxes[:, :2]).min(1).astype(np.float64)
    return side
