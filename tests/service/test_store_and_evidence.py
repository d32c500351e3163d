"""Pictures: masked, cut, named and kept so that none is lost, altered or reached by a trick."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from rules.veiled import people_of
from service import evidence
from service.store import MediaStore, crop_path, frame_path
from vision.seen import HALL_TZ, BoxPx, Facts, Gate, Image, StoreError, Thing

DAY = date(2026, 3, 11)


def noise(width: int = 800, height: int = 600) -> Image:
    return np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([(400, 300, 440, 320)], (180, 130, 660, 490)),  # small: the least size round its middle
        ([(0, 0, 40, 20)], (0, 0, 480, 360)),  # in a corner: moved inside
        ([(780, 590, 800, 600)], (320, 240, 800, 600)),
        ([(100, 300, 140, 320), (600, 300, 640, 320)], (0, 130, 800, 490)),  # both in one
        ([(0, 0, 800, 600)], (0, 0, 800, 600)),
        ([], (0, 0, 800, 600)),
    ],
)
def test_crops_hold_their_boxes_with_room(
    boxes: list[BoxPx], expected: tuple[int, int, int, int]
) -> None:
    assert evidence.crop_region(boxes, 800, 600) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(1, 4000),
    st.integers(1, 3000),
    st.lists(
        st.tuples(*(st.floats(0, 1) for _ in range(4))).map(
            lambda v: (min(v[0], v[2]), min(v[1], v[3]), max(v[0], v[2]), max(v[1], v[3]))
        ),
        max_size=4,
    ),
)
def test_crops_stay_inside_and_hold_their_boxes(
    width: int, height: int, shares: list[BoxPx]
) -> None:
    boxes = [(a * width, b * height, c * width, d * height) for a, b, c, d in shares]
    x1, y1, x2, y2 = evidence.crop_region(boxes, width, height)
    assert 0 <= x1 < x2 <= width
    assert 0 <= y1 < y2 <= height
    for left, top, right, bottom in boxes:
        assert x1 <= left + 1
        assert right - 1 <= x2
        assert y1 <= top + 1
        assert bottom - 1 <= y2


def seen(cls: str, confidence: float, box: BoxPx, **options: Any) -> Thing:
    return Thing(cls, confidence, confidence >= 0.4, box, (0, 0), **options)


AT: BoxPx = (100, 100, 200, 300)
BESIDE: BoxPx = (170, 100, 270, 300)


@pytest.mark.parametrize(
    ("things", "masked"),
    [
        ([seen("person", 0.9, AT)], [AT]),
        ([seen("person", 0.2, AT)], [AT]),  # unsure: masked all the same
        ([seen("person", 0.06, AT, faint=True)], [AT]),
        ([seen("person", 0.06, AT, faint=True), seen("chair", 0.8, AT)], []),
        ([seen("person", 0.06, AT, faint=True), seen("chair", 0.8, BESIDE)], [AT]),
        ([seen("person", 0.12, AT, faint=True), seen("chair", 0.45, AT)], [AT]),  # not far surer
        ([seen("person", 0.06, AT, faint=True), seen("desk", 0.8, AT)], [AT]),  # one sits behind it
        ([seen("person", 0.2, AT), seen("clothing", 0.9, AT)], [AT]),  # somebody in a coat
        ([seen("person", 0.8, AT, as_clean=True, faint=True)], []),
        ([seen("chair", 0.8, AT)], []),
    ],
)
def test_whoever_may_be_a_person_is_masked(things: list[Thing], masked: list[BoxPx]) -> None:
    facts = Facts(
        "cam", datetime(2026, 3, 11, 10, tzinfo=HALL_TZ), "f.jpg", "0" * 64, 800, 600,
        Gate("ok"), things=tuple(things),
    )  # fmt: skip
    assert people_of(facts) == tuple(masked)


def test_a_crop_is_cut_not_shrunk() -> None:
    image = cv2.GaussianBlur(noise(), (0, 0), 8)
    made = evidence.crop(np.asarray(image, np.uint8), [(400, 300, 440, 320)], quality=95)
    shown = cv2.imdecode(np.frombuffer(made.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    x, y = made.offset_px
    original = image[y : y + made.height, x : x + made.width]
    assert np.abs(shown.astype(int) - original).mean() < 3


@pytest.mark.parametrize(
    ("width", "height", "size"), [(1600, 900, (320, 180)), (200, 100, (200, 100))]
)
def test_thumbnails_are_small_and_never_blown_up(
    width: int, height: int, size: tuple[int, int]
) -> None:
    made = evidence.thumb(noise(width, height), longest_px=320)
    assert (made.width, made.height) == size
    assert made.scale == size[0] / width


def test_the_products_masker_hides_people() -> None:
    image = noise()
    masked = evidence.mask_people(image, [(100, 100, 300, 500)])
    assert np.array_equal(masked[:, 400:], image[:, 400:])
    inside = masked[150:450, 150:250].astype(int)
    assert np.abs(np.diff(inside, axis=0)).mean() < 5  # the grain is gone
    assert not np.array_equal(image, masked)


# ------------------------------------------------------------------ the store


def test_names_are_made_of_numbers() -> None:
    assert frame_path(3, DAY, 17, "thumb") == "3/20260311/17-thumb.jpg"
    assert crop_path(3, DAY, 17, 5) == "3/20260311/17-crop-5.jpg"


def test_what_is_put_is_got(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    first = store.put("1/a.jpg", b"one")
    assert store.get("1/a.jpg", sha256=first.sha256) == b"one"
    second = store.put("1/a.jpg", b"two!")
    assert (second.bytes, store.get("1/a.jpg")) == (4, b"two!")
    assert [p.name for p in (tmp_path / "1").iterdir()] == ["a.jpg"]
    with pytest.raises(StoreError, match="not the one"):
        store.get("1/a.jpg", sha256=first.sha256)
    assert store.delete("1/a.jpg") == 4
    assert store.delete("1/a.jpg") == 0
    with pytest.raises(StoreError, match="no longer there"):
        store.get("1/a.jpg")


@pytest.mark.parametrize(
    "name",
    ["../x.jpg", "1/../../x", "/etc/passwd", "1//x.jpg", "", ".", "1/.hidden", "1\\x.jpg",
     "1/X.jpg", "1/a\0.jpg", "1/é.jpg", "~/x"],
)  # fmt: skip
def test_no_other_name_reaches_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.jpg").write_bytes(b"secret")
    store = MediaStore(tmp_path / "media")
    for use in (store.get, store.delete, store.path_of):
        with pytest.raises(StoreError, match="no name of a stored picture"):
            use(name)
    with pytest.raises(StoreError):
        store.put(name, b"x")


def test_a_link_in_the_store_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    store = MediaStore(tmp_path / "media")
    store.put("1/a.jpg", b"one")
    (store.root / "1" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    with pytest.raises(StoreError, match="not in its place"):
        store.get("1/link.jpg")


def test_a_full_disk_leaves_no_half_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MediaStore(tmp_path)
    store.put("1/a.jpg", b"one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.store.os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        store.put("1/a.jpg", b"two")
    monkeypatch.undo()
    assert store.get("1/a.jpg") == b"one"
    assert [p.name for p in (tmp_path / "1").iterdir()] == ["a.jpg"]
