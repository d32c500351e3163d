"""A still's way into the inbox: filed once, whatever is killed in between.

1. the bytes go to ``.capture/`` in the inbox under a name that holds the spot and the final name;
2. the spot's row is written to the database;
3. the file is renamed to its final place, ``YYYYMMDD/CAMERA_YYYYMMDDTHHMMSS.jpg``.

After a crash ``unfinished`` lists what got as far as 1; the caller repeats 2 and 3, both of which
do nothing the second time.
"""

from __future__ import annotations

import base64
import binascii
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from service.cameras.protocol import Still
from service.sealed import Stills
from vision.seen import HALL_TZ, ImageError, StoreError

SPOOL: Final = ".capture"
MB: Final = 1024 * 1024


class DiskFull(StoreError):
    """No room for a still; ``free_mb`` is what is left."""

    def __init__(self, text: str, free_mb: int) -> None:
        super().__init__(text)
        self.free_mb = free_mb


@dataclass(frozen=True, slots=True)
class Spooled:
    """One still on its way: which spot it is for and where it will lie (relative to the inbox).

    ``note``: what its row says besides; empty for a still that was taken in time.
    """

    draw_id: int
    key: str
    camera: str
    name: str
    taken_at: datetime
    sha256: str
    path: Path
    note: str = ""

    @property
    def final(self) -> str:
        return f"{self.taken_at.astimezone(HALL_TZ):%Y%m%d}/{self.name}"


def frame_name(camera: str, still: Still) -> str:
    """``CAMERA_YYYYMMDDTHHMMSS.jpg``, Asia/Shanghai."""
    suffix = "png" if still.mime == "image/png" else "jpg"
    return f"{camera}_{still.taken_at.astimezone(HALL_TZ):%Y%m%dT%H%M%S}.{suffix}"


def check_space(inbox: Path, min_free_mb: int) -> None:
    """StoreError while the disk has less free space than wanted."""
    inbox.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(inbox).free // MB
    if free < min_free_mb:
        raise DiskFull(
            f"The disk of {inbox} has only {free} MB free, {min_free_mb} are kept: no still is "
            "taken until space is made (shorten the retention, or give a larger disk).",
            free,
        )


def spool(
    inbox: Path,
    draw_id: int,
    key: str,
    camera: str,
    still: Still,
    stills: Stills,
    note: str = "",
) -> Spooled:
    """Step 1: the bytes on the disk, whole, and sealed for their final name."""
    folder = inbox / SPOOL
    name = frame_name(camera, still)
    mark = json.dumps([draw_id, key, camera, name, still.taken_at.isoformat(), note])
    # the mark lies beside the picture and is written first: a picture without one can't happen
    stem = hashlib.sha256(f"{draw_id}|{key}".encode()).hexdigest()[:24]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"{stem}.mark", base64.b64encode(mark.encode()))
        _write(folder / f"{stem}.{still.sha256}.still", stills.sealed(still.data, name))
    except OSError as error:
        said = f"A still can't be written to {inbox}: {error.strerror}."
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(said, shutil.disk_usage(inbox).free // MB) from None
        raise StoreError(said) from None
    path = folder / f"{stem}.{still.sha256}.still"
    return Spooled(draw_id, key, camera, name, still.taken_at, still.sha256, path, note)


def _write(target: Path, data: bytes) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}.draft")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def settle(inbox: Path, spooled: Spooled) -> str:
    """Step 3: the file at its final place; gives that place relative to the inbox."""
    target = inbox / spooled.final
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        spooled.path.replace(target)
        (spooled.path.parent / f"{spooled.path.name.split('.', 1)[0]}.mark").unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"A still can't be filed in {inbox}: {error.strerror}.") from None
    return spooled.final


def drop(spooled: Spooled) -> None:
    """Forget a spooled still (its spot was filled before)."""
    spooled.path.unlink(missing_ok=True)
    (spooled.path.parent / f"{spooled.path.name.split('.', 1)[0]}.mark").unlink(missing_ok=True)


def unfinished(inbox: Path, stills: Stills) -> Iterator[Spooled]:
    """Stills that a killed run left on their way; half-written ones are cleared away."""
    folder = inbox / SPOOL
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.endswith(".draft"):
            path.unlink(missing_ok=True)
    for path in sorted(folder.glob("*.still")):
        stem, sha256, _ = path.name.split(".", 2)
        try:
            text = base64.b64decode((folder / f"{stem}.mark").read_bytes(), validate=True)
            draw_id, key, camera, name, taken, *more = json.loads(text)
            data = stills.opened(path.read_bytes(), str(name))
            if hashlib.sha256(data).hexdigest() != sha256:
                raise ValueError("altered")
            moment = datetime.fromisoformat(taken)
        except ImageError:  # no key: it may come back, and the still with it
            continue
        except (OSError, binascii.Error, ValueError):
            path.unlink(missing_ok=True)
            continue
        note = str(more[0]) if more else ""
        yield Spooled(int(draw_id), str(key), str(camera), str(name), moment, sha256, path, note)
    for mark in sorted(folder.glob("*.mark")):
        if not any(folder.glob(f"{mark.stem}.*.still")):
            mark.unlink(missing_ok=True)
