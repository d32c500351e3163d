"""What was decided, one finding's page, and taking a verdict back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.db.models import Finding
from service.review.cards import decided_page, read_cards, select_cards
from service.review.decide import undo
from service.review.detail import load_detail
from service.web.deps import Asked, DatabaseDep, Needs, NeedsFinding, NowDep
from service.web.errors import NotThere
from service.web.i18n import locale_of
from service.web.paging import PageLinks
from service.web.present import Row, finding_view, row_of
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Reads = Annotated[Asked, Depends(NeedsFinding(Permission.FINDINGS_READ))]
Decides = Annotated[Asked, Depends(NeedsFinding(Permission.FINDINGS_DECIDE))]


@router.get("/decided")
def decided(
    request: Request,
    viewer: Annotated[Viewer, Depends(Needs(Permission.FINDINGS_READ))],
    database: DatabaseDep,
    state: Literal["", "confirmed", "dismissed"] = "",
    who: Literal["", "me"] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    locale, book = locale_of(request), request.app.state.book
    with database.read() as session:
        found = decided_page(
            session,
            request.app.state.plans,
            viewer.hall_ids,
            state=state or None,
            user_id=viewer.user_id if who == "me" else None,
            number=page,
        )
    context = {
        "here": "decided",
        "findings": [row_of(book, card, locale) for card in found.cards],
        "total": found.total,
        "state": state,
        "who": who,
        "page": PageLinks(found.number, found.pages, {"state": state, "who": who}),
    }
    return render(request, "decided.html", context)


@router.get("/findings/{finding_id}")
def finding_page(request: Request, asked: Reads, database: DatabaseDep) -> Response:
    locale = locale_of(request)
    with database.read() as session:
        detail = load_detail(session, request.app.state.plans, {asked.hall_id}, asked.id)
    if detail is None:
        raise NotThere
    view = finding_view(request.app.state.book, detail, locale)
    return render(request, "finding.html", {"here": "decided", "f": view})


@router.post("/findings/{finding_id}/undo")
def undo_here(
    request: Request,
    asked: Decides,
    database: DatabaseDep,
    now: NowDep,
    row_version: Annotated[int, Form(ge=1, le=2**31)],
) -> Response:
    undo(database, asked.viewer, asked.id, row_version=row_version, now=now)
    if request.headers.get("HX-Request") != "true":
        return RedirectResponse(f"/findings/{asked.id}", status_code=303)
    with database.read() as session:
        row = _row(request, session, asked)
    return render(request, "decided_row.html", {"f": row})


def _row(request: Request, session: Session, asked: Asked) -> Row:
    query: Any = select_cards().where(Finding.id == asked.id, Finding.hall_id == asked.hall_id)
    cards = read_cards(session, query, request.app.state.plans)
    if not cards:
        raise NotThere
    return row_of(request.app.state.book, cards[0], locale_of(request))
