"""One smoke test on a Chromium of 2020: log in, decide by key, ledger, reports."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web.seed import PASSWORD
from tests.web.test_browser import Site, pytestmark as pytestmark, site

__all__ = ["site"]
HERE = Path(__file__).parent / "chromium80"


def test_the_pages_work_in_a_browser_of_2020(site: Site, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        pytest.skip("needs Chromium 80 (npm ci in tests/web/chromium80)")
    done = subprocess.run(
        [node, str(HERE / "smoke.cjs"), site.address, "inspector", PASSWORD, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["version"].split("/")[1].startswith("80.")
    assert said["complaints"] == []
    assert said["decided"] == 200
    assert said["cases"] == 1
    assert "月通报" in said["reports"]
