"""Shapes that things share: flat round bodies, hoops, clear film, and how a thing is set down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from datasets.render.assets.core import Lazy
from datasets.render.assets.shapes import mat

mathutils: Any = Lazy("mathutils")

UNTURNED: Final = (0.0, 0.0, 0.0)


def slab(
    b: Any,
    at: Sequence[float],
    size: Sequence[float],
    m: Any,
    *,
    corner: float = 0.008,
    edge: float = 0.0015,
    rot: Sequence[float] = UNTURNED,
) -> None:
    """A flat body round in plan about its centre ``at``: the shape of most hand-held devices."""
    w, d, t = size
    r = min(corner, w * 0.49, d * 0.49)
    edge = min(edge, t * 0.45, r * 0.9)
    turn = mathutils.Matrix.Translation(mathutils.Vector(at))
    for a, axis in ((rot[2], "Z"), (rot[1], "Y"), (rot[0], "X")):
        turn = turn @ mathutils.Matrix.Rotation(a, 4, axis)
    rings = []
    for z, inset in ((-t / 2, edge), (edge - t / 2, 0.0), (t / 2 - edge, 0.0), (t / 2, edge)):
        ring = []
        for k in range(20):
            q, a = k // 5, math.pi / 2 * (k // 5 + (k % 5) / 4)
            sx, sy = ((1, 1), (-1, 1), (-1, -1), (1, -1))[q]
            x = sx * (w / 2 - r) + (r - inset) * math.cos(a)
            y = sy * (d / 2 - r) + (r - inset) * math.sin(a)
            ring.append(b.bm.verts.new(turn @ mathutils.Vector((x, y, z))))
        rings.append(ring)
    for lo, hi in pairwise(rings):
        for k in range(20):
            b.bm.faces.new((lo[k], lo[(k + 1) % 20], hi[(k + 1) % 20], hi[k]))
    b.bm.faces.new(rings[0][::-1])
    b.bm.faces.new(rings[-1])
    b._finish([v for ring in rings for v in ring], m, False)


def hoop(
    b: Any,
    m: Any,
    centre: Sequence[float],
    reach: Sequence[float],
    thick: float,
    *,
    along: str = "x",
    full: bool = False,
    sides: int = 8,
) -> None:
    """A handle: half a ring (or all of it) from ``centre``.

    ``reach`` is its half length and its height.  ``along`` "x" and "y" stand upright over that
    axis; "side" stands out towards +x, its ends one above the other; "flat" lies.
    """
    x, y, z = centre
    w, h = reach
    pts: list[tuple[float, float, float]] = []
    for t in np.linspace(0, 2 * math.pi if full else math.pi, 25 if full else 13):
        c, s = w * math.cos(t), h * math.sin(t)
        if along == "x":
            pts.append((x + c, y, z + s))
        elif along == "y":
            pts.append((x, y + c, z + s))
        elif along == "flat":
            pts.append((x + c, y + s, z))
        else:
            pts.append((x + s, y, z + c))
    b.tube(pts, thick, m, sides=sides)


def ring(
    b: Any, at: Sequence[float], r: float, thick: float, m: Any, *, upright: bool = False
) -> None:
    """A closed hoop, flat or standing in xz."""
    hoop(b, m, at, (r, r), thick, along="x" if upright else "flat", full=True, sides=6)


def film(ident: str, part: str, colour: str, alpha: float = 0.4, rough: float = 0.15) -> Any:
    """Clear foil: cheaper than glass, and what lies behind it keeps its label below alpha 0.5."""
    m = mat(ident, part, colour, rough)
    m.node_tree.nodes["Principled BSDF"].inputs["Alpha"].default_value = min(1.0, alpha)
    return m


def glassy(ident: str, part: str, colour: str, clear: float = 0.9) -> Any:
    """Glass or clear plastic that keeps its own label: alpha stays above one half.

    True refraction needs more light bounces than teaching scenes have, and comes out black.
    """
    return film(ident, part, colour, max(0.52, 1 - 0.48 * min(1.0, clear)), 0.06)


def _middle(thing: Any, axis: int) -> float:
    along = [v.co[axis] for v in thing.data.vertices]
    return float(min(along) + max(along)) / 2


def grounded(thing: Any) -> Any:
    """Lift or lower a mesh until its lowest point is on z = 0."""
    low = min(v.co.z for v in thing.data.vertices)
    thing.data.transform(mathutils.Matrix.Translation((0, 0, -low)))
    return thing


def settled(thing: Any, rot: Sequence[float] = UNTURNED) -> Any:
    """``thing`` turned about x, y, z and set down on z = 0, its middle over the origin."""
    for a, axis in zip(rot, "XYZ", strict=True):
        if a:
            thing.data.transform(mathutils.Matrix.Rotation(a, 4, axis))
    x, y = (_middle(thing, axis) for axis in (0, 1))
    thing.data.transform(mathutils.Matrix.Translation((-x, -y, 0)))
    return grounded(thing)


def laid(thing: Any, lean: float = math.pi / 2, spin: float = 0.0) -> Any:
    """Tip a mesh over towards -y by ``lean``, after a turn by ``spin`` about its own axis, and
    move its middle to the origin."""
    turn = mathutils.Matrix.Rotation(lean, 4, "X") @ mathutils.Matrix.Rotation(spin, 4, "Z")
    thing.data.transform(turn)
    thing.data.transform(mathutils.Matrix.Translation((0, -_middle(thing, 1), 0)))
    return grounded(thing)
