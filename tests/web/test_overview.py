"""Trends count what stands confirmed, by day and week, within the viewer's sight; precision too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.db.models import Case, Finding
from service.review.precision import load_precision, wilson
from service.review.trends import Step, Unit, count_trends, steps_until
from tests.web.conftest import Login, Wall
from tests.web.seed import DAY, NOW, World

CLAUSE = "2S-2-(4)"


def add_cases(world: World, hall: str, rows: list[tuple[str, int, str, str]]) -> None:
    """Rows of (clause, days ago, window, state)."""
    hall_id = world.halls[hall]
    with world.database.write() as session:
        for n, (clause, ago, window, state) in enumerate(rows):
            session.add(
                Case(
                    number=f"{hall}-T-{n:04d}",
                    hall_id=hall_id,
                    channel="camera",
                    state=state,
                    day=DAY - timedelta(days=ago),
                    desk="D1",
                    desk_name="1号工位",
                    window=window,
                    unit="税务局" if window == "W2" else "",
                    clause=clause,
                    clause_text="x",
                    pack_version="t",
                    confirmed_at=NOW,
                    confirmed_by_id=world.users["inspector"],
                    updated_at=NOW,
                )
            )


@pytest.fixture
def inspector(world: World) -> Viewer:
    halls = frozenset({world.halls["shiquan"]})
    return Viewer(world.users["inspector"], "inspector", "李巡检", Role.INSPECTOR, halls, "k")


@pytest.mark.parametrize(
    ("step", "first", "last", "number"),
    [("day", date(2026, 2, 10), DAY, 30), ("week", date(2025, 12, 22), date(2026, 3, 9), 12)],
)
def test_the_steps_end_with_today(step: Step, first: date, last: date, number: int) -> None:
    steps = steps_until(DAY, step)
    assert (steps[0], steps[-1], len(steps)) == (first, last, number)


def test_only_what_stands_confirmed_counts(world: World, inspector: Viewer) -> None:
    rows = [
        ("A", 0, "W2", "confirmed"),
        ("A", 1, "W3", "closed"),
        ("A", 1, "W3", "appealed"),
        ("B", 29, "W2", "assigned"),
        ("A", 0, "W2", "pending"),
        ("A", 0, "W2", "rejected"),
        ("A", 0, "W2", "appeal_upheld"),
        ("A", 30, "W2", "closed"),
    ]
    add_cases(world, "shiquan", rows)
    add_cases(world, "chengguan", [("A", 0, "W2", "confirmed")])
    hall = world.halls["shiquan"]
    with world.database.read() as session:
        found = count_trends(session, inspector, {hall}, today=DAY, step="day")
        weeks = count_trends(session, inspector, {hall}, today=DAY, step="week")
        # of a hall that is not theirs nothing comes, even when asked for by name
        other = count_trends(session, inspector, set(world.halls.values()), today=DAY, step="day")
    # one case of two days ago is in the seed: clause 2S-2-(4), 市场监管局
    assert found.by_clause["A"] == [0] * 28 + [2, 1]
    assert found.by_clause["B"] == [1] + [0] * 29
    assert found.by_clause[CLAUSE] == [0] * 27 + [1, 0, 0]
    assert next(iter(found.by_clause)) == "A"
    assert {unit.name: sum(n) for unit, n in found.by_unit.items()} == {
        "税务局": 2,
        "W3": 2,
        "市场监管局": 1,
    }
    assert Unit(hall, "W3") in found.by_unit
    assert found.total == other.total == 5
    assert (weeks.by_clause["A"][-1], weeks.total) == (3, 6)


def test_a_chief_sees_the_trend_of_their_own_windows_only(world: World, login: Login) -> None:
    add_cases(world, "shiquan", [("2S-2-(5)", 0, "W2", "confirmed")])
    html = login("chief").get("/overview").text
    assert CLAUSE in html
    assert "2S-2-(5)" not in html
    assert "税务局" not in html
    assert "识别准确率" not in html


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (8, 10, 0.4902, 0.9433),
        (500, 1000, 0.4691, 0.5309),
    ],
)
def test_wilson_gives_the_published_values(hits: int, n: int, low: float, high: float) -> None:
    assert list(wilson(hits, n)) == pytest.approx([low, high], abs=1e-4)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_the_interval_holds_the_share(hits: int, misses: int) -> None:
    n = hits + misses
    low, high = wilson(hits, n)
    assert 0.0 <= low <= (hits / n if n else 0.5) <= high <= 1.0


def test_precision_counts_verdicts_of_people_on_camera_findings(world: World) -> None:
    hall, ids = world.halls["shiquan"], world.findings["shiquan"]
    with world.database.write() as session:
        for finding_id, state in zip(
            ids, ("confirmed", "dismissed", "open", "confirmed"), strict=True
        ):
            finding = session.get_one(Finding, finding_id)
            finding.status, finding.clause, finding.camera = state, "A", "CAM1"
        session.get_one(Finding, ids[3]).source = "manual"
    with world.database.read() as session:
        found = load_precision(session, {hall}, since=DAY)
        later = load_precision(session, {hall}, since=DAY + timedelta(days=1))
    clause, camera = found.by_clause["A"], found.by_camera[hall, "CAM1"]
    assert (clause.confirmed, clause.dismissed, clause.n, clause.share) == (1, 1, 2, 0.5)
    assert camera == clause
    assert (clause.low, clause.high) == wilson(1, 2)
    assert later.by_clause == {}


def test_the_pages_show_charts_with_a_table_and_what_is_overdue(login: Login, world: World) -> None:
    add_cases(world, "shiquan", [("2S-2-(5)", 3, "W2", "assigned")] * 1)
    with world.database.write() as session:
        case = session.query(Case).filter_by(number="shiquan-T-0000").one()
        case.due_day = DAY - timedelta(days=1)
    client = login("inspector")
    html = client.get("/overview?step=week").text
    assert html.count("data-chart=") == 2
    assert '<th scope="row">税务局</th><td class="num"><b>1</b>' in html
    assert "chengguan" not in html
    assert "城关镇" not in html
    part = client.get("/overview/trends").text
    assert part.count("data-chart=") == 2
    assert "<html" not in part
    start = client.get("/").text
    assert f"/ledger?hall={world.halls['shiquan']}&amp;overdue=true" in start
    assert "echarts" not in start
    assert "charts-" not in start, "the start page itself loads no chart library"


def test_a_hall_that_is_not_theirs_gives_an_empty_overview(login: Login, world: World) -> None:
    answer = login("inspector").get(f"/overview?hall={world.halls['chengguan']}")
    assert answer.status_code == 200
    assert "data-chart" not in answer.text


def test_halls_that_have_stopped_show_their_last_figures_with_their_date(
    login: Login, world: World, wall: Wall
) -> None:
    add_cases(world, "shiquan", [("2S-2-(5)", 3, "W2", "assigned")])
    assert "数字截至" not in login().get("/overview").text
    wall.forward(days=200)
    client = login()
    for path in ("/overview?step=day", "/overview?step=week", "/overview/trends"):
        page = client.get(path).text
        assert f"数字截至 {DAY}" in page, path
        assert '<th scope="row">税务局</th><td class="num"><b>1</b>' in page, path
