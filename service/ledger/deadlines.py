"""Deadlines by working days, and when a case is overdue.  Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from rules.calendar import Calendar
from service.ledger.states import State

WEEKEND: Final = 5
RUNNING: Final = (State.ASSIGNED, State.RECTIFYING)
"""States in which the window's time runs; while an appeal or a check is open it stands still."""


def is_workday(day: date, calendar: Calendar) -> bool | None:
    """Whether this day is worked; None where the calendar does not know its year."""
    if not calendar.knows(day):
        return None
    if calendar.makes_up(day):
        return True
    return day.weekday() < WEEKEND and calendar.holiday(day) is None


def workdays_after(day: date, count: int, calendar: Calendar) -> date | None:
    """The ``count``-th working day after ``day``; None where the calendar's years end before."""
    while count > 0:
        day += timedelta(days=1)
        worked = is_workday(day, calendar)
        if worked is None:
            return None
        count -= worked
    return day


def is_overdue(state: State, due: date | None, today: date) -> bool:
    """逾期: the last day has passed and the window has not reported it mended."""
    return due is not None and due < today and state in RUNNING
