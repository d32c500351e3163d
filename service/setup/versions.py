"""Saving a layout from the browser: staged whole, then a new version or nothing at all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import Hall, LayoutVersion, UserHall
from service.halls import HALL_YAML, import_layout
from service.settings import Settings
from service.setup.draft import layout_from, starter, text_of
from service.setup.faults import SetupError
from service.setup.references import drafts_of
from vision.seen import LayoutError

STAGE: Final = "stage"


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did; ``new`` is False where the draft says just what is in force already."""

    version: int
    new: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version as the list shows it."""

    version: int
    created_at: datetime
    created_by: str


def versions_of(session: Session, hall_id: int) -> list[VersionLine]:
    """A hall's versions, the one in force first."""
    rows = session.execute(
        select(LayoutVersion.version, LayoutVersion.created_at, LayoutVersion.created_by)
        .where(LayoutVersion.hall_id == hall_id)
        .order_by(LayoutVersion.version.desc())
    )
    return [VersionLine(version, at, who or "") for version, at, who in rows]


def version_of(session: Session, hall_id: int, number: int | None) -> LayoutVersion | None:
    """A version by its number (None: the one in force)."""
    query = select(LayoutVersion).where(LayoutVersion.hall_id == hall_id)
    if number is not None:
        query = query.where(LayoutVersion.version == number)
    return session.scalar(query.order_by(LayoutVersion.version.desc()).limit(1))


def save(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    text: str,
    *,
    base: int,
    now: datetime,
) -> Saved:
    """A new version of a hall's layout from a YAML text; raises and changes nothing where it is
    wrong, where it is another hall's, or where somebody saved since ``base``."""
    with database.read() as session:
        hall = session.get_one(Hall, hall_id)
        code = hall.code
        last = version_of(session, hall_id, None)
        folder = settings.data / last.base_path if last is not None else None
        olds = set(
            session.scalars(select(LayoutVersion.yaml).where(LayoutVersion.hall_id == hall_id))
        )
    if last is not None and last.version == base and last.yaml == text:
        layout_from(text, settings.data / last.base_path)
        return Saved(last.version, new=False)
    if text in olds:
        # the same words as an older version come into force again: a version of its own
        text = text.rstrip("\n") + f"\n# in force again after version {base}\n"
    stage = drafts_of(settings, hall_id) / f"{STAGE}-{uuid.uuid4().hex}"
    try:
        _stage(settings, hall_id, text, stage, folder, code)
        _, version = import_layout(
            database,
            settings,
            stage / HALL_YAML,
            now=now,
            actor=viewer.login,
            user_id=viewer.user_id,
            create=False,
            hall=code,
            base=base,
        )
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Saved(version.version, new=version.version != base)


def _stage(
    settings: Settings, hall_id: int, text: str, stage: Path, folder: Path | None, code: str
) -> None:
    """The text and every picture that it names in one folder; a fault names line and field."""
    layout, data = layout_from(text, stage)
    if layout.hall.id != code:
        raise SetupError(
            "这份布局属于大厅“{given}”,不是“{code}”。", given=layout.hall.id, code=code
        )
    stage.mkdir(parents=True)
    (stage / HALL_YAML).write_text(text, encoding="utf-8")
    for i, camera in enumerate(data["cameras"]):
        for light, name in (camera.get("reference") or {}).items():
            source = find_reference(settings, hall_id, folder, str(name))
            if source is None:
                raise LayoutError(
                    f"{HALL_YAML}, line {_line(text, str(name))}, cameras[{i}].reference.{light}: "
                    f"there is no file {name}; take or upload it anew."
                )
            target = stage / str(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _line(text: str, word: str) -> int:
    return next((i for i, line in enumerate(text.splitlines(), 1) if word in line), 1)


def find_reference(settings: Settings, hall_id: int, folder: Path | None, name: str) -> Path | None:
    """The file of a reference picture: just uploaded, or the version's own; never outside."""
    for base in (drafts_of(settings, hall_id), folder):
        if base is None:
            continue
        file = (base / name).resolve()
        if file.is_relative_to(base.resolve()) and file.is_file():
            return file
    return None


def create_hall(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    given: Mapping[str, Any],
    *,
    now: datetime,
) -> int:
    """A new hall with its first layout; its maker sees it.  Gives its row number."""
    code, name = str(given["code"]), str(given["name"])
    cameras = tuple(given["cameras"])
    text = text_of(starter(code, name, str(given["level"]), int(given["desks"]), cameras))
    with database.read() as session:
        if session.scalar(select(Hall.id).where(Hall.code == code)) is not None:
            raise SetupError("已有编号为“{code}”的大厅。", field="code", code=code)
    parent = given.get("parent")
    if parent is not None and not viewer.sees(int(parent)):
        raise SetupError("没有这个上级大厅。", field="parent")
    stage = settings.data / "layout-drafts" / f"new-{uuid.uuid4().hex}"
    try:
        layout_from(text, stage)
        stage.mkdir(parents=True)
        (stage / HALL_YAML).write_text(text, encoding="utf-8")
        hall, _ = import_layout(
            database,
            settings,
            stage / HALL_YAML,
            now=now,
            actor=viewer.login,
            user_id=viewer.user_id,
            create=True,
        )
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    with database.write() as session:
        row = session.get_one(Hall, hall.id)
        row.parent_id = None if parent is None else int(parent)
        if session.get(UserHall, (viewer.user_id, hall.id)) is None:
            session.add(UserHall(user_id=viewer.user_id, hall_id=hall.id))
    return hall.id


def set_parent(
    database: Database, viewer: Viewer, hall_id: int, parent: int | None, *, now: datetime
) -> None:
    """Put a town's hall below its county's; two levels, no circle."""
    with database.write() as session:
        hall = session.get_one(Hall, hall_id)
        if parent is not None:
            above = session.get(Hall, parent)
            if above is None or parent == hall_id or not viewer.sees(parent):
                raise SetupError("没有这个上级大厅。", field="parent")
            below = session.scalar(select(Hall.id).where(Hall.parent_id == hall_id).limit(1))
            if above.parent_id is not None or below is not None:
                raise SetupError("只有县、乡镇两级:上级大厅自己不能再有上级。", field="parent")
        hall.parent_id = parent
        append_by(
            viewer,
            session,
            at=now,
            action="hall.parent",
            object_kind="hall",
            object_id=str(hall_id),
            hall_id=hall_id,
            detail={"parent": parent},
        )
