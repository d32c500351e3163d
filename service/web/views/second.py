"""抽检: findings that come back blind, 合格 looked at again, and what both say of the looking."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.review import second
from service.review.book import Book, Clause
from service.review.detail import load_detail
from service.web.access import Scope
from service.web.deps import MAX_ID, DatabaseDep, Needs, NowDep, RowId, SettingsDep
from service.web.i18n import locale_of
from service.web.present import finding_view
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Decider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE))]
OwnDecider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE, Scope.OWN))]
Action = Literal["confirm", "dismiss"]
Answer = Literal["clean", "missed", "unclear"]


@router.get("/second")
def show(
    request: Request, viewer: Decider, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    """The next blind finding without its verdict, the figures, what a third person may settle."""
    locale, book = locale_of(request), request.app.state.book
    with database.read() as session:
        ids = second.blind_ids(
            session, viewer, secret=request.app.state.secret,
            share=settings.second_look_share, now=now,
        )  # fmt: skip
        detail = (
            load_detail(session, request.app.state.plans, viewer.hall_ids, ids[0]) if ids else None
        )
        cells = second.pass_cells(
            session, viewer.hall_ids, secret=request.app.state.secret,
            share=settings.pass_look_share, most=settings.pass_look_most,
        )  # fmt: skip
        values: dict[str, Any] = {
            "agreed": second.agreed(session, viewer.hall_ids, now),
            "recall": second.recall(session, viewer.hall_ids, now),
            "open": [
                (row.id, row.finding_id, row.finding.clause, row.finding.desk)
                for row in second.disagreements(session, viewer)
            ],
        }
    return render(
        request,
        "second.html",
        {
            "here": "second",
            "left": len(ids),
            "f": finding_view(book, detail, locale) if detail else None,
            "passes": len(cells),
            "days": second.FIGURE_DAYS,
            **values,
        },
    )


@router.post("/second/findings/{finding_id}")
def look(
    request: Request,
    viewer: OwnDecider,
    finding_id: RowId,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    action: Annotated[Action, Form()],
) -> Response:
    second.look_again(
        database, viewer, finding_id, action, secret=request.app.state.secret,
        share=settings.second_look_share, now=now,
    )  # fmt: skip
    return RedirectResponse("/second", status_code=303)


@router.post("/second/settle/{look_id}")
def settle(
    viewer: OwnDecider,
    look_id: RowId,
    database: DatabaseDep,
    now: NowDep,
    action: Annotated[Action, Form()],
) -> Response:
    second.settle(database, viewer, look_id, action, now=now)
    return RedirectResponse("/second", status_code=303)


@router.get("/second/passes")
def passes(
    request: Request,
    viewer: Decider,
    database: DatabaseDep,
    settings: SettingsDep,
    skip: Annotated[int, Query(ge=0, le=MAX_ID)] = 0,
) -> Response:
    """The next 合格 to look at, on a masked frame of that night with the desk outlined."""
    locale, book = locale_of(request), request.app.state.book
    with database.read() as session:
        cells = second.pass_cells(
            session, viewer.hall_ids, secret=request.app.state.secret,
            share=settings.pass_look_share, most=settings.pass_look_most,
        )  # fmt: skip
        cell = cells[skip % len(cells)] if cells else None
        plans = request.app.state.plans.newest(session, [cell.hall_id]) if cell else {}
    context: dict[str, Any] = {"here": "second", "left": len(cells), "skip": skip, "cell": cell}
    if cell:
        plan = plans[cell.hall_id]
        clause = _clause(book, cell.clause)
        context |= {
            "clause": clause,
            "short": clause.short(locale),
            "desk_name": plan.desks.get(cell.desk, cell.desk),
            "areas": [
                " ".join(f"{x:.4f},{y:.4f}" for x, y in area.polygon_norm)
                for area in plan.areas.get(cell.camera, ())
                if area.desk == cell.desk
            ],
        }
    return render(request, "pass_look.html", context)


def _clause(book: Book, id: str) -> Clause:
    return book.all_clauses().get(id, Clause(id, ""))


@router.post("/second/passes")
def answer(
    request: Request,
    viewer: OwnDecider,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    answer: Annotated[Answer, Form()],
    hall: Annotated[int, Form(ge=1)],
    desk: Annotated[str, Form(max_length=64)],
    clause: Annotated[str, Form(max_length=32)],
    window: Annotated[str, Form(max_length=1)],
    day: Annotated[str, Form(max_length=10)],
) -> Response:
    """Only what was drawn can be answered; a missed thing is then added by hand on its frame."""
    with database.read() as session:
        cell = second.pass_cell(
            session, viewer.hall_ids, (hall, day, desk, clause, window),
            secret=request.app.state.secret,
            share=settings.pass_look_share, most=settings.pass_look_most,
        )  # fmt: skip
    second.answer_pass(database, viewer, cell, answer, now=now)
    target = f"/missed/{cell.frame_id}" if answer == "missed" else "/second/passes"
    return RedirectResponse(target, status_code=303)
