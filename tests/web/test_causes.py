"""One thing against two clauses: looked at once, decided once, taken back once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from service.db.models import Case, Finding
from service.review.causes import cause_of
from tests.web.conftest import Browser, Login
from tests.web.seed import World

BOX = {"cls": "bag", "xyxy_px": [10.0, 20.0, 50.0, 60.0], "confidence": 0.8}
OTHER = {"cls": "bag", "xyxy_px": [110.0, 20.0, 150.0, 60.0], "confidence": 0.8}


@pytest.fixture
def pair(world: World) -> tuple[int, int]:
    """Two open findings of one desk on the same frame with the same box, of two clauses."""
    first, second = world.findings["shiquan"][:2]
    with world.database.write() as session:
        a, b = session.get_one(Finding, first), session.get_one(Finding, second)
        b.desk, b.frame_id, b.boxes = a.desk, a.frame_id, list(a.boxes)
        assert a.clause != b.clause
    return first, second


def show(client: Browser, finding: int) -> dict[str, Any]:
    shown: dict[str, Any] = client.get(f"/api/v1/findings/{finding}").json()
    return shown


def decide(client: Browser, finding: int, **body: Any) -> Any:
    version = show(client, finding)["row_version"]
    body = {"action": "confirm", "row_version": version, **body}
    return client.post(f"/api/v1/findings/{finding}/decision", json=body)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((1, "D1", 7, [BOX]), (1, "D1", 7, [BOX]), True),
        ((1, "D1", 7, [BOX, OTHER]), (1, "D1", 7, [OTHER, BOX]), True),
        ((1, "D1", 7, [BOX]), (1, "D1", 7, [BOX | {"confidence": 0.5}]), True),
        ((1, "D1", 7, [BOX]), (1, "D1", 7, [OTHER]), False),
        ((1, "D1", 7, [BOX]), (1, "D1", 7, [BOX, OTHER]), False),
        ((1, "D1", 7, [BOX]), (1, "D2", 7, [BOX]), False),
        ((1, "D1", 7, [BOX]), (1, "D1", 8, [BOX]), False),
        ((1, "D1", 7, [BOX]), (2, "D1", 7, [BOX]), False),
        ((1, "D1", 7, [BOX]), (1, "D1", 7, [BOX | {"cls": "carton"}]), False),
    ],
)
def test_what_one_cause_is(a: Any, b: Any, same: bool) -> None:
    assert (cause_of(*a) == cause_of(*b)) is same


@pytest.mark.parametrize(("frame", "boxes"), [(None, [BOX]), (7, [])])
def test_nothing_drawn_is_no_common_cause(frame: int | None, boxes: list[Any]) -> None:
    assert cause_of(1, "D1", frame, boxes) is None


def test_the_queue_shows_it_once_with_both_clauses(
    login: Login, world: World, pair: tuple[int, int]
) -> None:
    client = login()
    page = client.get("/queue").text
    ids = [i for i in pair if f'data-id="{i}"' in page]
    assert len(ids) == 1
    assert page.count("data-id=") == len(world.findings["shiquan"]) - 1
    assert 'data-findings="2"' in page
    clauses = {show(client, i)["clause"] for i in pair}
    panel = client.get(f"/queue/{ids[0]}/panel").text
    assert all(clause in panel for clause in clauses)


def test_one_verdict_decides_both_and_one_taking_back_both(
    login: Login, world: World, pair: tuple[int, int]
) -> None:
    client, (first, second) = login(), pair
    also = show(client, first)["also"]
    assert [other["id"] for other in also] == [second]
    given = [{"id": a["id"], "row_version": a["row_version"]} for a in also]
    assert decide(client, first, also=given).status_code == 200
    assert [show(client, i)["state"] for i in pair] == ["confirmed", "confirmed"]
    with world.database.read() as session:
        made = session.scalars(select(Case.finding_id).where(Case.finding_id.in_(pair)))
        assert set(made) == set(pair)  # a case each: each clause has its own points
    assert client.post("/api/v1/decisions/undo-last", json={}).status_code == 200
    assert [show(client, i)["state"] for i in pair] == ["open", "open"]


def test_without_naming_the_other_only_one_is_decided(login: Login, pair: tuple[int, int]) -> None:
    client, (first, second) = login(), pair
    assert decide(client, first).status_code == 200
    assert show(client, second)["state"] == "open"
    assert show(client, second)["also"] == []


def test_a_stale_or_strange_other_refuses_all(
    login: Login, world: World, pair: tuple[int, int]
) -> None:
    client, (first, second) = login(), pair
    stranger, foreign = world.findings["shiquan"][2], world.findings["chengguan"][0]
    for other in (
        {"id": second, "row_version": 9},
        {"id": stranger, "row_version": 1},
        {"id": foreign, "row_version": 1},
        {"id": first, "row_version": 1},
    ):
        answer = decide(client, first, also=[other])
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "stale")
    assert [show(client, i)["state"] for i in pair] == ["open", "open"]
    with world.database.read() as session:
        assert session.get_one(Finding, foreign).status == "open"
