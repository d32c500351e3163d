"""Pictures: by row number only, behind the same check as their finding, every look written down."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import select

from service.auth.roles import Permission
from service.db.models import Media
from service.web.deps import Asked, DatabaseDep, NeedsMedia, NowDep, SettingsDep
from service.web.errors import NotThere
from service.web.pictures import look_at, send
from service.web.small import small

router = APIRouter(include_in_schema=False)
Looks = Annotated[Asked, Depends(NeedsMedia(Permission.FINDINGS_READ))]


@router.get("/media/{media_id}")
def picture(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return send(_read(request, asked, database, settings, now, "media.view"))


@router.get("/media/{media_id}/small")
def small_picture(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return send(small(_read(request, asked, database, settings, now, "media.small")))


def _read(
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
    return look_at(
        request, asked, settings, now, action, path, sha256,
        detail={"finding": finding_id} if finding_id else {},
    )  # fmt: skip
