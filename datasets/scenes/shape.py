"""How a validation hall is built: the heights and distances that its zones and its scenes share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, eq=False)
class Desk:
    """``x``: its middle; ``width``, ``depth`` of its top."""

    id: str
    x: float
    width: float
    depth: float


@dataclass(frozen=True)
class Shape:
    """Centimetres in the hall's own axes: y from the desks' counter side to the camera, z up."""

    counter_z: float = 75.0
    across_y: float = -47.0
    """Where citizens lay things down."""
    sign_y: float = -8.0
    pen_y: float = -15.0
    chair_y: float = 130.0
    chair: tuple[float, float, float] = (50.0, 50.0, 62.0)
    seat: tuple[float, float] = (122.0, 45.0)
    """y and z of what lies on a seat."""
    back: tuple[float, float, float] = (0.0, 156.0, 38.0)
    """Of what hangs over a chair's back: x from the desk's middle, y, z."""
    sitter_y: float = 118.0
    folk: tuple[float, float, float] = (-62.0, 80.0, 78.0)
    """Citizens at the counter: y, z of what shows of them, how high that is."""
    crowd_y: float = 190.0
    crowd_above_desk: bool = True
    """A crowd stands straight behind the desk, else on the camera's line of sight to it."""
    bin_y: float = 84.0
    """How far behind the desk its bin stands."""
    tray_z: float = 40.0
    legroom: int = 0
    """The side (along x) on which the space under a desk is open; 0: towards the hall's middle."""
    near: tuple[float, float] = (0.29, 0.58)
    """The free part of a desk, as shares of its width (from the middle) and depth."""
    desk_set: Mapping[str, tuple[float, float]] = field(
        default_factory=lambda: {
            "guide_rack": (-0.42, 0.2),
            "monitor": (-0.1, 0.28),
            "doc_camera": (0.17, 0.3),
            "rating_device": (0.4, 0.22),
            "telephone": (-0.3, 0.45),
            "keyboard": (-0.06, 0.62),
            "mouse": (0.16, 0.66),
        }
    )
    """Where the desk's own things stand, as shares of its width (from the middle) and depth."""
    sizes: Mapping[str, tuple[float, float, float]] = field(
        default_factory=lambda: {"monitor": (30.0, 16.0, 26.0)}
    )
    """Where the hall's own things are of another size than usual."""
    shelf_y: float = -3.0
    """Where a thing stands in the open cabinet."""

    def inner(self, x: float) -> int:
        """The side of a desk at ``x`` on which its legroom is seen past the chair."""
        return self.legroom or (1 if x < 0 else -1)


PLAIN: Final = Shape()
