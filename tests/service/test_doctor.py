"""The doctor: health is silent, every fault is one sentence with its mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from service import doctor
from service.db import migrate
from service.db.camera_tables import Camera
from service.db.models import CameraPause, Hall as HallRow, Lock, Media
from service.db.open import opened
from service.locks import owner_name
from service.settings import Settings
from service.users import add_user
from tests.service.made_up import NOW, Hall, phone
from vision.seen import StoreError


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A healthy installation, with the model and the pack taken for granted."""
    monkeypatch.setattr(doctor, "_model", lambda _settings: iter(()))
    made = Hall(tmp_path).set_up()
    made.add("cam1", "100000", phone())
    made.add("cam2", "100000")
    made.run()
    add_user(made.database, "li", role="admin", all_halls=True, now=NOW)
    return made


def found(hall: Hall, days: int = 0) -> list[str]:
    return list(doctor.problems(hall.settings, NOW + timedelta(days=days)))


def test_health_is_silent(hall: Hall) -> None:
    assert found(hall) == []


def open_secret(hall: Hall) -> None:
    hall.settings.secret()
    (hall.settings.data / "secret.key").chmod(0o644)


def lose_inbox(hall: Hall) -> None:
    hall.inbox.rename(hall.inbox.with_name("elsewhere"))


def stranger(hall: Hall) -> None:
    (hall.inbox / "cam7_20260311T100000.png").write_bytes(b"x")


def alter_picture(hall: Hall) -> None:
    with hall.database.read() as session:
        path = session.scalars(select(Media.path)).first()
    (hall.settings.media / str(path)).write_bytes(b"another")


def dead_lock(hall: Hall) -> None:
    host, pid, started, mark = owner_name().rsplit(":", 3)
    with hall.database.write() as session:
        owner = f"{host}:{pid}:{int(started) - 999}:{mark}"
        session.add(Lock(name="nightly", owner=owner, acquired_at=NOW, heartbeat_at=NOW))


def sql(statement: str) -> Callable[[Hall], None]:
    def run(hall: Hall) -> None:
        with hall.database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER audit_log_no_update"))
            connection.execute(text(statement))

    return run


def knocked(hall: Hall) -> None:
    with hall.database.write() as session:
        session.add(
            CameraPause(
                hall_id=1, camera="cam1", since=NOW, frame="x", recorded_at=NOW, shift_percent=4.2
            )
        )


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (open_secret, "can be read by others; run `chmod 600"),
        (lose_inbox, "its inbox"),
        (knocked, "Camera cam1 of hall 'test' was knocked at 2026-03-11T22:00:00+08:00 (4.2 %)"),
        (stranger, "cameras that its layout lacks: cam7"),
        (alter_picture, "is not the one that was stored"),
        (dead_lock, "by a process that is gone"),
        (sql("UPDATE audit_log SET actor = 'x'"), "The audit log does not hold: Row 1"),
        (sql("UPDATE users SET active = false"), "Nobody can log in"),
        (sql("UPDATE halls SET active = false"), "No hall is registered"),
        (sql("UPDATE alembic_version SET version_num = '9999'"), "newer version"),
        (sql("UPDATE layout_versions SET yaml = 'schema: 1'"), "Hall 'test':"),
        (sql("UPDATE media SET masked = false WHERE id = 1"), "is not masked"),
    ],
)
def test_each_fault_is_one_sentence(
    hall: Hall, harm: Callable[[Hall], None], sentence: str
) -> None:
    harm(hall)
    faults = found(hall)
    assert len(faults) == 1
    assert sentence in faults[0]
    assert faults[0].endswith(".")


def garbage(whole: bytes) -> bytes:
    return b"hello" * (len(whole) // 5)


def torn(whole: bytes) -> bytes:
    return whole[:4096] + b"\x55" * (len(whole) - 8192) + whole[-4096:]


@pytest.mark.parametrize("harm", [garbage, torn])
def test_a_damaged_database_is_one_sentence_from_every_command(
    hall: Hall, harm: Callable[[bytes], bytes]
) -> None:
    hall.database.close()
    file = hall.settings.data / "deskcheck.sqlite3"
    file.write_bytes(harm(file.read_bytes()))
    [said] = found(hall)
    assert "The database file is damaged" in said
    assert said.endswith("restore it from a backup.")
    with pytest.raises(StoreError, match="is damaged"):
        doctor.upgrade(hall.settings)
    with pytest.raises(StoreError, match="is damaged"), opened(hall.settings):
        pass


def test_time_alone_makes_faults(hall: Hall) -> None:
    assert [f for f in found(hall, 4) if "last night that was judged is 2026-03-11" in f]
    in_december = found(hall, 270)
    assert [f for f in in_december if "no working calendar for 2027 yet" in f]
    assert [f for f in found(hall, 300) if "every verdict will be 无法判定" in f]
    own = hall.settings.data / "calendars"
    own.mkdir()
    (own / "2027.yaml").write_text("year: 2027\nholidays: []\n", encoding="utf-8")
    assert not [f for f in (*found(hall, 270), *found(hall, 300)) if "working calendar" in f]


def test_a_full_disk_is_named(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = (100, 99, 1)
    monkeypatch.setattr(
        "service.doctor.shutil.disk_usage", lambda _: type("U", (), {"free": usage[2]})
    )
    assert "Only 0 MB are free" in found(hall)[0]


def test_no_folder_and_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_model", lambda _settings: iter(()))
    settings = Settings(data=tmp_path / "none")
    assert "There is no data folder" in next(iter(doctor.problems(settings, NOW)))
    settings.data.mkdir()
    assert "There is no database" in next(iter(doctor.problems(settings, NOW)))


def test_an_older_database_is_brought_up(hall: Hall) -> None:
    migrate.downgrade(hall.database.engine, "0001")
    assert any("needs" in f for f in found(hall)) or migrate.newest() == "0001"
    assert doctor.upgrade(hall.settings) == ("0001", migrate.newest())
    assert found(hall) == []
    with pytest.raises(StoreError, match="There is no database"):
        doctor.upgrade(Settings(data=hall.folder / "nowhere"))


def test_cameras_in_trouble_are_named_without_their_secrets(hall: Hall) -> None:
    with hall.database.write() as session:
        place = session.scalars(select(HallRow)).one()
        for code, values in (
            ("cam1", {"state": "stopped", "state_reason": "the login was refused"}),
            ("cam2", {"state": "ok", "clock_offset_s": 86400.0}),
            ("cam3", {"state": "ok", "open_access": True, "clock_offset_s": -2.0}),
            ("cam4", {"state": "ok"}),
        ):
            session.add(
                Camera(
                    hall_id=place.id, code=code, kind="http", url="http://10.0.0.1/?token=canary",
                    state_since=NOW, created_at=NOW, **values,
                )
            )  # fmt: skip
    said = found(hall)
    assert [text in line for text, line in zip(
        ("cam1", "+86400 s off", "without a login"), said, strict=True
    )] == [True] * 3  # fmt: skip
    assert "canary" not in "".join(said)


def test_message_settings_that_can_not_work_are_named(hall: Hall) -> None:
    hall.settings = hall.settings.model_copy(update={"smtp_host": "mail"})
    assert "DESKCHECK_MAIL_FROM" in found(hall)[0]
