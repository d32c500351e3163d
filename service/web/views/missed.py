"""补记: choose a masked frame, then mark on it what the system missed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.review.detail import load_frame, load_frames
from service.web.deps import Asked, DatabaseDep, Needs, NeedsFrame
from service.web.errors import NotThere
from service.web.paging import PageLinks
from service.web.templating import render

router = APIRouter(include_in_schema=False)


@router.get("/missed")
def choose_frame(
    request: Request,
    viewer: Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE))],
    database: DatabaseDep,
    day: date | None = None,
    camera: Annotated[str, Query(max_length=64)] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    with database.read() as session:
        found = load_frames(session, viewer.hall_ids, day=day, camera=camera or None, number=page)
    filters = {"day": found.day.isoformat() if found.day else "", "camera": camera}
    context = {
        "here": "missed",
        "frames": found.frames,
        "days": found.days,
        "cameras": found.cameras,
        "day": found.day,
        "camera": camera,
        "page": PageLinks(found.number, found.pages, filters),
    }
    return render(request, "missed.html", context)


@router.get("/missed/{frame_id}")
def mark(
    request: Request,
    asked: Annotated[Asked, Depends(NeedsFrame(Permission.FINDINGS_DECIDE))],
    database: DatabaseDep,
) -> Response:
    with database.read() as session:
        frame = load_frame(session, {asked.hall_id}, asked.id)
        plan = request.app.state.plans.newest(session, [asked.hall_id])[asked.hall_id]
    if frame is None:
        raise NotThere
    areas = [
        {
            "desk": area.desk,
            "polygon": [(x * frame.width, y * frame.height) for x, y in area.polygon_norm],
        }
        for area in plan.areas.get(frame.camera, ())
    ]
    context = {
        "here": "missed",
        "frame": frame,
        "areas": areas,
        "desks": [{"id": id, "name": name} for id, name in plan.desks.items()],
        "clauses": list(request.app.state.book.clauses().values()),
    }
    return render(request, "mark.html", context)
