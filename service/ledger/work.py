"""Steps of a case, each one transaction: what the form gave, checked by the table, written down."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.cases import APPEAL_KINDS
from service.db.engine import Database
from service.db.models import (
    Appeal,
    Case,
    CasePicture,
    ChiefWindow,
    Decision,
    DutyPerson,
    Finding,
    User,
)
from service.evidence import Picture
from service.ledger import follow
from service.ledger.states import State, Step, StepRefused
from service.review.decide import StaleError, clean_note
from service.store import MediaStore
from vision.seen import DeskcheckError, InputError

FAR_DAYS: Final = 366
WITH_FINDING: Final = frozenset({Step.CONFIRM, Step.REJECT, Step.TAKE_BACK})
"""Steps that a camera's case takes only together with its finding."""
PICTURE_OF: Final = {Step.REPORT_DONE: "done", Step.CLOSE: "after", Step.APPEAL: "appeal"}


class StaleCase(StaleError):
    """Somebody else changed the case in the meantime; carries how it stands now."""

    def __init__(self, case: Case) -> None:
        DeskcheckError.__init__(self, "这一条刚被他人处理过,已为您显示最新状态。")
        self.details = {"id": case.id, "state": case.state, "row_version": case.row_version}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that comes with a step: encoded and masked; ``frame_id`` where a camera took it."""

    picture: Picture
    taken_at: datetime | None = None
    frame_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants done to a case; ``text`` is the measure, the reason or a remark.

    ``person_id``: a row of the duty roster; ``appeal``: one of ``APPEAL_KINDS``.
    """

    step: Step
    row_version: int
    text: str = ""
    responsible: str = ""
    person_id: int | None = None
    due_day: date | None = None
    appeal: str = ""
    shown: Shown | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case stands after a step."""

    id: int
    number: str
    state: State
    row_version: int


def take_step(
    database: Database, store: MediaStore, viewer: Viewer, case_id: int, asked: Asked, now: datetime
) -> Outcome:
    """Do one step in the viewer's name, or refuse it in a sentence with nothing changed."""
    asked = replace(asked, text=clean_note(asked.text))
    with database.write() as session:
        case = session.get_one(Case, case_id)
        if case.row_version != asked.row_version:
            raise StaleCase(case)
        if asked.step in WITH_FINDING and case.finding_id is not None:
            raise InputError("这一步请在复核页面对该条疑似进行。")
        if asked.step is Step.TAKE_BACK and not follow.untouched(session, case):
            raise StepRefused(follow.GOES_ON)
        person = _person(session, case, asked)
        asked = replace(
            asked, responsible=person.name if person else clean_note(asked.responsible)[:100]
        )
        picture = None
        if asked.shown is not None and asked.step in PICTURE_OF:
            picture = add_picture(
                session, store, case, PICTURE_OF[asked.step], asked.shown, viewer, now
            )
        # the table has the last word, and a refusal takes the picture's row back with it
        follow.record(
            session,
            case,
            viewer,
            asked.step,
            now,
            given=_given(asked),
            text=asked.text,
            day=asked.due_day,
            picture_id=picture.id if picture else None,
        )
        _apply(session, case, asked, person, viewer, now)
        try:
            session.flush()
        except StaleDataError:
            session.rollback()
            raise StaleCase(session.get_one(Case, case_id)) from None
        return Outcome(case.id, case.number, State(case.state), case.row_version)


def _given(asked: Asked) -> frozenset[str]:
    """The names of what came filled, as the table calls them."""
    filled = {
        "responsible": bool(asked.responsible),
        "deadline": asked.due_day is not None,
        "measure": bool(asked.text),
        "reason": bool(asked.text),
        "after_photo": asked.shown is not None,
    }
    return frozenset(name for name, here in filled.items() if here)


def _person(session: Session, case: Case, asked: Asked) -> DutyPerson | None:
    """A person is only ever taken from the duty roster of the case's window and day."""
    if asked.step is not Step.ASSIGN or asked.person_id is None:
        return None
    for person in on_duty(session, case.hall_id, case.window, case.day):
        if person.id == asked.person_id:
            return person
    raise InputError("当天的值班表里没有这个人;责任人只能从值班表中选。")


def on_duty(session: Session, hall_id: int, window: str, day: date) -> list[DutyPerson]:
    """Who the roster has at this window on this day."""
    return list(
        session.scalars(
            select(DutyPerson)
            .where(
                DutyPerson.hall_id == hall_id,
                DutyPerson.window == window,
                DutyPerson.first_day <= day,
                or_(DutyPerson.last_day.is_(None), DutyPerson.last_day >= day),
            )
            .order_by(DutyPerson.name, DutyPerson.id)
        )
    )


