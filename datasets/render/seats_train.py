"""Citizens' seats and seat cushions of the teaching halls."""

from __future__ import annotations

import math
import random
from typing import Any, Final

from datasets.render.furniture_parts import Design, Size, sh, shell, surface


def seat(
    key: str,
    size: Size,
    _rng: random.Random,
    *,
    colour: str = "#1f3f86",
    stuff: str = "plastic",
    leg: str = "#8d9094",
    kind: str = "bucket",
    places: int = 1,
    base: str = "four",
    arms: bool = False,
    pad: str = "none",
    pad_colour: str = "#2b2c30",
    seat_z: float = 0.44,
) -> Any:
    """A public seat of ``size``: all ``places`` wide, its depth, its height.

    ``kind``: bucket (one bent shell), pan (seat and back apart), sheet (perforated steel), slats
    (wooden bench), sofa, stool (no back), block (an upholstered ottoman).  ``base``: four, sled,
    beam, disc, wood.  ``pad``: none, seat, both.
    """
    w, d, h = size
    b = sh.Builder(key)
    m = surface(key, "shell", stuff, colour)
    soft = surface(key, "pad", "leather", pad_colour)
    metal = surface(key, "leg", "wood" if base == "wood" else "metal", leg)
    z = min(max(seat_z, 0.4), 0.48)
    each = w / places
    centres = [-w / 2 + each * (i + 0.5) for i in range(places)]
    tall = max(h - z - 0.02, 0.2)
    lean = 0.22
    for x in centres:
        _place(b, kind, x, each, d, z, tall, lean, m, soft, pad)
    if kind in ("sofa", "block"):
        for s in (-1, 1):
            for y in (-d / 2 + 0.06, d / 2 - 0.06):
                b.cyl((s * (w / 2 - 0.06), y, 0.05), 0.02, 0.1, metal, sides=10)
        if kind == "sofa" and arms:
            for s in (-1, 1):
                at = (s * (w / 2 - 0.05), 0.0, 0.1 + (z + 0.08) / 2)
                b.box(at, (0.11, d, z + 0.08), m, bevel=0.03, segments=3)
        return b.object()
    _base(b, base if places == 1 or kind == "slats" else "beam", w, d, z, centres, metal)
    if arms:
        for i in range(places + 1):
            x = -w / 2 + each * i
            arm = [
                (x, d / 2 - 0.1, z - 0.03),
                (x, d / 2 - 0.1, z + 0.2),
                (x, -0.12, z + 0.2),
                (x, -0.12, z - 0.03),
            ]
            b.tube(arm, 0.014, metal)
            b.box((x, 0.0, z + 0.21), (0.045, 0.26, 0.02), soft, bevel=0.006)
    return b.object()


