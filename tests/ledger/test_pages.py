"""Who sees which cases: lists, pages, pictures and JSON keep to halls, and chiefs to windows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from service.db.models import AuditRow, Case, ChiefWindow
from tests.ledger.conftest import PHOTO, Desk
from tests.web.conftest import Browser, Login
from tests.web.seed import World

PAGES = ("", "/before", "/before/small", "/pictures/{picture}")


def addresses(world: World, hall: str) -> list[str]:
    case, picture = world.cases[hall][0], world.case_pictures[hall][0]
    pages = [f"/ledger/{case}{page.format(picture=picture)}" for page in PAGES]
    return [*pages, f"/api/v1/cases/{case}"]


@pytest.mark.parametrize("role", ["admin", "inspector", "chief", "leader"])
def test_another_halls_case_is_not_there(world: World, login: Login, role: str) -> None:
    client = login(role)
    for mine, theirs in zip(
        addresses(world, "shiquan"), addresses(world, "chengguan"), strict=True
    ):
        assert client.get(mine).status_code == 200, mine
        assert client.get(theirs).status_code == 404, theirs
    listed = client.get("/ledger").text + client.get("/api/v1/cases?size=200").text
    assert "shiquan-2026-0001" in listed
    assert "chengguan" not in listed
    other = world.halls["chengguan"]
    assert "chengguan" not in client.get(f"/ledger?hall={other}").text
    assert client.get(f"/api/v1/cases?hall={other}").json()["total"] == 0


def test_a_picture_of_another_case_is_not_there_under_ones_own(world: World, login: Login) -> None:
    mine, theirs = world.cases["shiquan"][0], world.case_pictures["chengguan"][0]
    assert login("inspector").get(f"/ledger/{mine}/pictures/{theirs}").status_code == 404


def test_a_chief_sees_only_the_windows_given(world: World, desk: Desk, login: Login) -> None:
    inspector, chief = login("inspector"), login("chief")
    here = desk.confirm(inspector, 0)  # D1, W1
    there = desk.confirm(inspector, 2)  # D3, W2
    assert (here.window, there.window) == ("W1", "W2")
    listed = chief.get("/ledger").text
    assert "我的窗口" in listed
    assert here.number in listed
    assert there.number not in listed
    for page in ("", "/before", "/before/small"):
        assert chief.get(f"/ledger/{here.id}{page}").status_code == 200
        assert chief.get(f"/ledger/{there.id}{page}").status_code == 404
    assert desk.step(chief, there.id, "appeal", appeal="other", text="…").status_code == 404
    api = {"step": "appeal", "row_version": 1, "text": "…", "appeal": "other"}
    assert chief.post(f"/api/v1/cases/{there.id}/step", json=api).status_code == 404
    with world.database.write() as session:
        session.delete(session.scalars(select(ChiefWindow)).one())
    assert chief.get(f"/ledger/{here.id}").status_code == 404
    assert "您的窗口没有符合条件的问题" in chief.get("/ledger").text


@pytest.mark.parametrize("path", ["/ledger", "/ledger/1", "/ledger/enter", "/api/v1/cases"])
def test_an_auditor_reads_no_cases(login: Login, path: str) -> None:
    assert login("auditor").get(path).status_code == 403


FILTERS = [
    ("", True),
    ("window=W1", True),
    ("window=W2", False),
    ("state=confirmed", True),
    ("state=open", True),
    ("state=closed", False),
    ("state=nonsense", True),
    ("clause=2S-2-(4)", True),
    ("clause=2S-2-(5)", False),
    ("channel=patrol", True),
    ("channel=camera", False),
    ("overdue=true", False),
    ("hall=&window=&state=&clause=&channel=", True),
]


def test_filters(login: Login) -> None:
    client = login("inspector")
    for query, found in FILTERS:
        answer = client.get(f"/ledger?{query}")
        assert answer.status_code == 200, query
        assert ("shiquan-2026-0001" in answer.text) is found, query


@pytest.mark.parametrize(
    ("role", "offered"), [("admin", False), ("leader", False), ("inspector", True), ("chief", True)]
)
def test_only_steps_that_one_may_take_are_offered(
    world: World, login: Login, role: str, offered: bool
) -> None:
    page = login(role).get(f"/ledger/{world.cases['shiquan'][0]}").text
    assert ('name="step"' in page) is offered


def test_entering_by_hand(world: World, desk: Desk, login: Login) -> None:
    client = login("inspector")
    assert 'capture="environment"' in client.get("/ledger/enter").text
    data = {
        "hall": str(world.halls["shiquan"]), "day": "2026-03-10", "desk": "D4",
        "clause": "2S-2-(5)", "text": "线缆拖地", "channel": "joint",
    }  # fmt: skip
    files = {"photo": ("IMG_0001.JPG", PHOTO, "image/jpeg")}
    answer = client.post("/ledger/enter", data=data, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    case = desk.case(int(answer.headers["Location"].split("/")[2].split("?")[0]))
    assert (case.state, case.channel, case.window, case.unit) == (
        "confirmed", "joint", "W2", "人社局",
    )  # fmt: skip
    assert client.get(f"/ledger/{case.id}/before").status_code == 200
    with world.database.read() as session:
        looks = session.scalars(
            select(AuditRow.action).where(AuditRow.action.startswith("case.pict"))
        ).all()
    assert looks == ["case.picture"]
    assert desk.step(client, case.id, "take_back").status_code == 303
    assert client.get(f"/ledger/{case.id}").status_code == 404


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"desk": "D99"}, "布局中没有这个工位"),
    ({"clause": "9S-9"}, "没有这一条款"),
    ({"text": "  "}, "请写明发现的问题"),
    ({"day": "2026-03-12"}, "不能晚于今天"),
    ({"day": "2025-12-01"}, "最近 60 天之内"),
)


def test_an_entry_that_can_not_be(world: World, login: Login) -> None:
    right = {
        "hall": str(world.halls["shiquan"]), "day": "2026-03-10", "desk": "D4",
        "clause": "2S-2-(5)", "text": "线缆拖地", "channel": "patrol",
    }  # fmt: skip
    client = login("inspector")
    for changed, sentence in WRONG:
        photo = {"photo": ("a", PHOTO, "image/png")}
        answer = client.post("/ledger/enter", data=right | changed, files=photo)
        assert answer.status_code == 422, changed
        assert sentence in answer.text
    assert "请拍一张现场照片" in client.post("/ledger/enter", data=right).text
    with world.database.read() as session:
        assert len(session.scalars(select(Case)).all()) == 2


def test_another_hall_takes_no_entry_and_no_token_no_entry(world: World, login: Login) -> None:
    client = login("inspector")
    data = {"hall": str(world.halls["chengguan"]), "day": "2026-03-10", "desk": "D1"}
    assert client.post("/ledger/enter", data=data).status_code == 404
    del client.headers["X-CSRF-Token"]
    files = {"photo": ("a", PHOTO, "image/jpeg")}
    assert client.post("/ledger/enter", data=data, files=files).status_code == 403


def test_the_api_walks_the_same_way(world: World, desk: Desk, login: Login) -> None:
    inspector, chief = login("inspector"), login("chief")
    id = world.cases["shiquan"][0]
    case = inspector.get(f"/api/v1/cases/{id}").json()
    assert case["allowed"] == ["assign", "take_back"]
    body = {"step": "assign", "row_version": case["row_version"], "due_day": "2026-03-16"}
    refused = inspector.post(f"/api/v1/cases/{id}/step", json=body)
    assert refused.status_code == 422
    assert refused.json()["error"]["message"] == "“派单”缺少责任人。"
    english = inspector.post(f"/api/v1/cases/{id}/step?lang=en", json=body)
    assert english.json()["error"]["message"] == "“Assign” needs: Responsible."
    done = inspector.post(f"/api/v1/cases/{id}/step", json={**body, "to_unit": True})
    assert done.json()["state_text"] == "已派单"
    stale = inspector.post(f"/api/v1/cases/{id}/step", json={**body, "to_unit": True})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale")
    assert desk.case(id).responsible == "市场监管局 张首席"
    shown = chief.get(f"/api/v1/cases/{id}").json()
    assert set(shown["allowed"]) == {"accept", "report_done", "appeal", "ask_extension"}
    assert [step["step"] for step in shown["steps"]] == ["confirm", "assign"]


def test_a_step_goes_with_its_photo_by_the_api(desk: Desk, login: Login) -> None:
    inspector, chief = login("inspector"), login("chief")
    case = desk.confirm(inspector)
    desk.assign(inspector, case.id)
    path = f"/api/v1/cases/{case.id}/step/photo"

    def send(client: Browser, step: str, photo: bytes = PHOTO, version: int = 0) -> Any:
        data = {"step": step, "row_version": version or desk.case(case.id).row_version}
        return client.post(path, data=data | {"text": "已收好"}, files={"photo": ("a", photo)})

    refused = send(chief, "report_done", b"GIF89a")
    assert refused.status_code == 422
    assert "不是 JPEG 或 PNG" in refused.json()["error"]["message"]
    assert send(chief, "extend").status_code == 422
    assert send(inspector, "close").status_code == 422, "nothing was reported done"
    done = send(chief, "report_done", PHOTO + b"\0" * 1_200_000)
    assert (done.status_code, done.json()["state_text"]) == (200, "待复核")
    assert send(chief, "report_done", version=1).status_code == 409
    assert send(inspector, "close").json()["state_text"] == "已销号"
    steps = inspector.get(f"/api/v1/cases/{case.id}").json()["steps"]
    pictures = [s["picture_url"] for s in steps if s["picture_url"]]
    assert len(pictures) == 2
    assert inspector.get(pictures[0]).headers["Content-Type"] == "image/jpeg"


def test_english_pages_are_english(world: World, login: Login) -> None:
    client = login("inspector")
    page = client.get(f"/ledger/{world.cases['shiquan'][0]}?lang=en").text
    for text in ("Ledger", "Before", "Deadline", "Responsible", "History"):
        assert text in page
    assert "Enter a finding by hand" in client.get("/ledger/enter?lang=en").text
