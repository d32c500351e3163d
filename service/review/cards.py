"""Findings as lists show them: small values, one query, only halls of the viewer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from service.db.models import Finding, FrameRow, Hall, Media, User
from service.review.halls import Plans


@dataclass(frozen=True, slots=True)
class Card:
    """One row of a list; ``thumb`` is a media id to be shown small, never a full frame."""

    id: int
    hall_id: int
    hall_name: str
    day: date
    last_day: date
    nights: int
    desk: str
    desk_name: str
    clause: str
    clause_text: str
    modality: str
    window: str
    camera: str | None
    source: str
    state: str
    row_version: int
    confidence: float
    reason_code: str
    reason_values: Mapping[str, Any]
    taken_at: datetime | None
    thumb: int | None
    decided_at: datetime | None
    decided_by: str | None
    decided_by_id: int | None
    decision_reason: str | None
    also: tuple[str, ...] = ()
    """Other clauses that the same cause breaks, decided with this one."""


def select_cards() -> Select[*tuple[Any, ...]]:
    """The columns of a card; the caller adds which rows, always with the viewer's halls."""
    return (
        select(
            Finding.id,
            Finding.hall_id,
            Hall.name,
            Finding.day,
            Finding.last_day,
            Finding.nights,
            Finding.desk,
            Finding.layout_version_id,
            Finding.clause,
            Finding.clause_text,
            Finding.modality,
            Finding.window,
            Finding.camera,
            Finding.source,
            Finding.status,
            Finding.row_version,
            Finding.confidence,
            Finding.reason_code,
            Finding.reason_values,
            FrameRow.taken_at,
            Finding.decided_at,
            User.name,
            Finding.decided_by_id,
            Finding.decision_reason,
        )
        .join(Hall, Hall.id == Finding.hall_id)
        .outerjoin(FrameRow, FrameRow.id == Finding.frame_id)
        .outerjoin(User, User.id == Finding.decided_by_id)
    )


def read_cards(session: Session, query: Select[*tuple[Any, ...]], plans: Plans) -> list[Card]:
    """Run a card query: two more queries for thumbnails and plans, whatever the length."""
    rows = session.execute(query).all()
    thumbs = thumbs_of(session, [row[0] for row in rows])
    by_version = plans.of_versions(session, {row[7] for row in rows})
    return [
        Card(
            id=row[0],
            hall_id=row[1],
            hall_name=row[2],
            day=row[3],
            last_day=row[4],
            nights=row[5],
            desk=row[6],
            desk_name=by_version[row[7]].desks.get(row[6], row[6]),
            clause=row[8],
            clause_text=row[9],
            modality=row[10],
            window=row[11],
            camera=row[12],
            source=row[13],
            state=row[14],
            row_version=row[15],
            confidence=row[16],
            reason_code=row[17],
            reason_values=row[18] or {},
            taken_at=row[19],
            thumb=thumbs.get(row[0]),
            decided_at=row[20],
            decided_by=row[21],
            decided_by_id=row[22],
            decision_reason=row[23],
        )
        for row in rows
    ]


def thumbs_of(session: Session, finding_ids: Sequence[int]) -> dict[int, int]:
    """A small picture for each finding: of its own crop where there is one, else of its frame."""
    found: dict[int, int] = {}
    for start in range(0, len(finding_ids), 500):
        chunk = finding_ids[start : start + 500]
        same_frame = Media.frame_id == Finding.frame_id
        for condition in (
            (Media.kind == "thumb") & Media.finding_id.is_(None),
            (Media.kind == "crop") & (Media.finding_id == Finding.id),
        ):
            rows = session.execute(
                select(Finding.id, func.min(Media.id))
                .join(Media, same_frame & condition & Media.masked)
                .where(Finding.id.in_(chunk))
                .group_by(Finding.id)
            )
            found.update({row[0]: row[1] for row in rows})
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a longer list."""

    cards: list[Card]
    total: int
    number: int
    pages: int


def findings_page(
    session: Session,
    plans: Plans,
    hall_ids: Collection[int],
    *,
    state: str | None = None,
    number: int = 1,
    size: int = 50,
) -> Page:
    """Findings of these halls, the newest day first."""
    where: list[ColumnElement[bool]] = [Finding.hall_id.in_(hall_ids)]
    if state:
        where.append(Finding.status == state)
    order = (Finding.last_day.desc(), Finding.id.desc())
    return _page(session, plans, where, order, number, size)


def decided_page(
    session: Session,
    plans: Plans,
    hall_ids: Collection[int],
    *,
    state: str | None = None,
    user_id: int | None = None,
    number: int = 1,
    size: int = 50,
) -> Page:
    """What was decided, newest first."""
    where = [
        Finding.hall_id.in_(hall_ids),
        Finding.status == state if state else Finding.status.in_(("confirmed", "dismissed")),
    ]
    if user_id is not None:
        where.append(Finding.decided_by_id == user_id)
    order = (Finding.decided_at.desc(), Finding.id.desc())
    return _page(session, plans, where, order, number, size)


def _page(
    session: Session,
    plans: Plans,
    where: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    number: int,
    size: int,
) -> Page:
    total = session.scalar(select(func.count()).select_from(Finding).where(*where)) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    ids = (  # sorted on an index alone; only the page's own rows are then read whole
        select(Finding.id).where(*where).order_by(*order).limit(size).offset((number - 1) * size)
    )
    query = select_cards().where(Finding.id.in_(session.scalars(ids).all())).order_by(*order)
    return Page(read_cards(session, query, plans), total, number, pages)
