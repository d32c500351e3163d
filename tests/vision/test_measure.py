"""Detections to facts on a made camera: owners, shares, what is hidden, size in centimetres."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.classes import CLASS_INDEX
from vision.cables import line_shares
from vision.geometry import ZoneMask
from vision.measure import Measurer
from vision.seen import CameraView, Detections, Image, Plane, Zone

W, H = 1000, 500
# two desks of 150 × 75 cm side by side, 4 px a centimetre across, 2 down, on a floor of 2 px a cm
A = ((0.1, 0.3), (0.7, 0.3), (0.7, 0.6), (0.1, 0.6))
VIEW = CameraView(
    camera="cam",
    zones=(
        Zone("a-top", "desk_top", A, "A"),
        Zone("b-top", "desk_top", ((0.7, 0.3), (0.95, 0.3), (0.95, 0.6), (0.7, 0.6)), "B"),
        Zone("a-cup", "cup_point", ((0.1, 0.3), (0.2, 0.3), (0.2, 0.4), (0.1, 0.4)), "A"),
        Zone("a-public", "public_side", ((0.1, 0.1), (0.7, 0.1), (0.7, 0.3), (0.1, 0.3)), "A"),
        Zone("floor", "floor", ((0.0, 0.65), (1.0, 0.65), (1.0, 1.0), (0.0, 1.0))),
    ),
    planes=(
        Plane("a", "desk", A, ((0, 0), (150, 0), (150, 75), (0, 75)), "A"),
        Plane(
            "f",
            "floor",
            ((0.0, 0.65), (1.0, 0.65), (1.0, 1.0), (0.0, 1.0)),
            ((0, 0), (500, 0), (500, 87.5), (0, 87.5)),
        ),
    ),
    ignore_norm=(((0.0, 0.0), (0.3, 0.0), (0.3, 0.08), (0.0, 0.08)),),
)
THRESHOLDS = {"phone": 0.5, "cup": 0.5, "person": 0.5, "cable": 0.5, "chair": 0.5}
GREY: Image = np.full((H, W, 3), 128, np.uint8)


def found(*rows: tuple[str, float, tuple[float, float, float, float]]) -> Detections:
    return Detections(
        np.array([r[2] for r in rows], np.float32).reshape(-1, 4),
        np.array([r[1] for r in rows], np.float32),
        np.array([CLASS_INDEX[r[0]] for r in rows], np.int16),
    )


@pytest.fixture(scope="module")
def measurer() -> Measurer:
    return Measurer(VIEW, W, H)


PLACES = [
    # class, box, owner, a zone, least share of its foot there
    ("phone", (300, 200, 330, 214), "A", "a-top", 0.95),
    ("phone", (750, 200, 780, 214), "B", "b-top", 0.95),
    ("phone", (300, 100, 330, 114), None, "a-public", 0.95),
    ("cup", (120, 150, 160, 190), "A", "a-cup", 0.95),
    ("cup", (300, 130, 330, 170), "A", "a-top", 0.9),  # tall: stands on the desk, head above it
    ("cup", (20, 20, 40, 45), None, "a-top", 0.0),
]


@pytest.mark.parametrize(("cls", "box", "owner", "zone", "share"), PLACES)
def test_each_thing_has_one_owner_and_stands_where_its_foot_is(
    measurer: Measurer,
    cls: str,
    box: tuple[float, float, float, float],
    owner: str | None,
    zone: str,
    share: float,
) -> None:
    (thing,) = measurer.things(found((cls, 0.9, box)), THRESHOLDS, GREY, "day")
    assert thing.desk == owner
    assert thing.stands.get(zone, 0.0) >= share
    assert (zone in thing.stands) == (share > 0)


def test_size_and_place_are_in_centimetres(measurer: Measurer) -> None:
    (phone,) = measurer.things(found(("phone", 0.9, (300, 200, 360, 214))), THRESHOLDS, GREY, "day")
    assert phone.size_cm is not None
    assert phone.size_cm == pytest.approx((15.0, 7.0), abs=0.2)
    assert phone.contact_cm["a"] == pytest.approx((57.5, 32.0), abs=0.3)


def test_sure_means_at_or_above_the_classs_threshold(measurer: Measurer) -> None:
    rows = found(
        ("phone", 0.5, (300, 200, 330, 214)),
        ("phone", 0.49, (400, 200, 430, 214)),
        ("bag", 0.99, (500, 200, 530, 214)),  # no threshold: never sure
    )
    assert [t.sure for t in measurer.things(rows, THRESHOLDS, GREY, "day")] == [True, False, False]


def test_people_hide_zones_and_things(measurer: Measurer) -> None:
    rows = found(
        ("person", 0.9, (100, 100, 400, 400)),
        ("phone", 0.9, (300, 200, 330, 214)),
        ("phone", 0.9, (600, 200, 630, 214)),
    )
    things = measurer.things(rows, THRESHOLDS, GREY, "day")
    assert [t.hidden for t in things] == [0.0, 1.0, 0.0]
    zones = measurer.zone_facts(things, np.full((320, 640), 128, np.uint8))
    assert zones["a-top"].hidden == pytest.approx(0.5, abs=0.02)
    assert zones["b-top"].hidden == 0.0
    assert zones["a-cup"].hidden == pytest.approx(1.0, abs=0.02)


def test_an_unlikely_person_hides_nothing_but_is_still_a_fact(measurer: Measurer) -> None:
    rows = found(("person", 0.1, (100, 100, 400, 400)))
    things = measurer.things(rows, THRESHOLDS, GREY, "day")
    zones = measurer.zone_facts(things, np.full((320, 640), 128, np.uint8))
    assert zones["a-top"].hidden == 0.0
    assert len(things) == 1


def test_scale_and_brightness_of_a_zone(measurer: Measurer) -> None:
    zones = measurer.zone_facts((), np.full((320, 640), 119, np.uint8))
    assert zones["a-top"].px_per_cm == pytest.approx((2.0, 4.0), abs=0.01)
    assert zones["b-top"].px_per_cm is None  # no plane for that desk
    assert zones["a-top"].luminance == pytest.approx(50, abs=1)
    assert zones["a-top"].in_view == 1.0


def test_a_cable_on_the_floor_is_traced(measurer: Measurer) -> None:
    import cv2

    image = np.full((H, W, 3), 200, np.uint8)
    cv2.line(image, (200, 400), (400, 440), (20, 20, 20), 3)
    (trace,) = measurer.cables(found(("cable", 0.9, (195, 395, 405, 445))), image)
    assert trace.length_px == pytest.approx(204, rel=0.25)
    assert trace.length_cm == pytest.approx(102, rel=0.25)
    assert trace.floor_share["floor"] > 0.95
    assert trace.branches == 1


def test_a_line_half_on_the_floor_counts_half() -> None:
    line = np.zeros((40, 101), np.uint8)
    line[20] = 1
    zones = {
        "left": ZoneMask(np.ones((20, 30), np.bool_), 0, 0, 0.5, 600),
        "far": ZoneMask(np.ones((5, 5), np.bool_), 400, 400, 0.5, 25),
    }
    # pixels 11..111 in x; the zone ends before pixel 60
    assert line_shares(line, (11, 4), zones) == {"left": round(49 / 101, 4)}
    assert line_shares(line, (11, 4), {}) == {}


def test_a_thing_has_the_colour_of_its_middle(measurer: Measurer) -> None:
    image = np.full((H, W, 3), 255, np.uint8)
    image[110:190, 110:190] = (0, 0, 255)
    things = measurer.things(
        found(("cup", 0.9, (100, 100, 200, 200)), ("paper", 0.9, (0, 0, 50, 50))),
        THRESHOLDS, image, "day",
    )  # fmt: skip
    assert things[0].lab == pytest.approx((53.2, 80.1, 67.2), abs=0.5)  # sRGB red
    assert things[1].lab is None


def test_what_lies_in_an_ignored_part_is_not_looked_at_but_people_stay(measurer: Measurer) -> None:
    rows = found(
        ("phone", 0.9, (10, 5, 60, 30)),
        ("person", 0.9, (10, 5, 60, 30)),
        ("phone", 0.9, (300, 200, 330, 214)),
    )
    left = measurer.looked_at(rows)
    assert left.class_index.tolist() == [CLASS_INDEX["person"], CLASS_INDEX["phone"]]


def test_nothing_found_is_no_fault(measurer: Measurer) -> None:
    assert measurer.things(found(), THRESHOLDS, GREY, "ir") == ()
    assert len(measurer.looked_at(found())) == 0
