"""The list of things at desks as a file: out and in again, every wrong line named."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from datasets.classes import CLASS_ZH, CLASSES
from service.setup.permitted_list import ListError, from_csv, to_csv
from service.setup.registers import Permitted

DESKS = {"D1": "1号工位", "D2": "2号工位"}
HEAD = "工位,物品名称,数量,备注\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D1,水杯,2,\n", [Permitted("D1", "cup", 2)]),
        ("1号工位,cup,1,借用\n", [Permitted("D1", "cup", 1, "借用")]),
        ("\n,,,\nD2,水杯,1\n", [Permitted("D2", "cup", 1)]),
        ("", []),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_people_write(text: str, expected: list[Permitted], encoding: str) -> None:
    assert from_csv((HEAD + text).encode(encoding), DESKS) == expected


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        ("D9,水杯,1,\n", 2, "desk", "没有工位“D9”"),
        ("D1,水杯,两,\n", 2, "数量", "“两”不是整数"),
        ("D1,水杯,-1,\n", 2, "数量", "“-1”不是整数"),
        ("D1,水杯,1.5,\n", 2, "数量", "不是整数"),
        ("D1,水杯,0,\n", 2, "number", "1 到 99"),
        ("D1,水杯,100,\n", 2, "number", "1 到 99"),
        ("D1,水坏,1,\n", 2, "物品名称", "是否指“水杯”"),
        ("D1,火箭筒,1,\n", 2, "物品名称", "不是可识别的物品"),
        ("D1,person,1,\n", 2, "cls", "不是可以登记的物品"),
        ("D1,人员,1,\n", 2, "物品名称", "不是可识别的物品"),
        ("D1,水杯,1,\nD1,cup,2,\n", 3, "物品名称", "与第 2 行重复"),
        ("D1,水杯\n", 2, "", "不足三列"),
        ('D1,"水杯\n', 2, "", "引号不成对"),
        (f"D1,水杯,1,{'长' * 201}\n", 2, "note", "最多 200 字"),
        ('D1,水杯,1,"两\n行"\nD9,水杯,1,\n', 4, "desk", "没有工位“D9”"),
    ],
)
def test_each_wrong_line_is_named(text: str, line: int, field: str, words: str) -> None:
    with pytest.raises(ListError) as caught:
        from_csv((HEAD + text).encode(), DESKS)
    fault = caught.value.faults[-1]
    assert (fault.line, fault.field) == (line, field)
    assert words in fault.template.format(**fault.values)


def test_all_wrong_lines_at_once() -> None:
    text = HEAD + "D9,水杯,1,\nD1,水杯,1,\nD1,火箭筒,x,\n"
    with pytest.raises(ListError, match="2 处错误") as caught:
        from_csv(text.encode(), DESKS)
    assert [f.line for f in caught.value.faults] == [2, 4]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "表头"),
        (b"a,b,c\n", "表头"),
        (HEAD.encode() + b"\xff\xff\xff", "UTF-8"),
        (HEAD.encode() + b"D1,\0,1\n", "UTF-8"),
        (b"x" * 500_001, "太大"),
        (HEAD.encode() + b"D1,cup,1,\n" * 5001, "5000 行"),
    ],
)
def test_what_is_no_list(data: bytes, words: str) -> None:
    with pytest.raises(ListError) as caught:
        from_csv(data, DESKS)
    fault = caught.value.faults[0]
    assert words in fault.template.format(**fault.values)


@given(
    st.lists(
        st.builds(
            Permitted,
            st.sampled_from(sorted(DESKS)),
            st.sampled_from([c for c in CLASSES if c in CLASS_ZH and c != "person"]),
            st.integers(1, 99),
            st.text(st.characters(categories=("L", "N", "P")), max_size=20),
        ),
        unique_by=lambda t: (t.desk, t.cls),
    )
)
def test_out_and_in_again(things: list[Permitted]) -> None:
    written = to_csv(things)
    for cells in csv.reader(io.StringIO(written.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    back = from_csv(written, DESKS)
    assert [(t.desk, t.cls, t.number) for t in back] == [(t.desk, t.cls, t.number) for t in things]
