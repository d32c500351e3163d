"""Vacuum jugs and pump pots; cans and bottles that are sold."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.loose_shapes import printed
from datasets.render.assets.shapes import banded, builder, lump, mat, pic, revolve
from datasets.render.assets.solids import film as clear_film, glassy, hoop, laid


def vacuum_jug(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "jug",
    r: float = 0.07,
    h: float = 0.3,
    colour: str = "#c9c4ba",
    second: str = "#232427",
    trim: str = "#b8babc",
    metal: float = 0.1,
    slim: float = 0.7,
) -> Any:
    """The big flask of a room.

    ``kind``: jug (lever lid, loop handle), pump (press top, bail handle, spout), cork (enamelled
    shell, cork and wire handle), electric (kettle on its base), steel (drum with strap handle).
    """
    b = builder(ident)
    slim = min(slim, 0.9)
    m, c = mat(ident, "body", colour, 0.3, metal), mat(ident, "cap", second, 0.4)
    t = mat(ident, "trim", trim, 0.25, 0.8)
    if kind == "jug":
        revolve(
            b, [(0, 0), (r, 0), (r * 1.04, h * 0.12), (r * slim, h * 0.78), (r * slim, h * 0.86)], m
        )
        revolve(
            b, [(r * slim * 1.04, h * 0.84), (r * slim * 1.06, h * 0.92), (r * 0.4, h), (0, h)], c
        )
        b.box(
            (0, -r * slim * 1.05, h * 0.9), (0.034, 0.05, 0.026), c, rot=(-0.4, 0, 0), bevel=0.006
        )
        b.box((0, r * 0.3, h * 1.01), (0.024, r, 0.012), c, rot=(0.15, 0, 0), bevel=0.004)
        pts = [
            (0, r * slim * 0.9 + 0.06 * math.sin(x), h * 0.5 - h * 0.34 * math.cos(x))
            for x in (0, 0.5, 1.0, 1.57, 2.1, 2.6, 3.1)
        ]
        b.tube(pts, 0.011, c)
    elif kind == "pump":
        revolve(b, [(0, 0), (r * 1.1, 0), (r * 1.12, h * 0.04), (r * 1.05, h * 0.78)], m)
        revolve(b, [(r * 1.13, 0), (r * 1.13, h * 0.05)], c)
        revolve(b, [(r * 1.08, h * 0.78), (r * 1.1, h * 0.92), (r * 0.9, h), (0, h)], c)
        b.box((0, -r * 1.15, h * 0.88), (r * 0.7, r * 0.9, h * 0.09), c, bevel=0.01)
        b.cyl((0, -r * 1.45, h * 0.81), 0.012, h * 0.08, t)
        b.cyl((0, 0, h * 1.005), r * 0.55, 0.012, t)
        hoop(b, t, (0, r * 0.2, h * 0.86), (r * 1.15, h * 0.3), 0.006)
    elif kind == "cork":
        revolve(
            b,
            [(0, 0), (r, 0), (r, h * 0.66), (r * 0.5, h * 0.84), (r * 0.4, h * 0.9)],
            pic(
                ident,
                "shell",
                banded((colour, trim, colour), seed_of(ident)),
                0.3,
                coords="Generated",
                projection="BOX",
            ),
        )
        b.cyl((0, 0, h * 0.93), r * 0.32, h * 0.1, mat(ident, "cork", "#b08a5a", 0.9))
        for z in (0.03, 0.64):
            revolve(b, [(r * 1.02, h * z), (r * 1.02, h * (z + 0.03))], t)
        hoop(b, c, (0, 0, h * 0.7), (r * 0.98, h * 0.42), 0.006)
        hoop(b, c, (0, r, h * 0.4), (h * 0.18, 0.05), 0.007, along="y")
    elif kind == "electric":
        h *= 0.75
        b.cyl((0, 0, 0.012), r * 1.05, 0.024, c)
        revolve(b, [(0, 0.025), (r, 0.025), (r * 1.02, h * 0.3), (r * slim, h * 0.85)], m)
        revolve(b, [(r * slim, h * 0.85), (r * slim * 0.8, h * 0.9), (0, h * 0.92)], c)
        b.ball((0, 0, h * 0.94), (0.012, 0.012, 0.01), t, segments=12)
        b.tube([(0, -r * 0.7, h * 0.7), (0, -r * 1.25, h * 0.82)], 0.015, m, radii=[0.02, 0.011])
        pts = [
            (0, r * 0.6, h * 0.88),
            (0, r * 1.4, h * 0.86),
            (0, r * 1.6, h * 0.6),
            (0, r * 1.35, h * 0.25),
        ]
        b.tube(pts, 0.011, c)
    else:
        revolve(b, [(0, 0), (r, 0), (r, h * 0.84), (r * 0.8, h * 0.9)], m)
        for z in (0.06, 0.8):
            revolve(
                b, [(r * 1.01, h * z), (r * 1.02, h * (z + 0.02)), (r * 1.01, h * (z + 0.04))], c
            )
        revolve(b, [(r * 0.78, h * 0.9), (r * 0.75, h), (0, h)], c)
        hoop(b, c, (r, 0, h * 0.48), (h * 0.26, 0.05), 0.009, along="side")
    return b.object()


def drink(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "can",
    r: float = 0.031,
    h: float = 0.2,
    colour: str = "#b8282a",
    second: str = "#ececea",
    liquid: str = "#6a3a16",
    cap: str = "#e8a028",
    lie: bool = False,
) -> Any:
    """What shops sell.

    ``kind``: can, slim (can), glass (with a crown cap), sports (grip and pull cap), shaker, jug
    (1.5 litres, ribbed), gallon (with a handle), square (tea in a square bottle), medicine, yoghurt
    drink (waisted).
    """
    b = builder(ident)
    print_ = printed(ident, "print", (colour, second, colour), 0.3, ("饮料",))
    steel, top = mat(ident, "steel", "#b9bbbd", 0.25, 0.95), mat(ident, "cap", cap, 0.4)
    clear = glassy(ident, "pet", "#e4edf0", 0.85)
    fill = mat(ident, "fill", liquid, 0.15)
    rest = 0.0
    if kind in ("can", "slim"):
        q, z = (r * 1.05, h * 0.61) if kind == "can" else (r * 0.86, h * 0.78)
        revolve(b, [(0, 0.004), (q * 0.78, 0), (q, 0.01), (q, z - 0.012), (q * 0.83, z)], print_)
        revolve(b, [(q * 0.84, z), (q * 0.78, z - 0.003), (0, z - 0.003)], steel)
        b.ball((0, -q * 0.25, z - 0.001), (q * 0.2, q * 0.34, 0.002), steel, segments=10)
        h, rest = z, 0.3
    elif kind == "glass":
        g = mat(ident, "glass", liquid, 0.06, transmission=0.6, ior=1.3)
        revolve(b, [(0, 0), (r, 0), (r, h * 0.52), (r * 0.42, h * 0.75), (r * 0.4, h * 0.96)], g)
        revolve(b, [(r * 1.01, h * 0.14), (r * 1.01, h * 0.44)], print_)
        b.cyl((0, 0, h * 0.98), r * 0.48, h * 0.04, top)
    elif kind in ("sports", "shaker"):
        m = mat(ident, "body", colour, 0.35) if kind == "sports" else clear
        w = 0.86 if kind == "sports" else 1.0
        revolve(
            b,
            [
                (0, 0),
                (r * 1.1, 0),
                (r * 1.15, h * 0.3),
                (r * 1.1 * w, h * 0.5),
                (r * 1.2, h * 0.75),
            ],
            m,
        )
        revolve(
            b, [(r * 1.24, h * 0.75), (r * 1.24, h * 0.87), (r * 0.7, h * 0.92), (0, h * 0.92)], top
        )
        if kind == "sports":
            b.cyl((0, 0, h * 0.96), r * 0.36, h * 0.08, mat(ident, "teat", second, 0.4))
        else:
            revolve(b, [(0, 0.006), (r, 0.006), (r * 1.05, h * 0.45), (0, h * 0.45)], fill)
            b.box((0, -r * 0.8, h * 0.95), (r * 0.7, r * 0.5, h * 0.1), top, bevel=0.006)
            hoop(b, top, (0, 0, h * 0.9), (r * 0.8, h * 0.14), 0.005)
    elif kind in ("jug", "gallon"):
        q, z = (r * 1.4, h * 1.5) if kind == "jug" else (r * 2.2, h * 1.3)
        ribs = [(q * (1 - 0.045 * (k % 2)), z * (0.1 + 0.06 * k)) for k in range(9)]
        body = [
            (0, 0.004),
            (q * 0.9, 0),
            *ribs,
            (q, z * 0.7),
            (q * 0.34, z * 0.92),
            (q * 0.3, z * 0.96),
        ]
        revolve(b, body, clear)
        revolve(b, [(q * 1.02, z * 0.34), (q * 1.02, z * 0.6)], print_)
        b.cyl((0, 0, z * 0.975), q * 0.36, z * 0.05, top)
        if kind == "gallon":
            hoop(b, top, (q * 0.55, 0, z * 0.76), (z * 0.12, 0.05), 0.009, along="side")
        h = z
    elif kind == "square":
        w = r * 1.75
        b.box(
            (0, 0, h * 0.34),
            (w, w, h * 0.68),
            mat(ident, "tea", liquid, 0.15, transmission=0.3),
            bevel=0.007,
        )
        b.box((0, 0, h * 0.36), (w * 1.02, w * 1.02, h * 0.36), print_, bevel=0.006)
        revolve(b, [(r * 0.85, h * 0.67), (r * 0.45, h * 0.86), (r * 0.42, h * 0.92)], clear)
        b.cyl((0, 0, h * 0.95), r * 0.5, h * 0.08, top)
    elif kind == "waisted":
        h *= 0.7
        p = [
            (0, 0),
            (0.9, 0),
            (1, 0.1),
            (0.82, 0.3),
            (0.78, 0.5),
            (0.95, 0.72),
            (0.7, 0.9),
            (0.66, 0.96),
        ]
        revolve(b, [(r * x, h * z) for x, z in p], print_)
        b.cyl((0, 0, h * 0.97), r * 0.7, 0.004, top)
    else:
        h *= 0.6
        g = mat(ident, "brown", liquid, 0.15, transmission=0.35)
        revolve(b, [(0, 0), (r, 0), (r, h * 0.7), (r * 0.6, h * 0.82), (r * 0.6, h * 0.88)], g)
        revolve(b, [(r * 1.01, h * 0.16), (r * 1.01, h * 0.6)], print_)
        b.cyl((0, 0, h * 0.92), r * 0.7, h * 0.16, top)
    return laid(b.object(), spin=rest) if lie else b.object()


def bottle_pair(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#dfe8ec",
    label: str = "#2a7a5a",
    cap: str = "#d8dade",
    r: float = 0.031,
    h: float = 0.21,
    film: bool = True,
    count: int = 4,
) -> Any:
    """Small waters that stand together, as a pack in its foil or loose."""
    b = builder(ident)
    m, lb, c = (
        glassy(ident, "pet", colour),
        mat(ident, "label", label, 0.4),
        mat(ident, "cap", cap, 0.4),
    )
    cols = 2 if count > 2 else count
    for k in range(count):
        x = (k % cols - (cols - 1) / 2) * r * (2.04 if film else 2.5)
        y = (k // cols - 0.5) * r * 2.04 if count > 2 else rng.uniform(-0.3, 0.3) * r
        z = 1.0 if film else rng.uniform(0.92, 1.0)
        body = [(0, 0.003), (r * 0.9, 0), (r, 0.01), (r, h * 0.68), (r * 0.4, h * 0.9)]
        revolve(b, [(p, q * z) for p, q in body], m, at=(x, y), sides=18)
        revolve(b, [(r * 1.015, h * 0.36 * z), (r * 1.015, h * 0.62 * z)], lb, at=(x, y), sides=18)
        b.cyl((x, y, h * 0.94 * z), r * 0.45, h * 0.07, c, sides=14)
    if film:
        wrap = clear_film(ident, "foil", "#eef2f4", 0.2)
        lump(
            b,
            (0, 0, h * 0.44),
            (r * (cols + 0.2), r * 2.2, h * 0.43),
            wrap,
            square=6,
            rough=0.03,
            seed=seed_of(ident) % 9999,
            floor=0.0,
            taper=0.06,
        )
    return b.object()
