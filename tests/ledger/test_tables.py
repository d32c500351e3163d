"""The ledger's tables: words held equal to the state machine, rows that keep their promises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from service.db import migrate
from service.db.cases import CASE_STATES
from service.db.engine import Database
from service.db.models import (
    Appeal,
    Case,
    CasePicture,
    CaseStep,
    ChiefWindow,
    DutyPerson,
    Hall,
    User as UserRow,
)
from service.ledger.states import State, Step
from vision.seen import StoreError

NOW = datetime(2026, 3, 11, 1, 30, tzinfo=UTC)
DAY = date(2026, 3, 11)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest schema, made once; tests get copies."""
    path = tmp_path_factory.mktemp("empty") / "db.sqlite3"
    made = Database(f"sqlite:///{path}")
    migrate.upgrade(made.engine)
    made.close()
    return path


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Iterator[Database]:
    copy = shutil.copyfile(empty, tmp_path / "db.sqlite3")
    made = Database(f"sqlite:///{copy}")
    yield made
    made.close()


def case_row(number: str = "H-2026-0001", **given: Any) -> Case:
    values: dict[str, Any] = {
        "number": number,
        "hall_id": 1,
        "channel": "patrol",
        "state": "confirmed",
        "day": DAY,
        "desk": "D1",
        "desk_name": "1号工位",
        "window": "W1",
        "clause": "2S-2-(4)",
        "clause_text": "…",
        "pack_version": "1",
        "confirmed_at": NOW,
        "confirmed_by_id": 1,
        "updated_at": NOW,
    }
    return Case(**(values | given))


def fill(database: Database) -> int:
    """One case with a step, a picture, an appeal and a person; gives its id."""
    with database.write() as session:
        session.add(Hall(code="h", name="一号大厅", created_at=NOW))
        session.add(
            UserRow(
                login="li",
                name="李",
                password_hash="-",
                role="inspector",
                password_changed_at=NOW,
                created_at=NOW,
            )
        )
        session.flush()
        person = DutyPerson(hall_id=1, window="W1", name="王", first_day=DAY, created_at=NOW)
        session.add_all([person, ChiefWindow(user_id=1, hall_id=1, window="W1")])
        session.flush()
        case = case_row(person_id=person.id)
        session.add(case)
        session.flush()
        picture = CasePicture(
            case_id=case.id, kind="before", path="1/cases/1.jpg", sha256="0" * 64, bytes=1,
            width=1, height=1, added_at=NOW, added_by_id=1,
        )  # fmt: skip
        session.add(picture)
        session.flush()
        session.add(
            CaseStep(
                case_id=case.id,
                at=NOW,
                user_id=1,
                step="confirm",
                from_state="pending",
                to_state="confirmed",
                picture_id=picture.id,
            )
        )
        session.add(
            Appeal(case_id=case.id, kind="mistaken", text="…", opened_at=NOW, opened_by_id=1)
        )
        return case.id


def test_the_tables_words_are_the_state_machines() -> None:
    assert set(CASE_STATES) == {state.value for state in State}
    assert max(len(step.value) for step in Step) <= 16


def test_the_change_goes_down_and_up_with_rows(database: Database) -> None:
    fill(database)
    migrate.downgrade(database.engine, "0003")
    assert "cases" not in inspect(database.engine).get_table_names()
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM halls")).scalar() == "一号大厅"
    migrate.upgrade(database.engine)
    assert migrate.differences(database.engine) == []


def test_a_case_reads_back_whole(database: Database) -> None:
    number = fill(database)
    with database.read() as session:
        case = session.get_one(Case, number)
        assert case.person is not None
        assert (case.person.name, case.confirmed_by.name, case.row_version) == ("王", "李", 1)
        assert [step.step for step in case.steps] == ["confirm"]
        assert case.steps[0].picture is case.pictures[0]
        assert case.appeals[0].state == "open"


@pytest.mark.parametrize("statement", ["UPDATE case_steps SET text='x'", "DELETE FROM case_steps"])
def test_steps_can_not_be_rewritten(database: Database, statement: str) -> None:
    fill(database)
    with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
        session.execute(text(statement))


def test_steps_can_not_be_rewritten_through_objects(database: Database) -> None:
    fill(database)
    with pytest.raises(StoreError), database.write() as session:
        session.scalars(select(CaseStep)).one().text = "x"


@pytest.mark.parametrize(
    ("field", "value"),
    [("state", "lost"), ("channel", "rumour"), ("number", "H-2026-0001"), ("person_id", 99)],
)
def test_what_does_not_fit_is_refused(database: Database, field: str, value: object) -> None:
    fill(database)
    given: dict[str, Any] = {"number": "H-2026-0002"} | {field: value}
    row = case_row(**given)
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(row)


def test_a_stale_case_can_not_be_written(database: Database) -> None:
    number = fill(database)
    with database.read() as early:
        old = early.get_one(Case, number)
        early.expunge(old)
    with database.write() as session:
        session.get_one(Case, number).state = "assigned"
    old.state = "appealed"
    with pytest.raises(StaleDataError), database.write() as session:
        session.add(old)
