"""Laptops and monitors in further constructions."""

from __future__ import annotations

import math
import random
from typing import Any

import cv2
import numpy as np

from datasets.render.assets.core import seed_of
from datasets.render.assets.phones_more import keypad
from datasets.render.assets.shapes import builder, mat, pic, sh
from datasets.render.assets.solids import ring, settled, slab


def desktop(ident: str, kind: str, ground: str, accent: str) -> Any:
    """A computer's picture: "form", "table", "wall" (wallpaper with icons), "browser" or "off"."""
    if kind == "off":
        return mat(ident, "screen", "#08090a", 0.12)
    rng = np.random.default_rng(seed_of(ident))
    h, w = 170, 300
    g, a = sh.hex_srgb(ground), sh.hex_srgb(accent)
    img = np.empty((h, w, 3), np.float32)
    img[:] = g
    tone = tuple(float(v) for v in a)
    if kind == "wall":
        img[:] = g * 0.6 + (a - g) * 0.6 * sh.noise((h, w), 2, rng)[..., None] + 0.1
        for y in range(10, 140, 22):
            img[y : y + 11, 8:19] = rng.random(3)
        img[-10:] = 0.12
    elif kind == "table":
        img[:12] = a
        for y in range(22, h, 11):
            img[y : y + 1] = 0.65
        for x in range(12, w, int(rng.integers(30, 60))):
            img[12:, x : x + 1] = 0.65
        img[22:33] = a * 0.4 + 0.6
    elif kind == "browser":
        img[:9], img[9:18] = 0.85, 0.95
        img[18:60] = a
        for k in range(3):
            x = 14 + k * 96
            img[70:150, x : x + 80] = rng.random(3) * 0.6 + 0.3
            cv2.line(img, (x, 158), (x + 60, 158), (0.3, 0.3, 0.3), 3)
    else:
        img[:14] = a
        img[14:, :54] = g * 0.8
        for y in range(26, 160, 15):
            cv2.line(img, (66, y), (66 + int(rng.integers(16, 40)), y), (0.3, 0.32, 0.35), 3)
            cv2.rectangle(img, (116, y - 5), (116 + int(rng.integers(50, 170)), y + 4), tone, 1)
    return pic(ident, "screen", np.clip(img, 0, 1), 0.2, coords="UV", emission=1.0)


