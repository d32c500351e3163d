"""Name plates and pause signs of other constructions than `signs.sign`."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.core import seed_of
from datasets.render.assets.lettering import plate
from datasets.render.assets.shapes import builder, curve, mat, pic, sh
from datasets.render.assets.stands import FLAT, board, clear, leaf, moved, pane, wedge


def _timber(ident: str, part: str, colour: str) -> Any:
    """Wood with its grain along x, two hand's breadths a repeat."""
    picture = sh.wood(colour, seed_of(ident + part) % 9991, 256)
    return pic(ident, part, picture, 0.5, scale=5.0, coords="Object", projection="BOX")


def _body(ident: str, part: str, colour: str, stuff: str) -> Any:
    if stuff == "wood":
        return _timber(ident, part, colour)
    return mat(ident, part, colour, 0.3 if stuff == "metal" else 0.4, float(stuff == "metal"))


def desk_plate(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "acrylic",
    layout: str = "plain",
    words: tuple[str, ...] = ("王小明", "工号 012"),
    ink: str = "#1a1a1a",
    ground: str = "#f2f1ec",
    accent: str = "#b01c1c",
    body: str = "#8a5a34",
    stuff: str = "wood",
    size: tuple[float, float] = (0.2, 0.08),
    lean: float = 0.2,
    both: bool = False,
) -> Any:
    """A name plate with the ``words`` of a post or person.

    ``kind``: "acrylic" (clear L), "upright" (clear sheets in a base), "prism" (a solid wedge),
    "bent" (sheet metal with a foot), "tent" (two printed leaves), "led" (a box of lit letters),
    "flag" (a plate beside a pole), "slot" (a card in a grooved bar), "bar" (a thick bar lying).
    ``both``: the words are on the back too.
    """
    w, h = size
    b = builder(ident)
    face = plate(words, size, ink, ground, layout, accent)
    m = pic(ident, "print", face, 0.45, coords="UV")
    blank = mat(ident, "blank", ground, 0.6)
    back = m if both else blank
    stand = _body(ident, "body", body, stuff)
    rim = mat(ident, "rim", "#e4eef0", 0.15)
    if kind == "acrylic":
        glass, deep = clear(ident, "glass"), h * 0.7
        pane(b, (w + 0.01, h + 0.008), glass, rim, foot=(0, -deep / 3, 0.001), lean=lean)
        pane(b, (w + 0.01, deep), glass, rim, foot=(0, -deep / 3, 0.002), lean=FLAT)
        foot = (0, -deep / 3, 0.003)
        leaf(b, size, m, foot=foot, lean=lean, up=0.003, out=0.0012)
        leaf(b, size, back, foot=foot, lean=lean, up=0.003, out=0.0012, back=True)
    elif kind == "upright":
        z = 0.016
        b.box((0, 0, z / 2), (w * 0.86, 0.05, z), stand, bevel=0.003)
        board(b, (w, h, 0.006), rim, foot=(0, 0, z))
        leaf(b, (w * 0.97, h * 0.95), m, foot=(0, 0, z), up=h * 0.025, out=0.0036)
        leaf(b, (w * 0.97, h * 0.95), back, foot=(0, 0, z), up=h * 0.025, out=0.0036, back=True)
    elif kind == "prism":
        d, tilt = h * 0.75, 0.36
        y = -d / 2
        top = (y + h * math.sin(tilt), h * math.cos(tilt))
        wedge(b, [(y, 0), (d / 2, 0), top], w, stand)
        leaf(b, (w * 0.94, h * 0.82), m, foot=(0, y, 0), lean=tilt, up=h * 0.09, out=0.001)
        if both:
            away = (w * 0.94, h * 0.8)
            rear = math.atan2(d / 2 - top[0], top[1])
            leaf(b, away, m, foot=(0, d / 2, 0), lean=-rear, up=h * 0.08, out=0.001, back=True)
    elif kind == "bent":
        foot = (0, -h * 0.2, 0.001)
        board(b, (w, h, 0.003), stand, foot=foot, lean=lean + 0.1, bevel=0.001)
        board(b, (w, h * 0.62, 0.003), stand, foot=(0, -h * 0.2, 0.0016), lean=FLAT)
        leaf(b, (w * 0.95, h * 0.9), m, foot=foot, lean=lean + 0.1, up=h * 0.05, out=0.0022)
    elif kind == "tent":
        d, tall = h * 0.36, h * 0.985
        tilt = math.asin(min(0.6, d / tall))
        for turn, print_ in ((0.0, m), (math.pi, back)):
            with moved(b, turn=turn):
                board(b, (w, tall, 0.002), blank, foot=(0, -d, 0.001), lean=tilt)
                leaf(b, (w, tall), print_, foot=(0, -d, 0.001), lean=tilt, out=0.0015)
        b.box((0, 0, 0.002), (w, d * 1.8, 0.002), blank)
    elif kind == "led":
        dark = mat(ident, "case", "#17181a", 0.4)
        lit = plate(words, size, "#ff5a30" if not both else "#ffb040", "#100808", "plain", accent)
        glow = pic(ident, "lit", lit, 0.3, coords="UV", emission=1.2)
        board(b, (w + 0.016, h + 0.014, 0.028), dark, foot=(0, 0, 0.012), lean=0.08, bevel=0.003)
        leaf(b, size, glow, foot=(0, 0, 0.012), lean=0.08, up=0.007, out=0.0148)
        b.box((0, 0, 0.006), (w * 0.7, 0.07, 0.012), dark, bevel=0.003)
    elif kind == "flag":
        b.cyl((-w / 2, 0, 0.006), 0.038, 0.012, stand)
        b.cyl((-w / 2, 0, (h + 0.09) / 2), 0.004, h + 0.09, stand, sides=10)
        b.ball((-w / 2, 0, h + 0.09), (0.007, 0.007, 0.007), stand, segments=10)
        board(b, (w, h, 0.003), blank, foot=(0.004, 0, 0.08))
        leaf(b, size, m, foot=(0.004, 0, 0.08), out=0.0022)
        leaf(b, size, m, foot=(0.004, 0, 0.08), out=0.0022, back=True)
    elif kind == "slot":
        b.box((0, 0, 0.012), (w * 1.04, 0.042, 0.024), stand, bevel=0.002)
        board(b, (w, h, 0.0016), blank, foot=(0, 0, 0.016), lean=0.14)
        leaf(b, size, m, foot=(0, 0, 0.016), lean=0.14, out=0.0012)
        leaf(b, size, back, foot=(0, 0, 0.016), lean=0.14, out=0.0012, back=True)
    else:  # a thick bar, its front cut back
        d = h * 0.62
        front = -d / 2
        section = [(front, 0), (d / 2, 0), (d / 2, h), (front + 0.012, h), (front, h * 0.12)]
        wedge(b, section, w, stand)
        tilt = math.atan2(0.012, h * 0.88)
        foot = (0, front, h * 0.12)
        leaf(b, (w * 0.92, h * 0.76), m, foot=foot, lean=tilt, up=h * 0.05, out=0.001)
        if both:
            leaf(b, (w * 0.92, h * 0.8), m, foot=(0, d / 2, h * 0.1), out=0.001, back=True)
    return b.object()


