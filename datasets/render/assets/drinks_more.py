"""More cups, flasks and bottles."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.loose_shapes import printed
from datasets.render.assets.shapes import builder, grain, lump, mat, revolve
from datasets.render.assets.solids import glassy, grounded, hoop


def tumbler(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "travel",
    r: float = 0.04,
    h: float = 0.16,
    colour: str = "#33465a",
    second: str = "#18191b",
    band: str = "#b9bbbd",
    metal: float = 0.2,
    taper: float = 0.78,
    handle: bool = False,
) -> Any:
    """A cup to carry about.

    ``kind``: travel (flip lid), short (thermos mug with a dome), straw (wide, clear lid), stew (low
    food cup with a loop), steel (rimmed, no lid).
    """
    b = builder(ident)
    taper = min(taper, 0.98)
    m, s = mat(ident, "body", colour, 0.35, metal), mat(ident, "lid", second, 0.4)
    ring = mat(ident, "band", band, 0.25, 0.9)
    if kind == "stew":
        r, h = r * 1.25, h * 0.75
        revolve(b, [(0, 0), (r * 0.94, 0), (r, 0.01), (r, h * 0.72)], m)
        revolve(b, [(r * 1.02, h * 0.72), (r * 1.02, h * 0.92), (r * 0.8, h), (0, h)], s)
        hoop(b, s, (0, 0, h * 0.96), (r * 0.6, 0.035), 0.005)
    elif kind == "steel":
        h *= 0.62
        revolve(b, [(0, 0), (r * 0.96, 0), (r, h), (r * 0.96, h), (r * 0.92, 0.01), (0, 0.012)], m)
        b.cyl((0, 0, h * 0.75), r * 0.93, 0.002, mat(ident, "tea", "#8a5a22", 0.1))
    else:
        base = r * taper
        if kind == "short":
            h, base = h * 0.7, r * 0.95
        revolve(b, [(0, 0), (base, 0), (base * 1.02, h * 0.3), (r, h * 0.5), (r, h * 0.86)], m)
        revolve(b, [(r * 1.01, h * 0.8), (r * 1.03, h * 0.83), (r * 1.01, h * 0.86)], ring)
        top = {"travel": 0.95, "short": 0.7, "straw": 0.98}.get(kind, 0.9)
        revolve(b, [(r, h * 0.86), (r * 1.02, h * 0.9), (r * top, h), (0, h)], s)
        if kind == "travel":
            b.box((0, -r * 0.35, h + 0.004), (r * 0.5, r * 0.9, 0.009), ring, bevel=0.003)
        elif kind == "straw":
            b.tube([(r * 0.2, 0, h), (r * 0.45, 0.01, h + 0.075)], 0.0045, ring)
    if handle or kind == "steel":
        hoop(
            b,
            s if kind != "steel" else m,
            (r * 0.93, 0, h * 0.45),
            (h * 0.26, 0.03),
            0.0055,
            along="side",
        )
    return b.object()


def teacup(
    ident: str,
    rng: random.Random,
    *,
    kind: str = "gaiwan",
    colour: str = "#eceae2",
    second: str = "#3a5aa0",
    drink: str = "#9a5a1e",
    r: float = 0.045,
    h: float = 0.055,
) -> Any:
    """``kind``: gaiwan (bowl, lid, saucer), saucer (cup on it with a spoon), bowl, set (a pot and
    cups on a tray), spoon (mug with a spoon), cover (lidded mug of meeting rooms), enamel."""
    b = builder(ident)
    m, tea = mat(ident, "glaze", colour, 0.2), mat(ident, "tea", drink, 0.08)
    rim, steel = mat(ident, "rim", second, 0.25), mat(ident, "spoon", "#b9bbbd", 0.25, 1.0)

    def bowl(at: tuple[float, float], q: float, z: float, foot: float = 0.5) -> None:
        p = [(0, 0.002), (foot, 0), (foot * 1.05, 0.1), (0.8, 0.4), (1, 1), (0.95, 1), (0.6, 0.3)]
        revolve(b, [(q * r * x, z + q * h * y) for x, y in p], m, at=at)
        revolve(b, [(q * r * 0.975, z + q * h), (q * r * 1.01, z + q * h * 0.97)], rim, at=at)
        b.cyl((*at, z + q * h * 0.76), q * r * 0.88, 0.002, tea)

    def plate(q: float) -> None:
        revolve(b, [(0, 0.003), (q * 0.5, 0), (q, 0.011), (q * 0.97, 0.013), (0, 0.007)], m)
        revolve(b, [(q, 0.0112), (q * 0.9, 0.0125)], rim)

    if kind == "gaiwan":
        plate(r * 1.35)
        bowl((0, 0), 1.0, 0.008)
        p = [(0.96, 1.02), (0.8, 1.25), (0.3, 1.38), (0.3, 1.55), (0, 1.55)]
        revolve(b, [(r * x, 0.008 + h * y) for x, y in p], m)
    elif kind == "saucer":
        plate(r * 1.75)
        bowl((0, 0), 1.0, 0.008)
        hoop(b, m, (r * 0.85, 0, 0.008 + h * 0.55), (h * 0.3, 0.022), 0.004, along="side")
        b.tube([(-r * 0.6, -r * 1.2, 0.018), (r * 0.9, -r * 1.15, 0.018)], 0.0025, steel)
        b.ball((-r * 0.7, -r * 1.2, 0.017), (0.014, 0.009, 0.003), steel, segments=10)
    elif kind == "bowl":
        bowl((0, 0), 1.35, 0.0)
    elif kind == "set":
        wood = grain(ident, "tray", "#5a3822", 0.4, 8, 0.5)
        b.box((0, 0, 0.009), (r * 6.4, r * 4.2, 0.018), wood, bevel=0.004)
        pot = [
            (0, 0.02),
            (0.7, 0.02),
            (1.15, 0.5),
            (1.15, 0.9),
            (0.6, 1.35),
            (0.55, 1.4),
            (0, 1.55),
        ]
        at = (-r * 1.7, r * 0.3)
        revolve(b, [(r * x, 0.018 + h * y) for x, y in pot], rim, at=at)
        b.ball((*at, 0.02 + h * 1.6), (0.008, 0.008, 0.008), rim, segments=10)
        hoop(b, rim, (at[0] + r, at[1], 0.018 + h * 0.75), (h * 0.4, 0.026), 0.004, along="side")
        b.tube(
            [(at[0] - r, at[1], 0.02 + h * 0.6), (at[0] - r * 1.9, at[1], 0.02 + h * 1.2)],
            0.008,
            rim,
            radii=[0.011, 0.006],
        )
        for k in range(4):
            bowl((r * (0.7 + 1.5 * (k % 2)), r * (k // 2 * 1.6 - 0.8)), 0.55, 0.018)
    else:
        q, high = r * 0.9, h * 1.75
        revolve(
            b,
            [(0, 0), (q * 0.94, 0), (q, 0.006), (q, high), (q * 0.93, high), (q * 0.9, high * 0.5)],
            m,
        )
        revolve(b, [(q * 1.01, high * 0.94), (q * 1.01, high * 1.0), (q * 0.95, high * 1.005)], rim)
        hoop(b, m, (q * 0.95, 0, high * 0.5), (high * 0.3, 0.026), 0.005, along="side")
        if kind == "cover":
            revolve(
                b, [(q * 1.04, high), (q, high * 1.04), (q * 0.4, high * 1.12), (0, high * 1.12)], m
            )
            b.ball((0, 0, high * 1.17), (0.009, 0.009, 0.009), rim, segments=12)
            revolve(b, [(q * 1.01, high * 0.5), (q * 1.01, high * 0.58)], rim)
        else:
            b.cyl((0, 0, high * 0.8), q * 0.9, 0.002, tea)
        if kind == "spoon":
            a = rng.uniform(0, 6.28)
            b.tube(
                [(0, 0, high * 0.4), (q * 1.2 * math.cos(a), q * 1.2 * math.sin(a), high * 1.5)],
                0.003,
                steel,
            )
    return grounded(b.object())


def jar_cup(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "jar",
    colour: str = "#a8752c",
    lid: str = "#b0322a",
    sleeve: str = "#3a5a4a",
    r: float = 0.038,
    h: float = 0.11,
    level: float = 0.75,
) -> Any:
    """``kind``: jar (screw lid, tea in it), wall (double-walled glass), knit (jar in a knitted
    sleeve), stack (of paper cups), iced (clear cup with dome and straw), teabag (paper cup with
    string and tag)."""
    b = builder(ident)
    level = min(level, 0.9)
    g, tea = glassy(ident, "glass", "#e8f0ee"), mat(ident, "tea", colour, 0.12)
    top = mat(ident, "lid", lid, 0.35)
    if kind == "stack":
        paper = printed(ident, "paper", ("#f3f2ee", lid, "#f3f2ee"), 0.7)
        for k in range(6):
            z = k * 0.013
            revolve(
                b,
                [(0, z + h * 0.85), (r, z + h * 0.85), (r * 1.04, z + h * 0.83)]
                if k == 5
                else [(r * 0.96, z + h * 0.84), (r * 1.03, z + h * 0.83), (r, z + h * 0.8)],
                paper,
            )
        revolve(b, [(r * 0.72, 0), (r * 0.78, 0.012), (r, h * 0.85)], paper)
        for v in b.bm.verts:  # upside down, as they come
            v.co.z = h - v.co.z
        return grounded(b.object())
    if kind == "teabag":
        paper = printed(ident, "paper", ("#f3f2ee", sleeve), 0.7)
        h *= 0.85
        revolve(b, [(0, 0.003), (r * 0.72, 0), (r, h), (r * 0.96, h), (r * 0.75, 0.01)], paper)
        b.cyl((0, 0, h * 0.8), r * 0.9, 0.002, tea)
        b.box((r * 0.8, -r * 0.62, h * 0.62), (0.02, 0.003, 0.024), top, rot=(0, 0, 0.9))
        b.tube(
            [(r * 0.5, -r * 0.4, h * 0.8), (r * 0.78, -r * 0.62, h), (r * 0.8, -r * 0.64, h * 0.7)],
            0.001,
            mat(ident, "thread", "#f4f4f0"),
            sides=4,
        )
        return b.object()
    if kind == "iced":
        revolve(b, [(0, 0.003), (r * 0.72, 0), (r, h)], g)
        revolve(b, [(0, 0.006), (r * 0.68, 0.006), (r * 0.9, h * level), (0, h * level)], tea)
        for k in range(10):
            at = (r * 0.5 * math.cos(k * 2.4), r * 0.5 * math.sin(k * 2.4), 0.012 + 0.004 * (k % 3))
            b.ball(at, (0.006, 0.006, 0.006), mat(ident, "pearl", "#1c1210", 0.3), segments=8)
        revolve(
            b, [(r * 1.04, h), (r * 0.98, h + 0.014), (r * 0.6, h + 0.03), (0.01, h + 0.034)], g
        )
        b.tube([(0, 0, h * 0.3), (r * 0.3, 0.004, h + 0.1)], 0.0055, top)
        return b.object()
    out = [(0, 0.0), (r * 0.94, 0.0), (r, 0.008), (r, h * 0.82), (r * 0.86, h * 0.9), (r * 0.86, h)]
    inner = r * (0.84 if kind == "wall" else 0.95)
    floor = 0.016 if kind == "wall" else 0.006
    if kind == "wall":
        out = [(0, 0), (r * 0.7, 0), (r, h * 0.4), (r, h * 0.75), (r * 0.92, h), (inner, h)]
    revolve(b, out, g)
    revolve(
        b,
        [(0, floor), (inner * 0.9, floor), (inner, h * 0.3), (inner, h * level), (0, h * level)],
        tea,
    )
    lump(
        b,
        (0, 0, h * 0.14),
        (inner * 0.86, inner * 0.86, h * 0.08),
        grain(ident, "leaf", "#454a1c", 0.8, 24),
        seed=seed_of(ident) % 9999,
        segments=16,
    )
    if kind == "wall":
        hoop(b, g, (r * 0.95, 0, h * 0.5), (h * 0.25, 0.024), 0.005, along="side")
    else:
        b.cyl((0, 0, h + 0.006), r * 0.92, 0.022, top)
    if kind == "knit":
        knit = grain(ident, "knit", sleeve, 0.5, 50, 0.95, 12)
        revolve(
            b,
            [(r * 0.96, 0.004), (r * 1.05, 0.01), (r * 1.05, h * 0.62), (r * 1.0, h * 0.64)],
            knit,
        )
    return b.object()


def carry_flask(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "sport",
    r: float = 0.036,
    h: float = 0.25,
    colour: str = "#4a6a8a",
    second: str = "#1b1c1f",
    trim: str = "#c8c9ca",
    metal: float = 0.15,
) -> Any:
    """Insulated bottle.

    ``kind``: sport (loop cap), tall (steel, cup as cap), child (ears, strap), pot (wide food jar),
    bullet (slim, rounded), button (push lid and a side handle).
    """
    b = builder(ident)
    m, c = mat(ident, "body", colour, 0.35, metal), mat(ident, "cap", second, 0.4)
    t = mat(ident, "trim", trim, 0.25, 0.8)
    if kind == "sport":
        revolve(b, [(0, 0), (r * 0.96, 0), (r, 0.006), (r, h * 0.72), (r * 0.62, h * 0.84)], m)
        revolve(b, [(r * 0.7, h * 0.84), (r * 0.7, h * 0.95), (0, h * 0.95)], c)
        hoop(b, c, (0, 0, h * 0.94), (r * 0.6, r * 0.75), 0.006)
    elif kind == "tall":
        revolve(b, [(0, 0), (r, 0), (r, h * 0.8)], m)
        revolve(b, [(r * 1.01, 0), (r * 1.01, h * 0.05)], t)
        revolve(
            b,
            [(r * 1.01, h * 0.78), (r * 1.02, h * 0.8), (r * 0.92, h * 0.99), (r * 0.8, h), (0, h)],
            t,
        )
    elif kind == "child":
        h *= 0.78
        revolve(
            b,
            [(0, 0), (r * 1.05, 0), (r * 1.1, h * 0.35), (r * 1.02, h * 0.7)],
            printed(ident, "print", (colour, trim, colour), 0.4),
        )
        revolve(b, [(r * 1.04, h * 0.7), (r * 1.04, h * 0.86), (r * 0.6, h), (0, h)], c)
        for s in (-1, 1):
            b.ball((s * r * 0.6, 0, h * 0.98), (0.011, 0.008, 0.014), m, segments=12)
            hoop(b, c, (s * r * 1.05, 0, h * 0.6), (h * 0.2, s * 0.026), 0.0055, along="side")
    elif kind == "pot":
        r, h = r * 1.35, h * 0.7
        revolve(b, [(0, 0), (r, 0), (r, h * 0.66), (r * 0.95, h * 0.72)], m)
        revolve(b, [(r * 0.98, h * 0.72), (r * 0.98, h * 0.94), (r * 0.9, h), (0, h)], t)
        hoop(b, c, (0, 0, h * 0.86), (r * 1.05, r * 0.9), 0.006)
    elif kind == "bullet":
        revolve(b, [(0, 0), (r * 0.8, 0), (r * 0.88, h * 0.08), (r * 0.88, h * 0.72)], m)
        revolve(b, [(r * 0.89, h * 0.72), (r * 0.89, h * 0.745)], t)
        revolve(b, [(r * 0.87, h * 0.745), (r * 0.84, h * 0.92), (r * 0.5, h * 0.99), (0, h)], m)
    else:
        revolve(b, [(0, 0), (r * 1.2, 0), (r * 1.22, h * 0.6), (r * 1.1, h * 0.84)], m)
        revolve(b, [(r * 1.12, h * 0.84), (r * 1.1, h * 0.95), (r * 0.5, h), (0, h)], c)
        b.cyl((0, 0, h), r * 0.35, 0.012, t)
        hoop(b, c, (r * 1.15, 0, h * 0.58), (h * 0.26, 0.04), 0.008, along="side")
    return b.object()
