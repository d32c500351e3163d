"""Things that lie on a floor like a cable or a strip and are none."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, curve, grain, mat, revolve


def crack(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#4b4842",
    length: float = 1.1,
    width: float = 0.006,
    kind: str = "crack",
) -> Any:
    """A mark in the floor.  ``kind``: crack (zigzag, with a branch), scuff (broad pale strokes),
    chalk (a drawn line), drag (two parallel wheel marks)."""
    rng = random.Random(seed_of(ident))
    b = builder(ident)
    m = mat(ident, "mark", colour, 0.8)
    runs = {"drag": 2, "scuff": 4}.get(kind, 1)
    for n in range(runs):
        a, x, y = rng.uniform(-0.2, 0.2), -length / 2, 0.09 * n
        part = 0.35 if kind == "scuff" else 1.0
        if kind == "scuff":
            x, y = rng.uniform(-0.4, 0.1) * length, rng.gauss(0, 0.08)
        steps = 14 if kind == "crack" else 6
        for i in range(steps):
            turn = rng.gauss(0, 0.55) if kind == "crack" else a * 0.3
            d = length * part / steps
            nx, ny = x + d * math.cos(turn), y + d * math.sin(turn)
            w = width * (1 - 0.6 * i / steps if kind == "crack" else 1.6)
            b.box(((x + nx) / 2, (y + ny) / 2, 0.0006), (d * 1.1, w, 0.0009), m, rot=(0, 0, turn))
            if kind == "crack" and i == 6:
                b.box((x + 0.05, y + 0.06, 0.0006), (0.16, width * 0.6, 0.0009), m, rot=(0, 0, 0.9))
            x, y = nx, ny
    return b.object()


def bar(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#b9a06a",
    second: str = "#2a2b2e",
    length: float = 1.0,
    width: float = 0.03,
    height: float = 0.005,
    kind: str = "ruler",
) -> Any:
    """A straight thing.  ``kind``: ruler (marks along it), rod (round, with end caps), batten
    (wooden), profile (an angle of metal), broom (a stick), hazard (striped tape on the floor),
    dashes (a dashed line), pen, skirting (a wall's foot strip)."""
    b = builder(ident)
    m, o = mat(ident, "body", colour, 0.45), mat(ident, "marks", second, 0.5)
    if kind == "rod":
        b.cyl(
            (0, 0, 0.012),
            0.011,
            length,
            mat(ident, "steel", colour, 0.3, 0.8),
            rot=(0, math.pi / 2, 0),
            sides=12,
        )
        for s in (-1, 1):
            b.cyl((s * length / 2, 0, 0.014), 0.014, 0.04, o, rot=(0, math.pi / 2, 0), sides=12)
    elif kind == "broom":
        b.cyl((0, 0, 0.014), 0.012, length, m, rot=(0, math.pi / 2, 0), sides=12)
        b.box((length / 2 + 0.1, 0, 0.02), (0.2, 0.24, 0.04), o, bevel=0.01)
    elif kind == "profile":
        s = mat(ident, "metal", colour, 0.35, 0.8)
        b.box((0, 0, 0.001), (length, width, 0.002), s)
        b.box((0, -width / 2, width / 4), (length, 0.002, width / 2), s)
    elif kind in ("hazard", "dashes"):
        n = max(4, int(length / 0.09))
        for i in range(n):
            x = -length / 2 + length * (i + 0.5) / n
            if kind == "hazard" or i % 2 == 0:
                b.box((x, 0, 0.0006), (length / n, width * 1.5, 0.0008), m if i % 2 == 0 else o)
    elif kind == "pen":
        b.cyl((0, 0, 0.006), 0.0055, 0.14, m, rot=(0, math.pi / 2, 0), sides=10)
        b.cyl((0.06, 0, 0.006), 0.0062, 0.045, o, rot=(0, math.pi / 2, 0), sides=10)
    elif kind == "skirting":
        b.box((0, 0, 0.04), (length, 0.012, 0.08), m, bevel=0.003)
    else:
        h = 0.02 if kind == "batten" else height
        w = grain(ident, "wood", colour, 0.2, 30, 0.6, 3) if kind == "batten" else m
        b.box((0, 0, h / 2), (length, width, h), w, bevel=0.001)
        if kind == "ruler":
            for i in range(int(length / 0.02)):
                x = -length / 2 + 0.01 + 0.02 * i
                long = i % 5 == 0
                b.box((x, width * 0.3, h), (0.002, width * (0.35 if long else 0.2), 0.0008), o)
    return b.object()


def belt(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#2a1e18",
    buckle: str = "#b9babc",
    width: float = 0.03,
    length: float = 0.9,
    kind: str = "belt",
) -> Any:
    """A strap on the floor.  ``kind``: belt (with its buckle), lanyard (a loop with a card), strap
    (a bag's, with hooks), ribbon (curled packing band), rope (twisted, thick)."""
    rng = random.Random(seed_of(ident))
    b = builder(ident)
    m, metal = mat(ident, "strap", colour, 0.6), mat(ident, "buckle", buckle, 0.3, 1)
    n, a, x, y = 26, 0.0, -length * 0.3, 0.0
    bend = rng.uniform(2.0, 4.5) / n * rng.choice((-1, 1))
    pts = []
    for i in range(n):
        pts.append((x, y))
        a += bend * (1 if kind != "rope" else math.sin(i * 0.5) * 2)
        x, y = x + length / n * math.cos(a), y + length / n * math.sin(a)
    if kind == "lanyard":
        pts = [
            (length * 0.2 * math.cos(t) * (1 + 0.2 * math.sin(2 * t)), length * 0.12 * math.sin(t))
            for t in np.linspace(0, 2 * math.pi, n)
        ]
    if kind == "rope":
        b.tube(curve([(p, q, 0.013) for p, q in pts], 3), 0.013, m, sides=8)
    else:
        tall = width if kind != "lanyard" else width * 0.6
        edge = kind in ("ribbon", "belt")  # these stand on their edge where they curl
        for p, q in pairwise(pts):
            turn = math.atan2(q[1] - p[1], q[0] - p[0])
            step = math.dist(p, q) * 1.15
            size = (step, 0.003, tall) if edge else (step, tall, 0.003)
            b.box(
                ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2, tall / 2 if edge else 0.002),
                size,
                m,
                rot=(0, 0, turn),
            )
    x, y = pts[0]
    if kind == "belt":
        b.box((x - 0.02, y, width / 2), (0.045, 0.008, width * 1.3), metal, bevel=0.003)
    elif kind == "lanyard":
        b.box(
            (x + 0.05, y, 0.002),
            (0.09, 0.06, 0.003),
            mat(ident, "card", "#e8eaee", 0.3),
            bevel=0.001,
        )
    elif kind == "strap":
        for at in (pts[0], pts[-1]):
            b.box((*at, 0.006), (0.03, 0.018, 0.01), metal, bevel=0.003)
    return b.object()


