"""Desks of the teaching halls: constructions of legs, tops, drawers and screens.

Things lie on a desk anywhere at its height, so nothing rises from the top within its outline.
"""

from __future__ import annotations

import random
from typing import Any, Final

from datasets.render.furniture_parts import (
    Design,
    Size,
    castors,
    handle,
    outline,
    sh,
    slab,
    surface,
)


def _legs(b: Any, kind: str, w: float, d: float, under: float, body: Any, metal: Any) -> None:
    """What carries the top, whose underside is at ``under``."""
    for s in (-1, 1):
        x = s * (w / 2 - 0.035)
        if kind == "panel":
            b.box((x, 0, under / 2), (0.03, d - 0.1, under), body)
        elif kind == "thick":
            b.box((s * (w / 2 - 0.025), 0, under / 2), (0.05, d - 0.01, under), body, bevel=0.003)
        elif kind == "square":
            for y in (-d / 2 + 0.04, d / 2 - 0.04):
                b.box((x, y, under / 2), (0.05, 0.05, under), metal)
        elif kind == "round":
            for y in (-d / 2 + 0.05, d / 2 - 0.05):
                b.cyl((x, y, under / 2), 0.02, under, metal, top=0.03, sides=12)
        elif kind == "a":
            for y in (-1, 1):
                ends = [(x, y * (d / 2 - 0.03), 0.012), (x, y * 0.1, under)]
                b.tube(ends, 0.022, metal, sides=6)
        elif kind == "c":
            b.box((x, 0, 0.02), (0.06, d - 0.06, 0.04), metal, bevel=0.006)
            b.box((x, 0.12, under / 2), (0.05, 0.1, under), metal, bevel=0.006)
            b.box((x, 0, under - 0.02), (0.05, d - 0.14, 0.04), metal)
        elif kind == "frame":
            for y in (-1, 1):
                b.box((x, y * (d / 2 - 0.03), under / 2), (0.04, 0.04, under), metal)
            for z in (0.02, under - 0.02):
                b.box((x, 0, z), (0.04, d - 0.06, 0.04), metal)
    if kind in ("a", "c", "square", "frame", "round"):
        b.box((0, 0.12, under - 0.03), (w - 0.1, 0.05, 0.05), metal)


def _drawers(b: Any, x: float, size: Size, z0: float, rows: int, pull: str, m: Any, h: Any) -> None:
    """A chest of ``rows`` drawers from z0 up, its front towards the sitter."""
    w, d, tall = size
    b.box((x, 0.02, z0 + tall / 2), size, m)
    dark = h[1]
    for i in range(rows):
        each = tall / rows
        z = z0 + each * (i + 0.5)
        b.box((x, 0.02 - d / 2 - 0.006, z), (w - 0.014, 0.012, each - 0.01), h[2], bevel=0.002)
        at = (x, 0.02 - d / 2 - 0.012, z + (each * 0.28 if pull != "knob" else 0))
        handle(b, pull, at, w * 0.4, h[0], dark)


