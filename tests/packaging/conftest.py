"""One wheel for all tests of this folder, built once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """deskcheck's wheel, from a copy of what is tracked and built."""
    uv = Path(sys.executable).with_name("uv")
    if not uv.is_file():
        pytest.skip("needs uv in the environment (make setup)")
    source = tmp_path_factory.mktemp("source")
    # a copy: setuptools leaves a build folder behind, and what lay in one would be packed too
    for name in ("vision", "models", "rules", "service", "datasets"):
        shutil.copytree(root / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY.md"):
        shutil.copy2(root / name, source / name)
    target = tmp_path_factory.mktemp("wheel")
    words = [uv, "build", "--quiet", "--wheel", "--python", sys.executable, "-o", target, source]
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        if "setuptools" in done.stderr and "No solution" in done.stderr:
            pytest.skip(f"needs setuptools from a package index: {said[0]}")
        raise AssertionError(done.stderr)
    [made] = target.glob("*.whl")
    return made
