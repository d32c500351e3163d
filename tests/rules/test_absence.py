"""Nobody and no sign: the table of cases of ``absence_without_sign``."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.calendar import moment_of
from rules.engine import judge_day
from rules.kinds.absence import Params, judge
from rules.kinds.base import DayAnswer
from rules.pack import load_pack
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import Facts, Gate

P = Params(minutes=10, frames=2)
HALL = made.hall()


def person(**options: Any) -> Any:
    return made.thing("person", 0.25, 0.80, 0.15, 0.35, layout=HALL, **options)


def sign(**options: Any) -> Any:
    return made.thing("pause_sign", 0.25, 0.295, 0.04, 0.03, layout=HALL, **options)


def frame(at: str, what: str) -> Facts:
    things: dict[str, tuple[Any, ...]] = {
        "empty": (),
        "staff": (person(),),
        "maybe": (person(sure=False, confidence=0.06),),
        "sign": (sign(),),
        "maybe sign": (sign(sure=False, confidence=0.1),),
        "fixture": (sign(sure=False, confidence=0.3, as_clean=True),),
        "citizen": (made.thing("person", 0.25, 0.24, 0.1, 0.2, layout=HALL),),
        "next door": (made.thing("person", 0.57, 0.80, 0.46, 0.25, layout=HALL, desk="D2"),),
        "between": (made.thing("person", 0.57, 0.80, 0.46, 0.25, layout=HALL),),
        "sign of D2": (made.thing("pause_sign", 0.75, 0.295, 0.04, 0.03, layout=HALL),),
    }
    if what == "black":
        return made.facts(HALL, at=at, gate=Gate("black"))
    if what == "sign hidden":
        return made.facts(HALL, at=at, zones={"sign": {"hidden": 0.6}})
    if what == "dark":
        return made.facts(HALL, at=at, zones={"staff": {"luminance": 1.0}})
    return made.facts(HALL, *things[what], at=at)


def stretch(fact: Facts) -> int:
    """By the hall's own hours: open 09:00 to 12:00 and 13:00 to 17:00."""
    return moment_of(fact.taken_at, HALL.hours, made.calendar()).stretch


def ask(*frames: tuple[str, str], p: Params = P) -> DayAnswer:
    facts = [frame(at, what) for at, what in frames]
    answer = judge([made.sight(HALL, fact, stretch=stretch(fact)) for fact in facts], p)
    assert isinstance(answer, DayAnswer)
    return answer


CASES: list[tuple[tuple[tuple[str, str], ...], Verdict, str]] = [
    ((("10:00", "empty"), ("10:15", "empty")), Verdict.SUSPECT, "absent_no_sign"),
    ((("10:00", "empty"), ("10:05", "empty")), Verdict.UNJUDGED, "too_few_frames"),
    ((("10:00", "empty"),), Verdict.UNJUDGED, "too_few_frames"),
    ((("10:00", "empty"), ("10:05", "empty"), ("10:12", "empty")), Verdict.SUSPECT,
     "absent_no_sign"),
    ((("10:00", "empty"), ("10:15", "citizen")), Verdict.SUSPECT, "absent_no_sign"),
    ((("10:00", "empty"), ("10:15", "sign of D2")), Verdict.SUSPECT, "absent_no_sign"),
    ((("10:00", "empty"), ("10:15", "sign")), Verdict.PASS, "present_or_sign"),
    ((("10:00", "sign"), ("10:15", "sign")), Verdict.PASS, "present_or_sign"),
    ((("10:00", "staff"), ("10:15", "staff")), Verdict.PASS, "present_or_sign"),
    ((("10:00", "empty"), ("10:10", "staff"), ("10:20", "empty")), Verdict.PASS,
     "present_or_sign"),
    ((("10:00", "empty"), ("10:10", "maybe"), ("10:20", "empty")), Verdict.UNJUDGED,
     "too_few_frames"),
    ((("10:00", "empty"), ("10:10", "black"), ("10:20", "empty")), Verdict.UNJUDGED,
     "too_few_frames"),
    ((("10:00", "empty"), ("10:15", "sign hidden")), Verdict.UNJUDGED, "too_few_frames"),
    ((("10:00", "empty"), ("10:15", "maybe sign")), Verdict.UNJUDGED, "too_few_frames"),
    ((("10:00", "dark"), ("10:15", "dark")), Verdict.UNJUDGED, "too_dark"),
    ((("10:00", "black"), ("10:15", "black")), Verdict.UNJUDGED, "gate_black"),
    ((("10:00", "empty"), ("10:15", "fixture")), Verdict.SUSPECT, "absent_no_sign"),
    ((("10:00", "next door"), ("10:15", "empty")), Verdict.SUSPECT, "absent_no_sign"),
    ((("10:00", "between"), ("10:15", "empty")), Verdict.UNJUDGED, "too_few_frames"),
    ((("10:00", "staff"), ("10:10", "empty"), ("10:20", "black")), Verdict.UNJUDGED,
     "too_few_frames"),
    ((("10:00", "empty"), ("10:10", "staff"), ("10:20", "black")), Verdict.PASS,
     "present_or_sign"),
    ((("09:10", "staff"), ("10:00", "empty"), ("10:15", "empty")), Verdict.SUSPECT,
     "absent_no_sign"),
    # the frames that would have shown an absence could not be judged
    ((("09:10", "staff"), ("10:00", "maybe"), ("10:30", "maybe"), ("11:00", "staff")),
     Verdict.UNJUDGED, "presence_not_seen"),
    ((("09:10", "staff"), ("10:00", "black"), ("10:30", "sign hidden"), ("11:00", "staff")),
     Verdict.UNJUDGED, "presence_not_seen"),
    ((("09:10", "sign"), ("10:00", "dark"), ("10:30", "black")), Verdict.UNJUDGED,
     "presence_not_seen"),
    ((("09:10", "staff"), ("10:00", "black"), ("10:30", "staff")), Verdict.PASS,
     "present_or_sign"),
    # over lunch nobody need be there: what comes after it is another run
    ((("11:40", "empty"), ("13:20", "empty")), Verdict.UNJUDGED, "too_few_frames"),
    ((("11:00", "empty"), ("11:20", "empty"), ("13:20", "empty")), Verdict.SUSPECT,
     "absent_no_sign"),
    ((("11:59", "empty"), ("13:00", "empty"), ("13:05", "empty")), Verdict.UNJUDGED,
     "too_few_frames"),
    ((("09:10", "staff"), ("11:40", "empty"), ("13:20", "empty"), ("15:00", "staff")),
     Verdict.PASS, "present_or_sign"),
    ((("09:10", "staff"), ("11:40", "empty"), ("13:20", "black"), ("15:00", "staff")),
     Verdict.PASS, "present_or_sign"),
    ((("09:10", "staff"), ("11:30", "black"), ("11:50", "empty"), ("13:20", "staff")),
     Verdict.UNJUDGED, "too_few_frames"),
]  # fmt: skip


