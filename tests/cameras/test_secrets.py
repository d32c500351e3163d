"""Passwords at rest: sealed, bound to their row, and silent everywhere else."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from service.secrets import Login, Sealer, Secret, load_sealer
from vision.seen import StoreError

CANARY = "canary-4711-花生"


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return load_sealer(tmp_path / "camera.key", create=True)


def test_seals_and_opens(sealer: Sealer, tmp_path: Path) -> None:
    sealed = sealer.seal(Secret(CANARY), purpose="camera:h1/CAM1")
    assert CANARY not in sealed
    again = load_sealer(tmp_path / "camera.key")
    assert again.open(sealed, purpose="camera:h1/CAM1").reveal() == CANARY


def test_the_same_password_never_looks_the_same(sealer: Sealer) -> None:
    assert sealer.seal(Secret("x"), purpose="a") != sealer.seal(Secret("x"), purpose="a")


@pytest.mark.parametrize("change", ["purpose", "byte", "form", "base64", "short"])
def test_what_was_moved_or_changed_does_not_open(sealer: Sealer, change: str) -> None:
    sealed = sealer.seal(Secret(CANARY), purpose="camera:h1/CAM1")
    purpose = "camera:h1/CAM2" if change == "purpose" else "camera:h1/CAM1"
    if change == "byte":
        sealed = sealed[:-6] + ("AAAA" if sealed[-6:-2] != "AAAA" else "BBBB") + sealed[-2:]
    elif change == "form":
        sealed = "v9:" + sealed[3:]
    elif change == "base64":
        sealed = "v1:%%%"
    elif change == "short":
        sealed = "v1:AAAA"
    with pytest.raises(StoreError) as error:
        sealer.open(sealed, purpose=purpose)
    assert CANARY not in str(error.value)


def test_another_key_says_what_to_do(sealer: Sealer, tmp_path: Path) -> None:
    other = load_sealer(tmp_path / "other.key", create=True)
    with pytest.raises(StoreError, match="enter the password again"):
        other.open(sealer.seal(Secret(CANARY), purpose="p"), purpose="p")


def test_the_key_file_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "camera.key"
    load_sealer(path, create=True)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    load_sealer(path, create=True)
    assert path.read_bytes() == before
    path.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        load_sealer(path)


@pytest.mark.parametrize(("text", "match"), [("", "0 bytes"), ("!!", "no base64"), ("QUJD", "3 b")])
def test_a_broken_key_file(text: str, match: str, tmp_path: Path) -> None:
    path = tmp_path / "camera.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(StoreError, match=match):
        load_sealer(path)


def test_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        load_sealer(tmp_path / "none.key")


def test_a_secret_shows_itself_to_nobody(sealer: Sealer) -> None:
    secret = Secret(CANARY)
    login = Login("admin", secret)
    shown = f"{secret} {secret!r} {login} {login!r} {[secret]} {sealer!r} %s" % secret
    assert CANARY not in shown
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)
    assert not hasattr(secret, "__dict__")
