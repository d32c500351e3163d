"""The cases of a period as a report counts them: how each stood, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from service.db.models import Case, LayoutVersion, User
from service.halls import saved_layout
from service.ledger.states import State
from service.reports.history import stood
from service.reports.points import Tables, weigh
from service.reports.shapes import CaseLine
from service.review.book import Book, is_advisory

LEFT_OUT = (State.PENDING, State.REJECTED)
"""Not confirmed, or found to be none: no report speaks of them."""


@lru_cache(maxsize=64)
def is_trial(layout_yaml: str) -> bool:
    """Whether a saved layout says 试行."""
    hall = saved_layout(layout_yaml).get("hall")
    return isinstance(hall, Mapping) and hall.get("mode") == "trial"


class Trials:
    """Which layout versions of a hall were 试行; a hand-entered case has its day's version."""

    def __init__(self, session: Session, hall_id: int) -> None:
        rows = session.execute(
            select(LayoutVersion.id, LayoutVersion.created_at, LayoutVersion.yaml)
            .where(LayoutVersion.hall_id == hall_id)
            .order_by(LayoutVersion.id)
        )
        self.versions = [(id, at, is_trial(text)) for id, at, text in rows]

    def of(self, version_id: int | None, at: datetime) -> bool:
        """By the version given, else by the last one saved before the moment."""
        found = False
        for id, saved, trial in self.versions:
            if version_id is not None and id == version_id:
                return trial
            if saved <= at:
                found = trial
        return found if version_id is None else False


def case_lines(
    session: Session,
    book: Book,
    hall_id: int,
    first: date,
    last: date,
    *,
    as_of: datetime,
    tables: Tables,
) -> list[CaseLine]:
    """The period's confirmed cases as they stood at ``as_of``, the oldest first."""
    trials = Trials(session, hall_id)
    cases = session.scalars(
        select(Case)
        .where(Case.hall_id == hall_id, Case.day.between(first, last))
        .options(selectinload(Case.steps), joinedload(Case.person), joinedload(Case.chief))
        .order_by(Case.day, Case.id)
    ).all()
    names = _names(session, cases)
    lines = []
    for case in cases:
        line = _line(book, case, as_of, trials, tables, names)
        if line is not None:
            lines.append(line)
    return lines


def _names(session: Session, cases: Sequence[Case]) -> Mapping[int, str]:
    """Names of those who closed one, by id."""
    ids = {step.user_id for case in cases for step in case.steps if step.to_state == State.CLOSED}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _line(
    book: Book,
    case: Case,
    as_of: datetime,
    trials: Trials,
    tables: Tables,
    names: Mapping[int, str],
) -> CaseLine | None:
    stands = stood(case.steps, as_of)
    if stands is None or stands.state in LEFT_OUT:
        return None
    weighed = weigh(
        tables.on(case.day),
        clause=case.clause,
        advisory=is_advisory(case.modality),
        trial=trials.of(case.layout_version_id, case.confirmed_at),
        appealed=stands.state is State.APPEALED,
        upheld=stands.state is State.APPEAL_UPHELD,
        recurrence=case.recurrence,
        late=stands.late,
    )
    return CaseLine(
        id=case.id,
        number=case.number,
        day=case.day,
        channel=case.channel,
        window=case.window,
        desk=case.desk_name,
        unit=case.unit,
        clause=case.clause,
        clause_text=case.clause_text,
        problem=problem_of(book, case),
        state=stands.state.value,
        responsible=case.responsible,
        person_id=case.person_id,
        person=case.person.name if case.person else "",
        chief=case.chief.name if case.chief else "",
        due_day=stands.due_day,
        closed_day=stands.closed_day,
        checker=names.get(stands.closed_by_id or 0, ""),
        measure=case.measure,
        late=stands.late,
        recurrence=case.recurrence,
        points=weighed.points,
        unscored=weighed.unscored,
    )


def problem_of(book: Book, case: Case) -> str:
    """What is wrong, in Chinese: the inspector's own words, else the measured reason."""
    if case.text:
        return case.text
    if case.reason_code in {"", "manual"}:
        return "巡检员在图上补记。"
    return book.sentence(case.reason_code, case.reason_values or {}, "zh_CN")
