"""Cables, power strips and stains: what lies on a floor."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.shapes import (
    builder,
    curve,
    mat,
    part,
)


def cable(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#161616",
    radius: float = 0.0035,
    kind: str = "loose",
    length: float = 1.4,
    plug: bool = False,
    strands: int = 1,
    second: str = "",
) -> Any:
    """``loose`` winds over the floor, ``coil`` lies in rings, ``bundle`` runs straight and tied,
    ``drop`` comes down from desk height at the back and winds on."""
    b = builder(ident)
    for n in range(strands):
        m = mat(ident, f"jacket{n}", second if n % 2 and second else colour, 0.45)
        z = radius
        if kind == "coil":
            pts, r0 = [], length / 12
            for t in np.linspace(0, 2 * math.pi * 4.4, 90):
                r = r0 * (1 + 0.12 * math.sin(t * 0.37) + 0.05 * math.sin(t * 1.9))
                pts.append((r * math.cos(t), r * math.sin(t) * 0.85, z + radius * 0.35 * t / 6.28))
            pts += [(r0 * 1.3 + 0.03 * k, 0.05 + 0.04 * k, z) for k in range(5)]
            path = pts
        elif kind == "bundle":
            pts = [
                (
                    -length / 2 + length * i / 8,
                    0.012 * math.sin(i * 0.9) + (n - strands / 2) * radius * 1.7,
                    z + (n % 2) * radius * 1.2,
                )
                for i in range(9)
            ]
            path = curve(pts, 5)
        else:
            a = rng.uniform(-0.5, 0.5)
            x, y = -length * 0.35, rng.uniform(-0.1, 0.1) + 0.03 * n
            pts = []
            if kind == "drop":
                pts += [(x - 0.02, y + 0.32, 0.7), (x - 0.01, y + 0.3, 0.35), (x, y + 0.22, 0.06)]
            pts.append((x, y, z))
            for _ in range(11):
                a = a * 0.6 + rng.uniform(-1.5, 1.5)
                x, y = x + length / 11 * math.cos(a * 0.8), y + length / 11 * math.sin(a)
                pts.append((x, y, z + rng.uniform(0, radius)))
            path = curve(pts, 7)
            if plug:
                b.box((x, y, 0.012), (0.035, 0.03, 0.022), m, rot=(0, 0, a), bevel=0.004)
        b.tube(path, radius, m, sides=7)
    if kind == "bundle":
        tie = mat(ident, "tie", "#dcdad2", 0.5)
        for i in range(1, 5):
            b.box(
                (-length / 2 + length * i / 5, 0.012 * math.sin(i * 1.44), radius * 1.5),
                (0.012, radius * 2.2 * strands, radius * 4),
                tie,
                bevel=0.001,
            )
    return b.object()


def strip(
    ident: str,
    rng: random.Random,
    *,
    sockets: int = 5,
    colour: str = "#ecebe7",
    cord: str = "#e4e3df",
    switch: str = "#c02a22",
    plugs: int = 2,
    width: float = 0.055,
    double: bool = False,
) -> Any:
    """The strip with what is plugged in; its cords are a part of class ``cable``, as they are to
    whoever looks at a floor."""
    w = 0.05 * sockets + 0.06
    b, cords = builder(ident), builder(f"{ident}.cords")
    m = mat(ident, "body", colour, 0.35)
    d = mat(ident, "hole", "#1c1c1e", 0.6)
    depth = width * (1.7 if double else 1.0)
    b.box((0, 0, 0.02), (w, depth, 0.04), m, bevel=0.007, segments=3)
    for k in range(sockets):
        x = -w / 2 + 0.065 + 0.05 * k
        for y in (-depth / 4, depth / 4) if double else (0.0,):
            for s in (-1, 1):
                b.box(
                    (x + s * 0.007, y + 0.006, 0.0405), (0.003, 0.01, 0.002), d, rot=(0, 0, s * 0.5)
                )
            b.box((x, y - 0.01, 0.0405), (0.003, 0.009, 0.002), d)
            if k < plugs:
                b.box(
                    (x, y, 0.055),
                    (0.034, 0.036, 0.03),
                    mat(ident, f"plug{k}", "#19191b", 0.5),
                    bevel=0.005,
                )
                cords.tube(
                    curve(
                        [
                            (x, y, 0.065),
                            (x, y - 0.08, 0.06),
                            (x + rng.uniform(-0.15, 0.15), -0.22, 0.006),
                            (x + rng.uniform(-0.3, 0.3), -0.4, 0.005),
                        ]
                    ),
                    0.0035,
                    d,
                    sides=6,
                )
    b.box(
        (-w / 2 + 0.025, 0, 0.042),
        (0.02, 0.014, 0.006),
        mat(ident, "switch", switch, 0.3, emission=0.4),
        bevel=0.002,
    )
    pts = [(w / 2, 0, 0.018), (w / 2 + 0.06, 0.01, 0.006)]
    x, y, a = w / 2 + 0.06, 0.01, 0.3
    for _ in range(5):
        a += rng.uniform(-0.9, 0.9)
        x, y = x + 0.1 * math.cos(a), y + 0.1 * math.sin(a)
        pts.append((x, y, 0.005))
    cords.tube(curve(pts), 0.004, mat(ident, "cord", cord, 0.5), sides=7)
    whole = b.object()
    part(cords.object(), whole, "cable")
    return whole


def stain(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#4a3a26",
    wet: bool = False,
    size: float = 0.12,
) -> Any:
    """A thin irregular patch with a few splashes beside it."""
    b = builder(ident)
    m = mat(ident, "spot", colour, 0.06 if wet else 0.7)
    for k in range(5):
        r = size / 2 if k == 0 else size * rng.uniform(0.03, 0.12)
        cx, cy = (0.0, 0.0) if k == 0 else (rng.gauss(0, size * 0.5), rng.gauss(0, size * 0.5))
        ph = [rng.uniform(0, 6) for _ in range(3)]
        ring = [
            b.bm.verts.new((cx + r * q * math.cos(t), cy + r * q * 0.75 * math.sin(t), 0.0012))
            for t in np.linspace(0, 6.283, 40, endpoint=False)
            for q in [
                1
                + 0.2 * math.sin(2 * t + ph[0])
                + 0.15 * math.sin(3 * t + ph[1])
                + 0.07 * math.sin(7 * t + ph[2])
            ]
        ]
        b.bm.faces.new(ring)
        b._finish(ring, m, False)
    return b.object()
