"""Cameras, their spot plans, each day's draw, and what became of every spot."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, JsonDict, Sha256, one_of
from service.db.halls import Hall

CAMERA_STATES: Final = ("new", "ok", "trouble", "stopped")
SPOT_STATES: Final = ("taken", "failed", "doubtful", "missed", "stopped")


class Camera(Base):
    """One camera of a hall; ``code`` is its id in the layout.

    ``sealed`` is the password, encrypted under the key file and bound to this hall and camera.
    ``state`` "stopped": the device refused the login; nothing is sent to it until a reset.
    """

    __tablename__ = "cameras"
    __table_args__ = (
        UniqueConstraint("hall_id", "code"),
        CheckConstraint(one_of("state", CAMERA_STATES), name="state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    code: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(16))
    url: Mapped[str] = mapped_column(Text)
    login: Mapped[str] = mapped_column(String(200), default="")
    sealed: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[int] = mapped_column(default=1)
    allow_basic: Mapped[bool] = mapped_column(default=False)
    verify_tls: Mapped[bool] = mapped_column(default=True)
    device_streams: Mapped[int] = mapped_column(default=2)
    options: Mapped[JsonDict] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(8), default="new")
    state_reason: Mapped[str] = mapped_column(Text, default="")
    state_since: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    last_ok_at: Mapped[datetime | None]
    last_sha256: Mapped[str | None] = mapped_column(Sha256)
    clock_offset_s: Mapped[float | None]
    open_access: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    hall: Mapped[Hall] = relationship()


class SpotPlanRow(Base):
    """How often a hall's cameras are looked at; ``values`` as ``service.plan.SpotPlan``."""

    __tablename__ = "spot_plans"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    plan: Mapped[JsonDict] = mapped_column(default=dict)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(64), default="")


class SpotDraw(Base):
    """One hall's draw of one day, with all that it was drawn from: it can be drawn again."""

    __tablename__ = "spot_draws"
    __table_args__ = (UniqueConstraint("hall_id", "day"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    seed: Mapped[str] = mapped_column(String(64))
    commitment: Mapped[str] = mapped_column(Sha256)
    plan: Mapped[JsonDict] = mapped_column(default=dict)
    spans: Mapped[JsonDict] = mapped_column(default=dict)
    cameras: Mapped[list[Any]] = mapped_column(default=list)
    drawn_at: Mapped[datetime]

    hall: Mapped[Hall] = relationship()


class SpotResult(Base):
    """What became of one spot; ``name`` the still's file name in the hall's inbox."""

    __tablename__ = "spot_results"
    __table_args__ = (
        UniqueConstraint("draw_id", "key"),
        CheckConstraint(one_of("state", SPOT_STATES), name="state"),
        Index(None, "draw_id", "camera"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("spot_draws.id"))
    key: Mapped[str] = mapped_column(String(100))
    camera: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None]
    name: Mapped[str | None] = mapped_column(String(255))
    sha256: Mapped[str | None] = mapped_column(Sha256)
    error: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]

    draw: Mapped[SpotDraw] = relationship()
