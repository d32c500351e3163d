"""A night that is going on, read from what it has put on the disk: whoever runs it, wherever."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.models import FrameRow, Hall, Media, Run, RunFacts

SILENT: Final = timedelta(minutes=5)
"""A run that has not stirred for so long is shown as silent: its process may have died."""


@dataclass(frozen=True, slots=True)
class Running:
    """One hall's night: at ``look`` (frames seen), ``picture`` (evidence made) or ``judge``."""

    hall_id: int
    day: date
    started_at: datetime
    stage: Literal["look", "picture", "judge"]
    done: int
    total: int
    silent: bool


def running(session: Session, hall_ids: Collection[int], now: datetime) -> list[Running]:
    """The nights of these halls that have begun and not ended."""
    runs = session.scalars(
        select(Run)
        .join(Hall, Hall.id == Run.hall_id)
        .where(Run.hall_id.in_(hall_ids), Run.status == "running")
        .order_by(Hall.code, Run.id)
    )
    return [_stand(session, run, now) for run in runs]


def _stand(session: Session, run: Run, now: datetime) -> Running:
    frames = (FrameRow.hall_id == run.hall_id, FrameRow.day == run.day)
    total, usable = session.execute(
        select(func.count(), func.count().filter(FrameRow.gate == "ok")).where(*frames)
    ).one()
    left_out = session.scalar(
        select(func.count())
        .select_from(FrameRow)
        .where(*frames, FrameRow.gate.is_not(None))
        .where(~select(RunFacts.frame_id).where(RunFacts.frame_id == FrameRow.id).exists())
    )
    looked = session.scalar(
        select(func.count()).select_from(RunFacts).join(FrameRow).where(*frames)
    )
    pictured = session.scalar(
        select(func.count())
        .select_from(Media)
        .join(FrameRow)
        .where(*frames, Media.kind == "thumb", Media.created_at >= run.started_at)
    )
    # what was looked at by an earlier, filed run of the day has its gate but no facts any more
    seen = (looked or 0) + ((left_out or 0) if looked else 0)
    done, of = min(seen, total), total
    stage: Literal["look", "picture", "judge"] = "look"
    if total and seen >= total:
        stage, done, of = ("picture", pictured or 0, usable)
        if done >= of:
            stage = "judge"
    return Running(
        hall_id=run.hall_id,
        day=run.day,
        started_at=run.started_at,
        stage=stage,
        done=done,
        total=of,
        silent=now - run.heartbeat_at > SILENT,
    )
