"""How far a run is: told as it goes, to a terminal or to nobody."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far a stage of a run is."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def no_progress(stage: str, done: int, total: int) -> None:
    """Nobody watches."""
