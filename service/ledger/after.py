"""The after picture: what the same camera took of the place since, for a person to close on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import cv2
import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.models import Case, DayVerdict, Finding, FrameRow, Media
from service.evidence import CROP_MARGIN, Picture, crop, crop_region
from service.review.halls import Plans
from service.store import MediaStore
from vision.seen import BoxPx, StoreError

PROPOSED: Final = 4
QUALITY: Final = 90
MARGIN: Final = CROP_MARGIN / (1 + 2 * CROP_MARGIN)
"""What ``crop`` puts round a box again, as a share of the whole region on each side."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One later picture of the place; ``verdict`` what its day said of this desk and clause.

    ``region_px``: the part of the frame to show, pixels of the original; ``scale`` pixels of the
    stored whole picture per original pixel.
    """

    frame_id: int
    camera: str
    day: date
    taken_at: datetime
    verdict: str | None
    region_px: BoxPx
    path: str
    sha256: str
    scale: float


def proposals(
    session: Session, plans: Plans, case: Case, *, frame_id: int | None = None
) -> list[Proposal]:
    """Later masked frames of the cameras that see the place, the newest first; or just one."""
    regions = _regions(session, plans, case)
    if not regions:
        return []
    finding = session.get(Finding, case.finding_id) if case.finding_id else None
    query = (
        select(FrameRow, Media, DayVerdict.verdict)
        .join(Media, (Media.frame_id == FrameRow.id) & (Media.kind == "frame") & Media.masked)
        .outerjoin(
            DayVerdict,
            (DayVerdict.hall_id == FrameRow.hall_id)
            & (DayVerdict.day == FrameRow.day)
            & (DayVerdict.window == FrameRow.window)
            & (DayVerdict.desk == case.desk)
            & (DayVerdict.clause == case.clause),
        )
        .where(
            FrameRow.hall_id == case.hall_id,
            FrameRow.camera.in_(regions),
            FrameRow.gate == "ok",
            FrameRow.taken_at > (case.done_at or case.confirmed_at),
        )
        .order_by(FrameRow.taken_at.desc(), FrameRow.id.desc())
        .limit(PROPOSED)
    )
    if finding is not None:  # what is forbidden in one window may be fine in another
        query = query.where(FrameRow.window == finding.window)
    if frame_id is not None:
        query = query.where(FrameRow.id == frame_id)
    return [
        Proposal(
            frame.id,
            frame.camera,
            frame.day,
            frame.taken_at,
            verdict,
            _pixels(regions[frame.camera], frame),
            media.path,
            media.sha256,
            media.scale,
        )
        for frame, media, verdict in session.execute(query)
    ]


def _regions(session: Session, plans: Plans, case: Case) -> dict[str, BoxPx]:
    """The place on each camera that sees it, 0..1: round the boxes, or the desk's own area."""
    finding = session.get(Finding, case.finding_id) if case.finding_id else None
    if finding is not None and finding.camera and finding.frame_id and finding.boxes:
        frame = session.get(FrameRow, finding.frame_id)
        if frame is not None and frame.width and frame.height:
            stored = (map(float, box["xyxy_px"]) for box in finding.boxes)
            boxes: list[BoxPx] = [(x1, y1, x2, y2) for x1, y1, x2, y2 in stored]
            x1, y1, x2, y2 = crop_region(boxes, frame.width, frame.height)
            w, h = frame.width, frame.height
            return {finding.camera: (x1 / w, y1 / h, x2 / w, y2 / h)}
    plan = plans.newest(session, [case.hall_id])[case.hall_id]
    found: dict[str, BoxPx] = {}
    for camera, areas in plan.areas.items():
        points = [p for area in areas if area.desk == case.desk for p in area.polygon_norm]
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            found[camera] = (min(xs), min(ys), max(xs), max(ys))
    return found


def _pixels(region_norm: BoxPx, frame: FrameRow) -> BoxPx:
    w, h = frame.width or 0, frame.height or 0
    return (region_norm[0] * w, region_norm[1] * h, region_norm[2] * w, region_norm[3] * h)


def cut(store: MediaStore, proposal: Proposal) -> Picture:
    """The place out of the stored masked frame."""
    data = store.get(proposal.path, sha256=proposal.sha256)
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise StoreError(f"The picture {proposal.path} can't be decoded.")
    x1, y1, x2, y2 = (v * proposal.scale for v in proposal.region_px)
    # the region has its room round it already: no more margin than what the least size asks for
    inner: BoxPx = (
        x1 + (x2 - x1) * MARGIN,
        y1 + (y2 - y1) * MARGIN,
        x2 - (x2 - x1) * MARGIN,
        y2 - (y2 - y1) * MARGIN,
    )
    return crop(np.asarray(image, np.uint8), [inner], quality=QUALITY)
