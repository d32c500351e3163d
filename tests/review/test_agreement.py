"""κ and recall in use: known values, undefined said so, bounds round the estimate."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from service.review.agreement import Agreement, Recall, agreement
from service.review.second import sample


@pytest.mark.parametrize(
    ("found", "kappa"),
    [
        (Agreement(), None),
        (Agreement(both=10), None),  # one word always: nothing beyond chance could show
        (Agreement(neither=4), None),
        (Agreement(both=5, neither=5), 1.0),
        (Agreement(first=5, second=5), -1.0),
        (Agreement(both=20, neither=15, first=5, second=10), 0.4),  # the textbook's example
        (Agreement(both=45, neither=15, first=25, second=15), 0.1304),
        (Agreement(both=1, first=1), 0.0),
    ],
)
def test_kappa(found: Agreement, kappa: float | None) -> None:
    assert found.kappa == (None if kappa is None else pytest.approx(kappa, abs=1e-4))


def test_pairs_are_counted_by_kind() -> None:
    c, d = "confirm", "dismiss"
    assert agreement([(c, c), (c, c), (d, d), (c, d), (d, c)]) == Agreement(2, 1, 1, 1)


@given(st.builds(Agreement, *[st.integers(0, 50)] * 4))
def test_kappa_lies_between_its_ends(found: Agreement) -> None:
    if found.kappa is not None:
        assert -1 - 1e-9 <= found.kappa <= 1 + 1e-9
        swapped = Agreement(found.both, found.neither, found.second, found.first)
        assert found.kappa == pytest.approx(swapped.kappa)


@pytest.mark.parametrize(
    ("recall", "share"),
    [
        (Recall(10, 1000, 0, 0), None),  # nothing looked at: not known, not 100 %
        (Recall(0, 0, 5, 0), None),
        (Recall(10, 1000, 100, 0), 1.0),
        (Recall(10, 1000, 100, 1), 0.5),
        (Recall(30, 100, 10, 1), 0.75),
    ],
)
def test_recall_in_use(recall: Recall, share: float | None) -> None:
    assert recall.share == (None if share is None else pytest.approx(share))
    if share is not None:
        assert recall.low is not None
        assert recall.high is not None
        assert recall.low <= share + 1e-9
        assert share <= recall.high + 1e-9


def test_no_miss_in_a_small_sample_is_no_proof() -> None:
    found = Recall(10, 1000, 20, 0)
    assert found.share == 1.0
    assert found.low is not None
    assert found.low < 0.1


CELLS = [(f"D{i}", "2S-2-(4)", "W", "CAM1") for i in range(2000)]


def test_the_draw_is_the_same_for_all_and_nobodys_choice() -> None:
    drawn = sample(CELLS, "1 2026-03-11", "s", 0.05, 1000)
    assert drawn == sample(list(reversed(CELLS)), "1 2026-03-11", "s", 0.05, 1000)
    assert 60 < len(drawn) < 140
    assert sample(CELLS, "1 2026-03-12", "s", 0.05, 1000) != drawn
    assert sample(CELLS, "1 2026-03-11", "t", 0.05, 1000) != drawn
    assert sample(CELLS, "1 2026-03-11", "s", 0.05, 10) == drawn[:10]
    assert sample(CELLS, "1 2026-03-11", "s", 0, 10) == []
    assert len(sample(CELLS, "1 2026-03-11", "s", 1, 5000)) == len(CELLS)
