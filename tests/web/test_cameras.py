"""The camera pages: state for all, settings for administrators only, secrets for nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.cameras import shown
from service.db.camera_tables import Camera
from service.db.log import AuditRow
from tests.cameras.device import PASSWORD, USER, Device, Reply, Shutter
from tests.web.conftest import Login
from tests.web.seed import NOW, World
from vision.seen import HALL_TZ


def a_camera(world: World, hall: str, code: str = "CAM1", **values: Any) -> int:
    """A connected camera of that hall; one that is there already stays."""
    hall_id = world.halls[hall]
    with world.database.write() as session:
        row = session.scalar(select(Camera).where(Camera.hall_id == hall_id, Camera.code == code))
        if row is None:
            given: dict[str, Any] = {
                "kind": "http", "url": "http://198.51.100.7/now.jpg?token=canary-token",
                "login": "canary-user", "sealed": "v1:canary-sealed", "state": "ok",
                "state_since": NOW, "created_at": NOW, "last_ok_at": NOW - timedelta(minutes=3),
                "clock_offset_s": 86400.0, **values,
            }  # fmt: skip
            row = Camera(hall_id=hall_id, code=code, **given)
            session.add(row)
            session.flush()
        return row.id


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cameras on loopback may be asked."""
    from service.cameras.protocol import Surroundings
    from service.net import LOOPBACK, AddressGuard

    monkeypatch.setattr(
        "service.cameras.store.surroundings_of", lambda _: Surroundings(AddressGuard.of(LOOPBACK))
    )


def filled_in(world: World, url: str, **more: Any) -> dict[str, Any]:
    return {
        "hall": world.halls["shiquan"], "code": "CAM9", "kind": "http", "url": url, "login": USER,
        "password": PASSWORD, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "manages", "pictures"),
    [("admin", True, True), ("inspector", False, True), ("leader", False, True),
     ("chief", False, False)],
)  # fmt: skip
def test_the_list(world: World, login: Login, role: str, manages: bool, pictures: bool) -> None:
    a_camera(world, "shiquan")
    a_camera(world, "chengguan", "ELSEWHERE")
    page = login(role).get("/cameras").text
    assert "正常" in page
    assert "未接入" in page, "CAM2 and CAM3 stand in the layout only"
    assert ("198.51.100.7" in page) is manages
    assert ("/cameras/new" in page) is manages
    assert ("/media/" in page) is pictures
    assert "+86400" in page
    assert "canary" not in page
    assert "ELSEWHERE" not in page


def test_the_newest_masked_picture_is_shown(world: World) -> None:
    with world.database.read() as session:
        rows = shown.rows(session, {world.halls["shiquan"]}, {})
        assert rows == []
        rows = shown.rows(session, {world.halls["shiquan"]}, {world.halls["shiquan"]: ["CAM1"]})
    assert rows[0].media_id in world.media["shiquan"]
    assert rows[0].seen_at is not None
    assert rows[0].seen_at.astimezone(HALL_TZ).date() == NOW.date()


@pytest.mark.usefixtures("allowed")
def test_added_tested_and_nothing_secret_anywhere(
    world: World, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "masked", lambda *_: b"\xff\xd8masked")
    client = login("admin")
    shutter = Shutter()
    with Device(lambda _: Reply(body=shutter()), auth="digest") as device:
        answer = client.post(
            "/cameras", data=filled_in(world, device.url + "/a.jpg?token=canary-token"),
            follow_redirects=False,
        )  # fmt: skip
        assert answer.status_code == 303, answer.text
        with world.database.read() as session:
            row = session.scalars(select(Camera)).one()
        assert row.sealed is not None
        page = client.post(f"/cameras/{row.id}/test")
        assert "320×240" in page.text
        assert "data:image/jpeg;base64,/9htYXNrZWQ=" in page.text
        device.refuse_all = True
        page = client.post(f"/cameras/{row.id}/test")
        assert "登录被拒" in page.text
        client.post(f"/cameras/{row.id}/test")
        assert device.refused == 1, "a stopped camera is not asked"
        device.refuse_all = False
        again = client.post(f"/cameras/{row.id}/reset")
        assert "未测试" in again.text
    seen = page.text + again.text + client.get("/cameras").text
    for secret in (PASSWORD, "canary-token"):
        assert secret not in seen
    with world.database.read() as session:
        logged = list(session.scalars(select(AuditRow).where(AuditRow.object_kind == "camera")))
    assert [r.action for r in logged] == [
        "camera.add", "camera.test", "camera.test", "camera.test", "camera.reset",
    ]  # fmt: skip
    assert {r.actor for r in logged} == {"admin"}
    assert "canary" not in str([r.detail for r in logged])


@pytest.mark.usefixtures("allowed")
def test_without_a_model_no_picture_is_shown(
    world: World, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "masked", lambda *_: None)
    with Device(lambda _: Reply(body=Shutter()())) as device:
        id = a_camera(world, "shiquan", "CAM9", url=device.url + "/a.jpg", login="", sealed=None)
        page = login("admin").post(f"/cameras/{id}/test").text
    assert "因此不显示图片" in page
    assert "data:image" not in page


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"url": "http://admin:canary@192.168.1.2/a.jpg"}, "user name or password"),
        ({"url": "file:///etc/passwd"}, "scheme"),
        ({"url": "http://192.168.1.2/a.jpg", "code": "女更衣室"}, "no camera may be"),
        ({"url": "http://192.168.1.2/a.jpg", "kind": "nope"}, "unknown"),
        ({"url": "http://192.168.1.2/a.jpg", "kind": "wvp"}, "needs device"),
        ({"url": "http://192.168.1.2/a.jpg", "options": "nonsense"}, "NAME=VALUE"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_kept(
    world: World, login: Login, changes: dict[str, str], text: str
) -> None:
    answer = login("admin").post("/cameras", data={**filled_in(world, ""), **changes})
    assert answer.status_code == 422
    assert text in answer.text
    assert PASSWORD not in answer.text
    assert "canary@" not in answer.text.replace("canary@192.168.1.2/a.jpg", "", 1)
    with world.database.read() as session:
        assert session.scalars(select(Camera)).all() == []


def test_a_camera_outside_the_allowed_networks_is_not_asked(world: World, login: Login) -> None:
    id = a_camera(world, "shiquan", sealed=None)
    page = login("admin").post(f"/cameras/{id}/test").text
    assert "outside the allowed networks" in page


def test_another_halls_camera_and_hall_are_not_there(world: World, login: Login) -> None:
    client = login("admin")
    id = a_camera(world, "chengguan")
    assert client.post(f"/cameras/{id}/test").status_code == 404
    assert client.post(f"/cameras/{id}/reset").status_code == 404
    data = filled_in(world, "http://192.168.1.2/a.jpg", hall=world.halls["chengguan"])
    assert client.post("/cameras", data=data).status_code == 404


def test_in_english(world: World, login: Login) -> None:
    a_camera(world, "shiquan")
    client = login("admin")
    page = client.get("/cameras?lang=en").text + client.get("/cameras/new").text
    for text in ("Connect a camera", "not connected", "Last picture"):
        assert text in page
