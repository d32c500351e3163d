"""What the report routes share: the office, a download, its record."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, TypeAlias, cast
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from service.audit import append
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.reports.office import Office

Format: TypeAlias = Literal["docx", "pdf", "xlsx", "json"]
PaperFormat: TypeAlias = Literal["docx", "pdf"]
MEDIA: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


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
        append(
            session, at=now, user_id=viewer.user_id, actor=viewer.login, action=action,
            object_kind="report", object_id=what[:60], hall_id=hall_id, detail={},
        )  # fmt: skip
