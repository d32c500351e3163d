"""Pictures: masked ones only, by number only, own hall only, every look in the log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from service.audit import verify
from service.db.models import AuditRow, Media
from service.store import MediaStore
from tests.web.conftest import Login
from tests.web.seed import World


def test_a_picture_of_ones_own_hall_comes_as_jpeg_and_is_never_stored(
    login: Login, world: World
) -> None:
    client = login()
    for media_id in world.media["shiquan"][:3]:
        answer = client.get(f"/media/{media_id}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content.startswith(b"\xff\xd8")


def test_a_picture_of_another_hall_is_as_absent_as_one_that_never_was(
    login: Login, world: World
) -> None:
    client = login()
    pages = [
        client.get(path).text for path in (f"/media/{world.media['chengguan'][0]}", "/media/999999")
    ]
    answers = [
        client.get(f"/media/{world.media['chengguan'][0]}{tail}").status_code
        for tail in ("", "/small")
    ]
    assert answers == [404, 404]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    "path",
    [
        "/media/../secret.key",
        "/media/%2e%2e%2fsecret.key",
        "/media/..%5csecret.key",
        "/media/1/../../secret.key",
        "/media/1%00",
        "/media/-1",
        "/media/0",
        "/media/99999999999999999999999",
        "/media/１",
        "/static/../app.py",
        "/static/%2e%2e/%2e%2e/app.py",
        "/static/..%5c..%5capp.py",
    ],
)
def test_no_way_out_of_the_store(login: Login, path: str) -> None:
    answer = login().get(path, follow_redirects=False)
    assert answer.status_code in {404, 405}
    assert b"create_app" not in answer.content


def test_an_unmasked_picture_is_not_there(login: Login, world: World) -> None:
    media_id = world.media["shiquan"][0]
    with world.database.write() as session:
        session.get_one(Media, media_id).masked = False
    client = login()
    assert client.get(f"/media/{media_id}").status_code == 404
    assert client.get(f"/media/{media_id}/small").status_code == 404


@pytest.mark.parametrize("name", ["../../secret.key", "/etc/passwd", "1/x/../../../secret.key"])
def test_a_stored_name_that_leads_out_of_the_store_serves_nothing(
    login: Login, world: World, name: str
) -> None:
    media_id = world.media["shiquan"][0]
    with world.database.write() as session:
        session.get_one(Media, media_id).path = name
    assert login().get(f"/media/{media_id}").status_code == 404


def test_an_altered_or_deleted_picture_is_not_shown(login: Login, world: World) -> None:
    client = login()
    first, second = world.media["shiquan"][:2]
    store = MediaStore(world.settings.media)
    with world.database.read() as session:
        paths = [session.get_one(Media, id).path for id in (first, second)]
    store.path_of(paths[0]).write_bytes(b"\xff\xd8 another picture")
    store.delete(paths[1])
    assert client.get(f"/media/{first}").status_code == 404
    assert client.get(f"/media/{second}").status_code == 404


def test_lists_get_small_pictures(login: Login, world: World) -> None:
    client = login()
    for media_id in world.media["shiquan"]:
        assert len(client.get(f"/media/{media_id}/small").content) < 25_000
    for path in ("/queue", "/decided", "/missed"):
        page = client.get(path).text
        assert page.count("<img") == page.count('/small"'), path


def test_every_look_is_in_the_log_and_the_log_holds(login: Login, world: World) -> None:
    client = login()
    seen = world.media["shiquan"][:2]
    for media_id in seen:
        client.get(f"/media/{media_id}")
    client.get(f"/media/{world.media['chengguan'][0]}")
    with world.database.read() as session:
        rows = session.execute(
            select(AuditRow.actor, AuditRow.action, AuditRow.object_id)
            .where(AuditRow.object_kind == "media")
            .order_by(AuditRow.id)
        )
        assert [tuple(row) for row in rows] == [
            ("inspector", "media.view", str(media_id)) for media_id in seen
        ]
    assert verify(world.database).ok
