"""Phones, chargers and earphones in further constructions, and shapes that devices share."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, curve, grain, mat, part, pic, sh
from datasets.render.assets.solids import ring, settled, slab

FLAT = (0.0, 0.0, 0.0)


def shown(ident: str, kind: str, ground: str, accent: str, cracked: bool = False) -> Any:
    """What a phone's screen shows: "off", "photo", "icons", "chat", "video" or "pay"."""
    rng = np.random.default_rng(seed_of(ident))
    h, w = 160, 76
    a, c = sh.hex_srgb(ground), sh.hex_srgb(accent)
    img = np.empty((h, w, 3), np.float32)
    ramp = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    if kind == "off":
        img[:] = 0.012
    elif kind == "chat":
        img[:] = 0.9
        img[:14] = 0.8
        for y in range(20, 146, 17):
            right = bool(rng.random() < 0.5)
            n = int(rng.integers(18, 48))
            x = w - 6 - n if right else 6
            img[y : y + 11, x : x + n] = (0.55, 0.9, 0.4) if right else 1.0
    elif kind == "video":
        img[:] = 0.01
        img[52:100] = a * 0.5 + c * 0.5
        cv2.circle(img, (30, 76), 14, tuple(float(v) for v in c), -1)
    elif kind == "pay":
        img[:] = c
        img[40:120, 8 : w - 8] = 0.97
        img[52:108, 16 : w - 16][rng.random((56, w - 32)) < 0.5] = 0.05
    else:
        img[:] = a * (1 - ramp) + c * ramp
        img *= 0.75 + 0.5 * sh.noise((h, w), 3, rng)[..., None]
        if kind == "icons":
            for y in range(20, 140, 22):
                for x in range(7, 64, 17):
                    if rng.random() < 0.8:
                        img[y : y + 12, x : x + 12] = rng.random(3)
    if cracked:
        for _ in range(14):
            q = (int(rng.integers(0, w)), int(rng.integers(40, h)))
            cv2.line(img, (w - 18, 22), q, (0.75, 0.78, 0.8), 1)
    if kind == "off":
        return pic(ident, "screen", img, 0.08, coords="UV")
    return pic(ident, "screen", img, 0.15, coords="UV", emission=0.9)


