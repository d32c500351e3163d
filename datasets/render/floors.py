"""Pictures of floors: a surface (stone, wood, carpet ...) in a laying (tiles, planks, parquet ...).

A floor is what cables, litter and stains lie on.  Its dark joints, veins, cracks, seams and scuffs
are of no class, and a detector has to have seen many of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy

sh: Any = Lazy("datasets.render.shading")
Grid = NDArray[np.float32]
Index = NDArray[np.int64]

SIDE_PX: Final = 1536
SIDE_M: Final = 4.0
"""About how much floor the picture holds before it repeats: a whole number of tiles."""

STRIDES: Final = 67
"""Tiles of this many kinds (shade, cut of the slab) lie about."""


@dataclass(frozen=True)
class Floor:
    """``surface``: stone, marble, terrazzo, wood, carpet, figured, vinyl, concrete.
    ``laying``: grid, brick, planks, herringbone, sheet.  ``pattern``: "", checker, band, dots,
    scatter, quarter.  Lengths in metres, ``turn`` in degrees; ``speck``, ``vein``, ``vary`` and
    ``wear`` are shares of brightness; ``cracks``, ``scuffs`` and ``patches`` are counts."""

    surface: str
    laying: str
    colour: str
    second: str
    joint_colour: str
    tile: tuple[float, float] = (0.8, 0.8)
    joint: float = 0.003
    pattern: str = ""
    speck: float = 0.15
    vein: float = 0.0
    vary: float = 0.05
    rough: float = 0.3
    turn: float = 0.0
    wear: float = 0.0
    cracks: int = 0
    scuffs: int = 0
    patches: int = 0


@dataclass
class _Laid:
    """Per pixel: the tile it is of, metres to the nearest joint, and where the grain runs."""

    period: tuple[float, float]
    row: Index
    col: Index
    gap: Grid
    upright: NDArray[np.bool_]

    @property
    def number(self) -> Index:
        return (self.row * 7919 + self.col * 104729 + 11) % STRIDES


def _edge(v: NDArray[Any], size: float) -> Grid:
    r = np.mod(v, size)
    return np.asarray(np.minimum(r, size - r), np.float32)


def _count(size: float, multiple: int = 1) -> int:
    return multiple * max(1, round(SIDE_M / size / multiple))


def _laid(f: Floor, n: int, rng: np.random.Generator) -> _Laid:
    w, d = f.tile
    i = (np.arange(n, dtype=np.float32) + 0.5) / n
    none = np.zeros((n, n), bool)
    if f.laying == "herringbone":
        k = max(2, round(d / w))
        side = 2 * k * w * max(1, round(SIDE_M / (2 * k * w)))
        x, y = np.meshgrid(i * side / w, i * side / w)
        cx, cy = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
        m = (cx - cy) % (2 * k)
        flat = m < k
        along = np.where(flat, m + x - cx, 2 * k - 1 - m + y - cy)
        across = np.where(flat, y - cy, x - cx)
        gap = np.minimum(np.minimum(along, k - along), np.minimum(across, 1 - across)).astype(
            np.float32
        )
        cells = round(side / w)
        row = np.where(flat, cy, (cy - (2 * k - 1 - m)) % cells + cells)
        col = np.where(flat, (cx - m) % cells, cx)
        return _Laid((side, side), row, col, gap * w, ~flat)
    if f.laying == "sheet":
        side = w * _count(w)
        x, _ = np.meshgrid(i * side, i * side)
        col = np.floor(x / w).astype(np.int64)
        return _Laid((side, side), np.zeros_like(col), col, _edge(x, w), none)
    if f.laying in ("planks", "brick"):
        rows, cols = _count(w, 6), _count(d, 2)
        px, py = cols * d, rows * w
        x, y = np.meshgrid(i * px, i * py)
        row = np.floor(y / w).astype(np.int64)
        if f.laying == "brick":
            step = (row % 2) * (d / 2)
        else:
            step = (rng.random(rows) * d)[row]
        shifted = np.mod(x + step, px).astype(np.float32)
        col = np.floor(shifted / d).astype(np.int64) % cols
        return _Laid((px, py), row, col, np.minimum(_edge(y, w), _edge(shifted, d)), none)
    cols, rows = _count(w, 2), _count(d, 2)
    px, py = cols * w, rows * d
    x, y = np.meshgrid(i * px, i * py)
    row, col = np.floor(y / d).astype(np.int64), np.floor(x / w).astype(np.int64)
    upright = (row + col) % 2 == 1 if f.pattern == "quarter" else none
    return _Laid((px, py), row, col, np.minimum(_edge(x, w), _edge(y, d)), upright)


def _cut(picture: Grid, laid: _Laid, rng: np.random.Generator) -> Grid:
    """Each tile its own cut of ``picture``, turned where it stands upright."""
    n, size = laid.gap.shape[0], picture.shape[0]
    off = rng.integers(0, size, (STRIDES, 2))
    y, x = np.mgrid[0:n, 0:n]
    k = laid.number
    a, b = np.where(laid.upright, x, y), np.where(laid.upright, y, x)
    out: Grid = picture[(a + off[k, 0]) % size, (b + off[k, 1]) % size]
    return out


def _veins(n: int, amount: float, rng: np.random.Generator) -> Grid:
    """Brightness of veined stone: clouds, some broad veins, some as thin as a cord."""
    a, b = sh.noise((n, n), 3, rng, 6), sh.noise((n, n), 5, rng, 5)
    where = np.clip(sh.noise((n, n), 4, rng, 3) * 2.4 - 0.8, 0, 1)
    broad = np.exp(-(((a - 0.5) / rng.uniform(0.012, 0.04)) ** 2))
    thin = np.exp(-(((b - 0.47) / rng.uniform(0.003, 0.009)) ** 2))
    v: Grid = (0.5 * broad + thin * rng.uniform(0.4, 1.0)) * where + 0.35 * (a - 0.5)
    return (1 - amount * v).astype(np.float32)


def _chips(
    ground: Grid, colours: tuple[str, str], px_per_m: float, rng: np.random.Generator
) -> Grid:
    """Terrazzo: broken stones of a few colours in cement."""
    n = ground.shape[0]
    out = np.ascontiguousarray(ground)
    big = rng.uniform(0.008, 0.034) * px_per_m
    base = [sh.hex_srgb(c) for c in colours] + [np.float32(0.85), np.float32(0.2)]
    for _ in range(int(min(9000, 0.3 * n * n / (big * big)))):
        at, r = rng.uniform(0, n, 2), big * rng.uniform(0.25, 1.0) / 2
        t = np.sort(rng.uniform(0, 2 * math.pi, 5))
        p = at + r * np.stack([np.cos(t), np.sin(t) * rng.uniform(0.5, 1)], 1)
        c = np.broadcast_to(base[int(rng.integers(4))], (3,)) * rng.uniform(0.7, 1.15)
        cv2.fillPoly(out, [np.rint(p * 16).astype(np.int32)], [float(v) for v in c], cv2.LINE_AA, 4)
    return out


def _carpet(f: Floor, n: int, rng: np.random.Generator) -> Grid:
    """Loop pile with streaks of the second colour."""
    fine = rng.random((n, n)).astype(np.float32)
    lines = cv2.resize(rng.random((n // 8, 14)).astype(np.float32), (n, n))
    lines = np.clip((lines - rng.uniform(0.45, 0.7)) * 8, 0, 1)[..., None] * rng.uniform(0.15, 0.9)
    pile = 0.75 + 0.5 * fine[..., None]
    mixed: Grid = (sh.hex_srgb(f.colour) * (1 - lines) + sh.hex_srgb(f.second) * lines) * pile
    return mixed


def _figured(f: Floor, n: int, rng: np.random.Generator) -> Grid:
    """Woven carpet of a hall: waves, rings or sprays of the second colour on the first."""
    mask = np.zeros((n, n), np.float32)
    kind, wide = int(rng.integers(4)), int(rng.integers(6, 22))
    if kind == 0:
        x = np.arange(n)
        for c in range(int(rng.integers(4, 12))):
            y = n * (c + 0.5) / 8 + 60 * np.sin(x * 2 * math.pi * (1 + c % 3) / n + c)
            for up in (-n, 0, n):
                points = np.stack([x[::8], y[::8] + up], 1).astype(np.int32)
                cv2.polylines(mask, [points], False, 1.0, wide)
    elif kind == 1:
        step = n // int(rng.integers(4, 9))
        for y0 in range(0, n + 1, step):
            for x0 in range(0, n + 1, step):
                for r in (step // 2, step // 3):
                    cv2.circle(mask, (x0, y0), r, 1.0, max(3, wide // 2))
    elif kind == 2:
        for _ in range(90):
            at = rng.integers(0, n, 2)
            for k in range(5):
                e = at + rng.integers(-90, 90, 2)
                axes = (int(rng.integers(14, 60)), int(rng.integers(5, 16)))
                cv2.ellipse(
                    mask,
                    tuple(map(int, e)),
                    axes,
                    float(rng.uniform(0, 180)),
                    0,
                    360,
                    0.4 + 0.15 * k,
                    -1,
                )
    else:
        v = sh.noise((n, n), 6, rng, 3)
        mask = (np.abs(np.mod(v * 5, 1) - 0.5) < rng.uniform(0.08, 0.25)).astype(np.float32)
    mask = cv2.GaussianBlur(mask, (0, 0), 1.5)[..., None]
    pile = 0.8 + 0.4 * rng.random((n, n, 1)).astype(np.float32)
    out: Grid = (sh.hex_srgb(f.colour) * (1 - mask) + sh.hex_srgb(f.second) * mask) * pile
    return out


def _surface(f: Floor, laid: _Laid, rng: np.random.Generator) -> Grid:
    n = laid.gap.shape[0]
    one, two = sh.hex_srgb(f.colour), sh.hex_srgb(f.second)
    swap = _swapped(f, laid, rng)
    base = np.where(swap[..., None], two, one).astype(np.float32)
    if f.surface == "figured":
        return _figured(f, n, rng)
    if f.surface == "carpet":
        out = _cut(_carpet(f, n, rng), laid, rng)
        other = out * np.clip(two / np.maximum(one, 0.05), 0.4, 1.8)
        return np.asarray(np.where(swap[..., None], other, out), np.float32)
    if f.surface == "wood":
        grain = sh.wood("#ffffff", int(rng.integers(1 << 30)), 1024)[..., :1]
        grain = 1 + (grain / max(float(grain.mean()), 1e-3) - 1) * (1 + 4 * f.speck)
        return np.asarray(base * _cut(np.asarray(grain, np.float32), laid, rng), np.float32)
    cloud = sh.noise((n, n), 5, rng, 6)[..., None] - 0.5
    fine = cv2.GaussianBlur(rng.random((n, n)).astype(np.float32) - 0.5, (0, 0), 0.7)[..., None]
    out = base * (1 + f.speck * cloud + 1.6 * f.speck * fine)
    if f.surface == "marble":
        veins = _cut(_veins(n, f.vein, rng)[..., None], laid, rng)
        tinge = np.clip(two / np.maximum(one, 0.05), 0.6, 1.4)
        out = out * np.where(veins < 1, 1 - (1 - veins) * (1.3 - 0.5 * tinge), veins)
    elif f.surface == "terrazzo":
        out = _chips(out.astype(np.float32), (f.second, f.joint_colour), n / laid.period[0], rng)
    elif f.surface == "vinyl":
        fleck = cv2.resize(rng.random((n // 3, n // 9)).astype(np.float32), (n, n))[..., None]
        out = out * (1 + f.speck * np.where(fleck > 0.8, 1, np.where(fleck < 0.2, -1, 0)))
    elif f.surface == "concrete":
        trowel = sh.noise((n, n), 2, rng, 8)[..., None] - 0.5
        out = out * (1 + 0.35 * trowel)
    return np.asarray(out, np.float32)


def _swapped(f: Floor, laid: _Laid, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which pixels are of the second colour."""
    row, col = laid.row, laid.col
    if f.pattern == "checker":
        return np.asarray((row + col) % 2 == 1)
    if f.pattern == "band":
        return np.asarray((row == 0) | ((col == 0) if f.laying == "grid" else (row < 0)))
    if f.pattern == "scatter":
        return (rng.random(STRIDES) < rng.uniform(0.1, 0.5))[laid.number]
    if f.pattern == "dots":  # small squares set into the corners
        n = laid.gap.shape[0]
        i = (np.arange(n, dtype=np.float32) + 0.5) / n
        x, y = np.meshgrid(i * laid.period[0], i * laid.period[1])
        return _edge(x, f.tile[0]) + _edge(y, f.tile[1]) < 0.13 * min(f.tile)
    return np.zeros(row.shape, bool)


