"""What a look is worth: points of the hall's own table, the record of the place; kept a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.db.models import Finding
from service.reports.points import PointsTable, save_table
from service.review.order import ADVISORY_POINTS, Record
from service.review.queue import KEPT, Counted, Stakes
from tests.web.conftest import Login, Wall
from tests.web.seed import DAY, NOW, World


def test_what_costs_more_is_looked_at_first_and_a_reminder_last() -> None:
    stakes = Stakes({("A", "CAM1"): Record(0, 90)}, {1: {"A": 0.5, "B": 1.0}})

    def value(clause: str, camera: str = "CAM2", *, advisory: bool = False) -> float:
        return stakes.value(1, clause, camera, advisory=advisory, confidence=0.8, age_days=0)

    assert value("B") == 2 * value("A")
    assert value("A", "CAM1") < value("A") / 5  # always dismissed there before
    assert value("C") == value("B", advisory=True) == pytest.approx(ADVISORY_POINTS * value("B"))


def test_the_stakes_are_counted_anew_after_a_while(world: World) -> None:
    asked: list[int] = []

    def deduct(session: Session, hall_id: int, day: date) -> Mapping[str, float]:
        del session, day
        asked.append(hall_id)
        return {}

    counted, halls = Counted(deduct), {world.halls["shiquan"]}
    with world.database.write() as session:
        first = counted.of(session, halls, NOW)
        session.get_one(Finding, world.findings["shiquan"][0]).status = "confirmed"
        session.flush()
        assert counted.of(session, halls, NOW + KEPT - timedelta(seconds=1)) is first
        later = counted.of(session, halls, NOW + KEPT)
        counted.of(session, set(world.halls.values()), NOW + KEPT)
    assert first.records == {}
    assert [record.confirmed for record in later.records.values()] == [1]
    assert len(asked) == 2 + len(world.halls)


def test_a_new_points_table_changes_the_order(login: Login, world: World, wall: Wall) -> None:
    def first(page: str) -> int:
        return int(page.split('data-first="')[1].split('"')[0])

    client = login()
    before, hall = first(client.get("/queue").text), world.halls["shiquan"]
    with world.database.read() as session:
        clauses = {session.get_one(Finding, id).clause: id for id in world.findings["shiquan"]}
        shown = session.get_one(Finding, before).clause
    dear = next(clause for clause in clauses if clause != shown)
    boss = Viewer(world.users["admin"], "admin", "", Role.ADMIN, frozenset({hall}), "s")
    table = PointsTable(deduct={**dict.fromkeys(clauses, 0.5), dear: 5.0})
    save_table(
        world.database, boss, hall, table, base_version=0, effective_from=DAY, note="", now=wall.now
    )
    wall.forward(minutes=5)
    assert first(client.get("/queue").text) == clauses[dear]
