"""A case as it stood at a moment, from its steps alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from service.db.models import CaseStep
from service.ledger.states import State, Step
from service.reports.history import Stood, stood
from vision.seen import HALL_TZ

T0 = datetime(2026, 3, 2, 9, tzinfo=HALL_TZ)
DUE = date(2026, 3, 5)


def steps(*done: tuple[int, str, str, date | None]) -> list[CaseStep]:
    return [
        CaseStep(at=T0 + timedelta(days=d), step=s, to_state=to, day=day, user_id=9)
        for d, s, to, day in done
    ]


CONFIRM = (0, Step.CONFIRM, State.CONFIRMED, None)
ASSIGN = (1, Step.ASSIGN, State.ASSIGNED, DUE)
DONE = (2, Step.REPORT_DONE, State.TO_CHECK, None)
DONE_LATE = (5, Step.REPORT_DONE, State.TO_CHECK, None)
BACK = (3, Step.SEND_BACK, State.RECTIFYING, None)
EXTEND = (2, Step.EXTEND, State.ASSIGNED, date(2026, 3, 9))
CLOSE = (6, Step.CLOSE, State.CLOSED, None)
REOPEN = (7, Step.REOPEN, State.CONFIRMED, None)
CLOSED_DAY = date(2026, 3, 8)


@pytest.mark.parametrize(
    ("done", "after", "expected"),
    [
        ([CONFIRM], -1, None),
        ([CONFIRM], 0, Stood(State.CONFIRMED, None, None, None, False)),
        ([CONFIRM, ASSIGN], 0, Stood(State.CONFIRMED, None, None, None, False)),
        ([CONFIRM, ASSIGN], 3, Stood(State.ASSIGNED, DUE, None, None, False)),
        ([CONFIRM, ASSIGN], 4, Stood(State.ASSIGNED, DUE, None, None, True)),
        ([CONFIRM, ASSIGN, DONE], 30, Stood(State.TO_CHECK, DUE, None, None, False)),
        ([CONFIRM, ASSIGN, DONE_LATE], 30, Stood(State.TO_CHECK, DUE, None, None, True)),
        ([CONFIRM, ASSIGN, DONE, BACK], 3, Stood(State.RECTIFYING, DUE, None, None, False)),
        ([CONFIRM, ASSIGN, DONE, BACK], 9, Stood(State.RECTIFYING, DUE, None, None, True)),
        ([CONFIRM, ASSIGN, EXTEND], 5, Stood(State.ASSIGNED, date(2026, 3, 9), None, None, False)),
        ([CONFIRM, ASSIGN, DONE, CLOSE], 30, Stood(State.CLOSED, DUE, CLOSED_DAY, 9, False)),
        ([CONFIRM, ASSIGN, DONE, CLOSE], 5, Stood(State.TO_CHECK, DUE, None, None, False)),
        ([CONFIRM, ASSIGN, DONE_LATE, CLOSE], 30, Stood(State.CLOSED, DUE, CLOSED_DAY, 9, True)),
        ([CONFIRM, ASSIGN, DONE, CLOSE, REOPEN], 8, Stood(State.CONFIRMED, DUE, None, None, False)),
    ],
)
def test_how_it_stood(
    done: list[tuple[int, str, str, date | None]], after: int, expected: Stood | None
) -> None:
    assert stood(steps(*done), T0 + timedelta(days=after)) == expected
