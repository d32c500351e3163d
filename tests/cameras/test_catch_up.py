"""Missed spots of a drop are made good: by the nearest picture, in its window, and said so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from service.cameras.kinds.folder import quarantined
from service.cameras.make import open_camera
from service.cameras.protocol import CameraConfig, CameraSource, Surroundings
from service.capture_catch_up import late_of
from service.capture_proof import proof_lines
from service.db.camera_tables import SpotDraw, SpotResult
from service.db.log import AuditRow
from service.night_inbox import scan
from service.plan import Spot, SpotPlan
from tests.cameras.made_hall import DAY, MadeHall, config
from tests.cameras.pictures import jpeg
from vision.seen import HALL_TZ

PLAN = SpotPlan(per_half_day=1, burst=2, before_open=1, after_close=1)
MORNING = DAY + timedelta(days=1, hours=7)


class Dropped(MadeHall):
    """A hall of one folder camera ``nvr`` (the real kind) and whatever else a test adds."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.drop = self.folder / "drop"
        self.drop.mkdir(exist_ok=True)

    def opener(self, config: CameraConfig, around: Surroundings) -> CameraSource:
        if config.kind == "folder":
            return open_camera(config, around)
        return super().opener(config, around)

    def put(self, moment: datetime, seed: int | None = None, *, hours_late: int = 0) -> Path:
        path = self.drop / f"nvr_{moment:%Y%m%dT%H%M%S}.jpg"
        path.write_bytes(jpeg(int(moment.timestamp()) % 10**6 if seed is None else seed, 96, 72))
        arrived = moment.timestamp() + 3600 * hours_late
        os.utime(path, (arrived, arrived))
        return path

    def put_all(self, start: datetime, end: datetime, step: timedelta) -> None:
        while start < end:
            self.put(start)
            start += step

    def rows(self) -> dict[str, SpotResult]:
        with self.database.read() as session:
            rows = {r.key: r for r in session.scalars(select(SpotResult))}
            session.expunge_all()
            return rows


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Dropped]:
    made = Dropped(tmp_path)
    made.set_up(CameraConfig("test", "nvr", "folder", str(made.drop)), plan=PLAN)
    yield made
    made.database.close()


def of(hall: MadeHall, slot: str) -> list[Spot]:
    return [s for s in hall.spots() if s.slot == slot]


def test_a_missed_day_is_taken_from_the_nearest_pictures_of_the_drop(hall: Dropped) -> None:
    spots = hall.spots()
    hall.put_all(DAY + timedelta(hours=7), DAY + timedelta(hours=21), timedelta(minutes=2))
    report = hall.at(MORNING).run().halls[0]
    assert report.made_good == len(spots) == 6
    assert report.missed == 0
    assert "6 spots of before were made good from the drop" in report.sentence()
    rows = hall.rows()
    for spot in spots:
        row = rows[spot.key]
        assert row.state == "taken"
        assert row.taken_at is not None
        assert abs(row.taken_at - spot.at) <= timedelta(minutes=1)
        gap = abs((row.taken_at - spot.at).total_seconds())
        assert "made good from the drop at 2026-03-12 07:00" in row.error
        assert f"by a picture of {gap:.0f} s" in row.error
    filed = hall.filed()
    assert {f"20260311/{r.name}": r.sha256 for r in rows.values()} == filed
    assert len({s.taken_at for s in scan(hall.inbox, DAY.date()).snapshots}) == 6
    again = hall.at(MORNING + timedelta(minutes=1)).run().halls[0]
    assert (again.made_good, again.missed, hall.filed()) == (0, 0, filed)


def test_it_is_said_in_the_proof_and_in_the_audit_log(hall: Dropped) -> None:
    hall.spots()
    hall.put_all(DAY + timedelta(hours=7), DAY + timedelta(hours=21), timedelta(minutes=2))
    hall.at(MORNING).run()
    lines = list(proof_lines(hall.database, None, "2026-03-11", today=MORNING.date()))
    late = [line for line in lines if "补取" in line]
    assert len(late) == 6
    assert all("made good from the drop at" in line for line in late)
    with hall.database.read() as session:
        logged = session.scalars(
            select(AuditRow).where(AuditRow.action == "capture.made_good")
        ).one()
        assert len(logged.detail["spots"]) == 6


def test_a_picture_of_another_window_proves_nothing(hall: Dropped) -> None:
    early, night = of(hall, "P")[0], of(hall, "N")[0]
    hall.put(early.until + timedelta(minutes=2))  # the hall is open by then
    hall.put(night.at - timedelta(hours=3))
    report = hall.at(MORNING).run().halls[0]
    assert report.made_good == 0
    assert report.missed == 6
    assert {r.state for r in hall.rows().values()} == {"missed"}
    assert "the drop holds no picture of then" in hall.rows()[early.key].error


