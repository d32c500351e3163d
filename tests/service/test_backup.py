"""Backup while a writer writes, restore rehearsed: the same in, the same out, or refused."""

from __future__ import annotations

import hashlib
import io
import json
import random
import sqlite3
import tarfile
import tempfile
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO, cast

import pytest
from sqlalchemy import select

from service.audit import append, verify
from service.backup import DATABASE, make_backup, restore
from service.cli import main
from service.db.engine import Database
from service.db.models import Finding, Hall as HallRow, Media
from service.settings import Settings
from service.store import MediaStore
from tests.service.made_up import NOW, Hall, contents, person, phone
from vision.seen import StoreError


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    made = Hall(tmp_path / "first").set_up()
    made.add("cam1", "100000", phone(), person())
    made.add("cam2", "100000")
    made.run()
    return made


def backed_up(hall: Hall, tmp_path: Path) -> Path:
    return make_backup(hall.settings, tmp_path / "backups", now=NOW).path


def test_a_restore_gives_back_what_was_there(hall: Hall, tmp_path: Path) -> None:
    before = contents(hall.database)
    own = hall.settings.data / "calendars"
    own.mkdir()
    (own / "2027.yaml").write_text("year: 2027\nholidays: []\n", encoding="utf-8")
    archive = backed_up(hall, tmp_path)
    assert archive.name == "deskcheck-20260311T220000.tar"
    assert archive.stat().st_mode & 0o077 == 0
    elsewhere = Hall(tmp_path / "second")
    restore(archive, elsewhere.settings, now=NOW)
    assert contents(elsewhere.database) == before
    assert verify(elsewhere.database).ok
    store = MediaStore(elsewhere.settings.media)
    for row in before["media"]:
        assert any(store.get(value) for value in row if str(value).endswith(".jpg"))
    assert (elsewhere.settings.data / "calendars" / "2027.yaml").is_file()
    # and life goes on there: the layout is read, the night finds nothing new
    elsewhere.shows = hall.shows
    assert elsewhere.run().repeated
    assert [p.name for p in archive.parent.iterdir()] == [archive.name]
    assert sorted(p.name for p in (tmp_path / "second").iterdir()) == ["data", "inbox"]


