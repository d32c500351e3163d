"""What the designs of teaching furniture are made of: surfaces, slabs, shells, feet, and chance.

Every piece stands on z = 0 about its origin, its front towards -y, its back towards +y.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np

from datasets.render.assets.core import Lazy
from datasets.render.assets.drawn import drawn_colour, drawn_value
from datasets.render.pieces import Piece, hash_seed

sh: Any = Lazy("datasets.render.shading")

Size = tuple[float, float, float]

SPAN: Final[dict[str, Size]] = {
    "desk": (0.13, 0.12, 0.025),
    "counter": (0.0, 0.18, 0.06),
    "cabinet": (0.18, 0.12, 0.25),
    "tower": (0.15, 0.15, 0.15),
    "tray": (0.2, 0.1, 0.15),
    "seat": (0.08, 0.06, 0.05),
    "cushion": (0.1, 0.1, 0.25),
}
"""How far chance takes the size of each kind: a part of the size, either way."""

LIMITS: Final[dict[str, tuple[Size, Size]]] = {
    "desk": ((1.35, 0.58, 0.70), (1.8, 0.8, 0.78)),
    "counter": ((0.5, 0.25, 0.75), (4.0, 0.5, 1.16)),
    "cabinet": ((0.5, 0.34, 0.6), (2.4, 0.6, 2.1)),
}
"""The least and the greatest size of a kind whose top things lie on."""


FIXED: Final = frozenset({"kind", "places", "base"})
"""Traits that chance does not mix in a seat: its size is measured for them."""


@dataclass(frozen=True)
class Design:
    """A construction: ``maker(key, size, rng, **params)`` gives its root object."""

    maker: Callable[..., Any]
    size: Size
    params: Mapping[str, Any] = field(default_factory=dict)

    def facts(self) -> list[Any]:
        """What a fingerprint is taken of."""
        return [self.maker.__name__, self.size, dict(self.params)]


def drawn_design(table: Mapping[str, Design], kind: str, number: int) -> tuple[str, Design]:
    """Design ``number`` of a kind's pool: one of ``table``, with its sisters' traits mixed in.

    The same number gives the same design.  Returns its key, ``KEY~NUMBER``.
    """
    rng = random.Random(f"{kind}/{number}")
    keys = sorted(table)
    key = keys[number % len(keys)]
    base = table[key]
    others = [table[k] for k in keys if k != key and table[k].maker is base.maker]
    params: dict[str, Any] = {}
    for name, value in base.params.items():
        given = [o.params[name] for o in others if name in o.params]
        bound = kind == "seat" and name in FIXED
        mixed = rng.choice(given) if given and not bound and rng.random() < 0.4 else value
        params[name] = drawn_value(name, mixed, rng, free=rng.random() < 0.2)
    span = SPAN[kind]
    size: tuple[float, ...] = tuple(
        v * rng.uniform(1 - s, 1 + s) for v, s in zip(base.size, span, strict=True)
    )
    if kind in LIMITS:
        low, high = LIMITS[kind]
        size = tuple(min(max(v, a), c) for v, a, c in zip(size, low, high, strict=True))
    w, d, h = (round(v, 3) for v in size)
    return f"{key}~{number}", Design(base.maker, (w, d, h), params)


def pieces_of(
    table: Mapping[str, Design],
    kind: str,
    pool: int,
    cls: str | None,
    tags: tuple[str, ...] = (),
    dims: Callable[[Design], dict[str, float]] = lambda _: {},
) -> list[Piece]:
    """A kind's designs as they stand in ``table``, then ``pool`` drawn by chance."""
    every = [*table.items(), *(drawn_design(table, kind, n) for n in range(pool))]
    return [
        Piece(k, cls, "train", partial(v.maker, k, v.size, **v.params), v.size, tags, dims(v))
        for k, v in every
    ]


# ---------------------------------------------------------------------------------- surfaces


def _veined(colour: str, seed: int) -> Any:
    """Polished stone: clouds, and thin veins lighter or darker than the ground."""
    rng = np.random.default_rng(seed)
    n = sh.noise((256, 256), 3, rng, 5)
    vein = np.exp(-(((n - 0.5) / 0.018) ** 2))[..., None]
    ground = sh.speckle(colour, seed, 0.12, 5, 256)
    ink = 0.92 if float(sh.hex_srgb(colour).mean()) < 0.45 else 0.35
    return ground * (1 - 0.55 * vein) + ink * 0.55 * vein


