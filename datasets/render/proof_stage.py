"""The validation hall of the proofs on a stage: its solids as rendered things, layer by layer."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.render import assets, furniture, garments, people, proof_props as props, rooms
from datasets.render.camera_sim import auto_exposure, tone
from datasets.render.shots import merged, set_in
from datasets.render.stage import Camera, Stage
from datasets.scenes.layers import Lamp, Layer
from datasets.scenes.picture_shape import CAMERAS, CHAIR_TURN, CHAIR_Y, DESKS, PITCH
from datasets.scenes.solids import Solid

ROOM, CHAIR = "val.blue_grey", "val.task_green"
X, Y, H = (-6.0, 6.0), (-5.8, 5.4), 3.7
WALL_Y = 4.9
"""Where the public side's own axes have their origin."""
DIM: dict[Lamp, float] = {"day": 1.1, "lamp": 0.62}
BASE_SAMPLES, PART_SAMPLES = 4, 3
TO_CITIZENS = frozenset({"rating_device", "guide_rack", "name_plate", "chair", "person"})
SMALL = {"litter": 1.6, "stain": 1.2}
"""How much larger than one piece the dirt of a floor is."""
LAYS_FLAT = ("phone", "paper", "folder", "book")


@dataclass(frozen=True)
class Base:
    """A clean picture under one light: scene light, which instance shows where, exposure."""

    linear: NDArray[np.float32]
    ids: NDArray[np.int32]
    exposure: float


