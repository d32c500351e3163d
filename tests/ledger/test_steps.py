"""Every state × step × role against the table, on real rows; and random walks that keep faith."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import func, select

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.engine import Database
from service.db.models import Appeal, AuditRow, Case, CaseStep, Hall, User
from service.evidence import Picture
from service.ledger.deadlines import is_overdue
from service.ledger.follow import record
from service.ledger.states import STEPS, State, Step, take
from service.ledger.work import Asked, Shown, take_step
from service.settings import Settings
from service.store import MediaStore
from tests.web.seed import NOW, new_world
from vision.seen import DeskcheckError

ALL_FIELDS = frozenset({"responsible", "deadline", "measure", "after_photo", "reason"})
SHOWN = Shown(Picture(b"\xff\xd8\xff\xd9", 1, 1))
LATER = NOW.date() + timedelta(days=9)


@dataclass
class Ledger:
    """A database with one hall, a user a role, and a second inspector who confirmed everything."""

    database: Database
    store: MediaStore
    viewers: dict[Role, Viewer]
    confirmer: Viewer

    def new(self, state: State, *, asked: bool = True) -> int:
        """A hand-entered case in that state, confirmed by the other inspector; gives its id."""
        with self.database.write() as session:
            count = session.scalar(select(func.count()).select_from(Case)) or 0
            case = Case(
                number=f"h-2026-{count:04d}", hall_id=1, channel="patrol", state=State.PENDING,
                day=NOW.date(), desk="D1", desk_name="D1", window="W1", clause="c",
                clause_text="…", pack_version="1", confirmed_at=NOW,
                confirmed_by_id=self.confirmer.user_id, updated_at=NOW,
            )  # fmt: skip
            session.add(case)
            session.flush()
            record(session, case, self.confirmer, Step.CONFIRM, NOW)
            case.state = state
            case.due_day, case.asked_day = NOW.date(), LATER if asked else None
            if state is State.APPEALED:
                session.add(
                    Appeal(
                        case_id=case.id, kind="other", text="…", opened_at=NOW,
                        opened_by_id=self.viewers[Role.CHIEF].user_id,
                    )
                )  # fmt: skip
            return case.id

    def case(self, id: int) -> Case:
        with self.database.read() as session:
            return session.get_one(Case, id)

    def do(self, viewer: Viewer, id: int, step: Step, now: datetime = NOW, **less: Any) -> State:
        """The step with every field filled, but for what ``less`` changes."""
        due = max(LATER, (self.case(id).due_day or LATER) + timedelta(days=1))
        given: dict[str, Any] = {
            "text": "说明", "responsible": "W1", "due_day": due, "appeal": "other", "shown": SHOWN,
        } | less  # fmt: skip
        asked = Asked(step, self.case(id).row_version, **given)
        return take_step(self.database, self.store, viewer, id, asked, now).state


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    world = new_world(tmp_path_factory.mktemp("steps") / "data")
    viewers: dict[Role, Viewer] = {}
    with world.database.write() as session:
        session.add(Hall(code="h", name="大厅", created_at=NOW))
        for number, role in enumerate([*Role, Role.INSPECTOR], 1):
            session.add(
                User(
                    login=f"u{number}", name=f"u{number}", password_hash="-", role=role.value,
                    password_changed_at=NOW, created_at=NOW,
                )
            )  # fmt: skip
            viewer = Viewer(number, f"u{number}", f"u{number}", role, frozenset({1}), "k")
            confirmer = viewer
            viewers.setdefault(role, viewer)
    yield Ledger(world.database, MediaStore(world.settings.media), viewers, confirmer)
    world.database.close()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(State))
def test_what_the_table_says_is_what_happens(ledger: Ledger, state: State, role: Role) -> None:
    id = ledger.new(state)
    for step in Step:
        before = ledger.case(id)
        try:
            expected: State | type[DeskcheckError] = take(state, step, role.value, ALL_FIELDS)
        except DeskcheckError as error:
            expected = type(error)
        if isinstance(expected, State):
            assert ledger.do(ledger.viewers[role], id, step) is expected, step
            id = ledger.new(state)  # the next step starts from the same state again
            continue
        with pytest.raises(DeskcheckError) as caught:
            ledger.do(ledger.viewers[role], id, step)
        if step is not Step.TAKE_BACK:
            assert type(caught.value) is expected, step
        after = ledger.case(id)
        assert (after.state, after.row_version) == (before.state, before.row_version), step
        assert str(caught.value).endswith("。")


NEEDED = [
    (state, step, need) for (state, step), rule in STEPS.items() for need in rule.needs
]  # each field of each arrow, left out once
EMPTY: dict[str, dict[str, Any]] = {
    "responsible": {"responsible": ""},
    "deadline": {"due_day": None},
    "measure": {"text": " \n"},
    "reason": {"text": ""},
    "after_photo": {"shown": None},
}


@pytest.mark.parametrize(("state", "step", "need"), NEEDED)
def test_without_what_it_needs_nothing_happens(
    ledger: Ledger, state: State, step: Step, need: str
) -> None:
    role = next(r for r in Role if r.value in STEPS[state, step].roles)
    id = ledger.new(state)
    with pytest.raises(DeskcheckError, match="缺少"):
        ledger.do(ledger.viewers[role], id, step, **EMPTY[need])
    assert ledger.case(id).state == state


def test_whoever_confirmed_decides_no_appeal(ledger: Ledger) -> None:
    for step in (Step.UPHOLD, Step.DENY):
        id = ledger.new(State.APPEALED)
        with pytest.raises(DeskcheckError, match="另一名"):
            ledger.do(ledger.confirmer, id, step)
        assert ledger.case(id).state == State.APPEALED


ACTS = st.tuples(
    st.sampled_from([s for s in Step if s not in (Step.TAKE_BACK, Step.REJECT)]),
    st.sampled_from([Role.INSPECTOR, Role.CHIEF, Role.ADMIN, Role.LEADER]),
    st.integers(min_value=0, max_value=4),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ACTS, min_size=1, max_size=10))
def test_any_walk_keeps_its_books(ledger: Ledger, walk: list[tuple[Step, Role, int]]) -> None:
    id = ledger.new(State.CONFIRMED, asked=False)
    state, now, taken = State.CONFIRMED, NOW, 1
    for step, role, days in walk:
        now += timedelta(days=days)
        try:
            reached = ledger.do(
                ledger.viewers[role], id, step, now, due_day=hall_day(now) + timedelta(days=30)
            )
        except DeskcheckError:
            assert ledger.case(id).state == state
            continue
        assert reached is take(state, step, role.value, ALL_FIELDS)
        state, taken = reached, taken + 1
    case = ledger.case(id)
    with ledger.database.read() as session:
        steps = session.scalars(
            select(CaseStep).where(CaseStep.case_id == id).order_by(CaseStep.id)
        ).all()
        logged = session.scalar(
            select(func.count())
            .select_from(AuditRow)
            .where(AuditRow.object_kind == "case", AuditRow.object_id == str(id))
        )
    assert len(steps) == logged == taken
    for before, after in pairwise(steps):
        assert before.to_state == after.from_state
    assert case.state == state == steps[-1].to_state
    assert (case.closed_at is not None) == (state is State.CLOSED)
    assert not is_overdue(state, case.due_day, date.min)
    if state.ended:
        assert not is_overdue(state, case.due_day, date.max)


def test_settings_name_the_terms(tmp_path: Path) -> None:
    made = Settings(data=tmp_path)
    assert (made.case_days, made.recurrence_days) == (3, 30)
