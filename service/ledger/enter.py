"""Cases from the other two channels: 日巡查 and 集中检查, entered by hand with a photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.engine import Database
from service.db.models import Case, LayoutVersion
from service.ledger import follow
from service.ledger.photos import PhotoMasker, photo_of
from service.ledger.places import PUBLIC, Place, places_of
from service.ledger.states import State, Step
from service.ledger.work import Outcome, Shown, add_picture
from service.review.book import Book, Clause
from service.review.decide import clean_note
from service.store import MediaStore
from vision.seen import InputError

ENTERED: Final = ("patrol", "joint")
OLDEST_DAYS: Final = 60
GROUND: Final = "-"
"""What the form says for the hall's own ground, where no desk is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the form gave; ``desk`` may be ``GROUND``."""

    hall_id: int
    channel: str
    day: date
    desk: str
    clause: Clause
    text: str
    pack_version: str
    shown: Shown = field(repr=False)


def entry_of(
    book: Book,
    mask: PhotoMasker,
    *,
    hall_id: int,
    channel: str,
    day: date,
    desk: str,
    clause: str,
    text: str,
    photo: bytes,
) -> Entry:
    """From what was typed and uploaded; InputError for an unknown clause or without a photo."""
    known = book.all_clauses().get(clause)
    if known is None:
        raise InputError("规则包中没有这一条款。")
    if not photo:
        raise InputError("请拍一张现场照片。")
    shown = Shown(photo_of(photo, mask))
    return Entry(hall_id, channel, day, desk, known, text, book.pack_version, shown)


def hall_places(session: Session, hall_id: int) -> tuple[int, Mapping[str, Place]]:
    """The newest layout of a hall: its version id and its desks."""
    row = session.execute(
        select(LayoutVersion.id, LayoutVersion.yaml)
        .where(LayoutVersion.hall_id == hall_id)
        .order_by(LayoutVersion.version.desc())
        .limit(1)
    ).first()
    if row is None:
        raise InputError("这个大厅还没有布局,不能登记。")
    return row.id, places_of(row.yaml)


def enter(
    database: Database,
    store: MediaStore,
    viewer: Viewer,
    entry: Entry,
    *,
    now: datetime,
    recurrence_days: int,
) -> Outcome:
    """File what an inspector saw, as confirmed by the inspector who saw it."""
    if entry.channel not in ENTERED:
        raise InputError("请选择检查方式:日巡查或集中检查。")
    today = hall_day(now)
    if not today - timedelta(days=OLDEST_DAYS) <= entry.day <= today:
        raise InputError("检查日期须在最近 60 天之内,且不能晚于今天。")
    text = clean_note(entry.text)
    if not text:
        raise InputError("请写明发现的问题。")
    with database.write() as session:
        layout_id, places = hall_places(session, entry.hall_id)
        place = places.get(entry.desk)
        if entry.desk == GROUND:
            place = Place("公共区域", PUBLIC, "")
        if place is None:
            raise InputError("布局中没有这个工位。")
        case = Case(
            number=follow.next_number(session, entry.hall_id, entry.day),
            hall_id=entry.hall_id,
            channel=entry.channel,
            state=State.PENDING,
            day=entry.day,
            desk=entry.desk,
            desk_name=place.name,
            window=place.window,
            unit=place.unit,
            clause=entry.clause.id,
            clause_text=entry.clause.text,
            modality=entry.clause.modality,
            text=text,
            pack_version=entry.pack_version,
            layout_version_id=layout_id,
            confirmed_at=now,
            confirmed_by_id=viewer.user_id,
            updated_at=now,
        )
        session.add(case)
        session.flush()
        picture = add_picture(session, store, case, "before", entry.shown, viewer, now)
        follow.note_recurrence(session, case, now, recurrence_days)
        follow.record(session, case, viewer, Step.CONFIRM, now, text=text, picture_id=picture.id)
        return Outcome(case.id, case.number, State(case.state), case.row_version)
