"""The run: what is due is taken once, what was missed is said, whatever happens in between."""

from __future__ import annotations

import errno
import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.cameras import store
from service.cameras.protocol import (
    CameraBusy,
    CameraRubbish,
    CameraSilent,
    LoginRefused,
)
from service.capture_proof import proof_lines
from service.clock import hall_day
from service.db.camera_tables import SpotDraw
from service.db.days import Lock
from service.db.log import AuditRow
from service.locks import hold
from service.night_inbox import scan
from service.plan import SpotPlan
from service.secrets import Login, Secret
from tests.cameras.device import PASSWORD, USER, Device, Reply, Shutter
from tests.cameras.made_hall import DAY, QUICK, SECOND, MadeHall, config, one_spot
from tests.cameras.pictures import jpeg
from vision.seen import BusyError, InputError

ONE = SpotPlan(per_half_day=1, burst=1)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[MadeHall]:
    made = MadeHall(tmp_path).set_up(config("cam1"), config("cam2"), plan=ONE)
    yield made
    made.database.close()


def test_a_whole_day_takes_every_spot_once(hall: MadeHall) -> None:
    spots = hall.spots()
    assert len(spots) == 8
    looks = {DAY + timedelta(hours=h) for h in range(7, 21)} | {s.at + 20 * SECOND for s in spots}
    for moment in sorted(looks):
        hall.at(moment).run()
    assert hall.states() == {f"0311 {s.key}": "taken" for s in sorted(spots, key=lambda s: s.at)}
    assert hall.draws() == 1
    filed = hall.filed()
    assert len(filed) == 8
    assert len(set(filed.values())) == 8
    assert all(re.fullmatch(r"20260311/cam[12]_20260311T\d{6}\.jpg", name) for name in filed)
    arrived = scan(hall.inbox, DAY.date())
    assert Counter(s.camera for s in arrived.snapshots) == {"cam1": 4, "cam2": 4}
    assert arrived.strays == ()


def test_nothing_is_taken_before_its_time_or_twice(hall: MadeHall) -> None:
    spot = one_spot(hall)
    assert hall.at(spot.at - SECOND).run().halls[0].due == 0
    assert hall.at(spot.at).run().halls[0].taken == 1
    assert hall.run().halls[0].due == 0
    assert hall.calls == {spot.camera: 1}


def test_a_slept_through_spot_is_missed_and_said(hall: MadeHall) -> None:
    spot = one_spot(hall)
    report = hall.at(spot.until + SECOND).run().halls[0]
    assert report.missed >= 1
    assert "missed" in report.sentence()
    assert hall.states()[f"0311 {spot.key}"] == "missed"
    assert hall.run().halls[0].missed == 0


def test_a_missed_night_is_written_down_days_later(hall: MadeHall) -> None:
    hall.at(DAY + timedelta(hours=1))
    hall.spots()
    report = hall.at(DAY + timedelta(days=3, hours=2)).run().halls[0]
    assert report.missed == 8
    assert set(hall.states().values()) == {"missed"}
    assert hall.draws() == 2


def test_a_late_night_spot_is_still_taken_the_same_evening(hall: MadeHall) -> None:
    report = hall.at(DAY + timedelta(hours=23)).run().halls[0]
    assert report.taken == 2
    assert {k.split("/")[1]: v for k, v in hall.states().items() if v == "taken"} == {"N": "taken"}


def test_an_offline_camera_costs_the_other_nothing(hall: MadeHall) -> None:
    hall.scripts["cam1"] = lambda _: CameraSilent("10.0.0.1 did not answer in time")
    report = hall.at(DAY + timedelta(hours=23)).run()
    assert not report.ok
    assert report.halls[0].taken == 1
    assert set(report.halls[0].silent) == {"cam1"}
    first = report.halls[0].sentence().split(",")[0]
    assert "1 camera(s) gave nothing (cam1: 10.0.0.1 did not answer" in first
    assert hall.calls == {"cam1": QUICK.tries, "cam2": 1}


def test_a_failed_spot_is_tried_again_with_growing_pauses(hall: MadeHall) -> None:
    hall.scripts["cam1"] = lambda call: CameraSilent("no") if call <= 3 else jpeg(call)
    start = DAY + timedelta(hours=22)
    hall.at(start).run()
    hall.at(start + timedelta(seconds=60)).run()
    assert hall.calls["cam1"] == 3
    report = hall.at(start + timedelta(seconds=120)).run()
    assert report.halls[0].taken == 1
    assert hall.states()["0311 cam1/N/0/0"] == "taken"


@pytest.mark.parametrize(
    ("error", "calls", "state"),
    [
        (CameraSilent("x"), QUICK.tries, "failed"),
        (CameraRubbish("x"), QUICK.tries, "failed"),
        (CameraBusy("x"), QUICK.busy_tries, "failed"),
        (LoginRefused("x"), 1, "stopped"),
    ],
)
def test_tries(error: Exception, calls: int, state: str, hall: MadeHall) -> None:
    hall.scripts["cam1"] = lambda _: error
    hall.at(DAY + timedelta(hours=23)).run()
    assert hall.calls["cam1"] == calls
    assert hall.states()["0311 cam1/N/0/0"] == state


