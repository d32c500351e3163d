"""The night shift: what is owed is done once, late if need be, whatever was off in between."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from service.capture import capture
from service.capture_report import HallReport, Report
from service.clock import to_hall
from service.messages import Message, Way
from service.night import Night
from service.night_job import night_job, tell_alarms
from service.schedule import BACK_OFF, Shift, last_planned
from service.settings import Settings
from tests.service.made_up import DAY, Hall, phone
from vision.seen import HALL_TZ, BusyError, StoreError

NIGHT = datetime.combine(DAY + timedelta(days=1), datetime.min.time(), HALL_TZ)
PLANNED = NIGHT + timedelta(minutes=30)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path).set_up()
    yield made
    made.database.close()


@dataclass
class Shifted:
    """A shift whose night is the made-up hall's, under a clock that is moved by hand."""

    hall: Hall
    nights: int = 0
    fail: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shift = self.anew()

    def anew(self) -> Shift:
        return Shift(
            self.hall.database,
            self.hall.settings,
            clock=lambda: self.hall.now,
            run_capture=lambda: Report(()),
            run_night=self.night,
        )

    def night(self) -> int:
        self.nights += 1
        if self.fail:
            return self.fail.pop(0)
        until = last_planned(self.hall.now, "00:30").date() - timedelta(days=1)
        night = Night(
            self.hall.database,
            self.hall.settings,
            lambda *_: self.hall.parts(),
            clock=lambda: self.hall.now,
        )
        return max((r.exit_code for r in night.run(until=until)), default=0)

    def at(self, moment: datetime) -> int:
        self.hall.now = moment.astimezone(UTC)
        before = self.nights
        self.shift.night_now()
        return self.nights - before


@pytest.mark.parametrize(
    ("now", "at", "planned"),
    [
        ("2026-03-12T00:29:59", "00:30", "2026-03-11T00:30:00"),
        ("2026-03-12T00:30:00", "00:30", "2026-03-12T00:30:00"),
        ("2026-03-12T12:00:00", "22:15", "2026-03-11T22:15:00"),
        ("2026-03-12T23:59:59", "22:15", "2026-03-12T22:15:00"),
    ],
)
def test_the_last_planned_night(now: str, at: str, planned: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=HALL_TZ)
    assert last_planned(moment.astimezone(UTC), at).isoformat()[:19] == planned


def test_the_night_is_judged_once_at_its_time(hall: Hall) -> None:
    hall.add("cam1", "100000", phone())
    hall.add("cam2", "100000")
    made = Shifted(hall)
    assert made.at(PLANNED - timedelta(seconds=1)) == 0
    assert [made.at(PLANNED + timedelta(minutes=m)) for m in (0, 1, 2, 600)] == [1, 0, 0, 0]
    assert made.at(PLANNED + timedelta(days=1)) == 1


def test_a_machine_that_was_off_judges_its_night_when_it_is_on_again(hall: Hall) -> None:
    hall.add("cam1", "100000")
    hall.add("cam2", "100000")
    made = Shifted(hall)
    for off_until in (timedelta(hours=1, minutes=30), timedelta(hours=9)):
        made.shift = made.anew()  # restarted at 02:00, and at half past nine
        made.at(PLANNED + off_until)
    assert made.nights == 1
    assert len(hall.looked) == 2


def test_a_missed_night_does_not_take_the_new_day_half(hall: Hall) -> None:
    hall.add("cam1", "100000")
    hall.add("cam2", "100000")
    hall.add("cam1", "090000", day=DAY + timedelta(days=1))
    made = Shifted(hall)
    made.at(PLANNED + timedelta(hours=9))
    assert {name[5:13] for name in hall.looked} == {f"{DAY:%Y%m%d}"}
    made.at(PLANNED + timedelta(days=1))
    assert {name[5:13] for name in hall.looked} == {"20260311", "20260312"}


def test_a_night_that_fails_is_tried_again_ever_more_rarely(hall: Hall) -> None:
    made = Shifted(hall, fail=[1, 3, -9, 1, 1])
    tried: list[int] = []
    for minute in range(0, 4 * 60):
        if made.at(PLANNED + timedelta(minutes=minute)):
            tried.append(minute)
    gaps = [int(w.total_seconds() / 60) for w in BACK_OFF]
    assert tried == [0, 5, 20, 80, 140, 200]
    assert gaps == [5, 15, 60]
    assert made.fail == []


