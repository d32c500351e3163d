"""What keeps a model from its figures on a rendered set: outlines, hidden things, faint things.

    python -m tools.what_limits deskcheck-pair --set build/render/val

For each class average precision of things of 16 px and more at looser and looser overlaps: of
all, of those of which more than half shows, of those that stand out from what is round them.  What
is left out neither counts nor costs.  A class whose figure rises with a looser overlap is found and
badly outlined; one whose figure rises among clear things is hard to see there for anybody.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.progress import track

from datasets.classes import CLASS_INDEX
from datasets.samples import LabelledSet, read_yolo_set
from models import registry
from models.evaluate import look_at
from models.metrics import Truth, average_precision, match_set
from models.rendered import SHOWS, contrasts, described
from models.targets import HALL_LEAST_PX, NAMED
from vision.errors import DeskcheckError
from vision.seen import Detections

CLEAR: Final = 10.0
"""CIELAB.  2.3 is just seen on plain patches side by side; what is thin and noisy wants more."""
OVERLAPS: Final = (0.5, 0.3, 0.1)


@dataclass(frozen=True, slots=True)
class Thing:
    """One labelled thing: box in px, how much of it shows (0..1), its contrast in CIELAB."""

    cls: str
    box_xyxy_px: tuple[float, float, float, float]
    visible: float
    contrast: float


Choice = Callable[[Thing], bool]
CHOICES: Final[dict[str, Choice]] = {
    "all": lambda _: True,
    "more than half shows": lambda t: t.visible > SHOWS,
    "stands out": lambda t: t.contrast >= CLEAR,
    "both": lambda t: t.visible > SHOWS and t.contrast >= CLEAR,
}


def things_of(hall: LabelledSet) -> list[list[Thing]]:
    """The labelled things of each picture of a rendered set."""
    out = []
    for sample in track(hall.samples, "contrasts", console=Console(stderr=True), transient=True):
        rows: list[dict[str, Any]] = described(hall, sample)["labels"]
        clear = contrasts(hall, sample)
        out.append(
            [
                Thing(r["cls"], tuple(r["box_xyxy_px"]), float(r["visible"]), c)
                for r, c in zip(rows, clear, strict=True)
            ]
        )
    return out


def limits(
    seen: Sequence[Detections], things: Sequence[Sequence[Thing]], name: str
) -> dict[str, list[float]]:
    """For each choice: how many things, then average precision at each of ``OVERLAPS``."""
    cls, band = CLASS_INDEX[name], (HALL_LEAST_PX, float("inf"))
    out: dict[str, list[float]] = {}
    for choice, chosen in CHOICES.items():
        truths = [_truth([t for t in row if chosen(t)]) for row in things]
        beside = [_truth([t for t in row if not chosen(t)]) for row in things]
        figures: list[float] = []
        for least in OVERLAPS:
            wanted = np.array([least])
            matches = match_set(seen, truths, [cls], hidden=beside, ious=wanted)[cls]
            figures.append(float(average_precision(matches, band=band)[0]))
        count = int((matches.truth_side_px >= HALL_LEAST_PX).sum())
        out[choice] = [count, *figures]
    return out


def table(found: dict[str, dict[str, list[float]]]) -> str:
    """Markdown."""
    lines = [
        "| class | of which | things | " + " | ".join(f"AP at IoU {o}" for o in OVERLAPS) + " |",
        "|---|---|---|" + "---|" * len(OVERLAPS),
    ]
    for name, choices in found.items():
        for choice, (count, *figures) in choices.items():
            shown = " | ".join("-" if np.isnan(f) else f"{f:.3f}" for f in figures)
            lines.append(f"| {name} | {choice} | {count:.0f} | {shown} |")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit status 1 with a sentence where the set or the model is not there."""
    parser = argparse.ArgumentParser(prog="python -m tools.what_limits")
    parser.add_argument("model", nargs="?", help="name or path (default: the shipped one)")
    parser.add_argument("--set", type=Path, default=Path("build/render/val"))
    parser.add_argument("--classes", nargs="+", default=list(NAMED), choices=sorted(CLASS_INDEX))
    args = parser.parse_args(argv)
    try:
        hall = read_yolo_set(args.set)
        things = things_of(hall)
        looked = look_at(hall, registry.find(args.model), road="whole")
    except DeskcheckError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = {name: limits(looked.seen, things, name) for name in args.classes}
    sys.stdout.write(table(found) + "\n")
    return 0


def _truth(things: Sequence[Thing]) -> Truth:
    boxes = np.array([t.box_xyxy_px for t in things], np.float32).reshape(-1, 4)
    return Truth(boxes, np.array([CLASS_INDEX[t.cls] for t in things], np.int16))


if __name__ == "__main__":
    sys.exit(main())
