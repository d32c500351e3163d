"""Phones, cups and clutter: the table of cases of ``object_in_zone``."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.kinds.base import Answer
from rules.kinds.object_in_zone import Params, judge
from rules.registers import Registers
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import Thing

PHONE = Params(
    classes=("phone", "charger", "earphones"),
    except_zones=("public_side", "phone_point"),
    gate_classes=("phone",),
)
CUP = Params(classes=("cup", "thermos"), point="cup_point")
UNDER = Params(classes=("bag", "bin"), zones=("under_desk",), home={"bin": "bin_home"})
PAPER = Params(classes=("paper",), unattended=True)

HALL = made.hall()


def phone(x: float = 0.2, y: float = 0.4, **options: Any) -> Thing:
    return made.thing("phone", x, y, layout=HALL, **options)


def ask(p: Params, *things: Thing, zones: Any = None, registers: Registers | None = None) -> Answer:
    fact = made.facts(HALL, *things, zones=zones)
    return judge(made.sight(HALL, fact, registers=registers), p)


CASES: list[tuple[str, Params, tuple[Thing, ...], Any, Verdict, str]] = [
    ("an empty desk is clean", PHONE, (), None, Verdict.PASS, "nothing_found"),
    ("a phone on it is suspect", PHONE, (phone(),), None, Verdict.SUSPECT, "thing_in_zone"),
    ("two phones", PHONE, (phone(), phone(0.3)), None, Verdict.SUSPECT, "thing_in_zone"),
    ("on the citizens' side", PHONE, (phone(y=0.2),), None, Verdict.PASS, "nothing_found"),
    ("at its own point", PHONE, (phone(0.07, 0.95),), None, Verdict.PASS, "nothing_found"),
    ("on the neighbour's desk", PHONE, (phone(0.7),), None, Verdict.PASS, "nothing_found"),
    ("a cup on its point", CUP, (made.thing("cup", 0.40, 0.39, layout=HALL),), None,
     Verdict.PASS, "nothing_found"),
    ("a cup that stands off its point by more than half", CUP,
     (made.thing("cup", 0.353, 0.39, layout=HALL),), None, Verdict.SUSPECT, "off_its_point"),
    ("owned by the neighbour", PHONE, (phone(desk="D2"),), None, Verdict.PASS, "nothing_found"),
    ("another class", PHONE, (made.thing("mouse", 0.2, 0.4, layout=HALL),), None,
     Verdict.PASS, "nothing_found"),
    ("an unsure phone does not accuse", PHONE, (phone(sure=False, confidence=0.35),), None,
     Verdict.UNJUDGED, "maybe_seen"),
    ("a very unsure one says nothing", PHONE, (phone(sure=False, confidence=0.1),), None,
     Verdict.PASS, "nothing_found"),
    ("a phone that may as well be a name plate", PHONE,
     (phone(confidence=0.25, sure_from=0.22),
      made.thing("name_plate", 0.2, 0.4, layout=HALL, sure=False, confidence=0.33, sure_from=0.45)),
     None, Verdict.UNJUDGED, "could_be_other"),
    ("a phone that is hardly a name plate", PHONE,
     (phone(confidence=0.25, sure_from=0.22),
      made.thing("name_plate", 0.2, 0.4, layout=HALL, sure=False, confidence=0.29, sure_from=0.45)),
     None, Verdict.SUSPECT, "thing_in_zone"),
    ("a charger or a phone, both not to lie here", PHONE,
     (phone(confidence=0.25, sure_from=0.22),
      made.thing("charger", 0.2, 0.4, layout=HALL, sure=False, confidence=0.8, sure_from=0.85)),
     None, Verdict.SUSPECT, "thing_in_zone"),
    ("a phone before somebody's sleeve", PHONE,
     (phone(confidence=0.25, sure_from=0.22),
      made.thing("person", 0.2, 0.4, layout=HALL, confidence=0.9, sure_from=0.24)),
     None, Verdict.SUSPECT, "thing_in_zone"),
    ("one phone with a second name, one without", PHONE,
     (phone(confidence=0.5, sure_from=0.22), phone(0.3, confidence=0.25, sure_from=0.22),
      made.thing("name_plate", 0.3, 0.4, layout=HALL, sure=False, confidence=0.4, sure_from=0.45)),
     None, Verdict.SUSPECT, "thing_in_zone"),
    ("too small to accuse", PHONE, (phone(width=0.02, height=0.006),), None,
     Verdict.UNJUDGED, "too_few_pixels"),
    ("held by a person", PHONE, (phone(hidden=0.9),), None, Verdict.UNJUDGED, "person_over_thing"),
    ("people hide the desk", PHONE, (), {"desk_top": {"hidden": 0.4}},
     Verdict.UNJUDGED, "person_hides"),
    ("a hidden desk still shows a phone", PHONE, (phone(),), {"desk_top": {"hidden": 0.4}},
     Verdict.SUSPECT, "thing_in_zone"),
    ("things hide the desk", PHONE, (), {"desk_top": {"hidden_by_things": 0.8}},
     Verdict.UNJUDGED, "things_hide"),
    ("too far away", PHONE, (), {"desk_top": {"px_per_cm": (0.4, 1.0)}},
     Verdict.UNJUDGED, "too_few_pixels"),
    ("no plane: the scale is assumed low", PHONE, (),
     {"desk_top": {"px_per_cm": None, "area_px": 20000.0}}, Verdict.UNJUDGED, "too_few_pixels"),
    ("no plane but very large", PHONE, (),
     {"desk_top": {"px_per_cm": None, "area_px": 200000.0}}, Verdict.PASS, "nothing_found"),
    ("dark", PHONE, (), {"desk_top": {"luminance": 2.0}}, Verdict.UNJUDGED, "too_dark"),
    ("half out of the picture", PHONE, (), {"desk_top": {"in_view": 0.5}},
     Verdict.UNJUDGED, "out_of_view"),
    ("a cup on its point", CUP, (made.thing("cup", 0.40, 0.38, layout=HALL),), None,
     Verdict.PASS, "nothing_found"),
    ("a cup off its point", CUP, (made.thing("cup", 0.15, 0.38, layout=HALL),), None,
     Verdict.SUSPECT, "off_its_point"),
    ("a citizen's paper cup", CUP, (made.thing("cup", 0.15, 0.2, layout=HALL),), None,
     Verdict.PASS, "nothing_found"),
    ("a bag under the desk", UNDER, (made.thing("bag", 0.12, 0.65, 0.06, 0.06, layout=HALL),),
     None, Verdict.SUSPECT, "thing_in_zone"),
    ("the bin at its home", UNDER, (made.thing("bin", 0.075, 0.68, 0.04, 0.06, layout=HALL),),
     None, Verdict.PASS, "nothing_found"),
    ("the bin off its home", UNDER, (made.thing("bin", 0.15, 0.6, 0.04, 0.06, layout=HALL),),
     None, Verdict.SUSPECT, "thing_in_zone"),
    ("feet are people", UNDER, (made.thing("person", 0.12, 0.65, layout=HALL),), None,
     Verdict.PASS, "nothing_found"),
    ("papers in use", PAPER,
     (made.thing("paper", 0.2, 0.4, 0.08, 0.05, layout=HALL),
      made.thing("person", 0.25, 0.8, 0.1, 0.3, layout=HALL)), None, Verdict.UNJUDGED, "in_use"),
    ("papers left", PAPER, (made.thing("paper", 0.2, 0.4, 0.08, 0.05, layout=HALL),), None,
     Verdict.SUSPECT, "thing_in_zone"),
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


def test_what_is_measured() -> None:
    at = {"D1-top": (20.0, 12.5)}
    answer = ask(PHONE, phone(contact_cm=at), phone(0.3, confidence=0.6))
    assert answer.measured["things"] == "phone×2"
    assert answer.measured["pieces"] == 2
    assert answer.measured["edge_cm"] == 12.5
    assert answer.measured["short_side_px"] == 30.0
    assert len(answer.boxes) == 2
    assert answer.confidence == 0.7


def test_a_cup_point_that_is_not_drawn_is_not_judged_unless_cups_are_forbidden() -> None:
    kinds = [k for k in made.ZONES if k != "cup_point"]
    for extra, verdict in ((", cups: point", Verdict.UNJUDGED), (", cups: never", Verdict.SUSPECT)):
        layout = made.hall(kinds=kinds, desk_extra=extra)
        fact = made.facts(layout, made.thing("cup", 0.4, 0.38, layout=layout))
        assert judge(made.sight(layout, fact), CUP).verdict is verdict


def test_a_zone_that_is_not_drawn_is_not_clean() -> None:
    layout = made.hall(kinds=["desk_top"])
    answer = judge(made.sight(layout, made.facts(layout)), UNDER)
    assert (answer.verdict, answer.reason.code) == (Verdict.UNJUDGED, "not_configured")


def test_permitted_things_are_left_out_one_by_one() -> None:
    permitted = Registers(permitted={"D1": {"phone": 1}})
    assert ask(PHONE, phone(), registers=permitted).verdict is Verdict.PASS
    assert ask(PHONE, phone(), phone(0.3), registers=permitted).measured["pieces"] == 1


@given(
    x=st.floats(0.02, 0.98),
    y=st.floats(0.05, 0.98),
    confidence=st.floats(0.0, 1.0),
    hidden=st.floats(0.0, 1.0),
)
def test_an_unsure_thing_never_accuses(
    x: float, y: float, confidence: float, hidden: float
) -> None:
    maybe = phone(x, y, sure=False, confidence=confidence, hidden=hidden)
    assert ask(PHONE, maybe).verdict is not Verdict.SUSPECT


@given(hidden=st.floats(0.0, 1.0), in_view=st.floats(0.0, 1.0), light=st.floats(0.0, 100.0))
def test_seeing_less_never_makes_clean(hidden: float, in_view: float, light: float) -> None:
    less = {"desk_top": {"hidden": hidden, "in_view": in_view, "luminance": light}}
    answer = ask(PHONE, zones=less)
    if hidden > 0.25 or in_view < 0.9 or light < 8:
        assert answer.verdict is Verdict.UNJUDGED
    else:
        assert answer.verdict is Verdict.PASS
