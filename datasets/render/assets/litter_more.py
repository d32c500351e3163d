"""More litter: flat scraps, crushed drinks, heaps, shells and peel."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.loose_shapes import printed
from datasets.render.assets.shapes import builder, curve, grain, lump, mat, revolve, sheet
from datasets.render.assets.solids import grounded, laid


def scrap(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "wrapper",
    colour: str = "#d8d4cc",
    second: str = "#c03a30",
    size: float = 0.09,
) -> Any:
    """``kind``: wrapper, strips (of a shredder), receipt, leaf, napkin, dots (of a punch)."""
    b = builder(ident)
    p = [rng.uniform(0, 6) for _ in range(4)]
    if kind == "wrapper":
        m = printed(ident, "foil", (colour, second, colour), 0.2)

        def fold(u: float, v: float) -> float:
            twist = 0.25 + 3 * min(u * u, 0.2)
            return 0.003 + size * 0.14 * twist * abs(math.sin(9 * u + p[0] + 4 * v) + v * v * 3)

        sheet(b, (size * 1.3, size), m, cuts=14, height=fold)
    elif kind == "receipt":
        m = mat(ident, "paper", colour, 0.8)
        long = size * 2.4

        def curl(_u: float, v: float) -> float:
            return 0.002 + size * (0.9 * max(0.0, v - 0.1) ** 2 + 1.6 * max(0.0, -v - 0.15) ** 2)

        sheet(b, (size * 0.6, long), m, cuts=12, height=curl)
        ink = mat(ident, "ink", "#55555a", 0.8)
        for k in range(7):
            y = long * (-0.08 + 0.03 * k)
            b.box((0, y, 0.0036), (size * rng.uniform(0.2, 0.5), 0.0035, 0.0004), ink)
    elif kind == "leaf":
        m = grain(ident, "leaf", colour, 0.5, 10, 0.7, 9)
        for _ in range(rng.randint(1, 3)):
            at = (rng.gauss(0, size * 0.5), rng.gauss(0, size * 0.5), 0.006)
            b.ball(at, (size * 0.5, size * 0.24, 0.003), m, rot=(0.12, 0.1, rng.uniform(0, 6.3)))
    elif kind == "strips":
        for k in range(rng.randint(12, 20)):
            m = mat(ident, f"paper{k % 2}", (colour, second)[k % 2], 0.8)
            a = rng.uniform(0, 6.28)
            x, y = rng.gauss(0, size * 0.4), rng.gauss(0, size * 0.4)
            reach = size * rng.uniform(0.3, 0.6)
            pts = [
                (
                    x + reach * t * math.cos(a + t * p[0] * 0.2),
                    y + reach * t * math.sin(a + t * p[0] * 0.2),
                    0.003 + 0.012 * abs(math.sin(3 * t + k)),
                )
                for t in np.linspace(-1, 1, 7)
            ]
            b.tube(pts, 0.0022, m, sides=4)
    elif kind == "dots":
        m = mat(ident, "paper", colour, 0.8)
        for _ in range(60):
            at = (rng.gauss(0, size * 0.35), rng.gauss(0, size * 0.35), 0.0008)
            b.cyl(at, 0.0032, 0.0012, m, sides=8)
    else:  # a napkin, folded and thrown

        def wave(u: float, v: float) -> float:
            return 0.004 + size * 0.2 * abs(math.sin(5 * u + p[0]) + 0.5 * math.sin(8 * v + p[1]))

        sheet(b, (size * 1.6, size * 1.3), mat(ident, "n", colour, 0.9), cuts=12, height=wave)
        sheet(
            b,
            (size * 0.9, size * 0.8),
            mat(ident, "spot", second, 0.7),
            at=(0.01, 0, 0.003),
            turn=0.6,
            cuts=12,
            height=wave,
        )
    return b.object()


def crushed(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "can",
    colour: str = "#c02a26",
    second: str = "#e8e8e4",
    size: float = 0.032,
) -> Any:
    """``kind``: can, cup (crumpled), pack (of cigarettes), tub (with its lid), lid with straw."""
    b = builder(ident)
    m = printed(ident, "print", (colour, second, colour), 0.3)
    steel = mat(ident, "metal", "#b8babc", 0.3, 0.9)
    if kind == "can":
        zs = np.linspace(0, size * 3.4, 9)
        dents = [1, 1, *(rng.uniform(0.72, 1.02) for _ in range(5)), 1, 0.86]
        revolve(b, [(size * d, float(z)) for d, z in zip(dents, zs, strict=True)], m)
        for z in (0.001, size * 3.4):
            b.cyl((0, 0, z), size * 0.86, 0.002, steel)
        for v in b.bm.verts:  # trodden on: squeezed flat at the middle, and bent
            q = 1 - abs(v.co.z / (size * 1.7) - 1)
            v.co.y *= 1 - 0.5 * q
            v.co.x += size * 0.35 * q
        return laid(b.object(), spin=0.4)
    if kind == "cup":
        r = size * 1.1
        revolve(b, [(0, 0.002), (r * 0.75, 0.002), (r, r * 2.5)], m, sides=20)
        revolve(b, [(r, r * 2.5), (r * 0.96, r * 2.45), (r * 0.72, 0.01)], mat(ident, "in", second))
        d = rng.uniform(0, 3)
        for v in b.bm.verts:
            q = v.co.z / (r * 2.5)
            v.co.y *= 1 - 0.55 * q
            v.co.x *= 1 + 0.22 * q * math.sin(3 * v.co.z / r + d)
        return laid(b.object(), spin=1.2)
    if kind == "pack":
        b.box((0, 0, size * 0.35), (size * 1.75, size * 2.7, size * 0.7), m, bevel=0.002)
        b.box((0, size * 1.6, size * 0.75), (size * 1.7, size * 0.8, 0.003), m, rot=(0.8, 0, 0))
        b.box((0, size * 1.3, size * 0.35), (size * 1.5, 0.012, size * 0.5), steel)
    elif kind == "tub":
        r = size * 1.6
        revolve(b, [(0, 0), (r * 0.75, 0), (r, r * 1.1)], m)
        revolve(
            b, [(r * 1.05, r * 1.1), (r * 0.93, r * 1.1), (r * 0.72, 0.01)], mat(ident, "i", second)
        )
        b.cyl((r * 1.1, r * 0.4, r * 0.5), r, 0.002, steel, rot=(0.0, 1.0, 0.4))
        return laid(b.object(), spin=rng.uniform(-0.5, 0.5))
    else:
        r = size * 1.3
        lid = mat(ident, "lid", second, 0.3)
        revolve(b, [(0, 0.016), (r * 0.8, 0.016), (r * 0.85, 0.006), (r, 0.005), (r, 0)], lid)
        straw = mat(ident, "straw", colour, 0.4)
        b.tube([(-r, -r * 1.4, 0.004), (r * 0.4, r * 1.7, 0.004)], 0.004, straw, sides=8)
        b.tube([(r * 0.4, r * 1.7, 0.004), (r * 1.1, r * 1.9, 0.004)], 0.004, straw, sides=8)
    return grounded(b.object())


def remains(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "heap",
    colour: str = "#eeede8",
    size: float = 0.035,
) -> Any:
    """``kind``: heap (of tissues), butts, seeds (shells of melon seeds), banana, orange, core,
    bands (of rubber), crumbs."""
    b = builder(ident)
    seed = seed_of(ident) % 9999 + rng.randrange(999)
    if kind == "heap":
        m = grain(ident, "tissue", colour, 0.12, 20, 0.95, 9)
        for k in range(rng.randint(3, 6)):
            r = size * rng.uniform(0.7, 1.1)
            at = (rng.gauss(0, size), rng.gauss(0, size), r * (0.7 if k < 4 else 1.6))
            lump(b, at, (r, r * 0.85, r * 0.7), m, rough=0.4, cells=5, seed=seed + k, segments=18)
    elif kind == "butts":
        ash, tip = mat(ident, "ash", "#5a5854", 0.95), mat(ident, "tip", "#c8843c", 0.8)
        white = mat(ident, "paper", colour, 0.8)
        for _ in range(rng.randint(2, 5)):
            x, y, a = rng.gauss(0, size), rng.gauss(0, size), rng.uniform(0, 6.28)
            c, s = math.cos(a), math.sin(a)
            b.tube([(x, y, 0.004), (x + 0.02 * c, y + 0.02 * s, 0.004)], 0.004, tip)
            x, y = x + 0.02 * c, y + 0.02 * s
            b.tube([(x, y, 0.004), (x + 0.011 * c, y + 0.011 * s, 0.0045)], 0.0042, white)
            b.ball((x + 0.013 * c, y + 0.013 * s, 0.004), (0.004, 0.004, 0.004), ash, segments=8)
    elif kind in ("seeds", "crumbs"):
        dark = grain(ident, "shell", colour, 0.6, 20, 0.8, 30)
        for _ in range(45):
            r = rng.uniform(0.003, 0.007)
            at = (rng.gauss(0, size), rng.gauss(0, size), r * 0.4)
            flat = 0.35 if kind == "seeds" else 0.7
            b.ball(at, (r, r * 0.6, r * flat), dark, rot=(0, 0, rng.uniform(0, 6)), segments=6)
    elif kind == "banana":
        m = grain(ident, "skin", colour, 0.4, 8, 0.6, 14)
        for k in range(4):
            a = k * 1.57 + rng.uniform(-0.3, 0.3)
            reach = size * rng.uniform(2.6, 3.6)
            pts = curve(
                [
                    (0, 0, size * 0.7),
                    (reach * 0.4 * math.cos(a), reach * 0.4 * math.sin(a), size * 0.5),
                    (reach * math.cos(a + 0.3), reach * math.sin(a + 0.3), 0.004),
                ],
                4,
            )
            w = [size * 0.42 * (1.05 - 0.75 * i / len(pts)) for i in range(len(pts))]
            b.tube(pts, size, m, radii=w, sides=6)
        b.tube([(0, 0, size * 0.6), (0.01, 0, size * 1.5)], 0.006, mat(ident, "tip", "#4a3a1c"))
        for v in b.bm.verts:
            v.co.z *= 0.6
    elif kind == "orange":
        skin, pith = grain(ident, "skin", colour, 0.25, 30), mat(ident, "pith", "#e9dcc0", 0.9)
        for k in range(rng.randint(3, 5)):
            x, y = rng.gauss(0, size * 0.9), rng.gauss(0, size * 0.9)
            lump(
                b,
                (x, y, 0.008),
                (size * 0.8, size * 0.5, 0.008),
                skin,
                rough=0.3,
                seed=seed + k,
                segments=14,
            )
            if k % 2:
                lump(
                    b,
                    (x, y, 0.012),
                    (size * 0.7, size * 0.42, 0.006),
                    pith,
                    rough=0.3,
                    seed=seed + k,
                    segments=14,
                )
    elif kind == "core":
        m, flesh = grain(ident, "skin", "#a8322a", 0.3, 12), grain(ident, "flesh", colour, 0.2, 9)
        revolve(b, [(0, 0), (size * 0.7, 0.004), (size * 0.8, size * 0.35)], m, sides=14)
        revolve(
            b,
            [(size * 0.8, size * 0.35), (size * 0.35, size), (size * 0.75, size * 1.7)],
            flesh,
            sides=14,
        )
        revolve(
            b, [(size * 0.75, size * 1.7), (size * 0.5, size * 2), (0, size * 1.9)], m, sides=14
        )
        b.tube([(0, 0, size * 1.9), (0.004, 0, size * 2.5)], 0.002, mat(ident, "s", "#3a2a1a"))
        return laid(b.object())
    else:
        for k in range(rng.randint(3, 7)):
            m = mat(ident, f"band{k % 2}", (colour, "#b8863a")[k % 2], 0.6)
            x, y, a = rng.gauss(0, size), rng.gauss(0, size), rng.uniform(0.4, 1)
            pts = [
                (x + size * math.cos(t), y + size * a * math.sin(t), 0.003 + 0.002 * k % 0.006)
                for t in np.linspace(0, 6.283, 17)
            ]
            b.tube(pts, 0.0022, m, sides=5)
    return grounded(b.object())
