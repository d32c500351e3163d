"""Entering and taking back what is allowed: checked against the layout in force, each on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from datasets.classes import CLASSES
from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import ExceptionRow, NoticeRow, PermittedRow
from service.db.register_tables import EXCEPTION_KINDS
from service.ledger.places import places_of
from service.settings import Settings
from service.setup.draft import layout_from, refuse_odd
from service.setup.faults import SetupError
from service.setup.versions import version_of
from vision.seen import LayoutError

LONGEST_DAYS: Final = 366
NUMBER_MOST: Final = 99
R = TypeVar("R", NoticeRow, ExceptionRow)


@dataclass(frozen=True, slots=True)
class Places:
    """What a hall's layout in force names: desk id -> name, and zones of the hall itself."""

    desks: dict[str, str]
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Permitted:
    """One line of the list of things at desks."""

    desk: str
    cls: str
    number: int
    note: str = ""


def places_in(session: Session, settings: Settings, hall_id: int) -> Places:
    version = version_of(session, hall_id, None)
    if version is None:
        return Places({}, ())
    desks = {id: place.name for id, place in places_of(version.yaml).items()}
    try:
        layout, _ = layout_from(version.yaml, settings.data / version.base_path)
    except LayoutError:  # saved by an older version of the program: no zones to choose from
        return Places(desks, ())
    zones = dict.fromkeys(z.id for c in layout.cameras for z in c.zones if z.desk is None)
    return Places(desks, tuple(zones))


def notices_of(session: Session, hall_id: int) -> list[NoticeRow]:
    """All that were not taken back, the last to end first."""
    query = select(NoticeRow).where(NoticeRow.hall_id == hall_id, NoticeRow.taken_back_at.is_(None))
    return list(session.scalars(query.order_by(NoticeRow.last_day.desc(), NoticeRow.id)))


def exceptions_of(session: Session, hall_id: int) -> list[ExceptionRow]:
    """All that were not taken back, the last to end first."""
    query = select(ExceptionRow).where(
        ExceptionRow.hall_id == hall_id, ExceptionRow.taken_back_at.is_(None)
    )
    return list(session.scalars(query.order_by(ExceptionRow.last_day.desc(), ExceptionRow.id)))


def permitted_of(session: Session, hall_id: int) -> list[PermittedRow]:
    query = select(PermittedRow).where(PermittedRow.hall_id == hall_id)
    return list(session.scalars(query.order_by(PermittedRow.desk, PermittedRow.cls)))


def add_notice(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    *,
    zone: str,
    title: str,
    first: date,
    last: date,
    approved_by: str,
    now: datetime,
) -> int:
    """Enter an approved notice.  Gives the row's number."""
    title, approved_by = _text(title, "title", 200), _text(approved_by, "approved_by", 100)
    _span(first, last)
    with database.write() as session:
        if zone not in places_in(session, settings, hall_id).zones:
            raise SetupError("布局中没有区域“{zone}”。", field="zone", zone=zone)
        row = NoticeRow(
            hall_id=hall_id, zone=zone, title=title, first_day=first, last_day=last,
            approved_by=approved_by, created_at=now, created_by=viewer.login,
        )  # fmt: skip
        session.add(row)
        session.flush()
        detail = {"zone": zone, "title": title, "first": str(first), "last": str(last)}
        _log(session, viewer, now, "notice.add", hall_id, row.id, detail)
        return row.id


def add_exception(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    *,
    desk: str,
    clause: str,
    kind: str,
    first: date,
    last: date,
    why: str,
    approved_by: str,
    clauses: frozenset[str],
    now: datetime,
) -> int:
    """Enter an exception; ``clauses``: what the pack in force knows.  Gives the row's number."""
    why, approved_by = _text(why, "why", 500), _text(approved_by, "approved_by", 100)
    _span(first, last)
    if kind not in EXCEPTION_KINDS:
        raise SetupError("没有这种例外“{kind}”。", field="kind", kind=kind)
    if clause not in clauses:
        raise SetupError("标准中没有条款“{clause}”。", field="clause", clause=clause)
    with database.write() as session:
        places = places_in(session, settings, hall_id)
        if desk not in places.desks and desk not in places.zones:
            raise SetupError("布局中没有工位“{desk}”。", field="desk", desk=desk)
        row = ExceptionRow(
            hall_id=hall_id, desk=desk, clause=clause, kind=kind, first_day=first, last_day=last,
            why=why, approved_by=approved_by, created_at=now, created_by=viewer.login,
        )  # fmt: skip
        session.add(row)
        session.flush()
        detail = {"desk": desk, "clause": clause, "kind": kind, "first": str(first),
                  "last": str(last), "why": why}  # fmt: skip
        _log(session, viewer, now, "exception.add", hall_id, row.id, detail)
        return row.id


