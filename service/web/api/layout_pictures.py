"""/api/v1/halls/{hall_id}/pictures, …/reference, …/references: what layouts are drawn on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit import append_by
from service.db.models import FrameRow, Hall, Media
from service.halls import inbox_of
from service.sealed import Stills
from service.setup import references, versions
from service.web.api.shapes import REFUSALS, In
from service.web.deps import Asked, DatabaseDep, NowDep, SettingsDep
from service.web.errors import NotThere, WebError
from service.web.i18n import locale_of, translate
from service.web.setup_deps import EyesDep, SetsUpHall, ShownDep
from service.web.templating import time_text
from vision.seen import Light

router = APIRouter(prefix="/api/v1/halls/{hall_id}", tags=["layouts"], responses=REFUSALS)
CameraId = Annotated[str, Query(min_length=1, max_length=64)]
UPLOAD_LIMIT = 24_000_000
"""Bytes of a reference picture."""
UPLOADS = r"/api/v1/halls/\d+/references"


class FrameIn(In):
    """Take the reference of a light mode from a still."""

    frame_id: Annotated[int, Field(ge=1, le=2**62)]
    light: Literal["day", "lamp", "ir", "dark"]
    empty: bool = False


def folder_of(session: Session, settings: SettingsDep, hall_id: int) -> Path | None:
    version = versions.version_of(session, hall_id, None)
    return settings.data / version.base_path if version is not None else None


def looked(
    session: Session, asked: Asked, now: NowDep, action: str, detail: dict[str, Any]
) -> None:
    append_by(
        asked.viewer,
        session,
        at=now,
        action=action,
        object_kind="hall",
        object_id=str(asked.hall_id),
        hall_id=asked.hall_id,
        detail=detail,
    )


@router.get("/pictures")
def pictures(asked: SetsUpHall, database: DatabaseDep, camera: CameraId) -> dict[str, Any]:
    """The newest masked stills of a camera, to draw on and to take the reference from."""
    query = (
        select(FrameRow.id, FrameRow.taken_at, FrameRow.light, Media.id)
        .join(Media, (Media.frame_id == FrameRow.id) & (Media.kind == "frame") & Media.masked)
        .where(FrameRow.hall_id == asked.hall_id, FrameRow.camera == camera, FrameRow.gate == "ok")
        .order_by(FrameRow.taken_at.desc())
        .limit(12)
    )
    with database.read() as session:
        rows = session.execute(query).all()
    return {
        "frames": [
            {"id": id, "at": time_text(at), "light": light, "url": f"/media/{media}"}
            for id, at, light, media in rows
        ]
    }


@router.get("/reference")
def reference(
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    shown: ShownDep,
    now: NowDep,
    name: Annotated[str, Query(min_length=1, max_length=300)],
) -> Response:
    """A reference picture with the people on it covered; the look is in the log."""
    with database.read() as session:
        folder = folder_of(session, settings, asked.hall_id)
    # a layout's folder holds its YAML beside its pictures
    plain = name.isprintable() and name.lower().endswith((".jpg", ".jpeg", ".png"))
    file = versions.find_reference(settings, asked.hall_id, folder, name) if plain else None
    if file is None:
        raise NotThere
    jpeg = shown.of(file)
    with database.write() as session:
        looked(session, asked, now, "reference.view", {"name": name[:200]})
    return Response(jpeg, media_type="image/jpeg", headers={"Content-Disposition": "inline"})


async def body_of(request: Request) -> bytes:
    return await request.body()


@router.post("/references")
async def upload(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    eyes: EyesDep,
    now: NowDep,
    data: Annotated[bytes, Depends(body_of)],
    light: Light = "day",
    empty: bool = False,
    width: Annotated[int | None, Query(ge=64, le=20_000)] = None,
    height: Annotated[int | None, Query(ge=64, le=20_000)] = None,
) -> dict[str, Any]:
    """A reference picture from a file: the body is the picture itself."""
    size = (width, height) if width and height else None
    return await run_in_threadpool(
        _take_in, request, asked, database, settings, eyes, now, data, light, empty, size
    )


@router.post("/references/from-frame")
def from_frame(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    eyes: EyesDep,
    now: NowDep,
    given: FrameIn,
) -> dict[str, Any]:
    """A reference picture from one of the camera's own stills, while its file is still there."""
    with database.read() as session:
        hall = session.get_one(Hall, asked.hall_id)
        row = session.scalar(
            select(FrameRow).where(FrameRow.id == given.frame_id, FrameRow.hall_id == hall.id)
        )
        if row is None:
            raise NotThere
        file = inbox_of(settings, hall) / row.path
    if not file.is_file():
        raise WebError(409, "gone", "这张截图的原图已按留存期删除,请换一张较新的。")
    return _take_in(
        request, asked, database, settings, eyes, now, Stills.of(settings).read(file), given.light,
        given.empty, None,
    )  # fmt: skip


def _take_in(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    eyes: EyesDep,
    now: NowDep,
    data: bytes,
    light: Light,
    empty: bool,
    size: tuple[int, int] | None,
) -> dict[str, Any]:
    taken = references.take_in(
        settings, asked.hall_id, data, light=light, eyes=eyes, empty=empty, size=size
    )
    with database.write() as session:
        detail = {"name": taken.name, "light": light, "vouched_empty": taken.people is None}
        looked(session, asked, now, "reference.add", detail)
    text = "基准图已就绪,保存布局后生效。"
    if taken.people:
        text = "图中可能有 {people} 人。基准图应在无人时拍摄,人会被当作固定的物品。"
    return {
        "name": taken.name,
        "width": taken.width,
        "height": taken.height,
        "people": taken.people,
        "message": translate(locale_of(request), text).format(people=taken.people or 0),
    }