def test_a_frozen_camera_is_known(hall: MadeHall) -> None:
    hall.scripts["cam1"] = lambda _: jpeg(5)
    spots = [s for s in hall.spots() if s.camera == "cam1"]
    hall.at(spots[0].at).run()
    report = hall.at(spots[1].at).run().halls[0]
    assert "frozen" in report.silent["cam1"]
    assert list(hall.states().values()).count("doubtful") == 1


def test_the_same_picture_from_two_cameras_is_a_stand_in(hall: MadeHall) -> None:
    hall.scripts["cam1"] = hall.scripts["cam2"] = lambda _: jpeg(5)
    report = hall.at(DAY + timedelta(hours=23)).run().halls[0]
    assert report.taken == 1
    assert "very same picture" in next(iter(report.silent.values()))


def test_draw_and_proof(hall: MadeHall) -> None:
    hall.at(DAY + timedelta(hours=23)).run()
    with pytest.raises(InputError, match="not over"):
        list(proof_lines(hall.database, None, "2026-03-11", today=DAY.date()))
    later = DAY.date() + timedelta(days=1)
    lines = list(proof_lines(hall.database, None, "2026-03-11", today=later))
    assert lines[0] == "test 2026-03-11: seed made"
    with hall.database.read() as session:
        logged = session.scalar(select(AuditRow).where(AuditRow.action == "capture.draw"))
        assert logged is not None
        assert logged.detail["commitment"] in lines[1]
        assert "made" not in str(logged.detail)
    assert sum("已取" in line for line in lines) == 2
    assert len(lines) == 2 + 8


def test_an_altered_draw_is_noticed(hall: MadeHall) -> None:
    hall.spots()
    with hall.database.write() as session:
        session.scalars(select(SpotDraw)).one().seed = "chosen"
    report = hall.at(DAY + timedelta(hours=23)).run()
    assert "altered" in report.halls[0].trouble


def test_a_year_without_a_calendar_stops_that_hall_with_a_sentence(hall: MadeHall) -> None:
    report = hall.at(DAY.replace(year=2031)).run()
    assert not report.ok
    assert "no year 2031" in report.halls[0].trouble


def test_the_next_years_calendar_may_be_added(hall: MadeHall) -> None:
    own = hall.settings.data / "calendars"
    own.mkdir()
    (own / "2031.yaml").write_text("year: 2031\nholidays: []\n", encoding="utf-8")
    report = hall.at(DAY.replace(year=2031) + timedelta(hours=23)).run()
    assert report.halls[0].taken == 2


# --------------------------------------------------------------------------- logins


def test_a_refused_login_stops_all_cameras_of_that_account_after_one_try(tmp_path: Path) -> None:
    shutter = Shutter()
    with Device(lambda _: Reply(body=shutter()), auth="digest") as device:
        login = Login(USER, Secret("old-canary-password"))
        cameras = [
            replace(config(f"c{i}", f"{device.url}/{i}.jpg"), login=login, device_streams=4)
            for i in range(6)
        ]
        hall = MadeHall(tmp_path).set_up(*cameras, plan=ONE)
        report = hall.at(DAY + timedelta(hours=23)).run(real=True)
        assert device.refused == 1
        assert len(report.halls[0].alarms) == 6
        assert not report.ok
        hall.at(DAY + timedelta(hours=23, minutes=30)).run(real=True)
        assert device.refused == 1, "a stopped camera is never asked again"
        assert set(hall.states().values()) == {"missed", "stopped"}
        # a new password starts it anew
        with hall.database.write() as session:
            fixed = replace(cameras[0], login=Login(USER, Secret(PASSWORD)))
            store.add_camera(session, fixed, store.sealer_of(hall.settings), hall.now)
        hall.at(DAY + timedelta(hours=23, minutes=50)).run(real=True)
        assert hall.states()["0311 c0/N/0/0"] == "taken"
        assert device.refused == 1
        assert_no_secret(hall, "old-canary-password", PASSWORD)
        hall.database.close()


def assert_no_secret(hall: MadeHall, *secrets: str) -> None:
    """The canary over everything on the disk but the key file (which holds a key, no password)."""
    hall.database.close()
    for path in hall.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for secret in secrets:
                assert secret.encode() not in data, path


def test_reset_lets_it_be_asked_again(hall: MadeHall) -> None:
    hall.scripts["cam1"] = lambda call: LoginRefused("no") if call == 1 else jpeg(call)
    hall.at(DAY + timedelta(hours=22)).run()
    hall.at(DAY + timedelta(hours=22, minutes=10)).run()
    assert hall.calls["cam1"] == 1
    with hall.database.write() as session:
        store.reset(store.camera_of(session, "test", "cam1"), hall.now)
    hall.at(DAY + timedelta(hours=22, minutes=20)).run()
    assert hall.states()["0311 cam1/N/0/0"] == "taken"


