"""How good a model is on a labelled set, along the product's own road.

Two kinds of sets: boxes (a YOLO folder) and points (one phone in each picture).  A picture is
looked at as ``deskcheck detect`` looks at it, or, where a size is given, in one pass of that size.
Run-time environment only: onnxruntime, NumPy and OpenCV.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.samples import LabelledSet, is_point_set, read_point_set, read_yolo_set
from models.metrics import (
    BANDS,
    Matches,
    Truth,
    average_precision,
    bootstrap,
    match_set,
    precision_recall,
    short_side,
)
from vision.detector import Detector
from vision.images import read_image
from vision.model_file import ModelFile
from vision.seen import Detections, Image
from vision.slices import detect_any

FLOOR: Final = 0.001
"""Down to here detections are taken for average precision; the shipped floor cuts the curve."""
MANY: Final = 10
"""A class with fewer boxes than this says little about a model."""

Progress = Callable[[int, int], None]

Road: TypeAlias = Literal["detect", "whole"]
"""``detect``: the passes that the product chooses for a picture without a layout.  ``whole``: one
pass over the whole picture at the model's own size, as other tools measure, and as the night looks
at a desk's crop of that size."""


def see(detector: Detector, image: Image, road: Road) -> Detections:
    """What the detector sees in a picture along a road."""
    return detect_any(detector, image) if road == "detect" else detector.detect(image)


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A box set with what a model saw in it, matched class by class (by class index)."""

    dataset: Path
    model: ModelFile
    pictures: int
    matches: Mapping[int, Matches]
    seen: tuple[Detections, ...]
    truths: tuple[Truth, ...] = ()
    road: Road = "detect"


def evaluate(
    root: Path,
    model: ModelFile,
    *,
    size: int | None = None,
    class_map: Mapping[str, str | None] | None = None,
    split: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Measure a model on a set of either kind; a plain dict, ready for JSON.

    With a ``size`` in one pass of that size over each picture, else as ``deskcheck detect`` looks.
    """
    road: Road = "detect"
    if size is not None:
        model, road = replace(model, input_px=size), "whole"
    if is_point_set(root):
        return point_report(look_for_phones(root, model, road=road, progress=progress))
    labelled = read_yolo_set(root, split=split, class_map=class_map)
    return box_report(look_at(labelled, model, road=road, progress=progress))


def look_at(
    labelled: LabelledSet,
    model: ModelFile,
    *,
    road: Road = "detect",
    progress: Progress | None = None,
) -> Looked:
    """Run the detector over a box set and match what it saw."""
    detector = Detector.load(replace(model, floor=FLOOR))
    seen: list[Detections] = []
    truths: list[Truth] = []
    for number, sample in enumerate(labelled.samples):
        image = read_image(sample.image)
        seen.append(see(detector, image, road))
        boxes = sample.boxes_xyxy_px(image.shape[1], image.shape[0])
        truths.append(Truth(boxes, labelled.class_indices(sample)))
        if progress:
            progress(number + 1, len(labelled.samples))
    speaks = {name for name in model.slots if name is not None}
    classes = sorted(CLASS_INDEX[c] for c in labelled.labelled & speaks)
    return Looked(
        labelled.root,
        model,
        len(seen),
        match_set(seen, truths, classes),
        tuple(seen),
        tuple(truths),
        road,
    )


