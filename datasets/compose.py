"""Cheap variety: flat things drawn by code and laid into pictures, with shadow and matched grain.

A phone lies on a desk or a floor as a thin slab seen at a slant.  Its look (screen black or lit,
front frame black or white, case, back with a camera) is drawn; place, size and slant are drawn
at random; then it is blurred and shaded as its surroundings are.  Seeded by the caller's
generator: the same generator state gives the same pixels.
"""

from __future__ import annotations

from typing import Final

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


def draw_paper(rng: np.random.Generator) -> tuple[Image, NDArray[np.uint8]]:
    """A sheet from straight above, printed or blank; picture (H, W, 3) and alpha (H, W)."""
    long, wide = _LONG, int(_LONG * rng.choice([0.707, 0.707, 0.707, 0.5, 0.95]))
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
    long, wide = _LONG, int(_LONG * rng.uniform(0.16, 0.3))
    base = rng.uniform(200, 245) if rng.random() < 0.75 else rng.uniform(20, 60)
    picture = np.full((long, wide, 3), base, np.uint8)
    alpha = np.zeros((long, wide), np.uint8)
    _rounded(alpha, 0, 0, wide - 1, long - 1, int(wide * rng.uniform(0.05, 0.4)), 255)
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
    long, wide = _LONG, int(_LONG * rng.uniform(0.6, 0.8))
    picture = np.empty((long, wide, 3), np.uint8)
    picture[:] = _colour(rng)
    alpha = np.zeros((long, wide), np.uint8)
    _rounded(alpha, 0, 0, wide - 1, long - 1, int(wide * 0.08), 255)
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
    long, wide = _LONG, int(_LONG * rng.uniform(0.5, 1.0))
    picture = np.empty((long, wide, 3), np.uint8)
    picture[:] = np.clip(rng.uniform(20, 200, 3), 0, 255).astype(np.uint8)
    grain = rng.normal(0, 9, (long // 4, wide // 4, 1)).astype(np.float32)
    rough = cv2.resize(grain, (wide, long))[:, :, None]
    picture = np.clip(picture + rough, 0, 255).astype(np.uint8)
    alpha = np.zeros((long, wide), np.uint8)
    _rounded(alpha, 0, 0, wide - 1, long - 1, int(wide * rng.uniform(0, 0.12)), 255)
    if rng.random() < 0.6:
        cv2.rectangle(
            picture, (6, 6), (wide - 7, long - 7), [int(v * 0.6) for v in picture[0, 0]], 2
        )
    return picture, alpha


# what is laid flat: class (None: a thing of no class of ours), drawing, and length range in px
FLAT: Final = (
    ("phone", draw_phone, (16.0, 150.0), 0.45, 0.05),
    ("paper", draw_paper, (40.0, 260.0), 0.2, 0.002),
    ("power_strip", draw_strip, (40.0, 240.0), 0.12, 0.12),
    ("calculator", draw_calculator, (25.0, 160.0), 0.13, 0.12),
    (None, draw_wallet, (16.0, 150.0), 0.1, 0.1),
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


def paste_phone(
    image: Image, rng: np.random.Generator, *, avoid_xyxy_px: NDArray[np.float32]
) -> tuple[Image, NDArray[np.float32] | None]:
    """Lay a phone into a picture where it covers none of the given boxes by much."""
    flat, alpha = draw_phone(rng)
    reach = min(150, 0.35 * min(image.shape[:2]))
    length = float(np.exp(rng.uniform(np.log(16), np.log(reach))))
    return lay_flat(
        image, flat, alpha, rng, length_px=length, thickness=0.05, avoid_xyxy_px=avoid_xyxy_px
    )


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
    side = np.maximum(np.roll(cover, thick, 0), cover)
    shadow = cv2.GaussianBlur(
        np.roll(cover, (thick, int(rng.integers(-3, 4))), (0, 1)), (0, 0), max(1.0, length * 0.04)
    )
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
    out[y1:y2, x1:x2] = np.clip(
        patch + rng.normal(0, rng.uniform(0, 3), patch.shape), 0, 255
    ).astype(np.uint8)
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
            cv2.rectangle(
                glass,
                (x, y),
                (x + int(rng.integers(5, 80)), y + int(rng.integers(3, 25))),
                colour,
                -1,
            )
    mask = np.zeros((long, wide), np.uint8)
    _rounded(
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


def _rounded(
    canvas: NDArray[np.uint8], x1: int, y1: int, x2: int, y2: int, radius: int, value: int
) -> None:
    """Fill a rectangle with round corners."""
    radius = max(0, min(radius, (x2 - x1) // 2, (y2 - y1) // 2))
    cv2.rectangle(canvas, (x1 + radius, y1), (x2 - radius, y2), value, -1)
    cv2.rectangle(canvas, (x1, y1 + radius), (x2, y2 - radius), value, -1)
    for x in (x1 + radius, x2 - radius):
        for y in (y1 + radius, y2 - radius):
            cv2.circle(canvas, (x, y), radius, value, -1)