def _mesh(colour: str) -> Any:
    """Stretched netting, close enough that only its threads' rows show."""
    i = np.arange(128)
    hole = (np.sin(i * 2 * math.pi / 8)[:, None] * np.sin(i * 2 * math.pi / 8)[None]) > 0.1
    return np.where(hole[..., None], 0.55, 1.1) * sh.hex_srgb(colour)[None, None]


ROUGH: Final[dict[str, float]] = {
    "wood": 0.45,
    "varnish": 0.15,
    "plain": 0.55,
    "gloss": 0.1,
    "stone": 0.3,
    "veined": 0.12,
    "glass": 0.03,
    "cloth": 0.92,
    "leather": 0.35,
    "mesh": 0.8,
    "plastic": 0.35,
    "metal": 0.3,
    "paint": 0.45,
    "fluff": 1.0,
}


def surface(key: str, part: str, kind: str, colour: str, scale: float = 0.0) -> Any:
    """A material of ``kind`` (one of ``ROUGH``); ``scale`` repeats its picture a metre."""
    name = f"{key}.{part}"
    rough = ROUGH[kind]
    seed = hash_seed(name)
    if kind in ("plastic", "metal", "glass", "gloss", "paint"):
        return sh.material(name, sh.hex_linear(colour), rough, 0.85 if kind == "metal" else 0.0)
    picture, repeat, spec = {
        "wood": lambda: (sh.wood(colour, seed, 384), 0.9, 0.35),
        "varnish": lambda: (sh.wood(colour, seed, 384), 0.7, 0.5),
        "plain": lambda: (sh.speckle(colour, seed, 0.06, 40, 256), 1.2, 0.35),
        "stone": lambda: (sh.speckle(colour, seed, 0.35, 60, 256), 1.2, 0.5),
        "veined": lambda: (_veined(colour, seed), 1.1, 0.5),
        "cloth": lambda: (sh.weave(colour, seed), 5.0, 0.2),
        "leather": lambda: (sh.speckle(colour, seed, 0.14, 40, 256), 4.0, 0.5),
        "mesh": lambda: (_mesh(colour), 9.0, 0.3),
        "fluff": lambda: (sh.speckle(colour, seed, 0.4, 60, 256), 4.0, 0.1),
    }[kind]()
    return sh.picture_material(
        name,
        np.asarray(np.clip(picture, 0, 1), np.float32),
        rough,
        scale=scale or repeat,
        coords="Object",
        projection="BOX",
        spec=spec,
        bump=0.6 if kind == "fluff" else 0.0,
    )


# ---------------------------------------------------------------------------------- shapes


def outline(w: float, d: float, corner: float, bow: float = 0.0) -> list[tuple[float, float]]:
    """A top seen from above, its corners rounded; ``bow`` bulges its front edge beyond -d/2."""
    r = max(0.001, min(corner, w / 2 - 0.01, d / 2 - 0.01))
    out: list[tuple[float, float]] = []
    for cx, cy, a in ((1, 1, 0), (-1, 1, 1), (-1, -1, 2), (1, -1, 3)):
        for k in range(5):
            t = math.pi / 2 * (a + k / 4)
            out.append((cx * (w / 2 - r) + r * math.cos(t), cy * (d / 2 - r) + r * math.sin(t)))
        if bow and a == 2:
            n = 10
            out += [
                (x, -d / 2 - bow * math.sin(math.pi * k / n))
                for k in range(1, n)
                for x in ((-1 + 2 * k / n) * (w / 2 - r),)
            ]
    return out


def slab(b: Any, points: Sequence[tuple[float, float]], z0: float, z1: float, m: Any) -> None:
    """An upright prism over ``points`` from z0 to z1."""
    low = [b.bm.verts.new((x, y, z0)) for x, y in points]
    high = [b.bm.verts.new((x, y, z1)) for x, y in points]
    n = len(points)
    b.bm.faces.new(low[::-1])
    b.bm.faces.new(high)
    for i in range(n):
        b.bm.faces.new((low[i], low[(i + 1) % n], high[(i + 1) % n], high[i]))
    b._finish(low + high, m, False)


