"""Every wrong layout, calendar or pack gives one sentence: file, line, field and mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.calendar import load_calendar
from rules.layout import load_layout
from rules.pack import load_pack
from vision.seen import CalendarError, InputError, LayoutError, PackError

LAYOUT = """\
schema: 1
hall: {id: made, name: 样例大厅, level: county, mode: trial}
hours:
  weekly: {mon: "09:00-17:00", tue: "09:00-17:00"}
  lunch: "12:00-13:00"
  seasons:
    - {from: "05-01", to: "09-30", weekly: {mon: "08:30-17:30"}}
  windows:
    W1: {weekly: {mon: "09:00-12:00"}}
  closures:
    - {from: 2026-02-10, to: 2026-02-12, why: 装修}
  overtime:
    - {date: 2026-11-21, hours: "09:00-12:00"}
desks:
  - id: D1
    window: W1
    size_cm: [140, 70]
    allowed: [monitor, mouse]
    order: [monitor, mouse]
    counts: {monitor: 1}
  - {id: D2}
cameras:
  - id: C1
    size: [1920, 1080]
    reference: {day: ref/C1.jpg}
    lens: {focal: 0.8, k1: -0.2}
    planes:
      - id: floor
        kind: floor
        points:
          - {at: [0.1, 0.5], cm: [0, 0]}
          - {at: [0.9, 0.5], cm: [300, 0]}
          - {at: [0.9, 0.9], cm: [300, 200]}
          - {at: [0.1, 0.9], cm: [0, 200]}
    ignore:
      - [[0, 0], [0.3, 0], [0.3, 0.1], [0, 0.1]]
    zones:
      - {id: top1, kind: desk_top, desk: D1, polygon: [[0.1, 0.5], [0.4, 0.5], [0.4, 0.8]]}
      - {kind: floor, polygon: [[0.5, 0.5], [0.9, 0.5], [0.9, 0.8]]}
    things:
      - {thing: monitor, at: [0.2, 0.6], desk: D1, tolerance_cm: 5}
"""

CALENDAR = """\
year: 2026
holidays:
  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}
  - {name: 国庆节, from: 2026-10-01, to: 2026-10-07}
workdays:
  - 2026-01-04
  - 2026-10-10
"""

PACK = """\
pack: made
version: "1"
title: 样例
effective_from: 2026-01-01
effective_to: 2026-12-31
rows:
  - id: 2S-2-(4)
    text: 前台桌面不得摆放手机及其他配件
    gloss: no phone on the front desk
    s: 2S
    modality: forbid
    windows: W
    tier: MUST
    persistence: {frames: 2}
    checks:
      - kind: object_in_zone
        windows: W
        params:
          classes: [phone]
          zones: [desk_top]
    points: {deduct: 0.5, source: 样例}
  - id: 2S-2-(7)
    text: 座椅上的坐垫、靠垫颜色尽量与座椅颜色相近
    gloss: cushion like the chair
    s: 2S
    modality: advise
    tier: MUST-ADVISORY
    manual: 颜色由人看
