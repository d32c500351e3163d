"""From which confidence a model may accuse: one threshold a class, chosen on validation data.

For each class the lowest threshold is taken whose false boxes stay within a budget (false boxes
per picture) and whose precision reaches a wanted value; a class that the validation data can't
speak for gets a careful default.  Measured and chosen on the same data, so the figures at these
thresholds are a little kind; the sets they are reported on must be others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASSES
from models.metrics import Matches

LOWEST: Final = 0.2
HIGHEST: Final = 0.85
CAREFUL: Final = 0.5
"""For a class that has too few labelled boxes to choose by."""
FEW: Final = 8


DOUBT_LOSES: Final = 0.05
"""Below a class's doubt lies at most this share of the boxes that the model finds at all."""
DOUBT_AT_MOST: Final = 0.6
"""A doubt stays below this share of the threshold: between the two a thing may only excuse."""


CLAIM_IOU_ELSE: Final = 0.3
CLAIM_IOU: Final = {"cable": 0.15}
"""From which overlap on a claim is right: the thing and its place count, not its outline.  A cable
has hardly one: where a bundle ends is a matter of taste."""
KIN: Final = (
    frozenset({"phone", "charger", "earphones"}),
    frozenset({"cable", "power_strip"}),
    frozenset({"cup", "thermos", "bottle"}),
)
"""Classes that the same clauses forbid at the same places: one taken for another is no wrong
finding."""


def kin(name: str) -> tuple[str, ...]:
    """The other classes of a class's kind, in order."""
    return tuple(sorted(c for group in KIN if name in group for c in group if c != name))


@dataclass(frozen=True, slots=True)
class Budget:
    """What a threshold must keep to: false boxes per picture, and precision."""

    false_per_picture: float = 0.05
    precision: float = 0.9


@dataclass(frozen=True, slots=True)
class Choice:
    """A class's threshold and what it gives on the data it was chosen on."""

    threshold: float
    boxes: int
    precision: float | None
    reason: str


def choose(
    sets: Sequence[tuple[Mapping[int, Matches], int]], budget: Budget | None = None
) -> dict[str, Choice]:
    """Thresholds by class name from matched sets: (matches by class index, number of pictures)."""
    budget = budget or Budget()
    chosen: dict[str, Choice] = {}
    for index, name in enumerate(CLASSES):
        mine = [(m[index], n) for m, n in sets if index in m]
        if not mine:
            continue
        confidence = np.concatenate([m.confidence for m, _ in mine])
        hit = np.concatenate([m.hit[:, 0] for m, _ in mine])
        boxes = sum(len(m.truth_picture) for m, _ in mine)
        chosen[name] = _one(confidence, hit, boxes, sum(n for _, n in mine), budget)
    return chosen


def doubts(
    matches: Mapping[int, Matches],
    choices: Mapping[str, Choice],
    *,
    floor: float,
    sides: Mapping[str, float],
) -> dict[str, float]:
    """Per class the confidence below which a detection is noise, from pictures like a hall's.

    Of the well-seen boxes that are found at all, of at least ``sides[class]`` (else 16) px, no
    more than ``DOUBT_LOSES`` lie below it.  A class with few boxes keeps the model's floor.
    """
    result: dict[str, float] = {}
    for index, name in enumerate(CLASSES):
        found = matches.get(index)
        if found is None or name not in choices:
            continue
        real = found.confidence[found.hit[:, 0] & (found.side_px >= sides.get(name, 16.0))]
        if len(real) < 2 * FEW:
            continue
        value = float(np.quantile(real, DOUBT_LOSES, method="lower"))
        value = float(np.clip(value, floor, max(floor, DOUBT_AT_MOST * choices[name].threshold)))
        result[name] = float(np.floor(value * 1000) / 1000)
    return result


def _one(
    confidence: NDArray[np.float64],
    hit: NDArray[np.bool_],
    boxes: int,
    pictures: int,
    budget: Budget,
) -> Choice:
    order = np.argsort(-confidence, kind="stable")
    confidence, hit = confidence[order], hit[order]
    true, false = np.cumsum(hit), np.cumsum(~hit)
    # only between two different confidences can a threshold lie
    last = np.append(confidence[1:] != confidence[:-1], True) if len(confidence) else hit
    good = last & (false <= budget.false_per_picture * pictures)
    if boxes:
        good &= true >= budget.precision * (true + false)
    if boxes < FEW:
        above = confidence[false > budget.false_per_picture * pictures]
        wanted = float(above[0]) + 0.01 if len(above) else CAREFUL
        threshold = float(np.clip(max(wanted, CAREFUL), LOWEST, HIGHEST))
        reason = f"only {boxes} labelled boxes: the careful default, or above the false ones"
    elif good.any():
        threshold = float(np.clip(confidence[np.flatnonzero(good)[-1]], LOWEST, HIGHEST))
        reason = "the lowest within the budget"
    else:
        threshold = HIGHEST
        reason = "no confidence keeps to the budget: the highest"
    threshold = float(np.floor(threshold * 1000) / 1000)
    sure = confidence >= threshold
    claimed, hits = int(sure.sum()), int(hit[sure].sum())
    return Choice(
        threshold=threshold,
        boxes=boxes,
        precision=round(hits / claimed, 4) if claimed else None,
        reason=reason,
    )
