"""Cameras whose verdicts are paused because they were knocked, until a person has looked."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, one_of
from service.db.halls import Hall

PAUSE_CHOICES: Final = ("put_back", "new_reference")


class CameraPause(Base):
    """One knock of one camera: its frames from ``since`` on prove nothing until ``cleared_at``.

    ``frame`` is the first frame that showed it; how far it had moved by then: percent of the
    picture's width, degrees, percent of size.  ``choice``: the camera was turned back, or the
    layout and its clean picture were made anew.
    """

    __tablename__ = "camera_pauses"
    __table_args__ = (
        CheckConstraint("choice IS NULL OR " + one_of("choice", PAUSE_CHOICES), name="choice"),
        Index(None, "hall_id", "camera", "since"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    camera: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime]
    frame: Mapped[str] = mapped_column(String(255))
    shift_percent: Mapped[float | None]
    turn_deg: Mapped[float | None]
    zoom_percent: Mapped[float | None]
    recorded_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    cleared_by: Mapped[str | None] = mapped_column(String(64))
    choice: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text, default="")

    hall: Mapped[Hall] = relationship()