def laptop_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "open",
    colour: str = "#8f9296",
    deck: str = "#7d8084",
    keys: str = "#17181a",
    w: float = 0.33,
    d: float = 0.23,
    thick: float = 0.016,
    angle: float = 1.9,
    metal: float = 0.3,
    logo: str = "disc",
    mark: str = "#d8dade",
    shows: str = "form",
    ground: str = "#e2e8ee",
    accent: str = "#2f6ab0",
    turned: bool = False,
) -> Any:
    """``kind``: "open" by ``angle`` (radians from closed), "closed", "flat" (180 degrees), "tent",
    "raised" on a stand, "brick" (thick, old, with a battery at the back).  ``logo`` on the lid:
    "disc", "bar", "word", "stripe" or "none"; ``turned``: the lid's back is its front."""
    b = builder(ident)
    m = mat(ident, "lid", colour, 0.35, metal)
    p, k = mat(ident, "deck", deck, 0.4, metal), mat(ident, "keys", keys, 0.55)
    a = mat(ident, "mark", mark, 0.3)
    t = thick * (2.3 if kind == "brick" else 1.0)
    theta = {"closed": 0.0, "flat": math.pi - 0.03, "tent": 5.3}.get(kind, angle)
    lid_t = t * 0.4
    slab(b, (0, 0, t / 2), (w, d, t), p, corner=0.01, edge=0.003)
    keypad(b, k, (w * 0.9, d * 0.44), (0, d * 0.16, t + 0.0005), 5, 14, 0.003)
    b.plane((0, -d * 0.28, t + 0.0004), (w * 0.33, d * 0.33, 0), mat(ident, "pad", colour, 0.25))
    up = (-math.cos(theta), math.sin(theta))  # from the hinge along the lid, in y and z
    out = (math.sin(theta), math.cos(theta))  # away from the screen
    gap = lid_t / 2 + 0.0015
    hinge = (d / 2, t)

    def on_lid(along: float, off: float) -> tuple[float, float]:
        return (
            hinge[0] + up[0] * d * along + out[0] * (gap + off),
            hinge[1] + up[1] * d * along + out[1] * (gap + off),
        )

    slab(b, (0, *on_lid(0.5, 0)), (w, d, lid_t), m, corner=0.01, edge=0.002, rot=(-theta, 0, 0))
    if theta > 0.5:
        s = desktop(ident, shows, ground, accent)
        b.plane(
            (0, *on_lid(0.52, -lid_t / 2 - 0.0006)),
            (w * 0.95, d * 0.87, 0),
            s,
            rot=(math.pi - theta, 0, 0),
        )
    size = {"disc": (w * 0.1, w * 0.1), "bar": (w * 0.3, d * 0.07), "word": (w * 0.18, d * 0.05)}
    if logo == "stripe":
        y, z = on_lid(0.2, lid_t / 2)
        b.box((0, y, z), (w * 0.96, d * 0.03, 0.001), a, rot=(-theta, 0, 0))
    elif logo in size:
        y, z = on_lid(0.5, lid_t / 2)
        if logo == "disc":
            b.cyl((0, y, z), w * 0.05, 0.0012, a, rot=(-theta, 0, 0))
        else:
            b.box((0, y, z), (*size[logo], 0.001), a, rot=(-theta, 0, 0))
    if kind == "brick":
        b.box((0, d / 2 + 0.012, t * 0.5), (w * 0.6, 0.03, t * 0.8), k, bevel=0.005)
        for s_ in (-1, 1):
            b.cyl((s_ * w * 0.3, d / 2, t), 0.008, 0.05, k, rot=(0, math.pi / 2, 0))
    if kind == "raised":
        from mathutils import Matrix

        # the stand is built in the laptop's own frame, whose deck is tipped towards the user
        for v in b.bm.verts:
            v.co = Matrix.Translation((0, 0, 0.1)) @ Matrix.Rotation(0.2, 4, "X") @ v.co
        steel = mat(ident, "stand", mark, 0.35, 0.6)
        for s_ in (-1, 1):
            x = s_ * w * 0.25
            b.box((x, 0.01, 0.003), (0.03, d * 0.8, 0.006), steel)
            b.box((x, d * 0.16, 0.055), (0.03, 0.006, 0.13), steel, rot=(-0.55, 0, 0))
            b.box((x, 0, 0.096), (0.03, d * 0.9, 0.005), steel, rot=(0.2, 0, 0))
    spin = math.pi if turned != (kind == "tent") else 0.0
    return settled(b.object(), (-math.pi / 2 - 0.49 - math.pi if kind == "tent" else 0, 0, spin))