@pytest.mark.parametrize(("frames", "verdict", "code"), CASES, ids=[str(c[0]) for c in CASES])
def test_cases(frames: tuple[tuple[str, str], ...], verdict: Verdict, code: str) -> None:
    answer = ask(*frames).answer
    assert (answer.verdict, answer.reason.code) == (verdict, code)


def test_minutes_and_frames_are_measured() -> None:
    answer = ask(("10:00", "empty"), ("10:15", "empty"), ("10:40", "staff"))
    assert answer.answer.measured["minutes"] == 15.0
    assert answer.answer.measured["frames"] == 2
    assert answer.deciding == "C1_20261123T101500.jpg"


def test_only_the_longest_run_without_a_break_is_counted() -> None:
    shows = ("11:10", "empty"), ("11:40", "empty"), ("13:10", "empty"), ("14:00", "empty")
    measured = ask(*shows).answer.measured
    assert (measured["minutes"], measured["frames"]) == (50.0, 2)
    assert (measured["first"], measured["last"]) == ("13:10", "14:00")


HOURS = [
    ('{weekly: {mon: "09:00-17:00"}, lunch: "12:00-13:30"}', Verdict.UNJUDGED),
    ('{weekly: {mon: "09:00-17:00"}}', Verdict.SUSPECT),
    # a window's own hours, not the hall's; here they know no lunch
    ('{weekly: {mon: "09:00-17:00"}, lunch: "12:00-13:30", '
     'windows: {D1: {weekly: {mon: "09:00-17:00"}}}}', Verdict.SUSPECT),
    ('{weekly: {mon: "09:00-17:00"}, windows: {D1: {weekly: {mon: "09:00-17:00"}, '
     'lunch: "12:00-14:00"}}}', Verdict.UNJUDGED),
    # opened again in the afternoon for one day, at once or after a pause
    ('{weekly: {mon: "09:00-12:00"}, overtime: [{date: 2026-11-23, hours: "12:00-16:00"}]}',
     Verdict.SUSPECT),
    ('{weekly: {mon: "09:00-12:00"}, overtime: [{date: 2026-11-23, hours: "14:00-16:00"}]}',
     Verdict.UNJUDGED),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "verdict"), HOURS, ids=[h for h, _ in HOURS])
def test_a_day_is_broken_where_the_window_was_closed(hours: str, verdict: Verdict) -> None:
    layout = made.hall(hours=hours)
    day = judge_day(
        layout,
        load_pack(),
        made.calendar(),
        [made.facts(layout, at=at) for at in ("11:22", "14:52")],
        day=made.DAY,
        clauses=["2S-2-(1)b"],
    )
    assert {j.desk: j.verdict for j in day.judgements}["D1"] is verdict


@pytest.mark.parametrize("missing", ["staff", "sign"])
def test_without_its_zones_it_is_not_judged(missing: str) -> None:
    layout = made.hall(kinds=[k for k in made.ZONES if k != missing])
    sights = [made.sight(layout, made.facts(layout, at=at)) for at in ("10:00", "10:30")]
    answer = judge(sights, P).answer
    assert (answer.verdict, answer.reason.code) == (Verdict.UNJUDGED, "not_configured")


WHAT = st.sampled_from(["empty", "staff", "maybe", "sign", "maybe sign", "black", "citizen"])


@given(shows=st.lists(WHAT, min_size=1, max_size=6), at=st.integers(0, 5))
def test_a_maybe_person_in_any_frame_never_makes_an_absence(shows: list[str], at: int) -> None:
    times = [f"10:{10 * i:02d}" for i in range(len(shows))]
    before = ask(*zip(times, shows, strict=True)).answer.verdict
    shows[at % len(shows)] = "maybe"
    after = ask(*zip(times, shows, strict=True)).answer.verdict
    assert after is not Verdict.SUSPECT or before is Verdict.SUSPECT


@given(shows=st.lists(WHAT, min_size=1, max_size=6), at=st.integers(0, 5))
def test_blinding_a_frame_never_makes_clean(shows: list[str], at: int) -> None:
    times = [f"10:{10 * i:02d}" for i in range(len(shows))]
    before = ask(*zip(times, shows, strict=True)).answer.verdict
    shows[at % len(shows)] = "black"
    after = ask(*zip(times, shows, strict=True)).answer.verdict
    assert after is not Verdict.PASS or before is Verdict.PASS
