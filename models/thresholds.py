"""From which confidence a model is sure of a thing: one threshold a class, by what rests on it.

A sure thing is a finding where it may not lie, and a fact where it belongs (``rules``); an unsure
one can only excuse.  So a class that is forbidden wherever a clause speaks of it keeps to a budget
of false boxes and a wanted precision; one that is fine here and a finding there leans to
precision, and so does one that excuses outright; one that others are measured by balances both,
since missing it does as much harm as dreaming it.  Measured and chosen on the same data, so the
figures at these thresholds are a little kind; ``crossed`` in ``models/measure.py`` says how much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASSES
from models.metrics import Matches

LOWEST: Final = 0.15
LOWEST_ACCUSING: Final = 0.2
"""So sure must be what a finding rests on, however right the model's fainter claims are here."""
HIGHEST: Final = 0.85
HIGHEST_CLEAN: Final = 0.95
"""So far a threshold may rise that clean desks push up."""
CAREFUL: Final = 0.5
"""For a class that has too few labelled boxes to choose by."""
FEW: Final = 8
LEAST_PX: Final = 10.0
"""What is smaller no rule judges (``accuse_px``, ``min_px`` in ``rules/kinds``): it neither counts
nor costs."""

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


class Role(StrEnum):
    """What rests on a class being sure."""

    SCORED = "scored"
    """Its mere presence is a finding wherever a clause looks for it."""
    PLACED = "placed"
    """It belongs to a hall, and is a finding at some places only."""
    EXCUSING = "excusing"
    """A sure one is an excuse outright, where an unsure one leaves the question open."""
    PRESENT = "present"
    """What is measured, counted, or missed when it is away."""


SCORED: Final = frozenset(
    {
        "phone", "charger", "earphones", "cup", "thermos", "bottle", "clothing", "bag", "umbrella",
        "food", "paper", "carton", "cable", "power_strip", "litter", "stain", "heater",
    }
)  # fmt: skip
PLACED: Final = frozenset(
    {
        "folder", "book", "stamp", "inkpad", "calculator", "notice", "cushion", "laptop", "plant",
        "bin", "printer", "service_box", "cabinet", "chair",
    }
)  # fmt: skip
EXCUSING: Final = frozenset({"person", "pause_sign"})

POLICY: Final[Mapping[Role, str]] = {
    Role.SCORED: "the best F1 within the budget of false boxes, of the wanted precision where it "
    "is reached (several frames must agree on a finding), and as sure as clean desks ask for",
    Role.PLACED: "the best F1 within the budget of false boxes, of the wanted precision where it "
    "is reached",
    Role.EXCUSING: "the best F0.5, of the wanted precision where it is reached: a dreamt person "
    "would hide an absence",
    Role.PRESENT: "the best F1 (a miss harms as much as a false box), of the wanted precision "
    "where it is reached",
}
_BETA: Final = {Role.SCORED: 1.0, Role.PLACED: 1.0, Role.EXCUSING: 0.5, Role.PRESENT: 1.0}
_ACCUSING: Final = frozenset({Role.SCORED, Role.PLACED})
EAGER: Final[Mapping[str, float]] = {"phone": 0.7}
"""Real ones are seen less surely than the rendered ones that thresholds are chosen on, and hardly a
real thing is taken for one: the lowest threshold of such a precision is taken."""
DEAR: Final = 1.5
"""So much more a right claim of an eager class counts where thresholds rise for clean desks."""


def role(name: str) -> Role:
    """What rests on a class, by its name."""
    if name in SCORED:
        return Role.SCORED
    if name in PLACED:
        return Role.PLACED
    return Role.EXCUSING if name in EXCUSING else Role.PRESENT


def kin(name: str) -> tuple[str, ...]:
    """The other classes of a class's kind, in order."""
    return tuple(sorted(c for group in KIN if name in group for c in group if c != name))


@dataclass(frozen=True, slots=True)
class Budget:
    """What thresholds must keep to.

    ``false_per_picture`` of one class and ``precision``: on all validation pictures, for the
    classes that a finding rests on; below ``least_precision`` no class is ever sure.  ``clean``:
    false boxes of all scored classes together, a desk crop that holds nothing of them; a little
    less than is wanted (1 in 20).
    """

    false_per_picture: float = 0.05
    precision: float = 0.8
    least_precision: float = 0.5
    clean: float = 1 / 22


@dataclass(frozen=True, slots=True)
class Choice:
    """A class's threshold, and what its claims of at least ``LEAST_PX`` are worth on the data that
    it was chosen on: right claims among all, and labelled boxes that some claim finds."""

    threshold: float
    boxes: int
    precision: float | None
    recall: float | None
    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class _Claims:
    """One class's claims by falling confidence, and how many boxes there are to find."""

    confidence: NDArray[np.float64]
    hit: NDArray[np.bool_]
    boxes: int
    pictures: int

    def at(self, threshold: float) -> tuple[int, int]:
        """How many right and wrong claims reach a threshold."""
        sure = self.confidence >= threshold
        right = int(self.hit[sure].sum())
        return right, int(sure.sum()) - right


