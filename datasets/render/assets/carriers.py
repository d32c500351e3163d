"""Carrier bags of plastic, paper and cloth."""

from __future__ import annotations

import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, cloth, curve, lump, mat, pic, sh
from datasets.render.assets.solids import grounded, hoop


def carrier(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "knotted",
    colour: str = "#d8d9d6",
    second: str = "#b03028",
    size: tuple[float, float, float] = (0.28, 0.16, 0.3),
    gloss: float = 0.3,
) -> Any:
    """``kind``: knotted (thin plastic, tied), paper (open, twisted handles), tote (flat, lying),
    gift (stiff, tissue out of it), woven (the striped big bag), slumped (thin plastic, open)."""
    b = builder(ident)
    w, d, h = size
    seed = seed_of(ident) % 9999
    skin = pic(
        ident,
        "film",
        sh.speckle(colour, seed, 0.25, 20, 128),
        min(0.9, gloss),
        coords="Generated",
        projection="BOX",
    )
    ink = mat(ident, "ink", second, 0.5)
    if kind == "knotted":
        lump(
            b,
            (0, 0, h * 0.33),
            (w * 0.5, d * 0.62, h * 0.34),
            skin,
            square=2.4,
            rough=0.2,
            cells=4,
            seed=seed,
            floor=0,
            segments=36,
            taper=0.35,
        )
        lump(
            b,
            (0, 0, h * 0.68),
            (0.03, 0.03, 0.035),
            skin,
            rough=0.3,
            cells=5,
            seed=seed + 1,
            segments=16,
        )
        for s in (-1, 1):
            b.ball(
                (s * w * 0.17, 0, h * 0.78),
                (w * 0.17, 0.018, 0.035),
                skin,
                rot=(0, -s * 0.6, 0.4),
                segments=12,
            )
        b.box((0, -d * 0.58, h * 0.36), (w * 0.3, 0.004, h * 0.14), ink, rot=(0.25, 0, 0))
    elif kind in ("paper", "gift"):
        for s in (-1, 1):
            b.box((0, s * d * 0.4, h / 2), (w, 0.003, h), skin, rot=(s * 0.04, 0, 0))
            b.box((s * w / 2, 0, h / 2), (0.003, d * 0.8, h), skin)
            hoop(b, ink, (0, s * d * 0.38, h * 0.99), (w * 0.2, 0.09), 0.004)
        b.box((0, 0, 0.004), (w, d * 0.8, 0.008), skin)
        b.box((0, -d * 0.44, h * 0.5), (w * 0.5, 0.003, h * 0.3), ink, rot=(-0.04, 0, 0))
        if kind == "gift":
            tissue = mat(ident, "tissue", "#f2eee8", 0.9)
            for k in range(4):
                at = ((k - 1.5) * w * 0.22, 0.02 * (k % 2), h * 0.98)
                lump(
                    b,
                    at,
                    (w * 0.15, d * 0.3, 0.06),
                    tissue,
                    rough=0.5,
                    cells=6,
                    seed=seed + k,
                    segments=14,
                )
        else:
            b.box((0, 0, h * 0.7), (w * 0.8, d * 0.6, 0.01), mat(ident, "in", "#6a6258", 0.9))
    elif kind == "tote":
        lump(
            b,
            (0, 0, 0.022),
            (w * 0.62, h * 0.6, 0.022),
            cloth(ident, "canvas", colour),
            square=7,
            rough=0.12,
            cells=4,
            seed=seed,
            floor=0,
        )
        b.box((0, 0, 0.044), (w * 0.5, h * 0.35, 0.003), ink, rot=(0.03, 0.02, 0.1))
        for s in (-1, 1):
            pts = curve(
                [
                    (-w * 0.3, h * 0.56, 0.02),
                    (-w * 0.2, h * (0.9 + 0.06 * s), 0.012),
                    (w * 0.25, h * (0.92 - 0.1 * s), 0.014),
                    (w * 0.3, h * 0.56, 0.02),
                ]
            )
            b.tube(pts, 0.009, cloth(ident, "strap", colour), sides=6)
    elif kind == "woven":
        w, d, h = w * 1.6, d * 1.7, h * 1.2
        lump(
            b,
            (0, 0, h / 2),
            (w / 2, d / 2, h / 2),
            skin,
            square=7,
            rough=0.06,
            cells=3,
            seed=seed,
            floor=0,
        )
        for k in range(5):
            x = (k - 2) * w * 0.19
            b.box((x, 0, h * 0.5), (0.014, d * 1.03, h * 0.86), ink)
        for k in range(3):
            b.box((0, 0, h * (0.25 + 0.25 * k)), (w * 1.0, d * 1.02, 0.012), ink)
        for s in (-1, 1):
            hoop(b, ink, (0, s * d * 0.25, h * 0.96), (w * 0.18, 0.1), 0.01)
    else:
        lump(
            b,
            (0, 0, h * 0.2),
            (w * 0.52, d * 0.8, h * 0.22),
            skin,
            square=2.2,
            rough=0.3,
            cells=6,
            seed=seed,
            floor=0,
            segments=36,
        )
        for s in (-1, 1):
            pts = curve(
                [
                    (s * w * 0.3, -d * 0.4, h * 0.3),
                    (s * w * 0.5, -d * 0.2, h * 0.45),
                    (s * w * 0.62, d * 0.2, h * 0.2),
                    (s * w * 0.4, d * 0.5, h * 0.25),
                ]
            )
            b.tube(pts, 0.012, skin, sides=5)
    return grounded(b.object())
