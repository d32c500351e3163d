"""Backup while everything runs, and restore that proves what it brought back.

A backup is one tar file: ``manifest.json`` first, then the database as SQLite's own online copy
(one consistent state, writers go on), every layout with its references, the calendars that were
added, and every masked picture that the copy speaks of.  Not in it: originals (their life is short
on purpose), the secret and the camera key (they belong into another safe).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from service.audit import append, verify
from service.clock import iso, to_hall
from service.db import migrate
from service.db.engine import Database
from service.db.models import CasePicture, GoodExample, Lock, Media
from service.settings import Settings
from service.store import MediaStore
from vision.seen import StoreError

FORM: Final = "deskcheck-backup-1"
MANIFEST: Final = "manifest.json"
DATABASE: Final = "deskcheck.sqlite3"
ATTEMPTS: Final = 3
MOST_MANIFEST: Final = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds; ``lost``: pictures not in it, because they are gone or altered."""

    path: Path
    files: int
    bytes: int
    lost: int = 0


def make_backup(settings: Settings, folder: Path, *, now: datetime) -> Backup:
    """Write ``deskcheck-YYYYMMDDTHHMMSS.tar`` into the folder; gives what it holds."""
    source = _sqlite_file(settings)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"deskcheck-{to_hall(now):%Y%m%dT%H%M%S}.tar"
    if target.exists():
        raise StoreError(f"{target} is there already; a backup never replaces another.")
    with tempfile.TemporaryDirectory(prefix=".deskcheck-backup-", dir=folder) as work:
        copy = Path(work, DATABASE)
        for _ in range(ATTEMPTS):  # a night may replace pictures while they are read
            copy.unlink(missing_ok=True)
            _copy_database(source, copy)
            schema = _schema_of(copy)
            files, lost = _files_of(settings, copy)
            if not lost:
                break
        entries = {name: _digest(path) for name, path in files.items()}
        manifest = {
            "form": FORM,
            "made_at": iso(now),
            "schema": schema,
            "files": {
                name: {"sha256": sha, "bytes": size} for name, (sha, size) in entries.items()
            },
        }
        draft = Path(work, "draft.tar")
        _write(draft, manifest, files)
        draft.chmod(0o600)
        draft.replace(target)
    size = target.stat().st_size
    _note(settings, target, len(files), now)
    return Backup(target, len(files), size, lost)


def _sqlite_file(settings: Settings) -> Path:
    url = make_url(settings.url)
    if url.get_backend_name() != "sqlite":
        raise StoreError(
            "Only an SQLite database is backed up here; for PostgreSQL use pg_dump, and copy the "
            "folders media and layouts beside it."
        )
    migrate.require_present(settings)
    return Path(url.database or "")


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's online backup: a consistent state, however much is written meanwhile."""
    reader = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)
    writer = sqlite3.connect(target)
    try:
        reader.backup(writer)
        # one file that stands alone, without a write-ahead log beside it
        writer.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"The database can't be copied: {error}.") from None
    finally:
        writer.close()
        reader.close()


def _schema_of(file: Path) -> str:
    database = Database(f"sqlite:///{file}")
    try:
        migrate.require_current(database.engine)
        return migrate.newest()
    finally:
        database.close()
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)


def _files_of(settings: Settings, copy: Path) -> tuple[dict[str, Path], int]:
    """Name in the archive -> file, and how many pictures are gone or not what they were."""
    files = {DATABASE: copy}
    for folder in (settings.data / "calendars", settings.data / "layouts"):
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.is_file() and not file.is_symlink():
                files[file.relative_to(settings.data).as_posix()] = file
    store = MediaStore(settings.media)
    lost = 0
    for path, sha256 in _media_of(copy):
        file = store.path_of(path)
        if file.is_file() and _digest(file)[0] == sha256:
            files[f"media/{path}"] = file
        else:
            lost += 1
    return files, lost


