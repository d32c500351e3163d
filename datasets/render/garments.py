"""Garments as cloth: simulated once over a chair's back or seat, kept in a cache, then only placed.

A garment is a flat pattern (body and sleeves in one sheet) or a sewn shell that falls over
stand-in boxes of the chair.  The baked mesh lies in the chair's own frame: place it where the
chair stands.
"""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import asdict, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy
from datasets.render.assets.drawn import drawn_colour
from datasets.render.cloth_bake import bake_flat
from datasets.render.cloth_parcels import parcel
from datasets.render.cloth_pictures import flat_picture, shell_picture
from datasets.render.cloth_sewn import bake_sewn, has_arms
from datasets.render.cloth_shell import ARM_WAYS, BACK_WAYS, SEAT_WAYS, SHEET_WAYS
from datasets.render.furniture import CHAIRS, Piece, chair_dims
from datasets.render.garment_looks import FLAT, GarmentLook, ShellLook
from datasets.render.garment_shells import SHELLS

__all__ = ["GARMENTS", "GarmentLook", "ShellLook", "drape", "drawn_cloth", "keys", "meetings"]

bpy: Any = Lazy("bpy")
sh: Any = Lazy("datasets.render.shading")

CACHE = Path(__file__).parents[2] / "build" / "render" / "cache"
BAKE_VERSION = 4
SEWN_VERSION = 1

GARMENTS: Final[dict[str, GarmentLook | ShellLook]] = {**FLAT, **SHELLS}

PARCELS: Final = ("parcel", "roll")
"""Ways that need no simulation."""

MEET_BACK: Final = 6
MEET_SEAT: Final = 2
"""How many simulated garments each chair of the teaching scenes has on its back, on its seat."""


def _cut(key: str) -> dict[str, Any]:
    """What a bake depends on: of a shell its cut alone, not its colours."""
    look = asdict(GARMENTS[key])
    if key in FLAT:
        return look
    return {n: look[n] for n in ("body", "sleeve", "cut", "neck", "puff", "thick", "stiff", "mass")}


def _cached(key: str, chair: str, where: str, variant: int) -> dict[str, NDArray[Any]]:
    version: Any = BAKE_VERSION if key in FLAT else [BAKE_VERSION, SEWN_VERSION]
    text = json.dumps([version, _cut(key), chair_dims(chair), where, variant], sort_keys=True)
    tag = hashlib.sha256(text.encode()).hexdigest()[:10]
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"{key}@{chair}.{where}.{variant}.{tag}.npz"
    if not path.exists():
        bake = bake_flat if key in FLAT else bake_sewn
        data = bake(key, chair, where, variant)
        tmp = path.with_suffix(".tmp.npz")
        np.savez_compressed(tmp, allow_pickle=False, **data)
        tmp.replace(path)
    with np.load(path) as z:
        return {n: z[n] for n in z.files}


WEAVES = (
    "plain", "plain", "plain", "knit", "quilt", "plaid", "herring", "denim", "cord", "camo", "dots",
    "stripes", "pinstripe", "flowers", "diamond",
)  # fmt: skip
FRONTS = ("zip", "buttons", "none")


def drawn_cloth(key: str, number: int) -> GarmentLook | ShellLook:
    """Garment ``key`` cut from another cloth, drawn by chance: the folds stay, the look is new."""
    k = GARMENTS[key]
    rng = random.Random(f"{key}~{number}")
    first, second = (drawn_colour(c, rng, free=True) for c in (k.colour, k.second))
    rough = rng.uniform(0.45, 0.95)
    weave, front = rng.choice(WEAVES), rng.choice(FRONTS)
    if isinstance(k, GarmentLook):
        return replace(k, colour=first, second=second, weave=weave, front=front, rough=rough)
    if k.cut != "sheet":
        k = replace(
            k,
            front="none" if k.cut == "closed" else front,
            blocks=rng.choice(("", "", k.blocks, "yoke", "sleeves", "sides", "lower")),
            band=rng.choice(("", "", k.band, "chest", "arms", "side")),
            mark=rng.choice(("", "", k.mark, "badge", "back", "logo")),
            pockets=rng.choice(("slit", "patch")),
            trim=rng.random() < 0.35,
        )
    lining = second if rng.random() < 0.3 else drawn_colour(k.lining, rng, free=True)
    return replace(
        k,
        colour=first,
        second=second,
        lining=first if rng.random() < 0.3 else lining,
        bright=drawn_colour(k.bright, rng, free=rng.random() < 0.4),
        weave=k.weave if rng.random() < 0.3 else weave,
        rough=rough,
    )


