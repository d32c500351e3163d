"""The hall of the pictures: three desks behind a raised counter and a public wall, as rendered.

Its measures are those of the renderer's validation furniture; a layout is drawn through the same
cameras that take the pictures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from datasets.scenes.camera import Camera, Points
from datasets.scenes.halls import (
    HOURS,
    SET,
    TOP,
    Hall,
    bin_home,
    faced,
    pairs,
    public_things,
    quad,
    row_things,
    upright,
)
from datasets.scenes.picture_shape import (
    CAMERAS,
    CHAIR_TURN,
    CHAIR_Y,
    COUNTER_Z,
    DEPTH,
    DESKS,
    PITCH,
    SHAPE,
    SHELF,
    WIDTH,
)
from datasets.scenes.shape import Desk
from datasets.scenes.solids import Solid
from rules.layout import layout_of
from rules.yaml_lines import load_yaml
from vision.seen import LayoutError

Homes = Mapping[str, Sequence[tuple[str, str | None, tuple[float, float]]]]
"""Camera -> (class, desk, where it touches what it stands on, as shares of the picture)."""


def picture_hall(
    references: Mapping[str, Mapping[str, str]] | None = None, homes: Homes | None = None
) -> Hall:
    """The hall; ``references``: camera -> light -> its clean picture's path; ``homes``: where the
    clean picture shows the desk's own things (else where their solids do)."""
    clean = {"STAFF": tuple(row_things(DESKS, SHAPE)), "PUBLIC": tuple(public_things())}
    text = json.dumps(_layout(clean, references or {}, homes), ensure_ascii=False, indent=1)
    path = Path("hall-pictures.yaml")
    layout = layout_of(load_yaml(path, LayoutError, text=text), path)
    return Hall(0, layout, dict(CAMERAS), clean, DESKS, SHAPE)


def _layout(
    clean: Mapping[str, Sequence[Solid]],
    references: Mapping[str, Mapping[str, str]],
    homes: Homes | None,
) -> dict[str, Any]:
    staff, public = CAMERAS["STAFF"], CAMERAS["PUBLIC"]
    zones: list[dict[str, Any]] = []
    edge = PITCH + WIDTH / 2
    rows = [(x, y) for x in (-edge, -edge / 3, edge / 3, edge) for y in (0.0, 70.0, 130.0, 200.0)]
    planes: list[dict[str, Any]] = [
        {"id": "floor", "kind": "floor", "points": pairs(staff, rows, 0.0)},
        {"id": "tops", "kind": "desk", "points": pairs(staff, rows, TOP), "zones": ["none"]},
    ]
    for desk in DESKS:
        zones += _desk_zones(staff, desk)
        spots = [(desk.x + s * desk.width / 2, y) for s in (-1, 1) for y in (0.0, desk.depth)]
        planes.append({"id": f"{desk.id}-top", "kind": "desk", "desk": desk.id,
                       "points": pairs(staff, spots, TOP)})  # fmt: skip
    zones.append({"id": "none", "kind": "lamp", "polygon": [[0, 0], [0.01, 0], [0.01, 0.01]]})
    where = homes["STAFF"] if homes is not None else _homes(clean["STAFF"], staff)
    things = [
        {"thing": cls, "at": [round(v, 5) for v in at], **({"desk": desk} if desk else {})}
        for cls, desk, at in where
    ]
    return {
        "schema": 1,
        "hall": {"id": "pictures", "name": "样例"},
        "hours": HOURS,
        "desks": [
            {"id": d.id, "window": d.id, "counts": {"telephone": 1, "monitor": 1},
             "order": ["rating_device", "doc_camera", "monitor", "guide_rack"],
             "size_cm": [WIDTH, DEPTH]}
            for d in DESKS
        ],
        "cameras": [
            {"id": "STAFF", "size": list(staff.size), **_references(references, "STAFF"),
             "lens": {"focal": staff.focal, "k1": staff.k1},
             "planes": planes, "zones": zones, "things": things},
            {"id": "PUBLIC", "size": list(public.size), **_references(references, "PUBLIC"),
             "lens": {"focal": public.focal, "k1": public.k1},
             "planes": [{"id": "ground", "kind": "floor", "points": pairs(
                 public, [(x, y) for x in (-120.0, 120.0) for y in (40.0, 120.0, 200.0)], 0.0)},
                 {"id": "lid", "kind": "desk", "zones": ["top"], "points": pairs(
                     public, [(x, y) for x in (-195.0, -105.0) for y in (-45.0, -5.0)], 120.0)},
                 {"id": "front", "kind": "desk", "zones": ["shelf"], "points": faced(
                     public, [(x, z) for x in (-190.0, -110.0) for z in (5.0, 110.0)], -5.0)},
                 {"id": "rack-face", "kind": "desk", "zones": ["rack"], "points": faced(
                     public, [(x, z) for x in (-50.0, 20.0) for z in (5.0, 55.0)], -35.0)},
                 {"id": "wall-face", "kind": "desk", "zones": ["wall"], "points": faced(
                     public, [(x, z) for x in (-90.0, 30.0) for z in (60.0, 180.0)], -50.0)}],
             "zones": _public_zones(public)},
        ],
    }  # fmt: skip


def _references(given: Mapping[str, Mapping[str, str]], camera: str) -> dict[str, Any]:
    return {"reference": dict(given[camera])} if camera in given else {}


