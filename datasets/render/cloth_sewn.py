"""The cloth simulation of sewn shells over stand-in boxes of the chair."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy
from datasets.render.cloth_bake import collider
from datasets.render.cloth_pictures import SHELL_SPAN, TRIM_V
from datasets.render.cloth_shell import Shell, pose, shell
from datasets.render.furniture import CHAIRS, chair_dims
from datasets.render.garment_shells import SHELLS

bpy: Any = Lazy("bpy")


def has_arms(chair: str) -> bool:
    """Whether a garment can lie over a chair's armrest."""
    return CHAIRS[chair].arms not in (False, "none")


def _colliders(chair: str, way: str) -> list[bpy.types.Object]:
    d = chair_dims(chair)
    lean, bh = d["lean"], d["back_h"]
    made = [
        collider((0, 0, d["seat_z"] - 0.045), (d["seat_w"], d["seat_d"], 0.09), 0),
        collider(
            (0, d["back_y"] + math.sin(lean) * bh / 2, d["back_low"] + bh / 2 * math.cos(lean)),
            (d["back_w"], d["back_t"], bh),
            lean,
        ),
        collider((0, 0, -0.05), (4, 4, 0.1), 0),
    ]
    if has_arms(chair) and way in ("arm", "heap", "spread"):
        for s in (-1, 1):
            x = s * (d["seat_w"] / 2 + 0.035)
            made.append(collider((x, -0.02, d["seat_z"] + 0.13), (0.05, 0.28, 0.2), 0))
    return made


def _mesh(s: Shell, start: NDArray[Any]) -> bpy.types.Object:
    me = bpy.data.meshes.new("cloth")
    me.from_pydata(start.tolist(), [], s.faces.tolist())
    layer = me.uv_layers.new(name="uv")
    layer.data.foreach_set("uv", (s.uv / SHELL_SPAN + 0.5).astype(np.float32).ravel())
    for name in ("outer", "inner"):
        me.materials.append(bpy.data.materials.new(name))
    o = bpy.data.objects.new("cloth", me)
    bpy.context.scene.collection.objects.link(o)
    o.shape_key_add(name="start")
    rest = o.shape_key_add(name="rest")
    rest.value = 0.0  # the fall begins at "start"; "rest" only tells the cloth its lengths
    rest.data.foreach_set("co", s.rest.astype(np.float32).ravel())
    return o


def bake_sewn(key: str, chair: str, way: str, variant: int) -> dict[str, NDArray[Any]]:
    """Let garment ``key`` fall on ``chair``; as ``bake_flat``, with ``inner``: faces of lining."""
    k, d = SHELLS[key], chair_dims(chair)
    rng = random.Random(f"{key}/{chair}/{way}/{variant}")
    s = shell(k)
    start, hold = pose(way, s, k, d, rng)
    start[:, 2] = np.maximum(start[:, 2], 0.02)
    o = _mesh(s, start)
    sc = bpy.context.scene
    pins = o.vertex_groups.new(name="pin")
    for w in np.unique(hold[hold > 0]):
        pins.add([int(i) for i in np.nonzero(hold == w)[0]], float(w), "REPLACE")
    cl = o.modifiers.new("cloth", "CLOTH")
    st = cl.settings
    st.quality = 4
    st.mass = k.mass
    st.bending_stiffness = k.stiff
    st.tension_stiffness = st.compression_stiffness = 12
    st.air_damping = 1.5
    st.rest_shape_key = o.data.shape_keys.key_blocks["rest"]
    if hold.any():
        st.vertex_group_mass = "pin"
        st.pin_stiffness = 0.4
    cs = cl.collision_settings
    # a heap's layers start in one another: kept apart, they would take minutes to sort out
    cs.use_self_collision = way != "heap"
    cs.collision_quality = 1
    cs.distance_min = 0.006
    cs.self_distance_min = 0.005
    made = _colliders(chair, way)
    frames = 30 if way == "heap" else 46
    sc.frame_start, sc.frame_end = 1, frames
    cl.point_cache.frame_start, cl.point_cache.frame_end = 1, frames
    for f in range(1, frames + 1):
        sc.frame_set(f)
    so = o.modifiers.new("solid", "SOLIDIFY")
    so.thickness = k.thick
    so.offset = -1
    so.material_offset = 1
    so.use_even_offset = False
    sb = o.modifiers.new("sub", "SUBSURF")
    sb.levels = sb.render_levels = 1
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    out = bpy.data.meshes.new_from_object(o.evaluated_get(graph), depsgraph=graph)
    data = _arrays(out, k.puff, turned=k.neck == "turn")
    for x in (o, *made):
        bpy.data.objects.remove(x, do_unlink=True)
    sc.frame_set(1)
    return data


def _arrays(out: bpy.types.Mesh, puff: float, *, turned: bool) -> dict[str, NDArray[Any]]:
    n = len(out.vertices)
    v: NDArray[Any] = np.empty(n * 3, np.float32)
    nrm: NDArray[Any] = np.empty(n * 3, np.float32)
    out.vertices.foreach_get("co", v)
    out.vertices.foreach_get("normal", nrm)
    lv = np.empty(len(out.loops), np.int32)
    out.loops.foreach_get("vertex_index", lv)
    luv: NDArray[Any] = np.empty(len(out.loops) * 2, np.float32)
    out.uv_layers[0].data.foreach_get("uv", luv)
    slot = np.empty(len(out.polygons), np.int32)
    out.polygons.foreach_get("material_index", slot)
    v, nrm, luv = v.reshape(-1, 3), nrm.reshape(-1, 3), luv.reshape(-1, 2)
    if puff:  # rolls of down between the seams, on the outer side
        quads = lv.reshape(-1, 4)
        q = (luv - 0.5) * SHELL_SPAN
        down = np.zeros(n, np.float32)
        count = np.zeros(n, np.float32)
        sleeve = np.abs(q[:, 1]) < 0.11
        way = np.where(sleeve, np.abs(q[:, 0]), np.abs(q[:, 1]))
        outer = np.repeat(slot == 0, 4)
        np.add.at(down, lv[outer], way[outer])
        np.add.at(count, lv[outer], 1)
        inner = np.unique(quads[slot != 0])
        t = down / np.maximum(count, 1)
        amount = puff * (np.abs(np.sin(math.pi * t / 0.095)) ** 0.6 - 0.3) * (count > 0)
        amount[inner] = 0
        v = v + nrm * amount[:, None]
    inner_face = slot != 0
    if turned:  # a turned-down collar shows its other side, which is of the same cloth
        collar = ((luv[:, 1] - 0.5) * SHELL_SPAN).reshape(-1, 4).mean(1) > TRIM_V - 0.2
        inner_face = inner_face & ~collar
    return {
        "v": v.astype(np.float32),
        "quads": lv.reshape(-1, 4),
        "uv": luv,
        "inner": inner_face.astype(np.uint8),
    }