"""

# what to replace, by what, the line named, a piece of the field, a piece of the mend
WRONG_LAYOUTS: list[tuple[str, str, int, str, str]] = [
    ("schema: 1\n", "", 1, "schema", "add a line 'schema"),
    ("    ignore:", "    clock: [[0, 0], [2, 0], [1, 1]]\n    ignore:", 35, "clock", "divide"),
    ("    ignore:", "    clock: [0.1, 0.2, 0.3]\n    ignore:", 35, "clock", "write [x, y]"),
    ("schema: 1", "schema: 2", 1, "schema", "update deskcheck"),
    ("schema: 1", "schema: one", 1, "schema", "one of 1"),
    ("hall: {id: made, name: 样例大厅, level: county, mode: trial}\n", "", 1, "hall", "add a line"),
    ("id: made, ", "", 2, "hall.id", "for example id: shiquan"),
    ("id: made", "id: a/b", 2, "hall.id", "shiquan"),
    ("level: county", "level: country", 2, "hall.level", "did you mean 'county'"),
    ("mode: trial", "mode: test", 2, "hall.mode", "'trial' or 'full'"),
    ("mode: trial", "moed: trial", 2, "hall.moed", "did you mean 'mode'"),
    ("weekly: {mon", "weekly: {mun", 4, "hours.weekly.mun", "'mon'"),
    ('tue: "09:00-17:00"', 'tue: "9-5"', 4, "hours.weekly.tue", 'write "09:00-17:00"'),
    ('tue: "09:00-17:00"', 'tue: "17:00-09:00"', 4, "hours.weekly.tue", "earlier time first"),
    ('tue: "09:00-17:00"', 'tue: "09:00-25:00"', 4, "hours.weekly.tue", "00:00 to 23:59"),
    ('lunch: "12:00-13:00"', "lunch: 12", 5, "hours.lunch", 'write "09:00-17:00"'),
    ('from: "05-01"', 'from: "13-01"', 7, "hours.seasons[0].from", "month-day"),
    ('from: "05-01", ', "", 7, "hours.seasons[0].from", "add a line"),
    ("    W1: {weekly", "    W7: {weekly", 9, "hours.windows.W7", "write one of D1, D2, W1"),
    ("from: 2026-02-10", "from: 2026-02-30", 11, "hours.closures[0].from", "2026-02-10"),
    ("to: 2026-02-12", "to: 2026-02-01", 11, "hours.closures[0]", "swap from and to"),
    ("date: 2026-11-21", "date: soon", 13, "hours.overtime[0].date", "write it anew"),
    ("desks:", "desk:", 14, "desk", "did you mean 'desks'"),
    ("  - {id: D2}", "  - {id: D1}", 21, "desks[1].id", "give each its own id"),
    ("size_cm: [140, 70]", "size_cm: [140]", 17, "desks[0].size_cm", "[140, 70]"),
    ("size_cm: [140, 70]", "size_cm: [-140, 70]", 17, "desks[0].size_cm[0]", "[140, 70]"),
    ("size_cm: [140, 70]", "sizecm: [140, 70]", 17, "desks[0].sizecm", "did you mean 'size_cm'"),
    ("allowed: [monitor", "allowed: [moniter", 18, "desks[0].allowed[0]", "'monitor'"),
    ("order: [monitor, mouse]", "order: [mouse, mouse]", 19, "desks[0].order", "name each once"),
    ("counts: {monitor: 1}", "counts: {monitor: many}", 20, "desks[0].counts.monitor", "anew"),
    ("cameras:\n", "cameras: []\nxs:\n", 22, "cameras", "for example cameras"),
    ("  - id: C1", "  - id: C1:2", 23, "cameras[0].id", "for example id: CAM1"),
    ("  - id: C1", "  - id: 卫生间1", 23, "cameras[0]", "take this camera or zone out"),
    ("size: [1920, 1080]", "size: [1920]", 24, "cameras[0].size", "[1920, 1080]"),
    ("reference: {day", "reference: {noon", 25, "cameras[0].reference.noon", "'day'"),
    ("ref/C1.jpg", "/etc/C1.jpg", 25, "cameras[0].reference", "relative path"),
    ("ref/C1.jpg", "../C1.jpg", 25, "cameras[0].reference", "relative path"),
    ("focal: 0.8", "focal: 0", 26, "cameras[0].lens.focal", "focal: 0.8"),
    ("kind: floor\n        points", "kind: flor\n        points", 29, "cameras[0].planes[0].kind",
     "did you mean 'floor'"),
    ("          - {at: [0.1, 0.9], cm: [0, 200]}\n", "", 30, "cameras[0].planes[0].points",
     "at least four"),
    ("{at: [0.1, 0.9], cm: [0, 200]}", "{at: [0.1, 0.9], cm: [300, 200]}", 30,
     "cameras[0].planes[0].points", "four real corners"),
    ("{at: [0.9, 0.5], cm", "{at: [0.9], cm", 32, "cameras[0].planes[0].points[1].at", "[x, y]"),
    ("kind: desk_top, desk: D1", "kind: desktop, desk: D1", 38, "cameras[0].zones[0].kind",
     "did you mean 'desk_top'"),
    ("kind: desk_top, desk: D1", "kind: desk_top, desk: D8", 38, "cameras[0].zones[0].desk",
     "write one of D1, D2"),
    ("kind: desk_top, desk: D1", "kind: desk_top", 38, "cameras[0].zones[0]", "add 'desk: ...'"),
    ("[0.4, 0.5], [0.4, 0.8]]}", "[0.4, 0.5]]}", 38, "cameras[0].zones[0].polygon",
     "at least three"),
    ("[0.4, 0.5], [0.4, 0.8]]}", "[0.4, 0.5], [0.4, 1.8]]}", 38, "cameras[0].zones[0].polygon",
     "divide pixels"),
    ("[0.4, 0.5], [0.4, 0.8]]}", "[0.2, 0.5], [0.3, 0.5]]}", 38, "cameras[0].zones[0].polygon",
     "cross or touch"),
    ("[0.1, 0.5], [0.4, 0.5], [0.4, 0.8]]}", "[0.1, 0.5], [0.4, 0.8], [0.4, 0.5], [0.1, 0.8]]}", 38,
     "cameras[0].zones[0].polygon", "in order"),
    ("[0.4, 0.5], [0.4, 0.8]]}", "[0.4, left], [0.4, 0.8]]}", 38, "cameras[0].zones[0].polygon",
     "[x, y]"),
    ("      - {kind: floor, polygon", "      - {id: top1, kind: floor, polygon", 39,
     "cameras[0].zones[1].id", "its own id"),
    ("      - {kind: floor, polygon", "      - {kind: desk_top, desk: D1, polygon", 39,
     "cameras[0].zones[1].kind", "one polygon round the whole top"),
    ("thing: monitor, at", "thing: screen, at", 41, "cameras[0].things[0].thing", "monitor"),
    ("tolerance_cm: 5", "tolerance_cm: -5", 41, "cameras[0].things[0].tolerance_cm", "8"),
    ("    size: [1920, 1080]\n", "    size: [1920, 1080]\n    size: [1, 1]\n", 25, "", "keep one"),
    ("hours:\n", "hours: &h\n", 0, "", ""),
    ("  lunch: ", "\tlunch: ", 5, "", "two spaces a level"),
    ("mode: trial}", "mode: trial", 3, "", "mend this line"),
    ("mode: trial", "mode: !!python/object:os.system x", 2, "", "write plain values"),
    ("hours:\n", "h: &a [1]\nhours: *a\n", 4, "", "write the value out"),
]  # fmt: skip

WRONG_CALENDARS: list[tuple[str, str, int, str, str]] = [
    ("year: 2026\n", "", 1, "year", "for example year: 2026"),
    ("year: 2026", "year: 26", 1, "year", "2026"),
    ("year: 2026", "yaer: 2026", 1, "y", ""),
    ("to: 2026-01-03", "to: 2025-01-03", 3, "holidays[0]", "swap from and to"),
    ("to: 2026-01-03", "to: 2026-03-03", 3, "holidays[0]", "check from and to"),
    ("from: 2026-01-01", "from: 2025-12-31", 3, "holidays[0].from", "the file of 2025"),
    ("from: 2026-10-01, to: 2026-10-07", "from: 2026-01-02, to: 2026-01-02", 4,
     "holidays[1].from", "name each day once"),
    ("name: 元旦, ", "", 3, "holidays[0].name", "add a line"),
    ("  - 2026-01-04", "  - 2026-01-03", 6, "workdays[0]", "keep one of the two"),
    ("  - 2026-01-04", "  - 2026-01-05", 6, "workdays[0]", "only weekend days"),
    ("  - 2026-01-04", "  - 2027-01-03", 6, "workdays[0]", "the file of 2027"),
    ("  - 2026-01-04", "  - tomorrow", 6, "workdays[0]", "for example workdays"),
]  # fmt: skip

WRONG_PACKS: list[tuple[str, str, int, str, str]] = [
    ("pack: made\n", "", 1, "pack", "for example pack: shiquan-2024"),
    ("effective_to: 2026-12-31", "effective_to: 2025-12-31", 1, "", "mend effective_from"),
    ("effective_from: 2026-01-01\n", "", 1, "effective_from", "2024-05-29"),
    ("modality: forbid", "modality: forbidden", 11, "rows[0].modality", "did you mean 'forbid'"),
    ("windows: W\n    tier", "windows: D\n    tier", 12, "rows[0].windows", "write W, P, N"),
    ("    windows: W\n    tier", "    tier", 7, "rows[0]", "add 'windows: W'"),
    ("        windows: W\n", "        windows: N\n", 7, "rows[0]", "narrow the check's"),
    ("tier: MUST\n", "tier: SHOULD\n", 13, "rows[0].tier", "MUST"),
    ("frames: 2", "frames: 0", 14, "rows[0].persistence.frames", "frames: 2"),
    ("kind: object_in_zone", "kind: object_on_zone", 16, "rows[0].checks[0].kind",
     "did you mean 'object_in_zone'"),
    ("classes: [phone]", "classes: [phones]", 19, "rows[0].checks[0].params.classes",
     "did you mean 'phone'"),
    ("          classes: [phone]\n", "", 18, "rows[0].checks[0].params", "add 'classes: ...'"),
    ("classes: [phone]", "clases: [phone]", 19, "rows[0].checks[0].params.clases",
     "did you mean 'classes'"),
    ("zones: [desk_top]", "zones: [desktop]", 20, "rows[0].checks[0].params.zones",
     "did you mean 'desk_top'"),
    ("zones: [desk_top]", "min_share: much", 20, "rows[0].checks[0].params.min_share",
     "see docs/rules/object_in_zone.md"),
    ("deduct: 0.5", "deduct: -1", 21, "rows[0].points.deduct", "0.5"),
    (", source: 样例", "", 21, "rows[0].points.source", "add a line"),
    ("  - id: 2S-2-(7)", "  - id: 2S-2-(4)", 22, "rows[1].id", "one row a clause"),
    ("    manual: 颜色由人看\n", "", 22, "rows[1]", "keep exactly one"),
    ("    manual: 颜色由人看\n", "    manual: 颜色由人看\n    process: 台账\n", 22, "rows[1]",
     "keep exactly one"),
    ("    manual: 颜色由人看\n", "    manual: 颜色由人看\n    points: {deduct: 1, source: x}\n", 22,
     "rows[1]", "only advises"),
    ("pack: made", "pack: made\noverrides: nowhere", 2, "overrides", "shiquan-2024"),
]  # fmt: skip


def spoil(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def the_sentence(error: InputError, name: str, line: int, field: str, mend: str) -> None:
    text = str(error)
    assert "\n" not in text
    assert text.endswith(".")
    assert re.match(rf"{re.escape(name)}, line {line}\b", text), text
    assert field in text, text
    assert mend in text, text
    assert "; " in text, text  # what is wrong; how to mend it


@pytest.mark.parametrize(("old", "new", "line", "field", "mend"), WRONG_LAYOUTS)
def test_wrong_layouts(
    tmp_path: Path, old: str, new: str, line: int, field: str, mend: str
) -> None:
    path = tmp_path / "HALL.yaml"
    path.write_text(spoil(LAYOUT, old, new), encoding="utf-8")
    if line == 0:  # an anchor that nothing repeats is harmless
        load_layout(path)
        return
    with pytest.raises(LayoutError) as caught:
        load_layout(path)
    the_sentence(caught.value, "HALL.yaml", line, field, mend)


@pytest.mark.parametrize(("old", "new", "line", "field", "mend"), WRONG_CALENDARS)
def test_wrong_calendars(
    tmp_path: Path, old: str, new: str, line: int, field: str, mend: str
) -> None:
    path = tmp_path / "2026.yaml"
    path.write_text(spoil(CALENDAR, old, new), encoding="utf-8")
    with pytest.raises(CalendarError) as caught:
        load_calendar([path])
    the_sentence(caught.value, "2026.yaml", line, field, mend)


@pytest.mark.parametrize(("old", "new", "line", "field", "mend"), WRONG_PACKS)
def test_wrong_packs(tmp_path: Path, old: str, new: str, line: int, field: str, mend: str) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(spoil(PACK, old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(path)
    the_sentence(caught.value, "pack.yaml", line, field, mend)


def test_the_unspoiled_files_are_read(tmp_path: Path) -> None:
    for name, text in (("HALL.yaml", LAYOUT), ("2026.yaml", CALENDAR), ("pack.yaml", PACK)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    layout = load_layout(tmp_path / "HALL.yaml")
    assert layout.view("C1").reference["day"] == str(tmp_path / "ref" / "C1.jpg")
    assert load_calendar([tmp_path / "2026.yaml"]).years == (2026,)
    assert len(load_pack(tmp_path / "pack.yaml").rows) == 2


@pytest.mark.parametrize(
    ("content", "piece"),
    [
        (b"", "it is empty"),
        (b"just words", "not a list of 'key: value' lines"),
        (b"- a\n- b\n", "not a list of 'key: value' lines"),
        ("schema: 1\nhall: 大厅".encode("gbk"), "not UTF-8"),
        (b"a: " + b"[" * 60, "deeper than"),
        (b"#" * 4_000_001, "are more than"),
    ],
)
def test_files_that_are_no_layout_at_all(tmp_path: Path, content: bytes, piece: str) -> None:
    path = tmp_path / "HALL.yaml"
    path.write_bytes(content)
    with pytest.raises(LayoutError, match=re.escape(piece)):
        load_layout(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="no such file"):
        load_layout(tmp_path / "HALL.yaml")
    with pytest.raises(LayoutError, match="folder"):
        load_layout(tmp_path)
