"""The day's draw in the database: made once, logged, and drawn again from what was kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rules.calendar import Calendar
from service import plan as plans
from service.audit import append_hall
from service.cameras import store as cameras
from service.clock import hall_day
from service.db.camera_tables import SpotDraw, SpotPlanRow
from service.db.halls import Hall
from service.halls import newest_layout, read_layout
from service.settings import Settings
from vision.seen import CalendarError, StoreError


def plan_of(session: Session, hall: Hall) -> plans.SpotPlan:
    """The hall's spot plan, or the default one."""
    row = session.get(SpotPlanRow, hall.id)
    return plans.SpotPlan() if row is None else plans.SpotPlan.of(row.plan)


def set_plan(session: Session, hall: Hall, plan: plans.SpotPlan, now: datetime, by: str) -> None:
    """Keep a hall's spot plan; it counts from the next draw on."""
    row = session.get(SpotPlanRow, hall.id) or SpotPlanRow(hall_id=hall.id)
    row.plan, row.changed_at, row.changed_by = dict(plan.as_dict()), now, by
    session.add(row)
    append_hall(
        session,
        at=now,
        actor=by,
        action="capture.plan",
        hall_id=hall.id,
        code=hall.code,
        detail=plan.as_dict(),
    )


def draw_of(row: SpotDraw) -> plans.Draw:
    """Draw a kept day again: the same spots from the same seed."""
    spans = {slot: [(int(a), int(b)) for a, b in row.spans.get(slot, [])] for slot in plans.SLOTS}
    drawn = plans.draw(
        row.hall.code,
        row.day,
        [str(c) for c in row.cameras],
        plans.SpotPlan.of(row.plan),
        spans,
        seed=row.seed,
    )
    if drawn.commitment != row.commitment:
        raise StoreError(f"The draw of {row.hall.code} on {row.day} was altered after it was made.")
    return drawn


def ensure_draw(
    session: Session,
    settings: Settings,
    hall: Hall,
    calendar: Calendar,
    day: date,
    now: datetime,
    seed: Callable[[], str] = plans.fresh_seed,
    *,
    only: Collection[str] | None = None,
) -> SpotDraw | None:
    """The day's draw; made, kept and logged where there is none yet.  None: no cameras.

    ``only``: the cameras to draw for, in place of all.
    """
    row = session.scalar(select(SpotDraw).where(SpotDraw.hall_id == hall.id, SpotDraw.day == day))
    if row is not None:
        return row
    codes = [c.code for c in cameras.cameras_of(session, hall.id) if only is None or c.code in only]
    if not codes:
        return None
    plan = plan_of(session, hall)
    layout = read_layout(settings, newest_layout(session, hall))
    spans = plans.spans_of(day, layout.hours, calendar, plan)
    drawn = seed()
    row = SpotDraw(
        hall_id=hall.id,
        day=day,
        seed=drawn,
        commitment=plans.commitment_of(drawn),
        plan=dict(plan.as_dict()),
        spans={slot: [list(s) for s in parts] for slot, parts in spans.items()},
        cameras=codes,
        drawn_at=now,
    )
    session.add(row)
    session.flush()
    append_hall(
        session,
        at=now,
        actor="capture",
        action="capture.draw",
        hall_id=hall.id,
        code=hall.code,
        detail={"day": str(day), "commitment": row.commitment},
    )
    return row


def draw_slept_days(
    session: Session,
    settings: Settings,
    hall: Hall,
    calendar: Calendar,
    since: date,
    now: datetime,
    seed: Callable[[], str] = plans.fresh_seed,
) -> None:
    """Draw the days since the last draw on which no run was on, for those cameras whose pictures
    of then lie in a drop: nobody looks there before the times are drawn and logged."""
    today = hall_day(now)
    drops = [c for c in cameras.cameras_of(session, hall.id) if c.kind == "folder"]
    last = session.scalar(
        select(func.max(SpotDraw.day)).where(SpotDraw.hall_id == hall.id, SpotDraw.day < today)
    )
    if not drops or last is None:
        return
    day = max(since, last + timedelta(days=1))
    while day < today:
        there = {c.code for c in drops if hall_day(c.created_at) <= day}
        with suppress(CalendarError):  # a year that nobody loaded: today's draw says so
            ensure_draw(session, settings, hall, calendar, day, now, seed, only=there)
        day += timedelta(days=1)
