"""Figures add up to their rows; ranking is fair to who was seen less; absence is never clean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select, update

from service.db.models import Case, CaseStep, DayVerdict, LayoutVersion, Run
from service.reports.figures import clause_counts, person_scores, span_of, taken_of, unit_scores
from service.reports.frozen import as_json, differences, from_json
from service.reports.office import Office
from service.reports.papers.words import overview
from service.reports.points import PointsTable
from service.reports.shapes import CaseLine, Coverage, Kind, Report, Unscored
from tests.reports.made_up import LINES, SEEN, TABLE, TEXTS, line, report
from tests.web.seed import DAY, NOW, SmallBook, World
from vision.seen import HALL_TZ, InputError

DESKS = ("D1", "D2", "D3", "D4")


@pytest.fixture
def office(world: World) -> Office:
    return Office(world.settings, SmallBook())


def month(world: World, office: Office, as_of: datetime = NOW) -> Report:
    with world.database.read() as session:
        return office.report(session, world.halls["shiquan"], Kind.MONTH, DAY, as_of=as_of)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (Kind.DAY, "2026-03-11", "2026-03-11", "2026-03-11"),
        (Kind.WEEK, "2026-03-11", "2026-03-09", "2026-03-15"),
        (Kind.WEEK, "2026-01-01", "2025-12-29", "2026-01-04"),
        (Kind.MONTH, "2026-02-28", "2026-02-01", "2026-02-28"),
        (Kind.MONTH, "2024-02-01", "2024-02-01", "2024-02-29"),
        (Kind.MONTH, "2026-12-31", "2026-12-01", "2026-12-31"),
        (Kind.YEAR, "2026-07-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_period_of_a_day(kind: Kind, day: str, first: str, last: str) -> None:
    found = span_of(kind, date.fromisoformat(day))
    assert found == (date.fromisoformat(first), date.fromisoformat(last))


UNITS = st.sampled_from([("市场监管局", "W1"), ("税务局", "W3"), ("人社局", "W4"), ("", "")])
made_line = st.builds(
    lambda id, where, clause, recurrence, late, points, unscored, person: line(
        id, where[0], where[1], clause, recurrence=recurrence, late=late,
        points=0.0 if unscored else points, unscored=unscored,
        person_id=person, person="p" if person else "",
    ),
    st.integers(1, 10_000), UNITS, st.sampled_from(sorted(TEXTS)), st.integers(0, 2),
    st.booleans(), st.sampled_from([0.25, 0.5, 1.0, 2.5]),
    st.sampled_from([None, *Unscored]), st.sampled_from([None, 1, 2]),
)  # fmt: skip


@given(st.lists(made_line, max_size=30, unique_by=lambda made: made.id))
def test_every_figure_adds_up_to_its_rows(lines: list[CaseLine]) -> None:
    units, persons = unit_scores(lines, SEEN, TABLE), person_scores(lines, TABLE)
    counts = clause_counts(lines)
    stands = [made for made in lines if made.unscored is not Unscored.UPHELD]
    by_id = {made.id: made for made in lines}
    in_windows = [made for made in stands if made.window]
    assert sum(unit.cases for unit in units) == len(in_windows)
    assert sum(count.cases for count in counts) == len(stands)
    assert round(sum(unit.taken for unit in units), 2) == taken_of(in_windows)
    for unit in units:
        rows = [by_id[id] for id in unit.case_ids]
        assert len(rows) == unit.cases
        assert unit.taken == round(sum(row.points for row in rows), 2)
        assert unit.score == round(TABLE.base - unit.taken, 2)
        assert unit.late == sum(row.late for row in rows)
    for person in persons:
        assert person.taken == taken_of([by_id[id] for id in person.case_ids])
    ranks = sorted(unit.rank for unit in units if unit.rank is not None)
    assert not ranks or ranks[0] == 1
    assert not any(unit.rank for unit in units if unit.coverage.share < TABLE.rank_least)


def test_who_was_seen_less_is_not_first_for_it() -> None:
    """Same points, a tenth of the checks: ten times the rate."""
    seen = {
        "much": (Coverage(1000, 0, 0, 0), frozenset({"W1"})),
        "less": (Coverage(100, 0, 50, 0), frozenset({"W2"})),
        "dark": (Coverage(10, 0, 0, 990), frozenset({"W3"})),
        "never": (Coverage(0, 0, 0, 500), frozenset({"W4"})),
    }
    lines = [line(1, "much", "W1"), line(2, "less", "W2")]
    found = {unit.unit: unit for unit in unit_scores(lines, seen, TABLE)}
    assert (found["much"].rank, found["much"].per_thousand) == (1, 0.5)
    assert (found["less"].rank, found["less"].per_thousand) == (2, 5.0)
    assert (found["dark"].rank, found["dark"].score) == (None, 100.0)
    assert (found["never"].rank, found["never"].per_thousand) == (None, None)


def test_equals_share_a_place_and_the_next_is_counted_on() -> None:
    seen = {u: (Coverage(100), frozenset({u})) for u in "abc"}
    found = unit_scores([line(1, "c", "c")], seen, TABLE)
    assert [(unit.unit, unit.rank) for unit in found] == [("a", 1), ("b", 1), ("c", 3)]


def test_a_chief_carries_their_share_and_a_person_only_what_is_theirs() -> None:
    lines = [
        line(1, "u", "W1", chief="张首席"),
        line(2, "u", "W1", chief="张首席", person_id=4, person="陈晓"),
        line(3, "u", "W1"),
    ]
    table = TABLE.model_copy(update={"chief_share": 0.5})
    found = {(p.role, p.name): p for p in person_scores(lines, table)}
    assert set(found) == {("chief", "张首席"), ("person", "陈晓")}
    assert (found["chief", "张首席"].taken, found["person", "陈晓"].taken) == (0.5, 0.5)
    assert found["chief", "张首席"].case_ids == (1, 2)


def test_the_hall_counts_its_confirmed_case_and_nothing_else(world: World, office: Office) -> None:
    found = month(world, office)
    assert [made.number for made in found.lines] == ["shiquan-2026-0001"]
    assert found.lines[0].points == TABLE.deduct["2S-2-(4)"]
    assert found.flags.waiting == found.flags.found == 4
    mine = next(unit for unit in found.units if unit.unit == "市场监管局")
    assert (mine.cases, mine.taken, mine.case_ids) == (1, 0.5, (world.cases["shiquan"][0],))


@pytest.mark.parametrize(
    ("state", "lines", "points"),
    [("confirmed", 1, 0.5), ("rejected", 0, 0), ("pending", 0, 0), ("appealed", 1, 0),
     ("appeal_upheld", 1, 0), ("closed", 1, 0.5)],
)  # fmt: skip
def test_only_what_stands_takes_points(
    world: World, office: Office, state: str, lines: int, points: float
) -> None:
    id = world.cases["shiquan"][0]
    with world.database.write() as session:
        session.add(
            CaseStep(
                case_id=id, at=NOW - timedelta(hours=1), user_id=1, step="close",
                from_state="confirmed", to_state=state,
            )
        )  # fmt: skip
    found = month(world, office)
    assert (len(found.lines), taken_of(found.lines)) == (lines, points)
    # as it stood before, whatever happened since
    assert taken_of(month(world, office, NOW - timedelta(hours=2)).lines) == 0.5


def test_a_trial_hall_reports_and_does_not_score(world: World, office: Office) -> None:
    with world.database.write() as session:
        text = session.scalars(select(LayoutVersion.yaml)).first()
        session.execute(update(LayoutVersion).values(yaml=f"hall: {{mode: trial}}\n{text}"))
        session.execute(update(LayoutVersion).values(created_at=NOW - timedelta(days=30)))
    found = month(world, office)
    assert [made.unscored for made in found.lines] == [Unscored.TRIAL]
    assert {unit.taken for unit in found.units} == {0}
    assert found.trial_days == found.days_checked == 1
    assert "试行期内发现的问题只通报、不计分" in "".join(overview(found))


def test_cells_without_a_frame_are_missing_and_said_so(world: World, office: Office) -> None:
    before = month(world, office).coverage
    with world.database.write() as session:
        session.execute(
            update(DayVerdict)
            .where(DayVerdict.hall_id == world.halls["shiquan"])
            .values(verdict="unjudged", frames_used=0)
        )
    found = month(world, office)
    assert before.judged > 0
    assert found.coverage == Coverage(missing=before.expected)
    assert {unit.rank for unit in found.units} == {None}
    assert f"{before.expected} 项次未拍到,均不作合格处理" in overview(found)[0]


@pytest.mark.parametrize("status", ["failed", "running"])
def test_a_night_that_failed_is_a_day_that_was_not_checked(
    world: World, office: Office, status: str
) -> None:
    with world.database.write() as session:
        session.execute(update(Run).values(status=status))
    later = datetime(2026, 3, 14, 9, tzinfo=HALL_TZ)
    found = month(world, office, later)
    assert (found.days_checked, found.workdays) == (0, 10)
    assert DAY in found.workdays_unchecked


def test_a_period_that_has_not_begun_is_refused(world: World, office: Office) -> None:
    with world.database.read() as session, pytest.raises(InputError, match="还没有开始"):
        office.report(session, 1, Kind.MONTH, date(2027, 1, 1), as_of=NOW)


def test_the_year_has_no_score_for_a_month_that_was_not_checked(
    world: World, office: Office
) -> None:
    with world.database.read() as session:
        found = office.report(session, world.halls["shiquan"], Kind.YEAR, DAY, as_of=NOW)
    mine = next(made for made in found.years if made.unit == "市场监管局")
    cells = {cell.month: cell for cell in mine.months}
    assert cells[1].coverage is None
    assert cells[3].coverage
    assert (mine.taken, mine.mean_score) == (0.5, 99.5)


def test_frozen_figures_come_back_the_same_and_differences_are_named() -> None:
    made = report()
    assert from_json(as_json(made)) == made
    changed = replace(made, frames=1, lines=(replace(LINES[0], points=9.0), *LINES[1:]))
    assert list(differences(as_json(made), as_json(changed))) == [
        "frames: 1920 → 1",
        "lines[0].points: 0.5 → 9.0",
    ]
    assert list(differences(as_json(made), as_json(replace(made, lines=LINES[:2])))) == [
        "lines: 7 → 2 entries"
    ]


def test_a_saved_table_counts_from_its_first_day_on(world: World, office: Office) -> None:
    from service.auth.roles import Role
    from service.auth.viewer import Viewer
    from service.reports.points import StalePoints, save_table

    hall = world.halls["shiquan"]
    admin = Viewer(world.users["admin"], "admin", "王管理", Role.ADMIN, frozenset({hall}), "")
    dear = PointsTable(deduct={"2S-2-(4)": 7})
    kept: dict[str, Any] = {"effective_from": date(2026, 3, 9), "note": "", "now": NOW}
    assert save_table(world.database, admin, hall, dear, base_version=0, **kept) == 1
    with pytest.raises(StalePoints):
        save_table(world.database, admin, hall, dear, base_version=0, **kept)
    assert month(world, office).lines[0].points == 7
    with world.database.write() as session:
        session.execute(update(Case).values(day=date(2026, 3, 8)))
    assert month(world, office).lines[0].points == 0.5
