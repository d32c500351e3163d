"""Looks that measure the looking: a second verdict given blind, a look at what was called 合格."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, one_of
from service.db.findings import Finding

VERDICTS: Final = ("confirm", "dismiss")
PASS_ANSWERS: Final = ("clean", "missed", "unclear")


class SecondLook(Base):
    """What another inspector said of a decided finding without knowing the first verdict.

    Where the two differ a third person settles it; the first verdict itself stays what it was.
    """

    __tablename__ = "second_looks"
    __table_args__ = (
        CheckConstraint(one_of("first_action", VERDICTS), name="first_action"),
        CheckConstraint(one_of("second_action", VERDICTS), name="second_action"),
        Index(None, "hall_id", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), unique=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    first_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    first_action: Mapped[str] = mapped_column(String(8))
    second_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    second_action: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settled_action: Mapped[str | None] = mapped_column(String(8))
    settled_at: Mapped[datetime | None]

    finding: Mapped[Finding] = relationship()


class PassLook(Base):
    """A person's look at one desk × clause that a night called 合格."""

    __tablename__ = "pass_looks"
    __table_args__ = (
        UniqueConstraint("hall_id", "day", "desk", "clause", "window"),
        CheckConstraint(one_of("answer", PASS_ANSWERS), name="answer"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    desk: Mapped[str] = mapped_column(String(64))
    clause: Mapped[str] = mapped_column(String(32))
    window: Mapped[str] = mapped_column(String(1))
    frame_id: Mapped[int | None] = mapped_column(ForeignKey("frames.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
