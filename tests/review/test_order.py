"""Where a look is worth most comes first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from service.review.order import Record, group_by_desk, likelihood, value_of_look


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"confidence": 0.9}, {"confidence": 0.5}),
        ({"confidence": 0.5, "points": 2.0}, {"confidence": 0.5}),
        ({"confidence": 0.5, "age_days": 3}, {"confidence": 0.5}),
        ({"confidence": 0.6}, {"confidence": 0.9, "points": 0.2}),
        ({"confidence": 0.6}, {"confidence": 0.9, "record": Record(0, 40)}),
    ],
)
def test_what_comes_before_what(better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert value_of_look(**better) > value_of_look(**worse)


@given(st.floats(0, 1), st.integers(0, 500), st.integers(0, 500))
def test_likelihood_stays_a_probability_and_moves_with_the_record(
    confidence: float, confirmed: int, dismissed: int
) -> None:
    p = likelihood(confidence, Record(confirmed, dismissed))
    assert 0.0 <= p <= 1.0
    assert likelihood(confidence, Record(confirmed + 1, dismissed)) >= p - 1e-12
    assert likelihood(confidence, Record(confirmed, dismissed + 1)) <= p + 1e-12


def test_age_counts_but_not_without_end() -> None:
    assert value_of_look(0.5, age_days=400) == value_of_look(0.5, age_days=40)
    assert value_of_look(0.5, age_days=-2) == value_of_look(0.5)


def test_findings_of_a_desk_stay_together_and_the_order_is_fixed() -> None:
    items = [(1, "D2", 0.3), (2, "D1", 0.9), (3, "D2", 0.9), (4, "D1", 0.1), (5, "D3", 0.9)]
    groups = group_by_desk(items, desk=lambda i: i[1], value=lambda i: i[2], tie=lambda i: i[0])
    assert [(desk, [i[0] for i in found]) for desk, found in groups] == [
        ("D1", [2, 4]),
        ("D2", [3, 1]),
        ("D3", [5]),
    ]