def _place(
    b: Any,
    kind: str,
    x: float,
    each: float,
    d: float,
    z: float,
    tall: float,
    lean: float,
    m: Any,
    soft: Any,
    pad: str,
) -> None:
    """Seat and back of one sitter about ``x``."""
    wide, y = each - 0.05, d / 2 - 0.06
    back = (x, y + math.sin(lean) * tall / 2 - 0.04, z + tall / 2)
    deep = d - 0.08
    if kind == "sofa":
        b.box((x, -0.04, 0.1 + (z - 0.1) / 2), (each - 0.01, d - 0.06, z - 0.1), m, bevel=0.03)
        b.box(
            (x, y - 0.04, z + tall / 2 - 0.06),
            (each - 0.01, 0.17, tall + 0.1),
            m,
            bevel=0.05,
            segments=3,
        )
        return
    if kind == "block":
        b.box((x, 0, 0.08 + (z - 0.08) / 2), (each - 0.004, d, z - 0.08), m, bevel=0.025)
        return
    if kind == "stool":
        b.cyl((x, 0, z - 0.025), min(wide, d) / 2, 0.05, m, sides=28)
        if pad != "none":
            b.cyl((x, 0, z + 0.012), min(wide, d) / 2 - 0.01, 0.03, soft, sides=28)
        return
    if kind == "slats":
        n = 6
        for i in range(n):
            at = (x, -d / 2 + deep * (i + 0.5) / n, z - 0.015)
            b.box(at, (each + 0.002, deep / n - 0.015, 0.03), m, bevel=0.003)
        for i in range(4):
            up = tall * (i + 0.7) / 4
            at = (x, y + math.sin(lean) * up, z + up)
            b.box(at, (each + 0.002, 0.024, tall / 4 - 0.02), m, rot=(-lean, 0, 0), bevel=0.003)
        return
    # a seat is the same shell laid flat: its top edge is at the back
    flat = (x, -0.03, z - 0.02)
    if kind == "bucket":
        shell(b, (wide, 0.014, deep), flat, math.pi / 2 - 0.06, m, wrap=-0.035, corner=0.16)
        shell(b, (wide, 0.014, tall), back, lean, m, wrap=0.045, corner=0.16, taper=0.06)
        bend = (x, y - 0.03, z + 0.005)
        shell(b, (wide * 0.9, 0.016, 0.12), bend, 0.8, m, wrap=0.02, corner=0.0, cells=6)
    else:
        t = 0.012 if kind == "sheet" else 0.035
        shell(b, (wide, t, deep), flat, math.pi / 2 - 0.05, m, corner=0.05, sag=0.01)
        b_low = (back[0], back[1] + 0.01, z + tall * 0.58)
        shell(b, (wide, t, tall * 0.8), b_low, lean, m, corner=0.05, wrap=0.015)
        if kind == "sheet":
            hole = sh.material(f"{b.name}.hole", (0.05, 0.05, 0.055), 0.6)
            for i in range(7):
                for k in range(6):
                    hx, hy = x + wide * (0.12 * i - 0.36), deep * (0.14 * k - 0.36) - 0.03
                    b.box((hx, hy, z - 0.012 + hy * 0.05), (wide * 0.05, deep * 0.06, 0.002), hole)
    if pad != "none":
        b.box((x, -0.03, z), (wide - 0.06, deep - 0.06, 0.04), soft, bevel=0.016)
    if pad == "both":
        at = (x, back[1] - 0.03, back[2] + 0.02)
        b.box(at, (wide - 0.08, 0.035, tall * 0.7), soft, rot=(-lean, 0, 0), bevel=0.015)


def _base(
    b: Any, kind: str, w: float, d: float, z: float, centres: list[float], metal: Any
) -> None:
    low = z - 0.04
    if kind == "beam":
        b.box((0, 0.0, low - 0.04), (w - 0.1, 0.06, 0.04), metal)
        for x in centres:
            b.box((x, 0.0, low - 0.01), (0.1, d * 0.6, 0.02), metal)
        for s in (-1, 1):
            x = s * (w / 2 - 0.22)
            b.box((x, 0, low / 2), (0.05, 0.05, low), metal)
            b.box((x, 0, 0.025), (0.05, d + 0.06, 0.03), metal, bevel=0.006)
    elif kind == "disc":
        b.cyl((0, 0, 0.012), 0.2, 0.024, metal, sides=28)
        b.cyl((0, 0, low / 2), 0.03, low, metal, sides=14)
    elif kind == "sled":
        for s in (-1, 1):
            x = s * (w / 2 - 0.05)
            b.tube(
                [
                    (x, -d / 2 + 0.1, low),
                    (x, -d / 2 + 0.04, 0.012),
                    (x, d / 2 - 0.02, 0.012),
                    (x, d / 2 - 0.06, low),
                ],
                0.012,
                metal,
            )
    else:
        r = 0.02 if kind == "wood" else 0.013
        for i in (-1, 1):
            for k in (-1, 1):
                foot = (i * (w / 2 - 0.03), k * (d / 2 - 0.02), 0.0)
                b.tube([foot, (i * (w / 2 - 0.09), k * (d / 2 - 0.1), low)], r, metal)
        if kind == "four":
            b.box((0, 0, low), (w - 0.16, 0.03, 0.02), metal)


def _seat(w: float, d: float, h: float, **given: Any) -> Design:
    return Design(seat, (w, d, h), {**_SEAT, **given})


_SEAT: Final[dict[str, Any]] = {
    "stuff": "plastic",
    "leg": "#8d9094",
    "arms": False,
    "pad": "none",
    "pad_colour": "#2b2c30",
    "seat_z": 0.44,
}

