"""Every schema change, on a database with rows in every table: nothing is lost, nothing changes.

One database is made for each revision and filled at it; tests work on copies.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, select
from sqlalchemy.engine.interfaces import DBAPIConnection

from service.db import migrate
from service.db.engine import Database
from service.db.models import Base
from tests.service.filled import Contents, contents, fill, lost, made_of

STEPS = [s.revision for s in ScriptDirectory.from_config(migrate.config()).walk_revisions()][::-1]
MEANT: dict[str, frozenset[str]] = {}
"""What a revision takes away on purpose: tables, or columns as table.column.  None does yet."""

Filled = dict[str, Path]


@contextmanager
def database(path: Path) -> Iterator[Engine]:
    made = Database(f"sqlite:///{path}")
    event.listen(made.engine, "connect", unhurried)
    yield made.engine
    made.close()


def unhurried(connection: DBAPIConnection, _record: object) -> None:
    """Let the disk write when it likes: no power cut is tested here, and each wait is long."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """A database of each revision with rows in every table."""
    folder = tmp_path_factory.mktemp("filled")
    growing = folder / "growing.sqlite3"
    made: Filled = {}
    for step in STEPS:
        with database(growing) as engine:
            migrate.upgrade(engine, step)
        made[step] = shutil.copyfile(growing, folder / f"{step}.sqlite3")
        with database(made[step]) as engine:
            fill(engine)
    return made


def copied(filled: Filled, step: str, folder: Path) -> Path:
    return shutil.copyfile(filled[step], folder / "db.sqlite3")


@pytest.mark.parametrize("step", STEPS)
def test_every_table_of_a_revision_has_rows_of_every_look(filled: Filled, step: str) -> None:
    with database(filled[step]) as engine:
        held = contents(engine)
    assert held
    for table, has in held.items():
        assert len(has.rows) >= 3, table
        for column in has.columns:
            kinds = {row[column][0] for row in has.rows.values()}
            assert kinds - {"null"}, f"{table}.{column} is empty in every row"


@pytest.mark.parametrize(("old", "new"), list(pairwise(STEPS)))
def test_a_change_keeps_every_row_and_value_up_and_down(
    filled: Filled, tmp_path: Path, old: str, new: str
) -> None:
    with database(copied(filled, old, tmp_path)) as engine:
        before, built = contents(engine), made_of(engine)
        migrate.upgrade(engine, new)
        assert migrate.current(engine) == new
        assert lost(before, contents(engine), MEANT.get(new, frozenset())) == []
        migrate.downgrade(engine, old)
        assert migrate.current(engine) == old
        assert lost(before, contents(engine), MEANT.get(new, frozenset())) == []
        assert made_of(engine) == built, "the schema is not the one that it was before the change"


@pytest.mark.parametrize(("old", "new"), list(pairwise(STEPS)))
def test_taking_a_change_back_keeps_all_that_the_older_schema_can_hold(
    filled: Filled, tmp_path: Path, old: str, new: str
) -> None:
    with database(copied(filled, new, tmp_path)) as engine:
        before = contents(engine)
        migrate.downgrade(engine, old)
        with database(filled[old]) as older:
            room = contents(older)
        assert lost(before, contents(engine), no_room(before, room)) == []
        migrate.upgrade(engine, new)
        assert lost(before, contents(engine), refilled(before, room)) == []


def no_room(before: dict[str, Contents], room: dict[str, Contents]) -> frozenset[str]:
    """What an older schema has no place for."""
    columns = {
        f"{table}.{column}"
        for table, had in before.items()
        if table in room
        for column in had.columns
        if column not in room[table].columns
    }
    return frozenset(columns | (before.keys() - room.keys()))


def refilled(before: dict[str, Contents], room: dict[str, Contents]) -> frozenset[str]:
    """Tables that come back without what had no place: their shared columns were looked at."""
    return frozenset(name.partition(".")[0] for name in no_room(before, room))


@pytest.mark.parametrize("step", STEPS)
def test_from_every_revision_to_the_newest_and_read_by_the_program(
    filled: Filled, tmp_path: Path, step: str
) -> None:
    with database(copied(filled, step, tmp_path)) as engine:
        before = contents(engine)
        migrate.upgrade(engine)
        assert lost(before, contents(engine), frozenset().union(*MEANT.values())) == []
    made = Database(f"sqlite:///{tmp_path / 'db.sqlite3'}")
    with made.read() as session:
        for mapper in Base.registry.mappers:
            rows = session.scalars(select(mapper.class_)).unique().all()
            table = before.get(mapper.class_.__tablename__)
            assert table is None or len(rows) == len(table.rows), mapper
    made.close()


def test_all_the_way_back_leaves_nothing_and_can_begin_again(
    filled: Filled, tmp_path: Path
) -> None:
    with database(copied(filled, STEPS[-1], tmp_path)) as engine:
        migrate.downgrade(engine, "base")
        assert contents(engine) == {}
        migrate.upgrade(engine)
        assert migrate.differences(engine) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM user_halls WHERE user_id = 3", "row (('integer', 3), ('integer', 3)) of"),
        ("UPDATE halls SET name = 'x' WHERE id = 2", "halls.name of row (('integer', 2),)"),
        ("UPDATE halls SET inbox = NULL", "halls.inbox of row (('integer', 1),)"),
        ("UPDATE findings SET confidence = 1", "findings.confidence of row"),
        ("DROP TABLE user_halls", "table user_halls"),
        ("ALTER TABLE users DROP COLUMN last_login_at", "column users.last_login_at"),
    ],
)
def test_a_loss_is_seen(filled: Filled, tmp_path: Path, statement: str, said: str) -> None:
    with database(copied(filled, "0001", tmp_path)) as engine:
        before = contents(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        assert any(line.startswith(said) for line in lost(before, contents(engine)))