def take_back(
    database: Database, viewer: Viewer, hall_id: int, table: type[R], row_id: int, *, now: datetime
) -> bool:
    """A notice or exception no longer counts, nor for days judged anew; False: there is none."""
    with database.write() as session:
        row = session.scalar(select(table).where(table.id == row_id, table.hall_id == hall_id))
        if row is None or row.taken_back_at is not None:
            return False
        row.taken_back_at, row.taken_back_by = now, viewer.login
        what = "notice" if isinstance(row, NoticeRow) else "exception"
        _log(session, viewer, now, f"{what}.take_back", hall_id, row.id, {})
    return True


def replace_permitted(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    things: list[Permitted],
    *,
    now: datetime,
) -> int:
    """The hall's whole list in place of the one before; all of it or nothing."""
    with database.write() as session:
        desks = places_in(session, settings, hall_id).desks
        seen: set[tuple[str, str]] = set()
        for thing in things:
            check_permitted(thing, desks)
            if (thing.desk, thing.cls) in seen:
                raise SetupError(
                    "{desk} 的“{cls}”写了两次。", field="cls", desk=thing.desk, cls=thing.cls
                )
            seen.add((thing.desk, thing.cls))
        session.execute(delete(PermittedRow).where(PermittedRow.hall_id == hall_id))
        for thing in things:
            session.add(
                PermittedRow(
                    hall_id=hall_id,
                    desk=thing.desk,
                    cls=thing.cls,
                    number=thing.number,
                    note=thing.note,
                    created_at=now,
                    created_by=viewer.login,
                )
            )
        detail: dict[str, Any] = {
            "lines": [[t.desk, t.cls, t.number] for t in things[:200]],
            "count": len(things),
        }
        _log(session, viewer, now, "permitted.replace", hall_id, hall_id, detail)
    return len(things)


def check_permitted(thing: Permitted, desks: dict[str, str]) -> None:
    """SetupError where a line can't be."""
    if thing.desk not in desks:
        raise SetupError("布局中没有工位“{desk}”。", field="desk", desk=thing.desk)
    if thing.cls not in CLASSES or thing.cls == "person":
        raise SetupError("“{cls}”不是可以登记的物品。", field="cls", cls=thing.cls)
    if not 1 <= thing.number <= NUMBER_MOST:
        raise SetupError("数量须在 1 到 {most} 之间。", field="number", most=NUMBER_MOST)
    if len(thing.note) > 200:
        raise SetupError("备注最多 {most} 字。", field="note", most=200)
    refuse_odd(thing.note)


def _text(text: str, field: str, most: int) -> str:
    text = text.strip()
    refuse_odd(text)
    if not 1 <= len(text) <= most:
        raise SetupError("此项必填,最多 {most} 字。", field=field, most=most)
    return text


def _span(first: date, last: date) -> None:
    if last < first:
        raise SetupError("止日早于起日;请先写早的日期。", field="last")
    if (last - first).days > LONGEST_DAYS:
        raise SetupError("一次最多登记 {most} 天,到期请续批。", field="last", most=LONGEST_DAYS)


def _log(
    session: Session,
    viewer: Viewer,
    now: datetime,
    action: str,
    hall_id: int,
    row_id: int,
    detail: dict[str, Any],
) -> None:
    append_by(
        viewer,
        session,
        at=now,
        action=action,
        object_kind="register",
        object_id=str(row_id),
        hall_id=hall_id,
        detail=detail,
    )
