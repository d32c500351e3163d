"""The page tests' made-up world."""

from __future__ import annotations

from tests.web.conftest import (  # noqa: F401 - fixtures
    app,
    browser,
    cheap_hashes,
    filled,
    login,
    wall,
    world,
)
