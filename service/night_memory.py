"""Memory: is what was seen tonight the thing that was there before?  Pure, no pixels, no database.

A thing is known again by its class, its place on the same camera's picture and its colour.  So a
dismissed one isn't asked again every night, and one that stays ages in place of being filed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from rules.verdict import Box
from vision.seen import BoxPx, Facts

NEAR_IOU: Final = 0.3
NEAR_SIZES: Final = 0.6
"""Two boxes also share a place when their centres are nearer than this share of the mean size:
small boxes jump by pixels, and a jump of five is a third of a phone."""
SAME_COLOUR: Final = 25.0
"""Largest CIELAB distance (1976) between two looks of one thing in different light."""

Mark: TypeAlias = Mapping[str, Any]
"""One thing of a signature, as stored: camera, cls, place (xyxy, 0..1), lab (or None)."""


@dataclass(frozen=True, slots=True)
class Look:
    """Class, place in 0..1 of one camera's picture, and colour where it was to be seen."""

    camera: str
    cls: str
    place: tuple[float, float, float, float]
    lab: tuple[float, float, float] | None

    def mark(self) -> dict[str, Any]:
        """The form that is stored."""
        return {
            "camera": self.camera,
            "cls": self.cls,
            "place": [round(v, 5) for v in self.place],
            "lab": None if self.lab is None else [round(v, 2) for v in self.lab],
        }


def signature(boxes: Iterable[Box], facts: Facts) -> list[dict[str, Any]]:
    """What the boxes of one frame look like, ready to be stored."""
    return [_look(box, facts).mark() for box in boxes if box.cls != "person"]


def _look(box: Box, facts: Facts) -> Look:
    x1, y1, x2, y2 = box.xyxy_px
    same = [t for t in facts.things if t.cls == box.cls and _overlap(t.box_xyxy_px, box.xyxy_px)]
    best = max(same, key=lambda t: _overlap(t.box_xyxy_px, box.xyxy_px), default=None)
    return Look(
        camera=facts.camera,
        cls=box.cls,
        place=(x1 / facts.width, y1 / facts.height, x2 / facts.width, y2 / facts.height),
        lab=None if best is None else best.lab,
    )


def all_known(now: Sequence[Mark], before: Sequence[Mark]) -> bool:
    """Whether everything seen now was there before; nothing seen is never known."""
    return bool(now) and all(any(same_thing(a, b) for b in before) for a in now)


def same_thing(a: Mark, b: Mark) -> bool:
    """Whether two marks are one thing: camera, class, place and, where both have one, colour."""
    if a["camera"] != b["camera"] or a["cls"] != b["cls"]:
        return False
    if not same_place(a["place"], b["place"]):
        return False
    if a["lab"] is None or b["lab"] is None:
        return True
    distance = sum((p - q) ** 2 for p, q in zip(a["lab"], b["lab"], strict=True)) ** 0.5
    return bool(distance <= SAME_COLOUR)


def same_place(a: Sequence[float], b: Sequence[float]) -> bool:
    """Whether two boxes (xyxy, one unit) lie in the same place."""
    if _overlap((a[0], a[1], a[2], a[3]), (b[0], b[1], b[2], b[3])) >= NEAR_IOU:
        return True
    width = (a[2] - a[0] + b[2] - b[0]) / 2
    height = (a[3] - a[1] + b[3] - b[1]) / 2
    across = abs(a[0] + a[2] - b[0] - b[2]) / 2
    down = abs(a[1] + a[3] - b[1] - b[3]) / 2
    return across <= NEAR_SIZES * width and down <= NEAR_SIZES * height


def _overlap(a: BoxPx, b: BoxPx) -> float:
    """Intersection over union."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return float(shared / (areas - shared))
