"""What a monitoring system sees: alive, ready, figures; and who is let in to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import text

from service.db.camera_tables import Camera
from service.db.engine import Database
from service.db.models import CameraPause, Run
from service.metrics import exposition
from service.web.app import create_app
from tests.web.conftest import Browser
from tests.web.seed import NOW, SmallBook, World

TOKEN = "metrics-token-0123456789"
HERE = ("127.0.0.1", 50000)


def client(world: World, peer: tuple[str, int] = HERE, token: str | None = None) -> TestClient:
    given = SecretStr(token) if token is not None else None
    settings = world.settings.model_copy(update={"metrics_token": given, "min_free_mb": 0})
    app = create_app(settings, database=world.database, book=SmallBook(), clock=lambda: NOW)
    return TestClient(app, client=peer)


def figures(world: World) -> dict[tuple[str, ...], float]:
    """(family, label values in the order of their names…) -> figure."""
    text = exposition(world.database, world.settings, NOW).decode()
    return {
        (
            sample.name.removeprefix("deskcheck_"),
            *(v for _, v in sorted(sample.labels.items())),
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("peer", "token", "headers", "status"),
    [
        (HERE, None, {}, 200),
        (("::1", 1), None, {}, 200),
        (("10.0.0.9", 1), None, {}, 403),
        (("testclient", 1), None, {}, 403),
        (HERE, None, {"X-Forwarded-For": "127.0.0.1"}, 403),
        (HERE, None, {"Forwarded": "for=10.0.0.9"}, 403),
        (HERE, TOKEN, {}, 403),  # with a token only the token counts
        (("10.0.0.9", 1), TOKEN, {"Authorization": f"Bearer {TOKEN}"}, 200),
        (HERE, TOKEN, {"Authorization": f"Bearer {TOKEN}x"}, 403),
        (HERE, TOKEN, {"Authorization": f"Basic {TOKEN}"}, 403),
        (HERE, TOKEN, {"Authorization": "Bearer "}, 403),
        (HERE, "", {"Authorization": "Bearer "}, 200),  # an empty token is none
    ],
)
def test_who_may_read_the_figures(
    world: World, peer: tuple[str, int], token: str | None, headers: dict[str, str], status: int
) -> None:
    answer = client(world, peer, token).get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("deskcheck_queue_open" in answer.text) is (status == 200)


def test_a_log_in_opens_no_figures(login: Callable[..., Browser]) -> None:
    assert login("admin").get("/metrics").status_code == 403


def test_alive_and_ready(world: World, browser: Callable[[], Browser]) -> None:
    assert browser().get("/healthz").json() == {"status": "ok"}
    ready = client(world, ("10.0.0.9", 1)).get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")


def test_unready_says_what(world: World) -> None:
    settings = world.settings.model_copy(update={"min_free_mb": 10**9})
    app = create_app(settings, database=world.database, book=SmallBook())
    full = TestClient(app).get("/readyz")
    assert (full.status_code, full.json()["disk"]) == (503, "full")
    with world.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    old = client(world).get("/readyz")
    assert (old.status_code, old.json()["database"]) == (503, "wrong schema")
    assert client(world).get("/healthz").status_code == 200, "alive all the same"


def test_a_damaged_database_is_not_taken_for_an_old_one(world: World, tmp_path: Path) -> None:
    world.database.close()
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(b"hello" * 1000)
    settings = world.settings.model_copy(update={"min_free_mb": 0})
    database = Database(f"sqlite:///{damaged}")
    answer = TestClient(create_app(settings, database=database, book=SmallBook())).get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
    database.close()


def test_the_figures(world: World) -> None:
    hall = world.halls["shiquan"]
    with world.database.write() as session:
        for code, state in (("CAM1", "ok"), ("CAM2", "stopped")):
            session.add(
                Camera(
                    hall_id=hall, code=code, kind="http", url="http://10.0.0.1/x?token=canary",
                    login="canary-user", state=state, state_since=NOW, created_at=NOW,
                    last_ok_at=NOW - timedelta(minutes=5), clock_offset_s=-3.5,
                )
            )  # fmt: skip
        session.add(CameraPause(hall_id=hall, camera="CAM2", since=NOW, frame="x", recorded_at=NOW))
        run = session.query(Run).filter_by(hall_id=hall).order_by(Run.id.desc()).first()
        assert run is not None
        run.status, run.finished_at, run.timings = "incomplete", NOW, {"look": 12.5}
        run.cameras_missing = ["CAM3"]
    found = figures(world)
    assert found["camera_state", "CAM2", "shiquan", "stopped"] == 1
    assert found["camera_state", "CAM2", "shiquan", "ok"] == 0
    assert found["camera_paused_since_timestamp_seconds", "CAM2", "shiquan"] == NOW.timestamp()
    assert found["camera_clock_offset_seconds", "CAM1", "shiquan"] == -3.5
    assert found["night_stage_seconds", "shiquan", "look"] == 12.5
    assert found["night_cameras_missing", "shiquan"] == 1
    assert found["night_incomplete", "shiquan"] == 1
    assert found["queue_open", "shiquan"] == len(world.findings["shiquan"])
    assert found["night_ended_timestamp_seconds", "shiquan"] == NOW.timestamp()
    assert any(key[0] == "night_unjudged" for key in found)
    assert sum(v for k, v in found.items() if k[:2] == ("night_verdicts", "shiquan")) > 0
    assert found["spots_today", "shiquan", "taken"] == 0
    assert "canary" not in exposition(world.database, world.settings, NOW).decode()


def test_an_empty_installation_has_figures_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.web.seed import new_world

    world = new_world(tmp_path_factory.mktemp("empty") / "data")
    assert list(figures(world)) == [("free_bytes",)]
    world.database.close()


def test_the_routes_are_declared(app: FastAPI) -> None:
    from service.web.access import Scope, route_table

    scopes = {row.path: row.access.scope for row in route_table(app)}
    assert scopes["/metrics"] is Scope.MACHINE
    assert scopes["/healthz"] is scopes["/readyz"] is Scope.PUBLIC
