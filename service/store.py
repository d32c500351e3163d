"""The media folder: masked pictures, written whole or not at all, reached only by stored names.

Names are made of row numbers, never of what came from outside.  A picture is written to a draft
beside its place, flushed to the disk and renamed, so that a killed process leaves no half picture
under a final name, and writing the same picture twice leaves one.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from vision.seen import StoreError

_SAFE: Final = re.compile(r"^[a-z0-9][a-z0-9_.-]*$")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: path relative to its root, sha256 of its bytes, size in bytes."""

    path: str
    sha256: str
    bytes: int


def frame_path(hall_id: int, day: date, frame_id: int, kind: str) -> str:
    """Where the masked whole frame (``frame``) or its thumbnail (``thumb``) lies."""
    return f"{hall_id}/{day:%Y%m%d}/{frame_id}-{kind}.jpg"


def crop_path(hall_id: int, day: date, frame_id: int, finding_id: int) -> str:
    """Where the crop of one finding from one frame lies."""
    return f"{hall_id}/{day:%Y%m%d}/{frame_id}-crop-{finding_id}.jpg"


class MediaStore:
    """The pictures below one root folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: str, data: bytes) -> Stored:
        """Write a picture under that name; an older one of the same name is replaced whole."""
        target = self._place(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StoreError(
                f"The picture {path} can't be written below {self.root}: {error.strerror}; "
                "free space or mend the folder's rights."
            ) from None
        return Stored(path, hashlib.sha256(data).hexdigest(), len(data))

    def get(self, path: str, *, sha256: str | None = None) -> bytes:
        """A picture's bytes; with ``sha256`` a picture that was altered is refused."""
        place = self._place(path)
        try:
            if place.resolve(strict=True) != self.root.resolve() / path:
                raise StoreError(f"The picture {path} is not in its place.")
            data = place.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise StoreError(f"The picture {path} is no longer there.") from None
        if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(f"The picture {path} is not the one that was stored.")
        return data

    def path_of(self, path: str) -> Path:
        """The absolute path of a stored picture, for sending it; it may not exist."""
        return self._place(path)

    def delete(self, path: str) -> int:
        """Take a picture away; gives the bytes freed, 0 where it was gone already."""
        place = self._place(path)
        try:
            size = place.stat().st_size
            place.unlink()
        except FileNotFoundError:
            return 0
        return size

    def _place(self, path: str) -> Path:
        parts = path.split("/")
        if not parts or not all(_SAFE.fullmatch(part) for part in parts):
            raise StoreError(f"{path!r} is no name of a stored picture.")
        return self.root.joinpath(*parts)
