"""Staff chairs: a visible back and seat, several looks, and where things lie on them."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from datasets.render import chairs_train
from datasets.render.assets.core import Lazy
from datasets.render.chairs_train import CHAIRS_TRAIN, TrainChair, drawn_chair
from datasets.render.furniture_parts import colour_of
from datasets.render.pieces import Piece, hash_seed

if TYPE_CHECKING:
    import bpy

sh: Any = Lazy("datasets.render.shading")


@dataclass(frozen=True)
class ChairLook:
    """Measures in metres: seat (width, depth, height of its top), back (width, height, thickness),
    ``gap`` between seat top and the back's lower edge, ``lean`` of the back in radians."""

    cloth: str
    frame: str
    seat: tuple[float, float, float] = (0.50, 0.48, 0.48)
    back: tuple[float, float, float] = (0.46, 0.52, 0.07)
    gap: float = 0.12
    lean: float = 0.12
    round: float = 0.05
    arms: bool = True
    legs: str = "star"
    head: bool = False
    mesh: bool = False


CHAIRS: dict[str, ChairLook | TrainChair] = {
    "train.task_blue": ChairLook("#26314d", "#17181a"),
    "train.mesh_black": ChairLook(
        "#1d1e20", "#2a2b2d", back=(0.48, 0.62, 0.04), gap=0.08, lean=0.16, mesh=True
    ),
    "train.exec_brown": ChairLook(
        "#3f2a1e",
        "#161616",
        seat=(0.54, 0.52, 0.50),
        back=(0.52, 0.70, 0.11),
        gap=0.04,
        lean=0.18,
        round=0.06,
    ),
    "train.grey_sled": ChairLook(
        "#6b6e72",
        "#a8abae",
        seat=(0.47, 0.46, 0.46),
        back=(0.44, 0.40, 0.05),
        gap=0.16,
        arms=False,
        legs="sled",
    ),
    "val.task_green": ChairLook(
        "#2f4a3c",
        "#202122",
        seat=(0.49, 0.50, 0.47),
        back=(0.45, 0.56, 0.08),
        gap=0.10,
        lean=0.10,
        round=0.08,
    ),
    "sample.task_graphite": ChairLook(
        "#33363d",
        "#101113",
        seat=(0.51, 0.49, 0.48),
        back=(0.49, 0.55, 0.06),
        gap=0.10,
        lean=0.14,
        round=0.045,
    ),
    "sample.visitor_teal": ChairLook(
        "#2b5660",
        "#8e9296",
        seat=(0.48, 0.47, 0.47),
        back=(0.46, 0.46, 0.06),
        gap=0.13,
        lean=0.1,
        arms=False,
    ),
    **CHAIRS_TRAIN,
}

CHAIR_COLOURS = 10
"""In how many other colours and covers a teaching scene draws each chair."""


def chair_dims(key: str) -> dict[str, float]:
    """Where things lie on a chair, metres in its own frame (front -y)."""
    k = CHAIRS[key]
    sw, sd, sz = k.seat
    bw, bh, bt = k.back
    low = sz + k.gap
    y0 = sd / 2 - 0.02
    return {
        "seat_w": sw,
        "seat_d": sd,
        "seat_z": sz,
        "back_w": bw,
        "back_h": bh,
        "back_t": bt,
        "back_low": low,
        "back_top": low + bh * math.cos(k.lean),
        "back_y": y0 + bt / 2,
        "back_y_top": y0 + bt / 2 + math.sin(k.lean) * bh,
        "lean": k.lean,
    }


def _drawn(look: ChairLook, name: str) -> ChairLook:
    rng = random.Random(name)
    frame = colour_of(look.frame, rng, "metal")
    return replace(look, cloth=colour_of(look.cloth, rng, "cloth"), frame=frame)


