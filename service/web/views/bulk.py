"""Bulk: the queue as a table with its pictures, a verdict over what is ticked, and its undoing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy import select

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.db.models import DISMISS_REASONS, Finding
from service.review.bulk import MOST, Action, Many, decide_many, parse_seen
from service.web.access import Scope
from service.web.deps import MAX_ID, DatabaseDep, Needs, NowDep, SettingsDep
from service.web.i18n import locale_of
from service.web.present import row_of
from service.web.queue_parts import queue_of
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Decider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE))]
OwnDecider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE, Scope.OWN))]
Clause = Annotated[str, Query(max_length=32)]


@router.get("/queue/bulk")
def show(
    request: Request,
    viewer: Decider,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    hall: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    clause: Clause = "",
) -> Response:
    return page(request, viewer, database, settings, now, hall=hall, clause=clause)


def page(
    request: Request,
    viewer: Viewer,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    *,
    hall: int | None = None,
    clause: str = "",
    result: Many | None = None,
    action: str = "",
) -> Response:
    locale, book = locale_of(request), request.app.state.book
    hall_ids = viewer.among(hall)
    with database.read() as session:
        found = queue_of(request, session, hall_ids, settings, now)
        undoable: dict[int, int] = {}
        if result and action != "undo":
            ids = [outcome.id for outcome in result.done]
            versions = session.execute(
                select(Finding.id, Finding.row_version).where(Finding.id.in_(ids))
            )
            undoable = {row[0]: row[1] for row in versions}
    cards = found.cards
    shown = [card for card in cards if not clause or card.clause == clause][:MOST]
    context: dict[str, Any] = {
        "here": "queue",
        "rows": [row_of(book, card, locale) for card in shown],
        "clauses": sorted({card.clause for card in cards}),
        "clause": clause,
        "hall": hall,
        "reasons": DISMISS_REASONS,
        "result": result,
        "action": action,
        "undoable": undoable,
        "most": MOST,
    }
    return render(request, "bulk.html", context)


@router.post("/queue/bulk")
def act(
    request: Request,
    viewer: OwnDecider,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    action: Annotated[Action, Form()],
    item: Annotated[tuple[str, ...], Form()] = (),
    reason: Annotated[str, Form(max_length=32)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
    clause: Annotated[str, Form(max_length=32)] = "",
) -> Response:
    """The page again, with what was done, what was not, and one button that takes it back."""
    result = decide_many(
        database, viewer, parse_seen(item), action=action, reason=reason or None, note=note,
        now=now, recurrence_days=settings.recurrence_days,
    )  # fmt: skip
    return page(
        request, viewer, database, settings, now, clause=clause, result=result, action=action
    )
