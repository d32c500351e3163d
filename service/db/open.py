"""Opening the database for a command: of the right schema, or a sentence; made new where asked.

An older schema is brought up to this program's by itself, after a copy of the database was laid
beside it; a newer one is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from service.db import migrate
from service.db.engine import Database
from service.settings import Settings
from vision.seen import StoreError

UPGRADE: Final = "upgrade"


@contextmanager
def opened(settings: Settings, *, create: bool = False) -> Iterator[Database]:
    """The database that the settings name.  With ``create`` an empty one gets its tables."""
    if not create:
        migrate.require_present(settings)
    database = Database.of(settings)
    try:
        found = migrate.current(database.engine)
        if found is None and create:
            migrate.upgrade(database.engine)
        elif found is not None and migrate.is_older(found):
            bring_up(database, settings)
        migrate.require_current(database.engine)
        yield database
    finally:
        database.close()


def bring_up(database: Database, settings: Settings) -> Path | None:
    """Bring an older database up, one process at a time; gives the copy made before (SQLite)."""
    from service.locks import hold

    with hold(database, UPGRADE, stale_seconds=600) as held:
        found = migrate.current(database.engine)
        if found is None or not migrate.is_older(found):
            return None  # another process was first
        copy = _copy(settings, found)
        migrate.upgrade(database.engine)
        held.beat(every=0)
        return copy


def _copy(settings: Settings, revision: str) -> Path | None:
    url = make_url(settings.url)
    if url.get_backend_name() != "sqlite":
        return None  # its own tools back it up; see docs/operations.md
    source = Path(url.database or "")
    target = source.with_name(f"before-upgrade-{revision}.sqlite3")
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    reader, writer = sqlite3.connect(source, timeout=30), sqlite3.connect(draft)
    try:
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise StoreError(
            f"The database needs an upgrade, but can't be copied first ({error}); make room on the "
            "disk and start again."
        ) from None
    finally:
        writer.close()
        reader.close()
    draft.chmod(0o600)
    draft.replace(target)
    return target
