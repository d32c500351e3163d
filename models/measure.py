"""Take a model's figures once, choose its thresholds, and keep both with it.

Run-time environment only.  The figures go to ``docs/models/NAME.json``; the model card is written
from that file and the sidecar (``models/card.py``), so that no number in it is typed by hand.

Every set is looked at along the product's own road: a picture as ``deskcheck detect`` does, a
rendered desk crop as the night does, in one pass at native resolution.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.samples import LabelledSet, read_yolo_set
from models import registry
from models.evaluate import (
    Looked,
    Progress,
    box_report,
    least_side,
    look_at,
    look_for_phones,
    point_report,
)
from models.metrics import Matches, Truth, claims, curve, match_set
from models.rendered import (
    CleanWindow,
    claims_in,
    clean_windows,
    described,
    hidden_things,
    on_nothing,
    well_seen,
)
from models.targets import HALL_LEAST_PX, NAMED, target_rows
from models.thresholds import (
    CLAIM_IOU,
    CLAIM_IOU_ELSE,
    LEAST_PX,
    SCORED,
    Budget,
    Choice,
    choose,
    doubts,
    kin,
)
from models.twins import compare
from vision.model_file import ModelFile
from vision.seen import ModelError

JUDGED_PERSON_PX: Final = 40.0
"""No desk is judged for absence whose place is smaller (``rules/kinds/absence.py``)."""
SWEEP: Final = (0.1, 0.15, 0.2, 0.25, 0.35, 0.5)
"""Thresholds at which the phones of the point set are counted beside the shipped one."""
CURVE_POINTS: Final = 40

Stage = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What thresholds are chosen from: each set's claims, and those where nothing scored lies.

    ``scene[i]`` is the scene of the hall's picture ``i``: pictures of one scene stay together.
    """

    hall: Looked
    coco: Looked
    without_phones: Looked | None
    hidden: tuple[Truth, ...]
    windows: tuple[CleanWindow, ...]
    scene: NDArray[np.int64]

    def choices(
        self, budget: Budget, pictures: NDArray[np.bool_] | None = None
    ) -> dict[str, Choice]:
        """Thresholds from all of it, or from those of the hall's pictures only (a mask)."""
        keep = np.ones(self.hall.pictures, bool) if pictures is None else pictures
        hall = {c: _only(m, keep) for c, m in accusations(self.hall, self.hidden).items()}
        sets = [(hall, int(keep.sum())), (accusations(self.coco), self.coco.pictures)]
        if self.without_phones is not None:
            phone = CLASS_INDEX["phone"]
            seen = {phone: accusations(self.without_phones)[phone]}
            sets.append((seen, self.without_phones.pictures))
        windows = [w for w in self.windows if keep[w.picture]]
        clean = [(n, c) for n, c, _ in claims_in(windows, self.hall.seen, SCORED)]
        return choose(sets, budget, clean=clean, clean_crops=len(windows))


