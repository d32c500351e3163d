"""The closer look: candidates are cut out of the input and named again, inside the one graph."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from datasets.classes import CLASS_INDEX, SLOTS
from models.candidates import (
    GROW,
    KEPT_PX,
    MOST,
    SAME_IOU,
    Candidates,
    apart,
    balanced,
    cut,
    draws,
    within,
)
from models.closer import MARGIN, MARGIN_PX, NOTHING, Second, read_second, regions, shapes
from models.metrics import iou_matrix
from vision.seen import InputError

Boxes = NDArray[np.float32]
corner = st.floats(0, 500, width=32)
boxes_of = arrays(np.float32, st.tuples(st.integers(1, 20), st.just(4)), elements=corner)


def upright(raw: Boxes) -> Boxes:
    """Any four numbers as a box of at least a pixel."""
    low, high = np.minimum(raw[:, :2], raw[:, 2:]), np.maximum(raw[:, :2], raw[:, 2:])
    return np.concatenate([low, high + 1], 1).astype(np.float32)


@given(boxes_of)
def test_a_region_is_the_box_with_the_same_margin_on_every_side(raw: Boxes) -> None:
    boxes = upright(raw)
    margin = (boxes[:, 2:] - boxes[:, :2]).max(1) * MARGIN + MARGIN_PX
    wanted = boxes + np.stack([-margin, -margin, margin, margin], 1)
    assert np.allclose(regions(boxes), wanted, atol=1e-3)


@given(boxes_of)
def test_shapes_tell_width_over_height_and_size(raw: Boxes) -> None:
    boxes = upright(raw)
    turned = boxes[:, [1, 0, 3, 2]]
    told, other = shapes(boxes), shapes(turned)
    assert np.allclose(told[:, 0], -other[:, 0], atol=1e-5)
    assert np.allclose(told[:, 1], other[:, 1], atol=1e-5)
    assert np.allclose(shapes(boxes * 2)[:, 1] - told[:, 1], np.log(2), atol=1e-4)


def test_a_region_is_cut_to_size_and_black_outside_of_the_picture() -> None:
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[:, :50] = (255, 0, 0)  # blue on the left, in OpenCV's order
    picture[:, 50:] = (0, 0, 255)
    whole = cut(picture, np.array([0, 0, 100, 100], np.float32), 40)
    assert whole.shape == (40, 40, 3)
    assert (whole[:, :19] == (0, 0, 255)).all(), "RGB"
    assert (whole[:, 21:] == (255, 0, 0)).all()
    beyond = cut(picture, np.array([-100, 0, 100, 100], np.float32), 40)
    assert not beyond[:, :19].any()
    assert (beyond[:, 21:29] == (0, 0, 255)).all()
    assert not cut(picture, np.array([300, 300, 340, 340], np.float32)).any()


def test_what_is_enlarged_keeps_its_place() -> None:
    picture = np.zeros((60, 60, 3), np.uint8)
    cv2.rectangle(picture, (20, 20), (39, 39), (255, 255, 255), -1)
    part = cut(picture, np.array([10, 10, 50, 50], np.float32), 80)[..., 0]
    rows, columns = np.nonzero(part > 127)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (20, 59, 20, 59)


@settings(deadline=None)
@given(boxes_of, st.integers(0, 2**31))
def test_candidates_are_the_surest_of_what_overlaps(raw: Boxes, seed: int) -> None:
    boxes = upright(raw)
    confidence = np.random.default_rng(seed).random(len(boxes)).astype(np.float32)
    keep = apart(boxes, confidence)
    assert (np.diff(confidence[keep]) <= 0).all()
    overlap = iou_matrix(boxes[keep], boxes[keep])
    assert (overlap[~np.eye(len(keep), dtype=bool)] <= SAME_IOU).all()
    gone = np.setdiff1d(np.arange(len(boxes)), keep)
    for i in gone:
        assert len(keep) == MOST or any(
            iou_matrix(boxes[[i]], boxes[[k]])[0, 0] > SAME_IOU and confidence[k] >= confidence[i]
            for k in keep
        )


def some(labels: list[int]) -> Candidates:
    count = len(labels)
    crops = np.zeros((count, KEPT_PX, KEPT_PX, 3), np.uint8)
    kinds = np.array(labels, np.int64)
    nowhere = np.full((count, 4), np.nan, np.float32)
    return Candidates(crops, kinds, np.zeros((count, 2), np.float32), nowhere)


@given(boxes_of)
def test_a_box_lies_in_its_own_region_inside_the_margins(raw: Boxes) -> None:
    boxes = upright(raw)
    lies = within(boxes, regions(boxes))
    assert ((lies > -1) & (lies < 1)).all()
    assert np.allclose(lies[:, :2], -lies[:, 2:], atol=1e-3), "in its middle"
    assert np.allclose(within(regions(boxes), regions(boxes)), [[-1, -1, 1, 1]], atol=1e-4)


def test_rare_classes_are_drawn_oftener_than_they_are_and_nothing_as_often_as_wanted() -> None:
    labels = [0] * 90 + [1] * 10 + [NOTHING] * 400
    chances = balanced(some(labels), 0.3)
    kinds = np.array(labels)
    assert chances.sum() == pytest.approx(1)
    assert chances[kinds == NOTHING].sum() == pytest.approx(0.3)
    assert 0.1 < chances[kinds == 1].sum() / 0.7 < 0.5
    drawn = np.concatenate([next(d) for d in [draws(chances, 500, 3)] for _ in range(20)])
    assert 0.25 < (kinds[drawn] == NOTHING).mean() < 0.35
    assert (next(draws(chances, 50, 9)) == next(draws(chances, 50, 9))).all()
    assert round(KEPT_PX / GROW) == 64


def test_shares_are_zero_where_a_slot_means_nothing() -> None:
    row = Second("x.onnx", 0.4, {"phone": 0.6}).shares(SLOTS)
    assert row.shape == (1, len(SLOTS))
    for name, share in zip(SLOTS, row[0], strict=True):
        wanted = 0.0 if name is None else 0.6 if name == "phone" else 0.4
        assert share == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"share": 0.3}, "the field 'model' is missing"),
        ({"model": "a.onnx", "share": 2}, "'share' must be 0 to 1, not 2"),
        ({"model": "a.onnx", "share": 0.3, "edges": 1.5}, "'edges' must be 0 to 1, not 1.5"),
        ({"model": "a.onnx", "share": 0.3, "by_class": {"hat": 0.1}}, "'hat' is none of ours"),
        ({"model": "a.onnx", "share": 0.3, "by_class": {"edges": 0.1}}, "'edges' is none of ours"),
        ({"model": "a.onnx", "share": 0.3, "by_class": {"cup": -1}}, "'cup' must be 0 to 1"),
        ({"model": "a.onnx", "share": 0.3, "by_class": {"cup": "much"}}, "'cup' must be 0 to 1"),
        ({"model": "a.onnx", "share": 0.3, "eyes": 2}, "'eyes' is no field"),
        ("a.onnx", "wanted named fields"),
    ],
)
def test_a_second_stage_that_does_not_fit_is_refused(content: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_second(content, Path("plans/two.yaml"))


def test_a_second_stages_file_lies_beside_its_plan() -> None:
    second = read_second({"model": "../a.onnx", "share": 0.3}, Path("plans/two.yaml"))
    assert Path(second.model) == Path("plans/../a.onnx")
    assert CLASS_INDEX  # the names that by_class is held against
