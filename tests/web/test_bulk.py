"""Bulk: each by the version that was seen, what others decided left alone, all taken back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from service.db.models import Case, Decision, Finding
from tests.web.conftest import Browser, Login
from tests.web.seed import World


def items(page: str) -> list[str]:
    return re.findall(r'<input type="checkbox" name="item" value="(\d+:\d+)"', page)


def act(client: Browser, chosen: list[str], action: str, **more: str) -> tuple[int, str]:
    answer = client.post("/queue/bulk", data={"item": chosen, "action": action, **more})
    return answer.status_code, answer.text


def states(world: World) -> set[str]:
    with world.database.read() as session:
        ids = world.findings["shiquan"]
        return set(session.scalars(select(Finding.status).where(Finding.id.in_(ids))))


def test_confirmed_together_and_taken_back_together(login: Login, world: World) -> None:
    client = login()
    chosen = items(client.get("/queue/bulk").text)
    assert len(chosen) == len(world.findings["shiquan"])
    status, page = act(client, chosen, "confirm")
    assert status == 200
    assert f"已处理 {len(chosen)} 条" in page
    assert states(world) == {"confirmed"}
    with world.database.read() as session:
        cases = session.scalars(select(Case).where(Case.finding_id.is_not(None))).all()
    assert len(cases) == len(chosen)
    back = re.findall(r'<input type="hidden" name="item" value="(\d+:\d+)"', page)
    status, page = act(client, back, "undo")
    assert f"已处理 {len(chosen)} 条" in page
    assert states(world) == {"open"}


def test_what_somebody_else_decided_is_left_and_counted(login: Login, world: World) -> None:
    mine, theirs = login("inspector"), login("second")
    chosen = items(mine.get("/queue/bulk").text)
    first = chosen[0].split(":")[0]
    theirs.post(f"/api/v1/findings/{first}/decision", json={"action": "confirm", "row_version": 1})
    _, page = act(mine, chosen, "dismiss", reason="mistaken")
    assert f"已处理 {len(chosen) - 1} 条" in page
    assert "1 条刚被他人处理过" in page
    with world.database.read() as session:
        assert session.get_one(Finding, int(first)).status == "confirmed"


def test_another_halls_findings_are_left_alone(login: Login, world: World) -> None:
    other = world.findings["chengguan"][0]
    _, page = act(login(), [f"{other}:1"], "confirm")
    assert "已处理 0 条" in page
    with world.database.read() as session:
        assert session.get_one(Finding, other).status == "open"
        assert session.scalars(select(Decision)).all() == []


@pytest.mark.parametrize(
    ("chosen", "action", "more", "sentence"),
    [
        ([], "confirm", {}, "请先勾选。"),
        (["1:1"], "dismiss", {}, "请选择不成立的原因。"),
        (["1:1"], "dismiss", {"reason": "x"}, "请选择不成立的原因。"),
        (["1"], "confirm", {}, "勾选的内容有误"),
        (["1:x"], "confirm", {}, "勾选的内容有误"),
        (["9" * 40 + ":1"], "confirm", {}, "勾选的内容有误"),
        ([f"{i}:1" for i in range(1, 102)], "confirm", {}, "一次最多处理 100 条"),
    ],
)
def test_what_is_refused(
    login: Login, world: World, chosen: list[str], action: str, more: dict[str, str], sentence: str
) -> None:
    status, page = act(login(), chosen, action, **more)
    assert status == 422
    assert sentence in page
    assert states(world) == {"open"}


def test_the_list_narrows_to_a_clause(login: Login) -> None:
    client = login()
    every, some = (items(client.get(f"/queue/bulk{q}").text) for q in ("", "?clause=2S-2-(4)"))
    assert 0 < len(some) < len(every)
