"""Pictures of scenes: a clean picture with layers over it, taken by a camera of some character.

A folder of pieces (``base.CAMERA.LAMP.webp``, ``KEY.webp`` with ``KEY.json``,
``homes.CAMERA.json``) is all that is needed; the renderer made them once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.render import camera_sim as sim
from datasets.scenes.camera import Camera
from datasets.scenes.facts import DAY, Shot
from datasets.scenes.layers import Lamp, Layer
from datasets.scenes.picture_plan import bases
from datasets.scenes.picture_shape import CAMERAS, DESKS
from vision.images import decode
from vision.seen import HALL_TZ, Frame, Image

LOOKS: Final[dict[Lamp, sim.Look]] = {
    "day": sim.Look(noise=2.2, sharpen=0.5, gains_bgr=(1.02, 1.0, 0.99), video_quality=84),
    "lamp": sim.Look(noise=3.4, sharpen=0.45, gains_bgr=(0.96, 1.0, 1.03), video_quality=80),
}
QUALITY: Final = 84
CLEAN_AT: Final = datetime(2026, 3, 2, 7, 40, 11, tzinfo=HALL_TZ)


@dataclass(frozen=True)
class Pieces:
    """A folder of rendered pieces."""

    folder: Path
    _noise: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def has(self, layers: Sequence[Layer]) -> bool:
        """Whether all of these layers were rendered."""
        return all((x.camera, x.lamp) in self.bases for x in layers) and all(
            (self.folder / f"{layer.key}.json").is_file() for layer in layers
        )

    @cached_property
    def bases(self) -> dict[tuple[str, Lamp], Image]:
        """The clean pictures that there are."""
        paths = {(c, lamp): self.folder / f"base.{c}.{lamp}.webp" for c, lamp in bases()}
        return {key: _read(path) for key, path in paths.items() if path.is_file()}

    def homes(self, camera: str) -> list[tuple[str, str | None, tuple[float, float]]]:
        """What stands where in the clean picture: class, desk, contact as shares."""
        path = self.folder / f"homes.{camera}.json"
        out: list[tuple[str, str | None, tuple[float, float]]] = []
        for cls, at, (x1, _, x2, y2) in json.loads(path.read_text(encoding="utf-8")):
            _, nearest = min((abs(d.x - at[0]), i) for i, d in enumerate(DESKS))
            desk = DESKS[nearest].id
            out.append((cls, None if cls == "desk" else desk, ((x1 + x2) / 2, min(1.0, y2))))
        return out

    def scene(self, camera: str, lamp: Lamp, layers: Sequence[Layer] = ()) -> Image:
        """The picture before the camera's own damage."""
        image = self.bases[camera, lamp].copy()
        for layer in layers:
            x1, y1, x2, y2 = json.loads((self.folder / f"{layer.key}.json").read_text())["box"]
            if x2 > x1:
                read = cv2.imread(str(self.folder / f"{layer.key}.webp"), cv2.IMREAD_UNCHANGED)
                piece = np.asarray(read, np.uint8)
                share = piece[..., 3:].astype(np.float32) / 255
                part = image[y1:y2, x1:x2]
                part[:] = np.rint(part * (1 - share) + piece[..., :3] * share).astype(np.uint8)
        return image

    def clean(self, camera: str, lamp: Lamp) -> Image:
        """The clean reference as the camera gives it on another day."""
        rng = _rng(f"{camera} {lamp} clean")
        image = self._taken(self.scene(camera, lamp), camera, LOOKS[lamp], rng)
        data = sim.jpeg(sim.overlay(image, CLEAN_AT, camera), QUALITY)
        return decode(data, name="clean")

    def frame(self, shot: Shot, lamp: Lamp, layers: Sequence[Layer], salt: str) -> Frame:
        """The still of one moment; ``salt`` makes its noise its own."""
        taken = datetime.fromisoformat(f"{DAY}T{shot.at}:07").replace(tzinfo=HALL_TZ)
        name = f"{shot.camera}_{taken:%Y%m%dT%H%M%S}.jpg"
        camera = CAMERAS[shot.camera]
        image = self.scene(shot.camera, lamp, layers)
        if any(t.cls == "patch" for t in shot.things):
            image = _sun(image, camera)
        look = LOOKS[lamp]
        if shot.light == "ir":
            look = sim.Look(look.noise, look.sharpen, video_quality=look.video_quality, grey=True)
        rng = _rng(f"{name} {salt}")
        image = self._taken(_spoilt(image, shot, rng), shot.camera, look, rng)
        if shot.gate != "black":
            image = sim.overlay(image, taken, shot.camera)
        data = sim.jpeg(image, QUALITY)
        return Frame(shot.camera, taken, name, sha256(data).hexdigest(), decode(data, name=name))

    def _taken(self, image: Image, camera: str, look: sim.Look, rng: np.random.Generator) -> Image:
        """As ``camera_sim.shoot``, which draws new noise for every pixel: here a kept field of it
        is laid at another place each time, and the stream's damage is the still's own JPEG."""
        if look.grey:
            image = sim.ir_grey(image)
        if camera not in self._noise:
            drawn = np.random.default_rng(len(camera)).standard_normal(image.shape, np.float32)
            self._noise[camera] = cv2.GaussianBlur(drawn, (0, 0), 0.6) * 1.6
        at = (int(rng.integers(image.shape[0])), int(rng.integers(image.shape[1])))
        noise = np.roll(self._noise[camera], at, axis=(0, 1))
        if look.grey:
            noise = np.repeat(noise[..., :1], 3, axis=2)
        gains = np.array((1.0, 1.0, 1.0) if look.grey else look.gains_bgr, np.float32)
        noise *= look.noise
        noise += image * gains
        soft = cv2.GaussianBlur(noise, (0, 0), 1.0)
        sharp = cv2.addWeighted(noise, 1 + look.sharpen, soft, -look.sharpen, 0.5)
        return np.asarray(np.clip(sharp, 0, 255), np.uint8)


