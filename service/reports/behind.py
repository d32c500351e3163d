"""The rows behind what was looked at and what was flagged: day by day, finding by finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from service.db.models import DayVerdict, Decision, Finding, LayoutVersion, Run
from service.ledger.places import places_of
from service.reports.seen import KINDS, nights
from service.reports.shapes import Coverage


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day; ``checked``: its run came to an end."""

    day: date
    checked: bool
    frames: int
    usable: int
    coverage: Coverage
    cameras_missing: Sequence[str]


def day_lines(
    session: Session,
    hall_id: int,
    first: date,
    last: date,
    *,
    unit: str = "",
    unchecked: Sequence[date] = (),
) -> list[DayLine]:
    """Every day that a coverage was counted from, of one unit or of all; and those unchecked."""
    missing = (DayVerdict.verdict == "unjudged") & (DayVerdict.frames_used == 0)
    kind = case((missing, "missing"), else_=DayVerdict.verdict)
    rows = session.execute(
        select(DayVerdict.day, Run.layout_version_id, DayVerdict.desk, kind, func.count())
        .join(Run, Run.id == DayVerdict.run_id)
        .where(DayVerdict.hall_id == hall_id, DayVerdict.day.between(first, last))
        .group_by(DayVerdict.day, Run.layout_version_id, DayVerdict.desk, kind)
    ).all()
    texts = {id: session.get_one(LayoutVersion, id).yaml for id in {row[1] for row in rows}}
    places = {id: places_of(text) for id, text in texts.items()}
    cells: dict[date, Coverage] = {}
    for day, version, desk, name, number in rows:
        place = places[version].get(desk)
        if unit and (place is None or unit != (place.window and (place.unit or place.window))):
            continue
        cells[day] = cells.get(day, Coverage()) + Coverage(**{KINDS[name]: number})
    seen = nights(session, hall_id, first, last)
    runs = {
        run.day: run
        for run in session.scalars(
            select(Run)
            .where(
                Run.hall_id == hall_id,
                Run.day.in_(seen.days),
                Run.status.in_(("done", "incomplete")),
            )
            .order_by(Run.id)
        )
    }
    return [
        DayLine(
            day,
            day in runs,
            int(runs[day].counts.get("frames", 0)) if day in runs else 0,
            int(runs[day].counts.get("usable", 0)) if day in runs else 0,
            cells.get(day, Coverage()),
            [str(camera) for camera in runs[day].cameras_missing] if day in runs else (),
        )
        for day in sorted({*seen.days, *cells, *unchecked})
    ]


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A finding that a camera raised; ``said``: confirm, dismiss, or "" while it waits."""

    id: int
    day: date
    desk: str
    clause: str
    camera: str
    said: str
    reason: str


def flag_lines(
    session: Session, hall_id: int, first: date, last: date, as_of: datetime, *, said: str = "all"
) -> list[FlagLine]:
    """The findings that :func:`service.reports.seen.flags` counts, by their last verdict then."""
    newest = (
        select(Decision.finding_id, func.max(Decision.id).label("id"))
        .where(Decision.at <= as_of)
        .group_by(Decision.finding_id)
        .subquery()
    )
    verdict = aliased(Decision)
    rows = session.execute(
        select(Finding, verdict.action, verdict.reason)
        .outerjoin(newest, newest.c.finding_id == Finding.id)
        .outerjoin(verdict, verdict.id == newest.c.id)
        .where(
            Finding.hall_id == hall_id,
            Finding.day.between(first, last),
            Finding.source == "camera",
            Finding.created_at <= as_of,
        )
        .order_by(Finding.day, Finding.desk, Finding.clause, Finding.id)
    )
    lines = [
        FlagLine(
            finding.id,
            finding.day,
            finding.desk,
            finding.clause,
            finding.camera or "",
            action if action in ("confirm", "dismiss") else "",
            (reason or "") if action == "dismiss" else "",
        )
        for finding, action, reason in rows
        if action != "withdraw"
    ]
    return lines if said == "all" else [line for line in lines if line.said == said]
