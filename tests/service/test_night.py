"""The night: what it files, what it never files twice, and what stops it (nothing)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from service.db.models import (
    DayVerdict,
    Decision,
    Finding,
    FindingFrame,
    FrameRow,
    FrameVerdictRow,
    Lock,
    Media,
    Run,
    RunFacts,
    User,
)
from service.locks import NIGHTLY, hold, owner_is_dead, owner_name
from service.night import Night, day_of, night_day
from service.night_parts import Parts
from service.night_report import NightReport
from service.settings import Settings
from service.store import MediaStore
from tests.service.made_up import (
    CUP,
    DAY,
    NOW,
    PHONE,
    Hall,
    contents,
    next_day,
    person,
    phone,
)
from tests.service.night_book import clean_day, decide, rows
from vision.seen import BusyError, InputError


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path).set_up()


def test_a_clean_day_is_filed_whole(hall: Hall) -> None:
    clean_day(hall)
    report = hall.run()
    assert (report.status, report.exit_code) == ("done", 0)
    verdicts = {(v.desk, v.clause, v.window): v.verdict for v in rows(hall, DayVerdict)}
    assert len(verdicts) == 8
    assert verdicts["A1", PHONE, "W"] == "pass"
    assert verdicts["A1", PHONE, "N"] == "unjudged"  # nobody looked at night: not clean
    assert rows(hall, Finding) == []
    assert rows(hall, RunFacts) == []
    assert {f.gate for f in rows(hall, FrameRow)} == {"ok"}
    assert {f.window for f in rows(hall, FrameRow)} == {"W"}


def test_one_finding_a_desk_and_clause_with_all_its_frames(hall: Hall) -> None:
    clean_day(hall)
    best = hall.add("cam1", "110000", phone(confidence=0.95))
    hall.add("cam1", "120000", phone(confidence=0.7))
    hall.add("cam1", "200000", phone(confidence=0.8), phone(cls="cup"))
    report = hall.run()
    findings = {(f.desk, f.clause): f for f in rows(hall, Finding)}
    assert set(findings) == {("A1", PHONE), ("A1", CUP)}
    first = findings["A1", PHONE]
    assert (first.window, first.status, first.nights) == ("W", "open", 1)
    assert (first.confidence, first.reason_code) == (0.95, "phone_seen")
    assert first.clause_text == f"条文 {PHONE}"
    assert first.pack_version == "made-up@1"
    assert first.boxes == [
        {"cls": "phone", "xyxy_px": [120.0, 300.0, 160.0, 320.0], "confidence": 0.95}
    ]
    shots = [s for s in rows(hall, FindingFrame) if s.finding_id == first.id]
    names = {f.id: f.name for f in rows(hall, FrameRow)}
    assert [names[s.frame_id] for s in shots if s.deciding] == [best]
    assert len(shots) == 3
    assert len(rows(hall, FrameVerdictRow)) == 4  # only what speaks against a desk
    against = [v for v in rows(hall, DayVerdict) if v.verdict == "suspect"]
    assert {v.finding_id for v in against} == {f.id for f in findings.values()}
    assert report.counts["findings_new"] == 2


@pytest.mark.parametrize("decided", [None, "confirmed", "dismissed"])
def test_running_twice_changes_nothing(hall: Hall, decided: str | None) -> None:
    clean_day(hall)
    hall.add("cam1", "110000", phone(), person())
    hall.add("cam2", "110000", phone(cls="cup"))
    hall.run()
    if decided:
        decide(hall, 1, decided)
    before = contents(hall.database)
    assert hall.run().repeated
    assert contents(hall.database) == before
    hall.looked.clear()
    assert not hall.run(again=True).repeated
    assert len(hall.looked) == 4
    after = contents(hall.database)
    assert len(after.pop("runs")) == 2
    before.pop("runs")
    assert after == before


def test_a_frame_that_comes_later_joins_its_finding(hall: Hall) -> None:
    clean_day(hall)
    hall.add("cam1", "110000", phone(confidence=0.6))
    hall.run()
    hall.add("cam1", "113000", phone(confidence=0.9))
    hall.run()
    (finding,) = rows(hall, Finding)
    assert finding.confidence == 0.9
    assert len(rows(hall, FindingFrame)) == 2
    assert [s.deciding for s in rows(hall, FindingFrame)] == [False, True]


def test_what_a_person_decided_is_never_reopened_or_doubled(hall: Hall) -> None:
    clean_day(hall)
    hall.add("cam1", "110000", phone(confidence=0.6))
    hall.run()
    decide(hall, 1, "dismissed")
    hall.add("cam1", "113000", phone(200, 350, confidence=0.9))
    hall.run()
    (finding,) = rows(hall, Finding)
    assert (finding.status, finding.confidence) == ("dismissed", 0.6)


def test_what_later_frames_no_longer_bear_out_is_taken_back_on_record(hall: Hall) -> None:
    name = hall.add("cam1", "110000", phone())
    hall.run()
    (hall.inbox / name).write_bytes((hall.inbox / name).read_bytes() + b"x")  # another picture
    hall.shows[name] = ()
    hall.run()
    (finding,) = rows(hall, Finding)
    assert finding.status == "withdrawn"
    hall.shows[name] = (phone(),)
    hall.run(again=True)
    assert [f.status for f in rows(hall, Finding)] == ["open"]
    assert [d.action for d in rows(hall, Decision)] == ["withdraw", "reopen"]


# ------------------------------------------------------------------ from night to night


def test_a_bad_frame_never_stops_the_rest(hall: Hall) -> None:
    clean_day(hall)
    (hall.inbox / "cam1_20260311T103000.jpg").write_bytes(b"")
    (hall.inbox / "cam1_20260311T104500.jpg").write_bytes(b"\xff\xd8\xff half a picture")
    (hall.inbox / "notes.txt").write_text("no snapshot")
    (hall.inbox / "cam9_20260311T100000.png").write_bytes(b"a camera that nobody drew")
    hall.gates[hall.add("cam2", "110000", phone())] = "black"
    hall.add("cam1", "110000", phone())
    report = hall.run()
    assert (report.status, report.exit_code) == ("incomplete", 1)
    assert report.counts["unreadable"] == 2
    assert report.counts["unknown_camera"] == 1
    assert report.counts["bad_gate"] == 1
    assert "2 张图像无法读取" in report.lines()[0]
    assert [f.desk for f in rows(hall, Finding)] == ["A1"]
    bad = [f for f in rows(hall, FrameRow) if f.gate == "undecodable"]
    assert all(f.error and str(hall.inbox) not in f.error for f in bad)
    # nothing is kept of a frame on which nobody looked for people
    kept = {m.frame_id for m in rows(hall, Media)}
    assert kept == {f.id for f in rows(hall, FrameRow) if f.gate == "ok"}


def test_the_first_line_names_missing_cameras(hall: Hall) -> None:
    hall.add("cam1", "100000")
    report = hall.run()
    assert report.cameras_missing == ("cam2",)
    assert report.lines()[0].startswith(f"测试大厅 {DAY}:缺 1 台摄像机:cam2")
    assert report.exit_code == 1
    assert {v.verdict for v in rows(hall, DayVerdict) if v.desk == "A2"} == {"unjudged"}


def test_a_day_without_any_frame_is_said_to_be_unseen(hall: Hall) -> None:
    report = hall.run()
    assert report.exit_code == 1
    assert {v.verdict for v in rows(hall, DayVerdict)} == {"unjudged"}


def test_originals_gone_by_their_term_leave_the_day_as_it_was(hall: Hall) -> None:
    clean_day(hall)
    name = hall.add("cam1", "110000", phone())
    hall.run()
    before = contents(hall.database)
    (hall.inbox / name).unlink()
    report = hall.run(again=True)
    assert report.expired == 1
    assert contents(hall.database) == before


# ------------------------------------------------------------------ pictures


def test_people_are_masked_before_anything_is_written(hall: Hall) -> None:
    clean_day(hall)
    hall.add("cam1", "110000", phone(380, 300), person(), person((30, 30, 90, 200), sure=False))
    hall.run()
    store = MediaStore(hall.settings.media)
    media = rows(hall, Media)
    assert {m.kind for m in media} == {"frame", "thumb", "crop"}
    for row in media:
        assert row.masked
        data = np.frombuffer(store.get(row.path, sha256=row.sha256), np.uint8)
        image = cv2.imdecode(data, cv2.IMREAD_COLOR)
        assert image is not None
        assert (image.shape[1], image.shape[0]) == (row.width, row.height)
        red = (image[:, :, 2] > 150) & (image[:, :, 0] < 80)
        assert not red.any(), row.key
    on_disk = {p.relative_to(hall.settings.media).as_posix() for p in store.root.rglob("*.*")}
    assert on_disk == {m.path for m in media}


def test_the_crop_is_the_frame_at_full_resolution(hall: Hall) -> None:
    clean_day(hall)
    hall.add("cam1", "110000", phone())
    hall.run()
    (crop,) = [m for m in rows(hall, Media) if m.kind == "crop"]
    assert crop.scale == 1.0
    assert (crop.width, crop.height) == (480, 360)
    assert 0 <= crop.offset_x <= 120
    assert crop.offset_x + crop.width >= 160
    (thumb,) = [m for m in rows(hall, Media) if m.key == f"thumb:{crop.frame_id}"]
    assert (thumb.width, thumb.height, thumb.scale) == (320, 240, 0.5)


# ------------------------------------------------------------------ one at a time


def test_one_run_at_a_time(hall: Hall) -> None:
    clean_day(hall)
    with (
        hold(hall.database, NIGHTLY, stale_seconds=60, clock=lambda: hall.now),
        pytest.raises(BusyError, match="Another run holds"),
    ):
        hall.run()
    assert hall.run().status == "done"
    assert rows(hall, Lock) == []


def lock_of(hall: Hall, owner: str, *, silent: int = 0) -> None:
    with hall.database.write() as session:
        at = NOW - timedelta(seconds=silent)
        session.add(Lock(name=NIGHTLY, owner=owner, acquired_at=at, heartbeat_at=at))


def test_a_lock_of_a_dead_process_is_taken_over(hall: Hall) -> None:
    host, pid, started, mark = owner_name().rsplit(":", 3)
    assert not owner_is_dead(f"{host}:{pid}:{started}:{mark}")
    assert owner_is_dead(f"{host}:{pid}:{int(started) - 1000}:{mark}")  # the number was used again
    assert not owner_is_dead(f"elsewhere:{pid}:{int(started) - 1000}:{mark}")
    lock_of(hall, f"{host}:{pid}:{int(started) - 1000}:{mark}")
    assert hall.run().exit_code == 1


@pytest.mark.parametrize(("silent", "busy"), [(100, True), (140, False), (-140, False)])
def test_a_silent_lock_of_another_machine_is_taken_over(
    hall: Hall, silent: int, busy: bool
) -> None:
    lock_of(hall, "elsewhere:1:1:x", silent=silent)
    if busy:
        with pytest.raises(BusyError, match="process 1 on elsewhere"):
            hall.run()
    else:
        hall.run()


def test_who_lost_the_lock_stops(hall: Hall) -> None:
    with hold(hall.database, NIGHTLY, stale_seconds=60) as held:
        with hall.database.write() as session:
            session.get_one(Lock, NIGHTLY).owner = "somebody:1:1:x"
        with pytest.raises(BusyError, match="taken over"):
            held.beat(every=0)
    assert len(rows(hall, Lock)) == 1  # the other one's stays


def test_days_are_named_plainly() -> None:
    assert day_of(None, NOW) is None
    assert day_of("today", NOW) == DAY
    assert day_of("yesterday", NOW) == next_day(DAY, -1)
    assert day_of("2026-01-02", NOW) == date(2026, 1, 2)
    with pytest.raises(InputError, match="2026-03-11"):
        day_of("3/11", NOW)


@pytest.mark.parametrize(("hours", "day"), [(0, DAY), (7, DAY), (8.1, next_day(DAY))])
def test_a_run_before_six_is_about_the_day_before(hours: float, day: date) -> None:
    assert night_day(NOW + timedelta(hours=hours)) == day


def test_missed_nights_are_caught_up_in_order(hall: Hall) -> None:
    for offset in (-40, -3, -1, 0, 1):
        clean_day(hall, next_day(DAY, offset))
        hall.add("cam1", "110000", phone(), day=next_day(DAY, offset))
    hall.run(next_day(DAY, -3))
    night = Night(hall.database, hall.settings, lambda *_: hall.parts(), clock=lambda: NOW)
    reports = night.run()
    assert [r.day for r in reports] == [next_day(DAY, -1), DAY]  # nothing of tomorrow
    (finding,) = rows(hall, Finding)
    assert (finding.day, finding.nights) == (next_day(DAY, -3), 3)
    assert [r.repeated for r in night.run()] == [True]


def test_a_day_that_fails_never_stops_the_others(hall: Hall) -> None:
    clean_day(hall, next_day(DAY, -1))
    clean_day(hall)

    def parts(_settings: Settings, day: date) -> Parts:
        if day < DAY:
            raise InputError("no pack was in force")
        return hall.parts()

    told: list[NightReport] = []
    night = Night(hall.database, hall.settings, parts, clock=lambda: NOW, told=told.append)
    with pytest.raises(InputError, match="no pack"):
        night.run()
    assert [r.day for r in told] == [DAY]


def test_runs_keep_their_versions_and_figures(hall: Hall) -> None:
    clean_day(hall)
    hall.run()
    (run,) = rows(hall, Run)
    assert (run.pack_version, run.model_version, run.model_sha256) == ("made-up@1", "1", "f" * 64)
    assert run.cameras["cam1"] == {"frames": 1, "usable": 1, "trouble": ""}
    assert run.finished_at is not None
    assert rows(hall, User) == []
