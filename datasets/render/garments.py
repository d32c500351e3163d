"""Garments as cloth: simulated once over a chair's back or seat, kept in a cache, then only placed.

A garment is a flat pattern (body and sleeves in one sheet) that falls over stand-in boxes of the
chair.  The baked mesh lies in the chair's own frame: place it where the chair stands.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy
from datasets.render.assets.drawn import drawn_colour
from datasets.render.furniture import Piece, chair_dims, hash_seed

bpy: Any = Lazy("bpy")
sh: Any = Lazy("datasets.render.shading")

CACHE = Path(__file__).parents[2] / "build" / "render" / "cache"
BAKE_VERSION = 4


@dataclass(frozen=True)
class GarmentLook:
    """``body`` half width and length before / behind the shoulder line, ``sleeve`` (length, width
    at the shoulder, at the cuff), metres; ``weave``: plain, knit, quilt, plaid, herring."""

    colour: str
    second: str
    body: tuple[float, float, float] = (0.28, 0.46, 0.60)
    sleeve: tuple[float, float, float] = (0.52, 0.20, 0.13)
    weave: str = "plain"
    thick: float = 0.008
    stiff: float = 2.0
    mass: float = 0.4
    front: str = "zip"  # zip, buttons, none
    rough: float = 0.9


GARMENTS: dict[str, GarmentLook] = {
    "train.jacket_olive": GarmentLook("#4f5436", "#2c2e20"),
    "train.coat_camel": GarmentLook(
        "#a3805a",
        "#5c4630",
        body=(0.30, 0.66, 0.80),
        thick=0.011,
        stiff=4,
        mass=0.6,
        front="buttons",
        weave="herring",
    ),
    "train.cardigan_grey": GarmentLook(
        "#8c8f94", "#5b5d61", weave="knit", thick=0.009, stiff=0.8, front="buttons"
    ),
    "train.scarf_plaid": GarmentLook(
        "#8d2b2b",
        "#e1d7c4",
        body=(0.13, 0.62, 0.7),
        sleeve=(0, 0, 0),
        weave="plaid",
        stiff=0.6,
        front="none",
    ),
    "train.shirt_blue": GarmentLook(
        "#8fabcf", "#f1f2f2", thick=0.003, stiff=0.5, mass=0.25, front="buttons"
    ),
    "train.down_black": GarmentLook(
        "#1b1c20", "#303238", weave="quilt", thick=0.022, stiff=6, mass=0.4, rough=0.45
    ),
    "train.hoodie_wine": GarmentLook("#5d2431", "#8b8f92", weave="knit", thick=0.010, stiff=1.5),
    "train.shawl_mustard": GarmentLook(
        "#b98d33",
        "#7c5a1c",
        body=(0.42, 0.45, 0.55),
        sleeve=(0, 0, 0),
        weave="knit",
        stiff=0.7,
        front="none",
    ),
    "train.suit_charcoal": GarmentLook(
        "#35383e",
        "#212327",
        body=(0.27, 0.42, 0.58),
        thick=0.007,
        stiff=3,
        front="buttons",
        weave="herring",
    ),
    "train.windbreaker_red": GarmentLook(
        "#b23a2e", "#1f2a4d", thick=0.004, stiff=3, mass=0.25, rough=0.5
    ),
    "val.jacket_denim": GarmentLook("#3f5877", "#c08b4a", stiff=4, thick=0.007, front="buttons"),
    "val.cardigan_cream": GarmentLook(
        "#d8ccb4", "#a79a80", weave="knit", stiff=0.9, thick=0.009, body=(0.29, 0.5, 0.66)
    ),
    "val.scarf_teal": GarmentLook(
        "#2d6f73",
        "#c6c0a2",
        body=(0.15, 0.55, 0.75),
        sleeve=(0, 0, 0),
        weave="plaid",
        stiff=0.6,
        front="none",
    ),
    "sample.parka_moss": GarmentLook(
        "#5f6b4a", "#3b3f30", body=(0.31, 0.55, 0.70), thick=0.013, stiff=4, mass=0.5
    ),
    "sample.blazer_sky": GarmentLook(
        "#5a7fae", "#e6e6e2", body=(0.28, 0.44, 0.60), thick=0.007, stiff=2.2, front="buttons"
    ),
    "sample.knit_rose": GarmentLook(
        "#b0606c", "#e2c9c4", weave="knit", thick=0.010, stiff=0.9, front="buttons"
    ),
    "sample.scarf_saffron": GarmentLook(
        "#c9922e",
        "#5d3f6b",
        body=(0.15, 0.5, 0.62),
        sleeve=(0, 0, 0),
        weave="plaid",
        stiff=0.6,
        front="none",
    ),
}


def _pattern(k: GarmentLook, step: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Vertices (N, 2) of the flat pattern, u across, v from front (-) to back (+), and quads."""
    hw, lf, lb = k.body
    sl, sw, sc = k.sleeve
    us = np.arange(-(hw + sl), hw + sl + step / 2, step)
    vs = np.arange(-lf, lb + step / 2, step)
    uu, vv = np.meshgrid(us, vs)
    inside = (np.abs(uu) <= hw + 1e-6) & (vv <= lb) & (vv >= -lf)
    if sl:
        t = np.clip((np.abs(uu) - hw) / sl, 0, 1)
        half = (sw + (sc - sw) * t) / 1.0
        inside |= (np.abs(uu) > hw) & (np.abs(vv) <= half)
        # front opening: the two fronts part below the collar
        inside &= ~((np.abs(uu) < 0.02 + 0.05 * np.clip(-vv / lf, 0, 1)) & (vv < -0.10))
        inside &= ~(np.hypot(uu / 0.085, (vv + 0.045) / 0.06) < 1)
    index = -np.ones(uu.shape, int)
    quad = inside[:-1, :-1] & inside[1:, :-1] & inside[:-1, 1:] & inside[1:, 1:]
    used = np.zeros_like(inside)
    for dy in (0, 1):
        for dx in (0, 1):
            used[dy : dy + quad.shape[0], dx : dx + quad.shape[1]] |= quad
    index[used] = np.arange(used.sum())
    r, c = np.nonzero(quad)
    faces = np.stack([index[r, c], index[r, c + 1], index[r + 1, c + 1], index[r + 1, c]], 1)
    return np.stack([uu[used], vv[used]], 1), faces


