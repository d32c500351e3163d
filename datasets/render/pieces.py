"""A furniture asset, and a stable number from a name."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import bpy


@dataclass(frozen=True)
class Piece:
    """A furniture asset; same fields as the object assets so that a stage takes either."""

    id: str
    cls: str | None
    split: str
    build: Callable[[random.Random], bpy.types.Object]
    size_m: tuple[float, float, float]
    tags: tuple[str, ...] = ()
    dims: dict[str, float] = field(default_factory=dict)


def hash_seed(text: str) -> int:
    """A small stable number from a name."""
    h = 7
    for ch in text:
        h = (h * 131 + ord(ch)) % 1_000_003
    return h
