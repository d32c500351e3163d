"""Verdicts: 合格, 疑似, 无法判定, and never a fourth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from vision.seen import BoxPx, Window

Value: TypeAlias = float | int | str | bool
"""A measured value; its key names the unit (``residual_cm``, ``short_side_px``, ``minutes``)."""


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    SUSPECT = "suspect"
    UNJUDGED = "unjudged"

    @property
    def zh(self) -> str:
        return {"pass": "合格", "suspect": "疑似", "unjudged": "无法判定"}[self.value]


@dataclass(frozen=True, slots=True)
class Box:
    """An evidence box: class name, xyxy in pixels of the original image, confidence 0..1."""

    cls: str
    xyxy_px: BoxPx
    confidence: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code of ``rules.messages`` and the values its sentence is filled with."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrameVerdict:
    """What one frame says of one clause at one desk."""

    camera: str
    frame: str
    taken_at: datetime
    verdict: Verdict
    reason: Reason
    measured: Mapping[str, Value] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a day's frames of one window say of one clause at one desk (or hall zone).

    ``desk`` is a desk id, or a hall zone's id for clauses of the public area.  ``frame`` is the
    deciding frame or None; ``frames`` all that were looked at.  ``frames_suspect`` counts those
    that spoke against it, ``frames_judged`` those that could be judged at all.
    """

    hall: str
    day: date
    camera: str | None
    desk: str
    clause: str
    window: Window
    verdict: Verdict
    reason: Reason
    frame: str | None = None
    frames: tuple[str, ...] = ()
    measured: Mapping[str, Value] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()
    confidence: float = 0.0
    frames_judged: int = 0
    frames_suspect: int = 0
