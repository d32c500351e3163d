"""Looks at pictures, written to the audit log before a picture leaves, many in one transaction.

A list page asks for dozens of small pictures at once; a transaction each would make them wait in
line for the disk.  Whoever comes while another's transaction is under way is written with the next
one, and nobody is let go before his own look is in the log.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.audit import append
from service.db.engine import Database


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at which picture, when; ``kind`` says whose number ``media_id`` is."""

    at: datetime
    user_id: int
    actor: str
    action: str
    media_id: int
    hall_id: int
    detail: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "media"


class LookLog:
    """Gathers looks of several threads into one transaction after another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Look, Future[None]]] = []
        self._guard = threading.Lock()
        self._writing = threading.Lock()

    def record(self, look: Look) -> None:
        """Returns when the look is in the log; raises what kept it out."""
        done: Future[None] = Future()
        with self._guard:
            self._waiting.append((look, done))
        with self._writing:
            if not done.done():  # nobody wrote it along with his own
                self._write_waiting()
        done.result()

    def _write_waiting(self) -> None:
        with self._guard:
            batch, self._waiting = self._waiting, []
        try:
            with self._database.write() as session:
                for look, _ in batch:
                    append(
                        session,
                        at=look.at,
                        user_id=look.user_id,
                        actor=look.actor,
                        action=look.action,
                        object_kind=look.kind,
                        object_id=str(look.media_id),
                        hall_id=look.hall_id,
                        detail=look.detail,
                    )
        # whatever kept it out, also the end of the program: who waits for the batch must be told,
        # or they wait for ever; it is raised again here
        except BaseException as error:
            for _, done in batch:
                done.set_exception(error)
            raise
        for _, done in batch:
            done.set_result(None)
