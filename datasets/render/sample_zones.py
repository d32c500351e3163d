"""Where the sample hall's zones lie in its cameras' pictures: projected from the scene itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import bpy  # noqa: F401 - brings mathutils
import cv2
import numpy as np
from mathutils import Matrix, Vector
from numpy.typing import NDArray

from datasets.render import furniture, sample_plan as plan
from datasets.render.stage import Camera

if TYPE_CHECKING:
    from datasets.render.sample_scene import Hall


def zones(hall: Hall, cam: plan.CameraPlan, ids: NDArray[np.int32]) -> list[dict[str, Any]]:
    """Zones of the camera's own desks: kind, desk, polygon in pixels of its picture.

    ``ids`` is the clean reference's map: floor is drawn only where it can be seen.
    """
    camera = hall.cams[cam.id]
    room = min(i for i in np.unique(ids) if i > 0)
    floor_ids = {room}
    out: list[dict[str, Any]] = []
    dims = furniture.chair_dims(plan.CHAIR)
    for d in cam.desks:
        x = plan.desk_x(d)
        tx, ty = plan.TOP_HALF
        hx, hy, hr = hall.home[d]
        turn = Matrix.Translation(Vector((hx, hy, 0))) @ Matrix.Rotation(hr, 4, "Z")

        def on_chair(
            pts: Sequence[tuple[float, float, float]], m: Matrix = turn
        ) -> list[tuple[float, float, float]]:
            return [tuple(m @ Vector(p)) for p in pts]

        def add(
            kind: str,
            pts: Sequence[Sequence[float]] | None = None,
            poly: NDArray[Any] | None = None,
            desk: str = d,
            **more: Any,
        ) -> None:
            p = poly if poly is not None else hull_px(camera.project(pts), cam.size_px)
            if p is not None and len(p) >= 3:
                out.append({"kind": kind, "desk": desk, "polygon_px": p, **more})

        top = [
            (x - tx, -ty, plan.DESK_Z),
            (x + tx, -ty, plan.DESK_Z),
            (x + tx, ty, plan.DESK_Z),
            (x - tx, ty, plan.DESK_Z),
        ]
        quad = camera.project(top)
        inside = (quad >= 0).all() and (quad <= cam.size_px).all()
        add("desk_top", top, quad if inside and not cam.k1 else None)
        half = plan.PITCH / 2
        add(
            "public_side",
            # the shelf, and what of the citizens' room shows above it up to their seats
            box3((x - half, 0.37, plan.SHELF_Z), (x + half, 0.82, plan.SHELF_Z + 0.02))
            + box3((x - half, 0.82, plan.SHELF_Z - 0.1), (x + half, 3.0, plan.SHELF_Z - 0.05)),
        )
        cx, cy = plan.CUP_POINT
        add(
            "cup_point",
            box3((x + cx - 0.11, cy - 0.11, plan.DESK_Z), (x + cx + 0.11, cy + 0.11, plan.DESK_Z)),
        )
        sx, sy = plan.SIGN_AT
        add(
            "sign",
            box3(
                (x + sx - 0.22, sy - 0.12, plan.SHELF_Z),
                (x + sx + 0.22, sy + 0.12, plan.SHELF_Z + 0.2),
            ),
        )
        w2, d2 = dims["seat_w"] / 2 + 0.05, dims["seat_d"] / 2
        add(
            "chair",
            on_chair(box3((-w2, -d2, 0), (w2, dims["back_y_top"] + 0.05, dims["back_top"]))),
        )
        bw = dims["back_w"] / 2
        add(
            "chair_back",
            on_chair(
                box3(
                    (-bw, dims["back_y"] - 0.04, dims["back_low"]),
                    (bw, dims["back_y"] + 0.05, dims["back_low"] + 0.02),
                )
                + box3(
                    (-bw, dims["back_y_top"] - 0.04, dims["back_top"]),
                    (bw, dims["back_y_top"] + 0.05, dims["back_top"] + 0.01),
                )
            ),
        )
        add(
            "seat",
            on_chair(
                box3(
                    (-w2 + 0.04, -d2, dims["seat_z"] - 0.05),
                    (w2 - 0.04, d2, dims["seat_z"] + 0.10),
                )
            ),
        )
        add("staff", box3((x - 0.42, -1.12, 0.45), (x + 0.42, -0.42, 1.40)))
        bx, by = plan.BIN_AT
        add("bin_home", box3((x + bx - 0.17, by - 0.17, 0), (x + bx + 0.17, by + 0.17, 0)))
        add(
            "under_desk",
            poly=visible_poly(
                camera.project(
                    [
                        (x - 0.78, -0.36, 0),
                        (x + 0.36, -0.36, 0),
                        (x + 0.36, 0.34, 0),
                        (x - 0.78, 0.34, 0),
                    ]
                ),
                ids,
                floor_ids,
            ),
        )
        add(
            "floor",
            poly=visible_poly(
                camera.project(
                    [
                        (x - half, -1.75, 0),
                        (x + half, -1.75, 0),
                        (x + half, -0.36, 0),
                        (x - half, -0.36, 0),
                    ]
                ),
                ids,
                {*floor_ids, hall.chair[d]},
            ),
            inside=True,
        )
    return out


def planes(hall: Hall, cam: plan.CameraPlan) -> list[dict[str, Any]]:
    """Measured points (lens-corrected pixels, cm) of the floor and each desk top."""
    camera = hall.cams[cam.id]
    xs = [plan.desk_x(d) for d in cam.desks]
    x0, x1 = min(xs) - 0.9, max(xs) + 0.9
    fl = [(a, b) for a in (x0, (x0 + x1) / 2, x1) for b in (-1.5, -1.0, -0.45)]
    out = [
        _plane(
            "floor",
            "floor",
            None,
            camera,
            [(a, b, 0.0) for a, b in fl],
            [((a - x0) * 100, (b + 1.5) * 100) for a, b in fl],
        )
    ]
    tx, ty = plan.TOP_HALF
    for d in cam.desks:
        x = plan.desk_x(d)
        c = [(-tx, -ty), (tx, -ty), (tx, ty), (-tx, ty)]
        out.append(
            _plane(
                f"{d}-top",
                "desk",
                d,
                camera,
                [(x + a, b, plan.DESK_Z) for a, b in c],
                [((a + tx) * 100, (b + ty) * 100) for a, b in c],
            )
        )
    return out


def _plane(
    ident: str,
    kind: str,
    desk: str | None,
    camera: Camera,
    pts: Sequence[Any],
    cm: Sequence[tuple[float, float]],
) -> dict[str, Any]:
    px = camera.project(pts, bent=False) / np.array(camera.lens.size_px)
    points = [
        {"at": [round(float(a), 5), round(float(b), 5)], "cm": [round(c, 1), round(e, 1)]}
        for (a, b), (c, e) in zip(px, cm, strict=True)
        if 0 <= a <= 1 and 0 <= b <= 1
    ]
    return {"id": ident, "kind": kind, **({"desk": desk} if desk else {}), "points": points}


def box3(lo: Sequence[float], hi: Sequence[float]) -> list[tuple[float, float, float]]:
    return [(x, y, z) for x in (lo[0], hi[0]) for y in (lo[1], hi[1]) for z in (lo[2], hi[2])]


def hull_px(px: NDArray[Any], size_px: tuple[int, int]) -> NDArray[Any] | None:
    """Convex hull of projected points, cut to the picture."""
    p = px[np.isfinite(px).all(1)].astype(np.float32)
    if len(p) < 3:
        return None
    h = cv2.convexHull(p).reshape(-1, 2)
    if len(h) < 3:
        return None
    w, hh = size_px
    frame = np.array([[1, 1], [w - 1, 1], [w - 1, hh - 1], [1, hh - 1]], np.float32)
    area, cut = cv2.intersectConvexConvex(h, frame)
    return None if area < 30 or cut is None else np.asarray(cut).reshape(-1, 2)


def visible_poly(px: NDArray[Any], ids: NDArray[np.int32], of: set[int]) -> NDArray[Any] | None:
    """The largest piece of a projected quad where the map shows one of these instances."""
    h, w = ids.shape
    p = hull_px(px, (w, h))
    if p is None:
        return None
    m = np.zeros((h, w), np.uint8)
    cv2.fillPoly(m, [np.rint(p).astype(np.int32)], 1)
    m &= np.isin(ids, list(of)).astype(np.uint8)
    m = cv2.morphologyEx(m, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    m = cv2.morphologyEx(m, cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8))
    found, _ = cv2.findContours(m, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return None
    c = max(found, key=cv2.contourArea)
    if cv2.contourArea(c) < 400:
        return None
    return cv2.approxPolyDP(c, 4.0, True).reshape(-1, 2).astype(np.float32)
