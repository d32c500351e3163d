"""Shapes and pictures shared by the assets: turned bodies, soft lumps, sheets, printed pages."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy, seed_of

sh: Any = Lazy("datasets.render.shading")
Picture = NDArray[np.float32]


def builder(ident: str) -> Any:
    return sh.Builder(ident)


PART = "deskcheck_part"
"""The property of an object that names its class, where that is not the whole's."""


def part(piece: Any, whole: Any, cls: str) -> None:
    """Fix the object ``piece`` to the object ``whole``, to be labelled by itself as ``cls``."""
    piece.parent = whole
    piece[PART] = cls


def mat(
    ident: str, part: str, colour: str, rough: float = 0.5, metal: float = 0.0, **kw: Any
) -> Any:
    return sh.material(f"{ident}.{part}", sh.hex_linear(colour), rough, metal, **kw)


def pic(ident: str, part: str, picture: Picture, rough: float = 0.6, **kw: Any) -> Any:
    return sh.picture_material(f"{ident}.{part}", np.asarray(picture, np.float32), rough, **kw)


def grain(
    ident: str,
    part: str,
    colour: str,
    amount: float = 0.2,
    cells: int = 12,
    rough: float = 0.6,
    scale: float = 4.0,
    **kw: Any,
) -> Any:
    """A mottled surface mapped in metres on all sides."""
    return pic(
        ident,
        part,
        sh.speckle(colour, seed_of(ident + part) % 99991, amount, cells, 256),
        rough,
        scale=scale,
        coords="Object",
        projection="BOX",
        **kw,
    )


def cloth(ident: str, part: str, colour: str, scale: float = 6.0) -> Any:
    return pic(
        ident,
        part,
        sh.weave(colour, seed_of(ident + part) % 99991, 0.3),
        0.9,
        scale=scale,
        coords="Object",
        projection="BOX",
        spec=0.2,
    )


def revolve(
    b: Any,
    profile: Sequence[tuple[float, float]],
    m: Any,
    *,
    at: Sequence[float] = (0, 0),
    sides: int = 28,
    smooth: bool = True,
) -> None:
    """Turn (radius, height) pairs about the z axis; radius 0 closes an end."""
    rings: list[list[Any]] = []
    for r, z in profile:
        n = 1 if r <= 1e-6 else sides
        rings.append(
            [
                b.bm.verts.new(
                    (
                        at[0] + r * math.cos(2 * math.pi * k / sides),
                        at[1] + r * math.sin(2 * math.pi * k / sides),
                        z,
                    )
                )
                for k in range(n)
            ]
        )
    for p, q in pairwise(rings):
        for k in range(sides):
            a, c = p[k % len(p)], p[(k + 1) % len(p)]
            d, e = q[(k + 1) % len(q)], q[k % len(q)]
            vs = list(dict.fromkeys((a, c, d, e)))
            if len(vs) >= 3:
                b.bm.faces.new(vs)
    b._finish([v for ring in rings for v in ring], m, smooth)


def _wobble(
    p: NDArray[Any], rng: np.random.Generator, cells: float, octaves: int = 3
) -> NDArray[Any]:
    """Smooth chance field on points (N, 3), about -1..1."""
    out = np.zeros(len(p))
    for o in range(octaves):
        for _ in range(4):
            d = rng.normal(size=3)
            d *= cells * 2**o / np.linalg.norm(d)
            out += np.sin(p @ d + rng.uniform(0, 7)) * 0.5**o / 3
    return out