def shell(
    b: Any,
    size: Size,
    at: Size,
    tilt: float,
    m: Any,
    *,
    wrap: float = 0.0,
    sag: float = 0.0,
    corner: float = 0.12,
    taper: float = 0.0,
    cells: int = 12,
) -> None:
    """A bent sheet of (width, thickness, height) standing at its middle ``at``, leant by ``tilt``.

    ``wrap`` brings its sides forward (-y), ``sag`` its middle height; ``corner`` 0 is square,
    ``taper`` makes its top narrower.
    """
    w, t, h = size
    c, s = math.cos(tilt), math.sin(tilt)
    verts: list[Any] = []
    n = cells + 1
    for layer in (-1, 1):
        for i in range(n):
            for k in range(n):
                u, v = 2 * k / cells - 1, 2 * i / cells - 1
                x = u * w / 2 * (1 - corner * abs(v) ** 6) * (1 - taper * (v + 1) / 2)
                z = v * h / 2 * (1 - corner * abs(u) ** 6)
                edge = 1 - 0.6 * max(abs(u), abs(v)) ** 8
                y = layer * t / 2 * edge - wrap * u * u - sag * (1 - v * v)
                verts.append(
                    b.bm.verts.new((at[0] + x, at[1] + c * y + s * z, at[2] - s * y + c * z))
                )
    half = n * n
    for i in range(cells):
        for k in range(cells):
            a = i * n + k
            q = (a, a + 1, a + n + 1, a + n)
            b.bm.faces.new([verts[p] for p in q])
            b.bm.faces.new([verts[p + half] for p in reversed(q)])
    rim = [
        *range(n),
        *(n * i + n - 1 for i in range(1, n)),
        *range(half - 2, half - n - 1, -1),
        *(n * i for i in range(n - 2, 0, -1)),
    ]
    for p, q2 in zip(rim, rim[1:] + rim[:1], strict=True):
        b.bm.faces.new((verts[q2], verts[p], verts[p + half], verts[q2 + half]))
    b._finish(verts, m, True)


def castors(b: Any, x: float, y: float, w: float, d: float, m: Any, radius: float = 0.025) -> None:
    """Four wheels under a box of (w, d) about (x, y)."""
    for i in (-1, 1):
        for k in (-1, 1):
            b.cyl(
                (x + i * (w / 2 - 0.04), y + k * (d / 2 - 0.04), radius),
                radius,
                0.02,
                m,
                rot=(0, math.pi / 2, 0),
                sides=12,
            )


def handle(
    b: Any, kind: str, at: Size, length: float, m: Any, dark: Any, *, upright: bool = False
) -> None:
    """A door's or drawer's pull on a front at y = at[1]: bar, bow, knob, cup, slot, lip, lock."""
    x, y, z = at
    flat = (0.012, length) if upright else (length, 0.012)
    if kind == "bar":
        b.box((x, y - 0.024, z), (flat[0], 0.012, flat[1]), m, bevel=0.003)
        for s in (-0.4, 0.4):
            dx, dz = (0.0, s * length) if upright else (s * length, 0.0)
            b.box((x + dx, y - 0.012, z + dz), (0.01, 0.024, 0.01), m)
    elif kind == "bow":
        ends = [(-0.5, 0.0), (-0.35, 0.028), (0.35, 0.028), (0.5, 0.0)]
        pts = [
            (x, y - o, z + a * length) if upright else (x + a * length, y - o, z) for a, o in ends
        ]
        b.tube(pts, 0.006, m)
    elif kind == "knob":
        b.ball((x, y - 0.018, z), (0.016, 0.016, 0.016), m, segments=12)
    elif kind == "cup":
        b.box((x, y - 0.002, z), (0.09, 0.008, 0.05), m, bevel=0.003)
        b.box((x, y - 0.006, z), (0.07, 0.004, 0.032), dark)
    elif kind == "slot":
        b.box((x, y - 0.001, z), (flat[0] * 1.3, 0.004, flat[1] * 1.3), dark)
    elif kind == "lip":
        b.box((x, y - 0.01, z), (flat[0], 0.02, flat[1] * 0.6), m)
    elif kind == "lock":
        b.cyl((x, y - 0.004, z), 0.012, 0.01, m, rot=(math.pi / 2, 0, 0), sides=12)


def colour_of(given: str, rng: random.Random, kind: str) -> str:
    """Another colour for a surface of ``kind``: wood and metal stay what they are."""
    return drawn_colour(given, rng, free=kind not in ("wood", "varnish", "metal"))
