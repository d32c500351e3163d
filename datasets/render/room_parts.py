"""What a drawn room is built of: shell, windows, lamps, and what hangs on its walls.

Nothing here is of a class: doors, pillars, boards, curtains and wall radiators are background.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from datasets.render import floors, wall_pictures as wp
from datasets.render.assets.core import Lazy

if TYPE_CHECKING:
    from datasets.render.rooms_train import RoomDraw

sh: Any = Lazy("datasets.render.shading")
shapes: Any = Lazy("datasets.render.assets.shapes")

Span = tuple[float, float]
GROUPS: Final = 3
"""Lamps are switched in so many groups."""

FLAT_Z: Final = 0.0003
"""How high a strip let into the floor lies: below paper and stains, which are of a class."""


@dataclass(frozen=True)
class Lamp:
    """A ceiling lamp's middle and size (m), and the switch it hangs on."""

    x: float
    y: float
    z: float
    w: float
    d: float
    group: int


@dataclass(frozen=True)
class Pane:
    """A window: side of the room, middle along the wall, width, sill and top (m)."""

    side: str
    at: float
    width: float
    sill: float
    top: float

    def centre(self, x: Span, y: Span) -> tuple[float, float, float]:
        """A point just inside the pane."""
        z = (self.sill + self.top) / 2
        return (*on_wall(self.side, self.at, 0.12, x, y), z)


def on_wall(side: str, at: float, off: float, x: Span, y: Span) -> tuple[float, float]:
    """The point ``off`` metres before the wall ``side`` at ``at`` along it."""
    if side == "w":
        return x[0] + off, at
    if side == "e":
        return x[1] - off, at
    return (at, y[0] + off) if side == "s" else (at, y[1] - off)


TURN: Final = {"n": 0.0, "s": math.pi, "w": math.pi / 2, "e": -math.pi / 2}
"""About z, of a plane stood up so that it shows into the room."""


def _put(
    b: Any,
    side: str,
    at: float,
    z: float,
    size: tuple[float, float, float],
    m: Any,
    x: Span,
    y: Span,
    off: float = 0.0,
) -> None:
    """A box (along, out, up) fixed to a wall, its back ``off`` before it."""
    px, py = on_wall(side, at, off + size[1] / 2, x, y)
    flat = (size[0], size[1]) if side in "ns" else (size[1], size[0])
    b.box((px, py, z), (*flat, size[2]), m)


def windows(k: RoomDraw, x: Span, y: Span, h: float) -> list[Pane]:
    """The room's windows; ``k.window``: pair, wide, full, high, narrow."""
    rng = random.Random(f"windows/{k.seed}")
    width, gap, sill, top = {
        "pair": (1.5, 0.8, 0.9, 2.4),
        "wide": (3.2, 0.5, 0.95, 2.3),
        "full": (2.4, 0.12, 0.12, h - 0.3),
        "high": (1.6, 0.9, 2.0, 2.9),
        "narrow": (0.7, 1.1, 0.5, 2.8),
    }[k.window]
    width, sill = width * rng.uniform(0.85, 1.2), sill * rng.uniform(0.85, 1.15)
    out = []
    for side in k.sides:
        lo, hi = (x if side in "ns" else y)[0] + 0.5, (x if side in "ns" else y)[1] - 0.5
        n = max(1, int((hi - lo) / (width + gap)))
        pitch = (hi - lo) / n
        out += [Pane(side, lo + pitch * (i + 0.5), width, sill, top) for i in range(n)]
    return out