def pause(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "t_stand",
    layout: str = "plain",
    words: tuple[str, ...] = ("暂停服务", "SERVICE SUSPENDED"),
    ink: str = "#c01818",
    ground: str = "#f4f3ee",
    accent: str = "#c01818",
    body: str = "#b8bcc0",
    stuff: str = "metal",
    size: tuple[float, float] = (0.24, 0.12),
    lean: float = 0.16,
) -> Any:
    """A sign that a window is closed, its large words on both sides.

    ``kind``: "t_stand" (acrylic in a base), "block" (a thick board standing), "led" (a lit box),
    "prism" (three faces lying), "flip" (leaves on rings over a tent), "arch" (a plate hung from a
    hoop), "a_board" (two boards on feet), "disc" (a round plate on a stem), "bend" (one sheet bent
    into a foot), "roof" (a plate bent over lengthwise, open at the ends).
    """
    w, h = size
    b = builder(ident)
    m = pic(ident, "print", plate(words, size, ink, ground, layout, accent), 0.4, coords="UV")
    blank = mat(ident, "blank", ground, 0.4)
    stand = _body(ident, "body", body, stuff)
    rim = mat(ident, "rim", "#e2ecee", 0.12)
    if kind == "t_stand":
        z = 0.014
        b.box((0, 0, z / 2), (w * 0.9, 0.075, z), rim, bevel=0.003)
        board(b, (w + 0.012, h + 0.01, 0.007), rim, foot=(0, 0, z))
        leaf(b, size, m, foot=(0, 0, z), up=0.005, out=0.0042)
        leaf(b, size, m, foot=(0, 0, z), up=0.005, out=0.0042, back=True)
    elif kind == "block":
        board(b, (w, h, 0.03), stand, bevel=0.004)
        inner = (w * 0.9, h * 0.84)
        leaf(b, inner, m, up=h * 0.08, out=0.0156)
        leaf(b, inner, m, up=h * 0.08, out=0.0156, back=True)
    elif kind == "led":
        dark = mat(ident, "case", "#151618", 0.4)
        lit = plate(words, size, "#ff3a22", "#120606", "frame" if layout == "frame" else "plain")
        glow = pic(ident, "lit", lit, 0.3, coords="UV", emission=1.6)
        board(b, (w + 0.03, h + 0.03, 0.04), dark, foot=(0, 0, 0.02), bevel=0.005)
        leaf(b, size, glow, foot=(0, 0, 0.02), up=0.015, out=0.0206)
        for x in (-w * 0.35, w * 0.35):
            b.box((x, 0, 0.011), (0.03, 0.09, 0.022), dark, bevel=0.004)
    elif kind == "prism":
        d = h / math.cos(math.pi / 6)
        y, tip = d / 2, h
        wedge(b, [(-y, 0), (y, 0), (0, tip)], w, blank)
        tilt, run = math.atan2(y, tip), math.hypot(y, tip)
        for turn in (0.0, math.pi):
            with moved(b, turn=turn):
                leaf(b, (w, run * 0.97), m, foot=(0, -y, 0), lean=tilt, up=run * 0.01, out=0.001)
    elif kind == "flip":
        d, tall = h * 0.38, h * 1.12
        tilt = math.asin(min(0.6, d / tall))
        black = mat(ident, "rings", "#2a2b2e", 0.4)
        for turn in (0.0, math.pi):
            with moved(b, turn=turn):
                board(b, (w * 1.05, tall, 0.003), stand, foot=(0, -d, 0.001), lean=tilt)
                leaf(b, size, m, foot=(0, -d, 0.001), lean=tilt, up=h * 0.03, out=0.004)
        top = tall * math.cos(tilt)
        for k in range(8):
            x = w * (-0.42 + 0.12 * k)
            b.cyl((x, 0, top), 0.011, 0.003, black, rot=(0, FLAT, 0), sides=12)
    elif kind == "arch":
        r, z = 0.005, h + 0.075
        for s in (-1, 1):
            b.box((s * (w / 2 + 0.02), 0, 0.005), (0.024, 0.1, 0.01), stand, bevel=0.002)
        x = w / 2 + 0.02
        path = [(-x, 0, 0.005), (-x, 0, z * 0.8), (-x * 0.8, 0, z), (0, 0, z + 0.004)]
        path += [(-px, py, pz) for px, py, pz in path[-2::-1]]
        b.tube(curve(path, 5), r, stand, sides=8)
        for s in (-1, 1):
            b.cyl((s * w * 0.32, 0, z - 0.014), 0.003, 0.03, stand, sides=6)
        board(b, (w, h, 0.004), blank, foot=(0, 0, z - h - 0.026))
        for back in (False, True):
            leaf(b, size, m, foot=(0, 0, z - h - 0.026), out=0.0026, back=back)
    elif kind == "a_board":
        tilt, tall = 0.3, h * 1.3
        d = tall * math.sin(tilt)
        for turn in (0.0, math.pi):
            with moved(b, turn=turn):
                for x in (-w / 2, w / 2):
                    foot = (x, -d, 0.002)
                    board(b, (0.014, tall, 0.014), stand, foot=foot, lean=tilt, bevel=0.002)
                board(b, (w, h, 0.004), blank, foot=(0, -d * 0.8, tall * 0.19), lean=tilt)
                leaf(b, size, m, foot=(0, -d * 0.8, tall * 0.19), lean=tilt, out=0.003)
    elif kind == "disc":
        r = (w + h) / 3
        z = r * 2.2
        b.cyl((0, 0, 0.007), r * 0.66, 0.014, stand)
        b.cyl((0, 0, (z - r) / 2), 0.007, z - r, stand, sides=12)
        coat = mat(ident, "coat", accent, 0.35)
        b.cyl((0, 0, z), r, 0.008, coat, rot=(FLAT, 0, 0), sides=36)
        square = (r * 1.62, r * 0.86)
        front = plate(words, square, ink, ground, "plain", accent)
        label = pic(ident, "label", front, 0.4, coords="UV")
        for back in (False, True):
            leaf(b, square, label, foot=(0, 0, z), up=-r * 0.43, out=0.005, back=back)
    elif kind == "bend":
        foot, deep = (0, -h * 0.25, 0.0015), h * 0.66
        board(b, (w, h, 0.004), blank, foot=foot, lean=lean, bevel=0.001)
        board(b, (w, deep, 0.003), blank, foot=(0, -h * 0.25, 0.0016), lean=FLAT)
        leaf(b, (w * 0.96, h * 0.94), m, foot=foot, lean=lean, up=h * 0.03, out=0.003)
        leaf(b, (w * 0.96, h * 0.94), m, foot=foot, lean=lean, up=h * 0.03, out=0.003, back=True)
    else:  # a sheet bent over a round ridge, open at its ends
        d = h * 0.45
        tilt = math.atan2(d * 0.8, h)
        run = math.hypot(d * 0.8, h)
        for turn in (0.0, math.pi):
            with moved(b, turn=turn):
                board(b, (w, run, 0.003), blank, foot=(0, -d, 0), lean=tilt)
                leaf(b, (w * 0.98, run * 0.96), m, foot=(0, -d, 0), lean=tilt, out=0.0024)
        b.cyl((0, 0, h - d * 0.02), d * 0.22, w, blank, rot=(0, FLAT, 0), sides=14)
    return b.object()