def _read(path: Path) -> Image:
    return np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)


def _rng(text: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(sha256(text.encode()).digest()[:8]))


def _sun(image: Image, camera: Camera) -> Image:
    """Daylight through a window on the floor: brighter, a little warmer, soft at its edge."""
    corners = np.array([(x, y, 0.0) for x, y in ((-75, 80), (75, 80), (75, 180), (-75, 180))])
    mask = np.zeros(image.shape[:2], np.float32)
    cv2.fillPoly(mask, [np.rint(camera.px(corners)).astype(np.int32)], 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), image.shape[1] / 160)[..., None]
    lit = image.astype(np.float32) * np.array([1.22, 1.3, 1.36], np.float32)
    return np.asarray(np.clip(image * (1 - mask) + lit * mask, 0, 255), np.uint8)


def _spoilt(image: Image, shot: Shot, rng: np.random.Generator) -> Image:
    """What the scene says has happened to the camera."""
    height, width = image.shape[:2]
    if shot.dim < 1.0:
        return np.asarray(image.astype(np.float32) * shot.dim, np.uint8)
    if shot.gate == "black":
        return np.zeros_like(image)
    if shot.gate == "blurred":
        return sim.defocus(image, round(width / 160))
    if shot.gate == "moved":
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(1.5, 4)), 1.0)
        turn[:, 2] += rng.uniform(0.02, 0.05, 2) * width
        return np.asarray(
            cv2.warpAffine(image, turn, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8
        )
    if shot.gate == "blocked":
        centre = (round(width * rng.uniform(0.4, 0.6)), round(height * rng.uniform(0.4, 0.6)))
        cv2.ellipse(image, centre, (round(width * 0.55), round(height * 0.6)), 0, 0, 360,
                    (52, 60, 74), -1)  # fmt: skip
        return np.asarray(cv2.GaussianBlur(image, (0, 0), width / 320), np.uint8)
    return image
