"""好样板: an inspector chooses a desk's picture to be shown to all, and takes it back."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import (
    Case,
    Finding,
    FrameRow,
    GoodExample,
    Hall,
    LayoutVersion,
    Media,
    User,
)
from service.ledger.after import Proposal, cut
from service.ledger.places import places_of
from service.review.book import HallPlan
from service.review.halls import Plans
from service.review.trends import STRUCK_OUT
from service.store import MediaStore
from vision.seen import InputError

NOTE_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Example:
    """One picture as pages show it."""

    id: int
    hall_id: int
    hall_name: str
    day: date
    desk_name: str
    unit: str
    note: str
    chosen_at: datetime
    chosen_by: str


def shown_examples(session: Session, hall_ids: Collection[int], *, most: int) -> list[Example]:
    """What stands chosen, the newest first."""
    rows = session.execute(
        select(GoodExample, User.name, Hall.name)
        .join(User, User.id == GoodExample.created_by_id)
        .join(Hall, Hall.id == GoodExample.hall_id)
        .where(GoodExample.hall_id.in_(hall_ids), GoodExample.withdrawn_at.is_(None))
        .order_by(GoodExample.created_at.desc(), GoodExample.id.desc())
        .limit(most)
    )
    return [
        Example(
            id=row.id,
            hall_id=row.hall_id,
            hall_name=hall,
            day=row.day,
            desk_name=row.desk_name,
            unit=row.unit,
            note=row.note,
            chosen_at=row.created_at,
            chosen_by=name,
        )
        for row, name, hall in rows
    ]


def choose(
    database: Database,
    store: MediaStore,
    plans: Plans,
    viewer: Viewer,
    frame_id: int,
    *,
    desk: str,
    note: str,
    now: datetime,
) -> int:
    """Cut the desk out of the masked frame and keep it; gives the example's number."""
    note = "".join(c for c in note if c.isprintable()).strip()
    if not note:
        raise InputError("请写一句话,说明好在哪里。")
    if len(note) > NOTE_MOST:
        raise InputError("说明不得超过 200 字。")
    with database.read() as session:
        frame = session.get_one(FrameRow, frame_id)
        plan = plans.newest(session, [frame.hall_id])[frame.hall_id]
        unit = _unit(session, frame.hall_id, desk)
        place = _place(session, plan, frame, desk)
        if _faulty(session, frame, desk):
            raise InputError("这个工位当天有待复核或已确认的问题,不能选为好样板。")
    picture = cut(store, place)
    stored = store.put(f"{frame.hall_id}/good/{secrets.token_hex(12)}.jpg", picture.jpeg)
    with database.write() as session:
        row = GoodExample(
            hall_id=frame.hall_id,
            frame_id=frame.id,
            day=frame.day,
            desk=desk,
            desk_name=plan.desks.get(desk, desk),
            unit=unit,
            note=note,
            path=stored.path,
            sha256=stored.sha256,
            bytes=stored.bytes,
            width=picture.width,
            height=picture.height,
            created_at=now,
            created_by_id=viewer.user_id,
        )
        session.add(row)
        session.flush()
        _log(session, row, viewer, "example.choose", now)
        return row.id


def withdraw(
    database: Database, store: MediaStore, viewer: Viewer, example_id: int, *, now: datetime
) -> None:
    """Take one back: its picture goes, its row stays.  Doing it again changes nothing."""
    with database.write() as session:
        row = session.get_one(GoodExample, example_id)
        if row.withdrawn_at is not None:
            return
        row.withdrawn_at, row.withdrawn_by_id = now, viewer.user_id
        path = row.path
        _log(session, row, viewer, "example.withdraw", now)
    store.delete(path)


def _place(session: Session, plan: HallPlan, frame: FrameRow, desk: str) -> Proposal:
    """The desk's part of the masked frame; InputError where it is not on it."""
    media = session.scalar(
        select(Media).where(Media.frame_id == frame.id, Media.kind == "frame", Media.masked)
    )
    areas = plan.areas.get(frame.camera, ())
    points = [point for area in areas if area.desk == desk for point in area.polygon_norm]
    if media is None or not frame.width or not frame.height or not points:
        raise InputError("这张图上没有这个工位。")
    xs, ys = [x * frame.width for x, _ in points], [y * frame.height for _, y in points]
    return Proposal(
        frame_id=frame.id,
        camera=frame.camera,
        day=frame.day,
        taken_at=frame.taken_at,
        verdict=None,
        region_px=(min(xs), min(ys), max(xs), max(ys)),
        path=media.path,
        sha256=media.sha256,
        scale=media.scale,
    )


def _faulty(session: Session, frame: FrameRow, desk: str) -> bool:
    """Whether anything at that desk and day waits for a verdict or stands confirmed."""
    same = (Finding.hall_id == frame.hall_id, Finding.desk == desk)
    waits = select(Finding.id).where(
        *same,
        Finding.day <= frame.day,
        Finding.last_day >= frame.day,
        Finding.status.in_(("open", "confirmed")),
    )
    stands = select(Case.id).where(
        Case.hall_id == frame.hall_id,
        Case.desk == desk,
        Case.day == frame.day,
        Case.state.not_in(STRUCK_OUT),
    )
    return any(session.scalar(query.limit(1)) is not None for query in (waits, stands))


def _unit(session: Session, hall_id: int, desk: str) -> str:
    text = session.scalar(
        select(LayoutVersion.yaml)
        .where(LayoutVersion.hall_id == hall_id)
        .order_by(LayoutVersion.version.desc())
        .limit(1)
    )
    place = places_of(text).get(desk) if text else None
    return place.unit if place else ""


def _log(session: Session, row: GoodExample, viewer: Viewer, action: str, now: datetime) -> None:
    append_by(
        viewer,
        session,
        at=now,
        action=action,
        object_kind="example",
        object_id=str(row.id),
        hall_id=row.hall_id,
        detail={"frame": row.frame_id, "desk": row.desk},
    )
