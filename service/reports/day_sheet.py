"""日巡查记录表: a day of a hall, clause by clause and desk by desk.

A clean row needs every cell of it judged; where some were not seen the row says how many were, and
a camera that was not there never makes one clean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.clock import to_hall
from service.db.models import DayVerdict, Decision, Finding, Hall, LayoutVersion, Run, User
from service.reports.seen import KINDS, nights
from service.reports.shapes import CaseLine, Coverage, DayCell, DaySheet, DeskRow
from service.review.book import Book, Clause, HallPlan

MARKS: Final[Mapping[str, str]] = {
    "clean": "√",
    "found": "×",
    "waiting": "?",
    "unjudged": "○",
    "missing": "—",
    "none": "",
}
"""A mark of the matrix: 合格, 发现问题, 待确认, 无法判定, 未拍到, not asked for."""
SAID_ZH: Final[Mapping[str, str]] = {
    "found": "发现问题",
    "waiting": "待确认",
    "clean": "未发现问题",
    "partly_clean": "已判部分未发现问题",
    "unjudged": "无法判定",
    "missing": "未拍到",
    "manual": "人工",
}
WINDOW_ZH: Final[Mapping[str, str]] = {"W": "工作时间", "P": "开门前", "N": "下班后", "": ""}
DISMISSED: Final = "dismissed"


def day_sheet(
    session: Session,
    book: Book,
    hall_id: int,
    day: date,
    lines: Sequence[CaseLine],
) -> DaySheet:
    """The sheet of one day; ``lines``: the cases of that day."""
    hall = session.get_one(Hall, hall_id)
    run = session.scalars(
        select(Run).where(Run.hall_id == hall_id, Run.day == day).order_by(Run.id.desc()).limit(1)
    ).first()
    seen = nights(session, hall_id, day, day)
    rows = session.execute(
        select(DayVerdict, Finding.status)
        .outerjoin(Finding, Finding.id == DayVerdict.finding_id)
        .where(DayVerdict.hall_id == hall_id, DayVerdict.day == day)
    )
    states = {(v.window, v.clause, v.desk): (v, _state(v, status)) for v, status in rows}
    plan = _plan(session, book, run)
    names = plan.desks if plan else {}
    clauses = book.all_clauses()
    cells = _cells(clauses, book.clauses(), states, names)
    columns = tuple(
        dict.fromkeys(
            (w, c)
            for w in "PWN"
            for c in clauses
            if any(key[0] == w and key[1] == c for key in states)
        )
    )
    desks = sorted({key[2] for key in states}, key=lambda d: (_rank(names, d), d))
    whole = Coverage()
    for cell in cells:
        whole += cell.coverage
    return DaySheet(
        hall_id=hall_id,
        hall=hall.name,
        day=day,
        status=run.status if run else "",
        notice=run.notice if run else "",
        finished_at=to_hall(run.finished_at) if run and run.finished_at else None,
        frames=seen.frames,
        frames_usable=seen.usable,
        cameras_missing=tuple(gap.camera for gap in seen.gaps),
        coverage=whole,
        cells=tuple(cells),
        columns=columns,
        desks=tuple(
            DeskRow(
                names.get(desk, desk),
                tuple(_mark(states.get((window, clause, desk))) for window, clause in columns),
            )
            for desk in desks
        ),
        lines=tuple(lines),
        decided_by=_deciders(session, hall_id, day),
        versions=_versions(run),
    )


def _state(verdict: DayVerdict, finding: str | None) -> str:
    """found, waiting, clean, unjudged or missing; what a person dismissed is clean."""
    if verdict.verdict == "pass":
        return "clean"
    if verdict.verdict == "unjudged":
        return "missing" if verdict.frames_used == 0 else "unjudged"
    if finding == "confirmed":
        return "found"
    return "clean" if finding == DISMISSED else "waiting"


def _mark(state: tuple[DayVerdict, str] | None) -> str:
    return MARKS[state[1] if state else "none"]


def _cells(
    clauses: Mapping[str, Clause],
    judged: Mapping[str, Clause],
    states: Mapping[tuple[str, str, str], tuple[DayVerdict, str]],
    names: Mapping[str, str],
) -> list[DayCell]:
    """Each clause in each window that it was asked in; those for a person once, as 人工."""
    by: dict[tuple[str, str], list[tuple[str, DayVerdict, str]]] = {}
    for (window, clause, desk), (verdict, state) in states.items():
        by.setdefault((clause, window), []).append((desk, verdict, state))
    cells = []
    for row in clauses.values():
        if row.modality == "organise":
            continue  # how the scheme is run: nothing that a day could show
        asked = [window for window in "PWN" if (row.id, window) in by]
        for window in asked:
            cells.append(_cell(row, window, by[row.id, window], names))
        if not asked:
            said = "missing" if row.id in judged else "manual"
            cells.append(DayCell(row.id, row.text, "", Coverage(), 0, (), (), said))
    return cells


def _cell(
    clause: Clause,
    window: str,
    found: Sequence[tuple[str, DayVerdict, str]],
    names: Mapping[str, str],
) -> DayCell:
    coverage = Coverage()
    for _, verdict, _ in found:
        missing = verdict.verdict == "unjudged" and verdict.frames_used == 0
        coverage += Coverage(**{KINDS["missing" if missing else verdict.verdict]: 1})
    bad = _desks(found, "found", names)
    waiting = _desks(found, "waiting", names)
    return DayCell(
        clause.id,
        clause.text,
        window,
        coverage,
        max((verdict.frames_used for _, verdict, _ in found), default=0),
        bad,
        waiting,
        said_of(coverage, bool(bad), bool(waiting)),
    )


def said_of(coverage: Coverage, found: bool, waiting: bool) -> str:
    """One word for a clause's row; clean only where every cell was judged."""
    if found:
        return "found"
    if waiting:
        return "waiting"
    if not coverage.judged:
        return "unjudged" if coverage.unjudged else "missing"
    return "clean" if coverage.judged == coverage.expected else "partly_clean"


def _desks(
    found: Sequence[tuple[str, DayVerdict, str]], state: str, names: Mapping[str, str]
) -> tuple[str, ...]:
    ids = sorted(
        (desk for desk, _, stands in found if stands == state), key=lambda d: (_rank(names, d), d)
    )
    return tuple(names.get(desk, desk) for desk in ids)


def _rank(names: Mapping[str, str], desk: str) -> int:
    order = list(names)
    return order.index(desk) if desk in names else len(order)


def _plan(session: Session, book: Book, run: Run | None) -> HallPlan | None:
    return book.plan(session.get_one(LayoutVersion, run.layout_version_id)) if run else None


def _deciders(session: Session, hall_id: int, day: date) -> tuple[str, ...]:
    rows = session.scalars(
        select(User.name)
        .join(Decision, Decision.user_id == User.id)
        .join(Finding, Finding.id == Decision.finding_id)
        .where(Finding.hall_id == hall_id, Finding.last_day == day)
        .group_by(User.name)
        .order_by(User.name)
    )
    return tuple(rows)


def _versions(run: Run | None) -> str:
    if run is None:
        return ""
    return f"规则包 {run.pack_version},模型 {run.model_name} {run.model_version}"
