"""One at a time: a named lock in the database, with its owner and its age.

A lock whose owner died (its process on this machine is gone, or it gave no sign of life for so
long) is taken over; the one who lost it finds out at its next sign of life and stops.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

import psutil
from sqlalchemy import delete, update
from sqlalchemy.engine import CursorResult

from service.clock import Clock, utc_now
from service.db.engine import Database
from service.db.models import Lock
from vision.seen import BusyError, StoreError

NIGHTLY: Final = "nightly"


def owner_name() -> str:
    """Who this process is: machine, process, the process's start, and a random mark."""
    started = int(psutil.Process().create_time())
    return f"{socket.gethostname()}:{os.getpid()}:{started}:{secrets.token_hex(4)}"


def owner_is_dead(owner: str) -> bool:
    """Whether the owner was a process of this machine that is no longer there."""
    parts = owner.rsplit(":", 3)
    if len(parts) != 4 or parts[0] != socket.gethostname():
        return False  # somebody else's machine: only its silence tells
    try:
        process = psutil.Process(int(parts[1]))
        if process.status() == psutil.STATUS_ZOMBIE:
            return True
        return abs(process.create_time() - int(parts[2])) > 2
    except (psutil.NoSuchProcess, ValueError):
        return True
    except psutil.AccessDenied:
        return False


class Held:
    """A lock that is held; ``beat`` is the sign of life."""

    def __init__(self, database: Database, name: str, owner: str, clock: Clock) -> None:
        self.database = database
        self.name = name
        self.owner = owner
        self.clock = clock
        self._last = clock()

    def beat(self, *, every: float = 5.0) -> None:
        """Say that the owner lives, at most every so many seconds; BusyError when it was lost."""
        now = self.clock()
        if abs((now - self._last).total_seconds()) < every:
            return
        self._last = now
        with self.database.write() as session:
            done = session.execute(
                update(Lock)
                .where(Lock.name == self.name, Lock.owner == self.owner)
                .values(heartbeat_at=now)
            )
            assert isinstance(done, CursorResult)  # noqa: S101 - tells the type
            if done.rowcount == 0:
                raise BusyError(
                    f"The lock '{self.name}' was taken over by another process because this one "
                    "gave no sign of life for too long; this run stops."
                )


@contextmanager
def hold(
    database: Database, name: str, *, stale_seconds: int, clock: Clock = utc_now
) -> Iterator[Held]:
    """Hold the lock, or raise BusyError with its owner and age."""
    owner = owner_name()
    with database.write() as session:
        now = clock()
        row = session.get(Lock, name)
        if row is not None and not _may_take(row, now, stale_seconds):
            age = int((now - row.acquired_at).total_seconds())
            host, pid, *_ = row.owner.rsplit(":", 3)
            raise BusyError(
                f"Another run holds the lock '{name}': process {pid} on {host}, for {age} s. "
                "Wait for it to end; a dead one is taken over by itself."
            )
        if row is not None:
            session.delete(row)
            session.flush()
        session.add(Lock(name=name, owner=owner, acquired_at=now, heartbeat_at=now))
    try:
        yield Held(database, name, owner, clock)
    finally:
        # a full disk or a locked database keeps the row: it is taken over when it was silent long
        # enough, and what went wrong in the run itself must be what is said
        with suppress(BusyError, StoreError), database.write() as session:
            session.execute(delete(Lock).where(Lock.name == name, Lock.owner == owner))


def _may_take(row: Lock, now: datetime, stale_seconds: int) -> bool:
    if owner_is_dead(row.owner):
        return True
    # a clock that was put back must not keep a lock alive for ever
    return abs(now - row.heartbeat_at) > timedelta(seconds=stale_seconds)
