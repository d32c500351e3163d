"""The cloth simulation of flat patterns: a sheet falls over stand-in boxes of the chair."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy
from datasets.render.furniture import chair_dims, hash_seed
from datasets.render.garment_looks import FLAT, GarmentLook

bpy: Any = Lazy("bpy")
sh: Any = Lazy("datasets.render.shading")


def flat_pattern(k: GarmentLook, step: float) -> tuple[NDArray[Any], NDArray[Any]]:
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


def collider(
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


def bake_flat(key: str, chair: str, where: str, variant: int) -> dict[str, NDArray[Any]]:
    k = FLAT[key]
    d = chair_dims(chair)
    rng = random.Random(f"{key}/{chair}/{where}/{variant}")
    uv, faces = flat_pattern(k, 0.021)
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
        collider((0, 0, d["seat_z"] - 0.045), (d["seat_w"], d["seat_d"], 0.09), 0),
        collider(
            (0, d["back_y"] + math.sin(lean) * bh / 2, d["back_low"] + bh / 2 * math.cos(lean)),
            (d["back_w"], d["back_t"], bh),
            lean,
        ),
        collider(
            (0, d["back_y"] + 0.055, (d["seat_z"] + d["back_low"]) / 2 + 0.08),
            (0.1, 0.045, d["back_low"] - d["seat_z"] + 0.36),
            lean * 0.6,
        ),
        collider((0, 0, -0.05), (4, 4, 0.1), 0),
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
