"""Light of teaching scenes: of any colour and strength that a hall has, by lamps, windows, sun."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import bpy
from mathutils import Matrix, Vector

from datasets.render.room_parts import Lamp, Pane, on_wall

if TYPE_CHECKING:
    from datasets.render.lights import Lights
    from datasets.render.shots import Camera

RIGS: Final = 96
"""How many rigs there are of each mode."""

Span = tuple[float, float]
Rgb = tuple[float, float, float]

INWARD: Final = {"w": (1, 0), "e": (-1, 0), "s": (0, 1), "n": (0, -1)}


def tinge(t: float) -> Rgb:
    """Lamp colour: ``t`` 0 white, 0.35 as warm as a bulb, below 0 bluish."""
    if t < 0:
        return 1 + 1.3 * t, 1 + 0.5 * t, 1.0
    return 1.0, 1 - 0.55 * t, 1 - 1.1 * t


def grid(x: Span, y: Span, height: float) -> list[Lamp]:
    """Lamps of a room that names none."""
    w, d = x[1] - x[0], y[1] - y[0]
    cols, rows = max(1, round(w / 2.6)), max(1, round(d / 3.0))
    return [
        Lamp(x[0] + w * (i + 0.5) / cols, y[0] + d * (j + 0.5) / rows, height - 0.06, 1.1, 0.5, 0)
        for i in range(cols)
        for j in range(rows)
    ]


def _ceiling(lights: Lights, lamps: Sequence[Lamp], rng: random.Random, share: float) -> Rgb:
    """Lamps with one colour, two colours, or each its own strength; gives the main colour."""
    t = rng.choice((rng.uniform(-0.12, 0.04), rng.uniform(0, 0.2), rng.uniform(0.1, 0.36)))
    colour = tinge(t)
    other = tinge(t + rng.uniform(-0.15, 0.15)) if rng.random() < 0.2 else colour
    uneven = rng.choice((0.15, 0.25, 0.6))
    each = share * rng.uniform(750, 1250) / max(8, len(lamps))
    for p in lamps:
        if rng.random() < 0.06:
            continue  # broken
        lights._area(
            (p.x, p.y, p.z),
            each * rng.uniform(1 - uneven, 1 + uneven),
            (p.w, p.d),
            other if rng.random() < 0.3 else colour,
        )
    return colour


def _windows(lights: Lights, panes: Sequence[Pane], x: Span, y: Span, rng: random.Random) -> None:
    """Daylight: strongest beside the panes, bluish under a clear sky, white under a grey one."""
    sky = rng.choice(((0.78, 0.89, 1.0), (0.9, 0.96, 1.0), (1.0, 0.98, 0.94)))
    total = rng.choice((rng.uniform(60, 160), rng.uniform(150, 400), rng.uniform(400, 900)))
    some = panes if len(panes) <= 8 else panes[:: math.ceil(len(panes) / 8)]
    for p in some:
        at = p.centre(x, y)
        ix, iy = INWARD[p.side]
        size = (p.width, p.top - p.sill)
        aim = (at[0] + 4 * ix, at[1] + 4 * iy, 0.3)
        lights._area(at, total / len(some) * rng.uniform(0.7, 1.3), size, sky, aim)


def _sun(lights: Lights, side: str, rng: random.Random) -> None:
    """A patch of sun on floor or desks: parallel beams, parted by a window's bars or by slats."""
    target = Vector((rng.uniform(-2.6, 2.6), rng.uniform(-2.4, 0.9), rng.choice((0.0, 0.0, 0.7))))
    ix, iy = INWARD[side]
    skew, low = rng.uniform(-0.7, 0.7), math.radians(rng.uniform(18, 58))
    flat = Vector((-ix + skew * iy, -iy - skew * ix, 0)).normalized()
    to_sun = flat * math.cos(low) + Vector((0, 0, math.sin(low)))
    start = target + to_sun * ((3.25 - target.z) / to_sun.z)
    across = flat.cross(Vector((0, 0, 1))).normalized()
    up = across.cross(-to_sun).normalized()
    if up.z < 0:
        up = -up
    wide, tall = rng.uniform(0.3, 0.9), rng.uniform(0.3, 1.0)
    bars = [(i * (wide + 0.06), 0.0, wide, tall) for i in range(rng.choice((1, 2, 2, 3)))]
    if rng.random() < 0.35:
        step = rng.uniform(0.05, 0.11)
        bars = [(0.0, i * step, wide * 1.6, step * 0.5) for i in range(rng.randint(4, 7))]
    strong, colour = rng.uniform(10, 45), tinge(rng.uniform(0.05, 0.4))
    for a, b, w, d in bars:
        at = start + across * a + up * b
        lights._area(at, strong * w * d, (w, d), colour, at - to_sun, spread=math.radians(0.5))


