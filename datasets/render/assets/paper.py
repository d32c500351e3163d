"""Sheets, folders and books."""

from __future__ import annotations

import math
import random
from functools import partial
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import (
    banded,
    builder,
    grain,
    mat,
    page,
    pic,
    sheet,
    text,
)


def _fanned(k: int, u: float, _v: float) -> float:
    return 0.006 * abs(u) + 0.0012 * k


def _opened(side: int, u: float, _v: float) -> float:
    return 0.014 * max(0.0, 1 - (2.2 * (side * u + 0.3)) ** 2) + 0.002


def paper(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "single",
    print_: str = "text",
    ground: str = "#f2f1ec",
    ink: str = "#3c3c40",
    count: int = 4,
    small: float = 1.0,
    curl: float = 0.012,
) -> Any:
    """A4: "single", "fan" (spread over each other), "stack" (a loose pile), "crease"."""
    b = builder(ident)
    w, h = 0.21 * small, 0.297 * small
    seed = seed_of(ident) % 99991
    faces = [
        pic(
            ident,
            f"page{k}",
            page(seed + k, ground, ink, print_ if k != 1 else "table"),
            0.8,
            coords="UV",
        )
        for k in range(min(3, count))
    ]
    if kind == "single":
        a, p = rng.uniform(0.3, 1), rng.uniform(0, 6)
        sheet(
            b,
            (w, h),
            faces[0],
            at=(0, 0, 0.001),
            height=lambda u, v: (
                curl * (abs(u + 0.3 * v) ** 1.5 * a + 0.1 + 0.1 * math.sin(5 * v + p))
            ),
        )
    elif kind == "fan":
        for k in range(count):
            t = (k - count / 2) * rng.uniform(0.16, 0.3)
            sheet(
                b,
                (w, h),
                faces[k % len(faces)],
                at=(0.05 * k - 0.08, rng.uniform(-0.05, 0.05), 0.001 + 0.0016 * k),
                turn=t,
                cuts=6,
                height=partial(_fanned, k),
            )
    elif kind == "crease":
        sheet(
            b,
            (w, h),
            faces[0],
            at=(0, 0, 0.001),
            cuts=14,
            height=lambda u, v: 0.03 * abs(math.sin(3.1 * v + 0.4)) * 0.6 + 0.008 * abs(u),
        )
    else:
        edge = grain(ident, "edge", ground, 0.12, 60)
        for k in range(count):
            b.box(
                (rng.uniform(-0.008, 0.008), rng.uniform(-0.01, 0.01), 0.004 + 0.008 * k),
                (w, h, 0.0078),
                edge,
                rot=(0, 0, rng.uniform(-0.09, 0.09)),
            )
        sheet(b, (w, h), faces[0], at=(0, 0, 0.008 * count + 0.0006), turn=rng.uniform(-0.1, 0.1))
    return b.object()


def folder(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#2a5aa8",
    kind: str = "flat",
    thick: float = 0.02,
    label: str = "档案",
) -> Any:
    b = builder(ident)
    m = mat(ident, "cover", colour, 0.35)
    white = mat(ident, "leaves", "#eceae4", 0.8)
    tag = pic(ident, "tag", text((label,), (128, 48), "#202020", "#f0efe9"), 0.7, coords="UV")
    if kind == "flat":
        b.box((0, 0, thick / 2), (0.23, 0.31, thick), m, bevel=0.002)
        b.box((0.004, 0, thick / 2), (0.226, 0.305, thick * 0.6), white)
        b.plane((0, 0.05, thick + 0.0006), (0.11, 0.04, 0), tag)
    elif kind == "upright":
        for k in range(3):
            b.box((-0.09 + 0.085 * k, 0, 0.16), (0.07, 0.26, 0.32), m, bevel=0.003)
            b.plane(
                (-0.09 + 0.085 * k, -0.131, 0.2), (0.045, 0.12, 0), tag, rot=(math.pi / 2, 0, 0)
            )
    else:  # clipboard
        b.box((0, 0, 0.003), (0.23, 0.32, 0.005), m, bevel=0.001)
        sheet(
            b,
            (0.2, 0.28),
            pic(ident, "form", page(seed_of(ident) % 9999, kind="table"), 0.8, coords="UV"),
            at=(0, -0.01, 0.0068),
        )
        b.box(
            (0, 0.15, 0.01), (0.1, 0.025, 0.012), mat(ident, "clip", "#a9abad", 0.3, 1), bevel=0.002
        )
    return b.object()


def book(
    ident: str,
    rng: random.Random,
    *,
    colours: tuple[str, ...] = ("#8a2a2a", "#e8e0c8"),
    thick: float = 0.022,
    count: int = 1,
    open_: bool = False,
    size: tuple[float, float] = (0.17, 0.24),
    title: str = "税法",
) -> Any:
    b = builder(ident)
    leaves = mat(ident, "leaves", "#e6e1d2", 0.85)
    if open_:
        pg = pic(
            ident,
            "page",
            page(seed_of(ident) % 9999, "#efeadc", size_px=(300, 420)),
            0.8,
            coords="UV",
        )
        for s in (-1, 1):
            sheet(
                b,
                size,
                pg,
                at=(s * size[0] / 2, 0, 0.004),
                cuts=10,
                height=partial(_opened, s),
            )
        b.box(
            (0, 0, 0.002),
            (size[0] * 2.02, size[1] * 1.02, 0.003),
            mat(ident, "cover", colours[0], 0.5),
        )
        return b.object()
    for k in range(count):
        cover = pic(
            ident,
            f"cover{k}",
            banded(
                (colours[k % len(colours)], colours[(k + 1) % len(colours)]),
                seed_of(ident) % 999 + k,
                words=(title,),
            ),
            0.4,
            coords="Generated",
        )
        z, r = thick * k, rng.uniform(-0.25, 0.25) if k else 0.0
        b.box(
            (0, 0, z + thick / 2),
            (size[0] - 0.004, size[1] - 0.006, thick * 0.82),
            leaves,
            rot=(0, 0, r),
        )
        b.box((-0.002, 0, z + thick * 0.95), (size[0], size[1], thick * 0.1), cover, rot=(0, 0, r))
        b.box((-0.002, 0, z + thick * 0.05), (size[0], size[1], thick * 0.1), cover, rot=(0, 0, r))
    return b.object()
