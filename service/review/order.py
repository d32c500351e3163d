"""In which order an inspector looks: where a look is worth most comes first.  Pure.

The value of a look is the points at stake times how likely the finding holds, rising slowly with
age so that nothing lies for ever.  How likely: the model's confidence, pulled towards how often
this clause at this camera was confirmed before (a clause that is always dismissed sinks).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

PRIOR_WEIGHT: Final = 10.0
"""As many verdicts as the model's own confidence counts for."""
AGE_GAIN_PER_DAY: Final = 0.05
AGE_GAIN_MOST: Final = 1.0
ADVISORY_POINTS: Final = 0.1
"""尽量/提倡 clauses, and what costs nothing here: looked at after what can cost points."""


@dataclass(frozen=True, slots=True)
class Record:
    """How often a clause at a camera was confirmed and dismissed before."""

    confirmed: int = 0
    dismissed: int = 0


def likelihood(confidence: float, record: Record) -> float:
    """How likely the finding holds, 0..1."""
    seen = record.confirmed + record.dismissed
    return (confidence * PRIOR_WEIGHT + record.confirmed) / (PRIOR_WEIGHT + seen)


def value_of_look(
    confidence: float, *, points: float = 1.0, age_days: int = 0, record: Record | None = None
) -> float:
    """What a look at this finding is worth; only its order matters."""
    age = min(max(age_days, 0) * AGE_GAIN_PER_DAY, AGE_GAIN_MOST)
    return points * likelihood(confidence, record or Record()) * (1.0 + age)


Item = TypeVar("Item")
Key = TypeVar("Key")


def group_by_desk(
    items: Iterable[Item],
    *,
    desk: Callable[[Item], Key],
    value: Callable[[Item], float],
    tie: Callable[[Item], int],
) -> list[tuple[Key, Sequence[Item]]]:
    """Desks by their most valuable finding, each desk's findings by value; ties by ``tie``."""
    groups: dict[Key, list[Item]] = {}
    for item in sorted(items, key=lambda item: (-value(item), tie(item))):
        groups.setdefault(desk(item), []).append(item)
    return list(groups.items())
