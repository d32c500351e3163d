"""The wheel holds everything that runs, and nothing of ours that doesn't."""

from __future__ import annotations

import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

SUFFIXES = {".py", ".yaml", ".json", ".onnx", ".po", ".html", ".mako", ".jpg", ".txt", ".md"}
ROOMS = ("vision", "models", "rules", "service", "datasets")


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_tracked_file_of_the_rooms_is_in_it(wheel: Path, root: Path) -> None:
    done = subprocess.run(["git", "ls-files", *ROOMS], cwd=root, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("needs a git checkout to know what belongs to the program")
    left_out = ("service/web/static/src/", "service/web/static/")
    wanted = {
        name
        for name in done.stdout.splitlines()
        if (root / name).is_file() and not name.startswith(left_out)
    }
    assert sorted(wanted - names(wheel)) == []


@pytest.mark.parametrize(
    "part",
    [
        "service/web/static/dist/manifest.json",
        "service/web/locale/en/LC_MESSAGES/messages.po",
        "service/web/templates/base.html",
        "service/db/script.py.mako",
        "service/db/versions/0001_first_tables.py",
        "rules/packs/",
        "rules/calendars/2026.yaml",
        "datasets/sample_hall/hall.yaml",
    ],
)
def test_what_is_no_python_is_in_it(wheel: Path, root: Path, part: str) -> None:
    if "dist/" in part and not (root / part).is_file():
        pytest.skip("needs the built browser parts (make setup)")
    assert any(name.startswith(part) for name in names(wheel))


def test_nothing_else_is_in_it(wheel: Path) -> None:
    found = names(wheel)
    tops = {name.split("/")[0] for name in found}
    assert {t for t in tops if not t.startswith("deskcheck-")} == set(ROOMS)
    assert not [n for n in found if "__pycache__" in n or n.endswith((".pt", ".sqlite3", ".key"))]


def test_it_names_its_command_and_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [entry] = [n for n in archive.namelist() if n.endswith("entry_points.txt")]
        [meta] = [n for n in archive.namelist() if n.endswith("/METADATA")]
        assert "deskcheck = service.cli:main" in archive.read(entry).decode()
        text = archive.read(meta).decode()
    assert "License-Expression: AGPL-3.0-or-later" in text
    assert "Requires-Dist: onnxruntime" in text
    assert "torch" not in text


def test_the_lock_names_all_that_is_needed(root: Path) -> None:
    """A lock that is older than the list of needs installs a program that does not start."""
    needs = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[^A-Za-z0-9_.-]", need)[0].lower() for need in needs["dependencies"]}
    lock = (root / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    locked = {name.lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)}
    assert sorted(wanted - locked) == [], "run: make lock"
