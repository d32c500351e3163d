"""Shapes that loose goods share: soft-edged marks, clear film, things laid on their side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy, seed_of
from datasets.render.assets.shapes import banded, mat, pic, sh

mathutils: Any = Lazy("mathutils")
Field = NDArray[Any]


def printed(
    ident: str, part: str, colours: Sequence[str], rough: float = 0.4, words: Sequence[str] = ()
) -> Any:
    """Packaging with bands of colour and strokes, on all sides of a thing."""
    return pic(
        ident,
        part,
        banded(colours, seed_of(ident + part), words=words),
        rough,
        coords="Generated",
        projection="BOX",
    )


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


def grounded(thing: Any) -> Any:
    """Lift or lower a mesh until its lowest point is on z = 0."""
    low = min(v.co.z for v in thing.data.vertices)
    thing.data.transform(mathutils.Matrix.Translation((0, 0, -low)))
    return thing


def laid(thing: Any, lean: float = math.pi / 2, spin: float = 0.0) -> Any:
    """Tip a mesh over towards -y by ``lean``, after a turn by ``spin`` about its own axis, and
    move its middle to the origin."""
    turn = mathutils.Matrix.Rotation(lean, 4, "X") @ mathutils.Matrix.Rotation(spin, 4, "Z")
    thing.data.transform(turn)
    ys = [v.co.y for v in thing.data.vertices]
    thing.data.transform(mathutils.Matrix.Translation((0, -(min(ys) + max(ys)) / 2, 0)))
    return grounded(thing)


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
    axis; "side" stands out towards +x, its ends one above the other.
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
        else:
            pts.append((x + s, y, z + c))
    b.tube(pts, thick, m, sides=sides)


# ----------------------------------------------------------------------------------- marks


def plane_field(size: int = 144) -> tuple[Field, Field]:
    """Coordinates -1..1 of a square picture: x to the right, y up."""
    i = np.linspace(-1, 1, size, dtype=np.float32)
    return np.tile(i, (size, 1)), np.tile(i[::-1, None], (1, size))


def soft(value: Field, edge: float) -> Field:
    """0 where ``value`` is below 0, 1 above ``edge``, smooth between."""
    t = np.clip(value / edge, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def decal(
    b: Any,
    ident: str,
    part: str,
    rgb: Field,
    alpha: Field,
    size: Sequence[float],
    *,
    at: Sequence[float] = (0, 0, 0.0012),
    rough: float = 0.7,
    cells: int = 44,
) -> None:
    """A thin mark whose edges fade.  Faces are made only where something is to be seen, so that
    the mark's outline is that of its mesh."""
    m = pic(ident, part, rgb, rough, coords="UV")
    nt = m.node_tree
    tx = nt.nodes.new("ShaderNodeTexImage")
    tx.image = sh.image(f"{ident}.{part}.alpha", np.repeat(alpha[..., None], 3, 2))
    tx.image.colorspace_settings.name = "Non-Color"
    nt.links.new(nt.nodes["Mapping"].outputs["Vector"], tx.inputs["Vector"])
    nt.links.new(tx.outputs["Color"], nt.nodes["Principled BSDF"].inputs["Alpha"])
    uv, slot = b.bm.loops.layers.uv.verify(), b._slot(m)
    h, w = alpha.shape
    corner: dict[tuple[int, int], Any] = {}
    for i in range(cells):
        for k in range(cells):
            part_of = alpha[
                h - math.ceil((k + 1) * h / cells) : h - k * h // cells,
                i * w // cells : math.ceil((i + 1) * w / cells),
            ]
            if part_of.max() < 0.45:
                continue
            q = ((i, k), (i + 1, k), (i + 1, k + 1), (i, k + 1))
            for p in q:
                if p not in corner:
                    x, y = (p[0] / cells - 0.5) * size[0], (p[1] / cells - 0.5) * size[1]
                    corner[p] = b.bm.verts.new((at[0] + x, at[1] + y, at[2]))
            f = b.bm.faces.new([corner[p] for p in q])
            for loop, p in zip(f.loops, q, strict=True):
                loop[uv].uv = (p[0] / cells, p[1] / cells)
            f.material_index = slot
