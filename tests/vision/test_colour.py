"""A thing's colour: the median of its middle, whatever else is measured beside it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from datasets.classes import CLASS_INDEX
from vision.colour import MIDDLE, PIXELS, colours_of
from vision.seen import Detections, Image


def found(*rows: tuple[str, tuple[float, float, float, float]]) -> Detections:
    return Detections(
        np.array([box for _, box in rows], np.float32).reshape(-1, 4),
        np.full(len(rows), 0.9, np.float32),
        np.array([CLASS_INDEX[cls] for cls, _ in rows], np.int16),
    )


def by_the_book(image: Image, box: tuple[float, float, float, float]) -> tuple[float, ...]:
    """The same with NumPy's own median, one thing by itself."""
    x1, y1, x2, y2 = box
    dx, dy = MIDDLE * (x2 - x1), MIDDLE * (y2 - y1)
    part = image[int(y1 + dy) : int(y2 - dy) + 1, int(x1 + dx) : int(x2 - dx) + 1]
    step = max(1, int(np.sqrt(part.shape[0] * part.shape[1] / PIXELS)))
    median = np.median(part[::step, ::step].reshape(-1, 3), axis=0)
    share = (median / 255).astype(np.float32)[None, None]
    lab = cv2.cvtColor(share, cv2.COLOR_BGR2Lab)[0, 0]
    return tuple(np.round(lab.astype(np.float64), 1).tolist())


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_many_things_at_once_have_the_colours_that_each_has_alone(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 256, (120, 160, 3)).astype(np.uint8)
    corners = rng.integers(0, 80, (count, 2))
    boxes = [
        (float(x), float(y), float(x + w), float(y + h))
        for (x, y), (w, h) in zip(corners, rng.integers(1, 78, (count, 2)), strict=True)
    ]
    boxes = [(x1, y1, x2, min(y2, 118.0)) for x1, y1, x2, y2 in boxes]
    colours = colours_of(found(*[("cup", box) for box in boxes]), image)
    assert colours == [by_the_book(image, box) for box in boxes]


def test_only_classes_whose_colour_is_asked_for_have_one() -> None:
    image = np.full((60, 60, 3), (200, 40, 20), np.uint8)
    box = (10.0, 10.0, 40.0, 40.0)
    cup, person = colours_of(found(("cup", box), ("person", box)), image)
    assert person is None
    assert cup is not None
    assert cup[2] < -20  # blue: b* is negative
    assert cup == pytest.approx(by_the_book(image, box))


def test_a_thing_wholly_outside_the_picture_has_none() -> None:
    image = np.zeros((60, 60, 3), np.uint8)
    assert colours_of(found(("cup", (100.0, 100.0, 140.0, 140.0))), image) == [None]
