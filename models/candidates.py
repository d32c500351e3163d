"""What a detector proposes in training windows, cut out, named and measured: the second stage's
lessons.

Needs no torch.  Windows are drawn as training draws them (``models/batches.py``), a
detector looks at each, and every box that it proposes is held against the labels; labelled boxes,
a little shifted, come beside them.  What the picture's labels do not speak of is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, SLOTS
from models.batches import Drawn, Pool, draw_picture, plan_epoch
from models.closer import NOTHING, SIDE, regions, shapes
from models.metrics import iou_matrix
from models.recipe import Recipe
from vision.detector import Detector
from vision.model_file import ModelFile
from vision.nms import suppress
from vision.seen import Image

GROW: Final = 1.25
"""Crops are kept so much larger, so that training can shift and zoom within."""
KEPT_PX: Final = round(SIDE * GROW)
FLOOR: Final = 0.01
"""Down to here a proposal is taken: what is wrong and hardly believed teaches too."""
MOST: Final = 60
"""Proposals of one window, the surest."""
SAME_IOU: Final = 0.7
"""Boxes that overlap by more are one candidate, whatever their class."""
HIT_IOU: Final = 0.45
"""From here a candidate is the labelled thing: a little less than a hit is counted from, for its
edges are going to be mended."""
MISS_IOU: Final = 0.35
"""A candidate that overlaps a labelled box by less is none of it; what lies between is left out."""
EDGES_IOU: Final = 0.2
"""From here a candidate teaches where the edges of what it overlaps lie."""
SHIFT: Final = 0.06
"""Labelled boxes' edges are shifted by so much of their sides (standard deviation)."""
LEAST_PX: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """``crops``: (N, KEPT_PX, KEPT_PX, 3) uint8 RGB, regions grown by GROW.  ``labels``: (N,) class
    index, or NOTHING.  ``shapes``: (N, 2), see ``closer.shapes``.  ``edges``: (N, 4) where the
    thing lies, xyxy, -1..1 from end to end of the region (not grown); NaN where there is none.
    """

    crops: NDArray[np.uint8]
    labels: NDArray[np.int64]
    shapes: NDArray[np.float32]
    edges: NDArray[np.float32]


