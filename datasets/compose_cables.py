"""Cables drawn by code onto floors and desks: smooth strands, loops and bundles with shadow."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.seen import Image


def paste_cable(image: Image, rng: np.random.Generator) -> tuple[Image, NDArray[np.float32] | None]:
    """Draw one cable or bundle into a picture; gives the picture and its box (4,) xyxy px or None.

    The path is a smooth random walk, sometimes a coil; thickness, colour and shadow are random.
    """
    height, width = image.shape[:2]
    path = _coil(rng) if rng.random() < 0.25 else _walk(rng)
    slant = rng.uniform(0.35, 1.0)
    path = path * [1, slant]
    span = float(np.exp(rng.uniform(np.log(35), np.log(0.6 * min(height, width)))))
    path = (path - path.min(0)) / max(float(np.ptp(path, 0).max()), 1e-6) * span
    size = np.ptp(path, 0)
    room = np.array([width, height]) - size
    if room.min() <= 4:
        return image, None
    path = path + rng.uniform(0, 1, 2) * room
    thick = float(np.clip(rng.uniform(0.8, 3.6) * span / 160, 1.2, 6.0))
    colour = np.array(_colour(rng), np.float32)
    strands = 1 if rng.random() < 0.75 else int(rng.integers(2, 5))
    low, high = path.min(0), path.max(0)
    pad = 4 * thick + 24
    x1, y1 = np.maximum(low - pad, 0).astype(int)
    x2, y2 = np.minimum(high + pad, [width, height]).astype(int)
    path = path - [x1, y1]
    out = image[y1:y2, x1:x2].astype(np.float32)
    shade = float(np.clip(out.mean() / 120, 0.5, 1.2))
    low, high = path.min(0), path.max(0)
    for _ in range(strands):
        shift = rng.normal(0, thick * 0.9 * (strands > 1), 2)
        line = path + shift + (strands > 1) * np.cumsum(rng.normal(0, 0.08, path.shape), 0)
        low, high = np.minimum(low, line.min(0)), np.maximum(high, line.max(0))
        shadow = _stroke(out.shape[:2], line + np.array((0.3, 0.6)) * thick, thick * 1.5)
        shadow = cv2.GaussianBlur(shadow, (0, 0), max(0.8, thick * 0.5))
        out *= 1 - rng.uniform(0.15, 0.5) * shadow[:, :, None]
        cover = _stroke(out.shape[:2], line, thick)
        out += (colour * shade - out) * cover[:, :, None]
        if thick > 2:
            shine = _stroke(out.shape[:2], line - [thick * 0.15, thick * 0.2], thick * 0.3)
            out += (255 - out) * shine[:, :, None] * rng.uniform(0.05, 0.4)
    box = (np.concatenate([low - thick / 2, high + thick / 2]) + np.array([x1, y1, x1, y1])).astype(
        np.float32
    )
    box = np.clip(box, 0, np.array([width, height, width, height], np.float32))
    whole = image.copy()
    whole[y1:y2, x1:x2] = np.clip(out, 0, 255).astype(np.uint8)
    return whole, box


def _walk(rng: np.random.Generator) -> NDArray[np.float64]:
    """(P, 2) a smooth path: a heading that wanders."""
    steps = 120
    bends = np.repeat(rng.normal(0, rng.uniform(0.01, 0.09), 12), 10)
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(np.convolve(bends, np.ones(9) / 9, "same"))
    path: NDArray[np.float64] = np.cumsum(np.stack([np.cos(heading), np.sin(heading)], 1), 0)
    return path[:steps]


def _coil(rng: np.random.Generator) -> NDArray[np.float64]:
    """(P, 2) some loops over each other, and a tail."""
    turns = rng.uniform(1.2, 4)
    angle = np.linspace(0, 2 * np.pi * turns, 200)
    radius = 30 + np.cumsum(rng.normal(0, 0.35, 200))
    drift = np.cumsum(rng.normal(0, 0.25, (200, 2)), 0)
    loops = (
        np.stack([np.cos(angle), np.sin(angle) * rng.uniform(0.6, 1)], 1) * radius[:, None] + drift
    )
    tail = loops[-1] + np.cumsum(np.tile(rng.normal(0, 1, 2), (int(rng.integers(1, 60)), 1)), 0)
    return np.concatenate([loops, tail])


def _stroke(shape: tuple[int, int], path: NDArray[np.float64], thick: float) -> NDArray[np.float32]:
    """(H, W) 0..1 coverage of a line of that thickness, with soft edges."""
    canvas = np.zeros(shape, np.uint8)
    points = np.round(path * 8).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(canvas, [points], False, 255, max(1, round(thick)), cv2.LINE_AA, 3)
    cover = canvas.astype(np.float32) / np.float32(255) * np.float32(min(1.0, thick / 1.3))
    return cover


def _colour(rng: np.random.Generator) -> tuple[float, float, float]:
    kind = rng.random()
    if kind < 0.5:
        base = np.full(3, rng.uniform(8, 60))
    elif kind < 0.75:
        base = np.full(3, rng.uniform(170, 240))
    else:  # blue, yellow, red, green or grey network cable
        table = np.array([[190, 110, 30], [40, 190, 230], [40, 40, 190], [70, 150, 60], [130] * 3])
        base = table[rng.integers(len(table))].astype(float)
    b, g, r = np.clip(base + rng.normal(0, 10, 3), 0, 255)
    return float(b), float(g), float(r)
