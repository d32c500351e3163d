"""More cartons: open boxes, flat ones, parcels, foam boxes, stacks."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, grain, lump, mat, page, pic, text
from datasets.render.assets.solids import film, grounded


def _label(
    b: Any, ident: str, at: tuple[float, float, float], size: tuple[float, float], turn: float
) -> None:
    """A courier's slip, lying flat."""
    m = pic(
        ident,
        f"slip{at[0]:.3f}",
        page(seed_of(ident) % 999, "#f4f3ee", "#26262a", "table"),
        0.5,
        coords="UV",
    )
    b.plane(at, (*size, 0), m, rot=(0, 0, turn))


def box_more(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "open",
    size: tuple[float, float, float] = (0.4, 0.3, 0.28),
    colour: str = "#b08a5a",
    tape: str = "#d0b888",
    ink: str = "#3a2a1a",
    words: str = "小心轻放",
    fill: str = "paper",
    lean: float = 0.6,
) -> Any:
    """``kind``: open (hollow, flaps stand up), half (two flaps in, two out), flat (folded, some of
    them), long (tube-like), parcel (small, label, much tape), lidded (archive box with handles),
    stack (two), tray (cut-down box of drinks).

    ``fill``: paper, files, foam or nothing.
    """
    b = builder(ident)
    w, d, h = size
    seed = seed_of(ident) % 9999
    m, t = grain(ident, "board", colour, 0.18, 16, 0.85, 2), mat(ident, "tape", tape, 0.25)
    dark, pen = grain(ident, "inner", colour, 0.3, 9, 0.95, 2), mat(ident, "ink", ink, 0.8)

    def shell(high: float) -> None:
        b.box((0, 0, 0.003), (w, d, 0.006), dark)
        for s in (-1, 1):
            b.box((s * (w / 2 - 0.002), 0, high / 2), (0.004, d, high), m)
            b.box((0, s * (d / 2 - 0.002), high / 2), (w, 0.004, high), m)

    def contents(z: float) -> None:
        if fill == "files":
            for k in range(5):
                c = ("#2f4f86", "#e6e4de", "#8a2f2a", "#3a3c40", "#c8c4b8")[k]
                x = (k - 2) * w * 0.17
                b.box(
                    (x, 0, z * 0.6),
                    (w * 0.14, d * 0.85, z * 1.15),
                    mat(ident, f"file{k}", c, 0.6),
                    rot=(0, 0.05 * k, 0),
                )
        elif fill == "foam":
            lump(
                b,
                (0, 0, z * 0.7),
                (w * 0.46, d * 0.46, z * 0.2),
                mat(ident, "foam", "#e8ebee", 0.4),
                square=4,
                rough=0.3,
                cells=8,
                seed=seed,
            )
        elif fill == "paper":
            b.box(
                (0, 0, z * 0.4), (w * 0.9, d * 0.9, z * 0.7), mat(ident, "sheets", "#ecebe5", 0.8)
            )
            b.box(
                (w * 0.05, 0, z * 0.76),
                (w * 0.7, d * 0.8, 0.01),
                mat(ident, "sheet", "#d8d6cc", 0.8),
                rot=(0, 0, 0.2),
            )

    if kind in ("open", "half", "tray"):
        high = h * (0.35 if kind == "tray" else 1.0)
        shell(high)
        contents(high * 0.85)
        if kind != "tray":
            for s in (-1, 1):
                a = lean + rng.uniform(-0.2, 0.3)  # 0 stands straight up
                reach = d / 2 - 0.01
                at = (0.0, s * (d / 2 + reach / 2 * math.sin(a)), high + reach / 2 * math.cos(a))
                b.box(at, (w * 0.99, 0.004, reach), m, rot=(-s * a, 0, 0))
                a = (-1.2 if kind == "half" else lean * 1.3) + rng.uniform(-0.2, 0.2)
                at = (s * (w / 2 + reach / 2 * math.sin(a)), 0.0, high + reach / 2 * math.cos(a))
                b.box(at, (0.004, d * 0.98, reach), m, rot=(0, s * a, 0))
        else:
            for k in range(8):
                at = ((k % 4 - 1.5) * w * 0.22, (k // 4 - 0.5) * d * 0.45, h * 0.3)
                b.cyl(
                    at,
                    min(w * 0.1, d * 0.2),
                    h * 0.6,
                    mat(ident, f"can{k % 2}", (ink, tape)[k % 2], 0.3),
                    sides=16,
                )
    elif kind == "flat":
        for k in range(rng.randint(1, 4)):
            at = (rng.gauss(0, 0.012) * k, rng.gauss(0, 0.012) * k, 0.004 + 0.008 * k)
            a = rng.gauss(0, 0.06) * k
            b.box(at, ((w + d) * 0.95, h + d * 0.5, 0.006), m, rot=(0, 0, a))
            for s in (-1, 1):  # the creases of the flaps
                y = at[1] + s * h * 0.5
                b.box(
                    (at[0], y, at[2] + 0.0033),
                    ((w + d) * 0.94, 0.004, 0.0008),
                    pen if k % 2 else dark,
                    rot=(0, 0, a),
                )
            b.box(
                (at[0] + w * 0.1, at[1], at[2] + 0.0033),
                (0.004, h + d * 0.48, 0.0008),
                dark,
                rot=(0, 0, a),
            )
    elif kind == "parcel":
        w, d, h = w * 0.55, d * 0.5, h * 0.4
        b.box((0, 0, h / 2), (w, d, h), m, bevel=0.003)
        for y in (0, d * 0.42, -d * 0.42):
            b.box((0, y, h / 2), (w + 0.001, 0.035, h + 0.001), t)
        _label(b, ident, (-w * 0.08, 0, h + 0.0012), (w * 0.6, d * 0.75), 0.05)
    elif kind == "lidded":
        b.box((0, 0, h * 0.45), (w, d, h * 0.9), m, bevel=0.002)
        b.box((0, 0, h * 0.86), (w * 1.03, d * 1.04, h * 0.28), m, bevel=0.003)
        for s in (-1, 1):
            b.box(
                (s * w * 0.501, 0, h * 0.52),
                (0.003, 0.09, 0.03),
                mat(ident, "hole", "#20160c", 0.9),
                bevel=0.001,
            )
        b.box((0, -d * 0.503, h * 0.4), (w * 0.4, 0.002, h * 0.3), mat(ident, "tag", tape, 0.6))
    else:
        n = 2 if kind == "stack" else 1
        if kind == "long":
            w, d, h = w * 2.1, d * 0.42, h * 0.45
        for k in range(n):
            q, z, a = 1 - 0.15 * k, h * k, 0.16 * k
            b.box((0, 0, z + h * q / 2), (w * q, d * q, h * q), m, rot=(0, 0, a), bevel=0.003)
            b.box((0, 0, z + h * q), (w * q * 1.002, 0.05, 0.002), t, rot=(0, 0, a))
            b.box((0, 0, z + h * q * 0.5), (w * q * 1.004, 0.05, h * q), t, rot=(0, 0, a))
            art = pic(ident, f"print{k}", text((words,), (128, 40), ink, colour), 0.8, coords="UV")
            b.plane(
                (0, -d * q / 2 - 0.002, z + h * q * 0.6),
                (w * q * 0.5, h * q * 0.3, 0),
                art,
                rot=(math.pi / 2, 0, a),
            )
        _label(
            b,
            ident,
            (w * 0.2, d * 0.1, h * (1.85 if n == 2 else 1) + 0.002),
            (0.1, min(0.075, d * 0.6)),
            0.1,
        )
    return grounded(b.object())


def pale_box(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "foam",
    size: tuple[float, float, float] = (0.38, 0.28, 0.26),
    colour: str = "#e8eae8",
    second: str = "#3a6ab0",
    tape: str = "#c9b27c",
) -> Any:
    """``kind``: foam (lidded box for fresh goods), open (foam, lid beside), mailer (padded bag),
    gift (milk or fruit box with a plastic handle), shoe (lidded, printed), reams (paper)."""
    b = builder(ident)
    w, d, h = size
    seed, m = seed_of(ident) % 9999, grain(ident, "foam", colour, 0.08, 60, 0.8, 8)
    c, t = mat(ident, "print", second, 0.45), mat(ident, "tape", tape, 0.25)
    if kind == "foam":
        b.box((0, 0, h * 0.42), (w, d, h * 0.84), m, bevel=0.018, segments=3)
        b.box((0, 0, h * 0.92), (w * 1.0, d * 1.0, h * 0.15), m, bevel=0.016, segments=3)
        b.box((0, 0, h * 0.5), (0.05, d * 1.005, h * 1.004), t)
    elif kind == "open":
        b.box((0, 0, 0.012), (w, d, 0.024), m)
        for s in (-1, 1):
            b.box((s * (w / 2 - 0.012), 0, h * 0.4), (0.024, d, h * 0.8), m, bevel=0.004)
            b.box((0, s * (d / 2 - 0.012), h * 0.4), (w, 0.024, h * 0.8), m, bevel=0.004)
        b.box(
            (w * 0.5 + 0.05, 0, h * 0.45), (0.03, d, w * 0.85), m, rot=(0, -0.3, 0.1), bevel=0.006
        )
    elif kind == "mailer":
        lump(
            b,
            (0, 0, h * 0.13),
            (w * 0.45, d * 0.5, h * 0.13),
            m,
            square=5,
            rough=0.12,
            cells=4,
            seed=seed,
            floor=0,
        )
        b.box(
            (0, 0, h * 0.26),
            (w * 0.4, d * 0.42, 0.003),
            mat(ident, "slip", "#f4f3ee", 0.5),
            rot=(0.02, 0.02, 0.1),
        )
        b.box(
            (-w * 0.03, d * 0.06, h * 0.263),
            (w * 0.3, d * 0.05, 0.003),
            mat(ident, "code", "#26262a", 0.5),
            rot=(0.02, 0.02, 0.1),
        )
        lump(b, (w * 0.46, 0, h * 0.08), (0.03, d * 0.46, 0.008), c, square=4, rough=0.1, seed=seed)
    elif kind == "gift":
        b.box((0, 0, h / 2), (w * 0.9, d * 0.5, h), c, bevel=0.003)
        b.box((0, 0, h * 0.55), (w * 0.905, d * 0.505, h * 0.34), m)
        b.box((0, -d * 0.254, h * 0.55), (w * 0.4, 0.003, h * 0.24), t)
        b.tube(
            [(-0.07, 0, h), (-0.055, 0, h + 0.035), (0.055, 0, h + 0.035), (0.07, 0, h)], 0.006, m
        )
    elif kind == "shoe":
        w, d, h = w * 0.85, d * 0.7, h * 0.45
        b.box((0, 0, h * 0.45), (w, d, h * 0.9), m, bevel=0.002)
        b.box((0, 0, h * 0.86), (w * 1.02, d * 1.03, h * 0.3), c, bevel=0.003)
        b.box((w * 0.1, 0, h * 1.012), (w * 0.4, d * 0.3, 0.002), m)
    else:
        for k in range(4):
            at = (rng.gauss(0, 0.006), rng.gauss(0, 0.006), 0.026 + 0.053 * k)
            b.box(at, (0.3, 0.21, 0.052), m, bevel=0.004)
            b.box((at[0], at[1], at[2]), (0.302, 0.09, 0.0525), c)
        b.box((0, 0, 0.215), (0.29, 0.2, 0.008), film(ident, "wrap", tape, 0.6))
    return grounded(b.object())
