"""Smaller copies: the right size, and the same light in every place."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.test_gate import hall
from vision.shrink import halved, shrunk


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        (2560, 1440, (960, 540)),
        (1920, 1080, (960, 540)),
        (1920, 1080, (640, 360)),
        (1281, 721, (640, 360)),
        (961, 541, (960, 540)),
        (700, 400, (960, 548)),
        (3, 2, (2, 1)),
    ],
)
def test_a_copy_is_near_the_mean_by_area(width: int, height: int, size: tuple[int, int]) -> None:
    image = np.asarray(cv2.resize(hall(), (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    smooth = np.asarray(cv2.GaussianBlur(image, (0, 0), 2), np.uint8)
    small = shrunk(smooth, size)
    assert small.shape == (size[1], size[0], 3)
    by_area = cv2.resize(smooth, size, interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - by_area.astype(int)).mean() < 1.5


@pytest.mark.parametrize(("width", "height"), [(8, 6), (9, 7), (2, 2), (1, 5)])
def test_a_half_is_a_mean_of_four(width: int, height: int) -> None:
    image = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    half = halved(image)
    if min(width, height) < 2:
        assert half is image
        return
    whole = image[: height // 2 * 2, : width // 2 * 2].astype(float)
    wanted = whole.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
    assert np.abs(half - wanted).max() <= 0.5
