"""The score books as a workbook: units, persons, the cases that they come from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from service.reports.ledger_xlsx import Cell, lay_out, put_row
from service.reports.papers import words
from service.reports.shapes import Report

UNITS: Final[tuple[tuple[str, float], ...]] = (
    ("名次", 8), ("单位", 20), ("窗口", 14), ("问题", 7), ("已销号", 8), ("逾期", 7), ("复发", 7),
    ("扣分", 8), ("得分", 8), ("应查项次", 10), ("已判项次", 10), ("覆盖率", 9), ("千项扣分", 10),
    ("牌", 7),
)  # fmt: skip
PERSONS: Final[tuple[tuple[str, float], ...]] = (
    ("姓名", 14), ("单位", 20), ("身份", 12), ("问题", 8), ("扣分", 8), ("得分", 8),
    ("问题编号", 60),
)  # fmt: skip
CASES: Final[tuple[tuple[str, float], ...]] = (
    ("编号", 20), ("日期", 11), ("来源", 10), ("单位", 18), ("窗口", 8), ("工位", 10),
    ("条款", 11), ("问题", 36), ("状态", 12), ("扣分", 8), ("不计分原因", 12), ("指认人员", 12),
)  # fmt: skip


def scores_xlsx(report: Report, *, reader: str, made: datetime) -> bytes:
    """Sheets 窗口单位, 个人 and 问题; the sums of the third are the points of the first."""
    book = Workbook()
    title = f"{report.hall} 6S 得分 {words.span_zh(report.first, report.last)}"
    units: list[Sequence[Cell]] = [
        [
            words.rank_zh(u), u.unit, "、".join(u.windows), u.cases, u.closed, u.late, u.repeats,
            u.taken, u.score, u.coverage.expected, u.coverage.judged,
            words.percent(u.coverage.share), u.per_thousand, words.CARDS[u.card],
        ]
        for u in report.units
    ]  # fmt: skip
    numbers = {line.id: line.number for line in report.lines}
    persons: list[Sequence[Cell]] = [
        [
            p.name, p.unit, "首席代表" if p.role == "chief" else "窗口人员", p.cases, p.taken,
            p.score, "、".join(numbers[id] for id in p.case_ids),
        ]
        for p in report.persons
    ]  # fmt: skip
    cases: list[Sequence[Cell]] = [
        [
            line.number, line.day, words.CHANNELS.get(line.channel, line.channel), line.who,
            line.window, line.desk, line.clause, line.problem, words.state_zh(line), line.points,
            words.UNSCORED[line.unscored] if line.unscored else "", line.person,
        ]
        for line in report.lines
    ]  # fmt: skip
    sheet = book.worksheets[0]
    sheet.title = "窗口单位"
    _fill(sheet, UNITS, units, title, reader, made)
    _fill(book.create_sheet("个人"), PERSONS, persons, title, reader, made)
    _fill(book.create_sheet("问题"), CASES, cases, title, reader, made)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(
    sheet: Worksheet,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[Cell]],
    title: str,
    reader: str,
    made: datetime,
) -> None:
    for place, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = f"{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.print_area = f"A1:{last}"
    sheet.print_title_rows = "1:1"
    lay_out(sheet, title, reader, made)
    put_row(sheet, 1, [head for head, _ in columns], head=True)
    for place, values in enumerate(rows, 2):
        put_row(sheet, place, values)
