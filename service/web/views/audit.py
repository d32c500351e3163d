"""The log of looks and changes, newest first; whether its seals hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy import ColumnElement, or_, select

from service.audit import verify
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.db.models import AuditRow, Hall
from service.web.deps import MAX_ID, DatabaseDep, Needs
from service.web.templating import render
from vision.seen import HALL_TZ

router = APIRouter(include_in_schema=False)
Reader = Annotated[Viewer, Depends(Needs(Permission.AUDIT_READ))]
SIZE: Final = 100
Word = Annotated[str, Query(max_length=64)]


@router.get("/audit")
def show(
    request: Request,
    viewer: Reader,
    database: DatabaseDep,
    actor: Word = "",
    action: Word = "",
    day: date | None = None,
    before: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    check: bool = False,
) -> Response:
    """A page of rows of the caller's halls and of the installation itself."""
    where: list[ColumnElement[bool]] = [
        or_(AuditRow.hall_id.in_(viewer.hall_ids), AuditRow.hall_id.is_(None))
    ]
    if actor:
        where.append(AuditRow.actor == actor)
    if action:
        where.append(AuditRow.action.startswith(action, autoescape=True))
    if day and day.year > 1:
        start = datetime.combine(day, time(), tzinfo=HALL_TZ)
        where += [AuditRow.at >= start, AuditRow.at < start + timedelta(days=1)]
    if before:
        where.append(AuditRow.id < before)
    with database.read() as session:
        rows: Sequence[AuditRow] = session.scalars(
            select(AuditRow).where(*where).order_by(AuditRow.id.desc()).limit(SIZE + 1)
        ).all()
        halls = {row[0]: row[1] for row in session.execute(select(Hall.id, Hall.name))}
    report = verify(database) if check else None
    context: dict[str, Any] = {
        "here": "audit",
        "rows": rows[:SIZE],
        "more": rows[SIZE - 1].id if len(rows) > SIZE else None,
        "halls": halls,
        "actor": actor,
        "action": action,
        "day": day,
        "report": report,
    }
    return render(request, "audit.html", context)