def chief_of(session: Session, hall_id: int, window: str) -> User | None:
    """The chief representative who answers for this window."""
    return session.scalars(
        select(User)
        .join(ChiefWindow, ChiefWindow.user_id == User.id)
        .where(
            ChiefWindow.hall_id == hall_id,
            ChiefWindow.window == window,
            User.active,
            User.role == Role.CHIEF.value,
        )
        .order_by(User.id)
        .limit(1)
    ).first()


def add_picture(
    session: Session,
    store: MediaStore,
    case: Case,
    kind: str,
    shown: Shown,
    viewer: Viewer,
    now: datetime,
) -> CasePicture:
    """Store a masked picture with its row; one whose row never comes is swept up as an orphan."""
    name = f"{case.hall_id}/cases/{case.id}-{kind}-{secrets.token_hex(8)}.jpg"
    stored = store.put(name, shown.picture.jpeg)
    picture = CasePicture(
        case_id=case.id,
        kind=kind,
        frame_id=shown.frame_id,
        path=stored.path,
        sha256=stored.sha256,
        bytes=stored.bytes,
        width=shown.picture.width,
        height=shown.picture.height,
        taken_at=shown.taken_at,
        added_at=now,
        added_by_id=viewer.user_id,
    )
    session.add(picture)
    session.flush()
    return picture


def _apply(
    session: Session,
    case: Case,
    asked: Asked,
    person: DutyPerson | None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """What a step leaves on its case beside the state."""
    step, today = asked.step, hall_day(now)
    if asked.due_day is not None and step in (Step.ASSIGN, Step.EXTEND, Step.ASK_EXTENSION):
        _check_day(case, step, asked.due_day, today)
    if step is Step.ASSIGN:
        chief = chief_of(session, case.hall_id, case.window)
        case.responsible = asked.responsible
        case.person_id = person.id if person else None
        case.chief_id = chief.id if chief else None
        case.due_day, case.asked_day, case.done_at = asked.due_day, None, None
    elif step is Step.ASK_EXTENSION:
        case.asked_day = asked.due_day
    elif step is Step.EXTEND:
        case.due_day, case.asked_day = asked.due_day, None
        case.extensions += 1
    elif step is Step.KEEP_DUE:
        if case.asked_day is None:
            raise InputError("没有待答复的延期申请。")
        case.asked_day = None
    elif step is Step.REPORT_DONE:
        case.measure, case.done_at, case.asked_day = asked.text, now, None
    elif step is Step.SEND_BACK:
        case.done_at = None
    elif step is Step.CLOSE:
        case.closed_at, case.closed_by_id = now, viewer.user_id
    elif step is Step.REOPEN:
        case.closed_at = case.closed_by_id = case.due_day = case.done_at = None
        case.recurrence += 1
    elif step is Step.APPEAL:
        _appeal(session, case, asked, viewer, now)
    elif step in (Step.UPHOLD, Step.DENY):
        _decide_appeal(session, case, step, asked.text, viewer, now)


def _check_day(case: Case, step: Step, day: date, today: date) -> None:
    if day < today:
        raise InputError("完成时限不能早于今天。")
    if (day - today).days > FAR_DAYS:
        raise InputError("完成时限不能晚于一年以后。")
    if step is not Step.ASSIGN and case.due_day is not None and day <= case.due_day:
        raise InputError("延期后的时限要晚于现在的时限。")


def _appeal(session: Session, case: Case, asked: Asked, viewer: Viewer, now: datetime) -> None:
    if asked.appeal not in APPEAL_KINDS:
        raise InputError("请选择申诉理由。")
    case.asked_day = None
    session.add(
        Appeal(
            case_id=case.id,
            kind=asked.appeal,
            text=asked.text,
            opened_at=now,
            opened_by_id=viewer.user_id,
        )
    )


def _decide_appeal(
    session: Session, case: Case, step: Step, text: str, viewer: Viewer, now: datetime
) -> None:
    """An appeal upheld strikes the finding too: it was none, and its thing is remembered so."""
    appeal = session.scalars(
        select(Appeal).where(Appeal.case_id == case.id, Appeal.state == "open")
    ).one()
    upheld = step is Step.UPHOLD
    appeal.state = "upheld" if upheld else "denied"
    appeal.decided_at, appeal.decided_by_id, appeal.decision = now, viewer.user_id, text
    if not upheld:
        case.due_day = case.asked_day = None
        return
    if case.finding_id is not None:
        finding = session.get_one(Finding, case.finding_id)
        finding.status = "dismissed"
        finding.decided_at, finding.decided_by_id = now, viewer.user_id
        finding.decision_reason = appeal.kind
        finding.updated_at = now
        session.add(
            Decision(
                finding_id=finding.id,
                user_id=viewer.user_id,
                action="dismiss",
                reason=appeal.kind,
                note=text,
                at=now,
            )
        )
