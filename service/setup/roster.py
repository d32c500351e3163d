"""值班表 and the chiefs' windows: who was at which window when, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import ChiefWindow, DutyPerson
from service.ledger.places import places_of
from service.setup.draft import refuse_odd
from service.setup.faults import SetupError
from service.setup.versions import version_of

NAME_MAX = 100


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A service window as the layout in force names it: its unit and its desks' names."""

    window: str
    unit: str
    desks: tuple[str, ...]


def windows_of(session: Session, hall_id: int) -> list[WindowLine]:
    """The windows of the layout in force, in its order."""
    version = version_of(session, hall_id, None)
    found: dict[str, tuple[str, list[str]]] = {}
    for place in (places_of(version.yaml) if version else {}).values():
        unit, desks = found.get(place.window, (place.unit, []))
        found[place.window] = (unit or place.unit, [*desks, place.name])
    return [WindowLine(name, unit, tuple(desks)) for name, (unit, desks) in found.items()]


def roster_of(session: Session, hall_id: int) -> list[DutyPerson]:
    """The hall's roster: by window, the newest first."""
    query = select(DutyPerson).where(DutyPerson.hall_id == hall_id)
    return list(session.scalars(query.order_by(DutyPerson.window, DutyPerson.first_day.desc())))


def add_duty(
    database: Database,
    viewer: Viewer,
    hall_id: int,
    *,
    window: str,
    name: str,
    first: date,
    last: date | None,
    now: datetime,
) -> int:
    """One person at one window for a time.  Gives the row's number."""
    name = name.strip()
    refuse_odd(name)
    if not 1 <= len(name) <= NAME_MAX:
        raise SetupError("请填写姓名,最多 {most} 字。", field="name", most=NAME_MAX)
    if last is not None and last < first:
        raise SetupError("止日早于起日;请先写早的日期。", field="last")
    with database.write() as session:
        lines = {line.window: line for line in windows_of(session, hall_id)}
        if window not in lines:
            raise SetupError("布局中没有窗口“{window}”。", field="window", window=window)
        row = DutyPerson(
            hall_id=hall_id,
            window=window,
            name=name,
            unit=lines[window].unit,
            first_day=first,
            last_day=last,
            created_at=now,
            created_by_id=viewer.user_id,
        )
        session.add(row)
        session.flush()
        _log(session, viewer, now, "roster.add", row)
        return row.id


def end_duty(
    database: Database, viewer: Viewer, hall_id: int, duty_id: int, *, last: date, now: datetime
) -> bool:
    """Set the last day of a row: rows are ended, not taken away.  False where there is none."""
    with database.write() as session:
        row = session.scalar(
            select(DutyPerson).where(DutyPerson.id == duty_id, DutyPerson.hall_id == hall_id)
        )
        if row is None:
            return False
        if last < row.first_day:
            raise SetupError("止日早于起日;请先写早的日期。", field="last")
        row.last_day = last
        _log(session, viewer, now, "roster.end", row)
    return True


def _log(session: Session, viewer: Viewer, now: datetime, action: str, row: DutyPerson) -> None:
    append_by(
        viewer,
        session,
        at=now,
        action=action,
        object_kind="duty",
        object_id=str(row.id),
        hall_id=row.hall_id,
        detail={
            "window": row.window,
            "first": row.first_day.isoformat(),
            "last": row.last_day.isoformat() if row.last_day else None,
        },
    )


def set_chief_windows(session: Session, user_id: int, hall_id: int, windows: list[str]) -> None:
    """The windows of one hall that a chief representative answers for."""
    known = {line.window for line in windows_of(session, hall_id)}
    for window in windows:
        if window not in known:
            raise SetupError("布局中没有窗口“{window}”。", field="windows", window=window)
    session.execute(
        delete(ChiefWindow).where(ChiefWindow.user_id == user_id, ChiefWindow.hall_id == hall_id)
    )
    for window in dict.fromkeys(windows):
        session.add(ChiefWindow(user_id=user_id, hall_id=hall_id, window=window))
