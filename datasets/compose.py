"""Cheap variety: flat things drawn by code and laid into pictures, with shadow and matched grain.

A phone lies on a desk or a floor as a thin slab seen at a slant; what is taken for a phone (a card
reader, a remote control, a calculator, a wallet) lies there as often.  The look comes from
``datasets/drawings.py``; place, size and slant are drawn at random; then it is blurred and shaded
as its surroundings are.  Seeded by the caller's generator: the same generator state gives the same
pixels.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.drawings import (
    draw_calculator,
    draw_paper,
    draw_phone,
    draw_reader,
    draw_remote,
    draw_strip,
    draw_wallet,
    shell_colour,
)
from vision.seen import Image

# what is laid flat: class (None: a thing of no class of ours), drawing, and length range in px
FLAT: Final = (
    ("phone", draw_phone, (16.0, 150.0), 0.42, 0.05),
    ("paper", draw_paper, (40.0, 260.0), 0.16, 0.002),
    ("power_strip", draw_strip, (40.0, 240.0), 0.1, 0.12),
    ("calculator", draw_calculator, (25.0, 160.0), 0.1, 0.12),
    (None, draw_wallet, (16.0, 150.0), 0.08, 0.1),
    (None, draw_reader, (16.0, 150.0), 0.08, 0.12),
    (None, draw_remote, (20.0, 150.0), 0.06, 0.09),
)


def paste_flat(
    image: Image, rng: np.random.Generator, *, avoid_xyxy_px: NDArray[np.float32]
) -> tuple[Image, str | None, NDArray[np.float32] | None]:
    """Lay one drawn thing of ``FLAT`` into a picture; gives the picture, its class and its box."""
    chosen = int(rng.choice(len(FLAT), p=[f[3] for f in FLAT]))
    cls, draw, (least, most), _, thickness = FLAT[chosen]
    flat, alpha = draw(rng)
    reach = min(most, 0.45 * min(image.shape[:2]))
    length = float(np.exp(rng.uniform(np.log(least), np.log(max(reach, least + 1)))))
    out, box = lay_flat(
        image, flat, alpha, rng, length_px=length, thickness=thickness, avoid_xyxy_px=avoid_xyxy_px
    )
    return out, cls, box


def lay_flat(
    image: Image,
    flat: Image,
    alpha: NDArray[np.uint8],
    rng: np.random.Generator,
    *,
    length_px: float,
    thickness: float,
    avoid_xyxy_px: NDArray[np.float32],
) -> tuple[Image, NDArray[np.float32] | None]:
    """Lay a drawing flat on whatever the picture shows, at a random place, turn and slant.

    ``length_px``: the drawing's height in the picture, seen from above; ``thickness``: the thing's
    height over that length.  Gives the picture and the thing's box (4,) xyxy in pixels, or the
    picture as it was and None where no free place was found in a few tries.
    """
    height, width = image.shape[:2]
    tall, wide = alpha.shape
    length = length_px
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
        centre = np.array(
            [rng.uniform(-low[0], width - high[0]), rng.uniform(-low[1], height - high[1])]
        )
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
    top = cv2.warpPerspective(
        soft, shift @ warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    edge = cv2.GaussianBlur(alpha, (0, 0), blur) if blur > 0.3 else alpha
    cover = (
        cv2.warpPerspective(edge, shift @ warp, size, flags=cv2.INTER_LINEAR).astype(np.float32)
        / 255
    )
    patch = image[y1:y2, x1:x2].astype(np.float32)
    # thickness: a darker side below the slab, and a soft shadow on what it lies on
    thick = max(1, round(length * thickness * rng.uniform(0.6, 1.4) * (1.1 - slant)))
    side = np.maximum(moved(cover, thick, 0), cover)
    shadow = cv2.GaussianBlur(
        moved(cover, thick, int(rng.integers(-3, 4))), (0, 0), max(1.0, length * 0.04)
    )
    patch *= 1 - (rng.uniform(0.2, 0.6) * shadow)[:, :, None]
    edge_colour = np.array(shell_colour(rng), np.float32) * rng.uniform(0.3, 0.8)
    patch = patch * (1 - side[:, :, None]) + edge_colour * side[:, :, None]
    level = float(np.clip(image[y1:y2, x1:x2].mean() / 128, 0.45, 1.25)) ** 0.6
    lit = np.clip(top.astype(np.float32) * level, 0, 255)
    patch = patch * (1 - cover[:, :, None]) + lit * cover[:, :, None]
    soften = rng.uniform(0, 0.9)
    if soften > 0.3:
        patch = cv2.GaussianBlur(patch, (0, 0), soften)
    out = image.copy()
    out[y1:y2, x1:x2] = np.clip(
        patch + rng.normal(0, rng.uniform(0, 3), patch.shape), 0, 255
    ).astype(np.uint8)
    box[3] = min(box[3] + thick * 0.7, height)
    return out, box


def moved(cover: NDArray[np.float32], down: int, right: int) -> NDArray[np.float32]:
    """The same shape further down and right; what leaves the picture does not come in again."""
    shift = np.array([[1, 0, right], [0, 1, down]], np.float64)
    size = (cover.shape[1], cover.shape[0])
    return np.asarray(cv2.warpAffine(cover, shift, size, flags=cv2.INTER_NEAREST), np.float32)


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
