"""Load: five hundred cameras, ten of them hanging, within five minutes and 500 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CAMERAS, HANGING = 500, 10


def test_500_cameras_of_which_10_hang(tmp_path: Path, root: Path) -> None:
    command = [sys.executable, "-m", "tests.cameras.load"]
    server = subprocess.Popen(
        [*command, "serve", str(CAMERAS)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    try:
        assert server.stdout is not None
        port, size = server.stdout.readline().split()
        assert int(size) > 300_000
        done = subprocess.run(
            [*command, "run", str(tmp_path), port, str(CAMERAS), str(HANGING)],
            capture_output=True,
            text=True,
            cwd=root,
            timeout=290,
        )
    finally:
        server.kill()
        server.wait(5)
        if server.stdout is not None:
            server.stdout.close()
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["taken"] == result["filed"] == CAMERAS - HANGING
    assert result["silent"] == [f"c{n:03d}" for n in range(CAMERAS - HANGING, CAMERAS)]
    assert result["seconds"] < 300
    assert result["peak_mb"] < 500
