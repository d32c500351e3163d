"""Pictures: by row number only, behind the same check as their finding, every look written down."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import select

from service.auth.roles import Permission
from service.db.models import Media
from service.store import MediaStore
from service.web.deps import Asked, DatabaseDep, NeedsMedia, NowDep, SettingsDep
from service.web.errors import NotThere
from service.web.looks import Look, LookLog
from service.web.small import small
from vision.seen import StoreError

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
Looks = Annotated[Asked, Depends(NeedsMedia(Permission.FINDINGS_READ))]


@router.get("/media/{media_id}")
def picture(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return _send(read_picture(request, asked, database, settings, now, "media.view"))


@router.get("/media/{media_id}/small")
def small_picture(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return _send(small(read_picture(request, asked, database, settings, now, "media.small")))


def read_picture(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    action: str,
) -> bytes:
    """A masked picture's bytes; the look is in the log before they leave."""
    with database.read() as session:
        media = session.scalar(
            select(Media).where(Media.id == asked.id, Media.hall_id == asked.hall_id, Media.masked)
        )
        if media is None:
            raise NotThere
        path, sha256, finding_id = media.path, media.sha256, media.finding_id
    try:
        data = MediaStore(settings.media).get(path, sha256=sha256)
    except StoreError as error:
        log.warning("picture_missing", media=asked.id, error=str(error))
        raise NotThere from None
    viewer = asked.viewer
    looks: LookLog = request.app.state.looks
    detail = {"finding": finding_id} if finding_id else {}
    looks.record(Look(now, viewer.user_id, viewer.login, action, asked.id, asked.hall_id, detail))
    return data


def _send(data: bytes) -> Response:
    # inline, never a type of its own choosing: what is stored was encoded by us
    return Response(data, media_type="image/jpeg", headers={"Content-Disposition": "inline"})
