"""What the clean picture shows as well accuses nobody; anything else still does."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.classes import CLASS_INDEX
from vision.at_rest import at_rest, changed_share, gone
from vision.seen import Detections

BOX = (100.0, 100.0, 200.0, 160.0)


def seen(cls: str = "carton", confidence: float = 0.6, box: tuple[float, ...] = BOX) -> Detections:
    return Detections(
        np.array([box], np.float32),
        np.array([confidence], np.float32),
        np.array([CLASS_INDEX[cls]], np.int16),
    )


def mask(
    changed: tuple[int, int, int, int] | None = None,
) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    out = np.zeros((150, 240), np.uint8)
    if changed is not None:
        x1, y1, x2, y2 = changed
        out[y1:y2, x1:x2] = 1
    return out


@pytest.mark.parametrize(
    ("now", "clean", "changed", "rests"),
    [
        (seen(), seen(), None, True),
        (seen(), seen(box=(104, 102, 204, 162)), None, True),
        (seen(), seen(confidence=0.3), None, True),
        (seen(), seen(confidence=0.13), None, True),  # hardly seen then, but nothing changed
        (seen(), seen(confidence=0.13), (50, 50, 60, 55), False),  # hardly seen then, a little new
        (seen(), seen(confidence=0.11), None, False),  # as good as not seen then
        (seen(), seen("bag"), None, True),  # the same pixels, taken for something else then
        (seen(), seen("bag"), (50, 50, 70, 65), False),  # some of its pixels are others
        (seen(), seen(box=(300, 100, 400, 160)), None, False),
        (seen(), seen(), (50, 50, 100, 65), False),  # half of its pixels are others
        (seen(), seen(), (50, 50, 60, 60), True),
        (seen(), Detections.empty(), None, False),
    ],
)
def test_cases(
    now: Detections, clean: Detections, changed: tuple[int, int, int, int] | None, rests: bool
) -> None:
    assert at_rest(now, clean, mask(changed), 0.5).tolist() == [rests]


def test_a_camera_that_moved_a_little_is_followed() -> None:
    align = np.array([[1.0, 0, 20], [0, 1, 10]])
    moved = seen(box=(140, 120, 240, 180))
    assert at_rest(moved, seen(), mask(), 0.5, align).tolist() == [True]
    assert at_rest(moved, seen(), mask(), 0.5).tolist() == [False]


def test_shares_are_exact_and_boxes_may_leave_the_picture() -> None:
    boxes = np.array([[0, 0, 40, 40], [-50, -50, 40, 40], [460, 280, 900, 900]], np.float32)
    shares = changed_share(boxes, mask((0, 0, 10, 20)), 0.5)
    assert shares.tolist() == [0.5, 0.5, 0.0]


def test_nothing_found_nothing_rests() -> None:
    assert at_rest(Detections.empty(), seen(), mask(), 0.5).shape == (0,)


@pytest.mark.parametrize(
    ("now", "changed", "away"),
    [
        (Detections.empty(), (50, 50, 100, 80), True),  # its place changed and it is not seen
        (Detections.empty(), None, False),  # not seen, but its place looks as ever
        (seen("carton"), (50, 50, 100, 80), False),  # seen where it stood
        (seen("carton", box=(140, 100, 240, 160)), (50, 50, 120, 80), True),  # moved aside
        (seen("bag"), (50, 50, 100, 80), True),  # another thing stands there now
    ],
)
def test_what_left_its_place(
    now: Detections, changed: tuple[int, int, int, int] | None, away: bool
) -> None:
    boxes, left = gone(now, seen("carton"), mask(changed), 0.5)
    assert left.tolist() == [away]
    assert boxes.tolist() == [list(BOX)]


def test_what_left_is_looked_for_where_the_camera_now_sees_it() -> None:
    moved = np.array([[1, 0, 10], [0, 1, 0]], np.float64)  # 10 small pixels to the right
    boxes, left = gone(Detections.empty(), seen(), mask((60, 50, 110, 80)), 0.5, moved)
    assert boxes.tolist() == [[120.0, 100.0, 220.0, 160.0]]
    assert left.tolist() == [True]
