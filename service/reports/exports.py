"""Reports as files, notices, and the rows behind a figure; for pages, API and command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from service.clock import hall_day
from service.reports.figures import span_of
from service.reports.frozen import as_json, day_json
from service.reports.office import Office
from service.reports.papers.build import (
    bulletin_paper,
    day_paper,
    title_of,
    week_paper,
    year_paper,
)
from service.reports.papers.paper import Paper
from service.reports.scores_xlsx import scores_xlsx
from service.reports.shapes import Bulletin, CaseLine, Kind, Notice, Report
from vision.seen import InputError

NAMES: Final = {
    Kind.DAY: "日巡查记录表",
    Kind.WEEK: "周汇总",
    Kind.MONTH: "月通报",
    Kind.YEAR: "年考核表",
}
YEARS: Final = (2000, 2100)


def checked_day(day: date | None, now: datetime, kind: Kind) -> date:
    """The day asked for, or the last one with something to report; InputError where absurd."""
    today = hall_day(now)
    if day is None:
        return today - timedelta(days=1) if kind is Kind.DAY else today
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise InputError("日期超出范围,请选择 2000 至 2100 年之间的日期。")
    return day


def around(kind: Kind, day: date, today: date) -> tuple[date, date | None]:
    """A day of the period before, and of the one after (None: not begun)."""
    first, last = span_of(kind, day)
    after = last + timedelta(days=1)
    return first - timedelta(days=1), after if after <= today else None


@dataclass(frozen=True, slots=True)
class Rows:
    """Which of a report's cases a figure was counted from."""

    unit: str = ""
    clause: str = ""
    person: int | None = None
    chief: str = ""
    what: str = ""

    def of(self, report: Report) -> list[CaseLine]:
        """The lines, in order; an unknown name gives none."""
        tests: dict[str, Callable[[CaseLine], bool]] = {
            "closed": lambda line: line.closed,
            "open": lambda line: not line.closed,
            "late": lambda line: line.late,
            "repeat": lambda line: line.recurrence > 0,
            "points": lambda line: line.points > 0,
        }
        return [
            line
            for line in report.standing
            if (not self.unit or line.who == self.unit)
            and (not self.clause or line.clause == self.clause)
            and (self.person is None or line.person_id == self.person)
            and (not self.chief or line.chief == self.chief)
            and (self.what not in tests or tests[self.what](line))
        ]


def notice_of(
    report: Report, unit: str, *, card: str | None, on: date, lines: Sequence[CaseLine]
) -> Notice:
    """A notice to one unit of what it has not closed; InputError where there is nothing."""
    if not lines:
        raise InputError("该单位在这一时段没有未销号的问题,无须通知。")
    score = next((s for s in report.units if s.unit == unit), None)
    return Notice(
        number=f"{report.first:%Y%m%d}-{report.last:%m%d}",
        hall=report.hall,
        unit=unit,
        windows=tuple(sorted({line.window for line in lines if line.window})),
        chief="、".join(dict.fromkeys(line.chief for line in lines if line.chief)),
        card=card if card is not None else (score.card if score else ""),
        lines=tuple(lines),
        issuer=report.hall,
        on=on,
        demands="",
    )


def report_paper(
    report: Report, session: Session, office: Office, *, reader: str, made: datetime
) -> Paper:
    """The week's, the month's or the year's document, as a working copy."""
    if report.kind is Kind.WEEK:
        return week_paper(report, reader=reader, made=made)
    if report.kind is Kind.YEAR:
        return year_paper(report, reader=reader, made=made)
    pictures = office.pictures(session, [line.id for line in report.lines])
    words = Bulletin("", title_of(report), report.hall, "各窗口单位", "", "")
    return bulletin_paper(report, words, pictures, reader=reader, made=made)


def drawn(paper: Paper, kind: str) -> bytes:
    """The paper as a file."""
    if kind == "pdf":
        from service.reports.papers.pdf import to_pdf

        return to_pdf(paper)
    from service.reports.papers.word import to_docx

    return to_docx(paper)


def exported(
    session: Session,
    office: Office,
    hall_id: int,
    kind: Kind,
    day: date,
    form: str,
    *,
    reader: str,
    now: datetime,
) -> tuple[bytes, str]:
    """A report as a file, and its name."""
    if kind is Kind.DAY:
        sheet = office.day(session, hall_id, day, as_of=now)
        name = f"{NAMES[kind]}-{day:%Y%m%d}.{form}"
        if form == "json":
            return json_bytes(day_json(sheet)), name
        if form == "xlsx":
            raise InputError("日巡查记录表没有 Excel 格式,请选 Word 或 PDF。")
        return drawn(day_paper(sheet, reader=reader, made=now), form), name
    found = office.report(session, hall_id, kind, day, as_of=now)
    name = f"{NAMES[kind]}-{found.first:%Y%m%d}-{found.last:%Y%m%d}.{form}"
    if form == "json":
        return json_bytes(as_json(found)), name
    if form == "xlsx":
        return scores_xlsx(found, reader=reader, made=now), f"得分-{name}"
    return drawn(report_paper(found, session, office, reader=reader, made=now), form), name


def json_bytes(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()
