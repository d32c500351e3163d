"""Confirm, dismiss, take back, stale writes, 补记: what each leaves behind."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from service.db.models import AuditRow, Decision, Finding, FindingFrame, LayoutVersion
from service.web.words import DISMISS_REASONS
from tests.web.conftest import Browser, Login, Wall
from tests.web.pictures import HEIGHT, WIDTH
from tests.web.seed import World


def decide(client: Browser, finding: int, version: int = 1, **body: Any) -> Any:
    return client.post(
        f"/api/v1/findings/{finding}/decision",
        json={"action": "confirm", "row_version": version, **body},
    )


def show(client: Browser, finding: int) -> dict[str, Any]:
    shown: dict[str, Any] = client.get(f"/api/v1/findings/{finding}").json()
    return shown


def test_a_confirmed_finding_says_who_and_when(login: Login, world: World, wall: Wall) -> None:
    client, finding = login(), world.findings["shiquan"][0]
    answer = decide(client, finding, note=" 桌面有手机 ")
    assert answer.status_code == 200
    assert answer.json() | {"message": ""} == {
        "id": finding,
        "state": "confirmed",
        "state_text": "已确认",
        "row_version": 2,
        "message": "",
    }
    shown = show(client, finding)
    assert (shown["state"], shown["decided_by"]) == ("confirmed", "李巡检")
    assert shown["history"][0]["note"] == "桌面有手机"
    with world.database.read() as session:
        row = session.get_one(Finding, finding)
        assert row.decided_by_id == world.users["inspector"]
        assert row.decided_at == wall.now


@pytest.mark.parametrize("reason", list(DISMISS_REASONS))
def test_a_dismissed_finding_keeps_its_reason(login: Login, world: World, reason: str) -> None:
    client, finding = login(), world.findings["shiquan"][0]
    assert decide(client, finding, action="dismiss", reason=reason).status_code == 200
    shown = show(client, finding)
    assert (shown["state"], shown["decision_reason"]) == ("dismissed", reason)


@pytest.mark.parametrize(
    "body",
    [
        {"action": "dismiss"},
        {"action": "dismiss", "reason": "because"},
        {"action": "delete"},
        {"action": "confirm", "row_version": 0},
        {"action": "confirm", "row_version": "1"},
        {"action": "confirm", "extra": 1},
        {"action": "confirm", "note": "长" * 501},
    ],
)
def test_a_bad_verdict_is_refused_in_the_one_shape_and_changes_nothing(
    login: Login, world: World, body: dict[str, Any]
) -> None:
    client, finding = login(), world.findings["shiquan"][0]
    answer = decide(client, finding, **body)
    assert answer.status_code == 422
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"]["code"] == "invalid"
    assert show(client, finding)["state"] == "open"


def test_a_verdict_on_what_somebody_else_changed_is_refused_kindly(
    login: Login, world: World
) -> None:
    first, second = login("inspector"), login("second")
    finding = world.findings["shiquan"][0]
    assert decide(first, finding).status_code == 200
    answer = decide(second, finding, action="dismiss", reason="other")
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert error["code"] == "stale"
    assert error["details"]["by"] == "李巡检"
    assert error["details"]["state"] == "confirmed"
    assert show(second, finding)["state"] == "confirmed"
    assert decide(second, finding, version=2).status_code == 409  # decided is decided
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_taking_back_leaves_the_history_and_the_finding_waits_again(
    login: Login, world: World
) -> None:
    client, finding = login(), world.findings["shiquan"][0]
    decide(client, finding, action="dismiss", reason="mistaken")
    answer = client.post(f"/api/v1/findings/{finding}/undo", json={"row_version": 2})
    assert (answer.status_code, answer.json()["state"]) == (200, "open")
    shown = show(client, finding)
    assert shown["decided_by"] is None
    assert [(e["action"], e["undone_at"] is not None) for e in shown["history"]] == [
        ("dismiss", True),
        ("undo", False),
    ]
    assert decide(client, finding, version=answer.json()["row_version"]).status_code == 200


def test_undo_last_walks_back_through_ones_own_verdicts_only(login: Login, world: World) -> None:
    mine, theirs = login("inspector"), login("second")
    a, b, c = world.findings["shiquan"][:3]
    decide(mine, a)
    decide(mine, b)
    decide(theirs, c)
    undone = [mine.post("/api/v1/decisions/undo-last", json={}) for _ in range(3)]
    assert [answer.status_code for answer in undone] == [200, 200, 409]
    assert [answer.json()["id"] for answer in undone[:2]] == [b, a]
    assert undone[2].json()["error"]["code"] == "nothing_to_undo"
    assert show(theirs, c)["state"] == "confirmed"


def test_only_the_giver_or_an_administrator_takes_a_verdict_back(
    login: Login, world: World
) -> None:
    giver, other, admin = login("inspector"), login("second"), login("admin")
    finding = world.findings["shiquan"][0]
    decide(giver, finding)
    body = {"row_version": 2}
    refused = other.post(f"/api/v1/findings/{finding}/undo", json=body)
    assert refused.status_code == 422
    assert "只能撤回自己的处理" in refused.json()["error"]["message"]
    assert admin.post(f"/api/v1/findings/{finding}/undo", json=body).status_code == 200


def test_the_row_of_the_decided_list_comes_back_taken_back(login: Login, world: World) -> None:
    client, finding = login(), world.findings["shiquan"][0]
    decide(client, finding)
    assert f'id="finding-{finding}"' in client.get("/decided").text
    answer = client.post(
        f"/findings/{finding}/undo", data={"row_version": "2"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert answer.text.strip().startswith(f'<tr id="finding-{finding}">')
    assert "待确认" in answer.text


def missed(world: World, **changes: object) -> dict[str, object]:
    return {
        "frame_id": world.frames["shiquan"][0],
        "desk": "D2",
        "clause": "2S-2-(9)a",
        "note": "杯子在键盘旁",
        "box_xyxy_px": [500, 440.5, 560, 500],
        **changes,
    }


def test_what_was_missed_is_recorded_as_confirmed_by_who_saw_it(login: Login, world: World) -> None:
    client = login()
    answer = client.post("/api/v1/findings", json=missed(world))
    assert answer.status_code == 201, answer.text
    shown = show(client, answer.json()["id"])
    assert (shown["state"], shown["source"], shown["decided_by"]) == (
        "confirmed",
        "manual",
        "李巡检",
    )
    assert shown["shots"][0]["boxes"][0]["xyxy_px"] == [500, 440.5, 560, 500]
    assert shown["history"][0]["action"] == "add"
    with world.database.read() as session:
        row = session.get_one(Finding, shown["id"])
        assert session.get_one(LayoutVersion, row.layout_version_id).hall_id == row.hall_id
        assert row.pack_version == "test@1"
        frames = select(FindingFrame.frame_id).where(FindingFrame.finding_id == row.id)
        assert session.scalars(frames).all() == [world.frames["shiquan"][0]]
    undone = client.post("/api/v1/decisions/undo-last", json={})
    assert undone.json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"desk": "D99"}, 422),
        ({"clause": "9S"}, 422),
        ({"box_xyxy_px": [10, 10, 10.5, 60]}, 422),
        ({"box_xyxy_px": [WIDTH + 5, 0, WIDTH + 90, 60]}, 422),
        ({"box_xyxy_px": [0, 0, 1e9, HEIGHT]}, 422),
        ({"box_xyxy_px": [0, 0, 10]}, 422),
        ({"frame_id": 2**62}, 404),
        ({"frame_id": 0}, 422),
        ({"note": "x" * 501}, 422),
    ],
)
def test_a_bad_addition_is_refused_and_adds_nothing(
    login: Login, world: World, changes: dict[str, object], status: int
) -> None:
    client = login()
    answer = client.post("/api/v1/findings", json=missed(world, **changes))
    assert answer.status_code == status
    assert client.get("/api/v1/findings?state=confirmed").json()["total"] == 0


def test_nothing_can_be_added_on_a_frame_of_another_hall(login: Login, world: World) -> None:
    answer = login().post(
        "/api/v1/findings", json=missed(world, frame_id=world.frames["chengguan"][0])
    )
    assert answer.status_code == 404


def test_every_verdict_is_in_the_log(login: Login, world: World) -> None:
    client, finding = login(), world.findings["shiquan"][0]
    decide(client, finding)
    client.post("/api/v1/decisions/undo-last", json={})
    with world.database.read() as session:
        rows = session.execute(
            select(AuditRow.action, AuditRow.actor, AuditRow.object_id, AuditRow.hall_id)
            .where(AuditRow.object_kind == "finding")
            .order_by(AuditRow.id)
        )
        hall = world.halls["shiquan"]
        assert [tuple(row) for row in rows] == [
            ("finding.confirm", "inspector", str(finding), hall),
            ("finding.undo", "inspector", str(finding), hall),
        ]


def test_a_claim_names_who_looks_and_keeps_nobody_from_deciding(
    login: Login, world: World, wall: Wall
) -> None:
    first, second = login(), login("second")
    mine, next_one = world.findings["shiquan"][:2]
    claimed = first.post(f"/api/v1/findings/{mine}/claim", json={}).json()
    assert (claimed["by"], claimed["held"]) == (None, [])
    told = second.post(f"/api/v1/findings/{mine}/claim", json={}).json()
    assert told["by"] == "李巡检"
    assert told["held"] == [{"id": mine, "by": "李巡检"}]
    assert f'data-id="{mine}" data-state="open" data-findings="1" data-held="李巡检"' in (
        second.get("/queue").text
    )
    assert decide(second, mine).status_code == 200
    late = first.post(f"/api/v1/findings/{mine}/claim", json={}).json()
    assert (late["state"], late["row_version"]) == ("confirmed", 2)
    wall.forward(minutes=2)
    assert second.post(f"/api/v1/findings/{next_one}/claim", json={}).json()["held"] == []


def test_the_second_inspector_begins_with_another_finding(login: Login) -> None:
    first, second = login(), login("second")

    def begins(client: Browser) -> str:
        return client.get("/queue").text.split('data-first="')[1].split('"')[0]

    at = begins(first)
    first.post(f"/api/v1/findings/{at}/claim", json={})
    assert begins(first) == at
    assert begins(second) != at