def phone_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "plain",
    wide: float = 1.0,
    tall: float = 1.0,
    colour: str = "#1a1b1e",
    case: str = "#4a2c20",
    shows: str = "off",
    ground: str = "#3a70b0",
    accent: str = "#d08a50",
    cracked: bool = False,
) -> Any:
    """``kind``: "plain" with round corners, "bumper" (thick edge), "ring" and "strap" on its back,
    "flip_open"/"flip_closed" leather case, "clam" and "book" folding phones, "pda", "keys" for the
    old, "stand"/"dock" on a holder.  ``wide`` and ``tall`` are times the common size."""
    w, h, t = 0.075 * wide, 0.16 * tall, 0.0085
    b = builder(ident)
    m, c = mat(ident, "shell", colour, 0.3), mat(ident, "case", case, 0.6)
    s = shown(ident, shows, ground, accent, cracked)
    glass = mat(ident, "glass", "#060607", 0.06)

    def lying(x: float = 0.0, z: float = 0.0, ww: float = w, hh: float = h) -> None:
        slab(b, (x, 0, z + t / 2), (ww, hh, t), m, corner=0.009)
        b.plane((x, 0, z + t + 0.0003), (ww - 0.006, hh - 0.007, 0), s)

    if kind == "bumper":
        slab(b, (0, 0, 0.0055), (w + 0.007, h + 0.007, 0.011), c, corner=0.013, edge=0.003)
        b.plane((0, 0, 0.0113), (w - 0.005, h - 0.006, 0), s)
    elif kind in ("ring", "strap"):
        slab(b, (0, 0, 0.005), (w, h, 0.01), c, corner=0.01, edge=0.0025)
        slab(b, (-w * 0.2, h * 0.34, 0.011), (w * 0.46, w * 0.5, 0.003), m, corner=0.008)
        for x, y in ((-0.29, 0.29), (-0.29, 0.39), (-0.11, 0.34)):
            b.cyl((w * x, h * y, 0.013), w * 0.08, 0.0025, glass, sides=14)
        if kind == "ring":
            steel = mat(ident, "ring", "#c8c4bc", 0.25, 1.0)
            b.cyl((0, -h * 0.08, 0.0112), 0.017, 0.0025, steel)
            ring(b, (0, -h * 0.08 - 0.004, 0.028), 0.016, 0.0022, steel, upright=True)
        else:
            pts = [(w * 0.4, -h * 0.5, 0.004), (w * 0.7, -h * 0.75, 0.004), (0.0, -h * 0.95, 0.004)]
            pts += [(-w * 0.3, -h * 0.75, 0.004), (w * 0.2, -h * 0.56, 0.008)]
            pts += [(w * 0.38, -h * 0.49, 0.005)]
            b.tube(curve(pts, 5), 0.0035, m, sides=6)
    elif kind in ("flip_open", "flip_closed"):
        hide = grain(ident, "hide", case, 0.2, 40, 0.55, 9)
        if kind == "flip_closed":
            slab(b, (0, 0, 0.009), (w + 0.01, h + 0.008, 0.018), hide, corner=0.01, edge=0.004)
            slab(b, (w * 0.42, 0, 0.0185), (w * 0.4, 0.024, 0.003), hide, corner=0.01)
            b.cyl((w * 0.34, 0, 0.02), 0.006, 0.003, mat(ident, "stud", "#c8b070", 0.3, 1.0))
        else:
            slab(b, (w / 2, 0, 0.003), (w + 0.008, h + 0.008, 0.006), hide, corner=0.01)
            slab(b, (-w / 2 - 0.01, 0, 0.004), (w + 0.008, h + 0.008, 0.006), hide, corner=0.01)
            lying(w / 2, 0.005)
            for k in range(3):
                slab(
                    b,
                    (-w / 2 - 0.01, h * (0.24 - 0.2 * k), 0.008),
                    (w * 0.8, h * 0.16, 0.0025),
                    hide,
                    corner=0.004,
                    rot=(0.05, 0, 0),
                )
    elif kind == "clam":
        slab(b, (0, -h / 4, 0.0045), (w, h / 2, 0.009), m, corner=0.009)
        b.plane((0, -h / 4, 0.0093), (w - 0.006, h / 2 - 0.006, 0), s)
        a = 1.25
        y, z = h / 4 * math.cos(a), 0.006 + h / 4 * math.sin(a)
        slab(b, (0, y, z), (w, h / 2, 0.008), m, corner=0.009, rot=(a, 0, 0))
        n = (-math.sin(a) * 0.0045, math.cos(a) * 0.0045)
        b.plane((0, y + n[0], z + n[1]), (w - 0.006, h / 2 - 0.006, 0), s, rot=(a, 0, 0))
    elif kind == "book":
        for k in (-1, 1):
            slab(b, (k * w * 0.45, 0, 0.0035), (w * 0.9, h, 0.007), m, corner=0.008)
            b.plane((k * w * 0.44, 0, 0.0073), (w * 0.87, h - 0.007, 0), s)
    elif kind == "pda":
        slab(b, (0, 0, 0.011), (w, h, 0.022), m, corner=0.012, edge=0.005)
        for k in (-1, 1):
            slab(b, (k * w * 0.49, h * 0.1, 0.011), (0.008, h * 0.5, 0.016), c, corner=0.003)
        b.plane((0, h * 0.15, 0.0224), (w * 0.82, h * 0.52, 0), s)
        keypad(b, mat(ident, "keys", accent, 0.6), (w * 0.8, h * 0.3), (0, -h * 0.31, 0.0235), 5, 4)
    elif kind == "keys":
        ww, hh = w * 0.76, h * 0.84
        slab(b, (0, 0, 0.0075), (ww, hh, 0.015), m, corner=0.012, edge=0.004)
        b.plane((0, hh * 0.24, 0.0153), (ww * 0.78, hh * 0.34, 0), s)
        keypad(
            b, mat(ident, "keys", accent, 0.5), (ww * 0.84, hh * 0.4), (0, -hh * 0.24, 0.016), 5, 3
        )
    elif kind in ("stand", "dock"):
        a = 1.13
        ww, hh = (h, w) if kind == "dock" else (w, h)
        y, z = hh / 2 * math.cos(a), 0.016 + hh / 2 * math.sin(a)
        slab(b, (0, y, z), (ww, hh, t), m, corner=0.009, rot=(a, 0, 0))
        n = (-math.sin(a) * 0.0047, math.cos(a) * 0.0047)
        b.plane((0, y + n[0], z + n[1]), (ww - 0.007, hh - 0.007, 0), s, rot=(a, 0, 0))
        slab(b, (0, 0.03, 0.004), (w * 0.8, 0.09, 0.008), c, corner=0.014)
        b.box((0, 0.035, hh * 0.25 + 0.01), (w * 0.45, 0.008, hh * 0.55), c, rot=(-0.42, 0, 0))
        b.box((0, -0.008, 0.014), (w * 0.55, 0.022, 0.007), c, bevel=0.002)
    else:
        lying()
    return settled(b.object())