def _media_of(file: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(file)
    try:
        query = "SELECT path, sha256 FROM media"
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        if ("case_pictures",) in tables:  # a database of an older schema has none yet
            query += " UNION ALL SELECT path, sha256 FROM case_pictures WHERE deleted_at IS NULL"
        if ("good_examples",) in tables:
            query += " UNION ALL SELECT path, sha256 FROM good_examples WHERE withdrawn_at IS NULL"
        if ("bulletins",) in tables:
            query += (
                " UNION ALL SELECT docx_path, docx_sha256 FROM bulletins"
                " WHERE docx_path IS NOT NULL"
                " UNION ALL SELECT pdf_path, pdf_sha256 FROM bulletins WHERE pdf_path IS NOT NULL"
            )
        rows = connection.execute(query).fetchall()
    finally:
        connection.close()
    return [(str(path), str(sha256)) for path, sha256 in rows]


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _write(draft: Path, manifest: dict[str, Any], files: dict[str, Path]) -> None:
    data = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    try:
        with draft.open("wb") as raw:
            with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
                info = tarfile.TarInfo(MANIFEST)
                info.size, info.mode = len(data), 0o600
                tar.addfile(info, io.BytesIO(data))
                for name, path in files.items():
                    info = tarfile.TarInfo(name)
                    info.size, info.mode = manifest["files"][name]["bytes"], 0o600
                    with path.open("rb") as file:
                        tar.addfile(info, file)
            raw.flush()
            os.fsync(raw.fileno())
    except OSError as error:
        raise StoreError(f"The backup can't be written: {error.strerror or error}.") from None


def _note(settings: Settings, target: Path, files: int, now: datetime) -> None:
    database = Database.of(settings)
    try:
        with database.write() as session:
            append(
                session,
                at=now,
                user_id=None,
                actor="cli",
                action="backup.make",
                object_kind="backup",
                object_id=target.name,
                detail={"files": files},
            )
    finally:
        database.close()


# ------------------------------------------------------------------ restore


def restore(archive: Path, settings: Settings, *, now: datetime) -> Backup:
    """Bring a backup back into an empty (or missing) data folder, after proving all of it.

    Everything is unpacked beside the folder and checked: each file's hash, the database's own
    check, the audit log's seals, every picture's hash.  Only then is it moved into place.
    """
    data = settings.data.absolute()
    if settings.database_url is not None:
        raise StoreError("Restore works on SQLite; take DESKCHECK_DATABASE_URL away first.")
    if data.exists() and any(data.iterdir()):
        raise StoreError(
            f"{data} is not empty; move it away first, so that nothing is lost by restoring."
        )
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        beside = tempfile.TemporaryDirectory(prefix=".deskcheck-restore-", dir=data.parent)
    except OSError as error:
        raise StoreError(
            f"{data.parent} can't be written ({error.strerror or error}): the backup is proved "
            "beside the data folder; run restore as its owner or as root."
        ) from None
    with beside as work:
        fresh = Path(work, "data")
        fresh.mkdir(mode=0o700)  # whatever it was made under: evidence and password hashes
        count = _unpack(archive, fresh)
        _prove(Settings(data=fresh), now, archive.name)
        if data.exists():
            data.rmdir()
        fresh.replace(data)
    return Backup(archive, count, archive.stat().st_size)


def _unpack(archive: Path, fresh: Path) -> int:
    try:
        with tarfile.open(archive, mode="r:") as tar:
            members = iter(tar)
            manifest = _manifest(tar, members, archive)
            wanted: dict[str, dict[str, Any]] = dict(manifest["files"])
            for member in members:
                expected = wanted.pop(member.name, None)
                if expected is None or not member.isreg() or not _safe(member.name):
                    raise StoreError(f"{archive.name}: '{member.name}' does not belong in it.")
                _unpack_one(tar, member, fresh / member.name, expected, archive)
    except tarfile.TarError as error:
        raise StoreError(f"{archive.name} is no whole backup ({error}).") from None
    except OSError as error:
        raise StoreError(f"{archive}: {error.strerror or error}.") from None
    if wanted:
        first = next(iter(wanted))
        raise StoreError(
            f"{archive.name} is cut off: {len(wanted)} files are missing, first {first}."
        )
    return len(manifest["files"])


def _manifest(
    tar: tarfile.TarFile, members: Iterator[tarfile.TarInfo], archive: Path
) -> dict[str, Any]:
    first = next(members, None)
    if first is None or first.name != MANIFEST or first.size > MOST_MANIFEST:
        raise StoreError(f"{archive.name} is no backup of deskcheck: it has no manifest.")
    file = tar.extractfile(first)
    try:
        manifest = json.loads(file.read() if file is not None else b"")
    except ValueError:
        raise StoreError(f"{archive.name}: its manifest can't be read.") from None
    if not isinstance(manifest, dict) or manifest.get("form") != FORM:
        raise StoreError(f"{archive.name} was made by another version of deskcheck.")
    files = manifest.get("files")
    if not isinstance(files, dict) or not all(isinstance(entry, dict) for entry in files.values()):
        raise StoreError(f"{archive.name}: its manifest can't be read.")
    return manifest


def _safe(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        return False
    return name == DATABASE or path.parts[0] in ("calendars", "layouts", "media")


def _unpack_one(
    tar: tarfile.TarFile,
    member: tarfile.TarInfo,
    target: Path,
    expected: dict[str, Any],
    archive: Path,
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(member)
    if source is None:
        raise StoreError(f"{archive.name}: '{member.name}' holds nothing.")
    with source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())
    if _digest(target) != (expected.get("sha256"), expected.get("bytes")):
        raise StoreError(f"{archive.name}: '{member.name}' is damaged.")


def _integrity(database: Database) -> str:
    try:
        with database.engine.connect() as connection:
            return str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    except DatabaseError as error:
        return str(error.orig)


def _prove(settings: Settings, now: datetime, name: str) -> None:
    """The unpacked folder is whole, and at this program's schema."""
    database = Database.of(settings)
    try:
        found = _integrity(database)
        if found != "ok":
            raise StoreError(f"{name}: the database in it is damaged ({found}).")
        if migrate.is_older(migrate.current(database.engine) or ""):
            migrate.upgrade(database.engine)
        migrate.require_current(database.engine)
        report = verify(database)
        if report.fault is not None:
            raise StoreError(f"{name}: the audit log in it does not hold: {report.fault}")
        store = MediaStore(settings.media)
        with database.read() as session:
            kept = select(Media.path, Media.sha256).union_all(
                select(CasePicture.path, CasePicture.sha256).where(
                    CasePicture.deleted_at.is_(None)
                ),
                select(GoodExample.path, GoodExample.sha256).where(
                    GoodExample.withdrawn_at.is_(None)
                ),
            )
            for path, sha256 in session.execute(kept):
                if store.path_of(path).is_file():  # a term may have deleted it meanwhile
                    store.get(path, sha256=sha256)
        with database.write() as session:
            # whoever held one when the copy was made works on another folder
            session.execute(delete(Lock))
            append(
                session,
                at=now,
                user_id=None,
                actor="cli",
                action="backup.restore",
                object_kind="backup",
                object_id=name,
            )
    finally:
        database.close()
