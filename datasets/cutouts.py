"""Garments cut out of plain-background photographs, and laid over chairs as loose cloth.

The cut is made once per picture (GrabCut on a small copy) and kept as a PNG with alpha.  A cut
that is nearly nothing or nearly everything, or in many pieces, is thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.compose import moved
from vision.seen import Image

SIDE_PX: Final = 256


def make_cutouts(source: Path, cache: Path) -> list[Path]:
    """Cut every picture under ``source`` into ``cache``; done ones stay; gives the good cuts."""
    cache.mkdir(parents=True, exist_ok=True)
    for picture in sorted(source.rglob("*.jpg")):
        target = cache / f"{picture.stem}.png"
        if target.exists():
            continue
        image = cv2.imread(str(picture), cv2.IMREAD_COLOR)
        cut = None if image is None else cut_out(image)
        # an empty picture remembers that this one can't be cut
        cv2.imwrite(str(target), np.zeros((1, 1, 4), np.uint8) if cut is None else cut)
    return sorted(p for p in cache.glob("*.png") if p.stat().st_size > 300)


def read_cutouts(paths: Sequence[Path]) -> list[NDArray[np.uint8]]:
    """The cuts as (H, W, 4) BGRA."""
    cuts = (cv2.imread(str(p), cv2.IMREAD_UNCHANGED) for p in paths)
    return [c for c in cuts if c is not None and c.ndim == 3 and c.shape[2] == 4]


def cut_out(image: Image) -> NDArray[np.uint8] | None:
    """(H, W, 4) BGRA of the one thing in the middle of a picture, cropped to it, or None."""
    scale = SIDE_PX / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    mask = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    mask[int(height * 0.1) : int(height * 0.95), int(width * 0.08) : int(width * 0.92)] = (
        cv2.GC_PR_FGD
    )
    mask[int(height * 0.35) : int(height * 0.65), int(width * 0.4) : int(width * 0.6)] = cv2.GC_FGD
    mask[:3], mask[-3:], mask[:, :3], mask[:, -3:] = (cv2.GC_BGD,) * 4
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)
    cv2.grabCut(small, mask, None, *models, 4, cv2.GC_INIT_WITH_MASK)
    inside = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    inside = cv2.morphologyEx(inside, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, marks, stats, _ = cv2.connectedComponentsWithStats(inside)
    if count < 2:
        return None
    best = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    x, y, w, h, area = (int(v) for v in stats[best])
    if (
        not 0.12 < area / (height * width) < 0.8
        or area < 0.85 * inside.sum()
        or area / (w * h) < 0.4
    ):
        return None
    alpha = cv2.GaussianBlur((marks == best).astype(np.uint8) * 255, (0, 0), 0.8)
    cut: NDArray[np.uint8] = np.dstack([small, alpha])[y : y + h, x : x + w]
    return np.ascontiguousarray(cut)


def hang_over(
    image: Image,
    chair_xyxy_px: NDArray[np.float32],
    cut: NDArray[np.uint8],
    rng: np.random.Generator,
) -> tuple[Image, NDArray[np.float32] | None]:
    """Hang a garment over the upper part of a chair (or whatever is in that box).

    Gives the picture and the garment's box (4,) xyxy px; None where it would be too small.
    """
    x1, y1, x2, y2 = (float(v) for v in chair_xyxy_px)
    wide, tall = (x2 - x1) * rng.uniform(0.6, 1.15), (y2 - y1) * rng.uniform(0.35, 0.85)
    if min(wide, tall) < 14:
        return image, None
    size = (int(wide), int(tall))
    piece = cv2.resize(cut, size, interpolation=cv2.INTER_AREA)
    piece = _fold(piece, rng)
    left = int(x1 + (x2 - x1 - wide) * rng.uniform(0.2, 0.8))
    top = int(y1 - tall * rng.uniform(-0.1, 0.12))
    height, width = image.shape[:2]
    a, b = max(0, left), max(0, top)
    c, d = min(width, left + size[0]), min(height, top + size[1])
    if c - a < 12 or d - b < 12:
        return image, None
    piece = piece[b - top : d - top, a - left : c - left]
    cover = piece[:, :, 3:].astype(np.float32) / np.float32(255)
    seen = np.argwhere(cover[:, :, 0] > 0.5)
    if len(seen) < 80:
        return image, None
    out = image.copy()
    patch = out[b:d, a:c].astype(np.float32)
    shadow = cv2.GaussianBlur(moved(cover[:, :, 0], 3, 2), (0, 0), 4)[:, :, None]
    level = float(np.clip(patch.mean() / 115, 0.4, 1.2)) ** 0.7
    cloth = np.clip(piece[:, :, :3].astype(np.float32) * level, 0, 255)
    patch = patch * (1 - 0.35 * shadow)
    out[b:d, a:c] = (patch * (1 - cover) + cloth * cover).astype(np.uint8)
    (low_y, low_x), (high_y, high_x) = seen.min(0), seen.max(0) + 1
    return out, np.array([a + low_x, b + low_y, a + high_x, b + high_y], np.float32)


def _fold(piece: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Bend a flat garment: wandering edges, and light and dark along its folds."""
    height, width = piece.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = rng.uniform(1, 4)
    phase, lean = rng.uniform(0, 6.3, 2)
    reach = rng.uniform(0.01, 0.06) * width
    bent_x = x + reach * np.sin(waves * 2 * np.pi * y / height + phase)
    bent_y = y + rng.uniform(0.0, 0.06) * height * np.sin(
        2 * np.pi * x / width * rng.uniform(0.5, 2) + lean
    )
    bent = cv2.remap(
        piece,
        bent_x.astype(np.float32),
        bent_y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderValue=(0, 0, 0, 0),
    )
    folds = np.sin(2 * np.pi * (x / width * rng.uniform(1, 4) + 0.3 * y / height) + phase)
    light = 1 + rng.uniform(0.08, 0.3) * folds - rng.uniform(0, 0.3) * y / height
    bent[:, :, :3] = np.clip(bent[:, :, :3] * light[:, :, None], 0, 255)
    result: NDArray[np.uint8] = bent
    return result
