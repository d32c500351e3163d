"""Stills at rest: originals (unmasked) are sealed as they arrive and opened only to be looked at.

AES-256-GCM under a key file of its own.  A sealed still keeps its name, so nothing that sorts,
counts or deletes stills need know; its content begins with ``MAGIC``.  The name is bound in: a
sealed still that was renamed to another camera or time does not open.  Folders outside the data
folder belong to somebody else: what lies there is read as it is and never sealed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from service.secrets import Sealer, load_sealer
from service.settings import Settings
from vision.images import read_bytes
from vision.seen import ImageError, StoreError

MAGIC: Final = b"deskcheck sealed still 1\n"


class Stills:
    """Seals and opens stills; the key is read, or made, when it is first needed."""

    def __init__(self, key: Path, *, seal: bool = True) -> None:
        self._key = key
        self._seal = seal
        self._sealer: Sealer | None = None

    @classmethod
    def of(cls, settings: Settings) -> Stills:
        """As the settings say."""
        return cls(settings.stills_key or settings.data / "stills.key", seal=settings.seal_stills)

    def read(self, path: str | Path) -> bytes:
        """A still's own bytes, sealed or not; ImageError where there are none or no key fits."""
        data = read_bytes(path)
        return self.opened(data, Path(path).name) if data.startswith(MAGIC) else data

    def opened(self, data: bytes, name: str) -> bytes:
        """The bytes of a sealed still of that name."""
        if not data.startswith(MAGIC):
            return data
        try:
            return self._with_key(create=False).open_bytes(data[len(MAGIC) :], purpose=_for(name))
        except StoreError as error:
            raise ImageError(f"{name}: {error}") from None

    def sealed(self, data: bytes, name: str) -> bytes:
        """What is written for a still that will lie under that name."""
        if not self._seal or data.startswith(MAGIC):
            return data
        body = self._with_key(create=True).seal_bytes(data, purpose=_for(name))
        return MAGIC + body

    def seal_file(self, path: Path) -> bool:
        """Seal a file that somebody dropped, in its place; whether there was anything to do.

        The sealed copy is whole on the disk before it takes the plain one's name.  A link is left
        alone, and so is a file that changed meanwhile (it is still being written).
        """
        if not self._seal or path.is_symlink():
            return False
        before = _stamp(path)
        data = path.read_bytes()
        if not data or data.startswith(MAGIC):
            return False
        draft = path.with_name(f".{path.name}.{os.getpid()}.sealing")
        with _draft(draft):
            with draft.open("wb") as file:
                file.write(self.sealed(data, path.name))
                file.flush()
                os.fsync(file.fileno())
            os.utime(draft, ns=(before[1], before[1]))
            if _stamp(path) != before:
                return False
            draft.replace(path)
        return True

    def _with_key(self, *, create: bool) -> Sealer:
        if self._sealer is None:
            self._sealer = load_sealer(self._key, create=create)
        return self._sealer


def _for(name: str) -> str:
    return f"still {name}"


def _stamp(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


@contextmanager
def _draft(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