def _used(f: Floor, out: Grid, px_per_m: float, rng: np.random.Generator) -> Grid:
    """Traffic: dull and dark paths, cracks, chair and shoe marks, mended patches."""
    n = out.shape[0]
    if f.wear:
        paths = sh.noise((n, n), 2, rng, 5)[..., None]
        out = out * (1 - f.wear * np.clip(paths * 1.6 - 0.5, 0, 1))
    out = np.ascontiguousarray(out, np.float32)
    for _ in range(f.patches):
        w, d = (rng.uniform(0.15, 0.9, 2) * px_per_m).astype(int)
        x, y = int(rng.integers(0, n - w)), int(rng.integers(0, n - d))
        out[y : y + d, x : x + w] *= rng.uniform(0.82, 1.12)
        if rng.random() < 0.5:
            cv2.rectangle(out, (x, y), (x + w, y + d), (0.25, 0.25, 0.25), 2, cv2.LINE_AA)
    mark = np.zeros((n, n), np.float32)
    for _ in range(f.cracks):
        p, a, line = rng.uniform(0.1, 0.9, 2) * n, rng.uniform(0, 7), []
        for _ in range(int(rng.integers(12, 60))):
            line.append(p)
            a += rng.normal(0, 0.35)
            p = p + np.array([math.cos(a), math.sin(a)]) * px_per_m * rng.uniform(0.01, 0.06)
        points = np.rint(np.array(line) * 16).astype(np.int32)
        cv2.polylines(
            mark,
            [points],
            False,
            float(rng.uniform(0.35, 0.85)),
            int(rng.integers(1, 3)),
            cv2.LINE_AA,
            4,
        )
    for _ in range(f.scuffs):
        at, r = rng.uniform(0, n, 2), rng.uniform(0.03, 0.5) * px_per_m
        start = rng.uniform(0, 360)
        cv2.ellipse(
            mark,
            tuple(map(int, at)),
            (int(r), int(r * rng.uniform(0.2, 1))),
            float(start),
            0,
            float(rng.uniform(10, 70)),
            float(rng.uniform(0.08, 0.4)),
            int(rng.integers(1, 5)),
            cv2.LINE_AA,
        )
    if f.cracks or f.scuffs:
        out *= 1 - cv2.GaussianBlur(mark, (0, 0), 0.8)[..., None]
    return out


