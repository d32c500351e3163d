"""Counters of the teaching halls: one window's stretch of front wall, shelf, screen and divider.

The origin is the middle of the staff's face on the floor; the shelf reaches to +y, to the
citizens, and is flat and free at the counter's height.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import Any, Final

from datasets.render.furniture_parts import Design, Size, sh, slab, surface


def _front(b: Any, kind: str, w: float, h: float, y: float, second: Any) -> None:
    """What the citizens see of the wall, whose outside is at ``y``; ``h`` is its height."""
    dark = sh.material(f"{b.name}.gap", (0.03, 0.03, 0.03), 0.7)
    if kind == "slats":
        n = int(w / 0.075)
        for i in range(n):
            b.box((-w / 2 + w * (i + 0.5) / n, y + 0.012, h / 2), (0.042, 0.024, h - 0.02), second)
    elif kind == "grooves":
        for i in range(4):
            b.box((0, y + 0.001, h * (i + 0.7) / 4.4), (w, 0.004, 0.012), dark)
    elif kind == "panels":
        for s in (-1, 1):
            at = (s * w / 4, y + 0.008, h / 2)
            b.box(at, (w / 2 - 0.05, 0.016, h - 0.16), second, bevel=0.005)
    elif kind == "strip":
        pale = sh.material(f"{b.name}.strip", (0.85, 0.9, 0.95), 0.3)
        b.box((0, y + 0.004, h - 0.1), (w, 0.01, 0.03), pale)
        b.box((0, y + 0.004, 0.16), (w, 0.01, 0.02), pale)
    elif kind == "band":
        b.box((0, y + 0.004, h * 0.62), (w, 0.01, h * 0.2), second)
    elif kind == "bulge":
        for i in range(5):
            x = -w / 2 + w * (i + 0.5) / 5
            r = min(w / 10, 0.16)
            arc = [math.pi * k / 12 for k in range(13)]
            half = [(x + w / 10 * math.cos(a), y + r * math.sin(a)) for a in arc]
            slab(b, half, 0.0, h, second)
    b.box((0, y + 0.006, 0.05), (w, 0.014, 0.1), dark if kind != "plinth" else second)


def _divider(b: Any, kind: str, x: float, depth: float, h: float, m: Any, steel: Any) -> None:
    """Between two windows, on the shelf at ``x``."""
    y = depth / 2 + 0.01
    if kind == "board":
        b.box((x, y, h + 0.17), (0.018, depth - 0.03, 0.34), m, bevel=0.004)
    elif kind == "tall":
        b.box((x, y, h + 0.3), (0.03, depth - 0.01, 0.6), m, bevel=0.006)
    elif kind == "arc":
        b.cyl((x, y, h), depth / 2 - 0.02, 0.014, m, rot=(0, 1.5708, 0), sides=36)
    elif kind == "step":
        b.box((x, y, h + 0.1), (0.016, depth - 0.04, 0.2), m, bevel=0.003)
        b.box((x, y - depth * 0.2, h + 0.28), (0.016, depth * 0.5, 0.2), m, bevel=0.003)
    elif kind == "framed":
        for s in (-1, 1):
            b.cyl((x, y + s * (depth / 2 - 0.03), h + 0.18), 0.012, 0.36, steel, sides=10)
        b.box((x, y, h + 0.2), (0.01, depth - 0.08, 0.26), m)
    elif kind == "block":
        b.box((x, y, h + 0.06), (0.09, depth - 0.04, 0.12), m, bevel=0.006)


def counter(
    key: str,
    size: Size,
    _rng: random.Random,
    *,
    shelf: str = "#d6d4cf",
    stuff: str = "stone",
    thick: float = 0.03,
    edge: float = 0.004,
    apron: float = 0.0,
    face: str = "#aeb2b5",
    clad: str = "plain",
    second: str = "#8a6a4c",
    second_clad: str = "wood",
    front: str = "plain",
    inner: str = "#c4c6c6",
    screen: str = "none",
    screen_high: float = 0.3,
    ledge: float = 0.0,
    ledge_low: float = 0.3,
    divider: str = "board",
    divider_colour: str = "#d9dcde",
) -> Any:
    """A counter of ``size``: width of the window, depth of the shelf, height of its top.

    ``stuff``, ``thick``, ``edge`` (rounding) and ``apron`` (how far it falls down the front) are
    the shelf's; ``front``: plain, slats, grooves, panels, strip, band, bulge, plinth, open (a set
    back wall between ends).  ``screen``: none, frost, bars, rail, ears.  ``ledge`` is a writing
    board's depth, ``ledge_low`` below the shelf.  ``divider``: none, board, tall, arc, step,
    framed, block.
    """
    w, d, h = size
    b = sh.Builder(key)
    top = surface(key, "shelf", stuff, shelf)
    wall = surface(key, "face", clad, face)
    more = surface(key, "second", second_clad, second)
    within = sh.material(f"{key}.inner", sh.hex_linear(inner), 0.6)
    steel = sh.material(f"{key}.steel", (0.6, 0.6, 0.62), 0.3, 0.8)
    part = surface(key, "divider", "plastic", divider_colour)
    t = min(max(thick, 0.015), 0.07)
    tall = h - t
    y = 0.065
    if front == "open":
        b.box((0, 0.03, tall / 2), (w, 0.02, tall), wall)
        for s in (-1, 1):
            b.box((s * (w / 2 - 0.02), d / 2, tall / 2), (0.04, d - 0.02, tall), wall)
    else:
        b.box((0, 0.04, tall / 2), (w, 0.05, tall), wall)
        _front(b, front, w, tall, y, more)
    b.box((0, 0.012, tall / 2), (w, 0.006, tall - 0.02), within)
    b.box((0, d / 2 + 0.005, h - t / 2), (w, d, t), top, bevel=min(edge, t * 0.48), segments=3)
    if apron > 0.02:
        fall = min(apron, h - 0.05)
        b.box((0, d - 0.01, h - fall / 2 - 0.004), (w, 0.03, fall - 0.008), top)
    if ledge > 0.05 and h - ledge_low > 0.6:
        z = h - ledge_low
        b.box((0, d - 0.06 + ledge / 2, z - 0.015), (w, ledge + 0.1, 0.03), top, bevel=0.006)
        for bracket in (-0.35, 0.35):
            b.box((bracket * w, d / 2, z - 0.08), (0.03, d, 0.1), steel)
    if screen == "frost":
        pane = sh.material(f"{key}.pane", (0.62, 0.7, 0.72), 0.25)
        b.box((0, 0.004, h + screen_high / 2), (w * 0.94, 0.01, screen_high), pane, bevel=0.002)
    elif screen == "ears":
        pane = sh.material(f"{key}.pane", (0.62, 0.7, 0.72), 0.25)
        for s in (-1, 1):
            b.box((s * w * 0.38, 0.004, h + screen_high / 2), (w * 0.18, 0.01, screen_high), pane)
    elif screen in ("bars", "rail"):
        high = screen_high * (2.2 if screen == "bars" else 0.5)
        for i in range(4 if screen == "bars" else 3):
            x = -w * 0.48 + w * 0.96 * i / (3 if screen == "bars" else 2)
            b.cyl((x, 0.012, h + high / 2), 0.011, high, steel, sides=10)
        b.box((0, 0.012, h + high), (w * 0.98, 0.03, 0.03), steel, bevel=0.004)
    _divider(b, divider, -w / 2, d, h, part, steel)
    return b.object()


def _look(depth: float, height: float, **given: Any) -> Design:
    return Design(counter, (1.9, depth, height), {**_PLAIN, **given})


def with_width(design: Design, width: float) -> Design:
    """The same counter for windows ``width`` apart."""
    return replace(design, size=(width, *design.size[1:]))


def dims(design: Design) -> dict[str, float]:
    """Where things lie on a counter."""
    w, d, h = design.size
    return {"w": w, "d": d, "h": h}


_PLAIN: Final[dict[str, Any]] = {
    "stuff": "stone",
    "thick": 0.03,
    "edge": 0.004,
    "apron": 0.0,
    "clad": "plain",
    "second": "#8a6a4c",
    "second_clad": "wood",
    "front": "plain",
    "inner": "#c4c6c6",
    "screen": "none",
    "screen_high": 0.3,
    "ledge": 0.0,
    "ledge_low": 0.3,
    "divider": "board",
    "divider_colour": "#d9dcde",
}

# fmt: off
COUNTERS_TRAIN: Final[dict[str, Design]] = {
    "counter.train.marble_slats": _look(0.4, 1.05, shelf="#e6e3dc", stuff="veined", thick=0.04,
        face="#5b4028", clad="wood", second="#a9764a", front="slats", divider="board"),
    "counter.train.waterfall_white": _look(0.35, 1.1, shelf="#ecebe7", stuff="gloss", thick=0.06,
        edge=0.02, apron=0.9, face="#d9dbdc", front="plain", divider="none"),
    "counter.train.low_open": _look(0.5, 0.76, shelf="#c49a66", stuff="wood", face="#dfe0de",
        front="open", divider="tall", divider_colour="#4d6a8c", thick=0.025),
    "counter.train.black_veined": _look(0.38, 1.12, shelf="#1d1e21", stuff="veined", thick=0.04,
        apron=0.14, face="#8e9296", clad="stone", front="grooves", divider="framed",
        divider_colour="#c5d2d4"),
    "counter.train.bank_frost": _look(0.32, 1.08, shelf="#6b5a4a", stuff="stone", edge=0.014,
        face="#b49b78", clad="stone", front="panels", second="#9c8058", second_clad="stone",
        screen="frost", screen_high=0.24, divider="step"),
    "counter.train.blue_strip": _look(0.42, 1.02, shelf="#dfe3e6", stuff="gloss", face="#2f5d94",
        clad="paint", front="strip", divider="arc", divider_colour="#e4e8ea", edge=0.012),
    "counter.train.two_level": _look(0.28, 1.14, shelf="#b8b2a4", stuff="stone", face="#77797a",
        front="band", second="#b3272d", second_clad="paint", ledge=0.22, ledge_low=0.32,
        divider="board", divider_colour="#8f9aa0"),
    "counter.train.red_wood": _look(0.45, 1.0, shelf="#6b2f1d", stuff="varnish", edge=0.014,
        thick=0.045, face="#7a3a22", clad="wood", front="panels", second="#6b301c",
        divider="block", divider_colour="#5e2a1a", inner="#8a5a3c"),
    "counter.train.barred": _look(0.3, 1.1, shelf="#d0d2d0", stuff="stone", face="#a2a8a4",
        clad="stone", front="plinth", second="#3a3b3c", second_clad="plain", screen="bars",
        divider="none"),
    "counter.train.low_fabric": _look(0.42, 0.8, shelf="#e2dfd8", stuff="plain", face="#c9c5bb",
        front="band", second="#3f7a6a", second_clad="paint", divider="tall",
        divider_colour="#7e9c94", screen="rail", screen_high=0.2),
    "counter.train.columns": _look(0.44, 1.06, shelf="#cfc3ae", stuff="veined", edge=0.018,
        thick=0.04, face="#d8cfbd", front="bulge", second="#cbbd9f", second_clad="plain",
        divider="arc", divider_colour="#b89f72"),
    "counter.train.ears_grey": _look(0.36, 0.92, shelf="#8e9194", stuff="plain", face="#e7e7e5",
        clad="gloss", front="grooves", screen="ears", screen_high=0.42, divider="framed",
        divider_colour="#d6dfe2", ledge=0.18, ledge_low=0.18),
}
# fmt: on
