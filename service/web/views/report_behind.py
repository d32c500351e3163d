"""What a report's coverage, days and flags were counted from."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.auth.roles import Permission
from service.reports.behind import day_lines, flag_lines
from service.reports.exports import checked_day
from service.reports.figures import span_of
from service.reports.shapes import Coverage, Kind
from service.review.halls import halls_seen
from service.web.deps import Asked, DatabaseDep, NowDep
from service.web.paging import PageLinks
from service.web.report_parts import office_of
from service.web.report_words import KIND_WORDS
from service.web.setup_deps import NeedsHall
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Reads = Annotated[Asked, Depends(NeedsHall(Permission.REPORTS_READ))]
A_PAGE: Final = 200


def _frame(session: Session, asked: Asked, kind: Kind, day: date) -> dict[str, Any]:
    halls = halls_seen(session, asked.viewer.hall_ids)
    first, last = span_of(kind, day)
    return {
        "here": "reports",
        "hall": next(hall for hall in halls if hall.id == asked.hall_id),
        "kind": kind.value,
        "kinds": KIND_WORDS,
        "day": day,
        "first": first,
        "last": last,
    }


@router.get("/halls/{hall_id}/reports/days")
def days(
    request: Request,
    asked: Reads,
    database: DatabaseDep,
    now: NowDep,
    kind: Kind = Kind.MONTH,
    day: date | None = None,
    unit: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Each day's frames and cells, of the hall or of one unit; unchecked days among them."""
    chosen = checked_day(day, now, kind)
    with database.read() as session:
        context = _frame(session, asked, kind, chosen)
        found = office_of(request).report(session, asked.hall_id, kind, chosen, as_of=now)
        lines = day_lines(
            session,
            asked.hall_id,
            found.first,
            found.last,
            unit=unit,
            unchecked=found.workdays_unchecked,
        )
    whole = sum((line.coverage for line in lines), Coverage())
    context |= {"lines": lines, "unit": unit, "whole": whole}
    return render(request, "report_days.html", context)


@router.get("/halls/{hall_id}/reports/flags")
def flagged(
    request: Request,
    asked: Reads,
    database: DatabaseDep,
    now: NowDep,
    kind: Kind = Kind.MONTH,
    day: date | None = None,
    said: Literal["all", "confirm", "dismiss", ""] = "all",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The findings of the period that the cameras raised, with what people said of them."""
    chosen = checked_day(day, now, kind)
    first, last = span_of(kind, chosen)
    with database.read() as session:
        context = _frame(session, asked, kind, chosen)
        lines = flag_lines(session, asked.hall_id, first, last, now, said=said)
        plan = request.app.state.plans.newest(session, [asked.hall_id])[asked.hall_id]
    pages = max(1, -(-len(lines) // A_PAGE))
    number = min(page, pages)
    context |= {
        "lines": lines[(number - 1) * A_PAGE : number * A_PAGE],
        "total": len(lines),
        "said": said,
        "desks": plan.desks,
        "page": PageLinks(
            number, pages, {"kind": kind.value, "day": chosen.isoformat(), "said": said}
        ),
    }
    return render(request, "report_flags.html", context)
