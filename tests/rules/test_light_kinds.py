"""Colours, dirt and light: their tables of cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.colour import Lab, delta_e2000
from rules.kinds import colour_likeness, floor_dirt, left_on
from rules.kinds.base import Answer
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import Difference, Gate, Thing

P, S, U = Verdict.PASS, Verdict.SUSPECT, Verdict.UNJUDGED
EXTRA = """\
      - {id: floor, kind: floor, polygon: [[0.0, 0.91], [1.0, 0.91], [1.0, 1.0], [0.0, 1.0]]}
      - {id: lamp, kind: lamp, polygon: [[0.45, 0.0], [0.55, 0.0], [0.55, 0.05], [0.45, 0.05]]}
      - {id: screen1, kind: screen, desk: D1, polygon: [[0.1, 0.3], [0.2, 0.3], [0.2, 0.38], [0.1, 0.38]]}
      - {id: wall, kind: wall, polygon: [[0.6, 0.0], [0.9, 0.0], [0.9, 0.08], [0.6, 0.08]]}
"""  # noqa: E501 - YAML as people write it
HALL = made.hall(extra=EXTRA)


def a(cls: str, x: float, y: float, w: float = 0.06, h: float = 0.06, **o: Any) -> Thing:
    return made.thing(cls, x, y, w, h, layout=HALL, **o)


def same(answer: Answer, verdict: Verdict, code: str) -> None:
    assert (answer.verdict, answer.reason.code) == (verdict, code)


# ------------------------------------------------------------------ CIEDE2000

SHARMA: list[tuple[Lab, Lab, float]] = [
    # the published test pairs of Sharma, Wu and Dalal
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, -0.001, 2.49), (50.0, 0.0009, -2.49), 4.8045),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "expected"), SHARMA)
def test_ciede2000_gives_the_published_values(one: Lab, other: Lab, expected: float) -> None:
    assert delta_e2000(one, other) == pytest.approx(expected, abs=1e-4)
    assert delta_e2000(other, one) == pytest.approx(expected, abs=1e-4)


LABS = st.tuples(st.floats(0, 100), st.floats(-100, 100), st.floats(-100, 100))


@given(LABS)
def test_a_colour_is_like_itself(lab: Lab) -> None:
    assert delta_e2000(lab, lab) == pytest.approx(0, abs=1e-6)


# ------------------------------------------------------------------ colour likeness

GREY, DARK, RED, BROWNISH = (
    (40.0, 0.0, 0.0),
    (36.0, 1.0, 1.0),
    (45.0, 60.0, 40.0),
    (40.0, 18.0, 12.0),
)
CUSHION = colour_likeness.Params(thing="cushion")
CHAIRS = colour_likeness.Params(thing="chair", mode="among")
CUP = colour_likeness.Params(thing="cup", mode="plain")


def seat(cushion: Lab | None, chair: Lab | None = GREY, **options: Any) -> tuple[Thing, ...]:
    return (
        a("chair", 0.25, 0.85, 0.16, 0.3, desk="D1", lab=chair),
        a("cushion", 0.25, 0.76, 0.1, 0.05, lab=cushion, **options),
    )


@pytest.mark.parametrize(
    ("things", "light", "verdict", "code"),
    [
        (seat(DARK), "day", P, "colour_alike"),
        (seat(RED), "day", S, "colour_differs"),
        (seat(BROWNISH), "day", U, "colour_borderline"),
        (seat(RED), "ir", U, "grey_light"),
        (seat(None), "day", U, "no_colour"),
        (seat(RED, None), "day", U, "thing_not_seen"),
        (seat(RED, sure=False), "day", U, "thing_not_seen"),
        ((a("chair", 0.25, 0.85, 0.16, 0.3, lab=GREY),), "day", U, "thing_not_seen"),
    ],
)
def test_cushion_and_chair(
    things: tuple[Thing, ...], light: Any, verdict: Verdict, code: str
) -> None:
    sight = made.sight(HALL, made.facts(HALL, *things, gate=Gate("ok", light)))
    same(colour_likeness.judge(sight, CUSHION), verdict, code)


@pytest.mark.parametrize(
    ("labs", "verdict", "code"),
    [
        ((GREY, GREY, DARK), P, "colour_alike"),
        ((RED, GREY, DARK), S, "colour_differs"),
        ((GREY, GREY, RED), P, "colour_alike"),  # the odd one is another desk's
        ((GREY, GREY), U, "too_few_things"),
    ],
)
def test_one_chair_among_the_others(labs: tuple[Lab, ...], verdict: Verdict, code: str) -> None:
    owners = ("D1", "D2", "D2", "D2")
    things = [
        a("chair", 0.25 + 0.2 * i, 0.85, 0.1, 0.2, desk=desk, lab=lab)
        for i, (lab, desk) in enumerate(zip(labs, owners, strict=False))
    ]
    sight = made.sight(HALL, made.facts(HALL, *things))
    same(colour_likeness.judge(sight, CHAIRS), verdict, code)


def test_a_loud_cup_is_only_a_hint() -> None:
    for lab, verdict in ((GREY, P), (RED, S)):
        sight = made.sight(HALL, made.facts(HALL, a("cup", 0.2, 0.4, lab=lab)))
        assert colour_likeness.judge(sight, CUP).verdict is verdict


# ------------------------------------------------------------------ floor

FLOOR = floor_dirt.Params()


def change(area: float = 200.0, delta: float = 20.0, known: str | None = None) -> Difference:
    return Difference("floor", made.px(0.5, 0.95, 0.55, 0.98), 0.02, area, delta, known)


@pytest.mark.parametrize(
    ("things", "differences", "zones", "verdict", "code"),
    [
        ((), (), None, P, "floor_clean"),
        ((a("litter", 0.5, 0.97, 0.03, 0.03),), (), None, S, "dirt_seen"),
        ((a("stain", 0.5, 0.97, 0.03, 0.03),), (), None, S, "dirt_seen"),
        ((a("litter", 0.2, 0.4, 0.03, 0.03),), (), None, P, "floor_clean"),
        ((), (change(),), None, S, "floor_differs"),
        ((), (change(delta=5),), None, P, "floor_clean"),
        ((), (change(area=10),), None, P, "floor_clean"),
        ((), (change(area=9000),), None, U, "light_on_floor"),
        ((), (change(known="bag"),), None, P, "floor_clean"),
        ((a("person", 0.52, 0.98, 0.1, 0.3),), (change(),), None, P, "floor_clean"),
        ((a("litter", 0.5, 0.97, sure=False, confidence=0.4),), (), None, U, "maybe_seen"),
        ((), (), {"floor": {"hidden": 0.6}}, U, "person_hides"),
        ((), (), {"floor": {"px_per_cm": (0.2, 0.5)}}, U, "too_few_pixels"),
    ],
)
def test_floor(
    things: tuple[Thing, ...],
    differences: tuple[Difference, ...],
    zones: Any,
    verdict: Verdict,
    code: str,
) -> None:
    fact = made.facts(HALL, *things, differences=differences, zones=zones)
    fact = replace(fact, reference="day")
    same(floor_dirt.judge(made.sight(HALL, fact, None, zone="floor"), FLOOR), verdict, code)


@given(confidence=st.floats(0, 1))
def test_unsure_litter_never_accuses(confidence: float) -> None:
    litter = a("litter", 0.5, 0.97, sure=False, confidence=confidence)
    sight = made.sight(HALL, made.facts(HALL, litter), None, zone="floor")
    assert floor_dirt.judge(sight, FLOOR).verdict is not S


# ------------------------------------------------------------------ left on

SCREEN = left_on.Params()
LAMP = left_on.Params(zones=("lamp",), around=("wall",))


@pytest.mark.parametrize(
    ("screen", "around", "light", "verdict", "code"),
    [
        (10.0, 12.0, "dark", P, "all_off"),
        (70.0, 20.0, "dark", S, "left_on"),
        (70.0, 68.0, "lamp", P, "all_off"),  # a white thing in a lit room
        (35.0, 20.0, "dark", U, "maybe_on"),
        (70.0, 20.0, "ir", U, "grey_light"),
        (None, 20.0, "dark", U, "zone_not_measured"),
    ],
)
def test_left_on(
    screen: float | None, around: float, light: Any, verdict: Verdict, code: str
) -> None:
    zones: Any = {"screen": {"luminance": screen}, "desk_top": {"luminance": around}}
    zones["wall"] = {"luminance": 5.0}
    fact = made.facts(HALL, at="20:00", zones=zones, gate=Gate("ok", light))
    same(left_on.judge(made.sight(HALL, fact, window="N"), SCREEN), verdict, code)


def test_a_lamp_of_the_hall() -> None:
    zones = {"lamp": {"luminance": 90.0}, "wall": {"luminance": 30.0}}
    fact = made.facts(HALL, at="20:00", zones=zones)
    answer = left_on.judge(made.sight(HALL, fact, None, "N", zone="lamp"), LAMP)
    assert (answer.verdict, answer.measured["luminance"]) == (S, 90.0)


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_screen_as_dark_as_its_room_is_never_called_on(light: float, around: float) -> None:
    zones = {"screen": {"luminance": min(light, around)}, "desk_top": {"luminance": around}}
    fact = made.facts(HALL, at="20:00", zones=zones)
    assert left_on.judge(made.sight(HALL, fact, window="N"), SCREEN).verdict is not S
