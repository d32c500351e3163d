"""What makes an unsure detection sure (a change of its size), and a sure one not (a surer name)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from datasets.classes import CLASS_INDEX
from vision.seen import Detections
from vision.witness import confirmed, outnamed

BOX = (100.0, 100.0, 200.0, 160.0)
THRESHOLDS = {"carton": 0.5, "bag": 0.5, "phone": 0.4, "person": 0.3, "chair": 0.5, "bin": 0.2}
JUST = (50, 50, 100, 80)
"""The changed small pixels (x1, y1, x2, y2) that are the box's own."""


def rows(*found: tuple[str, float, tuple[float, float, float, float]]) -> Detections:
    return Detections(
        np.array([box for _, _, box in found], np.float32).reshape(-1, 4),
        np.array([confidence for _, confidence, _ in found], np.float32),
        np.array([CLASS_INDEX[cls] for cls, _, _ in found], np.int16),
    )


def ask(found: Detections, *changed: tuple[int, int, int, int]) -> list[bool]:
    mask = np.zeros((150, 240), np.uint8)
    for x1, y1, x2, y2 in changed:
        mask[y1:y2, x1:x2] = 1
    return [bool(said) for said in confirmed(found, mask, 0.5, THRESHOLDS)]


@pytest.mark.parametrize(
    ("what", "found", "changed", "said"),
    [
        ("a change of its size", rows(("carton", 0.35, BOX)), [JUST], [True]),
        ("no change at all", rows(("carton", 0.35, BOX)), [], [False]),
        ("too unsure beside any change", rows(("carton", 0.28, BOX)), [JUST], [False]),
        ("never under the least", rows(("bin", 0.14, BOX)), [JUST], [False]),
        ("a third of the box", rows(("carton", 0.35, BOX)), [(50, 50, 66, 80)], [False]),
        ("a shadow over all", rows(("carton", 0.35, BOX)), [(0, 0, 240, 150)], [False]),
        ("a person is never confirmed", rows(("person", 0.25, BOX)), [JUST], [False]),
        ("furniture is never", rows(("chair", 0.4, BOX)), [JUST], [False]),
        (
            "only the best guess",
            rows(("carton", 0.35, BOX), ("bag", 0.4, BOX)),
            [JUST],
            [False, True],
        ),
        (
            "a surer one elsewhere is no rival",
            rows(("carton", 0.35, BOX), ("bag", 0.9, (300.0, 200.0, 400.0, 260.0))),
            [JUST],
            [True, False],
        ),
        ("a class that accuses of nothing", rows(("umbrella", 0.9, BOX)), [JUST], [False]),
        ("nothing found", Detections.empty(), [JUST], []),
    ],
)
def test_cases(
    what: str, found: Detections, changed: list[tuple[int, int, int, int]], said: list[bool]
) -> None:
    assert ask(found, *changed) == said, what


@given(confidence=st.floats(0.0, 1.0), x=st.integers(0, 200), y=st.integers(0, 120))
def test_without_a_change_nothing_is_confirmed(confidence: float, x: int, y: int) -> None:
    box = (float(x), float(y), float(x + 80), float(y + 60))
    assert ask(rows(("carton", confidence, box))) == [False]


NEARLY = (101.0, 100.0, 202.0, 161.0)
ASIDE = (140.0, 100.0, 240.0, 160.0)


@pytest.mark.parametrize(
    ("what", "found", "said"),
    [
        ("one thing, two names", rows(("carton", 0.8, BOX), ("bag", 0.7, NEARLY)), [False, True]),
        ("the surer is not sure itself", rows(("bin", 0.45, BOX), ("phone", 0.4, BOX)),
         [False, True]),
        ("nothing sure names it", rows(("carton", 0.45, BOX), ("phone", 0.42, BOX)),
         [False, False]),
        ("two names of equal weight: the first", rows(("phone", 0.6, BOX), ("bag", 0.6, BOX)),
         [False, True]),
        ("beside each other", rows(("carton", 0.8, BOX), ("bag", 0.7, ASIDE)), [False, False]),
        ("of one class", rows(("bag", 0.8, BOX), ("bag", 0.7, NEARLY)), [False, False]),
        ("a coat over its chair", rows(("chair", 0.9, BOX), ("bag", 0.7, NEARLY)), [False, False]),
        ("what is carried", rows(("person", 0.9, BOX), ("bag", 0.7, NEARLY)), [False, False]),
        ("three names", rows(("carton", 0.8, BOX), ("bag", 0.7, BOX), ("phone", 0.6, BOX)),
         [False, True, True]),
        ("nothing found", Detections.empty(), []),
    ],
)  # fmt: skip
def test_a_thing_has_one_sure_name(what: str, found: Detections, said: list[bool]) -> None:
    assert outnamed(found, THRESHOLDS).tolist() == said, what
