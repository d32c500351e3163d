"""``capture`` and ``nightly`` as cron starts them: real processes, their exit status and progress.

The table of exit statuses stands in docs/operations.md.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.db.camera_tables import SpotDraw
from service.halls import halls_named
from service.locks import NIGHTLY, hold
from service.plan import SpotPlan, commitment_of
from tests.cameras.device import Device, Reply, Shutter
from tests.cameras.made_hall import MadeHall, config
from tests.cameras.pictures import jpeg
from vision.seen import HALL_TZ


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[MadeHall]:
    made = MadeHall(tmp_path).set_up()
    yield made
    made.database.close()


def due_now(hall: MadeHall, *cameras: str) -> None:
    """A draw of today with one spot of each camera due at this very moment, whatever day it is."""
    now = datetime.now(HALL_TZ)
    second = now.hour * 3600 + now.minute * 60 + now.second
    seed = "due-now"
    with hall.database.write() as session:
        row = halls_named(session, "test")[0]
        plan = SpotPlan(per_half_day=0, before_open=0, after_close=1)
        spans = {"am": [], "pm": [], "P": [], "N": [[0, max(1, second)]]}
        session.add(
            SpotDraw(
                hall_id=row.id, day=now.date(), seed=seed, commitment=commitment_of(seed),
                plan=dict(plan.as_dict()), spans=spans, cameras=list(cameras),
                drawn_at=datetime.now(UTC),
            )
        )  # fmt: skip


def words(hall: MadeHall, *given: str) -> list[str]:
    return [sys.executable, "-m", "service.cli", *given, "--data", str(hall.settings.data)]


ENV = {
    **os.environ,
    "DESKCHECK_CAMERA_NETWORKS": "127.0.0.0/8",
    "DESKCHECK_MIN_FREE_MB": "0",
    "COLUMNS": "100",
    "TERM": "xterm",
}


def run(hall: MadeHall, *given: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words(hall, *given), env={**ENV, **env}, capture_output=True, text=True, timeout=120
    )


def on_terminal(hall: MadeHall, *given: str) -> tuple[int, str]:
    """Exit status and all that a real terminal was shown."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        words(hall, *given), env=ENV, stdin=slave, stdout=slave, stderr=slave
    ) as child:
        os.close(slave)
        shown = b""
        while True:
            try:
                shown += os.read(master, 65536)
            except OSError:  # the child closed its end
                break
    os.close(master)
    return child.returncode, shown.decode()


def test_capture_that_takes_all_is_0_and_shows_its_progress_on_a_terminal(hall: MadeHall) -> None:
    shutter = Shutter()
    with Device(lambda _: Reply(body=shutter())) as device:
        hall.set_up_camera(config("cam1", device.url + "/a.jpg"))
        hall.set_up_camera(config("cam2", device.url + "/b.jpg"))
        due_now(hall, "cam1", "cam2")
        code, text = on_terminal(hall, "capture")
    assert code == 0, text
    assert "取图" in text
    assert "2/2" in text
    assert "2 of 2 due stills taken" in text
    assert len(hall.filed()) == 2


def test_nightly_shows_its_progress_on_a_terminal(hall: MadeHall) -> None:
    hall.inbox.mkdir(exist_ok=True)
    (hall.inbox / "cam1_20260311T100000.jpg").write_bytes(jpeg(1, 640, 480))
    code, text = on_terminal(hall, "nightly", "--date", "2026-03-11")
    assert code == 0, text
    assert "看图" in text
    assert "1/1" in text
    assert "测试大厅 2026-03-11" in text


def test_capture_with_a_silent_camera_is_1_and_says_which_on_standard_error(hall: MadeHall) -> None:
    shutter = Shutter()

    def answer(request: object) -> Reply:
        return Reply(404) if "b.jpg" in str(request) else Reply(body=shutter())

    with Device(answer) as device:
        hall.set_up_camera(config("cam1", device.url + "/a.jpg"))
        hall.set_up_camera(config("cam2", device.url + "/b.jpg"))
        due_now(hall, "cam1", "cam2")
        done = run(hall, "capture", "--quiet")
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("test: 1 camera(s) gave nothing (cam2: ")
    assert "1 of 2 due stills taken" in done.stderr
    assert done.stdout == "", "no bars and no words where no terminal listens"


def test_capture_on_a_disk_without_room_is_1(hall: MadeHall) -> None:
    done = run(hall, "capture", DESKCHECK_MIN_FREE_MB="1000000000")
    assert done.returncode == 1
    assert "MB free" in done.stderr


@pytest.mark.parametrize(
    ("command", "lock"), [(("capture",), "capture"), (("nightly", "--date", "2026-03-11"), NIGHTLY)]
)
def test_a_second_run_is_3_and_names_the_first(
    command: tuple[str, ...], lock: str, hall: MadeHall
) -> None:
    with hold(hall.database, lock, stale_seconds=60):
        done = run(hall, *command)
    assert done.returncode == 3, done.stderr
    assert f"Another run holds the lock '{lock}': process {os.getpid()} on" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("nightly", "--date", "2026-03-11"), "缺 1 台摄像机:cam1"),
        (("nightly", "--hall", "nope"), "nope"),
        (("capture", "--hall", "nope"), "nope"),
    ],
)
def test_a_night_with_a_missing_camera_and_an_unknown_hall_are_1(
    given: tuple[str, ...], text: str, hall: MadeHall
) -> None:
    done = run(hall, *given)
    assert done.returncode == 1, done.stderr
    assert text in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "given", [("nightly", "--date", "soon"), ("capture", "--nope"), ("nightly", "more")]
)
def test_wrong_usage_is_2(given: tuple[str, ...], hall: MadeHall) -> None:
    assert run(hall, *given).returncode == 2
