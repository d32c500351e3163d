"""The ledger's one state machine: which step a case may take, who may take it, what it needs.

Pure: a table and two functions.  ``docs/ledger.md`` shows its drawing, made by :func:`mermaid`.
逾期 (overdue) and 延期 (extended) are not states but facts about a case's deadline, so that an
overdue case keeps the state that says what has to happen next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vision.seen import DeniedError, InputError


class State(StrEnum):
    """States of a case; the value is stored, the name in Chinese is what people read."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    ASSIGNED = "assigned"
    RECTIFYING = "rectifying"
    TO_CHECK = "to_check"
    CLOSED = "closed"
    REJECTED = "rejected"
    APPEALED = "appealed"
    APPEAL_UPHELD = "appeal_upheld"

    @property
    def zh(self) -> str:
        return STATE_ZH[self]

    @property
    def ended(self) -> bool:
        """Nothing more has to happen, and no deadline runs."""
        return self in (State.CLOSED, State.REJECTED, State.APPEAL_UPHELD)

    @property
    def scores(self) -> bool:
        """Whether a case in this state may take points: confirmed by a person, not struck out."""
        return self not in (State.PENDING, State.REJECTED, State.APPEAL_UPHELD, State.APPEALED)


STATE_ZH: Final[dict[State, str]] = {
    State.PENDING: "待确认",
    State.CONFIRMED: "已确认",
    State.ASSIGNED: "已派单",
    State.RECTIFYING: "整改中",
    State.TO_CHECK: "待复核",
    State.CLOSED: "已销号",
    State.REJECTED: "驳回",
    State.APPEALED: "申诉中",
    State.APPEAL_UPHELD: "申诉成立",
}


class Step(StrEnum):
    """What a person does to a case."""

    CONFIRM = "confirm"
    REJECT = "reject"
    TAKE_BACK = "take_back"
    ASSIGN = "assign"
    ACCEPT = "accept"
    REPORT_DONE = "report_done"
    SEND_BACK = "send_back"
    CLOSE = "close"
    REOPEN = "reopen"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    DENY = "deny"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    KEEP_DUE = "keep_due"