def _material(key: str, cloth: int | None) -> bpy.types.Material:
    name = f"clothing.{key}" if cloth is None else f"clothing.{key}~{cloth}"
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    k = GARMENTS[key] if cloth is None else drawn_cloth(key, cloth)
    plain = name.removeprefix("clothing.")
    picture = flat_picture(plain, k) if isinstance(k, GarmentLook) else shell_picture(plain, k)
    return sh.picture_material(name, picture, k.rough, coords="UV", bump=0.25, spec=0.2)


def _lining(key: str, cloth: int | None) -> bpy.types.Material:
    k = GARMENTS[key] if cloth is None else drawn_cloth(key, cloth)
    name = f"lining.{key}" if cloth is None else f"lining.{key}~{cloth}"
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    colour = k.lining if isinstance(k, ShellLook) else k.second
    return sh.material(name, sh.hex_linear(colour), 0.7)


def _folded_cloth(key: str, cloth: int | None) -> bpy.types.Material:
    """The cloth of a parcel: a cut of the garment's picture mapped by place, not by pattern."""
    name = f"folded.{key}" if cloth is None else f"folded.{key}~{cloth}"
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    k = GARMENTS[key] if cloth is None else drawn_cloth(key, cloth)
    plain = name.removeprefix("folded.")
    picture = flat_picture(plain, k) if isinstance(k, GarmentLook) else shell_picture(plain, k)
    h, w = picture.shape[:2]
    span = 2.4 if isinstance(k, GarmentLook) else 3.0
    e = int(0.11 / span * h)
    y, x = int(h / 2 - 0.33 / span * h), int(w / 2 - 0.1 / span * w)
    cut = np.ascontiguousarray(picture[y - e : y + e, x - e : x + e])
    return sh.picture_material(
        name, cut, k.rough, scale=1 / 0.22, coords="Object", projection="BOX", spec=0.2
    )


def _garment(
    key: str, chair: str, where: str, variant: int, cloth: int | None, _rng: random.Random
) -> bpy.types.Object:
    if where in PARCELS:
        k = GARMENTS[key]
        name = f"clothing.{key}"
        trim = _lining(key, cloth)
        return parcel(name, chair, where, variant, _folded_cloth(key, cloth), trim, k.thick)
    z = _cached(key, chair, where, variant)
    me = bpy.data.meshes.new(f"clothing.{key}")
    me.from_pydata(z["v"].tolist(), [], z["quads"].tolist())
    layer = me.uv_layers.new(name="uv")
    layer.data.foreach_set("uv", z["uv"].ravel())
    me.polygons.foreach_set("use_smooth", np.ones(len(me.polygons), bool))
    me.materials.append(_material(key, cloth))
    if "inner" in z:
        me.materials.append(_lining(key, cloth))
        me.polygons.foreach_set("material_index", z["inner"].astype(np.int32))
    return bpy.data.objects.new(me.name, me)


def drape(
    key: str, chair: str, where: str = "back", variant: int = 0, cloth: int | None = None
) -> Piece:
    """Garment ``key`` on chair look ``chair`` (``furniture.CHAIRS``), over its back or on its seat.

    ``where``: "back" or "seat" of a flat pattern, a way of ``cloth_shell`` of a sewn shell, or one
    of ``PARCELS``.

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


def _ways(key: str, chair: str, where: str) -> tuple[str, ...]:
    if key in FLAT:
        return (where,)
    k = SHELLS[key]
    if where == "seat":
        return SEAT_WAYS
    ways: tuple[str, ...] = SHEET_WAYS if k.cut == "sheet" else BACK_WAYS
    small = k.body[0] * 2 < chair_dims(chair)["back_w"]
    if small:  # no chair can wear a child's coat
        ways = tuple(w for w in ways if w not in ("worn", "slip"))
    return ways + (ARM_WAYS if has_arms(chair) else ())


@cache
def meetings(chair: str, where: str) -> tuple[tuple[str, str, int], ...]:
    """(garment, way, variant) that chair look ``chair`` of the train split has on its ``where``.

    A simulation takes seconds, so each chair meets a few garments of all, by a fixed rule: the
    chairs share out the garments, and a garment lies otherwise on the next chair.
    """
    chairs = [k for k in CHAIRS if k.startswith("train.")]
    c, many = chairs.index(chair), keys("train")
    # flat patterns and shells take turns, three shells to a flat one
    flat, sewn = ([k for k in many if (k in FLAT) is f] for f in (True, False))
    count = MEET_SEAT if where == "seat" else MEET_BACK
    out = []
    for j in range(count):
        n = c * count + j
        key = flat[(n // 4) % len(flat)] if n % 4 == 3 else sewn[(n - n // 4) % len(sewn)]
        ways = _ways(key, chair, where)
        out.append((key, ways[(c + 2 * j) % len(ways)], c % 2 if key in FLAT else 0))
    if where == "seat":
        for j, way in enumerate((*PARCELS, *PARCELS)):
            out.append((many[(c * 4 + j) % len(many)], way, j))
    return tuple(out)
