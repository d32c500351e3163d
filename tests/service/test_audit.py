"""The log: whatever is altered in it, or cut off, is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from service.audit import append, verify
from service.db.engine import Database
from service.db.models import AuditRow
from tests.service.made_up import empty_database
from vision.seen import StoreError

NOW = datetime(2026, 3, 11, 1, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "db.sqlite3").write_bytes(empty_database())
    made = Database(f"sqlite:///{tmp_path / 'db.sqlite3'}")
    yield made
    made.close()


def write(database: Database, count: int, *, actor: str = "li") -> None:
    for i in range(count):
        with database.write() as session:
            append(
                session, at=NOW, user_id=1, actor=actor, action="finding.confirm",
                object_kind="finding", object_id=str(i), hall_id=1, detail={"原因": "看错", "n": i},
            )  # fmt: skip


def tamper(database: Database, *statements: str) -> None:
    """As somebody would who owns the file and knows about the triggers."""
    with database.engine.begin() as connection:
        for trigger in ("audit_log_no_update", "audit_log_no_delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        for statement in statements:
            connection.execute(text(statement))


def test_an_untouched_log_holds(database: Database) -> None:
    assert verify(database).ok
    write(database, 5)
    report = verify(database)
    assert (report.ok, report.rows) == (True, 5)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_log SET actor = 'wang' WHERE id = 3", "Row 3 was altered"),
        ("UPDATE audit_log SET detail = '{}' WHERE id = 3", "Row 3 was altered"),
        ("UPDATE audit_log SET at = '2026-03-11 01:30:00.123457' WHERE id = 1", "Row 1 was alt"),
        ("UPDATE audit_log SET hash = 'x' WHERE id = 2", "Row 2 was altered"),
        ("DELETE FROM audit_log WHERE id = 2", "Row 2 is missing"),
        ("DELETE FROM audit_log WHERE id = 5", "ends at row 4, but 5 were written"),
        ("DELETE FROM audit_log", "ends at row 0"),
        ("DELETE FROM audit_head", "head is missing"),
        ("UPDATE audit_log SET id = 6 WHERE id = 5", "Row 5 is missing"),
    ],
)
def test_whatever_is_altered_is_found(database: Database, statement: str, fault: str) -> None:
    write(database, 5)
    tamper(database, statement)
    report = verify(database)
    assert not report.ok
    assert fault in str(report.fault)


def test_a_row_resealed_alone_is_found_by_the_next(database: Database) -> None:
    from service.audit import seal

    write(database, 3)
    with database.read() as session:
        row = session.get_one(AuditRow, 2)
        values = {c.name: getattr(row, c.name) for c in AuditRow.__table__.columns}
    values["actor"] = "wang"
    sealed = seal(values)
    tamper(
        database,
        "UPDATE audit_log SET actor = 'wang' WHERE id = 2",
        f"UPDATE audit_log SET hash = '{sealed}' WHERE id = 2",  # noqa: S608 - a hash of ours
    )
    assert "Row 3 does not join" in str(verify(database).fault)


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"])
def test_the_database_itself_refuses(database: Database, statement: str) -> None:
    write(database, 1)
    with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
        session.execute(text(statement))


def test_objects_refuse_too(database: Database) -> None:
    write(database, 1)
    with pytest.raises(StoreError, match="can't be changed"), database.write() as session:
        session.scalars(select(AuditRow)).one().actor = "x"


def test_an_undone_change_leaves_no_row(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        append(
            session, at=NOW, user_id=1, actor="li", action="a", object_kind="b", object_id="c"
        ) / 0
    write(database, 1)
    assert verify(database).rows == 1


def test_many_writers_make_one_chain(database: Database) -> None:
    writers = [
        threading.Thread(target=write, args=(database, 10), kwargs={"actor": f"u{i}"})
        for i in range(4)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    report = verify(database)
    assert (report.ok, report.rows) == (True, 40)
