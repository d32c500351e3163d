"""Average precision and its kin, against tables worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from models.metrics import (
    Matches,
    Truth,
    average_precision,
    bootstrap,
    iou_matrix,
    match_one,
    match_set,
    precision_recall,
)
from vision.seen import BoxPx, Detections


def boxes(
    *rows: tuple[float, float, float, float],
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(rows, np.float32).reshape(-1, 4)


def seen(*rows: tuple[float, float, float, float, float], cls: int = 0) -> Detections:
    """Detections from (x1, y1, x2, y2, confidence)."""
    table = np.array(rows, np.float32).reshape(-1, 5)
    return Detections(table[:, :4], table[:, 4], np.full(len(table), cls, np.int16))


def truth(*rows: tuple[float, float, float, float], cls: int = 0) -> Truth:
    return Truth(boxes(*rows), np.full(len(rows), cls, np.int16))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 0, 10, 10), (0, 0, 10, 10), 1.0),
        ((0, 0, 10, 10), (5, 0, 15, 10), 1 / 3),
        ((0, 0, 10, 10), (10, 0, 20, 10), 0.0),
        ((0, 0, 10, 10), (2, 2, 8, 8), 0.36),
    ],
)
def test_overlap(a: BoxPx, b: BoxPx, expected: float) -> None:
    assert iou_matrix(boxes(a), boxes(b))[0, 0] == pytest.approx(expected)


def test_a_box_is_hit_only_once_and_by_the_surer() -> None:
    hits, which = match_one(boxes((0, 0, 10, 10), (0, 0, 10, 10)), boxes((0, 0, 10, 10)))
    assert hits[:, 0].tolist() == [True, False]
    assert which.tolist() == [0, -1]


def test_each_detection_takes_the_free_box_that_it_overlaps_most() -> None:
    real = boxes((0, 0, 10, 10), (1, 0, 11, 10))
    hits, which = match_one(boxes((1, 0, 11, 10), (0, 0, 10, 10)), real)
    assert which.tolist() == [1, 0]
    assert hits[:, -1].all()


# hand-worked: sorted by confidence T F T, two boxes.  Precision at the two hits: 1 and 2/3; the
# envelope is 1 up to recall 0.5 (51 of 101 points: 0.00 to 0.50) and 2/3 beyond (50 points).
THREE = (
    [seen((0, 0, 10, 10, 0.9), (50, 50, 60, 60, 0.8), (20, 0, 30, 10, 0.7))],
    [truth((0, 0, 10, 10), (20, 0, 30, 10))],
    (51 + 50 * 2 / 3) / 101,
)
TABLE = [
    THREE,
    ([seen((0, 0, 10, 10, 0.9))], [truth((0, 0, 10, 10))], 1.0),
    ([seen()], [truth((0, 0, 10, 10))], 0.0),
    # found one of two: the recall points 0.00 to 0.50
    ([seen((0, 0, 10, 10, 0.9))], [truth((0, 0, 10, 10), (20, 0, 30, 10))], 51 / 101),
    # a false one surer than the hit: precision 1/2 all along
    ([seen((50, 50, 60, 60, 0.9), (0, 0, 10, 10, 0.8))], [truth((0, 0, 10, 10))], 0.5),
    # a false one in another picture counts as well
    ([seen((0, 0, 9, 9, 0.9)), seen((0, 0, 10, 10, 0.8))], [truth(), truth((0, 0, 10, 10))], 0.5),
]


@pytest.mark.parametrize(("detections", "truths", "expected"), TABLE)
def test_average_precision_by_hand(
    detections: list[Detections], truths: list[Truth], expected: float
) -> None:
    matches = match_set(detections, truths, [0])[0]
    assert average_precision(matches)[0] == pytest.approx(expected)


def test_a_looser_box_counts_only_at_looser_overlaps() -> None:
    # overlap 0.8: hits at 0.50 ... 0.80, seven of the ten
    matches = match_set([seen((0, 0, 10, 8, 0.9))], [truth((0, 0, 10, 10))], [0])[0]
    assert average_precision(matches).mean() == pytest.approx(0.7)


def test_without_a_labelled_box_there_is_no_average_precision() -> None:
    matches = match_set([seen((0, 0, 10, 10, 0.9))], [truth()], [0])[0]
    assert np.isnan(average_precision(matches)).all()


def test_precision_and_recall_at_a_threshold() -> None:
    matches = match_set(THREE[0], THREE[1], [0])[0]
    assert precision_recall(matches, 0.75) == (0.5, 0.5)
    assert precision_recall(matches, 0.69) == pytest.approx((2 / 3, 1.0))
    nothing = precision_recall(matches, 0.95)
    assert np.isnan(nothing[0])
    assert nothing[1] == 0


def test_a_pixel_band_leaves_out_other_sizes_on_both_sides() -> None:
    detections = [seen((0, 0, 8, 8, 0.9), (20, 0, 60, 40, 0.8), (100, 0, 108, 8, 0.7))]
    matches = match_set(detections, [truth((0, 0, 8, 8), (20, 0, 60, 40))], [0])[0]
    assert average_precision(matches, band=(32, 64))[0] == 1.0
    assert average_precision(matches, band=(0, 10))[0] == 1.0
    assert precision_recall(matches, 0.5, band=(0, 10)) == (0.5, 1.0)
    assert np.isnan(average_precision(matches, band=(10, 16))[0])


def test_what_is_hidden_neither_counts_nor_costs() -> None:
    found, beside, nowhere = (0, 0, 40, 40), (100, 0, 140, 40), (300, 0, 340, 40)
    detections = [seen((*beside, 0.9), (*found, 0.8), (*nowhere, 0.7))]
    truths, hidden = [truth(found)], [truth(beside)]
    matches = match_set(detections, truths, [0], hidden=hidden)[0]
    assert matches.confidence == pytest.approx([0.8, 0.7])
    assert matches.hit[:, 0].tolist() == [True, False]
    assert len(matches.truth_picture) == 1
    assert average_precision(matches)[0] == 1.0
    # of another class it hides nothing
    others = match_set(detections, truths, [0], hidden=[truth(beside, cls=1)])[0]
    assert average_precision(others)[0] == pytest.approx(0.5)


def test_other_overlaps_can_be_wanted() -> None:
    # the box covers a third of the labelled one, and nothing else
    detections = [seen((0, 0, 10, 10, 0.9))]
    matches = match_set(detections, [truth((0, 0, 30, 10))], [0], ious=np.array([0.3, 0.5]))[0]
    assert average_precision(matches).tolist() == [1.0, 0.0]
    assert matches.side_px.tolist() == [10.0]


def test_classes_do_not_mix() -> None:
    detections = [seen((0, 0, 10, 10, 0.9), cls=1)]
    matches = match_set(detections, [truth((0, 0, 10, 10), cls=0)], [0, 1])
    assert average_precision(matches[0])[0] == 0
    assert len(matches[1].truth_picture) == 0


def test_weights_count_a_picture_as_often_as_it_was_drawn() -> None:
    detections = [seen((0, 0, 10, 10, 0.9)), seen((50, 0, 60, 10, 0.8))]
    truths = [truth((0, 0, 10, 10)), truth((0, 0, 10, 10))]
    matches = match_set(detections, truths, [0])[0]
    assert average_precision(matches, weights=np.array([2.0, 0.0]))[0] == 1.0
    assert average_precision(matches, weights=np.array([0.0, 1.0]))[0] == 0.0


def test_the_bootstrap_is_seeded_and_spans_the_figure() -> None:
    detections = [seen((0, 0, 10, 10, 0.9)) if i % 3 else seen() for i in range(30)]
    matches = match_set(detections, [truth((0, 0, 10, 10))] * 30, [0])
    first, second = bootstrap(matches, 30, draws=50), bootstrap(matches, 30, draws=50)
    assert (first == second).all()
    whole = average_precision(matches[0])[0]
    assert first.min() <= whole <= first.max()
    assert first.std() > 0


@given(st.integers(0, 2**32 - 1), st.integers(0, 8), st.integers(0, 8))
def test_average_precision_stays_in_its_bounds(seed: int, found: int, real: int) -> None:
    rng = np.random.default_rng(seed)
    corner = rng.uniform(0, 50, (found + real, 2))
    everything = np.concatenate([corner, corner + rng.uniform(2, 30, (found + real, 2))], 1)
    detections = Detections(
        everything[:found].astype(np.float32),
        np.sort(rng.uniform(0, 1, found))[::-1].astype(np.float32),
        np.zeros(found, np.int16),
    )
    truths = [Truth(everything[found:].astype(np.float32), np.zeros(real, np.int16))]
    matches: Matches = match_set([detections], truths, [0])[0]
    figures = average_precision(matches)
    if real:
        assert ((figures >= 0) & (figures <= 1)).all()
        assert (np.diff(figures) <= 1e-12).all()  # a stricter overlap is never easier
        assert matches.hit[:, 0].sum() <= min(found, real)
    else:
        assert np.isnan(figures).all()
