"""Validation halls: a row of desks behind a counter and a public side, each seen by one camera.

x runs along the row, y away from the counter towards the camera, z up, all in centimetres.  Sizes,
gaps and the camera's place, direction and lens are drawn from the seed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np

from datasets.scenes.camera import Camera
from datasets.scenes.shape import PLAIN, Desk, Shape
from datasets.scenes.solids import Solid, solid
from rules.layout import HallLayout, layout_of
from rules.yaml_lines import load_yaml
from vision.seen import LayoutError

TOP: Final = 75.0
DESKS: Final = 4
SET: Final = ("monitor", "mouse", "doc_camera", "guide_rack", "rating_device")
HOURS: Final = {"weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")}


@dataclass(frozen=True, eq=False)
class Hall:
    """A layout, the cameras behind it and what stands there when all is as it should be."""

    seed: int
    layout: HallLayout
    cameras: dict[str, Camera]
    clean: dict[str, tuple[Solid, ...]]
    desks: tuple[Desk, ...]
    shape: Shape = PLAIN

    def desk(self, desk: str) -> Desk:
        return next(d for d in self.desks if d.id == desk)


def hall(seed: int, desks: int = DESKS) -> Hall:
    """The hall of a seed; the same each time."""
    rng = Random(seed)
    gap = rng.uniform(25, 45)
    width, depth = rng.uniform(135, 155), rng.uniform(66, 74)
    step = width + gap
    row = tuple(Desk(f"D{i + 1}", (i - (desks - 1) / 2) * step, width, depth) for i in range(desks))
    half = step * desks / 2
    focal = rng.uniform(0.62, 0.75)
    far = half / (0.5 / focal) * 1.12
    staff = Camera(
        (rng.uniform(-90, 90), 70 + far, rng.uniform(285, 345)),
        (rng.uniform(-15, 15), 45.0, 55.0),
        focal,
        rng.uniform(-0.08, -0.02),
        (3840, 2160),
    )
    public = Camera(
        (rng.uniform(-60, 60), rng.uniform(430, 480), rng.uniform(270, 330)),
        (rng.uniform(-10, 10), 60.0, 70.0),
        rng.uniform(0.62, 0.72),
        rng.uniform(-0.08, -0.02),
    )
    clean = {"STAFF": tuple(row_things(row, PLAIN)), "PUBLIC": tuple(public_things())}
    cameras = {"STAFF": staff, "PUBLIC": public}
    text = json.dumps(_layout(seed, row, cameras, clean), ensure_ascii=False, indent=1)
    path = Path(f"hall-{seed}.yaml")
    layout = layout_of(load_yaml(path, LayoutError, text=text), path)
    return Hall(seed, layout, cameras, clean, row)


# --------------------------------------------------------------------------- what stands there


def row_things(desks: Sequence[Desk], shape: Shape) -> list[Solid]:
    """What stands along the row when all is as it should be."""
    out: list[Solid] = []
    for desk in desks:
        x, w, d = desk.x, desk.width, desk.depth
        out.append(solid("desk", x, d / 2, size=(w, d, TOP), level=0))
        out.append(solid("chair", x, shape.chair_y, size=shape.chair))
        out.append(solid("bin", *bin_home(desk, shape), size=(26, 26, 30)))
        for cls, (dx, dy) in shape.desk_set.items():
            out.append(solid(cls, x + dx * w, dy * d, TOP, size=shape.sizes.get(cls)))
        pen = x + shape.inner(x) * 0.48 * w
        out.append(solid("pen_base", pen, shape.pen_y, shape.counter_z, size=(10, 10, 20)))
    return out


def bin_home(desk: Desk, shape: Shape = PLAIN) -> tuple[float, float, float]:
    return (desk.x + shape.inner(desk.x) * 0.36 * desk.width, desk.depth + shape.bin_y, 0.0)


def public_things() -> list[Solid]:
    return [
        solid("cabinet", -150, -25, size=(90, 40, 120), level=0),
        solid("extinguisher", 190, 0, size=(18, 18, 52)),
        solid("plant", 120, 0, size=(36, 36, 70)),
        solid("service_box", 40, -25, 90, size=(34, 22, 22)),
        solid("notice", 90, -40, 120, size=(42, 1, 32), lab=(70, -20, -20)),
    ]


# --------------------------------------------------------------------------- its layout


def quad(camera: Camera, x1: float, y1: float, x2: float, y2: float, z: float) -> list[list[float]]:
    points = np.array([(x1, y1, z), (x2, y1, z), (x2, y2, z), (x1, y2, z)])
    return _clip(camera.norm(points))


def upright(
    camera: Camera, x1: float, z1: float, x2: float, z2: float, y: float
) -> list[list[float]]:
    points = np.array([(x1, y, z1), (x2, y, z1), (x2, y, z2), (x1, y, z2)])
    return _clip(camera.norm(points))


def _clip(points: np.ndarray[Any, np.dtype[np.float64]]) -> list[list[float]]:
    return [[round(float(v), 5) for v in p] for p in np.clip(points, 0.0, 1.0)]


def pairs(camera: Camera, spots: Sequence[tuple[float, float]], z: float) -> list[dict[str, Any]]:
    points = np.array([(x, y, z) for x, y in spots])
    # clicked in the picture as an ideal lens would show it
    straight = Camera(camera.at_cm, camera.to_cm, camera.focal, 0.0, camera.size)
    return [
        {"at": [float(v) for v in p], "cm": list(s)}
        for p, s in zip(straight.norm(points), spots, strict=True)
        if 0 <= p[0] <= 1 and 0 <= p[1] <= 1
    ]


def faced(camera: Camera, spots: Sequence[tuple[float, float]], y: float) -> list[dict[str, Any]]:
    """Points of an upright face: along it and up, cm."""
    straight = Camera(camera.at_cm, camera.to_cm, camera.focal, 0.0, camera.size)
    points = straight.norm(np.array([(x, y, z) for x, z in spots]))
    return [
        {"at": [float(v) for v in p], "cm": list(s)} for p, s in zip(points, spots, strict=True)
    ]


def _layout(
    seed: int,
    desks: Sequence[Desk],
    cameras: dict[str, Camera],
    clean: dict[str, tuple[Solid, ...]],
) -> dict[str, Any]:
    staff, public = cameras["STAFF"], cameras["PUBLIC"]
    zones: list[dict[str, Any]] = []
    things: list[dict[str, Any]] = []
    edge = max(abs(d.x) for d in desks)
    rows = [(x, y) for x in (-edge, -edge / 3, edge / 3, edge) for y in (0.0, 70.0, 130.0, 200.0)]
    planes: list[dict[str, Any]] = [
        {"id": "floor", "kind": "floor", "points": pairs(staff, rows, 0.0)},
        {"id": "tops", "kind": "desk", "points": pairs(staff, rows[:], TOP), "zones": ["none"]},
    ]
    for desk in desks:
        zones += _desk_zones(staff, desk)
        spots = [(desk.x + s * desk.width / 2, y) for s in (-1, 1) for y in (0.0, desk.depth)]
        planes.append(
            {"id": f"{desk.id}-top", "kind": "desk", "desk": desk.id,
             "points": pairs(staff, spots, TOP)}
        )  # fmt: skip
    zones.append({"id": "none", "kind": "lamp", "polygon": [[0, 0], [0.01, 0], [0.01, 0.01]]})
    for one in clean["STAFF"]:
        if one.cls in (*SET, "telephone", "desk"):
            low = staff.norm(one.corners())
            at = [float((low[:, 0].min() + low[:, 0].max()) / 2), float(low[:, 1].max())]
            home: dict[str, Any] = {"thing": one.cls, "at": [min(1.0, max(0.0, v)) for v in at]}
            if one.cls != "desk":
                home["desk"] = min(desks, key=lambda d: abs(d.x - one.at[0])).id
            things.append(home)
    return {
        "schema": 1,
        "hall": {"id": f"scene-{seed}", "name": "样例"},
        "hours": HOURS,
        "desks": [
            {"id": d.id, "window": d.id, "counts": {"telephone": 1, "monitor": 1},
             "order": ["rating_device", "doc_camera", "monitor", "guide_rack"]}
            for d in desks
        ],
        "cameras": [
            {"id": "STAFF", "size": list(staff.size),
             "lens": {"focal": staff.focal, "k1": staff.k1},
             "planes": planes, "zones": zones, "things": things},
            {"id": "PUBLIC", "size": list(public.size),
             "lens": {"focal": public.focal, "k1": public.k1},
             "planes": [{"id": "ground", "kind": "floor", "points": pairs(
                 public, [(x, y) for x in (-120.0, 120.0) for y in (40.0, 120.0, 200.0)], 0.0)},
                 {"id": "lid", "kind": "desk", "zones": ["top"], "points": pairs(
                     public, [(x, y) for x in (-195.0, -105.0) for y in (-45.0, -5.0)], 120.0)},
                 {"id": "wall-face", "kind": "desk", "zones": ["wall"], "points": faced(
                     public, [(x, z) for x in (-90.0, 30.0) for z in (60.0, 180.0)], -40.0)}],
             "zones": public_zones(public)},
        ],
    }  # fmt: skip


def _desk_zones(camera: Camera, desk: Desk) -> list[dict[str, Any]]:
    x, w, d = desk.x, desk.width, desk.depth
    left, right = x - w / 2, x + w / 2
    side, home = PLAIN.inner(x), bin_home(desk)[0]
    pen = x + side * 0.48 * w
    flat = {
        "desk_top": (left, 0, right, d, TOP),
        "counter_top": (left, -32, right, -1, TOP),
        "public_side": (left, -62, right, -33, TOP),
        "sign": (x - 22, -14, x + 22, -2, TOP),
        "pen_base": (pen - 11, -26, pen + 11, -4, TOP),
        "cup_point": (right - 24, d - 26, right - 2, d - 4, TOP),
        "phone_point": (left + 2, d - 24, left + 22, d - 2, TOP),
        "public_sight": (left, 0, right, 0.5 * d, TOP),
        "under_desk": (x + side * 32, 20, x + side * (w / 2 - 6), d, 0.0),
        "bin_home": (home - 22, d + 62, home + 22, d + 106, 0.0),
        "seat": (x - 25, 104, x + 25, 142, 45.0),
    }
    out: list[dict[str, Any]] = [
        {"kind": kind, "desk": desk.id, "polygon": quad(camera, *where)}
        for kind, where in flat.items()
    ]
    tall = {
        "chair": (x - 34, 0, x + 34, 66, 155.0),
        "chair_back": (x - 25, 38, x + 25, 62, 154.0),
        "staff": (x - 48, 0, x + 48, 120, 120.0),
        "screen": (x - 0.1 * w - 13, TOP + 4, x - 0.1 * w + 13, TOP + 24, 0.28 * d + 8),
        "public_side": (left, 78, right, 165, -62.0),
    }
    out += [
        {"kind": kind, "desk": desk.id, "polygon": upright(camera, *where)}
        for kind, where in tall.items()
    ]
    return out


def public_zones(camera: Camera) -> list[dict[str, Any]]:
    flat: dict[str, tuple[str, tuple[float, float, float, float, float], list[str]]] = {
        "floor": ("floor", (-110, 60, 110, 210, 0.0), []),
        "exit": ("keep_clear", (-190, 60, -120, 180, 0.0), []),
        "top": ("cabinet_top", (-195, -45, -105, -5, 120.0), []),
    }
    tall: dict[str, tuple[str, tuple[float, float, float, float, float], list[str]]] = {
        "wall": ("wall", (-90, 60, 30, 180, -40.0), []),
        "shelf": ("cabinet", (-190, 5, -110, 110, -4.0), []),
        "rack": ("rack", (-50, 0, 20, 55, -40.0), []),
        "box": ("service_box", (20, 86, 60, 116, -14.0), ["service_box"]),
        "ext": ("fixture", (178, 0, 202, 56, 10.0), ["extinguisher"]),
        "green": ("fixture", (98, 0, 142, 74, 18.0), ["plant"]),
        "area": ("fixture", (66, 116, 114, 156, -39.0), ["notice"]),
        "light": ("lamp", (60, 200, 120, 230, -39.0), []),
    }
    out: list[dict[str, Any]] = [
        {"id": i, "kind": kind, "holds": holds, "polygon": quad(camera, *where)}
        for i, (kind, where, holds) in flat.items()
    ]
    out += [
        {"id": i, "kind": kind, "holds": holds, "polygon": upright(camera, *where)}
        for i, (kind, where, holds) in tall.items()
    ]
    return out