def measure(
    model: ModelFile,
    *,
    data: Path,
    rendered: Path,
    start: ModelFile | None = None,
    twin: ModelFile | None = None,
    budget: Budget | None = None,
    stage: Stage | None = None,
    progress: Progress | None = None,
) -> tuple[dict[str, Any], dict[str, Choice]]:
    """All figures of a model, and its thresholds.

    ``start``: the start weight, measured beside it; ``twin``: the INT8 (or float) twin.
    Thresholds are chosen on the rendered validation hall, COCO's validation pictures and, for
    phones, COCO's pictures without one; the point set and the figures without a threshold (average
    precision) are untouched by that choice.
    """
    say = stage or (lambda _: None)
    budget = budget or Budget()
    coco: LabelledSet = read_yolo_set(data / "coco192", split="val")
    hall: LabelledSet = read_yolo_set(rendered / "val")
    say("rendered hall")
    on_hall = look_at(hall, model, road="whole", progress=progress)
    say("COCO")
    on_coco = look_at(coco, model, progress=progress)
    at_640 = look_at(coco, model, road="whole", progress=progress)
    say("COCO without phones")
    evidence = Evidence(
        on_hall,
        on_coco,
        look_at(_without_phones(data), model, progress=progress),
        tuple(hidden_things(hall)),
        tuple(clean_windows(hall, SCORED)),
        np.array([described(hall, s)["scene"] for s in hall.samples]),
    )
    choices = evidence.choices(budget)
    clear = match_set(on_hall.seen, well_seen(hall), sorted(on_hall.matches))
    noise = doubts(clear, choices, floor=model.floor, sides={"person": JUDGED_PERSON_PX})
    thresholds = {name: choice.threshold for name, choice in choices.items()}
    say("phones on a floor")
    phones = look_for_phones(data / "find_phone", model, progress=progress)
    report: dict[str, Any] = {
        "model": model.name,
        "version": model.version,
        "sha256": model.sha256,
        "bytes": Path(model.path).stat().st_size,
        "budget": {
            "false_per_picture": budget.false_per_picture,
            "precision": budget.precision,
            "least_precision": budget.least_precision,
            "clean": budget.clean,
            "least_px": LEAST_PX,
        },
        "coco192_val": box_report(on_coco, thresholds=thresholds),
        "coco192_val_640": box_report(at_640, thresholds=thresholds),
        "rendered_val": box_report(on_hall, thresholds=thresholds),
        "rendered_val_large": least_side(on_hall, HALL_LEAST_PX, NAMED),
        "clean": clean_report(evidence, thresholds),
        "crossed": crossed(evidence, budget),
        "find_phone": point_report(phones, threshold=thresholds.get("phone", 1.0)),
        "find_phone_by_threshold": [
            {"threshold": t, "found": sum(phones.found(t)), "false_phone_boxes": phones.false(t)}
            for t in SWEEP
        ],
        "doubts": noise,
        "thresholds": {name: _choice(choice) for name, choice in choices.items()},
        "curves": {CLASSES[c]: _curve(m) for c, m in on_hall.matches.items()},
    }
    if start is not None:
        say("the start weight")
        theirs = look_for_phones(data / "find_phone", start, progress=progress)
        report["start"] = {
            "name": start.name,
            "sha256": start.sha256,
            "coco192_val": box_report(look_at(coco, start, progress=progress)),
            "coco192_val_640": box_report(look_at(coco, start, road="whole", progress=progress)),
            "find_phone": point_report(theirs),
        }
    if twin is not None:
        say("its twin")
        report["twin"] = compare(model, twin, [hall, coco], on=[on_hall, at_640])
    report["targets"] = target_rows(report)
    return report, choices


def accusations(entry: Looked, hidden: Sequence[Truth] = ()) -> dict[int, Matches]:
    """What a model claims in a set, class by class (see ``metrics.claims``)."""
    return {
        cls: claims(
            entry.seen,
            entry.truths,
            cls,
            near=[CLASS_INDEX[c] for c in kin(CLASSES[cls])],
            wanted_iou=CLAIM_IOU.get(CLASSES[cls], CLAIM_IOU_ELSE),
            hidden=hidden,
            least_px=LEAST_PX,
        )
        for cls in entry.matches
    }


def clean_report(evidence: Evidence, thresholds: Mapping[str, float]) -> dict[str, Any]:
    """False boxes of scored classes where nothing scored lies.

    ``crops``: windows of the hall's desk crops that hold nothing scored, with and without something
    that may be taken for it.  ``on_nothing``: in the whole crops, beside all that does lie there.
    """
    windows, hall = evidence.windows, evidence.hall
    sure = [
        (name, index)
        for name, confidence, index in claims_in(windows, hall.seen, SCORED)
        if confidence >= thresholds.get(name, 1.1)
    ]
    hard = [i for i, w in enumerate(windows) if w.hard]
    negatives = sorted({name for w in windows for name in w.hard})
    return {
        "crops": len(windows),
        "false": len(sure),
        "hard_crops": len(hard),
        "hard_false": sum(index in hard for _, index in sure),
        "in_20_crops": round(20 * len(sure) / len(windows), 4) if windows else None,
        "classes": {name: sum(n == name for n, _ in sure) for name in sorted({n for n, _ in sure})},
        "negatives": {name: sum(name in w.hard for w in windows) for name in negatives},
        "whole_crops": hall.pictures,
        "on_nothing": on_nothing(hall.seen, hall.truths, evidence.hidden, SCORED, dict(thresholds)),
    }


