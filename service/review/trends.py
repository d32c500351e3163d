"""How confirmed findings come and go: by clause and by window unit, by day or by week."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.auth.viewer import Viewer
from service.db.models import Case
from service.ledger.scope import visible
from service.ledger.states import State

Step: TypeAlias = Literal["day", "week"]
DAYS: Final = 30
WEEKS: Final = 12
STRUCK_OUT: Final = (State.PENDING, State.REJECTED, State.APPEAL_UPHELD)
"""Taken back, refused, or withdrawn on appeal: nobody's count."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Unit:
    """Who answers for a window: its unit, or the window itself where it has none."""

    hall_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Confirmed findings: ``by_clause`` and ``by_unit`` hold one number for each of ``steps``.

    ``steps``: the day itself, or the Monday of the week.
    """

    step: Step
    steps: tuple[date, ...]
    by_clause: dict[str, list[int]]
    by_unit: dict[Unit, list[int]]

    @property
    def total(self) -> int:
        return sum(map(sum, self.by_clause.values()))


def steps_until(today: date, step: Step) -> tuple[date, ...]:
    """The last 30 days, or the last 12 weeks by their Monday; the one of today included."""
    if step == "day":
        return tuple(today - timedelta(days=DAYS - 1 - n) for n in range(DAYS))
    monday = today - timedelta(days=today.weekday())
    return tuple(monday - timedelta(weeks=WEEKS - 1 - n) for n in range(WEEKS))


def count_trends(
    session: Session, viewer: Viewer, hall_ids: Collection[int], *, today: date, step: Step
) -> Counted:
    """The viewer's cases by the day they were found; a chief's are of their own windows."""
    steps = steps_until(today, step)
    rows = session.execute(
        select(Case.day, Case.clause, Case.hall_id, Case.unit, Case.window, func.count())
        .where(
            visible(viewer),
            Case.hall_id.in_(hall_ids),
            Case.state.not_in(STRUCK_OUT),
            Case.day >= steps[0],
            Case.day <= today,
        )
        .group_by(Case.day, Case.clause, Case.hall_id, Case.unit, Case.window)
    ).all()
    return Counted(
        step,
        steps,
        _fold(steps, step, ((row[1], row[0], row[5]) for row in rows)),
        _fold(steps, step, ((Unit(row[2], row[3] or row[4]), row[0], row[5]) for row in rows)),
    )


def _fold(
    steps: Sequence[date], step: Step, found: Iterable[tuple[Key, date, int]]
) -> dict[Key, list[int]]:
    """One row of numbers a key, the largest first, then by name."""
    width = 1 if step == "day" else 7
    lines: dict[Key, list[int]] = {}
    for key, day, number in found:
        lines.setdefault(key, [0] * len(steps))[(day - steps[0]).days // width] += number
    return dict(sorted(lines.items(), key=lambda item: (-sum(item[1]), str(item[0]))))
