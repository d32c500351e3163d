"""The day's verdicts: every desk × clause × window has one, and nothing unseen is clean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from rules.combine import Outcome, combine_checks, combine_frames
from rules.engine import DayResult, judge_day
from rules.kinds.base import Answer, no_reference
from rules.layout import HallLayout
from rules.pack import load_pack
from rules.pack_schema import Persistence
from rules.registers import DeskException, Registers
from rules.verdict import Judgement, Reason, Verdict
from tests.rules import made
from vision.seen import Facts, Gate, Thing

HALL = made.hall()
PACK = load_pack()
CALENDAR = made.calendar()
SEVEN = (
    "2S-1-(3)", "2S-2-(1)b", "2S-2-(3)b", "2S-2-(4)", "2S-2-(5)", "2S-2-(8)", "2S-2-(9)a",
)  # fmt: skip
PHONE = "2S-2-(4)"


def phone(layout: HallLayout = HALL, **options: Any) -> Thing:
    return made.thing("phone", 0.2, 0.4, layout=layout, **options)


def judge(
    *facts: Facts, layout: HallLayout = HALL, clauses: tuple[str, ...] = SEVEN, **options: Any
) -> DayResult:
    day = options.pop("day", made.DAY)
    return judge_day(layout, PACK, CALENDAR, facts, day=day, clauses=clauses, **options)


def verdict(
    result: DayResult, clause: str = PHONE, desk: str = "D1", window: str = "W"
) -> Judgement:
    found = [j for j in result.judgements if (j.clause, j.desk, j.window) == (clause, desk, window)]
    assert len(found) == 1
    return found[0]


def test_without_frames_every_desk_clause_and_window_is_unjudged() -> None:
    result = judge()
    windows = sum(len(PACK.row(c).windows) for c in SEVEN)
    assert len(result.judgements) == 2 * windows
    assert {j.verdict for j in result.judgements} == {Verdict.UNJUDGED}
    assert {j.reason.code for j in result.judgements} == {"no_frame"}
    assert result.coverage.expected == 2 * windows
    assert result.coverage.judged == 0
    assert result.coverage.unjudged == {"no_frame": 2 * windows}
    assert result.coverage.percent == 0.0


def test_a_night_frame_proves_nothing_about_phones() -> None:
    result = judge(made.facts(HALL, phone(), at="20:00"))
    assert verdict(result).reason.code == "no_frame"


@pytest.mark.parametrize(
    ("shows", "expected", "code"),
    [
        ("p", Verdict.SUSPECT, "thing_in_zone"),
        ("pp", Verdict.SUSPECT, "thing_in_zone"),
        ("pc", Verdict.UNJUDGED, "seen_once"),
        ("pcc", Verdict.UNJUDGED, "seen_once"),
        ("ppcc", Verdict.SUSPECT, "thing_in_zone"),
        ("pbb", Verdict.SUSPECT, "thing_in_zone"),
        ("Pccc", Verdict.SUSPECT, "thing_in_zone"),
        ("c", Verdict.PASS, "nothing_found"),
        ("cb", Verdict.PASS, "nothing_found"),
        ("bb", Verdict.UNJUDGED, "gate_black"),
        ("hh", Verdict.UNJUDGED, "person_hides"),
        ("hc", Verdict.PASS, "nothing_found"),
        # o: as surely a calculator, of which the clause says nothing
        ("oo", Verdict.UNJUDGED, "could_be_other"),
        ("occ", Verdict.UNJUDGED, "could_be_other"),
        ("poc", Verdict.SUSPECT, "thing_in_zone"),
    ],
)
def test_k_of_n(shows: str, expected: Verdict, code: str) -> None:
    frames = []
    for i, what in enumerate(shows):
        at = f"10:{i:02d}"
        frames.append(
            {
                "p": made.facts(HALL, phone(), at=at),
                "P": made.facts(HALL, phone(confidence=0.95), at=at),
                "o": made.facts(
                    HALL, phone(), made.thing("calculator", 0.2, 0.4, layout=HALL), at=at
                ),
                "c": made.facts(HALL, at=at),
                "b": made.facts(HALL, at=at, gate=Gate("black")),
                "h": made.facts(HALL, at=at, zones={"desk_top": {"hidden": 0.6}}),
            }[what]
        )
    found = verdict(judge(*frames))
    assert (found.verdict, found.reason.code) == (expected, code)
    assert len(found.frames) == len(shows)
    assert found.frames_suspect == sum(w in "pP" for w in shows)
    assert found.frames_judged == sum(w in "pPc" for w in shows)


def test_two_cameras_of_one_desk_are_one_verdict() -> None:
    layout = made.hall(cameras=("C1", "C2"))
    seen = made.facts(layout, phone(layout), camera="C1")
    blind = made.facts(layout, camera="C2", at="10:05", gate=Gate("moved"))
    clean = made.facts(layout, camera="C2")
    assert verdict(judge(seen, blind, layout=layout)).verdict is Verdict.SUSPECT
    assert verdict(judge(seen, blind, layout=layout)).camera == "C1"
    assert verdict(judge(seen, clean, layout=layout)).verdict is Verdict.SUSPECT
    assert verdict(judge(blind, clean, layout=layout)).verdict is Verdict.PASS
    assert verdict(judge(blind, layout=layout)).reason.code == "gate_moved"


def test_a_desk_without_a_camera_says_so() -> None:
    layout = made.hall(desks=("D1", "D2"), kinds=["desk_top"])
    text = made.hall_text(desks=("D1",)).replace("desks:", "desks:\n  - {id: D9}")
    layout = made.hall(text)
    assert verdict(judge(layout=layout), desk="D9").reason.code == "no_camera"


def test_frames_of_other_days_and_cameras_are_counted_not_used() -> None:
    other = made.facts(HALL, phone(), day="2026-11-24")
    result = judge(other, made.facts(HALL), made.facts(HALL), expected_frames={"C1": 9, "C7": 3})
    c1 = result.coverage.cameras["C1"]
    assert (c1.expected, c1.given, c1.used) == (9, 3, 1)
    assert c1.refused == {"other_day": 1, "same_frame_twice": 1}
    assert result.coverage.cameras["C7"].given == 0


@pytest.mark.parametrize(
    ("day", "windows"),
    [
        ("2026-11-23", "WPN"),
        ("2026-11-22", "N"),  # a Sunday
        ("2026-10-05", "N"),  # National Day, a Monday
        ("2026-10-10", "WPN"),  # a Saturday worked in exchange (调休)
    ],
)
def test_a_closed_day_has_only_its_night(day: str, windows: str) -> None:
    result = judge(day=date.fromisoformat(day))
    assert {j.window for j in result.judgements} == set(windows)


def test_a_year_without_calendar_is_unjudged_with_a_sentence() -> None:
    result = judge(made.facts(HALL, phone(), day="2031-03-03"), day=date(2031, 3, 3))
    assert {j.reason.code for j in result.judgements} == {"calendar_year_unknown"}
    assert {j.verdict for j in result.judgements} == {Verdict.UNJUDGED}


def test_an_exception_is_neither_clean_nor_suspect() -> None:
    allowed = Registers(exceptions=(DeskException("D1", PHONE, made.DAY, "测试机"),))
    found = verdict(judge(made.facts(HALL, phone()), registers=allowed))
    assert (found.verdict, found.reason.code) == (Verdict.UNJUDGED, "exempt")


def test_per_frame_lines_name_desk_clause_and_window() -> None:
    result = judge(made.facts(HALL, phone()), made.facts(HALL, at="20:00"))
    own = [e for e in result.per_frame if e.desk == "D1" and e.clause == PHONE]
    assert [(e.window, e.verdict.verdict) for e in own] == [("W", Verdict.SUSPECT)]


def test_what_was_worked_out_from_facts_changes_neither_them_nor_their_stored_form() -> None:
    fresh, used = made.facts(HALL, phone()), made.facts(HALL, phone())
    first = judge(used)
    assert used.memo
    assert used == fresh
    assert judge(used) == first == judge(fresh)
    assert replace(used).memo == {}
    assert replace(used, things=()).of("phone") == ()


SHOWS = st.lists(
    st.tuples(st.integers(0, 59), st.sampled_from(["phone", "maybe", "clean", "black", "hidden"])),
    max_size=6,
    unique_by=lambda pair: pair[0],
)


def frames_of(shows: list[tuple[int, str]]) -> list[Facts]:
    out = []
    for minute, what in shows:
        at = f"10:{minute:02d}"
        if what == "black":
            out.append(made.facts(HALL, at=at, gate=Gate("black")))
        elif what == "hidden":
            out.append(made.facts(HALL, at=at, zones={"desk_top": {"hidden": 0.9}}))
        elif what == "clean":
            out.append(made.facts(HALL, at=at))
        else:
            out.append(made.facts(HALL, phone(sure=what == "phone", confidence=0.5), at=at))
    return out


@settings(max_examples=60)
@given(shows=SHOWS, data=st.data())
def test_the_order_of_frames_decides_nothing(shows: list[tuple[int, str]], data: Any) -> None:
    shuffled = data.draw(st.permutations(shows))
    assert judge(*frames_of(shows)) == judge(*frames_of(list(shuffled)))


@settings(max_examples=60)
@given(shows=SHOWS)
def test_frames_that_show_nothing_never_make_clean(shows: list[tuple[int, str]]) -> None:
    found = verdict(judge(*frames_of(shows)))
    kinds = {what for _, what in shows}
    if found.verdict is Verdict.PASS:
        assert "clean" in kinds
        assert "phone" not in kinds
    if found.verdict is Verdict.SUSPECT:
        assert "phone" in kinds


@settings(max_examples=60)
@given(shows=SHOWS, drop=st.integers(0, 5))
def test_taking_a_blind_frame_away_never_makes_clean(
    shows: list[tuple[int, str]], drop: int
) -> None:
    blind = [s for s in shows if s[1] in ("black", "hidden")]
    if not blind:
        return
    rest = [s for s in shows if s is not blind[drop % len(blind)]]
    before, after = verdict(judge(*frames_of(shows))), verdict(judge(*frames_of(rest)))
    assert before.verdict is after.verdict


@settings(max_examples=60)
@given(shows=SHOWS, at=st.integers(0, 5))
def test_blinding_a_frame_never_turns_a_doubt_into_clean(
    shows: list[tuple[int, str]], at: int
) -> None:
    """Of frames that all show the thing, or perhaps, none that goes blind makes the place clean."""
    if not shows:
        return
    before = verdict(judge(*frames_of(shows))).verdict
    shows[at % len(shows)] = (shows[at % len(shows)][0], "black")
    after = verdict(judge(*frames_of(shows))).verdict
    left = [what for _, what in shows]
    if before is Verdict.UNJUDGED and after is Verdict.PASS:
        assert left.count("maybe") < 2  # fewer doubts than a finding needs are left
        assert "clean" in left


@pytest.mark.parametrize(
    ("shows", "expected"),
    [
        (("clean", "maybe", "maybe"), Verdict.UNJUDGED),
        (("maybe", "clean", "black", "maybe"), Verdict.UNJUDGED),
        (("clean", "maybe", "clean"), Verdict.PASS),
        (("clean", "black", "hidden"), Verdict.PASS),
        (("black", "hidden"), Verdict.UNJUDGED),
    ],
)
def test_what_would_decide_and_was_not_plain_is_not_clean(
    shows: tuple[str, ...], expected: Verdict
) -> None:
    frames = frames_of([(10 * i, what) for i, what in enumerate(shows)])
    assert verdict(judge(*frames)).verdict is expected


def test_a_line_not_seen_once_is_not_drowned_by_frames_without_one() -> None:
    sights = [made.sight(HALL, made.facts(HALL, at=f"10:0{i}")) for i in range(4)]
    black = made.sight(HALL, made.facts(HALL, at="10:09", gate=Gate("black")))
    codes = ["too_few_things", "too_few_things", "line_not_seen", "too_few_things"]
    answers = [Answer(Verdict.UNJUDGED, Reason(code)) for code in (*codes, "gate_black")]
    outcome = combine_frames([*sights, black], answers, Persistence())
    assert outcome.answer is not None
    assert outcome.answer.reason.code == "line_not_seen"


def test_a_frame_that_failed_the_gate_does_not_set_up_what_is_not() -> None:
    sights = [made.sight(HALL, made.facts(HALL, at="10:00"))]
    sights += [
        made.sight(HALL, made.facts(HALL, at=f"10:1{i}", gate=Gate("black"))) for i in range(3)
    ]
    answers = [
        Answer(Verdict.UNJUDGED, Reason(code)) for code in ("no_reference", *["gate_black"] * 3)
    ]
    outcome = combine_frames(sights, answers, Persistence())
    assert outcome.answer is not None
    assert outcome.answer.reason.code == "no_reference"


WHOLE = """\
      - {id: floor, kind: floor, polygon: [[0.0, 0.92], [1.0, 0.92], [1.0, 1.0], [0.0, 1.0]]}
      - {id: cab, kind: cabinet_top, polygon: [[0.4, 0.0], [0.6, 0.0], [0.6, 0.05], [0.4, 0.05]]}
      - {id: lamp, kind: lamp, polygon: [[0.7, 0.0], [0.8, 0.0], [0.8, 0.05], [0.7, 0.05]]}
