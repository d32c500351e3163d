"""From one schema to the next: upgrade, downgrade, and whether the database fits this program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DatabaseError

from service.db.engine import plain
from service.db.models import Base
from service.settings import Settings
from vision.seen import StoreError

HERE: Final = Path(__file__).parent
FIRST_STEP: Final = (
    "run `deskcheck hall add HALL.yaml` (or `deskcheck demo`) first, or name another data folder "
    "with --data or DESKCHECK_DATA."
)


def config() -> Config:
    """Alembic's configuration, without a file: the folder of schema changes is beside this one."""
    made = Config()
    made.set_main_option("script_location", str(HERE).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def newest() -> str:
    """The schema version that this program needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None  # noqa: S101 - a program without any schema change can't be built
    return head


def current(engine: Engine) -> str | None:
    """The schema version that the database has; None for an empty one."""
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as error:  # the first that every command asks, so the first to fail
        raise plain(error) from None


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to this program's schema (or the one given)."""
    _run(engine, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to an older schema."""
    _run(engine, "downgrade", revision)


def _run(engine: Engine, direction: str, revision: str) -> None:
    made = config()
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # a table rebuilt under enforced foreign keys would take its children with it
            connection.execute(text("PRAGMA foreign_keys=OFF"))
            connection.rollback()
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        made.attributes["connection"] = connection
        (command.upgrade if direction == "upgrade" else command.downgrade)(made, revision)
        connection.commit()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            connection.rollback()
            if broken:
                raise StoreError(
                    f"The schema change left {len(broken)} rows without what they point to, first "
                    f"in table {broken[0][0]}; restore the backup made before it."
                )
    engine.dispose()  # connections with enforcement off are not handed out again


def require_present(settings: Settings) -> None:
    """Refuse, rather than make an empty file, where no SQLite database lies yet."""
    url = make_url(settings.url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise StoreError(f"There is no database in {settings.data} yet: {FIRST_STEP}")


def require_current(engine: Engine) -> None:
    """Refuse to work on a database of another schema."""
    found, wanted = current(engine), newest()
    if found is None:
        raise StoreError(f"The database is empty: {FIRST_STEP}")
    if found != wanted:
        if is_older(found):
            raise StoreError(
                f"The database has schema {found}, this program needs {wanted}; run "
                "`deskcheck doctor --upgrade`."
            )
        raise StoreError(
            f"The database has schema {found}, which this program does not know: it was used by a "
            "newer version; install that one again."
        )


def is_older(revision: str) -> bool:
    """Whether a schema is one that this program can bring up to its own."""
    known = {s.revision for s in ScriptDirectory.from_config(config()).walk_revisions()}
    return revision in known and revision != newest()


def differences(engine: Engine) -> list[str]:
    """What the tables differ in from the models; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        return [repr(d) for d in compare_metadata(context, Base.metadata)]
