"""Halls, roster and users: bad input by the table, scope, one-time passwords, the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from service.db.models import AuditRow, ChiefWindow, DutyPerson, Hall, LoginSession, User
from tests.setup.conftest import Small
from tests.web.conftest import Browser

Login = Callable[..., Browser]
NEW_HALL = {"code": "chengguan", "name": "城关镇便民服务中心", "level": "town", "desks": "3",
            "cameras": "CAM1 CAM2", "parent": ""}  # fmt: skip


def post(client: Browser, path: str, data: dict[str, Any]) -> Any:
    return client.post(path, data=data, follow_redirects=False)


def test_a_hall_made_in_the_browser_can_be_set_up_at_once(small: Small, admin: Browser) -> None:
    answer = post(admin, "/setup/halls", {**NEW_HALL, "parent": str(small.hall)})
    assert answer.status_code == 303, answer.text
    page = admin.get(answer.headers["location"])
    assert "城关镇便民服务中心" in page.text
    assert "CAM2" in page.text
    with small.database.read() as session:
        hall = session.scalars(select(Hall).where(Hall.code == "chengguan")).one()
        assert hall.parent_id == small.hall
    layout = admin.get(f"/api/v1/halls/{hall.id}/layout").json()
    assert [desk["id"] for desk in layout["data"]["desks"]] == ["D1", "D2", "D3"]
    assert layout["data"]["hall"]["mode"] == "trial"
    assert "小厅" in admin.get("/setup?lang=en").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "", "大厅编号只能用"),
        ("code", "../x", "大厅编号只能用"),
        ("code", "大厅", "大厅编号只能用"),
        ("code", "small", "已有编号为“small”的大厅"),
        ("code", "far", "已有编号为“far”的大厅"),
        ("name", " ", "请填写大厅名称"),
        ("name", "厅\x07", "控制字符"),
        ("desks", "0", "工位数须在"),
        ("desks", "many", "工位数须在"),
        ("desks", "٣", "工位数须在"),
        ("cameras", " ", "摄像机编号"),
        ("cameras", "CAM1 CAM1", ""),
        ("cameras", "更衣室", ""),
        ("level", "planet", ""),
        ("parent", "999", "没有这个上级大厅"),
    ],
)
def test_a_bad_hall_is_refused_and_leaves_nothing(
    small: Small, admin: Browser, field: str, value: str, said: str
) -> None:
    answer = post(admin, "/setup/halls", {**NEW_HALL, field: value})
    assert answer.status_code == 422, answer.text
    assert said in answer.text
    with small.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Hall)) == 2


def test_towns_stand_below_counties_in_two_levels_only(small: Small, login: Login) -> None:
    client = login("allhalls")
    path = f"/setup/halls/{small.other}/parent"
    assert post(client, path, {"parent": str(small.hall)}).status_code == 303
    loop = post(client, f"/setup/halls/{small.hall}/parent", {"parent": str(small.other)})
    assert loop.status_code == 422
    assert "只有县、乡镇两级" in loop.text
    assert post(client, path, {"parent": str(small.other)}).status_code == 422
    assert post(client, path, {"parent": ""}).status_code == 303


# ------------------------------------------------------------------ duty roster


DUTY = {"window": "W1", "name": "李四", "first": "2026-03-01", "last": ""}


def test_a_person_on_the_roster_stays_there_until_ended(small: Small, admin: Browser) -> None:
    path = f"/setup/halls/{small.hall}/duty"
    assert post(admin, path, DUTY).status_code == 303
    with small.database.read() as session:
        row = session.scalars(select(DutyPerson)).one()
        assert (row.name, row.unit, row.last_day) == ("李四", "综合受理", None)
    assert "李四" in admin.get(f"/setup/halls/{small.hall}").text
    early = post(admin, f"{path}/{row.id}/end", {"last": "2026-02-01"})
    assert early.status_code == 422
    assert post(admin, f"{path}/{row.id}/end", {"last": "2026-03-11"}).status_code == 303
    assert post(admin, f"{path}/999/end", {"last": "2026-03-11"}).status_code == 404
    with small.database.read() as session:
        assert str(session.scalars(select(DutyPerson.last_day)).one()) == "2026-03-11"
        logged = set(session.scalars(select(AuditRow.action)))
    assert {"roster.add", "roster.end"} <= logged


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("window", "W9", "布局中没有窗口“W9”"),
        ("name", " ", "请填写姓名"),
        ("name", "李" * 101, "请填写姓名"),
        ("first", "today", "不是日期"),
        ("first", "", "不是日期"),
        ("last", "2026-02-30", "不是日期"),
        ("last", "2026-02-01", "止日早于起日"),
    ],
)
def test_a_bad_line_of_the_roster_is_refused(
    small: Small, admin: Browser, field: str, value: str, said: str
) -> None:
    answer = post(admin, f"/setup/halls/{small.hall}/duty", {**DUTY, field: value})
    assert answer.status_code == 422
    assert said in answer.text
    with small.database.read() as session:
        assert session.scalar(select(func.count()).select_from(DutyPerson)) == 0


# ------------------------------------------------------------------ users


def new_user(small: Small, **more: Any) -> dict[str, Any]:
    return {"login": "zhao", "name": "赵六", "role": "chief", "halls": [str(small.hall)],
            "windows": [f"{small.hall}:W2"], **more}  # fmt: skip


def row(small: Small, login: str) -> User:
    with small.database.read() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        assert user.halls is not None
        return user


def test_a_new_user_logs_in_once_with_the_shown_password(
    small: Small, admin: Browser, login: Login
) -> None:
    answer = post(admin, "/setup/users", new_user(small))
    assert answer.status_code == 200, answer.text
    found = re.search(r'id="one-time">([^<]+)<', answer.text)
    assert found
    assert found[1] not in admin.get("/setup/users").text
    client = login("zhao", found[1])
    first = client.get("/coverage", follow_redirects=False)
    assert first.headers["location"] == "/account"
    assert row(small, "zhao").must_change
    with small.database.read() as session:
        assert session.scalars(select(ChiefWindow.window)).all() == ["W2"]
        added = session.scalars(select(AuditRow).where(AuditRow.action == "user.add")).one()
    assert added.actor == "admin"
    assert found[1] not in str(added.detail)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"login": ""}, "登录名须为"),
        ({"login": "Zhao Liu"}, "登录名须为"),
        ({"login": "inspector"}, "已被使用"),
        ({"name": ""}, "请填写姓名"),
        ({"name": "x\x00"}, "控制字符"),
        ({"role": "boss"}, "请选择角色"),
        ({"halls": []}, "至少选择一个大厅"),
        ({"halls": ["2"]}, "自己范围内"),
        ({"halls": ["x"]}, ""),
        ({"all_halls": "true"}, "不能授予全部大厅"),
        ({"windows": ["1:W9"]}, "没有窗口“W9”"),
    ],
)
def test_a_bad_user_is_refused(
    small: Small, admin: Browser, change: dict[str, Any], said: str
) -> None:
    answer = post(admin, "/setup/users", new_user(small, **change))
    assert answer.status_code == 422, answer.text
    assert said in answer.text
    assert "one-time" not in answer.text


def test_nobody_governs_wider_than_oneself(small: Small, admin: Browser, login: Login) -> None:
    wide, far = row(small, "allhalls"), row(small, "faraway")
    for user in (wide, far):
        for path in ("", "/password", "/active"):
            data = {"name": "x", "role": "admin", "halls": [str(small.hall)]}
            assert post(admin, f"/setup/users/{user.id}{path}", data).status_code == 404
    assert "faraway" not in admin.get("/setup/users").text
    assert "faraway" in login("allhalls").get("/setup/users").text
    assert login("inspector").get("/setup/users").status_code == 403


def test_a_changed_right_holds_at_once_and_is_logged(
    small: Small, admin: Browser, login: Login
) -> None:
    client, user = login("inspector"), row(small, "inspector")
    data = {"name": "李新名", "role": "leader", "halls": [str(small.hall)]}
    assert post(admin, f"/setup/users/{user.id}", data).status_code == 303
    assert client.get("/api/v1/me").status_code == 401
    with small.database.read() as session:
        logged = session.scalars(select(AuditRow).where(AuditRow.action == "user.change")).one()
    assert logged.detail["before"]["role"] == "inspector"
    assert logged.detail["after"]["role"] == "leader"


def test_a_reset_ends_sessions_and_a_switched_off_user_is_out(
    small: Small, admin: Browser, login: Login
) -> None:
    client, user = login("inspector"), row(small, "inspector")
    answer = post(admin, f"/setup/users/{user.id}/password", {})
    found = re.search(r'id="one-time">([^<]+)<', answer.text)
    assert found
    assert client.get("/api/v1/me").status_code == 401
    again = login("inspector", found[1])
    assert post(admin, f"/setup/users/{user.id}/active", {"active": "false"}).status_code == 303
    assert again.get("/api/v1/me").status_code == 401
    with small.database.read() as session:
        query = select(func.count()).where(LoginSession.user_id == user.id)
        assert session.scalar(query) == 0
    assert post(admin, f"/setup/users/{user.id}/active", {"active": "true"}).status_code == 303
    assert row(small, "inspector").active


def test_an_administrator_cannot_lock_oneself_out(small: Small, admin: Browser) -> None:
    me = row(small, "admin")
    data = {"name": "x", "role": "inspector", "halls": [str(small.hall)]}
    assert "自己的角色" in post(admin, f"/setup/users/{me.id}", data).text
    assert "不能停用自己" in post(admin, f"/setup/users/{me.id}/active", {"active": "false"}).text
    assert "我的账户" in post(admin, f"/setup/users/{me.id}/password", {}).text
    assert row(small, "admin").active
