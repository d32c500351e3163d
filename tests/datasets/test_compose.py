"""Drawn things and how they are laid into pictures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from datasets import drawings
from datasets.classes import CLASSES
from datasets.compose import FLAT, lay_flat, paste_flat
from vision.seen import Image

Draw = Callable[[np.random.Generator], tuple[Image, NDArray[np.uint8]]]
NOTHING = np.zeros((0, 4), np.float32)


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _floor(height: int = 240, width: int = 320) -> Image:
    return np.full((height, width, 3), 120, np.uint8)


@pytest.mark.parametrize("draw", [f[1] for f in FLAT], ids=lambda f: f.__name__)
def test_a_drawing_is_upright_whole_and_seeded(draw: Draw) -> None:
    looks = set()
    for seed in range(12):
        picture, alpha = draw(_rng(seed))
        assert picture.dtype == alpha.dtype == np.uint8
        assert picture.shape == (*alpha.shape, 3)
        assert alpha.shape[0] == drawings.LONG
        assert set(np.unique(alpha)) <= {0, 255}
        assert (alpha > 0).mean() > 0.7, "the thing fills its drawing, so its box is its own"
        again = draw(_rng(seed))
        np.testing.assert_array_equal(picture, again[0])
        looks.add(picture.tobytes())
    assert len(looks) == 12


def test_what_is_taken_for_a_phone_lies_about_nearly_as_often() -> None:
    shares = {draw.__name__: share for _, draw, _, share, _ in FLAT}
    assert sum(shares.values()) == pytest.approx(1)
    alike = {"draw_calculator", "draw_wallet", "draw_reader", "draw_remote"}
    assert sum(shares[n] for n in alike) >= 0.7 * shares["draw_phone"]
    assert all(cls is None or cls in CLASSES for cls, *_ in FLAT)


@pytest.mark.parametrize("seed", range(8))
def test_a_laid_thing_changes_its_box_and_little_else(seed: int) -> None:
    floor = _floor()
    out, _, box = paste_flat(floor, _rng(seed), avoid_xyxy_px=NOTHING)
    assert np.all(floor == 120), "the given picture stays as it is"
    assert box is not None
    assert 0 <= box[0] < box[2] <= 320
    assert 0 <= box[1] < box[3] <= 240
    changed = np.abs(out.astype(int) - 120).max(2) > 60  # a shadow is weaker
    rows, columns = np.nonzero(changed)
    inside = (
        (columns >= box[0] - 3)
        & (columns <= box[2] + 3)
        & (rows >= box[1] - 3)
        & (rows <= box[3] + 3)
    )
    assert inside.mean() > 0.9


def test_no_thing_is_laid_onto_another_of_its_size() -> None:
    full = np.array([[x, y, x + 20, y + 20] for x in range(0, 320, 20) for y in range(0, 240, 20)])
    picture, alpha = drawings.draw_phone(_rng(1))
    out, box = lay_flat(
        _floor(),
        picture,
        alpha,
        _rng(2),
        length_px=90.0,
        thickness=0.05,
        avoid_xyxy_px=full.astype(np.float32),
    )
    assert box is None
    np.testing.assert_array_equal(out, _floor())