def monitor_more(
    ident: str,
    _rng: random.Random,
    *,
    kind: str = "vee",
    w: float = 0.54,
    h: float = 0.315,
    thick: float = 0.02,
    rise: float = 0.12,
    colour: str = "#1b1c1f",
    back: str = "#2a2c30",
    shows: str = "form",
    ground: str = "#e4eaf0",
    accent: str = "#2f6ab0",
    mark: str = "#c9ccd0",
    turned: bool = False,
) -> Any:
    """``kind`` of stand and case: "vee" (thin legs), "ring", "curved" screen, "one" (all-in-one
    with a chin), "tall" (portrait), "arm" (clamp), "pair" on one arm, "wedge" (a stand at its
    back), "old" (deep case).  ``turned``: its back is to the front, with its leads."""
    b = builder(ident)
    m, r = mat(ident, "case", colour, 0.35), mat(ident, "back", back, 0.5)
    a = mat(ident, "mark", mark, 0.3, 0.5)
    s = desktop(ident, shows, ground, accent)
    if kind == "tall":
        w, h = h, w
    chin = 0.06 if kind == "one" else 0.012
    rise *= 0.5 if kind == "tall" else 1.0
    z = rise + h / 2
    screens = [(0.0, 0.0)] if kind != "pair" else [(-w * 0.51, 0.25), (w * 0.51, -0.25)]
    for x, turn in screens:
        if kind == "curved":
            n = 6
            for i in range(n):
                q = (i + 0.5) / n - 0.5
                y, slope = -0.25 * q * q * w, -0.5 * q
                b.box((q * w, y, z), (w / n * 1.03, thick, h), m, rot=(0, 0, slope), bevel=0.002)
            uv = b.bm.loops.layers.uv.verify()
            slot = b._slot(s)
            for i in range(n):
                vs, uvs = [], []
                for q0, top in ((i, 0), (i + 1, 0), (i + 1, 1), (i, 1)):
                    q = (q0 / n - 0.5) * 0.98
                    y = -0.25 * q * q * w - thick / 2 - 0.002
                    vs.append(b.bm.verts.new((q * w, y, z + (top - 0.5) * (h - 0.02))))
                    uvs.append((q0 / n, top))
                f = b.bm.faces.new(vs)
                f.material_index = slot
                for loop, at in zip(f.loops, uvs, strict=True):
                    loop[uv].uv = at
        else:
            c, si = math.cos(turn), math.sin(turn)
            b.box((x, 0, z), (w, thick, h), m, rot=(0, 0, turn), bevel=0.004)
            y = -thick / 2 - 0.0008
            b.plane(
                (x - si * y, c * y, z + chin / 2 - 0.006),
                (w - 0.014, h - chin - 0.01, 0),
                s,
                rot=(math.pi / 2, 0, turn),
            )
            deep = 0.09 if kind == "old" else 0.028
            y = thick / 2 + deep / 2 - 0.002
            b.box(
                (x - si * y, c * y, z - h * 0.08),
                (w * 0.72, deep, h * 0.6),
                r,
                rot=(0, 0, turn),
                bevel=0.012,
            )
            for n in range(4 if turned else 0):
                dark = mat(ident, "slot", "#0c0d0e", 0.6)
                b.box(
                    (x, thick / 2 + deep, z + h * (0.05 + 0.03 * n)), (w * 0.4, 0.004, 0.004), dark
                )
    if kind in ("arm", "pair"):
        b.box((0, 0.13, 0.01), (0.1, 0.09, 0.02), r, bevel=0.003)
        b.cyl((0, 0.13, z * 0.5), 0.017, z, r, sides=16)
        for x, _ in screens:
            b.tube([(0, 0.13, z - 0.02), (x * 0.5, 0.1, z - 0.02), (x, 0.03, z - 0.02)], 0.016, r)
    else:
        y = 0.035
        b.box((0, y + 0.01, rise * 0.55 + 0.04), (0.055, 0.022, rise * 1.1 + 0.08), a, bevel=0.004)
        if kind == "vee":
            for q in (-1, 1):
                b.box(
                    (q * 0.09, -0.02, 0.006),
                    (0.23, 0.024, 0.012),
                    a,
                    rot=(0, 0, q * -0.55),
                    bevel=0.003,
                )
        elif kind == "ring":
            ring(b, (0, 0, 0.007), 0.1, 0.007, a)
        elif kind == "wedge":
            b.box((0, 0.09, rise * 0.5), (0.16, 0.012, rise * 1.3), a, rot=(0.55, 0, 0))
            b.box((0, -0.01, 0.005), (0.2, 0.16, 0.01), a, bevel=0.003)
        else:
            slab(b, (0, 0.01, 0.005), (0.25, 0.2, 0.01), a, corner=0.02)
    if kind == "one":
        b.box((0, -thick / 2, rise + 0.03), (0.05, 0.002, 0.012), a)
        b.box((0, 0, rise + h + 0.008), (0.06, thick, 0.018), m, bevel=0.004)
    if turned:
        lead = mat(ident, "lead", "#101113", 0.5)
        for q in (-0.05, 0.04):
            way = [(q, 0.06, z - h * 0.25), (q * 1.4, 0.1, z - h * 0.5), (q * 0.5, 0.07, 0.04)]
            b.tube([*way, (q * 2, 0.1, 0.006)], 0.004, lead, sides=6)
    return settled(b.object(), (0, 0, math.pi if turned else 0.0))
