"""``deskcheck doctor``: what is wrong, a sentence each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def doctor(
        data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
        upgrade: Annotated[
            bool, typer.Option("--upgrade", help="Bring the database to this program's schema.")
        ] = False,
    ) -> None:
        """Name what is wrong, a sentence each with its mend; exit status 1 where anything is."""
        from service import doctor as ward
        from service.clock import utc_now
        from service.settings import load_settings

        settings = load_settings(data=data)
        if upgrade:
            before, after = ward.upgrade(settings)
            typer.echo(f"数据库结构:{before} → {after}")
        found = list(ward.problems(settings, utc_now()))
        for sentence in found:
            typer.echo(sentence)
        if found:
            raise typer.Exit(1)
        typer.echo("一切正常。")
