"""The Chinese working calendar with its make-up days (调休), and which window a moment falls in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from pydantic import Field, model_validator

from rules.hours import WEEKDAYS, Hours, Strict
from rules.yaml_lines import Loc, complain, load_yaml, parse
from vision.seen import HALL_TZ, CalendarError, Window

FOLDER: Final = Path(__file__).resolve().parent / "calendars"


class Holiday(Strict):
    """A holiday's days off, both ends included."""

    name: str = Field(min_length=1, examples=["国庆节"])
    from_: date = Field(alias="from", examples=["2026-10-01"])
    to: date = Field(examples=["2026-10-07"])

    @model_validator(mode="after")
    def _in_order(self) -> Holiday:
        if self.to < self.from_:
            raise ValueError(f"the holiday ends {self.to} before it starts; swap from and to")
        if (self.to - self.from_).days > 20:
            raise ValueError("a holiday of more than 20 days; check from and to")
        return self


class CalendarYear(Strict):
    """One year's file: days off, and weekend days that are worked."""

    year: int = Field(ge=2000, le=2100, examples=[2026])
    source: str = Field(default="", title="Where the days come from")
    holidays: tuple[Holiday, ...] = Field(examples=["[{name: 国庆节, from: 2026-10-01, to: ...}]"])
    workdays: tuple[date, ...] = Field(
        default=(), title="Make-up working days (调休上班)", examples=["[2026-10-10]"]
    )


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, for the years that it knows."""

    off: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    worked: Mapping[int, frozenset[date]] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(self.off))

    def knows(self, day: date) -> bool:
        return day.year in self.off

    def holiday(self, day: date) -> str | None:
        """The holiday's name on a day off, else None."""
        return self.off.get(day.year, {}).get(day)

    def makes_up(self, day: date) -> bool:
        """Whether this day is a weekend day worked in exchange (调休)."""
        return day in self.worked.get(day.year, frozenset())


@dataclass(frozen=True, slots=True)
class Moment:
    """The window of a moment, or None with a reason code of ``rules.messages``.

    ``stretch``: in which of the day's stretches of opening a moment of W lies, counted from 0.
    """

    window: Window | None
    reason: str = "ok"
    stretch: int = 0


def load_calendar(paths: Iterable[str | Path] | None = None) -> Calendar:
    """Read calendar files, one a year; by default those that are shipped."""
    if paths is None:
        paths = sorted(FOLDER.glob("*.yaml"))
    off: dict[int, Mapping[date, str]] = {}
    worked: dict[int, frozenset[date]] = {}
    for path in paths:
        year, days_off, days_worked = _load_year(path)
        if year in off:
            raise CalendarError(
                f"{Path(path).name}, line 1, year: {year} was read from another file already; "
                "keep one file a year."
            )
        off[year], worked[year] = days_off, days_worked
    return Calendar(off, worked)


def _load_year(path: str | Path) -> tuple[int, Mapping[date, str], frozenset[date]]:
    document = load_yaml(path, CalendarError)
    spec = parse(CalendarYear, document, CalendarError)
    off: dict[date, str] = {}
    loc: Loc

    def in_its_year(loc: Loc, day: date) -> None:
        if day.year != spec.year:
            raise complain(
                CalendarError, document, loc, f"{day} is not in {spec.year}",
                f"put it into the file of {day.year}",
            )  # fmt: skip

    for i, holiday in enumerate(spec.holidays):
        loc = ("holidays", i, "from")
        for step in range((holiday.to - holiday.from_).days + 1):
            day = holiday.from_ + timedelta(days=step)
            in_its_year(loc, day)
            if day in off:
                raise complain(
                    CalendarError, document, loc, f"{day} is off already ({off[day]})",
                    "name each day once",
                )  # fmt: skip
            off[day] = holiday.name
    for i, day in enumerate(spec.workdays):
        loc = ("workdays", i)
        in_its_year(loc, day)
        if day in off:
            raise complain(
                CalendarError, document, loc, f"{day} is a day off ({off[day]}) and worked",
                "keep one of the two",
            )  # fmt: skip
        if day.weekday() < 5:
            raise complain(
                CalendarError, document, loc, f"{day} is a weekday, worked anyway",
                "name only weekend days that are worked in exchange",
            )  # fmt: skip
    return spec.year, off, frozenset(spec.workdays)


def open_spans(
    day: date, hours: Hours, calendar: Calendar, window: str | None = None
) -> list[tuple[time, time]] | None:
    """When the hall (or window) is open on a day, in order; None where the year is not known."""
    if not calendar.knows(day):
        return None
    spans: list[tuple[time, time]] = []
    shut = calendar.holiday(day) is not None or any(
        c.from_ <= day <= c.to and c.window in (None, window) for c in hours.closures
    )
    if not shut:
        week = hours.week_of(day, window)
        span = week.weekly.get(WEEKDAYS[day.weekday()])
        if span is None and calendar.makes_up(day):
            span = week.weekly.get("mon")
        if span is not None:
            spans.extend(_without(span, week.lunch))
    spans.extend(
        extra.hours
        for extra in hours.overtime
        if extra.date == day and extra.hours is not None and extra.window in (None, window)
    )
    return sorted(spans)


def _without(span: tuple[time, time], lunch: tuple[time, time] | None) -> list[tuple[time, time]]:
    if lunch is None or lunch[0] >= span[1] or lunch[1] <= span[0]:
        return [span]
    parts = [(span[0], lunch[0]), (lunch[1], span[1])]
    return [(start, end) for start, end in parts if start < end]


def _joined(spans: Sequence[tuple[time, time]]) -> list[tuple[time, time]]:
    """Spans in order, with those as one that touch or overlap: between two it is closed."""
    out: list[tuple[time, time]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def moment_of(
    taken_at: datetime, hours: Hours, calendar: Calendar, window: str | None = None
) -> Moment:
    """Which capture window a moment falls in: W while open, P before, N after and on closed days.

    Between two spans of a day (lunch) and in the minutes after close nothing is judged.
    """
    local = taken_at.astimezone(HALL_TZ)
    spans = open_spans(local.date(), hours, calendar, window)
    if spans is None:
        return Moment(None, "calendar_year_unknown")
    now = local.time().replace(tzinfo=None)
    if not spans:
        return Moment("N")
    if any(start <= now < end for start, end in spans):
        return Moment("W", stretch=sum(end <= now for _, end in _joined(spans)))
    if now < spans[0][0]:
        return Moment("P") if now >= hours.prepare_from else Moment("N")
    if now < spans[-1][1]:
        return Moment(None, "between_hours")
    minutes = (now.hour * 60 + now.minute) - (spans[-1][1].hour * 60 + spans[-1][1].minute)
    if minutes < hours.after_close_min:
        return Moment(None, "tidying_up")
    return Moment("N")


def window_of(
    taken_at: datetime, hours: Hours, calendar: Calendar, window: str | None = None
) -> Window | None:
    """``moment_of`` without its reason."""
    return moment_of(taken_at, hours, calendar, window).window
