"""The row that says what became of a spot: one a spot, whoever writes it first."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.capture_report import Wanted
from service.db.camera_tables import SpotResult
from service.plan import Spot

RETRY_STEP_S: Final = 30
"""A spot tried n times is tried again n times so many seconds later."""
NO_RUN: Final = "no run took it while it was due"


def result_of(session: Session, draw_id: int, key: str) -> SpotResult | None:
    """A spot's row, or None where nothing became of it yet."""
    return session.scalar(
        select(SpotResult).where(SpotResult.draw_id == draw_id, SpotResult.key == key)
    )


def written(
    session: Session,
    draw_id: int,
    key: str,
    camera: str,
    row: SpotResult | None,
    due_at: datetime,
    now: datetime,
) -> SpotResult:
    """The spot's row, made where there is none."""
    if row is None:
        row = SpotResult(draw_id=draw_id, key=key, camera=camera, due_at=due_at, state="failed")
        row.tries, row.error = 0, ""
        row.recorded_at = now
        session.add(row)
        session.flush()
    row.recorded_at = now
    return row


def missed_by_all(
    session: Session, draw_id: int, spot: Spot, wanted: Wanted, now: datetime, why: str = NO_RUN
) -> SpotResult:
    """Write down that nobody took a spot while it was due."""
    row = written(session, draw_id, spot.key, spot.camera, None, spot.at, now)
    row.state, row.error = "missed", why
    wanted.missed += 1
    return row
