"""People: posed bodies in clothes, without faces.  Front towards -y, feet (or castors) at z = 0."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from datasets.render.assets.core import Lazy
from datasets.render.furniture import Piece, hash_seed

bpy: Any = Lazy("bpy")
sh: Any = Lazy("datasets.render.shading")

P3 = tuple[float, float, float]


@dataclass(frozen=True)
class PersonLook:
    top: str
    trousers: str
    skin: str = "#c79b7d"
    hair: str = "#17130f"
    shoes: str = "#15151a"
    hair_style: str = "short"  # short, long, bun
    height: float = 1.0
    wide: float = 1.0
    skirt: bool = False
    pattern: bool = False
    short_sleeve: bool = False


PEOPLE: dict[str, PersonLook] = {
    "train.shirt_white": PersonLook("#d9dadb", "#1d2230"),
    "train.jacket_navy": PersonLook(
        "#1e2842", "#22232a", hair_style="long", wide=0.92, height=0.95
    ),
    "train.red_coat": PersonLook("#8a2422", "#2b2b30", hair_style="bun", wide=0.95, height=0.96),
    "train.olive": PersonLook("#565a3a", "#3a3f4a", wide=1.12, height=1.03, skin="#b98a6c"),
    "train.grey_knit": PersonLook("#85888c", "#40444c", hair="#2e251e", pattern=True),
    "train.blue_short": PersonLook(
        "#5d7fa8", "#2f3138", short_sleeve=True, hair_style="long", wide=0.9, height=0.94
    ),
    "val.brown_jacket": PersonLook("#5b4230", "#2a2d35", wide=1.05),
    "val.pink_blouse": PersonLook("#c79aa2", "#30323a", hair_style="bun", wide=0.9, height=0.95),
    "sample.uniform_dark": PersonLook("#2a2f3c", "#22252e", skin="#c4967a", hair="#1b1512"),
    "sample.uniform_lady": PersonLook(
        "#30415e", "#262a35", hair_style="long", wide=0.91, height=0.95, skin="#d0a68a"
    ),
    "sample.vest_maroon": PersonLook(
        "#5a2a30", "#2d2f36", hair_style="bun", wide=0.93, height=0.96
    ),
    "sample.citizen_sand": PersonLook("#a58f6c", "#4a505c", wide=1.06, hair="#3a3632"),
}

POSES = ("seated", "typing", "leaning_back", "standing", "bending", "walking", "reaching")


def _joints(pose: str, rng: random.Random) -> dict[str, P3]:
    """Joint positions in metres of an average body in ``pose``."""
    j: dict[str, P3] = {}
    u = rng.uniform
    if pose in ("seated", "typing", "leaning_back"):
        lean = {"seated": 0.05, "typing": -0.09, "leaning_back": 0.13}[pose] + u(-0.03, 0.03)
        j["pelvis"] = (0, 0.06, 0.57)
        j["chest"] = (u(-0.02, 0.02), 0.05 + lean * 0.7, 0.92)
        j["neck"] = (u(-0.02, 0.02), 0.04 + lean, 1.12)
        j["head"] = (u(-0.03, 0.03), lean - 0.01, 1.27)
        for s, n in ((-1, "l"), (1, "r")):
            j[f"hip_{n}"] = (s * 0.10, 0.03, 0.55)
            j[f"knee_{n}"] = (s * u(0.11, 0.19), -0.42, 0.52)
            j[f"ankle_{n}"] = (s * u(0.1, 0.18), -0.42 + u(-0.1, 0.15), 0.09)
            j[f"sho_{n}"] = (s * 0.19, 0.05 + lean, 1.06)
            j[f"elb_{n}"] = (s * u(0.24, 0.29), lean - 0.08, 0.80)
            reach = u(0.38, 0.48) if pose != "leaning_back" else u(0.15, 0.25)
            z = 0.79 if pose != "leaning_back" else 0.70
            j[f"hand_{n}"] = (s * u(0.08, 0.2), -reach, z)
        return j
    j["pelvis"] = (0, 0, 0.95)
    bend = 0.75 if pose == "bending" else 0.28 if pose == "reaching" else u(-0.02, 0.06)
    c, s0 = math.cos(bend), math.sin(bend)

    def torso(up: float, front: float = 0.0, x: float = 0.0) -> P3:
        return (x, -(up * s0) - front * c, 0.95 + up * c - front * s0)

    j["chest"] = torso(0.34)
    j["neck"] = torso(0.54)
    j["head"] = torso(0.70, 0.03)
    stride = u(0.12, 0.2) if pose == "walking" else 0.02
    for s, n in ((-1, "l"), (1, "r")):
        k = stride * s
        j[f"hip_{n}"] = (s * 0.10, 0, 0.92)
        j[f"knee_{n}"] = (s * 0.11, -k * 0.6 - 0.03, 0.50)
        j[f"ankle_{n}"] = (s * u(0.10, 0.15), -k + 0.03, 0.09)
        j[f"sho_{n}"] = torso(0.48, 0.0, s * 0.20)
        if pose in ("bending", "reaching"):
            j[f"elb_{n}"] = torso(0.28, 0.2, s * 0.25)
            j[f"hand_{n}"] = torso(0.2 if pose == "bending" else 0.3, 0.46, s * 0.16)
        else:
            j[f"elb_{n}"] = torso(0.21, u(-0.05, 0.05) + k * 0.4, s * u(0.24, 0.29))
            j[f"hand_{n}"] = torso(-0.04, u(0, 0.1) + k * 0.8, s * u(0.2, 0.27))
    return j


def _mix(a: P3, b: P3, t: float) -> P3:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def _limb(b: sh.Builder, pts: Sequence[P3], radii: Sequence[float], m: bpy.types.Material) -> None:
    for i in range(len(pts) - 1):
        n = 8
        for k in range(n + 1):
            t = k / n
            r = radii[i] + (radii[i + 1] - radii[i]) * t
            b.ball(_mix(pts[i], pts[i + 1], t), (r, r, r), m, segments=12)


def _skinned(
    b: sh.Builder, voxel: float, smooth: int, wrinkle: float, seed: int
) -> bpy.types.Object:
    o = b.object()
    md = o.modifiers.new("remesh", "REMESH")
    md.mode = "VOXEL"
    md.voxel_size = voxel
    md.use_smooth_shade = True
    sm = o.modifiers.new("smooth", "SMOOTH")
    sm.iterations = smooth
    sm.factor = 0.5
    if wrinkle:
        t = bpy.data.textures.new(f"wrinkle{seed}", "CLOUDS")
        t.noise_scale = 0.09
        t.noise_depth = 2
        dp = o.modifiers.new("wrinkle", "DISPLACE")
        dp.texture = t
        dp.strength = wrinkle
        dp.mid_level = 0.5
    return o


def _person(key: str, pose: str, rng: random.Random) -> bpy.types.Object:
    k = PEOPLE[key]
    seed = hash_seed(key)
    j = _joints(pose, rng)
    w = k.wide
    top_rgb = sh.weave(k.top, seed, 0.18)
    if k.pattern:
        i = np.arange(top_rgb.shape[0])
        top_rgb = top_rgb * np.where((i // 16) % 2, 1.0, 0.78)[:, None, None].astype(np.float32)
    top = sh.picture_material(
        f"{key}.top", top_rgb, 0.9, scale=4, coords="Object", projection="BOX", spec=0.15
    )
    leg = sh.picture_material(
        f"{key}.leg",
        sh.weave(k.trousers, seed + 1, 0.15),
        0.9,
        scale=5,
        coords="Object",
        projection="BOX",
        spec=0.15,
    )
    skin = sh.material(f"{key}.skin", sh.hex_linear(k.skin), 0.55)
    hair = sh.picture_material(
        f"{key}.hair",
        sh.speckle(k.hair, seed, 0.8, 60),
        0.45,
        scale=8,
        coords="Object",
        projection="BOX",
    )
    shoe = sh.material(f"{key}.shoe", sh.hex_linear(k.shoes), 0.35)

    b = sh.Builder(f"person.{key}")
    pel, che, nec, hea = j["pelvis"], j["chest"], j["neck"], j["head"]
    for t in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        p = _mix(pel, che, t)
        b.ball(p, ((0.155 + 0.015 * math.cos(t * 3)) * w, 0.112 * w, 0.12), top, segments=14)
    b.ball(_mix(che, nec, 0.35), (0.185 * w, 0.115 * w, 0.12), top, segments=14)
    b.ball(_mix(che, nec, 0.8), (0.11 * w, 0.08, 0.07), top, segments=14)
    for n in "lr":
        s, e, h = j[f"sho_{n}"], j[f"elb_{n}"], j[f"hand_{n}"]
        s = (s[0] * w, s[1], s[2])
        cuff = _mix(e, h, 0.9)
        if k.short_sleeve:
            _limb(b, [s, _mix(s, e, 0.75)], [0.066 * w, 0.058 * w], top)
        else:
            _limb(b, [s, e, cuff], [0.066 * w, 0.054 * w, 0.042], top)
        _limb(b, [_mix(che, nec, 0.7), s], [0.075 * w, 0.064 * w], top)
    root = _skinned(b, 0.016, 6, 0.022, seed)

    b = sh.Builder(f"{key}.legs")
    b.ball(pel, (0.165 * w, 0.118 * w, 0.11), leg, segments=14)
    for n in "lr":
        hp, kn, an = j[f"hip_{n}"], j[f"knee_{n}"], j[f"ankle_{n}"]
        _limb(b, [hp, kn, _mix(kn, an, 0.95)], [0.088 * w, 0.066 * w, 0.05], leg)
    legs = _skinned(b, 0.018, 6, 0.018, seed + 1)

    b = sh.Builder(f"{key}.skin")
    b.ball(hea, (0.076, 0.094, 0.112), skin)
    b.ball((hea[0], hea[1] - 0.03, hea[2] - 0.06), (0.055, 0.062, 0.06), skin)
    _limb(b, [nec, _mix(nec, hea, 0.7)], [0.052, 0.05], skin)
    for n in "lr":
        e, h = j[f"elb_{n}"], j[f"hand_{n}"]
        f = _mix(e, h, 1.16)
        b.ball(h, (0.038, 0.045, 0.026), skin)
        b.ball(_mix(h, f, 0.8), (0.034, 0.045, 0.018), skin)
        if k.short_sleeve:
            s = j[f"sho_{n}"]
            _limb(b, [_mix((s[0] * w, s[1], s[2]), e, 0.6), e, h], [0.046, 0.044, 0.034], skin)
    for side in (-1, 1):
        b.ball((hea[0] + side * 0.077, hea[1] + 0.005, hea[2] - 0.01), (0.012, 0.02, 0.03), skin)
    flesh = _skinned(b, 0.009, 4, 0.0, seed)

    b = sh.Builder(f"{key}.hair")
    b.ball((hea[0], hea[1] + 0.018, hea[2] + 0.026), (0.087, 0.097, 0.107), hair)
    b.ball((hea[0], hea[1] + 0.055, hea[2] - 0.035), (0.076, 0.055, 0.09), hair)
    if k.hair_style == "long":
        b.ball((hea[0], hea[1] + 0.07, hea[2] - 0.14), (0.10, 0.045, 0.17), hair)
        for side in (-1, 1):
            b.ball((hea[0] + side * 0.075, hea[1] + 0.03, hea[2] - 0.08), (0.026, 0.05, 0.12), hair)
    elif k.hair_style == "bun":
        b.ball((hea[0], hea[1] + 0.11, hea[2] + 0.04), (0.05, 0.045, 0.05), hair)
    mop = _skinned(b, 0.011, 3, 0.012, seed + 2)

    b = sh.Builder(f"{key}.shoes")
    for n in "lr":
        a = j[f"ankle_{n}"]
        z = a[2] - 0.05
        b.ball((a[0], a[1] - 0.01, z), (0.044, 0.07, 0.045), shoe)
        b.ball((a[0], a[1] - 0.1, z - 0.008), (0.046, 0.10, 0.036), shoe)
    feet = _skinned(b, 0.011, 3, 0.0, seed)
    for o in (legs, flesh, mop, feet):
        o.parent = root
    root.scale = (
        (k.height, k.height, k.height)
        if pose not in ("seated", "typing", "leaning_back")
        else (1, 1, 1)
    )
    return root


def people(split: str, poses: Sequence[str] = POSES) -> list[Piece]:
    """Every person of a split in every pose; the id is the person's, the tag the pose."""
    return [
        Piece(f"person.{k}.{p}", "person", split, partial(_person, k, p), (0.55, 0.8, 1.7), (p,))
        for k in PEOPLE
        if k.startswith(split + ".")
        for p in poses
    ]


def person(key: str, pose: str) -> Piece:
    return next(p for p in people(key.split(".")[0], (pose,)) if p.id == f"person.{key}.{pose}")
