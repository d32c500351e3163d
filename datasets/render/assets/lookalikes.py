"""More things of a desk that no class covers: tissue box, desk calendar, sprays, toys, a fan."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.loose_shapes import printed
from datasets.render.assets.shapes import (
    builder,
    grain,
    lump,
    mat,
    page,
    pic,
    revolve,
    sheet,
)
from datasets.render.assets.solids import glassy, grounded


def counter_box(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "tissue",
    colour: str = "#d8c8b0",
    second: str = "#6a8aa8",
    size: tuple[float, float, float] = (0.22, 0.12, 0.09),
) -> Any:
    """``kind``: tissue (a sheet stands out of it), cube, soft (foil pack), wood (hinged), mask (box
    of masks, one out), tray (empty letter tray), tiers (two of them), gloves."""
    b = builder(ident)
    w, d, h = size
    m, s, white = (
        mat(ident, "box", colour, 0.5),
        mat(ident, "second", second, 0.5),
        mat(ident, "white", "#f1f0ec", 0.9),
    )
    if kind in ("tray", "tiers"):
        w, d, h = w * 1.15, w * 1.5, h * 0.6
        for k in range(2 if kind == "tiers" else 1):
            z = k * h * 1.4
            b.box((0, 0, z + 0.003), (w, d, 0.006), m)
            for q in (-1, 1):
                b.box((q * w / 2, 0, z + h / 2), (0.005, d, h), m)
                b.cyl((q * w * 0.47, d * 0.45, z + h * 0.7), 0.006, h * 1.4, s)
            b.box((0, d / 2, z + h / 2), (w, 0.005, h), m)
        return grounded(b.object())
    if kind == "cube":
        w, d, h = w * 0.55, w * 0.55, w * 0.55
    body = (
        printed(ident, "print", (colour, second, colour), 0.5)
        if kind in ("tissue", "mask", "gloves")
        else m
    )
    if kind == "wood":
        body = grain(ident, "wood", colour, 0.4, 6, 0.5)
    if kind == "soft":
        lump(
            b,
            (0, 0, h * 0.38),
            (w * 0.45, d * 0.45, h * 0.38),
            printed(ident, "foil", (colour, second), 0.2),
            square=6,
            rough=0.04,
            seed=seed_of(ident) % 9999,
            floor=0,
        )
        h *= 0.76
    else:
        b.box((0, 0, h / 2), (w, d, h), body, bevel=0.003)
    b.ball((0, 0, h), (w * 0.3, d * 0.16, 0.0015), mat(ident, "slot", "#3a3a3a", 0.9), segments=16)
    if kind in ("mask", "gloves"):
        mask = mat(ident, "mask", "#8ab8d8" if kind == "mask" else "#e4e2da", 0.8)
        sheet(
            b,
            (w * 0.6, d * 0.6),
            mask,
            at=(0.01, -d * 0.2, h + 0.004),
            turn=0.3,
            cuts=8,
            height=lambda u, v: 0.02 * abs(math.sin(6 * v)) + 0.01 * u,
        )
    else:
        for k in range(2):
            lump(
                b,
                (0.01 * k, 0, h + 0.022),
                (w * 0.16, 0.018, 0.032),
                white,
                rough=0.4,
                cells=5,
                seed=rng.randrange(999) + k,
                segments=16,
            )
    return grounded(b.object())


def upright(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "calendar",
    colour: str = "#c83a32",
    second: str = "#f0ece0",
    size: tuple[float, float, float] = (0.2, 0.09, 0.15),
) -> Any:
    """``kind``: calendar (tent with rings), frame (photo), mirror, clock, block (tear-off pad on a
    stand), magnet board."""
    b = builder(ident)
    w, d, h = size
    m, dark = mat(ident, "edge", colour, 0.45), mat(ident, "back", "#26272a", 0.6)
    lean = math.atan2(d / 2, h)
    if kind in ("calendar", "block"):
        p = pic(
            ident,
            "page",
            page(seed_of(ident) % 999, second, "#40424a", "table", (360, 270)),
            0.6,
            coords="UV",
        )
        for s in (-1, 1):
            b.box((0, s * d / 4, h / 2), (w, 0.003, h), m, rot=(s * lean, 0, 0))
        b.plane(
            (0, -d / 4 - 0.004, h / 2), (w * 0.94, h * 0.8, 0), p, rot=(math.pi / 2 - lean, 0, 0)
        )
        b.box((0, 0, 0.002), (w, d, 0.003), m)
        for k in range(9):
            x = (k - 4) * w * 0.105
            b.tube(
                [(x, 0.009 * math.cos(t), h + 0.008 * math.sin(t)) for t in (0, 1, 2, 3, 4, 5, 6)],
                0.0016,
                dark,
                sides=4,
            )
        if kind == "block":
            b.box((0, -d * 0.5, 0.02), (w * 0.5, 0.05, 0.04), mat(ident, "pad", second, 0.7))
    elif kind == "clock":
        r = h * 0.42
        b.cyl((0, 0, r + 0.008), r, d * 0.4, m, rot=(math.pi / 2, 0, 0))
        b.cyl(
            (0, -d * 0.2, r + 0.008),
            r * 0.86,
            0.004,
            mat(ident, "face", second, 0.5),
            rot=(math.pi / 2, 0, 0),
        )
        for a, q in ((0.6, 0.5), (2.4, 0.72)):
            b.box(
                (
                    r * q * 0.4 * math.sin(a),
                    -d * 0.2 - 0.004,
                    r + 0.008 + r * q * 0.4 * math.cos(a),
                ),
                (0.006, 0.003, r * q),
                dark,
                rot=(0, a, 0),
            )
        for s in (-1, 1):
            b.ball((s * r * 0.6, 0, 0.008), (0.01, 0.01, 0.01), dark, segments=8)
    else:
        pane = (
            mat(ident, "glass", "#b8c4cc", 0.04, 1.0)
            if kind == "mirror"
            else printed(ident, "photo", (second, colour, "#6a8a5a"), 0.2)
        )
        b.box((0, 0, h / 2), (w, 0.014, h), m, rot=(-0.2, 0, 0), bevel=0.003)
        b.box((0, -0.006, h / 2), (w * 0.84, 0.006, h * 0.8), pane, rot=(-0.2, 0, 0))
        b.box((0, d * 0.4, h * 0.4), (0.05, 0.004, h * 0.85), dark, rot=(0.35, 0, 0))
    return grounded(b.object())


def dispenser(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "pump",
    colour: str = "#e4e8ea",
    second: str = "#3a7ab8",
    r: float = 0.032,
    h: float = 0.17,
    clear: bool = True,
) -> Any:
    """``kind``: pump (hand sanitiser), spray (trigger), aerosol, tube (hand cream, lies), squeeze
    (glue), moist (wipes in a drum)."""
    b = builder(ident)
    body = (
        glassy(ident, "body", colour, 0.55)
        if clear and kind in ("pump", "spray")
        else mat(ident, "body", colour, 0.4)
    )
    s, label = (
        mat(ident, "top", second, 0.4),
        printed(ident, "label", (second, "#f2f2ee", second), 0.4),
    )
    if kind == "tube":
        b.tube(
            [(0, -h * 0.5, r * 0.7), (0, h * 0.2, r * 0.45), (0, h * 0.42, 0.006)],
            r,
            body,
            radii=[r * 0.7, r * 0.75, r * 0.9],
        )
        for v in b.bm.verts:
            v.co.z = v.co.z * 0.8 if v.co.y < 0.2 * h else min(v.co.z, 0.01)
        b.cyl((0, -h * 0.56, r * 0.56), r * 0.6, h * 0.14, s, rot=(math.pi / 2, 0, 0))
        return grounded(b.object())
    if kind == "moist":
        r, h = r * 1.35, h * 0.9
    z = h * (0.72 if kind in ("pump", "spray", "squeeze") else 0.86)
    revolve(
        b,
        [
            (0, 0),
            (r * 0.96, 0),
            (r, 0.008),
            (r, z * 0.82),
            (r * (0.4 if kind != "moist" else 0.96), z),
        ],
        body,
    )
    revolve(b, [(r * 1.012, z * 0.2), (r * 1.012, z * 0.68)], label)
    if kind == "pump":
        b.cyl((0, 0, z + 0.01), r * 0.42, 0.022, s)
        b.cyl((0, 0, z + h * 0.16), 0.005, h * 0.18, s)
        b.box((0, -r * 0.45, h), (0.017, r * 1.5, 0.013), s, bevel=0.004)
    elif kind == "spray":
        b.cyl((0, 0, z + 0.012), r * 0.4, 0.026, s)
        b.box((0, -r * 0.4, z + h * 0.2), (0.024, r * 2.3, 0.032), s, bevel=0.007)
        b.box(
            (0, -r * 1.0, z + h * 0.06),
            (0.014, 0.012, h * 0.22),
            mat(ident, "trigger", "#e8e8e4", 0.4),
            rot=(-0.35, 0, 0),
        )
    elif kind == "squeeze":
        b.cyl((0, 0, h * 0.86), r * 0.4, h * 0.28, s, top=r * 0.12)
    elif kind == "aerosol":
        b.cyl((0, 0, h * 0.93), r * 0.8, h * 0.14, s)
    else:
        b.cyl((0, 0, h * 0.92), r * 1.02, h * 0.14, s)
        b.box((0, -r * 0.2, h), (r * 0.9, r * 0.9, 0.008), body, bevel=0.003)
    return grounded(b.object())
