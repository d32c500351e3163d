"""The model card, written from the sidecar and the measured figures; no number is typed by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vision.seen import ModelError

ATTRIBUTION = """\
| set | use | licence |
|---|---|---|
| COCO (128 pictures of train2017 for training, 64 of val2017 for measuring) | replay of \
what the start weight knows | annotations CC BY 4.0 (COCO Consortium); pictures under \
their own Flickr terms |
| TACO (200 pictures), tacodataset.org | litter, bottle, cup, paper, carton | CC BY 4.0 (P. F. \
Proença, P. Simões) |
| office front desks and bins (330 pictures) | bin, desk | CC BY 4.0 as declared by its source; \
single pictures' rights unverified |
| clothing dataset, single garments (466 pictures) | cut out and hung over chairs | CC0 1.0 |
| rendered halls, `datasets/render` | every class | our own |
| drawn phones, cables, paper, `datasets/compose.py` | phone, cable, paper, power strip, \
calculator | our own |
| find_phone (65 pictures) | measuring only | repository MIT, origin of the pictures unclear |

None of these pictures is part of the product."""


def write_card(sidecar: Path, figures: Path, card: Path) -> Path:
    """Write the card of the model that ``sidecar`` and ``figures`` speak of; gives its path."""
    about, report = _read(sidecar), _read(figures)
    if about["sha256"] != report["sha256"]:
        raise ModelError(
            f"{figures.name}: measured on another file ({report['sha256'][:12]}…) than "
            f"{sidecar.name} describes ({about['sha256'][:12]}…); measure it again."
        )
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_text(card_text(about, report), encoding="utf-8")
    return card


def card_text(about: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """The card in Markdown."""
    training = about.get("training", {})
    parts = [
        f"# Model card: {about['name']} {about['version']}",
        "Written by `deskcheck model card` from the measured figures; don't edit it by hand.",
        _facts(about, report, training),
        "## Against its start weight\n\n" + _against(report),
        "## Classes on the rendered validation hall\n\n"
        "Rooms, objects, garments and lights of this hall are in no training picture. Precision "
        "and recall are taken at the shipped thresholds, which were chosen on this hall and COCO's "
        "validation pictures: they are a little kind.\n\n" + _classes(report["rendered_val"]),
        "## By size\n\nShort side of the labelled box in pixels; rendered validation hall.\n\n"
        + _bands(report["rendered_val"]),
        "## Classes on COCO's validation pictures\n\n" + _classes(report["coco192_val"]),
        "## Thresholds\n\n" + _thresholds(report),
        "## How it was trained\n\n" + _training(training),
        "## Data and attribution\n\n" + ATTRIBUTION,
        "## Limits\n\n" + _limits(report),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(about: Mapping[str, Any], report: Mapping[str, Any], training: Mapping[str, Any]) -> str:
    changed, every = training.get("parameter_tensors_changed"), training.get("parameter_tensors")
    rows = [
        ("File", f"`models/weights/{about['name']}.onnx`, {report['bytes'] / 1e6:.1f} MB"),
        ("sha256", f"`{about['sha256']}`"),
        ("Licence", about["licence"]),
        ("Start weight", f"ultralytics {training.get('recipe', {}).get('start', '?')} (AGPL-3.0)"),
        ("Layers trained", f"{changed} of {every} parameter tensors differ from the start weight"),
        ("Input", f"RGB 0..1, sides multiples of 32, tiles of {about['input_px']} px"),
        ("Output", f"{len(about['slots'])} slots, of which {_used(about)} mean a class of ours"),
    ]
    return _table(("", ""), rows)


def _used(about: Mapping[str, Any]) -> str:
    used = [s for s in about["slots"] if s]
    return f"{len(used)} ({len(set(used))} classes)"


def _against(report: Mapping[str, Any]) -> str:
    start = report.get("start")
    rows = []
    for title, key in (
        ("COCO val, mapped classes of ten or more boxes", "classes_of_10_boxes"),
        ("COCO val, all mapped classes with boxes", "all"),
    ):
        mine = report["coco192_val"][key]
        theirs = start["coco192_val"][key] if start else None
        share = f"{mine['map50'] / theirs['map50']:.3f}" if theirs and theirs["map50"] else "-"
        rows.append((f"{title}: mAP50", _interval(mine), _interval(theirs), share))
        old = _n(theirs["map50_95"]) if theirs else "-"
        rows.append((f"{title}: mAP50-95", _n(mine["map50_95"]), old, ""))
    hall = report["rendered_val"]["all"]
    rows.append(("rendered validation hall: mAP50", _interval(hall), "", ""))
    phones = report["find_phone"]
    before = start["find_phone"] if start else None
    size = phones["size"]
    for title, mine in (
        ("at the start weight's threshold", report["find_phone_as_start"]),
        ("as shipped", phones),
    ):
        other = f"{before['found']} (at {before['threshold']})" if before else "-"
        rows.append(
            (
                f"find_phone at {size} px, {title}: phones found of {mine['pictures']}",
                f"{mine['found']} (at {mine['threshold']})",
                other,
                "",
            )
        )
        false = str(before["false_phone_boxes"]) if before else "-"
        rows.append((f"... false phone boxes, {title}", str(mine["false_phone_boxes"]), false, ""))
    note = "\n\nIn brackets: 95 % bootstrap interval over the pictures."
    return _table(("", "this model", "start weight", "share"), rows) + note


def _classes(report: Mapping[str, Any]) -> str:
    rows = [
        (
            name,
            str(r["boxes"]),
            _n(r["ap50"]),
            _n(r["ap50_95"]),
            _n(r["threshold"]),
            _n(r["precision"]),
            _n(r["recall"]),
            str(r["false"]),
        )
        for name, r in report["classes"].items()
        if r["boxes"] or r["false"]
    ]
    head = ("class", "boxes", "AP50", "AP50-95", "threshold", "precision", "recall", "false boxes")
    return f"{report['pictures']} pictures.\n\n" + _table(head, rows)


def _bands(report: Mapping[str, Any]) -> str:
    rows = [
        (name, str(r["boxes"]), str(r["classes"]), _n(r["map50"]), _n(r["recall"]))
        for name, r in report["bands"].items()
    ]
    return _table(("short side", "boxes", "classes", "mAP50", "recall at the thresholds"), rows)


def _thresholds(report: Mapping[str, Any]) -> str:
    budget = report["budget"]
    head = (
        f"For each class the lowest that keeps to {budget['false_per_picture']} false boxes "
        f"a picture and a precision of {budget['precision']} on the validation data.\n\n"
    )
    rows = [(n, _n(c["threshold"]), c["reason"]) for n, c in report["thresholds"].items()]
    return head + _table(("class", "threshold", "why"), rows)


def _training(training: Mapping[str, Any]) -> str:
    recipe = training.get("recipe", {})
    log = training.get("log", [])
    lines = [
        f"Recipe `models/recipes/{recipe.get('name')}.yaml`, seed {recipe.get('seed')}: "
        f"{training.get('pictures_seen')} pictures in {training.get('steps')} steps of "
        f"{recipe.get('batch')}, windows of {recipe.get('size_px')} px, {recipe.get('optimiser')}, "
        f"share of the start weight blended in at the end {training.get('keep_start')}."
    ]
    lines += [f"Before it: {note}" for note in training.get("before", [])]
    if log:
        lines.append(
            f"Last epoch's mean losses: box {log[-1]['box']}, class {log[-1]['class']}, "
            f"distribution {log[-1]['distribution']}; "
            f"{log[-1]['seconds_per_picture']} s a picture on a shared two-core machine."
        )
    lines.append(
        "The head keeps the start weight's 80 slots; classes that a picture does not label are "
        "masked from its loss; what the start weight sees in real pictures is taught beside the "
        "labels. Batch norm's statistics stay those of the start weight."
    )
    return "\n\n".join(lines)


def _limits(report: Mapping[str, Any]) -> str:
    rows = report["rendered_val"]["classes"].items()
    weak = sorted(n for n, r in rows if r["boxes"] and (r["ap50"] or 0) < 0.3)
    unseen = sorted(n for n, r in rows if not r["boxes"])
    small = report["rendered_val"]["bands"]["<10"]
    lines = [
        "* The rendered hall is not a real hall; no real picture of one was at hand.",
        f"* Weak on the validation hall (AP50 under 0.3): {', '.join(weak) or 'none'}.",
        f"* No box on the validation hall, so unmeasured there: {', '.join(unseen) or 'none'}.",
        f"* Things with a short side under 10 px: recall {_n(small['recall'])}.",
        "* It knows things, not people: it must not tell who somebody is or what they wear.",
    ]
    return "\n".join(lines)


def _interval(row: Mapping[str, Any] | None) -> str:
    if not row or row["map50"] is None:
        return "-"
    low, high = row["map50_interval_95"]
    return f"{_n(row['map50'])} ({_n(low)} to {_n(high)})"


def _n(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("|" + "---|" * (lines[0].count("|") - 1))
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path}: there is no such file; measure the model first.") from None
    except json.JSONDecodeError as error:
        raise ModelError(f"{path}: no readable JSON ({error}).") from None
    if not isinstance(content, dict):
        raise ModelError(f"{path}: wanted named fields.")
    return content
