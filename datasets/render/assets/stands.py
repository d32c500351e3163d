"""Shapes that stands, plates and racks share: leaves that lean, clear panes, turned groups."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from datasets.render.assets.solids import film

FLAT = math.pi / 2
"""The lean of what lies: from its foot towards +y."""


def clear(ident: str, part: str, tint: str = "#dfe9ea", alpha: float = 0.2) -> Any:
    """Acrylic seen through.  Alpha, not refraction: that takes bounces which cheap light lacks."""
    return film(ident, part, tint, alpha, 0.1)


def _up(foot: Sequence[float], lean: float, along: float, out: float) -> tuple[float, float, float]:
    """The point ``along`` a leaning leaf from its foot, ``out`` of its front."""
    s, c = math.sin(lean), math.cos(lean)
    return foot[0], foot[1] + s * along - c * out, foot[2] + c * along + s * out


def board(
    b: Any,
    size: Sequence[float],
    m: Any,
    *,
    foot: Sequence[float] = (0, 0, 0),
    lean: float = 0.0,
    bevel: float = 0.0,
) -> None:
    """A slab (w, h, thick) from ``foot``, its top leaning to +y by ``lean``."""
    w, h, t = size
    b.box(_up(foot, lean, h / 2, 0), (w, t, h), m, rot=(-lean, 0, 0), bevel=bevel)


def leaf(
    b: Any,
    size: Sequence[float],
    m: Any,
    *,
    foot: Sequence[float] = (0, 0, 0),
    lean: float = 0.0,
    up: float = 0.0,
    out: float = 0.0,
    back: bool = False,
) -> None:
    """A face with a picture on a leaning slab: ``up`` from its foot, ``out`` of its middle."""
    w, h = size
    at = _up(foot, lean, up + h / 2, -out if back else out)
    rot = (FLAT + lean, 0, math.pi) if back else (FLAT - lean, 0, 0)
    b.plane(at, (w, h, 0), m, rot=rot)


def pane(
    b: Any,
    size: Sequence[float],
    glass: Any,
    rim: Any,
    *,
    foot: Sequence[float] = (0, 0, 0),
    lean: float = 0.0,
    edge: float = 0.003,
) -> None:
    """A clear sheet; its sawn edges are bright, and are what is seen of it."""
    w, h = size
    leaf(b, size, glass, foot=foot, lean=lean)
    for x in (-w / 2, w / 2):
        board(b, (edge, h, edge), rim, foot=(foot[0] + x, foot[1], foot[2]), lean=lean)
    for along in (0.0, h - edge):
        at = _up(foot, lean, along, 0)
        board(b, (w, edge, edge), rim, foot=at, lean=lean)


@contextmanager
def moved(
    b: Any, at: Sequence[float] = (0, 0, 0), turn: float = 0.0, tip: float = 0.0, roll: float = 0.0
) -> Iterator[None]:
    """What is built inside is tipped about x, rolled about y, turned about z, then set at ``at``.

    Angles in radians.
    """
    from mathutils import Matrix, Vector

    before = set(b.bm.verts)
    yield
    m = (
        Matrix.Translation(Vector(at))
        @ Matrix.Rotation(turn, 4, "Z")
        @ Matrix.Rotation(roll, 4, "Y")
        @ Matrix.Rotation(tip, 4, "X")
    )
    for v in b.bm.verts:
        if v not in before:
            v.co = m @ v.co


def wedge(b: Any, section: Sequence[tuple[float, float]], width: float, m: Any) -> None:
    """A bar along x of the (y, z) outline ``section``, its ends closed."""
    rows = [[b.bm.verts.new((s * width / 2, y, z)) for y, z in section] for s in (-1, 1)]
    n = len(section)
    for k in range(n):
        b.bm.faces.new((rows[0][k], rows[0][(k + 1) % n], rows[1][(k + 1) % n], rows[1][k]))
    b.bm.faces.new(rows[0][::-1])
    b.bm.faces.new(rows[1])
    b._finish([v for row in rows for v in row], m, False)
