"""The inbox: which snapshots of a day have arrived, and their rows in the database."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.db.models import FrameRow, FrameVerdictRow, Hall, RunFacts
from service.sealed import Stills
from vision.images import MAX_BYTES
from vision.seen import HALL_TZ, ImageError

NAME: Final = re.compile(
    r"^(?P<camera>[^\s/\\:]{1,64})_(?P<stamp>\d{8}T\d{6})\.(?:jpe?g|png)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One file of the inbox; ``path`` relative to it, ``taken_at`` aware, Asia/Shanghai."""

    camera: str
    taken_at: datetime
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the inbox holds for a day, in the order it is looked at; ``strays`` fit no name."""

    snapshots: tuple[Snapshot, ...]
    strays: tuple[str, ...]


def snapshot_of(path: str) -> Snapshot | None:
    """The snapshot that a file's name says it is, or None."""
    name = path.rsplit("/", 1)[-1]
    found = NAME.match(name)
    if found is None:
        return None
    try:
        taken = datetime.strptime(found["stamp"], "%Y%m%dT%H%M%S").replace(tzinfo=HALL_TZ)
    except ValueError:
        return None
    return Snapshot(found["camera"], taken, name, path)


def scan(inbox: Path, day: date | None = None) -> Arrived:
    """All snapshots below the inbox (of one day); links are not followed, hidden names skipped."""
    snapshots: dict[str, Snapshot] = {}
    strays: list[str] = []
    for path in _files(inbox):
        snapshot = snapshot_of(path)
        if snapshot is None:
            strays.append(path)
        elif day is None or snapshot.taken_at.date() == day:
            # the same name in two folders is one frame: the first path counts
            snapshots.setdefault(snapshot.name, snapshot)
    ordered = sorted(snapshots.values(), key=lambda s: (s.camera, s.taken_at, s.name))
    return Arrived(tuple(ordered), tuple(strays))


def _files(inbox: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(inbox, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path.relative_to(inbox).as_posix()


def register(
    session: Session,
    hall: Hall,
    inbox: Path,
    arrived: Arrived,
    day: date,
    *,
    now: datetime,
    stills: Stills | None = None,
) -> list[FrameRow]:
    """Rows for all snapshots of the day; a file that was replaced is looked at anew.

    ``stills``: seals what was dropped into an inbox of our own, and opens what is sealed.  A row's
    sha256 and size are the picture's own, sealed or not.
    """
    known = {
        (row.camera, row.name): row
        for row in session.scalars(
            select(FrameRow).where(FrameRow.hall_id == hall.id, FrameRow.day == day)
        )
    }
    for snapshot in arrived.snapshots:
        sha256, size = _digest(inbox / snapshot.path, stills, own=hall.inbox is None)
        row = known.get((snapshot.camera, snapshot.name))
        if row is None:
            row = FrameRow(
                hall_id=hall.id,
                camera=snapshot.camera,
                taken_at=snapshot.taken_at,
                day=day,
                name=snapshot.name,
                path=snapshot.path,
                sha256=sha256,
                bytes=size,
                registered_at=now,
            )
            session.add(row)
            known[snapshot.camera, snapshot.name] = row
        elif row.sha256 != sha256:
            _forget(session, row)
            row.sha256, row.bytes, row.path = sha256, size, snapshot.path
        elif row.path != snapshot.path:
            row.path = snapshot.path
    session.flush()
    return sorted(known.values(), key=lambda r: (r.camera, r.taken_at, r.name))


def _forget(session: Session, row: FrameRow) -> None:
    row.gate, row.light, row.error, row.gate_detail = None, None, None, {}
    for table in (RunFacts, FrameVerdictRow):
        session.execute(delete(table).where(table.frame_id == row.id))


def _digest(path: Path, stills: Stills | None, *, own: bool) -> tuple[str, int]:
    """sha256 and size; a file that vanished or can't be opened counts as empty."""
    try:
        if stills is not None:
            if own:
                stills.seal_file(path)
            if path.stat().st_size <= MAX_BYTES:
                data = stills.read(path)
                return hashlib.sha256(data).hexdigest(), len(data)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    except (OSError, ImageError):
        return hashlib.sha256(b"").hexdigest(), 0