def _chair(key: str, rng: random.Random, number: int = 0) -> bpy.types.Object:
    k = CHAIRS[key]
    d = chair_dims(key)
    if isinstance(k, TrainChair):
        look = drawn_chair(key, number) if number else k
        return chairs_train.build(f"{key}~{number}" if number else key, look, d, rng)
    if number:
        k = _drawn(k, f"{key}~{number}")
        key = f"{key}~{number}"
    b = sh.Builder(f"chair.{key}")
    seed = hash_seed(key)
    cloth = sh.picture_material(
        f"{key}.cloth",
        sh.weave(k.cloth, seed),
        0.92,
        scale=5,
        coords="Object",
        projection="BOX",
        spec=0.2,
    )
    frame = sh.material(
        f"{key}.frame", sh.hex_linear(k.frame), 0.45, 0.8 if k.frame > "#8" else 0.0
    )
    sw, sd, sz = k.seat
    bw, bh, bt = k.back
    b.box((0, 0, sz - 0.045), (sw, sd, 0.09), cloth, bevel=min(0.04, k.round), segments=3)
    mid = d["back_low"] + bh / 2 * math.cos(k.lean)
    my = d["back_y"] + math.sin(k.lean) * bh / 2
    b.box(
        (0, my, mid),
        (bw, bt, bh),
        cloth,
        rot=(-k.lean, 0, 0),
        bevel=min(k.round, bt * 0.45),
        segments=4,
    )
    if k.mesh:
        for s in (-1, 1):
            b.box(
                (s * bw / 2, my, mid),
                (0.03, bt + 0.015, bh),
                frame,
                rot=(-k.lean, 0, 0),
                bevel=0.01,
            )
    b.box(
        (0, d["back_y"] + 0.05, (sz + d["back_low"]) / 2 + 0.08),
        (0.09, 0.03, k.gap + 0.36),
        frame,
        rot=(-k.lean * 0.6, 0, 0),
        bevel=0.008,
    )
    b.box((0, 0.12, sz - 0.1), (0.2, 0.34, 0.03), frame, bevel=0.006)
    if k.arms:
        for s in (-1, 1):
            x = s * (sw / 2 + 0.035)
            b.box((x, -0.02, sz + 0.21), (0.065, 0.28, 0.035), frame, bevel=0.014, segments=3)
            b.box((x, 0.04, sz + 0.06), (0.03, 0.05, 0.28), frame, bevel=0.008)
            b.box((s * (sw / 2 - 0.01), 0.04, sz - 0.08), (0.1, 0.05, 0.025), frame)
    if k.legs == "star":
        b.cyl((0, 0, (sz - 0.1 + 0.1) / 2), 0.028, sz - 0.2, frame)
        b.cyl((0, 0, 0.14), 0.045, 0.12, frame)
        turn = rng.uniform(0, 1.2)
        for leg in range(5):
            th = turn + leg * 2 * math.pi / 5
            c, s_ = math.cos(th), math.sin(th)
            b.box(
                (0.16 * c, 0.16 * s_, 0.085),
                (0.31, 0.045, 0.03),
                frame,
                rot=(0, 0.07, th),
                bevel=0.008,
            )
            b.cyl(
                (0.30 * c, 0.30 * s_, 0.03), 0.03, 0.045, frame, rot=(math.pi / 2, 0, th), sides=14
            )
    else:
        for s in (-1, 1):
            x = s * (sw / 2 - 0.03)
            b.tube(
                [(x, -0.2, sz - 0.09), (x, -0.24, 0.015), (x, 0.24, 0.015), (x, 0.2, sz - 0.09)],
                0.012,
                frame,
            )
    return b.object()


def recoloured(chair: Piece, number: int) -> Piece:
    """A chair of the train split in drawn colours and covers: the same number, the same look."""
    if chair.split != "train":
        raise ValueError(f"chair {chair.id}: colours are drawn for the train split only")
    build = partial(_chair, chair.id.removeprefix("chair."), number=number)
    return replace(chair, id=f"{chair.id}~{number}", build=build)


def chairs(split: str) -> list[Piece]:
    out = []
    for key in CHAIRS:
        if key.startswith(split + "."):
            d = chair_dims(key)
            out.append(
                Piece(
                    f"chair.{key}",
                    "chair",
                    split,
                    partial(_chair, key),
                    (d["seat_w"] + 0.15, d["seat_d"] + 0.2, d["back_top"]),
                    (),
                    d,
                )
            )
    return out
