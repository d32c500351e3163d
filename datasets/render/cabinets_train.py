"""Cabinets, computer cases and cable trays of the teaching halls."""

from __future__ import annotations

import random
from typing import Any, Final

from datasets.render.furniture_parts import Design, Size, castors, handle, sh, surface

BINDERS: Final = ("#27406b", "#1e1f22", "#7f2a2c", "#d9d6cc", "#3f6b52", "#c58a2e", "#777b80")


def _files(b: Any, key: str, rng: random.Random, x: float, w: float, z: float, room: float) -> None:
    """A row of binders on a board at z, about x."""
    at, end = x - w / 2 + 0.02, x + w / 2 - 0.02
    colours = rng.sample(BINDERS, 2)
    high = min(0.32, room - 0.03)
    while at < end - 0.05 and high > 0.12:
        t = rng.choice((0.035, 0.055, 0.075))
        if rng.random() < 0.12:
            at += 0.1
            continue
        c = rng.choice(colours)
        m = sh.material(f"{key}.file{c[1:4]}", sh.hex_linear(c), 0.6)
        b.box((at + t / 2, -0.02, z + high / 2), (t - 0.003, 0.27, high), m)
        if t > 0.05:
            pale = sh.material(f"{key}.slip", (0.75, 0.75, 0.72), 0.7)
            b.box((at + t / 2, -0.155, z + high * 0.65), (t * 0.6, 0.003, high * 0.35), pale)
        at += t


def cabinet(
    key: str,
    size: Size,
    rng: random.Random,
    *,
    body: str = "#b4b8ba",
    clad: str = "paint",
    front: str = "#b4b8ba",
    upper: str = "doors",
    lower: str = "doors",
    split: float = 0.5,
    columns: int = 2,
    rows: int = 3,
    pull: str = "bar",
    pull_colour: str = "#2b2c2e",
    foot: str = "plinth",
    top: str = "#b4b8ba",
    lip: bool = False,
) -> Any:
    """A cabinet of ``size``, flat on top.

    ``upper`` and ``lower`` (its lower part is ``split`` of the height): doors, drawers, shelves,
    glass, sliding, lockers, louvres.  ``columns`` and ``rows`` divide them.  ``foot``: plinth,
    legs, castors, flat.  ``lip``: a board of the colour ``top`` that stands out over the front.
    """
    w, d, h = size
    b = sh.Builder(key)
    m = surface(key, "body", clad, body)
    f = m if front == body else surface(key, "front", clad, front)
    metal = surface(key, "pull", "metal" if pull_colour > "#6" else "plastic", pull_colour)
    dark = sh.material(f"{key}.dark", (0.06, 0.06, 0.065), 0.5)
    z0 = {"plinth": 0.06, "legs": 0.14, "castors": 0.06, "flat": 0.0}[foot]
    if foot == "plinth":
        b.box((0, 0.01, 0.03), (w - 0.02, d - 0.04, 0.06), dark)
    elif foot == "legs":
        for i in (-1, 1):
            for k in (-1, 1):
                at = (i * (w / 2 - 0.05), k * (d / 2 - 0.05), 0.07)
                b.cyl(at, 0.014, 0.14, metal, top=0.02, sides=10)
    elif foot == "castors":
        castors(b, 0, 0, w, d, dark, 0.03)
    roof = h
    if lip:
        b.box((0, -0.008, h - 0.0125), (w + 0.02, d + 0.03, 0.025), surface(key, "top", clad, top))
        roof = h - 0.025
    t = 0.018
    for s in (-1, 1):
        b.box((s * (w / 2 - t / 2), 0, (z0 + roof) / 2), (t, d, roof - z0), m)
    b.box((0, d / 2 - 0.006, (z0 + roof) / 2), (w, 0.012, roof - z0), m)
    cut = z0 + (roof - z0) * min(max(split, 0.25), 0.75)
    for z in (z0 + t / 2, cut, roof - t / 2):
        b.box((0, 0, z), (w, d, t), m)
    for kind, low, high in ((lower, z0 + t, cut - t / 2), (upper, cut + t / 2, roof - t)):
        _bay(
            b,
            key,
            kind,
            (w - 2 * t, d),
            (low, high),
            (columns, rows),
            pull,
            (m, f, metal, dark),
            rng,
        )
    return b.object()


