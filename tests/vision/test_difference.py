"""The difference to the clean reference: found in any light, not found where nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from tests.vision.test_gate import hall
from vision.difference import WIDTH_PX, changed, clean, regions
from vision.geometry import raster
from vision.seen import Image, Thing

ZONES = {"floor": raster(((0, 0.5), (1, 0.5), (1, 1), (0, 1)), WIDTH_PX, 540, 1.0)}


def littered(image: Image) -> Image:
    out = image.copy()
    cv2.circle(out, (300, 400), 14, (240, 240, 245), -1)
    cv2.circle(out, (300, 400), 14, (90, 90, 90), 2)
    return out


NOISE = np.random.default_rng(1).normal(0, 5, hall().shape)
SLOPE = np.linspace(0.75, 1.0, hall().shape[1])
LIGHTS: list[tuple[str, Callable[[Image], Image]]] = [
    ("same", lambda i: i),
    ("dimmer", lambda i: (i * 0.7).astype(np.uint8)),
    ("warmer", lambda i: np.clip(i * np.array([0.92, 1.0, 1.08]), 0, 255).astype(np.uint8)),
    ("noisy", lambda i: np.clip(i + NOISE, 0, 255).astype(np.uint8)),
    ("a slope of light", lambda i: (i * SLOPE[None, :, None]).astype(np.uint8)),
]


def found(image: Image, people: list[tuple[float, float, float, float]]) -> list[str]:
    reference = clean(hall())
    mask, lab = changed(image, reference, people, None)
    things: list[Thing] = []
    out = regions(mask, lab, reference, ZONES, {}, things, WIDTH_PX / image.shape[1])
    return [d.zone for d in out if d.delta_e > 12 and d.share > 0.0005]


@pytest.mark.parametrize(("what", "light"), LIGHTS, ids=[w for w, _ in LIGHTS])
def test_litter_is_found_and_a_clean_floor_is_clean(
    what: str, light: Callable[[Image], Image]
) -> None:
    assert found(light(hall()), []) == [], what
    assert found(light(littered(hall())), []) == ["floor"], what


def test_what_a_person_covers_is_not_a_difference() -> None:
    assert found(littered(hall()), [(250, 350, 350, 450)]) == []


def test_a_detected_thing_explains_its_region() -> None:
    reference = clean(hall())
    mask, lab = changed(littered(hall()), reference, [], None)
    thing = Thing("litter", 0.9, True, (280, 380, 320, 420), (300, 420))
    (difference,) = regions(mask, lab, reference, ZONES, {}, [thing], WIDTH_PX / 960)
    assert difference.known == "litter"
    assert difference.area_cm2 is None


@pytest.mark.parametrize(
    ("more", "known"),
    [({}, "litter"), ({"seconded": True}, None), ({"as_clean": True}, None)],
)
def test_a_guess_or_a_fixture_explains_nothing(more: dict[str, Any], known: str | None) -> None:
    reference = clean(hall())
    mask, lab = changed(littered(hall()), reference, [], None)
    thing = Thing("litter", 0.9, True, (280, 380, 320, 420), (300, 420), **more)
    (difference,) = regions(mask, lab, reference, ZONES, {}, [thing], WIDTH_PX / 960)
    assert difference.known == known


def test_what_left_its_place_is_named() -> None:
    reference = clean(hall())
    mask, lab = changed(littered(hall()), reference, [], None)
    left = [((270.0, 370.0, 330.0, 430.0), "bin")]
    (difference,) = regions(mask, lab, reference, ZONES, {}, [], WIDTH_PX / 960, left)
    assert (difference.known, difference.gone) == (None, "bin")
