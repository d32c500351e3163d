"""More cables: long runs, flat and spiral cords, adapters, hanks, patch cords, cords down a leg."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from datasets.render.assets.shapes import builder, curve, mat, revolve

Path = list[tuple[float, float, float]]


def plug(b: Any, ident: str, at: Sequence[float], turn: float, kind: str, colour: str) -> None:
    """A plug of ``kind`` (socket, usb, rj45, iec, barrel) that ends a cord at ``at``; else none."""
    x, y, z = at
    c, s = math.cos(turn), math.sin(turn)
    m = mat(ident, f"plug{kind}", colour, 0.4)
    steel = mat(ident, "contact", "#b9babc", 0.3, 1)
    if kind == "socket":  # flat three-pin plug
        b.box((x + 0.02 * c, y + 0.02 * s, 0.014), (0.042, 0.036, 0.026), m, rot=(0, 0, turn),
              bevel=0.006, segments=3)  # fmt: skip
        for o in (-0.008, 0.008):
            b.box((x + 0.05 * c - o * s, y + 0.05 * s + o * c, 0.014), (0.02, 0.006, 0.003), steel,
                  rot=(0, 0, turn))  # fmt: skip
    elif kind == "usb":
        b.box((x + 0.015 * c, y + 0.015 * s, 0.007), (0.034, 0.015, 0.009), m, rot=(0, 0, turn),
              bevel=0.002)  # fmt: skip
        b.box((x + 0.038 * c, y + 0.038 * s, 0.007), (0.014, 0.012, 0.005), steel, rot=(0, 0, turn))
    elif kind == "rj45":
        clear = mat(ident, "clear", "#dfe5e8", 0.15)
        b.box((x + 0.012 * c, y + 0.012 * s, 0.007), (0.024, 0.013, 0.010), clear,
              rot=(0, 0, turn), bevel=0.001)  # fmt: skip
        b.box((x - 0.006 * c, y - 0.006 * s, 0.007), (0.02, 0.011, 0.011), m, rot=(0, 0, turn),
              bevel=0.003)  # fmt: skip
    elif kind == "iec":
        b.box((x + 0.022 * c, y + 0.022 * s, 0.013), (0.05, 0.028, 0.022), m, rot=(0, 0, turn),
              bevel=0.005)  # fmt: skip
    elif kind == "barrel":
        b.tube([(x, y, z), (x + 0.03 * c, y + 0.03 * s, z)], 0.006, m, sides=8)


def _corners(pts: Sequence[tuple[float, float]], z: float, r: float = 0.05) -> Path:
    """A run with hard bends: straight between ``pts``, rounded within ``r`` of each."""
    out = [(*pts[0], z)]
    for a, p, q in zip(pts, pts[1:], pts[2:], strict=False):
        for end, w in ((a, 1.0), (a, 0.4), (q, 0.4), (q, 1.0)):
            n = max(math.dist(p, end), 1e-6)
            t = min(r * w / n, 0.45)
            out.append((p[0] + (end[0] - p[0]) * t, p[1] + (end[1] - p[1]) * t, z))
    out.append((*pts[-1], z))
    return curve(out, 4)


def _route(shape: str, length: float, z: float, rng: random.Random) -> Path:
    """A way over the floor along x: straight, bends, wall, sweep, wave."""
    h = length / 2
    if shape == "straight":
        pts = [(-h + length * i / 5, rng.gauss(0, 0.012)) for i in range(6)]
        return curve([(x, y, z) for x, y in pts], 4)
    if shape == "bends":
        x, y, out = -h, 0.0, [(-h, 0.0)]
        for i in range(rng.randint(3, 5)):
            step = length * rng.uniform(0.16, 0.32)
            a = rng.gauss(0, 0.15) + (
                0 if i % 2 == 0 else rng.choice((-1, 1)) * rng.uniform(0.8, 1.6)
            )
            x, y = x + step * math.cos(a), y + step * math.sin(a)
            out.append((x, y))
        return _corners(out, z)
    if shape == "wall":
        return _corners([(-h, 0.0), (h * 0.4, 0.01), (h * 0.42, -length * 0.35)], z, 0.035)
    if shape == "sweep":
        a, bend, x, y = 0.0, rng.choice((-1, 1)) * rng.uniform(0.2, 0.45), -h, 0.0
        way: Path = []
        for _ in range(10):
            way.append((x, y, z))
            a += bend * rng.uniform(0.3, 1.3)
            x, y = x + length / 9 * math.cos(a), y + length / 9 * math.sin(a)
        return curve(way, 5)
    amount, x, out = rng.uniform(0.05, 0.13), -h, []
    for i in range(10):
        out.append((x, amount * (-1) ** i * rng.uniform(0.1, 1.3)))
        x += length / 9 * rng.uniform(0.5, 1.5)
    return curve([(x, y, z) for x, y in out], 5)


def _beside(path: Path, off: float, lift: float = 0.0) -> Path:
    """The path shifted sideways by ``off``: what lies parallel to it."""
    p = np.asarray(path)
    d = np.gradient(p, axis=0)
    n = np.hypot(d[:, 0], d[:, 1]) + 1e-9
    return [
        (float(x - off * dy / k), float(y + off * dx / k), float(z + lift))
        for (x, y, z), (dx, dy, _), k in zip(p, d, n, strict=True)
    ]


def _helix(path: Path, radius: float, pitch: float, steps: int = 7) -> Path:
    """A coil of ``radius`` wound about the path."""
    p = np.asarray(path)
    seg = np.linalg.norm(np.diff(p, axis=0), axis=1)
    at = np.concatenate([[0], np.cumsum(seg)])
    turns = min(95, at[-1] / pitch)
    t = np.linspace(0, at[-1], int(turns * steps))
    mid = np.stack([np.interp(t, at, p[:, i]) for i in range(3)], 1)
    d = np.gradient(mid, axis=0)
    n = np.hypot(d[:, 0], d[:, 1]) + 1e-9
    side = np.stack([-d[:, 1] / n, d[:, 0] / n, np.zeros(len(t))], 1)
    ang = 2 * math.pi * np.arange(len(t)) / steps
    out = mid + radius * (np.cos(ang)[:, None] * side + np.sin(ang)[:, None] * [0, 0, 1])
    return [(float(a), float(b), float(c)) for a, b, c in out]


def run(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#1a1a1b",
    second: str = "#d8d6cf",
    tape: str = "#c9a23a",
    radius: float = 0.004,
    length: float = 1.7,
    shape: str = "straight",
    kind: str = "round",
    strands: int = 1,
    end: str = "socket",
    start: str = "none",
    strips: int = 0,
) -> Any:
    """A run over the floor.  ``kind``: round, flat (strands side by side), spiral (telephone cord),
    brick (a power supply in it), wrap (spiral tube about the cords), sleeve (ribbed hose), cross
    (a second run across it).  ``strips`` of ``tape`` hold it to the floor."""
    b = builder(ident)
    m, o = mat(ident, "jacket", colour, 0.45), mat(ident, "other", second, 0.45)
    path = _route(shape, length, radius, rng)
    count = max(strands, 4) if kind == "flat" else strands
    if kind == "spiral":
        core = _route("sweep", min(length, 0.7) * 0.6, 0.009, rng)
        b.tube(_helix(core, 0.0075, 0.0075), 0.0026, m, sides=5)
        for tip in (core[0], core[-1]):
            way = [tip, (tip[0] + 0.1 * math.copysign(1, tip[0]), tip[1] + 0.03, 0.004)]
            b.tube(curve(way), 0.0026, m, sides=6)
        path = core
    elif kind in ("wrap", "sleeve"):
        wide = radius * (3.2 if kind == "sleeve" else 2.4)
        path = _beside(path, 0.0, wide - radius)
        t = np.arange(len(path) * 3)
        p = np.asarray(path)
        fine = np.stack([np.interp(t / 3, np.arange(len(p)), p[:, i]) for i in range(3)], 1)
        fine = fine[: len(p) * 3 - 2]
        if kind == "sleeve":
            b.tube(fine.tolist(), wide, m, sides=9,
                   radii=[wide * (1 if i % 2 else 0.82) for i in range(len(fine))])  # fmt: skip
        else:
            b.tube(fine.tolist(), wide * 0.8, m, sides=8)
            b.tube(_helix(path, wide * 0.86, wide * 3.4, 8), wide * 0.36, o, sides=5)
        for k in range(3):  # the cords leave the wrap one by one
            x, y, z = path[-1]
            a = math.atan2(path[-1][1] - path[-2][1], path[-1][0] - path[-2][0]) + (k - 1) * 0.5
            tip = (x + 0.16 * math.cos(a), y + 0.16 * math.sin(a), radius)
            b.tube(curve([(x, y, z), tip]), radius, o if k == 1 else m, sides=6)
    else:
        for n in range(count):
            gap = radius * (1.9 if kind == "flat" else rng.uniform(2.2, 5.0))
            lane = _beside(path, (n - (count - 1) / 2) * gap)
            b.tube(lane, radius, o if n % 2 and kind != "flat" else m, sides=7)
    if kind == "cross":
        other = _route("straight", length * 0.7, radius * 2.6, rng)
        a = rng.uniform(0.7, 1.5)
        c, s = math.cos(a), math.sin(a)
        for n in range(max(2, strands)):
            b.tube([(c * x - s * (y + n * radius * 3), s * x + c * (y + n * radius * 3), z)
                    for x, y, z in other], radius, o, sides=7)  # fmt: skip
    if kind == "brick":
        x, y, _ = path[len(path) // 2]
        q = path[len(path) // 2 + 1]
        turn = math.atan2(q[1] - y, q[0] - x)
        b.box((x, y, 0.017), (0.125, 0.055, 0.034), m, rot=(0, 0, turn), bevel=0.008, segments=3)
        b.box((x, y, 0.0345), (0.06, 0.032, 0.001), mat(ident, "label", "#c6c7c8", 0.6),
              rot=(0, 0, turn))  # fmt: skip
    hold = mat(ident, "tape", tape, 0.45)
    for i in range(strips):
        n = int((i + 0.5) * (len(path) - 1) / strips)
        here, ahead = path[n], path[min(n + 1, len(path) - 1)]
        a = math.atan2(ahead[1] - here[1], ahead[0] - here[0])
        w = 0.07 + radius * 3 * count
        mid = (here[0], here[1], here[2] + radius * 0.55)
        b.box(mid, (0.045, w, radius * 1.1), hold, rot=(0, 0, a), bevel=0.001)
    for name, tip, back in ((end, path[-1], path[-2]), (start, path[0], path[1])):
        if kind not in ("wrap", "sleeve", "spiral"):
            plug(b, ident, tip, math.atan2(tip[1] - back[1], tip[0] - back[0]), name, colour)
    return b.object()


def hank(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#1a1a1b",
    tie: str = "#d8d6cf",
    radius: float = 0.0038,
    size: float = 0.22,
    kind: str = "eight",
    loops: int = 5,
    end: str = "socket",
    wide: float = 0.35,
) -> Any:
    """A spare length put together.  ``kind``: eight (loops bound in the middle), oval (long flat
    loops, tied), ring (round), loose (loops of all sizes, hardly held by the tie), knot."""
    b = builder(ident)
    m = mat(ident, "jacket", colour, 0.45)
    pts: Path = []
    for i in range(loops):
        grow, skew = 1 + rng.uniform(-0.16, 0.16), rng.uniform(-0.25, 0.25)
        if kind == "loose":
            grow, skew = rng.uniform(0.45, 1.25), rng.uniform(-0.9, 0.9)
        z = radius * (1 + 0.9 * i)
        for t in np.linspace(0, 2 * math.pi, 15)[:-1]:
            if kind == "eight":
                x, y = math.sin(t), wide * 0.8 * math.sin(2 * t)
            elif kind == "ring":
                x, y = math.cos(t), math.sin(t)
            elif kind == "knot":
                x, y = (math.sin(t * 1.3 + i * 2.1) + rng.gauss(0, 0.12),
                        math.cos(t * 0.7 + i * 1.7) + rng.gauss(0, 0.12))  # fmt: skip
                z = radius * (1 + 1.6 * rng.random() * min(loops, 4))
            else:
                x, y = math.cos(t), wide * math.sin(t)
            x, y = x * size / 2 * grow, y * size / 2 * grow
            c, s = math.cos(skew), math.sin(skew)
            if kind == "loose":
                x += size * 0.3 * (grow - 0.8)
            pts.append((c * x - s * y, s * x + c * y, z))
    a = rng.uniform(0, 6.28)
    x, y, _ = pts[-1]
    for _ in range(3):
        x, y = x + 0.07 * math.cos(a), y + 0.07 * math.sin(a)
        a += rng.uniform(-0.6, 0.6)
        pts.append((x, y, radius))
    b.tube(curve(pts, 3), radius, m, sides=6)
    plug(b, ident, pts[-1], a, end, colour)
    band = mat(ident, "tie", tie, 0.6)
    top = radius * (2 + 1.8 * loops)
    if kind == "eight":
        b.box((0, 0, top / 2), (0.022, 0.05, top), band, bevel=0.003)
    elif kind in ("oval", "loose"):
        for x in (-0.22, 0.2) if kind == "oval" else (0.05,):
            b.box((x * size, 0, top / 2), (0.014, wide * size + 0.012, top), band, bevel=0.003)
    elif kind == "ring":
        b.box((size / 2, 0, top / 2), (0.045, 0.014, top), band, bevel=0.003)
    return b.object()


def patch(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#2b5fb4",
    second: str = "#c9cdd2",
    third: str = "#d9b13a",
    radius: float = 0.003,
    length: float = 0.5,
    strands: int = 6,
    kind: str = "fan",
    end: str = "rj45",
    ring: str = "#3a3c40",
) -> Any:
    """Cords in a bunch.  ``kind``: fan (bound at one end, their plugs spread out), grommet (they
    come out of a ring in the top or floor), pile (loops over one another)."""
    b = builder(ident)
    ms = [mat(ident, f"jacket{i}", c, 0.45) for i, c in enumerate((colour, second, third))]
    if kind == "grommet":
        r = mat(ident, "ring", ring, 0.5)
        revolve(b, [(0.04, 0.0), (0.04, 0.006), (0.028, 0.006), (0.027, 0.001)], r)
        b.cyl((0, 0, 0.0012), 0.028, 0.001, mat(ident, "hole", "#0c0c0d", 0.9))
    for n in range(strands):
        m, c = ms[n % 3], (colour, second, third)[n % 3]
        lift = radius * (1 + 1.4 * (n % 3))
        if kind == "pile":
            q = [(rng.gauss(0, length * 0.22), rng.gauss(0, length * 0.2), lift + radius * (i % 3))
                 for i in range(7)]  # fmt: skip
        else:
            a = (n - (strands - 1) / 2) * rng.uniform(0.22, 0.42)
            bow = rng.uniform(-0.5, 0.5)
            near = length * 0.35
            if kind == "grommet":
                a = rng.uniform(-1.4, 1.4)
                q = [
                    (0.01 * (n % 3 - 1), 0.01 * (n % 2), 0.0),
                    (0.01, 0.0, 0.03),
                    (0.06 * math.cos(a), 0.06 * math.sin(a), 0.02),
                ]
            else:
                y = (n - strands / 2) * radius * 1.3
                q = [(-near, y, lift), (-near / 2, y * 0.8, lift), (0.0, y * 1.2, lift)]
            for i in range(1, 4):
                t = length * i / 3 * rng.uniform(0.85, 1.1)
                q.append((t * math.cos(a + bow * i / 3), t * math.sin(a + bow * i / 3), radius))
        b.tube(curve(q, 5), radius, m, sides=6)
        tip, back = q[-1], q[-2]
        plug(b, ident, tip, math.atan2(tip[1] - back[1], tip[0] - back[0]), end, c)
    if kind == "fan":
        tie = mat(ident, "tie", "#1d1e20", 0.6)
        h = radius * 6
        b.box((-length * 0.16, 0, h / 2), (0.012, radius * 1.6 * strands, h), tie, bevel=0.002)
    return b.object()


def leg_run(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#1a1a1b",
    second: str = "#dddbd5",
    radius: float = 0.004,
    length: float = 1.0,
    height: float = 0.70,
    strands: int = 2,
    kind: str = "straight",
    end: str = "socket",
) -> Any:
    """Cords that come down from a desk and lie on.  ``kind``: straight (tied along a leg), slack (a
    bight hangs free between desk and floor), sleeve (in one ribbed hose), bow (touches the floor,
    rises and falls again)."""
    b = builder(ident)
    ms = [mat(ident, "jacket", colour, 0.45), mat(ident, "other", second, 0.45)]
    if kind == "sleeve":
        way = curve([(0, 0.3, height), (0, 0.3, height / 2), (0, 0.29, 0.07), (0.03, 0.2, 0.018),
                     (length * 0.4, 0.1, 0.018)], 12)  # fmt: skip
        b.tube(way, 0.016, ms[0], sides=9,
               radii=[0.016 if i % 2 else 0.0125 for i in range(len(way))])  # fmt: skip
        return b.object()
    for n in range(strands):
        off = (n - (strands - 1) / 2) * radius * 2.3
        a = rng.uniform(-0.5, 0.5)
        if kind == "slack":
            dip = ((0.0, 0.3, 1.0), (0.1, 0.27, 0.45), (0.25, 0.24, 0.16), (0.42, 0.25, 0.35),
                   (0.5, 0.27, 0.8))  # fmt: skip
            pts = [(off + x, y, height * z) for x, y, z in dip]
            b.tube(curve(pts, 8), radius, ms[n % 2], sides=7)
            continue
        pts = [(off, 0.3, height), (off, 0.3, height * 0.6), (off, 0.3, 0.06), (off, 0.27, radius)]
        x, y = off, 0.22
        for i in range(6):
            lift = 0.09 * math.sin(math.pi * i / 3) ** 2 if kind == "bow" and i < 4 else 0.0
            pts.append((x, y, radius + lift))
            a = a * 0.6 + rng.uniform(-0.8, 0.8)
            x, y = x + length / 6 * math.cos(a), y + length / 6 * math.sin(a - 0.4)
        b.tube(curve(pts, 6), radius, ms[n % 2], sides=7)
        tip, back = pts[-1], pts[-2]
        plug(b, ident, tip, math.atan2(tip[1] - back[1], tip[0] - back[0]), end, colour)
    for i in range(3 if kind == "straight" else 0):
        b.box((0, 0.3, height * (0.3 + 0.25 * i)), (radius * 2.6 * strands + 0.01, 0.014, 0.012),
              mat(ident, "tie", "#e6e4de", 0.5), bevel=0.002)  # fmt: skip
    return b.object()
