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
from service.web.pictures import look_at, note_look, send
from service.web.small import small
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
        return _look(request, asked, settings, now, action, media, "media")
    if hand is not None:
        return _look(request, asked, settings, now, action, hand, "case")
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
    return send(_look(request, asked, settings, now, "case.picture", row, "case"))


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
    detail = {"case": asked.id}
    note_look(request, asked, now, "case.after", kind="frame", number=frame_id, detail=detail)
    return send(jpeg)


def _look(
    request: Request,
    asked: Asked,
    settings: SettingsDep,
    now: datetime,
    action: str,
    picture: Media | CasePicture,
    kind: str,
) -> bytes:
    return look_at(
        request, asked, settings, now, action, picture.path, picture.sha256,
        kind=kind, number=picture.id, detail={"case": asked.id},
    )  # fmt: skip
