"""好样板: chosen from a masked frame, behind the findings' check, taken down again."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from service.db.models import AuditRow, Finding, FrameRow, GoodExample
from service.retention import apply
from service.store import MediaStore
from tests.web.conftest import Login
from tests.web.seed import DAY, NOW, World


def an_example(world: World, hall: str) -> int:
    """One that stands chosen, made without the page."""
    hall_id = world.halls[hall]
    stored = MediaStore(world.settings.media).put(f"{hall_id}/good/made.jpg", jpeg())
    with world.database.write() as session:
        found = session.scalar(select(GoodExample).where(GoodExample.path == stored.path))
        row = found or GoodExample(
            hall_id=hall_id,
            frame_id=world.frames[hall][0],
            day=DAY,
            desk="D1",
            desk_name="1号工位",
            note=f"桌面整洁 {hall}",
            path=stored.path,
            sha256=stored.sha256,
            bytes=stored.bytes,
            width=32,
            height=24,
            created_at=NOW,
            created_by_id=world.users["inspector"],
        )
        row.withdrawn_at = None
        session.add(row)
        session.flush()
        return row.id


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 24), "white").save(out, "JPEG")
    return out.getvalue()


def a_clean_frame(world: World) -> int:
    """A frame whose day has nothing against any desk."""
    frame_id = world.frames["shiquan"][0]
    with world.database.write() as session:
        for finding in session.scalars(select(Finding)):
            finding.status = "dismissed"
    return frame_id


def test_an_inspector_chooses_a_desk_and_takes_it_down(login: Login, world: World) -> None:
    frame_id, client = a_clean_frame(world), login("inspector")
    assert f"/good/new/{frame_id}" in client.get(f"/missed/{frame_id}").text
    form = {"desk": "D2", "note": "  线缆收纳整齐 ", "csrf_token": client.token}
    answer = client.post(f"/good/new/{frame_id}", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/good")
    with world.database.read() as session:
        row = session.scalars(select(GoodExample)).one()
        frame = session.get_one(FrameRow, frame_id)
    assert (row.note, row.desk_name, row.unit, row.day) == (
        "线缆收纳整齐", "2号工位", "市场监管局", frame.day
    )  # fmt: skip
    assert frame.width is not None
    assert row.width < frame.width, "only the desk's part is kept"
    for page in ("/", "/good"):
        assert f"/good/{row.id}/picture/small" in client.get(page).text
    assert client.get(f"/good/{row.id}/picture").content == MediaStore(world.settings.media).get(
        row.path
    )
    with Image.open(BytesIO(client.get(f"/good/{row.id}/picture/small").content)) as picture:
        assert max(picture.size) <= 320

    for _ in range(2):  # twice is once
        client.post(f"/good/{row.id}/withdraw", data={"csrf_token": client.token})
    assert not MediaStore(world.settings.media).path_of(row.path).exists()
    assert client.get(f"/good/{row.id}/picture").status_code == 404
    assert f"/good/{row.id}/" not in client.get("/").text
    with world.database.read() as session:
        actions = session.scalars(
            select(AuditRow.action).where(AuditRow.object_kind == "example").order_by(AuditRow.id)
        ).all()
    assert actions == [
        "example.choose",
        "example.picture",
        "example.small",
        "example.withdraw",
    ]


@pytest.mark.parametrize(
    ("desk", "note", "said"),
    [
        ("D2", " ", "请写一句话"),
        ("D2", "x" * 201, "200"),
        ("D9", "整洁", "没有这个工位"),
    ],
)
def test_what_is_no_example_is_refused_with_a_sentence(
    login: Login, world: World, desk: str, note: str, said: str
) -> None:
    frame_id, client = a_clean_frame(world), login("inspector")
    answer = client.post(f"/good/new/{frame_id}", data={"desk": desk, "note": note})
    assert answer.status_code == 422
    assert said in answer.text
    with world.database.read() as session:
        assert session.scalars(select(GoodExample)).all() == []


@pytest.mark.parametrize("state", ["open", "confirmed"])
def test_a_desk_with_a_fault_that_day_is_no_example(login: Login, world: World, state: str) -> None:
    frame_id, client = a_clean_frame(world), login("inspector")
    with world.database.write() as session:
        finding = session.get_one(Finding, world.findings["shiquan"][0])
        finding.status, finding.desk = state, "D2"
    answer = client.post(f"/good/new/{frame_id}", data={"desk": "D2", "note": "整洁"})
    assert answer.status_code == 422
    assert "不能选为好样板" in answer.text


def test_a_hall_shows_its_own_only(login: Login, world: World) -> None:
    mine, theirs = an_example(world, "shiquan"), an_example(world, "chengguan")
    client = login("inspector")
    for page in ("/", "/good"):
        html = client.get(page).text
        assert f"/good/{mine}/picture" in html
        assert f"/good/{theirs}/picture" not in html
        assert "chengguan" not in html
    assert client.get(f"/good/{theirs}/picture").status_code == 404
    assert login("chief").get(f"/good/{mine}/picture").status_code == 403
    assert f"/good/{mine}" not in login("chief").get("/").text


def test_retention_leaves_a_chosen_picture(world: World) -> None:
    example = an_example(world, "shiquan")
    with world.database.read() as session:
        path = session.get_one(GoodExample, example).path
    file = MediaStore(world.settings.media).path_of(path)
    old = (NOW - timedelta(days=900)).timestamp()
    os.utime(file, (old, old))
    apply(world.database, world.settings, now=NOW + timedelta(days=800))
    assert file.exists()
