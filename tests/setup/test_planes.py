"""Clicked points: the error in cm against geometry worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from service.setup.faults import SetupError
from service.setup.planes import GOOD_CM, fit
from tests.setup.conftest import Small
from tests.web.conftest import Browser

# 1000×500 px looked at from straight above: 2 px are 1 cm
SIZE = (1000, 500)
CORNERS = [((0.1, 0.2), (0.0, 0.0)), ((0.9, 0.2), (400.0, 0.0)),
           ((0.9, 0.8), (400.0, 150.0)), ((0.1, 0.8), (0.0, 150.0))]  # fmt: skip
MIDDLE = ((0.5, 0.5), (200.0, 75.0))


@pytest.mark.parametrize("count", range(4))
def test_too_few_points_are_counted(count: int) -> None:
    found = fit("floor", CORNERS[:count], *SIZE)
    assert (found.missing, found.residual_cm) == (4 - count, None)


def test_four_points_always_fit_and_prove_nothing() -> None:
    found = fit("floor", CORNERS, *SIZE)
    assert found.residual_cm == 0.0
    assert not found.checked
    assert not found.good
    assert found.px_per_cm == pytest.approx(2.0, abs=0.01)


def test_a_fifth_point_that_agrees_is_good() -> None:
    found = fit("desk", [*CORNERS, MIDDLE], *SIZE)
    assert found.residual_cm == pytest.approx(0.0, abs=0.01)
    assert found.good


@pytest.mark.parametrize(
    ("wrong_cm", "kind", "good"),
    [(2.0, "floor", True), (2.0, "desk", True), (5.0, "desk", False), (60.0, "floor", False)],
)
def test_a_point_measured_wrongly_shows_in_cm(wrong_cm: float, kind: str, good: bool) -> None:
    points = [*CORNERS, (MIDDLE[0], (MIDDLE[1][0] + wrong_cm, MIDDLE[1][1]))]
    found = fit(kind, points, *SIZE)
    assert found.checked
    assert found.residual_cm is not None
    assert 0.2 * wrong_cm < found.residual_cm < wrong_cm
    assert max(found.off_cm) == found.off_cm[4]
    assert found.good is good
    rms = float(np.sqrt(np.mean(np.square(found.off_cm))))
    assert found.residual_cm == pytest.approx(rms, abs=0.02)
    likely = found.residual_cm * (5 / 1) ** 0.5  # four of five points say nothing by themselves
    assert (likely <= GOOD_CM[kind]) is good


def test_the_grid_lies_where_the_points_lie() -> None:
    found = fit("floor", CORNERS, *SIZE)
    ends = np.array(found.grid).reshape(-1, 2)
    assert len(found.grid) == 9 + 4  # every 50 cm over 400×150 cm
    assert ends.min(axis=0) == pytest.approx([0.1, 0.2], abs=1e-4)
    assert ends.max(axis=0) == pytest.approx([0.9, 0.8], abs=1e-4)


def test_a_huge_surface_gets_no_thousand_lines() -> None:
    wide = [(at, (cm[0] * 100, cm[1] * 100)) for at, cm in CORNERS]
    assert len(fit("floor", wide, *SIZE).grid) <= 70


@pytest.mark.parametrize(
    "points",
    [
        [((i / 10, i / 10), (float(i), float(i))) for i in range(5)],
        [((0.1, 0.1), (0.0, 0.0))] * 4,
    ],
)
def test_points_on_a_line_are_refused(
    points: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    with pytest.raises(SetupError, match="一条直线"):
        fit("floor", points, *SIZE)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "floor", "size": [1000, 500], "points": []}, 200),
        ({"kind": "wall", "size": [1000, 500], "points": []}, 422),
        ({"kind": "floor", "size": [10, 500], "points": []}, 422),
        ({"kind": "floor", "size": [1000, 500], "points": [{"at": [0.1], "cm": [0, 0]}]}, 422),
        ({"kind": "floor", "size": [1000, 500], "points": [{"at": [9, 9], "cm": [0, 0]}]}, 422),
        ({"kind": "floor", "size": [1000, 500], "points": "none"}, 422),
    ],
)
def test_the_call_takes_only_points(
    small: Small, admin: Browser, body: dict[str, object], status: int
) -> None:
    answer = admin.post(f"/api/v1/halls/{small.hall}/layout/plane", json=body)
    assert answer.status_code == status, answer.text


def test_the_call_gives_the_error(small: Small, login: Callable[..., Browser]) -> None:
    points = [{"at": list(at), "cm": list(cm)} for at, cm in [*CORNERS, MIDDLE]]
    answer = login().post(
        f"/api/v1/halls/{small.hall}/layout/plane",
        json={"kind": "floor", "size": list(SIZE), "points": points},
    )
    assert answer.json()["residual_cm"] == 0.0
    assert answer.json()["good"] is True
    assert len(answer.json()["off_cm"]) == 5
