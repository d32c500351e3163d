"""Pictures of walls and ceilings: what a hall's walls are clad with, from skirting to ceiling."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy

sh: Any = Lazy("datasets.render.shading")
Picture = NDArray[np.float32]

PERIOD_M: Final = 4.8
"""A wall's picture repeats after so much of its length; its height is the wall's."""

WIDE_PX, HIGH_PX = 1024, 768
CEILING_PX: Final = 512
CEILING_M: Final = 2.4
GLOSSY: Final = frozenset({"glass", "tiles", "panels"})


def _lines(out: Picture, step_m: float, colour: Any, wide: int, *, upright: bool) -> None:
    span = PERIOD_M if upright else 3.6
    size = out.shape[1] if upright else out.shape[0]
    count = max(1, round(span / step_m))
    for k in range(count):
        at = int(size * k / count)
        if upright:
            out[:, at : at + wide] = colour
        else:
            out[at : at + wide] = colour


def wall(kind: str, colour: str, trim: str, height: float, seed: int) -> Picture:
    """``kind``: plain, wainscot, band, panels, slats, tiles, two_tone, glass, paper."""
    rng = np.random.default_rng(seed)
    base, edge = sh.hex_srgb(colour), sh.hex_srgb(trim)
    mottle = sh.noise((HIGH_PX, WIDE_PX), 5, rng, 5)[..., None] - 0.5
    out = np.asarray(base * (1 + 0.05 * mottle), np.float32)

    def up(z: float) -> int:
        return int(HIGH_PX * (1 - min(z, height) / height))

    if kind == "wainscot":
        top = rng.uniform(0.85, 1.3)
        out[up(top) :] = edge * (1 + 0.08 * mottle[up(top) :])
        gap = edge * 0.55
        for k in range(int(rng.choice([4, 8, 16]))):
            x = int(WIDE_PX * k / 16) * 2 % WIDE_PX
            out[up(top) :, x : x + 3] = gap
        out[up(top + 0.05) : up(top)] = edge * 0.75
    elif kind == "band":
        z, wide = rng.uniform(0.8, 1.6), rng.uniform(0.08, 0.35)
        out[up(z + wide) : up(z)] = edge
        if rng.random() < 0.5:
            out[up(z - 0.06) : up(z - 0.1)] = edge
    elif kind == "two_tone":
        out[up(rng.uniform(1.0, 1.5)) :] *= np.clip(edge / np.maximum(base, 0.1), 0.35, 1.2)
    elif kind == "panels":
        out *= 1 + 0.04 * np.sign(np.sin(np.arange(WIDE_PX) * 0.024))[None, :, None]
        dark = base * rng.uniform(0.3, 0.7)
        _lines(out, float(rng.choice([0.6, 0.8, 1.2])), dark, 3, upright=True)
        _lines(out, float(rng.choice([0.9, 1.2, 3.6])), dark, 3, upright=False)
    elif kind == "slats":
        wood = np.asarray(sh.wood(trim, seed, 512), np.float32).transpose(1, 0, 2)
        out = cv2.resize(wood, (WIDE_PX, HIGH_PX))
        step = rng.uniform(0.05, 0.14)
        _lines(out, step, edge * 0.2, max(2, int(WIDE_PX * step * 0.35 / PERIOD_M)), upright=True)
    elif kind == "tiles":
        grey = np.float32(rng.uniform(0.35, 0.85))
        w = float(rng.choice([0.3, 0.4, 0.6, 0.8]))
        _lines(out, w, grey, 2, upright=True)
        _lines(out, w * float(rng.choice([0.5, 1.0, 0.75])), grey, 2, upright=False)
    elif kind == "glass":
        dim = np.array([0.16, 0.21, 0.22], np.float32) * rng.uniform(0.7, 2.2)
        out = np.asarray(dim * (1 + 0.9 * mottle), np.float32)
        if rng.random() < 0.6:  # a frosted strip at the height of the eyes
            out[up(1.5) : up(0.9)] = np.float32(0.62)
        _lines(out, float(rng.choice([0.8, 1.2, 1.6])), edge, 8, upright=True)
        for z in (0.1, 2.4):
            out[up(z + 0.05) : up(z)] = edge
    elif kind == "paper":
        stripe = (np.arange(WIDE_PX) // int(rng.choice([8, 16, 32]))) % 2 == 0
        out[:, stripe] *= rng.uniform(0.82, 0.95)
    low = np.linspace(0, 1, HIGH_PX, dtype=np.float32)[:, None, None]
    out = out * (1 - rng.uniform(0, 0.12) * low**6)  # soiled near the floor
    return np.clip(out, 0, 1).astype(np.float32)


def wall_material(name: str, kind: str, colour: str, trim: str, height: float, seed: int) -> Any:
    rgb = wall(kind, colour, trim, height, seed)
    rough = 0.12 if kind == "glass" else 0.35 if kind in GLOSSY else 0.9
    m = sh.picture_material(name, rgb, rough, coords="Object", projection="BOX", spec=0.3)
    mapping = next(k for k in m.node_tree.nodes if k.type == "MAPPING")
    mapping.vector_type = "TEXTURE"
    mapping.inputs["Scale"].default_value = (PERIOD_M, PERIOD_M, height)
    return m


def ceiling(kind: str, seed: int) -> Picture:
    """``kind``: grid, plain, strips, dark, plates, coffer; a square of ``CEILING_M``."""
    rng = np.random.default_rng(seed)
    n = CEILING_PX
    base = rng.uniform(0.72, 0.9)
    out = np.full((n, n, 3), base, np.float32)
    out *= 1 + 0.05 * (sh.noise((n, n), 50, rng, 3)[..., None] - 0.5)
    if kind == "dark":
        out *= rng.uniform(0.06, 0.4)
    step = {"grid": n // 4, "plates": n // 8, "coffer": n // 2, "strips": n // 16}.get(kind, 0)
    wide = {"coffer": 40, "strips": 5}.get(kind, 3)
    if step:
        for k in range(0, n, step):
            out[k : k + wide] *= 0.7
            if kind != "strips":
                out[:, k : k + wide] *= 0.7
    return np.asarray(np.clip(out, 0, 1), np.float32)


def ceiling_material(name: str, kind: str, seed: int) -> Any:
    return sh.picture_material(
        name,
        ceiling(kind, seed),
        0.9,
        scale=1 / CEILING_M,
        coords="Object",
        projection="BOX",
        spec=0.1,
    )


def outside(day: bool, seed: int) -> Picture:
    """What a window shows: sky, houses, trees by day; lit windows and lamps by night."""
    rng = np.random.default_rng(seed)
    n = 256
    low = np.linspace(0, 1, n, dtype=np.float32)[:, None, None]
    sky = np.array([0.72, 0.85, 1.0], np.float32) * (1 - 0.15 * low)
    out = np.ascontiguousarray(np.broadcast_to(sky, (n, n, 3)), np.float32)
    for _ in range(int(rng.integers(2, 9))):
        x, w, top = int(rng.integers(0, n)), int(rng.integers(20, 90)), int(rng.integers(60, 200))
        shade = np.float32(rng.uniform(0.35, 0.8))
        out[top:, x : x + w] = shade * np.array([1, 0.98, 0.94], np.float32)
        for _ in range(20):
            a, b = int(rng.integers(top, n)), int(rng.integers(x, x + w))
            out[a : a + 6, b : b + 5] = shade * 0.6 if day else np.array([3.0, 2.4, 1.5])
    for _ in range(int(rng.integers(0, 40))):
        at = (int(rng.integers(0, n)), int(rng.integers(170, n)))
        green = (0.2, float(rng.uniform(0.3, 0.5)), 0.15)
        cv2.circle(out, at, int(rng.integers(6, 22)), green, -1)
    out = cv2.GaussianBlur(out, (0, 0), 3)
    dim = np.float32(1) if day else np.array([0.05, 0.055, 0.08], np.float32)
    return np.asarray(np.clip(out * dim, 0, 1), np.float32)
