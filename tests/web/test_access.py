"""Deny by default: every route × every role × right and wrong hall, and the table in the docs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from service.auth.roles import GRANTS, Permission, Role, may
from service.db.models import Decision, ExceptionRow, Finding, NoticeRow
from service.web.access import Scope, refuse_undeclared, route_table
from service.web.access_table import with_table
from tests.reports.a_bulletin import an_issued_one
from tests.web.conftest import Browser, Login
from tests.web.seed import DAY, NOW, World
from tests.web.test_cameras import a_camera
from tests.web.test_good import an_example
from tests.web.test_pauses import a_pause

ROLES = [role.value for role in Role]


def test_the_table_in_the_docs_is_the_routes_own(root: Path) -> None:
    written = (root / "docs" / "access.md").read_text(encoding="utf-8")
    assert with_table(written) == written, "run: python -m service.web.access_table"


def test_every_permission_is_granted_to_somebody_and_asked_for_somewhere(app: FastAPI) -> None:
    asked = {row.access.permission for row in route_table(app)} - {None}
    assert set(GRANTS) == set(Permission)
    assert asked == set(Permission)
    assert all(GRANTS.values())


def test_only_these_routes_are_open_to_all(app: FastAPI) -> None:
    public = {(row.method, row.path) for row in route_table(app) if row.access.permission is None}
    assert public == {
        ("GET", "/health"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),  # behind a check of its own: test_outside.py
        ("GET", "/login"),
        ("POST", "/login"),
        ("GET", "/static/…"),
    }


def test_a_route_that_declares_nothing_stops_the_start_and_is_refused(
    app: FastAPI, login: Login
) -> None:
    client = login("admin")

    @app.get("/api/v1/forgotten")
    def forgotten() -> dict[str, str]:
        return {"secret": "leaked"}

    with pytest.raises(RuntimeError, match="does not say who may call it"):
        refuse_undeclared(app)
    answer = client.get("/api/v1/forgotten")
    assert answer.status_code == 403
    assert "leaked" not in answer.text


def test_a_role_holds_only_what_is_granted() -> None:
    assert may(Role.INSPECTOR, Permission.FINDINGS_DECIDE)
    for role in (Role.CHIEF, Role.LEADER, Role.AUDITOR):
        assert not may(role, Permission.FINDINGS_DECIDE)
    assert not may(Role.AUDITOR, Permission.FINDINGS_READ)
    assert not may(Role.INSPECTOR, Permission.AUDIT_READ)


# ------------------------------------------------------------------ the matrix


def a_register_row(world: World, hall: str) -> int:
    """A number that is a notice's and an exception's of that hall at once."""
    hall_id = world.halls[hall]
    made = {"first_day": DAY, "last_day": DAY, "approved_by": "x", "created_at": NOW,
            "created_by": "x", "taken_back_at": None}  # fmt: skip
    number = hall_id + 100
    with world.database.write() as session:
        session.merge(NoticeRow(id=number, hall_id=hall_id, zone="w", title="x", **made))
        session.merge(
            ExceptionRow(
                id=number, hall_id=hall_id, desk="D1", clause="x", kind="other", why="x", **made
            )
        )
    return number


def address(path: str, world: World, hall: str) -> str:
    ids = {
        "finding_id": world.findings[hall][0],
        "frame_id": world.frames[hall][0],
        "media_id": world.media[hall][0],
        "hall_id": world.halls[hall],
        "user_id": world.users["second" if hall == "shiquan" else "other"],
        "duty_id": 1,
        "row_id": a_register_row(world, hall),
        "version": 1,
        "look_id": 900,
        "token_id": 900,  # nobody's: 404 says that the door was passed
        "bulletin_id": an_issued_one(world, hall),
        "kind": "month",
        "paper": "staff-notice",
        "form": "docx",
        "example_id": an_example(world, hall),
        "pause_id": a_pause(world, hall),
        "camera_id": a_camera(world, hall, sealed=None),
        "case_id": world.cases[hall][0],
        "picture_id": world.case_pictures[hall][0],
    }
    return re.sub(r"{(\w+)}", lambda match: str(ids[match[1]]), path)


NOT_ALWAYS = {"/findings/{finding_id}/reference"}
"""What a thing that is there need not have: a camera may have no clean picture."""
FORMS = {
    "/findings/{finding_id}/undo": {"row_version": "1"},
    "/cameras": {"hall": "1", "code": "X", "kind": "http", "url": "http://192.168.1.9/x"},
}


def bodies(path: str, world: World, hall: str) -> dict[str, Any]:
    """A body that the route would accept."""
    if path in FORMS:
        return {"data": FORMS[path]}
    if path == "/account/password":
        return {"data": {"current": "x", "new": "y", "again": "z"}}
    if not path.startswith("/api/"):
        return {}
    if path == "/api/v1/cases":
        given = {"hall": world.halls[hall], "day": DAY, "channel": "patrol", "desk": "D1",
                 "clause": "2S-2-(4)", "text": "x"}  # fmt: skip
        return {"data": {k: str(v) for k, v in given.items()}, "files": {"photo": ("p", b"x")}}
    if path.endswith("/step/photo"):
        given = {"step": "report_done", "row_version": 1}
        return {"data": {k: str(v) for k, v in given.items()}, "files": {"photo": ("p", b"x")}}
    if path == "/api/v1/decisions":
        seen = {"id": world.findings[hall][0], "row_version": 1}
        return {"json": {"action": "confirm", "findings": [seen]}}
    if path.startswith("/api/v1/second/"):
        return {"json": {"action": "confirm"}}
    if path.endswith("/decision"):
        return {"json": {"action": "confirm", "row_version": 1}}
    if path.endswith("/undo"):
        return {"json": {"row_version": 1}}
    if path == "/api/v1/findings":
        return {
            "json": {
                "frame_id": world.frames[hall][0],
                "desk": "D1",
                "clause": "2S-2-(4)",
                "box_xyxy_px": [10, 10, 60, 60],
            }
        }
    return {"json": {}}


def call(client: Browser, method: str, path: str, world: World, hall: str) -> int:
    kwargs = bodies(path, world, hall) if method == "POST" else {}
    answer = client.request(
        method,
        address(path, world, hall),
        follow_redirects=False,
        **kwargs,
    )
    return answer.status_code


@pytest.mark.parametrize("role", ROLES)
def test_the_matrix(app: FastAPI, world: World, login: Login, role: str) -> None:
    client = login(role)
    wrong: list[str] = []
    for row in route_table(app):
        if row.access.permission is None or row.path == "/logout":
            continue
        allowed = row.access.allows(Role(role))
        own = call(client, row.method, row.path, world, "shiquan")
        if not allowed and own != 403:
            wrong.append(f"{row.method} {row.path}: {role} got {own}, wanted 403")
        # 409 and 422 come from behind the door: the caller was let in
        inside = {200, 201, 204, 303, 409, 422}
        if row.access.scope is Scope.OWN or row.path in NOT_ALWAYS:
            inside.add(404)
        if allowed and own not in inside:
            wrong.append(f"{row.method} {row.path}: {role} got {own}, wanted to be let in")
        if (
            allowed
            and row.access.scope is Scope.OBJECT
            and row.path != "/api/v1/decisions/undo-last"
        ):
            other = call(client, row.method, row.path, world, "chengguan")
            if other != 404:
                wrong.append(f"{row.method} {row.path}: other hall gave {other}, wanted 404")
    assert wrong == []


def test_nobody_gets_anything_without_a_log_in(
    app: FastAPI, world: World, browser: Callable[[], Browser]
) -> None:
    client = browser()
    for row in route_table(app):
        if row.access.permission is None:
            continue
        status = call(client, row.method, row.path, world, "shiquan")
        page = row.method == "GET" and not row.path.startswith("/api/")
        assert status == (303 if page else 401), f"{row.method} {row.path}: {status}"
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 0
        assert set(session.scalars(select(Finding.status))) == {"open"}


def test_lists_leave_out_other_halls(login: Login, world: World) -> None:
    mine, theirs = login("inspector"), login("other")
    for path in ("/api/v1/findings?size=200", "/api/v1/frames"):
        key = "findings" if "findings" in path else "frames"
        ids = [{item["id"] for item in client.get(path).json()[key]} for client in (mine, theirs)]
        assert ids[0]
        assert ids[1]
        assert not ids[0] & ids[1]
    other_hall = world.halls["chengguan"]
    assert mine.get(f"/api/v1/findings?hall={other_hall}").json()["total"] == 0
    assert "城关镇" not in mine.get(f"/coverage?hall={other_hall}").text
    assert "城关镇" not in mine.get(f"/queue?hall={other_hall}").text


def test_an_inactive_user_and_a_hall_taken_away_lose_access_at_once(
    login: Login, world: World
) -> None:
    from service.db.models import Hall, User

    client, fired = login("inspector"), login("second")
    with world.database.write() as session:
        session.get_one(User, world.users["second"]).active = False
        session.get_one(Hall, world.halls["shiquan"]).active = False
    assert fired.get("/api/v1/me").status_code == 401
    finding = world.findings["shiquan"][0]
    assert client.get(f"/api/v1/findings/{finding}").status_code == 404