class ProofStage:
    """Built once; each layer is put up, rendered in its own small part, and taken down."""

    def __init__(self, clean: Mapping[str, Sequence[Solid]], threads: int) -> None:
        self.clean = clean
        self.stage = st = Stage.new(61, "val", samples=BASE_SAMPLES, threads=threads)
        self.room = rooms.put(st, ROOM, X, Y, H)
        counter = furniture.counters("val", PITCH / 100)[0]
        for desk in DESKS:
            st.place(counter, (-desk.x / 100, 0.01, 0))
            st.place(furniture.trays("val")[0], (-desk.x / 100 + 0.2, -0.1, 0.5))
        st.place(props.STAND, (-0.40, WALL_Y + 0.25, 0))
        st.place(props.LOW_STAND, (0.15, WALL_Y + 0.38, 0))
        for dx in (-0.17, 0.17):
            st.place(assets.spec("guide_rack.val.wood"), (0.15 + dx, WALL_Y + 0.38, 0.12))
        self.tube = st.place(props.TUBE_OFF, (-0.9, WALL_Y + 0.39, 1.96))
        self.own = {
            (camera, one): self._put(camera, one)
            for camera, solids in clean.items()
            for one in solids
        }
        self.cameras: dict[str, Camera] = {}
        for name, cam in CAMERAS.items():
            at, to = _metres(name, cam.at_cm), _metres(name, cam.to_cm)
            hfov = math.degrees(2 * math.atan(0.5 / cam.focal))
            self.cameras[name] = st.add_camera(at, to, hfov, cam.size, cam.k1, name=name)

    # ------------------------------------------------------------------------- pictures

    def base(self, camera: str, lamp: Lamp) -> Base:
        """The clean picture of a camera under a light."""
        self._light(camera, lamp)
        self.stage.scene.cycles.samples = BASE_SAMPLES
        linear, ids = self.stage.ideal(self.cameras[camera])
        return Base(linear, ids, auto_exposure(linear) * DIM[lamp])

    def layer(self, layer: Layer, base: Base) -> tuple[NDArray[np.uint8], list[str]]:
        """The picture with a layer over the clean one, and the assets put into it."""
        st, camera = self.stage, self.cameras[layer.camera]
        self._light(layer.camera, layer.lamp)
        st.scene.cycles.samples = PART_SAMPLES
        gone = [i for one in layer.gone for i in self.own[layer.camera, one]]
        boxes = [st.ideal_box(camera, [i], 24) for i in gone]
        for i in gone:
            st.show(i, False)
        first = st._next
        turned: list[tuple[int, Solid]] = []
        try:
            new = [i for one in layer.new for i in self._put(layer.camera, one)]
            for one in layer.new:
                if _sits(one):
                    own = next(s for s in self.clean["STAFF"]
                               if s.cls == "chair" and abs(s.at[0] - one.at[0]) < 5)  # fmt: skip
                    chair = self.own["STAFF", own][0]
                    boxes.append(st.ideal_box(camera, [chair], 24))
                    st.move(chair, _metres("STAFF", own.at), math.pi)
                    turned.append((chair, own))
                    boxes.append(st.ideal_box(camera, [chair], 24))
            boxes += [st.ideal_box(camera, [i], 30) for i in new]
            names = [st.instances[i].asset for i in new]
            linear, ids = base.linear, base.ids
            for part in merged([b for b in boxes if b is not None]):
                linear, ids = set_in((linear, ids), st._render(camera, part), part)
        finally:
            for i in [i for i in st.instances if i >= first]:
                st.remove(i)
            st._next = first
            for i in gone:
                st.show(i, True)
            for chair, own in turned:
                st.move(chair, _metres("STAFF", own.at), _chair_turn())
        return self.develop(camera, linear, base.exposure), names

    def develop(
        self, camera: Camera, linear: NDArray[np.float32], exposure: float
    ) -> NDArray[np.uint8]:
        """Lens and tone."""
        mx, my = camera.maps()
        bent = cv2.remap(linear, mx, my, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return tone(bent, exposure)

    def boxes(self, camera: str, ids: NDArray[np.int32]) -> list[tuple[Solid, list[float]]]:
        """Where the clean picture shows each of the camera's own things: box, shares."""
        cam = self.cameras[camera]
        mx, my = cam.maps()
        bent = cv2.remap(ids.astype(np.float32), mx, my, cv2.INTER_NEAREST).astype(np.int32)
        h, w = bent.shape
        out = []
        for (name, one), own in self.own.items():
            ys, xs = np.nonzero(np.isin(bent, own))
            if name == camera and len(xs):
                box = [xs.min() / w, ys.min() / h, (xs.max() + 1) / w, (ys.max() + 1) / h]
                out.append((one, [round(float(v), 5) for v in box]))
        return out

    def _light(self, camera: str, lamp: Lamp) -> None:
        self.room.light(self.stage, lamp, 0, self.cameras[camera])

    # ------------------------------------------------------------------------- things

    def _put(self, camera: str, one: Solid) -> list[int]:
        rng = random.Random(repr(one))
        if one.cls == "person":
            return self._people(camera, one, rng)
        if one.cls == "chair":
            return self._chair(camera, one)
        if one.cls == "clothing":
            key = rng.choice(garments.keys("val"))
            where = "back" if one.at[2] > 60 else "seat"
            at = _metres(camera, (_desk_x(one), CHAIR_Y, 0.0))
            return [self.stage.place(garments.drape(key, CHAIR, where, 0), at, _chair_turn())]
        if one.cls == "cushion":
            return [self._cushion(camera, one)]
        if one.cls == "pause_sign":
            return self._sign(camera, one, rng)
        return self._place(camera, one, self._piece(one, rng))

    def _piece(self, one: Solid, rng: random.Random) -> Any:
        cls, chroma = one.cls, math.hypot(one.lab[1], one.lab[2])
        own = {"cabinet": props.SHELF, "jumble": props.JUMBLE, "tube": props.TUBE_ON}
        if cls in own:
            return own[cls]
        if cls == "desk":
            return furniture.desks("val")[0]
        if cls == "notice":
            return props.AREA_SIGN if one.lab[1] < 0 else props.POSTER
        if cls == "monitor":
            return assets.spec("monitor.val.slim") if one.lab[0] > 60 else props.SCREEN_OFF
        if cls == "cup" and one.lab != (88, 0, 1):
            return props.LOUD_CUP if chroma > 30 else assets.spec("cup.val.glass_steel")
        pool = [s for s in assets.specs(cls, "val") if not set(s.tags) & {"big", "bundle"}]
        if cls == "cable":
            loose = ("cable.val.coil_grey", "cable.val.loose_graphite")
            return assets.spec("cable.val.bundle_grey" if one.at[2] > 5 else rng.choice(loose))
        if cls == "bag":
            pool += [assets.spec("bag.val.pack_grey")]
        return rng.choice(pool)

    def _place(self, camera: str, one: Solid, piece: Any) -> list[int]:
        turn = math.radians(one.turn) + (math.pi if one.cls in TO_CITIZENS else 0.0)
        scale = SMALL.get(one.cls, 1.0)
        if one.cls == "plant" and one.size[2] > 60:
            scale = 2.1
        if one.cls == "cable" and one.at[2] < 5:
            scale = 0.9
        if one.cls in ("bag", "carton") and 40 < one.at[2] < 60:
            scale = 0.8
        at = _metres(camera, one.at)
        if one.cls in LAYS_FLAT and one.size[2] > 20:
            return [self.stage.place(piece, at, 0, rotation=(math.pi / 2, 0, turn))]
        return [self.stage.place(piece, at, turn, scale)]

    def _chair(self, camera: str, one: Solid) -> list[int]:
        if camera == "PUBLIC":
            return [self.stage.place(furniture.public_seats("val")[0], _metres(camera, one.at))]
        chair = next(c for c in furniture.chairs("val") if c.id == f"chair.{CHAIR}")
        return [self.stage.place(chair, _metres(camera, one.at), _chair_turn())]

    def _cushion(self, camera: str, one: Solid) -> int:
        loud = math.hypot(one.lab[1], one.lab[2]) > 30
        piece = props.LOUD_CUSHION if loud else props.LIKE_CUSHION
        if one.at[2] < 60:
            return self.stage.place(piece, _metres(camera, one.at), _chair_turn())
        # leaning on the front of the back
        a = math.radians(CHAIR_TURN)
        at = (_desk_x(one) + 17 * math.sin(a), CHAIR_Y + 17 * math.cos(a), 70.0)
        return self.stage.place(
            piece, _metres(camera, at), rotation=(math.radians(80), 0, _chair_turn())
        )

    def _sign(self, camera: str, one: Solid, rng: random.Random) -> list[int]:
        piece = rng.choice(assets.specs("pause_sign", "val"))
        x, y, z = _metres(camera, one.at)
        front, back = (self.stage.place(piece, (x, y + dy, z), turn)
                       for dy, turn in ((0.035, math.pi), (-0.035, 0.0)))  # fmt: skip
        self.stage.attach(front, back)
        return [front]

    def _people(self, camera: str, one: Solid, rng: random.Random) -> list[int]:
        looks = [k for k in people.PEOPLE if k.startswith("val.")]
        x, y, _ = one.at
        if _sits(one):
            piece = people.person(rng.choice(looks), rng.choice(("seated", "typing")))
            return [self.stage.place(piece, _metres(camera, (x, CHAIR_Y - 2, 0.0)), math.pi)]
        count = max(1, round(one.size[0] / 46))
        # a crowd before a desk stands in two rows: before its top and before its chair
        rows = (-28.0, 28.0) if camera == "STAFF" and count > 3 else (0.0,)
        out = []
        for row in rows:
            for i in range(count):
                dx = (i - (count - 1) / 2) * 46 + rng.uniform(-3, 3)
                at = (x + dx, y + row + rng.uniform(-6, 6), 0.0)
                piece = people.person(rng.choice(looks), "standing")
                facing = 0.0 if camera == "STAFF" and y < 0 else rng.uniform(-0.4, 0.4) + math.pi
                out.append(self.stage.place(piece, _metres(camera, at), facing))
        return out


def _sits(one: Solid) -> bool:
    return one.cls == "person" and one.size[2] < 140


def _desk_x(one: Solid) -> float:
    return min((d.x for d in DESKS), key=lambda x: abs(x - one.at[0]))


def _chair_turn() -> float:
    return math.pi - math.radians(CHAIR_TURN)


def _metres(camera: str, at: tuple[float, float, float]) -> tuple[float, float, float]:
    """The hall's centimetres in the stage's metres: turned half round, so that text reads."""
    x, y, z = at
    return (-x / 100, (WALL_Y if camera == "PUBLIC" else 0.0) - y / 100, z / 100)
