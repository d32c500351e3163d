"""The eye with a detector that says what the test wants: what the clean picture decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import cv2
import numpy as np
import pytest

from datasets.classes import CLASS_INDEX, CLASSES
from tests.vision.test_gate import hall
from vision.detector import Detector
from vision.eye import Eye
from vision.seen import HALL_TZ, CameraView, Detections, Frame, Image, Thing, Zone

CHAIR = (400.0, 200.0, 520.0, 400.0)
VIEW = CameraView(
    "cam", (Zone("floor", "floor", ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))),)
)


class Says:
    """A detector's place, filled by a script: the same answer to every picture."""

    model = SimpleNamespace(
        name="says", version="1", input_px=640,
        thresholds={"person": 0.4, "chair": 0.4, "carton": 0.5},
        doubts={"person": 0.15}, classes=frozenset(CLASSES),
    )  # fmt: skip

    def __init__(self, *rows: tuple[str, float]) -> None:
        self.rows = rows

    def detect(self, image: Image, crops: Sequence[object] = (), **_: object) -> Detections:
        return Detections(
            np.array([CHAIR for _ in self.rows], np.float32).reshape(-1, 4),
            np.array([confidence for _, confidence in self.rows], np.float32),
            np.array([CLASS_INDEX[cls] for cls, _ in self.rows], np.int16),
        )


def seated(image: Image) -> Image:
    out = image.copy()
    cv2.ellipse(out, (460, 280), (50, 95), 0, 0, 360, (60, 50, 70), -1)
    return out


def look(image: Image, *rows: tuple[str, float]) -> tuple[Thing, ...]:
    detector = cast("Detector", cast("Any", Says(*rows)))
    eye = Eye(detector, VIEW, references={"day": hall()})
    taken = datetime(2026, 3, 11, 10, tzinfo=HALL_TZ)
    facts = eye.look(Frame("cam", taken, "cam_x.jpg", "a", image))
    assert facts.gate.ok
    return facts.things


@pytest.mark.parametrize(
    ("sits", "confidence", "as_clean", "faint"),
    [
        # the detector takes the chair for a person in the clean picture too: pixels decide
        (True, 0.8, False, False),
        (True, 0.2, False, False),
        (True, 0.1, False, True),  # noise by the model's own account, still masked
        (False, 0.8, True, True),  # the same pixels as in the clean picture: nobody
        (False, 0.2, True, True),
    ],
)
def test_a_person_on_a_chair_is_never_at_rest(
    sits: bool, confidence: float, as_clean: bool, faint: bool
) -> None:
    image = seated(hall()) if sits else hall()
    (person,) = look(image, ("person", confidence))
    assert (person.as_clean, person.faint) == (as_clean, faint)


def test_nobody_takes_part_in_a_difference() -> None:
    """What people cover is left out of the differences, though it changed."""
    taken = datetime(2026, 3, 11, 10, tzinfo=HALL_TZ)
    shares = []
    for rows in ((), (("person", 0.8),)):
        detector = cast("Detector", cast("Any", Says(*rows)))
        eye = Eye(detector, VIEW, references={"day": hall()})
        facts = eye.look(Frame("cam", taken, "cam_x.jpg", "a", seated(hall())))
        shares.append(sum(d.share for d in facts.differences))
    assert shares[1] < 0.1 * shares[0]


@pytest.mark.parametrize(
    ("confidence", "changed", "sure"),
    [(0.35, True, True), (0.35, False, False), (0.2, True, False), (0.6, False, True)],
)
def test_the_clean_picture_seconds_an_unsure_thing(
    confidence: float, changed: bool, sure: bool
) -> None:
    image = seated(hall()) if changed else hall()
    (thing,) = look(image, ("carton", confidence))
    assert (thing.sure, thing.seconded) == (sure, sure and confidence < 0.5)


def test_a_guess_accuses_of_lying_there_but_is_nobodys_missing_thing() -> None:
    """A stop sign on a counter, taken for the name plate, is no name plate out of its place."""
    detector = cast("Detector", cast("Any", Says(("carton", 0.35))))
    eye = Eye(detector, VIEW, references={"day": hall()})
    taken = datetime(2026, 3, 11, 10, tzinfo=HALL_TZ)
    facts = eye.look(Frame("cam", taken, "cam_x.jpg", "a", seated(hall())))
    assert [t.seconded for t in facts.new("carton")] == [True]
    assert list(facts.of("carton")) == []
    assert len(facts.of("carton", sure=False)) == 1
