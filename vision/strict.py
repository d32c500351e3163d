"""OpenCV's decoder, and what libjpeg had to say meanwhile.

libjpeg goes on over damaged data and gives a picture: half of it grey, shifted or of false colours.
It says so nowhere but on the process's standard error.  So that is caught while it decodes: the
pixels are touched once, and a good picture costs three system calls more.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
from typing import Final

import cv2
import numpy as np

from vision.seen import Image

DAMAGE: Final = re.compile(
    r"Corrupt JPEG data|Premature end of JPEG|Inconsistent progression|Invalid SOS|JPEG datastream"
)
PADDING: Final = re.compile(r"(\d+) extraneous bytes before marker 0xd9")
OWN: Final = re.compile(rf"{DAMAGE.pattern}|^Warning: |^Unknown Adobe|^libjpeg|^libpng")
"""Lines of the picture libraries; whatever else was written meanwhile is another's and goes on."""

_LOCK: Final = threading.Lock()
_CAUGHT: list[int] = []


def decoded(data: bytes) -> tuple[Image | None, str]:
    """The pixels (H, W, 3) BGR as stored, or None; and the first sign of damage, else ''."""
    with _LOCK:  # standard error is the whole process's
        if not _CAUGHT:  # a nameless file, kept as long as the process lives
            handle, path = tempfile.mkstemp()
            os.unlink(path)
            _CAUGHT.append(handle)
        image, said = _watched(data, _CAUGHT[0])
    lines = said.decode("utf-8", "replace").splitlines() if said else []
    others = [line for line in lines if not OWN.search(line)]
    if others:
        sys.stderr.write("\n".join(others) + "\n")
    return image, next((line for line in lines if _is_damage(line, data)), "")


def _watched(data: bytes, caught: int) -> tuple[Image | None, bytes]:
    try:
        kept = os.dup(2)
    except OSError:  # a service without a standard error: nobody to listen to
        return _pixels(data), b""
    try:
        os.dup2(caught, 2)
        image = _pixels(data)
    finally:
        os.dup2(kept, 2)
        os.close(kept)
    length = os.lseek(caught, 0, os.SEEK_END)
    if not length:
        return image, b""
    said = os.pread(caught, min(length, 65536), 0)
    os.ftruncate(caught, 0)
    os.lseek(caught, 0, os.SEEK_SET)
    return image, said


def _pixels(data: bytes) -> Image | None:
    image = cv2.imdecode(
        np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    )
    return None if image is None else np.asarray(image, np.uint8)


def _is_damage(line: str, data: bytes) -> bool:
    """Whether a line speaks of lost pixels; some cameras pad the data before its end, no more."""
    padding = PADDING.search(line)
    if padding is not None:
        body = data[: data.rfind(b"\xff\xd9")]
        return len(body) - len(body.rstrip(b"\x00\xff")) < int(padding[1])
    return DAMAGE.search(line) is not None
