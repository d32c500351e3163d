"""More umbrellas: open, hooked, loosely furled, in a sleeve, clear, in a stand."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, curve, lump, mat
from datasets.render.assets.solids import film, grounded, laid


def _canopy(b: Any, m: Any, edge: Any, r: float, rise: float, ribs: int, curl: float) -> None:
    """An open canopy; its tip is at the origin, its ribs run down to -``rise``."""
    rings: list[list[Any]] = []
    n = ribs * 6
    for i in range(1, 9):
        q = i / 8
        ring = []
        for k in range(n):
            a = k * math.tau / n
            # between two ribs the cloth hangs in a little
            slack = 1 - 0.075 * q * abs(math.sin(ribs * a / 2))
            z = -rise * (q**1.7 * (1 - curl) + curl * q**4)
            ring.append(
                b.bm.verts.new((r * q * slack * math.cos(a), r * q * slack * math.sin(a), z))
            )
        rings.append(ring)
    tip = b.bm.verts.new((0, 0, 0))
    vs = [tip, *(v for ring in rings for v in ring)]
    for k in range(n):
        b.bm.faces.new((tip, rings[0][k], rings[0][(k + 1) % n]))
        for p, q2 in pairwise(rings):
            b.bm.faces.new((p[k], q2[k], q2[(k + 1) % n], p[(k + 1) % n]))
    b._finish(vs, m, True)
    slot = b._slot(edge)
    for v in rings[-1]:
        for f in v.link_faces:
            f.material_index = slot


def umbrella_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "furled",
    colour: str = "#2c3a52",
    second: str = "#1a1a1c",
    edge: str = "#2c3a52",
    grip: str = "#5a3c24",
    length: float = 0.82,
    thick: float = 0.04,
    ribs: int = 8,
    clear: bool = False,
    hook: bool = True,
) -> Any:
    """``kind``: furled (rolled, lies), loose (strap undone, cloth in folds), sleeve (short, in its
    cover), bag (wet, in a plastic bag), open (stands on its rim), stub (short, folded, cloth out),
    dry (open half, lies)."""
    b = builder(ident)
    seed = seed_of(ident) % 9999
    m = film(ident, "cloth", colour, 0.6) if clear else mat(ident, "cloth", colour, 0.75)
    steel, g = mat(ident, "rod", "#8c8e91", 0.3, 0.9), mat(ident, "grip", grip, 0.45)
    rim = film(ident, "edge", edge, 0.7) if clear else mat(ident, "edge", edge, 0.75)

    def handle(z: float) -> None:
        """At the end of a rod that runs down along z."""
        if hook:
            pts = [
                (0, 0, z + 0.06),
                (0, 0, z),
                (0.006, 0, z - 0.05),
                (0.035, 0, z - 0.075),
                (0.066, 0, z - 0.05),
                (0.07, 0, z - 0.02),
            ]
            b.tube(curve(pts, 4), 0.0095, g)
        else:
            b.tube([(0, 0, z + 0.05), (0, 0, z - 0.04)], 0.014, g, radii=[0.011, 0.015])

    if kind in ("open", "dry"):
        r, rise = (
            length * (0.6 if kind == "open" else 0.42),
            length * (0.24 if kind == "open" else 0.45),
        )
        _canopy(b, m, rim, r, rise, ribs, 0.25)
        b.tube([(0, 0, 0.05), (0, 0, 0)], 0.006, steel)
        b.tube([(0, 0, 0), (0, 0, -length * 0.85)], 0.005, steel)
        for k in range(ribs):
            a = (k + 0.0) * math.tau / ribs
            b.tube(
                [
                    (0, 0, -length * 0.33),
                    (r * 0.5 * math.cos(a), r * 0.5 * math.sin(a), -rise * 0.32),
                ],
                0.0025,
                steel,
                sides=4,
            )
        handle(-length * 0.85)
        # it comes to rest on the rim and the handle's end
        lean = math.atan2(length * 0.93 - rise, r)
        o = b.object()
        return laid(o, lean=lean, spin=math.pi / ribs)
    if kind in ("furled", "loose"):
        wide = thick * (0.62 if kind == "furled" else 1.5)
        n = 12
        zs = [length * (0.12 + 0.7 * i / n) for i in range(n + 1)]
        # widest at the ribs' ends, near the handle
        radii = [max(0.009, wide * (1 - (i / n) ** 1.4) ** 0.75) for i in range(n + 1)]
        b.tube([(0, 0, z) for z in zs], wide, m, radii=radii, sides=24)
        for v in b.bm.verts:
            a = math.atan2(v.co.y, v.co.x)
            deep = 0.16 if kind == "furled" else 0.34
            q = 1 + deep * math.sin(ribs * a + 9 * v.co.z / length)
            v.co.x, v.co.y = v.co.x * q, v.co.y * q
        if kind == "furled":
            z = length * 0.3
            b.tube(
                [(0, 0, z), (0, 0, z + 0.018)],
                wide,
                rim,
                radii=[wide * 0.98, wide * 0.94],
                sides=16,
            )
        b.tube([(0, 0, length * 0.1), (0, 0, length * 0.86)], 0.005, steel)
        handle(length * 0.06)
        return laid(b.object(), spin=1.57)
    short = length * 0.36
    if kind == "stub":
        for k in range(ribs):
            a = k * math.tau / ribs
            at = (
                thick * 0.5 * math.cos(a),
                thick * 0.5 * math.sin(a),
                short * (0.5 + 0.06 * math.sin(2.3 * k)),
            )
            b.ball(
                at,
                (thick * 0.55, thick * 0.28, short * 0.48),
                m if k % 2 else rim,
                rot=(0, 0, a),
                segments=12,
            )
        b.tube([(0, 0, -0.01), (0, 0, short)], 0.006, steel)
        b.cyl((0, 0, -0.03), 0.017, 0.06, g)
    else:
        cover = (
            film(ident, "bag", second, 0.3) if kind == "bag" else mat(ident, "cover", second, 0.7)
        )
        if kind == "bag":
            short = length * 0.8
            b.tube(
                [(0, 0, 0.02), (0, 0, short * 0.5), (0, 0, short)],
                thick,
                m,
                radii=[thick * 0.7, thick * 0.6, 0.01],
                sides=14,
            )
            handle(-0.02)
            lump(
                b,
                (0, 0, short * 0.5),
                (thick * 1.15, thick * 0.9, short * 0.55),
                cover,
                square=4,
                rough=0.12,
                cells=4,
                seed=seed,
                segments=20,
            )
        else:
            b.tube(
                [(0, 0, 0), (0, 0, short * 0.08), (0, 0, short * 0.9), (0, 0, short)],
                thick,
                cover,
                radii=[thick * 0.5, thick * 0.62, thick * 0.6, thick * 0.2],
                sides=16,
            )
            b.cyl((0, 0, -0.022), thick * 0.44, 0.045, g)
            b.box((thick * 0.6, 0, short * 0.5), (0.003, 0.02, short * 0.4), rim)
            loop = [
                (0, 0, -0.04),
                (thick * 1.6, 0, -0.07),
                (thick * 1.8, 0, -0.02),
                (thick * 0.3, 0, -0.03),
            ]
            b.tube(curve(loop, 4), 0.0035, mat(ident, "loop", second, 0.8), sides=6)
    return grounded(laid(b.object()))


def umbrella_stand(
    ident: str,
    rng: random.Random,
    *,
    colour: str = "#3a3c40",
    second: str = "#26406a",
    third: str = "#7a2a34",
    r: float = 0.11,
    h: float = 0.46,
    count: int = 3,
    square: bool = False,
) -> Any:
    """A stand of wire or sheet with ``count`` long umbrellas in it."""
    b = builder(ident)
    m = mat(ident, "stand", colour, 0.4, 0.4)
    b.box((0, 0, 0.012), (r * 2, r * 2, 0.024), m, bevel=0.004)
    for z in (0.06, h * 0.5, h):
        if square:
            pts = [(r, r, z), (-r, r, z), (-r, -r, z), (r, -r, z), (r, r, z)]
        else:
            pts = [
                (r * math.cos(k * math.tau / 24), r * math.sin(k * math.tau / 24), z)
                for k in range(25)
            ]
        b.tube(pts, 0.005, m, sides=6)
    for k in range(8):
        a = k * math.tau / 8 + math.pi / 4
        q = r / max(abs(math.cos(a)), abs(math.sin(a))) if square else r
        b.tube(
            [(q * math.cos(a), q * math.sin(a), 0.01), (q * math.cos(a), q * math.sin(a), h)],
            0.0035,
            m,
            sides=5,
        )
    for k in range(count):
        a = k * math.tau / max(1, count)
        lean = rng.uniform(0.1, 0.3)
        c = mat(ident, f"cloth{k % 2}", (second, third)[k % 2], 0.75)
        foot = (-r * 0.4 * math.cos(a), -r * 0.4 * math.sin(a), 0.03)
        top = (foot[0] + lean * math.cos(a), foot[1] + lean * math.sin(a), 0.78)
        at = [
            tuple(f + (t - f) * q for f, t in zip(foot, top, strict=True))
            for q in (0, 0.1, 0.5, 0.85, 0.9, 1)
        ]
        b.tube(at, 0.03, c, radii=[0.006, 0.012, 0.026, 0.032, 0.008, 0.008], sides=10)
        x, y, z = top
        g = mat(ident, f"grip{k % 2}", ("#4a3220", "#18181a")[k % 2], 0.4)
        b.tube(
            curve(
                [
                    (x, y, z - 0.03),
                    (x, y, z + 0.05),
                    (x + 0.035, y, z + 0.085),
                    (x + 0.065, y, z + 0.05),
                ],
                4,
            ),
            0.01,
            g,
        )
    return grounded(b.object())
