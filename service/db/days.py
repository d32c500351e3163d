"""What a day leaves behind: runs, frames, facts on the way, verdicts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, JsonDict, Sha256, one_of
from service.db.halls import Hall, LayoutVersion

RUN_STATES: Final = ("running", "done", "incomplete", "failed")
VERDICTS: Final = ("pass", "suspect", "unjudged")
WINDOWS: Final = ("W", "P", "N")


class Lock(Base):
    """One thing that only one process may do at a time; a silent owner may be replaced."""

    __tablename__ = "locks"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    acquired_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]


class Run(Base):
    """One walk of the nightly check over one hall's day; the last one of a day counts.

    ``counts``: frames, usable, unreadable, bad_gate, passed, suspect, unjudged, findings_new,
    findings_aged, findings_known; ``cameras``: camera id -> {"frames", "usable", "trouble"}.
    ``cameras_missing``: camera ids of the layout that sent nothing usable that day.
    ``input_key`` names all that it was made from: a second run of the same has nothing to do.
    """

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint(one_of("status", RUN_STATES), name="status"),
        Index(None, "hall_id", "day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    status: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    owner: Mapped[str] = mapped_column(String(200))
    heartbeat_at: Mapped[datetime]
    layout_version_id: Mapped[int] = mapped_column(ForeignKey("layout_versions.id"))
    pack_version: Mapped[str] = mapped_column(String(64))
    calendar_version: Mapped[str] = mapped_column(String(64))
    model_name: Mapped[str] = mapped_column(String(100))
    model_version: Mapped[str] = mapped_column(String(64))
    model_sha256: Mapped[str] = mapped_column(Sha256)
    counts: Mapped[JsonDict] = mapped_column(default=dict)
    cameras: Mapped[JsonDict] = mapped_column(default=dict)
    cameras_missing: Mapped[list[Any]] = mapped_column(default=list)
    notice: Mapped[str] = mapped_column(Text, default="")
    input_key: Mapped[str] = mapped_column(Sha256, default="")
    timings: Mapped[JsonDict] = mapped_column(default=dict)
    """Stage -> seconds of the process that ended the run; a killed one's are lost."""

    hall: Mapped[Hall] = relationship()
    layout_version: Mapped[LayoutVersion] = relationship()


class FrameRow(Base):
    """One still that reached the inbox.

    ``path`` is relative to the hall's inbox.  ``gate`` is None before it was looked at, then a
    ``GateReason``; ``error`` the sentence of a file that could not be read at all (gate
    "undecodable").  ``light`` and ``window`` None where unknown (an unknown calendar year).
    """

    __tablename__ = "frames"
    __table_args__ = (
        UniqueConstraint("hall_id", "camera", "name"),
        Index(None, "hall_id", "day", "camera"),
        CheckConstraint('"window" IS NULL OR ' + one_of('"window"', WINDOWS), name="window"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    camera: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime]
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(255))
    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Sha256)
    bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    window: Mapped[str | None] = mapped_column(String(1))
    gate: Mapped[str | None] = mapped_column(String(32))
    gate_detail: Mapped[JsonDict] = mapped_column(default=dict)
    light: Mapped[str | None] = mapped_column(String(8))
    error: Mapped[str | None] = mapped_column(Text)
    registered_at: Mapped[datetime]
    expired_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the original was deleted by its term."""

    hall: Mapped[Hall] = relationship()


class RunFacts(Base):
    """One frame's Facts while its day is being judged, so that a killed run goes on from here.

    ``key`` names what they were made with (layout, model, frame hash): other facts are made anew.
    Deleted when the day is filed.
    """

    __tablename__ = "run_facts"

    frame_id: Mapped[int] = mapped_column(ForeignKey("frames.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Sha256)
    facts: Mapped[JsonDict]


class DayVerdict(Base):
    """The answer of one clause at one desk (or hall zone) over one window of one day."""

    __tablename__ = "day_verdicts"
    __table_args__ = (
        UniqueConstraint("hall_id", "day", "desk", "clause", "window"),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint(one_of('"window"', WINDOWS), name="window"),
        Index(None, "hall_id", "desk", "clause", "day"),
        Index(None, "finding_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    desk: Mapped[str] = mapped_column(String(64))
    clause: Mapped[str] = mapped_column(String(32))
    window: Mapped[str] = mapped_column(String(1))
    verdict: Mapped[str] = mapped_column(String(8))
    reason_code: Mapped[str] = mapped_column(String(64))
    reason_values: Mapped[JsonDict] = mapped_column(default=dict)
    measured: Mapped[JsonDict] = mapped_column(default=dict)
    camera: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float] = mapped_column(default=0.0)
    frames_used: Mapped[int] = mapped_column(default=0)
    frames_judged: Mapped[int] = mapped_column(default=0)
    frames_suspect: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id", ondelete="SET NULL"))


class FrameVerdictRow(Base):
    """What one frame said, kept only where it spoke against a desk."""

    __tablename__ = "frame_verdicts"
    __table_args__ = (UniqueConstraint("frame_id", "desk", "clause"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("frames.id"))
    desk: Mapped[str] = mapped_column(String(64))
    clause: Mapped[str] = mapped_column(String(32))
    verdict: Mapped[str] = mapped_column(String(8))
    reason_code: Mapped[str] = mapped_column(String(64))
    reason_values: Mapped[JsonDict] = mapped_column(default=dict)
    measured: Mapped[JsonDict] = mapped_column(default=dict)
    boxes: Mapped[list[Any]] = mapped_column(default=list)
    confidence: Mapped[float] = mapped_column(default=0.0)