def _picture(key: str, k: GarmentLook, size: int = 768) -> NDArray[np.float32]:
    """The cloth's picture over u, v in -1.2..1.2 m (row 0 = v +1.2)."""
    seed = hash_seed(key)
    rng = np.random.default_rng(seed)
    px = size / 2.4
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32)
    u, v = (xs - size / 2) / px, (size / 2 - ys) / px
    a, b = sh.hex_srgb(k.colour), sh.hex_srgb(k.second)
    tone = np.ones((size, size), np.float32)
    mixed = np.zeros((size, size), np.float32)
    if k.weave == "knit":
        tone += (
            0.16 * np.sin(u * 2 * math.pi / 0.016) * (0.6 + 0.4 * np.sin(v * 2 * math.pi / 0.012))
        )
    elif k.weave == "quilt":
        tone -= 0.35 * (np.abs(((v / 0.085) % 1) - 0.5) > 0.44)
    elif k.weave == "plaid":
        for w, f in ((0.11, 0.5), (0.05, 0.3)):
            mixed += f * (((u / w) % 1) < 0.3) + f * (((v / w) % 1) < 0.3)
    elif k.weave == "herring":
        tone += 0.10 * np.sign(
            np.sin((u + np.abs(((v / 0.03) % 1) - 0.5) * 0.03) * 2 * math.pi / 0.012)
        )
    tone += 0.18 * (sh.noise((size, size), 5, rng) - 0.5) + 0.06 * (rng.random((size, size)) - 0.5)
    if k.sleeve[0]:
        hw, lf, lb = k.body
        hem = (v < -lf + 0.03) | (v > lb - 0.03) | (np.abs(u) > hw + k.sleeve[0] - 0.035)
        seam = np.abs(np.abs(u) - hw) < 0.005
        mixed = np.maximum(mixed, 0.7 * hem + 0.5 * seam)
        collar = np.hypot(u / 0.12, (v + 0.04) / 0.10) < 1
        mixed = np.maximum(mixed, 0.8 * collar)
        for s in (-1, 1):
            pocket = (np.abs(u - s * 0.17) < 0.07) & (np.abs(v + lf * 0.72) < 0.012)
            mixed = np.maximum(mixed, 0.8 * pocket)
    rgb = a[None, None] * (1 - mixed[..., None]) + b[None, None] * mixed[..., None]
    rgb = rgb * tone[..., None]
    if k.front != "none":
        lf = k.body[1]
        for i in range(6):
            if k.front == "buttons":
                yy = int(size / 2 + (0.12 + (lf - 0.16) * i / 5) * px)
                xx = int(size / 2 + 0.075 * px)
                cv2.circle(rgb, (xx, yy), 4, tuple(float(c) for c in b), -1)
        if k.front == "zip":
            band = (np.abs(np.abs(u) - 0.055) < 0.014) & (v < -0.1)
            rgb[band] = b
    held: NDArray[np.float32] = np.clip(rgb, 0, 1).astype(np.float32)
    return held


