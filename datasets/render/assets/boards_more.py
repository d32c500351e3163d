"""Notices and leaflet racks of other constructions than `signs.notice` and `signs.rack`."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.lettering import bill, leaflet
from datasets.render.assets.shapes import builder, grain, mat, pic, sheet
from datasets.render.assets.stands import FLAT, board, clear, leaf, moved, pane, wedge


def posted(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "acrylic",
    layout: str = "text",
    title: str = "办事须知",
    ground: str = "#f4f2ea",
    ink: str = "#30343a",
    accent: str = "#b8201c",
    body: str = "#b4b8bc",
    metal: float = 0.6,
    size: tuple[float, float] = (0.21, 0.297),
    lean: float = 0.2,
) -> Any:
    """A notice to the public.

    ``kind``: "acrylic" (clear L), "double" (clear sheets upright in a base, both sides), "tent"
    (a table tent), "frame" (a metal frame on a prop), "hung" (a board hung in a stand),
    "taped" (coated, flat, taped down), "coated" (coated, flat, its clear border curling),
    "block" (a thick small block), "clip" (a sheet gripped by a bar on a stem), "easel" (a board
    on a small easel), "floor" (a frame on a pole, breast high).
    """
    w, h = size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    print_ = bill(seed, size, title, ground, ink, accent, layout)
    m = pic(ident, "print", print_, 0.35, coords="UV")
    white = mat(ident, "blank", ground, 0.6)
    rim = mat(ident, "rim", "#e4eef0", 0.12)
    stand = mat(ident, "body", body, 0.35, min(1.0, metal))
    if kind == "acrylic":
        glass, deep = clear(ident, "glass"), 0.05 + h * 0.2
        foot = (0.0, -deep / 3, 0.0015)
        pane(b, (w + 0.012, h + 0.01), glass, rim, foot=foot, lean=lean)
        pane(b, (w + 0.012, deep), glass, rim, foot=foot, lean=FLAT)
        leaf(b, size, m, foot=foot, lean=lean, up=0.004, out=0.0018)
        leaf(b, size, white, foot=foot, lean=lean, up=0.004, out=0.0018, back=True)
    elif kind == "double":
        z = 0.014
        b.box((0, 0, z / 2), (w + 0.012, 0.085, z), rim, bevel=0.003)
        board(b, (w + 0.01, h + 0.01, 0.006), rim, foot=(0, 0, z))
        for back in (False, True):
            leaf(b, size, m, foot=(0, 0, z), up=0.006, out=0.0036, back=back)
    elif kind == "tent":
        d = h * 0.26
        tilt = math.asin(0.26)
        for turn in (0.0, math.pi):
            with moved(b, turn=turn):
                board(b, (w, h, 0.002), white, foot=(0, -d, 0.001), lean=tilt)
                leaf(b, size, m, foot=(0, -d, 0.001), lean=tilt, out=0.0016)
        b.box((0, 0, 0.002), (w, d * 1.9, 0.002), white)
    elif kind == "frame":
        foot = (0.0, -h * 0.18, 0.003)
        board(b, (w + 0.036, h + 0.036, 0.012), stand, foot=foot, lean=lean + 0.08, bevel=0.002)
        leaf(b, size, m, foot=foot, lean=lean + 0.08, up=0.018, out=0.0068)
        top = h * 0.66
        y = foot[1] + top * math.tan(lean + 0.08)
        board(b, (w * 0.2, top, 0.004), stand, foot=(0, y + top * 0.3, 0.001), lean=-0.29)
    elif kind == "hung":
        x, z = w / 2 + 0.024, h + 0.07
        for s in (-1, 1):
            b.box((s * x, 0, 0.006), (0.022, 0.13, 0.012), stand, bevel=0.002)
            b.cyl((s * x, 0, z / 2), 0.006, z, stand, sides=10)
        b.cyl((0, 0, z), 0.006, 2 * x, stand, rot=(0, FLAT, 0), sides=10)
        for s in (-1, 1):
            b.cyl((s * w * 0.36, 0, z - 0.013), 0.003, 0.026, stand, sides=6)
        foot = (0.0, 0.0, z - h - 0.026)
        board(b, (w + 0.008, h + 0.008, 0.006), white, foot=foot)
        for back in (False, True):
            leaf(b, size, m, foot=foot, up=0.004, out=0.0036, back=back)
    elif kind == "taped":
        b.plane((0, 0, 0.0014), (w, h, 0), m)
        tape = clear(ident, "tape", "#e6dfc4", 0.72)
        for sx in (-1, 1):
            for sy in (-1, 1):
                at = (sx * w / 2, sy * h / 2, 0.002)
                b.plane(at, (0.055, 0.02, 0), tape, rot=(0, 0, -sx * sy * 0.78))
    elif kind == "coated":
        film = mat(ident, "film", "#dde6ea", 0.08)

        def bow(u: float, v: float) -> float:
            return 0.03 * max(0.0, abs(u * v) - 0.12) + 0.001

        sheet(b, (w + 0.014, h + 0.014), film, height=bow, cuts=10)
        sheet(b, size, m, at=(0, 0, 0.0012), height=bow, cuts=10)
    elif kind == "block":
        board(b, (w, h, 0.024), rim, bevel=0.003)
        board(b, (w * 0.8, 0.008, 0.055), stand)
        leaf(b, (w * 0.94, h * 0.95), m, up=h * 0.025, out=0.0126)
        leaf(b, (w * 0.94, h * 0.95), white, up=h * 0.025, out=0.0126, back=True)
    elif kind == "clip":
        b.cyl((0, 0, 0.008), 0.05, 0.016, stand)
        b.cyl((0, 0.004, 0.045), 0.005, 0.07, stand, sides=10)
        b.box((0, 0, 0.078), (w * 0.4, 0.014, 0.018), stand, bevel=0.003)
        board(b, (w, h, 0.002), white, foot=(0, 0, 0.072), lean=0.08)
        for back in (False, True):
            leaf(b, size, m, foot=(0, 0, 0.072), lean=0.08, out=0.0016, back=back)
    elif kind == "easel":
        tilt, tall = 0.26, h * 1.16
        for s in (-1, 1):
            foot = (s * w * 0.36, -h * 0.16, 0.002)
            board(b, (0.012, tall, 0.012), stand, foot=foot, lean=tilt)
        top = tall * math.cos(tilt)
        y = -h * 0.16 + tall * math.sin(tilt)
        board(b, (0.012, top, 0.01), stand, foot=(0, y + h * 0.3, 0.001), lean=-0.27)
        rest = (0, -h * 0.15 - 0.008, h * 0.14)
        b.box((0, -h * 0.16, h * 0.135), (w * 0.9, 0.03, 0.01), stand)
        board(b, (w, h, 0.006), white, foot=rest, lean=tilt)
        leaf(b, size, m, foot=rest, lean=tilt, out=0.0036)
    else:  # a frame on a pole
        k, z = 1.6, 1.0
        b.cyl((0, 0, 0.012), 0.17, 0.024, stand, sides=28)
        b.cyl((0, 0.012, z / 2), 0.015, z, stand, sides=12)
        foot = (0.0, 0.0, z)
        board(b, (w * k + 0.05, h * k + 0.05, 0.018), stand, foot=foot, lean=lean, bevel=0.003)
        leaf(b, (w * k, h * k), m, foot=foot, lean=lean, up=0.025, out=0.0098)
    return b.object()


def _standing(
    b: Any, prints: Sequence[Any], size: Sequence[float], foot: Sequence[float], lean: float, n: int
) -> None:
    """``n`` leaflets standing behind each other, each a little aside."""
    w, h = size
    for k in range(n):
        at = (foot[0] + 0.004 * math.sin(2.3 * k), foot[1] + 0.006 * (n - 1 - k), foot[2])
        m = prints[k % len(prints)]
        up = 0.003 * ((n - 1 - k) % 3)
        leaf(b, (w, h), m, foot=at, lean=lean, up=up)


def leaflets(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "pocket",
    tiers: int = 2,
    wide: int = 2,
    frame: str = "#c9ccd0",
    prints: tuple[str, ...] = ("#2a6ab0", "#e8e2d0"),
    words: str = "办事指南",
    leaf_size: tuple[float, float] = (0.1, 0.21),
    lean: float = 0.22,
    full: int = 4,
) -> Any:
    """A rack of leaflets for the public, ``wide`` by ``tiers`` places of ``leaf_size``.

    ``kind``: "pocket" (clear pockets), "wire" (bent wire), "turning" (four sides about a post),
    "steps" (a stepped box), "panel" (pockets on a board), "fan" (leaflets spread in a box),
    "tilted" (sloping shelves between two cheeks), "column" (such shelves, breast high), "tree"
    (pockets up a pole on a foot), "easel" (wire baskets on two legs).
    """
    w, h = leaf_size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    m = mat(ident, "frame", frame, 0.35, 0.2)
    rim, glass = mat(ident, "rim", "#e4eef0", 0.12), clear(ident, "glass")
    papers = [
        pic(
            ident,
            f"leaf{k}",
            leaflet(
                seed + k, (prints[k % len(prints)], prints[(k + 1) % len(prints)]), words, leaf_size
            ),
            0.5,
            coords="UV",
        )
        for k in range(min(4, max(2, wide * tiers)))
    ]
    pitch, high = w + 0.016, kind in ("column", "tree", "easel")
    total = pitch * wide

    def row(z: float, y: float, shift: int, tilt: float) -> None:
        for i in range(wide):
            x = pitch * (i - (wide - 1) / 2)
            own = papers[(i + shift) % len(papers) :] + papers[: (i + shift) % len(papers)]
            _standing(b, own[:1], leaf_size, (x, y, z), tilt, full - (i + shift) % 2)

    def pocket(z: float, y: float, tilt: float, at_x: float = 0.0, broad: float = total) -> None:
        pane(b, (broad, h * 0.5), glass, rim, foot=(at_x, y - 0.012, z - 0.003), lean=tilt)

    if kind == "pocket":
        for t in range(tiers):
            y, z = -0.06 + 0.055 * t, 0.006 + h * 0.42 * t
            board(b, (total, h * 0.86, 0.004), rim, foot=(0, y + 0.03, z), lean=lean)
            b.box((0, y + 0.01, z), (total, 0.045, 0.004), rim)
            row(z + 0.004, y, t, lean)
            pocket(z, y, lean)
        b.box((0, 0.0, 0.003), (total, 0.13 + 0.04 * tiers, 0.005), rim)
    elif kind == "wire":
        r = 0.0028
        for t in range(tiers):
            y, z = -0.06 + 0.06 * t, 0.012 + h * 0.4 * t
            row(z, y, t, lean)
            for q, dy in ((0.0, 0.0), (0.42, -0.012)):
                at = (0, y + dy + h * q * math.sin(lean), z + h * q)
                b.cyl(at, r, total, m, rot=(0, FLAT, 0), sides=6)
            for i in range(wide + 1):
                x = pitch * (i - wide / 2)
                board(b, (2 * r, h * 0.9, 2 * r), m, foot=(x, y + 0.03, z), lean=lean)
                board(b, (2 * r, h * 0.42, 2 * r), m, foot=(x, y - 0.01, z), lean=lean)
        for x in (-total / 2, total / 2):
            b.box((x, 0.02, 0.004), (0.006, 0.2, 0.008), m)
            rise = h * 0.4 * (tiers - 1) + 0.03
            b.box((x, -0.03 + 0.06 * tiers, rise / 2), (0.006, 0.006, rise), m)
    elif kind == "turning":
        half = pitch / 2 + 0.015
        z0, tall = 0.03, (h + 0.03) * tiers + 0.02
        b.cyl((0, 0, 0.012), half * 1.15, 0.024, m)
        b.box((0, 0, z0 + tall / 2), (2 * half - 0.03, 2 * half - 0.03, tall), m, bevel=0.003)
        for side in range(4):
            with moved(b, turn=side * math.pi / 2 + 0.3):
                for t in range(tiers):
                    z = z0 + 0.02 + (h + 0.03) * t
                    one = papers[(side + t) % len(papers)]
                    _standing(b, [one], leaf_size, (0, -half - 0.012, z), 0.03, 2)
                    pocket(z, -half - 0.01, 0.0, broad=pitch)
    elif kind == "steps":
        d, rise = 0.05, h * 0.34
        for t in range(tiers):
            y, z = -0.06 + d * t, rise * t
            b.box((0, y + d / 2, z / 2 + 0.006), (total + 0.02, d, z + 0.012), m)
            b.box((0, y, z + rise * 0.25 + 0.015), (total + 0.02, 0.008, rise * 0.5 + 0.03), m)
            row(z + 0.012, y + 0.012, t, 0.12)
        y = -0.06 + d * tiers
        back = rise * (tiers - 1) + h * 0.8
        b.box((0, y, back / 2), (total + 0.02, 0.01, back), m)
    elif kind == "panel":
        tall = h * 1.08 * tiers + 0.04
        board(b, (total + 0.04, tall, 0.012), m, foot=(0, 0.03, 0.002), lean=0.12, bevel=0.002)
        b.box((0, 0.06, 0.005), (total * 0.8, 0.16, 0.01), m, bevel=0.002)
        for t in range(tiers):
            z = 0.02 + h * 1.08 * t
            y = 0.03 + z * math.tan(0.12) - 0.026
            row(z, y, t, 0.12)
            pocket(z, y, 0.12)
    elif kind == "fan":
        base = (pitch * 1.5, 0.1, 0.05)
        for s in (-1, 1):
            b.box((0, s * 0.04, 0.035), (base[0], 0.005, 0.07), m)
            b.box((s * base[0] / 2, 0, 0.035), (0.005, 0.085, 0.07), m)
        b.box((0, 0, 0.003), (base[0], 0.085, 0.006), m)
        n = full + 3
        for k in range(n):
            spread = (k - (n - 1) / 2) * 0.11
            z = 0.008 + w / 2 * math.sin(abs(spread))  # it stands on its lower corner
            with moved(b, (0, 0.022 - 0.007 * k, z), roll=spread):
                leaf(b, leaf_size, papers[k % len(papers)], lean=0.1)
    elif kind in ("tilted", "column"):
        z0, n = (0.3 if high else 0.01), (tiers + 2 if high else tiers)
        step = h * 0.82
        tall, deep = z0 + step * n + h * 0.3, 0.16 if not high else 0.3
        for s in (-1, 1):
            x = s * (total / 2 + 0.012)
            front = -deep / 2
            with moved(b, (x, 0, 0)):
                outline = [(front, 0), (deep / 2, 0), (deep / 2, tall), (deep / 4, tall)]
                outline += [(front, z0 + 0.08)]
                wedge(b, outline, 0.014, m)
        for t in range(n):
            z = z0 + step * t
            y = -deep / 2 + 0.03 + (deep * 0.5) * t / max(1, n)
            row(z + 0.008, y, t, 0.3)
            b.box((0, y + 0.02, z), (total + 0.01, 0.06, 0.008), m)
            b.box((0, y - 0.012, z + 0.02), (total + 0.01, 0.005, 0.045), m)
            board(b, (total + 0.01, h * 0.8, 0.004), m, foot=(0, y + 0.034, z), lean=0.3)
    elif kind == "tree":
        tall = 0.45 + (h + 0.06) * (tiers + 1)
        b.cyl((0, 0.02, 0.012), 0.18, 0.024, m)
        b.cyl((0, 0.02, tall / 2), 0.018, tall, m, sides=14)
        for t in range(tiers + 1):
            z = 0.45 + (h + 0.05) * t
            board(b, (total, h, 0.004), rim, foot=(0, -0.005, z), lean=0.2)
            row(z + 0.004, -0.035, t, 0.2)
            pocket(z, -0.035, 0.2)
    else:  # wire baskets between two legs that lean together
        tall, tilt = 0.3 + h * 0.9 * (tiers + 2), 0.16
        for x in (-total / 2 - 0.01, total / 2 + 0.01):
            board(b, (0.018, tall, 0.018), m, foot=(x, -0.16, 0), lean=tilt)
            y = -0.16 + tall * math.sin(tilt)
            board(b, (0.018, tall * 0.97, 0.018), m, foot=(x, y + tall * 0.16, 0), lean=-tilt)
        back = grain(ident, "shelf", frame, 0.1, 30)
        for t in range(tiers + 2):
            z = 0.3 + h * 0.85 * t
            y = -0.16 + z * math.tan(tilt) - 0.03
            row(z, y, t, 0.3)
            b.box((0, y + 0.01, z - 0.004), (total, 0.07, 0.006), back)
            b.cyl((0, y - 0.022, z + 0.06), 0.004, total, m, rot=(0, FLAT, 0), sides=6)
            b.cyl((0, y - 0.022, z + 0.02), 0.004, total, m, rot=(0, FLAT, 0), sides=6)
    return b.object()