def test_missing_cameras_are_no_reason_to_judge_again(hall: Hall) -> None:
    hall.add("cam1", "100000")  # cam2 sent nothing: exit status 1
    made = Shifted(hall)
    assert [made.at(PLANNED + timedelta(minutes=m)) for m in range(0, 90, 10)] == [1] + [0] * 8


def test_the_clock_put_back_does_not_stop_the_shift(hall: Hall) -> None:
    made = Shifted(hall, fail=[1, 1])
    assert made.at(PLANNED + timedelta(days=30)) == 1
    assert made.at(PLANNED) == 1


def test_a_shut_day_without_stills_is_no_night(hall: Hall) -> None:
    hall.now = datetime(2026, 3, 14, 22, tzinfo=HALL_TZ)  # a Saturday
    night = Night(hall.database, hall.settings, lambda *_: hall.parts(), clock=lambda: hall.now)
    assert night.run() == []
    hall.add("cam1", "100000", day=hall.now.date())
    assert [r.cameras_missing for r in night.run()] == [("cam2",)]


def test_stills_that_came_late_are_judged_in_the_next_night(hall: Hall) -> None:
    hall.add("cam1", "100000")
    made = Shifted(hall)
    made.at(PLANNED)
    hall.add("cam2", "100000", phone())  # a cut line brought it, or a drop made it good
    hall.add("cam1", "090000", day=DAY + timedelta(days=1))
    made.at(PLANNED + timedelta(days=1))
    assert f"cam2_{DAY:%Y%m%d}T100000.png" in hall.looked
    looked = len(hall.looked)
    made.at(PLANNED + timedelta(days=2))
    assert len(hall.looked) == looked, "a day that is judged whole is left alone"


def test_what_is_missed_is_made_good_before_the_night_is_judged(hall: Hall) -> None:
    done: list[str] = []

    def capture() -> Report:
        done.append("capture")
        return Report(())

    def night() -> int:
        done.append("night")
        return 0

    hall.now = PLANNED.astimezone(UTC)
    Shift(
        hall.database, hall.settings, clock=lambda: hall.now, run_capture=capture, run_night=night
    ).night_now()
    assert done == ["capture", "night"]


def test_a_hall_of_today_owes_no_night_of_yesterday(hall: Hall) -> None:
    made = Shifted(hall)
    assert to_hall(hall.now).date() == DAY  # registered at this moment
    assert made.at(datetime.combine(DAY, datetime.min.time(), HALL_TZ) + timedelta(hours=23)) == 0


# ------------------------------------------------------------------ one at a time


def test_two_of_a_kind_never_run_at_once_and_both_kinds_do(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = {"capture": 0, "night": 0}
    most = {"capture": 0, "night": 0, "both": 0}
    calls = {"capture": 0, "night": 0}
    lock = threading.Lock()

    def work(name: str) -> None:
        with lock:
            running[name] += 1
            calls[name] += 1
            most[name] = max(most[name], running[name])
            most["both"] = max(most["both"], sum(running.values()))
        time.sleep(0.12)
        with lock:
            running[name] -= 1

    def capture() -> Report:
        work("capture")
        raise BusyError("a timer's run is at it")

    shift = Shift(hall.database, hall.settings, run_capture=capture, run_night=lambda: 0)

    def night_now() -> None:
        work("night")

    monkeypatch.setattr(shift, "night_now", night_now)
    with shift.on(every_s=0.05):
        time.sleep(0.7)
    assert most == {"capture": 1, "night": 1, "both": 2}
    assert min(calls.values()) >= 2
    assert running == {"capture": 0, "night": 0}


@pytest.mark.parametrize("error", [StoreError("disk full"), BusyError("busy")])
def test_a_capture_that_fails_ends_no_shift(hall: Hall, error: Exception) -> None:
    def fail() -> Report:
        raise error

    Shift(hall.database, hall.settings, run_capture=fail).capture_now()


def test_serve_judges_by_itself_and_ends_its_night_when_told(tmp_path: Path) -> None:
    """The real thing: a process, a port, a night started by it, SIGTERM while that runs."""
    made = Hall(tmp_path).set_up()
    made.database.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["serve", "--port", str(port), "--data", str(made.settings.data)]
    # a made-up clock is out of reach of another process: a night planned a moment ago
    env = {
        **os.environ,
        "DESKCHECK_NIGHTLY_AT": f"{datetime.now(HALL_TZ):%H:%M}",
        "DESKCHECK_MIN_FREE_MB": "0",
    }
    log = tmp_path / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "service.cli", *words], env=env, stdout=out, stderr=out
        )
    try:
        _until(lambda: b"night_starts" in log.read_bytes(), server, log)
        _until(lambda: bool(psutil.Process(server.pid).children()), server, log)
        night = psutil.Process(server.pid).children()[0]
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0
        assert not night.is_running()
    finally:
        server.kill()
        server.wait()


