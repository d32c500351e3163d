"""What is wrong with this installation: one sentence a fault, with its mend; silence is health."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from service import tls
from service.audit import verify
from service.calendars import calendar_of
from service.clock import hall_day, iso
from service.db import migrate
from service.db.camera_tables import Camera
from service.db.engine import Database
from service.db.models import Hall, Lock, Media, Run, User
from service.db.open import bring_up
from service.halls import inbox_of, newest_layout, read_layout
from service.locks import owner_is_dead
from service.night_inbox import scan
from service.pauses import measured, open_pauses
from service.settings import Settings
from service.store import MediaStore
from vision.seen import DeskcheckError

SAMPLE: Final = 200
"""Pictures whose bytes are compared with their hash; all would take too long on a large store."""
MB: Final = 1024 * 1024
CLOCK_S: Final = 60.0
"""A camera's clock further off than this puts wrong times on evidence."""


def problems(settings: Settings, now: datetime) -> Iterator[str]:
    """Every fault found, the gravest first; what rests on a faulty part isn't looked at."""
    folder = list(_folder(settings))
    yield from folder
    yield from _guarded(_model, settings)
    yield from _guarded(_rules, settings, hall_day(now))
    yield from _guarded(_messages, settings)
    yield from _guarded(tls.faults, settings, now)
    if folder:
        return
    try:
        migrate.require_present(settings)
        database = Database.of(settings)
        migrate.require_current(database.engine)
    except DeskcheckError as error:
        yield str(error)
        return
    try:
        yield from _database(database)
        yield from _halls(database, settings, now)
        yield from _cameras(database)
        yield from _pictures(database, settings)
    except DeskcheckError as error:
        yield str(error)
    finally:
        database.close()


def _guarded(check: Callable[..., Iterator[str]], *given: object) -> Iterator[str]:
    """A check whose own failure is a fault like any other."""
    try:
        yield from check(*given)
    except DeskcheckError as error:
        yield str(error)


def _folder(settings: Settings) -> Iterator[str]:
    data = settings.data
    if not data.is_dir():
        yield f"There is no data folder {data}; run `deskcheck hall add HALL.yaml` first."
        return
    if not os.access(data, os.W_OK | os.X_OK):
        yield f"The data folder {data} can't be written by this user; mend its owner or rights."
    free = shutil.disk_usage(data).free // MB
    if free < settings.min_free_mb:
        yield (
            f"Only {free} MB are free on the disk of {data}, {settings.min_free_mb} are wanted; "
            "shorten the retention or give a larger disk."
        )
    secret = data / "secret.key"
    if secret.exists() and secret.stat().st_mode & 0o077:
        yield f"{secret} can be read by others; run `chmod 600 {secret}`."


def _model(settings: Settings) -> Iterator[str]:
    from models.registry import find

    find(settings.model)
    yield from ()


def _messages(settings: Settings) -> Iterator[str]:
    from service.messages import ways_of

    ways_of(settings)
    yield from ()


def _cameras(database: Database) -> Iterator[str]:
    with database.read() as session:
        for row in session.scalars(select(Camera).order_by(Camera.hall_id, Camera.code)):
            who = f"Camera {row.code} of hall '{row.hall.code}'"
            if row.state in ("stopped", "trouble"):
                yield f"{who} gives no pictures since {iso(row.state_since)}: {row.state_reason}."
            if row.clock_offset_s is not None and abs(row.clock_offset_s) > CLOCK_S:
                yield (
                    f"{who} has a clock that is {row.clock_offset_s:+.0f} s off; set its time "
                    "server (NTP)."
                )
            if row.open_access:
                yield f"{who} gives pictures without a login; switch that off at the device."
        names = dict(session.execute(select(Hall.id, Hall.code)).all())
        for pause in open_pauses(session, names):
            yield (
                f"Camera {pause.camera} of hall '{names[pause.hall_id]}' was knocked at "
                f"{iso(pause.since)} ({measured(pause)}); its verdicts are paused until somebody "
                "looks and says so on the page of cameras."
            )


