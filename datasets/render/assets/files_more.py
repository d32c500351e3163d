"""Folders and files of other constructions than `paper.folder`."""

from __future__ import annotations

import math
import random
from typing import Any

from datasets.render.assets.books_more import cover, spine
from datasets.render.assets.core import seed_of
from datasets.render.assets.shapes import builder, grain, mat, page, pic, sheet
from datasets.render.assets.stands import FLAT, board, clear, leaf, moved, wedge


def office_file(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "box",
    colour: str = "#24508e",
    second: str = "#c0262c",
    third: str = "#2f7d58",
    paper: str = "#efede6",
    label: str = "业务档案",
    thick: float = 0.05,
    size: tuple[float, float] = (0.235, 0.315),
    count: int = 3,
    upright: bool = True,
) -> Any:
    """What papers are kept in.

    ``kind``: "box" (a plastic file box), "lever" (arch files with a finger hole), "magazine"
    (slanted open boxes), "sleeve" (a clear envelope with a press stud), "accordion" (a fan of
    pockets), "hanging" (folders hung in a frame), "board" (a clipboard with a cover turned back),
    "string" (a kraft envelope tied with string), "slide" (clear covers in a sliding bar),
    "tabs" (paper folders with tabs, in a pile), "rings" (a ring binder, open).
    ``upright``: boxes stand in a row of ``count``; else one lies.
    """
    w, h = size
    b = builder(ident)
    seed = seed_of(ident) % 9999
    shades = (colour, second, third)
    coats = [mat(ident, f"coat{k}", c, 0.38) for k, c in enumerate(shades)]
    white = mat(ident, "paper", paper, 0.8)
    tag_px = spine(label, (thick * 0.7, h * 0.4), "#202226", "#f1f0ea")
    tag = pic(ident, "tag", tag_px, 0.6, coords="UV")
    form = pic(ident, "form", page(seed, paper, kind="table"), 0.8, coords="UV")
    if kind in ("box", "lever"):
        n = count if upright else 1
        with moved(
            b, (0, 0, 0) if upright else (-h / 2, 0, thick / 2), roll=0 if upright else FLAT
        ):
            for k in range(n):
                x, m = (k - (n - 1) / 2) * (thick + 0.004), coats[k % 3]
                b.box((x, 0, h / 2), (thick, w, h), m, bevel=0.003)
                b.box((x, 0.004, h / 2 + 0.001), (thick - 0.008, w - 0.006, h - 0.004), white)
                foot = (x, -w / 2, 0.0)
                plate = (thick * 0.7, h * 0.4)
                leaf(b, plate, tag, foot=foot, up=h * 0.45, out=0.001)
                if kind == "lever":
                    ring, dark = mat(ident, "ring", "#c4c7ca", 0.25, 1.0), coats[(k + 1) % 3]
                    b.cyl((x, -w / 2, h * 0.2), 0.015, 0.004, ring, rot=(FLAT, 0, 0), sides=18)
                    b.cyl((x, -w / 2 - 0.001, h * 0.2), 0.011, 0.004, dark, rot=(FLAT, 0, 0))
    elif kind == "magazine":
        wide = thick * 1.6
        for k in range(count):
            x, m = (k - (count - 1) / 2) * (wide + 0.003), coats[k % 3 if not upright else 0]
            outline = [(-w / 2, 0), (w / 2, 0), (w / 2, h), (w / 2 - 0.05, h), (-w / 2, h * 0.36)]
            for s in (-1, 1):
                with moved(b, (x + s * wide / 2, 0, 0)):
                    wedge(b, outline, 0.003, m)
            b.box((x, -w / 2, h * 0.18), (wide, 0.003, h * 0.36), m)
            b.box((x, w / 2, h / 2), (wide, 0.003, h), m)
            b.box((x, 0, 0.002), (wide, w, 0.004), m)
            low = (thick * 0.7, h * 0.26)
            leaf(b, low, tag, foot=(x, -w / 2, 0), up=h * 0.06, out=0.0024)
            fill = h * (0.94, 0.82, 0.9)[k % 3]
            b.box((x - 0.006, 0.012, fill / 2 + 0.004), (wide * 0.5, w - 0.04, fill), white)
            b.box((x + wide * 0.28, 0.01, fill * 0.47), (0.006, w - 0.03, fill * 0.9), coats[1])
    elif kind == "sleeve":
        film = clear(ident, "film", colour, 0.35)
        b.box((0, 0, 0.002), (w * 0.9, h * 0.94, 0.004), white)
        b.plane((0, -0.006, 0.0048), (w * 0.9, h * 0.94, 0), form)
        b.plane((0, 0, 0.0062), (w + 0.015, h + 0.01, 0), film)
        for s in (-1, 1):
            b.box((s * (w / 2 + 0.006), 0, 0.003), (0.003, h + 0.01, 0.003), coats[0])
            b.box((0, s * (h / 2 + 0.004), 0.003), (w + 0.015, 0.003, 0.003), coats[0])
        b.box((0, h * 0.34, 0.0072), (w + 0.012, 0.004, 0.001), coats[0])
        b.cyl((0, h * 0.36, 0.008), 0.007, 0.003, coats[1], sides=14)
    elif kind == "accordion":
        n = 9
        for k in range(n):
            tilt = (k - (n - 1) / 2) * 0.07
            foot = (0.0, (k - (n - 1) / 2) * thick * 0.28, 0.004)
            board(
                b,
                (h, w * 0.9, 0.0025),
                coats[k % 3] if not upright else coats[0],
                foot=foot,
                lean=tilt,
            )
            board(b, (h * 0.9, w * 0.86, 0.004), white, foot=(0, foot[1] + 0.004, 0.004), lean=tilt)
            x = h * (-0.4 + 0.1 * k)
            top = (x, foot[1] + math.sin(tilt) * w * 0.88, w * 0.88)
            board(b, (0.036, 0.022, 0.0025), coats[1 + k % 2], foot=top, lean=tilt)
        b.box((0, 0, 0.003), (h, thick * 2.6, 0.006), coats[0])
    elif kind == "hanging":
        steel = mat(ident, "frame", "#a8abae", 0.35, 0.8)
        deep, z = thick * 5, w + 0.02
        for sx in (-1, 1):
            b.cyl((sx * h / 2, 0, z), 0.004, deep, steel, rot=(FLAT, 0, 0), sides=8)
            for sy in (-1, 1):
                b.cyl((sx * h / 2, sy * deep / 2, z / 2), 0.004, z, steel, sides=8)
        for k in range(count + 4):
            y = -deep / 2 + deep * (k + 0.5) / (count + 4)
            for s in (-1, 1):
                board(
                    b,
                    (h * 0.97, w * 0.9, 0.0015),
                    coats[k % 3 if not upright else 0],
                    foot=(0, y, 0.02),
                    lean=s * 0.04,
                )
            b.box((h * (-0.34 + 0.1 * (k % 5)), y - 0.006, z + 0.006), (0.05, 0.002, 0.02), white)
            b.box((0, y, 0.02 + w * 0.42), (h * 0.9, 0.004, w * 0.8), white)
    elif kind == "board":
        steel = mat(ident, "clip", "#b4b7ba", 0.3, 1.0)
        b.box((0, 0, 0.002), (w, h, 0.004), coats[0], bevel=0.001)
        if upright:
            b.box((-w * 1.02, 0, 0.002), (w, h, 0.004), coats[0], bevel=0.001)
        sheet(b, (w * 0.9, h * 0.9), form, at=(0, -0.008, 0.0056))
        b.box((0, h * 0.45, 0.009), (w * 0.5, 0.03, 0.008), steel, bevel=0.003)
        b.cyl((0, h * 0.45, 0.015), 0.006, w * 0.42, steel, rot=(0, FLAT, 0), sides=12)
        b.cyl((w * 0.3, 0, 0.011), 0.0048, 0.14, coats[1], rot=(FLAT, 0, 0.4), sides=10)
    elif kind == "string":
        kraft = grain(ident, "kraft", colour, 0.16, 50)
        t = thick * 0.4

        def bulge(u: float, v: float) -> float:
            return t * max(0.05, math.sqrt((1 - 4 * u * u) * (1 - 4 * v * v)))

        b.box((0, 0, 0.002), (w, h, 0.004), kraft)
        sheet(b, (w, h), kraft, at=(0, 0, 0.003), height=bulge, cuts=12)
        px = cover(seed, (w * 0.74, h * 0.5), (colour, "#8e1a16"), label, "plain")
        b.plane(
            (0, -h * 0.06, t + 0.0045),
            (w * 0.5, h * 0.34, 0),
            pic(ident, "head", px, 0.8, coords="UV"),
        )
        for y in (h * 0.3, h * 0.18):
            b.cyl((0, y, t + 0.004), 0.009, 0.004, coats[1], sides=14)
        b.box((0, h * 0.24, t + 0.006), (0.003, h * 0.12, 0.002), white)
    elif kind == "slide":
        for k in range(count):
            turn = (k - (count - 1) / 2) * 0.24
            with moved(b, (0.02 * k, 0, 0.009 * k), turn=turn):
                b.box((0, 0, 0.003), (w * 0.92, h * 0.95, 0.005), white)
                b.plane((0, 0, 0.0062), (w * 0.92, h * 0.95, 0), form)
                b.box((-w * 0.46, 0, 0.0045), (0.014, h * 0.96, 0.009), coats[k % 3], bevel=0.002)
    elif kind == "tabs":
        for k in range(count + 1):
            z, turn = 0.008 * k, 0.06 * math.sin(2.7 * k)
            with moved(b, (0.006 * math.cos(1.9 * k), 0.004 * k, z), turn=turn):
                b.box((0, 0, 0.0035), (w, h, 0.007), white)
                b.box((0, 0, 0.0072), (w + 0.008, h, 0.0015), coats[k % 3])
                x = w * (-0.3 + 0.2 * (k % 4))
                b.box((x, h / 2 + 0.008, 0.0072), (0.055, 0.02, 0.0015), coats[k % 3])
    else:  # a ring binder, open
        steel = mat(ident, "rings", "#c2c5c8", 0.25, 1.0)
        for s in (-1, 1):
            b.box((s * (w / 2 + thick * 0.4), 0, 0.002), (w, h, 0.004), coats[0], bevel=0.001)
            sheet(
                b,
                (w * 0.86, h * 0.92),
                form if s > 0 else white,
                at=(s * (w / 2 + thick * 0.32), 0, 0.012 + 0.006 * (s > 0)),
            )
            fill = 0.007 + 0.006 * (s > 0)
            b.box(
                (s * (w / 2 + thick * 0.32), 0, 0.004 + fill / 2), (w * 0.86, h * 0.92, fill), white
            )
        b.box((0, 0, 0.002), (thick * 0.9, h, 0.004), coats[0])
        for y in (-h * 0.3, -h * 0.1, h * 0.1, h * 0.3):
            b.cyl((0, y, 0.017), 0.016, 0.003, steel, rot=(FLAT, 0, 0), sides=14)
    return b.object()
