"""The working calendar in force: the shipped years, and those an administrator added."""

from __future__ import annotations

from rules.calendar import Calendar, load_calendar
from service.settings import Settings


def calendar_of(settings: Settings) -> Calendar:
    """The shipped years and the files in ``calendars`` in the data folder, which count first."""
    calendar = load_calendar()
    own = settings.data / "calendars"
    if own.is_dir():
        extra = load_calendar(sorted(own.glob("*.yaml")))
        calendar = Calendar({**calendar.off, **extra.off}, {**calendar.worked, **extra.worked})
    return calendar
