"""Made-up hall pictures for page tests: drawn with OpenCV in milliseconds, no person, no secret."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np

from vision.seen import BoxPx, Image

WIDTH: Final = 1600
HEIGHT: Final = 900
DESKS: Final = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and where its thing lies, xyxy pixels."""

    image: Image
    thing: BoxPx
    desk_polygon: tuple[tuple[float, float], ...]


def draw_hall(seed: int, *, thing: str = "phone", desk: int = 0) -> Drawn:
    """A row of desks from above with one thing on (or by) one of them."""
    rng = random.Random(seed)
    image = np.full((HEIGHT, WIDTH, 3), (208, 212, 214), np.uint8)
    for y in range(0, HEIGHT, 75):
        cv2.line(image, (0, y), (WIDTH, y), (198, 202, 205), 1)
    for x in range(0, WIDTH, 75):
        cv2.line(image, (x, 0), (x, HEIGHT), (198, 202, 205), 1)
    cv2.rectangle(image, (0, 560), (WIDTH, 640), (150, 170, 190), -1)
    cv2.rectangle(image, (0, 552), (WIDTH, 560), (120, 140, 165), -1)
    width = WIDTH // DESKS
    box: BoxPx = (0, 0, 1, 1)
    polygon: tuple[tuple[float, float], ...] = ()
    for i in range(DESKS):
        left = i * width + 30
        right = left + width - 60
        cv2.rectangle(image, (left, 330), (right, 552), (168, 190, 208), -1)
        cv2.rectangle(image, (left, 330), (right, 552), (120, 142, 160), 2)
        cv2.rectangle(image, (left + 40, 350), (left + 190, 440), (52, 50, 48), -1)
        cv2.rectangle(image, (left + 48, 358), (left + 182, 432), (140, 105, 60), -1)
        cv2.rectangle(image, (left + 50, 470), (left + 190, 512), (70, 70, 72), -1)
        cv2.ellipse(image, (left + 120, 250), (62, 46), 0, 0, 360, (92, 70, 48), -1)
        cv2.ellipse(image, (left + 120, 205), (66, 18), 0, 0, 360, (74, 56, 38), -1)
        if i == desk % DESKS:
            polygon = ((left, 330), (right, 330), (right, 552), (left, 552))
            box = _draw_thing(image, rng, thing, left)
    return Drawn(cv2.add(image, np.roll(_noise(), seed, axis=1)), box, polygon)


@cache
def _noise() -> Image:
    """Grain for every picture, drawn once."""
    return np.random.default_rng(1).integers(0, 12, (HEIGHT, WIDTH, 3), dtype=np.uint8)


def _draw_thing(image: Image, rng: random.Random, thing: str, left: int) -> BoxPx:
    x = left + 215 + rng.randrange(60)
    y = 455 + rng.randrange(50)
    if thing == "phone":
        cv2.rectangle(image, (x, y), (x + 46, y + 24), (34, 32, 30), -1)
        cv2.rectangle(image, (x + 3, y + 3), (x + 43, y + 21), (88, 72, 60), -1)
        return (x - 3, y - 3, x + 49, y + 27)
    if thing == "cup":
        cv2.circle(image, (x + 20, y), 19, (226, 232, 240), -1)
        cv2.circle(image, (x + 20, y), 13, (90, 130, 165), -1)
        return (x - 2, y - 22, x + 42, y + 22)
    if thing == "clothing":
        x, y = left + 60, 190
        cv2.ellipse(image, (x + 60, y + 24), (64, 34), 0, 0, 360, (60, 60, 150), -1)
        return (x - 6, y - 12, x + 126, y + 60)
    x, y = left + 110, 665
    points = np.array([[x + i * 8, y + int(14 * np.sin(i / 2 + rng.random()))] for i in range(26)])
    cv2.polylines(image, [points.astype(np.int32)], False, (40, 40, 42), 4)
    return (x - 4, y - 20, x + 208, y + 20)
