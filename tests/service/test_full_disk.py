"""A disk that is really full: a sentence, nothing half, and everything made good afterwards."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.service.full_disk import LEFT

FULL = re.compile("disk of the database is full|No space left")
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]


@pytest.fixture(scope="module")
def said(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if shutil.which("unshare") is None or subprocess.run([*ALONE, "true"]).returncode:
        pytest.skip("needs unshare and user namespaces")
    folder = tmp_path_factory.mktemp("disk")
    words = [*ALONE, sys.executable, "-m", "tests.service.full_disk", str(folder), "60"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=root, timeout=280)
    assert done.returncode == 0, done.stderr  # every error on the way was one of ours
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_capture_says_so_and_takes_its_stills_later(said: dict[str, Any]) -> None:
    assert said["capture"]["0"]["said"]
    for left, found in said["capture"].items():
        assert FULL.search(found["said"]) or (found["said"], left) == ("", str(LEFT[-1]))
        assert (found["taken"], found["same"]) == (2, True), left


def test_the_night_says_so_and_files_its_day_later(said: dict[str, Any]) -> None:
    for left, found in said["night"].items():
        assert FULL.search(found["said"]), left
        assert (found["findings"], found["same"]) == (1, True), left
    assert any("picture" in found["said"] for found in said["night"].values())


def test_no_statement_and_no_value_is_shown(said: dict[str, Any]) -> None:
    assert "INSERT" not in json.dumps(said)
    assert "parameters" not in json.dumps(said)
