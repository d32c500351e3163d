"""Set-up pages of halls: the list, one hall, its layout editor, export, duty roster."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select

from datasets.classes import CLASS_ZH, CLASSES
from rules.layout_schema import DESK_ZONES, HALL_ZONES, ZONE_KINDS
from rules.messages import ZONE_ZH
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.cameras.store import cameras_of, line_of
from service.db.models import Hall
from service.review.halls import halls_seen
from service.setup import roster, versions
from service.setup.draft import CODE, layout_from
from service.setup.faults import SetupError
from service.web.access import Scope
from service.web.deps import Asked, DatabaseDep, Needs, NowDep, RowId, SettingsDep
from service.web.errors import NotThere
from service.web.i18n import Locale, locale_of, translate
from service.web.setup_deps import SetsUpHall
from service.web.setup_words import EDITOR_TEXTS
from service.web.templating import render
from vision.seen import HALL_TZ

router = APIRouter(prefix="/setup", include_in_schema=False)
Admin = Annotated[Viewer, Depends(Needs(Permission.HALLS_MANAGE, Scope.LIST))]
DutyId = RowId
CAMERAS_MAX = 64


def said(request: Request, error: SetupError) -> str:
    """A refusal in the reader's language."""
    return translate(locale_of(request), error.template).format(**error.values)


@router.get("")
def halls(request: Request, viewer: Admin, database: DatabaseDep) -> Response:
    return halls_page(request, viewer, database)


