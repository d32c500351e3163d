"""Pictures of cases outlive every term, and are in the backup."""

from __future__ import annotations

import os
from datetime import timedelta

from sqlalchemy import select

from service import backup, retention
from service.db.models import CasePicture
from tests.web.seed import NOW, World


def test_terms_leave_the_pictures_of_cases(world: World) -> None:
    with world.database.read() as session:
        paths = list(session.scalars(select(CasePicture.path)))
    assert paths
    stray = world.settings.media / "1" / "cases" / "stray.jpg"
    stray.write_bytes(b"no row speaks of it")
    for name in (*paths, "1/cases/stray.jpg"):
        os.utime(world.settings.media / name, (0, 0))
    retention.apply(world.database, world.settings, now=NOW + timedelta(days=999))
    assert all((world.settings.media / path).is_file() for path in paths)
    assert not stray.exists()


def test_the_backup_holds_the_pictures_of_cases(world: World) -> None:
    with world.database.read() as session:
        paths = set(session.scalars(select(CasePicture.path)))
    listed = {path for path, _ in backup._media_of(world.settings.data / "deskcheck.sqlite3")}
    assert paths <= listed