def test_a_lost_key_file_stops_only_the_cameras_that_need_it(tmp_path: Path) -> None:
    sealed = replace(config("cam1"), login=Login(USER, Secret(PASSWORD)))
    hall = MadeHall(tmp_path).set_up(sealed, config("cam2"), plan=ONE)
    store.key_path(hall.settings).unlink()
    store.sealer_of(hall.settings, create=True)
    report = hall.at(DAY + timedelta(hours=23)).run()
    assert report.halls[0].taken == 1
    assert "enter the password again" in report.halls[0].silent["cam1"]
    hall.database.close()


# --------------------------------------------------------------------------- lock, disk, death


def test_two_runs_at_once(hall: MadeHall) -> None:
    with (
        hold(hall.database, "capture", stale_seconds=60, clock=lambda: hall.now),
        pytest.raises(BusyError, match="process"),
    ):
        hall.run()


def test_a_run_that_lost_its_lock_stops(hall: MadeHall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.capture.BEAT_S", 0.02)

    def steal(_: int) -> bytes:
        with hall.database.write() as session:
            session.query(Lock).delete()
        hall.now += timedelta(seconds=30)
        return jpeg(1)

    hall.scripts["cam1"] = steal
    hall.scripts["cam2"] = lambda _: CameraSilent("no")
    hall.at(DAY + timedelta(hours=22))
    with pytest.raises(BusyError, match="taken over"):
        hall.run(replace(QUICK, back_off_s=(0.5,)))


def test_a_full_disk_stops_the_hall_and_says_so(tmp_path: Path) -> None:
    hall = MadeHall(tmp_path).set_up(config("cam1"), plan=ONE)
    hall.settings = hall.settings.model_copy(update={"min_free_mb": 10**9})
    report = hall.at(DAY + timedelta(hours=23)).run()
    assert "MB free" in report.halls[0].trouble
    assert not report.ok
    assert hall.calls == {}
    hall.database.close()


def test_a_full_disk_is_news_once_a_day_and_stands_in_the_audit_log(tmp_path: Path) -> None:
    hall = MadeHall(tmp_path).set_up(config("cam1"), plan=ONE)
    hall.settings = hall.settings.model_copy(update={"min_free_mb": 10**9})
    moments = [DAY + timedelta(hours=h) for h in (9, 10, 23, 24, 25, 47)]
    told = [hall.at(moment).run().halls[0].stopped for moment in moments]
    assert ["已停止取图" in text for text in told] == [True, False, False, True, False, False]
    assert str(tmp_path) not in told[0]
    with hall.database.read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "capture.disk_full")).all()
        assert [hall_day(row.at).day for row in rows] == [11, 12]
    hall.database.close()


def test_a_disk_that_fills_while_stills_are_written_is_news_too(
    hall: MadeHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("service.capture_file.os.fsync", full)
    assert "已停止取图" in hall.at(DAY + timedelta(hours=23)).run().halls[0].stopped


def test_an_error_while_writing_is_a_sentence_and_nothing_half(
    hall: MadeHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.capture_file.os.fsync", full)
    report = hall.at(DAY + timedelta(hours=23)).run().halls[0]
    assert "No space left" in report.sentence().split(",")[0]
    assert report.taken == 0
    monkeypatch.undo()
    hall.at(hall.now + timedelta(minutes=2))
    assert hall.run().halls[0].taken == 2
    assert len(hall.filed()) == 2


def test_the_clock_going_back_takes_nothing_twice(hall: MadeHall) -> None:
    hall.at(DAY + timedelta(hours=23)).run()
    hall.at(DAY + timedelta(hours=21)).run()
    hall.at(DAY + timedelta(hours=23, minutes=5)).run()
    assert hall.calls == {"cam1": 1, "cam2": 1}


def test_many_runs_at_once_from_threads_take_each_spot_once(hall: MadeHall) -> None:
    hall.at(DAY + timedelta(hours=23)).spots()
    busy: list[BusyError] = []

    def go() -> None:
        mine = MadeHall(hall.folder, now=hall.now, calls=hall.calls)
        try:
            mine.run()
        except BusyError as error:
            busy.append(error)
        finally:
            mine.database.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hall.calls == {"cam1": 1, "cam2": 1}
    assert len(hall.filed()) == 2


def test_a_camera_taken_out_after_the_draw_is_no_error(hall: MadeHall) -> None:
    hall.spots()
    with hall.database.write() as session:
        session.delete(store.camera_of(session, "test", "cam1"))
    report = hall.at(DAY + timedelta(hours=23)).run()
    assert report.ok
    assert report.halls[0].taken == 1
