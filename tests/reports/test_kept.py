"""Issued files outlive every term, are in the backup, and come back whole."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from service import backup, retention
from service.db.engine import Database
from service.db.models import BulletinRow
from service.reports.bulletins import verify
from service.reports.office import Office
from service.settings import Settings
from tests.reports.test_bulletins import APRIL, Flow
from tests.web.seed import SmallBook, World


def test_terms_leave_what_was_issued(world: World) -> None:
    flow = Flow(world)
    flow.to_issued()
    row = flow.row()
    for path in (row.docx_path, row.pdf_path):
        if path:
            os.utime(world.settings.media / path, (0, 0))
    retention.apply(world.database, world.settings, now=APRIL + timedelta(days=999))
    assert flow.office.store.get(row.docx_path or "", sha256=row.docx_sha256)


def test_a_restored_bulletin_still_verifies(world: World, tmp_path: Path) -> None:
    flow = Flow(world)
    flow.to_issued()
    made = backup.make_backup(world.settings, tmp_path / "kept", now=APRIL)
    target = Settings(data=tmp_path / "again")
    backup.restore(made.path, target, now=APRIL)
    database = Database.of(target)
    with database.read() as session:
        row = session.get_one(BulletinRow, flow.id)
        found = verify(session, Office(target, SmallBook()), row)
    database.close()
    assert found.ok, found
