"""What was looked at in a period: days, frames, cells, silent cameras; and what was flagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from rules.calendar import Calendar
from service.db.models import DayVerdict, Decision, Finding, LayoutVersion, Run
from service.ledger.deadlines import is_workday
from service.ledger.places import places_of
from service.reports.shapes import CameraGap, Coverage, Flags

KINDS = {"pass": "passed", "suspect": "suspect", "unjudged": "unjudged", "missing": "missing"}


@dataclass(frozen=True, slots=True)
class Nights:
    """The last run of each day that was checked."""

    days: tuple[date, ...]
    frames: int
    usable: int
    gaps: tuple[CameraGap, ...]
    layouts: Mapping[date, int]


def nights(session: Session, hall_id: int, first: date, last: date) -> Nights:
    """The period's runs; a day whose run failed or never ended was not checked."""
    runs: dict[date, Run] = {}
    rows = session.scalars(
        select(Run).where(Run.hall_id == hall_id, Run.day.between(first, last)).order_by(Run.id)
    )
    for run in rows:
        if run.status in ("done", "incomplete"):
            runs[run.day] = run
    silent: dict[str, int] = {}
    for run in runs.values():
        for camera in run.cameras_missing:
            silent[str(camera)] = silent.get(str(camera), 0) + 1
    return Nights(
        tuple(sorted(runs)),
        sum(int(run.counts.get("frames", 0)) for run in runs.values()),
        sum(int(run.counts.get("usable", 0)) for run in runs.values()),
        tuple(CameraGap(c, n) for c, n in sorted(silent.items(), key=lambda i: (-i[1], i[0]))),
        {day: run.layout_version_id for day, run in runs.items()},
    )


def coverage_by_unit(
    session: Session, hall_id: int, first: date, last: date
) -> tuple[Coverage, dict[str, tuple[Coverage, frozenset[str]]]]:
    """The period's cells together, and by unit (window where none is named) with its windows.

    The hall's own ground belongs to no unit and counts only in the whole.
    """
    missing = (DayVerdict.verdict == "unjudged") & (DayVerdict.frames_used == 0)
    kind = case((missing, "missing"), else_=DayVerdict.verdict)
    rows = session.execute(
        select(Run.layout_version_id, DayVerdict.desk, kind, func.count())
        .join(Run, Run.id == DayVerdict.run_id)
        .where(DayVerdict.hall_id == hall_id, DayVerdict.day.between(first, last))
        .group_by(Run.layout_version_id, DayVerdict.desk, kind)
    ).all()
    texts = {id: session.get_one(LayoutVersion, id).yaml for id in {row[0] for row in rows}}
    whole = Coverage()
    units: dict[str, tuple[Coverage, frozenset[str]]] = {}
    for version, desk, name, number in rows:
        cells = Coverage(**{KINDS[name]: number})
        whole += cells
        place = places_of(texts[version]).get(desk)
        if place is None or not place.window:
            continue
        unit = place.unit or place.window
        sum_, windows = units.get(unit, (Coverage(), frozenset()))
        units[unit] = (sum_ + cells, windows | {place.window})
    return whole, units


def flags(session: Session, hall_id: int, first: date, last: date, as_of: datetime) -> Flags:
    """Findings that a camera raised in the period, by their last verdict at the moment."""
    newest = (
        select(func.max(Decision.id))
        .join(Finding, Finding.id == Decision.finding_id)
        .where(
            Finding.hall_id == hall_id,
            Finding.day.between(first, last),
            Finding.source == "camera",
            Decision.at <= as_of,
        )
        .group_by(Decision.finding_id)
    )
    rows = session.execute(
        select(Decision.action, func.count())
        .where(Decision.id.in_(newest))
        .group_by(Decision.action)
    )
    actions = {row[0]: row[1] for row in rows}
    found = session.scalar(
        select(func.count())
        .select_from(Finding)
        .where(
            Finding.hall_id == hall_id,
            Finding.day.between(first, last),
            Finding.source == "camera",
            Finding.created_at <= as_of,
        )
    )
    withdrawn = actions.get("withdraw", 0)
    confirmed, dismissed = actions.get("confirm", 0), actions.get("dismiss", 0)
    total = (found or 0) - withdrawn
    return Flags(total, confirmed, dismissed, max(0, total - confirmed - dismissed))


def workdays(calendar: Calendar, first: date, last: date, today: date) -> tuple[date, ...] | None:
    """The period's working days up to the day before ``today``'s end; None: an unknown year."""
    days = []
    day = first
    while day <= min(last, today):
        works = is_workday(day, calendar)
        if works is None:
            return None
        if works:
            days.append(day)
        day += timedelta(days=1)
    return tuple(days)
