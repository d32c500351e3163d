"""What a report's coverage, days and flags were counted from."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.reports.behind import day_lines, flag_lines
from service.reports.figures import span_of
from service.reports.shapes import Coverage
from service.web.deps import DatabaseDep
from service.web.paging import PageLinks
from service.web.report_parts import Period, PeriodDep, office_of
from service.web.templating import render

router = APIRouter(include_in_schema=False)
A_PAGE: Final = 200


def _frame(session: Session, period: Period) -> dict[str, Any]:
    first, last = span_of(period.kind, period.day)
    return {**period.frame(session), "first": first, "last": last}


@router.get("/halls/{hall_id}/reports/days")
def days(
    request: Request,
    period: PeriodDep,
    database: DatabaseDep,
    unit: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Each day's frames and cells, of the hall or of one unit; unchecked days among them."""
    hall_id = period.asked.hall_id
    with database.read() as session:
        context = _frame(session, period)
        found = office_of(request).report(
            session, hall_id, period.kind, period.day, as_of=period.now
        )
        lines = day_lines(
            session,
            hall_id,
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
    period: PeriodDep,
    database: DatabaseDep,
    said: Literal["all", "confirm", "dismiss", ""] = "all",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The findings of the period that the cameras raised, with what people said of them."""
    hall_id = period.asked.hall_id
    with database.read() as session:
        context = _frame(session, period)
        lines = flag_lines(
            session, hall_id, context["first"], context["last"], period.now, said=said
        )
        plan = request.app.state.plans.newest(session, [hall_id])[hall_id]
    pages = max(1, -(-len(lines) // A_PAGE))
    number = min(page, pages)
    context |= {
        "lines": lines[(number - 1) * A_PAGE : number * A_PAGE],
        "total": len(lines),
        "said": said,
        "desks": plan.desks,
        "page": PageLinks(
            number,
            pages,
            {"kind": period.kind.value, "day": period.day.isoformat(), "said": said},
        ),
    }
    return render(request, "report_flags.html", context)
