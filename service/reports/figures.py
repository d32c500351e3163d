"""A hall's week, month or year from its rows, as they stood at one moment.

Only confirmed cases count.  The ranking is by points per thousand cells that could be judged, so
that a window whose camera was dark half the month is not first for it; too little seen is not
ranked at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from rules.calendar import Calendar
from service.clock import hall_day, to_hall
from service.db.models import Hall, LayoutVersion
from service.reports.cases import case_lines, is_trial
from service.reports.points import DIGITS, PointsTable, Tables
from service.reports.seen import Nights, coverage_by_unit, flags, nights, workdays
from service.reports.shapes import (
    CaseLine,
    ClauseCount,
    Coverage,
    Kind,
    MonthLine,
    PersonScore,
    Report,
    UnitScore,
    Unscored,
    YearLine,
)
from service.review.book import Book
from vision.seen import InputError

PER: Final = 1000
DAYS_MOST: Final = 366


def span_of(kind: Kind, day: date) -> tuple[date, date]:
    """The period that a day lies in: Monday to Sunday, its month, its year."""
    if kind is Kind.DAY:
        return day, day
    if kind is Kind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if kind is Kind.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def report(
    session: Session,
    book: Book,
    calendar: Calendar,
    hall_id: int,
    kind: Kind,
    first: date,
    last: date,
    *,
    as_of: datetime,
    tables: Tables,
) -> Report:
    """The period's figures.  InputError where it has not begun or is too long."""
    today = hall_day(as_of)
    if last < first or (last - first).days >= DAYS_MOST:
        raise InputError("起止日期有误:止日不得早于起日,且最长一年。")
    if first > today:
        raise InputError("这一时段还没有开始,没有可统计的内容。")
    hall = session.get_one(Hall, hall_id)
    seen = nights(session, hall_id, first, last)
    whole, by_unit = coverage_by_unit(session, hall_id, first, last)
    lines = case_lines(session, book, hall_id, first, last, as_of=as_of, tables=tables)
    table = tables.on(min(last, today))
    worked = workdays(calendar, first, last, today - timedelta(days=1))
    return Report(
        kind=kind,
        hall_id=hall_id,
        hall=hall.name,
        first=first,
        last=last,
        as_of=to_hall(as_of),  # the same moment reads the same, however it was stored
        days_checked=len(seen.days),
        workdays=None if worked is None else len(worked),
        workdays_unchecked=tuple(day for day in worked or () if day not in seen.layouts),
        frames=seen.frames,
        frames_usable=seen.usable,
        coverage=whole,
        gaps=seen.gaps,
        flags=flags(session, hall_id, first, last, as_of),
        lines=tuple(lines),
        clauses=tuple(clause_counts(lines)),
        units=tuple(unit_scores(lines, by_unit, table)),
        persons=tuple(person_scores(lines, table)),
        points_version=table.version,
        points_source=table.source,
        trial_days=trial_days(session, seen),
        years=_year(session, hall_id, first, lines, tables, today) if kind is Kind.YEAR else (),
    )


def trial_days(session: Session, seen: Nights) -> int:
    """Days that were judged by a layout in 试行."""
    texts = {id: session.get_one(LayoutVersion, id).yaml for id in set(seen.layouts.values())}
    return sum(is_trial(texts[id]) for id in seen.layouts.values())


def standing(lines: Sequence[CaseLine]) -> list[CaseLine]:
    """Problems: an appeal that was upheld is none."""
    return [line for line in lines if line.unscored is not Unscored.UPHELD]


def clause_counts(lines: Sequence[CaseLine]) -> list[ClauseCount]:
    """By clause, the commonest first."""
    groups: dict[str, list[CaseLine]] = {}
    for line in standing(lines):
        groups.setdefault(line.clause, []).append(line)
    counts = []
    for clause, found in groups.items():
        units: dict[str, int] = {}
        for line in found:
            units[line.who] = units.get(line.who, 0) + 1
        counts.append(
            ClauseCount(
                clause,
                found[-1].clause_text,
                len(found),
                sum(line.closed for line in found),
                sum(line.late for line in found),
                tuple(sorted(units.items(), key=lambda item: (-item[1], item[0]))),
                tuple(line.id for line in found),
            )
        )
    return sorted(counts, key=lambda c: (-c.cases, c.clause))


def taken_of(lines: Sequence[CaseLine]) -> float:
    """Points that these cases take together."""
    return round(sum(line.points for line in lines), DIGITS)