def lamps(k: RoomDraw, x: Span, y: Span, h: float) -> list[Lamp]:
    """Where the room's light comes from; ``k.lamp``: panel, square, linear, spots ..."""
    rng = random.Random(f"lamps/{k.seed}")
    w, d = x[1] - x[0], y[1] - y[0]
    if k.lamp == "cove":
        return [
            Lamp(sum(x) / 2, y[0] + 0.5, h - 0.2, w * 0.9, 0.15, 0),
            Lamp(sum(x) / 2, y[1] - 0.5, h - 0.2, w * 0.9, 0.15, 1),
            Lamp(x[0] + 0.5, sum(y) / 2, h - 0.2, 0.15, d * 0.9, 0),
            Lamp(x[1] - 0.5, sum(y) / 2, h - 0.2, 0.15, d * 0.9, 2),
        ]
    pitch_x, pitch_y, lw, ld = {
        "panel": (2.6, 3.0, 1.2, 0.6),
        "square": (2.4, 2.4, 0.6, 0.6),
        "linear": (w, 2.2, w * 0.9, 0.09),
        "spots": (2.2, 2.4, 0.3, 0.3),
        "track": (1.9, 3.4, 0.1, 0.1),
        "ring": (4.0, 4.0, 1.4, 1.4),
    }[k.lamp]
    if rng.random() < 0.35 and k.lamp in ("panel", "linear"):
        lw, ld, pitch_x, pitch_y = ld, (d * 0.9 if k.lamp == "linear" else lw), pitch_y, pitch_x
        if k.lamp == "linear":
            pitch_x, pitch_y = 2.4, d
    cols, rows = max(1, round(w / pitch_x)), max(1, round(d / pitch_y))
    by_row = rng.random() < 0.5
    return [
        Lamp(
            x[0] + w * (i + 0.5) / cols,
            y[0] + d * (j + 0.5) / rows,
            h - 0.06,
            lw,
            ld,
            (j if by_row else i) % GROUPS,
        )
        for i in range(cols)
        for j in range(rows)
    ]


def lamp_bodies(key: str, k: RoomDraw, *, x: Span, y: Span, h: float, on: bool, group: int) -> Any:
    """The lamps of one group as they look from below."""
    b = sh.Builder(f"lamps.{key}")
    glow = sh.material(
        f"{key}.lamp", (1.0, 0.96, 0.9) if on else (0.6, 0.6, 0.58), 0.5, emission=2.5 * on
    )
    frame = sh.material(f"{key}.lampframe", (0.55, 0.55, 0.55), 0.4)
    for p in lamps(k, x, y, h):
        if p.group != group:
            continue
        z = h - 0.012
        if k.lamp == "spots":
            for dx in (-0.5, 0.5):
                b.cyl((p.x + dx, p.y, z), 0.09, 0.02, frame, sides=16)
                b.cyl((p.x + dx, p.y, z - 0.006), 0.07, 0.02, glow, sides=16)
        elif k.lamp == "track":
            b.box((p.x, p.y, h - 0.02), (1.8, 0.04, 0.03), frame)
            b.cyl((p.x, p.y, h - 0.1), 0.045, 0.12, frame, sides=12)
            b.cyl((p.x, p.y, h - 0.162), 0.04, 0.006, glow, sides=12)
        elif k.lamp == "ring":
            n = 20
            circle = [
                (p.x + 0.6 * math.cos(a), p.y + 0.6 * math.sin(a), h - 0.08)
                for a in (2 * math.pi * i / n for i in range(n + 1))
            ]
            b.tube(circle, 0.035, glow)
        elif k.lamp == "cove":
            b.box((p.x, p.y, h - 0.015), (p.w, p.d, 0.01), glow)
        else:
            b.box((p.x, p.y, z), (p.w, p.d, 0.02), glow)
            if k.lamp != "linear":
                b.box((p.x, p.y, h - 0.006), (p.w + 0.06, p.d + 0.06, 0.012), frame)
    return b.object()