def _collider(
    centre: tuple[float, float, float], size: tuple[float, float, float], lean: float
) -> bpy.types.Object:
    m = sh.material("collider", (0.5, 0.5, 0.5))
    o = sh.Builder("collider").box((0, 0, 0), size, m, bevel=min(0.03, min(size) * 0.4)).object()
    o.location = centre
    o.rotation_euler = (-lean, 0, 0)
    bpy.context.scene.collection.objects.link(o)
    o.modifiers.new("collision", "COLLISION")
    o.collision.thickness_outer = 0.008
    o.collision.cloth_friction = 60
    return o


def _bake(key: str, chair: str, where: str, variant: int) -> dict[str, NDArray[Any]]:
    k = GARMENTS[key]
    d = chair_dims(chair)
    rng = random.Random(f"{key}/{chair}/{where}/{variant}")
    uv, faces = _pattern(k, 0.021)
    co = np.zeros((len(uv), 3))
    nrng = np.random.default_rng(hash_seed(f"{key}{chair}{where}{variant}"))
    if where == "back":
        shift, turn = rng.uniform(-0.05, 0.05), rng.uniform(-0.12, 0.12)
        c, s = math.cos(turn), math.sin(turn)
        co[:, 0] = c * uv[:, 0] - s * uv[:, 1] + shift
        co[:, 1] = s * uv[:, 0] + c * uv[:, 1] + d["back_y_top"] - 0.01
        co[:, 2] = d["back_top"] + 0.03 + 0.01 * nrng.random(len(uv))
    else:
        turn = rng.uniform(0, 6.28)
        c, s = math.cos(turn), math.sin(turn)
        # gathered: the sheet is squeezed together and waved so that it falls in folds
        g = 0.52
        p = uv * g
        p[:, 1] -= p[:, 1].mean()
        co[:, 0] = c * p[:, 0] - s * p[:, 1]
        co[:, 1] = s * p[:, 0] + c * p[:, 1] - 0.03
        wave = (np.sin(uv[:, 0] * 17 + variant) + np.sin(uv[:, 1] * 14 + 1.3)) * 0.05
        co[:, 2] = d["seat_z"] + 0.17 + wave
    me = bpy.data.meshes.new("cloth")
    me.from_pydata(co.tolist(), [], faces.tolist())
    layer = me.uv_layers.new(name="uv")
    loops = np.empty(len(me.loops), np.int32)
    me.loops.foreach_get("vertex_index", loops)
    layer.data.foreach_set("uv", (uv[loops] / 2.4 + 0.5).astype(np.float32).ravel())
    o = bpy.data.objects.new("cloth", me)
    sc = bpy.context.scene
    sc.collection.objects.link(o)
    pins = o.vertex_groups.new(name="pin")
    if where == "back":
        on = np.nonzero((np.abs(uv[:, 1]) < 0.035) & (np.abs(uv[:, 0]) < min(0.16, k.body[0])))[0]
        pins.add([int(i) for i in on], 0.35, "REPLACE")
    cl = o.modifiers.new("cloth", "CLOTH")
    st = cl.settings
    st.quality = 6
    st.mass = k.mass
    st.bending_stiffness = k.stiff
    st.tension_stiffness = st.compression_stiffness = 12
    st.air_damping = 1.5
    if where == "back":
        st.vertex_group_mass = "pin"
        st.pin_stiffness = 0.3
    cs = cl.collision_settings
    cs.use_self_collision = True
    cs.distance_min = 0.006
    cs.self_distance_min = 0.006
    lean = d["lean"]
    bh = d["back_h"]
    made = [
        _collider((0, 0, d["seat_z"] - 0.045), (d["seat_w"], d["seat_d"], 0.09), 0),
        _collider(
            (0, d["back_y"] + math.sin(lean) * bh / 2, d["back_low"] + bh / 2 * math.cos(lean)),
            (d["back_w"], d["back_t"], bh),
            lean,
        ),
        _collider(
            (0, d["back_y"] + 0.055, (d["seat_z"] + d["back_low"]) / 2 + 0.08),
            (0.1, 0.045, d["back_low"] - d["seat_z"] + 0.36),
            lean * 0.6,
        ),
        _collider((0, 0, -0.05), (4, 4, 0.1), 0),
    ]
    frames = 60 if where == "back" else 46
    sc.frame_start, sc.frame_end = 1, frames
    cl.point_cache.frame_start, cl.point_cache.frame_end = 1, frames
    for f in range(1, frames + 1):
        sc.frame_set(f)
    so = o.modifiers.new("solid", "SOLIDIFY")
    so.thickness = k.thick
    so.offset = 1 if where == "seat" else 0
    sb = o.modifiers.new("sub", "SUBSURF")
    sb.levels = sb.render_levels = 1
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    out = bpy.data.meshes.new_from_object(o.evaluated_get(graph), depsgraph=graph)
    n = len(out.vertices)
    v = np.empty(n * 3, np.float32)
    out.vertices.foreach_get("co", v)
    lv = np.empty(len(out.loops), np.int32)
    out.loops.foreach_get("vertex_index", lv)
    luv = np.empty(len(out.loops) * 2, np.float32)
    out.uv_layers[0].data.foreach_get("uv", luv)
    for x in (o, *made):
        bpy.data.objects.remove(x, do_unlink=True)
    sc.frame_set(1)
    return {"v": v.reshape(-1, 3), "quads": lv.reshape(-1, 4), "uv": luv.reshape(-1, 2)}


