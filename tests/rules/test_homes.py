"""Homes where nothing differs from the clean picture: in place, whatever the detector named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from rules.homes import in_place
from rules.kinds import count, object_missing, one_line, order, out_of_position
from rules.kinds.base import Answer
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import Difference, Thing

P, S, U = Verdict.PASS, Verdict.SUSPECT, Verdict.UNJUDGED
# four telephones in one row on a shared desk plane: 1 of the picture is 1000 cm; a blind spot
# (an area never looked at) lies over the last one's neighbour on the right
AT = {"D1": 0.15, "D2": 0.35, "D3": 0.55, "D4": 0.75}
Y = 0.40
KINDS = "".join(
    f"      - {{id: {d}-top, kind: desk_top, desk: {d}, polygon: "
    f"{made.rectangle(x - 0.09, 0.3, x + 0.09, 0.5)}}}\n"
    for d, x in AT.items()
)
HOMES = "".join(
    f"      - {{thing: telephone, at: [{x}, {Y}], desk: {d}}}\n"
    f"      - {{thing: monitor, at: [{x - 0.05:.2f}, {Y}], desk: {d}}}\n"
    for d, x in AT.items()
)
PLANE = (
    "    planes:\n      - {id: row, kind: desk, zones: [D1-top], points: ["
    "{at: [0, 0], cm: [0, 0]}, "
    "{at: [1, 0], cm: [1000, 0]}, {at: [1, 1], cm: [1000, 1000]}, {at: [0, 1], cm: [0, 1000]}]}\n"
)
HALL = made.hall(
    made.hall_text(
        kinds=(),
        desks=tuple(AT),
        extra=KINDS.rstrip() + "\n" + PLANE + "    things:\n" + HOMES,
        desk_extra=", order: [monitor, telephone], counts: {telephone: 1}",
    )
)
L6 = one_line.Params(line="L6", classes=("telephone",), plane="desk", tolerance_cm=8)
HOME_OF = {h.desk: h for h in HALL.cameras[0].things if h.thing == "telephone"}


def phone(desk: str, dy: float = 0.0, **o: Any) -> Thing:
    return made.thing("telephone", AT[desk], Y + dy, 0.04, 0.03, layout=HALL, desk=desk, **o)


def changed(desk: str, known: str | None = None, dx: float = 0.0) -> Difference:
    x = AT[desk] + dx
    box = made.px(x - 0.03, Y - 0.04, x + 0.03, Y + 0.01)
    return Difference(f"{desk}-top", box, 0.1, 200.0, 30.0, known)


def sight(
    *things: Thing,
    differences: tuple[Difference, ...] = (),
    desk: str | None = None,
    compared: bool = True,
    classes: tuple[str, ...] | None = None,
    **o: Any,
) -> Any:
    fact = made.facts(HALL, *things, differences=differences, **o)
    fact = replace(fact, reference="day" if compared else None, classes=classes)
    return made.sight(HALL, fact, desk)


def same(answer: Answer, verdict: Verdict, code: str) -> None:
    assert (answer.verdict, answer.reason.code) == (verdict, code), answer


PERSON = made.thing("person", AT["D1"], 0.6, 0.2, 0.4, layout=HALL, sure=False, confidence=0.06)


@pytest.mark.parametrize(
    ("options", "there"),
    [
        ({}, True),
        ({"compared": False}, False),
        ({"differences": (changed("D1"),)}, False),
        ({"differences": (changed("D1", "bag"),)}, False),
        ({"differences": (changed("D2"),)}, True),
        ({"classes": ("monitor",)}, False),  # a model that could not see it elsewhere either
        ({"zones": {"desk_top": {"luminance": 4.0}}}, False),
        ({"zones": {"desk_top": {"px_per_cm": (0.3, 0.4)}}}, False),  # too small to be missed
    ],
)
def test_in_place_from_pixels_alone(options: dict[str, Any], there: bool) -> None:
    assert in_place(sight(**options), HOME_OF["D1"]) is there


def test_behind_a_person_nothing_is_in_place() -> None:
    assert not in_place(sight(PERSON), HOME_OF["D1"])


def test_outside_every_zone_no_change_is_looked_for_and_nothing_is_in_place() -> None:
    home = HOME_OF["D1"].model_copy(update={"at": (0.5, 0.95)})
    assert not in_place(sight(), home)


@pytest.mark.parametrize(
    ("things", "options", "verdict", "code"),
    [
        ((), {}, P, "on_one_line"),
        ((), {"compared": False}, U, "line_not_seen"),
        # one has moved and was seen where it stands now; the others were overlooked
        ((phone("D2", 0.03),), {"differences": (changed("D2"),)}, S, "off_the_line"),
        ((phone("D4", 0.03),), {"differences": (changed("D4"),)}, S, "off_the_line"),
        # one has left its place and nobody saw where to
        ((), {"differences": (changed("D3"),)}, U, "line_not_seen"),
        ((phone("D3", 0.03, sure=False),), {"differences": (changed("D3"),)}, U, "line_not_seen"),
        # a second "telephone" at a desk whose own stands in its place is another thing
        ((phone("D3", 0.05),), {}, P, "on_one_line"),
        ((phone("D2", 0.005),), {"differences": (changed("D2"),)}, P, "on_one_line"),
        ((PERSON,), {}, U, "line_not_seen"),
    ],
)
def test_a_line_of_things_that_stand_as_in_the_clean_picture(
    things: tuple[Thing, ...], options: dict[str, Any], verdict: Verdict, code: str
) -> None:
    same(one_line.judge(sight(*things, **options), L6), verdict, code)


def test_of_three_the_one_that_moved_is_accused_not_the_one_in_the_middle() -> None:
    still = [phone("D1", as_clean=True), phone("D2", as_clean=True)]
    gone = (changed("D3"), changed("D4"))
    answer = one_line.judge(sight(*still, phone("D3", 0.05), differences=gone), L6)
    same(answer, S, "off_the_line")
    assert answer.measured["residual_cm"] == pytest.approx(50, abs=1)
    assert [b.xyxy_px[0] for b in answer.boxes] == [pytest.approx(530)]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(sorted(AT)), unique=True),
    st.lists(st.tuples(st.sampled_from(sorted(AT)), st.floats(-0.08, 0.08)), max_size=6),
)
def test_nothing_changed_nothing_accused(
    named: list[str], mistaken: list[tuple[str, float]]
) -> None:
    """Whatever the detector names or overlooks: where no home changed, no line is broken."""
    seen = [phone(d, as_clean=True) for d in named]
    seen += [phone(d, dy) for d, dy in mistaken if abs(dy) > 0.04]
    same(one_line.judge(sight(*seen), L6), P, "on_one_line")


@given(st.sets(st.sampled_from(sorted(AT)), min_size=1))
def test_what_left_its_home_and_was_not_seen_is_never_clean(gone: set[str]) -> None:
    answer = one_line.judge(sight(differences=tuple(changed(d) for d in gone)), L6)
    assert answer.verdict is U


MONITOR = made.thing("monitor", AT["D1"] - 0.05, Y, 0.04, 0.05, layout=HALL, desk="D1")


@pytest.mark.parametrize(
    ("options", "verdict", "code"),
    [
        ({}, P, "order_right"),
        ({"compared": False}, U, "set_not_seen"),
        ({"differences": (changed("D1"),)}, U, "set_not_seen"),
    ],
)
def test_order_by_what_stands_as_in_the_clean_picture(
    options: dict[str, Any], verdict: Verdict, code: str
) -> None:
    same(order.judge(sight(MONITOR, desk="D1", **options), order.Params()), verdict, code)


def test_order_is_wrong_beside_a_thing_that_was_only_overlooked() -> None:
    moved = made.thing("monitor", AT["D1"] + 0.06, Y, 0.04, 0.05, layout=HALL, desk="D1")
    away = (changed("D1", dx=-0.06),)
    same(order.judge(sight(moved, desk="D1", differences=away), order.Params()), S, "wrong_order")


def test_a_count_includes_what_was_overlooked_in_its_home() -> None:
    elsewhere = (changed("D1", dx=-0.07),)
    same(count.judge(sight(desk="D1", differences=elsewhere), count.Params()), P, "count_right")
    here = (changed("D1"),)
    same(count.judge(sight(desk="D1", differences=here), count.Params()), S, "too_few")


def test_a_place_is_measured_as_right_where_nothing_changed() -> None:
    p = out_of_position.Params(classes=("telephone",))
    desk_plane = HALL.cameras[0].view.planes
    assert any(plane.desk == "D1" for plane in desk_plane)
    same(out_of_position.judge(sight(desk="D1"), p), P, "in_place_cm")
    away = sight(desk="D1", differences=(changed("D1"),))
    same(out_of_position.judge(away, p), U, "thing_not_seen")


MISSING = object_missing.Params(homes=True, classes=("telephone",), min_px=10)


@pytest.mark.parametrize(
    ("options", "verdict", "code"),
    [
        ({}, P, "all_there"),
        # printers and screens hide much of the desk top, but not this place
        ({"zones": {"desk_top": {"hidden_by_things": 0.4}}}, P, "all_there"),
        ({"differences": (changed("D1"),)}, S, "missing"),
        # what was put there may hide it
        ({"differences": (changed("D1", "bag"),)}, U, "things_hide"),
        ({"differences": (changed("D1", "telephone"),)}, S, "missing"),
    ],
)
def test_missing_looks_at_its_own_place(
    options: dict[str, Any], verdict: Verdict, code: str
) -> None:
    same(object_missing.judge(sight(desk="D1", **options), MISSING), verdict, code)
