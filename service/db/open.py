"""Opening the database for a command: of the right schema, or a sentence; made new where asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from service.db import migrate
from service.db.engine import Database
from service.settings import Settings


@contextmanager
def opened(settings: Settings, *, create: bool = False) -> Iterator[Database]:
    """The database that the settings name.  With ``create`` an empty one gets its tables."""
    if not create:
        migrate.require_present(settings)
    database = Database.of(settings)
    try:
        if create and migrate.current(database.engine) is None:
            migrate.upgrade(database.engine)
        migrate.require_current(database.engine)
        yield database
    finally:
        database.close()
