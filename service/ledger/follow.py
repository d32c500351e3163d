"""A verdict makes a case, its taking back unmakes it while nothing else has happened.

Called inside the verdict's own transaction, so that there is never one without the other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.models import Case, CaseStep, Finding, Hall
from service.ledger.places import place_of
from service.ledger.states import State, Step, StepRefused, take

RECURRENCE_DAYS: Final = 30
GOES_ON: Final = "这一条已进入台账流程,不能撤回;请在台账中处理。"


def confirmed(
    session: Session, finding: Finding, viewer: Viewer, now: datetime, *, recurrence_days: int
) -> Case:
    """The case of a finding that was just confirmed: a new one, or its own one again."""
    case = _case_of(session, finding)
    if case is None:
        place = place_of(session, finding.layout_version_id, finding.desk)
        case = Case(
            number=next_number(session, finding.hall_id, finding.day),
            hall_id=finding.hall_id,
            channel=finding.source,
            finding_id=finding.id,
            state=State.PENDING,
            day=finding.day,
            desk=finding.desk,
            desk_name=place.name,
            window=place.window,
            unit=place.unit,
            clause=finding.clause,
            clause_text=finding.clause_text,
            modality=finding.modality,
            reason_code=finding.reason_code,
            reason_values=dict(finding.reason_values or {}),
            pack_version=finding.pack_version,
            layout_version_id=finding.layout_version_id,
            confirmed_at=now,
            confirmed_by_id=viewer.user_id,
            updated_at=now,
        )
        session.add(case)
        session.flush()
    case.confirmed_at = now
    case.confirmed_by_id = viewer.user_id
    note_recurrence(session, case, now, recurrence_days)
    record(session, case, viewer, Step.CONFIRM, now)
    return case


def dismissed(session: Session, finding: Finding, viewer: Viewer, now: datetime) -> None:
    """A finding whose confirmation was taken back turned out to be none: its case is rejected."""
    case = _case_of(session, finding)
    if case is not None:
        text = finding.decision_reason or ""
        record(session, case, viewer, Step.REJECT, now, given=frozenset({"reason"}), text=text)


def taken_back(session: Session, finding: Finding, viewer: Viewer, now: datetime) -> None:
    """The verdict was taken back: so is the case, unless it has gone on."""
    case = _case_of(session, finding)
    if case is None or case.state == State.PENDING:
        return
    if not untouched(session, case):
        raise StepRefused(GOES_ON)
    record(session, case, viewer, Step.TAKE_BACK, now)


def untouched(session: Session, case: Case) -> bool:
    """Whether the verdict is the last thing that happened."""
    last = session.scalar(
        select(CaseStep.step).where(CaseStep.case_id == case.id).order_by(CaseStep.id.desc())
    )
    return last in (Step.CONFIRM, Step.REJECT)


def record(
    session: Session,
    case: Case,
    viewer: Viewer,
    step: Step,
    now: datetime,
    *,
    given: frozenset[str] = frozenset(),
    text: str = "",
    day: date | None = None,
    picture_id: int | None = None,
) -> None:
    """Take one step by the table: the state, its row, its line in the log."""
    before = State(case.state)
    same = viewer.user_id == case.confirmed_by_id
    after = take(before, step, viewer.role.value, given, same_person=same)
    case.state = after
    case.updated_at = now
    session.add(
        CaseStep(
            case_id=case.id,
            at=now,
            user_id=viewer.user_id,
            step=step,
            from_state=before,
            to_state=after,
            text=text,
            day=day,
            picture_id=picture_id,
        )
    )
    session.flush()
    append_by(
        viewer,
        session,
        at=now,
        action=f"case.{step.value}",
        object_kind="case",
        object_id=str(case.id),
        hall_id=case.hall_id,
        detail={"number": case.number, "from": before.value, "to": after.value},
    )


def next_number(session: Session, hall_id: int, day: date) -> str:
    """HALL-YEAR-0001: numbers of a hall and year follow each other, none is given twice."""
    hall = session.get_one(Hall, hall_id, with_for_update=True)
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    taken = session.scalar(
        select(func.count())
        .select_from(Case)
        .where(Case.hall_id == hall_id, Case.day.between(first, last))
    )
    return f"{hall.code}-{day.year}-{(taken or 0) + 1:04d}"


def note_recurrence(session: Session, case: Case, now: datetime, days: int) -> None:
    """复发: the same desk and clause was closed within the term."""
    earlier = session.scalars(
        select(Case)
        .where(
            Case.hall_id == case.hall_id,
            Case.desk == case.desk,
            Case.clause == case.clause,
            Case.closed_at >= now - timedelta(days=days),
            Case.state == State.CLOSED,
            Case.id != case.id,
        )
        .order_by(Case.closed_at.desc(), Case.id.desc())
        .limit(1)
    ).first()
    case.recurs_id = earlier.id if earlier else None
    case.recurrence = earlier.recurrence + 1 if earlier else 0


def _case_of(session: Session, finding: Finding) -> Case | None:
    return session.scalars(select(Case).where(Case.finding_id == finding.id)).first()
