"""The measures of the hall of the pictures: those of the renderer's validation furniture.

Needs neither the rules nor the renderer.
"""

from __future__ import annotations

from typing import Final

from datasets.scenes.camera import Camera
from datasets.scenes.shape import Desk, Shape

PITCH: Final = 190.0
WIDTH, DEPTH = 155.0, 70.0
COUNTER_Z: Final = 104.0
SHELF: Final = (-1.0, -41.0)
"""The counter's raised shelf: its edge at the desks and at the citizens."""
CHAIR_Y: Final = 112.0
CHAIR_TURN: Final = 65.0
"""Degrees that an empty chair is turned away from the desk: its home, so that its seat is seen."""
CAMERAS: Final = {
    "STAFF": Camera((-150.0, 425.0, 345.0), (-20.0, 48.0, 62.0), 0.70, -0.04, (2304, 1296)),
    "PUBLIC": Camera((-20.0, 440.0, 300.0), (10.0, 20.0, 75.0), 0.70, -0.04, (1280, 720)),
}
SHAPE: Final = Shape(
    counter_z=COUNTER_Z,
    across_y=-33.0,
    sign_y=-30.0,
    pen_y=-30.0,
    chair_y=CHAIR_Y,
    chair=(60.0, 60.0, 113.0),
    seat=(CHAIR_Y - 2, 47.0),
    back=(27.0, CHAIR_Y + 13, 80.0),
    sitter_y=CHAIR_Y - 2,
    folk=(-66.0, 0.0, 170.0),
    crowd_y=120.0,
    crowd_above_desk=False,
    bin_y=36.0,
    tray_z=36.0,
    legroom=-1,
    near=(0.33, 0.68),
    desk_set={
        "guide_rack": (-0.40, 0.24),
        "monitor": (-0.08, 0.26),
        "doc_camera": (0.17, 0.34),
        "rating_device": (0.41, 0.20),
        "telephone": (-0.31, 0.62),
        "keyboard": (-0.06, 0.72),
        "mouse": (0.14, 0.74),
    },
    sizes={
        "monitor": (53.0, 18.0, 45.0),
        "guide_rack": (24.0, 20.0, 40.0),
        "doc_camera": (24.0, 45.0, 36.0),
        "rating_device": (20.0, 12.0, 14.0),
    },
    shelf_y=-16.0,
)
DESKS: Final = tuple(Desk(f"D{i + 1}", (i - 1) * PITCH, WIDTH, DEPTH) for i in range(3))
