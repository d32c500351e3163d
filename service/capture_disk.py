"""A disk without room stops capture: said once a hall and day, and again by that day's night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.audit import append_hall
from service.clock import hall_day
from service.db.models import AuditRow
from vision.seen import HALL_TZ

ACTION: Final = "capture.disk_full"


def stopped_since(session: Session, hall_id: int, day: date) -> datetime | None:
    """When on that day capture first stopped for want of room; None where it did not."""
    midnight = datetime.combine(day, time(), HALL_TZ)
    return session.scalar(
        select(func.min(AuditRow.at)).where(
            AuditRow.at >= midnight,
            AuditRow.at < midnight + timedelta(days=1),
            AuditRow.action == ACTION,
            AuditRow.hall_id == hall_id,
        )
    )


def note_stop(session: Session, hall_id: int, code: str, free_mb: int, now: datetime) -> bool:
    """Write down that capture stopped; True where that is news of this day."""
    if stopped_since(session, hall_id, hall_day(now)) is not None:
        return False
    append_hall(
        session,
        at=now,
        actor="capture",
        action=ACTION,
        hall_id=hall_id,
        code=code,
        detail={"free_mb": free_mb},
    )
    return True


def told_to_people(hall: str, free_mb: int, kept_mb: int) -> str:
    """The sentence of a message: no path, no picture."""
    return (
        f"{hall}:磁盘剩余 {free_mb} MB(须保留 {kept_mb} MB),已停止取图;"
        "请缩短留存期或扩大磁盘,腾出空间后自动恢复。"
    )
