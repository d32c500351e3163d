"""One still now, to see whether a camera works; the answer is kept as its state, the still is not.

What a page shows of it must be masked first, as everything that people see.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from service.cameras import store
from service.cameras.make import open_camera
from service.cameras.protocol import Deadline, LoginRefused, Still
from service.clock import Clock, utc_now
from service.db.engine import Database
from service.net import redact
from service.settings import Settings
from vision.seen import DeskcheckError

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it, in a sentence."""

    still: Still | None
    sentence: str


def trial(
    database: Database,
    settings: Settings,
    hall: str,
    camera: str,
    *,
    clock: Clock = utc_now,
    seconds: float = SECONDS,
) -> Trial:
    """Ask one camera for a still; a stopped one is not asked."""
    with database.read() as session:
        row = store.camera_of(session, hall, camera)
        if row.state == "stopped":
            return Trial(
                None,
                f"{hall} {camera}: stopped, because its login was refused ({row.state_reason}); "
                f"mend the password with `deskcheck camera add`, or run "
                f"`deskcheck camera reset {hall} {camera}`.",
            )
        sealer = store.sealer_of(settings) if row.sealed else None
        config = store.config_of(row, sealer)
    still: Still | None = None
    refused = False
    try:
        source = open_camera(config, store.surroundings_of(settings))
        still = asyncio.run(source.snapshot(Deadline.after(seconds)))
        said = f"{still.width}×{still.height}, {still.source.codec or still.mime}"
    except DeskcheckError as error:
        refused = isinstance(error, LoginRefused)
        said = redact(str(error))
    with database.write() as session:
        row = store.camera_of(session, hall, camera)
        if still is not None:
            store.succeeded(row, still, clock())
            row.last_sha256 = None  # a trial's picture is not kept, so it says nothing of a copy
        elif refused:
            store.stopped(row, said, clock())
        else:
            store.failed(row, said, clock())
    return Trial(still, f"{hall} {camera}: {said}")
