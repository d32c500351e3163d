"""Cases as pages and the API show them: sentences, allowed steps, forms already filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from rules.calendar import Calendar
from service.auth.viewer import Viewer
from service.db.models import Case, DutyPerson, User
from service.ledger.deadlines import workdays_after
from service.ledger.read import CaseCard, Counts
from service.ledger.states import STEPS, State, Step, steps_from
from service.ledger.work import WITH_FINDING
from service.review.book import Book
from service.web.i18n import Locale, translate
from service.web.present import MANUAL_REASONS

PATH: Final = (
    State.CONFIRMED,
    State.ASSIGNED,
    State.RECTIFYING,
    State.TO_CHECK,
    State.CLOSED,
)
"""The way of a case that goes straight, for the strip on its page."""

FIRST: Final = (
    Step.ASSIGN,
    Step.ACCEPT,
    Step.REPORT_DONE,
    Step.CLOSE,
    Step.UPHOLD,
)
"""Steps that carry a case on, the one to do next first."""

CHOICE_UNIT: Final = "unit"
CHOICE_PERSON: Final = "person:"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow(CaseCard):
    """A card with its words."""

    problem: str
    short: str
    window_name: str


def problem_of(book: Book, case: CaseCard | Case, locale: Locale) -> str:
    """What is wrong: the inspector's own words, else the measured reason."""
    if case.text:
        return case.text
    if case.reason_code in {"", "manual"}:
        return MANUAL_REASONS[locale]
    return book.sentence(case.reason_code, case.reason_values, locale)


def row_of(book: Book, card: CaseCard, locale: Locale) -> CaseRow:
    clause = book.all_clauses().get(card.clause)
    values = {field.name: getattr(card, field.name) for field in fields(CaseCard)}
    return CaseRow(
        **values,
        problem=problem_of(book, card, locale),
        short=clause.short(locale) if clause else "",
        window_name=card.window or translate(locale, "公共区域"),
    )


@dataclass(frozen=True, slots=True)
class Action:
    """A step that the viewer may take now: which fields its form has, and whether it is open."""

    step: Step
    needs: Sequence[str]
    first: bool
    photo: bool
    refused: str = ""


def actions_of(viewer: Viewer, case: Case) -> list[Action]:
    """The viewer's steps from here, the one to do next open."""
    state = State(case.state)
    actions = []
    for step in steps_from(state, viewer.role.value):
        if step in WITH_FINDING and case.finding_id is not None:
            continue
        if step is Step.TAKE_BACK and (len(case.steps) != 1 or _is_other(viewer, case)):
            continue
        if step is Step.KEEP_DUE and case.asked_day is None:
            continue
        rule = STEPS[state, step]
        own = rule.not_same_person and case.confirmed_by_id == viewer.user_id
        actions.append(
            Action(
                step,
                rule.needs,
                False,
                step in (Step.REPORT_DONE, Step.CLOSE, Step.APPEAL),
                "申诉须由另一名巡检员裁定,不能由原确认人裁定。" if own else "",
            )
        )
    order = {step: place for place, step in enumerate(FIRST)}
    again = state in (State.ASSIGNED, State.RECTIFYING)
    actions.sort(key=lambda a: order.get(a.step, 99) + 50 * (again and a.step is Step.ASSIGN))
    return [
        Action(a.step, a.needs, place == 0 and a.step in FIRST, a.photo, a.refused)
        for place, a in enumerate(actions)
    ]


def _is_other(viewer: Viewer, case: Case) -> bool:
    return case.confirmed_by_id != viewer.user_id


def responsible_choices(
    case: Case, chief: User | None, people: Sequence[DutyPerson], locale: Locale
) -> list[tuple[str, str]]:
    """Who a case may be assigned to: the window itself, or somebody of that day's roster."""
    named = [(f"{CHOICE_PERSON}{p.id}", f"{p.name} · {translate(locale, '值班')}") for p in people]
    return [(CHOICE_UNIT, unit_responsible(case, chief)), *named]


def unit_responsible(case: Case, chief: User | None) -> str:
    """The window's own name for a notice: its chief representative, else its unit."""
    parts = [case.unit or case.window or "公共区域", chief.name if chief else ""]
    return " ".join(part for part in parts if part)


def proposed_day(case: Case, today: date, days: int, calendar: Calendar) -> date | None:
    """The deadline that a form starts with; None where the calendar does not know the year."""
    start = max(today, case.due_day) if case.due_day else today
    return workdays_after(start, 1 if case.due_day else days, calendar)


def summary(counts: Counts, locale: Locale) -> list[Mapping[str, Any]]:
    """The figures above the list, each a link to what it counts."""
    figures = (
        ("confirmed", "待派单", counts.of(State.CONFIRMED), {"state": "confirmed"}),
        ("assigned", "待接单", counts.of(State.ASSIGNED), {"state": "assigned"}),
        ("rectifying", "整改中", counts.of(State.RECTIFYING), {"state": "rectifying"}),
        ("to_check", "待复核", counts.of(State.TO_CHECK), {"state": "to_check"}),
        ("appealed", "申诉中", counts.of(State.APPEALED), {"state": "appealed"}),
        ("overdue", "逾期", counts.overdue, {"overdue": "true"}),
        ("closed", "已销号", counts.of(State.CLOSED), {"state": "closed"}),
    )
    return [
        {"key": key, "text": translate(locale, text), "number": number, "query": query}
        for key, text, number, query in figures
    ]
