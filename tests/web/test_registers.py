"""The registers' page and API: entered by administrators, read by those who review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.db.log import AuditRow
from service.db.models import ExceptionRow, LayoutVersion, NoticeRow, PermittedRow
from tests.web.conftest import Login
from tests.web.seed import DAY, NOW, World

LAYOUT = """\
schema: 1
hall: {id: shiquan, name: 石泉县政务服务中心}
desks: [{id: D1, name: 1号工位}, {id: D2, name: 2号工位}]
cameras:
  - id: CAM1
    zones:
      - {id: wall1, kind: wall, polygon: [[0.1, 0.1], [0.4, 0.1], [0.4, 0.3], [0.1, 0.3]]}
      - {kind: desk_top, desk: D1, polygon: [[0.1, 0.5], [0.4, 0.5], [0.4, 0.8], [0.1, 0.8]]}
"""
NOTICE = {
    "zone": "wall1", "title": "办事指南", "first": "2026-03-11", "last": "2026-03-12",
    "approved_by": "王主任",
}  # fmt: skip
EXCEPTION = {
    "desk": "D1", "clause": "2S-2-(4)", "kind": "device_absent", "first": "2026-03-11",
    "last": "2026-03-20", "why": "送修", "approved_by": "王主任",
}  # fmt: skip
HEAD = "工位,物品名称,数量,备注\n"


@pytest.fixture
def base(world: World) -> str:
    """A hall with a wall zone; where its registers are."""
    hall = world.halls["shiquan"]
    with world.database.write() as session:
        session.add(
            LayoutVersion(
                hall_id=hall,
                version=2,
                sha256="2" * 64,
                yaml=LAYOUT,
                base_path="layouts/s/2",
                created_at=NOW,
            )
        )
    return f"/halls/{hall}/registers"


def rows(world: World, table: type[Any]) -> list[Any]:
    with world.database.read() as session:
        found = list(session.scalars(select(table).order_by(table.id)))
        session.expunge_all()
        return found


def test_a_notice_from_entry_to_end(world: World, login: Login, base: str) -> None:
    admin = login("admin")
    answer = admin.post(f"{base}/notices", data=NOTICE, follow_redirects=False)
    assert answer.status_code == 303
    page = admin.get(base).text
    assert "即将到期" in page, "it ends tomorrow"
    assert "公告批准即将到期" in login("inspector").get("/").text
    (row,) = rows(world, NoticeRow)
    assert (row.zone, row.last_day - DAY, row.created_by) == ("wall1", timedelta(1), "admin")
    assert admin.post(f"{base}/notices/{row.id}/end", follow_redirects=False).status_code == 303
    assert admin.post(f"{base}/notices/{row.id}/end").status_code == 404, "taken back once"
    assert "即将到期" not in admin.get(base).text + admin.get("/").text
    actions = [r.action for r in rows(world, AuditRow) if r.action.startswith("notice")]
    assert actions == ["notice.add", "notice.take_back"]


@pytest.mark.parametrize(
    ("part", "given", "words"),
    [
        ("notices", {**NOTICE, "zone": "wall9"}, "没有区域“wall9”"),
        ("notices", {**NOTICE, "title": " "}, "此项必填"),
        ("notices", {**NOTICE, "approved_by": ""}, "此项必填"),
        ("notices", {**NOTICE, "last": "2026-03-10"}, "止日早于起日"),
        ("notices", {**NOTICE, "last": "2027-06-10"}, "最多登记 366 天"),
        ("exceptions", {**EXCEPTION, "desk": "D9"}, "没有工位“D9”"),
        ("exceptions", {**EXCEPTION, "clause": "9S"}, "没有条款“9S”"),
        ("exceptions", {**EXCEPTION, "kind": "mood"}, "没有这种例外“mood”"),
        ("exceptions", {**EXCEPTION, "why": ""}, "此项必填"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(
    world: World, login: Login, base: str, part: str, given: dict[str, str], words: str
) -> None:
    answer = login("admin").post(f"{base}/{part}", data=given)
    assert answer.status_code == 422
    assert words in answer.text
    assert rows(world, NoticeRow) + rows(world, ExceptionRow) == []


def test_the_list_goes_in_and_out_as_a_file(world: World, login: Login, base: str) -> None:
    admin = login("admin")
    where = f"{base}/permitted"
    first = HEAD + "D1,水杯,2,\n2号工位,雨伞,1,借用\n"
    assert admin.post(where, files={"file": ("a.csv", first.encode())}).status_code == 200
    assert [(r.desk, r.cls, r.number) for r in rows(world, PermittedRow)] == [
        ("D1", "cup", 2),
        ("D2", "umbrella", 1),
    ]
    out = login("inspector").get(f"{where}.csv")
    assert out.headers["content-disposition"] == 'attachment; filename="permitted.csv"'
    assert out.content.decode("utf-8-sig").splitlines()[1:] == ["D1,水杯,2,", "D2,雨伞,1,借用"]

    bad = HEAD + "D1,水杯,9,\nD7,水杯,x,\n"
    refused = admin.post(where, files={"file": ("a.csv", bad.encode())})
    assert refused.status_code == 422
    assert "第 3 行:数量“x”不是整数" in refused.text
    assert [r.number for r in rows(world, PermittedRow)] == [2, 1], "nothing of it was taken"

    admin.post(where, files={"file": ("a.csv", (HEAD + "D1,水杯,1,\n").encode())})
    assert [(r.desk, r.number) for r in rows(world, PermittedRow)] == [("D1", 1)]


def test_an_exception_on_the_page(world: World, login: Login, base: str) -> None:
    admin = login("admin")
    admin.post(f"{base}/exceptions", data=EXCEPTION)
    page = admin.get(base).text
    assert "设备未配备" in page
    assert "送修" in page
    (row,) = rows(world, ExceptionRow)
    admin.post(f"{base}/exceptions/{row.id}/end")
    assert "送修" not in admin.get(base).text


def test_only_administrators_enter(world: World, login: Login, base: str) -> None:
    reader = login("inspector")
    assert 'method="post" action="/halls' not in reader.get(base).text
    assert reader.post(f"{base}/notices", data=NOTICE).status_code == 403
    assert login("chief").get(base).status_code == 403
    other = world.halls["chengguan"]
    assert reader.get(f"/halls/{other}/registers").status_code == 404


def test_the_api_says_and_takes_the_same(login: Login, base: str) -> None:
    admin, where = login("admin"), f"/api/v1{base}"
    notice = {"zone": "wall1", "title": "办事指南", "first_day": "2026-03-11",
              "last_day": "2026-03-12", "approved_by": "王"}  # fmt: skip
    made = admin.post(f"{where}/notices", json=notice)
    assert (made.status_code, made.json()["id"]) == (201, 1)
    exception = {"desk": "D1", "clause": "2S-2-(4)", "kind": "other", "first_day": "2026-03-11",
                 "last_day": "2026-03-12", "why": "施工", "approved_by": "王"}  # fmt: skip
    assert admin.post(f"{where}/exceptions", json=exception).status_code == 201
    lines = [{"desk": "D1", "cls": "cup", "number": 2, "note": ""}]
    assert admin.put(f"{where}/permitted", json={"lines": lines}).json()["lines"] == 1
    said = login("leader").get(where).json()
    assert said["permitted"] == lines
    assert said["notices"] == [{"id": 1, **notice}]
    assert said["exceptions"] == [{"id": 1, **exception}]
    refused = admin.post(f"{where}/notices", json={**notice, "zone": "x"})
    assert refused.status_code == 422
    assert refused.json()["error"]["details"] == {"field": "zone"}
    twice = admin.put(f"{where}/permitted", json={"lines": lines * 2})
    assert twice.status_code == 422
    assert admin.delete(f"{where}/notices/1").status_code == 204
    assert admin.delete(f"{where}/notices/1").status_code == 404
    assert admin.delete(f"{where}/exceptions/1").status_code == 204
    assert login("leader").get(where).json()["notices"] == []
