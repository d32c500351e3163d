"""The sample hall on a stage: builds it once, poses each moment, says where its zones lie."""

from __future__ import annotations

import hashlib
import json
import math
import random
from dataclasses import asdict
from typing import Any

import bpy  # noqa: F401 - brings mathutils
from mathutils import Matrix

from datasets.render import assets, furniture, garments, people, rooms, sample_plan as plan
from datasets.render.stage import Camera, Shot, Stage

ROOM = "sample.pearl"
X, Y, H = (-8.75, 8.75), (-3.95, 5.4), 3.4


def _piece(kind: list[furniture.Piece]) -> furniture.Piece:
    return kind[0]


class Hall:
    """The hall with its cameras; ``pose`` sets a moment, ``unpose`` takes it back."""

    def __init__(self, samples: int) -> None:
        self.stage = st = Stage.new(2026, "sample", samples=samples)
        self.room = rooms.put(st, ROOM, X, Y, H)
        self.chair: dict[str, int] = {}
        self.home: dict[str, tuple[float, float, float]] = {}
        desk = _piece(furniture.desks("sample"))
        counter = _piece(furniture.counters("sample", plan.PITCH))
        tower = _piece(furniture.towers("sample"))
        tray = _piece(furniture.trays("sample"))
        chair = next(c for c in furniture.chairs("sample") if c.id == f"chair.{plan.CHAIR}")
        for d in plan.DESKS:
            x = plan.desk_x(d)
            turn = next(c.turn for c in plan.CAMERAS if d in c.desks)
            st.place(desk, (x, 0, 0), desk=d, place="desk")
            st.place(counter, (x, 0.37, 0))
            st.place(tower, (x - 0.68, 0.10, 0))
            st.place(tray, (x - 0.1, 0.20, 0.54))
            self.home[d] = (x + plan.CHAIR_AT[0], plan.CHAIR_AT[1], math.pi + turn)
            hx, hy, hr = self.home[d]
            self.chair[d] = st.place(chair, (hx, hy, 0), hr, desk=d, place="chair")
            st.place(
                assets.spec("bin.sample.bronze"),
                (x + plan.BIN_AT[0], plan.BIN_AT[1], 0),
                desk=d,
                place="bin_home",
            )
            for a, ax, ay, az, r in (*plan.STANDARD, *plan.EXTRA[d]):
                st.place(
                    assets.spec(a),
                    (x + ax, ay, az),
                    r,
                    desk=d,
                    place="desk_top" if az < 1 else "public_side",
                    tags=("standard",),
                )
            self._coaster(x)
        seat = _piece(furniture.public_seats("sample"))
        for i in range(16):
            st.place(seat, (-7.4 + i * 0.98, 2.6, 0), 0.0, place="public")
        cab = _piece(furniture.cabinets("sample"))
        for i in range(3):
            st.place(cab, (X[0] + 0.26, -3.2 + i * 0.97, 0), math.pi / 2, place="cabinet")
        st.place(assets.spec("extinguisher.sample.stocky"), (X[0] + 0.3, 0.1, 0), 0)
        self.statics = st._next
        self.cams: dict[str, Camera] = {
            c.id: st.add_camera(c.position, c.target, c.hfov_deg, c.size_px, c.k1, name=c.id)
            for c in plan.CAMERAS
        }

    def _coaster(self, x: float) -> None:
        from datasets.render import shading as sh

        def build(_: random.Random) -> Any:
            m = sh.material("coaster.sample", sh.hex_linear("#2f6e62"), 0.7)
            return sh.Builder("coaster").cyl((0, 0, 0.002), 0.062, 0.004, m).object()

        proto = self.stage.prototype("coaster.sample.green", build)
        self.stage._instance(
            proto,
            "coaster.sample.green",
            (x + plan.CUP_POINT[0], plan.CUP_POINT[1], plan.DESK_Z),
            (0, 0, 0),
            1,
            None,
            None,
            "desk_top",
            (),
        )

    # ---------------------------------------------------------------------------- moments

    def light(self, cam: str, when: str) -> str:
        mode = "day" if when != "N" else next(c.night for c in plan.CAMERAS if c.id == cam)
        self.room.light(self.stage, mode, 0, self.cams[cam])
        return mode

    def pose(self, cam: plan.CameraPlan, when: str) -> list[int]:
        """Put people and things of a moment on the stage; the ids of all that changed."""
        st = self.stage
        st._next = self.statics
        rng = random.Random(f"{when}")
        changed: list[int] = []
        for d in plan.near(cam):
            x = plan.desk_x(d)
            hx, hy, hr = self.home[d]
            cx, cy, cr = hx, hy, hr
            if plan.seated(d, when):
                drng = random.Random(f"{d}{when}")
                cx, cy = hx + drng.uniform(-0.05, 0.05), hy + drng.uniform(-0.02, 0.10)
                cr = math.pi + drng.uniform(-0.18, 0.18)
                st.move(self.chair[d], (cx, cy, 0), cr)
                pose = plan.SEATED[drng.randrange(3)]
                changed.append(
                    st.place(
                        people.person(plan.STAFF[d], pose),
                        (cx, cy + 0.02, 0),
                        cr,
                        desk=d,
                        place="staff",
                        variant=drng.randrange(2),
                    )
                )
                changed.append(self.chair[d])
            if plan.sign_stands(d, when):
                sx, sy = plan.SIGN_AT
                # two-sided: one plate reads from the citizens' side, one from the staff's
                front, back = (
                    st.place(
                        assets.spec(plan.SIGN[d]),
                        (x + sx, sy + dy, plan.SHELF_Z),
                        turn,
                        desk=d,
                        place="sign",
                        tags=(f"twin:{plan.ABSENT}",),
                    )
                    for dy, turn in ((0.035, math.pi), (-0.035, 0.0))
                )
                st.attach(front, back)
                changed.append(front)
            for n, it in enumerate(plan.ITEMS):
                if it.desk != d or when not in it.when:
                    continue
                tags = tuple(
                    t
                    for t in (
                        f"item:{n}",
                        it.clause and f"plant:{it.clause}",
                        it.twin and f"twin:{it.twin}",
                    )
                    if t
                )
                if it.asset.startswith("clothing:"):
                    _, key, where = it.asset.split(":")
                    changed.append(
                        st.place(
                            garments.drape(key, plan.CHAIR, where, it.variant),
                            (cx, cy, 0),
                            cr,
                            desk=d,
                            place="chair_back",
                            tags=tags,
                        )
                    )
                else:
                    spec = (
                        _piece(furniture.cushions("sample"))
                        if it.asset.startswith("cushion.")
                        else assets.spec(it.asset)
                    )
                    changed.append(
                        st.place(
                            spec,
                            (x + it.at[0], it.at[1], it.at[2]),
                            it.turn,
                            it.scale,
                            desk=d,
                            place=_place_of(it),
                            tags=tags,
                            variant=it.variant,
                        )
                    )
        for d, pose in plan.CITIZENS.get(cam.id, {}).get(when, ()):
            changed.append(
                st.place(
                    people.person("sample.citizen_sand", pose),
                    (plan.desk_x(d) + rng.uniform(-0.25, 0.25), 1.15, 0),
                    rng.uniform(-0.3, 0.3),
                    place="public",
                    desk=None,
                )
            )
        for d, share in plan.BLOCKERS.get(cam.id, {}).get(when, ()):
            px, py, _ = cam.position
            for k, side in enumerate((-0.33, 0.28)):
                bx = px + (plan.desk_x(d) - px) * share
                by = py + (-0.1 - py) * share
                ax, ay = plan.desk_x(d) - px, -0.1 - py
                ln = math.hypot(ax, ay)
                changed.append(
                    st.place(
                        people.person(("sample.vest_maroon", "sample.uniform_dark")[k], "standing"),
                        (bx - ay / ln * side, by + ax / ln * side, 0),
                        2.6 + k,
                        place="blocker",
                    )
                )
        return changed

    def unpose(self) -> None:
        for i in [i for i in self.stage.instances if i >= self.statics]:
            self.stage.remove(i)
        for d, i in self.chair.items():
            hx, hy, hr = self.home[d]
            self.stage.move(i, (hx, hy, 0), hr)

    # ---------------------------------------------------------------------------- pictures

    def shoot(
        self, cam: plan.CameraPlan, when: str, base: tuple[Any, Any] | None, exposure: float
    ) -> Shot:
        camera = self.cams[cam.id]
        self.light(cam.id, when)
        changed = self.pose(cam, when)
        try:
            if base is None or plan.BROKEN.get(cam.id, {}).get(when) == "moved":
                keep = camera.object.matrix_world.copy()
                if base is not None:
                    yaw, pitch, roll = (math.radians(a) for a in plan.MOVED_DEG[when])
                    camera.object.matrix_world = (
                        Matrix.Translation(keep.translation)
                        @ Matrix.Rotation(yaw, 4, "Z")
                        @ keep.to_3x3().to_4x4()
                        @ Matrix.Rotation(pitch, 4, "X")
                        @ Matrix.Rotation(roll, 4, "Z")
                    )
                shot = self.stage.render(camera, exposure=exposure)
                camera.object.matrix_world = keep
                return shot
            margin = cam.size_px[0] // 45
            boxes = [self.stage.ideal_box(camera, [i], margin) for i in changed]
            return self.stage.render(
                camera, exposure=exposure, base=base, parts=[b for b in boxes if b is not None]
            )
        finally:
            self.unpose()


def _place_of(it: plan.Item) -> str:
    if it.at[2] >= 1:
        return "public_side"
    if it.at[2] >= plan.DESK_Z - 0.01:
        return "desk_top"
    if it.at[2] == 0.48:
        return "seat"
    if it.at[2] > 0.1:
        return "tray"
    return "under_desk" if it.at[1] > -0.36 else "floor"


def scene_key(cam: plan.CameraPlan, when: str, samples: int) -> str:
    """Changes when what this moment shows does, so that a render is redone only then."""
    parts = [
        asdict(cam),
        when,
        samples,
        plan.STANDARD,
        plan.EXTRA,
        plan.MOVED_DEG.get(when),
        [
            asdict(i) | {"when": None}
            for i in plan.ITEMS
            if when in i.when and i.desk in plan.near(cam)
        ],
        [
            (d, plan.seated(d, when), plan.sign_stands(d, when) and "two-sided")
            for d in plan.near(cam)
        ],
        plan.CITIZENS.get(cam.id, {}).get(when),
        plan.BLOCKERS.get(cam.id, {}).get(when),
        plan.SIGN,
        plan.STAFF,
    ]
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()[:10]
