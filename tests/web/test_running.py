"""A night that is going on shows its figures, to those whose hall it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.db.models import FrameRow, Media, Run, RunFacts
from service.review.running import Running, running
from tests.web.conftest import Login
from tests.web.seed import DAY, NOW, World


def begin(world: World, *, facts: int, gated: int, thumbs: int) -> None:
    """The first hall's night is running: so many frames have facts, a gate, a new thumbnail."""
    hall = world.halls["shiquan"]
    with world.database.write() as session:
        session.execute(
            update(Run)
            .where(Run.hall_id == hall)
            .values(status="running", started_at=NOW, heartbeat_at=NOW, finished_at=None)
        )
        frames = session.scalars(
            select(FrameRow).where(FrameRow.hall_id == hall).order_by(FrameRow.id)
        ).all()
        for i, frame in enumerate(frames):
            frame.gate = "ok" if i < gated else None
            if i < facts:
                session.add(RunFacts(frame_id=frame.id, key="k", facts={}))
            later = NOW + timedelta(minutes=1) if i < thumbs else NOW - timedelta(days=1)
            session.execute(
                update(Media).where(Media.frame_id == frame.id).values(created_at=later)
            )


def total(world: World) -> int:
    with world.database.read() as session:
        query = select(FrameRow).where(FrameRow.hall_id == world.halls["shiquan"])
        return len(session.scalars(query).all())


def stand(world: World, minutes: float = 1) -> Running:
    with world.database.read() as session:
        (found,) = running(session, world.halls.values(), NOW + timedelta(minutes=minutes))
    return found


@pytest.mark.parametrize(
    ("facts", "thumbs", "stage", "done"),
    [(0, 0, "look", 0), (3, 0, "look", 3), (-1, 0, "picture", 0), (-1, 2, "picture", 2),
     (-1, -1, "judge", -1)],
)  # fmt: skip
def test_stages_and_figures(world: World, facts: int, thumbs: int, stage: str, done: int) -> None:
    with world.database.read() as session:
        hall = world.halls["shiquan"]
        pictured = len(
            session.scalars(
                select(Media).join(FrameRow).where(FrameRow.hall_id == hall, Media.kind == "thumb")
            ).all()
        )
    every = total(world)
    looked = every if facts < 0 else facts
    begin(world, facts=looked, gated=pictured if facts < 0 else looked, thumbs=thumbs % 1000)
    found = stand(world)
    assert (found.hall_id, found.day, found.stage) == (world.halls["shiquan"], DAY, stage)
    if stage == "look":
        assert (found.done, found.total) == (done, every)
    elif stage == "picture":
        assert (found.done, found.total) == (done, pictured)
    else:
        assert found.done == found.total == pictured


def test_a_run_that_does_not_stir_is_called_silent(world: World) -> None:
    begin(world, facts=0, gated=0, thumbs=0)
    assert [stand(world, minutes).silent for minutes in (1, 5, 6)] == [False, False, True]


def test_the_page_shows_it_and_asks_again_until_it_ends(login: Login, world: World) -> None:
    client = login()
    assert 'hx-get="/running"' not in client.get("/").text
    begin(world, facts=2, gated=2, thumbs=0)
    page = client.get("/").text
    assert 'hx-get="/running"' in page
    part = client.get("/running")
    assert (part.status_code, f"2/{total(world)}" in part.text) == (200, True)
    with world.database.write() as session:
        session.execute(update(Run).values(status="done"))
    last = client.get("/running")
    assert (last.status_code, last.headers["HX-Refresh"]) == (200, "true")


def test_another_halls_night_is_not_shown(login: Login, world: World) -> None:
    begin(world, facts=2, gated=2, thumbs=0)
    answer = login("other").get("/running")
    assert "HX-Refresh" in answer.headers
    assert "running-" not in answer.text
