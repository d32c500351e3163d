"""Halls and their layouts: what is imported is copied, numbered and never changed again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rules.layout import HallLayout, load_layout
from service.audit import append_hall
from service.db.engine import Database
from service.db.models import Hall, LayoutVersion
from service.settings import Settings
from vision.seen import InputError, LayoutError, StoreError

HALL_YAML = "hall.yaml"


class StaleLayoutError(InputError):
    """Somebody saved another version since this one was drawn; names it, its author and time."""

    def __init__(self, version: int, who: str, at: datetime) -> None:
        super().__init__(
            f"Version {version} of the layout was saved in the meantime; load it and draw again."
        )
        self.version, self.who, self.at = version, who, at


def import_layout(
    database: Database,
    settings: Settings,
    path: Path,
    *,
    now: datetime,
    inbox: Path | None = None,
    actor: str = "cli",
    create: bool = True,
    hall: str | None = None,
    base: int | None = None,
    user_id: int | None = None,
) -> tuple[Hall, LayoutVersion]:
    """Register the hall that a HALL.yaml describes, or a new version of its layout.

    Reference pictures are copied beside the YAML into the data folder.  The same YAML with the
    same pictures again changes nothing.  ``base`` is the version that the new one was drawn from:
    where another was saved since, it is refused (``StaleLayoutError``).
    """
    layout = load_layout(path)
    if hall is not None and layout.hall.id != hall:
        raise InputError(
            f"{path.name}, hall.id: is '{layout.hall.id}', but the layout was meant for '{hall}'."
        )
    references = _references(layout, path)
    text = path.read_text(encoding="utf-8")
    sha256 = _digest(text, references)
    with database.write() as session:
        row = session.scalar(select(Hall).where(Hall.code == layout.hall.id).with_for_update())
        if row is None:
            if not create:
                raise InputError(
                    f"There is no hall '{layout.hall.id}' yet; run `deskcheck hall add {path}`."
                )
            row = Hall(code=layout.hall.id, name=layout.hall.name, created_at=now)
            session.add(row)
            session.flush()
            append_hall(
                session,
                at=now,
                actor=actor,
                action="hall.add",
                hall_id=row.id,
                code=row.code,
                user_id=user_id,
            )
        if base is not None:
            _refuse_stale(session, row, base)
        if inbox is not None:
            row.inbox = str(inbox.absolute())
        version = session.scalar(
            select(LayoutVersion).where(
                LayoutVersion.hall_id == row.id, LayoutVersion.sha256 == sha256
            )
        )
        if version is None:
            version = _new_version(session, settings, row, text, sha256, references, now, actor)
            row.name = layout.hall.name
            append_hall(
                session,
                at=now,
                actor=actor,
                action="layout.import",
                hall_id=row.id,
                code=row.code,
                user_id=user_id,
                detail={"version": version.version},
            )
        session.flush()
        session.expunge_all()
        return row, version


def _new_version(
    session: Session,
    settings: Settings,
    hall: Hall,
    text: str,
    sha256: str,
    references: Mapping[str, Path],
    now: datetime,
    actor: str,
) -> LayoutVersion:
    last = session.scalar(
        select(func.max(LayoutVersion.version)).where(LayoutVersion.hall_id == hall.id)
    )
    number = (last or 0) + 1
    base = f"layouts/{hall.id}/{number}"
    folder = settings.data / base
    folder.mkdir(parents=True, exist_ok=True)
    (folder / HALL_YAML).write_text(text, encoding="utf-8")
    for name, source in references.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    version = LayoutVersion(
        hall_id=hall.id,
        version=number,
        sha256=sha256,
        yaml=text,
        base_path=base,
        created_at=now,
        created_by=actor,
    )
    session.add(version)
    return version


def _references(layout: HallLayout, path: Path) -> dict[str, Path]:
    """Relative name -> file of every reference picture; they must lie below the YAML."""
    found: dict[str, Path] = {}
    base = path.absolute().parent
    for camera in layout.cameras:
        for light, given in camera.view.reference.items():
            file = Path(given).absolute()
            try:
                name = file.resolve().relative_to(base.resolve()).as_posix()
            except ValueError:
                raise LayoutError(
                    f"{path.name}, cameras.{camera.id}.reference.{light}: {given} is not below "
                    "the layout's own folder; copy it there."
                ) from None
            if not file.is_file():
                raise LayoutError(
                    f"{path.name}, cameras.{camera.id}.reference.{light}: there is no file {name}."
                )
            found[name] = file
    return found


def _digest(text: str, references: Mapping[str, Path]) -> str:
    digest = hashlib.sha256(text.encode())
    for name in sorted(references):
        digest.update(
            name.encode() + b"\0" + hashlib.sha256(references[name].read_bytes()).digest()
        )
    return digest.hexdigest()


def _refuse_stale(session: Session, hall: Hall, base: int) -> None:
    last = session.scalar(
        select(LayoutVersion)
        .where(LayoutVersion.hall_id == hall.id)
        .order_by(LayoutVersion.version.desc())
        .limit(1)
    )
    if last is not None and last.version != base:
        raise StaleLayoutError(last.version, last.created_by or "", last.created_at)


def saved_layout(text: str) -> Mapping[str, Any]:
    """The plain data of a layout that was checked when it was saved."""
    # the safe loader either way; the one in C where libyaml is there
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader) or {}  # noqa: S506 - both are safe loaders


def newest_layout(session: Session, hall: Hall) -> LayoutVersion:
    """The layout in force: the last one imported."""
    version = session.scalar(
        select(LayoutVersion)
        .where(LayoutVersion.hall_id == hall.id)
        .order_by(LayoutVersion.version.desc())
        .limit(1)
    )
    if version is None:
        raise StoreError(
            f"Hall '{hall.code}' has no layout; run `deskcheck hall import HALL.yaml`."
        )
    return version


def read_layout(settings: Settings, version: LayoutVersion) -> HallLayout:
    """The layout of a version; the database's text counts, its file is only a copy of it."""
    file = settings.data / version.base_path / HALL_YAML
    if not file.is_file() or file.read_text(encoding="utf-8") != version.yaml:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(version.yaml, encoding="utf-8")
    return load_layout(file)


def inbox_of(settings: Settings, hall: Hall) -> Path:
    """The folder that the hall's snapshots arrive in."""
    return Path(hall.inbox) if hall.inbox else settings.inbox / hall.code


def halls_named(session: Session, code: str | None) -> list[Hall]:
    """The hall of that code, or all active ones; a sentence where there is none."""
    query = select(Hall).where(Hall.active).order_by(Hall.code)
    halls = list(session.scalars(query if code is None else query.where(Hall.code == code)))
    if not halls:
        if code is None:
            raise InputError("No hall is registered; run `deskcheck hall add HALL.yaml`.")
        known = ", ".join(session.scalars(select(Hall.code).where(Hall.active).order_by(Hall.code)))
        raise InputError(f"There is no hall '{code}' (known: {known or 'none'}).")
    return halls
