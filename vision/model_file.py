"""What the detector has to know of one model file: plain data, no onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A checked model.

    ``slots[i]`` is the class that output ``4 + i`` of the head means, or None.  ``thresholds``:
    per class the confidence from which a detection may accuse (0..1).  ``floor``: below it nothing
    is kept at all.  ``doubts``: per class the confidence below which a detection is noise and does
    not even excuse.  ``input_px``: side of the square tile, a multiple of 32.
    """

    path: Path
    name: str
    version: str
    sha256: str
    slots: tuple[str | None, ...]
    thresholds: Mapping[str, float]
    floor: float
    input_px: int
    doubts: Mapping[str, float] = field(default_factory=dict)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that this model can accuse of, by name: those with a reachable threshold."""
        known = {slot for slot in self.slots if slot is not None}
        return tuple(sorted(c for c in known if self.thresholds.get(c, 1.1) <= 1.0))
