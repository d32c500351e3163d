"""Terms: what goes when, what stays whatever its age, and that each deletion is on record."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from service.audit import verify
from service.cameras.kinds.folder import QUARANTINE
from service.db.models import AuditRow, Camera, Finding, FrameRow, Hall, Media
from service.retention import Deleted, apply, hold, release
from tests.service import made_up
from tests.service.made_up import DAY, NOW, next_day, phone
from vision.seen import InputError, StoreError


@pytest.fixture
def hall(tmp_path: Path) -> made_up.Hall:
    """One judged day in our own inbox: a finding on cam1, nothing on cam2."""
    made = made_up.Hall(tmp_path).set_up()
    with made.database.write() as session:
        session.scalars(select(Hall)).one().inbox = None
    own = made.settings.inbox / "test"
    own.parent.mkdir(parents=True)
    made.inbox.rename(own)
    made.inbox = own
    made.add("cam1", "100000", phone())
    made.add("cam2", "100000")
    made.run()
    return made


def after(hall: made_up.Hall, days: int) -> Deleted:
    return apply(hall.database, hall.settings, now=NOW + timedelta(days=days))


def decide(hall: made_up.Hall, status: str) -> None:
    with hall.database.write() as session:
        finding = session.scalars(select(Finding)).one()
        finding.status, finding.decided_at = status, NOW


def kinds(hall: made_up.Hall) -> list[tuple[str, str]]:
    with hall.database.read() as session:
        rows = session.execute(
            select(Media.kind, FrameRow.camera).join(FrameRow).order_by(Media.kind, FrameRow.camera)
        )
        return [(kind, camera) for kind, camera in rows]


ALL = [("crop", "cam1"), ("frame", "cam1"), ("frame", "cam2"), ("thumb", "cam1"), ("thumb", "cam2")]
FLAGGED = [("crop", "cam1"), ("frame", "cam1"), ("thumb", "cam1")]


@pytest.mark.parametrize(
    ("status", "days", "left", "originals"),
    [
        ("open", 7, ALL, 2),
        ("open", 8, ALL, 0),
        ("open", 30, ALL, 0),
        ("open", 31, FLAGGED, 0),
        ("open", 3000, FLAGGED, 0),
        ("confirmed", 1096, FLAGGED, 0),
        ("confirmed", 1097, [], 0),
        ("dismissed", 14, ALL, 0),
        ("dismissed", 15, ALL[1:], 0),
        ("dismissed", 31, [], 0),
        ("withdrawn", 15, ALL[1:], 0),
    ],
)
def test_each_kind_has_its_term(
    hall: made_up.Hall, status: str, days: int, left: list[Any], originals: int
) -> None:
    decide(hall, status)
    done = after(hall, days)
    assert kinds(hall) == left
    assert len(list(hall.inbox.iterdir())) == originals
    on_disk = [p for p in hall.settings.media.rglob("*") if p.is_file()]
    assert len(on_disk) == len(left)
    assert done.frames + done.crops == len(ALL) - len(left)
    assert done.originals == 2 - originals


def test_every_deletion_is_on_record_without_names(hall: made_up.Hall) -> None:
    after(hall, 31)
    with hall.database.read() as session:
        rows = session.scalars(
            select(AuditRow).where(AuditRow.action == "retention.delete").order_by(AuditRow.id)
        ).all()
    assert [(r.object_kind, r.detail["files"]) for r in rows] == [("originals", 2), ("frame", 2)]
    assert "cam1" not in repr([r.detail for r in rows])
    assert verify(hall.database).ok
    assert after(hall, 31) == Deleted()  # and a second run has nothing to do or to say


def test_a_day_stays_as_judged_when_its_originals_are_gone(hall: made_up.Hall) -> None:
    after(hall, 8)
    report = hall.run(again=True)
    assert report.expired == 2
    with hall.database.read() as session:
        assert session.scalars(select(Finding.status)).all() == ["open"]


def test_a_legal_hold_keeps_everything_until_released(hall: made_up.Hall) -> None:
    decide(hall, "dismissed")
    number = hold(hall.database, "test", DAY, DAY, reason="复议", actor="cli", now=NOW)
    assert after(hall, 400) == Deleted()
    assert kinds(hall) == ALL
    release(hall.database, number, actor="cli", now=NOW)
    after(hall, 400)
    assert kinds(hall) == []
    with pytest.raises(InputError, match="no legal hold"):
        release(hall.database, number, actor="cli", now=NOW)


@pytest.mark.parametrize(
    ("first", "last", "reason", "sentence"),
    [(DAY, next_day(DAY, -1), "x", "before it starts"), (DAY, DAY, " ", "needs a reason")],
)
def test_a_wrong_hold_is_refused(
    hall: made_up.Hall, first: date, last: date, reason: str, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        hold(hall.database, "test", first, last, reason=reason, actor="cli", now=NOW)


def test_somebody_elses_inbox_is_never_touched(hall: made_up.Hall, tmp_path: Path) -> None:
    foreign = tmp_path / "nvr"
    shutil.copytree(hall.inbox, foreign)
    with hall.database.write() as session:
        session.scalars(select(Hall)).one().inbox = str(foreign)
    after(hall, 3000)
    assert len(list(foreign.iterdir())) == 2


def test_stills_that_were_never_judged_wait_twice_as_long(hall: made_up.Hall) -> None:
    name = hall.add("cam1", "110000", day=next_day(DAY, 1))
    moment = (NOW + timedelta(days=1)).timestamp()
    os.utime(hall.inbox / name, (moment, moment))
    after(hall, 14)
    assert [p.name for p in hall.inbox.iterdir()] == [name]
    after(hall, 16)
    assert list(hall.inbox.iterdir()) == []


def test_what_a_kill_left_behind_is_swept_up(
    hall: made_up.Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("service.store.MediaStore.delete", lambda *_: 0)
        patch.setattr("service.retention._Retention._unlink", lambda *_: 0)
        after(hall, 31)
    assert kinds(hall) == FLAGGED
    assert len(list(hall.inbox.iterdir())) == 2
    left = [p for p in hall.settings.media.rglob("*") if p.is_file()]
    assert len(left) == 5
    after(hall, 31)
    assert len([p for p in hall.settings.media.rglob("*") if p.is_file()]) == 5  # too young yet
    for path in left:
        os.utime(path, (0, 0))
    after(hall, 31)
    assert len([p for p in hall.settings.media.rglob("*") if p.is_file()]) == 3
    assert list(hall.inbox.iterdir()) == []


def test_the_night_stops_before_the_disk_is_full(
    hall: made_up.Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 10 * 1024 * 1024})
    monkeypatch.setattr("service.night.shutil.disk_usage", lambda _: usage)
    with pytest.raises(StoreError, match="only 10 MB free"):
        hall.run(again=True)


def test_a_drop_s_quarantine_ages_with_the_originals(hall: made_up.Hall, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    aside = drop / QUARANTINE
    aside.mkdir(parents=True)
    for name, age in (("old.bin", 31), ("old.txt", 31), ("new.bin", 1)):
        (aside / name).write_bytes(b"not masked")
        moment = (NOW + timedelta(days=40 - age)).timestamp()
        os.utime(aside / name, (moment, moment))
    (drop / "cam9_20260311T100000.jpg").write_bytes(b"somebody else's")
    with hall.database.write() as session:
        session.add(
            Camera(hall_id=1, code="cam9", kind="folder", url=str(drop), state_since=NOW,
                   created_at=NOW)
        )  # fmt: skip
    gone = apply(hall.database, hall.settings, now=NOW + timedelta(days=40))
    assert gone.quarantined == 2
    assert sorted(p.name for p in aside.iterdir()) == ["new.bin"]
    assert (drop / "cam9_20260311T100000.jpg").exists()
    with hall.database.read() as session:
        kinds_logged = session.scalars(
            select(AuditRow.object_kind).where(AuditRow.action == "retention.delete")
        ).all()
    assert "quarantined" in kinds_logged
    assert verify(hall.database).ok
