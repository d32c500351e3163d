"""One finding with its pictures, boxes and history; and frames to add something missed on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from service.db.models import Decision, Finding, FindingFrame, FrameRow, Media, Run, User
from service.review.cards import Card, read_cards, select_cards
from service.review.causes import Also, also_of
from service.review.halls import Plans
from vision.seen import BoxPx


@dataclass(frozen=True, slots=True)
class EvidenceBox:
    """A box to draw, pixels of the original frame."""

    cls: str
    xyxy_px: BoxPx
    confidence: float


@dataclass(frozen=True, slots=True)
class Shot:
    """One moment of a finding: media ids of the masked whole frame and of the crop.

    ``crop_box``: where the crop lies in the frame, xyxy pixels; ``size``: the frame's (w, h).
    """

    frame_id: int
    taken_at: datetime
    deciding: bool
    frame: int | None
    crop: int | None
    crop_box: BoxPx
    size: tuple[int, int]
    boxes: Sequence[EvidenceBox]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a finding's history."""

    id: int
    at: datetime
    who: str
    action: str
    reason: str | None
    note: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Detail:
    """A finding as its page shows it."""

    card: Card
    measured: Mapping[str, Any]
    versions: tuple[str, str, int]
    """Rule pack, model, layout version id."""
    frame_id: int | None
    shots: Sequence[Shot]
    history: Sequence[Event]
    also: Sequence[Also] = ()
    """Open findings of the same cause: one verdict decides them too."""
    reference: Path | None = None
    """The camera's clean picture, unmasked: never sent as it is."""


def load_detail(
    session: Session, plans: Plans, hall_ids: Collection[int], finding_id: int
) -> Detail | None:
    """The finding, or None where it is none of these halls'."""
    query = select_cards().where(Finding.id == finding_id, Finding.hall_id.in_(hall_ids))
    cards = read_cards(session, query, plans)
    if not cards:
        return None
    finding = session.get_one(Finding, finding_id)
    return Detail(
        card=cards[0],
        measured=finding.measured or {},
        versions=(finding.pack_version, finding.model_version, finding.layout_version_id),
        frame_id=finding.frame_id,
        shots=_shots(session, finding),
        history=history_of(session, finding_id),
        also=also_of(session, finding),
        reference=_reference(session, plans, finding),
    )


def _reference(session: Session, plans: Plans, finding: Finding) -> Path | None:
    """The clean picture of the finding's camera, of its own light where there is one."""
    if finding.camera is None:
        return None
    plan = plans.of_versions(session, {finding.layout_version_id})[finding.layout_version_id]
    by_light = plan.references.get(finding.camera, {})
    frame = session.get(FrameRow, finding.frame_id) if finding.frame_id else None
    light = (frame.light if frame is not None else None) or "day"
    for name in (light, "day", *sorted(by_light)):
        file = Path(by_light[name]) if name in by_light else None
        if file is not None and file.is_file():
            return file
    return None


def history_of(session: Session, finding_id: int) -> list[Event]:
    """Every decision, oldest first; a taking back shows on what it took back."""
    undoing = aliased(Decision)
    rows = session.execute(
        select(Decision, User.name, undoing.at)
        .outerjoin(User, User.id == Decision.user_id)
        .outerjoin(undoing, undoing.undoes_id == Decision.id)
        .where(Decision.finding_id == finding_id)
        .order_by(Decision.id)
    )
    return [
        Event(d.id, d.at, name or "", d.action, d.reason, d.note, undone_at)
        for d, name, undone_at in rows
    ]


def _boxes(raw: Sequence[Mapping[str, Any]]) -> list[EvidenceBox]:
    boxes = []
    for box in raw:
        x1, y1, x2, y2 = (float(v) for v in box["xyxy_px"])
        boxes.append(EvidenceBox(str(box["cls"]), (x1, y1, x2, y2), float(box["confidence"])))
    return boxes