def picture(f: Floor, seed: int, n: int = SIDE_PX) -> tuple[Grid, tuple[float, float]]:
    """The floor in sRGB 0..1, and the metres in x and y after which it repeats."""
    rng = np.random.default_rng(seed)
    laid = _laid(f, n, rng)
    shade = 1 + f.vary * (rng.random(STRIDES).astype(np.float32) * 2 - 1)
    out = _surface(f, laid, rng) * shade[laid.number][..., None]
    px_per_m = n / max(laid.period)
    out = _used(f, out, px_per_m, rng)
    if f.joint > 0:
        # a joint narrower than a pixel shows as a fainter one
        cover = np.clip((f.joint / 2 - laid.gap) * px_per_m + 0.5, 0, min(1, f.joint * px_per_m))
        out = out * (1 - cover[..., None]) + sh.hex_srgb(f.joint_colour) * cover[..., None]
    return np.clip(out, 0, 1).astype(np.float32), laid.period


def material(name: str, f: Floor, seed: int) -> Any:
    """The floor as a material, mapped in metres on whatever lies in the plane z = 0."""
    rgb, period = picture(f, seed)
    m = sh.picture_material(name, rgb, f.rough, coords="Object", spec=0.5)
    mapping = next(k for k in m.node_tree.nodes if k.type == "MAPPING")
    mapping.vector_type = "TEXTURE"  # turned first, then measured in periods
    mapping.inputs["Scale"].default_value = (period[0], period[1], 1)
    mapping.inputs["Rotation"].default_value = (0, 0, math.radians(f.turn))
    return m
