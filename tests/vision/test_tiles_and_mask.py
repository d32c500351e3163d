"""Where crops lie, and that nobody is left to be recognised in a masked picture."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings, strategies as st

from vision.mask import mask_people
from vision.seen import BoxPx, Zone
from vision.tiles import desk_crops, slices


@given(
    st.integers(200, 4000),
    st.integers(200, 3000),
    st.floats(0, 0.7),
    st.floats(0, 0.7),
    st.floats(0.02, 0.3),
)
@settings(max_examples=200, deadline=None)
def test_crops_cover_the_desk_and_stay_in_the_picture(
    width: int, height: int, x: float, y: float, size: float
) -> None:
    corners = ((x, y), (x + size, y), (x + size, y + size), (x, y + size))
    crops = desk_crops([Zone("t", "desk_top", corners, "A")], width, height, 640)
    seen = np.zeros((height, width), bool)
    for x0, y0, x1, y1 in crops:
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height
        assert x1 - x0 <= 640
        assert y1 - y0 <= 640
        seen[y0:y1, x0:x1] = True
    left, top = int(np.ceil(x * width)), int(np.ceil(y * height))
    right, bottom = int((x + size) * width), int((y + size) * height)
    assert seen[top:bottom, left:right].all()


def test_one_crop_a_desk_where_it_fits_and_none_for_the_public_side() -> None:
    def square(x: float) -> tuple[tuple[float, float], ...]:
        return ((x, 0.4), (x + 0.1, 0.4), (x + 0.1, 0.5), (x, 0.5))

    zones = [
        Zone("a", "desk_top", square(0.1), "A"),
        Zone("b", "desk_top", square(0.6), "B"),
        Zone("p", "public_side", ((0, 0), (1, 0), (1, 0.3), (0, 0.3)), "A"),
        Zone("f", "floor", ((0, 0.6), (1, 0.6), (1, 1), (0, 1))),
    ]
    assert len(desk_crops(zones, 1920, 1080, 640)) == 2


@given(st.integers(50, 4500), st.integers(50, 3000))
@settings(max_examples=100, deadline=None)
def test_slices_cover_every_pixel_or_are_none(width: int, height: int) -> None:
    made = slices(width, height, 640)
    assert (made == ()) == (max(width, height) <= 800)
    seen = np.zeros((height, width), bool)
    for x0, y0, x1, y1 in made:
        seen[y0:y1, x0:x1] = True
    assert seen.all() or not made


def test_a_masked_person_is_a_few_blocks_and_the_rest_untouched() -> None:
    rng = np.random.default_rng(0)
    image = rng.integers(0, 255, (300, 400, 3), np.uint8)
    out = mask_people(image, [(100, 50, 200, 280)])
    inside = out[70:260, 120:180].astype(float)
    assert np.abs(np.diff(inside, axis=1)).max() < 25  # no edge is left to see
    assert np.array_equal(out[:, :80], image[:, :80])
    assert np.array_equal(out[:, 220:], image[:, 220:])
    assert not np.shares_memory(out, image)


def test_masking_survives_boxes_beyond_the_picture() -> None:
    image = np.full((50, 60, 3), 9, np.uint8)
    boxes: list[BoxPx] = [(-20, -20, 10, 10), (55, 45, 90, 90), (70, 70, 80, 80), (5, 5, 5, 5)]
    assert mask_people(image, boxes).shape == image.shape