def bridge(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#1f2022",
    second: str = "#d8b02a",
    length: float = 0.9,
    width: float = 0.20,
    height: float = 0.035,
    kind: str = "ramp",
) -> Any:
    """A cover that holds cables as they should be.  ``kind``: ramp (black with a yellow lid), dome
    (a half-round rubber strip), trunk (a flat plastic channel), plate (a metal floor box)."""
    b = builder(ident)
    m, o = mat(ident, "body", colour, 0.6), mat(ident, "lid", second, 0.5)
    if kind == "ramp":
        for s in (-1, 1):
            b.box(
                (0, s * width * 0.31, height * 0.42),
                (length, width * 0.40, height * 0.35),
                m,
                rot=(-s * 0.36, 0, 0),
                bevel=0.003,
            )
        b.box((0, 0, height * 0.5), (length, width * 0.36, height), m, bevel=0.003)
        b.box((0, 0, height), (length * 0.99, width * 0.26, 0.006), o, bevel=0.002)
    elif kind == "dome":
        b.cyl((0, 0, 0), width * 0.24, length, m, rot=(0, math.pi / 2, 0), sides=20)
        b.box((0, 0, 0.003), (length, width * 0.6, 0.006), m, bevel=0.002)
    elif kind == "trunk":
        b.box((0, 0, height * 0.25), (length, width * 0.3, height * 0.5), o, bevel=0.003)
        b.box((0, width * 0.10, height * 0.5), (length, 0.002, 0.001), m)
    else:
        e = width * 0.6
        b.box(
            (0, 0, 0.003),
            (e * 1.1, e * 1.1, 0.006),
            mat(ident, "steel", second, 0.35, 0.8),
            bevel=0.002,
        )
        b.box((0, 0, 0.006), (e * 0.8, e * 0.8, 0.003), m, bevel=0.001)
    return b.object()


def rope_foot(
    ident: str,
    _rng: random.Random,
    *,
    colour: str = "#c2c4c8",
    belt_colour: str = "#1d3f8a",
    height: float = 0.9,
    kind: str = "belt",
) -> Any:
    """A queue barrier's post.  ``kind``: belt (with a strap head), ball (a rope's hook), base
    (its heavy foot alone)."""
    b = builder(ident)
    m, o = mat(ident, "steel", colour, 0.25, 0.9), mat(ident, "belt", belt_colour, 0.6)
    revolve(b, [(0, 0.0), (0.165, 0.0), (0.165, 0.012), (0.10, 0.03), (0.03, 0.045), (0, 0.045)], m)
    if kind != "base":
        b.cyl((0, 0, height / 2), 0.025, height, m, sides=16)
        if kind == "belt":
            b.cyl((0, 0, height - 0.05), 0.034, 0.09, o, sides=16)
        else:
            b.ball((0, 0, height + 0.02), (0.04, 0.04, 0.04), m, segments=14)
    return b.object()
