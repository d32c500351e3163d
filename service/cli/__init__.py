"""The command line: one module a command, each with ``register(app)``; heavy imports stay inside.

Exit status: 0 done; 1 something given could not be done (a sentence on standard error says what);
2 wrong usage; 3 another run holds the lock.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import Final

import typer

from vision.seen import BusyError, DeskcheckError

COMMANDS: Final = (
    "demo",
    "serve",
    "nightly",
    "check",
    "detect",
    "eval",
    "bench",
    "hall",
    "camera",
    "capture",
    "user",
    "model",
    "standard",
    "report",
    "audit",
    "backup",
    "restore",
    "retention",
    "doctor",
)


def build_app() -> typer.Typer:
    """The whole command line, every command registered."""
    app = typer.Typer(
        name="deskcheck",
        help="桌面巡检: the camera spot check of a 6S standard, from still to closed case.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name in COMMANDS:
        module = f"{__name__}.{name}"
        if importlib.util.find_spec(module) is None:
            continue
        importlib.import_module(module).register(app)
    return app


def main() -> None:
    """Entry point: every error raised on purpose becomes one sentence, never a trace."""
    try:
        build_app()(prog_name="deskcheck")
    except BusyError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(3) from None
    except DeskcheckError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