def lump(
    b: Any,
    centre: Sequence[float],
    radii: Sequence[float],
    m: Any,
    *,
    square: float = 2.0,
    rough: float = 0.08,
    cells: float = 3.0,
    seed: int = 0,
    floor: float | None = None,
    segments: int = 28,
    taper: float = 0.0,
) -> None:
    """A superellipsoid, pushed in and out; ``square`` 2 is an egg, 6 a padded box."""
    rng = np.random.default_rng(seed)
    n, rows = segments, segments // 2
    u = np.linspace(0, 2 * math.pi, n, endpoint=False)
    v = np.linspace(-math.pi / 2, math.pi / 2, rows + 1)
    e = 2 / square

    def pw(x: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(np.sign(x) * np.abs(x) ** e)

    pts = np.stack(
        [
            (pw(np.cos(v))[:, None] * pw(np.cos(u))[None]).ravel(),
            (pw(np.cos(v))[:, None] * pw(np.sin(u))[None]).ravel(),
            np.repeat(pw(np.sin(v)), n),
        ],
        1,
    )
    pts = pts * (1 + rough * _wobble(pts, rng, cells))[:, None]
    pts[:, :2] *= 1 - taper * (pts[:, 2:] + 1) / 2
    pts = pts * np.asarray(radii) + np.asarray(centre)
    if floor is not None:
        pts[:, 2] = np.maximum(pts[:, 2], floor)
    vs = [b.bm.verts.new(p) for p in pts]
    for i in range(rows):
        for k in range(n):
            b.bm.faces.new(
                (
                    vs[i * n + k],
                    vs[i * n + (k + 1) % n],
                    vs[(i + 1) * n + (k + 1) % n],
                    vs[(i + 1) * n + k],
                )
            )
    b._finish(vs, m, True)


def sheet(
    b: Any,
    size: Sequence[float],
    m: Any,
    *,
    at: Sequence[float] = (0, 0, 0),
    turn: float = 0.0,
    height: Callable[[float, float], float] | None = None,
    cuts: int = 8,
) -> None:
    """A thin leaf in xy with UV; ``height(u, v)`` bends it (u, v in -0.5..0.5)."""
    uv = b.bm.loops.layers.uv.verify()
    c, s = math.cos(turn), math.sin(turn)
    n = cuts if height else 1
    grid = {}
    for i in range(n + 1):
        for k in range(n + 1):
            u, v = i / n - 0.5, k / n - 0.5
            x, y = u * size[0], v * size[1]
            z = at[2] + (height(u, v) if height else 0.0)
            grid[i, k] = b.bm.verts.new((at[0] + c * x - s * y, at[1] + s * x + c * y, z))
    slot = b._slot(m)
    for i in range(n):
        for k in range(n):
            q = ((i, k), (i + 1, k), (i + 1, k + 1), (i, k + 1))
            f = b.bm.faces.new([grid[p] for p in q])
            for loop, p in zip(f.loops, q, strict=True):
                loop[uv].uv = (p[0] / n, p[1] / n)
            f.material_index = slot
            f.smooth = True


def curve(points: Sequence[Sequence[float]], steps: int = 8) -> list[tuple[float, float, float]]:
    """Catmull-Rom through ``points``."""
    p = np.asarray(points, float)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    out = []
    for i in range(1, len(p) - 2):
        for t in np.linspace(0, 1, steps, endpoint=False):
            a, b, c, d = p[i - 1 : i + 3]
            out.append(
                tuple(
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t**2
                        + (3 * b - a - 3 * c + d) * t**3
                    )
                )
            )
    out.append(tuple(p[-2]))
    return out


# ---------------------------------------------------------------------------------- pictures


@cache
def _font_file() -> str | None:
    for root in ("/usr/share/fonts", "/usr/local/share/fonts"):
        for p in sorted(Path(root).rglob("NotoSansCJK-Bold.ttc")):
            return str(p)
    return None


def lettered() -> None:
    """Say it where no Chinese face is installed: a hall whose signs bear bars is another one."""
    if _font_file() is None:
        sys.stderr.write(
            "No Chinese typeface is installed: signs bear bars in place of words, and figures "
            "differ from those of a hall with words. Install Noto Sans CJK (Debian: "
            "fonts-noto-cjk).\n"
        )


