"""办公物品存放数量表 (GB/T 36112 annex B) as a CSV file: out, and in with each fault by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from datasets.classes import CLASS_ZH, CLASSES
from service.setup.faults import SetupError
from service.setup.registers import Permitted, check_permitted

COLUMNS: Final = ("工位", "物品名称", "数量", "备注")
BOM: Final = "\ufeff"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
LINES_MOST: Final = 5000
BYTES_MOST: Final = 500_000


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with one line (from 1): a sentence's template and its values."""

    line: int
    field: str
    template: str
    values: Mapping[str, object]


class ListError(SetupError):
    """A list with faults: nothing of it was taken."""

    def __init__(self, faults: list[LineFault]) -> None:
        super().__init__("清单有 {count} 处错误,未导入任何一行。", field="file", count=len(faults))
        self.faults = faults


def to_csv(things: Iterable[Permitted]) -> bytes:
    """The list for a spreadsheet program; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for t in things:
        cells = (t.desk, CLASS_ZH.get(t.cls, t.cls), str(t.number), t.note)
        writer.writerow([f"'{c}" if c.startswith(FORMULA) else c for c in cells])
    return (BOM + out.getvalue()).encode()


def from_csv(data: bytes, desks: Mapping[str, str]) -> list[Permitted]:
    """The lines of a file; ListError names every wrong one.

    UTF-8, or GB 18030 as spreadsheets on Chinese Windows save it; desks by id or by name, things
    by their Chinese name or class.
    """
    rows = _rows(_decoded(data))
    if not rows or [c.strip() for c in rows[0][1]][:3] != list(COLUMNS[:3]):
        raise ListError([LineFault(1, "", "第一行须是表头:工位,物品名称,数量,备注。", {})])
    faults: list[LineFault] = []
    found: dict[tuple[str, str], tuple[int, Permitted]] = {}
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            thing = _thing(cells, desks)
            check_permitted(thing, dict(desks))
            before = found.get((thing.desk, thing.cls))
            if before is not None:
                raise SetupError("与第 {other} 行重复。", field="物品名称", other=before[0])
        except SetupError as error:
            faults.append(LineFault(line, error.field, error.template, error.values))
            continue
        found[thing.desk, thing.cls] = (line, thing)
    if faults:
        raise ListError(faults)
    return [thing for _, thing in found.values()]


def _decoded(data: bytes) -> str:
    if len(data) > BYTES_MOST:
        raise ListError([LineFault(1, "", "文件太大,最多 {most} 字节。", {"most": BYTES_MOST})])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListError([LineFault(1, "", "文件不是 UTF-8 或 GB 18030 的 CSV 文本。", {})])


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Each row with the line that it begins on."""
    if "\0" in text:
        raise ListError([LineFault(1, "", "文件不是 UTF-8 或 GB 18030 的 CSV 文本。", {})])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
            if len(rows) > LINES_MOST:
                raise ListError([LineFault(start, "", "最多 {most} 行。", {"most": LINES_MOST})])
    except csv.Error:
        raise ListError([LineFault(start, "", "这一行的引号不成对。", {})]) from None
    return rows


def _thing(cells: list[str], desks: Mapping[str, str]) -> Permitted:
    if len(cells) < 3:
        raise SetupError("这一行不足三列。", field="")
    desk, name, number, *rest = (cell.strip().removeprefix("'") for cell in cells)
    by_name = {shown: id for id, shown in desks.items()}
    desk = desk if desk in desks else by_name.get(desk, desk)
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise SetupError("数量“{given}”不是整数。", field="数量", given=number)
    return Permitted(desk, _class_of(name), int(number), rest[0] if rest else "")


def _class_of(name: str) -> str:
    if name in CLASSES:
        return name
    known = {zh: cls for cls, zh in CLASS_ZH.items() if cls != "person"}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    if near:
        raise SetupError(
            "“{given}”不是可识别的物品,是否指“{near}”?", field="物品名称", given=name, near=near[0]
        )
    raise SetupError("“{given}”不是可识别的物品。", field="物品名称", given=name)
