"""What a rendered set says beyond its boxes: what shows how well, what is hidden, where is nothing.

The renderer writes beside each picture what it left out of the labels because it hardly shows, and
a map of all instances, the hard negatives among them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.samples import LabelledSet, Sample
from models.metrics import Truth, iou_matrix
from vision.seen import DatasetError, Detections

SHOWS: Final = 0.5
"""The share of a thing that must show before a low confidence in it says something of the model."""
CLEAN_PX: Final = 224
"""A window is a desk's: a desk is 260 to 600 px wide in these pictures."""
CLEAN_WINDOWS: Final = 2
"""At most so many of one picture, that do not overlap."""
GRID_PX: Final = 16
"""Windows begin and end on such a grid."""
NEGATIVE_AREA_PX: Final = (40, 12_000)
"""An instance without a class and of such an area is a hard negative or a prop, no wall or tower.
"""
NEAR_PX: Final = 9
"""Side of the window in which a thing is compared with what is round it."""
ALIKE: Final = frozenset(
    {
        "calculator", "mouse", "telephone", "stamp", "inkpad", "rating_device", "person", "chair",
        "cushion", "keyboard", "name_plate",
    }
)  # fmt: skip
"""Classes that a model may take for a scored one: hard negatives that have a name."""


@dataclass(frozen=True, slots=True)
class CleanWindow:
    """A part of a picture that holds nothing scored.

    ``box_xyxy_px``; ``hard``: what in it may be taken for a scored thing, by class, or
    ``negative`` for what has none.
    """

    picture: int
    box_xyxy_px: tuple[int, int, int, int]
    hard: tuple[str, ...]


def described(hall: LabelledSet, sample: Sample) -> dict[str, Any]:
    """What the renderer wrote of one picture."""
    path = hall.root / "meta" / f"{sample.image.stem}.json"
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DatasetError(
            f"{path}: there is no such file; wanted a set of datasets/render."
        ) from None
    return content


def well_seen(hall: LabelledSet) -> list[Truth]:
    """The labelled boxes of those things of which at least half shows."""
    rows = (described(hall, s)["labels"] for s in hall.samples)
    return [_truth([b for b in labels if b["visible"] >= SHOWS]) for labels in rows]


def hidden_things(hall: LabelledSet) -> list[Truth]:
    """What is there but too hidden, too small or too dark to be labelled."""
    return [_truth(described(hall, s)["ignore"]) for s in hall.samples]


