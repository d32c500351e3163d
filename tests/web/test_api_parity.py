"""What the pages can do the API can: bulk verdicts, second looks, hand entry, the overview.

Each under the rules of its page: the same roles, halls, stale-write refusal, and CSRF or a token.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from service.db.models import AuditRow, Case, Finding, PassLook, SecondLook
from service.evidence import whole
from service.web.app import create_app
from tests.web.conftest import Browser, Login, Wall
from tests.web.pictures import draw_hall
from tests.web.seed import DAY, SmallBook, World
from tests.web.test_second import a_pass
from tests.web.test_tokens import made

PHOTO: Final[bytes] = whole(draw_hall(7, thing="phone").image, quality=70).jpeg


@pytest.fixture
def app(world: World, wall: Wall) -> FastAPI:
    """Everything comes back for a second look; photos need no model."""
    settings = world.settings.model_copy(update={"second_look_share": 1.0, "pass_look_share": 1.0})
    return create_app(
        settings, database=world.database, book=SmallBook(), clock=wall, mask_photo=lambda i: i
    )


def many(client: Browser, seen: list[tuple[int, int]], action: str, **more: Any) -> Any:
    findings = [{"id": id, "row_version": version} for id, version in seen]
    body = {"action": action, "findings": findings, **more}
    return client.post("/api/v1/decisions", json=body)


def status_of(world: World, finding: int) -> str:
    with world.database.read() as session:
        return session.get_one(Finding, finding).status


# ------------------------------------------------------------------ bulk


def test_a_selection_is_decided_and_taken_back_by_the_versions_answered(
    login: Login, world: World
) -> None:
    client, ids = login(), world.findings["shiquan"]
    answer = many(client, [(id, 1) for id in ids], "dismiss", reason="mistaken", note="灯影")
    assert answer.status_code == 200, answer.text
    done = answer.json()["done"]
    assert [one["id"] for one in done] == ids
    assert {one["state_text"] for one in done} == {"不成立"}
    assert answer.json()["stale"] == []
    back = many(client, [(one["id"], one["row_version"]) for one in done], "undo")
    assert {one["state"] for one in back.json()["done"]} == {"open"}


def test_what_others_decided_and_other_halls_findings_are_named_as_stale(
    login: Login, world: World
) -> None:
    mine, theirs = login(), login("second")
    first, second, *_ = world.findings["shiquan"]
    other = world.findings["chengguan"][0]
    assert many(theirs, [(first, 1)], "confirm").json()["done"]
    answer = many(mine, [(first, 1), (second, 1), (other, 1)], "dismiss", reason="mistaken").json()
    assert [one["id"] for one in answer["done"]] == [second]
    assert answer["stale"] == [first, other]
    states = [status_of(world, id) for id in (first, second, other)]
    assert states == ["confirmed", "dismissed", "open"]


@pytest.mark.parametrize(
    ("count", "action", "more", "sentence"),
    [
        (0, "confirm", {}, "请先勾选。"),
        (1, "dismiss", {}, "请选择不成立的原因。"),
        (1, "dismiss", {"reason": "x"}, "请选择不成立的原因。"),
        (101, "confirm", {}, "一次最多处理 100 条,请分批进行。"),
        (1, "close", {}, "填写的内容有误。"),
        (1, "confirm", {"hall": 1}, "填写的内容有误。"),
    ],
)
def test_a_selection_that_is_refused(
    login: Login, world: World, count: int, action: str, more: dict[str, Any], sentence: str
) -> None:
    first = world.findings["shiquan"][0]
    answer = many(login(), [(first + n, 1) for n in range(count)], action, **more)
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, sentence)
    assert status_of(world, first) == "open"


# ------------------------------------------------------------------ second looks


def verdict(client: Browser, finding: int, action: str = "confirm") -> int:
    path = f"/api/v1/second/findings/{finding}"
    return client.post(path, json={"action": action}).status_code


def test_a_finding_comes_back_blind_once_and_to_another(login: Login, world: World) -> None:
    finding = world.findings["shiquan"][0]
    first, second, third = login(), login("second"), login("admin")
    assert second.get("/api/v1/second").json()["finding"] is None
    many(first, [(finding, 1)], "confirm")
    back = second.get("/api/v1/second").json()
    assert (back["left"], back["finding"]["id"]) == (1, finding)
    assert back["finding"]["shots"][0]["crop_url"].startswith("/media/")
    blind = json.dumps(back["finding"], ensure_ascii=False)
    for word in ("state", "decided", "history", "row_version", "confirmed", "李巡检"):
        assert word not in blind, word
    assert first.get("/api/v1/second").json()["left"] == 0, "not to whoever decided it"
    assert verdict(first, finding) == 409
    assert verdict(second, finding, "dismiss") == 200
    assert verdict(second, finding, "dismiss") == 409, "once"
    assert status_of(world, finding) == "confirmed", "it measures only"
    figures = second.get("/api/v1/second").json()
    assert figures["agreement"] == {
        "both": 0, "neither": 0, "first_only": 1, "second_only": 0, "kappa": 0.0,
    }  # fmt: skip
    assert figures["open"] == [], "who had a part in it doesn't settle it"
    [open] = third.get("/api/v1/second").json()["open"]
    path = f"/api/v1/second/settle/{open['look_id']}"
    assert second.post(path, json={"action": "dismiss"}).status_code == 409
    settled = third.post(path, json={"action": "dismiss"})
    assert (settled.status_code, settled.json()) == (200, {"finding_id": finding})
    with world.database.read() as session:
        assert session.scalars(select(SecondLook.settled_action)).one() == "dismiss"


def test_a_pass_is_looked_at_once_and_only_as_drawn(login: Login, world: World) -> None:
    a_pass(world)
    client = login()
    [cell] = client.get("/api/v1/second/passes").json()["passes"]
    assert cell["areas_norm"], "the desk is outlined"
    assert client.get(cell["frame_url"]).status_code == 200
    key = {k: cell[k] for k in ("hall_id", "day", "desk", "clause", "window")}
    wrong: tuple[tuple[str, object], ...] = (("desk", "D9"), ("day", "2026-03-10"), ("window", "N"))
    for field, value in wrong:
        answer = client.post("/api/v1/second/passes", json={**key, field: value, "answer": "clean"})
        assert answer.status_code == 409, field
    missed = client.post("/api/v1/second/passes", json={**key, "answer": "missed"})
    assert (missed.status_code, missed.json()) == (200, {"frame_id": cell["frame_id"]})
    assert client.post("/api/v1/second/passes", json={**key, "answer": "clean"}).status_code == 409
    assert client.get("/api/v1/second/passes").json() == {"passes": []}
    with world.database.read() as session:
        assert session.scalars(select(PassLook.answer)).all() == ["missed"]
    assert client.get("/api/v1/second").json()["recall"]["missed"] == 1


# ------------------------------------------------------------------ entry by hand


def entry(world: World, **changed: str) -> dict[str, str]:
    return {
        "hall": str(world.halls["shiquan"]), "day": "2026-03-10", "desk": "D4",
        "clause": "2S-2-(5)", "text": "线缆拖地", "channel": "joint", **changed,
    }  # fmt: skip


def send(client: Browser, data: dict[str, str], photo: bytes | None = PHOTO, **more: Any) -> Any:
    files = {"photo": ("a.jpg", photo, "image/jpeg")} if photo is not None else None
    return client.post("/api/v1/cases", data=data, files=files, **more)


def test_a_finding_is_entered_with_its_photo(login: Login, world: World) -> None:
    client = login()
    answer = send(client, entry(world))
    assert answer.status_code == 201, answer.text
    case = client.get(f"/api/v1/cases/{answer.json()['id']}").json()
    assert (case["channel"], case["window"], case["unit"]) == ("joint", "W2", "人社局")
    assert answer.json()["state_text"] == "已确认"
    picture = client.get(case["before_url"])
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/jpeg")
    large = send(client, entry(world), PHOTO + b"\0" * 1_200_000)
    assert large.status_code == 201, "a photo may be larger than other calls"
    assert send(client, entry(world), b"\0" * 13_000_000).status_code == 413


@pytest.mark.parametrize(
    ("changed", "photo", "sentence"),
    [
        ({"desk": "D99"}, PHOTO, "布局中没有这个工位。"),
        ({"clause": "9S-9"}, PHOTO, "规则包中没有这一条款。"),
        ({"text": "  "}, PHOTO, "请写明发现的问题。"),
        ({"day": "2026-03-12"}, PHOTO, "检查日期须在最近 60 天之内,且不能晚于今天。"),
        ({"channel": "camera"}, PHOTO, "填写的内容有误。"),
        ({}, b"", "请拍一张现场照片。"),
        ({}, None, "填写的内容有误。"),
        ({}, b"GIF89a", "这个文件不是 JPEG 或 PNG 照片,请重新拍照上传。"),
    ],
)
def test_an_entry_that_is_refused(
    login: Login, world: World, changed: dict[str, str], photo: bytes | None, sentence: str
) -> None:
    answer = send(login(), entry(world, **changed), photo)
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, sentence)
    with world.database.read() as session:
        assert session.scalars(select(Case.channel).where(Case.channel == "joint")).all() == []


# ------------------------------------------------------------------ the overview


def test_the_overview_says_of_each_hall_what_its_start_page_says(login: Login) -> None:
    client = login()
    seen = client.get("/api/v1/overview").json()
    [hall] = seen["halls"]
    assert (hall["code"], hall["day"], hall["open"]) == ("shiquan", str(DAY), 4)
    assert hall["running"] is None
    silent = {camera["id"]: camera["trouble"] for camera in hall["cameras"]}
    assert silent["CAM3"] == "未收到图像"
    page = client.get("/").text
    assert f"{hall['judged']}/{hall['expected']}" in page
    assert seen["coverage"] == hall["coverage"] == hall["judged"] / hall["expected"]
    english = client.get("/api/v1/overview?lang=en").json()["halls"][0]["cameras"]
    assert all(camera["trouble"] != silent["CAM3"] for camera in english)


def test_trends_and_precision_are_those_of_the_page(login: Login, world: World) -> None:
    client = login()
    first, second, *_ = world.findings["shiquan"]
    many(client, [(first, 1)], "confirm")
    many(client, [(second, 1)], "dismiss", reason="mistaken")
    trends = client.get("/api/v1/overview/trends?step=day").json()
    assert len(trends["steps"]) == 30
    assert trends["total"] == sum(sum(line["numbers"]) for line in trends["by_unit"]) > 0
    found = client.get("/api/v1/overview/precision").json()
    assert sum(line["confirmed"] for line in found["by_camera"]) == 1
    assert sum(line["dismissed"] for line in found["by_clause"]) == 1
    assert all(
        0 <= line["low"] <= line["share"] <= line["high"] <= 1 for line in found["by_clause"]
    )
    assert login("chief").get("/api/v1/overview/trends").status_code == 200
    assert login("chief").get("/api/v1/overview/precision").status_code == 403


# ------------------------------------------------------------------ halls, roles, tokens

LISTS: Final = (
    ("/api/v1/overview", "halls"),
    ("/api/v1/overview/trends", "by_unit"),
    ("/api/v1/overview/precision", "by_camera"),
    ("/api/v1/second/passes", "passes"),
)


@pytest.mark.parametrize(("path", "key"), LISTS)
def test_lists_leave_out_other_halls(login: Login, world: World, path: str, key: str) -> None:
    a_pass(world)
    a_pass(world, "chengguan")
    mine, theirs = login(), login("other")
    for client, hall in ((mine, "shiquan"), (theirs, "chengguan")):
        assert many(client, [(world.findings[hall][0], 1)], "confirm").json()["done"]
    own, other = world.halls["shiquan"], world.halls["chengguan"]
    for client, hall_id in ((mine, own), (theirs, other)):
        rows = client.get(path).json()[key]
        assert rows
        assert {row["hall_id"] for row in rows} == {hall_id}
    if "passes" not in path:
        assert mine.get(f"{path}?hall={other}").json()[key] == []


def test_what_is_drawn_in_another_hall_can_be_neither_looked_at_nor_settled(
    login: Login, world: World
) -> None:
    a_pass(world)
    finding = world.findings["shiquan"][0]
    first, second, other = login(), login("second"), login("other")
    many(first, [(finding, 1)], "confirm")
    assert other.get("/api/v1/second").json()["left"] == 0
    assert verdict(other, finding) == 409
    assert verdict(second, finding, "dismiss") == 200
    assert other.get("/api/v1/second").json()["open"] == []
    settle = other.post("/api/v1/second/settle/1", json={"action": "confirm"})
    assert settle.status_code == 409
    [cell] = first.get("/api/v1/second/passes").json()["passes"]
    key = {k: cell[k] for k in ("hall_id", "day", "desk", "clause", "window")}
    answer = other.post("/api/v1/second/passes", json={**key, "answer": "clean"})
    assert answer.status_code == 409
    assert send(other, entry(world)).status_code == 404, "nor entered there"


WRITES: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    ("/api/v1/decisions", {"action": "confirm", "findings": []}, "findings.decide"),
    ("/api/v1/second/findings/1", {"action": "confirm"}, "findings.decide"),
    ("/api/v1/second/settle/1", {"action": "confirm"}, "findings.decide"),
    ("/api/v1/second/passes", {}, "findings.decide"),
    ("/api/v1/cases", {}, "cases.enter"),
)


@pytest.mark.parametrize(("path", "body", "scope"), WRITES)
def test_a_write_needs_the_page_token_or_a_token_of_that_scope(
    login: Login,
    browser: Callable[[], Browser],
    path: str,
    body: dict[str, Any],
    scope: str,
) -> None:
    client = login()
    narrow, right = made(client, scope=["cases.read"]), made(client, scope=[scope])
    del client.headers["X-CSRF-Token"]
    answer = client.post(path, json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")
    for token, code in ((narrow, "forbidden"), (right, None)):
        answer = browser().post(path, json=body, headers={"Authorization": f"Bearer {token}"})
        if code:
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, code)
        else:
            assert answer.status_code in {409, 422}, "let in; the body says nothing"


def test_a_token_enters_a_finding_in_its_owners_name(
    login: Login, browser: Callable[[], Browser], world: World
) -> None:
    token = made(login(), scope=["cases.enter"])
    headers = {"Authorization": f"Bearer {token}"}
    assert send(browser(), entry(world), headers=headers).status_code == 201
    with world.database.read() as session:
        actors = session.scalars(select(AuditRow.actor).where(AuditRow.action == "case.confirm"))
        assert set(actors) == {"inspector"}
