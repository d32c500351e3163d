"""Shared fixtures, and the rule that a complete machine skips nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What is tested with a model but not for what it sees runs on the fast one, in a quarter of the
# time; `tests/service/test_sample_night.py` holds the shipped default against its key.
os.environ.setdefault("DESKCHECK_MODEL", "deskcheck-n")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return ROOT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what a complete machine would not have skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("DESKCHECK_FAIL_ON_SKIP"):
        terminalreporter.write_line(
            f"{len(skipped)} skipped, and DESKCHECK_FAIL_ON_SKIP is set: this run has failed",
            red=True,
        )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With DESKCHECK_FAIL_ON_SKIP a skip is a failure: a full machine has no excuse."""
    if not os.environ.get("DESKCHECK_FAIL_ON_SKIP") or session.exitstatus != 0:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if isinstance(reporter, pytest.TerminalReporter) and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
