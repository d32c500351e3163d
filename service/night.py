"""The night: all that was captured for a day, looked at, judged and filed.

``register -> look -> picture -> judge -> file`` (``night_hall.py``), day by day and hall by hall,
one run at a time.  Facts are kept as they come, so that a killed run goes on where it was;
verdicts, findings and the end of the run are one transaction, so that a day is either filed whole
or not at all.  Running twice changes nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.calendar import open_spans
from service.calendars import calendar_of
from service.clock import Clock, hall_day, utc_now
from service.db.engine import Database
from service.db.models import FrameRow, Hall, Run
from service.halls import halls_named, inbox_of, newest_layout, read_layout
from service.locks import NIGHTLY, hold
from service.night_hall import Given, HallNight
from service.night_inbox import scan
from service.night_parts import Parts
from service.night_report import NightReport
from service.progress import Progress, no_progress
from service.settings import Settings
from vision.seen import DeskcheckError, InputError, StoreError

MB: Final = 1024 * 1024
MORNING: Final = timedelta(hours=6)
"""A run that starts before six in the morning belongs to the day before."""
CATCH_UP_DAYS: Final = 31


def _nobody(_report: NightReport) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Night:
    """All that a night needs; the clock and the parts are passed in."""

    database: Database
    settings: Settings
    parts_for: Callable[[Settings, date], Parts]
    clock: Clock = utc_now
    progress: Progress = no_progress
    again: bool = False
    """Look and judge anew even when nothing has changed since the last run."""
    told: Callable[[NightReport], None] = _nobody
    """Told each report as it comes."""

    def run(
        self, *, day: date | None = None, hall: str | None = None, until: date | None = None
    ) -> list[NightReport]:
        """Judge a day, one hall or all; without a day: today and what was missed before.

        ``until``: the last day of those, in place of today.  BusyError when another run is on.
        A hall or day that fails never stops the others; the first error is raised when all are
        through.
        """
        with self.database.read() as session:
            halls = halls_named(session, hall)
            todo = (
                [(day, row.code) for row in halls]
                if day is not None
                else sorted(
                    (due, row.code) for row in halls for due in self._due(session, row, until)
                )
            )
        self._check_space()
        given = Given(self.database, self.settings, self.clock, self.progress, self.again)
        reports: list[NightReport] = []
        errors: list[DeskcheckError] = []
        parts: dict[date, Parts] = {}
        with hold(
            self.database,
            NIGHTLY,
            stale_seconds=self.settings.lock_stale_seconds,
            clock=self.clock,
        ) as held:
            for on, code in todo:
                try:
                    if on not in parts:
                        parts = {on: self.parts_for(self.settings, on)}
                    reports.append(HallNight(given, parts[on], held, code, on).run())
                except InputError as error:
                    errors.append(error)
                    continue
                self.told(reports[-1])
        if errors:
            raise errors[0]
        return reports

    def _due(self, session: Session, hall: Hall, until: date | None) -> Iterator[date]:
        """Today, and the days before it with stills here that no night has seen: it never ran, or
        they came late.

        A day on which the hall was shut and nothing was captured is none.
        """
        today = until or night_day(self.clock())
        snapshots = scan(inbox_of(self.settings, hall)).snapshots
        arrived = {s.taken_at.date() for s in snapshots}
        if today in arrived or not self._shut(session, hall, today):
            yield today
        judged = set(
            session.scalars(
                select(Run.day).where(
                    Run.hall_id == hall.id, Run.status.in_(("done", "incomplete"))
                )
            )
        )
        oldest = today - timedelta(days=CATCH_UP_DAYS)
        rows = session.execute(
            select(FrameRow.camera, FrameRow.name).where(
                FrameRow.hall_id == hall.id, FrameRow.day >= oldest, FrameRow.day < today
            )
        )
        known = {(camera, name) for camera, name in rows}
        late = {s.taken_at.date() for s in snapshots if (s.camera, s.name) not in known}
        yield from sorted(d for d in arrived - judged | late if oldest <= d < today)

    def _shut(self, session: Session, hall: Hall, day: date) -> bool:
        layout = read_layout(self.settings, newest_layout(session, hall))
        return open_spans(day, layout.hours, calendar_of(self.settings)) == []

    def _check_space(self) -> None:
        """Stop before the disk is full, not when it is."""
        free = shutil.disk_usage(self.settings.data).free // MB
        if free < self.settings.min_free_mb:
            raise StoreError(
                f"The disk of {self.settings.data} has only {free} MB free, "
                f"{self.settings.min_free_mb} are kept: the night does not start. Shorten the "
                "terms (DESKCHECK_KEEP_…), or give a larger disk."
            )


def night_day(now: datetime) -> date:
    """The day that a night run at this moment is about."""
    return hall_day(now - MORNING)


def day_of(text: str | None, now: datetime) -> date | None:
    """``2026-03-11``, ``today`` or ``yesterday`` as a day of the hall; None for none given."""
    if not text:
        return None
    if text in ("today", "yesterday"):
        return hall_day(now) - timedelta(days=text == "yesterday")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date {text}: wanted a day like 2026-03-11, or yesterday.") from None