def desk(
    key: str,
    size: Size,
    _rng: random.Random,
    *,
    top: str = "#b98c55",
    stuff: str = "wood",
    edge: str = "#b98c55",
    thick: float = 0.025,
    corner: float = 0.004,
    bow: float = 0.0,
    body: str = "#a9adb1",
    grain: str = "plain",
    legs: str = "panel",
    metal: str = "#3a3c3f",
    modesty: str = "short",
    pedestal: int = 1,
    both: bool = False,
    mobile: bool = False,
    rows: int = 3,
    front: str = "#a9adb1",
    pull: str = "bar",
    tray: bool = False,
    hole: bool = False,
    screen: str = "none",
    screen_colour: str = "#7f93a5",
    screen_high: float = 0.34,
    mat: str = "none",
    mat_colour: str = "#3b2a20",
    side: bool = False,
) -> Any:
    """A desk of ``size``.

    ``stuff`` and ``grain`` are the surfaces of top and body; ``edge`` a band about the top;
    ``bow`` the bulge of the front edge.  ``legs``: panel, thick, square, round, a, c, frame.
    ``modesty``: short, long, none.  ``pedestal`` +1 at the sitter's right hand, -1 left, 0 none;
    ``mobile`` stands it on castors.  ``tray``: a keyboard drawer; ``hole``: a cable grommet.
    ``screen``: none, cloth, acrylic, wood (at the far edge), wing (at the sides).
    ``mat``: none, leather, clear, felt.  ``side``: a return towards the sitter, on the drawers'
    side.
    """
    w, d, h = size
    b = sh.Builder(key)
    slate = surface(key, "top", stuff, top)
    band = slate if edge == top else surface(key, "edge", "plain", edge)
    frame = surface(key, "body", grain, body)
    steel = surface(key, "metal", "paint", metal)
    fronts = frame if front == body else surface(key, "front", "paint", front)
    dark = sh.material(f"{key}.dark", (0.05, 0.05, 0.055), 0.5)
    t = min(max(thick, 0.012), 0.06)
    under = h - t
    shape = outline(w, d, min(corner, 0.12), min(bow, 0.1))
    if band is slate:
        slab(b, shape, under, h, slate)
    else:
        slab(b, shape, under, h - 0.002, band)
        slab(b, outline(w - 0.006, d - 0.006, corner, min(bow, 0.1)), h - 0.003, h, slate)
    _legs(b, legs, w, d, under, frame, steel)
    if modesty != "none":
        low = 0.06 if modesty == "long" else h - 0.38
        b.box((0, d / 2 - 0.05, (low + under) / 2), (w - 0.08, 0.016, under - low), frame)
    for s in (-1, 1):
        if pedestal != s and not both:
            continue
        x = s * (w / 2 - 0.24)
        pulls = (steel, dark, fronts)
        if mobile:
            _drawers(b, x, (0.38, d - 0.16, h - 0.17), 0.055, rows, pull, frame, pulls)
            castors(b, x, 0.02, 0.38, d - 0.16, dark)
        else:
            z0 = 0.0 if legs in ("panel", "thick") and modesty == "long" else 0.14
            _drawers(b, x, (0.38, d - 0.16, under - z0), z0, rows, pull, frame, pulls)
    if tray:
        b.box((0, -d / 2 + 0.12, h - 0.1), (0.62, 0.34, 0.016), frame, bevel=0.003)
        for s in (-1, 1):
            b.box((s * 0.32, -d / 2 + 0.16, h - 0.07), (0.014, 0.3, 0.06), steel)
    if hole:
        x = (w / 2 - 0.16) * (-1 if pedestal > 0 else 1)
        b.cyl((x, d / 2 - 0.08, h), 0.032, 0.003, steel, sides=20)
        b.cyl((x, d / 2 - 0.08, h + 0.0004), 0.02, 0.003, dark, sides=16)
    _screen(b, key, screen, screen_colour, min(screen_high, 0.45), size, steel)
    if mat != "none":
        kind = {"leather": "leather", "clear": "glass", "felt": "cloth"}[mat]
        sheet = surface(key, "mat", kind, "#b9c0c2" if mat == "clear" else mat_colour)
        slab(b, outline(w * 0.5, d * 0.58, 0.012), h, h + 0.0016, sheet)
        # the sitter's edge of a mat is at the desk's
    if side and pedestal and w > 1.5:
        x = pedestal * (w / 2 - 0.2)
        y = -d / 2 - 0.3
        b.box((x, y, h - 0.04 - t / 2), (0.4, 0.6, t), slate, bevel=0.002)
        b.box((x, y - 0.28, (h - 0.05) / 2), (0.38, 0.025, h - 0.05), frame)
    return b.object()


def _screen(b: Any, key: str, kind: str, colour: str, high: float, size: Size, steel: Any) -> None:
    """A partition outside the top's outline, so that it takes no room of it."""
    w, d, h = size
    if kind == "none":
        return
    stuff = {"cloth": "cloth", "wing": "cloth", "acrylic": "gloss", "wood": "wood"}[kind]
    m = surface(key, "screen", stuff, colour)
    t = 0.022 if stuff == "cloth" else 0.012
    low = h - 0.12
    tall = h + high - low
    if kind == "wing":
        for s in (-1, 1):
            b.box((s * (w / 2 + 0.014), 0.05, low + tall / 2), (t, d - 0.1, tall), m, bevel=0.004)
            b.box((s * (w / 2 + 0.014), 0.05, h + high + 0.005), (t + 0.006, d - 0.1, 0.014), steel)
        return
    b.box((0, d / 2 + 0.013, low + tall / 2), (w, t, tall), m, bevel=0.003)
    if kind == "cloth":
        b.box((0, d / 2 + 0.013, h + high + 0.004), (w, t + 0.004, 0.014), steel)
        for s in (-1, 1):
            b.box((s * w / 2, d / 2 + 0.013, low + tall / 2), (0.016, t + 0.004, tall), steel)
    if kind == "acrylic":
        for x in (-0.3 * w, 0.3 * w):
            b.box((x, d / 2 + 0.018, h + 0.02), (0.05, 0.03, 0.06), steel, bevel=0.003)


def dims(design: Design) -> dict[str, float]:
    """Where things lie on a desk and stand under it; ``both``: drawers at both hands."""
    w, d, h = design.size
    p = design.params
    hand = float(p.get("pedestal", 1))
    return {"w": w, "d": d, "h": h, "pedestal": hand, "both": float(p.get("both", False))}


def _look(w: float, d: float, h: float, **given: Any) -> Design:
    """Every trait is named, so that chance can mix it with any other desk's."""
    params = {"top": "#b98c55", "body": "#a9adb1", "metal": "#3a3c3f", **given}
    params.setdefault("edge", params["top"])
    params.setdefault("front", params["body"])
    return Design(desk, (w, d, h), {**_PLAIN, **params})


