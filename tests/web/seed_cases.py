"""A case for each made-up hall: 日巡查 two days before, with a photo, at the chief's window W1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from service.db.models import Case, CasePicture, CaseStep, ChiefWindow
from service.evidence import whole
from service.settings import Settings
from service.store import MediaStore
from tests.web.pictures import draw_hall


def add_case(
    session: Session, settings: Settings, code: str, hall_id: int, user_id: int, now: datetime
) -> tuple[int, int]:
    """One confirmed case of desk D1 (window W1); gives its id and its picture's."""
    at = now - timedelta(days=2)
    case = Case(
        number=f"{code}-2026-0001",
        hall_id=hall_id,
        channel="patrol",
        state="confirmed",
        day=date(2026, 3, 9),
        desk="D1",
        desk_name="1号工位",
        window="W1",
        unit="市场监管局",
        clause="2S-2-(4)",
        clause_text="工作时间手机应入屉存放",
        text="前台桌面放有手机一部。",
        pack_version="test@1",
        confirmed_at=at,
        confirmed_by_id=user_id,
        updated_at=at,
    )
    session.add(case)
    session.flush()
    photo = whole(draw_hall(hall_id, thing="phone").image, quality=70)
    stored = MediaStore(settings.media).put(f"{hall_id}/cases/{case.id}-before-0.jpg", photo.jpeg)
    picture = CasePicture(
        case_id=case.id,
        kind="before",
        path=stored.path,
        sha256=stored.sha256,
        bytes=stored.bytes,
        width=photo.width,
        height=photo.height,
        added_at=at,
        added_by_id=user_id,
    )
    session.add(picture)
    session.flush()
    session.add(
        CaseStep(
            case_id=case.id,
            at=at,
            user_id=user_id,
            step="confirm",
            from_state="pending",
            to_state="confirmed",
            text=case.text,
            picture_id=picture.id,
        )
    )
    return case.id, picture.id


def give_windows(session: Session, users: Mapping[str, int], hall_id: int) -> None:
    """The chief answers for W1, not for W2."""
    session.add(ChiefWindow(user_id=users["chief"], hall_id=hall_id, window="W1"))
