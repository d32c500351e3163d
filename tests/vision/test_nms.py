"""Suppression and merging: against a plain greedy loop, and properties that must always hold."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from vision.nms import iou, merge, order, suppress

Boxes = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int16]]


@st.composite
def many(draw: st.DrawFn, largest: int = 40) -> Boxes:
    n = draw(st.integers(0, largest))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    corner = rng.uniform(0, 90, (n, 2))
    boxes = np.hstack((corner, corner + rng.uniform(2, 40, (n, 2)))).astype(np.float32)
    confidence = rng.choice(np.linspace(0.1, 0.9, 7), n).astype(np.float32)
    return boxes, confidence, rng.integers(0, 3, n).astype(np.int16)


def greedy_loop(b: NDArray[np.float32], s: NDArray[np.float32], c: NDArray[np.int16]) -> list[int]:
    """The text-book algorithm, one box at a time."""
    kept: list[int] = []
    for i in order(b, s, c):
        if all(c[i] != c[k] or iou(b[[i]], b[[k]])[0, 0] <= 0.6 for k in kept):
            kept.append(int(i))
    return kept


@given(many())
@settings(max_examples=150, deadline=None)
def test_suppression_is_the_greedy_one(made: Boxes) -> None:
    boxes, confidence, classes = made
    assert suppress(boxes, confidence, classes).tolist() == greedy_loop(boxes, confidence, classes)


@given(many())
@settings(max_examples=60, deadline=None)
def test_suppressing_twice_changes_nothing(made: Boxes) -> None:
    boxes, confidence, classes = made
    once = suppress(boxes, confidence, classes)
    again = suppress(boxes[once], confidence[once], classes[once])
    assert again.tolist() == list(range(len(once)))


@given(many(), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_input_does_not_matter(made: Boxes, seed: int) -> None:
    boxes, confidence, classes = made
    mix = np.random.default_rng(seed).permutation(len(boxes))
    first = suppress(boxes, confidence, classes)
    second = suppress(boxes[mix], confidence[mix], classes[mix])
    assert np.array_equal(boxes[first], boxes[mix][second])


def test_a_box_cut_by_a_crop_loses_to_the_whole_one_even_if_surer() -> None:
    boxes = np.array([[0, 0, 100, 40], [60, 0, 100, 40]], np.float32)
    confidence = np.array([0.4, 0.9], np.float32)
    classes = np.zeros(2, np.int16)
    cut = np.array([False, True])
    assert merge(boxes, confidence, classes, cut).tolist() == [0]


def test_a_small_whole_thing_inside_a_large_one_stays() -> None:
    boxes = np.array([[0, 0, 100, 100], [10, 10, 30, 30]], np.float32)
    both = merge(boxes, np.array([0.9, 0.8], np.float32), np.zeros(2, np.int16), np.zeros(2, bool))
    assert both.tolist() == [0, 1]


def test_the_same_place_may_hold_two_classes() -> None:
    boxes = np.array([[0, 0, 50, 50]] * 2, np.float32)
    score = np.array([0.9, 0.8], np.float32)
    assert len(suppress(boxes, score, np.array([0, 1], np.int16))) == 2
    assert len(suppress(boxes, score, np.array([1, 1], np.int16))) == 1
