"""Killed at any point: nothing is lost, nothing is filed twice."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from service.db.engine import Database
from service.db.models import Decision, Finding
from service.store import MediaStore
from tests.service.made_up import DAY as DAY, Hall, contents, next_day, person, phone

LATER = next_day(DAY)


def copy_of(prepared: Hall, folder: Path) -> Hall:
    """The same data folder again; the inbox stays where the database says it is."""
    shutil.copytree(prepared.settings.data, folder / "data")
    hall = Hall(folder)
    hall.shows = prepared.shows
    return hall


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    hall = set_up(tmp_path_factory.mktemp("prepared"))
    hall.database.close()
    return hall


def set_up(folder: Path) -> Hall:
    """Two days: the first is filed and decided on, the second waits with all kinds of frames."""
    hall = Hall(folder).set_up()
    for camera in ("cam1", "cam2"):
        hall.add(camera, "100000", phone(confidence=0.9), phone(cls="cup", x=240))
    hall.run()
    with hall.database.write() as session:
        session.get_one(Finding, 1).status = "dismissed"
        session.add(Decision(finding_id=1, action="dismiss", at=hall.now))
    for minute in range(10, 16):
        hall.add("cam1", f"10{minute}00", phone(), person(), day=LATER)
        hall.add("cam2", f"10{minute}00", phone(x=300.0 + minute * 2), day=LATER)
    (hall.inbox / f"cam1_{LATER:%Y%m%d}T120000.jpg").write_bytes(b"\xff\xd8 cut")
    return hall


def in_child(folder: Path, shows: dict[str, Any], before: Callable[[Hall], None]) -> int:
    """Run the second day's night in a child process; gives how it ended (0 or minus the signal)."""
    child = os.fork()
    if child == 0:
        try:
            hall = Hall(folder)
            hall.shows = shows
            before(hall)
            hall.run(LATER)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child must never go on with the parent's tests
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def dies_at(count: int) -> Callable[[Hall], None]:
    """Dies at the count-th thing on its way to the disk: a commit, or a picture just written."""

    def arm(hall: Hall) -> None:
        left = [count]

        def step(*_: object) -> None:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        put = MediaStore.put

        def put_and_step(self: MediaStore, path: str, data: bytes) -> Any:
            stored = put(self, path, data)
            step()
            return stored

        # in the child alone, which ends here: nothing has to be put back
        MediaStore.put = put_and_step  # type: ignore[method-assign]
        event.listen(hall.database.engine, "commit", step)

    return arm


def checked(hall: Hall) -> dict[str, list[tuple[Any, ...]]]:
    said = contents(hall.database)
    # a run that was killed and whose work was done over is not there twice either
    assert len(said["runs"]) == 2
    assert said["run_facts"] == []
    return said


@pytest.fixture(scope="module")
def undisturbed(
    prepared: Hall, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[Any, ...]]]:
    hall = copy_of(prepared, tmp_path_factory.mktemp("undisturbed"))
    hall.run(LATER)
    return checked(hall)


def same_but_numbers(said: dict[str, list[tuple[Any, ...]]]) -> dict[str, Any]:
    """Row counts of all tables, and everything of those whose numbers people see."""
    whole = {"findings", "finding_days", "finding_frames", "day_verdicts", "decisions", "frames"}
    return {k: v if k in whole else len(v) for k, v in said.items()}


def test_killed_at_every_point_in_turn(
    prepared: Hall, tmp_path: Path, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    point, ended = 0, -signal.SIGKILL
    while ended != 0:
        point += 3
        hall = copy_of(prepared, tmp_path / str(point))
        hall.database.close()
        ended = in_child(hall.folder, hall.shows, dies_at(point))
        assert ended in (0, -signal.SIGKILL)
        hall.database = Database.of(hall.settings)
        with hall.database.read() as session:  # what was filed before stands, whatever happened
            assert session.get_one(Finding, 1).status == "dismissed"
        report = hall.run(LATER)
        assert report.counts["frames"] == 13
        assert same_but_numbers(checked(hall)) == same_but_numbers(undisturbed), point
        on_disk = {p.name for p in hall.settings.media.rglob("*.jpg") if p.name[0] != "."}
        assert len(on_disk) == len(contents(hall.database)["media"])
        hall.database.close()
    assert point > 30


def test_killed_again_and_again_at_random_moments(
    prepared: Hall, tmp_path: Path, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    draw = random.Random(20260311)
    hall = copy_of(prepared, tmp_path)
    hall.database.close()
    for _ in range(10):
        child = os.fork()
        if child == 0:
            try:
                again = Hall(hall.folder)
                again.shows = hall.shows
                again.run(LATER)
                os._exit(0)
            except BaseException:  # noqa: BLE001 - a child must never go on with the tests
                os._exit(1)
        time.sleep(draw.uniform(0.005, 0.4))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    hall.database = Database.of(hall.settings)
    hall.run(LATER)
    assert same_but_numbers(checked(hall)) == same_but_numbers(undisturbed)


def test_killed_at_30_random_points(
    prepared: Hall, tmp_path: Path, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    """Ten nights, each killed three times at points drawn at random, then left to end."""
    draw = random.Random(30)
    for night in range(10):
        hall = copy_of(prepared, tmp_path / str(night))
        hall.database.close()
        for _ in range(3):
            point = draw.randint(1, 20)
            assert in_child(hall.folder, hall.shows, dies_at(point)) == -signal.SIGKILL, point
        hall.database = Database.of(hall.settings)
        hall.run(LATER)
        assert same_but_numbers(checked(hall)) == same_but_numbers(undisturbed), night
        hall.database.close()


def test_a_killed_run_goes_on_where_it_was(prepared: Hall, tmp_path: Path) -> None:
    hall = copy_of(prepared, tmp_path)
    hall.database.close()
    assert in_child(hall.folder, hall.shows, dies_at(6)) == -signal.SIGKILL
    hall.database = Database.of(hall.settings)
    hall.looked.clear()
    hall.run(LATER)
    assert 0 < len(hall.looked) < 13  # cameras that were through are not looked at again
