"""A case as it stood at a moment, from its steps: so that a figure can be computed again later.

Steps are only ever added, so the same moment always gives the same answer, whatever happened to
the case since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from service.clock import hall_day
from service.db.models import CaseStep
from service.ledger.deadlines import is_overdue
from service.ledger.states import State, Step

SETS_DUE: Final = (Step.ASSIGN, Step.EXTEND)


@dataclass(frozen=True, slots=True)
class Stood:
    """``closed_day``: None while open; ``late``: still standing, or mended, after its last day."""

    state: State
    due_day: date | None
    closed_day: date | None
    closed_by_id: int | None
    late: bool


def stood(steps: Sequence[CaseStep], as_of: datetime) -> Stood | None:
    """How a case stood; None where it was not there yet.  ``steps`` in order."""
    past = [step for step in steps if step.at <= as_of]
    if not past:
        return None
    state = State(past[-1].to_state)
    due: date | None = None
    done: datetime | None = None
    closed: CaseStep | None = None
    for step in past:
        if step.step in SETS_DUE:
            due = step.day
        if step.step == Step.REPORT_DONE:
            done = step.at
        elif step.step in (Step.SEND_BACK, Step.REOPEN):
            done = None
        if step.to_state == State.CLOSED:
            closed = step
    standing = closed if state is State.CLOSED else None
    mended = done or (standing.at if standing else None)
    late = is_overdue(state, due, hall_day(as_of)) or (
        mended is not None and due is not None and hall_day(mended) > due
    )
    return Stood(
        state,
        due,
        hall_day(standing.at) if standing else None,
        standing.user_id if standing else None,
        late,
    )
