"""A paper as a Word file, in the faces and measures of GB/T 9704-2012.

Faces are named, not embedded: WPS and Word put in the next one where the first is missing.
"""

from __future__ import annotations

import io
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from service.reports.papers.paper import (
    Block,
    Break,
    Heading,
    Paper,
    Para,
    Photos,
    Sign,
    Table,
    set_text,
)

SONG: Final = "方正小标宋简体"
FANG: Final = "仿宋_GB2312"
HEI: Final = "黑体"
KAI: Final = "楷体_GB2312"
ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "l": WD_ALIGN_PARAGRAPH.LEFT,
    "c": WD_ALIGN_PARAGRAPH.CENTER,
    "r": WD_ALIGN_PARAGRAPH.RIGHT,
}
RED: Final = RGBColor(0xD0, 0x10, 0x10)
OFFICIAL_MM: Final = (37, 26, 35, 28)
"""Margins top, right, bottom, left in mm: what leaves 156 × 225 mm on A4."""
FORM_MM: Final = (20, 18, 18, 18)
LINE_PT: Final = 28.95
"""225 mm over 22 lines."""
BODY_PT: Final = 16.0
"""三号."""
GRID: Final = {"type": "lines", "linePitch": "579"}
"""22 lines of 579/20 pt."""
PHOTO_MM: Final = {"official": 50, "form": 42}
"""The most that a picture is high: three cases with captions fill 225 mm under an annex's title."""
CLOSER: Final = "-4"
"""In 1/20 pt: 156 mm over 28 characters is 0.2 pt less than 三号 is wide.  As a character grid
Word and LibreOffice would set it differently."""


def to_docx(paper: Paper) -> bytes:
    """The Word file."""
    doc = Document()
    _page(doc, paper)
    _head(doc, paper)
    before: Block | None = None
    for block in paper.blocks:
        _block(doc, block, paper, new_page=isinstance(before, Break))
        before = block
    properties = doc.core_properties
    properties.title, properties.author, properties.comments = set_text(paper.title), "", ""
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def _size(paper: Paper) -> float:
    return BODY_PT if paper.official else 12.0


def _page(doc: Doc, paper: Paper) -> None:
    section = doc.sections[0]
    wide, high = (Mm(297), Mm(210)) if paper.landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = wide, high
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    top, right, bottom, left = OFFICIAL_MM if paper.official else FORM_MM
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance = Mm(15 if paper.official else 8)
    section.footer_distance = Mm(25 if paper.official else 8)
    if paper.official:
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        for key, value in GRID.items():
            grid.set(qn(f"w:{key}"), value)
    normal = doc.styles["Normal"]
    _face(normal, FANG, _size(paper))
    if paper.official:
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), CLOSER)
        normal.element.get_or_add_rPr().append(closer)
    shape = normal.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(LINE_PT if paper.official else 21)
    # page numbers stand outside: right on odd pages, left on even ones
    doc.settings.odd_and_even_pages_header_footer = True
    for foot, align in ((section.footer, "right"), (section.even_page_footer, "l")):
        _foot(foot.paragraphs[0], align)
    for head in (section.header, section.even_page_header):
        _mark(head.paragraphs[0], paper)


def _face(
    thing: Any,  # noqa: ANN401 - a run or a style: python-docx has no type for both
    name: str,
    points: float,
    *,
    bold: bool = False,
) -> None:
    """Set a run's or a style's face: python-docx itself knows only the Latin one."""
    thing.font.name, thing.font.size, thing.font.bold = "Times New Roman", Pt(points), bold
    thing.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _foot(line: Paragraph, align: str) -> None:
    line.alignment = ALIGN[align]
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        run = line.add_run(text if not kind else "")
        _face(run, "宋体", 14)
        if kind == "instr":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _mark(line: Paragraph, paper: Paper) -> None:
    """Whose copy it is: small in the head, and faint across the page."""
    if paper.foot:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = line.add_run(set_text(paper.foot))
        _face(run, "宋体", 9)
        run.font.color.rgb = RGBColor(0x80, 0x80, 0x80)
    if not paper.watermark:
        return
    shape = parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape type="#_x0000_t136" style="position:absolute;width:330pt;height:55pt;'
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#ececec" '
        'stroked="f"><v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" '
        'string=""/></v:shape></w:pict>'
    )
    shape.find(".//{urn:schemas-microsoft-com:vml}shape").find(
        "{urn:schemas-microsoft-com:vml}textpath"
    ).set("string", set_text(paper.watermark))
    line.add_run()._r.append(shape)


