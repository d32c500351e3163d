"""Places, order, lines and gaps in centimetres: their tables of cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from rules.kinds import equal_spacing, one_line, order, out_of_position
from rules.kinds.base import Answer
from rules.layout import HallLayout
from rules.lines import fit_line
from rules.plane import cm_of, undistorted
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import Difference, Lens, Light, Plane, Thing

P, S, U = Verdict.PASS, Verdict.SUSPECT, Verdict.UNJUDGED
# a floor seen straight from above: 1 of the picture is 1000 cm, so 0.01 is 10 cm
FLOOR = (
    "    planes:\n      - {id: floor, kind: floor, points: [{at: [0, 0], cm: [0, 0]}, "
    "{at: [1, 0], cm: [1000, 0]}, {at: [1, 1], cm: [1000, 1000]}, {at: [0, 1], cm: [0, 1000]}]}\n"
)
EXTRA = (
    "      - {id: chair1, kind: chair, desk: D1, polygon: [[0.18, 0.7], [0.32, 0.7], [0.32, 0.9], "
    "[0.18, 0.9]]}\n      - {id: counter, kind: counter_top, desk: D1, polygon: [[0.0, 0.20], "
    "[1.0, 0.20], [1.0, 0.25], [0.0, 0.25]]}\n" + FLOOR + "    things:\n"
    "      - {thing: monitor, at: [0.15, 0.36], desk: D1, tolerance_cm: 6}\n"
    "      - {thing: mouse, at: [0.30, 0.44], desk: D1}\n"
)
HALL = made.hall(extra=EXTRA, desk_extra=", order: [monitor, doc_camera, guide_rack]")
BARE = made.hall()


def a(cls: str, x: float, y: float, w: float = 0.04, h: float = 0.04, **o: Any) -> Thing:
    return made.thing(cls, x, y, w, h, layout=o.pop("layout", HALL), **o)


def desk_sight(*things: Thing, layout: HallLayout = HALL, **options: Any) -> Any:
    return made.sight(layout, made.facts(layout, *things, **options))


def view_sight(*things: Thing, layout: HallLayout = HALL) -> Any:
    return made.sight(layout, made.facts(layout, *things), None)


def same(answer: Answer, verdict: Verdict, code: str) -> None:
    assert (answer.verdict, answer.reason.code) == (verdict, code)


# ------------------------------------------------------------------ planes and lines


def test_a_picture_point_in_centimetres() -> None:
    plane = HALL.view("C1").planes[0]
    (at,) = cm_of(view_sight(), plane, [(250.0, 400.0)])
    assert at == pytest.approx((250.0, 400.0), abs=1e-6)


@settings(max_examples=50)
@given(st.lists(st.floats(0.05, 0.3), min_size=8, max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_a_plane_gives_back_its_own_points(shift: list[float], x: float, y: float) -> None:
    del x, y
    corners = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
    at = tuple(
        (px + (shift[2 * i] - 0.15) / 4, py + (shift[2 * i + 1] - 0.15) / 4)
        for i, (px, py) in enumerate(corners)
    )
    cm = ((0.0, 0.0), (140.0, 0.0), (140.0, 70.0), (0.0, 70.0))
    plane = Plane("p", "desk", at, cm)
    out = cm_of(view_sight(), plane, [(px * made.SIDE, py * made.SIDE) for px, py in at])
    assert np.allclose(out, cm, atol=1e-6)


def test_a_bent_lens_is_straightened() -> None:
    lens = Lens(0.8, -0.15)
    ideal = np.array([[200.0, 300.0], [900.0, 800.0]])
    centred = (ideal - 500) / 800
    square = (centred**2).sum(axis=1, keepdims=True)
    seen = centred * (1 - 0.15 * square) * 800 + 500
    back = [undistorted((float(x), float(y)), lens, 1000, 1000) for x, y in seen]
    assert np.allclose(back, ideal, atol=0.01)


def test_a_line_is_not_bent_by_one_that_is_off() -> None:
    points = [(0.0, 0.0), (100.0, 1.0), (200.0, -1.0), (300.0, 40.0), (400.0, 0.0)]
    fit = fit_line(points)
    assert fit.residual_cm[3] == pytest.approx(40, abs=1.5)
    assert max(r for i, r in enumerate(fit.residual_cm) if i != 3) < 2


@given(
    angle=st.floats(0, 6.28),
    along=st.lists(st.integers(0, 900), min_size=3, max_size=8, unique=True),
)
def test_things_on_a_line_have_no_residual_whatever_its_direction(
    angle: float, along: list[int]
) -> None:
    points = [(t * float(np.cos(angle)), t * float(np.sin(angle))) for t in along]
    assert fit_line(points).worst_cm < 1e-3


# ------------------------------------------------------------------ out of position

HOME = out_of_position.Params(classes=("monitor", "mouse"), tolerance_cm=10)
# D1's desk plane: 0.4 of the picture's width is 140 cm, 0.2 of its height 70 cm
MONITOR, MOUSE = a("monitor", 0.15, 0.36), a("mouse", 0.30, 0.44)


@pytest.mark.parametrize(
    ("things", "verdict", "code"),
    [
        ((MONITOR, MOUSE), P, "in_place_cm"),
        ((a("monitor", 0.16, 0.36), MOUSE), P, "in_place_cm"),  # 3.5 cm
        ((a("monitor", 0.18, 0.36), MOUSE), S, "moved_from_home"),  # 10.5 cm
        ((MONITOR, a("mouse", 0.38, 0.44)), S, "moved_from_home"),  # 28 cm
        ((MONITOR,), U, "thing_not_seen"),
        ((MONITOR, a("mouse", 0.38, 0.44, sure=False)), U, "thing_not_seen"),
        ((MONITOR, a("mouse", 0.38, 0.44, hidden=0.6)), U, "person_over_thing"),
        ((), U, "thing_not_seen"),
    ],
)
def test_out_of_position(things: tuple[Thing, ...], verdict: Verdict, code: str) -> None:
    same(out_of_position.judge(desk_sight(*things), HOME), verdict, code)


def test_the_distance_is_measured_in_centimetres() -> None:
    measured = out_of_position.judge(desk_sight(a("monitor", 0.18, 0.36), MOUSE), HOME).measured
    assert measured["distance_cm"] == pytest.approx(10.5, abs=0.2)
    assert measured["tolerance_cm"] == 6


BIN = out_of_position.Params(classes=("bin",), home_zone="bin_home")
CHAIR = out_of_position.Params(classes=("chair",), home_zone="chair", empty_only=True)


@pytest.mark.parametrize(
    ("params", "things", "verdict", "code"),
    [
        (BIN, (a("bin", 0.075, 0.68),), P, "in_place"),
        (BIN, (a("bin", 0.2, 0.6, desk="D1"),), S, "off_home"),
        (BIN, (a("bin", 0.4, 0.6, desk="D1"),), U, "thing_not_seen"),
        (BIN, (), U, "thing_not_seen"),
        (BIN, (a("bin", 0.3, 0.6, desk="D1", sure=False),), U, "thing_not_seen"),
        (CHAIR, (a("chair", 0.25, 0.88, 0.1, 0.15),), P, "in_place"),
        (CHAIR, (a("chair", 0.42, 0.88, 0.1, 0.15, desk="D1"),), S, "off_home"),
        (
            CHAIR,
            (
                a("chair", 0.42, 0.88, 0.1, 0.15, desk="D1"),
                a("person", 0.42, 0.85, 0.1, 0.2, sure=False, confidence=0.06),
            ),
            U,
            "in_use",
        ),
    ],
)
def test_at_home(
    params: out_of_position.Params, things: tuple[Thing, ...], verdict: Verdict, code: str
) -> None:
    same(out_of_position.judge(desk_sight(*things), params), verdict, code)


@pytest.mark.parametrize(
    ("what", "params", "change", "hidden", "verdict", "code"),
    [
        ("its own bin is gone", BIN, {"gone": "bin"}, 0.0, S, "left_home"),
        ("a little of it changed", BIN, {"gone": "bin", "share": 0.1}, 0.0, U, "thing_not_seen"),
        ("a bag stands there", BIN, {"gone": "bin", "known": "bag"}, 0.0, U, "thing_not_seen"),
        ("something changed, the bin may stand", BIN, {}, 0.0, U, "thing_not_seen"),
        ("somebody stands before it", BIN, {"gone": "bin"}, 0.3, U, "thing_not_seen"),
        ("a chair may be taken along", CHAIR, {"gone": "chair"}, 0.0, U, "thing_not_seen"),
    ],
)
def test_gone_from_home(
    what: str,
    params: out_of_position.Params,
    change: dict[str, Any],
    hidden: float,
    verdict: Verdict,
    code: str,
) -> None:
    fields: dict[str, Any] = {"share": 0.5, "area_cm2": 700.0, "delta_e": 25.0, **change}
    zone = "D1-bin_home" if params is BIN else "D1-staff"
    home = Difference(zone, made.px(0.05, 0.6, 0.1, 0.7), **fields)
    zones = {"bin_home": {"hidden": hidden, "area_px": 5000.0}}
    fact = replace(made.facts(HALL, differences=(home,), zones=zones), reference="day")
    answer = out_of_position.judge(made.sight(HALL, fact), params)
    assert (answer.verdict, answer.reason.code) == (verdict, code), what


@pytest.mark.parametrize(
    ("reference", "left", "verdict", "code"),
    [
        (None, False, S, "off_home"),  # nothing to compare with
        ("day", True, S, "off_home"),
        # a bag that is called a bin, say: the home looks as it did, its own bin in it
        ("day", False, U, "thing_not_seen"),
    ],
)
def test_a_bin_elsewhere_is_not_the_one_whose_home_looks_as_ever(
    reference: Light | None, left: bool, verdict: Verdict, code: str
) -> None:
    stray = a("bin", 0.2, 0.6, desk="D1")
    gone = Difference("D1-bin_home", made.px(0.05, 0.6, 0.1, 0.7), 0.5, 700.0, 25.0)
    fact = made.facts(HALL, stray, differences=(gone,) if left else ())
    sight = made.sight(HALL, replace(fact, reference=reference))
    same(out_of_position.judge(sight, BIN), verdict, code)


def test_without_a_plane_no_centimetres_and_no_verdict() -> None:
    extra = "    things: [{thing: mouse, at: [0.3, 0.44], desk: D1}]"
    layout = made.hall(made.hall_text(extra=extra).replace(", size_cm: [140, 70]", ""))
    mouse = a("mouse", 0.4, 0.44, layout=layout)
    same(out_of_position.judge(desk_sight(mouse, layout=layout), HOME), U, "no_scale")


@given(x=st.floats(0.1, 0.4), confidence=st.floats(0, 1))
def test_an_unsure_thing_is_never_out_of_position(x: float, confidence: float) -> None:
    mouse = a("mouse", x, 0.44, sure=False, confidence=confidence)
    assert out_of_position.judge(desk_sight(MONITOR, mouse), HOME).verdict is not S


# ------------------------------------------------------------------ order


@pytest.mark.parametrize(
    ("places", "verdict", "code"),
    [
        ({"monitor": 0.1, "doc_camera": 0.2, "guide_rack": 0.3}, P, "order_right"),
        ({"monitor": 0.2, "doc_camera": 0.1, "guide_rack": 0.3}, S, "wrong_order"),
        ({"monitor": 0.3, "guide_rack": 0.1}, S, "wrong_order"),
        ({"monitor": 0.1, "doc_camera": 0.2}, U, "set_not_seen"),
        ({"monitor": 0.2, "doc_camera": 0.195, "guide_rack": 0.3}, P, "order_right"),
        ({}, U, "set_not_seen"),
    ],
)
def test_order(places: dict[str, float], verdict: Verdict, code: str) -> None:
    things = tuple(a(cls, x, 0.4) for cls, x in places.items())
    same(order.judge(desk_sight(*things), order.Params()), verdict, code)


def test_things_that_stand_as_in_the_clean_picture_are_in_order() -> None:
    mistaken = a("guide_rack", 0.1, 0.4, as_clean=True)
    at_rest = a("monitor", 0.2, 0.4, as_clean=True)
    same(order.judge(desk_sight(mistaken, at_rest), order.Params()), U, "set_not_seen")
    moved = a("monitor", 0.2, 0.4)
    same(order.judge(desk_sight(mistaken, moved), order.Params()), S, "wrong_order")


def test_no_order_in_layout_and_pack_is_not_judged() -> None:
    same(order.judge(desk_sight(layout=BARE), order.Params()), U, "not_configured")


@given(xs=st.permutations([0.1, 0.2, 0.3]))
def test_order_is_that_of_the_feet(xs: list[float]) -> None:
    things = [
        a(cls, x, 0.4) for cls, x in zip(("monitor", "doc_camera", "guide_rack"), xs, strict=True)
    ]
    answer = order.judge(desk_sight(*things), order.Params())
    assert (answer.verdict is P) == (xs == sorted(xs))


# ------------------------------------------------------------------ one line, equal gaps

L5 = one_line.Params(line="L5", classes=("chair",), tolerance_cm=8, empty_only=True)


def chairs(*at: tuple[float, float], **options: Any) -> list[Thing]:
    return [a("chair", x, y, desk="D1", **options) for x, y in at]


STRAIGHT = [(0.2, 0.5), (0.4, 0.5), (0.6, 0.5), (0.8, 0.5)]


@pytest.mark.parametrize(
    ("things", "verdict", "code"),
    [
        (chairs(*STRAIGHT), P, "on_one_line"),
        (chairs(*STRAIGHT[:3], (0.8, 0.504)), P, "on_one_line"),
        (chairs(*STRAIGHT[:3], (0.8, 0.52)), S, "off_the_line"),
        (chairs((0.2, 0.5), (0.4, 0.52), (0.6, 0.5)), S, "off_the_line"),
        (chairs(*STRAIGHT[:2]), U, "too_few_things"),
        (chairs(*STRAIGHT[:2]) + chairs((0.6, 0.5), sure=False), U, "line_not_seen"),
        (chairs(*STRAIGHT[:2]) + chairs((0.6, 0.5), hidden=0.5), U, "line_not_seen"),
        (chairs(*STRAIGHT[:2], (0.3, 0.9), (0.5, 0.9)), U, "too_few_things"),  # two rows of two
        ([*chairs(*STRAIGHT), a("chair", 0.5, 0.8, desk="D2")], P, "on_one_line"),  # another row
        ([*chairs(*STRAIGHT[:3], (0.8, 0.53)), a("person", 0.8, 0.53, 0.05, 0.2)], P,
         "on_one_line"),  # in use
        ([a("chair", x, 0.5) for x in (0.2, 0.4, 0.6)], U, "too_few_things"),  # the public's
        ([*chairs(*STRAIGHT[:3], (0.8, 0.53)), a("carton", 0.8, 0.55)], P,
         "on_one_line"),  # its foot is hidden: left out
        ([*chairs(*STRAIGHT[:3], (0.8, 0.53)), a("paper", 0.8, 0.51)], S,
         "off_the_line"),  # what lies behind hides nothing
        (chairs((0.2, 0.5), (0.4, 0.505), (0.6, 0.5), w=0.19, h=0.3), P,
         "on_one_line"),  # a big box's foot is vague: 0.9 cm more are within it
    ],
)  # fmt: skip
def test_one_line(things: list[Thing], verdict: Verdict, code: str) -> None:
    same(one_line.judge(view_sight(*things), L5), verdict, code)


def test_the_residual_is_measured_in_centimetres() -> None:
    answer = one_line.judge(view_sight(*chairs(*STRAIGHT[:3], (0.8, 0.52))), L5)
    assert answer.measured["residual_cm"] == pytest.approx(20, abs=0.5)
    assert answer.measured["tolerance_cm"] == 8
    assert [b.xyxy_px[0] for b in answer.boxes] == [pytest.approx(780)]


def test_no_shared_plane_no_line() -> None:
    things = [a("chair", x, 0.5, desk="D1", layout=BARE) for x in (0.2, 0.4, 0.6)]
    same(one_line.judge(view_sight(*things, layout=BARE), L5), U, "no_shared_plane")


DESKS = equal_spacing.Params(classes=("desk",), gap_to="counter_top", max_gap_cm=25)


def desks(*xs: float, y: float = 0.26) -> list[Thing]:
    return [a("desk", x, y, desk="D1") for x in xs]


@pytest.mark.parametrize(
    ("things", "verdict", "code"),
    [
        (desks(0.2, 0.4, 0.6, 0.8), P, "even_gaps"),
        (desks(0.2, 0.4, 0.605, 0.8), P, "even_gaps"),
        (desks(0.2, 0.4, 0.65, 0.85), S, "uneven_gaps"),
        (desks(0.2, 0.4, 0.6, y=0.30), S, "far_from_counter"),
        (desks(0.2, 0.4), U, "too_few_things"),
        (desks(0.2, 0.4, 0.8), U, "thing_not_seen"),  # one between was not seen
    ],
)
def test_equal_spacing(things: list[Thing], verdict: Verdict, code: str) -> None:
    same(equal_spacing.judge(view_sight(*things), DESKS), verdict, code)


@given(st.permutations([*STRAIGHT[:3], (0.8, 0.52)]))
def test_the_order_of_things_decides_nothing(at: list[tuple[float, float]]) -> None:
    answer = one_line.judge(view_sight(*chairs(*at)), L5)
    assert answer.verdict is S
    assert answer.measured["residual_cm"] == pytest.approx(20, abs=0.5)