def _desk_lights(lights: Lights, rng: random.Random, mode: str) -> None:
    """Task lamps, and the glow of screens when nothing else is bright."""
    if rng.random() < (0.4 if mode == "night" else 0.15):
        for _ in range(rng.randint(1, 2)):
            at = (rng.uniform(-2.2, 2.2), rng.uniform(-0.3, 0.3), rng.uniform(1.1, 1.35))
            lights._area(at, rng.uniform(3, 11), (0.14, 0.1), tinge(rng.uniform(0.0, 0.4)))
    if mode == "night" and rng.random() < 0.7:
        for cx in rng.sample((-1.95, -0.97, 0.0, 0.97, 1.95), rng.randint(1, 3)):
            glow = rng.choice(((0.7, 0.85, 1.0), (0.95, 0.97, 1.0), (0.55, 0.7, 1.0)))
            at = (cx + rng.uniform(-0.2, 0.2), 0.02, 1.12)
            lights._area(at, rng.uniform(1.5, 6), (0.5, 0.3), glow, (cx, -1.0, 0.8))


def _infrared(lights: Lights, camera: Camera, rng: random.Random) -> None:
    m = camera.object.matrix_world
    for dx in (-0.05, 0.05):
        sp: Any = bpy.data.lights.new("ir", "SPOT")
        sp.energy, sp.spot_size = 260 * rng.uniform(0.6, 1.4), rng.uniform(1.3, 2.4)
        sp.spot_blend, sp.shadow_soft_size = rng.uniform(0.4, 1.0), 0.03
        o = bpy.data.objects.new("ir", sp)
        lights.scene.collection.objects.link(o)
        aside = Matrix.Rotation(rng.gauss(0, 0.06), 4, "X")
        o.matrix_world = m @ Matrix.Translation((dx, 0.03, 0)) @ aside
        lights._lights.append(o)


def light(
    lights: Lights,
    mode: str,
    rig: int,
    *,
    x: Span,
    y: Span,
    height: float,
    camera: Camera | None,
    lamps: Sequence[Lamp] | None,
    panes: Sequence[Pane] | None,
) -> None:
    """Put up the lights of rig ``rig``; see ``Lights.light_rig``."""
    rng = random.Random(f"light/train/{mode}/{rig}")
    if lamps is None:
        lamps = grid(x, y, height)
    if panes is None:
        panes = [Pane(rng.choice("we"), sum(y) / 2, 3.0, 1.0, 2.4)]
    if mode == "day":
        colour = _ceiling(lights, lamps, rng, rng.choice((0.15, 0.6, 1.0, 1.0)))
        _windows(lights, panes, x, y, rng)
        if panes and rng.random() < 0.45:
            _sun(lights, rng.choice(panes).side, rng)
        lights._world((0.75, 0.85, 1.0), rng.uniform(0.06, 0.3))
    elif mode == "lamp":
        colour = _ceiling(lights, lamps, rng, rng.uniform(0.7, 1.1))
        lights._world(colour, rng.choice((0.015, 0.04, 0.1)))
    elif mode == "night":
        w, d = x[1] - x[0], y[1] - y[0]
        for _ in range(rng.choice((1, 1, 2))):
            at = (x[0] + w * rng.uniform(0.2, 0.8), y[0] + d * rng.uniform(0.2, 0.8), height - 0.06)
            t = rng.uniform(-0.1, 0.36)
            lights._area(at, rng.uniform(12, 50), (1.2, 0.3), tinge(t))
        if panes and rng.random() < 0.5:  # the street's lamps
            p = rng.choice(panes)
            aim = (sum(x) / 2, sum(y) / 2, 0.2)
            street = rng.choice(((1.0, 0.7, 0.35), (0.8, 0.9, 1.0)))
            at = (*on_wall(p.side, p.at, 0.15, x, y), 1.8)
            lights._area(at, rng.uniform(8, 30), (p.width, 1.0), street, aim)
        lights._world((0.5, 0.6, 0.9), rng.uniform(0.01, 0.03))
    elif mode == "ir":
        lights._world((1, 1, 1), 0.004)
        if camera is None:
            raise ValueError("the ir light needs its camera")
        _infrared(lights, camera, rng)
    else:
        raise ValueError(f"no light {mode!r}")
    if mode != "ir":
        _desk_lights(lights, rng, mode)
