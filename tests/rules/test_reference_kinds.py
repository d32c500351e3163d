"""Allow-list, unknown foreground, missing things and counts: their tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.kinds import allow_list, count, object_in_zone, object_missing, unknown_foreground
from rules.kinds.base import Answer, Sight
from rules.layout import HallLayout
from rules.registers import ApprovedNotice, Registers
from rules.verdict import Verdict
from tests.rules import made
from vision.seen import Difference, Facts, Gate, Light, Thing

EXTRA = """\
      - {id: cab, kind: cabinet_top, polygon: [[0.40, 0.02], [0.60, 0.02], [0.60, 0.08], [0.40, 0.08]]}
      - {id: wall, kind: wall, polygon: [[0.62, 0.02], [0.90, 0.02], [0.90, 0.08], [0.62, 0.08]]}
      - {id: exit, kind: fixture, holds: [extinguisher], polygon: [[0.92, 0.02], [0.99, 0.02], [0.99, 0.09], [0.92, 0.09]]}
    things:
      - {thing: monitor, at: [0.15, 0.36], desk: D1}
      - {thing: mouse, at: [0.30, 0.44], desk: D1}
"""  # noqa: E501 - YAML as people write it
HALL = made.hall(extra=EXTRA)
COUNTED = made.hall(extra=EXTRA, desk_extra=", counts: {monitor: 1, telephone: 1}")
P, S, U = Verdict.PASS, Verdict.SUSPECT, Verdict.UNJUDGED


def a(
    cls: str, x: float = 0.2, y: float = 0.4, w: float = 0.05, h: float = 0.05, **o: Any
) -> Thing:
    return made.thing(cls, x, y, w, h, layout=HALL, **o)


def diff(zone: str, x: float, y: float, size: float = 0.05, **o: Any) -> Difference:
    box = made.px(x - size / 2, y - size, x + size / 2, y)
    fields: dict[str, Any] = {"share": 0.05, "area_cm2": 200.0, "delta_e": 20.0, **o}
    return Difference(zone, box, **fields)


def fact(
    *things: Thing,
    layout: HallLayout = HALL,
    light: Light | None = None,
    gate: Gate | None = None,
    compared: bool = True,
    differences: tuple[Difference, ...] = (),
    zones: Any = None,
    classes: tuple[str, ...] | None = None,
) -> Facts:
    made_up = made.facts(
        layout, *things, zones=zones, differences=differences, gate=gate or Gate("ok", "day")
    )
    return replace(made_up, reference=(light or "day") if compared else None, classes=classes)


def on_desk(f: Facts, layout: HallLayout = HALL, registers: Registers | None = None) -> Sight:
    return made.sight(layout, f, registers=registers)


def in_zone(f: Facts, zone: str, registers: Registers | None = None) -> Sight:
    return made.sight(HALL, f, None, zone=zone, registers=registers)


# ------------------------------------------------------------------ not on the allow-list

LIST = allow_list.Params(allowed=("monitor", "mouse", "telephone"), ignored=("phone",))


@pytest.mark.parametrize(
    ("things", "verdict", "code"),
    [
        ((), P, "nothing_found"),
        ((a("monitor"), a("mouse", 0.3)), P, "nothing_found"),
        ((a("bag"),), S, "not_allowed"),
        ((a("food"), a("umbrella", 0.3)), S, "not_allowed"),
        ((a("phone"),), P, "nothing_found"),  # another clause's business
        ((a("person"), a("chair", 0.3)), P, "nothing_found"),
        ((a("bag", y=0.2),), P, "nothing_found"),  # a citizen's
        ((a("bag", sure=False, confidence=0.4),), U, "maybe_seen"),
    ],
)
def test_allow_list(things: tuple[Thing, ...], verdict: Verdict, code: str) -> None:
    answer = allow_list.judge(on_desk(fact(*things)), LIST)
    assert (answer.verdict, answer.reason.code) == (verdict, code)


@pytest.mark.parametrize(
    ("what", "things", "change", "verdict", "code"),
    [
        ("new and nobody can name it", (), {}, S, "unknown_thing"),
        ("too small to be held against anyone", (), {"area_cm2": 60.0}, P, "nothing_found"),
        ("no scale", (), {"area_cm2": None}, P, "nothing_found"),
        ("hardly another colour", (), {"delta_e": 5.0}, P, "nothing_found"),
        ("a seen thing explains it", (), {"known": "mouse"}, P, "nothing_found"),
        ("a chair left its place", (), {"gone": "chair"}, P, "nothing_found"),
        ("light over the whole desk", (), {"share": 0.7}, P, "nothing_found"),
        (
            "may be what the list names",
            (a("mouse", sure=False, confidence=0.2),),
            {},
            U,
            "unnamed_change",
        ),
        ("a guess too wild to matter", (a("mouse", sure=False, confidence=0.1),), {}, S,
         "unknown_thing"),
        ("somebody is at work", (made.thing("person", 0.25, 0.85, 0.2, 0.4, layout=HALL),), {}, P,
         "nothing_found"),
    ],
)  # fmt: skip
def test_what_nobody_can_name_is_not_on_the_list(
    what: str, things: tuple[Thing, ...], change: dict[str, Any], verdict: Verdict, code: str
) -> None:
    new = diff("D1-desk_top", 0.2, 0.4, **change)
    answer = allow_list.judge(on_desk(fact(*things, differences=(new,))), LIST)
    assert (answer.verdict, answer.reason.code) == (verdict, code), what


def test_nobody_is_accused_of_a_change_without_a_comparison() -> None:
    new = diff("D1-desk_top", 0.2, 0.4)
    answer = allow_list.judge(on_desk(fact(differences=(new,), compared=False)), LIST)
    assert answer.verdict is P


PHONES = object_in_zone.Params(classes=("phone",), gate_classes=("phone",))


@pytest.mark.parametrize(
    ("what", "change", "verdict"),
    [
        ("as large as a phone", {"area_cm2": 120.0}, U),
        ("as small as a stamp", {"area_cm2": 20.0}, P),
        ("as large as a carton", {"area_cm2": 1500.0}, P),
        ("a seen mouse explains it", {"area_cm2": 120.0, "known": "mouse"}, P),
        ("not compact", {"area_cm2": 120.0, "share": 0.001}, P),
    ],
)
def test_a_change_that_could_be_one_leaves_the_desk_open(
    what: str, change: dict[str, Any], verdict: Verdict
) -> None:
    new = diff("D1-desk_top", 0.2, 0.4, **change)
    answer = object_in_zone.judge(on_desk(fact(differences=(new,))), PHONES)
    assert answer.verdict is verdict, what
    assert (answer.reason.code == "unnamed_change") is (verdict is U)


def test_a_change_on_the_citizens_side_is_theirs() -> None:
    theirs = tuple(diff(z, 0.2, 0.31, area_cm2=120.0) for z in ("D1-desk_top", "D1-public_side"))
    assert object_in_zone.judge(on_desk(fact(differences=theirs)), PHONES).verdict is P


def test_a_desks_own_list_replaces_the_packs() -> None:
    layout = made.hall(desk_extra=", allowed: [bag]")
    bag = made.thing("bag", 0.2, 0.4, 0.05, 0.05, layout=layout)
    monitor = made.thing("monitor", 0.3, 0.4, 0.05, 0.05, layout=layout)
    assert allow_list.judge(on_desk(fact(bag, layout=layout), layout), LIST).verdict is P
    assert allow_list.judge(on_desk(fact(monitor, layout=layout), layout), LIST).verdict is S


def test_permitted_things_come_from_the_register() -> None:
    permitted = Registers(permitted={"D1": {"bag": 1}})
    answer = allow_list.judge(on_desk(fact(a("bag")), registers=permitted), LIST)
    assert answer.verdict is P


# ------------------------------------------------------------------ unknown foreground

TOP = unknown_foreground.Params(zones=("cabinet_top",), accuse_known=True, known=("person",))
DESK = unknown_foreground.Params(zones=("desk_top",))


@pytest.mark.parametrize(
    ("differences", "things", "options", "verdict", "code"),
    [
        ((), (), {}, P, "as_reference"),
        ((diff("D1-desk_top", 0.2, 0.4),), (), {}, S, "unknown_thing"),
        ((diff("D1-desk_top", 0.2, 0.4, known="monitor"),), (), {}, P, "as_reference"),
        ((diff("D1-desk_top", 0.2, 0.4, area_cm2=20.0),), (), {}, P, "as_reference"),
        ((diff("D1-desk_top", 0.2, 0.4, delta_e=4.0),), (), {}, P, "as_reference"),
        ((diff("D1-desk_top", 0.2, 0.4, share=0.8),), (), {}, U, "all_changed"),
        ((diff("D2-desk_top", 0.7, 0.4),), (), {}, P, "as_reference"),
        ((), (), {"compared": False}, U, "no_reference"),
        ((), (a("person", 0.25, 0.8, 0.1, 0.3, sure=False),), {}, U, "in_use"),
        ((), (), {"zones": {"desk_top": {"hidden": 0.3}}}, U, "person_hides"),
        ((), (), {"zones": {"desk_top": {"px_per_cm": (0.5, 1.0)}}}, U, "too_coarse"),
    ],
)
def test_unknown_foreground(
    differences: tuple[Difference, ...],
    things: tuple[Thing, ...],
    options: dict[str, Any],
    verdict: Verdict,
    code: str,
) -> None:
    answer = unknown_foreground.judge(
        on_desk(fact(*things, differences=differences, **options)), DESK
    )
    assert (answer.verdict, answer.reason.code) == (verdict, code)


def test_anything_on_a_cabinets_top_is_a_finding_also_what_is_known() -> None:
    known = fact(differences=(diff("cab", 0.5, 0.06, known="carton"),))
    assert unknown_foreground.judge(in_zone(known, "cab"), TOP).verdict is S
    person = fact(differences=(diff("cab", 0.5, 0.06, known="person"),))
    assert unknown_foreground.judge(in_zone(person, "cab"), TOP).verdict is P


def test_approved_notices_may_hang_until_their_day() -> None:
    wall = unknown_foreground.Params(zones=("wall",), allow_notices=True, unattended=False)
    new = fact(differences=(diff("wall", 0.7, 0.06),))
    for until, verdict in ((date(2026, 11, 23), P), (date(2026, 11, 22), S)):
        registers = Registers(notices=(ApprovedNotice("wall", until),))
        assert unknown_foreground.judge(in_zone(new, "wall", registers), wall).verdict is verdict


@given(share=st.floats(0, 1), delta=st.floats(0, 60), known=st.sampled_from([None, "cup"]))
def test_a_difference_never_speaks_without_a_reference(
    share: float, delta: float, known: str | None
) -> None:
    change = diff("D1-desk_top", 0.2, 0.4, share=share, delta_e=delta, known=known)
    answer = unknown_foreground.judge(on_desk(fact(compared=False, differences=(change,))), DESK)
    assert answer.verdict is U


# ------------------------------------------------------------------ missing

SET = object_missing.Params(homes=True, classes=("monitor", "mouse"), min_px=10)
FIXTURE = object_missing.Params(zones=("fixture",))
BOTH = (a("monitor", 0.15, 0.36), a("mouse", 0.30, 0.44, 0.03, 0.02))
GONE = (diff("D1-desk_top", 0.30, 0.44),)


@pytest.mark.parametrize(
    ("things", "options", "verdict", "code"),
    [
        (BOTH, {}, P, "all_there"),
        (BOTH[:1], {"differences": GONE}, S, "missing"),
        (BOTH[:1], {}, P, "all_there"),  # nothing changed there: the detector missed it
        (BOTH[:1], {"compared": False}, U, "no_reference"),
        (
            (BOTH[0], a("mouse", 0.3, 0.44, sure=False)),
            {"differences": GONE},
            P,
            "all_there",
        ),
        (  # what the clean picture has elsewhere as well is not the one that is missing
            (BOTH[0], a("mouse", 0.15, 0.40, sure=False, as_clean=True)),
            {"differences": GONE},
            S,
            "missing",
        ),
        (
            (BOTH[0], a("person", 0.30, 0.5, 0.1, 0.2, sure=False)),
            {"differences": GONE},
            U,
            "person_hides",
        ),
        (BOTH[:1], {"classes": ("monitor",)}, U, "class_not_known"),
        (
            BOTH[:1],
            {"zones": {"desk_top": {"px_per_cm": (1.0, 1.5)}}, "differences": GONE},
            U,
            "too_few_pixels",
        ),
    ],
)
def test_missing(
    things: tuple[Thing, ...], options: dict[str, Any], verdict: Verdict, code: str
) -> None:
    answer = object_missing.judge(on_desk(fact(*things, **options)), SET)
    assert (answer.verdict, answer.reason.code) == (verdict, code)


def test_a_fixture_zone_says_what_it_holds() -> None:
    there = fact(a("extinguisher", 0.95, 0.08, 0.04, 0.05))
    assert object_missing.judge(in_zone(there, "exit"), FIXTURE).verdict is P
    gone = fact(differences=(diff("exit", 0.95, 0.08),), zones={"fixture": {"px_per_cm": (2, 3)}})
    answer = object_missing.judge(in_zone(gone, "exit"), FIXTURE)
    assert (answer.verdict, answer.measured["missing"]) == (S, "extinguisher×1")


def test_what_is_worn_may_be_away() -> None:
    worn = replace(SET, optional=("mouse",))
    assert object_missing.judge(on_desk(fact(BOTH[0], differences=GONE)), worn).verdict is P


@given(confidence=st.floats(0.01, 1.0), x=st.floats(0.1, 0.4))
def test_seeing_the_thing_somewhere_at_the_desk_always_excuses(confidence: float, x: float) -> None:
    mouse = a("mouse", x, 0.45, sure=False, confidence=confidence)
    answer = object_missing.judge(on_desk(fact(BOTH[0], mouse, differences=GONE)), SET)
    assert answer.verdict is P


# ------------------------------------------------------------------ counts

COUNT = count.Params()
TELEPHONE = made.thing("telephone", 0.3, 0.44, 0.05, 0.04, layout=COUNTED)
MONITOR = made.thing("monitor", 0.15, 0.4, 0.06, 0.06, layout=COUNTED)
SECOND = made.thing("monitor", 0.25, 0.4, 0.06, 0.06, layout=COUNTED)
MAYBE = made.thing("monitor", 0.25, 0.4, 0.06, 0.06, layout=COUNTED, sure=False)
AT_REST, AT_REST_TWICE = (replace(t, as_clean=True) for t in (MONITOR, SECOND))


@pytest.mark.parametrize(
    ("things", "options", "verdict", "code"),
    [
        ((MONITOR, TELEPHONE), {}, P, "count_right"),
        ((MONITOR, SECOND, TELEPHONE), {}, S, "too_many"),
        ((MONITOR, MAYBE, TELEPHONE), {}, P, "count_right"),
        # one that a detector makes two of stands as in the clean picture
        ((AT_REST, AT_REST_TWICE, TELEPHONE), {}, P, "count_right"),
        ((AT_REST, SECOND, TELEPHONE), {}, S, "too_many"),
        ((AT_REST, AT_REST_TWICE, SECOND, TELEPHONE), {}, S, "too_many"),
        ((MONITOR,), {}, U, "count_not_sure"),
        ((MONITOR,), {"differences": (diff("D1-desk_top", 0.3, 0.44),)}, S, "too_few"),
        ((MONITOR,), {"zones": {"desk_top": {"hidden": 0.4}}}, U, "person_hides"),
        ((MAYBE, TELEPHONE), {}, P, "count_right"),
    ],
)
def test_count(
    things: tuple[Thing, ...], options: dict[str, Any], verdict: Verdict, code: str
) -> None:
    answer = count.judge(on_desk(fact(*things, layout=COUNTED, **options), COUNTED), COUNT)
    assert (answer.verdict, answer.reason.code) == (verdict, code)


def test_too_many_says_how_many() -> None:
    answer: Answer = count.judge(
        on_desk(fact(MONITOR, SECOND, TELEPHONE, layout=COUNTED), COUNTED), COUNT
    )
    assert (answer.measured["pieces"], answer.measured["expected"]) == (2, 1)


def test_a_queue_is_counted_without_knowing_anybody() -> None:
    queue = count.Params(zones=("public_side",), counts={"person": 2}, at_most=True)
    people = [a("person", 0.1 + 0.1 * i, 0.24, 0.05, 0.1) for i in range(3)]
    assert count.judge(on_desk(fact(*people)), queue).verdict is S
    assert count.judge(on_desk(fact(*people[:2])), queue).verdict is P


def test_without_numbers_in_the_layout_nothing_is_counted() -> None:
    assert count.judge(on_desk(fact()), COUNT).reason.code == "not_configured"


@given(n=st.integers(0, 5))
def test_unsure_things_never_make_too_many(n: int) -> None:
    maybe = [MAYBE] * n
    answer = count.judge(on_desk(fact(MONITOR, TELEPHONE, *maybe, layout=COUNTED), COUNTED), COUNT)
    assert answer.verdict is P


@pytest.mark.parametrize(
    ("what", "things", "gone", "verdict"),
    [
        ("a chair as in the clean picture explains no change",
         (a("chair", as_clean=True, w=0.3, h=0.3),), None, S),
        ("a chair that stands there now does", (a("chair", w=0.3, h=0.3),), None, P),
        ("a ghost of a chair does not",
         (a("chair", w=0.3, h=0.3, sure=False, confidence=0.15),), None, S),
        ("a chair was there and left", (), "chair", P),
        ("a monitor was there and left", (), "monitor", S),
    ],
)  # fmt: skip
def test_only_what_is_new_there_explains_a_change(
    what: str, things: tuple[Thing, ...], gone: str | None, verdict: Verdict
) -> None:
    new = diff("D1-desk_top", 0.2, 0.4, gone=gone)
    answer = unknown_foreground.judge(on_desk(fact(*things, differences=(new,))), DESK)
    assert answer.verdict is verdict, what