def _bay(
    b: Any,
    key: str,
    kind: str,
    size: tuple[float, float],
    span: tuple[float, float],
    grid: tuple[int, int],
    pull: str,
    skins: tuple[Any, Any, Any, Any],
    rng: random.Random,
) -> None:
    (w, d), (low, high), (columns, rows) = size, span, grid
    m, f, metal, dark = skins
    tall, mid, y = high - low, (low + high) / 2, -d / 2 + 0.006
    if kind in ("shelves", "glass"):
        boards = max(1, round(tall / 0.37))
        for i in range(boards):
            z = low + tall * i / boards
            if i:
                b.box((0, 0.01, z), (w, d - 0.04, 0.016), m)
            _files(b, key, rng, 0, w, z + 0.008, tall / boards)
        if kind == "glass":
            for i in range(columns):
                x = -w / 2 + w * (i + 0.5) / columns
                for s in (-1, 1):
                    b.box((x + s * (w / columns / 2 - 0.02), y, mid), (0.036, 0.016, tall), f)
                    b.box((x, y, mid + s * (tall / 2 - 0.02)), (w / columns - 0.01, 0.016, 0.04), f)
                at = (x + (w / columns / 2 - 0.02) * (1 if i % 2 == 0 else -1), y - 0.008, mid)
                handle(b, pull, at, 0.1, metal, dark, upright=True)
        return
    if kind == "sliding":
        for s in (-1, 1):
            b.box(
                (s * w / 4, y + (0.004 if s > 0 else -0.006), mid), (w / 2 + 0.01, 0.014, tall), f
            )
            handle(b, "cup", (s * (w / 2 - 0.07), y - 0.014, mid), 0.1, metal, dark)
        return
    if kind == "doors":
        rows = 1
    if kind == "drawers":
        rows = max(1, min(rows, round(tall / 0.14)))
        columns = 1 if w < 0.9 else min(columns, 2)
    if kind in ("lockers", "louvres"):
        rows = max(1, min(rows, round(tall / 0.2)))
    for i in range(columns):
        for k in range(rows):
            cw, ch = w / columns, tall / rows
            x, z = -w / 2 + cw * (i + 0.5), low + ch * (k + 0.5)
            b.box((x, y - 0.004, z), (cw - 0.008, 0.016, ch - 0.008), f, bevel=0.002)
            if kind == "drawers":
                at = (x, y - 0.012, z + (0 if pull == "knob" else ch * 0.15))
                handle(b, pull, at, min(0.16, cw * 0.4), metal, dark)
                continue
            side = 1 if i % 2 == 0 else -1
            at = (x + side * cw * 0.38, y - 0.012, z)
            handle(b, pull, at, min(0.14, ch * 0.4), metal, dark, upright=True)
            if kind in ("lockers", "louvres"):
                for n in range(4):
                    up = z + ch * 0.28 + n * min(0.018, ch * 0.05)
                    b.box((x, y - 0.012, up), (cw * 0.4, 0.004, 0.006), dark)
                if kind == "lockers":
                    pale = sh.material(f"{key}.card", (0.8, 0.8, 0.78), 0.6)
                    b.box((x, y - 0.013, z + ch * 0.12), (cw * 0.22, 0.003, 0.03), pale)


def _cabinet(w: float, d: float, h: float, **given: Any) -> Design:
    given.setdefault("front", given["body"])
    given.setdefault("top", given["body"])
    return Design(cabinet, (w, d, h), {**_CABINET, **given})


_CABINET: Final[dict[str, Any]] = {
    "clad": "paint",
    "upper": "doors",
    "lower": "doors",
    "split": 0.5,
    "columns": 2,
    "rows": 3,
    "pull": "bar",
    "pull_colour": "#2b2c2e",
    "foot": "plinth",
    "lip": False,
}

