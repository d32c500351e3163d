"""赋分表: the version in force, its history, and the form of the next one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission
from service.clock import hall_day
from service.reports.points import LABELS, BadPoints, checked, save_table, sources_of
from service.review.halls import halls_seen
from service.web.deps import Asked, DatabaseDep, NowDep
from service.web.i18n import locale_of, translate
from service.web.report_parts import office_of
from service.web.report_words import report_words
from service.web.setup_deps import NeedsHall
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Reads = Annotated[Asked, Depends(NeedsHall(Permission.REPORTS_READ))]
Writes = Annotated[Asked, Depends(NeedsHall(Permission.POINTS_MANAGE))]


@router.get("/halls/{hall_id}/points")
def show(request: Request, asked: Reads, database: DatabaseDep, now: NowDep) -> Response:
    return page(request, asked, database, now)


def page(
    request: Request, asked: Asked, database: DatabaseDep, now: NowDep, said: str = ""
) -> Response:
    office, today = office_of(request), hall_day(now)
    with database.read() as session:
        halls = halls_seen(session, asked.viewer.hall_ids)
        tables = office.tables(session, asked.hall_id)
    table = tables.saved[0] if tables.saved else tables.default
    sources = sources_of(office.pack)
    rows: list[dict[str, Any]] = [
        {
            "id": row.id,
            "text": row.spec.text,
            "gloss": row.spec.gloss,
            "points": table.deduct.get(row.id, 0.0),
            "default": tables.default.deduct.get(row.id, 0.0),
            "source": sources.get(row.id, ""),
            "scored": row.spec.scored,
        }
        for row in office.pack.rows
        if row.spec.modality != "organise"
    ]
    return render(
        request,
        "points.html",
        {
            "here": "reports",
            "hall": next(hall for hall in halls if hall.id == asked.hall_id),
            "table": table,
            "versions": tables.saved,
            "in_force": tables.on(today).version,
            "rows": rows,
            "labels": LABELS,
            "words": report_words(locale_of(request)),
            "manages": asked.viewer.may(Permission.POINTS_MANAGE),
            "today": today,
            "said": said,
        },
        status=422 if said else 200,
    )


@router.post("/halls/{hall_id}/points")
async def save(
    request: Request,
    asked: Writes,
    database: DatabaseDep,
    now: NowDep,
    base_version: Annotated[int, Form(ge=0)],
    effective_from: Annotated[date, Form()],
    note: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """A new version; with one wrong field nothing is saved."""
    office = office_of(request)
    form = await request.form()
    values: dict[str, Any] = {key: form[key] for key in LABELS if key in form}
    values["deduct"] = {
        key.removeprefix("deduct:"): value or 0
        for key, value in form.items()
        if key.startswith("deduct:")
    }
    values["score_trial"] = "score_trial" in form
    try:
        table = checked(values, [row.id for row in office.pack.rows])
    except BadPoints as error:
        locale = locale_of(request)
        shown = {key: translate(locale, value) for key, value in error.values.items()}
        return page(
            request, asked, database, now, translate(locale, error.template).format(**shown)
        )
    save_table(
        database, asked.viewer, asked.hall_id, table,
        base_version=base_version, effective_from=effective_from, note=note, now=now,
    )  # fmt: skip
    return RedirectResponse(f"/halls/{asked.hall_id}/points", status_code=303)