def halls_page(
    request: Request,
    viewer: Viewer,
    database: DatabaseDep,
    *,
    message: str = "",
    given: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    with database.read() as session:
        rows = []
        for hall in session.scalars(
            select(Hall).where(Hall.id.in_(viewer.hall_ids)).order_by(Hall.id)
        ):
            lines = versions.versions_of(session, hall.id)
            windows = roster.windows_of(session, hall.id)
            rows.append(
                {
                    "id": hall.id,
                    "code": hall.code,
                    "name": hall.name,
                    "parent": hall.parent_id,
                    "version": lines[0] if lines else None,
                    "windows": len(windows),
                    "desks": sum(len(line.desks) for line in windows),
                }
            )
    names = {row["id"]: row["name"] for row in rows}
    # towns stand below their county
    rows.sort(key=lambda r: (r["parent"] or r["id"], r["parent"] is not None, r["id"]))
    context = {
        "here": "setup",
        "rows": rows,
        "names": names,
        "message": message,
        "given": given or {"code": "", "name": "", "level": "town", "desks": 4,
                           "cameras": "CAM1", "parent": ""},
    }  # fmt: skip
    return render(request, "setup_halls.html", context, status=status)


@router.post("/halls")
def add_hall(
    request: Request,
    viewer: Admin,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    code: Annotated[str, Form(max_length=64)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    level: Annotated[str, Form(pattern="^(county|town)$")] = "town",
    desks: Annotated[str, Form(max_length=4)] = "",
    cameras: Annotated[str, Form(max_length=2000)] = "",
    parent: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    given = {"code": code.strip(), "name": name.strip(), "level": level, "desks": desks,
             "cameras": cameras, "parent": parent}  # fmt: skip
    try:
        if not CODE.fullmatch(code.strip()):
            raise SetupError(
                "大厅编号只能用小写字母、数字、横线和下划线,以字母或数字开头,最多 32 位。",
                field="code",
            )
        if not name.strip():
            raise SetupError("请填写大厅名称。", field="name")
        ids = [word for word in cameras.replace(",", " ").replace("、", " ").split() if word]
        if not 1 <= len(ids) <= CAMERAS_MAX:
            raise SetupError("请填写 1 到 64 个摄像机编号,以空格分开。", field="cameras")
        asked = {**given, "desks": _whole(desks), "cameras": ids, "parent": _row(parent)}
        hall_id = versions.create_hall(database, settings, viewer, asked, now=now)
    except SetupError as error:
        return halls_page(
            request, viewer, database, message=said(request, error), given=given, status=422
        )
    return RedirectResponse(f"/setup/halls/{hall_id}", status_code=303)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise SetupError("工位数须在 1 到 200 之间。", field="desks")
    return int(text)


def _row(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


@router.get("/halls/{hall_id}")
def hall(
    request: Request, asked: SetsUpHall, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return hall_page(request, asked, database, settings, now)


def hall_page(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    error: SetupError | None = None,
) -> Response:
    """A hall's page; with an error what was refused, and status 422."""
    viewer, hall_id = asked.viewer, asked.hall_id
    with database.read() as session:
        row = session.get_one(Hall, hall_id)
        lines = versions.versions_of(session, hall_id)
        version = versions.version_of(session, hall_id, None)
        if version is None:
            raise NotThere
        _, data = layout_from(version.yaml, settings.data / version.base_path)
        known = {camera.code: line_of(camera) for camera in cameras_of(session, hall_id)}
        duty = roster.roster_of(session, hall_id)
        windows = roster.windows_of(session, hall_id)
        parents = [h for h in halls_seen(session, viewer.hall_ids) if h.id != hall_id]
    today = now.astimezone(HALL_TZ).date()
    context = {
        "here": "setup",
        "hall": row,
        "spec": data["hall"],
        "parents": parents,
        "versions": lines,
        "cameras": [_camera(camera, known) for camera in data["cameras"]],
        "windows": windows,
        "duty": duty,
        "today": today,
        "message": said(request, error) if error else "",
    }
    return render(request, "setup_hall.html", context, status=422 if error else 200)


def _camera(camera: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    line = known.get(camera["id"])
    return {
        "id": camera["id"],
        "name": camera.get("name", ""),
        "size": camera.get("size"),
        "zones": len(camera.get("zones") or ()),
        "planes": len(camera.get("planes") or ()),
        "reference": camera.get("reference") or {},
        "kind": line.kind if line else "",
        "address": line.address if line else "",
        "state": line.state if line else "",
        "reason": line.reason if line else "",
    }


@router.post("/halls/{hall_id}/parent")
def set_parent(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    parent: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    try:
        versions.set_parent(database, asked.viewer, asked.hall_id, _row(parent), now=now)
    except SetupError as error:
        return hall_page(request, asked, database, settings, now, error)
    return RedirectResponse(f"/setup/halls/{asked.hall_id}", status_code=303)


@router.get("/halls/{hall_id}/layout")
def editor(request: Request, asked: SetsUpHall, database: DatabaseDep) -> Response:
    locale = locale_of(request)
    with database.read() as session:
        row = session.get_one(Hall, asked.hall_id)
    context = {
        "here": "setup",
        "hall": row,
        "words": {key: translate(locale, text) for key, text in EDITOR_TEXTS.items()},
        "names": editor_names(locale),
    }
    return render(request, "setup_layout.html", context)


def editor_names(locale: Locale) -> dict[str, Any]:
    """Kinds of zones and classes of things as people call them."""
    english = locale == "en"
    return {
        "kinds": [
            {
                "id": kind,
                "name": kind.replace("_", " ") if english else ZONE_ZH.get(kind, kind),
                "desk": kind in DESK_ZONES,
                "hall": kind in HALL_ZONES,
            }
            for kind in ZONE_KINDS
        ],
        "classes": {
            cls: cls.replace("_", " ") if english else CLASS_ZH.get(cls, cls) for cls in CLASSES
        },
    }


@router.get("/halls/{hall_id}/layouts/{version}")
def export(asked: SetsUpHall, database: DatabaseDep, version: int) -> Response:
    """A version of the layout as its YAML file, byte by byte as it was saved."""
    with database.read() as session:
        found = versions.version_of(session, asked.hall_id, version) if version > 0 else None
        if found is None:
            raise NotThere
        code = session.get_one(Hall, asked.hall_id).code
        text = found.yaml
    name = PurePath(f"{code}-v{version}.yaml").name
    return Response(
        text.encode(),
        media_type="application/yaml",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{_quoted(name)}"},
    )


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


@router.post("/halls/{hall_id}/duty")
def add_duty(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    window: Annotated[str, Form(max_length=64)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    first: Annotated[str, Form(max_length=10)] = "",
    last: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    try:
        roster.add_duty(
            database, asked.viewer, asked.hall_id,
            window=window, name=name, first=_day(first), last=_day(last) if last else None, now=now,
        )  # fmt: skip
    except SetupError as error:
        return hall_page(request, asked, database, settings, now, error)
    return RedirectResponse(f"/setup/halls/{asked.hall_id}#duty", status_code=303)


@router.post("/halls/{hall_id}/duty/{duty_id}/end")
def end_duty(
    request: Request,
    asked: SetsUpHall,
    duty_id: DutyId,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    last: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    try:
        if not roster.end_duty(
            database, asked.viewer, asked.hall_id, duty_id, last=_day(last), now=now
        ):
            raise NotThere
    except SetupError as error:
        return hall_page(request, asked, database, settings, now, error)
    return RedirectResponse(f"/setup/halls/{asked.hall_id}#duty", status_code=303)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SetupError("“{given}”不是日期;请写成 2026-03-11。", given=text) from None
