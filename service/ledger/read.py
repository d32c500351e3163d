"""Reading the ledger: a page of the list, its counts, one case whole; never beyond the viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, joinedload

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.db.models import Case, ChiefWindow, Hall, LayoutVersion
from service.ledger.deadlines import RUNNING, is_overdue
from service.ledger.places import places_of
from service.ledger.scope import visible
from service.ledger.states import State
from service.review.cards import thumbs_of
from vision.seen import InputError

OPEN: Final = tuple(state for state in State if not state.ended and state is not State.PENDING)


class TooManyCases(InputError):
    """More cases than one document may hold."""

    template = "共 {total} 条,超过一次导出的上限 {most} 条,请先筛选。"

    def __init__(self, total: int, most: int) -> None:
        self.values = {"total": total, "most": most}
        super().__init__(self.template.format(**self.values))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means all.  ``state`` may be ``open`` or a state."""

    hall: int | None = None
    window: str = ""
    state: str = ""
    clause: str = ""
    channel: str = ""
    overdue: bool = False
    finding: int | None = None


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One row of the list."""

    id: int
    number: str
    hall_name: str
    channel: str
    day: date
    desk_name: str
    window: str
    unit: str
    clause: str
    clause_text: str
    reason_code: str
    reason_values: dict[str, object]
    text: str
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


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of the list."""

    cards: list[CaseCard]
    total: int
    number: int
    pages: int


def _where(viewer: Viewer, filters: Filters, today: date) -> list[ColumnElement[bool]]:
    where = [visible(viewer)]
    if filters.hall is not None:
        where.append(Case.hall_id == filters.hall)
    if filters.window:
        where.append(Case.window == filters.window)
    if filters.state == "open":
        where.append(Case.state.in_(OPEN))
    elif filters.state:
        where.append(Case.state == filters.state)
    if filters.clause:
        where.append(Case.clause == filters.clause)
    if filters.channel:
        where.append(Case.channel == filters.channel)
    if filters.overdue:
        where.append(_overdue(today))
    if filters.finding is not None:
        where.append(Case.finding_id == filters.finding)
    return where


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(Case.due_day < today, Case.state.in_(RUNNING))