def test_one_picture_serves_one_spot_and_the_nearest(hall: Dropped) -> None:
    first, second = of(hall, "am")
    between = hall.put(second.at - timedelta(seconds=60))  # in both windows, nearer to the second
    report = hall.at(MORNING).run().halls[0]
    assert report.made_good == 1
    rows = hall.rows()
    assert rows[second.key].state == "taken"
    assert rows[second.key].name == between.name
    assert rows[first.key].state == "missed"


def test_a_recorder_that_repeats_a_picture_makes_nothing_good_with_the_copy(hall: Dropped) -> None:
    first, second = of(hall, "am")
    hall.put(first.at, seed=5)
    hall.put(second.at, seed=5)
    assert hall.at(MORNING).run().halls[0].made_good == 1


def test_a_spoilt_picture_is_put_aside_and_the_next_nearest_is_taken(hall: Dropped) -> None:
    spot = of(hall, "N")[0]
    bad = hall.put(spot.at)
    data, state = bad.read_bytes(), bad.stat()
    bad.write_bytes(data[:3000])
    os.utime(bad, (state.st_atime, state.st_mtime))
    good = hall.put(spot.at + timedelta(minutes=7))
    assert hall.at(MORNING).run().halls[0].made_good == 1
    assert hall.rows()[spot.key].name == good.name
    assert len(quarantined(hall.drop)) == 2


def test_pictures_that_a_cut_line_brings_later_are_taken_then(hall: Dropped) -> None:
    spots = hall.spots()
    assert hall.at(DAY + timedelta(days=1, hours=1)).run().halls[0].missed == len(spots)
    for spot in spots:
        hall.put(spot.at + timedelta(seconds=30), hours_late=8)
    report = hall.at(DAY + timedelta(days=1, hours=1, minutes=5)).run().halls[0]
    assert report.made_good == len([s for s in spots if s.slot in ("pm", "N")]), "12 h at most"
    assert report.missed == 0, "said before"


def test_what_was_looked_for_in_vain_is_looked_for_ever_more_rarely(hall: Dropped) -> None:
    spot = of(hall, "N")[0]
    with hall.database.read() as session:
        row = session.scalars(select(SpotDraw)).one()
        session.expunge_all()
    looks: list[datetime] = []
    result: SpotResult | None = None
    for minute in range(-5, 13 * 60):
        now = spot.until + timedelta(minutes=minute)
        results = {} if result is None else {spot.key: result}
        if list(late_of(row, [spot], results, now)):
            looks.append(now)
            tries = 1 if result is None else result.tries + 1
            result = SpotResult(key=spot.key, state="missed", tries=tries, recorded_at=now)
    assert looks[0] == spot.until
    assert looks[-1] <= spot.until + timedelta(hours=12)
    assert 20 < len(looks) < 60
    gaps = [b - a for a, b in pairwise(looks)]
    assert gaps == sorted(gaps)


def test_days_slept_through_are_drawn_afterwards_for_the_drop_alone(
    tmp_path: Path,
) -> None:
    made = Dropped(tmp_path)
    made.set_up(CameraConfig("test", "nvr", "folder", str(made.drop)), config("cam1"), plan=PLAN)
    made.spots()  # Wednesday was drawn, then the machine slept until Friday
    thursday = DAY + timedelta(days=1)
    made.put_all(
        thursday + timedelta(hours=7), thursday + timedelta(hours=21), timedelta(minutes=3)
    )
    report = made.at(DAY + timedelta(days=2, hours=1)).run().halls[0]
    assert report.made_good == 6
    with made.database.read() as session:
        row = session.scalars(select(SpotDraw).where(SpotDraw.day == date(2026, 3, 12))).one()
        assert row.cameras == ["nvr"]
        assert row.drawn_at.astimezone(HALL_TZ).date() == date(2026, 3, 13)
    assert len(scan(made.inbox, thursday.date()).snapshots) == 6
    made.database.close()


def test_a_killed_catch_up_is_ended_and_still_said(
    hall: Dropped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the bytes and their row: the next run writes the row, with how it came."""
    spot = of(hall, "N")[0]
    hall.put(spot.at)

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("service.capture_late.result_of", killed)
        with pytest.raises(Killed):
            hall.at(MORNING).run()
    assert spot.key not in hall.rows()
    hall.at(MORNING + timedelta(minutes=5)).run()
    row = hall.rows()[spot.key]
    assert row.state == "taken"
    assert "made good from the drop at 2026-03-12 07:00, by a picture of 0 s after" in row.error
    assert len(hall.filed()) == 1


def test_the_live_spots_go_first_and_an_asked_camera_stays_missed(tmp_path: Path) -> None:
    made = Dropped(tmp_path)
    made.set_up(CameraConfig("test", "nvr", "folder", str(made.drop)), config("cam1"), plan=PLAN)
    made.spots()
    made.put_all(DAY + timedelta(hours=7), DAY + timedelta(hours=21), timedelta(minutes=2))
    report = made.at(DAY + timedelta(hours=23)).run().halls[0]
    assert report.taken == 1
    assert report.missed == 5
    assert report.made_good == 5, "the night's spot is still open, and its camera is asked"
    assert made.rows()["cam1/am/0/0"].state == "missed"
    made.database.close()
