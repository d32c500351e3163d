"""Earphones in further constructions, and small things that look like devices and are none."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.phones_more import keypad
from datasets.render.assets.shapes import builder, curve, grain, lump, mat
from datasets.render.assets.solids import ring, settled, slab


def earphones_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "headset",
    colour: str = "#1c1d20",
    pad: str = "#3a3b3e",
    size: float = 1.0,
    band: float = 1.0,
) -> Any:
    """``kind``: "headset" with a mouthpiece, "mono" (one ear, for telephones), "hung" on a stand,
    "folded" flat, "neck" band with two buds, "open" case with its buds, "pair" of loose buds,
    "ear" (a single piece with a mouthpiece)."""
    b, s = builder(ident), size
    m, p = mat(ident, "body", colour, 0.35), mat(ident, "pad", pad, 0.8)
    if kind in ("headset", "mono"):
        arc = [
            (0.078 * s * math.cos(t), 0.088 * s * math.sin(t), 0.03)
            for t in np.linspace(0, math.pi, 16)
        ]
        b.tube(arc, 0.0055 * band, m)
        b.tube(arc[5:11], 0.009 * band, p)
        for side in (1,) if kind == "mono" else (-1, 1):
            x = side * 0.076 * s
            b.cyl((x, -0.01, 0.032), 0.031, 0.018, m, rot=(0, math.pi / 2, 0))
            b.cyl((x - side * 0.014, -0.01, 0.032), 0.03, 0.014, p, rot=(0, math.pi / 2, 0))
        if kind == "mono":
            b.box((-0.078 * s, 0.0, 0.03), (0.014, 0.05, 0.03), p, bevel=0.005)
        boom = [(0.086 * s, -0.01, 0.032), (0.088 * s, -0.07, 0.02), (0.05 * s, -0.115, 0.012)]
        b.tube(curve(boom, 6), 0.0035, m)
        b.ball((0.047 * s, -0.118, 0.011), (0.014, 0.01, 0.01), p, segments=12)
    elif kind == "hung":
        b.cyl((0, 0, 0.006), 0.055, 0.012, p, sides=32)
        b.cyl((0, 0, 0.12 * s), 0.007, 0.23 * s, p, sides=12)
        b.box((0, 0, 0.235 * s), (0.05, 0.035, 0.014), p, bevel=0.004)
        arc = [
            (0.075 * s * math.cos(t), 0, 0.16 * s + 0.093 * s * math.sin(t))
            for t in np.linspace(0, math.pi, 16)
        ]
        b.tube(arc, 0.008 * band, m)
        for side in (-1, 1):
            b.cyl((side * 0.075 * s, 0, 0.135 * s), 0.037 * s, 0.028, m, rot=(0, math.pi / 2, 0))
            b.cyl((side * 0.058 * s, 0, 0.135 * s), 0.035 * s, 0.016, p, rot=(0, math.pi / 2, 0))
    elif kind == "folded":
        arc = [
            (0.075 * s * math.cos(t), 0.085 * s * math.sin(t), 0.014)
            for t in np.linspace(0.1, math.pi - 0.1, 16)
        ]
        b.tube(arc, 0.009 * band, m)
        for side in (-1, 1):
            x = side * 0.062 * s
            lump(b, (x, -0.02, 0.018), (0.036 * s, 0.045 * s, 0.018), m, square=2.8, rough=0)
            ring(b, (x, -0.02, 0.032), 0.024 * s, 0.009, p)
    elif kind == "neck":
        arc = [
            (0.068 * s * math.cos(t), 0.08 * s * math.sin(t), 0.007)
            for t in np.linspace(-0.75, math.pi + 0.75, 26)
        ]
        b.tube(arc, 0.0045 * band, m)
        for side in (-1, 1):
            tip = (side * 0.05 * s, -0.055 * s, 0.008)
            b.tube([tip, (side * 0.046 * s, -0.1 * s, 0.008)], 0.0075, p)
            lead = [(side * 0.046 * s, -0.1 * s, 0.008), (side * 0.03, -0.135, 0.004)]
            lead.append((side * 0.012 * s, -0.1 * s, 0.004))
            b.tube(curve(lead, 5), 0.002, p, sides=6)
            b.ball((side * 0.012 * s, -0.09 * s, 0.008), (0.008, 0.011, 0.008), m, segments=10)
    elif kind == "ear":
        slab(b, (0, 0, 0.006), (0.017 * s, 0.052 * s, 0.012), m, corner=0.008, edge=0.004)
        ring(b, (0.014 * s, 0.02 * s, 0.006), 0.017 * s, 0.0022, p)
        b.ball((0, 0.018 * s, 0.014), (0.008, 0.008, 0.008), p, segments=10)
    else:
        if kind == "open":
            lump(b, (0, 0, 0.016), (0.031 * s, 0.024 * s, 0.016), m, square=3.6, rough=0)
            b.box((0, 0, 0.032), (0.052 * s, 0.038 * s, 0.002), p, bevel=0.0008)
            slab(
                b,
                (0, 0.028 * s, 0.046),
                (0.06 * s, 0.034 * s, 0.012),
                m,
                corner=0.014,
                edge=0.005,
                rot=(1.75, 0, 0),
            )
        for side in (-1, 1):
            x, y, z = (side * 0.013 * s, 0.0, 0.034) if kind == "open" else (0.022 * side, 0, 0.008)
            turn = 0.0 if kind == "open" else side * 0.9
            b.ball((x, y, z), (0.0085, 0.0085, 0.008), m, segments=12)
            end = (x + 0.032 * math.sin(turn), y - 0.032 * math.cos(turn), max(0.004, z - 0.004))
            b.tube([(x, y, z), end if kind != "open" else (x, y - 0.012, z + 0.012)], 0.0038, m)
            b.ball((x + side * 0.006, y + 0.005, z), (0.006, 0.006, 0.006), p, segments=8)
    return settled(b.object())


def gadget(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "walkie",
    colour: str = "#1b1c1f",
    keys: str = "#8a8d92",
    accent: str = "#c8a030",
    wide: float = 1.0,
    deep: float = 1.0,
    tall: float = 1.0,
) -> Any:
    """A hand-held thing of no class.  ``kind``: "tv" remote, "aircon" remote, "walkie", "swipe"
    card reader, "pos" terminal, "ushield", "recorder", "measure" (tape), "case" of spectacles,
    "glasses", "blackbox", "punch" (round-backed stapler), "cash" box, "hdd", "badge" reader,
    "notebook" with a band, "stick" (memory)."""
    b = builder(ident)
    m, k = mat(ident, "case", colour, 0.4), mat(ident, "keys", keys, 0.55)
    a, dark = mat(ident, "accent", accent, 0.4), mat(ident, "dark", "#0b0c0e", 0.15)
    w, d, t = {
        "tv": (0.046, 0.2, 0.02),
        "aircon": (0.056, 0.15, 0.02),
        "walkie": (0.056, 0.12, 0.035),
        "swipe": (0.035, 0.1, 0.03),
        "pos": (0.082, 0.19, 0.05),
        "ushield": (0.02, 0.058, 0.009),
        "recorder": (0.032, 0.105, 0.014),
        "measure": (0.07, 0.07, 0.035),
        "case": (0.062, 0.16, 0.04),
        "glasses": (0.14, 0.14, 0.04),
        "blackbox": (0.1, 0.1, 0.024),
        "punch": (0.05, 0.11, 0.045),
        "cash": (0.24, 0.18, 0.09),
        "hdd": (0.078, 0.115, 0.013),
        "badge": (0.08, 0.12, 0.018),
        "notebook": (0.085, 0.15, 0.014),
    }.get(kind, (0.025, 0.08, 0.013))
    w, d, t = w * wide, d * deep, t * tall
    if kind == "glasses":
        for s in (-1, 1):
            pts = [
                (s * w * 0.25 + w * 0.19 * math.cos(q), -d * 0.4, t * 0.5 + t * 0.42 * math.sin(q))
                for q in np.linspace(0, 2 * math.pi, 17)
            ]
            b.tube(pts, 0.0022, m, sides=6)
            arm = [(s * w * 0.45, -d * 0.4, t * 0.7), (s * w * 0.47, d * 0.3, t * 0.6)]
            b.tube([*arm, (s * w * 0.46, d * 0.5, t * 0.15)], 0.0022, m, sides=6)
        b.tube([(-w * 0.06, -d * 0.4, t * 0.6), (w * 0.06, -d * 0.4, t * 0.6)], 0.002, m)
    elif kind == "measure":
        slab(b, (0, 0, t / 2), (w, d, t), a, corner=0.028, edge=0.006)
        b.cyl((0, 0, t + 0.0005), w * 0.33, 0.003, m)
        b.box((w * 0.62, -d * 0.46, 0.006), (w * 0.3, 0.002, 0.012), k)
    elif kind == "case":
        hide = grain(ident, "hide", colour, 0.2, 40, 0.5, 9)
        lump(b, (0, 0, t / 2), (w / 2, d / 2, t / 2), hide, square=3.4, rough=0.01, floor=0)
        b.box((0, 0, t * 0.5), (w * 1.005, d * 0.9, 0.0015), k)
    elif kind == "punch":
        slab(b, (0, 0, 0.005), (w, d, 0.01), k, corner=0.02)
        lump(
            b,
            (0, 0, t * 0.55),
            (w * 0.42, d * 0.48, t * 0.42),
            m,
            square=2.6,
            rough=0,
            floor=t * 0.22,
        )
        b.box((0, -d * 0.42, t * 0.24), (w * 0.4, d * 0.12, 0.008), a)
    elif kind == "cash":
        b.box((0, 0, t * 0.4), (w, d, t * 0.8), m, bevel=0.005)
        b.box((0, 0, t * 0.9), (w * 1.01, d * 1.01, t * 0.2), m, bevel=0.005)
        b.tube(
            curve([(-0.05, 0, t), (-0.04, 0, t + 0.03), (0.04, 0, t + 0.03), (0.05, 0, t)]),
            0.004,
            k,
        )
        b.cyl((0, -d * 0.51, t * 0.6), 0.01, 0.006, k, rot=(math.pi / 2, 0, 0), sides=14)
    elif kind == "pos":
        b.box((0, 0, t * 0.42), (w, d, t * 0.7), m, rot=(0.09, 0, 0), bevel=0.009, segments=3)
        b.box((0, d * 0.26, t * 0.82), (w * 0.78, d * 0.27, 0.003), dark, rot=(0.09, 0, 0))
        keypad(b, k, (w * 0.8, d * 0.4), (0, -d * 0.18, t * 0.72), 5, 3, 0.005, 0.09)
        b.box((w * 0.22, -d * 0.37, t * 0.7), (w * 0.22, d * 0.05, 0.007), a, rot=(0.09, 0, 0))
        paper = mat(ident, "paper", "#f0efea", 0.8)
        b.box((0, d * 0.49, t * 1.1), (w * 0.66, 0.001, t * 0.7), paper, rot=(-0.4, 0, 0))
    elif kind == "walkie":
        slab(b, (0, 0, t / 2), (w, d, t), m, corner=0.01, edge=0.006)
        b.cyl((w * 0.3, d * 0.95, t / 2), 0.006, d * 0.9, dark, rot=(math.pi / 2, 0, 0), top=0.0045)
        b.cyl((-w * 0.25, d * 0.55, t / 2), 0.008, 0.02, k, rot=(math.pi / 2, 0, 0), sides=12)
        for n in range(5):
            b.box((0, -d * (0.06 + 0.05 * n), t), (w * 0.62, 0.002, 0.003), dark)
        b.box((0, d * 0.2, t), (w * 0.6, d * 0.2, 0.002), k)
        b.box((-w * 0.5, d * 0.1, t / 2), (0.004, d * 0.3, t * 0.5), a)
    else:
        slab(b, (0, 0, t / 2), (w, d, t), m, corner=0.009, edge=min(0.004, t * 0.3))
        if kind in ("tv", "aircon"):
            rows = 9 if kind == "tv" else 4
            low = 0.66 if kind == "tv" else 0.42
            keypad(b, k, (w * 0.8, d * low), (0, -d * 0.46 + d * low / 2, t), rows, 3, 0.003)
            b.cyl((-w * 0.25, d * 0.42, t), 0.005, 0.003, a, sides=12)
            if kind == "tv":
                b.cyl((0, d * 0.28, t), w * 0.28, 0.003, k)
            else:
                screen = mat(ident, "lcd", "#a8b5a4", 0.3)
                b.box((0, d * 0.2, t), (w * 0.78, d * 0.34, 0.002), screen)
        elif kind == "recorder":
            b.box((0, d * 0.22, t), (w * 0.8, d * 0.28, 0.0015), dark)
            b.cyl((0, -d * 0.16, t), w * 0.3, 0.003, k)
            b.box((0, d * 0.5, t / 2), (w * 0.7, 0.006, t * 0.6), k)
        elif kind == "swipe":
            b.box((w * 0.12, 0, t * 0.8), (0.003, d * 1.01, t * 0.5), dark)
            b.cyl((-w * 0.25, d * 0.3, t), 0.003, 0.002, a, sides=8)
        elif kind in ("blackbox", "badge"):
            b.plane((0, 0, t + 0.0004), (w * 0.5, d * 0.35, 0), k if kind == "badge" else dark)
            for n in range(3):
                b.cyl((w * 0.1 * (n - 1), -d * 0.42, t), 0.002, 0.001, a, sides=8)
        elif kind == "notebook":
            b.box(
                (0, 0, t / 2), (w * 0.99, d * 0.985, t * 0.5), mat(ident, "leaves", "#e8e4d8", 0.8)
            )
            b.box((w * 0.32, 0, t / 2), (0.006, d * 1.005, t * 1.06), a)
        elif kind == "hdd":
            b.plane((0, d * 0.3, t + 0.0004), (w * 0.4, d * 0.1, 0), k)
            b.box((0, -d * 0.52, t / 2), (0.014, 0.02, 0.007), dark, bevel=0.002)
        else:
            b.box((0, -d * 0.6, t / 2), (w * 0.6, d * 0.24, t * 0.5), k)
            b.box((0, d * 0.1, t), (w * 0.7, d * 0.3, 0.0015), a)
    return settled(b.object())
