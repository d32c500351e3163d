"""The real ``serve`` killed in the middle of its night: the next one ends it, once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import cv2
import psutil
import pytest
from sqlalchemy import func, select

from service.audit import verify
from service.clock import utc_now
from service.db.models import DayVerdict, FrameRow, Lock, Run, RunFacts
from service.locks import NIGHTLY, owner_is_dead
from service.night import night_day
from service.schedule import Shift, last_planned
from tests.cameras.pictures import scene
from tests.service.made_up import Hall
from vision.seen import HALL_TZ

FRAMES = 7
WAIT_S = 150


@dataclass(frozen=True)
class Night:
    """A hall whose night is due now, and the log of who serves it."""

    hall: Hall
    at: str
    day: date

    @contextmanager
    def served(self, log: Path) -> Iterator[subprocess.Popen[bytes]]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = ["serve", "--port", str(port), "--data", str(self.hall.settings.data)]
        env = {**os.environ, "DESKCHECK_NIGHTLY_AT": self.at, "DESKCHECK_MIN_FREE_MB": "0"}
        with log.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "service.cli", *words],
                env=env, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        try:
            yield server
        finally:
            end(family(server.pid))
            server.wait()

    def until(self, true: Callable[[], bool], log: Path) -> None:
        end = time.monotonic() + WAIT_S
        while not true():
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)

    def facts(self) -> int:
        """Frames that were looked at and kept, while the night is on."""
        with self.hall.database.read() as session:
            return session.scalar(select(func.count()).select_from(RunFacts)) or 0

    def statuses(self) -> list[str]:
        with self.hall.database.read() as session:
            return list(session.scalars(select(Run.status)))

    def lock_owner(self) -> str | None:
        with self.hall.database.read() as session:
            row = session.get(Lock, NIGHTLY)
            return None if row is None else row.owner


def family(pid: int) -> list[psutil.Process]:
    """A process and all that it started."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def end(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    hall = Hall(tmp_path).set_up()
    at = f"{datetime.now(HALL_TZ):%H:%M}"  # planned a moment ago
    day = night_day(last_planned(utc_now(), at))
    for camera in ("cam1", "cam2"):
        for minute in range(FRAMES):
            done, data = cv2.imencode(".jpg", scene(100 * int(camera[-1]) + minute, 1280, 720))
            assert done
            name = f"{camera}_{day:%Y%m%d}T10{minute:02d}00.jpg"
            (hall.inbox / name).write_bytes(data.tobytes())
    yield Night(hall, at, day)
    hall.database.close()


@pytest.mark.parametrize("whole", [True, False], ids=["with its night", "its night lives on"])
def test_a_night_whose_server_is_killed_is_ended_once(
    whole: bool, night: Night, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.log", tmp_path / "second.log"
    with night.served(first) as server:
        night.until(lambda: night.facts() > 0, first)
        children = family(server.pid)[1:]
        assert children, "the night runs in a process of its own"
        # all at once, as when the machine's power goes; or the server alone
        for pid in (*(c.pid for c in children), server.pid) if whole else (server.pid,):
            os.kill(pid, signal.SIGKILL)
        assert server.wait() == -signal.SIGKILL
        assert night.statuses() == ["running"], "killed in the middle"
        owner = night.lock_owner()
        assert owner is not None
        if whole:
            night.until(lambda: owner_is_dead(owner), first)
        try:
            with night.served(second):
                night.until(lambda: night.statuses() != ["running"], second)
                night.until(lambda: night.lock_owner() is None, second)
                if whole:
                    text = second.read_bytes()
                    assert text.count(b"night_starts") == 1
                    assert b"night_put_off" not in text
                shift = Shift(
                    night.hall.database,
                    night.hall.settings.model_copy(update={"nightly_at": night.at}),
                )
                assert shift.owed() is None, "nothing is left to judge"
        finally:
            end(children)
    filed_once(night)


def filed_once(night: Night) -> None:
    with night.hall.database.read() as session:
        run = session.scalars(select(Run)).one()
        assert (run.status, run.day) == ("done", night.day)
        frames = session.scalars(select(FrameRow)).all()
        assert len(frames) == len({(f.camera, f.name) for f in frames}) == 2 * FRAMES
        assert all(f.gate is not None for f in frames)
        rows = session.scalars(select(DayVerdict)).all()
        assert rows
        places = {(r.day, r.desk, r.clause, r.window) for r in rows}
        assert len(places) == len(rows)
        assert {r.run_id for r in rows} == {run.id}
    assert night.facts() == 0
    assert verify(night.hall.database).ok
