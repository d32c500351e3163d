"""登记: approved notices, permitted things at desks, exceptions; what the rules then allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from datasets.classes import CLASS_ZH
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.models import ExceptionRow, NoticeRow, PermittedRow
from service.db.register_tables import EXCEPTION_KINDS
from service.registers import WARN_DAYS
from service.review.halls import halls_seen
from service.setup import registers
from service.setup.faults import SetupError
from service.setup.permitted_list import BYTES_MOST, ListError, from_csv, to_csv
from service.setup.registers import Permitted
from service.web.deps import Asked, DatabaseDep, Needs, NowDep, RowId, SettingsDep
from service.web.errors import NotThere
from service.web.i18n import Locale, locale_of, translate
from service.web.setup_deps import NeedsHall
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_READ))]
Reads = Annotated[Asked, Depends(NeedsHall(Permission.FINDINGS_READ))]
Writes = Annotated[Asked, Depends(NeedsHall(Permission.HALLS_MANAGE))]
Text = Annotated[str, Form(max_length=500)]
Day = Annotated[date, Form()]

KIND_WORDS: Final = {"device_absent": "设备未配备", "plain_clothes": "便装", "other": "其他"}
FAULT_LINE: Final = "第 {line} 行:"


@dataclass(frozen=True, slots=True)
class Said:
    """What a form was answered: one sentence, and one a wrong line."""

    text: str = ""
    lines: Sequence[str] = ()


def sentence(error: SetupError, locale: Locale) -> Said:
    """A refusal in the reader's language."""
    lines = [
        (translate(locale, FAULT_LINE) + translate(locale, f.template)).format(
            **{**f.values, "line": f.line}
        )
        for f in (error.faults if isinstance(error, ListError) else ())
    ]
    return Said(translate(locale, error.template).format(**error.values), lines)


@router.get("/registers")
def first_hall(request: Request, viewer: Reader, database: DatabaseDep) -> Response:
    """The registers of the first hall that the caller sees."""
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
    if not halls:
        context: dict[str, Any] = {"here": "registers", "halls": [], "hall": None}
        return render(request, "registers.html", context)
    return RedirectResponse(f"/halls/{halls[0].id}/registers", status_code=303)


@router.get("/halls/{hall_id}/registers")
def show(
    request: Request, asked: Reads, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return page(request, asked, database, settings, now)


def page(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    said: Said | None = None,
) -> Response:
    locale = locale_of(request)
    with database.read() as session:
        halls = halls_seen(session, asked.viewer.hall_ids)
        places = registers.places_in(session, settings, asked.hall_id)
        notices = registers.notices_of(session, asked.hall_id)
        permitted = registers.permitted_of(session, asked.hall_id)
        exceptions = registers.exceptions_of(session, asked.hall_id)
    today = hall_day(now)
    values: dict[str, Any] = {
        "here": "registers",
        "halls": halls,
        "hall": next(hall for hall in halls if hall.id == asked.hall_id),
        "places": places,
        "notices": [(row, state_of(row, today)) for row in notices],
        "permitted": permitted,
        "exceptions": [(row, state_of(row, today)) for row in exceptions],
        "kinds": {kind: translate(locale, KIND_WORDS[kind]) for kind in EXCEPTION_KINDS},
        "classes": {
            c: c.replace("_", " ") if locale == "en" else CLASS_ZH.get(c, c)
            for c in {row.cls for row in permitted}
        },
        "clauses": list(request.app.state.book.all_clauses().values()),
        "manages": asked.viewer.may(Permission.HALLS_MANAGE),
        "today": today,
        "said": said or Said(),
    }
    return render(request, "registers.html", values, status=422 if said else 200)


def state_of(row: NoticeRow | ExceptionRow, today: date) -> str:
    """over, ending (today or tomorrow is the last day), waiting (not yet begun) or now."""
    if row.last_day < today:
        return "over"
    if row.last_day <= today + timedelta(days=WARN_DAYS):
        return "ending"
    return "waiting" if row.first_day > today else "now"


def back(asked: Asked, part: str) -> Response:
    return RedirectResponse(f"/halls/{asked.hall_id}/registers#{part}", status_code=303)


@router.post("/halls/{hall_id}/registers/notices")
def add_notice(
    request: Request,
    asked: Writes,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    first: Day,
    last: Day,
    zone: Text = "",
    title: Text = "",
    approved_by: Text = "",
) -> Response:
    try:
        registers.add_notice(
            database, settings, asked.viewer, asked.hall_id, zone=zone, title=title,
            first=first, last=last, approved_by=approved_by, now=now,
        )  # fmt: skip
    except SetupError as error:
        return page(request, asked, database, settings, now, sentence(error, locale_of(request)))
    return back(asked, "notices")


@router.post("/halls/{hall_id}/registers/exceptions")
def add_exception(
    request: Request,
    asked: Writes,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    first: Day,
    last: Day,
    desk: Text = "",
    clause: Text = "",
    kind: Text = "",
    why: Text = "",
    approved_by: Text = "",
) -> Response:
    try:
        registers.add_exception(
            database, settings, asked.viewer, asked.hall_id, desk=desk, clause=clause, kind=kind,
            first=first, last=last, why=why, approved_by=approved_by,
            clauses=frozenset(request.app.state.book.all_clauses()), now=now,
        )  # fmt: skip
    except SetupError as error:
        return page(request, asked, database, settings, now, sentence(error, locale_of(request)))
    return back(asked, "exceptions")


@router.post("/halls/{hall_id}/registers/notices/{row_id}/end")
def end_notice(asked: Writes, row_id: RowId, database: DatabaseDep, now: NowDep) -> Response:
    if not registers.take_back(database, asked.viewer, asked.hall_id, NoticeRow, row_id, now=now):
        raise NotThere
    return back(asked, "notices")


@router.post("/halls/{hall_id}/registers/exceptions/{row_id}/end")
def end_exception(asked: Writes, row_id: RowId, database: DatabaseDep, now: NowDep) -> Response:
    if not registers.take_back(
        database, asked.viewer, asked.hall_id, ExceptionRow, row_id, now=now
    ):
        raise NotThere
    return back(asked, "exceptions")


@router.post("/halls/{hall_id}/registers/permitted")
def import_permitted(
    request: Request,
    asked: Writes,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    file: Annotated[UploadFile, File()],
) -> Response:
    """The whole list from a CSV file; with one wrong line nothing is taken."""
    data = file.file.read(BYTES_MOST + 1)
    try:
        with database.read() as session:
            desks = registers.places_in(session, settings, asked.hall_id).desks
        things = from_csv(data, desks)
        registers.replace_permitted(
            database, settings, asked.viewer, asked.hall_id, things, now=now
        )
    except SetupError as error:
        return page(request, asked, database, settings, now, sentence(error, locale_of(request)))
    return back(asked, "permitted")


@router.get("/halls/{hall_id}/registers/permitted.csv")
def export_permitted(asked: Reads, database: DatabaseDep) -> Response:
    with database.read() as session:
        data = to_csv(things_of(registers.permitted_of(session, asked.hall_id)))
    return Response(
        data,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="permitted.csv"'},
    )


def things_of(rows: Sequence[PermittedRow]) -> list[Permitted]:
    return [Permitted(row.desk, row.cls, row.number, row.note) for row in rows]
