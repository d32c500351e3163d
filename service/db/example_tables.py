"""好样板: pictures of a desk in good order that an inspector chose to be shown."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, Sha256
from service.db.days import FrameRow
from service.db.halls import Hall
from service.db.people import User


class GoodExample(Base):
    """A desk cut out of a masked frame, with a copy of its own: it outlives the frame's term.

    ``desk_name`` and ``unit`` are frozen when it is chosen.  Withdrawn, its picture is deleted and
    the row stays.
    """

    __tablename__ = "good_examples"
    __table_args__ = (Index(None, "hall_id", "withdrawn_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    frame_id: Mapped[int] = mapped_column(ForeignKey("frames.id"))
    day: Mapped[date]
    desk: Mapped[str] = mapped_column(String(64))
    desk_name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text, unique=True)
    sha256: Mapped[str] = mapped_column(Sha256)
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    hall: Mapped[Hall] = relationship()
    frame: Mapped[FrameRow] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
