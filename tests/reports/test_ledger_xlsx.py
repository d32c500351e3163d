"""台账 as a workbook: every row, as text, ready to print, and only what its reader may see."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from service.db.models import AuditRow, Case
from service.reports.ledger_xlsx import COLUMNS, LedgerLine, ledger_xlsx
from tests.web.conftest import Login
from tests.web.seed import World
from vision.seen import HALL_TZ

MADE = datetime(2026, 3, 11, 20, 0, tzinfo=HALL_TZ)
LINE = LedgerLine(
    number="shiquan-2026-0001",
    day=date(2026, 3, 11),
    channel="视频抽查",
    hall="石泉县政务服务中心",
    window="W1",
    desk="1号工位",
    unit="税务局",
    clause="2S-2-(4)",
    clause_text="前台桌面不得摆放手机及其他配件",
    problem="桌面有 手机 1 部",
    responsible="税务局 张首席",
    due_day=date(2026, 3, 13),
    measure="",
    checker="",
    closed_at=None,
    state="已派单",
    overdue=False,
    recurrence=0,
)


def made(*lines: LedgerLine, reader: str = "李巡检") -> Any:
    data = ledger_xlsx(lines, title="6S 台账 A&B", reader=reader, made=MADE)
    return load_workbook(io.BytesIO(data))


def test_the_sheet_is_ready_to_print() -> None:
    sheet = made(LINE, LINE)["台账"]
    assert [cell.value for cell in sheet[1]] == [head for head, _ in COLUMNS]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:R3"
    assert sheet.print_area == "'台账'!$A$1:$R$3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_whose_copy_it_is_stands_on_every_page_of_both_sheets() -> None:
    book = made(LINE)
    for name in ("台账", "汇总"):
        assert book[name].oddFooter.left.text == "李巡检 2026-03-11 20:00"
        assert book[name].oddHeader.center.text == "6S 台账 A&&B"


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://x")', "+86 139", "-1", "@SUM(A1)", "\t=1", "'=1", "#REF!", "=="],
)
def test_no_text_becomes_a_formula_or_a_number(text: str) -> None:
    line = replace(LINE, problem=text, unit=text, window=text)
    book = made(line)
    cell = book["台账"].cell(2, 11)
    assert (cell.value, cell.data_type) == (text, "s")
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)


@pytest.mark.parametrize(
    ("text", "written"),
    [("a\x00b\x1fc", "abc"), ("x" * 40_000, "x" * 32_000), ("一\n二", "一\n二"), ("😀", "😀")],
)
def test_what_excel_would_refuse_is_left_out(text: str, written: str) -> None:
    assert made(replace(LINE, problem=text))["台账"].cell(2, 11).value == written


def test_days_are_days_and_notes_say_late_and_again() -> None:
    closed = datetime(2026, 3, 12, 23, 30, tzinfo=HALL_TZ)
    line = replace(LINE, overdue=True, recurrence=2, closed_at=closed)
    row = [cell.value for cell in made(line)["台账"][2]]
    assert row[2] == datetime(2026, 3, 11)
    assert row[15] == datetime(2026, 3, 12)
    assert row[17] == "逾期;复发第 2 次"


def test_sums_add_up_to_the_rows() -> None:
    closed = replace(LINE, closed_at=MADE, state="已销号")
    late = replace(LINE, overdue=True, clause="2S-2-(8)")
    sheet = made(LINE, closed, late, late)["汇总"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    blocks: dict[str, list[list[object]]] = {}
    head = ""
    for row in rows:
        if row[1] == "件数":
            head = str(row[0])
            blocks[head] = []
        elif row[0] is not None:
            blocks[head].append(row)
    assert set(blocks) == {"状态", "条款", "窗口"}
    for name, block in blocks.items():
        assert [sum(int(str(row[i])) for row in block) for i in (1, 2, 3)] == [4, 1, 2], name
    assert blocks["状态"][0] == ["已派单", 3, 0, 2]


def test_nothing_found_is_still_a_workbook() -> None:
    assert made()["台账"].max_row == 1


def test_the_export_is_the_page_and_is_on_record(login: Login, world: World) -> None:
    client = login("inspector")
    assert "/ledger/export.xlsx" in client.get("/ledger").text
    answer = client.get("/ledger/export.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.content))["台账"]
    with world.database.read() as session:
        own = world.halls["shiquan"]
        numbers = set(session.scalars(select(Case.number).where(Case.hall_id == own)))
        row = session.scalars(select(AuditRow).where(AuditRow.action == "ledger.export")).one()
        assert row.detail == {"rows": len(numbers)}
    assert {sheet.cell(r, 2).value for r in range(2, sheet.max_row + 1)} == numbers


def test_another_halls_cases_are_never_in_it(login: Login, world: World) -> None:
    own, foreign = world.halls["chengguan"], world.halls["shiquan"]
    for query in ("", f"?hall={foreign}"):
        data = login("other").get(f"/ledger/export.xlsx{query}").content
        sheet = load_workbook(io.BytesIO(data))["台账"]
        with world.database.read() as session:
            numbers = set(session.scalars(select(Case.number).where(Case.hall_id == own)))
        assert {sheet.cell(r, 2).value for r in range(2, sheet.max_row + 1)} == numbers


def test_filters_narrow_it(login: Login) -> None:
    data = login("inspector").get("/ledger/export.xlsx?state=closed").content
    assert load_workbook(io.BytesIO(data))["台账"].max_row == 1


def test_the_auditor_has_no_ledger(login: Login) -> None:
    assert login("auditor").get("/ledger/export.xlsx").status_code == 403


def test_more_rows_than_a_workbook_may_hold_are_refused_with_the_mend(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.views.ledger_export.MOST_ROWS", 0)
    answer = login("inspector").get("/ledger/export.xlsx")
    assert answer.status_code == 422
    assert "请先筛选" in answer.text
