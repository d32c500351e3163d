"""Shapes of the JSON API: what goes out, what comes in; unknown fields are refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]


class Out(BaseModel):
    """Base of answers."""

    model_config = ConfigDict(frozen=True)


class In(BaseModel):
    """Base of requests."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ErrorBody(Out):
    """What went wrong."""

    code: str
    message: str
    details: dict[str, object] | None = None


class ErrorOut(Out):
    """The one error shape."""

    error: ErrorBody


REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": ErrorOut} for status in (401, 403, 404, 409, 422)
}
"""What every route of the API may answer besides."""


class BoxOut(Out):
    """A box on a frame, pixels, origin top left."""

    cls: str
    xyxy_px: tuple[float, float, float, float]
    confidence: float


class ShotOut(Out):
    """One moment of a finding; pictures are addresses under /media."""

    frame_id: int
    taken_at: datetime
    deciding: bool
    frame_url: str | None
    crop_url: str | None
    crop_box_px: tuple[float, float, float, float]
    size_px: tuple[int, int]
    boxes: list[BoxOut]


class EventOut(Out):
    """One line of a finding's history."""

    at: datetime
    by: str
    action: str
    reason: str | None
    note: str
    undone_at: datetime | None


class FindingOut(Out):
    """A finding in a list."""

    id: int
    hall_id: int
    hall: str
    day: date
    last_day: date
    nights: int
    desk: str
    desk_name: str
    clause: str
    window: Literal["W", "P", "N"]
    camera: str | None
    source: str
    state: str
    row_version: int
    confidence: float
    reason: str
    taken_at: datetime | None
    small_url: str | None
    decided_at: datetime | None
    decided_by: str | None
    decision_reason: str | None


class AlsoOut(Out):
    """Another clause that the same cause breaks."""

    id: int
    row_version: int
    clause: str
    clause_text: str


class FindingDetailOut(FindingOut):
    """A finding with all that it rests on."""

    clause_text: str
    modality: str
    measured: dict[str, object]
    pack_version: str
    model_version: str
    layout_version_id: int
    shots: list[ShotOut]
    history: list[EventOut]
    also: list[AlsoOut]


class FindingsOut(Out):
    """One page of findings."""

    findings: list[FindingOut]
    total: int
    page: int
    pages: int


class FrameOut(Out):
    """A masked frame."""

    id: int
    hall_id: int
    camera: str
    taken_at: datetime
    day: date
    window: str | None
    width: int
    height: int
    url: str
    small_url: str


class FramesOut(Out):
    """One page of frames of a day."""

    day: date | None
    frames: list[FrameOut]
    page: int
    pages: int


class SeenIn(In):
    """A finding, on the version that its decider saw."""

    id: int = Field(ge=1, le=2**53)
    row_version: int = Field(ge=1, le=2**31)


class DecisionIn(In):
    """A verdict on the version that its giver saw."""

    action: Literal["confirm", "dismiss"]
    reason: str | None = Field(default=None, max_length=32)
    note: str = Field(default="", max_length=500)
    row_version: int = Field(ge=1, le=2**31)
    also: list[SeenIn] = Field(default_factory=list, max_length=20)


class DecisionsIn(In):
    """One verdict over a selection, or its taking back; a reason where it dismisses."""

    action: Literal["confirm", "dismiss", "undo"]
    findings: list[SeenIn] = Field(max_length=1000)
    reason: str | None = Field(default=None, max_length=32)
    note: str = Field(default="", max_length=500)


class UndoIn(In):
    """Taking back, on the version that its giver saw."""

    row_version: int = Field(ge=1, le=2**31)


class NothingIn(In):
    """An empty object."""


class MissedIn(In):
    """补记: a box on a frame, whose desk, which clause."""

    frame_id: int = Field(ge=1, le=2**62)
    desk: str = Field(min_length=1, max_length=64)
    clause: str = Field(min_length=1, max_length=32)
    note: str = Field(default="", max_length=500)
    box_xyxy_px: tuple[Finite, Finite, Finite, Finite]

    # JSON knows no tuples: a list of four is one
    model_config = ConfigDict(extra="forbid", strict=False)


class HeldOut(Out):
    """A finding that another inspector has before them."""

    id: int
    by: str


class ClaimOut(Out):
    """Who looks at a finding (null: the caller), how it stands, what others have before them."""

    id: int
    by: str | None
    state: str
    row_version: int
    held: list[HeldOut]


class OutcomeOut(Out):
    """How a finding stands after a verdict."""

    id: int
    state: str
    state_text: str
    row_version: int
    message: str


class OutcomesOut(Out):
    """``done``: how each now stands; ``stale``: others were quicker, or it is not there."""

    done: list[OutcomeOut]
    stale: list[int]


class MeOut(Out):
    """The caller."""

    login: str
    name: str
    role: str
    halls: list[int]
    permissions: list[str]