def shell(key: str, k: RoomDraw, *, x: Span, y: Span, h: float) -> Any:
    """Floor with what is let into it, walls, skirting, ceiling."""
    rng = random.Random(f"shell/{k.seed}")
    b = sh.Builder(f"room.{key}")
    cx, cy, w, d = sum(x) / 2, sum(y) / 2, x[1] - x[0], y[1] - y[0]
    b.box((cx, cy, -0.05), (w, d, 0.1), floors.material(f"{key}.floor", k.floor, k.seed))
    b.box((cx, cy, h + 0.05), (w, d, 0.1), wp.ceiling_material(f"{key}.ceil", k.ceiling, k.seed))
    plain = wp.wall_material(f"{key}.wall", k.wall_kind, k.wall, k.trim, h, k.seed)
    accent = wp.wall_material(f"{key}.accent", k.accent_kind, k.wall, k.trim, h, k.seed + 1)
    other = rng.choice("nsew")
    skirt = sh.material(f"{key}.skirt", sh.hex_linear(k.skirting), 0.5)
    high = rng.choice((0.0, 0.08, 0.1, 0.15))
    for side in "nsew":
        length = w if side in "ns" else d
        middle = cx if side in "ns" else cy
        m = accent if side == other else plain
        _put(b, side, middle, h / 2, (length, 0.1, h), m, x, y, -0.1)
        if high:
            _put(b, side, middle, high / 2, (length, 0.012, high), skirt, x, y)
    _let_in(b, key, rng, x, y)
    return b.object()


def _let_in(b: Any, key: str, rng: random.Random, x: Span, y: Span) -> None:
    """Tactile paving, socket plates, metal seams, hatches: flush with the floor."""
    w, d = x[1] - x[0], y[1] - y[0]
    metal = sh.material(
        f"{key}.plate", sh.hex_linear(rng.choice(("#a9abad", "#b39a56", "#5c5d5f"))), 0.35, 0.9
    )
    dark = sh.material(f"{key}.slot", (0.03, 0.03, 0.03), 0.5)
    if rng.random() < 0.3:
        px = np.full((96, 96, 3), 1, np.float32) * sh.hex_srgb(
            rng.choice(("#d8a92a", "#c9a13a", "#9a9a98", "#e0b63a"))
        )
        bars = rng.random() < 0.5
        for i in range(4):
            for j in range(4):
                s = slice(0, 96) if bars else slice(24 * j + 6, 24 * j + 18)
                px[24 * i + 6 : 24 * i + 18, s] *= 0.78
        strip = sh.picture_material(f"{key}.tactile", px, 0.6, scale=1 / 0.3, coords="Object")
        across = rng.random() < 0.5
        at = rng.choice((-1.5, -2.2, 1.4, 2.0)) if across else rng.uniform(-2.5, 2.5)
        size = (w, 0.3, 0.0006) if across else (0.3, d, 0.0006)
        b.box((0, at, 0) if across else (at, 0, 0), size, strip)
    for _ in range(rng.choice((0, 0, 3, 6, 10))):
        px_m, py_m, side = rng.uniform(-3.2, 3.2), rng.uniform(-2.8, 2.2), rng.uniform(0.1, 0.2)
        for share, layer, m in ((1.0, 2, metal), (0.62, 3, dark), (0.56, 4, metal)):
            b.box((px_m, py_m, 0), (side * share, side * share, layer * FLAT_Z), m)
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        wide = rng.uniform(0.006, 0.04)
        if rng.random() < 0.5:
            b.box((0, rng.uniform(-2.8, 2.0), 0), (w, wide, 2 * FLAT_Z), metal)
        else:
            b.box((rng.uniform(-3, 3), 0, 0), (wide, d, 2 * FLAT_Z), metal)


