"""New lines on a floor: a cable is followed, noise, things and trembling edges are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from vision.geometry import ZoneMask, plane_map, zone_mask
from vision.lines import new_lines
from vision.seen import CableTrace, Plane

H, W, SCALE = 540, 960, 0.5
FULL = ((0.1, 0.4), (0.9, 0.4), (0.9, 0.95), (0.1, 0.95))
FLOORS: dict[str, ZoneMask] = {"floor": zone_mask(FULL, W, H, 1.0)}
PLANE = plane_map(
    Plane("f", "floor", ((0, 0), (1, 0), (1, 1), (0, 1)), ((0, 0), (960, 0), (960, 540), (0, 540))),
    round(W / SCALE),
    round(H / SCALE),
)  # two original pixels, one small one a centimetre

Picture = NDArray[np.float32]


def noise(seed: int = 1, sigma: float = 0.4) -> Picture:
    return np.random.default_rng(seed).normal(0, sigma, (H, W)).astype(np.float32)


def with_cable(change: Picture, depth: float = -8.0, y: int = 350, x: int = 300) -> Picture:
    """A wavy line of 120 small pixels, as soft as a small copy makes it."""
    at = np.arange(0, 120)
    points = np.column_stack((x + at, y + 8 * np.sin(at / 15))).astype(np.int32)
    drawn = np.zeros((H, W), np.uint8)
    cv2.polylines(drawn, [points], False, 255, 1)
    soft = cv2.GaussianBlur((drawn > 0).astype(np.float32), (0, 0), 1.0)
    return np.asarray(change + depth * soft / soft.max(), np.float32)


def ask(change: Picture, clean: Picture | None = None, **more: object) -> tuple[CableTrace, ...]:
    flat = np.zeros((H, W), np.float32) if clean is None else clean
    people = more.get("people", [])
    assert isinstance(people, list)
    return new_lines(change, flat, people, FLOORS, PLANE, SCALE)


@pytest.mark.parametrize("depth", [-8.0, 8.0])
def test_a_cable_is_followed(depth: float) -> None:
    (line,) = ask(with_cable(noise(), depth))
    assert line.length_cm is not None
    assert 105 <= line.length_cm <= 130
    assert line.floor_share == {"floor": 1.0}
    x1, y1, x2, y2 = line.box_xyxy_px
    for edge, wanted in ((x1, 600), (x2, 840), (y1, 684), (y2, 716)):
        assert abs(edge - wanted) <= 16


@given(seed=st.integers(0, 500), sigma=st.floats(0.1, 3.0))
@settings(max_examples=25, deadline=None)
def test_noise_draws_no_line(seed: int, sigma: float) -> None:
    assert ask(noise(seed, sigma)) == ()


def blob(change: Picture) -> Picture:
    out = change.copy()
    out[320:360, 300:360] -= 12
    return out


def speck(change: Picture) -> Picture:
    out = change.copy()
    out[340:343, 300:308] -= 12
    return out


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("nothing new", noise()),
        ("a thing is no line", blob(noise())),
        ("a speck is none", speck(noise())),
        ("too faint against the noise", with_cable(noise(sigma=1.6), -5.0)),
        ("above the floor, on a wall", with_cable(noise(), y=120)),
    ],
)
def test_no_line(what: str, change: Picture) -> None:
    assert ask(change) == (), what


def test_an_edge_of_the_clean_picture_that_trembles_is_no_line() -> None:
    joint = np.zeros((H, W), np.float32)
    joint[350:352, 200:700] = -60
    joint = cv2.GaussianBlur(joint, (0, 0), 1.2)
    shift = np.array([[1, 0, 0], [0, 1, 0.5]], np.float64)
    moved = cv2.warpAffine(joint, shift, (W, H))
    assert abs(moved - joint).max() > 4  # it would draw one
    assert ask(np.asarray(moved - joint + noise(), np.float32), joint) == ()


def test_what_a_person_covers_is_left_out() -> None:
    change = with_cable(noise())
    assert ask(change, people=[(580.0, 600.0, 860.0, 760.0)]) == ()


def test_a_hall_without_a_floor_drawn_has_no_lines() -> None:
    assert new_lines(with_cable(noise()), noise(), [], {}, PLANE, SCALE) == ()


def test_without_a_floor_plane_no_length_is_claimed() -> None:
    (line,) = new_lines(with_cable(noise()), np.zeros((H, W), np.float32), [], FLOORS, None, SCALE)
    assert line.length_cm is None
