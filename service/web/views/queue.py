"""The review queue: the list, and one finding's panel."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.review.detail import load_detail
from service.web.deps import (
    MAX_ID,
    Asked,
    DatabaseDep,
    Needs,
    NeedsFinding,
    NowDep,
    SettingsDep,
)
from service.web.errors import NotThere
from service.web.i18n import locale_of
from service.web.present import finding_view, row_of, viewer_payload
from service.web.queue_parts import queue_of
from service.web.templating import render

router = APIRouter(include_in_schema=False)


@router.get("/queue")
def queue(
    request: Request,
    viewer: Annotated[Viewer, Depends(Needs(Permission.FINDINGS_READ))],
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    finding: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    hall: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    hall_ids = viewer.among(hall)
    locale, book = locale_of(request), request.app.state.book
    with database.read() as session:
        found = queue_of(request, session, hall_ids, settings, now)
    groups = [
        {
            "hall_name": group.hall_name,
            "desk_name": group.desk_name,
            "findings": [row_of(book, card, locale) for card in group.findings],
        }
        for group in found.groups
    ]
    held = request.app.state.claims.of_others(viewer, hall_ids, now)
    ids = [card.id for card in found.cards]
    free = [id for id in ids if id not in held] or ids
    context = {
        "here": "queue",
        "queue": {"groups": groups, "shown": found.shown, "kept": found.kept},
        "held": held,
        "first": finding or (free[0] if free else None),
        "many_halls": len(hall_ids) > 1,
    }
    return render(request, "queue.html", context)


@router.get("/queue/{finding_id}/panel")
def panel(
    request: Request,
    asked: Annotated[Asked, Depends(NeedsFinding(Permission.FINDINGS_READ))],
    database: DatabaseDep,
) -> Response:
    locale = locale_of(request)
    with database.read() as session:
        detail = load_detail(session, request.app.state.plans, {asked.hall_id}, asked.id)
    if detail is None:
        raise NotThere
    view = finding_view(request.app.state.book, detail, locale)
    return render(request, "panel.html", {"f": view, "payload": viewer_payload(view, locale)})