# fmt: off
CABINETS_TRAIN: Final[dict[str, Design]] = {
    "cabinet.train.file_glass": _cabinet(0.9, 0.4, 1.8, body="#c3c7c8", upper="glass",
        lower="doors", split=0.45, pull="lock", pull_colour="#b8bbbd"),
    "cabinet.train.drawers_steel": _cabinet(0.8, 0.5, 1.3, body="#a3a9a8", upper="drawers",
        lower="drawers", columns=1, rows=2, pull="cup", foot="flat"),
    "cabinet.train.open_white": _cabinet(0.9, 0.36, 1.2, body="#e8e8e4", clad="plain",
        upper="shelves", lower="shelves", foot="flat"),
    "cabinet.train.credenza_walnut": _cabinet(1.6, 0.42, 0.75, body="#6b4529", clad="wood",
        upper="sliding", lower="sliding", split=0.3, foot="legs", lip=True, pull="slot"),
    "cabinet.train.lockers_blue": _cabinet(1.2, 0.45, 1.8, body="#d5d8da", front="#4a6f9c",
        upper="lockers", lower="lockers", columns=4, rows=1, pull="lock", foot="legs"),
    "cabinet.train.low_oak": _cabinet(1.2, 0.4, 0.8, body="#c79c62", clad="wood",
        front="#e9e7e1", upper="shelves", lower="doors", split=0.6, columns=3, pull="knob"),
    "cabinet.train.shelf_doors": _cabinet(0.8, 0.38, 1.95, body="#b98d5b", clad="wood",
        upper="shelves", lower="doors", split=0.4, pull="bow", pull_colour="#a8abad"),
    "cabinet.train.roller_grey": _cabinet(0.9, 0.45, 0.72, body="#8f9497", front="#c6cacc",
        upper="drawers", lower="drawers", rows=2, columns=1, pull="lip", foot="castors", lip=True),
    "cabinet.train.red_wood": _cabinet(1.4, 0.42, 1.9, body="#6a2d1d", clad="varnish",
        upper="glass", lower="louvres", columns=3, rows=1, split=0.42, pull="knob",
        pull_colour="#b4934f"),
    "cabinet.train.sliding_steel": _cabinet(1.2, 0.42, 1.0, body="#d3d0c4", upper="sliding",
        lower="sliding", split=0.55, pull="cup", foot="flat"),
    "cabinet.train.card_index": _cabinet(1.0, 0.45, 1.1, body="#b48550", clad="wood",
        upper="drawers", lower="drawers", columns=2, rows=4, pull="knob", foot="legs"),
    "cabinet.train.phone_lockers": _cabinet(0.9, 0.34, 0.9, body="#e3e5e6", front="#dcdedf",
        upper="lockers", lower="lockers", columns=5, rows=2, pull="lock", foot="flat"),
}
# fmt: on

# ---------------------------------------------------------------------------------- cases


def tower(
    key: str,
    size: Size,
    _rng: random.Random,
    *,
    case: str = "#1a1b1c",
    front: str = "#26282b",
    light: str = "#2060e0",
    kind: str = "plain",
    feet: bool = True,
) -> Any:
    """A computer case; its ``kind`` of front: plain, mesh, bay, door, glass, slots."""
    w, d, h = size
    b = sh.Builder(key)
    m = surface(key, "case", "paint", case)
    f = surface(key, "front", "mesh" if kind == "mesh" else "plastic", front)
    dark = sh.material(f"{key}.dark", (0.02, 0.02, 0.022), 0.4)
    led = sh.material(f"{key}.led", sh.hex_linear(light), 0.4)
    z0 = 0.012 if feet else 0.0
    b.box((0, 0, (z0 + h) / 2), (w, d, h - z0), m, bevel=0.005)
    if feet:
        for s in (-1, 1):
            b.box((s * w * 0.38, 0, 0.008), (0.02, d * 0.9, 0.016), dark)
    y = -d / 2
    b.box((0, y - 0.005, (z0 + h) / 2), (w - 0.006, 0.014, h - z0 - 0.008), f, bevel=0.004)
    y -= 0.012
    if kind == "bay":
        for i in range(2):
            b.box((0, y, h * 0.86 - i * 0.05), (w - 0.03, 0.005, 0.04), m, bevel=0.002)
        b.box((0, y, h * 0.25), (w - 0.05, 0.004, h * 0.2), dark)
    elif kind == "door":
        b.box((w * 0.1, y, h * 0.55), (w * 0.6, 0.01, h * 0.75), m, bevel=0.004)
    elif kind == "slots":
        for i in range(9):
            b.box((0, y, h * 0.15 + i * h * 0.06), (w - 0.04, 0.004, 0.009), dark)
    elif kind == "glass":
        pane = sh.material(f"{key}.pane", (0.015, 0.018, 0.025), 0.03)
        b.box((w / 2 + 0.003, 0, h / 2), (0.006, d - 0.02, h - 0.04), pane)
        for i in range(3):
            at = (0.0, y, h * (0.2 + 0.28 * i))
            b.cyl(at, min(w, h) * 0.3, 0.006, led, rot=(1.5708, 0, 0), sides=20)
            b.cyl(at, min(w, h) * 0.26, 0.009, dark, rot=(1.5708, 0, 0), sides=20)
    b.cyl((w * 0.25, y, h * 0.93), 0.008, 0.006, led, rot=(1.5708, 0, 0), sides=12)
    for i in range(2):
        b.box((-w * 0.2 + i * 0.025, y, h * 0.93), (0.014, 0.004, 0.007), dark)
    return b.object()


