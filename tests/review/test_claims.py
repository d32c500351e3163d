"""Two inspectors at one queue: the first to look has it, for two minutes; nobody is kept out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.review.claims import CLAIM_FOR, Claims

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)


def viewer(number: int) -> Viewer:
    return Viewer(number, f"u{number}", f"巡检员{number}", Role.INSPECTOR, frozenset({1}), "s")


def test_the_first_to_look_has_it() -> None:
    claims = Claims()
    assert claims.take(viewer(1), 7, 1, NOW).user_id == 1
    assert claims.take(viewer(1), 7, 1, NOW).user_id == 1
    assert claims.take(viewer(2), 7, 1, NOW).name == "巡检员1"


def test_looking_at_the_next_lets_go_of_the_one_before() -> None:
    claims = Claims()
    claims.take(viewer(1), 7, 1, NOW)
    claims.take(viewer(1), 8, 1, NOW)
    assert claims.of_others(viewer(2), {1}, NOW) == {8: "巡检员1"}
    assert claims.take(viewer(2), 7, 1, NOW).user_id == 2


def test_whoever_looks_at_what_another_has_holds_nothing() -> None:
    claims = Claims()
    claims.take(viewer(1), 7, 1, NOW)
    claims.take(viewer(2), 8, 1, NOW)
    claims.take(viewer(2), 7, 1, NOW)
    assert claims.of_others(viewer(1), {1}, NOW) == {}


def test_a_look_is_forgotten_after_two_minutes() -> None:
    claims = Claims()
    claims.take(viewer(1), 7, 1, NOW)
    just, gone = NOW + CLAIM_FOR - timedelta(seconds=1), NOW + CLAIM_FOR
    assert claims.of_others(viewer(2), {1}, just) == {7: "巡检员1"}
    assert claims.of_others(viewer(2), {1}, gone) == {}
    assert claims.take(viewer(2), 7, 1, gone).user_id == 2


def test_nobody_hears_of_a_hall_that_is_not_theirs() -> None:
    claims = Claims()
    claims.take(viewer(1), 7, 1, NOW)
    assert claims.of_others(viewer(2), {2}, NOW) == {}
