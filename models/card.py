"""The model card, written from the sidecar and the measured figures; no number is typed by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from models.card_parts import combined, table
from models.metrics import BANDS
from models.thresholds import LEAST_PX, POLICY, Role
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


SHOWN: Final[Mapping[str, str]] = {
    ".svg": "Precision (up) over recall (right) by class; objects with a short side of 16 px and "
    "more.",
    ".jpg": "A hit of middling sureness (green), the largest miss of what is well seen (red) and "
    "the surest false box (orange) of each scored class; rendered pictures, people masked.",
}


def write_card(sidecar: Path, figures: Path, card: Path) -> Path:
    """Write the card of the model that ``sidecar`` and ``figures`` speak of; gives its path."""
    about, report = _read(sidecar), figures_of(sidecar, figures)
    card.parent.mkdir(parents=True, exist_ok=True)
    beside = sorted(p.name for p in card.parent.glob(f"{about['name']}-*") if p.suffix in SHOWN)
    card.write_text(card_text(about, report, beside), encoding="utf-8")
    return card


def figures_of(sidecar: Path, figures: Path) -> dict[str, Any]:
    """A model's measured figures; refused where they speak of another file."""
    about, report = _read(sidecar), _read(figures)
    if about["sha256"] != report["sha256"]:
        raise ModelError(
            f"{figures.name}: measured on another file ({report['sha256'][:12]}…) than "
            f"{sidecar.name} describes ({about['sha256'][:12]}…); measure it again."
        )
    return report


