"""Nobody and no sign: the table of cases of ``absence_without_sign``."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.kinds.absence import Params, judge
from rules.kinds.base import DayAnswer
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


def ask(*frames: tuple[str, str], p: Params = P) -> DayAnswer:
    answer = judge([made.sight(HALL, frame(at, what)) for at, what in frames], p)
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
