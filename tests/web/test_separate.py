"""三员分立: nobody holds two of system, users and log; the log's page for whom it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from service.web.app import create_app
from tests.web.conftest import Browser, Login, Wall
from tests.web.seed import SmallBook, World

PARTS = {"system": "/setup", "users": "/setup/users", "log": "/audit"}


@pytest.fixture
def apart(world: World, wall: Wall) -> FastAPI:
    settings = world.settings.model_copy(update={"separate_admins": True})
    return create_app(settings, database=world.database, book=SmallBook(), clock=wall)


def opened(client: Browser) -> set[str]:
    return {name for name, path in PARTS.items() if client.get(path).status_code == 200}


@pytest.mark.parametrize(
    ("role", "together", "separate"),
    [
        ("admin", {"system", "users", "log"}, {"system"}),
        ("security", {"users"}, {"users"}),
        ("auditor", {"log"}, {"log"}),
        ("inspector", set(), set()),
        ("leader", set(), set()),
    ],
)
def test_who_opens_what(
    login: Login, apart: FastAPI, role: str, together: set[str], separate: set[str]
) -> None:
    assert opened(login(role)) == together
    client = Browser(apart, base_url="http://testserver").log_in(role)
    assert opened(client) == separate
    assert ("/audit" in client.get("/account").text) is ("log" in separate)


def test_a_token_holds_no_more_than_its_owner(apart: FastAPI) -> None:
    client = Browser(apart, base_url="http://testserver").log_in("admin")
    form = {"name": "x", "scope": ["users.manage"], "days": "9"}
    assert client.post("/account/tokens", data=form).status_code == 422


def test_the_log_is_filtered_and_verified(login: Login, world: World, wall: Wall) -> None:
    login("inspector")
    auditor = login("auditor")
    page = auditor.get("/audit?actor=inspector&action=login").text
    assert "inspector" in page
    assert auditor.get("/audit?actor=nobody").text.count("没有符合条件的记录") == 1
    day = wall.now.date()
    assert "login" in auditor.get(f"/audit?day={day}").text
    assert "没有符合条件的记录" in auditor.get(f"/audit?day={day - timedelta(days=1)}").text
    assert auditor.get("/audit?day=0001-01-01").status_code == 200
    assert "日志完整" in auditor.get("/audit?check=true").text
    with world.database.engine.begin() as connection:
        for trigger in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit_log'")
        ).scalars():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE audit_log SET actor='other' WHERE id=1"))
    assert "日志不完整" in auditor.get("/audit?check=true").text


def test_another_halls_rows_are_not_shown(login: Login, world: World) -> None:
    client = login("other")
    hall = world.halls["chengguan"]
    data = {"hall": str(hall), "clause": "2S-2-(4)", "text": "x"}
    assert client.post("/feedback", data=data, follow_redirects=False).status_code == 303
    page = login("auditor").get("/audit?action=feedback").text
    assert "没有符合条件的记录" in page
