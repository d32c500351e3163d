"""Cheap variety: phones drawn by code and laid flat into pictures, with shadow and matched grain.

A phone lies on a desk or a floor as a thin slab seen at a slant.  Its look (screen black or lit,
front frame black or white, case, back with a camera) is drawn; place, size and slant are drawn
at random; then it is blurred and shaded as its surroundings are.  Seeded by the caller's
generator: the same generator state gives the same pixels.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.seen import Image

_LONG: int = 256  # the flat drawing's height; its width follows from the phone's proportions


def draw_phone(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """One phone from straight above, upright: picture (H, W, 3) and alpha (H, W), 0 or 255."""
    long = _LONG
    wide = int(long * rng.uniform(0.44, 0.56))
    shell = _colour(rng)
    picture = np.full((long, wide, 3), shell, np.uint8)
    alpha = np.zeros((long, wide), np.uint8)
    radius = int(wide * rng.uniform(0.06, 0.22))
    _rounded(alpha, 0, 0, wide - 1, long - 1, radius, 255)
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


def paste_phone(
    image: Image, rng: np.random.Generator, *, avoid_xyxy_px: NDArray[np.float32]
) -> tuple[Image, NDArray[np.float32] | None]:
    """Lay a phone into a picture where it covers none of the given boxes by much.

    Gives the picture and the phone's box (4,) xyxy in pixels, or the picture as it was and None
    where no free place was found in a few tries.
    """
    height, width = image.shape[:2]
    flat, alpha = draw_phone(rng)
    tall, wide = alpha.shape
    length = float(np.exp(rng.uniform(np.log(16), np.log(min(150, 0.35 * min(height, width))))))
    slant = rng.uniform(0.3, 1.0)  # how flat the surface lies to the camera
    turn = rng.uniform(0, 2 * np.pi)
    corners = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    local = (corners - corners.mean(0)) * (length / tall)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    local = local @ spin.T
    depth = 1 + 0.0009 * local[:, 1] * rng.uniform(0, 1)  # nearer means larger, a little
    local = local * depth[:, None] * [1, slant]
    low, high = local.min(0), local.max(0)
    if min(high - low) < 7:
        return image, None
    for _ in range(8):
        centre = np.array([rng.uniform(-low[0], width - high[0]), rng.uniform(-low[1], height - high[1])])
        box = np.concatenate([centre + low, centre + high]).astype(np.float32)
        if box.min() >= 0 and not _covers(box, avoid_xyxy_px):
            break
    else:
        return image, None
    quad = (local + centre).astype(np.float32)
    warp = cv2.getPerspectiveTransform(corners, quad)
    pad = 12
    x1, y1 = np.maximum(np.floor(box[:2]).astype(int) - pad, 0)
    x2, y2 = np.minimum(np.ceil(box[2:]).astype(int) + pad, [width, height])
    shift = np.array([[1, 0, -x1], [0, 1, -y1], [0, 0, 1]], np.float64)
    size = (int(x2 - x1), int(y2 - y1))
    # shrink the drawing first, else the warp picks single pixels out of it
    blur = max(0.0, 0.35 * tall / max(length, 1) - 0.35)
    soft = cv2.GaussianBlur(flat, (0, 0), blur) if blur > 0.3 else flat
    top = cv2.warpPerspective(soft, shift @ warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    edge = cv2.GaussianBlur(alpha, (0, 0), blur) if blur > 0.3 else alpha
    cover = cv2.warpPerspective(edge, shift @ warp, size, flags=cv2.INTER_LINEAR).astype(np.float32) / 255
    patch = image[y1:y2, x1:x2].astype(np.float32)
    # thickness: a darker side below the slab, and a soft shadow on what it lies on
    thick = max(1, round(length * rng.uniform(0.03, 0.07) * (1.1 - slant)))
    side = np.maximum(np.roll(cover, thick, 0), cover)
    shadow = cv2.GaussianBlur(np.roll(cover, (thick, int(rng.integers(-3, 4))), (0, 1)), (0, 0), max(1.0, length * 0.04))
    patch *= 1 - (rng.uniform(0.2, 0.6) * shadow)[:, :, None]
    edge_colour = np.array(_colour(rng), np.float32) * rng.uniform(0.3, 0.8)
    patch = patch * (1 - side[:, :, None]) + edge_colour * side[:, :, None]
    level = float(np.clip(image[y1:y2, x1:x2].mean() / 128, 0.45, 1.25)) ** 0.6
    lit = np.clip(top.astype(np.float32) * level, 0, 255)
    patch = patch * (1 - cover[:, :, None]) + lit * cover[:, :, None]
    soften = rng.uniform(0, 0.9)
    if soften > 0.3:
        patch = cv2.GaussianBlur(patch, (0, 0), soften)
    out = image.copy()
    out[y1:y2, x1:x2] = np.clip(patch + rng.normal(0, rng.uniform(0, 3), patch.shape), 0, 255).astype(np.uint8)
    box[3] = min(box[3] + thick * 0.7, height)
    return out, box


def _covers(box: NDArray[np.float32], others: NDArray[np.float32]) -> bool:
    """Whether a box hides more than a third of a smaller one, or lies on one of like size."""
    if not len(others):
        return False
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    both = np.clip(high - low, 0, None).prod(1)
    area = np.clip(others[:, 2:] - others[:, :2], 0, None).prod(1)
    own = float(np.prod(box[2:] - box[:2]))
    return bool(np.any(both > 0.33 * np.minimum(area, 4 * own).clip(1)))


def _colour(rng: np.random.Generator) -> tuple[int, int, int]:
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
            cv2.rectangle(glass, (x, y), (x + int(rng.integers(5, 80)), y + int(rng.integers(3, 25))), colour, -1)
    mask = np.zeros((long, wide), np.uint8)
    _rounded(mask, side, end, wide - 1 - side, long - 1 - end, max(1, radius - side) if end == side else 2, 1)
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


def _rounded(canvas: NDArray[np.uint8], x1: int, y1: int, x2: int, y2: int, radius: int, value: int) -> None:
    """Fill a rectangle with round corners."""
    radius = max(0, min(radius, (x2 - x1) // 2, (y2 - y1) // 2))
    cv2.rectangle(canvas, (x1 + radius, y1), (x2 - radius, y2), value, -1)
    cv2.rectangle(canvas, (x1, y1 + radius), (x2, y2 - radius), value, -1)
    for x in (x1 + radius, x2 - radius):
        for y in (y1 + radius, y2 - radius):
            cv2.circle(canvas, (x, y), radius, value, -1)
