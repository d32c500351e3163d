"""Reference pictures: what is taken in, what is shown, and never anything unmasked."""

from __future__ import annotations

import hashlib
from typing import Any

import cv2
import numpy as np
import pytest
from sqlalchemy import select

from service.db.models import AuditRow, FrameRow
from tests.setup.conftest import Small
from tests.setup.made import NOW, SIZE, FakeEyes, jpeg, layout_data, picture
from tests.web.conftest import Browser
from vision.seen import BoxPx

FACE: BoxPx = (500.0, 200.0, 700.0, 600.0)


def upload(client: Browser, small: Small, data: bytes, **query: Any) -> Any:
    return client.post(
        f"/api/v1/halls/{small.hall}/references",
        params=query,
        content=data,
        headers={"Content-Type": "image/jpeg"},
    )


def shown(client: Browser, small: Small, name: str) -> Any:
    return client.get(f"/api/v1/halls/{small.hall}/reference", params={"name": name})


def noisy() -> np.ndarray:
    return np.random.default_rng(5).integers(0, 255, (*SIZE[::-1], 3), np.uint8)


@pytest.mark.parametrize(
    ("data", "query", "said"),
    [
        (b"", {}, "不是可读取的图片"),
        (b"%PDF-1.7 nothing", {}, "不是可读取的图片"),
        (jpeg()[:-200], {}, "不是可读取的图片"),
        (jpeg(picture(size=(160, 120))), {}, "太小"),
        (jpeg(np.full((720, 1280, 3), 90, np.uint8)), {}, "单色"),
        (jpeg(), {"width": 1920, "height": 1440}, "比例不同"),
    ],
    ids=["empty", "no picture", "cut off", "small", "flat", "shape"],
)
def test_a_bad_picture_is_refused_with_a_sentence(
    small: Small, admin: Browser, data: bytes, query: dict[str, int], said: str
) -> None:
    answer = upload(admin, small, data, **query)
    assert answer.status_code == 422, answer.text
    assert said in answer.json()["error"]["message"]
    assert not list((small.settings.data / "layout-drafts").rglob("*.jpg"))


def test_a_picture_larger_than_a_form_may_come_in_but_not_endless(
    small: Small, admin: Browser
) -> None:
    large = jpeg(noisy())
    assert len(large) > 1_000_000
    assert upload(admin, small, large).is_success
    assert upload(admin, small, large + b"\0" * 25_000_000).status_code == 413


def test_people_are_covered_when_it_is_shown(small: Small, admin: Browser) -> None:
    small.eyes.boxes = (FACE,)
    taken = upload(admin, small, jpeg(noisy())).json()
    assert taken["people"] == 1
    assert "1 人" in taken["message"]
    answer = shown(admin, small, taken["name"])
    image = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    inside, outside = image[260:540, 540:660], image[260:540, 40:160]
    assert inside.std() < 12 < outside.std()
    with small.database.read() as session:
        actions = set(session.scalars(select(AuditRow.action)))
    assert {"reference.add", "reference.view"} <= actions


def test_without_a_model_nobody_is_shown_unless_vouched_empty(small: Small, admin: Browser) -> None:
    small.eyes.model = None
    refused = upload(admin, small, jpeg())
    assert refused.status_code == 422
    assert "确认画面中没有人" in refused.json()["error"]["message"]
    taken = upload(admin, small, jpeg(), empty=True).json()
    assert taken["people"] is None
    assert shown(admin, small, taken["name"]).status_code == 200
    with small.database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "reference.add")).one()
    assert row.detail["vouched_empty"] is True
    # a picture that came in by another way was vouched for by nobody
    folder = small.settings.data / "layout-drafts" / str(small.hall) / "reference"
    (folder / "other.jpg").write_bytes(jpeg(picture(9)))
    other = shown(admin, small, "reference/other.jpg")
    assert other.status_code == 422
    assert "不显示" in other.json()["error"]["message"]


@pytest.mark.parametrize(
    "name",
    [
        "reference/none.jpg",
        "hall.yaml",
        "../../../secret.key",
        "../../../../secret.jpg",
        "/etc/hostname.jpg",
        "reference/../../x.png",
        "a\x00.jpg",
    ],
)
def test_nothing_else_of_the_data_folder_is_served(small: Small, admin: Browser, name: str) -> None:
    (small.settings.data / "secret.jpg").write_bytes(jpeg())
    assert shown(admin, small, name).status_code == 404


def test_a_saved_layout_takes_its_pictures_along(small: Small, admin: Browser) -> None:
    name = upload(admin, small, jpeg(), light="lamp").json()["name"]
    data = layout_data()
    data["cameras"][0]["reference"] = {"lamp": name}
    saved = admin.post(f"/api/v1/halls/{small.hall}/layout", json={"data": data, "base": 1})
    assert saved.json()["version"] == 2
    kept = small.settings.data / "layouts" / str(small.hall) / "2" / name
    assert kept.is_file()
    # what was uploaded may go: the version has its own
    (small.settings.data / "layout-drafts" / str(small.hall) / name).unlink()
    assert shown(admin, small, name).status_code == 200
    again = admin.post(
        f"/api/v1/halls/{small.hall}/layout",
        json={"data": {**data, "hall": {**data["hall"], "name": "新名"}}, "base": 2},
    )
    assert again.json()["version"] == 3


def add_frame(small: Small, hall: int, name: str = "CAM1_20260311T100000.jpg") -> int:
    file = small.inbox / name
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else "0" * 64
    with small.database.write() as session:
        row = FrameRow(
            hall_id=hall, camera="CAM1", taken_at=NOW, day=NOW.date(), name=name, path=name,
            sha256=sha256, bytes=1, width=SIZE[0], height=SIZE[1], window="W", gate="ok",
            light="day", registered_at=NOW,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def test_a_still_becomes_the_reference_while_its_file_is_there(
    small: Small, admin: Browser
) -> None:
    url = f"/api/v1/halls/{small.hall}/references/from-frame"
    mine, gone = add_frame(small, small.hall), add_frame(small, small.hall, "CAM1_gone.jpg")
    theirs = add_frame(small, small.other)
    taken = admin.post(url, json={"frame_id": mine, "light": "day"})
    assert taken.status_code == 200, taken.text
    assert (taken.json()["width"], taken.json()["height"]) == SIZE
    assert admin.post(url, json={"frame_id": gone, "light": "day"}).status_code == 409
    assert admin.post(url, json={"frame_id": theirs, "light": "day"}).status_code == 404
    assert admin.post(url, json={"frame_id": mine, "light": "noon"}).status_code == 422


def test_the_list_of_stills_holds_only_this_halls_masked_ones(small: Small, admin: Browser) -> None:
    add_frame(small, small.hall)  # not looked at by a night: no masked picture of it
    answer = admin.get(f"/api/v1/halls/{small.hall}/pictures", params={"camera": "CAM1"})
    assert answer.json() == {"frames": []}


def test_eyes_that_see_nothing_mask_nothing() -> None:
    assert FakeEyes().people(picture()) == ()