def keypad(
    b: Any,
    m: Any,
    area: Sequence[float],
    at: Sequence[float],
    rows: int,
    cols: int,
    tall: float = 0.004,
    slope: float = 0.0,
) -> None:
    """``rows`` x ``cols`` keys on an area (w, d) about ``at``, tipped by ``slope`` about x."""
    for r in range(rows):
        y = area[1] * (0.5 - (r + 0.5) / rows)
        for k in range(cols):
            b.box(
                (
                    at[0] + area[0] * ((k + 0.5) / cols - 0.5),
                    at[1] + y * math.cos(slope),
                    at[2] + y * math.sin(slope),
                ),
                (area[0] / cols * 0.78, area[1] / rows * 0.74, tall),
                m,
                rot=(slope, 0, 0),
            )


def _trail(rng: random.Random, start: Sequence[float], a: float, length: float) -> list[Any]:
    """A cord's way over the table from ``start``, winding."""
    x, y, z = start
    pts = [(x, y, z)]
    for _ in range(6):
        a += rng.uniform(-0.8, 0.8)
        x, y = x + length / 6 * math.cos(a), y + length / 6 * math.sin(a)
        pts.append((x, y, 0.003))
    return curve(pts, 5)


def charger_more(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "wound",
    colour: str = "#e9e8e3",
    cord: str = "#dcdbd6",
    second: str = "#5a5d62",
    wide: float = 1.0,
    deep: float = 1.0,
    tall: float = 1.0,
    length: float = 0.5,
    plugged: bool = True,
) -> Any:
    """``kind``: "wound" (cord round the block), "pad" and "prop" (wireless), "bank" with a short
    lead, "brick" of a laptop, "ports" (desk charger), "bare" block with its pins, "dock" for a
    watch or phone, "coiled" lead tied beside its block.  A trailing cord is a cable."""
    b, cords = builder(ident), builder(f"{ident}.cords")
    m, k = mat(ident, "body", colour, 0.35), mat(ident, "cord", cord, 0.5)
    e, steel = mat(ident, "second", second, 0.45), mat(ident, "pin", "#b8b8b8", 0.25, 1.0)
    trail: tuple[float, float, float] | None = None

    def block(w: float, d: float, t: float, x: float = 0.0) -> None:
        slab(b, (x, 0, t / 2), (w, d, t), m, corner=0.007, edge=0.004)
        for s in (-1, 1):
            b.box((x + s * 0.0065, -d / 2 - 0.007, t / 2), (0.002, 0.016, 0.007), steel)
        b.box((x, d / 2, t / 2), (0.012, 0.002, 0.005), e)

    if kind == "pad":
        r = 0.05 * wide
        b.cyl((0, 0, 0.005 * tall), r, 0.01 * tall, m, top=r * 0.93, sides=36)
        ring(b, (0, 0, 0.0102 * tall), r * 0.72, 0.0015, e)
        b.box((0, r, 0.005), (0.014, 0.014, 0.008), e)
        trail = (0.0, r, 0.005)
    elif kind == "prop":
        slab(b, (0, 0, 0.006), (0.08 * wide, 0.085 * deep, 0.012), e, corner=0.02)
        slab(
            b,
            (0, 0.03, 0.065 * tall),
            (0.075 * wide, 0.11 * tall, 0.011),
            m,
            corner=0.03,
            rot=(1.15, 0, 0),
        )
        b.box((0, -0.012, 0.018), (0.05 * wide, 0.018, 0.012), m, bevel=0.003)
        trail = (0.0, 0.042 * deep, 0.006)
    elif kind == "bank":
        w, d, t = 0.07 * wide, 0.145 * deep, 0.019 * tall
        slab(b, (0, 0, t / 2), (w, d, t), m, corner=0.01, edge=0.004)
        b.plane((0, d * 0.36, t + 0.0003), (w * 0.6, d * 0.12, 0), e)
        for n in range(4):
            b.cyl((w * (0.1 * n - 0.15), d * 0.25, t), 0.0018, 0.001, steel, sides=8)
        if plugged:
            loop = [(w * 0.2, d / 2, t * 0.5), (w * 0.25, d * 0.66, t * 0.5)]
            loop += [(w * 0.7, d * 0.62, 0.004), (w * 0.68, d * 0.2, 0.004), (w * 0.64, 0, 0.004)]
            b.tube(curve(loop, 5), 0.0022, k, sides=6)
            b.box((w * 0.2, d / 2 + 0.008, t * 0.5), (0.013, 0.02, 0.007), k, bevel=0.002)
            b.box((w * 0.63, -0.012, 0.004), (0.01, 0.022, 0.006), k, bevel=0.002)
    elif kind == "brick":
        w, d, t = 0.05 * wide, 0.115 * deep, 0.03 * tall
        slab(b, (0, 0, t / 2), (w, d, t), m, corner=0.008, edge=0.006)
        b.plane((0, 0, t + 0.0003), (w * 0.7, d * 0.55, 0), mat(ident, "label", "#c9c9c4", 0.5))
        for s in (-1, 1):
            way = _trail(rng, (0, s * d / 2, t / 2), s * math.pi / 2, length * 0.8)
            cords.tube(way, 0.003 if s > 0 else 0.0024, k, sides=6)
    elif kind == "ports":
        w, d, t = 0.095 * wide, 0.075 * deep, 0.032 * tall
        slab(b, (0, 0, t / 2), (w, d, t), m, corner=0.01, edge=0.003)
        b.box((0, -d / 2, t / 2), (w * 0.9, 0.003, t * 0.75), e)
        for n in range(5):
            b.box((w * (n - 2) * 0.17, -d / 2 - 0.0015, t / 2), (0.01, 0.003, 0.005), steel)
        trail = (0.0, d / 2, t / 3)
    elif kind == "dock":
        b.cyl((0, 0, 0.006), 0.045 * wide, 0.012, e, sides=32)
        b.cyl((0, 0.02, 0.05 * tall), 0.006, 0.085 * tall, steel, sides=12)
        b.cyl((0, 0.008, 0.09 * tall), 0.029, 0.012, m, rot=(1.2, 0, 0))
        trail = (0.0, 0.045 * wide, 0.006)
    elif kind in ("coiled", "bare"):
        w, d, t = 0.042 * wide, 0.045 * deep, 0.027 * tall
        block(w, d, t)
        if kind == "coiled":
            for n in range(5):
                pts = [
                    (
                        w * 0.5 + 0.05 + (0.033 + 0.002 * n) * math.cos(a),
                        (0.022 + 0.003 * n) * math.sin(a),
                        0.003 + 0.003 * (n % 3),
                    )
                    for a in np.linspace(0, 2 * math.pi, 17)
                ]
                b.tube(pts, 0.002, k, sides=6)
            b.box((w * 0.5 + 0.05, 0.027, 0.006), (0.012, 0.022, 0.014), e, bevel=0.003)
            b.tube(curve([(0, d / 2, t / 2), (w * 0.3, d, 0.01), (w, d * 0.5, 0.004)]), 0.002, k)
    else:
        w, d, t = 0.042 * wide, 0.05 * deep, 0.027 * tall
        block(w, d, t)
        for n in range(6):
            y = d * (0.36 - 0.13 * n)
            q = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
            around = [
                (sx * (w / 2 + 0.002), y + 0.002 * i, t / 2 + sz * (t / 2 + 0.002))
                for i, (sx, sz) in enumerate(q)
            ]
            b.tube(around, 0.0023, k, sides=6)
        b.box((w / 2 + 0.016, d * 0.3, 0.005), (0.026, 0.009, 0.006), k, bevel=0.002)
    if trail is not None and plugged:
        cords.tube(_trail(rng, trail, math.pi / 2, length), 0.0022, k, sides=6)
    whole = b.object()
    if len(cords.bm.verts):
        part(cords.object(), whole, "cable")
        return whole
    cords.bm.free()
    return settled(whole)
