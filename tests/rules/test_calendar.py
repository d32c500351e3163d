"""Working days with 调休, and which window a moment falls in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from rules.calendar import load_calendar, moment_of, window_of
from rules.hours import Hours
from rules.yaml_lines import load_yaml, parse
from tests.rules import made
from vision.seen import HALL_TZ, LayoutError

CALENDAR = load_calendar()
HOURS = """\
weekly: {mon: "09:00-17:00", tue: "09:00-17:00", wed: "09:00-17:00", thu: "09:00-17:00", fri: "09:00-17:00"}
lunch: "12:00-13:30"
seasons:
  - {from: "07-01", to: "08-31", weekly: {mon: "08:00-18:00"}}
windows:
  W2: {weekly: {mon: "10:00-16:00"}}
closures:
  - {from: 2026-11-24, to: 2026-11-24}
  - {from: 2026-11-25, to: 2026-11-25, window: W1}
overtime:
  - {date: 2026-11-22, hours: "09:00-12:00"}
prepare_from: "06:30"
after_close_min: 15
"""  # noqa: E501 - YAML as people write it


def hours(text: str = HOURS) -> Hours:
    return parse(Hours, load_yaml("HALL.yaml", LayoutError, text=text), LayoutError)


def test_2024_to_2026_are_shipped_and_agree_with_their_source() -> None:
    assert CALENDAR.years == (2024, 2025, 2026)
    day = date(2024, 1, 1)
    while day.year <= 2026:
        worked = CALENDAR.holiday(day) is None and (day.weekday() < 5 or CALENDAR.makes_up(day))
        assert worked == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("at", "window", "expected"),
    [
        ("2026-11-23T10:00", None, ("W", "ok")),
        ("2026-11-23T09:00", None, ("W", "ok")),
        ("2026-11-23T08:59", None, ("P", "ok")),
        ("2026-11-23T06:30", None, ("P", "ok")),
        ("2026-11-23T06:29", None, ("N", "ok")),
        ("2026-11-23T12:00", None, (None, "between_hours")),
        ("2026-11-23T13:30", None, ("W", "ok")),
        ("2026-11-23T17:00", None, (None, "tidying_up")),
        ("2026-11-23T17:15", None, ("N", "ok")),
        ("2026-11-23T23:59", None, ("N", "ok")),
        ("2026-11-23T09:30", "W2", ("P", "ok")),
        ("2026-11-23T12:10", "W2", ("W", "ok")),
        ("2026-11-22T10:00", None, ("W", "ok")),  # overtime on a Sunday
        ("2026-11-22T13:00", None, ("N", "ok")),
        ("2026-11-24T10:00", None, ("N", "ok")),  # closed
        ("2026-11-25T10:00", "W1", ("N", "ok")),
        ("2026-11-25T10:00", None, ("W", "ok")),
        ("2026-10-01T10:00", None, ("N", "ok")),  # 国庆节
        ("2026-10-10T10:00", None, ("W", "ok")),  # 调休, a Saturday with Monday's hours
        ("2026-10-11T10:00", None, ("N", "ok")),  # the Sunday after it
        ("2026-07-06T08:10", None, ("W", "ok")),  # summer hours
        ("2026-07-06T12:30", None, ("W", "ok")),  # which have no lunch break
        ("2027-03-01T10:00", None, (None, "calendar_year_unknown")),
    ],
)
def test_windows(at: str, window: str | None, expected: tuple[str | None, str]) -> None:
    taken = datetime.fromisoformat(at).replace(tzinfo=HALL_TZ)
    moment = moment_of(taken, hours(), CALENDAR, window)
    assert (moment.window, moment.reason) == expected
    assert window_of(taken, hours(), CALENDAR, window) == expected[0]


@pytest.mark.parametrize(
    ("overtime", "stretches"),
    [
        # open 09:00-12:00 and 13:30-17:00; asked at 10:00, 14:00 and 18:00
        ("", (0, 1, None)),
        ('{date: 2026-11-23, hours: "17:00-20:00"}', (0, 1, 1)),  # goes straight on
        ('{date: 2026-11-23, hours: "17:30-20:00"}', (0, 1, 2)),
        ('{date: 2026-11-23, hours: "11:30-13:30"}', (0, 0, None)),  # works through lunch
        ('{date: 2026-11-23, hours: "10:00-18:30"}', (0, 0, 0)),
    ],
)
def test_a_moment_knows_its_stretch_of_opening(
    overtime: str, stretches: tuple[int | None, ...]
) -> None:
    text = f'weekly: {{mon: "09:00-17:00"}}\nlunch: "12:00-13:30"\novertime: [{overtime}]\n'
    moments = [
        moment_of(datetime(2026, 11, 23, hour, tzinfo=HALL_TZ), hours(text), CALENDAR)
        for hour in (10, 14, 18)
    ]
    assert tuple(m.stretch if m.window == "W" else None for m in moments) == stretches


def test_a_moment_is_read_in_the_halls_own_time() -> None:
    from datetime import UTC

    taken = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in the hall
    assert window_of(taken, hours(), CALENDAR) == "W"


def test_a_season_may_cross_the_new_year() -> None:
    text = 'seasons:\n  - {from: "12-15", to: "01-31", weekly: {mon: "10:00-15:00"}}\n'
    winter = hours(text)
    assert winter.week_of(date(2026, 12, 28), None).weekly["mon"] is not None
    assert winter.week_of(date(2026, 1, 5), None) is winter.seasons[0]
    assert winter.week_of(date(2026, 3, 2), None) is winter


def test_by_default_a_hall_is_open_from_monday_to_friday() -> None:
    layout = made.hall(made.hall_text(hours="{}"))
    at = datetime(2026, 11, 23, 16, 59, tzinfo=HALL_TZ)
    assert window_of(at, layout.hours, CALENDAR) == "W"
    assert window_of(at + timedelta(days=5), layout.hours, CALENDAR) == "N"
