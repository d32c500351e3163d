"""Legal holds: what must not be deleted, whatever its term."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id
from service.db.halls import Hall


class LegalHold(Base):
    """A hall's days (both ends included) on hold until released; rows are kept for the record."""

    __tablename__ = "legal_holds"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    day_from: Mapped[date]
    day_to: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    released_by: Mapped[str | None] = mapped_column(String(64))
    released_at: Mapped[datetime | None]

    hall: Mapped[Hall] = relationship()
