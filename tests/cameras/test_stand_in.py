"""An NVR's stand-in and a frozen picture are known for what they are, however they are dressed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.cameras.picture import still_of
from service.cameras.protocol import CameraPlaceholder, Limits, SourceInfo, Still
from service.plan import SpotPlan
from tests.cameras.device import Device, Reply
from tests.cameras.made_hall import DAY, MadeHall, config
from tests.cameras.pictures import jpeg, png, stamped, stand_in
from vision.gate import FrameGate
from vision.images import read_frame
from vision.seen import HALL_TZ

NOON = datetime(2026, 3, 11, 12, tzinfo=HALL_TZ)
BLUE, GREY, PALE, SLATE = (0, 0, 255), (128, 128, 128), (170, 170, 180), (16, 40, 120)
TEXTS = ("NO VIDEO", "Video Loss", "无视频信号", "无信号", "NO SIGNAL 01")


def check(data: bytes) -> Still:
    return still_of(data, SourceInfo("hikvision", "10.0.0.1"), NOON, Limits())


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[MadeHall]:
    plan = SpotPlan(per_half_day=1, burst=1)
    made = MadeHall(tmp_path).set_up(config("cam1"), config("cam2"), plan=plan)
    yield made
    made.database.close()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", [BLUE, GREY, PALE, SLATE])
def test_a_text_on_a_drawn_ground_is_no_view(text: str, ground: tuple[int, int, int]) -> None:
    with pytest.raises(CameraPlaceholder, match="text on it: no video signal") as raised:
        check(stand_in(text, ground, "2026-03-11 09:30:07"))
    assert raised.value.doubt == "flat"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", [BLUE, GREY, (0, 0, 0), (0, 0, 90)])
def test_the_night_refuses_it_too_and_also_on_black(
    text: str, ground: tuple[int, int, int], tmp_path: Path
) -> None:
    """On black it may be a dark hall with a clock burnt in: capture keeps it, the gate refuses."""
    path = tmp_path / "cam1_20260311T093000.jpg"
    path.write_bytes(stand_in(text, ground))
    gate, _ = FrameGate({}).judge(read_frame(path))
    assert gate.reason in ("placeholder", "black")


def test_a_dark_hall_with_a_clock_and_a_bright_one_are_views() -> None:
    assert check(stand_in("", (3, 3, 3), "2026-03-11 22:30:07")).width == 704
    assert check(jpeg(1, 640, 480)).width == 640


def test_a_capture_of_a_stand_in_is_doubtful_and_says_why(hall: MadeHall) -> None:
    """A real device on loopback whose clock in the picture runs on: never the same bytes twice."""
    calls: list[int] = []

    def no_video(_: object) -> Reply:
        calls.append(1)
        return Reply(body=stand_in("NO VIDEO", BLUE, f"2026-03-11 23:00:{len(calls):02d}"))

    with Device(no_video) as device:
        hall.set_up_camera(config("cam1", device.url + "/a.jpg"))
        hall.set_up_camera(config("cam2", device.url + "/b.jpg"))
        report = hall.at(DAY + timedelta(hours=23)).run(real=True).halls[0]
    assert report.taken == 0
    assert "a text on it: no video signal" in report.silent["cam1"]
    assert set(hall.states().values()) == {"missed", "doubtful"}
    assert hall.filed() == {}


# --------------------------------------------------------------------------- frozen


def test_a_frozen_picture_under_a_new_stamp_each_time_is_frozen(hall: MadeHall) -> None:
    hall.scripts["cam1"] = lambda call: stamped(jpeg(5), f"taken {call}")
    spots = [s for s in hall.spots() if s.camera == "cam1"]
    hall.at(spots[0].at).run()
    report = hall.at(spots[1].at).run().halls[0]
    assert "it is frozen" in report.silent["cam1"]
    assert list(hall.states().values()).count("doubtful") == 1


def test_one_stand_in_for_two_channels_is_known_under_two_stamps(hall: MadeHall) -> None:
    hall.scripts["cam1"] = lambda call: stamped(jpeg(5), f"channel 1 {call}")
    hall.scripts["cam2"] = lambda call: stamped(jpeg(5), f"channel 2 {call}")
    report = hall.at(DAY + timedelta(hours=23)).run().halls[0]
    assert report.taken == 1
    assert "very same picture" in next(iter(report.silent.values()))


@pytest.mark.parametrize("picture", [jpeg(5), png(5)])
def test_the_night_knows_a_frozen_picture_under_a_new_stamp(picture: bytes, tmp_path: Path) -> None:
    suffix = "png" if picture.startswith(b"\x89PNG") else "jpg"
    frames = []
    for minute, data in enumerate((picture, stamped(picture, "a"), stamped(picture, "bb"))):
        path = tmp_path / f"cam1_20260311T09{minute:02d}00.{suffix}"
        path.write_bytes(data)
        frames.append(read_frame(path))
    gate = FrameGate({})
    assert gate.judge(frames[1], frames[0].sha256)[0].reason == "frozen"
    assert gate.judge(frames[2], frames[1].sha256)[0].reason == "frozen"
