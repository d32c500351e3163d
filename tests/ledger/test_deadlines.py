"""Working days with their holidays and make-up days; overdue only while the window's time runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from rules.calendar import Calendar, load_calendar
from service.ledger.deadlines import is_overdue, is_workday, workdays_after
from service.ledger.places import Place, places_of
from service.ledger.states import State

CALENDAR = load_calendar()


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 3, 11), 3, date(2026, 3, 16)),  # Wednesday, over a weekend
        (date(2026, 3, 13), 1, date(2026, 3, 16)),  # Friday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday worked in exchange
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # a worked Saturday, then 春节
        (date(2026, 3, 11), 0, date(2026, 3, 11)),
        (date(2026, 12, 31), 1, None),  # nobody knows 2027's holidays yet
        (date(2031, 1, 1), 1, None),
    ],
)
def test_working_days(start: date, count: int, expected: date | None) -> None:
    assert workdays_after(start, count, CALENDAR) == expected


@given(st.dates(date(2025, 1, 1), date(2026, 9, 30)), st.integers(1, 40))
def test_it_is_a_working_day_with_so_many_between(start: date, count: int) -> None:
    end = workdays_after(start, count, CALENDAR)
    assert end is not None
    days = [start + timedelta(days=i + 1) for i in range((end - start).days)]
    assert is_workday(end, CALENDAR)
    assert sum(bool(is_workday(day, CALENDAR)) for day in days) == count


def test_an_unknown_year_is_not_guessed() -> None:
    assert is_workday(date(2026, 3, 11), Calendar()) is None


@pytest.mark.parametrize("state", list(State))
def test_overdue_only_while_the_window_has_the_case(state: State) -> None:
    today = date(2026, 3, 11)
    late = is_overdue(state, today - timedelta(days=1), today)
    assert late == (state in (State.ASSIGNED, State.RECTIFYING))
    assert not is_overdue(state, today, today)  # the last day counts whole
    assert not is_overdue(state, None, today)


def test_places_come_from_the_layout() -> None:
    text = "desks:\n  - {id: A1, name: 一号, window: W1, unit: 税务局}\n  - {id: A2}\n"
    assert places_of(text) == {
        "A1": Place("一号", "W1", "税务局"),
        "A2": Place("A2", "A2", ""),  # a desk without a window is one
    }
    assert places_of("") == {}
