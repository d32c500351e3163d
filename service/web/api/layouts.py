"""/api/v1/halls/{hall_id}/…: a hall's layout, checked, fitted, tried, saved; its pictures."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path
from typing import Annotated, Any, Literal

import structlog
from fastapi import APIRouter, Query, Request
from pydantic import Field

from rules.messages import Lang
from rules.pack import load_pack
from service.calendars import calendar_of
from service.db.models import Hall
from service.halls import StaleLayoutError
from service.registers import allowed_in
from service.sealed import Stills
from service.setup import judge, planes, trial, versions
from service.setup.draft import layout_from, text_of
from service.setup.faults import SetupError, fault_of, place_names
from service.web.api.layout_pictures import folder_of, looked
from service.web.api.shapes import REFUSALS, Finite, In
from service.web.deps import DatabaseDep, NowDep, SettingsDep
from service.web.errors import NotThere, WebError
from service.web.i18n import locale_of, translate
from service.web.setup_deps import EyesDep, SetsUpHall
from service.web.templating import time_text
from vision.seen import HALL_TZ, LayoutError, ModelError

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/api/v1/halls/{hall_id}", tags=["layouts"], responses=REFUSALS)
Norm = Annotated[float, Field(ge=-4, le=5, allow_inf_nan=False)]


class DraftIn(In):
    """A draft: its data, or its YAML text."""

    data: dict[str, Any] | None = None
    yaml: Annotated[str, Field(max_length=4_000_000)] | None = None
    base: Annotated[int, Field(ge=0, le=2**31)] = 0
    camera: Annotated[str, Field(max_length=64)] = ""


class PointIn(In):
    """A clicked point: where in the picture (0..1, lens-corrected), and where in cm."""

    at: Annotated[list[Norm], Field(min_length=2, max_length=2)]
    cm: Annotated[list[Finite], Field(min_length=2, max_length=2)]


class PlaneIn(In):
    """The points clicked on one surface of a picture of this size."""

    kind: Literal["desk", "floor"]
    size: Annotated[
        list[Annotated[int, Field(ge=64, le=20_000)]], Field(min_length=2, max_length=2)
    ]
    points: Annotated[list[PointIn], Field(max_length=200)]


def draft_text(draft: DraftIn) -> str:
    """The YAML of a draft; one of the two ways must be given."""
    if draft.yaml is not None:
        return draft.yaml
    if draft.data is None:
        raise WebError(422, "invalid", "没有布局内容。")
    return text_of(draft.data)


def refused(request: Request, error: LayoutError, data: object = None) -> WebError:
    """A fault of the layout as an answer: field, line, and one sentence in the reader's words."""
    fault = fault_of(error)
    locale = locale_of(request)
    text = fault.english
    if fault.template is not None:
        text = translate(locale, fault.template).format(**(fault.values or {}))
    details = {
        "line": fault.line,
        "field": fault.field,
        "path": list(fault.path),
        "places": place_names(data, fault.path),
    }
    return WebError(422, "layout", text, details)


def lang_of(request: Request) -> Lang:
    return "en" if locale_of(request) == "en" else "zh"


@router.get("/layout")
def show(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    version: Annotated[int | None, Query(ge=1, le=2**31)] = None,
) -> dict[str, Any]:
    """A version of the layout (left out: the one in force) as data and as YAML."""
    with database.read() as session:
        found = versions.version_of(session, asked.hall_id, version)
        if found is None:
            raise NotThere
        number, text, base = found.version, found.yaml, found.base_path
    try:
        _, data = layout_from(text, settings.data / base)
    except LayoutError as error:  # saved under an older version's rules
        raise refused(request, error) from None
    return {"version": number, "data": data, "yaml": text}


@router.post("/layout/check")
def check(
    request: Request,
    asked: SetsUpHall,
    draft: DraftIn,
    database: DatabaseDep,
    settings: SettingsDep,
) -> dict[str, Any]:
    """Whether a draft could be saved; gives its data and its YAML."""
    text = draft_text(draft)
    with database.read() as session:
        code = session.get_one(Hall, asked.hall_id).code
    try:
        layout, data = layout_from(text, settings.data)
    except LayoutError as error:
        raise refused(request, error, draft.data) from None
    if layout.hall.id != code:
        raise SetupError(
            "这份布局属于大厅“{given}”,不是“{code}”。", given=layout.hall.id, code=code
        )
    return {"ok": True, "data": data, "yaml": text}


