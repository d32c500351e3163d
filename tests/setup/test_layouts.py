"""Layouts over the API: every fault with its field and mend, versions, staleness, scope."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select

from rules.layout import layout_of, load_layout
from rules.yaml_lines import load_yaml
from service.db.models import AuditRow, LayoutVersion
from service.setup.draft import text_of
from service.setup.faults import fault_of, path_of
from tests.setup.conftest import Small
from tests.setup.made import TOP, layout_data
from tests.web.conftest import Browser
from vision.seen import LayoutError

ROOT = Path(__file__).resolve().parents[2]


def address(small: Small, rest: str = "") -> str:
    return f"/api/v1/halls/{small.hall}/layout{rest}"


def versions(small: Small) -> int:
    with small.database.read() as session:
        query = select(func.count()).select_from(LayoutVersion)
        return session.scalar(query.where(LayoutVersion.hall_id == small.hall)) or 0


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    data = layout_data()
    here: Any = data
    for part in path[:-1]:
        here = here[part]
    if to is KeyError:
        del here[path[-1]]
    else:
        here[path[-1]] = to
    return data


ZONE = ("cameras", 0, "zones", 0)
BAD = [
    (changed(*ZONE, "polygon", to=TOP[:2]), "cameras[0].zones[0].polygon", "至少点三个点"),
    (
        changed(*ZONE, "polygon", to=[TOP[0], TOP[2], TOP[1], TOP[3]]),
        "cameras[0].zones[0].polygon",
        "边线交叉",
    ),
    (changed(*ZONE, "polygon", 0, to=[1.2, 0.4]), "cameras[0].zones[0].polygon", "落在画面之外"),
    (changed(*ZONE, "polygon", 0, to=["a", 0.4]), "cameras[0].zones[0].polygon", ""),
    (changed(*ZONE, "desk", to="D9"), "cameras[0].zones[0].desk", "没有工位“D9”"),
    (changed(*ZONE, "kind", to="desktop"), "cameras[0].zones[0].kind", "此处不能这样写"),
    (changed("desks", 1, "id", to="D1"), "desks[1].id", "有两个工位都叫“D1”"),
    (changed("desks", 0, "idd", to="D1"), "desks[0].idd", "没有“idd”这一项"),
    (changed("desks", 0, "id", to=KeyError), "desks[0].id", "缺少这一项"),
    (changed("desks", to=[]), "desks", "不合要求"),
    (changed("cameras", 0, "id", to="更衣室"), "cameras[0]", "依法不得安装摄像机"),
    (
        changed("cameras", 0, "planes", 0, "points", to=[{"at": [0.1, 0.1], "cm": [0, 0]}]),
        "cameras[0].planes[0].points",
        "至少点四个角",
    ),
    (
        changed(
            "cameras", 0, "planes", 0, "points",
            to=[{"at": [i / 10, i / 10], "cm": [i, i]} for i in range(5)],
        ),
        "cameras[0].planes[0].points",
        "一条直线上",
    ),
    (
        changed("hours", "weekly", "mon", to="17:00-09:00"),
        "hours.weekly.mon",
        "结束早于开始",
    ),
    (
        changed("cameras", 0, "reference", to={"day": "reference/none.jpg"}),
        "cameras[0].reference.day",
        "不在了",
    ),
    (
        changed("cameras", 0, "reference", to={"day": "../../secret.key"}),
        "cameras[0].reference",
        "",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "field", "said"), BAD, ids=[f"{b[1]} {b[2]}" for b in BAD])
def test_a_fault_is_shown_with_its_field_and_nothing_is_saved(
    small: Small, admin: Browser, data: dict[str, Any], field: str, said: str
) -> None:
    answer = admin.post(address(small), json={"data": data, "base": 1})
    assert answer.status_code == 422, answer.text
    error = answer.json()["error"]
    assert error["code"] == "layout"
    assert error["details"]["field"] == field
    assert said in error["message"]
    assert error["details"]["line"] > 0
    assert versions(small) == 1
    drafts = small.settings.data / "layout-drafts" / str(small.hall)
    assert not list(drafts.glob("stage-*"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "没有布局内容"),
        ({"data": {"a": "x\x00"}}, "控制字符"),
        ({"data": {"a\x7f": 1}}, "控制字符"),
        ({"yaml": "schema: 1\nhall: {id: far, name: 远厅}\ndesks: [{id: D1}]\n"
                  "cameras: [{id: CAM1}]\n", "base": 1}, "属于大厅“far”"),
        ({"yaml": "a: [1, 2", "base": 1}, "不是可读的 YAML"),
        ({"yaml": "- 1\n", "base": 1}, ""),
        ({"yaml": "", "base": 1}, ""),
        ({"data": {"a": {"b": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}}, "base": 1}, "嵌套过深"),
        ({"data": [], "base": 1}, ""),
        ({"data": layout_data(), "base": "1"}, ""),
        ({"data": layout_data(), "base": 1, "more": 1}, ""),
    ],
)  # fmt: skip
def test_what_is_no_layout_at_all_is_refused(
    small: Small, admin: Browser, body: dict[str, Any], said: str
) -> None:
    for path in (address(small), address(small, "/check")):
        answer = admin.post(path, json=body)
        assert answer.status_code == 422, answer.text
        assert said in answer.json()["error"]["message"]
    assert versions(small) == 1


def test_a_fault_speaks_the_readers_language(small: Small, admin: Browser) -> None:
    answer = admin.post(address(small, "?lang=en"), json={"data": BAD[4][0], "base": 1})
    assert answer.json()["error"]["message"] == (
        'There is no desk "D9"; choose another or add it first.'
    )


def test_each_save_is_a_version_and_old_ones_stay(small: Small, admin: Browser) -> None:
    with small.database.read() as session:
        first = session.scalars(select(LayoutVersion.yaml).where(
            LayoutVersion.hall_id == small.hall)).one()  # fmt: skip
    data = changed("desks", 0, "unit", to="市场监管局")
    saved = admin.post(address(small), json={"data": data, "base": 1})
    assert saved.status_code == 200, saved.text
    assert saved.json() == {"version": 2, "new": True, "message": "已保存为第 2 版。"}
    assert admin.get(address(small)).json()["data"] == data
    again = admin.post(address(small), json={"data": data, "base": 2}).json()
    assert (again["version"], again["new"]) == (2, False)
    assert admin.get(address(small, "?version=1")).json()["yaml"] == first
    # back to the words of the first: in force again, as a version of its own
    back = admin.post(address(small), json={"yaml": first, "base": 2}).json()
    assert back["version"] == 3
    assert admin.get(address(small)).json()["data"] == layout_data()
    with small.database.read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "layout.import"))
        mine = [row for row in rows if row.actor == "admin"]
        assert [row.detail["version"] for row in mine] == [2, 3]
        assert all(row.user_id is not None and row.hall_id == small.hall for row in mine)


def test_a_stale_save_is_refused_kindly_and_changes_nothing(
    small: Small, admin: Browser, login: Callable[..., Browser]
) -> None:
    mine, theirs = changed("desks", 0, "unit", to="甲"), changed("desks", 0, "unit", to="乙")
    assert login("allhalls").post(address(small), json={"data": theirs, "base": 1}).is_success
    late = admin.post(address(small), json={"data": mine, "base": 1})
    assert late.status_code == 409
    error = late.json()["error"]
    assert error["code"] == "stale"
    assert "allhalls" in error["message"]
    assert "第 2 版" in error["message"]
    assert admin.get(address(small)).json()["data"]["desks"][0]["unit"] == "乙"
    assert versions(small) == 2


def test_another_hall_is_not_there_and_other_roles_may_not(
    small: Small, admin: Browser, login: Callable[..., Browser]
) -> None:
    far = f"/api/v1/halls/{small.other}/layout"
    assert admin.get(far).status_code == 404
    assert admin.post(far, json={"data": layout_data("far"), "base": 1}).status_code == 404
    assert admin.get(f"/setup/halls/{small.other}/layouts/1").status_code == 404
    assert "远厅" not in admin.get("/setup").text
    inspector = login("inspector")
    assert inspector.get(address(small)).status_code == 403
    assert inspector.get("/setup").status_code == 403
    no_token = login("admin")
    del no_token.headers["X-CSRF-Token"]
    body = {"data": layout_data(), "base": 1}
    assert no_token.post(address(small), json=body).status_code == 403


def test_an_exported_version_comes_back_as_it_was(small: Small, admin: Browser) -> None:
    data = changed("desks", 0, "unit", to="不动产: #1 'x'")
    admin.post(address(small), json={"data": data, "base": 1})
    exported = admin.get(f"/setup/halls/{small.hall}/layouts/2")
    assert exported.headers["content-disposition"].endswith("small-v2.yaml")
    checked = admin.post(address(small, "/check"), json={"yaml": exported.text}).json()
    assert checked["data"] == data
    same = admin.post(address(small), json={"yaml": exported.text, "base": 2}).json()
    assert (same["version"], same["new"]) == (2, False)


def test_the_sample_hall_survives_the_way_to_text_and_back() -> None:
    file = ROOT / "datasets" / "sample_hall" / "hall.yaml"
    document = load_yaml(file, LayoutError)
    text = text_of(document.data)
    again = load_yaml(file, LayoutError, text=text)
    assert again.data == document.data
    assert text_of(again.data) == text
    assert layout_of(again, file) == load_layout(file)
    assert yaml.safe_load(text)["desks"] == document.data["desks"]
    assert all(camera.view.clock_norm for camera in layout_of(again, file).cameras)


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("cameras[0].zones[12].polygon", ("cameras", 0, "zones", 12, "polygon")),
        ("hours.weekly.mon", ("hours", "weekly", "mon")),
        ("the file", ()),
        ("", ()),
    ],
)
def test_a_fields_name_leads_to_its_place(field: str, path: tuple[str | int, ...]) -> None:
    assert path_of(field) == path


def test_a_sentence_that_nobody_knows_is_still_shown() -> None:
    fault = fault_of(LayoutError("hall.yaml, line 7, desks[0]: something new; do this."))
    assert (fault.line, fault.field, fault.template) == (7, "desks[0]", None)
    assert fault.english == "something new; do this."
    assert fault_of(LayoutError("no shape at all")).english == "no shape at all"