def card_text(
    about: Mapping[str, Any], report: Mapping[str, Any], pictures: Iterable[str] = ()
) -> str:
    """The card in Markdown; ``pictures``: files beside it that it shows."""
    training = about.get("training", {})
    taught = combined(about["combined"]) if "combined" in about else _training(training)
    parts = [
        f"# Model card: {about['name']} {about['version']}",
        "Written by `deskcheck model card` from the measured figures; don't edit it by hand.",
        "## What it must reach\n\n" + _targets(report),
        "## The file\n\n" + _facts(about, report, training),
        "## Against its start weight\n\n" + _against(report),
        "## Classes on the rendered validation hall\n\n"
        "Rooms, objects, garments and lights of this hall are in no training picture. Each picture "
        "is a desk crop, looked at as the night does, in one pass at native resolution. Precision "
        "and recall are taken at the shipped thresholds, which were chosen on this hall and COCO's "
        "pictures: they are a little kind; the section on thresholds says how much.\n\n"
        + _classes(report["rendered_val"]),
        *_pictures(about["name"], pictures),
        "## By size\n\nShort side of the labelled box in pixels; rendered validation hall.\n\n"
        + _bands(report["rendered_val"])
        + "\n\nPrecision / recall at the shipped thresholds by class and size (labelled boxes), "
        "rendered validation hall:\n\n" + _class_bands(report["rendered_val"]),
        "## Classes on COCO's validation pictures\n\nAs `deskcheck detect` looks at them.\n\n"
        + _classes(report["coco192_val"])
        + "\n\nPrecision / recall at the shipped thresholds by class and size (labelled boxes):"
        "\n\n" + _class_bands(report["coco192_val"]),
        "## Phones on a floor (find_phone)\n\n" + _phones(report),
        "## Clean desks and hard negatives\n\n" + _clean(report),
        "## Thresholds\n\n" + _thresholds(report),
        "## How it was trained\n\n" + taught,
        "## Data and attribution\n\n" + ATTRIBUTION,
        "## Limits\n\n" + _limits(report),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(about: Mapping[str, Any], report: Mapping[str, Any], training: Mapping[str, Any]) -> str:
    networks = _networks(about, training)
    starts = " and ".join(dict.fromkeys(str(n["start"]) for n in networks))
    changed = " and ".join(
        f"{n.get('parameter_tensors_changed')} of {n.get('parameter_tensors')}" for n in networks
    )
    rows = [
        ("File", f"`models/weights/{about['name']}.onnx`, {report['bytes'] / 1e6:.1f} MB"),
        ("sha256", f"`{about['sha256']}`"),
        ("Licence", about["licence"]),
        ("Start weight", f"ultralytics {starts} (AGPL-3.0)"),
        ("Layers trained", f"{changed} parameter tensors differ from the start weight"),
        ("Input", f"RGB 0..1, sides multiples of 32, tiles of {about['input_px']} px"),
        ("Output", f"{len(about['slots'])} slots, of which {_used(about)} mean a class of ours"),
    ]
    return table(("", ""), rows)


def _networks(about: Mapping[str, Any], training: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What is said of each network in the file: one, or a combined file's members."""
    if "combined" in about:
        return list(about["combined"]["members"])
    return [{"start": training.get("recipe", {}).get("start", "?"), **training}]


def _used(about: Mapping[str, Any]) -> str:
    used = [s for s in about["slots"] if s]
    return f"{len(used)} ({len(set(used))} classes)"


def _targets(report: Mapping[str, Any]) -> str:
    said = {True: "yes", False: "**no**", None: "not measured"}
    rows = [(r["on"], r["figure"], r["target"], said[r["met"]]) for r in report["targets"]]
    note = "\n\nIn brackets: 95 % bootstrap interval over the pictures."
    return table(("on", "figure", "target", "met"), rows) + note


def _pictures(name: str, pictures: Iterable[str]) -> list[str]:
    shown = [p for p in pictures if p in {f"{name}-curves.svg", f"{name}-sheet.jpg"}]
    lines = [f"![{name}]({p})\n\n{SHOWN[Path(p).suffix]}" for p in shown]
    return ["## Curves, hits and misses\n\n" + "\n\n".join(lines)] if lines else []


def _against(report: Mapping[str, Any]) -> str:
    start = report.get("start")
    rows = []
    for how, key in (
        ("one pass of 640 px", "coco192_val_640"),
        ("as `deskcheck detect` looks", "coco192_val"),
    ):
        for title, which in (
            ("mapped classes of ten or more boxes", "classes_of_10_boxes"),
            ("all mapped classes with boxes", "all"),
        ):
            mine = report[key][which]
            theirs = start[key][which] if start else None
            share = f"{mine['map50'] / theirs['map50']:.3f}" if theirs and theirs["map50"] else "-"
            title = f"COCO val, {how}, {title}"
            rows.append((f"{title}: mAP50", _interval(mine), _interval(theirs), share))
            old = _n(theirs["map50_95"]) if theirs else "-"
            rows.append((f"{title}: mAP50-95", _n(mine["map50_95"]), old, ""))
    phones = report["find_phone"]
    before = start["find_phone"] if start else None
    rows.append(
        (
            f"find_phone: phones found of {phones['pictures']}, false phone boxes, at the shipped "
            "threshold",
            f"{phones['found']}, {phones['false_phone_boxes']} (at {phones['threshold']})",
            f"{before['found']}, {before['false_phone_boxes']} (at {before['threshold']})"
            if before
            else "-",
            "",
        )
    )
    for key in ("all", "classes_of_10_boxes"):
        hall = report["rendered_val"][key]
        title = f"rendered validation hall, {key.replace('_', ' ')}"
        rows.append((f"{title}: mAP50", _interval(hall), "", ""))
        rows.append((f"{title}: mAP50-95", _n(hall["map50_95"]), "", ""))
    return table(("", "this model", "start weight", "share"), rows)


def _phones(report: Mapping[str, Any]) -> str:
    found = report["find_phone"]
    rows = [
        (_n(r["threshold"]), str(r["found"]), str(r["false_phone_boxes"]))
        for r in [*report["find_phone_by_threshold"], found]
    ]
    bands = ", ".join(f"{name} px: {n}" for name, n in found["bands"].items() if n)
    return (
        f"{found['pictures']} real pictures, as `deskcheck detect` looks at them; the last row is "
        "the shipped threshold. These pictures took no part in choosing it.\n\n"
        + table(("threshold", "found", "false phone boxes"), rows)
        + f"\n\nFound at the shipped threshold by the box's short side: {bands or 'none'}."
    )


def _clean(report: Mapping[str, Any]) -> str:
    clean, crossed = report["clean"], report["crossed"]
    easy = clean["crops"] - clean["hard_crops"]
    rows = [
        ("without anything alike", str(easy), str(clean["false"] - clean["hard_false"])),
        ("with hard negatives", str(clean["hard_crops"]), str(clean["hard_false"])),
        ("together", str(clean["crops"]), str(clean["false"])),
        (
            "together, each half at thresholds chosen on the other's scenes",
            str(crossed["clean_crops"]),
            str(crossed["clean_false"]),
        ),
    ]
    negatives = ", ".join(f"{name} in {n}" for name, n in clean["negatives"].items())
    classes = ", ".join(f"{name} {n}" for name, n in clean["classes"].items()) or "none"
    return (
        "The largest windows of the validation hall's desk crops in which nothing scored lies, "
        "labelled or too hidden to be labelled, and the sure boxes of scored classes in them.\n\n"
        + table(("desk crops", "number", "false boxes"), rows)
        + f"\n\nFalse boxes by class: {classes}. What may be taken for something: {negatives} "
        "(`negative`: card reader, wallet, remote, stapler, floor joint and the like). Beside all "
        f"that does lie in the {clean['whole_crops']} whole crops, {clean['on_nothing']} sure "
        "boxes of scored classes touch nothing scored."
    )


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
    return f"{report['pictures']} pictures.\n\n" + table(head, rows)


def _bands(report: Mapping[str, Any]) -> str:
    rows = [
        (name, str(r["boxes"]), str(r["classes"]), _n(r["map50"]), _n(r["recall"]))
        for name, r in report["bands"].items()
    ]
    return table(("short side", "boxes", "classes", "mAP50", "recall at the thresholds"), rows)


def _class_bands(report: Mapping[str, Any]) -> str:
    rows = []
    for name, entry in report["classes"].items():
        cells = [entry["bands"].get(band) for band in BANDS]
        if any(cells):
            rows.append((name, *(_cell(cell) for cell in cells)))
    return table(("class", *(f"{band} px" for band in BANDS)), rows)


def _cell(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return ""
    first, second = ("-" if cell[k] is None else f"{cell[k]:.2f}" for k in ("precision", "recall"))
    return f"{first} / {second} ({cell['boxes']})"


def _thresholds(report: Mapping[str, Any]) -> str:
    budget = report["budget"]
    head = [
        f"* {role.value}: {POLICY[role]}: "
        + ", ".join(n for n, c in report["thresholds"].items() if c["role"] == role.value)
        + "."
        for role in Role
    ]
    rows = [
        (
            name,
            c["role"],
            _n(c["threshold"]),
            str(c["boxes"]),
            _n(c["precision"]),
            _n(c["recall"]),
            c["reason"],
        )
        for name, c in report["thresholds"].items()
    ]
    halves = [
        (name, str(r["boxes"]), _n(r["precision"]), _n(r["recall"]))
        for name, r in report["crossed"]["roles"].items()
    ]
    return (
        "What rests on a class decides how sure the model must be of it; of nearly equal "
        "thresholds the surest is taken:\n\n"
        + "\n".join(head)
        + f"\n\nThe budget: {budget['false_per_picture']} false boxes of a class a picture, a "
        f"wanted precision of {budget['precision']} and at least {budget['least_precision']}, and "
        f"{budget['clean']} false boxes of all scored classes together a desk crop where nothing "
        "scored lies. A claim is right when something of the kind is there, whatever its outline; "
        "what is under "
        f"{LEAST_PX:.0f} px or hardly shows neither counts nor costs. For phones, COCO's training "
        "pictures without one are looked at as well.\n\n"
        + table(("class", "rests on it", "threshold", "boxes", "precision", "recall", "why"), rows)
        + "\n\nThe same on the rendered hall's scenes that the thresholds were not chosen on "
        "(each half at the other's thresholds), all classes of a kind together:\n\n"
        + table(("", "boxes", "precision", "recall"), halves)
    )


def _training(training: Mapping[str, Any]) -> str:
    recipe = training.get("recipe", {})
    log = training.get("log", [])
    lines = [
        f"Recipe `models/recipes/{recipe.get('name')}.yaml`, seed {recipe.get('seed')}: "
        f"{training.get('pictures_seen')} pictures in {training.get('steps')} steps of "
        f"{recipe.get('batch')}, windows of {recipe.get('size_px')} px, {recipe.get('optimiser')}, "
        f"share of the start weight blended in at the end {training.get('keep_start')}."
    ]
    if training.get("mean_of", 1) > 1:
        lines.append(
            f"The weights are the mean of the last {training['mean_of']} stages; this is the last "
            "one, and its recipe names those before it."
        )
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
