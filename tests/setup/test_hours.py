"""The next year's calendar by upload; closures and overtime by form; faults change nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from rules.calendar import open_spans
from service.calendars import calendar_of
from service.db.models import AuditRow, Hall
from service.halls import newest_layout, read_layout
from tests.setup.conftest import Small
from tests.web.conftest import Browser

Login = Callable[..., Browser]
NEXT = """\
year: 2027
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
workdays:
  - 2027-01-10
"""


def upload(client: Browser, text: str | bytes) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post("/setup/calendar", files={"file": ("x.yaml", data)}, follow_redirects=False)


def test_the_next_year_counts_once_it_is_uploaded(small: Small, admin: Browser) -> None:
    assert not calendar_of(small.settings).knows(date(2027, 1, 4))
    assert "还没有下一年的工作日历" in admin.get("/setup/calendar").text
    answer = upload(admin, NEXT)
    assert answer.status_code == 303
    page = admin.get(answer.headers["location"]).text
    assert "2027 年的工作日历已生效" in page
    assert "还没有下一年" not in page
    calendar = calendar_of(small.settings)
    assert calendar.holiday(date(2027, 1, 2)) == "元旦"
    assert calendar.makes_up(date(2027, 1, 10))
    assert calendar.knows(date(2026, 3, 11)), "the shipped years stay"
    with small.database.read() as session:
        logged = [r for r in session.scalars(select(AuditRow)) if r.action == "calendar.upload"]
    assert [(r.actor, r.object_id) for r in logged] == [("admin", "2027")]


def test_an_older_file_of_the_year_is_replaced_whole(small: Small, admin: Browser) -> None:
    upload(admin, NEXT)
    upload(admin, NEXT.replace("2027-01-03", "2027-01-02"))
    assert calendar_of(small.settings).holiday(date(2027, 1, 3)) is None
    assert [p.name for p in (small.settings.data / "calendars").iterdir()] == ["2027.yaml"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "第 1 行"),
        ("year: 2027\n", "缺少这一项"),
        (NEXT.replace("2027-01-10", "2027-01-04"), "workdays[0]"),
        (NEXT.replace("to: 2027-01-03", "to: 2026-12-31"), "holidays[0]"),
        (NEXT.replace("year: 2027", "year: 27"), "第 1 行 year"),
        (NEXT + "more: 1\n", "more"),
        ("year: [", "不是可读的 YAML"),
        (NEXT.encode() + b"\xff\xfe", "UTF-8"),
        (b"#" * 100_001, "文件太大"),
    ],
)
def test_a_wrong_calendar_is_a_sentence_and_changes_nothing(
    small: Small, admin: Browser, text: str | bytes, words: str
) -> None:
    answer = upload(admin, text)
    assert answer.status_code == 422
    assert words in answer.text
    assert calendar_of(small.settings).years[-1] == 2026
    assert not list(small.settings.data.glob(".calendar-*"))


def test_a_year_that_another_file_holds_is_refused(small: Small, admin: Browser) -> None:
    folder = small.settings.data / "calendars"
    folder.mkdir()
    (folder / "mine.yaml").write_text(NEXT, encoding="utf-8")
    answer = upload(admin, NEXT)
    assert answer.status_code == 422
    assert calendar_of(small.settings).knows(date(2027, 1, 4))


def test_only_administrators_upload(login: Login) -> None:
    assert login("inspector").get("/setup/calendar").status_code == 403


# ------------------------------------------------------------------ a hall's own days


def spans(small: Small, day: date, window: str | None = None) -> int:
    with small.database.read() as session:
        version = newest_layout(session, session.get_one(Hall, small.hall))
    hours = read_layout(small.settings, version).hours
    return len(open_spans(day, hours, calendar_of(small.settings), window) or [])


def send(small: Small, admin: Browser, to: str, **given: object) -> Any:
    return admin.post(f"/setup/halls/{small.hall}/hours/{to}", data=given, follow_redirects=False)


def test_a_closure_and_overtime_from_entry_to_removal(small: Small, admin: Browser) -> None:
    wednesday, saturday = date(2026, 4, 15), date(2026, 4, 18)
    before = spans(small, wednesday)
    assert (before > 0, spans(small, saturday)) == (True, 0)
    made = send(small, admin, "closures", base=1, first=wednesday, last=wednesday, why="装修")
    assert made.status_code == 303
    assert spans(small, wednesday) == 0
    send(small, admin, "overtime", base=2, day=saturday, start="09:00", end="12:00")
    assert spans(small, saturday) == 1
    page = admin.get(f"/setup/halls/{small.hall}/hours").text
    assert "装修" in page
    assert "09:00-12:00" in page
    assert "2026-04-18" in page
    send(small, admin, "remove", base=3, part="closures", number=0)
    send(small, admin, "remove", base=4, part="overtime", number=0)
    assert (spans(small, wednesday), spans(small, saturday)) == (before, 0)


@pytest.mark.parametrize(
    ("part", "given", "words"),
    [
        ("closures", {"base": 1, "first": "2026-04-16", "last": "2026-04-15"}, "closures[0]"),
        ("closures", {"base": 1, "first": "2026-04-15", "last": "2026-04-15", "window": "W99"},
         "没有窗口“W99”"),
        ("overtime", {"base": 1, "day": "2026-04-15", "start": "20:00", "end": "18:00"},
         "请先写早的时间"),
        ("overtime", {"base": 1, "day": "2026-04-15", "start": "x", "end": ""}, "不是时间段"),
        ("overtime", {"base": 7, "day": "2026-04-15", "start": "18:00", "end": "20:00"},
         "刚被别人改过"),
        ("remove", {"base": 1, "part": "closures", "number": 0}, "刚被别人改过"),
    ],
)  # fmt: skip
def test_wrong_days_are_a_sentence_and_change_nothing(
    small: Small, admin: Browser, part: str, given: dict[str, Any], words: str
) -> None:
    answer = send(small, admin, part, **given)
    assert answer.status_code == 422, answer.text
    assert words in answer.text
    with small.database.read() as session:
        assert newest_layout(session, session.get_one(Hall, small.hall)).version == 1
