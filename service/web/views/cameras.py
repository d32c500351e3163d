"""Cameras: their state and last masked picture for all; connecting and testing for administrators.

An address is shown without its query, a login and a password never.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, cast

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.cameras import shown, store
from service.cameras.make import open_camera
from service.cameras.protocol import KINDS, CameraConfig, Kind
from service.cameras.trial import trial
from service.db.camera_tables import Camera
from service.db.models import CameraPause, Hall
from service.pauses import measured, open_pauses
from service.review.halls import HallName, halls_seen
from service.secrets import Login, Secret
from service.web.access import Scope
from service.web.deps import (
    MAX_ID,
    Asked,
    CsrfGiven,
    DatabaseDep,
    Needs,
    NeedsObject,
    NowDep,
    RowId,
    SettingsDep,
)
from service.web.errors import NotThere
from service.web.i18n import locale_of, translate
from service.web.templating import render
from vision.seen import InputError

router = APIRouter(include_in_schema=False)

STATES: Final = {
    "ok": "正常",
    "new": "未测试",
    "trouble": "取图失败",
    "stopped": "登录被拒,已停用",
    "none": "未接入",
}
TAGS: Final = {"ok": "pass", "trouble": "suspect", "stopped": "confirmed"}


class NeedsCamera(NeedsObject):
    """``{camera_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, Camera.id, Camera.hall_id)

    def __call__(self, request: Request, camera_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, camera_id)


Sees = Annotated[Viewer, Depends(Needs(Permission.OVERVIEW, Scope.LIST))]
Manages = Annotated[Viewer, Depends(Needs(Permission.HALLS_MANAGE, Scope.LIST))]
ManagesOne = Annotated[Asked, Depends(NeedsCamera(Permission.HALLS_MANAGE))]


def list_page(
    request: Request,
    viewer: Viewer,
    database: DatabaseDep,
    *,
    said: str = "",
    good: bool = True,
    picture: bytes | None = None,
    why_no_picture: str = "",
    status: int = 200,
) -> Response:
    locale = locale_of(request)
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        plans = request.app.state.plans.newest(session, [hall.id for hall in halls])
        named = {id: list(plan.cameras) for id, plan in plans.items()}
        cameras = shown.rows(session, viewer.hall_ids, named)
        paused = pauses_of(open_pauses(session, viewer.hall_ids))
    context = {
        "here": "cameras",
        "halls": [(hall, [c for c in cameras if c.hall_id == hall.id]) for hall in halls],
        "paused": paused,
        "states": {key: translate(locale, text) for key, text in STATES.items()},
        "tags": TAGS,
        "manages": viewer.may(Permission.HALLS_MANAGE),
        "said": said,
        "good": good,
        "picture": base64.b64encode(picture).decode() if picture else "",
        "why_no_picture": translate(locale, why_no_picture) if why_no_picture else "",
    }
    return render(request, "cameras.html", context, status=status)


@dataclass(frozen=True, slots=True)
class PauseLine:
    """A pause that waits for a person; ``measured`` how far the camera had moved."""

    id: int
    camera: str
    since: datetime
    measured: str


def pauses_of(rows: Sequence[CameraPause]) -> dict[int, list[PauseLine]]:
    """Hall -> its open pauses, the oldest first."""
    found: dict[int, list[PauseLine]] = {}
    for row in rows:
        line = PauseLine(row.id, row.camera, row.since, measured(row))
        found.setdefault(row.hall_id, []).append(line)
    return found


@router.get("/cameras")
def cameras(request: Request, viewer: Sees, database: DatabaseDep) -> Response:
    return list_page(request, viewer, database)


# ------------------------------------------------------------------ connecting


def form_page(
    request: Request, halls: list[HallName], values: dict[str, Any], *, error: str = ""
) -> Response:
    context = {
        "here": "cameras", "halls": halls, "kinds": KINDS, "v": values, "error": error,
    }  # fmt: skip
    return render(request, "camera_form.html", context, status=422 if error else 200)


