"""Backup while a writer writes, restore rehearsed: the same in, the same out, or refused."""

from __future__ import annotations

import json
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from service.audit import append, verify
from service.backup import make_backup, restore
from service.db.engine import Database
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
        files = {m.name: tar.extractfile(m).read() for m in tar if m.isreg()}  # type: ignore[union-attr]
    change(files)
    import io

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
    import hashlib

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
