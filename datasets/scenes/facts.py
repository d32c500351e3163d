"""What a perfect detector and a perfect comparison would say of a scene: true facts, no verdicts.

Boxes are what can be seen of each solid, colours are the solids' own, differences are where another
solid shows than in the clean picture.  From there on the real measuring code does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX
from datasets.scenes.camera import Camera
from datasets.scenes.halls import Hall
from datasets.scenes.solids import GROUND, WIDTH, Painted, Solid, paint
from vision.difference import LIMIT, WEIGHTS, Changes, Clean, LabBytes
from vision.measure import Measurer
from vision.registration import WIDTH_PX
from vision.seen import (
    HALL_TZ,
    CableTrace,
    Detections,
    Difference,
    Facts,
    Gate,
    GateReason,
    Light,
    Thing,
)

DAY: Final = "2026-03-11"
"""A Wednesday that is worked."""


@dataclass(frozen=True)
class Shot:
    """One moment of a scene.

    ``things``: all that stands before ``camera``.  ``dim``: what the light leaves of L*, 0..1.
    ``blind``: classes that the model does not know.  ``compared``: there is a clean picture.
    """

    camera: str
    at: str
    things: tuple[Solid, ...]
    light: Light = "day"
    gate: GateReason = "ok"
    dim: float = 1.0
    compared: bool = True
    blind: tuple[str, ...] = ()
    cables: tuple[tuple[tuple[float, float, float], ...], ...] = field(default_factory=tuple)
    """Lines in space, cm: the strands of each cable of ``things``, in their order."""


class Looker:
    """One hall's cameras, their clean pictures painted once."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self._measurer = {
            name: Measurer(hall.layout.view(name), *camera.size)
            for name, camera in hall.cameras.items()
        }
        self._clean = {n: paint(hall.clean[n], c) for n, c in hall.cameras.items()}

    def look(self, shot: Shot) -> Facts:
        """The true facts of one moment."""
        camera = self.hall.cameras[shot.camera]
        width, height = camera.size
        taken = datetime.fromisoformat(f"{DAY}T{shot.at}:00").replace(tzinfo=HALL_TZ)
        name = f"{shot.camera}_{taken:%Y%m%dT%H%M%S}.jpg"
        known = None
        if shot.blind:
            known = tuple(c for c in CLASS_INDEX if c not in shot.blind)
        empty = Facts(
            camera=shot.camera,
            taken_at=taken,
            frame=name,
            sha256=name,
            width=width,
            height=height,
            gate=Gate(shot.gate, shot.light),
            classes=known,
        )
        if shot.gate != "ok":
            return empty
        seen = paint(shot.things, camera)
        measurer = self._measurer[shot.camera]
        base = self._clean[shot.camera]
        boxes = [(i, box) for i, box in seen.boxes if shot.things[i].cls in CLASS_INDEX]
        boxes = [(i, box) for i, box in boxes if known is None or shot.things[i].cls in known]
        clean = set(self.hall.clean[shot.camera])
        at_rest = np.array([shot.things[i] in clean for i, _ in boxes], np.bool_)
        things = measurer.things(
            _found(boxes, shot.things),
            dict.fromkeys(CLASS_INDEX, 0.5),
            np.zeros((1, 1, 3), np.uint8),
            "ir",  # colours are the solids' own
            resting=at_rest,
        )
        things = tuple(
            _coloured(thing, shot.things[i], shot.light)
            for thing, (i, _) in zip(things, boxes, strict=True)
        )
        differences: tuple[Difference, ...] = ()
        if shot.compared:
            mask = _mask(seen, base, things, WIDTH / width)
            flat = np.zeros(mask.shape, np.float32)  # lines are given as cables
            changes = Changes(mask, _bytes(seen.lab), None, WIDTH / width, flat, flat)
            clean_picture = Clean(base.lab, _bytes(base.lab))
            differences = measurer.differences(changes, clean_picture, things)
        return replace(
            empty,
            things=things,
            zones=measurer.zone_facts(things, _grey(seen, shot.dim, camera)),
            cables=tuple(_cables(shot, camera, self.hall)),
            differences=differences,
            reference=shot.light if shot.compared else None,
        )


def _found(
    boxes: Sequence[tuple[int, tuple[float, float, float, float]]], things: Sequence[Solid]
) -> Detections:
    if not boxes:
        return Detections.empty()
    return Detections(
        np.array([box for _, box in boxes], np.float32),
        np.full(len(boxes), 0.9, np.float32),
        np.array([CLASS_INDEX[things[i].cls] for i, _ in boxes], np.int16),
    )


def _coloured(thing: Thing, one: Solid, light: Light) -> Thing:
    return replace(thing, lab=None if light == "ir" else one.lab)


def _bytes(lab: NDArray[np.float32]) -> LabBytes:
    """CIELAB (L 0..100, a and b about 0) as OpenCV's 8-bit Lab."""
    steps = (lab + np.array((0.0, 128.0, 128.0))) / np.array(WEIGHTS)
    return np.asarray(np.clip(np.rint(steps), 0, 255), np.uint8)


def _mask(seen: Painted, base: Painted, things: Sequence[Thing], scale: float) -> NDArray[np.uint8]:
    """Where another colour shows than in the clean picture, people left out."""
    mask = np.asarray(np.sqrt(np.sum((seen.lab - base.lab) ** 2, axis=2)) > LIMIT, np.uint8)
    for thing in things:
        if thing.cls == "person":
            x1, y1, x2, y2 = (max(0, round(v * scale)) for v in thing.box_xyxy_px)
            mask[y1 : y2 + 1, x1 : x2 + 1] = 0
    return mask


def _grey(seen: Painted, dim: float, camera: Camera) -> NDArray[np.uint8]:
    """The registration's grey copy as the solids' lightness gives it."""
    lightness = np.clip(seen.lab[:, :, 0] * dim, 0, 100)
    cube = (lightness + 16) / 116
    linear = np.where(cube > 6 / 29, cube**3, (cube - 16 / 116) / 7.787)
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    grey = np.asarray(np.clip(255 * srgb, 0, 255), np.uint8)
    size = (WIDTH_PX, max(8, round(WIDTH_PX * camera.size[1] / camera.size[0])))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _cables(shot: Shot, camera: Camera, hall: Hall) -> list[CableTrace]:
    """Each strand's length and the share of it that lies on the floor, zone by zone."""
    out: list[CableTrace] = []
    for strand in shot.cables:
        line = np.asarray(strand, np.float64)
        steps = np.linspace(0, 1, 25)
        parts = [a + (b - a) * s for a, b in pairwise(line) for s in steps]
        points = np.array(parts)
        pixels = camera.px(points)
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        share = {}
        for zone in hall.layout.camera(shot.camera).zones:
            if zone.kind in ("under_desk", "floor"):
                polygon = (np.array(zone.polygon_norm) * camera.size).astype(np.float32)
                on = [
                    z < 1.5
                    and cv2.pointPolygonTest(polygon, (float(p[0]), float(p[1])), False) >= 0
                    for p, z in zip(pixels, points[:, 2], strict=True)
                ]
                share[zone.id] = float(np.mean(on))
        length = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
        box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        out.append(CableTrace(box, length, length, {k: v for k, v in share.items() if v}, 1))
    return out


__all__ = ["DAY", "GROUND", "Looker", "Shot"]