@router.get("/cameras/new")
def new_camera(
    request: Request,
    viewer: Manages,
    database: DatabaseDep,
    hall: Annotated[int, Query(ge=0, le=MAX_ID)] = 0,
    code: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
    values = {"hall": hall, "code": code, "kind": "rtsp", "channel": 1, "streams": 2}
    return form_page(request, halls, values)


@router.post("/cameras")
def add_camera(
    request: Request,
    viewer: Manages,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    hall: Annotated[int, Form(ge=1, le=MAX_ID)],
    code: Annotated[str, Form(max_length=64)],
    kind: Annotated[str, Form(max_length=16)],
    url: Annotated[str, Form(max_length=2048)],
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    channel: Annotated[int, Form(ge=1, le=4096)] = 1,
    streams: Annotated[int, Form(ge=1, le=16)] = 2,
    place: Annotated[str, Form(max_length=200)] = "",
    options: Annotated[str, Form(max_length=2000)] = "",
    allow_basic: Annotated[bool, Form()] = False,
    insecure_tls: Annotated[bool, Form()] = False,
) -> Response:
    if not viewer.sees(hall):
        raise NotThere
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        hall_code = session.get_one(Hall, hall).code
    try:
        config = CameraConfig(
            hall_code, code.strip(), cast("Kind", kind), url.strip(),
            Login(login.strip(), Secret(password)), channel, place.strip(), "",
            allow_basic, not insecure_tls, streams, _options(options),
        )  # fmt: skip
        open_camera(config, store.surroundings_of(settings))  # all checked, nothing sent
        with database.write() as session:
            row = store.add_camera(session, config, store.sealer_of(settings, create=True), now)
            detail = {"camera": row.code, "kind": kind, "address": store.shown_address(row.url)}
            _log(session, viewer, now, "camera.add", row, detail)
    except InputError as error:
        values = {
            "hall": hall, "code": code, "kind": kind, "url": url, "login": login, "place": place,
            "channel": channel, "streams": streams, "options": options,
            "allow_basic": allow_basic, "insecure_tls": insecure_tls,
        }  # fmt: skip
        return form_page(request, halls, values, error=str(error))
    return RedirectResponse("/cameras", status_code=303)


def _options(text: str) -> dict[str, str]:
    """``NAME=VALUE`` a line."""
    found: dict[str, str] = {}
    for line in filter(None, (part.strip() for part in text.splitlines())):
        name, equals, value = line.partition("=")
        if not equals or not name.strip():
            raise InputError(f"option {line!r}: wanted NAME=VALUE, one a line")
        found[name.strip()] = value.strip()
    return found


def _log(
    session: Session,
    viewer: Viewer,
    now: NowDep,
    action: str,
    row: Camera,
    detail: dict[str, Any],
) -> None:
    append_by(
        viewer,
        session,
        at=now,
        action=action,
        object_kind="camera",
        object_id=str(row.id),
        hall_id=row.hall_id,
        detail=detail,
    )


# ------------------------------------------------------------------ testing


@router.post("/cameras/{camera_id}/test")
def test_camera(
    request: Request, asked: ManagesOne, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    """One still now; what is shown of it was masked first, and it is kept nowhere."""
    with database.write() as session:
        row = session.get_one(Camera, asked.id)
        hall, code = row.hall.code, row.code
        _log(session, asked.viewer, now, "camera.test", row, {"camera": code})
    result = trial(database, settings, hall, code, clock=request.app.state.clock)
    picture = shown.masked(settings, result.still) if result.still is not None else None
    why = "没有可用的模型,无法遮挡人员,因此不显示图片。" if result.still and not picture else ""
    return list_page(
        request,
        asked.viewer,
        database,
        said=result.sentence,
        good=result.still is not None,
        picture=picture,
        why_no_picture=why,
    )


@router.post("/cameras/{camera_id}/reset")
def reset_camera(asked: ManagesOne, database: DatabaseDep, now: NowDep) -> Response:
    """Let a camera be asked again whose login was refused."""
    with database.write() as session:
        row = session.get_one(Camera, asked.id)
        store.reset(row, now)
        _log(session, asked.viewer, now, "camera.reset", row, {"camera": row.code})
    return RedirectResponse("/cameras", status_code=303)
