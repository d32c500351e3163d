"""When a hall is open, as its layout says it: weekly hours, lunch, seasons, windows, exceptions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SPAN: Final = re.compile(r"^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$")
_CLOCK: Final = re.compile(r"^(\d{1,2}):(\d{2})$")
_MONTH_DAY: Final = re.compile(r"^(\d{2})-(\d{2})$")
LAST_MINUTE: Final = 24 * 60 - 1


def _clock(hour: str, minute: str) -> time:
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"{hour}:{minute} is no time of day; write 00:00 to 23:59")
    return time(int(hour), int(minute))


def parse_span(value: object) -> object:
    """``"09:00-17:00"`` to a pair of times; ``closed`` and ``none`` to None."""
    if value in ("closed", "none", None):
        return None
    if isinstance(value, str) and (found := _SPAN.match(value.strip())):
        start, end = _clock(*found.groups()[:2]), _clock(*found.groups()[2:])
        if start >= end:
            raise ValueError(f"'{value}' ends before it starts; write the earlier time first")
        return (start, end)
    if isinstance(value, tuple):
        return value
    raise ValueError(f'{value!r} is no span of time; write "09:00-17:00" or closed')


def parse_clock(value: object) -> object:
    """``"06:00"`` to a time."""
    if isinstance(value, str) and (found := _CLOCK.match(value.strip())):
        return _clock(*found.groups())
    if isinstance(value, time):
        return value
    raise ValueError(f'{value!r} is no time of day; write it as "06:00"')


def parse_month_day(value: object) -> object:
    """``"05-01"`` to (5, 1)."""
    if isinstance(value, str) and (found := _MONTH_DAY.match(value.strip())):
        month, day = int(found[1]), int(found[2])
        try:
            date(2024, month, day)
        except ValueError:
            raise ValueError(f"'{value}' is no day of the year; write month-day, 05-01") from None
        return (month, day)
    if isinstance(value, tuple):
        return value
    raise ValueError(f'{value!r} is no day of the year; write month-day as "05-01"')


Span = Annotated[
    tuple[time, time] | None,
    BeforeValidator(parse_span, json_schema_input_type=str | None),
]
Clock = Annotated[time, BeforeValidator(parse_clock, json_schema_input_type=str)]
MonthDay = Annotated[tuple[int, int], BeforeValidator(parse_month_day, json_schema_input_type=str)]


class Strict(BaseModel):
    """Frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


_OFFICE: Final = (time(9), time(17))


def _office_week() -> Mapping[Weekday, tuple[time, time] | None]:
    return {day: (None if day in ("sat", "sun") else _OFFICE) for day in WEEKDAYS}


class Week(Strict):
    """Opening hours of a week, and the lunch break in which nothing is judged."""

    weekly: Mapping[Weekday, Span] = Field(
        default_factory=_office_week,
        title="Weekly hours",
        description="Opening hours by weekday (mon, tue, wed, thu, fri, sat, sun); a day left out "
        "is closed. A make-up working day (调休) on a weekend has Monday's hours.",
        examples=['{mon: "09:00-17:00", fri: "09:00-16:30"}'],
    )
    lunch: Span = Field(
        default=None,
        title="Lunch break",
        description="A break in which no clause is judged; none by default.",
        examples=['"12:00-13:30"'],
    )


class Season(Week):
    """Other hours for a part of the year; from and to are included and may cross the new year."""

    from_: MonthDay = Field(alias="from", title="First day", examples=['"05-01"'])
    to: MonthDay = Field(title="Last day", examples=['"09-30"'])

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.from_ <= self.to:
            return self.from_ <= here <= self.to
        return here >= self.from_ or here <= self.to


class Closure(Strict):
    """Days on which the hall, or one window of it, is shut."""

    from_: date = Field(alias="from", title="First day", examples=["2026-02-10"])
    to: date = Field(title="Last day", examples=["2026-02-12"])
    why: str = Field(default="", title="Why")
    window: str | None = Field(default=None, title="Only this window")

    @model_validator(mode="after")
    def _in_order(self) -> Closure:
        if self.to < self.from_:
            raise ValueError(f"the closure ends {self.to} before it starts; swap from and to")
        return self


class Overtime(Strict):
    """Hours added on one day: the lights may be on and papers out."""

    date: date
    hours: Span = Field(title="Hours", examples=['"17:00-20:00"'])
    window: str | None = Field(default=None, title="Only this window")


class Hours(Week):
    """All that decides which capture window (W, P, N) a moment belongs to."""

    seasons: tuple[Season, ...] = Field(default=(), title="Seasons")
    windows: Mapping[str, Week] = Field(
        default_factory=dict, title="Windows with hours of their own, by the desks' window name"
    )
    closures: tuple[Closure, ...] = Field(default=(), title="Days shut")
    overtime: tuple[Overtime, ...] = Field(default=(), title="Overtime")
    prepare_from: Clock = Field(
        default=time(6),
        title="Before-opening window starts",
        description="P is from here to opening; earlier the night (N) goes on.",
        examples=['"06:00"'],
    )
    after_close_min: int = Field(
        default=0,
        ge=0,
        le=240,
        title="Minutes from close to the night window",
        description="Time to tidy up after close in which nothing is judged.",
    )

    def week_of(self, day: date, window: str | None) -> Week:
        """The hours in force on a day for a window: its own, then the season's, then the hall's."""
        if window is not None and window in self.windows:
            return self.windows[window]
        for season in self.seasons:
            if season.covers(day):
                return season
        return self
