"""A knocked camera on the pages: shown until a person says what was done, and on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.db.log import AuditRow
from service.db.models import CameraPause, LayoutVersion
from tests.web.conftest import Login
from tests.web.seed import NOW, World


def a_pause(world: World, hall: str) -> int:
    """An open pause of that hall; one that is there already stays."""
    with world.database.write() as session:
        row = session.scalar(select(CameraPause).where(CameraPause.hall_id == world.halls[hall]))
        if row is None:
            row = CameraPause(
                hall_id=world.halls[hall], camera="CAM2", since=NOW - timedelta(hours=3),
                frame="CAM2_20260311T170000.jpg", shift_percent=3.24, turn_deg=0.6,
                recorded_at=NOW,
            )  # fmt: skip
            session.add(row)
            session.flush()
        return row.id


def pause(world: World, number: int) -> CameraPause:
    with world.database.read() as session:
        row = session.get_one(CameraPause, number)
        session.expunge(row)
        return row


@pytest.mark.parametrize(
    ("role", "may_clear"), [("admin", True), ("inspector", True), ("leader", False)]
)
def test_it_is_shown_until_it_is_cleared(
    world: World, login: Login, role: str, may_clear: bool
) -> None:
    number = a_pause(world, "shiquan")
    other = a_pause(world, "chengguan")
    client = login(role)
    start, page = client.get("/").text, client.get("/cameras").text
    assert "机位移动,判定已暂停,待人工确认" in start
    assert "3.2 % / 0.6°" in page
    assert f"pause-{other}" not in page, "another hall's"
    assert (f"/cameras/pauses/{number}/clear" in page) is may_clear
    assert "camera moved, its verdicts are paused" in client.get("/cameras?lang=en").text


def test_clearing_is_written_down_and_happens_once(world: World, login: Login) -> None:
    number = a_pause(world, "shiquan")
    where = f"/cameras/pauses/{number}/clear"
    given = {"choice": "put_back", "note": " 已按标记转回 "}
    answer = login("inspector").post(where, data=given, follow_redirects=False)
    assert answer.status_code == 303
    row = pause(world, number)
    assert (row.cleared_at, row.cleared_by, row.choice) == (NOW, "inspector", "put_back")
    assert row.note == "已按标记转回"
    second = login("admin")
    second.post(where, data={"choice": "put_back"}, follow_redirects=False)
    assert pause(world, number).cleared_by == "inspector"
    assert "判定已暂停" not in second.get("/").text + second.get("/cameras").text
    with world.database.read() as session:
        logged = [r for r in session.scalars(select(AuditRow)) if "pause_cleared" in r.action]
    assert [(r.actor, r.detail["camera"], r.detail["choice"]) for r in logged] == [
        ("inspector", "CAM2", "put_back")
    ]


def test_a_new_reference_needs_a_layout_saved_since(world: World, login: Login) -> None:
    number = a_pause(world, "shiquan")
    hall = world.halls["shiquan"]
    with world.database.write() as session:
        for layout in session.scalars(select(LayoutVersion)):
            layout.created_at = NOW - timedelta(days=9)
    client = login("admin")
    where = f"/cameras/pauses/{number}/clear"
    refused = client.post(where, data={"choice": "new_reference"})
    assert refused.status_code == 422
    assert "还没有保存过新布局" in refused.text
    assert pause(world, number).cleared_at is None
    with world.database.write() as session:
        session.add(
            LayoutVersion(hall_id=hall, version=2, sha256="1" * 64, yaml="desks: []",
                          base_path="", created_at=NOW)
        )  # fmt: skip
    client.post(where, data={"choice": "new_reference"}, follow_redirects=False)
    assert pause(world, number).choice == "new_reference"


@pytest.mark.parametrize("choice", ["", "forget_it"])
def test_another_choice_is_refused(world: World, login: Login, choice: str) -> None:
    number = a_pause(world, "shiquan")
    answer = login("admin").post(f"/cameras/pauses/{number}/clear", data={"choice": choice})
    assert answer.status_code == 422
    assert pause(world, number).cleared_at is None