STEP_ZH: Final[dict[Step, str]] = {
    Step.CONFIRM: "确认",
    Step.REJECT: "驳回",
    Step.TAKE_BACK: "撤回",
    Step.ASSIGN: "派单",
    Step.ACCEPT: "接单整改",
    Step.REPORT_DONE: "报整改完成",
    Step.SEND_BACK: "退回整改",
    Step.CLOSE: "销号",
    Step.REOPEN: "复发重开",
    Step.APPEAL: "申诉",
    Step.UPHOLD: "申诉成立",
    Step.DENY: "申诉不成立",
    Step.ASK_EXTENSION: "申请延期",
    Step.EXTEND: "延期",
    Step.KEEP_DUE: "不同意延期",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One arrow: from where to where, which roles, and what must come with it.

    ``needs`` names fields of the request (``responsible``, ``deadline``, ``measure``,
    ``after_photo``, ``reason``).  Steps about the deadline lead back to where they were taken
    from.  With ``not_same_person`` the one who took the finding's last
    decision may not take this step: nobody decides an appeal against their own verdict.
    """

    to: State
    roles: frozenset[str]
    needs: tuple[str, ...] = ()
    not_same_person: bool = False


_INSPECT: Final = frozenset({"inspector"})
_VERDICT: Final = _INSPECT | {"admin"}
"""Who may decide findings: a verdict and its taking back make and unmake the case."""
_CHIEF: Final = frozenset({"chief"})
_EITHER: Final = _INSPECT | _CHIEF
_ORDER: Final = ("responsible", "deadline")
_LATER: Final = ("deadline", "reason")

STEPS: Final[dict[tuple[State, Step], Rule]] = {
    (State.PENDING, Step.CONFIRM): Rule(State.CONFIRMED, _VERDICT),
    (State.PENDING, Step.REJECT): Rule(State.REJECTED, _VERDICT, ("reason",)),
    (State.CONFIRMED, Step.TAKE_BACK): Rule(State.PENDING, _VERDICT),
    (State.REJECTED, Step.TAKE_BACK): Rule(State.PENDING, _VERDICT),
    (State.CONFIRMED, Step.ASSIGN): Rule(State.ASSIGNED, _INSPECT, _ORDER),
    (State.ASSIGNED, Step.ASSIGN): Rule(State.ASSIGNED, _INSPECT, _ORDER),
    (State.RECTIFYING, Step.ASSIGN): Rule(State.ASSIGNED, _INSPECT, _ORDER),
    (State.ASSIGNED, Step.ACCEPT): Rule(State.RECTIFYING, _CHIEF),
    (State.ASSIGNED, Step.REPORT_DONE): Rule(State.TO_CHECK, _EITHER, ("measure",)),
    (State.RECTIFYING, Step.REPORT_DONE): Rule(State.TO_CHECK, _EITHER, ("measure",)),
    (State.TO_CHECK, Step.SEND_BACK): Rule(State.RECTIFYING, _INSPECT, ("reason",)),
    (State.TO_CHECK, Step.CLOSE): Rule(State.CLOSED, _INSPECT, ("after_photo",)),
    (State.CLOSED, Step.REOPEN): Rule(State.CONFIRMED, _INSPECT, ("reason",)),
    (State.CONFIRMED, Step.APPEAL): Rule(State.APPEALED, _CHIEF, ("reason",)),
    (State.ASSIGNED, Step.APPEAL): Rule(State.APPEALED, _CHIEF, ("reason",)),
    (State.RECTIFYING, Step.APPEAL): Rule(State.APPEALED, _CHIEF, ("reason",)),
    (State.APPEALED, Step.UPHOLD): Rule(
        State.APPEAL_UPHELD, _INSPECT, ("reason",), not_same_person=True
    ),
    (State.APPEALED, Step.DENY): Rule(State.CONFIRMED, _INSPECT, ("reason",), not_same_person=True),
    **{
        (state, step): Rule(state, roles, needs)
        for state in (State.ASSIGNED, State.RECTIFYING)
        for step, roles, needs in (
            (Step.ASK_EXTENSION, _CHIEF, _LATER),
            (Step.EXTEND, _INSPECT, _LATER),
            (Step.KEEP_DUE, _INSPECT, ("reason",)),
        )
    },
}


class StepRefused(InputError):
    """The step does not exist from here, or something that it needs is missing."""

    def __init__(self, template: str, **values: str) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))


class StepDenied(DeniedError):
    """Not by this role, or not by this person."""

    def __init__(self, template: str, **values: str) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))


def steps_from(state: State, role: str) -> tuple[Step, ...]:
    """The steps that someone in this role may take from here, in the table's order."""
    return tuple(step for (at, step), rule in STEPS.items() if at == state and role in rule.roles)


def take(
    state: State,
    step: Step,
    role: str,
    given: frozenset[str] = frozenset(),
    *,
    same_person: bool = False,
) -> State:
    """The state after ``step``; ``given`` names the fields that came filled.

    Raises DeniedError where the role may not, or the same person may not decide twice;
    InputError where the step does not exist from here or something is missing.
    """
    rule = STEPS.get((state, step))
    if rule is None:
        raise StepRefused("“{state}”的问题不能“{step}”。", state=state.zh, step=STEP_ZH[step])
    if role not in rule.roles:
        raise StepDenied("您的角色不能“{step}”。", step=STEP_ZH[step])
    if rule.not_same_person and same_person:
        raise StepDenied("申诉须由另一名巡检员裁定,不能由原确认人裁定。")
    for need in rule.needs:
        if need not in given:
            raise StepRefused("“{step}”缺少{field}。", step=STEP_ZH[step], field=FIELD_ZH[need])
    return rule.to


FIELD_ZH: Final[dict[str, str]] = {
    "responsible": "责任人",
    "deadline": "完成时限",
    "measure": "整改措施",
    "after_photo": "整改后照片",
    "reason": "理由",
}


def mermaid() -> str:
    """The drawing of the state machine for docs/ledger.md, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> pending"]
    lines += [f"    {s.value} : {s.zh}" for s in State]
    lines += [
        f"    {at.value} --> {rule.to.value} : {STEP_ZH[step]}"
        for (at, step), rule in STEPS.items()
    ]
    lines += [f"    {s.value} --> [*]" for s in State if s.ended]
    return "\n".join(lines)
