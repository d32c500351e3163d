"""Shapes of cases in the JSON API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import ConfigDict, Field

from service.ledger.states import State, Step
from service.web.api.shapes import In, Out


class CaseOut(Out):
    """A case in a list.

    ``evidence_deleted_at``: when retention deleted its pictures; their addresses are null then.
    """

    id: int
    number: str
    hall: str
    channel: Literal["camera", "manual", "patrol", "joint"]
    day: date
    desk_name: str
    window: str
    unit: str
    clause: str
    problem: str
    state: State
    row_version: int
    responsible: str
    due_day: date | None
    asked_day: date | None
    overdue: bool
    extensions: int
    recurrence: int
    confirmed_at: datetime
    closed_at: datetime | None
    evidence_deleted_at: datetime | None
    small_url: str | None


class CasesOut(Out):
    """One page of cases."""

    cases: list[CaseOut]
    total: int
    page: int
    pages: int


class CaseStepOut(Out):
    """One line of a case's history."""

    at: datetime
    by: str
    step: Step
    to_state: State
    text: str
    day: date | None
    picture_url: str | None


class AppealOut(Out):
    """An appeal and its decision."""

    kind: str
    text: str
    state: Literal["open", "upheld", "denied"]
    opened_at: datetime
    opened_by: str
    decided_at: datetime | None
    decided_by: str | None
    decision: str


class AfterOut(Out):
    """A later picture of the place that the case may be closed on."""

    frame_id: int
    camera: str
    taken_at: datetime
    verdict: str | None
    url: str


class CaseDetailOut(CaseOut):
    """A case whole; ``allowed`` are the steps that the caller may take now."""

    clause_text: str
    modality: str
    finding_id: int | None
    measure: str
    before_url: str | None
    steps: list[CaseStepOut]
    appeals: list[AppealOut]
    after: list[AfterOut]
    allowed: list[Step]


class StepIn(In):
    """A step on the version that its doer saw; one with a photo goes to ``step/photo``.

    An assignment names the window itself (``to_unit``) or a person of the duty roster.
    """

    step: Literal[
        "assign", "accept", "report_done", "send_back", "close", "reopen", "appeal", "uphold",
        "deny", "ask_extension", "extend", "keep_due",
    ]  # fmt: skip
    row_version: int = Field(ge=1, le=2**31)
    text: str = Field(default="", max_length=500)
    to_unit: bool = False
    person_id: int | None = Field(default=None, ge=1, le=2**62)
    due_day: date | None = None
    appeal: Literal["", "citizen_item", "shared_desk", "mistaken", "other"] = ""
    after_frame_id: int | None = Field(default=None, ge=1, le=2**62)

    # a date comes as a text
    model_config = ConfigDict(extra="forbid", strict=False)


class CaseOutcomeOut(Out):
    """How a case stands after a step."""

    id: int
    number: str
    state: State
    state_text: str
    row_version: int
