"""What people may see of a camera: its state, its last masked picture, a trial's masked still."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import cv2
import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import evidence
from service.cameras.protocol import Still
from service.cameras.store import shown_address
from service.db.camera_tables import Camera
from service.db.models import FrameRow, Media
from service.settings import Settings
from vision.seen import ModelError

LONGEST_PX = 960


@dataclass(frozen=True, slots=True)
class CameraRow:
    """One line of the list; ``id`` None where the layout names a camera nobody has connected.

    ``media_id``: its newest masked picture; ``seen_at``: when that was taken.
    """

    hall_id: int
    code: str
    id: int | None = None
    kind: str = ""
    address: str = ""
    place: str = ""
    state: str = "none"
    reason: str = ""
    last_ok_at: datetime | None = None
    clock_offset_s: float | None = None
    open_access: bool = False
    media_id: int | None = None
    seen_at: datetime | None = None


def rows(
    session: Session, hall_ids: Collection[int], named: Mapping[int, Sequence[str]]
) -> list[CameraRow]:
    """Every camera of these halls, connected or only named by a layout, in the order of codes."""
    pictures = _pictures(session, hall_ids)
    found: dict[tuple[int, str], CameraRow] = {}
    for row in session.scalars(select(Camera).where(Camera.hall_id.in_(hall_ids))):
        media_id, seen_at = pictures.get((row.hall_id, row.code), (None, None))
        found[row.hall_id, row.code] = CameraRow(
            row.hall_id,
            row.code,
            row.id,
            row.kind,
            shown_address(row.url),
            row.place,
            row.state,
            row.state_reason,
            row.last_ok_at,
            row.clock_offset_s,
            row.open_access,
            media_id,
            seen_at,
        )
    for hall_id, codes in named.items():
        for code in codes:
            media_id, seen_at = pictures.get((hall_id, code), (None, None))
            found.setdefault(
                (hall_id, code), CameraRow(hall_id, code, media_id=media_id, seen_at=seen_at)
            )
    return [found[key] for key in sorted(found)]


def _pictures(
    session: Session, hall_ids: Collection[int]
) -> dict[tuple[int, str], tuple[int, datetime]]:
    """(hall, camera) -> its newest masked thumbnail."""
    newest = (
        select(FrameRow.hall_id, FrameRow.camera, func.max(FrameRow.taken_at).label("taken_at"))
        .join(Media, Media.frame_id == FrameRow.id)
        .where(FrameRow.hall_id.in_(hall_ids), Media.kind == "thumb", Media.masked)
        .group_by(FrameRow.hall_id, FrameRow.camera)
        .subquery()
    )
    query = (
        select(FrameRow.hall_id, FrameRow.camera, Media.id, FrameRow.taken_at)
        .join(
            newest,
            (FrameRow.hall_id == newest.c.hall_id)
            & (FrameRow.camera == newest.c.camera)
            & (FrameRow.taken_at == newest.c.taken_at),
        )
        .join(Media, Media.frame_id == FrameRow.id)
        .where(Media.kind == "thumb", Media.masked)
        .order_by(Media.id)
    )
    return {(hall, camera): (id, at) for hall, camera, id, at in session.execute(query)}


def masked(settings: Settings, still: Still) -> bytes | None:
    """A still with its people covered, shrunk, as JPEG; None where no model can find people."""
    from datasets.classes import CLASSES
    from models.registry import find
    from service.night_parts import detector_of
    from vision.slices import detect_any

    try:
        model = find(settings.model)
    except ModelError:
        return None
    image = cv2.imdecode(np.frombuffer(still.data, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        return None
    picture = np.asarray(image, np.uint8)
    found = detect_any(detector_of(model), picture)
    people = [
        (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
        for box, index in zip(found.boxes_xyxy_px, found.class_index.tolist(), strict=True)
        if CLASSES[index] == "person"  # the unsure ones too
    ]
    covered = evidence.mask_people(picture, people)
    return evidence.thumb(covered, longest_px=LONGEST_PX).jpeg