def _cached(key: str, chair: str, where: str, variant: int) -> dict[str, NDArray[Any]]:
    text = json.dumps(
        [BAKE_VERSION, asdict(GARMENTS[key]), chair_dims(chair), where, variant], sort_keys=True
    )
    tag = hashlib.sha256(text.encode()).hexdigest()[:10]
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"{key}@{chair}.{where}.{variant}.{tag}.npz"
    if not path.exists():
        data = _bake(key, chair, where, variant)
        tmp = path.with_suffix(".tmp.npz")
        np.savez_compressed(tmp, allow_pickle=False, **data)
        tmp.replace(path)
    with np.load(path) as z:
        return {n: z[n] for n in z.files}


WEAVES = ("plain", "knit", "quilt", "plaid", "herring")
FRONTS = ("zip", "buttons", "none")


def drawn_cloth(key: str, number: int) -> GarmentLook:
    """Garment ``key`` cut from another cloth, drawn by chance: the folds stay, the look is new."""
    k = GARMENTS[key]
    rng = random.Random(f"{key}~{number}")
    first, second = (drawn_colour(c, rng, free=True) for c in (k.colour, k.second))
    rough = rng.uniform(0.45, 0.95)
    return replace(k, colour=first, second=second, weave=rng.choice(WEAVES),
                   front=rng.choice(FRONTS), rough=rough)  # fmt: skip


def _material(key: str, cloth: int | None) -> bpy.types.Material:
    name = f"clothing.{key}" if cloth is None else f"clothing.{key}~{cloth}"
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    k = GARMENTS[key] if cloth is None else drawn_cloth(key, cloth)
    return sh.picture_material(
        name, _picture(name.removeprefix("clothing."), k), k.rough, coords="UV", bump=0.25, spec=0.2
    )


def _garment(
    key: str, chair: str, where: str, variant: int, cloth: int | None, _rng: random.Random
) -> bpy.types.Object:
    z = _cached(key, chair, where, variant)
    me = bpy.data.meshes.new(f"clothing.{key}")
    me.from_pydata(z["v"].tolist(), [], z["quads"].tolist())
    layer = me.uv_layers.new(name="uv")
    layer.data.foreach_set("uv", z["uv"].ravel())
    me.polygons.foreach_set("use_smooth", np.ones(len(me.polygons), bool))
    me.materials.append(_material(key, cloth))
    return bpy.data.objects.new(me.name, me)


def drape(
    key: str, chair: str, where: str = "back", variant: int = 0, cloth: int | None = None
) -> Piece:
    """Garment ``key`` on chair look ``chair`` (``furniture.CHAIRS``), over its back or on its seat.

    The mesh is in the chair's frame: place it at the chair's location and rotation.  The id's part
    before ``@`` is the asset.  ``cloth``: the number of a drawn one, of the train split alone.
    """
    split = key.split(".")[0]
    if not chair.startswith(split + "."):
        raise ValueError(f"garment {key} and chair {chair} belong to different splits")
    if cloth is not None and split != "train":
        raise ValueError(f"garment {key}: cloths are drawn for the train split only")
    look = "" if cloth is None else f"~{cloth}"
    return Piece(
        f"clothing.{key}{look}@{chair}.{where}.{variant}",
        "clothing",
        split,
        partial(_garment, key, chair, where, variant, cloth),
        (0.7, 0.7, 0.6),
        (where,),
    )


def keys(split: str) -> list[str]:
    return [k for k in GARMENTS if k.startswith(split + ".")]