def _homes(
    solids: Sequence[Solid], camera: Camera
) -> list[tuple[str, str | None, tuple[float, float]]]:
    out: list[tuple[str, str | None, tuple[float, float]]] = []
    for one in solids:
        if one.cls in (*SET, "telephone", "desk"):
            low = camera.norm(one.corners())
            x, y = float((low[:, 0].min() + low[:, 0].max()) / 2), float(low[:, 1].max())
            desk = min(DESKS, key=lambda d: abs(d.x - one.at[0])).id
            at = (min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))
            out.append((one.cls, None if one.cls == "desk" else desk, at))
    return out


Box = tuple[float, float, float, float, float, float]


def _hull(camera: Camera, *boxes: Box) -> list[list[float]]:
    """The outline of boxes (x1, y1, z1, x2, y2, z2) in the picture."""
    return _outline(camera, np.concatenate([
        camera.px(np.array([(x, y, z) for x in b[::3] for y in b[1::3] for z in b[2::3]]))
        for b in boxes
    ]))  # fmt: skip


def _outline(camera: Camera, points_px: Points) -> list[list[float]]:
    hull = cv2.convexHull(points_px.astype(np.float32)).reshape(-1, 2) / camera.size
    return [[round(float(v), 5) for v in p] for p in np.clip(hull, 0.0, 1.0)]


def _desk_zones(camera: Camera, desk: Desk) -> list[dict[str, Any]]:
    x, w, d = desk.x, desk.width, desk.depth
    left, right = x - w / 2, x + w / 2
    side, home = SHAPE.inner(x), bin_home(desk, SHAPE)
    pen = x + side * 0.48 * w
    low, top = TOP, COUNTER_Z
    flat: dict[str, tuple[float, float, float, float, float]] = {
        "desk_top": (left, 0, right, d, low),
        "cup_point": (right - 24, d - 26, right - 2, d - 4, low),
        "phone_point": (left + 2, d - 24, left + 22, d - 2, low),
        "public_sight": (left, 0, right, 0.5 * d, low),
        "under_desk": (x + side * 30, 12, x + side * (w / 2 - 4), d, 0.0),
    }
    half = PITCH / 2
    near = CHAIR_Y
    solidly: dict[str, list[Box]] = {
        "public_side": [(x - half, SHELF[1], top, x + half, SHELF[0], top + 2),
                        (x - half, -120, 95, x + half, SHELF[1], top)],
        "sign": [(x - 22, -40, top, x + 22, -20, top + 18)],
        "pen_base": [(pen - 11, -40, top, pen + 11, -20, top + 18)],
        "bin_home": [(home[0] - 20, home[1] - 20, 0, home[0] + 20, home[1] + 20, 2)],
        "seat": [(x - 24, near - 24, 43, x + 22, near + 24, 57)],
        "chair": [(x - 30, near - 30, 0, x + 36, near + 32, 113)],
        "staff": [(x - 42, near - 42, 45, x + 42, near + 34, 138)],
    }  # fmt: skip
    backs = [
        camera.px(_on_chair(x, along, out, z))
        for along in (-23, 23)
        for out, z in ((22, 57), (30, 57), (27, 113), (37, 113))
    ]
    screen = (x - 0.08 * w - 25, low + 14, x - 0.08 * w + 25, low + 41, 0.26 * d + 2)
    return [
        *({"kind": k, "desk": desk.id, "polygon": quad(camera, *v)} for k, v in flat.items()),
        *({"kind": k, "desk": desk.id, "polygon": _hull(camera, *v)} for k, v in solidly.items()),
        {"kind": "chair_back", "desk": desk.id, "polygon": _outline(camera, np.vstack(backs))},
        {"kind": "screen", "desk": desk.id, "polygon": upright(camera, *screen)},
    ]  # fmt: skip


def _on_chair(x: float, along: float, out: float, z: float) -> Points:
    """A point of an empty chair: ``along`` its back, ``out`` towards its back, cm."""
    a = np.radians(CHAIR_TURN)
    return np.array([(x + along * np.cos(a) + out * np.sin(a),
                      CHAIR_Y - along * np.sin(a) + out * np.cos(a), z)])  # fmt: skip


def _public_zones(camera: Camera) -> list[dict[str, Any]]:
    flat: dict[str, tuple[str, tuple[float, float, float, float, float], list[str]]] = {
        "floor": ("floor", (-110, 60, 110, 210, 0.0), []),
        "exit": ("keep_clear", (-190, 60, -120, 180, 0.0), []),
        "top": ("cabinet_top", (-195, -45, -105, -5, 120.0), []),
    }
    tall: dict[str, tuple[str, tuple[float, float, float, float, float], list[str]]] = {
        "wall": ("wall", (-90, 60, 30, 180, -50.0), []),
        "shelf": ("cabinet", (-192, 4, -108, 117, -5.0), []),
        "rack": ("rack", (-50, 0, 20, 55, -35.0), []),
        "box": ("service_box", (20, 88, 60, 120, -25.0), ["service_box"]),
        "ext": ("fixture", (178, 0, 202, 54, 0.0), ["extinguisher"]),
        "green": ("fixture", (92, 0, 148, 74, 0.0), ["plant"]),
        "area": ("fixture", (66, 116, 114, 156, -49.0), ["notice"]),
        "light": ("lamp", (58, 200, 122, 232, -49.0), []),
    }
    return [
        *({"id": i, "kind": kind, "holds": holds, "polygon": quad(camera, *where)}
          for i, (kind, where, holds) in flat.items()),
        *({"id": i, "kind": kind, "holds": holds, "polygon": upright(camera, *where)}
          for i, (kind, where, holds) in tall.items()),
    ]  # fmt: skip
