"""What the night gives to the rules of the registers, and what a change of them judges anew."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.registers import ApprovedNotice, DeskException, Registers
from service.db.models import ExceptionRow, NoticeRow, PermittedRow
from service.messages import Message
from service.night import Night
from service.night_job import night_job
from service.registers import ending, ending_line, key_of, registers_of
from tests.service.made_up import DAY, NOW, Hall
from tests.service.night_book import clean_day

MADE = {"hall_id": 1, "created_at": NOW, "created_by": "li"}
ONE = timedelta(days=1)


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path).set_up()


def notice(first: date, last: date, *, zone: str = "wall1", taken_back: bool = False) -> NoticeRow:
    return NoticeRow(
        zone=zone, title="办事指南", first_day=first, last_day=last, approved_by="王",
        taken_back_at=NOW if taken_back else None, **MADE,
    )  # fmt: skip


def exception(first: date, last: date, *, taken_back: bool = False) -> ExceptionRow:
    return ExceptionRow(
        desk="A1", clause="2S-2-(4)", kind="device_absent", first_day=first, last_day=last,
        why="电话机送修", approved_by="王", taken_back_at=NOW if taken_back else None, **MADE,
    )  # fmt: skip


def keep(hall: Hall, *rows: NoticeRow | PermittedRow | ExceptionRow) -> None:
    with hall.database.write() as session:
        session.add_all(rows)


def given(hall: Hall, day: date = DAY) -> Registers:
    with hall.database.read() as session:
        return registers_of(session, 1, day)


@pytest.mark.parametrize(
    ("first", "last", "taken_back", "counts"),
    [
        (DAY, DAY, False, True),
        (DAY - ONE, DAY + ONE, False, True),
        (DAY + ONE, DAY + ONE, False, False),
        (DAY - ONE, DAY - ONE, False, False),
        (DAY, DAY, True, False),
    ],
)
def test_only_what_is_in_force_on_the_day_counts(
    hall: Hall, first: date, last: date, taken_back: bool, counts: bool
) -> None:
    keep(hall, notice(first, last, taken_back=taken_back))
    keep(hall, exception(first, last, taken_back=taken_back))
    found = given(hall)
    assert found.notices_in("wall1", DAY) == int(counts)
    assert (found.exempt("A1", "2S-2-(4)", DAY) is not None) is counts


def test_the_night_hands_all_three_to_the_rules(hall: Hall) -> None:
    keep(hall, notice(DAY, DAY + ONE), exception(DAY, DAY))
    keep(hall, PermittedRow(desk="A1", cls="cup", number=2, **MADE))
    clean_day(hall)
    hall.run()
    assert hall.allowed == Registers(
        (ApprovedNotice("wall1", DAY + ONE, "办事指南", DAY),),
        {"A1": {"cup": 2}},
        (DeskException("A1", "2S-2-(4)", DAY, "电话机送修", DAY),),
    )
    assert hall.run().repeated
    keep(hall, PermittedRow(desk="A2", cls="cup", number=1, **MADE))
    assert not hall.run().repeated, "another list judges the day anew"


def test_another_halls_rows_are_not_given(hall: Hall) -> None:
    keep(hall, notice(DAY, DAY))
    with hall.database.read() as session:
        assert key_of(registers_of(session, 2, DAY)) == []


@pytest.mark.parametrize(
    ("last", "warned"),
    [(DAY - ONE, False), (DAY, True), (DAY + ONE, True), (DAY + 2 * ONE, False)],
)
def test_a_notice_that_ends_tomorrow_is_warned_of(hall: Hall, last: date, warned: bool) -> None:
    keep(hall, notice(DAY - 3 * ONE, last), notice(DAY, last, taken_back=True))
    with hall.database.read() as session:
        found = [ending_line(row) for row in ending(session, {1}, DAY)]
    line = f"公告《办事指南》(wall1)批准张贴至 {last},请到期撤下或续批。"
    assert found == ([line] if warned else [])


def test_the_warning_is_in_the_nights_message(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.night_job.ways_of", lambda _: ["way"])
    keep(hall, notice(DAY, DAY + ONE))
    clean_day(hall)
    sent: list[Message] = []

    def send(_ways: object, message: Message) -> list[str]:
        sent.append(message)
        return []

    night = Night(hall.database, hall.settings, lambda _s, _d: hall.parts(), clock=lambda: NOW)
    night_job(night, day=DAY, send=send)
    assert sent[0].lines[-1].startswith("测试大厅:公告《办事指南》")