def box_report(looked: Looked, *, thresholds: Mapping[str, float] | None = None) -> dict[str, Any]:
    """The figures of a box set: overall, per class, per pixel band, with a bootstrap interval.

    Classes without a labelled box have no average precision; what the model claims to see of
    them is counted as ``false`` all the same.
    """
    thresholds = looked.model.thresholds if thresholds is None else thresholds
    per_class: dict[str, Any] = {}
    curves: dict[int, Any] = {}
    for cls, matches in looked.matches.items():
        name = CLASSES[cls]
        threshold = thresholds.get(name, 1.0)
        curves[cls] = average_precision(matches)
        precision, recall = precision_recall(matches, threshold)
        sure = matches.confidence >= threshold
        per_class[name] = {
            "boxes": len(matches.truth_picture),
            "ap50": _figure(curves[cls][0]),
            "ap50_95": _figure(curves[cls].mean()),
            "threshold": round(threshold, 4),
            "precision": _figure(precision),
            "recall": _figure(recall),
            "false": int((sure & ~matches.hit[:, 0]).sum()),
            "bands": _class_bands(matches, threshold),
        }
    there = [c for c, m in looked.matches.items() if len(m.truth_picture)]
    many = [c for c in there if len(looked.matches[c].truth_picture) >= MANY]
    return {
        "kind": "boxes",
        "dataset": looked.dataset.name,
        "pictures": looked.pictures,
        **_model_fields(looked.model, looked.road),
        "all": _overall(looked, curves, there),
        f"classes_of_{MANY}_boxes": _overall(looked, curves, many),
        "classes": per_class,
        "bands": {name: _band(looked, there, thresholds, band) for name, band in BANDS.items()},
    }


@dataclass(frozen=True, slots=True, eq=False)
class Phones:
    """What a model takes for a phone in a point set, picture by picture.

    ``confidence[i]``, ``holds[i]`` and ``side_px[i]`` speak of picture ``i``'s phone boxes: how
    sure, whether the labelled point lies in the box, and its short side.
    """

    dataset: Path
    model: ModelFile
    road: Road
    pictures: tuple[str, ...]
    confidence: tuple[NDArray[np.float32], ...]
    holds: tuple[NDArray[np.bool_], ...]
    side_px: tuple[NDArray[np.float64], ...]

    def found(self, threshold: float) -> list[bool]:
        """For each picture whether its phone is found at a threshold."""
        pairs = zip(self.confidence, self.holds, strict=True)
        return [bool((holds & (sure >= threshold)).any()) for sure, holds in pairs]

    def false(self, threshold: float) -> int:
        """How many phone boxes at a threshold hold no phone."""
        pairs = zip(self.confidence, self.holds, strict=True)
        return sum(int((~holds & (sure >= threshold)).sum()) for sure, holds in pairs)


def look_for_phones(
    root: Path, model: ModelFile, *, road: Road = "detect", progress: Progress | None = None
) -> Phones:
    """Run the detector over a point set."""
    points = read_point_set(root)
    detector = Detector.load(replace(model, floor=FLOOR))
    confidence, all_holds, sides = [], [], []
    for number, point in enumerate(points):
        image = read_image(point.image)
        seen = see(detector, image, road)
        phones = seen.class_index == CLASS_INDEX["phone"]
        boxes = seen.boxes_xyxy_px[phones]
        x, y = point.x_norm * image.shape[1], point.y_norm * image.shape[0]
        holds = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        confidence.append(seen.confidence[phones])
        all_holds.append(holds)
        sides.append(short_side(boxes))
        if progress:
            progress(number + 1, len(points))
    names = tuple(p.image.name for p in points)
    return Phones(root, model, road, names, tuple(confidence), tuple(all_holds), tuple(sides))


def point_report(phones: Phones, *, threshold: float | None = None) -> dict[str, Any]:
    """Phones found in a point set, at a threshold, else the model's own.

    A picture's phone is found when some phone box holds its point; phone boxes that don't hold it
    are false.  A point says nothing of a phone's size: ``bands`` counts by the found box's.
    """
    if threshold is None:
        threshold = phones.model.thresholds.get("phone", 1.0)
    found = phones.found(threshold)
    sides = [
        float(side[holds][sure[holds].argmax()])
        for side, holds, sure, ok in zip(
            phones.side_px, phones.holds, phones.confidence, found, strict=True
        )
        if ok
    ]
    return {
        "kind": "points",
        "dataset": phones.dataset.name,
        "pictures": len(found),
        **_model_fields(phones.model, phones.road),
        "threshold": round(threshold, 4),
        "found": sum(found),
        "false_phone_boxes": phones.false(threshold),
        "bands": {
            name: sum(low <= side < high for side in sides) for name, (low, high) in BANDS.items()
        },
        "missed": [name for name, ok in zip(phones.pictures, found, strict=True) if not ok],
    }


