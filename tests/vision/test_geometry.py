"""Polygons, planes and shares: round trips, and what must never leave 0..1."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from vision.geometry import (
    ZoneStack,
    check_polygon,
    is_simple,
    plane_map,
    project,
    raster,
    undistort,
)
from vision.seen import InputError, Lens, Plane

SQUARE = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))

POLYGONS = [
    (SQUARE, None),
    (((0.1, 0.1), (0.9, 0.1)), "three points"),
    (((0.1, 0.1), (1.2, 0.1), (0.5, 0.9)), "0..1"),
    (((0.1, 0.1), (0.5, 0.5), (0.9, 0.9)), "no area"),
    (((0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.8)), "cross"),
    (((0.1, 0.1), (float("nan"), 0.2), (0.5, 0.9)), "0..1"),
]


@pytest.mark.parametrize(("polygon", "says"), POLYGONS)
def test_polygons_are_checked(polygon: tuple[tuple[float, float], ...], says: str | None) -> None:
    if says is None:
        check_polygon(polygon, "zone")
        return
    with pytest.raises(InputError, match=says):
        check_polygon(polygon, "zone")


@given(st.lists(st.tuples(st.floats(-50, 250), st.floats(-50, 250)), min_size=2, max_size=2))
@settings(max_examples=120, deadline=None)
def test_the_share_of_a_box_in_a_zone_stays_within_0_and_1(
    corners: list[tuple[float, float]],
) -> None:
    (ax, ay), (bx, by) = corners
    box = np.array([[min(ax, bx), min(ay, by), max(ax, bx) + 1, max(ay, by) + 1]], np.float32)
    zone = raster(SQUARE, 200, 200, 1.0)
    assert 0.0 <= zone.share_of_boxes(box)[0] <= 1.0
    assert 0.0 <= zone.hidden_by(box) <= 1.0


BOXES = [
    ((50, 50, 150, 150), 1.0, 1.0),
    ((0, 0, 50, 50), 0.0, 0.0),
    ((0, 50, 100, 150), 0.5, 0.5),
    ((80, 80, 120, 120), 1.0, 0.16),
    ((-100, -100, 300, 300), 0.0625, 1.0),
]


@pytest.mark.parametrize(("box", "inside", "hidden"), BOXES)
def test_shares_by_hand(box: tuple[float, ...], inside: float, hidden: float) -> None:
    zone = raster(SQUARE, 200, 200, 1.0)
    boxes = np.array([box], np.float32)
    assert zone.share_of_boxes(boxes)[0] == pytest.approx(inside, abs=0.03)
    assert zone.hidden_by(boxes) == pytest.approx(hidden, abs=0.03)


def test_zones_together_say_what_each_says() -> None:
    rng = np.random.default_rng(5)
    corners = rng.uniform(-30, 230, (80, 2, 2))
    boxes = np.concatenate((corners.min(axis=1), corners.max(axis=1)), axis=1).astype(np.float32)
    low = ((0.0, 0.6), (1.0, 0.7), (0.9, 1.0), (0.0, 1.0))
    zones = [raster(SQUARE, 200, 200, 1.0), raster(low, 200, 200), raster(SQUARE, 200, 200)]
    together = ZoneStack(zones).share_of_boxes(boxes)
    each = np.stack([zone.share_of_boxes(boxes) for zone in zones])
    np.testing.assert_allclose(together, each, atol=1e-5)
    assert ZoneStack([]).share_of_boxes(boxes).shape == (0, 80)
    for zone, covered in zip(zones, ZoneStack(zones).covered_px(boxes), strict=True):
        np.testing.assert_array_equal(covered, zone.covered_px(boxes))
        assert zone.hidden_by(boxes, covered) == zone.hidden_by(boxes)


def test_two_people_hide_their_union_not_their_sum() -> None:
    zone = raster(SQUARE, 200, 200, 1.0)
    twice = np.array([[50, 50, 100, 150]] * 2, np.float32)
    assert zone.hidden_by(twice) == pytest.approx(0.5, abs=0.03)


def test_a_plane_measures_what_it_was_made_from() -> None:
    # a 140 × 70 cm desk seen at a slant
    true = np.array([[4.0, 0.6, 300], [0.2, 2.2, 200], [0.0, 0.0012, 1]])
    cm = np.array([[0, 0], [140, 0], [140, 70], [0, 70], [70, 35]], float)
    px = project(true, cm)
    plane = Plane("d", "desk", tuple(map(tuple, px / (1920, 1080))), tuple(map(tuple, cm)))
    mapped = plane_map(plane, 1920, 1080)
    assert mapped.residual_cm < 0.01
    assert np.allclose(mapped.cm(px), cm, atol=0.01)
    worse, better = mapped.px_per_cm((float(px[4, 0]), float(px[4, 1])))
    assert worse < better
    step = project(true, cm[4:5] + np.array([[0.1, 0.0]])) - px[4:5]
    assert worse - 0.1 <= float(np.hypot(*step[0])) / 0.1 <= better + 0.1


def test_a_wrongly_clicked_point_shows_in_the_residual() -> None:
    cm = np.array([[0, 0], [100, 0], [100, 100], [0, 100], [50, 50]], float)
    px = cm * 5 + 100
    px[4] += 20  # 4 cm off in each direction
    plane = Plane("f", "floor", tuple(map(tuple, px / 1000)), tuple(map(tuple, cm)))
    assert plane_map(plane, 1000, 1000).residual_cm > 1.0


def test_points_on_a_line_make_no_plane() -> None:
    line = ((0.1, 0.1), (0.2, 0.2), (0.3, 0.3), (0.4, 0.4))
    with pytest.raises(InputError, match="line"):
        plane_map(Plane("x", "floor", line, ((0, 0), (1, 0), (2, 0), (3, 0))), 100, 100)


@given(st.floats(-0.3, 0.1), st.floats(0.1, 0.9), st.floats(0.1, 0.9))
@settings(max_examples=60, deadline=None)
def test_undistorting_undoes_the_lens(k1: float, x: float, y: float) -> None:
    lens = Lens(focal_norm=0.6, k1=k1)
    ideal = np.array([[x * 1920, y * 1080]])
    n = (ideal - (960, 540)) / (0.6 * 1920)
    seen = n * (1 + k1 * np.sum(n**2)) * (0.6 * 1920) + (960, 540)
    assert np.allclose(undistort(seen, lens, 1920, 1080), ideal, atol=1.5)


def test_a_bow_tie_is_not_simple() -> None:
    assert not is_simple(np.array([[0, 0], [1, 1], [1, 0], [0, 1]], float))
