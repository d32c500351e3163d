"""Marks on floors and desks: rings, splashes, footprints, dust, ink, smears, wet patches."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from datasets.render.assets.loose_shapes import Field, decal, plane_field, soft
from datasets.render.assets.shapes import builder, sh


def _blob(x: Field, y: Field, n: Field, r: float, ragged: float) -> Field:
    """How far inside an irregular patch a point is; 0 on its edge."""
    return np.asarray(r * (1 + ragged * (n - 0.5) * 2) - np.hypot(x, y), np.float32)


def _drops(x: Field, y: Field, rng: random.Random, count: int, r: float, far: float) -> Field:
    out = np.full_like(x, -1)
    for _ in range(count):
        a, d = rng.uniform(0, 6.28), far * rng.uniform(0.5, 1)
        q = r * rng.uniform(0.4, 1.2)
        u, v = x - d * math.cos(a), y - d * math.sin(a)
        # thrown drops are drawn out along their way
        along, across = u * math.cos(a) + v * math.sin(a), v * math.cos(a) - u * math.sin(a)
        out = np.maximum(out, q - np.hypot(along * 0.6, across))
    return np.asarray(out, np.float32)


def _sole(x: Field, y: Field, at: tuple[float, float], turn: float, left: bool) -> Field:
    """One shoe's print: ball and heel with the bars of a tread, 0.9 long in the field's unit."""
    c, s = math.cos(turn), math.sin(turn)
    u = (c * (x - at[0]) + s * (y - at[1])) * (-1 if left else 1)
    v = c * (y - at[1]) - s * (x - at[0])
    ball = 1 - np.hypot((u - 0.015) / 0.15, (v - 0.16) / 0.28)
    heel = 1 - np.hypot(u / 0.115, (v + 0.3) / 0.15)
    bars = 0.78 + 0.22 * np.sign(np.sin(v * 62 + 3 * u))
    return np.asarray(soft(np.maximum(ball, heel), 0.12) * bars, np.float32)


def _ring(x: Field, y: Field, n: Field, r: float, thick: float) -> Field:
    d = np.hypot(x, y) - r * (1 + 0.03 * (n - 0.5))
    return np.asarray(np.exp(-((d / thick) ** 2)) * (0.8 + 0.6 * n), np.float32)


def mark(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "splash",
    colour: str = "#4c3826",
    second: str = "#7a6448",
    size: float = 0.16,
    strength: float = 1.0,
    ragged: float = 0.4,
    shine: bool = False,
) -> Any:
    """``kind``: ring, splash, tide (a dried puddle), dust, ink, smear, wet, drips, trail, prints.

    ``colour`` is its dark tone and ``second`` the light one, ``size`` its width; ``shine`` is a
    mark that is still wet.
    """
    b = builder(ident)
    gen = np.random.default_rng(rng.randrange(1 << 30))
    x, y = plane_field()
    n, fine = sh.noise(x.shape, 3, gen), sh.noise(x.shape, 12, gen)
    tone, deep = 0.3 + 0.4 * fine, size
    if kind == "ring":
        a = _ring(x, y, n, 0.72, 0.075)
        if rng.random() < 0.6:
            a = np.maximum(a, _ring(x - 0.25, y - 0.2, fine, 0.5, 0.07) * 0.9)
        a = np.maximum(a, 0.25 * soft(0.72 - np.hypot(x, y), 0.1) * n)
    elif kind == "splash":
        f = _blob(x, y, n, 0.5, ragged)
        a = soft(np.maximum(f, _drops(x, y, rng, 16, 0.07, 0.88)), 0.05) * (0.75 + 0.3 * n)
        tone = tone + 0.4 * soft(0.12 - f, 0.12)
    elif kind == "tide":
        f = _blob(x, y, n, 0.68, ragged)
        rim = np.exp(-(((f - 0.05) / 0.035) ** 2))
        rim = rim + 0.7 * np.exp(-(((f - 0.2 - 0.1 * fine) / 0.03) ** 2))
        a, tone = soft(f, 0.06) * (0.5 + 0.5 * rim + 0.15 * fine), 1 - rim
    elif kind == "dust":
        a = soft(_blob(x, y, n, 0.72, ragged), 0.4) * (0.25 + 1.1 * fine)
    elif kind == "ink":
        a = np.zeros_like(x)
        for _ in range(rng.randint(2, 5)):
            u, v = rng.uniform(-0.55, 0.55), rng.uniform(-0.55, 0.55)
            a = np.maximum(a, soft(_blob(x - u, y - v, n, rng.uniform(0.08, 0.3), 0.3), 0.03))
        a = np.maximum(a, soft(_drops(x, y, rng, 9, 0.04, 0.8), 0.03))
    elif kind == "smear":
        deep = size * 0.45
        lines = np.interp(y[:, :1] * 70, np.arange(-80, 81), gen.random(161))
        lines = 0.35 + np.repeat(lines, x.shape[1], 1)
        fade = soft(0.95 - np.abs(x + 0.1), 0.5) * soft(0.8 - np.abs(y + 0.25 * x * x), 0.25)
        a = fade * lines * (0.5 + 0.8 * n)
    elif kind == "wet":
        a = soft(_blob(x, y, n, 0.7, ragged), 0.08) * 0.62
        a = np.maximum(a, 0.62 * soft(_drops(x, y, rng, 6, 0.09, 0.85), 0.05))
    elif kind in ("drips", "trail"):
        a, deep = np.zeros_like(x), size * (0.4 if kind == "trail" else 1)
        wide = 0.4 if kind == "trail" else 1
        for k in range(11):
            u = -0.9 + 0.18 * k if kind == "trail" else rng.uniform(-0.85, 0.85)
            v = rng.uniform(-0.5, 0.5) if kind == "trail" else rng.uniform(-0.85, 0.85)
            r = rng.uniform(0.05, 0.13)
            a = np.maximum(a, soft(r - np.hypot(x - u, (y - v) * wide), 0.03))
    else:
        a, t = np.zeros_like(x), rng.uniform(-0.3, 0.3)
        for k in range(rng.randint(1, 3)):
            at = (-0.55 + 0.5 * k + rng.uniform(-0.05, 0.05), rng.uniform(-0.4, 0.4))
            a = np.maximum(a, _sole(x, y, at, t + rng.uniform(-0.15, 0.15), k % 2 == 1))
        a = a * (0.6 + 0.8 * n)
    tone = np.clip(tone, 0, 1)[..., None]
    rgb = sh.hex_srgb(colour) * (1 - tone) + sh.hex_srgb(second) * tone
    a = np.clip(a * strength, 0, 1).astype(np.float32)
    # nothing may be cut off straight at the picture's edge
    a *= soft(0.99 - np.maximum(np.abs(x), np.abs(y)), 0.06)
    decal(b, ident, "mark", rgb, a, (size, deep), rough=0.05 if shine else 0.7)
    return b.object()
