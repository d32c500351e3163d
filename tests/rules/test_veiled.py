"""Which frame is shown: one in which the accused can still be seen when its people are masked."""

from __future__ import annotations

from typing import Any

import pytest

from rules.combine import combine_frames
from rules.kinds.base import Answer
from rules.pack_schema import Persistence
from rules.veiled import can_be_shown
from rules.verdict import Box, Reason, Verdict
from tests.rules import made

HALL = made.hall()


@pytest.mark.parametrize(
    ("confidences", "behind", "expected"),
    [
        ((0.9, 0.6, 0.7), (False, False, False), 0),  # the surest
        ((0.9, 0.6, 0.7), (True, False, False), 2),  # the surest of those that can be checked
        ((0.9, 0.6, 0.7), (True, True, False), 2),
        ((0.9, 0.6, 0.7), (True, True, True), 0),  # nothing to choose from
        ((0.8, 0.8, 0.8), (False, False, False), 0),  # the first of equals
    ],
)
def test_the_frame_that_is_shown_is_one_whose_evidence_is_not_masked(
    confidences: tuple[float, ...], behind: tuple[bool, ...], expected: int
) -> None:
    sights, answers = [], []
    for i, (sure, who) in enumerate(zip(confidences, behind, strict=True)):
        seen = made.thing("phone", 0.2, 0.4, layout=HALL, confidence=sure)
        person = made.thing("person", 0.2, 0.4, 0.2, 0.5, layout=HALL)
        frame = made.facts(HALL, seen, *([person] if who else []), at=f"10:0{i}")
        sights.append(made.sight(HALL, frame))
        box = Box("phone", seen.box_xyxy_px, sure)
        answers.append(
            Answer(Verdict.SUSPECT, Reason("things_in_zone"), boxes=(box,), confidence=sure)
        )
    outcome = combine_frames(sights, answers, Persistence())
    assert outcome.frame == sights[expected].facts.frame
    assert outcome.answer is answers[expected]


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, False),
        ({"sure": False, "confidence": 0.1}, False),  # whoever may be a person is masked
        ({"as_clean": True}, True),  # stands in the clean picture: nobody
    ],
)
def test_who_is_masked_veils(more: dict[str, Any], shown: bool) -> None:
    seen = made.thing("cup", 0.2, 0.4, layout=HALL)
    person = made.thing("person", 0.2, 0.4, 0.2, 0.5, layout=HALL, **more)
    frame = made.facts(HALL, seen, person)
    assert can_be_shown(frame, [Box("cup", seen.box_xyxy_px, 0.9)]) is shown


def test_half_under_a_mask_is_still_seen() -> None:
    frame = made.facts(HALL, made.thing("person", 0.2, 0.4, 0.1, 0.4, layout=HALL))
    x1, y1, x2, y2 = frame.things[0].box_xyxy_px
    half = (x2 - 10, y1 + 20, x2 + 12, y1 + 40)
    assert can_be_shown(frame, [Box("phone", half, 0.9)])
    assert not can_be_shown(frame, [Box("phone", (x2 - 12, y1 + 20, x2 + 10, y1 + 40), 0.9)])
    assert can_be_shown(frame, [])
    assert x1 < x2 - 12
    assert y1 + 40 < y2
