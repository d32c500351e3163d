"""Points tables, bulletins on their way to being issued, what staff say of a clause."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, JsonDict, Sha256, one_of
from service.db.halls import Hall
from service.db.people import User

BULLETIN_STATES: Final = ("draft", "review", "approved", "issued", "dropped")
BULLETIN_KINDS: Final = ("week", "month", "year")
FEEDBACK_STATES: Final = ("open", "accepted", "declined", "done")


class PointsRow(Base):
    """One version of a hall's points table; never changed, a new one takes its place.

    ``body``: the fields of ``service.reports.points.PointsTable`` that may be edited.
    ``effective_from``: the first day whose cases it counts for.
    """

    __tablename__ = "points_tables"
    __table_args__ = (UniqueConstraint("hall_id", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    version: Mapped[int]
    effective_from: Mapped[date]
    body: Mapped[JsonDict] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(64))


class BulletinRow(Base):
    """通报: what a period came to, 拟稿 → 审核 → 签发.

    ``figures`` are frozen when it is handed in for review, as they stood at ``as_of``; a draft has
    none.  ``docx_*`` and ``pdf_*`` (paths in the bulletin folder) are there once it is issued.
    """

    __tablename__ = "bulletins"
    __table_args__ = (
        CheckConstraint(one_of("state", BULLETIN_STATES), name="state"),
        CheckConstraint(one_of("kind", BULLETIN_KINDS), name="kind"),
        Index(None, "hall_id", "first_day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    kind: Mapped[str] = mapped_column(String(8))
    first_day: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), default="draft")
    row_version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(64), default="")
    title: Mapped[str] = mapped_column(String(200))
    issuer: Mapped[str] = mapped_column(String(100), default="")
    addressee: Mapped[str] = mapped_column(String(200), default="")
    good: Mapped[str] = mapped_column(Text, default="")
    demands: Mapped[str] = mapped_column(Text, default="")
    as_of: Mapped[datetime | None]
    figures: Mapped[JsonDict] = mapped_column(default=dict)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime | None]
    docx_path: Mapped[str | None] = mapped_column(Text)
    docx_sha256: Mapped[str | None] = mapped_column(Sha256)
    pdf_path: Mapped[str | None] = mapped_column(Text)
    pdf_sha256: Mapped[str | None] = mapped_column(Sha256)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    hall: Mapped[Hall] = relationship()
    drafted_by: Mapped[User] = relationship(foreign_keys=[drafted_by_id])
    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
    issued_by: Mapped[User | None] = relationship(foreign_keys=[issued_by_id])
    steps: Mapped[list[BulletinStep]] = relationship(
        back_populates="bulletin", order_by="BulletinStep.id"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy's own idiom


class BulletinStep(Base):
    """One thing that somebody did to a bulletin; rows are only ever added."""

    __tablename__ = "bulletin_steps"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletins.id"), index=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    step: Mapped[str] = mapped_column(String(16))
    from_state: Mapped[str] = mapped_column(String(8))
    to_state: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, default="")

    bulletin: Mapped[BulletinRow] = relationship(back_populates="steps")
    user: Mapped[User] = relationship()


class FeedbackRow(Base):
    """意见反馈: what somebody of the hall says of a clause, and what became of it."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint(one_of("state", FEEDBACK_STATES), name="state"),
        Index(None, "hall_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    clause: Mapped[str] = mapped_column(String(32))
    pack_version: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="open")
    answer: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
