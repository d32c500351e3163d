"""Run inside a mount namespace of its own: capture and the night on a disk that is really full.

    full_disk.py FOLDER MB

Mounts a small file system at FOLDER, sets up a hall there, fills the disk to its last block, runs
what must fail with a sentence, makes room, runs again; prints one JSON line.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from service.db.camera_tables import SpotResult
from service.db.engine import Database
from service.db.models import Finding
from service.plan import SpotPlan
from tests.cameras.made_hall import DAY, MadeHall, config
from tests.service.made_up import Hall, contents, phone
from vision.seen import DeskcheckError

LEFT = (0, 40_960, 131_072, 180_224)
"""Bytes that are left: the database can't begin, can't end, a picture can't be written."""


def mount_small(folder: Path, megabytes: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    data = f"size={megabytes}m".encode()
    if libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, data):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def fill(folder: Path, leave: int) -> Path:
    """A file that takes all room but so many bytes."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = 65536
        while size >= 512:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
        file.truncate(max(0, file.tell() - leave))
    return ballast


def sentence(work: Callable[[], Any]) -> str:
    """What a run that failed said; another error than ours ends the program."""
    try:
        done = work()
    except DeskcheckError as error:
        return str(error)
    return " / ".join(h.trouble for h in done.halls) if hasattr(done, "halls") else ""


def captured(folder: Path, leave: int) -> dict[str, Any]:
    folder.mkdir()
    hall = MadeHall(folder).set_up(
        config("cam1"), config("cam2"), plan=SpotPlan(per_half_day=1, burst=1)
    )
    hall.at(DAY + timedelta(hours=23)).spots()
    ballast = fill(folder, leave)
    said = sentence(hall.run)
    hall.database.close()
    ballast.unlink()
    hall.database = Database.of(hall.settings)
    hall.at(DAY + timedelta(hours=23, minutes=5)).run()  # its lock could not be given back
    with hall.database.read() as session:
        rows = session.scalars(select(SpotResult).where(SpotResult.state == "taken")).all()
        kept = {f"20260311/{r.name}": r.sha256 for r in rows}
    same = kept == dict(hall.filed())
    hall.database.close()
    return {"said": said, "taken": len(kept), "same": same}


def judged(folder: Path, leave: int) -> dict[str, Any]:
    folder.mkdir()
    hall = Hall(folder).set_up()
    hall.settings = hall.settings.model_copy(update={"min_free_mb": 0})
    for minute in range(4):
        hall.add("cam1", f"10{minute}000", phone())
        hall.add("cam2", f"10{minute}000")
    ballast = fill(folder, leave)
    said = sentence(hall.run)
    hall.database.close()
    ballast.unlink()
    hall.database = Database.of(hall.settings)
    hall.now += timedelta(seconds=hall.settings.lock_stale_seconds + 1)
    hall.run()
    with hall.database.read() as session:
        findings = len(session.scalars(select(Finding)).all())
    files = {p.name for p in hall.settings.media.rglob("*.jpg")}
    same = len(files) == len(contents(hall.database)["media"])
    hall.database.close()
    return {"said": said, "findings": findings, "same": same}


def main(folder: Path, megabytes: int) -> None:
    mount_small(folder, megabytes)
    out: dict[str, Any] = {"capture": {}, "night": {}}
    for leave in LEFT:
        out["capture"][leave] = captured(folder / f"c{leave}", leave)
        out["night"][leave] = judged(folder / f"n{leave}", leave)
    sys.stdout.write(json.dumps(out) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
