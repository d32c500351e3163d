"""Shapes that loose goods share: soft-edged marks, clear film, things laid on their side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy, seed_of
from datasets.render.assets.shapes import banded, pic, sh

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
