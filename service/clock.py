"""Time: stored as UTC, shown and reasoned about in Asia/Shanghai; the clock is always passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeAlias

from vision.seen import HALL_TZ

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present moment, aware, UTC."""


def utc_now() -> datetime:
    """The present moment, aware, UTC."""
    return datetime.now(UTC)


def to_hall(moment: datetime) -> datetime:
    """The same moment on the hall's wall clock."""
    return moment.astimezone(HALL_TZ)


def hall_day(moment: datetime) -> date:
    """The hall's calendar day at that moment."""
    return to_hall(moment).date()


def iso(moment: datetime) -> str:
    """``2026-03-11T09:30:00+08:00``: how a moment is shown to people and scripts."""
    return to_hall(moment).isoformat(timespec="seconds")
