"""The registers as the rules take them: what is allowed in a hall on a day, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.registers import ApprovedNotice, DeskException, Registers
from service.db.engine import Database
from service.db.models import ExceptionRow, NoticeRow, PermittedRow

WARN_DAYS: Final = 1
"""A notice is warned of from so many days before its last day on."""


def registers_of(session: Session, hall_id: int, day: date) -> Registers:
    """What is allowed in a hall on that day; the order of rows is always the same."""
    notices = session.scalars(
        select(NoticeRow)
        .where(NoticeRow.hall_id == hall_id, NoticeRow.taken_back_at.is_(None))
        .where(NoticeRow.first_day <= day, NoticeRow.last_day >= day)
        .order_by(NoticeRow.id)
    )
    exceptions = session.scalars(
        select(ExceptionRow)
        .where(ExceptionRow.hall_id == hall_id, ExceptionRow.taken_back_at.is_(None))
        .where(ExceptionRow.first_day <= day, ExceptionRow.last_day >= day)
        .order_by(ExceptionRow.last_day.desc(), ExceptionRow.id)
    )
    permitted: dict[str, dict[str, int]] = {}
    for row in session.scalars(
        select(PermittedRow)
        .where(PermittedRow.hall_id == hall_id)
        .order_by(PermittedRow.desk, PermittedRow.cls)
    ):
        permitted.setdefault(row.desk, {})[row.cls] = row.number
    return Registers(
        tuple(ApprovedNotice(n.zone, n.last_day, n.title, n.first_day) for n in notices),
        permitted,
        tuple(DeskException(e.desk, e.clause, e.last_day, e.why, e.first_day) for e in exceptions),
    )


def allowed_in(database: Database, hall_id: int) -> Callable[[date], Registers]:
    """``registers_of`` for whichever day is asked."""

    def on(day: date) -> Registers:
        with database.read() as session:
            return registers_of(session, hall_id, day)

    return on


def key_of(registers: Registers) -> list[Any]:
    """What a day's verdicts owe to the registers; empty where nothing is allowed."""
    return [
        *([n.zone, n.until.isoformat()] for n in registers.notices),
        *([desk, *sorted(things.items())] for desk, things in sorted(registers.permitted.items())),
        *([e.desk, e.clause, e.until.isoformat(), e.why] for e in registers.exceptions),
    ]


def ending(session: Session, hall_ids: Collection[int], today: date) -> list[NoticeRow]:
    """Approved notices whose last day is today or tomorrow: to be taken down or approved anew."""
    query = select(NoticeRow).where(
        NoticeRow.hall_id.in_(hall_ids),
        NoticeRow.taken_back_at.is_(None),
        NoticeRow.last_day >= today,
        NoticeRow.last_day <= today + timedelta(days=WARN_DAYS),
    )
    return list(session.scalars(query.order_by(NoticeRow.last_day, NoticeRow.id)))


def ending_line(notice: NoticeRow) -> str:
    """The warning as one sentence for the night's summary."""
    return f"公告《{notice.title}》({notice.zone})批准张贴至 {notice.last_day},请到期撤下或续批。"
