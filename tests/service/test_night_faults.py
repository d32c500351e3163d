"""A night on a full disk, a locked database, a clock that goes back: said, then made good."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from service.db.engine import Database
from service.db.models import Finding, Run
from tests.service.made_up import Hall, contents, phone
from tests.service.night_book import rows
from vision.seen import BusyError, StoreError


def filled(folder: Path) -> Hall:
    hall = Hall(folder).set_up()
    for minute in range(3):
        hall.add("cam1", f"10{minute}000", phone())
        hall.add("cam2", f"10{minute}000")
    return hall


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setattr("service.db.engine.BUSY_SECONDS", 0.05)
    made = filled(tmp_path / "hall")
    yield made
    made.database.close()


def undisturbed(folder: Path) -> dict[str, int]:
    hall = filled(folder)
    hall.run()
    said = {name: len(found) for name, found in contents(hall.database).items()}
    hall.database.close()
    return said


@pytest.mark.parametrize("after", [0, 1, 5, 11])
def test_the_disk_fills_up_in_the_middle(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    left = [after]

    def fsync(_: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("service.store.os.fsync", fsync)
    with pytest.raises(StoreError, match="No space left on device"):
        hall.run()
    assert rows(hall, Finding) == [], "a day is filed whole or not at all"
    assert not list(hall.settings.media.rglob("*.draft"))
    monkeypatch.undo()
    report = hall.run()
    assert (report.counts["frames"], report.counts["findings_new"]) == (6, 1)
    assert {n: len(f) for n, f in contents(hall.database).items()} == undisturbed(tmp_path / "b")


def test_a_locked_database(hall: Hall) -> None:
    other = Database(str(hall.database.engine.url))
    with other.write(), pytest.raises(BusyError, match="stayed locked"):
        hall.run()
    other.close()
    assert hall.run().counts["findings_new"] == 1


def test_the_clock_goes_back_between_two_runs(hall: Hall) -> None:
    hall.run()
    before = contents(hall.database)
    hall.now -= timedelta(hours=5)
    assert hall.run().repeated
    assert contents(hall.database) == before
    hall.add("cam2", "113000", phone())
    assert hall.run().counts["findings_new"] == 2, "both are of this day"
    assert [r.status for r in rows(hall, Run)] == ["done", "done"]
    assert len(rows(hall, Finding)) == 2
