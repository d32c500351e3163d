"""Folded and rolled garments on a seat: no simulation, shaped by hand."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import Lazy
from datasets.render.assets.shapes import lump
from datasets.render.furniture import chair_dims

sh: Any = Lazy("datasets.render.shading")
bpy: Any = Lazy("bpy")


def parcel(
    name: str, chair: str, way: str, variant: int, cloth: Any, trim: Any, bulk: float
) -> bpy.types.Object:
    """``way`` "parcel" (folded square, its layers seen at the edges) or "roll", on the seat.

    ``bulk``: how thick the cloth is, metres.
    """
    d = chair_dims(chair)
    rng = random.Random(f"{name}/{chair}/{way}/{variant}")
    b = sh.Builder(name)
    z = d["seat_z"]
    if way == "roll":
        r, half = rng.uniform(0.05, 0.075) + bulk * 1.5, rng.uniform(0.17, 0.24)
        lump(
            b,
            (0, 0, z + r * 0.92),
            (half, r, r * 0.95),
            cloth,
            square=5,
            rough=0.05,
            cells=2.5,
            seed=variant + 3,
            floor=z,
            segments=32,
        )
        for s in (-1, 1):  # the spiral that the ends show
            pts = [
                (s * half * 0.985, rr * math.cos(t), z + r * 0.92 + rr * math.sin(t))
                for t in np.linspace(0, 5 * math.pi, 36)
                for rr in (r * 0.82 * t / (5 * math.pi),)
            ]
            b.tube(pts, max(0.005, bulk * 0.45), trim, sides=5)
        for x in (-0.6, 0.55):  # a sleeve is tied about it
            q = r + 0.006
            ring = [
                (x * half, q * math.cos(t), z + r * 0.92 + q * math.sin(t))
                for t in np.linspace(-0.4, 3.6, 16)
            ]
            b.tube(ring, 0.012, cloth, sides=6)
    else:
        layers = rng.randint(3, 5)
        w, e = rng.uniform(0.28, 0.36), rng.uniform(0.22, 0.32)
        t = 0.012 + bulk * 1.6
        for i in range(layers):
            m = trim if i % 2 and rng.random() < 0.5 else cloth
            lump(
                b,
                (rng.gauss(0, 0.006), rng.gauss(0, 0.006), z + t * (i + 0.5)),
                (w / 2 * rng.uniform(0.95, 1.03), e / 2 * rng.uniform(0.93, 1.04), t * 0.62),
                m,
                square=5,
                rough=0.035,
                cells=3,
                seed=variant * 7 + i,
                floor=z,
                segments=28,
            )
        top = z + t * layers
        if rng.random() < 0.7:  # the collar lies on top
            ring = [
                (0.075 * math.cos(a), e * 0.25 + 0.05 * math.sin(a), top + 0.012)
                for a in np.linspace(0, 2 * math.pi, 22)
            ]
            b.tube(ring, 0.014 + bulk * 0.3, trim, sides=7)
    o = b.object()
    turn, at = rng.uniform(-0.7, 0.7), (rng.uniform(-0.05, 0.05), rng.uniform(-0.06, 0.04))
    c, s_ = math.cos(turn), math.sin(turn)
    for vert in o.data.vertices:
        x, y, _ = vert.co
        vert.co.x, vert.co.y = c * x - s_ * y + at[0], s_ * x + c * y + at[1]
    return o
