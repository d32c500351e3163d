"""More power strips: towers, cubes, wall bars, rack strips, reels, a switch for each socket."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.shapes import builder, curve, mat, part, revolve


def _socket(b: Any, at: tuple[float, float, float], d: Any, turn: float = 0.0) -> None:
    """The five slits of a Chinese two- and three-pin outlet, seen from above."""
    c, s = math.cos(turn), math.sin(turn)

    def slit(x: float, y: float, w: float, h: float, rot: float) -> None:
        b.box(
            (at[0] + c * x - s * y, at[1] + s * x + c * y, at[2]),
            (w, h, 0.002),
            d,
            rot=(0, 0, rot + turn),
        )

    for k in (-1, 1):
        slit(k * 0.006, 0.011, 0.0032, 0.009, 0.0)
        slit(k * 0.008, -0.006, 0.0032, 0.010, k * 0.55)
    slit(0.0, -0.0155 + 0.003, 0.0032, 0.009, 0.0)


def _plug(
    b: Any, cords: Any, at: tuple[float, float, float], m: Any, rng: random.Random, flat: bool
) -> None:
    """A plug in an outlet and the cord that leaves it."""
    x, y, z = at
    side = rng.choice((-1, 1))
    b.box(
        (x, y, z + (0.008 if flat else 0.017)),
        (0.04, 0.034, 0.016 if flat else 0.034),
        m,
        bevel=0.005,
    )
    out = [
        (x, y + side * 0.01, z + 0.01),
        (x, y + side * 0.07, max(z, 0.02)),
        (x + rng.uniform(-0.1, 0.1), y + side * 0.17, 0.005),
        (x + rng.uniform(-0.3, 0.3), y + side * rng.uniform(0.25, 0.45), 0.005),
    ]
    cords.tube(curve(out), 0.0036, m, sides=6)


def _tail(
    cords: Any,
    start: tuple[float, float, float],
    turn: float,
    m: Any,
    length: float,
    rng: random.Random,
) -> None:
    """The strip's own cord over the floor."""
    x, y, z = start
    pts = [start, (x + 0.05 * math.cos(turn), y + 0.05 * math.sin(turn), max(0.006, z * 0.3))]
    a = turn
    x, y = pts[-1][:2]
    for _ in range(5):
        a += rng.uniform(-0.8, 0.8)
        x, y = x + length / 5 * math.cos(a), y + length / 5 * math.sin(a)
        pts.append((x, y, 0.005))
    cords.tube(curve(pts), 0.0045, m, sides=7)


