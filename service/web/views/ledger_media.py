"""Pictures of a case, behind the case's own check: a chief sees those of their own windows only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import select

from service.auth.roles import Permission
from service.db.models import Case, CasePicture, Media
from service.ledger.after import cut, proposals
from service.ledger.read import before_media
from service.store import MediaStore
from service.web.deps import Asked, DatabaseDep, NeedsCase, NowDep, RowId, SettingsDep
from service.web.errors import EvidenceGone, NotThere
from service.web.looks import Look, LookLog
from service.web.small import small
from service.web.views.media import _send as send
from vision.seen import StoreError

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
Looks = Annotated[Asked, Depends(NeedsCase(Permission.CASES_READ))]


@router.get("/ledger/{case_id}/before")
def before(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return send(_before(request, asked, database, settings, now, "case.picture"))


@router.get("/ledger/{case_id}/before/small")
def before_small(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return send(small(_before(request, asked, database, settings, now, "case.small")))


def _before(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    now: datetime,
    action: str,
) -> bytes:
    """The picture that the case began with: the camera's crop, or the photo by hand."""
    with database.read() as session:
        case = session.get_one(Case, asked.id)
        gone = case.evidence_deleted_at
        media = session.get(Media, before_media(session, case) or 0)
        hand = next((p for p in case.pictures if p.kind == "before" and not p.deleted_at), None)
    if media is not None and media.masked:
        return _look(
            request, asked, settings, now, action, media.path, media.sha256, "media", media.id
        )
    if hand is not None:
        return _look(request, asked, settings, now, action, hand.path, hand.sha256, "case", hand.id)
    if gone is not None:
        raise EvidenceGone(gone)
    raise NotThere


@router.get("/ledger/{case_id}/pictures/{picture_id}")
def picture(
    request: Request,
    asked: Looks,
    picture_id: RowId,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    with database.read() as session:
        row = session.scalar(
            select(CasePicture).where(CasePicture.id == picture_id, CasePicture.case_id == asked.id)
        )
    if row is None:
        raise NotThere
    if row.deleted_at is not None:
        raise EvidenceGone(row.deleted_at)
    return send(
        _look(request, asked, settings, now, "case.picture", row.path, row.sha256, "case", row.id)
    )


@router.get("/ledger/{case_id}/after/{frame_id}")
def after(
    request: Request,
    asked: Looks,
    frame_id: RowId,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """What the camera took of the place since: only frames that the case may be closed on."""
    with database.read() as session:
        case = session.get_one(Case, asked.id)
        found = proposals(session, request.app.state.plans, case, frame_id=frame_id)
    if not found:
        raise NotThere
    try:
        jpeg = cut(MediaStore(settings.media), found[0]).jpeg
    except StoreError as error:
        log.warning("picture_missing", case=asked.id, frame=frame_id, error=str(error))
        raise NotThere from None
    _note(request, asked, now, "case.after", "frame", frame_id)
    return send(jpeg)


def _look(
    request: Request,
    asked: Asked,
    settings: SettingsDep,
    now: datetime,
    action: str,
    path: str,
    sha256: str,
    kind: str,
    number: int,
) -> bytes:
    """A stored picture's bytes; the look is in the log before they leave."""
    try:
        data = MediaStore(settings.media).get(path, sha256=sha256)
    except StoreError as error:
        log.warning("picture_missing", case=asked.id, error=str(error))
        raise NotThere from None
    _note(request, asked, now, action, kind, number)
    return data


def _note(
    request: Request, asked: Asked, now: datetime, action: str, kind: str, number: int
) -> None:
    looks: LookLog = request.app.state.looks
    viewer = asked.viewer
    detail = {"case": asked.id}
    looks.record(
        Look(now, viewer.user_id, viewer.login, action, number, asked.hall_id, detail, kind)
    )