def unit_scores(
    lines: Sequence[CaseLine],
    seen: dict[str, tuple[Coverage, frozenset[str]]],
    table: PointsTable,
) -> list[UnitScore]:
    """The window units' book, the best rank first, the unranked last.

    The hall's own ground (no window) is nobody's and has no line.
    """
    groups: dict[str, list[CaseLine]] = {unit: [] for unit in seen}
    for line in standing(lines):
        if line.window:
            groups.setdefault(line.unit or line.window, []).append(line)
    scores = [
        _unit(unit, found, *seen.get(unit, (Coverage(), frozenset())), table)
        for unit, found in groups.items()
    ]
    rates = [s.per_thousand for s in scores if s.per_thousand is not None and _enough(s, table)]
    ranked = [
        replace(
            score,
            rank=1 + sum(rate < score.per_thousand for rate in rates)
            if score.per_thousand is not None and _enough(score, table)
            else None,
        )
        for score in scores
    ]
    return sorted(ranked, key=lambda s: (s.rank is None, s.rank or 0, -s.coverage.share, s.unit))


def _enough(score: UnitScore, table: PointsTable) -> bool:
    return score.coverage.judged > 0 and score.coverage.share >= table.rank_least


def _unit(
    unit: str,
    found: Sequence[CaseLine],
    coverage: Coverage,
    windows: frozenset[str],
    table: PointsTable,
) -> UnitScore:
    taken = taken_of(found)
    rate = round(taken * PER / coverage.judged, DIGITS) if coverage.judged else None
    return UnitScore(
        unit=unit,
        windows=tuple(sorted(windows | {line.window for line in found})),
        cases=len(found),
        closed=sum(line.closed for line in found),
        late=sum(line.late for line in found),
        repeats=sum(line.recurrence > 0 for line in found),
        taken=taken,
        score=round(table.base - taken, DIGITS),
        coverage=coverage,
        per_thousand=rate,
        rank=None,
        card=table.card(taken),
        case_ids=tuple(line.id for line in found),
    )


def person_scores(lines: Sequence[CaseLine], table: PointsTable) -> list[PersonScore]:
    """The persons' book: whom an inspector named, and chiefs by their share; the most first."""
    named: dict[tuple[int, str], list[CaseLine]] = {}
    chiefs: dict[tuple[str, str], list[CaseLine]] = {}
    for line in standing(lines):
        if line.person_id is not None:
            named.setdefault((line.person_id, line.person), []).append(line)
        if line.chief:
            chiefs.setdefault((line.chief, line.unit or line.window), []).append(line)
    scores = [
        _person(name, found, "person", taken_of(found), table, id)
        for (id, name), found in named.items()
    ]
    scores += [
        _person(name, found, "chief", round(taken_of(found) * table.chief_share, DIGITS), table)
        for (name, _), found in chiefs.items()
    ]
    return sorted(scores, key=lambda s: (-s.taken, s.role, s.name, s.unit))


def _person(
    name: str,
    found: Sequence[CaseLine],
    role: str,
    taken: float,
    table: PointsTable,
    person_id: int | None = None,
) -> PersonScore:
    return PersonScore(
        name=name,
        unit=found[-1].unit or found[-1].window,
        role=role,
        cases=len(found),
        taken=taken,
        score=round(table.base - taken, DIGITS),
        case_ids=tuple(line.id for line in found),
        person_id=person_id,
    )


def _year(
    session: Session,
    hall_id: int,
    first: date,
    lines: Sequence[CaseLine],
    tables: Tables,
    today: date,
) -> tuple[YearLine, ...]:
    """Twelve months a unit; a month that was not checked has no coverage and no score."""
    months: list[tuple[date, dict[str, UnitScore], Coverage]] = []
    for month in range(1, 13):
        start, end = span_of(Kind.MONTH, date(first.year, month, 1))
        if start > today:
            break
        whole, seen = coverage_by_unit(session, hall_id, start, end)
        own = [line for line in lines if start <= line.day <= end]
        scores = unit_scores(own, seen, tables.on(min(end, today)))
        months.append((start, {score.unit: score for score in scores}, whole))
    units = sorted({unit for _, scores, _ in months for unit in scores})
    return tuple(_unit_year(unit, months) for unit in units)


def _unit_year(
    unit: str, months: Sequence[tuple[date, dict[str, UnitScore], Coverage]]
) -> YearLine:
    cells: list[MonthLine] = []
    found: list[UnitScore] = []
    for start, scores, _ in months:
        score = scores.get(unit)
        if score is None:
            cells.append(MonthLine(start.month, 0, 0.0, None))
            continue
        checked = score.coverage.share if score.coverage.expected else None
        cells.append(MonthLine(start.month, score.cases, score.taken, checked))
        if checked is not None:
            found.append(score)
    mean = round(sum(s.score for s in found) / len(found), DIGITS) if found else None
    return YearLine(
        unit,
        tuple(cells),
        sum(cell.cases for cell in cells),
        round(sum(cell.taken for cell in cells), DIGITS),
        mean,
        tuple(score.card for score in found if score.card),
    )
