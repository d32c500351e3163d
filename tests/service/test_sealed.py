"""Originals at rest: sealed as they arrive, opened only by key and name, read by the night."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select
from typer.testing import CliRunner

from service.cli import build_app
from service.db.models import AuditRow, Finding, FrameRow, Hall, Media
from service.sealed import MAGIC, Stills
from service.secrets import Sealer
from service.settings import Settings
from tests.service import made_up
from tests.service.made_up import phone
from vision.seen import ImageError

NAME = "cam1_20260311T100000.jpg"


@pytest.fixture
def stills(tmp_path: Path) -> Stills:
    return Stills(tmp_path / "stills.key")


@pytest.fixture
def hall(tmp_path: Path) -> made_up.Hall:
    """A hall with an inbox of our own."""
    made = made_up.Hall(tmp_path).set_up()
    with made.database.write() as session:
        session.scalars(select(Hall)).one().inbox = None
    own = made.settings.inbox / "test"
    own.parent.mkdir(parents=True)
    made.inbox.rename(own)
    made.inbox = own
    return made


def test_what_was_sealed_opens_to_the_byte(stills: Stills, tmp_path: Path) -> None:
    data = os.urandom(5000)
    sealed = stills.sealed(data, NAME)
    assert sealed.startswith(MAGIC)
    assert data[:64] not in sealed
    assert stills.sealed(data, NAME) != sealed  # never the same twice
    assert stills.sealed(sealed, NAME) == sealed  # and never twice over
    (tmp_path / NAME).write_bytes(sealed)
    assert stills.read(tmp_path / NAME) == data


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.data())
def test_a_changed_byte_never_opens(data: bytes, draw: st.DataObject) -> None:
    sealer = Sealer(bytes(32))
    sealed = bytearray(sealer.seal_bytes(data, purpose="a"))
    at = draw.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(Exception, match="does not open"):
        sealer.open_bytes(bytes(sealed), purpose="a")


@pytest.mark.parametrize("case", ["another name", "another key", "cut off", "no key"])
def test_what_does_not_open_is_said_with_its_name(
    stills: Stills, tmp_path: Path, case: str
) -> None:
    sealed = stills.sealed(b"picture", NAME)
    name, key = NAME, tmp_path / "stills.key"
    match case:
        case "another name":
            name = "cam2_20260311T100000.jpg"
        case "another key":
            key.write_bytes(base64.b64encode(os.urandom(32)))
        case "cut off":
            sealed = sealed[:-3]
        case "no key":
            key.unlink()
    (tmp_path / name).write_bytes(sealed)
    with pytest.raises(ImageError, match=name):
        Stills(key).read(tmp_path / name)
    assert case != "no key" or not key.exists()  # reading never makes a key


def test_plain_ones_are_read_as_they_are(stills: Stills, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"plain")
    assert stills.read(tmp_path / NAME) == b"plain"
    assert not (tmp_path / "stills.key").exists()


def test_a_dropped_file_is_sealed_in_its_place(stills: Stills, tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(b"dropped")
    before = file.stat().st_mtime_ns
    assert stills.seal_file(file)
    assert not stills.seal_file(file)
    assert file.read_bytes().startswith(MAGIC)
    assert stills.read(file) == b"dropped"
    assert file.stat().st_mtime_ns == before
    assert {p.name for p in tmp_path.iterdir()} == {NAME, "stills.key"}


def test_links_and_empty_files_are_left_alone(stills: Stills, tmp_path: Path) -> None:
    (tmp_path / "target.jpg").write_bytes(b"somebody else's")
    (tmp_path / NAME).symlink_to(tmp_path / "target.jpg")
    (tmp_path / "empty.jpg").touch()
    assert not stills.seal_file(tmp_path / NAME)
    assert not stills.seal_file(tmp_path / "empty.jpg")
    assert (tmp_path / "target.jpg").read_bytes() == b"somebody else's"


def test_switched_off_nothing_is_sealed(tmp_path: Path) -> None:
    off = Stills.of(Settings(data=tmp_path, seal_stills=False))
    assert off.sealed(b"x", NAME) == b"x"
    (tmp_path / NAME).write_bytes(b"x")
    assert not off.seal_file(tmp_path / NAME)


def test_the_night_seals_its_own_inbox_and_reads_it_all_the_same(hall: made_up.Hall) -> None:
    name = hall.add("cam1", "100000", phone())
    plain = (hall.inbox / name).read_bytes()
    first = hall.run()
    assert (hall.inbox / name).read_bytes().startswith(MAGIC)
    assert Stills.of(hall.settings).read(hall.inbox / name) == plain
    with hall.database.read() as session:
        row = session.scalars(select(FrameRow)).one()
        assert (row.gate, row.bytes) == ("ok", len(plain))
        assert session.scalars(select(Finding)).one().status == "open"
        assert session.scalars(select(Media)).first() is not None
    again = hall.run()
    assert again.repeated  # sealing changed nothing that was judged
    assert not first.repeated


def test_somebody_elses_folder_is_never_sealed(tmp_path: Path) -> None:
    hall = made_up.Hall(tmp_path).set_up()
    name = hall.add("cam1", "100000", phone())
    plain = (hall.inbox / name).read_bytes()
    hall.run()
    assert (hall.inbox / name).read_bytes() == plain


def test_a_lost_key_makes_a_frame_unreadable_and_never_clean(hall: made_up.Hall) -> None:
    name = hall.add("cam1", "100000", phone())
    Stills.of(hall.settings).seal_file(hall.inbox / name)
    (hall.settings.data / "stills.key").unlink()
    hall.run()
    with hall.database.read() as session:
        row = session.scalars(select(FrameRow)).one()
        assert row.gate == "undecodable"
        assert not session.scalars(select(Finding)).all()


def test_opening_one_is_on_record(hall: made_up.Hall, tmp_path: Path) -> None:
    name = hall.add("cam1", "100000", phone())
    plain = (hall.inbox / name).read_bytes()
    hall.run()
    out = tmp_path / "out.jpg"
    data = ["--data", str(hall.settings.data)]
    given = ["retention", "open", str(hall.inbox / name), "--out", str(out), *data]
    runner = CliRunner()
    assert runner.invoke(build_app(), [*given, "--reason", " "]).exit_code != 0
    assert not out.exists()
    done = runner.invoke(build_app(), [*given, "--reason", "公安机关调取"])
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == plain
    assert out.stat().st_mode & 0o777 == 0o600
    with hall.database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "original.open")).one()
        assert (row.object_id, row.detail["reason"]) == (name, "公安机关调取")
    assert (
        runner.invoke(build_app(), [*given, "--reason", "again"]).exit_code != 0
    )  # nothing overwritten
