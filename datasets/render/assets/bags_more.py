"""More bags: briefcases, laptop bags, suitcases, slings, carriers, lunch bags."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, cloth, curve, grain, lump, mat, revolve
from datasets.render.assets.solids import grounded, hoop, laid


def case(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "brief",
    size: tuple[float, float, float] = (0.4, 0.1, 0.29),
    colour: str = "#2a211c",
    trim: str = "#17130f",
    metal: str = "#b79a58",
    lie: bool = False,
) -> Any:
    """``kind``: brief (leather, flap), laptop (cloth, zip pocket, strap), hard (aluminium or
    plastic, two locks), sleeve (thin, no handle), document (zipped folder bag with a loop)."""
    b = builder(ident)
    w, d, h = size
    seed = seed_of(ident) % 9999
    t, brass = mat(ident, "trim", trim, 0.5), mat(ident, "metal", metal, 0.3, 1.0)
    if kind == "hard":
        m = mat(ident, "shell", colour, 0.3, 0.3)
        b.box((0, 0, h / 2), (w, d, h), m, bevel=0.014, segments=3)
        b.box((0, 0, h / 2), (w * 1.005, 0.012, h * 1.005), brass)
        for s in (-1, 1):
            b.box((s * w * 0.3, -0.006, h), (0.035, 0.03, 0.012), brass, bevel=0.003)
        hoop(b, t, (0, 0, h), (0.07, 0.035), 0.009)
    elif kind in ("sleeve", "document"):
        d *= 0.35
        m = cloth(ident, "cloth", colour)
        lump(b, (0, 0, h / 2), (w / 2, d / 2, h / 2), m, square=9, rough=0.02, seed=seed)
        b.tube([(-w * 0.47, 0, h * 0.985), (w * 0.47, 0, h * 0.985)], 0.004, t)
        b.box((-w * 0.4, -0.012, h * 0.97), (0.03, 0.006, 0.012), brass)
        if kind == "document":
            hoop(b, t, (w * 0.49, 0, h * 0.7), (0.06, 0.025), 0.006, along="side")
            b.box((0, -d * 0.5, h * 0.4), (w * 0.8, 0.006, h * 0.55), t, bevel=0.004)
    else:
        m = (
            grain(ident, "hide", colour, 0.2, 40, 0.4)
            if kind == "brief"
            else cloth(ident, "c", colour)
        )
        lump(
            b,
            (0, 0, h / 2),
            (w / 2, d / 2, h / 2),
            m,
            square=7,
            rough=0.025,
            cells=2,
            seed=seed,
            floor=0,
            taper=0.06,
        )
        if kind == "brief":
            b.box((0, -d * 0.5, h * 0.66), (w * 0.95, 0.008, h * 0.6), m, bevel=0.006)
            for s in (-1, 1):
                b.box((s * w * 0.28, -d * 0.52, h * 0.5), (0.026, 0.014, h * 0.5), t, bevel=0.003)
                b.box((s * w * 0.28, -d * 0.53, h * 0.34), (0.034, 0.014, 0.03), brass, bevel=0.003)
        else:
            b.box((0, -d * 0.5, h * 0.42), (w * 0.8, 0.03, h * 0.6), m, bevel=0.012)
            b.box((0, -d * 0.5 - 0.017, h * 0.68), (w * 0.7, 0.004, 0.008), brass)
            pts = curve(
                [
                    (-w * 0.48, 0, h * 0.95),
                    (-w * 0.3, d * 0.8, h * 0.75),
                    (0, d * 1.3, 0.02),
                    (w * 0.35, d * 0.8, h * 0.7),
                    (w * 0.48, 0, h * 0.95),
                ]
            )
            b.tube(pts, 0.012, t, sides=6)
        for s in (-1, 1):
            hoop(b, t, (0, s * d * 0.16, h * 0.95), (0.075, 0.06), 0.007)
    o = grounded(b.object())
    return laid(o) if lie else o


def luggage(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "shell",
    size: tuple[float, float, float] = (0.38, 0.24, 0.56),
    colour: str = "#3a4a5e",
    trim: str = "#16171a",
    pull: float = 0.3,
) -> Any:
    """``kind``: shell (ribbed, four wheels), cloth (pockets, two wheels), duffel (lying, handles),
    trolley (a shopping bag on wheels); ``pull`` is how far the handle is drawn out."""
    b = builder(ident)
    w, d, h = size
    seed, t = seed_of(ident) % 9999, mat(ident, "trim", trim, 0.5)
    steel = mat(ident, "steel", "#a8aaad", 0.3, 0.9)
    if kind == "duffel":
        m, r = cloth(ident, "cloth", colour), d * 0.62
        lump(
            b,
            (0, 0, r * 0.9),
            (h * 0.5, r, r * 0.9),
            m,
            square=3.4,
            rough=0.05,
            cells=3,
            seed=seed,
            floor=0,
        )
        for s in (-1, 1):
            b.box((s * h * 0.2, 0, r * 0.9), (0.035, r * 2.03, r * 1.82), t, bevel=0.02)
            hoop(b, t, (0, s * r * 0.35, r * 1.6), (h * 0.2, 0.09), 0.01)
        b.tube([(-h * 0.42, 0, r * 1.75), (h * 0.42, 0, r * 1.75)], 0.004, steel)
        return grounded(b.object())
    m = mat(ident, "shell", colour, 0.35) if kind == "shell" else cloth(ident, "cloth", colour)
    b.box((0, 0, h / 2 + 0.045), (w, d, h), m, bevel=0.04 if kind == "shell" else 0.02, segments=3)
    for s in (-1, 1):
        for q in (-1, 1) if kind == "shell" else (1,):
            b.cyl(
                (s * w * 0.38, q * d * 0.34, 0.025),
                0.025,
                0.03,
                t,
                rot=(0, math.pi / 2, 0),
                sides=14,
            )
            b.box((s * w * 0.38, q * d * 0.34, 0.045), (0.04, 0.04, 0.02), t)
        if kind != "shell":
            b.box((s * w * 0.38, -d * 0.4, 0.022), (0.04, 0.02, 0.044), t)
        b.tube([(s * 0.08, d * 0.4, h), (s * 0.08, d * 0.4, h + 0.06 + pull)], 0.006, steel)
    b.box((0, d * 0.4, h + 0.06 + pull), (0.2, 0.026, 0.028), t, bevel=0.008)
    hoop(b, t, (0, 0, h + 0.045), (0.08, 0.03), 0.008)
    if kind == "shell":
        for k in range(7):
            b.box(
                ((k - 3) * w * 0.125, -d * 0.5, h / 2 + 0.045),
                (0.014, 0.012, h * 0.82),
                m,
                bevel=0.004,
            )
        b.box((0, 0, h / 2 + 0.045), (w * 1.006, 0.012, h * 1.002), t, bevel=0.004)
    else:
        for z, part_h in ((0.3, 0.42), (0.76, 0.28)):
            b.box((0, -d * 0.5, h * z + 0.045), (w * 0.8, 0.05, h * part_h), m, bevel=0.018)
            b.box(
                (0, -d * 0.5 - 0.026, h * (z + part_h * 0.42) + 0.045),
                (w * 0.7, 0.004, 0.008),
                steel,
            )
    return grounded(b.object())


def sling(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "cross",
    size: tuple[float, float, float] = (0.24, 0.09, 0.2),
    colour: str = "#4a4f3c",
    trim: str = "#1d1e1c",
    metal: str = "#b8b8b4",
) -> Any:
    """``kind``: cross (flap bag, its strap lying), belt (hip bag), string (sack with cords), lunch
    (insulated box bag), bucket (round, cloth), clutch (with wristlet)."""
    b = builder(ident)
    w, d, h = size
    seed, m, t = seed_of(ident) % 9999, cloth(ident, "cloth", colour), mat(ident, "trim", trim, 0.7)
    steel = mat(ident, "metal", metal, 0.3, 0.9)
    if kind == "string":
        lump(
            b,
            (0, 0, h * 0.75),
            (w * 0.6, d * 0.9, h * 0.75),
            m,
            square=3,
            rough=0.09,
            cells=4,
            seed=seed,
            floor=0,
            taper=0.25,
        )
        lump(b, (0, 0, h * 1.5), (w * 0.3, d * 0.5, h * 0.1), m, rough=0.3, cells=7, seed=seed + 1)
        for s in (-1, 1):
            pts = curve(
                [
                    (s * w * 0.1, 0, h * 1.45),
                    (s * w * 0.5, d * 1.4, h * 0.9),
                    (s * w * 0.7, d, 0.01),
                    (s * w * 0.45, 0, 0.02),
                ]
            )
            b.tube(pts, 0.005, t, sides=6)
    elif kind == "lunch":
        b.box((0, 0, h / 2), (w, d * 1.7, h), m, bevel=0.014, segments=3)
        b.box((0, 0, h * 0.86), (w * 1.01, d * 1.72, 0.008), steel)
        b.box((0, -d * 0.87, h * 0.45), (w * 0.7, 0.012, h * 0.5), t, bevel=0.006)
        hoop(b, t, (0, 0, h * 0.98), (w * 0.32, 0.07), 0.011)
    elif kind == "belt":
        lump(
            b,
            (0, 0, h * 0.34),
            (w * 0.55, d * 0.55, h * 0.34),
            m,
            square=3,
            rough=0.05,
            seed=seed,
            floor=0,
        )
        b.tube([(-w * 0.4, -d * 0.45, h * 0.4), (w * 0.4, -d * 0.45, h * 0.4)], 0.004, steel)
        for s in (-1, 1):
            pts = curve(
                [
                    (s * w * 0.5, 0, h * 0.3),
                    (s * w, d * 0.6, 0.012),
                    (s * w * 0.8, d * 2.4, 0.01),
                    (s * w * 0.1, d * 2.6, 0.01),
                ]
            )
            b.tube(pts, 0.012, t, sides=4)
        b.box((0, d * 2.6, 0.012), (0.06, 0.04, 0.02), t, bevel=0.005)
    elif kind == "bucket":
        r = w * 0.5
        revolve(
            b,
            [
                (0, 0),
                (r * 0.9, 0),
                (r, 0.02),
                (r * 0.92, h * 0.9),
                (r * 0.88, h),
                (r * 0.8, h * 0.85),
                (0, h * 0.6),
            ],
            m,
        )
        for s in (-1, 1):
            hoop(b, t, (0, s * r * 0.8, h * 0.9), (r * 0.6, h * 0.55), 0.009)
        revolve(b, [(r * 1.0, h * 0.12), (r * 1.02, h * 0.14), (r * 0.99, h * 0.2)], t)
    else:
        if kind == "clutch":
            w, d, h = w * 0.95, d * 0.45, h * 0.62
        hide = grain(ident, "hide", colour, 0.2, 40, 0.4)
        lump(
            b, (0, 0, h / 2), (w / 2, d / 2, h / 2), hide, square=5, rough=0.04, seed=seed, floor=0
        )
        b.box((0, -d * 0.5, h * 0.68), (w * 0.96, 0.012, h * 0.56), hide, bevel=0.01)
        b.box((0, -d * 0.5 - 0.009, h * 0.45), (0.03, 0.008, 0.03), steel, bevel=0.003)
        if kind == "clutch":
            hoop(b, t, (w * 0.48, 0, h * 0.75), (h * 0.4, 0.07), 0.005, along="side")
        else:
            pts = curve(
                [
                    (-w * 0.48, 0, h * 0.9),
                    (-w * 0.75, d, h * 0.3),
                    (-w * 0.5, d * 2.6, 0.008),
                    (w * 0.4, d * 3, 0.008),
                    (w * 0.75, d, h * 0.3),
                    (w * 0.48, 0, h * 0.9),
                ]
            )
            b.tube(pts, 0.008, t, sides=6)
    return grounded(b.object())