_PLAIN: Final[dict[str, Any]] = {
    "stuff": "wood",
    "thick": 0.025,
    "corner": 0.004,
    "bow": 0.0,
    "grain": "plain",
    "legs": "panel",
    "modesty": "short",
    "pedestal": 1,
    "both": False,
    "mobile": False,
    "rows": 3,
    "pull": "bar",
    "tray": False,
    "hole": False,
    "screen": "none",
    "screen_colour": "#7f93a5",
    "screen_high": 0.34,
    "mat": "none",
    "mat_colour": "#3b2a20",
    "side": False,
}

# fmt: off
DESKS_TRAIN: Final[dict[str, Design]] = {
    "desk.train.a_leg_white": _look(1.5, 0.7, 0.75, top="#e9e9e5", stuff="plain", legs="a",
        metal="#e2e3e4", body="#e4e4e1", modesty="none", mobile=True, rows=3, pull="lip",
        edge="#c08d52", hole=True),
    "desk.train.c_leg_oak": _look(1.6, 0.75, 0.74, top="#c9a26d", legs="c", metal="#9ea2a6",
        body="#d9d9d6", modesty="short", pedestal=-1, mobile=True, pull="slot", corner=0.03,
        screen="cloth", screen_colour="#5f7f9c"),
    "desk.train.boss_red": _look(1.75, 0.78, 0.76, top="#5b2a1c", stuff="varnish", thick=0.05,
        body="#552618", grain="varnish", legs="thick", modesty="long", both=True, rows=3,
        pull="bow", metal="#b5975a", mat="leather", mat_colour="#1e1a17", corner=0.02, bow=0.05),
    "desk.train.steel_office": _look(1.4, 0.7, 0.74, top="#8fa39a", stuff="plain",
        body="#b9c0bd", grain="paint", legs="panel", modesty="long", both=True, rows=4, pull="cup",
        metal="#c9cccc", mat="clear"),
    "desk.train.square_black": _look(1.4, 0.6, 0.74, top="#d8c3a0", legs="square",
        metal="#1c1d1f", body="#27282a", modesty="none", pedestal=0, hole=True, screen="acrylic",
        screen_colour="#b9c7cb", screen_high=0.28),
    "desk.train.frame_walnut": _look(1.6, 0.7, 0.75, top="#73502f", legs="frame",
        metal="#2b2c2e", body="#3c3733", modesty="short", pedestal=1, mobile=True, rows=2,
        pull="slot", thick=0.03, mat="felt", mat_colour="#6d6f72"),
    "desk.train.school_yellow": _look(1.35, 0.6, 0.75, top="#d3a250", stuff="varnish",
        body="#cf9f52", grain="varnish", legs="panel", modesty="long", pedestal=1, rows=1,
        pull="knob", metal="#40362a", thick=0.02, tray=True),
    "desk.train.stone_top": _look(1.7, 0.75, 0.76, top="#d2cdc3", stuff="veined", thick=0.03,
        body="#74675b", grain="wood", legs="thick", modesty="long", pedestal=-1, rows=3,
        pull="slot"),
    "desk.train.glass_black": _look(1.5, 0.72, 0.74, top="#15181b", stuff="glass", thick=0.012,
        legs="round", metal="#b4b8bb", body="#2a2c2f", modesty="none", pedestal=0, tray=True,
        corner=0.05, bow=0.06),
    "desk.train.l_return_maple": _look(1.7, 0.7, 0.74, top="#d6b98b", body="#d2b584",
        grain="wood", legs="panel", modesty="long", pedestal=1, rows=3, pull="bow", side=True,
        edge="#6b4a33", metal="#8b8e90"),
    "desk.train.cell_grey": _look(1.4, 0.62, 0.74, top="#b7b5b0", stuff="plain",
        body="#9d9fa0", legs="panel", modesty="short", pedestal=-1, mobile=True, pull="lip",
        screen="wing", screen_colour="#41597a", tray=True, hole=True),
    "desk.train.gloss_white": _look(1.6, 0.7, 0.75, top="#f0f0ee", stuff="gloss", thick=0.04,
        body="#efefed", grain="gloss", legs="thick", modesty="short", pedestal=1, rows=2,
        pull="slot", front="#3b6fa8", metal="#d5d7d8"),
    "desk.train.cherry_return": _look(1.65, 0.65, 0.75, top="#8f4a2c", body="#8b8f92",
        legs="c", metal="#6d7174", modesty="short", pedestal=-1, side=True, rows=3, pull="bar",
        screen="wood", screen_colour="#91502f", screen_high=0.22, corner=0.06),
    "desk.train.folding_beech": _look(1.4, 0.6, 0.74, top="#cbab7c", stuff="plain", legs="round",
        metal="#8f9396", body="#c2a274", modesty="none", pedestal=0, thick=0.02, corner=0.02,
        edge="#2d2d2d"),
}
# fmt: on