# fmt: off
SEATS_TRAIN: Final[dict[str, Design]] = {
    "seat.train.airport_steel": _seat(1.65, 0.56, 0.8, colour="#a4a9ad", stuff="metal",
        kind="sheet", places=3, arms=True, leg="#7d8184"),
    "seat.train.bucket_row": _seat(1.56, 0.5, 0.8, colour="#3e7f5b", kind="bucket", places=3),
    "seat.train.padded_row": _seat(1.2, 0.56, 0.82, colour="#9da2a6", stuff="metal", kind="sheet",
        places=2, pad="both", pad_colour="#1f2023", arms=True),
    "seat.train.shell_white": _seat(0.48, 0.5, 0.82, colour="#e8e8e4", kind="bucket", base="wood",
        leg="#c19a66"),
    "seat.train.shell_grey": _seat(0.5, 0.52, 0.8, colour="#6f757b", kind="bucket", base="sled",
        pad="seat", pad_colour="#3b5a84"),
    "seat.train.bench_wood": _seat(1.4, 0.5, 0.82, colour="#a8763f", stuff="wood", kind="slats",
        places=2, base="four", leg="#2c2d2f"),
    "seat.train.sofa_black": _seat(1.5, 0.75, 0.78, colour="#222326", stuff="leather",
        kind="sofa", places=2, arms=True),
    "seat.train.sofa_cloth": _seat(0.8, 0.72, 0.76, colour="#7c8f86", stuff="cloth",
        kind="sofa", places=1, arms=False, seat_z=0.42),
    "seat.train.stool_round": _seat(0.38, 0.38, 0.47, colour="#d7dadb", kind="stool",
        base="four", pad="seat", pad_colour="#a63c2f"),
    "seat.train.stool_disc": _seat(0.4, 0.4, 0.47, colour="#28292b", kind="stool", base="disc",
        pad="seat", pad_colour="#30405c"),
    "seat.train.block_mustard": _seat(0.9, 0.5, 0.44, colour="#b98b2c", stuff="cloth",
        kind="block", places=2),
    "seat.train.pan_fold": _seat(0.46, 0.46, 0.82, colour="#35373b", kind="pan", base="four"),
    "seat.train.pan_wood": _seat(0.46, 0.48, 0.84, colour="#b5834c", stuff="wood", kind="pan",
        base="sled", arms=True),
}
# fmt: on

# ---------------------------------------------------------------------------------- cushions


def _puff(b: Any, w: float, d: float, h: float, power: float, dents: int, m: Any) -> None:
    """A stuffed pad: rounded outline of ``power`` (2 an ellipse), ``dents`` tufts a side."""
    n = 24
    for face in (0, 1):
        grid = []
        for i in range(n + 1):
            row = []
            for k in range(n + 1):
                u, v = 2 * k / n - 1, 2 * i / n - 1
                # the square of the grid drawn in to the outline
                r = max(abs(u), abs(v))
                long = (abs(u) ** power + abs(v) ** power) ** (1 / power)
                scale = r / long if long > 1e-6 else 0.0
                fill = (1 - r**4) ** 0.6 if r < 1 else 0.0
                if dents:
                    near = abs(math.sin(math.pi * dents * (u + 1) / 2)) * abs(
                        math.sin(math.pi * dents * (v + 1) / 2)
                    )
                    fill *= 0.6 + 0.4 * near**0.5
                z = h * (0.25 + 0.75 * fill) if face else h * 0.25 * (1 - fill)
                row.append(b.bm.verts.new((u * scale * w / 2, v * scale * d / 2, z)))
            grid.append(row)
        for i in range(n):
            for k in range(n):
                b.bm.faces.new((grid[i][k], grid[i][k + 1], grid[i + 1][k + 1], grid[i + 1][k]))
        b._finish([x for row in grid for x in row], m, True)