def _until(true: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 150
    while not true():
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.02)


# ------------------------------------------------------------------ what people are told


class Told:
    def __init__(self, *answers: list[str]) -> None:
        self.messages: list[Message] = []

    def __call__(self, ways: object, message: Message) -> list[str]:
        self.messages.append(message)
        return []


def _night(hall: Hall) -> Night:
    return Night(hall.database, hall.settings, lambda *_: hall.parts(), clock=lambda: hall.now)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    class Pigeon:
        name = "pigeon"

        def send(self, message: Message) -> None:
            raise AssertionError

    def ways(_: Settings) -> list[Way]:
        return [Pigeon()]

    monkeypatch.setattr("service.night_job.ways_of", ways)
    return Told()


def test_a_night_with_a_missing_camera_says_so_in_the_first_line(hall: Hall, told: Told) -> None:
    hall.add("cam1", "100000")
    end = night_job(_night(hall), day=DAY, send=told)
    assert end.exit_code == 1
    assert "缺 1 台摄像机:cam2" in told.messages[0].first
    night_job(_night(hall), day=DAY, send=told)
    assert len(told.messages) == 1, "a night that changed nothing is not told again"


def test_a_night_that_fails_is_told_and_raised(hall: Hall, told: Told) -> None:
    hall.settings = hall.settings.model_copy(update={"min_free_mb": 10**9})
    with pytest.raises(StoreError, match="MB free"):
        night_job(_night(hall), day=DAY, send=told)
    assert "未能完成" in told.messages[0].first


def test_a_second_run_at_once_is_not_told(hall: Hall, told: Told) -> None:
    from service.locks import NIGHTLY, hold

    with (
        hold(hall.database, NIGHTLY, stale_seconds=60, clock=lambda: hall.now),
        pytest.raises(BusyError),
    ):
        night_job(_night(hall), day=DAY, send=told)
    assert told.messages == []


def test_a_refused_login_is_told_at_once(hall: Hall, told: Told) -> None:
    report = Report((HallReport("test", 1, alarms=("cam1: refused",)), HallReport("other")))
    tell_alarms(hall.settings, report, send=told)
    tell_alarms(hall.settings, Report((HallReport("other"),)), send=told)
    assert [m.lines for m in told.messages] == [("test cam1: refused",)]


def test_a_full_disk_is_told_at_once_and_in_the_first_line_of_its_night(
    hall: Hall, told: Told
) -> None:
    hall.add("cam1", "100000")
    hall.add("cam2", "100000")
    capture_moment = datetime.combine(DAY, datetime.min.time(), HALL_TZ) + timedelta(hours=14)
    small = hall.settings.model_copy(update={"min_free_mb": 10**9})
    reports = [
        capture(hall.database, small, clock=lambda: capture_moment.astimezone(UTC))
        for _ in range(3)
    ]
    for report in reports:
        tell_alarms(hall.settings, report, send=told)
    assert len(told.messages) == 1, "said once, not every minute"
    assert told.messages[0].first == "桌面巡检告警:磁盘空间不足,1 个大厅已停止取图"
    assert "测试大厅:磁盘剩余" in told.messages[0].lines[0]
    end = night_job(_night(hall), day=DAY, send=told)
    assert end.exit_code == 1
    assert "磁盘空间不足,14:00 起停止取图" in told.messages[1].first
    next_day = night_job(_night(hall), day=DAY + timedelta(days=1), send=told)
    assert "磁盘空间不足" not in next_day.reports[0].notice