def panes(key: str, k: RoomDraw, *, x: Span, y: Span, h: float, day: bool) -> Any:
    """The windows with their frames and what they look out on."""
    rng = random.Random(f"panes/{k.seed}")
    b = sh.Builder(f"panes.{key}")
    bright = rng.uniform(1.2, 5.0) if day else rng.uniform(0.5, 1.5)
    view = sh.picture_material(
        f"{key}.sky", wp.outside(day, k.seed), 0.1, coords="UV", emission=bright
    )
    tone = rng.choice(((0.75, 0.75, 0.74), (0.06, 0.06, 0.065), (0.3, 0.3, 0.31), (0.2, 0.1, 0.05)))
    frame = sh.material(f"{key}.frame", tone, 0.4)
    bars = rng.choice((1, 2, 2, 3))
    cross = rng.random() < 0.4
    for p in windows(k, x, y, h):
        z, tall = (p.sill + p.top) / 2, p.top - p.sill
        at = (*on_wall(p.side, p.at, 0.012, x, y), z)
        b.plane(at, (p.width, tall), view, rot=(math.pi / 2, 0, TURN[p.side]))
        for i in range(bars + 1):
            off = p.width * (i / bars - 0.5)
            _put(b, p.side, p.at + off, z, (0.05, 0.05, tall + 0.05), frame, x, y)
        for e in (p.sill, p.top, *([p.sill + tall * 0.65] if cross else [])):
            _put(b, p.side, p.at, e, (p.width + 0.05, 0.06, 0.05), frame, x, y)
    return b.object()


def _board(key: str, number: int, rng: random.Random, flag: str) -> Any:
    """A big printed board: rules of the office, a landscape, words on a coloured ground."""
    ground = rng.choice((flag, "#a8332c", "#2f4d7a", "#f0efec", "#3f6b55", "#d9c9ae"))
    ink = "#3a3b3d" if ground in ("#f0efec", "#d9c9ae") else "#f3efe2"
    words = rng.choice((("办事大厅",), ("为人民服务",), ("办事流程", "服务公约"), ("综合窗口",)))
    rgb = shapes.text(words, (420, 260), ink, ground)
    if rng.random() < 0.5:
        rgb = np.vstack(
            [
                rgb,
                np.asarray(wp.outside(True, rng.randrange(999)), np.float32).repeat(2, 1)[:, :420],
            ]
        )
    return sh.picture_material(f"{key}.board{number}", rgb, 0.4, coords="UV")


def fittings(key: str, k: RoomDraw, *, x: Span, y: Span, h: float) -> Any:
    """Doors, pillars, boards, switches, clocks, wall radiators, curtains and blinds."""
    rng = random.Random(f"fittings/{k.seed}")
    b = sh.Builder(f"walls.{key}")
    trim = sh.material(f"{key}.trim", sh.hex_linear(k.trim), 0.45)
    white = sh.material(f"{key}.white", (0.72, 0.72, 0.7), 0.5)
    grey = sh.material(f"{key}.grey", (0.12, 0.12, 0.125), 0.4)
    metal = sh.material(f"{key}.handle", (0.6, 0.6, 0.6), 0.3, 0.9)
    stone = sh.material(f"{key}.pillar", sh.hex_linear(k.wall), 0.4)
    cloth = shapes.cloth(key, "curtain", rng.choice((k.trim, "#8f9aa0", "#c9bda6", "#5c6f80")), 8)
    shown = windows(k, x, y, h)
    style = rng.choice(("curtain", "roller", "slats", "", ""))
    for p in shown:
        _screen(b, p, style, rng, cloth, white, x, y)
    pillars, number = rng.random() < 0.4, 0
    for side, at in _places(x, y, rng):
        if any(p.side == side and abs(p.at - at) < p.width / 2 + 0.75 for p in shown):
            if pillars:
                _radiator(b, side, at, rng, white, x, y)
            continue
        what = rng.choice(("door", "board", "board", "clock", "switch", "pillar", "", "", "sign"))
        if what == "door":
            m = rng.choice((trim, white, grey))
            wide = rng.choice((0.9, 1.0, 1.5))
            _put(b, side, at, 1.05, (wide, 0.05, 2.1), m, x, y)
            for e in (-1, 1):
                _put(b, side, at + e * (wide / 2 + 0.04), 1.07, (0.08, 0.07, 2.14), trim, x, y)
            _put(b, side, at, 2.15, (wide + 0.16, 0.07, 0.08), trim, x, y)
            _put(b, side, at + wide * 0.4, 1.0, (0.12, 0.06, 0.03), metal, x, y, 0.05)
        elif what in ("board", "sign"):
            number += 1
            wide, tall, z = (
                (rng.uniform(1.0, 2.2), rng.uniform(0.9, 1.4), 1.75)
                if what == "board"
                else (rng.uniform(1.4, 2.4), rng.uniform(0.3, 0.5), 2.75)
            )
            _put(b, side, at, z, (wide + 0.05, 0.025, tall + 0.05), rng.choice((metal, trim)), x, y)
            face = (*on_wall(side, at, 0.027, x, y), z)
            b.plane(
                face,
                (wide, tall),
                _board(key, number, rng, k.trim),
                rot=(math.pi / 2, 0, TURN[side]),
            )
        elif what == "clock":
            px, py = on_wall(side, at, 0.02, x, y)
            turn = (math.pi / 2, 0, TURN[side])
            b.cyl((px, py, 2.5), 0.17, 0.04, grey, rot=turn)
            b.cyl((px, py, 2.5), 0.155, 0.044, white, rot=turn)
        elif what == "switch":
            for e in range(rng.randint(1, 3)):
                _put(b, side, at + 0.1 * e, 1.3, (0.086, 0.012, 0.086), white, x, y)
            _put(b, side, at, 0.3, (0.086, 0.012, 0.086), white, x, y)
        elif what == "pillar" and pillars:
            _put(b, side, at, h / 2, (rng.uniform(0.4, 0.7), 0.15, h), stone, x, y)
        elif what == "pillar":
            _radiator(b, side, at, rng, white, x, y)
    return b.object()


