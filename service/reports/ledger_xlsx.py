"""台账 as a workbook: the rows that its reader may see, ready to print, and their sums.

What comes from people is written as text, never as a formula.  The reader's name stands in the
foot of each page, so that a copy says whose it is.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from service.clock import to_hall

Cell: TypeAlias = "str | int | float | date | None"
SHEET: Final = "台账"
TITLE: Final = "6S 管理问题台账"
MOST_ROWS: Final = 10_000
"""A workbook of more rows is refused: it would take a minute and open on no office machine."""
MOST_TEXT: Final = 32_000
"""Excel's own limit of a cell is 32,767 characters."""

COLUMNS: Final[tuple[tuple[str, float], ...]] = (
    ("序号", 5),
    ("编号", 19),
    ("日期", 11),
    ("来源", 10),
    ("大厅", 14),
    ("窗口", 8),
    ("工位", 10),
    ("单位", 16),
    ("条款", 11),
    ("条款内容", 26),
    ("问题描述", 28),
    ("责任人", 14),
    ("完成时限", 11),
    ("整改措施", 20),
    ("复核人", 10),
    ("销号日期", 11),
    ("状态", 9),
    ("备注", 16),
)
"""Head and width in characters; the columns of a 台账 as inspectors keep it."""

_HEAD: Final = Font(bold=True, color="FFFFFF")
_FILL: Final = PatternFill("solid", fgColor="1C4F86")
_SIDE: Final = Side("thin", "BFC7D1")
_LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One case as the workbook prints it; words already in the reader's language."""

    number: str
    day: date
    channel: str
    hall: str
    window: str
    desk: str
    unit: str
    clause: str
    clause_text: str
    problem: str
    responsible: str
    due_day: date | None
    measure: str
    checker: str
    closed_at: datetime | None
    state: str
    overdue: bool
    recurrence: int

    def cells(self, place: int) -> list[Cell]:
        """In the order of ``COLUMNS``."""
        notes = ["逾期"] if self.overdue else []
        if self.recurrence:
            notes.append(f"复发第 {self.recurrence} 次")
        closed = to_hall(self.closed_at).date() if self.closed_at else None
        return [
            place, self.number, self.day, self.channel, self.hall, self.window, self.desk,
            self.unit, self.clause, self.clause_text, self.problem, self.responsible,
            self.due_day, self.measure, self.checker, closed, self.state, ";".join(notes),
        ]  # fmt: skip


def plain(value: Cell) -> Cell:
    """A value as it is written: text without control characters, cut where Excel would refuse."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c in "\n\t" or c.isprintable())[:MOST_TEXT]


def ledger_xlsx(lines: Sequence[LedgerLine], *, title: str, reader: str, made: datetime) -> bytes:
    """The workbook: sheet 台账 with a row a case, sheet 汇总 with their sums."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for place, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = f"{get_column_letter(len(COLUMNS))}{len(lines) + 1}"
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.print_area = f"A1:{last}"
    sheet.print_title_rows = "1:1"
    lay_out(sheet, title, reader, made)
    put_row(sheet, 1, [head for head, _ in COLUMNS], head=True)
    for place, line in enumerate(lines, 1):
        put_row(sheet, place + 1, line.cells(place))
    _sums(book.create_sheet("汇总"), lines, title, reader, made)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sums(
    sheet: Worksheet, lines: Sequence[LedgerLine], title: str, reader: str, made: datetime
) -> None:
    lay_out(sheet, title, reader, made)
    for column, width in (("A", 26), ("B", 10), ("C", 10), ("D", 10)):
        sheet.column_dimensions[column].width = width
    row = 1
    for head, keys in (
        ("状态", [line.state for line in lines]),
        ("条款", [line.clause for line in lines]),
        ("窗口", [f"{line.window} {line.unit}".strip() for line in lines]),
    ):
        put_row(sheet, row, [head, "件数", "已销号", "逾期"], head=True)
        for key, found in _by(keys, lines):
            closed = sum(line.closed_at is not None for line in found)
            late = sum(line.overdue for line in found)
            row += 1
            put_row(sheet, row, [key or "-", len(found), closed, late])
        row += 2


def _by(keys: Sequence[str], lines: Sequence[LedgerLine]) -> Iterable[tuple[str, list[LedgerLine]]]:
    """The lines by key, the commonest key first."""
    for key, _ in sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0])):
        yield key, [line for k, line in zip(keys, lines, strict=True) if k == key]


def lay_out(sheet: Worksheet, title: str, reader: str, made: datetime) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", int(sheet.PAPERSIZE_A4)
    margins = sheet.page_margins
    margins.left = margins.right = 0.3
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # an ampersand would begin a code of the head's own little language
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(title.replace("&", "&&")))
    reader = f"{reader} {to_hall(made):%Y-%m-%d %H:%M}".replace("&", "&&")
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(reader), right=_HeaderFooterPart("第 &P 页,共 &N 页")
    )


def put_row(sheet: Worksheet, row: int, values: Sequence[Cell], *, head: bool = False) -> None:
    for column, value in enumerate(map(plain, values), 1):
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"  # else a text that begins with "=" would be a formula
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        cell.border = _LINE
        cell.alignment = Alignment(wrap_text=True, vertical="center" if head else "top")
        if head:
            cell.font, cell.fill = _HEAD, _FILL
