"""The ledger's state machine: every arrow, every refusal, and its drawing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from service.ledger.states import STEPS, State, Step, mermaid, steps_from, take
from vision.seen import DeniedError, DeskcheckError, InputError

ALL_FIELDS = frozenset({"responsible", "deadline", "measure", "after_photo", "reason"})
ROLES = ("admin", "inspector", "chief", "leader", "auditor")

CASES = [
    # state, step, role, given, expected state or error
    (State.PENDING, Step.CONFIRM, "inspector", (), State.CONFIRMED),
    (State.PENDING, Step.CONFIRM, "admin", (), State.CONFIRMED),
    (State.PENDING, Step.CONFIRM, "leader", (), DeniedError),
    (State.CONFIRMED, Step.ASSIGN, "admin", ("responsible", "deadline"), DeniedError),
    (State.PENDING, Step.REJECT, "inspector", (), InputError),
    (State.PENDING, Step.REJECT, "inspector", ("reason",), State.REJECTED),
    (State.PENDING, Step.CLOSE, "inspector", ("after_photo",), InputError),
    (State.CONFIRMED, Step.ASSIGN, "inspector", ("responsible",), InputError),
    (State.CONFIRMED, Step.ASSIGN, "inspector", ("responsible", "deadline"), State.ASSIGNED),
    (State.RECTIFYING, Step.ASSIGN, "inspector", ("responsible", "deadline"), State.ASSIGNED),
    (State.ASSIGNED, Step.ASK_EXTENSION, "chief", ("deadline", "reason"), State.ASSIGNED),
    (State.ASSIGNED, Step.ASK_EXTENSION, "chief", ("deadline",), InputError),
    (State.RECTIFYING, Step.EXTEND, "inspector", ("deadline", "reason"), State.RECTIFYING),
    (State.RECTIFYING, Step.EXTEND, "chief", ("deadline", "reason"), DeniedError),
    (State.TO_CHECK, Step.EXTEND, "inspector", ("deadline", "reason"), InputError),
    (State.RECTIFYING, Step.KEEP_DUE, "inspector", ("reason",), State.RECTIFYING),
    (State.ASSIGNED, Step.ACCEPT, "chief", (), State.RECTIFYING),
    (State.RECTIFYING, Step.REPORT_DONE, "chief", ("measure",), State.TO_CHECK),
    (State.TO_CHECK, Step.CLOSE, "inspector", (), InputError),
    (State.TO_CHECK, Step.CLOSE, "inspector", ("after_photo",), State.CLOSED),
    (State.TO_CHECK, Step.CLOSE, "chief", ("after_photo",), DeniedError),
    (State.CLOSED, Step.APPEAL, "chief", ("reason",), InputError),
    (State.CLOSED, Step.REOPEN, "inspector", ("reason",), State.CONFIRMED),
    (State.APPEALED, Step.UPHOLD, "inspector", ("reason",), State.APPEAL_UPHELD),
    (State.APPEALED, Step.UPHOLD, "chief", ("reason",), DeniedError),
]


@pytest.mark.parametrize(("state", "step", "role", "fields", "expected"), CASES)
def test_table(
    state: State,
    step: Step,
    role: str,
    fields: tuple[str, ...],
    expected: State | type[DeskcheckError],
) -> None:
    if isinstance(expected, State):
        assert take(state, step, role, frozenset(fields)) is expected
        return
    with pytest.raises(expected) as caught:
        take(state, step, role, frozenset(fields))
    assert str(caught.value).endswith("。")


def test_nobody_decides_an_appeal_against_their_own_verdict() -> None:
    with pytest.raises(DeniedError, match="另一名"):
        take(State.APPEALED, Step.DENY, "inspector", ALL_FIELDS, same_person=True)
    assert take(State.APPEALED, Step.DENY, "inspector", ALL_FIELDS) is State.CONFIRMED


def test_every_state_can_reach_an_end() -> None:
    ends = {s for s in State if s.ended}
    reach = set(ends)
    while True:
        more = {at for (at, _), rule in STEPS.items() if rule.to in reach} - reach
        if not more:
            break
        reach |= more
    assert reach == set(State)


def test_only_a_person_closes_and_only_with_an_after_picture() -> None:
    into_closed = [rule for rule in STEPS.values() if rule.to is State.CLOSED]
    assert into_closed
    assert all("after_photo" in rule.needs for rule in into_closed)


@given(st.lists(st.tuples(st.sampled_from(Step), st.sampled_from(ROLES)), max_size=12))
def test_no_walk_scores_what_nobody_confirmed(walk: list[tuple[Step, str]]) -> None:
    state, confirmed = State.PENDING, False
    for step, role in walk:
        try:
            state = take(state, step, role, ALL_FIELDS)
        except DeskcheckError:
            continue
        confirmed = confirmed or step is Step.CONFIRM
        assert not state.scores or confirmed


def test_steps_offered_are_steps_that_work() -> None:
    for state in State:
        for role in ROLES:
            for step in steps_from(state, role):
                assert take(state, step, role, ALL_FIELDS) in State


def test_the_drawing_in_the_docs_is_the_table(root: Path) -> None:
    assert mermaid() in (root / "docs" / "ledger.md").read_text(encoding="utf-8")
