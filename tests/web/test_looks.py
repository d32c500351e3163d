"""The log of looks: written before anything is shown, together, in order, or not at all."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from service.audit import verify
from service.db.models import AuditRow
from service.web.looks import Look, LookLog
from tests.web.seed import NOW, World
from vision.seen import StoreError


def look(media_id: int) -> Look:
    return Look(NOW, 1, "inspector", "media.small", media_id, 1)


def test_many_at_once_are_all_in_the_log_when_they_return(world: World) -> None:
    log = LookLog(world.database)
    with world.database.read() as session:
        before = len(session.scalars(select(AuditRow.id)).all())
    missing: list[int] = []

    def watch(media_id: int) -> None:
        log.record(look(media_id))
        with world.database.read() as session:
            if not session.scalar(select(AuditRow.id).where(AuditRow.object_id == str(media_id))):
                missing.append(media_id)

    threads = [threading.Thread(target=watch, args=(7000 + i,)) for i in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert missing == []
    report = verify(world.database)
    assert report.ok
    assert report.rows == before + 24


def test_a_look_that_can_not_be_written_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = LookLog(world.database)

    def broken(*_: object, **__: object) -> int:
        raise StoreError("the disk is full")

    monkeypatch.setattr("service.web.looks.append", broken)
    with pytest.raises(StoreError, match="disk is full"):
        log.record(look(1))
    monkeypatch.undo()
    log.record(look(2))
