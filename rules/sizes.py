"""How large things really are: what decides whether a camera could have seen one at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from vision.seen import ZoneFact

if TYPE_CHECKING:  # the kinds import this module
    from rules.kinds.base import Sight

SIZE_CM: Final[Mapping[str, tuple[float, float, float]]] = {
    # class: (longer side, shorter side, height) of a usual one as it lies or stands
    "person": (50, 30, 120),
    "chair": (55, 55, 90),
    "phone": (15, 7.2, 0.9),
    "charger": (9, 5, 3),
    "earphones": (12, 6, 2),
    "cup": (8, 8, 11),
    "thermos": (12, 12, 28),
    "bottle": (7, 7, 22),
    "clothing": (55, 40, 15),
    "cushion": (40, 40, 8),
    "bag": (35, 20, 28),
    "umbrella": (60, 6, 6),
    "food": (18, 12, 6),
    "paper": (29.7, 21, 0.2),
    "folder": (31, 24, 3),
    "book": (24, 17, 2),
    "carton": (35, 25, 25),
    "cable": (60, 5, 5),
    "power_strip": (28, 5.5, 4),
    "bin": (26, 26, 30),
    "litter": (12, 8, 4),
    "stain": (20, 12, 0.1),
    "plant": (25, 25, 40),
    "monitor": (55, 20, 42),
    "keyboard": (44, 14, 3),
    "mouse": (11, 6.5, 4),
    "laptop": (33, 23, 20),
    "printer": (42, 38, 30),
    "scanner": (45, 32, 12),
    "doc_camera": (25, 15, 38),
    "rating_device": (22, 12, 16),
    "name_plate": (20, 7, 9),
    "guide_rack": (24, 18, 32),
    "pause_sign": (22, 9, 13),
    "notice": (30, 21, 21),
    "telephone": (22, 18, 9),
    "calculator": (19, 14, 3),
    "stamp": (7, 4, 9),
    "inkpad": (11, 8, 3),
    "pen_base": (9, 9, 18),
    "service_box": (30, 20, 15),
    "heater": (30, 18, 40),
    "extinguisher": (14, 14, 50),
    "desk": (140, 70, 75),
    "cabinet": (90, 40, 180),
}

ASSUMED_DESK_CM: Final = (160.0, 80.0)
"""A large desk: where a desk top has no known size, this keeps the guess of its scale low."""


def short_side_px(cls: str, px_per_cm: tuple[float, float]) -> float:
    """The smallest short side that a thing of this class can show, in pixels.

    ``px_per_cm`` is (along the worse, along the better axis).  A flat thing may lie with its short
    side along the foreshortened axis; an upright one also shows its height.
    """
    worse, better = px_per_cm
    _, short, height = SIZE_CM[cls]
    depth_px = max(short * worse, height * min(better, worse * 3))
    return min(short * better, depth_px)


def scale_of(zone: ZoneFact) -> tuple[tuple[float, float] | None, bool]:
    """Pixels per cm of a zone and whether they were measured (else assumed from its area)."""
    if zone.px_per_cm is not None:
        return zone.px_per_cm, True
    if zone.kind != "desk_top" or zone.area_px <= 0:
        return None, False
    mean: float = (zone.area_px / (ASSUMED_DESK_CM[0] * ASSUMED_DESK_CM[1])) ** 0.5
    return (mean * 0.6, mean), False


def scale_at(sight: Sight, fact: ZoneFact) -> tuple[tuple[float, float] | None, bool]:
    """Pixels per cm of a zone, and whether they were measured.

    Without a plane of its own a zone borrows its desk top's scale, a little lower: the places of
    one desk are about equally far from the camera.
    """
    scale, measured = scale_of(fact)
    if scale is not None or sight.desk is None:
        return scale, measured
    for zone in sight.zones("desk_top"):
        top = sight.facts.zones.get(zone.id)
        if top is not None and (near := scale_of(top)[0]) is not None:
            return (0.7 * near[0], 0.7 * near[1]), False
    return None, False