def _head(doc: Doc, paper: Paper) -> None:
    if paper.red_head:
        line = _line(doc, paper.red_head, SONG, 30, "center", color=RED)
        line.paragraph_format.line_spacing = Pt(48)
        if paper.number:
            _line(doc, paper.number, FANG, BODY_PT, "center")
        rule = _line(doc, "", FANG, 8, "center")
        rule.paragraph_format.line_spacing = Pt(12)
        edge = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="1" '
            'w:color="D01010"/></w:pBdr>'
        )
        rule._p.get_or_add_pPr().append(edge)
        _line(doc, "", FANG, BODY_PT, "center")
    elif paper.number and not paper.official:
        _line(doc, paper.number, FANG, 11, "right")
    title = _line(doc, paper.title, SONG, 22 if paper.official else 18, "center", bold=False)
    title.paragraph_format.line_spacing = Pt(34 if paper.official else 30)
    if paper.official:
        _line(doc, "", FANG, BODY_PT, "center")
    if paper.addressee:
        _line(doc, f"{paper.addressee}:", FANG, _size(paper), "left")


def _line(
    doc: Doc,
    text: str,
    face: str,
    points: float,
    align: str,
    *,
    bold: bool = False,
    color: RGBColor | None = None,
) -> Paragraph:
    line = doc.add_paragraph()
    line.alignment = ALIGN[align]
    run = line.add_run(set_text(text))
    _face(run, face, points, bold=bold)
    if color is not None:
        run.font.color.rgb = color
    return line


def _block(doc: Doc, block: Block, paper: Paper, *, new_page: bool) -> None:
    if isinstance(block, Heading):
        # a page break of its own would leave an empty line at the head of the page
        _heading(doc, block, paper).paragraph_format.page_break_before = new_page
    elif isinstance(block, Para):
        _para(doc, block, paper)
    elif isinstance(block, Table):
        _table(doc, block, paper)
    elif isinstance(block, Photos):
        _photos(doc, block, paper)
    elif isinstance(block, Sign):
        _sign(doc, block, paper)


def _heading(doc: Doc, block: Heading, paper: Paper) -> Paragraph:
    face, points = {1: (HEI, _size(paper)), 2: (KAI, _size(paper))}.get(
        block.level, (SONG, _size(paper) + 2)
    )
    line = _line(doc, block.text, face, points, "center" if block.level == 3 else "left")
    line.paragraph_format.keep_with_next = True
    if block.level < 3:
        line.paragraph_format.first_line_indent = Pt(2 * _size(paper)) if paper.official else None
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(block.level - 1))
        line._p.get_or_add_pPr().append(level)
    return line


def _para(doc: Doc, block: Para, paper: Paper) -> None:
    points = (12.0 if paper.official else 10.0) if block.small else _size(paper)
    for text in block.text.split("\n"):
        line = _line(doc, text, FANG, points, block.align)
        if block.indent:
            line.paragraph_format.first_line_indent = Pt(2 * points)
        line.paragraph_format.keep_with_next = block.keep
        if block.small:
            line.paragraph_format.line_spacing = Pt(points * 1.5)


