"""What the night remembers: things that stay, leave, come back, or were dismissed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service.db.models import (
    DayVerdict,
    Finding,
)
from tests.service.made_up import (
    DAY,
    Hall,
    next_day,
    phone,
)
from tests.service.night_book import clean_day, decide, rows
from vision.seen import Thing


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path).set_up()


def two_days(
    hall: Hall, first: Thing, second: Thing | None, *, gap: int = 1, decided: str = ""
) -> list[Any]:
    clean_day(hall)
    hall.add("cam1", "110000", first)
    hall.run()
    if decided:
        decide(hall, 1, decided)
    later = next_day(DAY, gap)
    hall.now += timedelta(days=gap)
    clean_day(hall, later)
    if second is not None:
        hall.add("cam1", "110000", second, day=later)
    hall.run(later)
    return rows(hall, Finding)


@pytest.mark.parametrize("decided", ["", "confirmed", "dismissed"])
def test_a_thing_that_stays_ages(hall: Hall, decided: str) -> None:
    (finding,) = two_days(hall, phone(), phone(124, 302), decided=decided)
    assert (finding.day, finding.last_day, finding.nights) == (DAY, next_day(DAY), 2)
    assert finding.status == (decided or "open")
    assert finding.signature[0]["place"][0] == pytest.approx(124 / 640, abs=1e-4)
    days = {v.day: v.finding_id for v in rows(hall, DayVerdict) if v.verdict == "suspect"}
    assert days == {DAY: 1, next_day(DAY): 1}


@pytest.mark.parametrize("decided", ["", "confirmed", "dismissed"])
@pytest.mark.parametrize(
    ("second", "why"),
    [
        (phone(400, 420), "moved"),
        (phone(lab=(90.0, 0.0, 0.0)), "another look"),
        (phone(120, 300, cls="cup"), "another class and clause"),
    ],
)
def test_another_thing_is_a_new_finding(hall: Hall, second: Thing, why: str, decided: str) -> None:
    findings = two_days(hall, phone(), second, decided=decided)
    assert [f.status for f in findings] == [decided or "open", "open"], why
    assert [f.nights for f in findings] == [1, 1]


def test_a_new_thing_beside_a_dismissed_one_is_asked(hall: Hall) -> None:
    clean_day(hall)
    hall.add("cam1", "110000", phone())
    hall.run()
    decide(hall, 1, "dismissed")
    later = next_day(DAY)
    clean_day(hall, later)
    hall.add("cam1", "110000", phone(), phone(200, 350), day=later)
    hall.run(later)
    assert [f.status for f in rows(hall, Finding)] == ["dismissed", "open"]


def test_what_was_away_for_a_judged_day_is_new_again(hall: Hall) -> None:
    two_days(hall, phone(), None, decided="confirmed")
    later = next_day(DAY, 2)
    clean_day(hall, later)
    hall.add("cam1", "110000", phone(), day=later)
    hall.run(later)
    assert [f.status for f in rows(hall, Finding)] == ["confirmed", "open"]


def test_days_on_which_nobody_could_look_do_not_count_as_away(hall: Hall) -> None:
    (finding,) = two_days(hall, phone(), phone(), gap=3)
    assert finding.nights == 2


@pytest.mark.parametrize(("away", "asked"), [(1, False), (2, False), (3, True)])
def test_a_dismissed_thing_may_flicker(hall: Hall, away: int, asked: bool) -> None:
    two_days(hall, phone(), None, decided="dismissed")
    for i in range(2, away + 1):
        clean_day(hall, next_day(DAY, i))
        hall.run(next_day(DAY, i))
    last = next_day(DAY, away + 1)
    clean_day(hall, last)
    hall.add("cam1", "110000", phone(), day=last)
    hall.run(last)
    assert len(rows(hall, Finding)) == (2 if asked else 1)


@pytest.mark.parametrize(("gap", "asked"), [(30, False), (31, True)])
def test_a_dismissal_is_forgotten_after_its_term(hall: Hall, gap: int, asked: bool) -> None:
    findings = two_days(hall, phone(), phone(), gap=gap, decided="dismissed")
    assert len(findings) == (2 if asked else 1)


def test_ageing_is_not_counted_twice_and_taken_back_when_wrong(hall: Hall) -> None:
    two_days(hall, phone(), phone())
    later = next_day(DAY)
    hall.run(later, again=True)
    assert [f.nights for f in rows(hall, Finding)] == [2]
    hall.shows = dict.fromkeys(hall.shows, ())
    hall.run(later, again=True)
    (finding,) = rows(hall, Finding)
    assert (finding.nights, finding.last_day, finding.status) == (1, DAY, "open")


# ------------------------------------------------------------------ bad frames