def board(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#ecebe6",
    face: str = "#dcdad4",
    cord: str = "#e2e0da",
    led: str = "#d8432c",
    plug: str = "#1a1a1c",
    kind: str = "switches",
    sockets: int = 4,
    pitch: float = 0.048,
    width: float = 0.06,
    height: float = 0.036,
    usb: int = 0,
    plugs: int = 1,
    flat_plug: bool = False,
    tail: float = 0.5,
    on_side: bool = False,
) -> Any:
    """A long strip.  ``kind``: switches (one a socket), slant (outlets turned), rack (metal rail
    with ears), bar (wall bar with a frame), wide (outlets in two rows), round (rounded ends);
    ``on_side``: it lies on its long edge."""
    b, cords = builder(ident), builder(f"{ident}.cords")
    m = mat(ident, "body", colour, 0.3, 0.7 if kind == "rack" else 0.0)
    f, d = mat(ident, "face", face, 0.4), mat(ident, "slit", "#1b1b1d", 0.7)
    light = mat(ident, "led", led, 0.3, emission=0.5)
    black = mat(ident, "plug", plug, 0.5)
    rows = 2 if kind == "wide" else 1
    length = pitch * sockets + 0.07 + 0.03 * usb
    w = width * (1.75 if rows == 2 else 1.0)
    if kind == "round":
        b.box((0, 0, height / 2), (length - w, w, height), m, bevel=0.006, segments=3)
        for s in (-1, 1):
            b.cyl((s * (length - w) / 2, 0, height / 2), w / 2, height, m, sides=20)
    else:
        b.box(
            (0, 0, height / 2),
            (length, w, height),
            m,
            bevel=0.002 if kind == "rack" else 0.006,
            segments=3,
        )
    if kind == "rack":
        for s in (-1, 1):
            b.box((s * (length / 2 + 0.015), 0, 0.003), (0.04, w * 0.9, 0.004), m)
    if kind == "bar":
        b.box((0, 0, height + 0.001), (length * 0.97, w * 0.8, 0.004), f, bevel=0.0015)
    top = height + (0.0035 if kind == "bar" else 0.001)
    x0 = -length / 2 + 0.045
    for i in range(sockets):
        for r in range(rows):
            x, y = x0 + pitch * i, (r - (rows - 1) / 2) * width * 0.8
            if kind in ("switches", "wide", "round"):
                b.box((x, y, height + 0.0005), (pitch * 0.86, width * 0.62, 0.003), f, bevel=0.001)
            lift = 0.0025 if kind in ("switches", "wide", "round") else 0.0
            _socket(
                b,
                (x, y - (0.006 if kind == "switches" else 0), top + lift),
                d,
                0.6 if kind == "slant" else 0.0,
            )
            if kind == "switches":
                b.box(
                    (x, y + width * 0.36, height + 0.003),
                    (0.018, 0.012, 0.007),
                    light,
                    rot=(0.2, 0, 0),
                    bevel=0.002,
                )
            if (i * 2 + r) % 2 == 0 and i // 2 < plugs and r == 0:
                _plug(b, cords, (x, y, top), black, rng, flat_plug)
    for i in range(usb):
        x = length / 2 - 0.022 - 0.028 * (i // 2)
        b.box((x, (i % 2 - 0.5) * 0.022, top), (0.015, 0.007, 0.002), d)
    if kind != "switches":
        b.box((-length / 2 + 0.014, 0, height + 0.003), (0.014, 0.02, 0.007), light, bevel=0.002)
    _tail(cords, (length / 2, 0, height * 0.5), 0.0, mat(ident, "cord", cord, 0.5), tail, rng)
    whole = b.object()
    part(cords.object(), whole, "cable")
    if on_side:
        for v in whole.data.vertices:
            y, z = v.co.y, v.co.z
            v.co.y, v.co.z = -(z - height / 2), y + w / 2
    return whole


def tower(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#f0efeb",
    face: str = "#3c3e44",
    cord: str = "#e2e0da",
    led: str = "#3a7ad0",
    plug: str = "#1a1a1c",
    kind: str = "square",
    side: float = 0.11,
    storeys: int = 3,
    storey: float = 0.058,
    plugs: int = 2,
    tail: float = 0.6,
) -> Any:
    """An outlet tower.  ``kind``: square, round (a turned column with slots), cube (one storey
    with outlets on all faces), disc (a flat round block)."""
    b, cords = builder(ident), builder(f"{ident}.cords")
    m, f = mat(ident, "body", colour, 0.3), mat(ident, "face", face, 0.4)
    d, black = mat(ident, "slit", "#151517", 0.7), mat(ident, "plug", plug, 0.5)
    cube = kind == "cube"
    h = {"cube": side * 0.75, "disc": 0.045}.get(kind, storey * storeys + 0.03)
    r = side / 2 * (1.4 if kind == "disc" else 1.0)
    if kind in ("round", "disc"):
        revolve(
            b,
            [
                (0, 0.002),
                (r * 1.02, 0.002),
                (r * 1.05, 0.02),
                (r, 0.035),
                (r, h - 0.012),
                (r * 0.9, h),
                (0, h),
            ],
            m,
            sides=32,
        )
    else:
        b.box((0, 0, h / 2), (side, side, h), m, bevel=0.010, segments=3)
        if not cube:
            b.box((0, 0, 0.008), (side * 1.15, side * 1.15, 0.016), f, bevel=0.005)
    level = [h / 2] if cube else [0.045 + storey * i for i in range(storeys)]
    for n, z in enumerate(level if kind != "disc" else []):
        for q in range(4):
            a = q * math.pi / 2 + (math.pi / 4 * (n % 2) if kind == "round" else 0)
            c, s = math.cos(a), math.sin(a)
            at = r * 0.995
            b.box((at * c, at * s, z), (0.006, 0.046, storey * 0.75), f, rot=(0, 0, a), bevel=0.002)
            for y, zz in ((-0.007, 0.008), (0.007, 0.008), (0, -0.011), (-0.009, -0.004)):
                b.box(
                    ((at + 0.003) * c - y * s, (at + 0.003) * s + y * c, z + zz),
                    (0.002, 0.0032, 0.009),
                    d,
                    rot=(0, 0, a),
                )
            if (q + n) % 4 < 1 and n < plugs:
                px, py = (at + 0.02) * c, (at + 0.02) * s
                b.box((px, py, z), (0.038, 0.036, 0.032), black, rot=(0, 0, a), bevel=0.005)
                out = [
                    (px, py, z),
                    ((at + 0.08) * c, (at + 0.08) * s, z * 0.6),
                    ((at + 0.16) * c + rng.gauss(0, 0.04), (at + 0.16) * s, 0.005),
                    ((at + 0.36) * c + rng.gauss(0, 0.1), (at + 0.36) * s, 0.005),
                ]
                cords.tube(curve(out), 0.0036, black, sides=6)
    if kind in ("cube", "disc"):
        for x, y in ((0.0, 0.0),) if cube else ((0.0, 0.04), (0.035, -0.02), (-0.035, -0.02)):
            _socket(b, (x, y, h + 0.001), d)
    b.cyl(
        (0, 0 if kind == "square" else -r * 0.7, h + 0.001),
        0.009,
        0.004,
        mat(ident, "led", led, 0.3, emission=1.0),
        sides=14,
    )
    _tail(cords, (r, 0, 0.015), 0.0, mat(ident, "cord", cord, 0.5), tail, rng)
    whole = b.object()
    part(cords.object(), whole, "cable")
    return whole


def reel(
    ident: str,
    rng: random.Random,
    *,
    drum: str = "#c0392b",
    cord: str = "#e0842a",
    frame: str = "#232427",
    kind: str = "stand",
    radius: float = 0.13,
    width: float = 0.10,
    tail: float = 0.7,
) -> Any:
    """An extension reel.  ``kind``: stand (upright drum in a frame), flat (a box that lies)."""
    b, cords = builder(ident), builder(f"{ident}.cords")
    m, fr = mat(ident, "drum", drum, 0.4), mat(ident, "frame", frame, 0.4)
    wire, d = mat(ident, "cord", cord, 0.5), mat(ident, "slit", "#151517", 0.7)
    if kind == "flat":
        b.cyl((0, 0, width * 0.35), radius, width * 0.7, m, sides=32)
        b.cyl((0, 0, width * 0.35), radius * 1.03, width * 0.3, wire, sides=32)
        b.cyl((0, 0, width * 0.7), radius * 0.6, 0.012, fr, sides=28)
        for x, y in ((-0.035, 0.0), (0.035, 0.02), (0.0, -0.04)):
            _socket(b, (x, y, width * 0.7 + 0.008), d)
        start = (radius, 0.0, width * 0.35)
    else:
        z = radius + 0.05
        turn = (math.pi / 2, 0, 0)
        for s in (-1, 1):
            b.cyl((0, s * width / 2, z), radius, 0.008, m, rot=turn, sides=32)
            foot = [
                (-radius * 0.9, s * (width / 2 + 0.02), 0.01),
                (0, s * (width / 2 + 0.02), z),
                (radius * 0.9, s * (width / 2 + 0.02), 0.01),
            ]
            b.tube(foot, 0.009, fr, sides=8)
            for x in (-0.9, 0.9):
                y = width / 2 + 0.02
                b.tube([(x * radius, -y, 0.01), (x * radius, y, 0.01)], 0.009, fr, sides=8)
        for i in range(9):  # the wound cord
            y = (i / 8 - 0.5) * width * 0.86
            ring = [
                (radius * 0.78 * math.cos(t), y, z + radius * 0.78 * math.sin(t))
                for t in np.linspace(0, 2 * math.pi, 20)
            ]
            b.tube(ring, 0.006, wire, sides=5)
        b.cyl((0, 0, z), radius * 0.72, width * 0.9, fr, rot=turn, sides=24)
        top = z + radius
        grip = [
            (-0.05, 0, top * 0.98),
            (-0.05, 0, top + 0.06),
            (0.05, 0, top + 0.06),
            (0.05, 0, top * 0.98),
        ]
        b.tube(curve(grip), 0.010, fr)
        for x in (-0.035, 0.035):
            b.box((x, -width / 2 - 0.006, z), (0.044, 0.006, 0.05), fr, bevel=0.002)
        start = (radius * 0.7, 0.0, 0.06)
    _tail(cords, start, 0.2, wire, tail, rng)
    whole = b.object()
    part(cords.object(), whole, "cable")
    return whole
