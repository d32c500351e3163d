"""意见反馈: write one, see what became of it; for administrators the change list of the pack."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.reports import feedback
from service.review.book import Book
from service.review.halls import halls_seen
from service.web.deps import Asked, DatabaseDep, Needs, NowDep, RowId
from service.web.errors import NotThere
from service.web.i18n import locale_of
from service.web.report_words import report_words
from service.web.setup_deps import NeedsHall
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Viewer, Depends(Needs(Permission.FEEDBACK_GIVE))]
Answers = Annotated[Asked, Depends(NeedsHall(Permission.FEEDBACK_ANSWER))]


@router.get("/feedback")
def show(request: Request, viewer: Reader, database: DatabaseDep, clause: str = "") -> Response:
    """Chief representatives see their own, the others all of their halls."""
    book: Book = request.app.state.book
    locale = locale_of(request)
    only = viewer.user_id if viewer.role.value == "chief" else None
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        rows = feedback.listed(session, viewer.hall_ids, own=only)
        clauses = book.all_clauses()
        names = {hall.id: hall.name for hall in halls}
        lines = [
            {
                "id": row.id,
                "hall_id": row.hall_id,
                "hall": names.get(row.hall_id, ""),
                "clause": row.clause,
                "short": clauses[row.clause].short(locale) if row.clause in clauses else "",
                "text": row.text,
                "state": row.state,
                "answer": row.answer,
                "at": row.created_at,
                "by": row.created_by.name,
                "answered_by": row.answered_by.name if row.answered_by else "",
                "next": feedback.NEXT.get(row.state, ()),
                "pack": row.pack_version,
            }
            for row in rows
        ]
    return render(
        request,
        "feedback.html",
        {
            "here": "feedback",
            "halls": halls,
            "clauses": list(clauses.values()),
            "chosen": clause,
            "lines": lines,
            "changes": [line for line in lines if line["state"] == "accepted"],
            "answers": viewer.may(Permission.FEEDBACK_ANSWER),
            "states": feedback.STATE_ZH,
            "words": report_words(locale),
            "most": feedback.TEXT_MOST,
        },
    )


@router.post("/feedback")
def give(
    request: Request,
    viewer: Reader,
    database: DatabaseDep,
    now: NowDep,
    hall: Annotated[int, Form(ge=1)],
    clause: Annotated[str, Form(max_length=32)] = "",
    text: Annotated[str, Form(max_length=8000)] = "",
) -> Response:
    if not viewer.sees(hall):
        raise NotThere
    book: Book = request.app.state.book
    feedback.give(
        database, viewer, hall, clause=clause, text=text, clauses=book.all_clauses(),
        pack_version=book.pack_version, now=now,
    )  # fmt: skip
    return RedirectResponse("/feedback", status_code=303)


@router.post("/halls/{hall_id}/feedback/{row_id}/answer")
def answer(
    asked: Answers,
    row_id: RowId,
    database: DatabaseDep,
    now: NowDep,
    state: Annotated[str, Form(max_length=16)],
    text: Annotated[str, Form(max_length=8000)] = "",
) -> Response:
    if not feedback.answer(
        database, asked.viewer, asked.hall_id, row_id, state=state, text=text, now=now
    ):
        raise NotThere
    return RedirectResponse("/feedback", status_code=303)
