"""Light rigs of a stage: day, lamps, night, a camera's own infrared.  One split each."""

from __future__ import annotations

import random
from collections.abc import Sequence

import bpy
from mathutils import Matrix, Vector

from datasets.render import lights_train
from datasets.render.room_parts import Lamp, Pane
from datasets.render.shots import Camera


class Lights:
    """The part of a stage that lights it; needs ``scene`` and ``split``."""

    scene: bpy.types.Scene
    split: str

    def __init__(self) -> None:
        self._lights: list[bpy.types.Object] = []
        self._light_id = ""

    def _clear_lights(self) -> None:
        for o in self._lights:
            lamp = o.data
            bpy.data.objects.remove(o, do_unlink=True)
            bpy.data.lights.remove(lamp)  # else it stays, and each new one is slower to name
        self._lights.clear()

    def _area(
        self,
        at: Sequence[float],
        energy: float,
        size: tuple[float, float],
        colour: Sequence[float],
        aim: Sequence[float] | None = None,
        spread: float | None = None,
    ) -> None:
        d = bpy.data.lights.new("area", "AREA")
        d.energy, d.shape, d.size, d.size_y = energy, "RECTANGLE", size[0], size[1]
        d.color = colour[:3]
        if spread is not None:
            d.spread = spread
        o = bpy.data.objects.new("area", d)
        self.scene.collection.objects.link(o)
        down = Vector(aim if aim is not None else (at[0], at[1], 0)) - Vector(at)
        o.matrix_world = (
            Matrix.Translation(Vector(at)) @ down.to_track_quat("-Z", "Y").to_matrix().to_4x4()
        )
        o.visible_camera = False
        self._lights.append(o)

    def _world(self, colour: Sequence[float], strength: float) -> None:
        bg = self.scene.world.node_tree.nodes["Background"]
        bg.inputs[0].default_value = (*colour[:3], 1)
        bg.inputs[1].default_value = strength

    def light_rig(
        self,
        mode: str,
        *,
        x: tuple[float, float] = (-3, 3),
        y: tuple[float, float] = (-3, 3),
        height: float = 3.0,
        rig: int = 0,
        camera: Camera | None = None,
        window: Sequence[float] | None = None,
        lamps: Sequence[Lamp] | None = None,
        panes: Sequence[Pane] | None = None,
    ) -> str:
        """Light of the box ``x`` by ``y`` under ``height``; returns the light's asset id.

        ``mode``: "day" (lamps and daylight from ``window``, a point, with a chance of sun),
        "lamp" (ceiling lamps), "night" (one lamp left on), "ir" (the camera's own).  ``rig`` picks
        lamp layout, colour and strength; the numbers differ between splits.
        ``lamps`` and ``panes`` are those of a teaching room that has its own.
        """
        self._clear_lights()
        self._light_id = f"light.{self.split}.{mode}_{rig}"
        if self.split == "train":
            lights_train.light(
                self, mode, rig, x=x, y=y, height=height, camera=camera, lamps=lamps, panes=panes
            )
            return self._light_id
        rng = random.Random(f"light/{self.split}/{mode}/{rig}")
        warm = {"val": (0.25, 0.3), "sample": (0.08, 0.16)}[self.split]
        t = rng.uniform(*warm)
        colour = (1.0, 1.0 - 0.55 * t, 1.0 - 1.1 * t)
        cx, cy = sum(x) / 2, sum(y) / 2
        w, d = x[1] - x[0], y[1] - y[0]
        if mode in ("day", "lamp"):
            cols = max(1, round(w / 2.6))
            rows = max(1, round(d / 3.0))
            for i in range(cols):
                for j in range(rows):
                    at = (x[0] + w * (i + 0.5) / cols, y[0] + d * (j + 0.5) / rows, height - 0.06)
                    on = 1.0 if mode == "day" or rng.random() > 0.15 else 0.0
                    if on:
                        self._area(at, rng.uniform(38, 62), (1.1, 0.5), colour)
        if mode == "day":
            pane: Sequence[float] = window or (x[0] - 0.1, cy, 1.6)
            self._area(
                pane,
                rng.uniform(150, 330),
                (1.6, min(3.5, d * 0.6)),
                (0.82, 0.91, 1.0),
                (cx, cy, 0.6),
            )
            self._world((0.75, 0.85, 1.0), rng.uniform(0.1, 0.22))
        elif mode == "lamp":
            self._world(colour, 0.04)
        elif mode == "night":
            at = (x[0] + w * rng.uniform(0.3, 0.7), y[0] + d * rng.uniform(0.3, 0.7), height - 0.06)
            self._area(at, rng.uniform(30, 45), (1.2, 0.3), colour)
            self._world((0.5, 0.6, 0.9), 0.02)
        elif mode == "ir":
            self._world((1, 1, 1), 0.004)
            if camera is None:
                raise ValueError("the ir light needs its camera")
            m = camera.object.matrix_world
            for dx in (-0.05, 0.05):
                sp = bpy.data.lights.new("ir", "SPOT")
                sp.energy, sp.spot_size, sp.spot_blend, sp.shadow_soft_size = 260, 2.2, 0.8, 0.03
                o = bpy.data.objects.new("ir", sp)
                self.scene.collection.objects.link(o)
                o.matrix_world = m @ Matrix.Translation((dx, 0.03, 0))
                self._lights.append(o)
        else:
            raise ValueError(f"no light {mode!r}")
        return self._light_id
