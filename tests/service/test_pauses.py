"""A knocked camera's frames prove nothing from then on, until a person has looked."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.db.models import CameraPause, DayVerdict, Finding, FrameRow
from service.pauses import clear, measured
from tests.service.made_up import DAY, PHONE, Hall, contents, next_day, phone
from tests.service.night_book import clean_day, rows
from vision.seen import HALL_TZ, InputError


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path).set_up()


def at(clock: str, day: int = 11) -> datetime:
    return datetime.strptime(f"202603{day}T{clock}", "%Y%m%dT%H%M%S").replace(tzinfo=HALL_TZ)


def knock(hall: Hall, camera: str = "cam1", clock: str = "110000") -> str:
    name = hall.add(camera, clock)
    hall.gates[name] = "moved"
    return name


def gates(hall: Hall) -> dict[str, str | None]:
    return {f.name: f.gate for f in rows(hall, FrameRow)}


def let_go(hall: Hall, when: datetime, choice: str = "put_back") -> bool:
    with hall.database.write() as session:
        return clear(
            session, 1, choice=choice, note="", now=when, user_id=None, actor="li"
        )  # fmt: skip


def test_every_later_frame_is_unjudged_until_a_person_looked(hall: Hall) -> None:
    before = hall.add("cam1", "100000")
    moved = knock(hall)
    well = hall.add("cam1", "120000", phone())  # lies well by itself, and shows a phone
    other = hall.add("cam2", "120000", phone())
    report = hall.run()
    assert gates(hall) == {before: "ok", moved: "moved", well: "camera_moved", other: "ok"}
    (row,) = rows(hall, CameraPause)
    assert (row.camera, row.since, row.frame) == ("cam1", at("110000"), moved)
    assert [f.desk for f in rows(hall, Finding)] == ["A2"], "nobody at A1 is accused"
    assert "1 台摄像机移位,判定已暂停,待人工确认:cam1(自 03-11 11:00" in report.lines()[0]

    tomorrow = next_day(DAY)
    late = hall.add("cam1", "100000", phone(), day=tomorrow)
    hall.add("cam2", "100000", day=tomorrow)
    report = hall.run(tomorrow)
    assert gates(hall)[late] == "camera_moved"
    verdicts = {
        (v.desk, v.day): v for v in rows(hall, DayVerdict) if v.clause == PHONE and v.window == "W"
    }
    assert verdicts["A1", tomorrow].verdict == "unjudged"
    assert verdicts["A2", tomorrow].verdict == "pass"
    assert "cam1(移位后待确认1张)" in report.lines()[0]
    assert len(rows(hall, CameraPause)) == 1

    assert let_go(hall, at("110000", 12))
    after = hall.add("cam1", "120000", phone(), day=tomorrow)
    hall.run(tomorrow)
    assert (gates(hall)[late], gates(hall)[after]) == ("camera_moved", "ok")
    assert [f.desk for f in rows(hall, Finding)] == ["A2", "A1"]
    assert not let_go(hall, at("130000", 12)), "cleared once"


def test_running_twice_changes_nothing(hall: Hall) -> None:
    clean_day(hall)
    knock(hall)
    hall.add("cam1", "120000", phone())
    hall.run()
    before = contents(hall.database)
    assert hall.run().repeated
    hall.run(again=True)
    after = contents(hall.database)
    before.pop("runs"), after.pop("runs")
    assert after == before


def test_a_camera_knocked_again_is_paused_again(hall: Hall) -> None:
    knock(hall)
    hall.run()
    let_go(hall, at("113000"))
    knock(hall, clock="120000")
    hall.run()
    assert [(r.since, r.cleared_at) for r in rows(hall, CameraPause)] == [
        (at("110000"), at("113000")),
        (at("120000"), None),
    ]


def test_an_earlier_frame_that_comes_late_begins_the_pause_earlier(hall: Hall) -> None:
    knock(hall, clock="120000")
    hall.run()
    first = knock(hall, clock="103000")
    between = hall.add("cam1", "110000", phone())
    hall.run()
    (row,) = rows(hall, CameraPause)
    assert (row.since, row.frame) == (at("103000"), first)
    assert gates(hall)[between] == "camera_moved"


def test_a_pause_of_one_camera_is_not_anothers(hall: Hall) -> None:
    knock(hall, "cam2")
    name = hall.add("cam1", "120000", phone())
    hall.run()
    assert gates(hall)[name] == "ok"
    assert [f.desk for f in rows(hall, Finding)] == ["A1"]


def test_a_new_reference_without_a_new_layout_is_refused(hall: Hall) -> None:
    knock(hall)
    hall.run()
    row = rows(hall, CameraPause)[0]
    with hall.database.write() as session:
        session.get_one(CameraPause, row.id).since = hall.now + timedelta(days=1)
    with pytest.raises(InputError, match="no layout was saved since"):
        let_go(hall, hall.now, "new_reference")
    assert rows(hall, CameraPause)[0].cleared_at is None


@pytest.mark.parametrize(
    ("shift", "turn", "text"),
    [(3.24, 0.61, "3.2 % / 0.6°"), (1.0, None, "1.0 %"), (None, None, "—")],
)
def test_how_far_it_moved_as_people_read_it(
    shift: float | None, turn: float | None, text: str
) -> None:
    assert measured(CameraPause(shift_percent=shift, turn_deg=turn)) == text