def clean_windows(hall: LabelledSet, scored: Collection[str]) -> list[CleanWindow]:
    """The largest windows of a set's pictures in which nothing of the scored classes lies."""
    found: list[CleanWindow] = []
    for number, sample in enumerate(hall.samples):
        about = described(hall, sample)
        width, height = about["size_px"]
        things = [*about["labels"], *about["ignore"]]
        taken = np.zeros((-(-height // GRID_PX), -(-width // GRID_PX)), bool)
        for thing in things:
            if thing["cls"] in scored:
                _take(taken, thing["box_xyxy_px"])
        loose = _loose(hall, sample, {int(t["id"]) for t in things})
        for _ in range(CLEAN_WINDOWS):
            cells = largest_empty(taken, -(-CLEAN_PX // GRID_PX))
            if cells is None:
                break
            x0, y0, x1, y1 = (int(c) * GRID_PX for c in cells)
            window = (x0, y0, min(x1, width), min(y1, height))
            _take(taken, window)
            named = [t["cls"] for t in things if t["cls"] in ALIKE and _in(t, window)]
            hard = named + ["negative" for t in loose if _in(t, window)]
            found.append(CleanWindow(number, window, tuple(sorted(hard))))
    return found


def contrast(lab: NDArray[np.float32], mask: NDArray[np.bool_]) -> float:
    """How clearly a thing stands out from what is round it: a difference in CIELAB (CIE 1976).

    ``lab`` (H, W, 3) CIELAB, L 0..100; ``mask`` (H, W) where the thing shows.  Means of both
    within ``NEAR_PX``, so that noise goes out, compared at each of its pixels; a quarter of them
    differ by more than this.  0.0 where too little shows to say.
    """
    thing = mask.astype(np.uint8)
    ring = cv2.dilate(thing, np.ones((NEAR_PX, NEAR_PX), np.uint8)) & ~cv2.dilate(
        thing, np.ones((3, 3), np.uint8)
    )
    own, own_px = _mean_near(lab, thing)
    other, other_px = _mean_near(lab, ring)
    told = mask & (own_px >= 2) & (other_px >= 6)
    if not told.any():
        return 0.0
    return float(np.percentile(np.linalg.norm(own[told] - other[told], axis=1), 75))


def contrasts(hall: LabelledSet, sample: Sample) -> list[float]:
    """The contrast of each labelled thing of a picture, in the order of ``described``."""
    picture = cv2.imread(str(sample.image))
    ids = cv2.imread(str(_id_map(hall, sample)), cv2.IMREAD_UNCHANGED)
    if picture is None or ids is None:
        missing = sample.image if picture is None else _id_map(hall, sample)
        raise DatasetError(f"{missing}: there is no such picture; wanted a set of datasets/render.")
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_BGR2LAB).astype(np.float32)
    out = []
    for thing in described(hall, sample)["labels"]:
        x0, y0, x1, y1 = (int(v) for v in thing["box_xyxy_px"])
        part = np.s_[max(0, y0 - NEAR_PX) : y1 + NEAR_PX, max(0, x0 - NEAR_PX) : x1 + NEAR_PX]
        out.append(contrast(lab[part], ids[part] == thing["id"]))
    return out


def claims_in(
    windows: Sequence[CleanWindow], seen: Sequence[Detections], scored: Collection[str]
) -> list[tuple[str, float, int]]:
    """What a model claims in clean windows: (class name, confidence, index of the window).

    A detection is a window's when at least half of it lies in there.
    """
    wanted = [CLASS_INDEX[name] for name in sorted(scored)]
    out: list[tuple[str, float, int]] = []
    for index, window in enumerate(windows):
        found = seen[window.picture]
        for box, sure, cls in zip(
            found.boxes_xyxy_px, found.confidence, found.class_index, strict=True
        ):
            if cls in wanted and overlap_share(box, window.box_xyxy_px) >= 0.5:
                out.append((CLASSES[cls], float(sure), index))
    return out


def on_nothing(
    seen: Sequence[Detections],
    truths: Sequence[Truth],
    hidden: Sequence[Truth],
    scored: Collection[str],
    thresholds: dict[str, float],
) -> int:
    """Sure boxes of scored classes, in whole crops, that touch nothing scored, labelled or not."""
    wanted = [CLASS_INDEX[name] for name in scored]
    count = 0
    for found, truth, unseen in zip(seen, truths, hidden, strict=True):
        least = np.array([thresholds.get(CLASSES[c], 1.1) for c in found.class_index])
        mine = np.isin(found.class_index, wanted) & (found.confidence >= least)
        there = [t.boxes_xyxy_px[np.isin(t.class_index, wanted)] for t in (truth, unseen)]
        overlap = iou_matrix(found.boxes_xyxy_px[mine], np.concatenate(there))
        count += int((overlap.max(1) == 0).sum()) if overlap.shape[1] else int(mine.sum())
    return count


def largest_empty(taken: NDArray[np.bool_], least: int) -> tuple[int, int, int, int] | None:
    """The largest rectangle of free cells, x0, y0, x1, y1, of at least ``least`` on each side.

    Among equal ones the first from the top left; None where there is none.
    """
    rows, columns = taken.shape
    up = np.zeros(columns, int)
    best: tuple[int, tuple[int, int, int, int]] | None = None
    for y in range(rows):
        up = np.where(taken[y], 0, up + 1)
        for x0 in range(columns):
            low = rows + 1
            for x1 in range(x0, columns):
                low = min(low, int(up[x1]))
                if low < least:
                    break
                width = x1 - x0 + 1
                if width >= least and (best is None or width * low > best[0]):
                    best = (width * low, (x0, y - low + 1, x1 + 1, y + 1))
    return None if best is None else best[1]


def _truth(rows: Sequence[dict[str, Any]]) -> Truth:
    known = [b for b in rows if b["cls"] in CLASS_INDEX]
    boxes = np.array([b["box_xyxy_px"] for b in known], np.float32).reshape(-1, 4)
    return Truth(boxes, np.array([CLASS_INDEX[b["cls"]] for b in known], np.int16))


def _mean_near(
    values: NDArray[np.float32], where: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The mean of ``values`` (H, W, 3) within ``NEAR_PX`` over ``where``, and of how many px."""
    weight, size = where.astype(np.float32), (NEAR_PX, NEAR_PX)
    count = cv2.boxFilter(weight, -1, size, normalize=False)
    total = cv2.boxFilter(values * weight[..., None], -1, size, normalize=False)
    mean = total / np.maximum(count, 1e-6)[..., None]
    return mean.astype(np.float32), count.astype(np.float32)


def _id_map(hall: LabelledSet, sample: Sample) -> Path:
    return hall.root / "ids" / f"{sample.image.stem}.png"


def _take(taken: NDArray[np.bool_], box_xyxy_px: Sequence[float]) -> None:
    x0, y0, x1, y1 = box_xyxy_px
    taken[
        int(y0) // GRID_PX : -(-int(y1) // GRID_PX), int(x0) // GRID_PX : -(-int(x1) // GRID_PX)
    ] = True


def _loose(hall: LabelledSet, sample: Sample, known: Collection[int]) -> list[dict[str, Any]]:
    """Instances of no class, of a hard negative's size."""
    ids = cv2.imread(str(_id_map(hall, sample)), cv2.IMREAD_UNCHANGED)
    if ids is None:
        return []
    out = []
    for ident, area in zip(*np.unique(ids, return_counts=True), strict=True):
        if (
            ident
            and int(ident) not in known
            and (NEGATIVE_AREA_PX[0] <= area <= NEGATIVE_AREA_PX[1])
        ):
            ys, xs = np.nonzero(ids == ident)
            box = [int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1]
            out.append({"box_xyxy_px": box})
    return out


def _in(thing: dict[str, Any], window: tuple[int, int, int, int]) -> bool:
    return overlap_share(thing["box_xyxy_px"], window) >= 0.5


def overlap_share(box: Sequence[float] | NDArray[np.float32], window: Sequence[float]) -> float:
    """The share of a box that lies in a window, 0..1."""
    x1, y1, x2, y2 = (float(v) for v in box)
    wide = min(x2, window[2]) - max(x1, window[0])
    high = min(y2, window[3]) - max(y1, window[1])
    return max(0.0, wide) * max(0.0, high) / max(1e-9, (x2 - x1) * (y2 - y1))