def _model_fields(model: ModelFile, road: Road) -> dict[str, Any]:
    return {
        "model": model.name,
        "version": model.version,
        "sha256": model.sha256,
        "size": model.input_px,
        "road": road,
    }


def _class_bands(matches: Matches, threshold: float) -> dict[str, Any]:
    """Boxes, precision and recall of one class by pixel band; bands without either left out."""
    out: dict[str, Any] = {}
    for name, (low, high) in BANDS.items():
        boxes = int(((matches.truth_side_px >= low) & (matches.truth_side_px < high)).sum())
        precision, recall = precision_recall(matches, threshold, band=(low, high))
        if boxes or math.isfinite(precision):
            out[name] = {
                "boxes": boxes,
                "precision": _figure(precision),
                "recall": _figure(recall),
            }
    return out


def least_side(looked: Looked, least_px: float, classes: Iterable[str] = ()) -> dict[str, Any]:
    """mAP50 over what has at least that short side; smaller things neither count nor cost.

    Over all labelled classes, with a bootstrap interval, and for ``classes`` one by one.
    """
    band = (least_px, float("inf"))
    large = {c: m for c, m in looked.matches.items() if (m.truth_side_px >= least_px).any()}
    ap = {c: float(average_precision(m, band=band)[0]) for c, m in large.items()}
    draws = bootstrap(large, looked.pictures, band=band)
    wanted = [CLASS_INDEX[name] for name in classes]
    return {
        "least_px": least_px,
        "classes": len(ap),
        "boxes": int(sum((m.truth_side_px >= least_px).sum() for m in large.values())),
        "map50": _figure(float(np.mean(list(ap.values())))) if ap else None,
        "map50_interval_95": [_figure(v) for v in np.nanpercentile(draws, [2.5, 97.5])]
        if ap
        else None,
        "of": {CLASSES[c]: _figure(ap[c]) if c in ap else None for c in wanted},
    }


def _overall(looked: Looked, curves: Mapping[int, Any], classes: Sequence[int]) -> dict[str, Any]:
    if not classes:
        return {"classes": 0, "map50": None, "map50_95": None, "map50_interval_95": None}
    values = np.array([curves[c] for c in classes])
    draws = bootstrap({c: looked.matches[c] for c in classes}, looked.pictures)
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return {
        "classes": len(classes),
        "boxes": sum(len(looked.matches[c].truth_picture) for c in classes),
        "map50": _figure(values[:, 0].mean()),
        "map50_95": _figure(values.mean()),
        "map50_interval_95": [_figure(low), _figure(high)],
    }


def _band(
    looked: Looked,
    classes: Iterable[int],
    thresholds: Mapping[str, float],
    band: tuple[float, float],
) -> dict[str, Any]:
    values, boxes, hits = [], 0, 0.0
    for cls in classes:
        matches = looked.matches[cls]
        inside = (matches.truth_side_px >= band[0]) & (matches.truth_side_px < band[1])
        if not inside.any():
            continue
        values.append(average_precision(matches, band=band))
        recall = precision_recall(matches, thresholds.get(CLASSES[cls], 1.0), band=band)[1]
        boxes += int(inside.sum())
        hits += recall * int(inside.sum())
    return {
        "boxes": boxes,
        "classes": len(values),
        "map50": _figure(float(np.mean([v[0] for v in values]))) if values else None,
        "map50_95": _figure(float(np.mean(values))) if values else None,
        "recall": _figure(hits / boxes) if boxes else None,
    }


def _figure(value: float) -> float | None:
    """Four digits; None for what can't be said (0 of 0)."""
    return round(float(value), 4) if math.isfinite(value) else None
