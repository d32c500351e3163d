"""Night and capture on the terminal: one bar a stage, and the night's summary, missing cameras
first."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from service.night_report import NightReport

STAGES: Final[Mapping[str, str]] = {
    "take": "取图", "late": "补取", "look": "看图", "picture": "遮人存证",
}  # fmt: skip


class TerminalProgress:
    """Rich bars, each from its stage's first word on; nothing where no terminal listens."""

    def __init__(self, console: Console) -> None:
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> TerminalProgress:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(STAGES[stage], total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)


def print_report(console: Console, report: NightReport) -> None:
    """The summary; what went wrong stands out."""
    first, *others = report.lines()
    console.print(Text(first, style="bold" if report.exit_code == 0 else "bold red"))
    for line in others:
        console.print(Text(line))
