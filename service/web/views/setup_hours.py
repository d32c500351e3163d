"""工作日历与开放时间: a year's calendar by upload, a hall's closures and overtime by form."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.models import Hall
from service.setup import hours
from service.setup.faults import SetupError
from service.web.deps import Asked, DatabaseDep, Needs, NowDep, SettingsDep
from service.web.i18n import locale_of, translate
from service.web.setup_deps import SetsUpHall
from service.web.templating import render

router = APIRouter(prefix="/setup", include_in_schema=False)
Admin = Annotated[Viewer, Depends(Needs(Permission.HALLS_MANAGE))]
Base = Annotated[int, Form(ge=1, le=2**31)]
Day = Annotated[date, Form()]
Text = Annotated[str, Form(max_length=200)]


def sentence(request: Request, error: SetupError) -> str:
    return translate(locale_of(request), error.template).format(**error.values)


@router.get("/calendar")
def calendar(
    request: Request, viewer: Admin, settings: SettingsDep, now: NowDep, done: int = 0
) -> Response:
    del viewer
    said = translate(locale_of(request), "{year} 年的工作日历已生效。").format(year=done)
    return calendar_page(request, settings, now, said if done else "", good=True)


def calendar_page(
    request: Request, settings: SettingsDep, now: NowDep, said: str = "", *, good: bool
) -> Response:
    years = hours.years_of(settings)
    today = hall_day(now)
    context = {
        "here": "setup",
        "years": years,
        "next_missing": today.year + 1 if today.year + 1 not in {y.year for y in years} else None,
        "said": said,
        "good": good,
    }
    return render(request, "setup_calendar.html", context, status=200 if good else 422)


@router.post("/calendar")
def upload(
    request: Request,
    viewer: Admin,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    file: Annotated[UploadFile, File()],
) -> Response:
    try:
        year = hours.upload_calendar(
            database, settings, viewer, file.file.read(hours.BYTES_MOST + 1), now=now
        )
    except SetupError as error:
        return calendar_page(request, settings, now, sentence(request, error), good=False)
    return RedirectResponse(f"/setup/calendar?done={year}", status_code=303)


@router.get("/halls/{hall_id}/hours")
def days(
    request: Request, asked: SetsUpHall, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return days_page(request, asked, database, settings, now)


def days_page(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    error: SetupError | None = None,
) -> Response:
    with database.read() as session:
        name = session.get_one(Hall, asked.hall_id).name
    context = {
        "here": "setup",
        "hall_id": asked.hall_id,
        "name": name,
        "days": hours.days_of(database, settings, asked.hall_id),
        "today": hall_day(now),
        "said": sentence(request, error) if error else "",
    }
    return render(request, "setup_hours.html", context, status=422 if error else 200)


def back(asked: Asked) -> Response:
    return RedirectResponse(f"/setup/halls/{asked.hall_id}/hours", status_code=303)


@router.post("/halls/{hall_id}/hours/closures")
def add_closure(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    base: Base,
    first: Day,
    last: Day,
    why: Text = "",
    window: Text = "",
) -> Response:
    try:
        hours.add_closure(
            database, settings, asked.viewer, asked.hall_id,
            base=base, first=first, last=last, why=why, window=window, now=now,
        )  # fmt: skip
    except SetupError as error:
        return days_page(request, asked, database, settings, now, error)
    return back(asked)


@router.post("/halls/{hall_id}/hours/overtime")
def add_overtime(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    base: Base,
    day: Day,
    start: Text = "",
    end: Text = "",
    window: Text = "",
) -> Response:
    try:
        hours.add_overtime(
            database, settings, asked.viewer, asked.hall_id,
            base=base, day=day, hours=f"{start}-{end}", window=window, now=now,
        )  # fmt: skip
    except SetupError as error:
        return days_page(request, asked, database, settings, now, error)
    return back(asked)


@router.post("/halls/{hall_id}/hours/remove")
def remove(
    request: Request,
    asked: SetsUpHall,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    base: Base,
    part: Annotated[Literal["closures", "overtime"], Form()],
    number: Annotated[int, Form(ge=0, le=10_000)],
) -> Response:
    try:
        hours.take_away(
            database, settings, asked.viewer, asked.hall_id,
            base=base, part=part, number=number, now=now,
        )  # fmt: skip
    except SetupError as error:
        return days_page(request, asked, database, settings, now, error)
    return back(asked)