def _shots(session: Session, finding: Finding) -> list[Shot]:
    frames = session.execute(
        select(FindingFrame, FrameRow)
        .join(FrameRow, FrameRow.id == FindingFrame.frame_id)
        .where(FindingFrame.finding_id == finding.id)
        .order_by(FindingFrame.deciding.desc(), FrameRow.taken_at, FrameRow.id)
    ).all()
    whole = _media_of(session, [frame.id for _, frame in frames], "frame", None)
    crops = _media_of(session, [frame.id for _, frame in frames], "crop", finding.id)
    shots = []
    for row, frame in frames:
        size = (frame.width or 0, frame.height or 0)
        crop = crops.get(frame.id)
        full = whole.get(frame.id)
        box: BoxPx = (0.0, 0.0, float(size[0]), float(size[1]))
        if crop is not None:
            scale = crop.scale or 1.0
            box = (
                float(crop.offset_x),
                float(crop.offset_y),
                crop.offset_x + crop.width / scale,
                crop.offset_y + crop.height / scale,
            )
        shots.append(
            Shot(
                frame_id=frame.id,
                taken_at=frame.taken_at,
                deciding=row.deciding,
                frame=full.id if full else None,
                crop=crop.id if crop else None,
                crop_box=box,
                size=size,
                boxes=_boxes(row.boxes or (finding.boxes if row.deciding else [])),
            )
        )
    return shots


def _media_of(
    session: Session, frame_ids: Collection[int], kind: str, finding_id: int | None
) -> dict[int, Media]:
    query = select(Media).where(Media.frame_id.in_(frame_ids), Media.kind == kind, Media.masked)
    if finding_id is not None:
        query = query.where(Media.finding_id == finding_id)
    return {media.frame_id: media for media in session.scalars(query.order_by(Media.id.desc()))}


# --------------------------------------------------------------------------- frames for 补记


@dataclass(frozen=True, slots=True)
class FrameCard:
    """A frame that something missed can be marked on."""

    id: int
    hall_id: int
    camera: str
    taken_at: datetime
    day: date
    window: str | None
    width: int
    height: int
    thumb: int
    media: int


@dataclass(frozen=True, slots=True)
class FramePage:
    """One page of frames, and what they can be filtered by."""

    frames: list[FrameCard]
    days: list[date]
    cameras: list[str]
    day: date | None
    number: int
    pages: int


def _frame_cards(
    session: Session, *where: ColumnElement[bool], limit: int, offset: int = 0
) -> list[FrameCard]:
    whole, thumb = aliased(Media), aliased(Media)
    rows = session.execute(
        select(FrameRow, whole.id, thumb.id)
        .join(whole, (whole.frame_id == FrameRow.id) & (whole.kind == "frame") & whole.masked)
        .outerjoin(
            thumb,
            (thumb.frame_id == FrameRow.id) & (thumb.kind == "thumb") & thumb.finding_id.is_(None),
        )
        .where(*where)
        .order_by(FrameRow.camera, FrameRow.taken_at, FrameRow.id)
        .limit(limit)
        .offset(offset)
    )
    return [
        FrameCard(
            id=frame.id,
            hall_id=frame.hall_id,
            camera=frame.camera,
            taken_at=frame.taken_at,
            day=frame.day,
            window=frame.window,
            width=frame.width or 0,
            height=frame.height or 0,
            thumb=thumb_id or whole_id,
            media=whole_id,
        )
        for frame, whole_id, thumb_id in rows
    ]


def load_frame(session: Session, hall_ids: Collection[int], frame_id: int) -> FrameCard | None:
    """One frame with its masked picture, or None."""
    found = _frame_cards(session, FrameRow.id == frame_id, FrameRow.hall_id.in_(hall_ids), limit=1)
    return found[0] if found else None


def load_frames(
    session: Session,
    hall_ids: Collection[int],
    *,
    day: date | None,
    camera: str | None,
    number: int = 1,
    size: int = 24,
) -> FramePage:
    """Masked frames of a day (the last one with any), camera by camera."""
    days = list(
        session.scalars(
            select(Run.day)  # a frame is masked by its night: without one there is none to show
            .where(Run.hall_id.in_(hall_ids))
            .group_by(Run.day)
            .order_by(Run.day.desc())
            .limit(31)
        )
    )
    chosen = day or (days[0] if days else None)
    if chosen is None:
        return FramePage([], [], [], None, 1, 1)
    where: list[ColumnElement[bool]] = [FrameRow.hall_id.in_(hall_ids), FrameRow.day == chosen]
    cameras = sorted(session.scalars(select(FrameRow.camera).where(*where).distinct()))
    if camera:
        where.append(FrameRow.camera == camera)
    whole = (Media.frame_id == FrameRow.id) & (Media.kind == "frame") & Media.masked
    total = session.scalar(select(func.count(FrameRow.id)).join(Media, whole).where(*where)) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    cards = _frame_cards(session, *where, limit=size, offset=(number - 1) * size)
    return FramePage(cards, days, cameras, chosen, number, pages)
