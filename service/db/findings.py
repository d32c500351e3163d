"""Findings, the evidence for them, and what people decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, JsonDict, Sha256, one_of
from service.db.days import FrameRow
from service.db.halls import Hall, LayoutVersion

FINDING_STATES: Final = ("open", "confirmed", "dismissed", "withdrawn")
"""``withdrawn``: the day was judged again with more frames and no longer speaks against the desk
(or the machine is unsure); only what nobody had decided is ever withdrawn."""
SOURCES: Final = ("camera", "manual")
MEDIA_KINDS: Final = ("crop", "frame", "thumb")
ACTIONS: Final = ("confirm", "dismiss", "undo", "add", "withdraw", "reopen")
DISMISS_REASONS: Final = (
    "citizen_item",  # 群众物品
    "shared_desk",  # 共用工位
    "mistaken",  # 看错/误判
    "fixed",  # 已整改
    "in_use",  # 正在使用
    "allowed",  # 经批准
    "other",
)


class Finding(Base):
    """One thing at one desk against one clause, from its first day to its last.

    ``key`` is unique: ``HALL:DAY:DESK:CLAUSE`` for the camera's, ``manual:TOKEN`` for a person's;
    so a night that runs twice can't file twice.  ``day`` is its first day, ``last_day`` the last
    one it was seen on, ``nights`` how many days.  ``boxes``: ``[{"cls", "xyxy_px", "confidence"}]``
    on ``frame`` (the deciding one).  ``signature``: place and look on the last day it was seen
    (see ``service.night_memory``).  ``row_version`` rises with every change: a verdict given
    on an older one is stale.  The versions and the clause's text are frozen.
    """

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint(one_of("status", FINDING_STATES), name="status"),
        CheckConstraint(one_of("source", SOURCES), name="source"),
        # these two hold all that ranking the queue, precision and the list of decided ask for
        Index(
            "ix_findings_ranked",
            *("hall_id", "status", "last_day", "clause", "camera", "source"),
            *("modality", "confidence", "day"),
        ),
        Index(None, "hall_id", "status", "decided_at", "decided_by_id"),
        Index(None, "hall_id", "desk", "clause", "last_day"),
        Index(None, "hall_id", "day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(255), unique=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    last_day: Mapped[date]
    nights: Mapped[int] = mapped_column(default=1)
    desk: Mapped[str] = mapped_column(String(64))
    clause: Mapped[str] = mapped_column(String(32))
    window: Mapped[str] = mapped_column(String(1))
    camera: Mapped[str | None] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(8), default="camera")
    status: Mapped[str] = mapped_column(String(12), default="open")
    row_version: Mapped[int] = mapped_column(default=1)

    confidence: Mapped[float] = mapped_column(default=0.0)
    reason_code: Mapped[str] = mapped_column(String(64))
    reason_values: Mapped[JsonDict] = mapped_column(default=dict)
    measured: Mapped[JsonDict] = mapped_column(default=dict)
    boxes: Mapped[list[Any]] = mapped_column(default=list)
    signature: Mapped[list[Any]] = mapped_column(default=list)
    frame_id: Mapped[int | None] = mapped_column(ForeignKey("frames.id"))

    clause_text: Mapped[str] = mapped_column(Text)
    modality: Mapped[str] = mapped_column(String(16), default="must")
    pack_version: Mapped[str] = mapped_column(String(64))
    model_version: Mapped[str] = mapped_column(String(200), default="")
    layout_version_id: Mapped[int] = mapped_column(ForeignKey("layout_versions.id"))

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision_reason: Mapped[str | None] = mapped_column(String(32))

    hall: Mapped[Hall] = relationship()
    frame: Mapped[FrameRow | None] = relationship()
    layout_version: Mapped[LayoutVersion] = relationship()
    shots: Mapped[list[FindingFrame]] = relationship(
        back_populates="finding", order_by="FindingFrame.id"
    )
    media: Mapped[list[Media]] = relationship(back_populates="finding", order_by="Media.id")
    decisions: Mapped[list[Decision]] = relationship(
        back_populates="finding", order_by="Decision.id"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy's own idiom


class FindingDay(Base):
    """One day that a finding was seen on: what makes ageing safe to count twice."""

    __tablename__ = "finding_days"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))


class FindingFrame(Base):
    """One frame that a finding rests on, with its boxes there; ``deciding`` marks the chief one."""

    __tablename__ = "finding_frames"
    __table_args__ = (UniqueConstraint("finding_id", "frame_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    frame_id: Mapped[int] = mapped_column(ForeignKey("frames.id"), index=True)
    deciding: Mapped[bool] = mapped_column(default=False)
    verdict: Mapped[str] = mapped_column(String(8), default="suspect")
    boxes: Mapped[list[Any]] = mapped_column(default=list)

    finding: Mapped[Finding] = relationship(back_populates="shots")
    frame: Mapped[FrameRow] = relationship()


class Media(Base):
    """One picture in the store.  ``masked``: the people in it were covered before it was written.

    ``key`` is unique: ``frame:FRAME``, ``thumb:FRAME``, ``crop:FINDING:FRAME``.  ``path`` is
    relative to the media folder.  ``offset_x``/``offset_y``: where the picture's top left corner
    lies in the original, in pixels; ``scale`` its pixels per original pixel.
    """

    __tablename__ = "media"
    __table_args__ = (CheckConstraint(one_of("kind", MEDIA_KINDS), name="kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[str] = mapped_column(String(8))
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("frames.id"), index=True)
    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Sha256)
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    offset_x: Mapped[int] = mapped_column(default=0)
    offset_y: Mapped[int] = mapped_column(default=0)
    scale: Mapped[float] = mapped_column(default=1.0)
    masked: Mapped[bool]
    created_at: Mapped[datetime]

    finding: Mapped[Finding | None] = relationship(back_populates="media")
    frame: Mapped[FrameRow] = relationship()


class Decision(Base):
    """What somebody decided, when and why; rows are only ever added.

    ``user_id`` None: the machine itself (withdraw, reopen).  ``undoes_id``: the decision that an
    ``undo`` took back.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(one_of("action", ACTIONS), name="action"),
        Index(None, "user_id", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))

    finding: Mapped[Finding] = relationship(back_populates="decisions")
