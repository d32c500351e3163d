"""How many pixels a phone has: what a camera can show at a distance, before it is bought or moved.

Pinhole camera, phone of 150 x 72 mm flat on a desk; all lengths in metres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

PHONE_M = (0.150, 0.072)
DESK_M = 0.75
ENOUGH_SHORT_PX = 10.0
ENOUGH_AREA_PX = 400.0


@dataclass(frozen=True, slots=True)
class PhonePixels:
    """Width and height in the picture, pixels: long side across the view, and end on."""

    across: tuple[float, float]
    end_on: tuple[float, float]

    @property
    def enough(self) -> bool:
        """Whether a phone can be told at all, however it lies: short side and area."""
        return all(
            min(w, h) >= ENOUGH_SHORT_PX and w * h >= ENOUGH_AREA_PX
            for w, h in (self.across, self.end_on)
        )


def phone_pixels(
    width_px: int, view_deg: float, distance_m: float, *, camera_m: float = 3.0
) -> PhonePixels:
    """A phone's size at a horizontal distance from a camera of that horizontal field of view."""
    focal_px = width_px / 2 / math.tan(math.radians(view_deg) / 2)
    drop_m = max(0.05, camera_m - DESK_M)
    away_m = math.hypot(distance_m, drop_m)
    scale = focal_px / away_m
    tilt = drop_m / away_m  # what lies flat is foreshortened by the sine of the angle of view
    long_m, short_m = PHONE_M
    return PhonePixels(
        (long_m * scale, short_m * scale * tilt), (short_m * scale, long_m * scale * tilt)
    )