def case_page(
    session: Session,
    viewer: Viewer,
    filters: Filters,
    *,
    today: date,
    number: int = 1,
    size: int = 50,
) -> CasePage:
    """Cases that the viewer may see, the newest day first."""
    where = _where(viewer, filters, today)
    total = session.scalar(select(func.count()).select_from(Case).where(*where)) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    ids = (  # sorted on an index alone; only the page's own rows are then read whole
        select(Case.id)
        .where(*where)
        .order_by(Case.day.desc(), Case.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    rows = session.execute(
        select(Case, Hall.name)
        .join(Hall, Hall.id == Case.hall_id)
        .where(Case.id.in_(session.scalars(ids).all()))
        .order_by(Case.day.desc(), Case.id.desc())
    )
    return CasePage([card_of(row, name, today) for row, name in rows], total, number, pages)


def all_cases(
    session: Session, viewer: Viewer, filters: Filters, *, today: date, most: int
) -> list[tuple[Case, str]]:
    """Every case that the viewer may see, oldest first, with its hall's name; InputError where
    there are more than ``most``.
    """
    where = _where(viewer, filters, today)
    total = session.scalar(select(func.count()).select_from(Case).where(*where)) or 0
    if total > most:
        raise TooManyCases(total, most)
    rows = session.execute(
        select(Case, Hall.name)
        .join(Hall, Hall.id == Case.hall_id)
        .where(*where)
        .options(joinedload(Case.closed_by))
        .order_by(Case.day, Case.id)
    )
    return [(row[0], row[1]) for row in rows]


def card_of(case: Case, hall_name: str, today: date) -> CaseCard:
    """A case as a list shows it."""
    state = State(case.state)
    return CaseCard(
        id=case.id,
        number=case.number,
        hall_name=hall_name,
        channel=case.channel,
        day=case.day,
        desk_name=case.desk_name,
        window=case.window,
        unit=case.unit,
        clause=case.clause,
        clause_text=case.clause_text,
        reason_code=case.reason_code,
        reason_values=case.reason_values,
        text=case.text,
        state=state,
        row_version=case.row_version,
        responsible=case.responsible,
        due_day=case.due_day,
        asked_day=case.asked_day,
        overdue=is_overdue(state, case.due_day, today),
        extensions=case.extensions,
        recurrence=case.recurrence,
        confirmed_at=case.confirmed_at,
        closed_at=case.closed_at,
        evidence_deleted_at=case.evidence_deleted_at,
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the viewer's cases stand where; ``overdue`` and ``asked`` cut across."""

    by_state: dict[State, int]
    overdue: int
    asked: int

    def of(self, *states: State) -> int:
        return sum(self.by_state.get(state, 0) for state in states)


def counts(session: Session, viewer: Viewer, filters: Filters, *, today: date) -> Counts:
    """Counts for the head of the list, within the hall and window chosen."""
    base = _where(viewer, Filters(hall=filters.hall, window=filters.window), today)
    # by hall as well: so grouped, an index holds the rows in order and nothing is sorted
    rows = session.execute(
        select(Case.hall_id, Case.state, func.count())
        .where(*base)
        .group_by(Case.hall_id, Case.state)
    )
    by_state: dict[State, int] = {}
    for _, state, number in rows:
        by_state[State(state)] = by_state.get(State(state), 0) + number
    # asked of open cases only, by their state: most of a ledger is closed
    late = case((_overdue(today), 1), else_=0)
    open_ones = session.execute(
        select(func.sum(late), func.count(Case.asked_day)).where(*base, Case.state.in_(OPEN))
    ).one()
    return Counts(by_state, open_ones[0] or 0, open_ones[1] or 0)


def overdue_by_hall(session: Session, viewer: Viewer, *, today: date) -> dict[int, int]:
    """How many of the viewer's cases are past their deadline, by hall; none is not there."""
    rows = session.execute(
        select(Case.hall_id, func.count())
        .where(visible(viewer), _overdue(today))
        .group_by(Case.hall_id)
    )
    return {row[0]: row[1] for row in rows}


def windows_of(session: Session, viewer: Viewer, hall: int | None) -> list[str]:
    """The windows of the layouts in force, for the filter; a chief's are the ones given."""
    halls = viewer.among(hall)
    if viewer.role is Role.CHIEF:
        given = select(ChiefWindow.window).where(
            ChiefWindow.user_id == viewer.user_id, ChiefWindow.hall_id.in_(halls)
        )
        return sorted(set(session.scalars(given)))
    newest = (
        select(func.max(LayoutVersion.id))
        .where(LayoutVersion.hall_id.in_(halls))
        .group_by(LayoutVersion.hall_id)
    )
    layouts = session.scalars(select(LayoutVersion.yaml).where(LayoutVersion.id.in_(newest)))
    return sorted({place.window for text in layouts for place in places_of(text).values()})


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One line of a case's history."""

    at: datetime
    who: str
    step: str
    to_state: str
    text: str
    day: date | None
    picture_id: int | None


def time_line(case: Case) -> list[TimeLine]:
    """Everything that happened, oldest first."""
    kept = {p.id for p in case.pictures if p.deleted_at is None}
    return [
        TimeLine(
            s.at, s.user.name, s.step, s.to_state, s.text, s.day,
            s.picture_id if s.picture_id in kept else None,
        )
        for s in case.steps
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AppealLine:
    """An appeal with the names of who raised and who decided it."""

    kind: str
    text: str
    state: str
    opened_at: datetime
    opened_by: str
    decided_at: datetime | None
    decided_by: str | None
    decision: str


def appeals_of(case: Case) -> list[AppealLine]:
    """The case's appeals, oldest first."""
    return [
        AppealLine(
            kind=a.kind,
            text=a.text,
            state=a.state,
            opened_at=a.opened_at,
            opened_by=a.opened_by.name,
            decided_at=a.decided_at,
            decided_by=a.decided_by.name if a.decided_by else None,
            decision=a.decision,
        )
        for a in case.appeals
    ]


def before_media(session: Session, case: Case) -> int | None:
    """The media id of the finding's own crop, where the case came from a camera."""
    if case.finding_id is None or case.evidence_deleted_at is not None:
        return None  # a small copy of the frame may be left for another case: it is not this one's
    return thumbs_of(session, [case.finding_id]).get(case.finding_id)


def same_place(session: Session, viewer: Viewer, case: Case, *, most: int = 5) -> Sequence[Case]:
    """Other cases of the same desk and clause: whether this comes again and again."""
    return session.scalars(
        select(Case)
        .where(
            visible(viewer),
            Case.hall_id == case.hall_id,
            Case.desk == case.desk,
            Case.clause == case.clause,
            Case.id != case.id,
        )
        .order_by(Case.day.desc(), Case.id.desc())
        .limit(most)
    ).all()