TOWERS_TRAIN: Final[dict[str, Design]] = {
    f"tower.train.{name}": Design(
        tower, size, {"case": c, "front": f, "light": g, "kind": k, "feet": e}
    )
    for name, size, c, f, g, k, e in (
        ("beige_bay", (0.19, 0.42, 0.4), "#cfc9b8", "#d2ccbb", "#40c040", "bay", True),
        ("mesh_game", (0.21, 0.42, 0.45), "#141517", "#1d1f21", "#e03030", "mesh", True),
        ("glass_white", (0.22, 0.4, 0.46), "#e4e6e8", "#d8dadc", "#40c8e0", "glass", True),
        ("office_slots", (0.155, 0.3, 0.33), "#232527", "#2b2d30", "#f0f0f0", "slots", False),
        ("silver_door", (0.17, 0.38, 0.38), "#2a2c2e", "#a9adb0", "#3060e0", "door", True),
        ("cube_black", (0.26, 0.3, 0.24), "#1b1c1e", "#202225", "#e0a020", "slots", True),
        ("grey_plain", (0.175, 0.36, 0.37), "#6e7276", "#3b3e42", "#40d060", "plain", False),
    )
}

# ---------------------------------------------------------------------------------- trays


def tray(
    key: str,
    size: Size,
    rng: random.Random,
    *,
    metal: str = "#b0b3b5",
    kind: str = "wire",
    first: str = "#151515",
    second: str = "#d0d0cc",
    count: int = 3,
    brick: bool = False,
) -> Any:
    """A tray hung under a desk (origin: its middle, at its own height) with a tied bundle.

    ``kind``: wire, trough (bent sheet), slotted (a ducting with fingers), ladder, net (a cloth
    sling).  ``count`` cables of two colours; ``brick``: a power supply lies in it.
    """
    w, d, h = size
    b = sh.Builder(key)
    m = surface(key, "metal", "cloth" if kind == "net" else "paint", metal)
    half = d / 2
    if kind in ("wire", "ladder"):
        step = 0.06 if kind == "wire" else 0.12
        for i in range(int(w / step) + 1):
            x = -w / 2 + i * step
            hoop = [(x, -half, h), (x, -half * 0.85, 0), (x, half * 0.85, 0), (x, half, h)]
            b.tube(hoop, 0.003, m, sides=5)
        for y, z in ((-half, h), (-half * 0.3, 0), (half * 0.3, 0), (half, h)):
            b.tube([(-w / 2, y, z), (w / 2, y, z)], 0.004, m, sides=5)
    elif kind == "net":
        n = 8
        for i in range(n):
            y0, y1 = -half + d * i / n, -half + d * (i + 1) / n
            z = h * (((y0 + y1) / 2) / half) ** 2
            b.box((0, (y0 + y1) / 2, z), (w, d / n + 0.006, 0.004), m)
    else:
        b.box((0, 0, 0.001), (w, d, 0.002), m)
        for s in (-1, 1):
            if kind == "trough":
                b.box((0, s * half, h / 2), (w, 0.002, h), m)
                continue
            for i in range(int(w / 0.025)):
                b.box((-w / 2 + 0.0125 + i * 0.025, s * half, h / 2), (0.016, 0.002, h), m)
    for n in range(count):
        cord = sh.material(f"{key}.c{n}", sh.hex_linear(second if n % 3 == 2 else first), 0.5)
        y = (n - (count - 1) / 2) * 0.013
        pts = [
            (-w / 2 + w * i / 12, y + rng.uniform(-0.005, 0.005), 0.012 + rng.uniform(0, 0.008))
            for i in range(13)
        ]
        b.tube(pts, 0.005, cord, sides=6)
    tie = sh.material(f"{key}.tie", (0.75, 0.75, 0.72), 0.5)
    for i in (3, 6, 9):
        b.box((-w / 2 + w * i / 12, 0.0, 0.014), (0.012, 0.014 * count + 0.012, 0.028), tie)
    if brick:
        box = sh.material(f"{key}.brick", (0.015, 0.015, 0.016), 0.4)
        b.box((w * 0.3, 0.02, 0.035), (0.13, 0.055, 0.032), box, bevel=0.006)
    return b.object()


TRAYS_TRAIN: Final[dict[str, Design]] = {
    f"tray.train.{name}": Design(
        tray, size, {"metal": m, "kind": k, "first": a, "second": c, "count": n, "brick": e}
    )
    for name, size, m, k, a, c, n, e in (
        ("trough_white", (0.9, 0.12, 0.08), "#dfe0e0", "trough", "#1a1a1a", "#c9c9c4", 4, True),
        ("duct_grey", (1.0, 0.06, 0.06), "#a7abad", "slotted", "#d8d8d4", "#23488f", 3, False),
        ("ladder_black", (0.7, 0.15, 0.06), "#222325", "ladder", "#171717", "#8a2a2a", 5, True),
        ("net_black", (0.8, 0.18, 0.08), "#2a2b2d", "net", "#141414", "#dadad6", 3, False),
        ("wire_white", (0.6, 0.16, 0.09), "#e2e3e3", "wire", "#e0e0dc", "#191919", 4, False),
        ("trough_wood", (0.9, 0.1, 0.07), "#9b7950", "trough", "#202020", "#3b7a4a", 3, False),
    )
}