def text(words: Sequence[str], size_px: tuple[int, int], ink: str, ground: str) -> Picture:
    """Lines of Chinese words centred on a plain ground, (H, W, 3) sRGB 0..1."""
    from PIL import Image, ImageDraw, ImageFont

    w, h = size_px
    img = Image.new("RGB", size_px, ground)
    draw = ImageDraw.Draw(img)
    line = h / len(words)
    name = _font_file()
    for i, t in enumerate(words):
        px = int(min(line * 0.72, w * 0.9 / max(1, len(t))))
        if name is None:  # no CJK font on this machine: bars of the same weight
            for k in range(len(t)):
                x = w / 2 + (k - len(t) / 2) * px * 1.02
                draw.rectangle(
                    (x, line * (i + 0.5) - px / 2, x + px * 0.85, line * (i + 0.5) + px / 2),
                    outline=ink,
                    width=max(2, px // 8),
                )
            continue
        draw.text(
            (w / 2, line * (i + 0.5)), t, font=ImageFont.truetype(name, px), fill=ink, anchor="mm"
        )
    return np.asarray(img, np.float32) / np.float32(255)


def page(
    seed: int,
    ground: str = "#f2f1ec",
    ink: str = "#3c3c40",
    kind: str = "text",
    size_px: tuple[int, int] = (360, 508),
) -> Picture:
    """A printed form: heading, lines of words, sometimes a table or a red seal."""
    rng = np.random.default_rng(seed)
    w, h = size_px
    img = np.empty((h, w, 3), np.float32)
    img[:] = sh.hex_srgb(ground)
    pen = tuple(float(c) for c in sh.hex_srgb(ink))
    if kind == "blank":
        return img
    cv2.rectangle(img, (int(w * 0.3), 26), (int(w * 0.7), 42), pen, -1)
    y = 66
    if kind == "table":
        rows = int(rng.integers(8, 15))
        for r in range(rows + 1):
            cv2.line(img, (24, y + r * 26), (w - 24, y + r * 26), pen, 1)
        for x in (24, int(w * rng.uniform(0.2, 0.4)), int(w * rng.uniform(0.5, 0.7)), w - 24):
            cv2.line(img, (x, y), (x, y + rows * 26), pen, 1)
        for r in range(rows):
            x = 32
            cv2.line(
                img, (x, y + r * 26 + 14), (x + int(rng.integers(20, 90)), y + r * 26 + 14), pen, 6
            )
    else:
        while y < h - 40:
            x, end = 30, w - 30 if rng.random() < 0.8 else int(rng.integers(80, w - 40))
            while x < end:
                n = int(rng.integers(8, 36))
                cv2.line(img, (x, y), (min(x + n, end), y), pen, 5)
                x += n + 6
            y += int(rng.choice([14, 14, 14, 24]))
    if rng.random() < 0.4:
        cv2.circle(img, (int(w * 0.7), int(h * 0.82)), 34, (0.75, 0.12, 0.12), 3)
    return img


def banded(
    colours: Sequence[str], seed: int, size: int = 128, words: Sequence[str] = ()
) -> Picture:
    """Packaging: bands of colour, some strokes."""
    rng = np.random.default_rng(seed)
    img = np.empty((size, size, 3), np.float32)
    edges = np.sort(rng.uniform(0.15, 0.85, len(colours) - 1)) * size
    for c, lo in zip(colours, [0, *edges], strict=True):
        img[int(lo) :] = sh.hex_srgb(c)
    for _ in range(7):
        p = rng.integers(0, size, 2)
        q = p + rng.integers(6, 40, 2) * (1, 0)
        cv2.line(
            img,
            tuple(map(int, p)),
            tuple(map(int, q)),
            tuple(float(x) for x in rng.random(3)),
            int(rng.integers(2, 7)),
        )
    if words:
        t = text(words, (int(size * 0.8), int(size * 0.4)), "#ffffff", colours[0])
        img[
            int(size * 0.1) : int(size * 0.1) + t.shape[0],
            int(size * 0.1) : int(size * 0.1) + t.shape[1],
        ] = t
    return img
