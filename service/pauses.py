"""A knocked camera's verdicts are paused from the first frame that shows it until a person looks.

Registration finds the knock frame by frame (``vision/gate.py``); a frame that happens to lie well
again afterwards still proves nothing: nobody knows what happened to the camera in between.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from service.audit import append
from service.db.engine import Database
from service.db.models import CameraPause, FrameRow, LayoutVersion
from vision.seen import HALL_TZ, Facts, Gate, InputError

MOVED: Final = "moved"
PAUSED: Final = "camera_moved"


def pause_moved(
    database: Database, hall_id: int, day: date, facts: Sequence[Facts], *, now: datetime
) -> list[Facts]:
    """Write down what was knocked, and close the gate of every frame that a pause covers.

    Doing it again writes nothing new.
    """
    with database.write() as session:
        rows = _rows(session, hall_id, {f.camera for f in facts})
        for fact in sorted(facts, key=lambda f: f.taken_at):
            if fact.gate.reason == MOVED and not any(covers(r, fact) for r in rows):
                rows.append(_record(session, hall_id, rows, fact, now))
        covered = [_paused(fact, rows) for fact in facts]
        _show(session, hall_id, day, covered)
    return covered


def _rows(session: Session, hall_id: int, cameras: Collection[str]) -> list[CameraPause]:
    query = select(CameraPause).where(
        CameraPause.hall_id == hall_id, CameraPause.camera.in_(cameras)
    )
    return list(session.scalars(query.order_by(CameraPause.since)))


def covers(pause: CameraPause, fact: Facts) -> bool:
    """Whether a frame was taken in the time that a camera was paused."""
    return (
        pause.camera == fact.camera
        and pause.since <= fact.taken_at
        and (pause.cleared_at is None or fact.taken_at < pause.cleared_at)
    )


def _record(
    session: Session, hall_id: int, rows: list[CameraPause], fact: Facts, now: datetime
) -> CameraPause:
    """A new pause; where a later one is known already, that one began earlier than was known."""
    later = [r for r in rows if r.camera == fact.camera and r.since > fact.taken_at]
    row = min(later, key=lambda r: r.since, default=None)
    if row is None:
        row = CameraPause(hall_id=hall_id, camera=fact.camera, recorded_at=now)
        session.add(row)
    else:
        rows.remove(row)
    detail = fact.gate.detail
    row.since, row.frame = fact.taken_at, fact.frame
    row.shift_percent = detail.get("shift_percent")
    row.turn_deg, row.zoom_percent = detail.get("turn_deg"), detail.get("zoom_percent")
    session.flush()
    return row


def _paused(fact: Facts, rows: Sequence[CameraPause]) -> Facts:
    if not fact.gate.ok or not any(covers(row, fact) for row in rows):
        return fact
    return replace(fact, gate=Gate(PAUSED, fact.gate.light, fact.gate.detail))


def _show(session: Session, hall_id: int, day: date, facts: Sequence[Facts]) -> None:
    """The frames' rows say the same; a pause that was cleared meanwhile is taken back there."""
    mine = (FrameRow.hall_id == hall_id, FrameRow.day == day)
    session.execute(update(FrameRow).where(*mine, FrameRow.gate == PAUSED).values(gate="ok"))
    names = [(f.camera, f.frame) for f in facts if f.gate.reason == PAUSED]
    for camera in {camera for camera, _ in names}:
        frames = [name for owner, name in names if owner == camera]
        session.execute(
            update(FrameRow)
            .where(*mine, FrameRow.camera == camera, FrameRow.name.in_(frames))
            .values(gate=PAUSED)
        )


def key_of(session: Session, hall_id: int, day: date) -> list[list[str]]:
    """What a day's verdicts owe to pauses that its own frames don't tell.

    An open pause that began on the day itself follows from the day's frames.
    """
    start = datetime.combine(day, time(), HALL_TZ)
    query = select(CameraPause).where(
        CameraPause.hall_id == hall_id,
        CameraPause.since < start + timedelta(days=1),
        (CameraPause.cleared_at.is_not(None) & (CameraPause.cleared_at >= start))
        | (CameraPause.cleared_at.is_(None) & (CameraPause.since < start)),
    )
    return [
        [row.camera, row.since.isoformat(), str(row.cleared_at)]
        for row in session.scalars(query.order_by(CameraPause.id))
    ]


def open_pauses(session: Session, hall_ids: Collection[int]) -> list[CameraPause]:
    """What waits for a person, the oldest first."""
    query = select(CameraPause).where(
        CameraPause.hall_id.in_(hall_ids), CameraPause.cleared_at.is_(None)
    )
    return list(session.scalars(query.order_by(CameraPause.since, CameraPause.id)))


def measured(pause: CameraPause) -> str:
    """How far it had moved, as people read it."""
    parts = [
        f"{value:.1f}{unit}"
        for value, unit in ((pause.shift_percent, " %"), (pause.turn_deg, "°"))
        if value is not None
    ]
    return " / ".join(parts) or "—"


class NoNewReferenceError(InputError):
    """ "New reference" was chosen, but no layout was saved since the camera was knocked."""


def clear(
    session: Session,
    pause_id: int,
    *,
    choice: str,
    note: str,
    now: datetime,
    user_id: int | None,
    actor: str,
) -> bool:
    """Frames taken from now on count again; False where somebody else was first."""
    row = session.get_one(CameraPause, pause_id, with_for_update=True)
    if row.cleared_at is not None:
        return False
    if choice == "new_reference":
        newest = session.scalar(
            select(func.max(LayoutVersion.created_at)).where(LayoutVersion.hall_id == row.hall_id)
        )
        if newest is None or newest <= row.since:
            raise NoNewReferenceError(
                f"Camera {row.camera}: no layout was saved since it was knocked; take a new clean "
                "picture in the layout editor and save, then clear the pause."
            )
    row.cleared_at, row.cleared_by, row.choice, row.note = now, actor[:64], choice, note.strip()
    append(
        session,
        at=now,
        user_id=user_id,
        actor=actor,
        action="camera.pause_cleared",
        object_kind="camera_pause",
        object_id=str(row.id),
        hall_id=row.hall_id,
        detail={
            "camera": row.camera,
            "since": row.since.isoformat(),
            "shift_percent": row.shift_percent,
            "choice": choice,
            "note": row.note,
        },
    )
    return True
