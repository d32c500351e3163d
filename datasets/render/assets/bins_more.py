"""More bins: pedal and swing bins, square ones, wire baskets, sorting pairs."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, grain, lump, mat, pic, revolve, text
from datasets.render.assets.solids import film, grounded


def bin_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "pedal",
    r: float = 0.13,
    h: float = 0.34,
    colour: str = "#c8cacb",
    second: str = "#1d1e20",
    trim: str = "#b4b6b8",
    metal: float = 0.4,
    words: str = "可回收物",
    liner: bool = False,
    full: bool = False,
) -> Any:
    """``kind``: pedal (steel, pedal in front), square (open, tapered), swing (rocking lid), twin
    (two colours, signs), wire (basket), tall (cylinder with a hole at the top), oval (clip ring),
    ash (hall bin with a tray of sand), crate (desk-side box with rounded corners).

    ``liner``: a bag hangs over its rim; ``full``: it is heaped up.
    """
    b = builder(ident)
    seed = seed_of(ident) % 9999
    m, s = mat(ident, "shell", colour, 0.35, metal), mat(ident, "second", second, 0.45)
    t, dark = mat(ident, "trim", trim, 0.3, 0.8), mat(ident, "dark", "#0e0e0f", 0.9)
    rim, box = 0.0, (0.0, 0.0)  # where a bag may hang: a round rim, or a rectangular one
    top = h
    if kind == "pedal":
        revolve(b, [(0, 0), (r * 1.02, 0), (r * 1.02, 0.02)], s)
        revolve(b, [(r, 0.02), (r, h * 0.88)], m)
        revolve(b, [(r * 1.02, h * 0.88), (r * 1.02, h * 0.93), (r * 0.7, h * 0.99), (0, h)], m)
        revolve(b, [(r * 1.025, h * 0.86), (r * 1.025, h * 0.89)], s)
        b.box((0, -r * 1.1, 0.016), (0.07, 0.08, 0.014), s, bevel=0.004)
        b.box((0, r * 1.0, h * 0.86), (0.07, 0.03, 0.05), s, bevel=0.005)
    elif kind in ("square", "crate"):
        w, d = r * 1.9, r * (1.5 if kind == "square" else 1.1)
        box, n = (w, d), 0.05
        for sign in (-1, 1):
            b.box((sign * (w / 2 - 0.008), 0, h / 2), (0.006, d, h), m, rot=(0, sign * n, 0))
            b.box((0, sign * (d / 2 - 0.008), h / 2), (w, 0.006, h), m, rot=(-sign * n, 0, 0))
            b.box(
                (sign * w / 2, 0, h),
                (0.014, d + 0.014, 0.012),
                s if kind == "crate" else m,
                bevel=0.003,
            )
            b.box(
                (0, sign * d / 2, h),
                (w + 0.014, 0.014, 0.012),
                s if kind == "crate" else m,
                bevel=0.003,
            )
        b.box((0, 0, 0.01), (w * 0.92, d * 0.92, 0.02), dark)
    elif kind == "swing":
        w, d = r * 1.8, r * 1.5
        b.box((0, 0, h * 0.4), (w, d, h * 0.8), m, bevel=0.03, segments=3)
        b.box((0, 0, h * 0.84), (w * 1.04, d * 1.04, h * 0.1), s, bevel=0.012)
        for sign, a in ((-1, 0.55), (1, 0.55)):
            b.box(
                (0, sign * d * 0.24, h * 0.97),
                (w * 0.9, d * 0.52, 0.012),
                s,
                rot=(-sign * a, 0, 0),
                bevel=0.003,
            )
        for sign in (-1, 1):
            b.box((sign * w * 0.48, 0, h * 0.95), (0.016, d * 0.8, h * 0.16), m, bevel=0.004)
    elif kind == "twin":
        w, d = r * 1.5, r * 1.6
        for k in (0, 1):
            x = (k - 0.5) * w * 1.08
            b.box((x, 0, h * 0.45), (w, d, h * 0.9), m if k else s, bevel=0.015, segments=3)
            b.box((x, 0, h * 0.93), (w * 1.03, d * 1.03, h * 0.08), s if k else m, bevel=0.01)
            b.cyl((x, 0, h * 0.972), w * 0.28, 0.004, dark)
            art = text((words if k else "其他垃圾",), (128, 48), "#f4f4f4", colour if k else second)
            b.plane(
                (x, -d / 2 - 0.002, h * 0.55),
                (w * 0.7, h * 0.2, 0),
                pic(ident, f"sign{k}", art, 0.5, coords="UV"),
                rot=(math.pi / 2, 0, 0),
            )
    elif kind == "wire":
        rim = r
        wire = mat(ident, "wire", colour, 0.35, 0.6)
        for k in range(20):
            a = k * math.tau / 20
            b.tube(
                [
                    (r * 0.74 * math.cos(a), r * 0.74 * math.sin(a), 0.004),
                    (r * math.cos(a), r * math.sin(a), h),
                ],
                0.0022,
                wire,
                sides=5,
            )
        for z, q in ((0.006, 0.74), (h * 0.35, 0.83), (h * 0.7, 0.92), (h, 1.0)):
            pts = [
                (r * q * math.cos(a * math.tau / 28), r * q * math.sin(a * math.tau / 28), z)
                for a in range(29)
            ]
            b.tube(pts, 0.0045 if z == h else 0.0025, wire, sides=6)
        b.cyl((0, 0, 0.005), r * 0.74, 0.004, mat(ident, "floor", second, 0.6))
    elif kind in ("tall", "ash"):
        h *= 1.9
        top = h
        revolve(b, [(0, 0), (r * 0.98, 0), (r, 0.02), (r, h * 0.93), (r * 0.98, h * 0.95)], m)
        revolve(b, [(r * 1.01, 0), (r * 1.01, h * 0.05)], s)
        if kind == "tall":
            revolve(
                b,
                [
                    (r * 0.98, h * 0.95),
                    (r * 1.02, h * 0.97),
                    (r * 0.95, h),
                    (r * 0.6, h),
                    (r * 0.55, h * 0.94),
                    (0, h * 0.93),
                ],
                t,
            )
            b.cyl((0, 0, h * 0.945), r * 0.54, 0.003, dark)
        else:
            revolve(b, [(r, h * 0.95), (r * 1.03, h), (r * 0.94, h), (r * 0.9, h * 0.98)], t)
            b.cyl((0, 0, h * 0.98), r * 0.92, 0.01, grain(ident, "sand", trim, 0.5, 60))
            b.box((0, -r * 0.97, h * 0.7), (r, r * 0.2, h * 0.16), dark, bevel=0.01)
    else:
        rim = r
        revolve(
            b,
            [
                (0, 0),
                (r * 0.8, 0),
                (r * 0.84, 0.015),
                (r, h * 0.96),
                (r * 0.95, h * 0.9),
                (r * 0.78, 0.02),
                (0, 0.02),
            ],
            m,
        )
        revolve(b, [(r * 1.01, h * 0.92), (r * 1.05, h * 0.96), (r * 1.02, h), (r * 0.94, h)], s)
        for v in b.bm.verts:
            v.co.y *= 0.75
    if liner and (rim or box[0]):
        bag = film(ident, "bag", second if kind != "crate" else trim, 0.85, 0.2)
        wx, wy = (rim, rim * (0.75 if kind == "oval" else 1.0)) if rim else (box[0] / 2, box[1] / 2)
        square = 2.2 if rim else 7
        lump(
            b,
            (0, 0, h * 0.96),
            (wx * 1.07, wy * 1.07, h * 0.13),
            bag,
            square=square,
            rough=0.05,
            cells=6,
            seed=seed,
            segments=32,
        )
        for v in list(b.bm.verts):  # it sinks in the middle
            q = (
                max(abs(v.co.x) / wx, abs(v.co.y) / wy)
                if not rim
                else math.hypot(v.co.x / wx, v.co.y / wy)
            )
            if v.co.z > h * 0.98 and q < 0.93:
                v.co.z -= h * 0.3 * (1 - q)
    if full and (rim or box[0]):
        wx = rim or box[0] / 2
        for k in range(7):
            at = (
                wx * 0.5 * math.cos(k * 2.4) * (k > 0),
                wx * 0.45 * math.sin(k * 2.4) * (k > 0),
                top + 0.01,
            )
            c = ("#e6e4de", "#c8cacc", "#d8c8a8", "#b8c4d0")[k % 4]
            lump(
                b,
                at,
                (0.05, 0.04, 0.036),
                mat(ident, f"waste{k % 4}", c, 0.8),
                rough=0.3,
                cells=5,
                seed=seed + k,
                segments=16,
            )
    return grounded(b.object())
