"""台账 as a workbook, narrowed as the page is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from service.audit import append_by
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.models import Case
from service.ledger.read import all_cases, card_of
from service.reports.ledger_xlsx import MOST_ROWS, SHEET, TITLE, LedgerLine, ledger_xlsx
from service.review.book import Book
from service.web import words
from service.web.case_words import row_of
from service.web.deps import DatabaseDep, Needs, NowDep
from service.web.i18n import Locale, locale_of, translate
from service.web.ledger_filters import FiltersDep, kept

router = APIRouter(include_in_schema=False)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/ledger/export.xlsx")
def export(
    request: Request,
    viewer: Annotated[Viewer, Depends(Needs(Permission.CASES_READ))],
    database: DatabaseDep,
    now: NowDep,
    asked: FiltersDep,
) -> Response:
    """Every case of the list, on all its pages; that it was taken away is on record."""
    locale, book, today = locale_of(request), request.app.state.book, hall_day(now)
    filters = kept(asked, viewer)
    with database.read() as session:
        found = all_cases(session, viewer, filters, today=today, most=MOST_ROWS)
        lines = [_line(book, case, name, today, locale) for case, name in found]
    data = ledger_xlsx(lines, title=TITLE, reader=viewer.name, made=now)
    with database.write() as session:
        append_by(
            viewer,
            session,
            at=now,
            action="ledger.export",
            object_kind="ledger",
            object_id=str(filters.hall or "all"),
            hall_id=filters.hall,
            detail={"rows": len(lines)},
        )
    name = quote(f"{SHEET}-{today:%Y%m%d}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(data, media_type=XLSX, headers=headers)


def _line(book: Book, case: Case, hall: str, today: date, locale: Locale) -> LedgerLine:
    row = row_of(book, card_of(case, hall, today), locale)
    return LedgerLine(
        number=row.number,
        day=row.day,
        channel=translate(locale, words.SOURCES[row.channel]),
        hall=row.hall_name,
        window=row.window_name,
        desk=row.desk_name,
        unit=row.unit,
        clause=row.clause,
        clause_text=row.clause_text,
        problem=row.problem,
        responsible=row.responsible,
        due_day=row.due_day,
        measure=case.measure,
        checker=case.closed_by.name if case.closed_by else "",
        closed_at=row.closed_at,
        state=translate(locale, row.state.zh),
        overdue=row.overdue,
        recurrence=row.recurrence,
    )