def _places(x: Span, y: Span, rng: random.Random) -> Iterator[tuple[str, float]]:
    """Points along the walls, far enough from each other for a board or a door."""
    for side in "nsew":
        lo, hi = x if side in "ns" else y
        at = lo + rng.uniform(1.2, 2.0)
        while at < hi - 1.2:
            yield side, at
            at += rng.uniform(2.5, 3.4)


def _radiator(b: Any, side: str, at: float, rng: random.Random, m: Any, x: Span, y: Span) -> None:
    """Columns of a hot water radiator on the wall, pipes at its end."""
    n, tall = rng.randint(12, 22), rng.uniform(0.5, 0.7)
    for i in range(n):
        off = (i - (n - 1) / 2) * 0.075
        _put(b, side, at + off, 0.12 + tall / 2, (0.055, 0.06, tall), m, x, y, 0.04)
    for z in (0.16, 0.08 + tall):
        _put(b, side, at, z, (n * 0.075 + 0.2, 0.03, 0.03), m, x, y, 0.055)


def _screen(
    b: Any, p: Pane, style: str, rng: random.Random, cloth: Any, white: Any, x: Span, y: Span
) -> None:
    """Curtains at a window's sides, a roller blind, or slats."""
    tall = p.top - p.sill
    if style == "curtain":
        for e in (-1, 1):
            for i in range(5):
                at = p.at + e * (p.width / 2 - 0.06 * i + 0.1)
                _put(
                    b,
                    p.side,
                    at,
                    p.top / 2 + 0.1,
                    (0.05, 0.04 + 0.03 * (i % 2), p.top),
                    cloth,
                    x,
                    y,
                    0.07,
                )
    elif style == "roller":
        down = tall * rng.choice((0.25, 0.5, 0.5, 0.8))
        _put(b, p.side, p.at, p.top - down / 2, (p.width, 0.006, down), cloth, x, y, 0.07)
    elif style == "slats":
        down = tall * rng.choice((0.4, 0.7, 1.0))
        for i in range(int(down / 0.06)):
            _put(b, p.side, p.at, p.top - 0.06 * i, (p.width, 0.03, 0.022), white, x, y, 0.065)