@router.post("/layout")
def save(
    request: Request,
    asked: SetsUpHall,
    draft: DraftIn,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> dict[str, Any]:
    """A new version of the layout, or nothing at all."""
    try:
        saved = versions.save(
            database, settings, asked.viewer, asked.hall_id, draft_text(draft),
            base=draft.base, now=now,
        )  # fmt: skip
    except LayoutError as error:
        raise refused(request, error, draft.data) from None
    except StaleLayoutError as error:
        text = translate(
            locale_of(request),
            "{who} 已于 {at} 保存了第 {version} 版。您的改动还在本页,请先导出,再载入新版后重做。",
        ).format(who=error.who, at=time_text(error.at), version=error.version)
        raise WebError(409, "stale", text, {"version": error.version}) from None
    message = "已保存为第 {version} 版。" if saved.new else "与第 {version} 版相同,没有新版本。"
    text = translate(locale_of(request), message).format(version=saved.version)
    return {"version": saved.version, "new": saved.new, "message": text}


@router.post("/layout/plane")
def plane(_: SetsUpHall, given: PlaneIn) -> dict[str, Any]:
    """The error of clicked points in cm, and a grid to look at."""
    width, height = given.size
    points = [((p.at[0], p.at[1]), (p.cm[0], p.cm[1])) for p in given.points]
    found = planes.fit(given.kind, points, width, height)
    return {
        "missing": found.missing,
        "residual_cm": found.residual_cm,
        "checked": found.checked,
        "good": found.good,
        "good_cm": planes.GOOD_CM[given.kind],
        "off_cm": found.off_cm,
        "px_per_cm": found.px_per_cm,
        "grid": found.grid,
    }


@router.post("/layout/judgeable")
def judgeable(
    request: Request,
    _: SetsUpHall,
    draft: DraftIn,
    settings: SettingsDep,
    eyes: EyesDep,
    now: NowDep,
) -> dict[str, Any]:
    """Desk by desk and clause by clause: what this draft lets the rules judge."""
    try:
        layout = layout_from(draft_text(draft), settings.data)[0]
    except LayoutError as error:
        raise refused(request, error, draft.data) from None
    today = now.astimezone(HALL_TZ).date()
    table = judge.judgeable(
        layout,
        load_pack(settings.pack),
        calendar_of(settings),
        classes=eyes.classes(),
        today=today,
        lang=lang_of(request),
    )
    return {
        "clauses": [{"id": id, "text": text} for id, text in table.clauses.items()],
        "needed_px": judge.NEEDED_PX,
        "model": eyes.name(),
        "places": [
            {
                "id": place.id,
                "name": place.name,
                "judged": place.judged,
                "of": len(place.cells),
                "pixels": place.pixels,
                "cells": {
                    clause: {"ok": cell.ok, "code": cell.code, "text": cell.text}
                    for clause, cell in place.cells.items()
                },
            }
            for place in table.places
        ],
    }


@router.post("/layout/try")
def try_draft(
    request: Request,
    asked: SetsUpHall,
    draft: DraftIn,
    database: DatabaseDep,
    settings: SettingsDep,
    eyes: EyesDep,
    now: NowDep,
) -> dict[str, Any]:
    """The rules over the newest frames of a camera under this draft; nothing is kept."""
    text = draft_text(draft)
    if eyes.name() is None:
        raise WebError(
            409, "no_model", "还没有安装识别模型,暂时不能试运行;布局仍可照常绘制和保存。"
        )
    with database.read() as session:
        hall = session.get_one(Hall, asked.hall_id)
        paths = trial.newest_frames(session, settings, hall, draft.camera)
        folder = folder_of(session, settings, asked.hall_id)
    if not paths:
        raise WebError(409, "no_frame", "这个机位还没有截图,请先采集一张再试。")
    stage: Path | None = None
    try:
        stage = trial.staged(settings, asked.hall_id, text, folder)
        data = layout_from(text, stage)[1]
        layout = layout_from(text_of(trial.without_missing(data, stage)), stage)[0]
        tried = trial.try_rules(
            paths,
            layout,
            load_pack(settings.pack),
            calendar_of(settings),
            eyes,
            lang_of(request),
            Stills.of(settings).read,
            allowed_in(database, asked.hall_id),
        )
    except LayoutError as error:
        raise refused(request, error, draft.data) from None
    except ModelError as error:
        log.warning("try_without_model", error=str(error))
        raise WebError(
            409, "no_model", "还没有安装识别模型,暂时不能试运行;布局仍可照常绘制和保存。"
        ) from None
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
    with database.write() as session:
        looked(session, asked, now, "layout.try", {"frames": list(tried.frames)})
    return {
        "frames": tried.frames,
        "gates": tried.gates,
        "passed": tried.passed,
        "unjudged": tried.unjudged,
        "sizes": tried.sizes,
        "suspects": [
            {
                "desk": s.desk, "clause": s.clause, "window": s.window, "text": s.text,
                "frame": s.frame, "boxes": [{"cls": c, "box": b} for c, b in s.boxes],
            }
            for s in tried.suspects
        ],
        "pictures": {
            name: "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
            for name, jpeg in tried.pictures.items()
        },
    }  # fmt: skip
