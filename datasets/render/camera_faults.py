"""What cheap, dirty, old or badly set cameras do, drawn for teaching pictures.  No bpy.

Nothing here moves a pixel's place: the boxes of a picture stay true.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Faults:
    """Nothing wrong is 1 for factors and 0 for amounts.

    ``exposure`` times the light; ``haze`` share of veiling light; ``flare`` strength of a bright
    spot's veil; ``gains_bgr`` white balance error; ``gamma`` and ``contrast`` of the tone curve;
    ``corner`` darkening of the corners; ``soft_px`` blur; ``shrink`` share of the resolution that
    the stream has; ``quality`` of a second JPEG compression (0: none).
    """

    exposure: float = 1.0
    haze: float = 0.0
    flare: float = 0.0
    flare_at: tuple[float, float] = (0.5, 0.0)
    gains_bgr: tuple[float, float, float] = (1.0, 1.0, 1.0)
    gamma: float = 1.0
    contrast: float = 1.0
    saturation: float = 1.0
    corner: float = 0.0
    soft_px: float = 0.0
    shrink: float = 1.0
    quality: int = 0


def drawn(rng: random.Random) -> Faults:
    """Faults of chance: half of the pictures have none, most others one or two."""
    if rng.random() < 0.5:
        return Faults()

    def some(chance: float, low: float, high: float, none: float) -> float:
        value = rng.uniform(low, high)
        return value if rng.random() < chance else none

    warm = rng.gauss(0, 0.09) if rng.random() < 0.4 else 0.0
    green = rng.gauss(0, 0.04) if rng.random() < 0.25 else 0.0
    return Faults(
        exposure=rng.choice((some(1, 0.5, 0.8, 1), some(1, 1.25, 1.9, 1)))
        if rng.random() < 0.25
        else 1.0,
        haze=some(0.2, 0.02, 0.2, 0.0),
        flare=some(0.12, 0.1, 0.5, 0.0),
        flare_at=(rng.random(), rng.uniform(-0.1, 0.6)),
        gains_bgr=(
            min(1.3, max(0.72, 1 - warm)),
            min(1.15, max(0.87, 1 + green)),
            min(1.3, max(0.72, 1 + warm)),
        ),
        gamma=some(0.35, 0.78, 1.28, 1.0),
        contrast=some(0.4, 0.75, 1.3, 1.0),
        saturation=some(0.45, 0.3, 1.5, 1.0),
        corner=some(0.2, 0.1, 0.45, 0.0),
        soft_px=some(0.22, 0.4, 1.2, 0.0),
        shrink=some(0.15, 0.55, 0.85, 1.0),
        quality=rng.randint(35, 65) if rng.random() < 0.15 else 0,
    )


def veil(linear_bgr: Array, f: Faults) -> NDArray[np.float32]:
    """Scene light with what a dirty lens adds: haze over all, flare about a bright spot."""
    x: NDArray[np.float32] = np.asarray(linear_bgr, np.float32)
    mean = x.mean((0, 1))
    if f.haze:
        x = x * (1 - f.haze) + mean * f.haze * 2
    h, w = x.shape[:2]
    if f.flare or f.corner:
        ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
        if f.flare:
            r = np.hypot(xs / w - f.flare_at[0], ys / h - f.flare_at[1])
            x = x + (mean.mean() * f.flare * 3 * np.exp(-((r / 0.35) ** 2)))[..., None]
        if f.corner:
            r = np.hypot(xs / w - 0.5, ys / h - 0.5)
            x = x * (1 - f.corner * (r / 0.71) ** 2)[..., None]
    return np.asarray(x, np.float32)


def curve(image: Array, f: Faults) -> Bytes:
    """Tone curve, colours and softness, before the sensor's noise."""
    x = image.astype(np.float32) / 255 * np.array(f.gains_bgr, np.float32)
    x = np.clip(x, 0, 1) ** f.gamma
    x = 0.45 + (x - 0.45) * f.contrast
    if f.saturation != 1:
        grey = (x @ np.array([0.114, 0.587, 0.299], np.float32))[..., None]
        x = grey + (x - grey) * f.saturation
    if f.soft_px:
        x = cv2.GaussianBlur(x, (0, 0), f.soft_px)
    return np.asarray(np.clip(x * 255 + 0.5, 0, 255), np.uint8)


def stream(image: Array, f: Faults) -> Bytes:
    """A stream of fewer pixels, blown up again; a recorder's own compression on top."""
    x = np.asarray(image, np.uint8)
    h, w = x.shape[:2]
    if f.shrink < 1:
        small = (max(8, round(w * f.shrink)), max(8, round(h * f.shrink)))
        x = np.asarray(cv2.resize(x, small, interpolation=cv2.INTER_AREA), np.uint8)
    if f.quality:
        _, data = cv2.imencode(".jpg", x, [cv2.IMWRITE_JPEG_QUALITY, f.quality])
        x = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    if x.shape[:2] != (h, w):
        x = np.asarray(cv2.resize(x, (w, h), interpolation=cv2.INTER_LINEAR), np.uint8)
    return x
