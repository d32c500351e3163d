"""Documents: GB/T 9704's measures, every row there, nothing called clean that was not seen."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.run import Run

from service.evidence import whole
from service.reports.papers import tables
from service.reports.papers.build import (
    bulletin_paper,
    day_paper,
    no_pictures,
    notice_paper,
    week_paper,
    year_paper,
)
from service.reports.papers.paper import Paper, Para, Table, printable, typeset
from service.reports.papers.pdf import NoFace, to_pdf
from service.reports.papers.word import to_docx
from service.reports.papers.words import good_of, overview
from service.reports.shapes import Coverage, DayCell, DaySheet, DeskRow, Flags, Notice
from tests.reports.made_up import BULLETIN, LINES, MADE, line, report
from tests.web.pictures import draw_hall

JPEG = whole(draw_hall(5, thing="phone").image, quality=70).jpeg
SHEET = DaySheet(
    1, "石泉县政务服务中心", date(2026, 3, 11), "incomplete", "CAM5 无图像", None, 40, 30,
    ("CAM5",),
    Coverage(3, 1, 1, 2),
    (
        DayCell("2S-2-(4)", "手机", "W", Coverage(3, 1, 0, 0), 9, ("1号工位",), (), "found"),
        DayCell("2S-1-(3)", "座椅", "N", Coverage(0, 0, 1, 2), 0, (), (), "missing"),
        DayCell("4S-2-(1)", "着装", "", Coverage(), 0, (), (), "manual"),
    ),
    (("W", "2S-2-(4)"), ("N", "2S-1-(3)")),
    (DeskRow("1号工位", ("×", "—")), DeskRow("2号工位", ("√", "○"))),
    LINES[:1], ("李巡检",), "规则包 x",
)  # fmt: skip


def month(**more: Any) -> Paper:
    made = report(**more) if more else report()
    return bulletin_paper(made, BULLETIN, no_pictures, reader="", made=MADE)


def words_of(data: bytes) -> str:
    doc = Document(io.BytesIO(data))
    cells = [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in doc.paragraphs), *cells])


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("发现问题,已整改", "发现问题,已整改"),
        ("违反 2S-2-(4)“手机”", "违反 2S-2-(4)“手机”"),
        ("2S-1-(3),座椅", "2S-1-(3),座椅"),
        ("抽查(3 天)", "抽查(3 天)"),
        ("(一)某局", "(一)某局"),
        ("覆盖率 75%;其余", "覆盖率 75%;其余"),
        ("http://a.b:80/c?d=1,2", "http://a.b:80/c?d=1,2"),
        ("12:30 到 13:00", "12:30 到 13:00"),
    ],
)
def test_punctuation_is_full_width_where_chinese_stands(text: str, printed: str) -> None:
    full = {",": "\uff0c", ";": "\uff1b", "(": "\uff08", ")": "\uff09"}
    at = {
        "发现问题,已整改": ",",
        "2S-1-(3),座椅": ",",
        "抽查(3 天)": "()",
        "(一)某局": "()",
        "覆盖率 75%;其余": ";",
    }
    wanted = "".join(full[c] if c in at.get(text, "") else c for c in printed)
    if text == "2S-1-(3),座椅":
        wanted = "2S-1-(3)\uff0c座椅"
    assert typeset(text) == wanted


def face_of(run: Run) -> str:
    """The Chinese face of a run."""
    (fonts,) = run._r.xpath("./w:rPr/w:rFonts")
    return str(fonts.get(qn("w:eastAsia")))


def test_the_page_is_what_gbt_9704_asks() -> None:
    doc = Document(io.BytesIO(to_docx(month())))
    section = doc.sections[0]
    sizes = (
        section.page_width, section.page_height, section.top_margin, section.bottom_margin,
        section.left_margin, section.right_margin,
    )  # fmt: skip
    mm = [round(size.mm) if size else 0 for size in sizes]
    assert mm == [210, 297, 37, 35, 28, 26]
    assert (mm[0] - mm[4] - mm[5], mm[1] - mm[2] - mm[3]) == (156, 225)
    normal = doc.styles["Normal"]
    assert normal.font.size.pt == 16
    assert round(normal.paragraph_format.line_spacing.mm * 22) in (224, 225)
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    face = {line.text: line.runs[0] for line in doc.paragraphs if line.runs}
    title = face["关于2026年3月6S管理情况的通报"]
    assert title.font.size == Pt(22)
    assert face_of(title) == "方正小标宋简体"
    assert face_of(face["一、总体情况"]) == "黑体"
    foot = section.footer._element.xml
    assert "PAGE" in foot
    assert "— " in foot


def test_the_five_parts_and_three_annexes_stand_in_order() -> None:
    text = words_of(to_docx(month()))
    heads = ["一、总体情况", "二、先进典型", "三、存在问题", "四、得分与排名", "五、工作要求",
             "附件1", "附件2", "附件3"]  # fmt: skip
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    assert (
        text.index("石行审通〔2026〕3号") < text.index("关于2026年3月") < text.index("各窗口单位")
    )
    assert "2026年4月1日" in text


def test_every_case_has_its_row_and_every_unit_its_line() -> None:
    doc = Document(io.BytesIO(to_docx(month())))
    ledger = next(t for t in doc.tables if t.cell(0, 1).text == "编号")
    assert [row.cells[1].text for row in ledger.rows[1:]] == [
        f"2026-{made.id:04d}" for made in LINES
    ]
    assert [row.cells[-1].text for row in ledger.rows[1:]] == [
        "0.5", "1", "0.5", "申诉中", "申诉成立", "1", "1",
    ]  # fmt: skip
    units = next(t for t in doc.tables if t.cell(0, 0).text == "名次")
    assert [(row.cells[0].text, row.cells[1].text) for row in units.rows[1:]] == [
        ("1", "税务局"), ("2", "市场监管局"), ("3", "人社局"), ("不排名", "医保局"),
    ]  # fmt: skip


def test_what_was_not_seen_is_said_and_never_clean() -> None:
    text = "".join(overview(report()))
    for part in ("2 个工作日未开展(3月12日、3月13日)", "CAM5(16 天)", "330 项次未拍到",
                 "均不作合格处理", "尚有 2 条待确认"):  # fmt: skip
        assert part in text
    empty = report(lines=(), units=(), clauses=(), flags=Flags())
    words = words_of(to_docx(bulletin_paper(empty, BULLETIN, no_pictures, reader="", made=MADE)))
    assert "未判定部分不作结论" in words
    assert "本期没有同时满足" in good_of(empty)


def test_a_percentage_is_never_rounded_up_to_all() -> None:
    from service.reports.papers.words import percent

    assert [percent(x) for x in (0.9999, 1.0, 0.0, 0.5, 1 / 3)] == [
        "99.9%", "100%", "0%", "50%", "33.3%",
    ]  # fmt: skip


@pytest.mark.parametrize("reader", ["李巡检", ""])
def test_a_copy_says_whose_it_is_and_an_original_says_nothing(reader: str) -> None:
    paper = bulletin_paper(report(), BULLETIN, no_pictures, reader=reader, made=MADE)
    head = Document(io.BytesIO(to_docx(paper))).sections[0].header._element.xml
    assert ("李巡检" in head) is bool(reader)
    assert ("textpath" in head) is bool(reader)


def test_a_draft_says_so_on_every_page() -> None:
    draft = replace(BULLETIN, state="draft")
    paper = bulletin_paper(report(), draft, no_pictures, reader="李巡检", made=MADE)
    section = Document(io.BytesIO(to_docx(paper))).sections[0]
    for head in (section.header, section.even_page_header):
        assert "拟稿 李巡检" in head._element.xml


HARD = "=1+1 <b>&amp;</b> #let x = 1 $x$ *a* _b_ `c` @d \x00\x07 \\n " + "长" * 400


def papers() -> dict[str, Paper]:
    lines = tuple(line(i, "单" * 30, "W1", problem=HARD) for i in range(1, 301))
    pictures: dict[int, tuple[bytes | None, bytes | None]] = {1: (JPEG, JPEG), 2: (JPEG, None)}

    def seen(id: int) -> tuple[bytes | None, bytes | None]:
        return pictures.get(id, (None, None))

    kept: dict[str, Any] = {"reader": HARD[:60], "made": MADE}
    notice = Notice("1", "h", "u", ("W1",), "c", "red", LINES, "h", date(2026, 3, 30), HARD)
    return {
        "month": bulletin_paper(report(lines), replace(BULLETIN, good=HARD), seen, **kept),
        "week": week_paper(report(lines), **kept),
        "year": year_paper(report(), **kept),
        "day": day_paper(SHEET, **kept),
        "notice": notice_paper(notice, seen, **kept),
        "empty": Paper("t", (Table(("a",), (), (1,)), Para(""))),
    }


@pytest.mark.parametrize("name", ["month", "week", "year", "day", "notice", "empty"])
def test_hard_texts_and_many_rows_become_both_kinds_of_file(name: str) -> None:
    paper = papers()[name]
    text = words_of(to_docx(paper))
    assert name in ("year", "day", "empty") or "#let x = 1 $x$ *a* _b_ `c` @d" in text
    assert "\x07" not in text
    try:
        data = to_pdf(paper)
    except NoFace:
        pytest.skip("no Chinese face on this machine")
    assert data.startswith(b"%PDF")
    assert to_pdf(paper) == data, "the same paper gives the same bytes"


def test_the_day_sheet_says_what_each_clause_came_to() -> None:
    text = words_of(to_docx(day_paper(SHEET, reader="李巡检", made=MADE)))
    for part in ("发现问题 1 处", "未拍到", "人工", "CAM5", "巡检员"):
        assert part in text
    assert "未发现问题" not in text


def test_numbers_of_cases_fit_their_column() -> None:
    assert tables.short_number("shi-quan-2026-0012") == "2026-0012"
    assert printable("a\x00b\u202ec\n") == "abc\n"


def by_office(folder: Path, docx: bytes) -> bytes:
    """The Word file as LibreOffice lays it out."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (folder / "m.docx").write_bytes(docx)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
         "pdf", "--outdir", str(folder), str(folder / "m.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "m.pdf").read_bytes()


def by_typst(folder: Path, paper: Paper) -> bytes:
    del folder
    try:
        return to_pdf(paper)
    except NoFace:
        pytest.skip("no Chinese face on this machine")


def pages_of(pdf: bytes, *how: str) -> list[str]:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("poppler is not installed")
    made = subprocess.run([tool, *how, "-", "-"], input=pdf, check=True, capture_output=True)
    return made.stdout.decode().rstrip("\f").split("\f")


@pytest.mark.parametrize("laid_out", ["word", "pdf"])
def test_three_cases_a_page_and_no_caption_away_from_its_photos(
    tmp_path: Path, laid_out: str
) -> None:
    tall = whole(np.zeros((900, 700, 3), np.uint8), quality=70).jpeg
    wide = whole(np.zeros((540, 960, 3), np.uint8), quality=70).jpeg
    lines = tuple(line(n, "税务局", "W3") for n in range(1, 9))
    paper = bulletin_paper(
        report(lines), BULLETIN, lambda id: (tall, None) if id % 2 else (wide, tall),
        reader="", made=MADE,
    )  # fmt: skip
    if laid_out == "word":
        pages = pages_of(by_office(tmp_path, to_docx(paper)))
    else:
        pages = pages_of(by_typst(tmp_path, paper))
    start = next(n for n, page in enumerate(pages) if re.search(r"附件\s*3\s*整改前后", page))
    annex = pages[start:]
    cases = [re.findall(r"shiquan-2026-000(\d)", page) for page in annex]
    assert cases == [["1", "2", "3"], ["4", "5", "6"], ["7", "8"]]
    for page, on_it in zip(annex, cases, strict=True):
        assert len(re.findall(r"整改前\s*[\uff08(]", page)) == len(on_it)


def test_the_word_file_opens_in_libreoffice_as_pages(tmp_path: Path) -> None:
    pages = pages_of(by_office(tmp_path, to_docx(month())), "-layout")
    assert any("三、存在问题" in page for page in pages)
    assert 5 <= len(pages) <= 9
    for place, page in enumerate(pages, 1):
        assert re.search(rf"—\s*{place}\s*—", page), page
    body = next(line for line in pages[0].splitlines() if "2026" in line and "工作日" in line)
    assert 24 <= len(re.sub(r"\s", "", body)) <= 34, "a line holds about 28 characters"


def test_the_pdf_holds_the_same_words(tmp_path: Path) -> None:
    text = "".join(pages_of(by_typst(tmp_path, month())))
    for head in ("一、总体情况", "三、存在问题", "五、工作要求"):
        assert head in re.sub(r"\s", "", text)
    assert re.search("石泉县行政审批服务局", text)
