"""What people have allowed: approved notices, permitted things at a desk, exceptions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.db.base import Base, Id, one_of

EXCEPTION_KINDS: Final = ("device_absent", "plain_clothes", "other")


class NoticeRow(Base):
    """A notice that the centre approved for one zone, both days included (2S-1-(2)).

    A row that was entered wrongly is taken back, never deleted.
    """

    __tablename__ = "approved_notices"
    __table_args__ = (Index(None, "hall_id", "last_day"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    zone: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    first_day: Mapped[date]
    last_day: Mapped[date]
    approved_by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(64))
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str | None] = mapped_column(String(64))


class PermittedRow(Base):
    """So many things of one class may be at a desk (GB/T 36112 annex B)."""

    __tablename__ = "permitted_things"
    __table_args__ = (
        UniqueConstraint("hall_id", "desk", "cls"),
        CheckConstraint("number BETWEEN 1 AND 99", name="number"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    desk: Mapped[str] = mapped_column(String(64))
    cls: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(64))


class ExceptionRow(Base):
    """A clause that is not applied at a desk (or zone) for a time, with who allowed it and why."""

    __tablename__ = "desk_exceptions"
    __table_args__ = (
        CheckConstraint(one_of("kind", EXCEPTION_KINDS), name="kind"),
        Index(None, "hall_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    desk: Mapped[str] = mapped_column(String(64))
    clause: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    first_day: Mapped[date]
    last_day: Mapped[date]
    why: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(64))
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str | None] = mapped_column(String(64))
