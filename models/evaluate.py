"""How good a model is on a labelled set, through the product's own detector.

Two kinds of sets: boxes (a YOLO folder) and points (one phone in each picture).  Run-time
environment only: onnxruntime, NumPy and OpenCV.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

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
)
from vision.detector import Detector
from vision.images import read_image
from vision.model_file import ModelFile
from vision.seen import Detections

FLOOR: Final = 0.001
"""Down to here detections are taken for average precision; the shipped floor cuts the curve."""
MANY: Final = 10
"""A class with fewer boxes than this says little about a model."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A box set with what a model saw in it, matched class by class (by class index)."""

    dataset: Path
    model: ModelFile
    pictures: int
    matches: Mapping[int, Matches]
    seen: tuple[Detections, ...]
    truths: tuple[Truth, ...] = ()


def evaluate(
    root: Path,
    model: ModelFile,
    *,
    size: int | None = None,
    class_map: Mapping[str, str | None] | None = None,
    split: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Measure a model on a set of either kind; a plain dict, ready for JSON."""
    if size is not None:
        model = replace(model, input_px=size)
    if is_point_set(root):
        return point_report(root, model, progress=progress)
    labelled = read_yolo_set(root, split=split, class_map=class_map)
    return box_report(look_at(labelled, model, progress=progress))


def look_at(labelled: LabelledSet, model: ModelFile, *, progress: Progress | None = None) -> Looked:
    """Run the detector over a box set and match what it saw."""
    detector = Detector.load(replace(model, floor=FLOOR))
    seen: list[Detections] = []
    truths: list[Truth] = []
    for number, sample in enumerate(labelled.samples):
        image = read_image(sample.image)
        seen.append(detector.detect(image))
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
        }
    there = [c for c, m in looked.matches.items() if len(m.truth_picture)]
    many = [c for c in there if len(looked.matches[c].truth_picture) >= MANY]
    return {
        "kind": "boxes",
        "dataset": looked.dataset.name,
        "pictures": looked.pictures,
        **_model_fields(looked.model),
        "all": _overall(looked, curves, there),
        f"classes_of_{MANY}_boxes": _overall(looked, curves, many),
        "classes": per_class,
        "bands": {name: _band(looked, there, thresholds, band) for name, band in BANDS.items()},
    }


def point_report(
    root: Path, model: ModelFile, *, progress: Progress | None = None
) -> dict[str, Any]:
    """Phones found in a point set, at the model's threshold for phones.

    A picture's phone is found when some phone box holds its point; phone boxes that don't hold it
    are false.
    """
    points = read_point_set(root)
    threshold = model.thresholds.get("phone", 1.0)
    detector = Detector.load(replace(model, floor=min(model.floor, threshold)))
    found, false, missed = 0, 0, []
    for number, point in enumerate(points):
        image = read_image(point.image)
        seen = detector.detect(image)
        phones = (seen.class_index == CLASS_INDEX["phone"]) & (seen.confidence >= threshold)
        boxes = seen.boxes_xyxy_px[phones]
        x, y = point.x_norm * image.shape[1], point.y_norm * image.shape[0]
        holds = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        found += bool(holds.any())
        false += int((~holds).sum())
        if not holds.any():
            missed.append(point.image.name)
        if progress:
            progress(number + 1, len(points))
    return {
        "kind": "points",
        "dataset": root.name,
        "pictures": len(points),
        **_model_fields(model),
        "threshold": round(threshold, 4),
        "found": found,
        "false_phone_boxes": false,
        "missed": missed,
    }


def _model_fields(model: ModelFile) -> dict[str, Any]:
    return {
        "model": model.name,
        "version": model.version,
        "sha256": model.sha256,
        "size": model.input_px,
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