def gather(pools: list[Pool], recipe: Recipe, proposer: ModelFile, epoch: int) -> Candidates:
    """The candidates of the recipe's ``pictures_per_epoch`` windows of one epoch."""
    detector = Detector.load(replace(proposer, floor=FLOOR), threads=1)
    parts: list[tuple[NDArray[Any], ...]] = []
    for place, (i, j) in enumerate(plan_epoch(pools, recipe, epoch)):
        rng = np.random.default_rng([recipe.seed, epoch, 3, place])
        drawn = draw_picture(pools[i], pools[i].set.samples[j], rng, recipe)
        boxes, labels, things = named(drawn, detector, rng)
        if len(boxes):
            crops = np.stack([cut(drawn.image, r) for r in regions(boxes, GROW)])
            parts.append((crops, labels, shapes(boxes), within(things, regions(boxes))))
    return Candidates(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def named(
    drawn: Drawn, detector: Detector, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]:
    """The candidates of one window, (N, 4) xyxy px, what each is, (N,), and the box of the thing
    that it lies on, (N, 4) xyxy px, NaN where on none.
    """
    size = drawn.image.shape[0]
    centre, half = drawn.boxes_norm[:, :2] * size, drawn.boxes_norm[:, 2:] * size / 2
    truth = np.concatenate([centre - half, centre + half], 1)
    what = np.array([_class(s) for s in drawn.slots], np.int64)
    what[drawn.background] = NOTHING
    counted = {CLASS_INDEX[n] for n, c in zip(SLOTS, drawn.counts, strict=True) if c and n}
    seen = detector.detect(drawn.image, whole_px=size)
    keep = apart(seen.boxes_xyxy_px, seen.confidence)
    proposed, claimed = seen.boxes_xyxy_px[keep], seen.class_index[keep].astype(np.int64)
    sides = np.tile(truth[:, 2:] - truth[:, :2], 2)
    shifted = truth + rng.normal(0.0, SHIFT, truth.shape) * sides
    boxes = np.concatenate([proposed, shifted]).astype(np.float32)
    claims = np.concatenate([claimed, what])
    overlap = iou_matrix(boxes, truth) if len(truth) else np.zeros((len(boxes), 1))
    if not len(truth):
        what = np.array([NOTHING])
    nearest, most = what[overlap.argmax(1)], overlap.max(1)
    # where things overlap, a proposal is right if any of them is what it says
    right = ((overlap >= HIT_IOU) & (what[None] == claims[:, None])).any(1)
    labels = np.where(right, claims, np.where(most >= HIT_IOU, nearest, NOTHING))
    spoken = np.isin(claims, list(counted))  # "no box" says something of that class here
    large = (boxes[:, 2:] - boxes[:, :2]).min(1) >= LEAST_PX
    sure = (most >= HIT_IOU) | ((most < MISS_IOU) & spoken)
    chosen = sure & large
    # of several things that a box lies on, the one that it is named for
    alike = np.where(what[None] == labels[:, None], overlap, overlap - 1)
    on = alike.argmax(1)
    touched = np.take_along_axis(overlap, on[:, None], 1) >= EDGES_IOU
    things = np.where(touched, truth[on] if len(truth) else np.nan, np.nan).astype(np.float32)
    return boxes[chosen], labels[chosen], things[chosen]


def within(boxes: NDArray[np.float32], regions: NDArray[np.float32]) -> NDArray[np.float32]:
    """Boxes (N, 4) xyxy in regions (N, 4) xyxy: -1..1 from end to end of each."""
    low, high = np.tile(regions[:, :2], 2), np.tile(regions[:, 2:], 2)
    return np.asarray(2 * (boxes - low) / (high - low) - 1, np.float32)


def _class(slot: np.int64) -> int:
    name = SLOTS[int(slot)]
    return NOTHING if name is None else CLASS_INDEX[name]


def apart(
    boxes: NDArray[np.float32], confidence: NDArray[np.float32], most: int = MOST
) -> NDArray[np.intp]:
    """Of boxes that overlap by more than SAME_IOU the surest; ``most`` at most, surest first."""
    one = np.zeros(len(boxes), np.int16)
    return suppress(boxes, confidence, one, iou_limit=SAME_IOU)[:most]


def cut(image: Image, region: NDArray[np.float32], side: int = KEPT_PX) -> NDArray[np.uint8]:
    """A region (4,) xyxy px of a BGR picture as RGB (side, side, 3); black outside of the picture.

    Shrunk by area, grown linearly: what ONNX's RoiAlign does with the mean of its samples.
    """
    x0, y0, x1, y1 = (float(v) for v in region)
    left, top = int(np.floor(x0)), int(np.floor(y0))
    right, bottom = int(np.ceil(x1)), int(np.ceil(y1))
    height, width = image.shape[:2]
    part = image[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    if not part.size:
        return np.zeros((side, side, 3), np.uint8)
    beside = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    if any(beside):
        part = cv2.copyMakeBorder(part, *beside, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    along = np.array([side / (x1 - x0), side / (y1 - y0)])
    shrink = np.minimum(along, 1.0)
    if (shrink < 1).any():
        small = np.maximum(np.round(np.array(part.shape[1::-1]) * shrink), 1).astype(int)
        shrink = small / np.array(part.shape[1::-1])
        part = cv2.resize(part, tuple(int(v) for v in small), interpolation=cv2.INTER_AREA)
    grow = along / shrink
    # corner to corner: a pixel's centre lies half a pixel from its corner
    offset = np.array([left - x0, top - y0]) * along + 0.5 * grow - 0.5
    matrix = np.array([[grow[0], 0, offset[0]], [0, grow[1], offset[1]]])
    squeezed = cv2.warpAffine(
        part, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.ascontiguousarray(squeezed[:, :, ::-1])


def balanced(candidates: Candidates, nothing: float) -> NDArray[np.float64]:
    """(N,) each candidate's chance to be drawn: rare classes oftener, ``nothing`` of it for what is
    none of ours.
    """
    counts = np.bincount(candidates.labels, minlength=NOTHING + 1).astype(np.float64)
    weights = counts[candidates.labels] ** -0.6
    none = candidates.labels == NOTHING
    if none.any() and not none.all():
        weights[none] *= nothing / weights[none].sum()
        weights[~none] *= (1 - nothing) / weights[~none].sum()
    return np.asarray(weights / weights.sum())


def draws(chances: NDArray[np.float64], batch: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Batches of indices without end, by the chances."""
    rng = np.random.default_rng(seed)
    edges = np.cumsum(chances)
    while True:
        yield np.minimum(np.searchsorted(edges, rng.random(batch)), len(edges) - 1)
