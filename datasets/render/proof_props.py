"""What the validation hall of the proofs has besides the register's assets.

Colours that a clause turns on (a loud cup, a cushion like its chair), a screen that is off, an open
cabinet, boards on the wall, a thing that no class covers.  All belong to the split "val".
"""

from __future__ import annotations

import math
import random
from functools import partial
from typing import Any

from datasets.render.assets.core import Lazy
from datasets.render.assets.drinks import mug
from datasets.render.assets.machines import monitor
from datasets.render.assets.shapes import builder, mat, page, pic
from datasets.render.furniture import _cushion
from datasets.render.pieces import Piece, hash_seed

sh: Any = Lazy("datasets.render.shading")

SIZE = (0.4, 0.4, 0.4)


def _shelf(ident: str, _rng: random.Random) -> Any:
    """An open cabinet of 0.9 by 0.4 by 1.2 m with boards at 0.02, 0.50 and 0.86 m."""
    b = builder(ident)
    m = mat(ident, "paint", "#d9d8d0", 0.5)
    w, d, h = 0.9, 0.4, 1.2
    for s in (-1, 1):
        b.box((s * (w / 2 - 0.01), 0, h / 2), (0.02, d, h), m)
    b.box((0, d / 2 - 0.008, h / 2), (w, 0.016, h), m)
    for z in (0.01, 0.488, 0.848, h - 0.012):
        b.box((0, 0, z), (w, d, 0.024), m, bevel=0.002)
    rng = random.Random(f"{ident}/files")
    for z, high in ((0.022, 0.31), (0.86, 0.27)):
        x = -w / 2 + 0.05
        while x < w / 2 - 0.08:
            t = rng.uniform(0.03, 0.06)
            spine = mat(ident, f"spine{rng.randrange(3)}", "#6d7f92", 0.6)
            b.box((x + t / 2, 0.03, z + high / 2), (t - 0.004, 0.26, high), spine, bevel=0.002)
            x += t
    return b.object()


def _stand(ident: str, size: tuple[float, float, float], _rng: random.Random) -> Any:
    b = builder(ident)
    b.box((0, 0, size[2] / 2), size, mat(ident, "body", "#8d8577", 0.6), bevel=0.006)
    return b.object()


def _board(ident: str, ground: str, size: tuple[float, float], _rng: random.Random) -> Any:
    """A printed board flat on a wall; its lower edge at z = 0."""
    b = builder(ident)
    print_ = pic(ident, "print", page(hash_seed(ident) % 9999, ground, "#20242c"), 0.5, coords="UV")
    b.box((0, 0.004, size[1] / 2), (size[0], 0.008, size[1]), mat(ident, "edge", "#d4d6d8", 0.4))
    b.plane((0, -0.001, size[1] / 2), (size[0], size[1], 0), print_, rot=(math.pi / 2, 0, 0))
    return b.object()


def _jumble(ident: str, rng: random.Random) -> Any:
    """A heap of odd lumps, 0.3 by 0.14 by 0.24 m."""
    b = builder(ident)
    for i in range(9):
        m = mat(ident, f"lump{i % 3}", ("#8a4a2c", "#6b3a24", "#a06a3c")[i % 3], 0.8)
        at = (rng.uniform(-0.1, 0.1), rng.uniform(-0.03, 0.03), 0.05 + 0.14 * i / 9)
        b.ball(at, (rng.uniform(0.04, 0.07), 0.05, rng.uniform(0.03, 0.06)), m, segments=12)
    return b.object()


def _tube(ident: str, on: bool, _rng: random.Random) -> Any:
    b = builder(ident)
    glow = sh.material(f"{ident}.glow", (1.0, 0.98, 0.92), 0.4, emission=9.0 if on else 0.0)
    size = (0.62, 0.07, 0.29) if on else (0.6, 0.06, 0.28)
    b.box((0, 0, 0.2), size, glow if on else mat(ident, "glass", "#8f918f", 0.4))
    return b.object()


def _piece(ident: str, cls: str | None, build: Any) -> Piece:
    return Piece(ident, cls, "val", build, SIZE)


SHELF = _piece("shelf.val.open_cream", "cabinet", partial(_shelf, "shelf.val.open_cream"))
STAND = _piece(
    "stand.val.high", None, partial(_stand, "stand.val.high", (0.46, 0.3, 0.9))
)  # under the service box
LOW_STAND = _piece("stand.val.low", None, partial(_stand, "stand.val.low", (0.66, 0.16, 0.12)))
AREA_SIGN = _piece(
    "notice.val.area_board", "notice",
    partial(_board, "notice.val.area_board", "#8fc4d8", (0.42, 0.32)),
)  # fmt: skip
POSTER = _piece(
    "notice.val.poster", "notice", partial(_board, "notice.val.poster", "#d98a5c", (0.36, 0.5))
)
JUMBLE = _piece("jumble.val.rust", None, partial(_jumble, "jumble.val.rust"))
TUBE_ON = _piece("tube.val.on", None, partial(_tube, "tube.val.on", True))
TUBE_OFF = _piece("tube.val.off", None, partial(_tube, "tube.val.off", False))
SCREEN_OFF = _piece(
    "monitor.val.slim_off", "monitor",
    partial(monitor, "monitor.val.slim_off", w=0.53, h=0.31, thick=0.025, on=False),
)  # fmt: skip
LOUD_CUP = _piece(
    "cup.val.mug_scarlet", "cup",
    partial(mug, "cup.val.mug_scarlet", colour="#d8202c", inside="#d8202c"),
)  # fmt: skip
LOUD_CUSHION = _piece(
    "cushion.val.coral", "cushion",
    partial(_cushion, "cushion.val.coral", "#dd7a58", (0.42, 0.40, 0.07)),
)  # fmt: skip
LIKE_CUSHION = _piece(
    "cushion.val.moss", "cushion",
    partial(_cushion, "cushion.val.moss", "#33503f", (0.42, 0.40, 0.07)),
)  # fmt: skip

PIECES = (
    SHELF, STAND, LOW_STAND, AREA_SIGN, POSTER, JUMBLE, TUBE_ON, TUBE_OFF, SCREEN_OFF, LOUD_CUP,
    LOUD_CUSHION, LIKE_CUSHION,
)  # fmt: skip