def crossed(evidence: Evidence, budget: Budget) -> dict[str, Any]:
    """The thresholds' worth on scenes that they were not chosen on: each half by the other's.

    Claims of at least ``LEAST_PX`` on the rendered hall, over all classes of a role, and false
    boxes in the clean windows.
    """
    right: dict[str, list[int]] = {}
    false_clean = 0
    found = accusations(evidence.hall, evidence.hidden)
    claimed = claims_in(evidence.windows, evidence.hall.seen, SCORED)
    for half in (0, 1):
        here = evidence.scene % 2 == half
        choices = evidence.choices(budget, ~here)
        for cls, matches in found.items():
            choice = choices[CLASSES[cls]]
            mine = _only(matches, here)
            sure = mine.confidence >= choice.threshold
            hits, boxes = int(mine.hit[sure, 0].sum()), len(mine.truth_picture)
            sums = right.setdefault(choice.role.value, [0, 0, 0, 0])
            for i, value in enumerate((hits, int(sure.sum()), min(hits, boxes), boxes)):
                sums[i] += value
        false_clean += sum(
            here[evidence.windows[index].picture] and confidence >= choices[name].threshold
            for name, confidence, index in claimed
        )
    return {
        "roles": {
            name: {
                "precision": round(hits / sure, 4) if sure else None,
                "recall": round(met / boxes, 4) if boxes else None,
                "boxes": boxes,
            }
            for name, (hits, sure, met, boxes) in sorted(right.items())
        },
        "clean_crops": len(evidence.windows),
        "clean_false": int(false_clean),
    }


def keep(model: ModelFile, report: dict[str, Any], choices: dict[str, Choice], docs: Path) -> Path:
    """Write the thresholds into the sidecar and the figures beside the card; gives their path."""
    sidecar = Path(model.path).with_suffix(".json")
    if not sidecar.is_file():
        raise ModelError(f"{model.name}: only a model with a sidecar can keep its thresholds.")
    content = registry.sidecar_of(model)
    content["doubts"] = report["doubts"]
    content["thresholds"] = {name: choice.threshold for name, choice in choices.items()}
    registry.write_sidecar(Path(model.path), content)
    docs.mkdir(parents=True, exist_ok=True)
    target = docs / f"{model.name}.json"
    target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def _without_phones(data: Path) -> LabelledSet:
    """COCO's training pictures that show no phone: real things that are none."""
    train = read_yolo_set(data / "coco192", split="train")
    phone = CLASS_INDEX["phone"]
    return replace(
        train, samples=tuple(s for s in train.samples if phone not in train.class_indices(s))
    )


def _only(matches: Matches, keep: NDArray[np.bool_]) -> Matches:
    """The part of a set's matches that lies in some of its pictures (a mask over them)."""
    mine, real = keep[matches.picture], keep[matches.truth_picture]
    return Matches(
        matches.picture[mine],
        matches.confidence[mine],
        matches.hit[mine],
        matches.side_px[mine],
        matches.truth_picture[real],
        matches.truth_side_px[real],
    )


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "threshold": choice.threshold,
        "role": choice.role.value,
        "boxes": choice.boxes,
        "precision": choice.precision,
        "recall": choice.recall,
        "reason": choice.reason,
    }


def _curve(matches: Matches) -> list[list[float]]:
    """Recall and precision of a class's detections of ``HALL_LEAST_PX`` and more, thinned."""
    recall, precision, _ = curve(matches, band=(HALL_LEAST_PX, float("inf")))
    if not len(recall):
        return []
    at = np.unique(np.linspace(0, len(recall) - 1, CURVE_POINTS).round().astype(int))
    # what is precise at a higher recall is so at a lower one too
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return [[round(float(recall[i]), 3), round(float(envelope[i]), 3)] for i in at]