"""


@settings(max_examples=60)
@given(shows=SHOWS)
def test_what_is_seen_less_surely_bears_out_and_never_accuses(
    shows: list[tuple[int, str]],
) -> None:
    got = verdict(judge(*frames_of(shows))).verdict
    sure = [s for s in shows if s[1] == "phone"]
    perhaps = [s for s in shows if s[1] == "maybe"]
    without = [s for s in shows if s[1] != "maybe"]
    if not sure:
        assert got is not Verdict.SUSPECT
    elif perhaps:
        assert got is Verdict.SUSPECT  # the same place, half as sure at least
    if perhaps and without:
        after = verdict(judge(*frames_of(without))).verdict
        assert (got, after) != (Verdict.PASS, Verdict.SUSPECT)


def test_the_whole_pack_gives_every_place_a_verdict() -> None:
    layout = made.hall(extra=WHOLE)
    result = judge_day(
        layout, PACK, CALENDAR, [made.facts(layout), made.facts(layout, at="20:00")], day=made.DAY
    )
    keys = [(j.desk, j.clause, j.window) for j in result.judgements]
    assert len(keys) == len(set(keys))
    for row in PACK.judged_rows:
        places = {j.desk for j in result.judgements if j.clause == row.id}
        if row.spec.scope in ("desk", "all"):
            assert {"D1", "D2"} <= places, row.id
        if row.spec.scope == "camera":
            assert places == {"C1"}, row.id
        assert places, row.id
        for place in places:
            windows = {w for d, c, w in keys if (d, c) == (place, row.id)}
            assert windows == set(row.windows), (row.id, place)
    assert {j.verdict for j in result.judgements} <= {Verdict.PASS, Verdict.UNJUDGED}


def test_a_clause_for_hall_zones_says_so_where_none_is_drawn() -> None:
    found = verdict(judge(clauses=("1S-2-(3)",)), "1S-2-(3)", "made", "N")
    assert (found.verdict, found.reason.code) == (Verdict.UNJUDGED, "not_configured")


def test_a_hall_zone_is_judged_under_its_own_id() -> None:
    layout = made.hall(extra=WHOLE)
    carton = made.thing("carton", 0.5, 0.045, 0.06, 0.04, layout=layout)
    frames = [made.facts(layout, carton, at=at) for at in ("20:00", "21:00")]
    result = judge(*frames, layout=layout, clauses=("1S-2-(3)",))
    found = verdict(result, "1S-2-(3)", "cab", "N")
    assert (found.verdict, found.measured["things"]) == (Verdict.SUSPECT, "carton×1")


def test_an_optional_check_that_is_not_set_up_does_not_block_the_others() -> None:
    # 2S-2-(3)b also compares with a clean picture; this hall has none
    found = verdict(judge(made.facts(HALL)), "2S-2-(3)b")
    assert found.verdict is Verdict.PASS
    hidden = made.facts(HALL, zones={"desk_top": {"hidden": 0.9}})
    assert verdict(judge(hidden), "2S-2-(3)b").verdict is Verdict.UNJUDGED


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("on_one_line",), Verdict.PASS),
        (("on_one_line", "too_few_things"), Verdict.PASS),  # no such line in this hall
        (("on_one_line", "no_reference"), Verdict.PASS),
        (("on_one_line", "line_not_seen"), Verdict.UNJUDGED),
        (("on_one_line", "no_reference_now"), Verdict.UNJUDGED),
        (("on_one_line", "person_hides"), Verdict.UNJUDGED),
        (("off_the_line", "line_not_seen"), Verdict.SUSPECT),
        (("too_few_things", "no_shared_plane"), Verdict.UNJUDGED),
    ],
)
def test_clean_only_if_every_check_that_is_set_up_could_be_judged(
    codes: tuple[str, ...], expected: Verdict
) -> None:
    made_of = {"on_one_line": Verdict.PASS, "off_the_line": Verdict.SUSPECT}
    outcomes = [
        Outcome(Answer(made_of.get(code, Verdict.UNJUDGED), Reason(code)), optional=True)
        for code in codes
    ]
    for order in (outcomes, outcomes[::-1]):
        answer = combine_checks(order).answer
        assert answer is not None
        assert answer.verdict is expected


@pytest.mark.parametrize(
    ("light", "code"), [({}, "no_reference"), ({"day": 1}, "no_reference_now")]
)
def test_a_clean_picture_of_another_light_is_no_missing_set_up(
    light: dict[str, int], code: str
) -> None:
    sight = made.sight(HALL, made.facts(HALL))
    view = replace(sight.camera.view, reference=dict.fromkeys(light, "x.jpg"))
    seen = replace(sight, camera=replace(sight.camera, view=view))
    assert no_reference(seen).reason.code == code
