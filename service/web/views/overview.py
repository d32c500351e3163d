"""The overview: trends of confirmed findings as charts and tables, precision from verdicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.review import precision as verdicts
from service.review.book import Book
from service.review.halls import HallName, halls_seen, last_checked
from service.review.precision import Precision, load_precision
from service.review.trends import Counted, Step, Unit, count_trends, steps_until
from service.web.deps import MAX_ID, DatabaseDep, Needs, NowDep
from service.web.i18n import Locale, locale_of, translate
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Overview = Annotated[Viewer, Depends(Needs(Permission.OVERVIEW))]
HallAsked = Annotated[int | Literal[""], Query(ge=1, le=MAX_ID)]
SHOWN_LINES: Final = 6
"""Colours that can be told apart; the rest is drawn as one and stands in the table."""
TABLE_LINES: Final = 40


@router.get("/overview")
def overview(
    request: Request,
    viewer: Overview,
    database: DatabaseDep,
    now: NowDep,
    hall: HallAsked = "",
    step: Step = "day",
) -> Response:
    """All of it, for one hall or for all that the viewer sees."""
    locale, today = locale_of(request), hall_day(now)
    hall_ids = viewer.among(hall or None)
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        until = figures_until(session, hall_ids, today, step)
        counted = count_trends(session, viewer, hall_ids, today=until, step=step)
        right = (
            load_precision(session, hall_ids, since=until - timedelta(days=verdicts.DAYS))
            if viewer.may(Permission.FINDINGS_READ)
            else None
        )
    book: Book = request.app.state.book
    names = {item.id: item.name for item in halls}
    many = len(hall_ids) > 1
    context = {
        "here": "start",
        "halls": halls,
        "hall": hall,
        "step": step,
        "charts": charts(book, counted, halls, many, locale),
        "until": None if until == today else until,
        "confirmed": counted.total,
        "precision": None
        if right is None
        else {
            "clauses": [
                (*clause_name(book, key, locale), _shares(value))
                for key, value in right.by_clause.items()
            ],
            "cameras": [
                (key[1] or "—", names.get(key[0], "") if many else "", _shares(value))
                for key, value in right.by_camera.items()
            ],
        },
    }
    return render(request, "overview.html", context)


@router.get("/overview/trends")
def trends(
    request: Request, viewer: Overview, database: DatabaseDep, now: NowDep, step: Step = "week"
) -> Response:
    """The charts alone: the start page asks for them once they come into view."""
    locale, today = locale_of(request), hall_day(now)
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        until = figures_until(session, viewer.hall_ids, today, step)
        counted = count_trends(session, viewer, viewer.hall_ids, today=until, step=step)
    shown = charts(request.app.state.book, counted, halls, len(halls) > 1, locale)
    stopped = None if until == today else until
    return render(request, "trends.html", {"charts": shown, "step": step, "until": stopped})


def figures_until(session: Session, hall_ids: Collection[int], today: date, step: Step) -> date:
    """Where the charts end: today, or the last day checked where nothing was since they began.

    Halls that have stopped show their last figures under their date, not an empty page.
    """
    last = last_checked(session, hall_ids)
    return last if last is not None and last < steps_until(today, step)[0] else today


def charts(
    book: Book, counted: Counted, halls: Sequence[HallName], many: bool, locale: Locale
) -> list[dict[str, Any]]:
    """The two charts: what the script draws, and the same numbers as a table."""
    names = {item.id: item.name for item in halls}
    clauses = [
        (" ".join(filter(None, clause_name(book, key, locale))), numbers)
        for key, numbers in counted.by_clause.items()
    ]
    units = [(_unit_name(unit, names, many), numbers) for unit, numbers in counted.by_unit.items()]
    return [
        _chart("clauses", translate(locale, "按条款"), clauses, counted, locale),
        _chart("units", translate(locale, "按窗口单位"), units, counted, locale),
    ]


def _chart(
    key: str,
    title: str,
    lines: Collection[tuple[str, list[int]]],
    counted: Counted,
    locale: Locale,
) -> dict[str, Any]:
    rest = translate(locale, "其余")
    drawn, listed = _first(lines, SHOWN_LINES, rest), _first(lines, TABLE_LINES, rest)
    steps = [f"{day:%m-%d}" for day in counted.steps]
    return {
        "key": key,
        "title": title,
        "steps": steps,
        "lines": [{"name": name, "numbers": n, "total": sum(n)} for name, n in listed],
        "data": {"steps": steps, "lines": [{"name": name, "numbers": n} for name, n in drawn]},
    }


def _first(
    lines: Collection[tuple[str, list[int]]], most: int, rest: str
) -> list[tuple[str, list[int]]]:
    """The first lines, and what comes after them added up as one."""
    found = list(lines)
    if len(found) <= most + 1:
        return found
    summed = [sum(column) for column in zip(*(n for _, n in found[most:]), strict=True)]
    return [*found[:most], (rest, summed)]


def _unit_name(unit: Unit, names: Mapping[int, str], many: bool) -> str:
    return f"{names.get(unit.hall_id, '')} · {unit.name}" if many else unit.name


def clause_name(book: Book, clause: str, locale: Locale) -> tuple[str, str]:
    """Its number and a few words."""
    known = book.all_clauses().get(clause)
    return clause, known.short(locale) if known else ""


def _shares(value: Precision) -> dict[str, Any]:
    return {
        "confirmed": value.confirmed,
        "dismissed": value.dismissed,
        "n": value.n,
        "percent": round(100 * value.share),
        "low": round(100 * value.low),
        "high": round(100 * value.high),
        "share": value.share,
    }
