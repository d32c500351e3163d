"""台账: cases, their steps, pictures and appeals; who answers for a window, and who was on duty."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, JsonDict, Sha256, one_of
from service.db.findings import Finding
from service.db.halls import Hall
from service.db.people import User

CASE_STATES: Final = (
    "pending",
    "confirmed",
    "assigned",
    "rectifying",
    "to_check",
    "closed",
    "rejected",
    "appealed",
    "appeal_upheld",
)
"""Values of ``service.ledger.states.State``; a test holds the two lists equal."""
CHANNELS: Final = ("camera", "manual", "patrol", "joint")
"""视频抽查, 人工补记 on a camera's frame, 日巡查, 集中检查."""
PICTURE_KINDS: Final = ("before", "done", "after", "appeal")
"""Before; with the report that it is mended; the one it was closed on; with an appeal."""
APPEAL_KINDS: Final = ("citizen_item", "shared_desk", "mistaken", "other")
APPEAL_STATES: Final = ("open", "upheld", "denied")


class Case(Base):
    """One problem that a person confirmed, from 已确认 to 已销号.

    ``state`` is a value of ``service.ledger.states.State`` and changes only through its table;
    ``pending`` is a confirmation that was taken back: such a case counts nowhere and keeps its
    number.  ``number`` is unique and readable: ``HALL-YEAR-0001``.  Place, clause, reason and
    versions are frozen when the case is made.  ``text`` is what a person wrote of a hand-entered
    one.  ``person_id`` is only ever set by an inspector's hand, from the duty roster;
    ``responsible`` is the name that the notice goes to.  ``due_day`` is the last day, included;
    ``asked_day`` an extension asked for and not yet answered.  ``recurs_id``: the case of the
    same desk and clause, closed within the term, that this one repeats; ``recurrence`` is its
    place in that chain (0: the first).  ``row_version`` rises with every change.
    ``evidence_deleted_at``: when its pictures went by their term.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(one_of("state", CASE_STATES), name="state"),
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        Index(None, "hall_id", "state", "day"),
        Index(None, "hall_id", "day"),
        Index(None, "hall_id", "desk", "clause", "closed_at"),
        Index(None, "hall_id", "state", "due_day", "asked_day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(String(96), unique=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    channel: Mapped[str] = mapped_column(String(8))
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    row_version: Mapped[int] = mapped_column(default=1)

    day: Mapped[date]
    desk: Mapped[str] = mapped_column(String(64))
    desk_name: Mapped[str] = mapped_column(String(200))
    window: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(200), default="")
    clause: Mapped[str] = mapped_column(String(32))
    clause_text: Mapped[str] = mapped_column(Text)
    modality: Mapped[str] = mapped_column(String(16), default="must")
    reason_code: Mapped[str] = mapped_column(String(64), default="")
    reason_values: Mapped[JsonDict] = mapped_column(default=dict)
    text: Mapped[str] = mapped_column(Text, default="")
    pack_version: Mapped[str] = mapped_column(String(64))
    layout_version_id: Mapped[int | None] = mapped_column(ForeignKey("layout_versions.id"))

    confirmed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    responsible: Mapped[str] = mapped_column(String(100), default="")
    chief_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("duty_roster.id"))
    due_day: Mapped[date | None]
    asked_day: Mapped[date | None]
    extensions: Mapped[int] = mapped_column(default=0)
    measure: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recurs_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    recurrence: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]
    evidence_deleted_at: Mapped[datetime | None]

    hall: Mapped[Hall] = relationship()
    finding: Mapped[Finding | None] = relationship()
    person: Mapped[DutyPerson | None] = relationship()
    confirmed_by: Mapped[User] = relationship(foreign_keys=[confirmed_by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])
    chief: Mapped[User | None] = relationship(foreign_keys=[chief_id])
    steps: Mapped[list[CaseStep]] = relationship(back_populates="case", order_by="CaseStep.id")
    pictures: Mapped[list[CasePicture]] = relationship(
        back_populates="case", order_by="CasePicture.id"
    )
    appeals: Mapped[list[Appeal]] = relationship(back_populates="case", order_by="Appeal.id")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy's own idiom


class CasePicture(Base):
    """A picture of a case with the people in it covered; behind the case's own check.

    ``frame_id``: the camera's frame that it was cut from, None for a photo by hand.
    ``taken_at``: when the picture was taken, as far as known.  ``deleted_at``: when its file went
    by its term; the row stays, because a step may point to it.
    """

    __tablename__ = "case_pictures"
    __table_args__ = (CheckConstraint(one_of("kind", PICTURE_KINDS), name="kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    frame_id: Mapped[int | None] = mapped_column(ForeignKey("frames.id"))
    path: Mapped[str] = mapped_column(Text, unique=True)
    sha256: Mapped[str] = mapped_column(Sha256)
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    taken_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    deleted_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="pictures")


class CaseStep(Base):
    """One thing that somebody did to a case; rows are only ever added.

    ``step`` is a value of ``service.ledger.states.Step``; ``day`` a deadline that it set or asked
    for; ``text`` what its doer wrote.
    """

    __tablename__ = "case_steps"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    step: Mapped[str] = mapped_column(String(16))
    from_state: Mapped[str] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    day: Mapped[date | None]
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("case_pictures.id"))

    case: Mapped[Case] = relationship(back_populates="steps")
    user: Mapped[User] = relationship()
    picture: Mapped[CasePicture | None] = relationship()


class Appeal(Base):
    """申诉: why a window says that a case is none, and what another inspector decided."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint(one_of("kind", APPEAL_KINDS), name="kind"),
        CheckConstraint(one_of("state", APPEAL_STATES), name="state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="open")
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="appeals")
    opened_by: Mapped[User] = relationship(foreign_keys=[opened_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


class DutyPerson(Base):
    """值班表: one person at one window from a first day to a last (None: until further notice)."""

    __tablename__ = "duty_roster"
    __table_args__ = (Index(None, "hall_id", "window", "first_day"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    window: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(100))
    unit: Mapped[str] = mapped_column(String(200), default="")
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ChiefWindow(Base):
    """One window that a chief representative (首席代表) answers for; no other is there for them."""

    __tablename__ = "chief_windows"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    hall_id: Mapped[int] = mapped_column(
        ForeignKey("halls.id", ondelete="CASCADE"), primary_key=True
    )
    window: Mapped[str] = mapped_column(String(64), primary_key=True)
