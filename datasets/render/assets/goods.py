"""Bigger and looser things: bags, cartons, bins, litter, plants, cables, strips, stains."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.core import add, seed_of
from datasets.render.assets.shapes import (
    banded,
    builder,
    cloth,
    curve,
    grain,
    lump,
    mat,
    pic,
    revolve,
    sh,
    sheet,
    text,
)


def handbag(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.32, 0.14, 0.24),
    colour: str = "#5a3020",
    trim: str = "#2a1a12",
    leather: bool = True,
    grip: float = 0.12,
    square: float = 4.0,
) -> Any:
    w, d, h = size
    b = builder(ident)
    m = grain(ident, "hide", colour, 0.2, 40, 0.4) if leather else cloth(ident, "cloth", colour)
    t = mat(ident, "trim", trim, 0.5)
    lump(
        b,
        (0, 0, h / 2),
        (w / 2, d / 2, h / 2),
        m,
        square=square,
        rough=0.05,
        cells=2,
        seed=seed_of(ident) % 9999,
        floor=0,
        taper=0.18,
    )
    for s in (-1, 1):
        pts = [
            (w * 0.25 * math.cos(a), s * d * 0.2, h * 0.9 + grip * math.sin(a))
            for a in np.linspace(0, math.pi, 14)
        ]
        b.tube(pts, 0.008, t)
    b.box(
        (0, -d * 0.45, h * 0.6),
        (0.05, 0.02, 0.03),
        mat(ident, "clasp", "#b89a4a", 0.3, 1),
        bevel=0.003,
    )
    return b.object()


def backpack(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.31, 0.18, 0.44),
    colour: str = "#23304a",
    trim: str = "#14161a",
    pocket: str = "",
) -> Any:
    w, d, h = size
    b = builder(ident)
    m = cloth(ident, "cloth", colour)
    p = cloth(ident, "pocket", pocket or colour)
    t = mat(ident, "trim", trim, 0.7)
    seed = seed_of(ident) % 9999
    lump(
        b,
        (0, 0, h / 2),
        (w / 2, d / 2, h / 2),
        m,
        square=3.4,
        rough=0.06,
        cells=2.5,
        seed=seed,
        floor=0,
        taper=0.15,
    )
    lump(
        b,
        (0, -d * 0.5, h * 0.3),
        (w * 0.38, d * 0.22, h * 0.24),
        p,
        square=3.6,
        rough=0.06,
        seed=seed + 1,
        floor=0.003,
    )
    for s in (-1, 1):
        b.tube(
            curve(
                [
                    (s * w * 0.25, d * 0.35, h * 0.92),
                    (s * w * 0.33, d * 0.8, h * 0.6),
                    (s * w * 0.32, d * 0.7, h * 0.25),
                    (s * w * 0.4, d * 0.3, 0.03),
                ]
            ),
            0.015,
            t,
        )
    b.tube(
        [
            (0.05 * math.cos(a), d * 0.2, h * 0.96 + 0.05 * math.sin(a))
            for a in np.linspace(0, math.pi, 9)
        ],
        0.008,
        t,
    )
    return b.object()


def shopping_bag(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.3, 0.2, 0.28),
    colour: str = "#e4e4e2",
    ink: str = "#c02828",
    thin: float = 0.2,
    paper: bool = False,
) -> Any:
    w, d, h = size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    if paper:
        m = pic(
            ident,
            "paper",
            banded((colour, colour, ink), seed),
            0.6,
            coords="Generated",
            projection="BOX",
        )
        b.box((0, 0, h / 2), (w, d, h), m, bevel=0.003)
        cord = mat(ident, "cord", ink, 0.7)
        for s in (-1, 1):
            b.tube(
                [
                    (w * 0.2 * math.cos(a), s * d * 0.45, h + 0.1 * math.sin(a))
                    for a in np.linspace(0, math.pi, 10)
                ],
                0.004,
                cord,
            )
        return b.object()
    m = pic(
        ident,
        "film",
        banded((colour, colour, colour), seed, words=("超市",))
        if thin < 0.5
        else sh.speckle(colour, seed, 0.3, 20, 128),
        0.3,
        coords="Generated",
        projection="BOX",
    )
    lump(
        b,
        (0, 0, h * 0.4),
        (w / 2, d / 2, h * 0.42),
        m,
        square=2.6,
        rough=0.16,
        cells=4,
        seed=seed,
        floor=0,
        segments=40,
        taper=0.3,
    )
    for s in (-1, 1):
        lump(
            b,
            (s * w * 0.18, 0, h * 0.86),
            (0.025, 0.02, 0.09),
            m,
            rough=0.25,
            cells=4,
            seed=seed + s,
        )
    return b.object()


def carton(
    ident: str,
    _rng: random.Random,
    *,
    size: tuple[float, float, float] = (0.42, 0.32, 0.3),
    colour: str = "#a57d50",
    tape: str = "#c9b285",
    flaps: bool = False,
    words: str = "",
) -> Any:
    w, d, h = size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    m = grain(ident, "board", colour, 0.18, 16, 0.85, 2)
    t = mat(ident, "tape", tape, 0.25)
    b.box((0, 0, h / 2), (w, d, h), m, bevel=0.002)
    if flaps:
        dark = mat(ident, "inside", "#4a3520", 0.9)
        b.plane((0, 0, h + 0.001), (w - 0.01, d - 0.01, 0), dark)
        for s in (-1, 1):
            b.box(
                (s * (w / 2 + 0.05), 0, h + 0.03), (0.13, d - 0.01, 0.004), m, rot=(0, s * -0.6, 0)
            )
            b.box(
                (0, s * (d / 2 + 0.05), h + 0.02), (w - 0.01, 0.12, 0.004), m, rot=(s * 0.5, 0, 0)
            )
    else:
        b.box((0, 0, h + 0.0005), (w, 0.05, 0.001), t)
        for s in (-1, 1):
            b.box((s * (w / 2 + 0.0005), 0, h - 0.04), (0.001, 0.05, 0.08), t)
    art = text((words or "易碎物品",), (128, 40), "#2a1a10", colour)
    b.plane(
        (0, -d / 2 - 0.001, h * 0.5),
        (w * 0.5, h * 0.22, 0),
        pic(ident, "print", art, 0.8, coords="UV"),
        rot=(math.pi / 2, 0, 0),
    )
    if seed % 2:
        b.plane(
            (w * 0.2, d * 0.22, h + 0.0015), (0.12, 0.08, 0), mat(ident, "slip", "#ecebe6", 0.6)
        )
    return b.object()


def bin_(
    ident: str,
    _rng: random.Random,
    *,
    r: float = 0.13,
    h: float = 0.28,
    colour: str = "#2c2e31",
    liner: str = "",
    lid: bool = False,
    mesh: bool = False,
    full: bool = False,
) -> Any:
    b = builder(ident)
    m = mat(ident, "shell", colour, 0.5, 0.6 if mesh else 0.0)
    base = r * 0.78
    revolve(b, [(0, 0.0), (base, 0.0), (r, h), (r - 0.006, h), (base - 0.005, 0.02), (0, 0.02)], m)
    if mesh:
        for k in range(8):
            z = h * (k + 0.5) / 8
            rr = base + (r - base) * z / h + 0.002
            b.tube(
                [(rr * math.cos(a), rr * math.sin(a), z) for a in np.linspace(0, 6.283, 25)],
                0.0025,
                mat(ident, "wire", "#707478", 0.3, 1),
                sides=5,
            )
    if liner:
        lump(
            b,
            (0, 0, h - 0.01),
            (r * 1.08, r * 1.08, 0.035),
            mat(ident, "liner", liner, 0.25),
            square=3,
            rough=0.1,
            cells=6,
            seed=seed_of(ident) % 9999,
        )
    else:
        b.cyl((0, 0, h * 0.75), r * 0.9, 0.004, mat(ident, "dark", "#101010", 0.9))
    if full:
        for k in range(6):
            lump(
                b,
                (r * 0.5 * math.cos(k), r * 0.5 * math.sin(k * 1.7), h + 0.02),
                (0.05, 0.04, 0.035),
                mat(ident, f"waste{k}", ("#e8e6e0", "#d0cfc8", "#b8bcc0")[k % 3], 0.8),
                rough=0.25,
                cells=5,
                seed=k,
            )
    if lid:
        revolve(
            b,
            [(r + 0.006, h - 0.01), (r + 0.006, h + 0.012), (r * 0.6, h + 0.045), (0, h + 0.05)],
            m,
        )
    return b.object()


def litter(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "ball",
    colour: str = "#e9e7e1",
    size: float = 0.035,
) -> Any:
    b = builder(ident)
    seed = seed_of(ident) % 9999
    if kind == "ball":
        m = grain(ident, "paper", colour, 0.25, 30, 0.85, 12)
        lump(
            b,
            (0, 0, size * 0.85),
            (size, size * 0.9, size * 0.85),
            m,
            rough=0.3,
            cells=5,
            seed=seed,
            segments=20,
        )
    elif kind == "tissue":
        m = mat(ident, "tissue", colour, 0.95)
        p = [rng.uniform(0, 6) for _ in range(4)]
        sheet(
            b,
            (size * 3, size * 2.6),
            m,
            cuts=14,
            height=lambda u, v: (
                0.006
                + size * 0.45 * abs(math.sin(7 * u + p[0] + 2 * v) * math.cos(8 * v + p[1] - 3 * u))
            ),
        )
    elif kind == "bottle":
        g = mat(ident, "pet", colour, 0.12, transmission=0.7, ior=1.2)
        pts = [(0.0, -0.1 + 0.2 * t, 0.028) for t in np.linspace(0, 1, 12)]
        rad = [0.02] + [0.029 + 0.004 * math.sin(5 * t) for t in range(8)] + [0.024, 0.014, 0.012]
        b.tube(pts, 0.03, g, radii=rad, sides=12)
        b.tube(
            [(0, -0.04, 0.028), (0, 0.02, 0.028)],
            0.031,
            mat(ident, "label", "#b83a3a", 0.4),
            sides=12,
        )
        b.tube(
            [(0, 0.1, 0.026), (0, 0.118, 0.026)], 0.014, mat(ident, "cap", "#3a62c0", 0.4), sides=12
        )
    elif kind == "cup":
        m = mat(ident, "cup", colour, 0.7)
        b.tube([(0, -0.045, 0.026), (0, 0.045, 0.036)], 0.03, m, radii=[0.026, 0.036], sides=16)
    elif kind == "bag":
        m = mat(ident, "film", colour, 0.25)
        p = [rng.uniform(0, 6) for _ in range(4)]
        sheet(
            b,
            (0.2, 0.17),
            m,
            cuts=18,
            height=lambda u, v: (
                0.003
                + 0.05
                * abs(math.sin(6 * u + p[0]) * math.sin(7 * v + p[1] + 3 * u))
                * (1 - 2 * abs(u))
            ),
        )
    elif kind == "scraps":
        m = mat(ident, "paper", colour, 0.8)
        for _ in range(6):
            sheet(
                b,
                (rng.uniform(0.015, 0.05), rng.uniform(0.012, 0.03)),
                m,
                at=(rng.gauss(0, 0.05), rng.gauss(0, 0.05), rng.uniform(0.001, 0.004)),
                turn=rng.uniform(0, 3),
                cuts=4,
                height=lambda u, v: 0.012 * u * u,
            )
    else:  # peel
        m = grain(ident, "peel", colour, 0.3, 14)
        for k in range(4):
            lump(
                b,
                (0.025 * math.cos(k * 1.6), 0.025 * math.sin(k * 1.6), 0.006),
                (0.028, 0.018, 0.006),
                m,
                rough=0.2,
                cells=4,
                seed=seed + k,
            )
    return b.object()


def plant(
    ident: str,
    rng: random.Random,
    *,
    pot: str = "#e4e2dc",
    leaf: str = "#2f5a2a",
    height: float = 0.3,
    leaves: int = 40,
    wide: float = 0.035,
    spread: float = 0.13,
    kind: str = "bush",
) -> Any:
    b = builder(ident)
    m = grain(ident, "leaf", leaf, 0.5, 12, 0.4)
    r, ph = max(0.05, height * 0.2), max(0.06, height * 0.28)
    revolve(
        b,
        [(0, 0), (r * 0.8, 0), (r, ph), (r - 0.006, ph), (r * 0.9, ph - 0.02), (0, ph - 0.02)],
        mat(ident, "pot", pot, 0.4),
    )
    b.cyl((0, 0, ph - 0.015), r * 0.9, 0.01, mat(ident, "soil", "#2a1c12", 0.95))
    for _ in range(leaves):
        a, q = rng.uniform(0, 6.283), rng.random()
        if kind == "blade":
            pts = [
                (0.02 * math.cos(a), 0.02 * math.sin(a), ph),
                (spread * 0.4 * math.cos(a), spread * 0.4 * math.sin(a), ph + (height - ph) * 0.7),
                (
                    spread * math.cos(a),
                    spread * math.sin(a),
                    ph + (height - ph) * rng.uniform(0.4, 1),
                ),
            ]
            c = curve(pts, 4)
            b.tube(
                c,
                wide,
                m,
                radii=[wide * 0.5 * math.sin(0.4 + 2.6 * i / len(c)) for i in range(len(c))],
                sides=4,
            )
        else:
            rr = spread * math.sqrt(q)
            b.ball(
                (rr * math.cos(a), rr * math.sin(a), ph + (height - ph) * rng.uniform(0.1, 1)),
                (wide * 1.3, wide * 0.7, 0.004),
                m,
                rot=(rng.uniform(-0.9, 0.9), rng.uniform(-0.9, 0.9), a),
                segments=8,
            )
    return b.object()


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
    w = 0.05 * sockets + 0.06
    b = builder(ident)
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
                b.tube(
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
    b.tube(curve(pts), 0.004, mat(ident, "cord", cord, 0.5), sides=7)
    return b.object()


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


def _tables() -> None:
    s = (0.33, 0.18, 0.36)
    add("bag", "train", "hand_brown", handbag, s)
    add(
        "bag",
        "train",
        "hand_black",
        handbag,
        s,
        size=(0.28, 0.12, 0.2),
        colour="#1a1a1c",
        trim="#101010",
    )
    add(
        "bag",
        "train",
        "hand_red",
        handbag,
        s,
        size=(0.26, 0.11, 0.19),
        colour="#94262c",
        trim="#5a1418",
        grip=0.16,
    )
    add(
        "bag",
        "train",
        "tote_canvas",
        handbag,
        s,
        size=(0.36, 0.1, 0.34),
        colour="#cfc6ae",
        trim="#b0a488",
        leather=False,
        square=5,
        grip=0.2,
    )
    add("bag", "train", "pack_navy", backpack, s, "big")
    add("bag", "train", "pack_black", backpack, s, "big", size=(0.3, 0.16, 0.42), colour="#1b1c1f")
    add(
        "bag",
        "train",
        "pack_orange",
        backpack,
        s,
        "big",
        size=(0.28, 0.16, 0.4),
        colour="#b8592a",
        pocket="#3a3d44",
    )
    add("bag", "train", "shop_white", shopping_bag, s)
    add("bag", "train", "shop_red", shopping_bag, s, colour="#c23a34", thin=0.6)
    add(
        "bag",
        "train",
        "shop_black",
        shopping_bag,
        s,
        colour="#26272a",
        thin=0.7,
        size=(0.34, 0.24, 0.3),
    )
    add(
        "bag",
        "train",
        "paper_kraft",
        shopping_bag,
        s,
        colour="#b08a5a",
        ink="#6a4a2a",
        paper=True,
        size=(0.26, 0.11, 0.33),
    )
    add(
        "bag",
        "val",
        "hand_olive",
        handbag,
        s,
        size=(0.3, 0.13, 0.22),
        colour="#5d5a36",
        trim="#33311e",
    )
    add(
        "bag",
        "val",
        "pack_grey",
        backpack,
        s,
        "big",
        size=(0.3, 0.17, 0.43),
        colour="#6a6e74",
        pocket="#50545a",
    )
    add("bag", "val", "shop_blue", shopping_bag, s, colour="#7aa0cc", thin=0.6)
    add(
        "bag",
        "sample",
        "hand_camel",
        handbag,
        s,
        size=(0.31, 0.135, 0.23),
        colour="#a8794a",
        trim="#5a3c22",
    )
    add(
        "bag",
        "sample",
        "pack_forest",
        backpack,
        s,
        "big",
        size=(0.305, 0.175, 0.45),
        colour="#2c4a38",
        pocket="#1e3427",
    )
    add(
        "bag",
        "sample",
        "shop_green",
        shopping_bag,
        s,
        colour="#8ab47a",
        thin=0.6,
        size=(0.31, 0.21, 0.29),
    )
    add(
        "bag",
        "sample",
        "paper_violet",
        shopping_bag,
        s,
        colour="#d8d0e0",
        ink="#5a3a7a",
        paper=True,
        size=(0.25, 0.1, 0.32),
    )

    c = (0.42, 0.32, 0.3)
    add("carton", "train", "brown", carton, c)
    add(
        "carton", "train", "small", carton, c, size=(0.3, 0.22, 0.2), colour="#b08a5e", words="配件"
    )
    add("carton", "train", "open", carton, c, size=(0.4, 0.3, 0.28), colour="#96703f", flaps=True)
    add(
        "carton",
        "train",
        "paper_box",
        carton,
        c,
        size=(0.31, 0.22, 0.26),
        colour="#dfe2e6",
        tape="#4a6ab0",
        words="复印纸",
    )
    add("carton", "train", "big", carton, c, size=(0.5, 0.4, 0.4), colour="#a88558", words="打印机")
    add("carton", "val", "tan", carton, c, size=(0.38, 0.29, 0.25), colour="#bc9869", words="向上")
    add(
        "carton",
        "val",
        "open_tan",
        carton,
        c,
        size=(0.36, 0.27, 0.24),
        colour="#a9875c",
        flaps=True,
    )
    add(
        "carton",
        "sample",
        "ochre",
        carton,
        c,
        size=(0.41, 0.31, 0.27),
        colour="#b58b4e",
        words="办公用品",
    )
    add(
        "carton",
        "sample",
        "white",
        carton,
        c,
        size=(0.33, 0.24, 0.23),
        colour="#d6d2c8",
        tape="#b07a3a",
        words="小心轻放",
    )

    n = (0.27, 0.27, 0.3)
    add("bin", "train", "black", bin_, n)
    add("bin", "train", "white_liner", bin_, n, colour="#dcdcd8", liner="#1e1f22")
    add("bin", "train", "mesh", bin_, n, mesh=True, colour="#3a3c40", r=0.14)
    add("bin", "train", "blue_full", bin_, n, colour="#35599a", full=True, h=0.26)
    add("bin", "train", "lid_grey", bin_, n, colour="#8a8d92", lid=True, h=0.34, r=0.12)
    add("bin", "val", "green", bin_, n, colour="#4f7a4c", r=0.125, h=0.3, liner="#e0e0dc")
    add("bin", "sample", "bronze", bin_, n, colour="#5a4a3c", r=0.135, h=0.29, liner="#c8ccd0")

    x = (0.08, 0.08, 0.06)
    add("litter", "train", "ball_white", litter, x)
    add("litter", "train", "ball_yellow", litter, x, colour="#d8c878", size=0.028)
    add("litter", "train", "tissue", litter, x, kind="tissue", colour="#f2f1ee", size=0.045)
    add("litter", "train", "bottle", litter, x, kind="bottle", colour="#dce8ee")
    add("litter", "train", "cup", litter, x, kind="cup", colour="#efeee9")
    add("litter", "train", "bag", litter, x, kind="bag", colour="#dfe2e4")
    add("litter", "train", "scraps", litter, x, kind="scraps", colour="#ecebe4")
    add("litter", "train", "peel", litter, x, kind="peel", colour="#d0871e")
    add("litter", "val", "ball_grey", litter, x, colour="#c9cccf", size=0.033)
    add("litter", "val", "tissue_blue", litter, x, kind="tissue", colour="#dfe6ee", size=0.04)
    add("litter", "sample", "ball_cream", litter, x, colour="#e3d9c0", size=0.037)
    add("litter", "sample", "cup_red", litter, x, kind="cup", colour="#c2685a")

    g = (0.26, 0.26, 0.3)
    add("plant", "train", "bush", plant, g)
    add(
        "plant",
        "train",
        "pothos",
        plant,
        g,
        leaf="#4f8038",
        leaves=60,
        wide=0.045,
        spread=0.17,
        height=0.34,
        pot="#8a5a3c",
    )
    add(
        "plant",
        "train",
        "blades",
        plant,
        g,
        kind="blade",
        leaf="#3a6a44",
        leaves=22,
        spread=0.16,
        height=0.42,
        wide=0.03,
    )
    add(
        "plant",
        "train",
        "tall",
        plant,
        (0.7, 0.7, 1.4),
        "floor",
        leaf="#2a5230",
        leaves=110,
        wide=0.1,
        spread=0.34,
        height=1.4,
        pot="#d8d8d4",
    )
    add(
        "plant",
        "train",
        "cactus",
        plant,
        g,
        leaf="#5a7a4a",
        leaves=16,
        wide=0.03,
        spread=0.03,
        height=0.16,
    )
    add(
        "plant",
        "val",
        "fern",
        plant,
        g,
        kind="blade",
        leaf="#6a8f3a",
        leaves=34,
        spread=0.18,
        height=0.3,
        wide=0.022,
        pot="#4a4d52",
    )
    add(
        "plant",
        "sample",
        "ivy",
        plant,
        g,
        leaf="#3f6f4f",
        leaves=70,
        wide=0.034,
        spread=0.15,
        height=0.27,
        pot="#b9c2c6",
    )

    k = (1.4, 0.8, 0.02)
    add("cable", "train", "loose_black", cable, k, "loose")
    add(
        "cable",
        "train",
        "loose_white",
        cable,
        k,
        "loose",
        colour="#e2e1dc",
        radius=0.003,
        plug=True,
    )
    add("cable", "train", "loose_grey", cable, k, "loose", colour="#77797c", length=1.8)
    add("cable", "train", "lan_blue", cable, k, "loose", colour="#2a55b8", length=1.6, radius=0.003)
    add(
        "cable",
        "train",
        "lan_yellow",
        cable,
        k,
        "loose",
        colour="#d8b81c",
        length=1.2,
        radius=0.003,
    )
    add("cable", "train", "power_thick", cable, k, "loose", radius=0.005, plug=True, length=1.1)
    add("cable", "train", "orange", cable, k, "loose", colour="#d86a1c", radius=0.0045, length=1.5)
    add("cable", "train", "drop_black", cable, k, "drop", kind="drop", length=1.2)
    add(
        "cable",
        "train",
        "drop_many",
        cable,
        k,
        "drop",
        kind="drop",
        length=1.0,
        strands=3,
        second="#d8d7d2",
    )
    add("cable", "train", "tangle", cable, k, "loose", strands=3, second="#4a4c50", length=0.9)
    add("cable", "train", "coil_black", cable, (0.35, 0.3, 0.04), "coil", kind="coil", length=1.3)
    add(
        "cable",
        "train",
        "coil_white",
        cable,
        (0.3, 0.3, 0.04),
        "coil",
        kind="coil",
        colour="#dddcd6",
        length=1.0,
    )
    add(
        "cable",
        "train",
        "bundle_black",
        cable,
        (1.0, 0.1, 0.03),
        "bundle",
        kind="bundle",
        length=1.0,
        strands=5,
        second="#3a3c40",
    )
    add(
        "cable",
        "train",
        "bundle_mixed",
        cable,
        (1.2, 0.1, 0.03),
        "bundle",
        kind="bundle",
        length=1.2,
        strands=4,
        colour="#d0d0cc",
        second="#1c1c1e",
    )
    add(
        "cable",
        "val",
        "loose_graphite",
        cable,
        k,
        "loose",
        colour="#2c2f33",
        radius=0.0038,
        length=1.5,
    )
    add("cable", "val", "lan_green", cable, k, "loose", colour="#3f8a4a", radius=0.0029, length=1.3)
    add(
        "cable",
        "val",
        "coil_grey",
        cable,
        (0.33, 0.3, 0.04),
        "coil",
        kind="coil",
        colour="#8a8c90",
        length=1.15,
    )
    add(
        "cable",
        "val",
        "bundle_grey",
        cable,
        (1.1, 0.1, 0.03),
        "bundle",
        kind="bundle",
        length=1.1,
        strands=4,
        colour="#4a4d52",
        second="#b8b8b4",
    )
    add(
        "cable",
        "sample",
        "loose_ivory",
        cable,
        k,
        "loose",
        colour="#d2c9b0",
        radius=0.0036,
        length=1.45,
        plug=True,
    )
    add(
        "cable",
        "sample",
        "loose_jet",
        cable,
        k,
        "loose",
        colour="#0e0f12",
        radius=0.0042,
        length=1.35,
        plug=True,
    )
    add(
        "cable",
        "sample",
        "lan_red",
        cable,
        k,
        "loose",
        colour="#b8322c",
        radius=0.0031,
        length=1.55,
    )
    add(
        "cable",
        "sample",
        "bundle_slate",
        cable,
        (1.05, 0.1, 0.03),
        "bundle",
        kind="bundle",
        length=1.05,
        strands=5,
        colour="#30353c",
        second="#8a8f96",
    )

    p = (0.5, 0.3, 0.05)
    add("power_strip", "train", "white5", strip, p)
    add(
        "power_strip",
        "train",
        "black4",
        strip,
        p,
        sockets=4,
        colour="#1c1d1f",
        cord="#151515",
        plugs=3,
    )
    add("power_strip", "train", "white3", strip, p, sockets=3, plugs=1, switch="#2a8a3a")
    add(
        "power_strip",
        "train",
        "double",
        strip,
        p,
        sockets=4,
        double=True,
        plugs=2,
        colour="#dfe0e0",
    )
    add(
        "power_strip",
        "train",
        "grey6",
        strip,
        p,
        sockets=6,
        colour="#8a8d90",
        cord="#202020",
        plugs=0,
    )
    add(
        "power_strip",
        "val",
        "cream5",
        strip,
        p,
        sockets=5,
        colour="#ded8c8",
        cord="#c8c2b0",
        plugs=3,
        width=0.06,
    )
    add(
        "power_strip",
        "val",
        "black6",
        strip,
        p,
        sockets=6,
        colour="#24262a",
        cord="#1c1d20",
        plugs=2,
        width=0.05,
    )
    add(
        "power_strip",
        "sample",
        "white4_blue",
        strip,
        p,
        sockets=4,
        colour="#e8eaee",
        cord="#d8dae0",
        plugs=2,
        switch="#2a5ac0",
        width=0.058,
    )

    z = (0.15, 0.12, 0.002)
    add("stain", "train", "coffee", stain, z)
    add("stain", "train", "water", stain, z, colour="#6a6c6c", wet=True, size=0.25)
    add("stain", "train", "ink", stain, z, colour="#15182a", size=0.08)
    add("stain", "train", "mud", stain, z, colour="#3a2c1c", size=0.2)
    add("stain", "val", "tea", stain, z, colour="#6a4a1e", size=0.14)
    add("stain", "sample", "sauce", stain, z, colour="#5a2a18", size=0.13)


_tables()