def test_a_backup_is_one_state_while_somebody_writes(hall: Hall, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        database = Database.of(hall.settings)
        number = 0
        while not stop.is_set():
            number += 1
            with database.write() as session:
                append(
                    session, at=NOW, user_id=None, actor="li", action="look", object_kind="x",
                    object_id=str(number),
                )  # fmt: skip
        database.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        archive = backed_up(hall, tmp_path)
    finally:
        stop.set()
        writer.join()
    settings = Settings(data=tmp_path / "second")
    restore(archive, settings, now=NOW)
    database = Database.of(settings)
    assert verify(database).ok  # the seals and the head agree: no half transaction was copied
    database.close()


def test_nothing_is_ever_overwritten(hall: Hall, tmp_path: Path) -> None:
    archive = backed_up(hall, tmp_path)
    with pytest.raises(StoreError, match="never replaces another"):
        backed_up(hall, tmp_path)
    with pytest.raises(StoreError, match="is not empty"):
        restore(archive, hall.settings, now=NOW)


def test_originals_and_keys_stay_at_home(hall: Hall, tmp_path: Path) -> None:
    hall.settings.secret()
    with tarfile.open(backed_up(hall, tmp_path)) as tar:
        names = tar.getnames()
    assert names[0] == "manifest.json"
    assert not [n for n in names if "secret" in n or n.endswith(".png")]


def test_an_altered_picture_is_left_out_and_counted(hall: Hall, tmp_path: Path) -> None:
    victim = next(hall.settings.media.rglob("*-thumb.jpg"))
    victim.write_bytes(b"another")
    made = make_backup(hall.settings, tmp_path / "b", now=NOW)
    assert made.lost == 1
    restore(made.path, Settings(data=tmp_path / "second"), now=NOW)


def rewrite(archive: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The archive with other contents, as somebody else might have packed it."""
    with tarfile.open(archive) as tar:
        files = {m.name: cast(IO[bytes], tar.extractfile(m)).read() for m in tar if m.isreg()}
    change(files)
    with tarfile.open(archive, "w") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def damage(files: dict[str, bytes]) -> None:
    name = next(n for n in files if n.startswith("media/"))
    files[name] = files[name][:-1] + b"!"


def lose(files: dict[str, bytes]) -> None:
    del files[next(n for n in files if n.startswith("media/"))]


def smuggle(files: dict[str, bytes]) -> None:
    files["media/../../evil.sh"] = b"rm"


def smuggle_declared(files: dict[str, bytes]) -> None:
    files["../evil.sh"] = b"rm"
    manifest = json.loads(files["manifest.json"])
    entry = {"sha256": hashlib.sha256(b"rm").hexdigest(), "bytes": 2}
    manifest["files"]["../evil.sh"] = entry
    files["manifest.json"] = json.dumps(manifest).encode()


def other_form(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b'{"form": "deskcheck-backup-9", "files": {}}'


def no_manifest(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


def broken_manifest(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b"{"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (damage, "is damaged"),
        (lose, "is cut off: 1 files are missing"),
        (smuggle, "does not belong in it"),
        (smuggle_declared, "does not belong in it"),
        (other_form, "another version"),
        (no_manifest, "has no manifest"),
        (broken_manifest, "manifest can't be read"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused(
    hall: Hall, tmp_path: Path, change: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    archive = backed_up(hall, tmp_path)
    rewrite(archive, change)
    settings = Settings(data=tmp_path / "second" / "data")
    with pytest.raises(StoreError, match=sentence):
        restore(archive, settings, now=NOW)
    assert list((tmp_path / "second").iterdir()) == []  # nothing half restored is left
    assert not (tmp_path / "evil.sh").exists()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"hello")
    for name in ("x.tar", "gone.tar"):
        with pytest.raises(StoreError, match=name):
            restore(tmp_path / name, Settings(data=tmp_path / "d"), now=NOW)


def test_another_database_is_sent_to_its_own_tools(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="postgresql+psycopg://u@h/d")
    with pytest.raises(StoreError, match="pg_dump"):
        make_backup(settings, tmp_path / "b", now=NOW)
    with pytest.raises(StoreError, match="Restore works on SQLite"):
        restore(tmp_path / "x.tar", settings, now=NOW)


# ------------------------------------------------------------------ damage of every kind


def tree(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, without the database's own working files."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.endswith(("-wal", "-shm"))
    }


def refusal(archive: Path, settings: Settings) -> str | None:
    """The sentence that restore refuses with; None where it brought the backup back."""
    try:
        restore(archive, settings, now=NOW)
    except StoreError as error:
        return str(error)
    return None


def test_damage_at_any_place_is_refused_or_did_no_harm(hall: Hall, tmp_path: Path) -> None:
    whole = backed_up(hall, tmp_path).read_bytes()
    before = contents(hall.database)
    draw = random.Random(20260311)
    manifest_end = 512 * 40
    flips = [draw.randrange(512, manifest_end) for _ in range(12)]
    flips += [draw.randrange(len(whole)) for _ in range(12)]
    cuts = [0, 1, 512, *(draw.randrange(len(whole)) for _ in range(6))]
    damaged = [whole[:cut] for cut in cuts]
    for at in flips:
        changed = bytearray(whole)
        changed[at] ^= 1 << draw.randrange(8)
        damaged.append(bytes(changed))
    refused = 0
    for number, data in enumerate(damaged):
        archive = tmp_path / f"{number}.tar"
        archive.write_bytes(data)
        place = tmp_path / f"folder{number}"
        said = refusal(archive, Settings(data=place / "data"))
        if said is not None:
            refused += 1
            assert archive.name in said
            assert "\n" not in said
            assert said.endswith(".")
            assert list(place.iterdir()) == []
        else:  # a bit of padding, or of the moment that the backup was made: nothing is lost
            database = Database.of(Settings(data=place / "data"))
            assert contents(database) == before
            database.close()
    assert refused > len(cuts) + len(flips) // 2


def test_a_damaged_backup_leaves_what_is_there_as_it_was(hall: Hall, tmp_path: Path) -> None:
    archive = backed_up(hall, tmp_path)
    rewrite(archive, damage)
    hall.database.close()
    before = tree(hall.settings.data)
    assert refusal(archive, hall.settings) is not None
    assert tree(hall.settings.data) == before
    emptied = tmp_path / "waiting"
    emptied.mkdir()
    assert refusal(archive, Settings(data=emptied)) is not None
    assert list(emptied.iterdir()) == []


def test_what_is_restored_is_for_its_owner_alone(hall: Hall, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "second" / "data")
    restore(backed_up(hall, tmp_path), settings, now=NOW)
    assert settings.data.stat().st_mode & 0o777 == 0o700


def test_a_place_that_can_not_be_written_is_named(hall: Hall, tmp_path: Path) -> None:
    archive = backed_up(hall, tmp_path)
    (tmp_path / "file").write_text("in the way")
    said = refusal(archive, Settings(data=tmp_path / "file" / "data"))
    assert said is not None
    assert f"{tmp_path / 'file'} can't be written" in said


def test_the_command_says_one_sentence_and_fails(
    hall: Hall, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = backed_up(hall, tmp_path)
    rewrite(archive, damage)
    words = ["deskcheck", "restore", str(archive), "--data", str(tmp_path / "second")]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "is damaged" in lines[0]
    assert not (tmp_path / "second").exists()


def declared(files: dict[str, bytes], name: str, data: bytes) -> None:
    """Put a file in with its right hash: no accident, but nothing may break on it."""
    files[name] = data
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    files["manifest.json"] = json.dumps(manifest).encode()


def no_database(files: dict[str, bytes]) -> None:
    declared(files, DATABASE, b"hello" * 1000)


def torn_database(files: dict[str, bytes]) -> None:
    data = files[DATABASE]
    declared(files, DATABASE, data[:4096] + b"\x55" * (len(data) - 8192) + data[-4096:])


def newer_database(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, DATABASE)
        file.write_bytes(files[DATABASE])
        connection = sqlite3.connect(file)
        with connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        declared(files, DATABASE, file.read_bytes())


def strange_manifest(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b'{"form": "deskcheck-backup-1", "files": {"media/x": 5}}'


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (no_database, "the database in it is damaged"),
        (torn_database, "the database in it is damaged"),
        (newer_database, "newer version"),
        (strange_manifest, "manifest can't be read"),
    ],
)
def test_what_was_wrong_before_it_was_packed_is_refused_too(
    hall: Hall, tmp_path: Path, change: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    archive = backed_up(hall, tmp_path)
    rewrite(archive, change)
    said = refusal(archive, Settings(data=tmp_path / "second" / "data"))
    assert said is not None
    assert sentence in said
    assert list((tmp_path / "second").iterdir()) == []


# ------------------------------------------------------------------ while a night writes


def test_backups_while_a_night_writes_come_back_whole_and_can_go_on(tmp_path: Path) -> None:
    made = Hall(tmp_path / "first").set_up()
    for minute in range(12):
        made.add("cam1", f"10{minute:02}00", phone(), person())
        made.add("cam2", f"10{minute:02}00", phone())
    done: list[bool] = []

    def night() -> None:
        made.run()
        done.append(True)

    runner = threading.Thread(target=night)
    runner.start()
    archives: list[Path] = []
    while runner.is_alive() or not archives:
        moment = NOW + timedelta(seconds=len(archives))
        archives.append(make_backup(made.settings, tmp_path / "backups", now=moment).path)
    runner.join()
    assert done == [True]
    wanted = findings(made)
    assert wanted
    for archive in {archives[0], archives[len(archives) // 2], archives[-1]}:
        again = Hall(tmp_path / archive.stem)
        restore(archive, again.settings, now=NOW)
        assert verify(again.database).ok
        with again.database.read() as session:  # every picture that the copy speaks of is in it
            pictures = session.execute(select(Media.path, Media.sha256)).all()
        for path, sha256 in pictures:
            MediaStore(again.settings.media).get(path, sha256=sha256)
        # the same frames lie there: the night ends as the first one did, no lock in its way
        with again.database.write() as session:
            session.scalars(select(HallRow)).one().inbox = str(made.inbox)
        again.shows, again.inbox = made.shows, made.inbox
        again.run()
        assert findings(again) == wanted
        again.database.close()


def findings(hall: Hall) -> list[tuple[str, ...]]:
    with hall.database.read() as session:
        rows = session.execute(select(Finding.key, Finding.status, Finding.clause)).all()
    return sorted(tuple(row) for row in rows)
