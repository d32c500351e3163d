"""A knocked camera, on real pictures of the sample hall: found from 0.5° or 1 % on, not before."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from vision.gate import Limits, look_at
from vision.images import read_image
from vision.registration import WIDTH_PX, Registrar, _evened
from vision.seen import Image

HALL = Path(__file__).resolve().parents[2] / "datasets" / "sample_hall"
PAIRS = [("HALL1", "HALL1_20260311T112204.jpg"), ("HALL3", "HALL3_20260311T095431.jpg")]


@cache
def copy_of(path: Path) -> Image:
    image = read_image(path)
    height = round(WIDTH_PX * 2 * image.shape[0] / image.shape[1])
    return np.asarray(cv2.resize(image, (2 * WIDTH_PX, height), interpolation=cv2.INTER_AREA))


@cache
def registrar(camera: str) -> Registrar:
    (path,) = (
        sorted((HALL / "reference").glob(f"{camera}*day*"))
        or sorted((HALL / "reference").glob(f"{camera}*"))[:1]
    )
    return Registrar(look_at(copy_of(path)).grey)


def knocked(image: Image, percent: float, angle: float, degrees: float) -> Image:
    """Moved by a share of the width in a direction, turned round the middle."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    by = percent / 100 * width
    matrix[:, 2] += (by * np.cos(np.radians(angle)), by * np.sin(np.radians(angle)))
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    )


@pytest.mark.parametrize(("camera", "name"), PAIRS)
@pytest.mark.parametrize(
    ("percent", "angle", "degrees", "found"),
    [
        (0.0, 0, 0.0, False),
        (0.45, 0, 0.0, False),
        (0.45, 120, 0.0, False),
        (0.0, 0, 0.22, False),
        (0.0, 0, -0.22, False),
        (0.3, 200, 0.15, False),
        (1.1, 0, 0.0, True),
        (1.1, 90, 0.0, True),
        (1.1, 215, 0.0, True),
        (0.0, 0, 0.56, True),
        (0.0, 0, -0.56, True),
        (3.0, 300, 2.0, True),
    ],
)
def test_a_knock_is_found_from_half_a_degree_or_one_percent_on(
    camera: str, name: str, percent: float, angle: float, degrees: float, found: bool
) -> None:
    picture = knocked(copy_of(HALL / "frames" / name), percent, angle, degrees)
    shift = registrar(camera).compare(look_at(picture).grey)
    assert shift.found
    limits = Limits()
    moved = shift.moved(percent=limits.moved_percent, degrees=limits.moved_degrees)
    assert moved is found, shift
    assert shift.shift_percent == pytest.approx(percent, abs=0.25)
    assert abs(shift.turn_deg) == pytest.approx(abs(degrees), abs=0.12)


@pytest.mark.parametrize(("camera", "name"), PAIRS)
def test_a_still_camera_is_known_by_its_corners_as_by_its_features(camera: str, name: str) -> None:
    here = registrar(camera)
    grey = _evened(look_at(copy_of(HALL / "frames" / name)).grey)
    close, matched = here._close.compare(grey), here._matched(grey)
    assert close is not None
    assert close.shift_percent == pytest.approx(matched.shift_percent, abs=0.05)
    assert close.turn_deg == pytest.approx(matched.turn_deg, abs=0.05)


@pytest.mark.parametrize("other", ["HALL2_20260311T143117.jpg", "HALL3_20260311T095431.jpg"])
def test_another_place_has_no_corner_where_one_was(other: str) -> None:
    grey = look_at(copy_of(HALL / "frames" / other)).grey
    assert registrar("HALL1")._close.compare(_evened(grey)) is None
