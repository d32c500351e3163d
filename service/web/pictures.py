"""Stored pictures on their way out: whole by their hash, the look written down beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from fastapi import Request
from fastapi.responses import Response

from service.settings import Settings
from service.store import MediaStore
from service.web.deps import Asked
from service.web.errors import NotThere
from service.web.looks import Look, LookLog
from vision.seen import StoreError

log = structlog.get_logger(__name__)


def look_at(
    request: Request,
    asked: Asked,
    settings: Settings,
    now: datetime,
    action: str,
    path: str,
    sha256: str,
    *,
    kind: str = "media",
    number: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> bytes:
    """A stored picture's bytes; ``number`` is whose picture it is, else that of what was asked."""
    try:
        data = MediaStore(settings.media).get(path, sha256=sha256)
    except StoreError as error:
        log.warning("picture_missing", kind=kind, id=number or asked.id, error=str(error))
        raise NotThere from None
    note_look(request, asked, now, action, kind=kind, number=number, detail=detail)
    return data


def note_look(
    request: Request,
    asked: Asked,
    now: datetime,
    action: str,
    *,
    kind: str,
    number: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Returns when the look is in the log."""
    looks: LookLog = request.app.state.looks
    viewer, id = asked.viewer, asked.id if number is None else number
    looks.record(
        Look(now, viewer.user_id, viewer.login, action, id, asked.hall_id, detail or {}, kind)
    )


def send(data: bytes) -> Response:
    """Inline, never a type of its own choosing: what is stored was encoded by us."""
    return Response(data, media_type="image/jpeg", headers={"Content-Disposition": "inline"})