def _sign(doc: Doc, block: Sign, paper: Paper) -> None:
    _line(doc, "", FANG, _size(paper), "left").paragraph_format.keep_with_next = True
    for text in block.lines:
        line = _line(doc, text, FANG, _size(paper), "right")
        line.paragraph_format.keep_with_next = text != block.lines[-1]
        line.paragraph_format.right_indent = Pt(4 * _size(paper) if paper.official else 12)


def _table(doc: Doc, block: Table, paper: Paper) -> None:
    if block.caption:
        _line(doc, block.caption, HEI, 12, "center").paragraph_format.keep_with_next = True
    rows = ([block.head] if block.head else []) + list(block.rows)
    columns = len(block.widths)
    table = doc.add_table(rows=len(rows), cols=columns)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    room = _room(doc)
    widths = [Emu(int(room * w / sum(block.widths))) for w in block.widths]
    for column, width in enumerate(widths):
        table.columns[column].width = width
    size = 10.5 if paper.official else 9.5
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:top w:w="40" w:type="dxa"/><w:left w:w="60" '
        'w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    table._tbl.tblPr.append(margins)
    cells: list[_Cell] = list(table._cells)  # asked for once: each ask walks the whole table
    for r, row in enumerate(rows):
        heads = bool(block.head) and r == 0
        for c in range(columns):
            cell = cells[r * columns + c]
            cell.width = widths[c]
            label = heads or (not block.head and c % 2 == 0)
            _cell(cell, row[c], size, "c" if heads else block.side(c), label)
        whole = table.rows[r]._tr.get_or_add_trPr()
        whole.append(OxmlElement("w:cantSplit"))
        if heads:
            whole.append(OxmlElement("w:tblHeader"))
    _line(doc, "", FANG, 6, "left").paragraph_format.line_spacing = Pt(8)


def _room(doc: Doc) -> int:
    section = doc.sections[0]
    wide, left, right = section.page_width, section.left_margin, section.right_margin
    return int(wide or 0) - int(left or 0) - int(right or 0)


def _cell(cell: _Cell, text: str, size: float, align: str, label: bool) -> None:
    line = cell.paragraphs[0]
    line.alignment = ALIGN[align]
    line.paragraph_format.line_spacing = 1.1
    _off_grid(line)
    _face(line.add_run(set_text(text)), HEI if label else FANG, size)
    if label:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF2F6"/>')
        cell._tc.get_or_add_tcPr().append(shade)


def _off_grid(line: Paragraph) -> None:
    """A table's lines don't snap to the page's 22."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    line._p.get_or_add_pPr().append(off)


def _photos(doc: Doc, block: Photos, paper: Paper) -> None:
    """One table a case: its caption, the two pictures, what each shows; never over two pages."""
    table = doc.add_table(rows=3, cols=2)
    table.style, table.autofit = "Table Grid", False
    half = _room(doc) // 2
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            cell.width = Emu(half)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    caption = table.cell(0, 0).merge(table.cell(0, 1))
    _cell(caption, block.caption, 10.5, "l", label=True)
    pairs = ((block.before, block.before_text), (block.after, block.after_text))
    for c, (picture, text) in enumerate(pairs):
        line = table.cell(1, c).paragraphs[0]
        line.alignment, line.paragraph_format.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, 1.0
        _off_grid(line)
        _cell(table.cell(2, c), text, 10.5, "c", label=False)
        if picture is None:
            _face(line.add_run("(无照片)"), FANG, 10.5)
            continue
        shown = line.add_run().add_picture(io.BytesIO(picture), width=Emu(int(half * 0.9)))
        most = Mm(PHOTO_MM["official" if paper.official else "form"])
        if shown.height > most:
            shown.width, shown.height = Emu(int(shown.width * most / shown.height)), most
    for place, row in enumerate(table.rows):
        for cell in row.cells:
            shape = cell.paragraphs[0].paragraph_format
            shape.space_before = shape.space_after = Pt(2)
            shape.keep_with_next = place < 2
    gap = _line(doc, "", FANG, 6, "left")
    gap.paragraph_format.line_spacing = Pt(8)
    _off_grid(gap)
