"""What a camera does to a picture: the lens is a bijection, the rest is repeatable."""

from __future__ import annotations

from datetime import datetime

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from datasets.render import camera_sim as sim

AT = datetime(2026, 3, 11, 9, 36, 4)


@settings(max_examples=60, deadline=None)
@given(
    k1=st.floats(-0.12, 0.08),
    x=st.floats(0.02, 0.98),
    y=st.floats(0.02, 0.98),
)
def test_unbend_undoes_bend(k1: float, x: float, y: float) -> None:
    lens = sim.LensModel.of_hfov((1920, 1080), 84, k1)
    delivered = np.array([[x * 1920, y * 1080]])
    assert lens.bend(lens.unbend(delivered)) == pytest.approx(delivered, abs=0.05)


def test_lens_agrees_with_opencv() -> None:
    lens = sim.LensModel.of_hfov((1920, 1080), 84, -0.06)
    matrix = np.array([[lens.focal_px, 0, 960], [0, lens.focal_px, 540], [0, 0, 1.0]])
    points = np.array([[100.0, 80.0], [960, 540], [1800, 900]])
    ideal = cv2.undistortPoints(
        points[:, None], matrix, np.array([-0.06, 0, 0, 0]), None, None, matrix
    )[:, 0]
    assert lens.unbend(points) == pytest.approx(ideal, abs=0.5)


@pytest.mark.parametrize(("k1", "larger"), [(0.0, False), (-0.08, True)])
def test_render_size_covers_the_bent_picture(k1: float, larger: bool) -> None:
    lens = sim.LensModel.of_hfov((640, 360), 84, k1)
    mx, my = lens.maps()
    w, h = lens.render_size_px
    assert (w > 640) is larger
    assert mx.min() > -1
    assert mx.max() < w
    assert my.min() > -1
    assert my.max() < h


def test_tone_rises_and_stays_in_range() -> None:
    ramp = np.linspace(0, 12, 200, dtype=np.float32).reshape(1, -1, 1).repeat(3, axis=2)
    out = sim.tone(ramp, 0.8)[0, :, 0].astype(int)
    assert out[0] == 0
    assert (np.diff(out) >= 0).all()
    assert out[-1] >= 250


def test_the_same_input_gives_the_same_bytes() -> None:
    image = np.random.default_rng(3).integers(0, 255, (90, 160, 3), dtype=np.uint8)
    made = [sim.jpeg(sim.shoot(image, sim.Look(), np.random.default_rng(7)), 80) for _ in range(2)]
    assert made[0] == made[1]


def test_infrared_is_grey() -> None:
    image = np.random.default_rng(3).integers(0, 255, (90, 160, 3), dtype=np.uint8)
    grey = sim.shoot(image, sim.Look(grey=True, noise=3), np.random.default_rng(7))
    assert int(np.ptp(grey.astype(int), axis=2).max()) <= 6


@pytest.mark.parametrize("size", [(1920, 1080), (2560, 1440), (1280, 720)])
def test_overlay_writes_only_in_its_boxes(size: tuple[int, int]) -> None:
    w, h = size
    plain = np.full((h, w, 3), 90, np.uint8)
    changed = (sim.overlay(plain, AT, "HALL1") != plain).any(axis=2)
    assert changed.any()
    for x1, y1, x2, y2 in sim.overlay_boxes_px(size, AT, "HALL1"):
        changed[y1:y2, x1:x2] = False
    assert not changed.any()


def test_blurs_take_detail_away() -> None:
    image = np.random.default_rng(5).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    sharp = cv2.Laplacian(image, cv2.CV_64F).var()
    assert cv2.Laplacian(sim.defocus(image, 4), cv2.CV_64F).var() < 0.1 * sharp
    assert cv2.Laplacian(sim.motion_blur(image, 15, 20), cv2.CV_64F).var() < 0.5 * sharp
