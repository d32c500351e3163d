"""``deskcheck audit``: the log of looks and changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    audit = typer.Typer(help="The log of looks and changes.", no_args_is_help=True)
    app.add_typer(audit, name="audit")

    @audit.callback()
    def group() -> None:
        """The log of looks and changes."""

    @audit.command()
    def verify(data: Annotated[Path | None, typer.Option(help="The data folder.")] = None) -> None:
        """Check every row's seal; exit status 1 names the first row that does not hold."""
        from service.audit import verify as walk
        from service.db.open import opened
        from service.settings import load_settings

        with opened(load_settings(data=data)) as database:
            report = walk(database)
        if not report.ok:
            typer.echo(report.fault, err=True)
            raise typer.Exit(1)
        typer.echo(f"审计日志完整:{report.rows} 行,末行校验值 {report.last_hash}")
