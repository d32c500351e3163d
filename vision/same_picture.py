"""Whether two files are one picture: a hash that comments, EXIF and the like do not change.

A recorder that repeats a frozen picture may stamp each copy anew; its pixels stay as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

_JPEG_SAYS: Final = frozenset({0xFE, *range(0xE1, 0xEE), 0xEF})
"""JPEG segments that change no pixel: comments, EXIF, profiles, makers' own (Adobe's 0xEE does)."""
_JPEG_SCAN: Final = 0xDA
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PNG_SAYS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def picture_sha256(data: bytes) -> str:
    """sha256 of a JPEG or PNG without what only speaks of it; of all the bytes where none does."""
    digest = hashlib.sha256()
    for part in _shown(data):
        digest.update(part)
    return digest.hexdigest()


def _shown(data: bytes) -> Iterator[bytes]:
    try:
        if data.startswith(b"\xff\xd8"):
            parts = list(_jpeg(data))
        elif data.startswith(_PNG_HEAD):
            parts = list(_png(data))
        else:
            parts = [data]
    except (IndexError, ValueError):  # no whole file: then every byte counts
        parts = [data]
    yield from parts


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no segment")
        kind = data[at + 1]
        if kind == _JPEG_SCAN:
            # what follows the end mark is the maker's
            yield data[at : data.rindex(b"\xff\xd9") + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end <= at + 3:
            raise ValueError("a segment without a length")
        if kind not in _JPEG_SAYS:
            yield data[at:end]
        at = end


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_HEAD
    at = len(_PNG_HEAD)
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if len(kind) < 4:
            raise ValueError("no chunk")
        if kind not in _PNG_SAYS:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
