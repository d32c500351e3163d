"""Take a model's figures once, choose its thresholds, and keep both with it.

Run-time environment only.  The figures go to ``docs/models/NAME.json``; the model card is written
from that file and the sidecar (``models/card.py``), so that no number in it is typed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.samples import LabelledSet, read_yolo_set
from models import registry
from models.evaluate import Looked, Progress, box_report, look_at, point_report
from models.metrics import Matches, Truth, claims, match_set
from models.thresholds import (
    CLAIM_IOU,
    CLAIM_IOU_ELSE,
    Budget,
    Choice,
    choose,
    doubts,
    kin,
)
from vision.model_file import ModelFile
from vision.seen import ModelError

JUDGED_PERSON_PX: Final = 40.0
"""No desk is judged for absence whose place is smaller (``rules/kinds/absence.py``)."""
SHOWS: Final = 0.5
"""The share of a thing that must show before a low confidence in it says something of the model."""
POINTS_PX: Final = 960
"""The size at which the point set's small pictures are looked at."""

Stage = Callable[[str], None]


def thresholds_of(looked: list[Looked], budget: Budget) -> dict[str, Choice]:
    """Thresholds by class from the given validation sets."""
    return choose([(accusations(entry), entry.pictures) for entry in looked], budget)


def accusations(entry: Looked) -> dict[int, Matches]:
    """What a model claims in a set, class by class (see ``metrics.claims``)."""
    return {
        cls: claims(
            entry.seen,
            entry.truths,
            cls,
            near=[CLASS_INDEX[c] for c in kin(CLASSES[cls])],
            wanted_iou=CLAIM_IOU.get(CLASSES[cls], CLAIM_IOU_ELSE),
        )
        for cls in entry.matches
    }


def well_seen(hall: LabelledSet) -> list[Truth]:
    """Of a rendered set's boxes those of things of which at least half shows."""
    out: list[Truth] = []
    for sample in hall.samples:
        described = hall.root / "meta" / f"{sample.image.stem}.json"
        labels = json.loads(described.read_text(encoding="utf-8"))["labels"]
        shown = [b for b in labels if b["visible"] >= SHOWS and b["cls"] in CLASS_INDEX]
        boxes = np.array([b["box_xyxy_px"] for b in shown], np.float32).reshape(-1, 4)
        out.append(Truth(boxes, np.array([CLASS_INDEX[b["cls"]] for b in shown], np.int16)))
    return out


def measure(
    model: ModelFile,
    *,
    data: Path,
    rendered: Path,
    start: ModelFile | None = None,
    budget: Budget | None = None,
    stage: Stage | None = None,
    progress: Progress | None = None,
) -> tuple[dict[str, Any], dict[str, Choice]]:
    """All figures of a model, and its thresholds.

    Thresholds are chosen on the rendered validation hall and COCO's validation pictures; the point
    set and the figures without a threshold (average precision) are untouched by that choice.
    """
    say = stage or (lambda _: None)
    budget = budget or Budget()
    coco: LabelledSet = read_yolo_set(data / "coco192", split="val")
    hall: LabelledSet = read_yolo_set(rendered / "val")
    say("COCO")
    on_coco = look_at(coco, model, progress=progress)
    say("rendered hall")
    on_hall = look_at(hall, model, progress=progress)
    choices = thresholds_of([on_hall, on_coco], budget)
    clear = match_set(on_hall.seen, well_seen(hall), sorted(on_hall.matches))
    noise = doubts(clear, choices, floor=model.floor, sides={"person": JUDGED_PERSON_PX})
    thresholds = {name: choice.threshold for name, choice in choices.items()}
    ours = replace(model, thresholds=thresholds)
    say("phones on a floor")
    report: dict[str, Any] = {
        "model": model.name,
        "version": model.version,
        "sha256": model.sha256,
        "bytes": Path(model.path).stat().st_size,
        "budget": {
            "false_per_picture": budget.false_per_picture,
            "precision": budget.precision,
        },
        "coco192_val": box_report(on_coco, thresholds=thresholds),
        "rendered_val": box_report(on_hall, thresholds=thresholds),
        "find_phone": point_report(
            data / "find_phone", replace(ours, input_px=POINTS_PX), progress=progress
        ),
        "find_phone_as_start": point_report(
            data / "find_phone",
            replace(ours, input_px=POINTS_PX, thresholds={"phone": registry.STRANGER_THRESHOLD}),
            progress=progress,
        ),
        "doubts": noise,
        "thresholds": {
            name: {
                "threshold": c.threshold,
                "boxes": c.boxes,
                "precision": c.precision,
                "reason": c.reason,
            }
            for name, c in choices.items()
        },
    }
    if start is not None:
        say("the start weight")
        report["start"] = {
            "name": start.name,
            "sha256": start.sha256,
            "coco192_val": box_report(look_at(coco, start, progress=progress)),
            "rendered_val": box_report(look_at(hall, start, progress=progress)),
            "find_phone": point_report(
                data / "find_phone", replace(start, input_px=POINTS_PX), progress=progress
            ),
        }
    return report, choices


def keep(model: ModelFile, report: dict[str, Any], choices: dict[str, Choice], docs: Path) -> Path:
    """Write the thresholds into the sidecar and the figures beside the card; gives their path."""
    sidecar = Path(model.path).with_suffix(".json")
    if not sidecar.is_file():
        raise ModelError(f"{model.name}: only a model with a sidecar can keep its thresholds.")
    content = registry.sidecar_of(model)
    content["doubts"] = report["doubts"]
    content["thresholds"] = {name: choice.threshold for name, choice in choices.items()}
    sidecar.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    docs.mkdir(parents=True, exist_ok=True)
    target = docs / f"{model.name}.json"
    target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return target
