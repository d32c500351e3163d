"""A database that somebody else holds: capture says so, and loses and doubles nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from service.db.engine import Database
from service.plan import SpotPlan
from tests.cameras.made_hall import DAY, MadeHall, config
from tests.cameras.pictures import jpeg
from vision.seen import BusyError

ONE = SpotPlan(per_half_day=1, burst=1)
EVENING = DAY + timedelta(hours=22)


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MadeHall]:
    monkeypatch.setattr("service.db.engine.BUSY_SECONDS", 0.05)
    made = MadeHall(tmp_path).set_up(config("cam1"), config("cam2"), plan=ONE)
    yield made
    made.database.close()


@contextmanager
def held(hall: MadeHall) -> Iterator[None]:
    """Another program writes and does not end."""
    other = Database(str(hall.database.engine.url))
    try:
        with other.write():
            yield
    finally:
        other.close()


def test_locked_from_the_start(hall: MadeHall) -> None:
    with held(hall), pytest.raises(BusyError, match="stayed locked"):
        hall.at(EVENING).run()
    assert hall.calls == {}, "nobody was asked for a picture that could not be filed"
    assert hall.run().halls[0].taken == 2


def test_locked_while_a_still_is_on_its_way(hall: MadeHall) -> None:
    other = Database(str(hall.database.engine.url))
    writer = other.write()

    def take(call: int) -> bytes:
        if call == 1:
            writer.__enter__()
        return jpeg(call)

    hall.scripts["cam1"] = take
    with pytest.raises(BusyError, match="stayed locked"):
        hall.at(EVENING).run()
    writer.__exit__(None, None, None)
    other.close()
    # the run could not even give back its lock: it is taken over once it was silent long enough
    hall.at(EVENING + timedelta(seconds=hall.settings.lock_stale_seconds + 1)).run()
    assert sorted(v for k, v in hall.states().items() if "/N/" in k) == ["taken", "taken"]
    assert hall.calls["cam1"] == 1, "its still lay on the disk already"
    assert len(hall.filed()) == 2


def test_readers_are_not_kept_waiting(hall: MadeHall) -> None:
    hall.at(EVENING).run()
    with held(hall):
        assert len(hall.states()) == 8
