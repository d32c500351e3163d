"""Signs, racks and notices."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import (
    banded,
    builder,
    mat,
    page,
    pic,
    text,
)


def sign(
    ident: str,
    _rng: random.Random,
    *,
    words: tuple[str, ...] = ("暂停服务",),
    ink: str = "#c01818",
    ground: str = "#f4f4f2",
    size: tuple[float, float] = (0.24, 0.12),
    kind: str = "tent",
    rim: str = "#b8babc",
) -> Any:
    """``tent`` (two leaves), ``stand`` (plate on a foot), ``block`` (acrylic), ``pole`` (floor)."""
    w, h = size
    b = builder(ident)
    m = pic(
        ident, "print", text(words, (320, max(60, int(320 * h / w))), ink, ground), 0.4, coords="UV"
    )
    r = mat(ident, "rim", rim, 0.35, 0.3)
    lean, z0, y = 0.22, 0.012, 0.0
    if kind == "tent":
        for s in (-1, 1):
            b.box((0, s * 0.035, h / 2), (w, 0.003, h), r, rot=(s * 0.28, 0, 0))
        b.plane((0, -0.0375, h / 2), (w * 0.97, h * 0.95, 0), m, rot=(math.pi / 2 - 0.28, 0, 0))
        b.plane(
            (0, 0.0375, h / 2), (w * 0.97, h * 0.95, 0), m, rot=(math.pi / 2 - 0.28, 0, math.pi)
        )
        return b.object()
    if kind == "stand":
        b.box((0, 0, 0.006), (w * 0.8, 0.08, 0.012), r, bevel=0.003)
    elif kind == "pole":
        z0, lean = 0.95, 0.3
        b.cyl((0, 0, 0.012), 0.15, 0.024, r)
        b.cyl((0, 0, z0 / 2), 0.014, z0, r)
    else:
        lean = 0.1
        b.box((0, 0.014, h / 2), (w + 0.01, 0.024, h + 0.008), r, bevel=0.002)
        z0, y = 0.002, -0.0
    b.box((0, y, z0 + h / 2), (w + 0.008, 0.006, h + 0.008), r, rot=(-lean, 0, 0), bevel=0.001)
    b.plane((0, y - 0.0042, z0 + h / 2), (w, h, 0), m, rot=(math.pi / 2 - lean, 0, 0))
    if kind != "block":
        b.plane((0, y + 0.0042, z0 + h / 2), (w, h, 0), m, rot=(math.pi / 2 + lean, 0, math.pi))
    return b.object()


def rack(
    ident: str,
    _rng: random.Random,
    *,
    tiers: int = 3,
    wide: int = 2,
    frame: str = "#c9ccd0",
    prints: tuple[str, ...] = ("#2a6ab0", "#e8e2d0"),
    floor: bool = False,
) -> Any:
    """A rack of 办事指南 leaflets, on a desk or on a foot."""
    b = builder(ident)
    m = mat(ident, "frame", frame, 0.3, 0.3)
    z0 = 0.75 if floor else 0.0
    w, s = 0.115 * wide, seed_of(ident) % 999
    if floor:
        b.cyl((0, 0, z0 / 2), 0.02, z0, m)
        b.box((0, 0, 0.01), (0.35, 0.3, 0.02), m)
    for t in range(tiers):
        y, z = 0.05 * t - 0.05, z0 + 0.09 * t
        b.box((0, y + 0.02, z + 0.1), (w, 0.004, 0.2), m, rot=(-0.25, 0, 0))
        b.box((0, y - 0.02, z + 0.03), (w, 0.003, 0.06), m, rot=(-0.25, 0, 0))
        for k in range(wide):
            p = pic(
                ident,
                f"leaf{t}{k}",
                banded(
                    (prints[(t + k) % len(prints)], prints[(t + k + 1) % len(prints)]),
                    s + t * 7 + k,
                    words=("办事指南",),
                ),
                0.6,
                coords="UV",
            )
            b.plane(
                (-w / 2 + 0.115 * (k + 0.5), y - 0.004, z + 0.1),
                (0.1, 0.2, 0),
                p,
                rot=(math.pi / 2 - 0.25, 0, 0),
            )
    return b.object()


def notice(
    ident: str,
    _rng: random.Random,
    *,
    ground: str = "#f4f2ea",
    ink: str = "#30343a",
    words: str = "告示",
    lying: bool = False,
    size: tuple[float, float] = (0.21, 0.297),
) -> Any:
    b = builder(ident)
    img = page(seed_of(ident) % 9999, ground, ink)
    t = text((words,), (200, 60), "#b01c1c", ground)
    img[14:74, 80:280] = t
    m = pic(ident, "print", img, 0.4, coords="UV")
    f = mat(ident, "holder", "#cfd4d8", 0.15)
    if lying:
        b.plane((0, 0, 0.001), (*size, 0), m)
    else:
        b.box(
            (0, 0, size[1] / 2 + 0.008),
            (size[0] + 0.01, 0.004, size[1] + 0.01),
            f,
            rot=(-0.18, 0, 0),
        )
        b.plane((0, -0.003, size[1] / 2 + 0.008), (*size, 0), m, rot=(math.pi / 2 - 0.18, 0, 0))
        b.box((0, 0.02, 0.004), (size[0] * 0.8, 0.09, 0.008), f)
    return b.object()