def choose(
    sets: Sequence[tuple[Mapping[int, Matches], int]],
    budget: Budget | None = None,
    *,
    clean: Sequence[tuple[str, float]] = (),
    clean_crops: int = 0,
) -> dict[str, Choice]:
    """Thresholds by class name from matched sets: (matches by class index, number of pictures).

    ``clean``: what a model claims in ``clean_crops`` desk crops that hold nothing scored, as
    (class name, confidence); thresholds rise until it keeps to the budget.
    """
    budget = budget or Budget()
    claims = {name: _pooled(sets, index) for index, name in enumerate(CLASSES)}
    known = {name: one for name, one in claims.items() if one is not None}
    chosen = {name: _one(name, one, budget) for name, one in known.items()}
    raised = _raised(chosen, known, clean, int(budget.clean * clean_crops))
    for name, threshold in raised.items():
        reason = f"{chosen[name].reason}; raised for clean desks"
        chosen[name] = replace(chosen[name], threshold=threshold, reason=reason)
    return {name: _measured(choice, known[name]) for name, choice in chosen.items()}


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
        result[name] = _down(value)
    return result


def _pooled(sets: Sequence[tuple[Mapping[int, Matches], int]], index: int) -> _Claims | None:
    mine = [(m[index], n) for m, n in sets if index in m]
    if not mine:
        return None
    confidence = np.concatenate([m.confidence for m, _ in mine])
    hit = np.concatenate([m.hit[:, 0] for m, _ in mine])
    order = np.argsort(-confidence, kind="stable")
    boxes = sum(len(m.truth_picture) for m, _ in mine)
    return _Claims(confidence[order], hit[order], boxes, sum(n for _, n in mine))


def _one(name: str, claims: _Claims, budget: Budget) -> Choice:
    """A class's own threshold; its figures are filled in at the end."""
    rests = role(name)
    confidence = claims.confidence
    true = np.cumsum(claims.hit, dtype=np.int64)
    false = np.cumsum(~claims.hit, dtype=np.int64)
    allowed = budget.false_per_picture * claims.pictures
    if claims.boxes < FEW:
        above = confidence[false > allowed]
        wanted = float(above[0]) + 0.01 if len(above) else CAREFUL
        threshold = float(np.clip(max(wanted, CAREFUL), LOWEST, HIGHEST))
        reason = f"only {claims.boxes} labelled boxes: the careful default, or above the false ones"
        return Choice(_down(threshold), claims.boxes, None, None, rests, reason)
    # only between two different confidences can a threshold lie
    last = np.append(confidence[1:] != confidence[:-1], True) if len(confidence) else claims.hit
    usable = last & (confidence >= LOWEST) & (confidence <= HIGHEST)
    if rests in _ACCUSING:
        usable &= (false <= allowed) & (confidence >= LOWEST_ACCUSING)
    precise = usable & (true >= budget.precision * (true + false)) & (true > 0)
    fair = usable & (true >= budget.least_precision * (true + false)) & (true > 0)
    reason = "as the policy says"
    among = precise if precise.any() else fair
    if not precise.any():
        reason = f"never right {budget.precision:.0%} of the time: the best that is fair"
    if not among.any():
        reason = f"never right {budget.least_precision:.0%} of the time: as good as never sure"
        return Choice(HIGHEST, claims.boxes, None, None, rests, reason)
    enough = usable & (true >= EAGER.get(name, 2.0) * (true + false))
    if enough.any():
        reason = "the lowest that is right often enough, since real ones are seen less surely"
        best = int(np.flatnonzero(enough)[-1])
    else:
        score = np.where(among, f_beta(true, false, claims.boxes, _BETA[rests]), -1.0)
        best = int(score.argmax())
    return Choice(_down(float(confidence[best])), claims.boxes, None, None, rests, reason)


def f_beta(
    true: NDArray[np.int64], false: NDArray[np.int64], boxes: int, beta: float
) -> NDArray[np.float64]:
    """F-beta of so many right and wrong claims on so many boxes; several claims may hit one box."""
    found = np.minimum(true, boxes)
    square = beta * beta
    missed = boxes - found
    result: NDArray[np.float64] = (
        (1 + square) * found / ((1 + square) * found + square * missed + false)
    )
    return result


def _raised(
    chosen: Mapping[str, Choice],
    claims: Mapping[str, _Claims],
    clean: Sequence[tuple[str, float]],
    allowed: int,
) -> dict[str, float]:
    """Thresholds that must rise so that at most ``allowed`` clean claims are sure.

    Step by step the class rises above its weakest clean claim that loses the fewest right claims
    for it; of equal ones the weakest claim goes.
    """
    threshold = {name: choice.threshold for name, choice in chosen.items()}
    standing = [(n, c) for n, c in clean if n in threshold and role(n) is Role.SCORED]
    raised: dict[str, float] = {}
    while True:
        sure = [(n, c) for n, c in standing if c >= threshold[n]]
        steps = []
        for name in sorted({n for n, _ in sure}):
            weakest = min(c for n, c in sure if n == name)
            above = _down(weakest) + 0.001
            if above > HIGHEST_CLEAN:
                continue
            lost = claims[name].at(threshold[name])[0] - claims[name].at(above)[0]
            rid = sum(n == name and c < above for n, c in sure)
            weight = DEAR if name in EAGER else 1.0
            steps.append((weight * lost / rid, weakest, name, above))
        if len(sure) <= allowed or not steps:
            return raised
        _, _, name, above = min(steps)
        threshold[name] = raised[name] = round(above, 3)


def _measured(choice: Choice, claims: _Claims) -> Choice:
    right, wrong = claims.at(choice.threshold)
    precision = round(right / (right + wrong), 4) if right + wrong else None
    recall = round(min(right, claims.boxes) / claims.boxes, 4) if claims.boxes else None
    return replace(choice, precision=precision, recall=recall)


def _down(value: float) -> float:
    return float(np.floor(value * 1000) / 1000)
