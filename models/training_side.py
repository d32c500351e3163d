"""How a command of the training environment ends: a path, or one sentence and exit status 1."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from vision.seen import DeskcheckError


def finish(make: Callable[[], Path]) -> int:
    """Print the path of what ``make`` made; of an expected error its sentence.  The exit status."""
    try:
        made = make()
    except DeskcheckError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{made}\n")
    return 0


def say(text: str) -> None:
    """A line of progress, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
