"""Cables and power strips: the table of cases of ``cable_on_floor``."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.kinds.base import Answer
from rules.kinds.cable_on_floor import Params, judge
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import CableTrace, Thing

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
