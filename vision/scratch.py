"""Large working arrays, lent again and again.

A fresh array of some MiB costs the kernel more than the arithmetic in it: every page is cleared
and mapped at its first touch.  So a kernel's intermediate steps write into these.  They never leave
the function that asked for them.
"""

from __future__ import annotations

import math
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray


class _Lent(threading.local):
    """Each thread's own, so that no two write into one."""

    def __init__(self) -> None:
        self.arrays: dict[tuple[str, type[Any]], NDArray[Any]] = {}


_LENT = _Lent()


def scratch(use: str, shape: tuple[int, ...], kind: type[Any] = np.float32) -> NDArray[Any]:
    """An array with whatever was in it; the same memory at the next call for the same ``use``."""
    size = math.prod(shape)
    held = _LENT.arrays.get((use, kind))
    if held is None or held.size < size:
        held = _LENT.arrays[use, kind] = np.empty(size, kind)
    return held[:size].reshape(shape)
