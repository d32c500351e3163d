"""Flat things drawn from straight above: phones, and what is taken for one; paper; power strips.

``datasets/compose.py`` lays them into pictures.  Each drawing draws its looks from the caller's
generator: the same generator state gives the same pixels.  All give a picture (H, W, 3) uint8 BGR
and its alpha (H, W), 0 or 255; the thing stands upright, ``LONG`` pixels high.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.seen import Image

LONG: Final = 256  # a drawing's height; its width follows from the thing's proportions


def draw_phone(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """One phone from straight above, upright: picture (H, W, 3) and alpha (H, W), 0 or 255."""
    long, wide = LONG, int(LONG * rng.uniform(0.44, 0.56))
    picture, alpha, radius = _slab(rng, wide, (0.06, 0.22))
    if rng.random() < 0.72:
        _front(picture, rng, radius)
    else:
        _back(picture, rng, radius)
    # a soft reflection of a lamp or window across the glass
    if rng.random() < 0.6:
        angle, at, width = rng.uniform(-0.8, 0.8), rng.uniform(0, 1), rng.uniform(0.05, 0.3)
        y, x = np.mgrid[0:long, 0:wide].astype(np.float32)
        band = np.exp(-(((x / wide + angle * y / long - at) / width) ** 2))
        shine = picture + band[:, :, None] * rng.uniform(15, 130)
        picture = np.clip(shine, 0, 255).astype(np.uint8)
    return picture, alpha


def draw_paper(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """A sheet from straight above, printed or blank; picture (H, W, 3) and alpha (H, W)."""
    long, wide = LONG, int(LONG * rng.choice([0.707, 0.707, 0.707, 0.5, 0.95]))
    tint = rng.uniform(205, 252) + rng.normal(0, 4, 3)
    picture = np.empty((long, wide, 3), np.uint8)
    picture[:] = np.clip(tint, 0, 255).astype(np.uint8)
    if rng.random() < 0.8:
        ink = [int(v) for v in np.clip(rng.uniform(30, 140) + rng.normal(0, 10, 3), 0, 255)]
        y = int(long * rng.uniform(0.05, 0.2))
        while y < long * 0.93 and rng.random() < 0.97:
            x = int(wide * rng.uniform(0.08, 0.14))
            cv2.line(
                picture,
                (x, y),
                (int(wide * rng.uniform(0.4, 0.92)), y),
                ink,
                int(rng.integers(1, 4)),
            )
            y += int(rng.integers(6, 16))
    if rng.random() < 0.25:
        seal = (int(wide * rng.uniform(0.5, 0.8)), int(long * rng.uniform(0.6, 0.85)))
        cv2.circle(picture, seal, int(wide * 0.12), (50, 40, 200), 3)
    fold = np.linspace(rng.uniform(0.86, 1.0), 1.0, wide)[None, :, None]
    return (picture * fold).astype(np.uint8), np.full((long, wide), 255, np.uint8)


def draw_strip(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """A power strip from above."""
    long, wide = LONG, int(LONG * rng.uniform(0.16, 0.3))
    base = rng.uniform(200, 245) if rng.random() < 0.75 else rng.uniform(20, 60)
    picture = np.full((long, wide, 3), base, np.uint8)
    alpha = np.zeros((long, wide), np.uint8)
    rounded(alpha, 0, 0, wide - 1, long - 1, int(wide * rng.uniform(0.05, 0.4)), 255)
    holes = int(rng.integers(3, 7))
    ink = (40, 40, 40) if base > 128 else (150, 150, 150)
    for i in range(holes):
        y = int(long * (0.1 + 0.8 * (i + 0.5) / holes))
        plugged = rng.random() < 0.3
        half = int(wide * 0.3)
        if plugged:
            shade = [int(rng.choice([25, 225]))] * 3
            cv2.rectangle(
                picture, (wide // 2 - half, y - half), (wide // 2 + half, y + half), shade, -1
            )
            continue
        cv2.rectangle(
            picture,
            (wide // 2 - half, y - half),
            (wide // 2 + half, y + half),
            [int(base * 0.9)] * 3,
            1,
        )
        for dx in (-half // 2, half // 2):
            cv2.line(
                picture, (wide // 2 + dx, y - half // 3), (wide // 2 + dx, y + half // 4), ink, 2
            )
        cv2.line(picture, (wide // 2, y + half // 3), (wide // 2, y + half // 2), ink, 2)
    cv2.rectangle(
        picture,
        (wide // 3, 4),
        (2 * wide // 3, 14),
        (40, 40, 200) if rng.random() < 0.7 else ink,
        -1,
    )
    return picture, alpha


def draw_calculator(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """A desk calculator from above: a slab like a phone, but with a grid of keys."""
    long, wide = LONG, int(LONG * rng.uniform(0.6, 0.8))
    picture = np.empty((long, wide, 3), np.uint8)
    picture[:] = shell_colour(rng)
    alpha = np.zeros((long, wide), np.uint8)
    rounded(alpha, 0, 0, wide - 1, long - 1, int(wide * 0.08), 255)
    top = int(long * rng.uniform(0.25, 0.35))
    cv2.rectangle(
        picture, (wide // 12, long // 14), (wide - wide // 12, top - 12), (150, 175, 165), -1
    )
    dark = picture[0, 0].mean() < 110
    for row in range(5):
        for column in range(int(4 + (wide > 170))):
            pitch_x, pitch_y = wide * 0.88 / 5, (long - top) * 0.94 / 5
            x, y = int(wide * 0.07 + column * pitch_x), int(top + row * pitch_y)
            key = (40, 40, 45) if not dark or rng.random() < 0.2 else (205, 205, 205)
            if rng.random() < 0.08:
                key = (40, 80, 220)
            cv2.rectangle(
                picture, (x, y), (x + int(pitch_x * 0.75), y + int(pitch_y * 0.7)), key, -1
            )
    return picture, alpha


def draw_wallet(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """A plain slab that is no phone: a wallet, a notebook, a box, a tile."""
    long, wide = LONG, int(LONG * rng.uniform(0.5, 1.0))
    picture = np.empty((long, wide, 3), np.uint8)
    picture[:] = np.clip(rng.uniform(20, 200, 3), 0, 255).astype(np.uint8)
    grain = rng.normal(0, 9, (long // 4, wide // 4, 1)).astype(np.float32)
    rough = cv2.resize(grain, (wide, long))[:, :, None]
    picture = np.clip(picture + rough, 0, 255).astype(np.uint8)
    alpha = np.zeros((long, wide), np.uint8)
    rounded(alpha, 0, 0, wide - 1, long - 1, int(wide * rng.uniform(0, 0.12)), 255)
    if rng.random() < 0.6:
        cv2.rectangle(
            picture, (6, 6), (wide - 7, long - 7), [int(v * 0.6) for v in picture[0, 0]], 2
        )
    return picture, alpha


def draw_reader(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """A card reader or payment terminal: a slab whose screen fills only a part of its face."""
    long, wide = LONG, int(LONG * rng.uniform(0.5, 0.85))
    picture, alpha, _ = _slab(rng, wide, (0.03, 0.18))
    left, top = int(wide * rng.uniform(0.1, 0.26)), int(long * rng.uniform(0.06, 0.2))
    low = int(long * rng.uniform(0.4, 0.68))
    lit = rng.uniform(120, 235) if rng.random() < 0.65 else rng.uniform(10, 60)
    screen = [int(v) for v in np.clip(lit + rng.normal(0, 14, 3), 0, 255)]
    rounded(picture, left, top, wide - 1 - left, low, 4, screen)
    for y in range(top + 10, low - 8, 16):
        if rng.random() < 0.4:
            ink = [int(v * 0.55) for v in screen]
            cv2.line(picture, (left + 8, y), (left + int((wide - 2 * left) * 0.7), y), ink, 3)
    dark = picture[2, wide // 2].mean() < 110
    key = [205] * 3 if dark else [60] * 3
    if rng.random() < 0.45:  # a keypad below the screen
        for row in range(3):
            for column in range(3):
                x = int(wide * (0.2 + 0.23 * column))
                y = int(low + (long - low) * (0.14 + 0.27 * row))
                end = (x + int(wide * 0.14), y + int((long - low) * 0.16))
                cv2.rectangle(picture, (x, y), end, key, -1)
    if rng.random() < 0.6:  # a lamp
        colour = ((60, 200, 60), (50, 50, 220), (230, 150, 40))[int(rng.integers(3))]
        at = (int(wide * rng.uniform(0.25, 0.75)), int(low + (long - low) * rng.uniform(0.3, 0.8)))
        cv2.rectangle(picture, at, (at[0] + wide // 8, at[1] + long // 28), colour, -1)
    if rng.random() < 0.4:  # the slot for a card
        y = int(long * 0.95)
        cv2.line(picture, (wide // 5, y), (wide - wide // 5, y), (15, 15, 15), 4)
    return picture, alpha


def draw_remote(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """A remote control: narrower than a phone, with rows of small keys in place of a screen."""
    long, wide = LONG, int(LONG * rng.uniform(0.24, 0.42))
    picture, alpha, _ = _slab(rng, wide, (0.1, 0.5))
    dark = picture[long // 2, wide // 2].mean() < 110
    columns, pitch = int(rng.integers(2, 5)), long * rng.uniform(0.07, 0.12)
    y = long * rng.uniform(0.08, 0.3)
    reach = long * rng.uniform(0.6, 0.93)
    size = max(3, int(min(pitch * 0.36, wide * 0.7 / columns * 0.36)))
    while y < reach:
        for column in range(columns):
            x = int(wide * (0.16 + 0.68 * (column + 0.5) / columns))
            key = [int(rng.uniform(150, 235)) if dark else int(rng.uniform(30, 110))] * 3
            if rng.random() < 0.06:
                key = [50, 50, 210]
            cv2.circle(picture, (x, int(y)), size, key, -1)
        y += pitch
    return picture, alpha


def _slab(
    rng: np.random.Generator, wide: int, roundness: tuple[float, float]
) -> tuple[Image, NDArray[np.uint8], int]:
    """An empty shell of a device with its alpha and its corners' radius, a share of its width."""
    picture = np.full((LONG, wide, 3), shell_colour(rng), np.uint8)
    alpha = np.zeros((LONG, wide), np.uint8)
    radius = int(wide * rng.uniform(*roundness))
    rounded(alpha, 0, 0, wide - 1, LONG - 1, radius, 255)
    return picture, alpha, radius


