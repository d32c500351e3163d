"""The engine and its two kinds of session: one to read with, one to write with.

SQLite runs in WAL mode: readers never wait for the writer.  A writing session takes the write
lock at its start (``BEGIN IMMEDIATE``), so that it waits its turn there and can't fail half-way
because somebody else wrote in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

import service.db.models  # noqa: F401 - all tables known before the first session
from service.settings import Settings
from vision.seen import BusyError, StoreError

BUSY_SECONDS: Final = 30
_WRITE: Final = "deskcheck_write"


def make_engine(url: str) -> Engine:
    """An engine for that address; SQLite gets its pragmas and real transactions."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            "DESKCHECK_DATABASE_URL is no database address; wanted something like "
            "'postgresql+psycopg://user@host/deskcheck'."
        ) from None
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connect(dbapi_connection: DBAPIConnection, _record: object) -> None:
    # the driver's own transaction handling would commit behind our back
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _take_back(session: Session) -> None:
    """Roll back; a database that can't even do that has done it by itself."""
    with suppress(DatabaseError):
        session.rollback()


def plain(error: DatabaseError) -> BusyError | StoreError:
    """A database that can't work now, in a sentence: the driver's own error shows statements and
    values."""
    said = str(error.orig).splitlines()[0] if error.orig and str(error.orig) else "no answer"
    if "locked" in said:
        return BusyError(
            f"The database stayed locked for {BUSY_SECONDS} s; another program holds it. Try again "
            "when that one has ended."
        )
    if "is full" in said:
        return StoreError(
            "The disk of the database is full: nothing was kept. Make space (shorten the "
            "retention, or give a larger disk), then run it again."
        )
    if "not a database" in said or "malformed" in said:
        return StoreError(f"The database file is damaged ({said}); restore it from a backup.")
    return StoreError(f"The database can't be used now: {said}; run `deskcheck doctor`.")


class Database:
    """The engine, and sessions from it."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._writer = self.engine.execution_options(**{_WRITE: True})

    @staticmethod
    def of(settings: Settings) -> Database:
        """The database that the settings name; its schema must already be there."""
        return Database(settings.url)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and keeps nothing.

        What was loaded can still be read when the session is over.
        """
        with Session(self.engine) as session:
            try:
                yield session
            except (DataError, IntegrityError, ProgrammingError):
                raise
            except DatabaseError as error:
                raise plain(error) from None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at its end, or takes everything back on an error."""
        with Session(self._writer, expire_on_commit=False) as session:
            try:
                session.begin()
                session.connection()  # takes the write lock now
                yield session
                session.commit()
            except (DataError, IntegrityError, ProgrammingError):
                raise
            except DatabaseError as error:
                _take_back(session)
                raise plain(error) from None

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()
