"""What tests of the models share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def training_python(root: Path) -> Path:
    python = root / ".venv-train" / "bin" / "python"
    if not python.exists():
        pytest.skip("no training environment; make it with: make train-env")
    return python