def shell_colour(rng: np.random.Generator) -> tuple[int, int, int]:
    """A phone's shell: mostly black, white, grey; now and then a bright case."""
    kind = rng.random()
    if kind < 0.4:
        base = np.full(3, rng.uniform(8, 50))
    elif kind < 0.65:
        base = np.full(3, rng.uniform(190, 245))
    elif kind < 0.8:
        base = np.full(3, rng.uniform(80, 170))
    else:
        base = rng.uniform(20, 230, 3)
    b, g, r = np.clip(base + rng.normal(0, 5, 3), 0, 255)
    return int(b), int(g), int(r)


def _front(picture: Image, rng: np.random.Generator, radius: int) -> None:
    long, wide = picture.shape[:2]
    side = int(wide * rng.uniform(0.02, 0.07))
    end = side if rng.random() < 0.5 else int(long * rng.uniform(0.07, 0.14))
    glass = np.full_like(picture, 0)
    if rng.random() < 0.7:  # off: nearly black, some with a blue or grey sheen
        glass[:] = np.clip(rng.uniform(5, 45) + rng.normal(0, 4, 3), 0, 255).astype(np.uint8)
    else:  # lit: smooth colours with bright lines and blocks
        small = rng.uniform(20, 255, (4, 3, 3)).astype(np.float32)
        glass[:] = np.clip(cv2.resize(small, (wide, long), interpolation=cv2.INTER_CUBIC), 0, 255)
        for _ in range(int(rng.integers(0, 12))):
            y, x = int(rng.integers(0, long)), int(rng.integers(0, wide))
            colour = [int(v) for v in rng.integers(0, 256, 3)]
            cv2.rectangle(
                glass,
                (x, y),
                (x + int(rng.integers(5, 80)), y + int(rng.integers(3, 25))),
                colour,
                -1,
            )
    mask = np.zeros((long, wide), np.uint8)
    rounded(
        mask,
        side,
        end,
        wide - 1 - side,
        long - 1 - end,
        max(1, radius - side) if end == side else 2,
        1,
    )
    picture[mask > 0] = glass[mask > 0]
    if end > side and rng.random() < 0.8:  # a button below and an earpiece above
        ring = [int(c * 0.7) for c in picture[2, wide // 2]]
        cv2.circle(picture, (wide // 2, long - end // 2), max(3, end // 3), ring, 2)
        cv2.line(picture, (int(wide * 0.4), end // 2), (int(wide * 0.6), end // 2), ring, 3)


def _back(picture: Image, rng: np.random.Generator, radius: int) -> None:
    long, wide = picture.shape[:2]
    size = int(wide * rng.uniform(0.2, 0.5))
    x, y = int(wide * 0.08), int(long * 0.04)
    bump = [int(np.clip(c + rng.uniform(-35, 20), 0, 255)) for c in picture[0, 0]]
    if rng.random() < 0.5:
        x = (wide - size) // 2
    cv2.rectangle(picture, (x, y), (x + size, y + int(size * rng.uniform(0.5, 1.6))), bump, -1)
    for i in range(int(rng.integers(1, 4))):
        spot = (x + size // 3, y + size // 4 + i * size // 3)
        cv2.circle(picture, spot, max(3, size // 6), (15, 12, 12), -1)
    if rng.random() < 0.3:
        cv2.circle(picture, (wide // 2, long // 2), radius + 6, bump, -1)


def rounded(
    canvas: NDArray[np.uint8],
    x1: int,
    y1: int,
    x2: int,
    y2: int,
    radius: int,
    value: int | Sequence[int],
) -> None:
    """Fill a rectangle with round corners."""
    radius = max(0, min(radius, (x2 - x1) // 2, (y2 - y1) // 2))
    cv2.rectangle(canvas, (x1 + radius, y1), (x2 - radius, y2), value, -1)
    cv2.rectangle(canvas, (x1, y1 + radius), (x2, y2 - radius), value, -1)
    for x in (x1 + radius, x2 - radius):
        for y in (y1 + radius, y2 - radius):
            cv2.circle(canvas, (x, y), radius, value, -1)
