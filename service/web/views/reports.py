"""Day, week, month, year of a hall: on a page, as rows behind each figure, as documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.reports.bulletins import BulletinState, listed
from service.reports.day_sheet import SAID_ZH
from service.reports.exports import Rows, around, checked_day, drawn, exported, notice_of
from service.reports.figures import span_of
from service.reports.hall_papers import hall_papers
from service.reports.papers import words as paper_words
from service.reports.papers.build import notice_paper
from service.reports.papers.consent import impact_assessment, staff_notice
from service.reports.shapes import Kind
from service.review.halls import halls_seen, last_checked
from service.web.deps import Asked, DatabaseDep, Needs, NowDep, SettingsDep
from service.web.i18n import locale_of
from service.web.report_parts import (
    Format,
    PaperFormat,
    PeriodDep,
    file_answer,
    office_of,
    on_record,
)
from service.web.report_words import report_words
from service.web.setup_deps import NeedsHall, SetsUpHall
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Viewer, Depends(Needs(Permission.REPORTS_READ))]
Reads = Annotated[Asked, Depends(NeedsHall(Permission.REPORTS_READ))]
Name = Annotated[str, Query(max_length=200)]


@router.get("/reports")
def first_hall(request: Request, viewer: Reader, database: DatabaseDep) -> Response:
    """The reports of the first hall that the caller sees."""
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
    if not halls:
        return render(request, "reports.html", {"here": "reports", "halls": [], "hall": None})
    return RedirectResponse(f"/halls/{halls[0].id}/reports", status_code=303)


@router.get("/halls/{hall_id}/reports")
def show(
    request: Request,
    period: PeriodDep,
    database: DatabaseDep,
) -> Response:
    """One period, with its bulletins."""
    office, today = office_of(request), hall_day(period.now)
    asked, kind, now = period.asked, period.kind, period.now
    with database.read() as session:
        last = None if period.named else last_checked(session, [asked.hall_id])
        if last is not None and last < span_of(kind, period.day)[0]:
            # nothing was checked since: the last period that has something to say
            period = replace(period, day=last)
        chosen = period.day
        before, after = around(kind, chosen, today)
        values: dict[str, Any] = {
            **period.frame(session),
            "before": before,
            "after": after,
            "words": report_words(locale_of(request)),
            "drafts": asked.viewer.may(Permission.BULLETINS_WORK)
            and asked.viewer.role.value != "leader",
        }
        if kind is Kind.DAY:
            sheet = office.day(session, asked.hall_id, chosen, as_of=now)
            said = {key: report_words(locale_of(request))[zh] for key, zh in SAID_ZH.items()}
            return render(request, "report_day.html", {**values, "sheet": sheet, "said": said})
        found = office.report(session, asked.hall_id, kind, chosen, as_of=now)
        bulletins = listed(session, asked.hall_id, found.first, found.last)
        lines = [(row.id, row.title, row.kind, BulletinState(row.state), row.first_day,
                  row.last_day) for row in bulletins]  # fmt: skip
    return render(
        request,
        "reports.html",
        {
            **values,
            "r": found,
            "bulletins": lines,
            "ended": found.last < today,
            "going": any(s is not BulletinState.DROPPED and k == kind.value
                         and f == found.first for _, _, k, s, f, _ in lines),
        },
    )  # fmt: skip


@router.get("/halls/{hall_id}/reports/rows")
def rows(
    request: Request,
    period: PeriodDep,
    database: DatabaseDep,
    unit: Name = "",
    clause: Name = "",
    person: Annotated[int | None, Query(ge=1)] = None,
    chief: Name = "",
    what: Literal["", "closed", "open", "late", "repeat", "points"] = "",
) -> Response:
    """The cases that a figure was counted from, with what each takes."""
    with database.read() as session:
        frame = period.frame(session)
        found = office_of(request).report(
            session, period.asked.hall_id, period.kind, period.day, as_of=period.now
        )
    lines = Rows(unit, clause, person, chief, what).of(found)
    return render(
        request,
        "report_rows.html",
        {
            **frame,
            "r": found,
            "lines": lines,
            "sum": round(sum(line.points for line in lines), 2),
            "words": report_words(locale_of(request)),
            "unscored": paper_words.UNSCORED,
            "about": [part for part in (unit, clause, chief) if part],
        },
    )


@router.get("/halls/{hall_id}/reports/{kind}.{form}")
def export(
    request: Request,
    asked: Reads,
    kind: Kind,
    form: Format,
    database: DatabaseDep,
    now: NowDep,
    day: date | None = None,
) -> Response:
    """The report as a file with the caller's name on it; that it was taken is on record."""
    chosen = checked_day(day, now, kind)
    with database.read() as session:
        data, name = exported(
            session, office_of(request), asked.hall_id, kind, chosen, form,
            reader=asked.viewer.name, now=now,
        )  # fmt: skip
    on_record(database, asked.viewer, asked.hall_id, "report.export", name, now)
    return file_answer(data, name, form)


@router.get("/halls/{hall_id}/notice.{form}")
def notice(
    request: Request,
    period: PeriodDep,
    form: PaperFormat,
    database: DatabaseDep,
    unit: Name,
    card: Literal["blue", "yellow", "red", "none"] | None = None,
) -> Response:
    """整改通知单 to a unit: what it has not closed of the period."""
    office, asked, now = office_of(request), period.asked, period.now
    with database.read() as session:
        found = office.report(session, asked.hall_id, period.kind, period.day, as_of=now)
        lines = Rows(unit=unit, what="open").of(found)
        colour = None if card is None else card.replace("none", "")
        sheet = notice_of(found, unit, card=colour, on=hall_day(now), lines=lines)
        pictures = office.pictures(session, [line.id for line in lines])
        paper = notice_paper(sheet, pictures, reader=asked.viewer.name, made=now)
        data = drawn(paper, form)
    name = f"整改通知单-{unit}-{sheet.number}.{form}"
    on_record(database, asked.viewer, asked.hall_id, "report.notice", name, now)
    return file_answer(data, name, form)


@router.get("/halls/{hall_id}/papers/{paper}.{form}")
def template(
    asked: SetsUpHall,
    request: Request,
    paper: Literal["staff-notice", "impact-assessment"],
    form: PaperFormat,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """告知书 or 影响评估, filled from the hall's set-up, for a person to finish."""
    make, name = {
        "staff-notice": (staff_notice, "视频监控抽查告知书"),
        "impact-assessment": (impact_assessment, "个人信息保护影响评估报告"),
    }[paper]
    with database.read() as session:
        facts = hall_papers(session, settings, office_of(request).book, asked.hall_id, now)
    data = drawn(make(facts, reader=asked.viewer.name, made=now), form)
    on_record(database, asked.viewer, asked.hall_id, "report.template", paper, now)
    return file_answer(data, f"{name}.{form}", form)
