"""Pens, stamps, ink pads and service boxes in further constructions."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.shapes import builder, cloth, curve, mat, pic, revolve, text
from datasets.render.assets.solids import ring, settled, slab


def pens_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "two",
    colour: str = "#26282c",
    pen: str = "#17181a",
    second: str = "#c8a860",
    size: float = 1.0,
    tall: float = 1.0,
) -> Any:
    """``kind``: "two" pens on a plate, "ball" (round foot, spring lead), "mesh" pot, "tidy" (desk
    tidy with drawers and notes), "turning" pot in sections, "tray" of lying pens, "stick" (stuck
    to the counter)."""
    b, s = builder(ident), size
    m, p, e = (
        mat(ident, "base", colour, 0.4),
        mat(ident, "pen", pen, 0.35),
        mat(ident, "e", second, 0.4),
    )
    inks = [mat(ident, f"i{n}", c, 0.4) for n, c in enumerate((pen, second, "#2a4ab0", "#b02a2a"))]

    def stuck(x: float, y: float, lean: float, z: float = 0.02, mm: Any = None) -> None:
        top = (x + lean * 0.05, y + 0.025, z + 0.13 * tall)
        b.tube([(x, y, z), top], 0.005, mm or p, sides=8)

    if kind in ("two", "stick"):
        slab(
            b,
            (0, 0, 0.007),
            ((0.15 if kind == "two" else 0.07) * s, 0.08 * s, 0.014),
            m,
            corner=0.015,
        )
        for x in (-0.035, 0.035) if kind == "two" else (0.0,):
            b.cyl((x * s, 0.01, 0.025), 0.011, 0.03, e, top=0.008, sides=14)
            stuck(x * s, 0.01, 0.4 if x > 0 else -0.4)
        if kind == "two":
            b.box((0, -0.02 * s, 0.0145), (0.06 * s, 0.02 * s, 0.002), e)
    elif kind == "ball":
        revolve(b, [(0, 0), (0.042 * s, 0), (0.04 * s, 0.012), (0.02 * s, 0.028), (0, 0.03)], m)
        b.tube([(0, 0, 0.02), (0.02, 0, 0.05), (0.035, 0.01, 0.17 * tall)], 0.006, p, sides=8)
        coil = [
            (0.03 + 0.006 * math.cos(t * 5), -0.01 - 0.012 * t, 0.008 + 0.006 * math.sin(t * 5))
            for t in np.linspace(0, 6, 45)
        ]
        b.tube(coil, 0.0022, e, sides=5)
    elif kind == "tidy":
        w, h = 0.16 * s, 0.1 * tall
        b.box((0, 0.02, h * 0.3), (w, 0.1, h * 0.6), m, bevel=0.004)
        b.box((-w * 0.25, 0.04, h * 0.75), (w * 0.5, 0.06, h * 0.5), m, bevel=0.003)
        b.box((0, -0.031, h * 0.3), (w * 0.9, 0.004, h * 0.4), e)
        b.box((w * 0.25, 0.03, h * 0.65), (0.07, 0.07, 0.02), mat(ident, "note", "#f0e070", 0.8))
        for n in range(4):
            stuck(-w * 0.4 + w * 0.1 * n, 0.03, -0.3 + 0.3 * n, h * 0.6, inks[n])
    elif kind == "tray":
        slab(b, (0, 0, 0.004), (0.2 * s, 0.08 * s, 0.008), m, corner=0.01)
        for side in (-1, 1):
            b.box((0, side * 0.038 * s, 0.01), (0.19 * s, 0.004, 0.014), m)
        for n in range(4):
            y = (n - 1.5) * 0.016 * s
            b.tube([(-0.07, y, 0.013), (0.07, y + 0.003 * (n - 1), 0.013)], 0.005, inks[n], sides=8)
    else:
        r, h = 0.04 * s, 0.1 * tall
        if kind == "mesh":
            for q in range(18):
                a = q * math.pi / 9
                x, y = r * math.cos(a), r * math.sin(a)
                b.tube([(x, y, 0.004), (x, y, h)], 0.0016, m, sides=4)
            for q in range(6):
                ring(b, (0, 0, 0.004 + (h - 0.004) * q / 5), r, 0.002, m)
            b.cyl((0, 0, 0.003), r, 0.006, m)
            count = 5
        else:
            for q in range(4):
                a = q * math.pi / 2 + 0.4
                x, y, hh = r * 0.8 * math.cos(a), r * 0.8 * math.sin(a), h * (0.7 + 0.15 * q)
                tube = [
                    (0.0, 0.01),
                    (r * 0.62, 0.01),
                    (r * 0.62, hh),
                    (r * 0.55, hh),
                    (r * 0.55, 0.02),
                ]
                revolve(b, tube, (m, e)[q % 2], at=(x, y), sides=14)
            b.cyl((0, 0, 0.006), r * 1.5, 0.012, m)
            count = 8
        for q in range(count):
            a = q * 2.4
            stuck(
                r * 0.5 * math.cos(a), r * 0.5 * math.sin(a), math.cos(a) * 0.4, 0.02, inks[q % 4]
            )
    return settled(b.object())


def stamp_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "frame",
    colour: str = "#22242a",
    second: str = "#b02a24",
    accent: str = "#c9a850",
    size: float = 1.0,
    tall: float = 1.0,
    lying: bool = False,
) -> Any:
    """``kind``: "frame" (self-inking), "dates" (metal date stamp), "globe" (round handle on a broad
    plate), "jade" (a square block of stone), "cap" (round with cap), "rack" (several hung on a
    stand), "pair" (two in a box).  ``lying``: on its side, the face seen."""
    b, s = builder(ident), size
    x = y = 0.0
    m, e = mat(ident, "body", colour, 0.4), mat(ident, "second", second, 0.4)
    a, steel = mat(ident, "accent", accent, 0.35, 0.4), mat(ident, "steel", "#b4b6b9", 0.3, 1.0)
    red = mat(ident, "face", "#a81c1c", 0.6)

    def knob(x: float, y: float, z: float, r: float, h: float, mm: Any) -> None:
        low = [(0.0, z), (r, z), (r, z + h * 0.2), (r * 0.45, z + h * 0.32)]
        top = [(r * 0.4, z + h * 0.55), (r * 0.75, z + h * 0.75), (r * 0.6, z + h), (0.0, z + h)]
        revolve(b, low + top, mm, at=(x, y), sides=18)

    if kind == "frame":
        for x in (-1, 1):
            b.box((x * 0.027 * s, 0, 0.03 * tall), (0.008, 0.028 * s, 0.06 * tall), m, bevel=0.002)
        b.box((0, 0, 0.075 * tall), (0.064 * s, 0.034 * s, 0.05 * tall), m, bevel=0.009, segments=3)
        b.box((0, 0, 0.101 * tall), (0.05 * s, 0.024 * s, 0.002), e)
        b.box((0, 0, 0.025), (0.044 * s, 0.02 * s, 0.012), red)
    elif kind == "dates":
        b.box((0, 0, 0.004), (0.05 * s, 0.03 * s, 0.008), red)
        for x in (-1, 1):
            b.box((x * 0.02 * s, 0, 0.026), (0.003, 0.024, 0.044), steel)
        for q in range(4):
            b.cyl((0.008 * (q - 1.5), 0, 0.03), 0.014, 0.005, a, rot=(0, math.pi / 2, 0), sides=12)
        knob(0, 0, 0.046, 0.016 * s, 0.07 * tall, m)
    elif kind == "globe":
        b.cyl((0, 0, 0.008), 0.03 * s, 0.016, e, sides=28)
        b.cyl((0, 0, 0.035), 0.009, 0.045 * tall, m)
        b.ball((0, 0, 0.035 + 0.035 * tall), (0.021 * s, 0.021 * s, 0.019), m, segments=16)
    elif kind == "jade":
        b.box((0, 0, 0.034 * tall), (0.03 * s, 0.03 * s, 0.068 * tall), e, bevel=0.004)
        b.ball((0, 0, 0.072 * tall), (0.013, 0.013, 0.013), e, segments=12)
        b.box((0, 0, 0.002), (0.028 * s, 0.028 * s, 0.004), red)
    elif kind == "rack":
        b.cyl((0, 0, 0.006), 0.055 * s, 0.012, steel, sides=24)
        b.cyl((0, 0, 0.08 * tall), 0.005, 0.15 * tall, steel, sides=10)
        ring(b, (0, 0, 0.14 * tall), 0.05 * s, 0.003, steel)
        for q in range(5):
            t = q * 2 * math.pi / 5
            x, y = 0.05 * s * math.cos(t), 0.05 * s * math.sin(t)
            knob(x, y, 0.05 * tall, 0.017, 0.085 * tall, (m, e)[q % 2])
    elif kind == "pair":
        b.box((0, 0, 0.014), (0.13 * s, 0.08 * s, 0.028), m, bevel=0.004)
        b.box((0, 0, 0.0285), (0.115 * s, 0.066 * s, 0.002), red)
        for x in (-0.03, 0.03):
            knob(x * s, 0, 0.03, 0.016, 0.06 * tall, e)
    else:
        b.cyl((0, 0, 0.035 * tall), 0.017 * s, 0.07 * tall, m, sides=22)
        b.cyl((0, 0, 0.012), 0.0185 * s, 0.024, e, sides=22)
        b.cyl((0, 0, 0.06 * tall), 0.0175 * s, 0.004, a, sides=22)
    return settled(b.object(), (math.pi / 2 if lying and kind not in ("rack", "pair") else 0, 0, 0))


def inkpad_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "tin",
    case: str = "#3a3d44",
    ink: str = "#a81c20",
    lid: str = "#c9cbcd",
    size: float = 1.0,
    deep: float = 1.0,
    open_: bool = True,
) -> Any:
    """印泥, 印台. ``kind``: "tin" (hinged), "bowl" (porcelain with paste), "finger" (small
    and round, for finger prints), "sponge" (wetting cup), "two" colours, "clear" cover.
    ``open_``: lid off."""
    b, s = builder(ident), size
    m, i, c = (
        mat(ident, "case", case, 0.35),
        mat(ident, "ink", ink, 0.55),
        mat(ident, "lid", lid, 0.3),
    )
    if kind in ("tin", "two", "clear"):
        w, d = 0.12 * s, 0.085 * s * deep
        slab(b, (0, 0, 0.008), (w, d, 0.016), m, corner=0.008)
        if open_:
            half = mat(ident, "ink2", "#20307a", 0.55)
            for q in (-1, 1):
                mm = half if kind == "two" and q > 0 else i
                b.box((q * w * 0.22, 0, 0.0165), (w * 0.43, d * 0.82, 0.004), mm)
            a = 1.9
            y, z = d / 2 - d / 2 * math.cos(a), 0.014 + d / 2 * math.sin(a)
            if kind == "clear":
                slab(b, (w * 0.4, -d * 0.95, 0.005), (w, d, 0.01), c, corner=0.008, rot=(0, 0, 0.4))
            else:
                slab(b, (0, y, z), (w, d, 0.008), m, corner=0.008, rot=(-a, 0, 0))
        else:
            slab(b, (0, 0, 0.02), (w * 1.02, d * 1.02, 0.012), c, corner=0.009, edge=0.004)
            b.box((0, 0, 0.0265), (w * 0.6, d * 0.4, 0.001), i)
    else:
        r = {"bowl": 0.045, "finger": 0.022, "sponge": 0.042}.get(kind, 0.04) * s
        h = {"bowl": 0.032, "finger": 0.014, "sponge": 0.026}.get(kind, 0.02) * deep
        side = [
            (0.0, 0.0),
            (r * 0.8, 0.0),
            (r, h * 0.45),
            (r, h),
            (r * 0.88, h),
            (r * 0.86, h * 0.8),
        ]
        revolve(b, [*side, (0.0, h * 0.8)], m)
        b.ball((0, 0, h * 0.8), (r * 0.84, r * 0.84, h * 0.3), i, segments=18)
        if open_ and kind != "sponge":
            top = [
                (0.0, h * 0.5),
                (r * 0.7, h * 0.45),
                (r * 1.02, h * 0.2),
                (r * 1.02, 0.0),
                (0.0, 0.0),
            ]
            revolve(b, top, m, at=(r * 2.2, -r * 0.3))
        elif kind != "sponge":
            top = [(r * 1.03, h * 0.8), (r * 1.03, h * 1.1), (r * 0.7, h * 1.35), (0.0, h * 1.4)]
            revolve(b, top, c)
    return settled(b.object())


def service_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "aid",
    colour: str = "#e8e6e0",
    second: str = "#b9d0d8",
    mark: str = "#c4242a",
    words: str = "便民服务",
    wide: float = 1.0,
    deep: float = 1.0,
    tall: float = 1.0,
) -> Any:
    """``kind``: "aid" (first-aid case with a cross), "drawers" (see-through), "glasses" (basket of
    reading glasses), "tray" (compartments), "soft" aid bag, "cabinet" (wall box)."""
    b = builder(ident)
    m, e = mat(ident, "box", colour, 0.4), mat(ident, "second", second, 0.15)
    a, k = mat(ident, "mark", mark, 0.5), mat(ident, "grip", "#2a2b2e", 0.5)
    w, d, h = {
        "aid": (0.32, 0.2, 0.2),
        "drawers": (0.3, 0.24, 0.3),
        "glasses": (0.24, 0.17, 0.08),
        "tray": (0.34, 0.24, 0.09),
        "soft": (0.27, 0.12, 0.19),
        "cabinet": (0.34, 0.16, 0.42),
    }.get(kind, (0.32, 0.2, 0.2))
    w, d, h = w * wide, d * deep, h * tall
    print_ = pic(ident, "print", text((words,), (256, 72), "#ffffff", mark), 0.5, coords="UV")
    if kind in ("glasses", "tray"):
        b.box((0, 0, 0.004), (w, d, 0.008), m)
        for q in (-1, 1):
            b.box((0, q * d / 2, h / 2), (w, 0.006, h), m)
            b.box((q * w / 2, 0, h / 2), (0.006, d, h), m)
        if kind == "tray":
            for x in (-0.17, 0.17):
                b.box((w * x, 0, h * 0.45), (0.004, d, h * 0.9), m)
            for n in range(6):
                mm = (a, e, k)[n % 3]
                x = w * (-0.36 + 0.15 * n)
                b.cyl((x, d * (0.2 if n % 2 else -0.2), h * 0.6), 0.018, h * 1.2, mm, sides=14)
        else:
            for n in range(4):
                y = d * (-0.3 + 0.2 * n)
                for x in (-0.18, 0.18):
                    ring(b, (w * x, y, h * 0.85), 0.024, 0.0025, (k, a)[n % 2], upright=True)
                b.tube([(-w * 0.08, y, h * 0.9), (w * 0.08, y, h * 0.9)], 0.0025, (k, a)[n % 2])
        b.plane((0, -d / 2 - 0.004, h / 2), (w * 0.8, h * 0.7, 0), print_, rot=(math.pi / 2, 0, 0))
    elif kind == "drawers":
        b.box((0, 0, h / 2), (w, d, h), m, bevel=0.004)
        for n in range(4):
            z = h * (0.13 + 0.25 * n)
            b.box((0, -d / 2, z), (w * 0.92, 0.01, h * 0.21), e)
            b.box((0, -d / 2 - 0.008, z), (w * 0.16, 0.01, 0.012), a)
    else:
        soft = kind == "soft"
        body = cloth(ident, "cloth", mark) if soft else m
        b.box((0, 0, h / 2), (w, d, h), body, bevel=0.03 if soft else 0.012, segments=3)
        cross = mat(ident, "cross", "#f2f0ec" if soft else mark, 0.5)
        y = -d / 2 - 0.001
        for sx, sz in ((0.3, 0.1), (0.1, 0.3)):
            b.box((0, y, h * 0.55), (h * sx * 1.4, 0.004, h * sz * 1.4), cross)
            b.box((0, 0, h), (d * sx * 1.6, d * sz * 1.6, 0.003), cross)
        if kind == "cabinet":
            b.plane(
                (0, y - 0.003, h * 0.16), (w * 0.8, h * 0.13, 0), print_, rot=(math.pi / 2, 0, 0)
            )
            b.box((w * 0.4, y, h * 0.5), (0.02, 0.012, 0.05), k)
        else:
            b.box((0, 0, h * 0.72), (w * 1.01, d * 1.01, 0.004), k)
            for x in (-0.3, 0.3):
                b.box((w * x, y, h * 0.72), (0.03, 0.012, 0.04), k, bevel=0.002)
            grip = [(-0.05, 0, h), (-0.045, 0, h + 0.03), (0.045, 0, h + 0.03), (0.05, 0, h)]
            b.tube(curve(grip, 4), 0.007, k)
    return settled(b.object())
