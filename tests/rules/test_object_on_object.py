"""Clothes over a chair's back, things on its seat: the table of cases of ``object_on_object``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.kinds.base import Answer
from rules.kinds.object_on_object import Params, judge
from rules.layout import HallLayout
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import Difference, Thing

COAT = Params(things=("clothing",), carrier="chair_back", loose_zones=("desk_top",))
SEAT = Params(
    things=("bag", "book", "clothing"), carrier="seat", band=(0.4, 0.75), min_share=0.5,
    gate_classes=("bag",),
)  # fmt: skip
HALL = made.hall()
BARE = made.hall(kinds=["desk_top", "public_side", "staff"])


def a(cls: str, x: float, y: float, w: float, h: float, **options: Any) -> Thing:
    return made.thing(cls, x, y, w, h, layout=options.pop("layout", HALL), **options)


CHAIR = a("chair", 0.25, 0.85, 0.16, 0.30, desk="D1")
PULLED = a("chair", 0.25, 0.95, 0.16, 0.30, desk="D1")
COAT_ON_BACK = a("clothing", 0.25, 0.67, 0.12, 0.10)
BAG_ON_SEAT = a("bag", 0.25, 0.75, 0.10, 0.06)
SITTING = a("person", 0.25, 0.80, 0.15, 0.35)
MAYBE_SITTING = a("person", 0.25, 0.80, 0.15, 0.35, sure=False, confidence=0.06)


def ask(p: Params, *things: Thing, zones: Any = None, layout: HallLayout = HALL) -> Answer:
    return judge(made.sight(layout, made.facts(layout, *things, zones=zones)), p)


CASES: list[tuple[str, Params, tuple[Thing, ...], Any, Verdict, str]] = [
    ("a bare chair", COAT, (CHAIR,), None, Verdict.PASS, "chair_clear"),
    ("a coat over its back", COAT, (CHAIR, COAT_ON_BACK), None, Verdict.SUSPECT, "thing_on_chair"),
    ("a coat, chair not seen", COAT, (COAT_ON_BACK,), None, Verdict.SUSPECT, "thing_on_chair"),
    ("somebody sits in a jacket", COAT, (CHAIR, COAT_ON_BACK, SITTING), None,
     Verdict.UNJUDGED, "seat_taken"),
    ("somebody may sit", COAT, (CHAIR, COAT_ON_BACK, MAYBE_SITTING), None,
     Verdict.UNJUDGED, "seat_taken"),
    ("an unsure coat", COAT, (CHAIR, a("clothing", 0.25, 0.67, 0.12, 0.10, sure=False,
     confidence=0.4)), None, Verdict.UNJUDGED, "maybe_seen"),
    ("a coat that may as well be a bag", COAT, (CHAIR,
     a("clothing", 0.25, 0.67, 0.12, 0.10, confidence=0.4, sure_from=0.32),
     a("bag", 0.25, 0.67, 0.12, 0.10, sure=False, confidence=0.2, sure_from=0.22)), None,
     Verdict.UNJUDGED, "could_be_other"),
    ("a coat or a bag on a seat that must bear neither", SEAT, (CHAIR,
     a("clothing", 0.25, 0.75, 0.1, 0.08, confidence=0.4, sure_from=0.32),
     a("bag", 0.25, 0.75, 0.1, 0.08, sure=False, confidence=0.2, sure_from=0.22)), None,
     Verdict.SUSPECT, "thing_on_chair"),
    ("no chair at its place", COAT, (), None, Verdict.UNJUDGED, "chair_not_seen"),
    ("a coat in the neighbour's hands", COAT, (CHAIR, a("clothing", 0.75, 0.67, 0.12, 0.1)), None,
     Verdict.PASS, "chair_clear"),
    ("a coat thrown on the desk", COAT, (CHAIR, a("clothing", 0.2, 0.45, 0.1, 0.06)), None,
     Verdict.SUSPECT, "thing_on_chair"),
    ("a citizen's coat", COAT, (CHAIR, a("clothing", 0.2, 0.2, 0.1, 0.06)), None,
     Verdict.PASS, "chair_clear"),
    ("a coat that a passer-by wears", COAT, (CHAIR, a("clothing", 0.25, 0.67, 0.12, 0.10,
     hidden=0.9)), None, Verdict.UNJUDGED, "maybe_seen"),
    ("a coat over a chair pulled away", COAT, (PULLED, a("clothing", 0.25, 0.80, 0.12, 0.12)),
     None, Verdict.SUSPECT, "thing_on_chair"),
    ("people hide the chair", COAT, (CHAIR,), {"chair_back": {"hidden": 0.5}},
     Verdict.UNJUDGED, "person_hides"),
    ("the desk hides the chair", COAT, (CHAIR,), {"chair_back": {"hidden_by_things": 0.7}},
     Verdict.UNJUDGED, "things_hide"),
    ("an empty seat", SEAT, (CHAIR,), None, Verdict.PASS, "chair_clear"),
    ("a bag on the seat", SEAT, (CHAIR, BAG_ON_SEAT), None, Verdict.SUSPECT, "thing_on_chair"),
    ("a coat from a moved chair's back to its seat", SEAT, (PULLED, a("clothing", 0.25, 0.885, 0.12,
     0.2)), None, Verdict.UNJUDGED, "maybe_seen"),
    ("a coat in a heap on a moved chair's seat", SEAT, (PULLED, a("clothing", 0.25, 0.87, 0.12,
     0.08)), None, Verdict.SUSPECT, "thing_on_chair"),
    ("a cushion is fine", SEAT, (CHAIR, a("cushion", 0.25, 0.75, 0.1, 0.04)), None,
     Verdict.PASS, "chair_clear"),
    ("a coat over the back is not on the seat", SEAT, (CHAIR, a("clothing", 0.25, 0.70, 0.12,
     0.13)), None, Verdict.PASS, "chair_clear"),
    ("a bag behind somebody sitting", SEAT, (CHAIR, BAG_ON_SEAT, SITTING), None,
     Verdict.UNJUDGED, "seat_taken"),
    ("a bag on the floor", SEAT, (CHAIR, a("bag", 0.25, 0.88, 0.1, 0.06)), None,
     Verdict.PASS, "chair_clear"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("params", "things", "zones", "verdict", "code"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_cases(
    params: Params, things: tuple[Thing, ...], zones: Any, verdict: Verdict, code: str
) -> None:
    answer = ask(params, *things, zones=zones)
    assert (answer.verdict, answer.reason.code) == (verdict, code)


def test_without_a_drawn_back_a_seen_chair_may_accuse_but_nothing_is_clean() -> None:
    chair = a("chair", 0.25, 0.85, 0.16, 0.30, desk="D1", layout=BARE)
    coat = a("clothing", 0.25, 0.67, 0.12, 0.10, layout=BARE)
    assert ask(COAT, chair, coat, layout=BARE).verdict is Verdict.SUSPECT
    clean = ask(COAT, chair, layout=BARE)
    assert (clean.verdict, clean.reason.code) == (Verdict.UNJUDGED, "not_configured")


@given(
    x=st.floats(0.05, 0.45),
    y=st.floats(0.3, 0.95),
    width=st.floats(0.01, 0.4),
    height=st.floats(0.01, 0.6),
    coat=st.booleans(),
)
def test_an_unsure_person_only_ever_excuses(
    x: float, y: float, width: float, height: float, coat: bool
) -> None:
    things = (CHAIR, COAT_ON_BACK) if coat else (CHAIR,)
    before = ask(COAT, *things).verdict
    person = a("person", x, y, width, height, sure=False, confidence=0.06)
    after = ask(COAT, *things, person).verdict
    assert after in (before, Verdict.UNJUDGED)


@pytest.mark.parametrize(
    ("share", "known", "verdict"),
    [(0.5, None, Verdict.UNJUDGED), (0.1, None, Verdict.PASS), (0.5, "chair", Verdict.PASS)],
)
def test_a_seat_with_something_that_nobody_can_name_is_not_clean(
    share: float, known: str | None, verdict: Verdict
) -> None:
    box = made.px(0.2, 0.69, 0.3, 0.75)
    new = Difference("D1-seat", box, share, None, 20.0, known)
    fact = replace(made.facts(HALL, CHAIR, differences=(new,)), reference="day")
    answer = judge(made.sight(HALL, fact), SEAT)
    assert answer.verdict is verdict
    assert (answer.reason.code == "unnamed_change") is (verdict is Verdict.UNJUDGED)
