"""/api/v1/frames: masked frames of a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.review.detail import FrameCard, load_frame, load_frames
from service.web.api.shapes import REFUSALS, FrameOut, FramesOut
from service.web.deps import Asked, DatabaseDep, Needs, NeedsFrame
from service.web.errors import NotThere

router = APIRouter(prefix="/api/v1", tags=["frames"], responses=REFUSALS)


def _frame(frame: FrameCard) -> FrameOut:
    return FrameOut(
        id=frame.id,
        hall_id=frame.hall_id,
        camera=frame.camera,
        taken_at=frame.taken_at,
        day=frame.day,
        window=frame.window,
        width=frame.width,
        height=frame.height,
        url=f"/media/{frame.media}",
        small_url=f"/media/{frame.thumb}/small",
    )


@router.get("/frames")
def list_frames(
    viewer: Annotated[Viewer, Depends(Needs(Permission.FINDINGS_READ))],
    database: DatabaseDep,
    day: date | None = None,
    camera: Annotated[str | None, Query(max_length=64)] = None,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> FramesOut:
    """Masked frames of the caller's halls on a day (left out: the last one)."""
    with database.read() as session:
        found = load_frames(session, viewer.hall_ids, day=day, camera=camera, number=page)
    return FramesOut(
        day=found.day,
        frames=[_frame(frame) for frame in found.frames],
        page=found.number,
        pages=found.pages,
    )


@router.get("/frames/{frame_id}")
def show_frame(
    asked: Annotated[Asked, Depends(NeedsFrame(Permission.FINDINGS_READ))], database: DatabaseDep
) -> FrameOut:
    """One masked frame."""
    with database.read() as session:
        frame = load_frame(session, {asked.hall_id}, asked.id)
    if frame is None:
        raise NotThere
    return _frame(frame)
