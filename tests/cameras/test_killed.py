"""Capture killed at any point: nothing is lost, nothing is filed twice."""

from __future__ import annotations

import os
import random
import shutil
import signal
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, select

from service.audit import verify
from service.db.camera_tables import SpotResult
from service.plan import SpotPlan
from tests.cameras.made_hall import DAY, MadeHall, config

ONE = SpotPlan(per_half_day=1, burst=1)

LAST_POINT = 15
"""A run over two cameras writes, renames and commits at least so many times."""


def killed_at(hall: MadeHall, point: int) -> bool:
    """Run capture in a child that dies (SIGKILL) at its n-th write or commit; was it killed?"""
    hall.database.close()
    child = os.fork()
    if child == 0:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

        fsync, move = os.fsync, Path.replace

        def counted_fsync(handle: int) -> None:
            step()
            fsync(handle)

        def counted_move(self: Path, target: Path) -> Path:
            step()
            return move(self, target)

        # in the child alone, which ends here: nothing has to be put back
        os.fsync = counted_fsync  # type: ignore[assignment]
        Path.replace = counted_move  # type: ignore[assignment,method-assign]
        try:
            mine = MadeHall(hall.folder, now=hall.now)
            event.listen(mine.database.engine, "commit", step)
            mine.run()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_at_any_point_nothing_is_lost_and_nothing_twice(tmp_path: Path) -> None:
    """kill -9 at 30 points, drawn at random of all there are; the next run ends what was begun."""
    killed = 0
    draw = random.Random(20260311)
    folder, fresh = tmp_path / "hall", tmp_path / "fresh"
    folder.mkdir()
    MadeHall(folder).set_up(config("cam1"), config("cam2"), plan=ONE).database.close()
    shutil.copytree(folder, fresh)
    while killed < 30:
        point = draw.randint(1, LAST_POINT)
        shutil.rmtree(folder)
        shutil.copytree(fresh, folder)  # in the same place: the database names the inbox
        hall = MadeHall(folder)
        hall.at(DAY + timedelta(hours=23))
        assert killed_at(hall, point), f"a run has fewer than {point} points"
        killed += 1
        hall.run()
        hall.run()
        with hall.database.read() as session:
            rows = session.scalars(select(SpotResult).where(SpotResult.state == "taken")).all()
            kept = {f"20260311/{r.name}": r.sha256 for r in rows}
        assert len(kept) == 2, point
        assert kept == hall.filed(), point
        assert verify(hall.database).ok
        hall.database.close()
