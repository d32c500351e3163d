"""What the report routes share: the office, a download, its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, TypeAlias, cast
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.reports.exports import checked_day
from service.reports.office import Office
from service.reports.shapes import Kind
from service.review.halls import halls_seen
from service.web.deps import Asked, NowDep
from service.web.report_words import KIND_WORDS
from service.web.setup_deps import NeedsHall

Format: TypeAlias = Literal["docx", "pdf", "xlsx", "json"]
PaperFormat: TypeAlias = Literal["docx", "pdf"]
MEDIA: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a hall that is asked for; ``named``: by a day, not left to today."""

    asked: Asked
    kind: Kind
    day: date
    named: bool
    now: datetime

    def frame(self, session: Session) -> dict[str, Any]:
        """What each page of reports shows round its own part."""
        halls = halls_seen(session, self.asked.viewer.hall_ids)
        return {
            "here": "reports",
            "halls": halls,
            "hall": next(hall for hall in halls if hall.id == self.asked.hall_id),
            "kind": self.kind.value,
            "kinds": KIND_WORDS,
            "day": self.day,
        }


def period_of(
    asked: Annotated[Asked, Depends(NeedsHall(Permission.REPORTS_READ))],
    now: NowDep,
    kind: Kind = Kind.MONTH,
    day: date | None = None,
) -> Period:
    """Refused where the day is none that can have a report."""
    return Period(asked, kind, checked_day(day, now, kind), day is not None, now)


PeriodDep = Annotated[Period, Depends(period_of)]


def office_of(request: Request) -> Office:
    return cast(Office, request.app.state.office)


def file_answer(data: bytes, name: str, form: str) -> Response:
    """A download."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=MEDIA[form], headers=headers)


def on_record(
    database: Database, viewer: Viewer, hall_id: int, action: str, what: str, now: datetime
) -> None:
    """That somebody took a document away."""
    with database.write() as session:
        append_by(
            viewer, session, at=now, action=action,
            object_kind="report", object_id=what[:60], hall_id=hall_id, detail={},
        )  # fmt: skip
