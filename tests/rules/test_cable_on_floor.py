"""Cables and power strips: the table of cases of ``cable_on_floor``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.kinds.base import Answer
from rules.kinds.cable_on_floor import Params, judge
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import CableTrace, Difference, Thing

P = Params(zones=("under_desk",))
HALL = made.hall()


def lying(cls: str = "cable", x: float = 0.11, y: float = 0.66, **options: Any) -> Thing:
    return made.thing(cls, x, y, 0.10, 0.03, layout=HALL, **options)


HANGING = made.thing("cable", 0.11, 0.49, 0.10, 0.03, layout=HALL)


def trace(
    thing: Thing, share: float = 1.0, length_cm: float | None = 60.0, branches: int = 3
) -> CableTrace:
    return CableTrace(thing.box_xyxy_px, 100.0, length_cm, {"D1-under_desk": share}, branches)


def ask(*things: Thing, cables: tuple[CableTrace, ...] = (), zones: Any = None) -> Answer:
    return judge(made.sight(HALL, made.facts(HALL, *things, cables=cables, zones=zones)), P)


CASES: list[tuple[str, tuple[Thing, ...], tuple[CableTrace, ...], Any, Verdict, str]] = [
    ("a bare floor", (), (), None, Verdict.PASS, "floor_clear"),
    ("a cable on it", (lying(),), (), None, Verdict.SUSPECT, "cable_on_floor"),
    ("a power strip", (lying("power_strip"),), (), None, Verdict.SUSPECT, "cable_on_floor"),
    ("a bundle in its tray", (HANGING,), (), None, Verdict.PASS, "floor_clear"),
    ("a traced cable", (lying(),), (trace(lying()),), None, Verdict.SUSPECT, "cable_on_floor"),
    ("its line hangs in the air", (lying(),), (trace(lying(), 0.1, None, 1),), None,
     Verdict.PASS, "floor_clear"),
    ("only its end touches", (lying(),), (trace(lying(), 0.4, 20.0),), None,
     Verdict.PASS, "floor_clear"),
    ("an unsure cable", (lying(sure=False, confidence=0.4),), (), None,
     Verdict.UNJUDGED, "maybe_seen"),
    ("faint to a model whose cables are not",
     (lying(sure=False, confidence=0.16, sure_from=0.5),), (), None,
     Verdict.PASS, "floor_clear"),
    ("nearly sure to a model whose cables are faint",
     (lying(sure=False, confidence=0.11, sure_from=0.21),), (), None,
     Verdict.UNJUDGED, "maybe_seen"),
    ("far from sure to it", (lying(sure=False, confidence=0.1, sure_from=0.21),), (), None,
     Verdict.PASS, "floor_clear"),
    ("in doubt, however much makes it sure",
     (lying(sure=False, confidence=0.31, sure_from=0.85),), (), None,
     Verdict.UNJUDGED, "maybe_seen"),
    ("under the neighbour's desk", (lying(x=0.61),), (), None, Verdict.PASS, "floor_clear"),
    ("behind somebody's legs", (lying(hidden=0.9),), (), None, Verdict.UNJUDGED, "maybe_seen"),
    ("people hide the floor", (), (), {"under_desk": {"hidden": 0.6}},
     Verdict.UNJUDGED, "person_hides"),
    ("too far away", (), (), {"under_desk": {"px_per_cm": (0.5, 1.0)}},
     Verdict.UNJUDGED, "too_few_pixels"),
    ("no scale at all", (), (),
     {"under_desk": {"px_per_cm": None}, "desk_top": {"px_per_cm": None, "area_px": 0.0}},
     Verdict.UNJUDGED, "no_scale"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("things", "cables", "zones", "verdict", "code"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_cases(
    things: tuple[Thing, ...],
    cables: tuple[CableTrace, ...],
    zones: Any,
    verdict: Verdict,
    code: str,
) -> None:
    answer = ask(*things, cables=cables, zones=zones)
    assert (answer.verdict, answer.reason.code) == (verdict, code)


def test_length_and_strands_are_measured_where_they_were_traced() -> None:
    cable = lying()
    assert ask(cable, cables=(trace(cable),)).measured["length_cm"] == 60.0
    assert ask(cable, cables=(trace(cable),)).measured["strands"] == 3
    assert "length_cm" not in ask(cable).measured


@given(confidence=st.floats(0, 1), y=st.floats(0.4, 0.8), share=st.floats(0, 1))
def test_an_unsure_cable_never_accuses(confidence: float, y: float, share: float) -> None:
    cable = lying(y=y, sure=False, confidence=confidence)
    assert ask(cable, cables=(trace(cable, share),)).verdict is not Verdict.SUSPECT


def new_line(x: float = 0.08, length_cm: float | None = 40.0, share: float = 1.0) -> CableTrace:
    box = made.px(x, 0.64, x + 0.08, 0.66)
    return CableTrace(box, 80.0, length_cm, {"D1-under_desk": share}, 1)


GUESS = lying(sure=False, confidence=0.08)
BAG = made.thing("bag", 0.11, 0.67, 0.12, 0.1, layout=HALL)
LEG = made.thing("person", 0.11, 0.69, 0.1, 0.3, layout=HALL, sure=False, confidence=0.1)


@pytest.mark.parametrize(
    ("what", "things", "lines", "verdict", "code"),
    [
        ("with a guess", (GUESS,), (new_line(),), Verdict.SUSPECT, "line_on_floor"),
        ("with no guess", (), (new_line(),), Verdict.UNJUDGED, "line_on_floor"),
        ("pieces count together", (GUESS,), (new_line(0.07, 15.0), new_line(0.1, 15.0)),
         Verdict.SUSPECT, "line_on_floor"),
        ("too short", (GUESS,), (new_line(length_cm=20.0),), Verdict.PASS, "floor_clear"),
        ("mostly off the floor", (GUESS,), (new_line(share=0.2),), Verdict.PASS, "floor_clear"),
        ("of unknown length", (GUESS,), (new_line(length_cm=None),), Verdict.PASS, "floor_clear"),
        ("a bag stands there", (GUESS, BAG), (new_line(),), Verdict.PASS, "floor_clear"),
        ("maybe somebody's leg", (GUESS, LEG), (new_line(),), Verdict.PASS, "floor_clear"),
    ],
)  # fmt: skip
def test_new_lines(
    what: str,
    things: tuple[Thing, ...],
    lines: tuple[CableTrace, ...],
    verdict: Verdict,
    code: str,
) -> None:
    fact = replace(made.facts(HALL, *things), lines=lines)
    answer = judge(made.sight(HALL, fact), P)
    assert (answer.verdict, answer.reason.code) == (verdict, code), what


def test_the_place_where_a_chair_stood_draws_no_line() -> None:
    left = Difference(
        "D1-under_desk", made.px(0.05, 0.5, 0.2, 0.7), 0.3, 500.0, 20.0, None, "chair"
    )
    fact = replace(made.facts(HALL, GUESS, differences=(left,)), lines=(new_line(),))
    assert judge(made.sight(HALL, fact), P).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("area_cm2", "known", "verdict"),
    [(190.0, None, Verdict.UNJUDGED), (190.0, "bag", Verdict.PASS), (20.0, None, Verdict.PASS)],
)
def test_something_new_that_could_be_a_strip(
    area_cm2: float, known: str | None, verdict: Verdict
) -> None:
    new = Difference("D1-under_desk", made.px(0.08, 0.6, 0.14, 0.64), 0.1, area_cm2, 20.0, known)
    fact = replace(made.facts(HALL, differences=(new,)), reference="day")
    assert judge(made.sight(HALL, fact), P).verdict is verdict