def cushion(
    key: str,
    size: Size,
    _rng: random.Random,
    *,
    colour: str = "#8f2f33",
    stuff: str = "cloth",
    kind: str = "square",
    tufts: int = 0,
    trim: str = "#d8c9a8",
    ties: bool = False,
) -> Any:
    """A seat cushion of ``size``, lying.

    ``kind``: square, round, soft (rounded square), ring, gel (a grid of cells), u (a cut-out at
    the back), mat (flat weave with a border), petal.  ``ties`` are two bands at the back edge.
    """
    w, d, h = size
    b = sh.Builder(key)
    m = surface(key, "cloth", stuff, colour)
    t = surface(key, "trim", "cloth", trim)
    if kind in ("square", "round", "soft"):
        _puff(b, w, d, h, {"square": 12.0, "round": 2.0, "soft": 4.0}[kind], tufts, m)
    elif kind == "ring":
        n, r = 28, h * 0.5
        ring = [
            ((w / 2 - r * 1.7) * math.cos(a), (d / 2 - r * 1.7) * math.sin(a), h / 2)
            for a in (2 * math.pi * i / n for i in range(n + 1))
        ]
        for s in (1.0, 0.72):
            b.tube([(x * s, y * s, z) for x, y, z in ring], r, m, sides=10)
    elif kind == "gel":
        dark = sh.material(f"{key}.cell", sh.hex_linear(trim), 0.5)
        b.box((0, 0, h * 0.4), (w, d, h * 0.8), dark, bevel=0.01)
        n = 12
        for i in range(n + 1):
            b.box((-w / 2 + 0.006 + (w - 0.012) * i / n, 0, h / 2), (0.009, d, h), m)
            b.box((0, -d / 2 + 0.006 + (d - 0.012) * i / n, h / 2), (w, 0.009, h), m)
    elif kind == "u":
        for s in (-1, 1):
            b.box((s * w * 0.3, 0, h / 2), (w * 0.4, d, h), m, bevel=h * 0.42, segments=3)
        b.box(
            (0, -d * 0.17, h * 0.48), (w * 0.26, d * 0.66, h * 0.96), m, bevel=h * 0.42, segments=3
        )
    elif kind == "petal":
        for i in range(6):
            a = math.pi * i / 3
            at = (w * 0.27 * math.cos(a), d * 0.27 * math.sin(a), h * 0.5)
            b.ball(at, (w * 0.23, d * 0.23, h * 0.5), m, segments=16)
        b.ball((0, 0, h * 0.55), (w * 0.17, d * 0.17, h * 0.45), t, segments=16)
    else:
        b.box((0, 0, h * 0.45), (w, d, h * 0.9), t, bevel=h * 0.3)
        b.box((0, 0, h * 0.5), (w * 0.86, d * 0.86, h), m, bevel=h * 0.3)
    if ties:
        for s in (-1, 1):
            x = s * w * (0.4 if kind in ("square", "mat") else 0.15)
            b.box((x, d / 2 + 0.03, 0.006), (0.014, 0.09, 0.004), t, rot=(0, 0, s * 0.4))
    return b.object()


CUSHIONS_TRAIN: Final[dict[str, Design]] = {
    f"cushion.train.{name}": Design(
        cushion, size, {"colour": c, "stuff": s, "kind": k, "tufts": n, "trim": t, "ties": e}
    )
    for name, size, c, s, k, n, t, e in (
        ("round_blue", (0.4, 0.4, 0.07), "#3a5f8f", "cloth", "round", 0, "#d8c9a8", False),
        ("tufted_brown", (0.43, 0.43, 0.08), "#6b4a36", "cloth", "square", 3, "#3a2a20", True),
        ("fluffy_pink", (0.42, 0.42, 0.09), "#d9a3ad", "fluff", "soft", 0, "#d9a3ad", False),
        ("gel_blue", (0.42, 0.36, 0.04), "#3f8fc9", "plastic", "gel", 0, "#1c4a78", False),
        ("gel_purple", (0.44, 0.4, 0.045), "#7a5aa8", "plastic", "gel", 0, "#3d2b5c", False),
        ("ring_grey", (0.42, 0.4, 0.09), "#5c6066", "cloth", "ring", 0, "#2c2d30", False),
        ("u_black", (0.45, 0.36, 0.075), "#1f2022", "cloth", "u", 0, "#101010", False),
        ("rattan", (0.42, 0.42, 0.02), "#b98f55", "mesh", "mat", 0, "#6f4a2a", True),
        ("leather", (0.44, 0.44, 0.05), "#7a3226", "leather", "soft", 0, "#2a1712", False),
        ("wool_white", (0.43, 0.43, 0.08), "#e5e0d4", "fluff", "round", 0, "#cfc8b8", False),
        ("petal_yellow", (0.42, 0.42, 0.07), "#e0b13c", "cloth", "petal", 0, "#7a4a26", False),
        ("tufted_green", (0.4, 0.4, 0.06), "#59705a", "cloth", "soft", 4, "#e3ddcc", True),
        ("border_red", (0.43, 0.42, 0.04), "#a33b34", "cloth", "mat", 0, "#e0c27a", False),
    )
}
