"""Whatever the frames show and whatever is decided in between: a second run changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import func, select

from service.db.models import Finding
from tests.service.made_up import DAY, Hall, contents, next_day, phone
from vision.seen import Thing

THINGS = st.builds(
    phone,
    x=st.sampled_from([100.0, 104.0, 300.0]),
    y=st.just(300.0),
    confidence=st.sampled_from([0.5, 0.7, 0.9]),
    cls=st.sampled_from(["phone", "cup"]),
    lab=st.sampled_from([None, (20.0, 0.0, 0.0), (80.0, 0.0, 0.0)]),
)
FRAMES = st.dictionaries(
    st.tuples(
        st.sampled_from(["cam1", "cam2"]),
        st.integers(0, 2),
        st.sampled_from(["100000", "110000", "200000"]),
    ),
    st.lists(THINGS, max_size=2).map(tuple),
    max_size=8,
)
DECISIONS = st.lists(st.sampled_from(["open", "confirmed", "dismissed"]), max_size=6)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frames=FRAMES, decisions=DECISIONS)
def test_a_second_run_changes_nothing(
    frames: dict[tuple[str, int, str], tuple[Thing, ...]], decisions: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hall = Hall(Path(folder)).set_up()
        days = sorted({offset for _, offset, _ in frames})
        for (camera, offset, clock), things in frames.items():
            hall.add(camera, clock, *things, day=next_day(DAY, offset))
        for offset in days:
            day = next_day(DAY, offset)
            hall.run(day)
            decide_some(hall, decisions)
            before = contents(hall.database)
            hall.run(day)
            assert contents(hall.database) == before
            hall.run(day, again=True)
            after = contents(hall.database)
            before.pop("runs")
            after.pop("runs")
            assert after == before
        check_nothing_twice(hall)
        hall.database.close()


def decide_some(hall: Hall, decisions: list[str]) -> None:
    with hall.database.write() as session:
        findings = session.scalars(select(Finding).where(Finding.status == "open")).all()
        for finding, status in zip(findings, decisions, strict=False):
            if status != "open":
                finding.status, finding.decided_at = status, hall.now


def check_nothing_twice(hall: Hall) -> None:
    """Never two findings of one desk, clause and first day; ages are those of their days."""
    with hall.database.read() as session:
        twice = session.execute(
            select(Finding.desk, Finding.clause, Finding.day)
            .group_by(Finding.desk, Finding.clause, Finding.day)
            .having(func.count() > 1)
        ).all()
        assert twice == []
        for finding in session.scalars(select(Finding)):
            assert (finding.last_day - finding.day).days + 1 >= finding.nights >= 1
