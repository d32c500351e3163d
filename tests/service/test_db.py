"""The schema: made by its own history, equal to the models, and taken back with rows in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, select, text
from sqlalchemy.dialects import registry
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.schema import CreateTable

from service.db import migrate
from service.db.engine import Database
from service.db.models import Base, Decision, Finding, Hall, LayoutVersion, User
from service.db.open import opened
from service.settings import Settings
from vision.seen import HALL_TZ, BusyError, StoreError

NOW = datetime(2026, 3, 11, 1, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'db.sqlite3'}")
    migrate.upgrade(made.engine)
    yield made
    made.close()


def hall_row() -> Hall:
    return Hall(code="h1", name="一号大厅", created_at=NOW)


def finding_row(hall: Hall, layout: LayoutVersion, key: str = "k") -> Finding:
    return Finding(
        key=key,
        hall_id=hall.id,
        day=date(2026, 3, 11),
        last_day=date(2026, 3, 11),
        desk="A1",
        clause="2S-2-(4)",
        window="W",
        reason_code="phone_on_desk",
        clause_text="…",
        pack_version="1",
        layout_version_id=layout.id,
        created_at=NOW,
        updated_at=NOW,
    )


def fill(database: Database) -> int:
    with database.write() as session:
        hall = hall_row()
        session.add(hall)
        session.flush()
        layout = LayoutVersion(
            hall_id=hall.id, version=1, sha256="0" * 64, yaml="", base_path="", created_at=NOW
        )
        session.add(layout)
        session.flush()
        finding = finding_row(hall, layout)
        session.add(finding)
        session.flush()
        session.add(Decision(finding_id=finding.id, action="add", at=NOW))
        return finding.id


def test_history_from_empty_gives_exactly_the_models(database: Database) -> None:
    assert migrate.current(database.engine) == migrate.newest()
    assert migrate.differences(database.engine) == []
    migrate.require_current(database.engine)
    # what the comparison does not look at: the names and texts of checks
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {
            (str(c.name), str(c.sqltext))
            for c in table.constraints
            if isinstance(c, CheckConstraint)
        }
        assert {
            (c["name"], c["sqltext"]) for c in found.get_check_constraints(table.name)
        } == wanted, table.name


def test_every_step_goes_down_and_up_again_with_rows(database: Database) -> None:
    fill(database)
    migrate.downgrade(database.engine, "base")
    assert migrate.current(database.engine) is None
    migrate.upgrade(database.engine)
    assert migrate.differences(database.engine) == []
    with database.read() as session:
        assert session.execute(select(Finding)).first() is None


@pytest.mark.parametrize(
    "revision", [s.revision for s in ScriptDirectory.from_config(migrate.config()).walk_revisions()]
)
def test_each_change_keeps_rows_down_and_up(database: Database, revision: str) -> None:
    number = fill(database)
    migrate.downgrade(database.engine, revision)
    assert migrate.current(database.engine) == revision
    with database.engine.connect() as connection:
        kept = connection.execute(text("SELECT f.id FROM findings f JOIN decisions USING (id)"))
        assert [row[0] for row in kept] == [number]
    migrate.upgrade(database.engine)
    assert migrate.differences(database.engine) == []
    with database.read() as session:
        finding = session.get_one(Finding, number)
        assert (finding.hall.name, len(finding.decisions)) == ("一号大厅", 1)


def test_an_older_database_is_brought_up_when_opened_and_copied_before(
    database: Database, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path, database_url=str(database.engine.url))
    number = fill(database)
    migrate.downgrade(database.engine, "0001")
    with opened(settings) as up, up.read() as session:
        assert session.get_one(Finding, number).key == "k"
    assert [p.name for p in tmp_path.glob("before*")] == ["before-upgrade-0001.sqlite3"]
    before = Database(f"sqlite:///{tmp_path / 'before-upgrade-0001.sqlite3'}")
    assert migrate.current(before.engine) == "0001"
    before.close()


def test_an_upgrade_that_was_already_made_keeps_rows(database: Database) -> None:
    fill(database)
    migrate.upgrade(database.engine)
    with database.read() as session:
        assert session.scalars(select(Finding.key)).all() == ["k"]


def test_postgresql_would_take_every_table() -> None:
    statements: list[str] = []
    for table in Base.metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=registry.load("postgresql")())))
    tables = [s for s in statements if "CREATE TABLE" in s]
    assert len(tables) == len(Base.metadata.tables)
    assert all('"window"' in s for s in tables if " window" in s.lower().replace('"', ""))


def test_an_unknown_or_missing_schema_is_refused_with_a_sentence(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with pytest.raises(StoreError, match="is empty"):
        migrate.require_current(made.engine)
    migrate.upgrade(made.engine)
    with made.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        migrate.require_current(made.engine)
    made.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET note = 'x'",
        "DELETE FROM decisions",
    ],
)
def test_decisions_can_not_be_rewritten(database: Database, statement: str) -> None:
    fill(database)
    with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
        session.execute(text(statement))


def test_decisions_can_not_be_rewritten_through_objects(database: Database) -> None:
    fill(database)
    with pytest.raises(StoreError), database.write() as session:
        session.scalars(select(Decision)).one().note = "x"
    with pytest.raises(StoreError), database.write() as session:
        session.delete(session.scalars(select(Decision)).one())


def test_moments_keep_their_instant_and_need_a_zone(database: Database) -> None:
    local = datetime(2026, 3, 11, 9, 30, tzinfo=HALL_TZ)
    with database.write() as session:
        session.add(Hall(code="h", name="h", created_at=local))
    with database.read() as session:
        stored = session.scalars(select(Hall.created_at)).one()
    assert stored == local
    assert stored.tzinfo is UTC
    with pytest.raises(Exception, match="without a time zone"), database.write() as session:
        session.add(Hall(code="g", name="g", created_at=datetime(2026, 3, 11)))


def test_a_stale_finding_can_not_be_written(database: Database) -> None:
    number = fill(database)
    with database.read() as early:
        old = early.get_one(Finding, number)
        early.expunge(old)
    with database.write() as session:
        session.get_one(Finding, number).status = "confirmed"
    old.status = "dismissed"
    with pytest.raises(StaleDataError), database.write() as session:
        session.add(old)
    with database.read() as session:
        kept = session.get_one(Finding, number)
        assert (kept.status, kept.row_version) == ("confirmed", 2)


@pytest.mark.parametrize(
    ("field", "value"), [("status", "maybe"), ("source", "phone"), ("key", "k")]
)
def test_words_outside_the_list_are_refused(database: Database, field: str, value: str) -> None:
    fill(database)
    with database.read() as session:
        hall = session.scalars(select(Hall)).one()
        row = finding_row(hall, session.scalars(select(LayoutVersion)).one(), "other")
    setattr(row, field, value)
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(row)


def test_rows_point_only_to_what_is_there(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text("INSERT INTO user_halls (user_id, hall_id) VALUES (5, 5)"))


def test_a_user_without_halls_has_none(database: Database) -> None:
    with database.write() as session:
        session.add(
            User(
                login="li",
                name="李",
                password_hash="-",
                role="inspector",
                password_changed_at=NOW,
                created_at=NOW,
            )
        )
    with database.read() as session:
        user = session.scalars(select(User)).one()
        assert user.halls == []
        assert user.all_halls is False


def test_two_writers_take_turns_and_the_second_gives_up_with_a_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.db.engine.BUSY_SECONDS", 0.05)
    other = Database(str(database.engine.url))
    with database.write() as session:
        session.add(hall_row())
        with pytest.raises(BusyError, match="locked"), other.write():
            pass
        with other.read() as reader:  # and a reader does not wait
            assert reader.scalars(select(Hall)).all() == []
    other.close()