def _rules(settings: Settings, today: date) -> Iterator[str]:
    from rules.pack import load_pack

    load_pack(settings.pack, on=today)
    calendar = calendar_of(settings)
    if not calendar.knows(today):
        yield (
            f"There is no working calendar for {today.year}: every verdict will be 无法判定; "
            "update deskcheck, or upload the year's file."
        )
    elif today.month == 12 and not calendar.knows(date(today.year + 1, 1, 1)):
        yield (
            f"There is no working calendar for {today.year + 1} yet; upload it before the new year "
            "(the State Council publishes it in November)."
        )


def _database(database: Database) -> Iterator[str]:
    if database.engine.dialect.name == "sqlite":
        with database.read() as session:
            found = session.connection().exec_driver_sql("PRAGMA quick_check").scalar()
        if found != "ok":
            yield f"The database file is damaged ({found}); restore it from a backup."
            return
    report = verify(database)
    if report.fault is not None:
        yield f"The audit log does not hold: {report.fault}"
    with database.read() as session:
        if not session.scalar(select(func.count()).select_from(User).where(User.active)):
            yield "Nobody can log in; run `deskcheck user add LOGIN --role admin --all-halls`."
        for lock in session.scalars(select(Lock).order_by(Lock.name)):
            if owner_is_dead(lock.owner):
                yield (
                    f"The lock '{lock.name}' is held since {iso(lock.acquired_at)} by a process "
                    "that is gone; the next run takes it over by itself."
                )


def _halls(database: Database, settings: Settings, now: datetime) -> Iterator[str]:
    with database.read() as session:
        halls = list(session.scalars(select(Hall).where(Hall.active).order_by(Hall.code)))
        if not halls:
            yield "No hall is registered; run `deskcheck hall add HALL.yaml`."
        for hall in halls:
            try:
                layout = read_layout(settings, newest_layout(session, hall))
            except DeskcheckError as error:
                yield f"Hall '{hall.code}': {error}"
                continue
            inbox = inbox_of(settings, hall)
            if not inbox.is_dir():
                yield f"Hall '{hall.code}': its inbox {inbox} is not there."
                continue
            strangers = {s.camera for s in scan(inbox).snapshots} - {c.id for c in layout.cameras}
            if strangers:
                named = ", ".join(sorted(strangers))
                yield f"Hall '{hall.code}': stills of cameras that its layout lacks: {named}."
            last = session.scalar(
                select(func.max(Run.day)).where(
                    Run.hall_id == hall.id, Run.status.in_(("done", "incomplete"))
                )
            )
            if last is not None and hall_day(now) - last > timedelta(days=3):
                yield (
                    f"Hall '{hall.code}': the last night that was judged is {last}; is "
                    "`deskcheck nightly` still started every day?"
                )


def _pictures(database: Database, settings: Settings) -> Iterator[str]:
    store = MediaStore(settings.media)
    with database.read() as session:
        newest = session.execute(
            select(Media.path, Media.sha256, Media.masked).order_by(Media.id.desc()).limit(SAMPLE)
        ).all()
    faults: list[str] = []
    for path, sha256, masked in newest:
        if not masked:
            faults.append(f"The picture {path} is not masked.")
        try:
            store.get(path, sha256=sha256)
        except DeskcheckError as error:
            faults.append(str(error))
    if faults:
        more = f" (and {len(faults) - 1} more like it)" if len(faults) > 1 else ""
        yield f"{faults[0].removesuffix('.')}{more}; restore the media folder from a backup."


def upgrade(settings: Settings) -> tuple[str | None, str]:
    """Bring the database to this program's schema; gives the version before and after."""
    migrate.require_present(settings)
    database = Database.of(settings)
    try:
        before = migrate.current(database.engine)
        if before is not None and migrate.is_older(before):
            bring_up(database, settings)
        migrate.require_current(database.engine)
        return before, migrate.newest()
    finally:
        database.close()
