"""The folder drop: names are untrusted, files may be half written, clocks may lie."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.cameras.kinds.folder import QUARANTINE, TEMPLATES, compile_template, quarantined
from service.cameras.make import open_camera
from service.cameras.protocol import CameraConfig, CameraSilent, Deadline, Still, Surroundings
from tests.cameras.pictures import jpeg, png_bomb
from vision.seen import HALL_TZ, InputError


def at(path: Path, data: bytes, *, arrived: datetime | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if arrived is not None:
        os.utime(path, (arrived.timestamp(), arrived.timestamp()))
    return path


def now() -> datetime:
    return datetime.now(HALL_TZ).replace(microsecond=0)


def name(moment: datetime, prefix: str = "nvr") -> str:
    return f"{prefix}_{moment:%Y%m%dT%H%M%S}.jpg"


def take(folder: Path, seconds: float = 0.5, channel: int = 1, **options: str) -> Still:
    config = CameraConfig(
        "h", "C1", "folder", str(folder), channel=channel, options={"settle_s": "0", **options}
    )

    async def go() -> Still:
        return await open_camera(config, Surroundings()).snapshot(Deadline.after(seconds))

    return asyncio.run(go())


def aside(folder: Path) -> Iterator[str]:
    for path in quarantined(folder):
        if path.suffix == ".txt":
            yield path.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("template", "path", "channel"),
    [
        ("plain", "x_20260311T093000.jpg", None),
        ("hikvision", "192.168.1.64_01_20260311093000123_TIMING.jpg", 1),
        ("hikvision", "NVR_12_20260311093000000_MOTION_DETECTION.jpg", 12),
        ("dahua", "NVR_ch3_main_20260311093000.jpg", 3),
        ("dahua_tree", "SN123/2026-03-11/002/jpg/09/30/00[M][0@0][0].jpg", 2),
        ("{YYYY}/{MM}/{DD}/{hh}{mm}{ss}{any}.jpg", "2026/03/11/093000-a.jpg", None),
    ],
)
def test_names_of_recorders(template: str, path: str, channel: int | None) -> None:
    match = compile_template(template).fullmatch(path)
    assert match is not None
    found = match.groupdict()
    clock = "{YYYY}{MM}{DD}{hh}{mm}{ss}".format(**found)
    assert clock == "20260311093000"
    assert channel is None or int(found["channel"]) == channel


@pytest.mark.parametrize(
    ("template", "text"), [("{nope}", "unknown"), ("{YYYY}{MM}", "lacks"), ("x.jpg", "lacks")]
)
def test_a_wrong_template_is_named(template: str, text: str) -> None:
    with pytest.raises(InputError, match=text):
        compile_template(template)


def test_every_template_compiles_and_is_fast_on_hostile_names() -> None:
    hostile = "_" * 200 + "ch" * 200 + "1" * 255
    started = time.process_time()
    for template in TEMPLATES:
        assert compile_template(template).fullmatch(hostile) is None
    assert time.process_time() - started < 1


def test_the_newest_whole_picture_is_taken_with_its_own_time(tmp_path: Path) -> None:
    moment = now() - timedelta(seconds=40)
    at(tmp_path / name(moment - timedelta(seconds=60)), jpeg(1))
    at(tmp_path / name(moment), jpeg(2))
    assert take(tmp_path).taken_at == moment


def test_only_the_own_channel(tmp_path: Path) -> None:
    moment = now() - timedelta(seconds=10)
    for channel in (1, 2):
        at(tmp_path / f"n_{channel:02d}_{moment:%Y%m%d%H%M%S}000_T.jpg", jpeg(channel))
    assert take(tmp_path, channel=2, template="hikvision").data == jpeg(2)


def test_a_file_being_written_is_waited_for(tmp_path: Path) -> None:
    whole = jpeg(3)
    path = tmp_path / name(now())
    path.write_bytes(whole[:500])

    def finish() -> None:
        for cut in range(1000, len(whole) + 1000, 2000):
            time.sleep(0.05)
            path.write_bytes(whole[:cut])

    writer = threading.Thread(target=finish)
    writer.start()
    still = take(tmp_path, seconds=5, settle_s="0.3")
    writer.join()
    assert still.data == whole
    assert not quarantined(tmp_path)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (jpeg(1)[:3000], "half a picture"),
        (b"", "empty"),
        (b"<html>", "a web page"),
        (png_bomb(), "pixels"),
        (b"\xff\xd8\xff" + bytes(3_000_000), "half a picture"),
    ],
)
def test_what_is_no_picture_goes_aside_under_a_name_of_ours(
    data: bytes, why: str, tmp_path: Path
) -> None:
    bad = at(tmp_path / name(now() - timedelta(seconds=5), "$(reboot);'"), data)
    good = at(tmp_path / name(now() - timedelta(seconds=9)), jpeg(1))
    assert take(tmp_path).data == good.read_bytes()
    assert not bad.exists()
    assert [why in line for line in aside(tmp_path)] == [True]
    assert all(set(p.name) <= set("0123456789T-.binxt") for p in quarantined(tmp_path))


@pytest.mark.parametrize(
    ("named", "arrived", "kept"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(minutes=-10), timedelta(0), True),  # the network was down for a while
        (timedelta(minutes=5), timedelta(0), False),  # a name from the future
        (timedelta(days=-1), timedelta(0), False),  # a clock a day behind: too old to be now
        (timedelta(days=1), timedelta(0), False),
    ],
)
def test_a_time_that_cannot_be_is_not_believed(
    named: timedelta, arrived: timedelta, kept: bool, tmp_path: Path
) -> None:
    moment = now()
    at(tmp_path / name(moment + named), jpeg(1), arrived=moment + arrived)
    if kept:
        assert take(tmp_path).taken_at == moment + named
    else:
        with pytest.raises(CameraSilent):
            take(tmp_path)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_a_day_off_is_said_with_where_the_file_went_and_how_it_comes_back(
    days: int, tmp_path: Path
) -> None:
    moment = now()
    wrong = moment + timedelta(days=days)
    bad = at(tmp_path / name(wrong), jpeg(1), arrived=moment)
    with pytest.raises(CameraSilent) as error:
        take(tmp_path)
    said = str(error.value)
    assert f"'{bad.name}' went to quarantine" in said
    assert f"its name says {wrong:%Y-%m-%d %H:%M:%S}, it came {moment:%Y-%m-%d %H:%M:%S}" in said
    assert "set the recorder's clock" in said
    (kept,) = (p for p in quarantined(tmp_path) if p.suffix == ".bin")
    assert f"it lies at {kept}" in said
    # as the sentence says: moved back under a name with the right time, it is taken
    kept.rename(tmp_path / name(moment))
    assert take(tmp_path).taken_at == moment


def test_a_folder_that_may_only_be_read_says_why_a_file_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("service.cameras.kinds.folder.os.replace", read_only)
    bad = at(tmp_path / name(now()), jpeg(1)[:3000])
    with pytest.raises(CameraSilent, match=r"is not taken .*half a picture"):
        take(tmp_path)
    assert bad.exists()


def test_an_impossible_time_goes_aside(tmp_path: Path) -> None:
    at(tmp_path / "x_20261399T256199.jpg", jpeg(1))
    with pytest.raises(CameraSilent):
        take(tmp_path)
    assert list(aside(tmp_path)) == ["its name holds no possible time"]


def test_links_pipes_and_folders_are_not_followed(tmp_path: Path) -> None:
    secret = at(tmp_path / "outside" / "secret.jpg", jpeg(1))
    drop = tmp_path / "drop"
    drop.mkdir()
    moment = now() - timedelta(seconds=5)
    (drop / name(moment, "link")).symlink_to(secret)
    (drop / "linked").symlink_to(secret.parent)
    os.mkfifo(drop / name(moment, "pipe"))
    (drop / name(moment, "folder")).mkdir()
    with pytest.raises(CameraSilent):
        take(drop)
    assert secret.exists()


def test_a_missing_or_relative_folder(tmp_path: Path) -> None:
    with pytest.raises(CameraSilent, match="not there"):
        take(tmp_path / "none")
    with pytest.raises(InputError, match="absolute"):
        open_camera(CameraConfig("h", "C1", "folder", "drop"), Surroundings())
    with pytest.raises(InputError, match="wanted seconds"):
        take(tmp_path, max_age_s="soon")


def test_quarantine_ages(tmp_path: Path) -> None:
    old = at(tmp_path / QUARANTINE / "a.bin", b"x", arrived=now() - timedelta(days=40))
    at(tmp_path / QUARANTINE / "b.bin", b"x")
    assert quarantined(tmp_path, before=now() - timedelta(days=30)) == [old]
