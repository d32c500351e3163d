"""``deskcheck capture``: take the stills that are due now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def capture(
        hall: Annotated[str | None, typer.Option(help="Only this hall.")] = None,
        proof: Annotated[
            str | None,
            typer.Option(help="Show the draw of a past day (2026-03-11) and draw it again."),
        ] = None,
        quiet: Annotated[bool, typer.Option("--quiet", help="Only say what is wrong.")] = False,
        data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
    ) -> None:
        """Take the stills that are due now; start it every minute, it does nothing too often.

        Exit status: 0 done; 1 a camera gave nothing, or a hall could not be served; 2 wrong usage;
        3 another run is on.
        """
        from rich.console import Console

        from service import logs
        from service.capture import capture as run
        from service.db.open import opened
        from service.night_job import tell_alarms
        from service.night_progress import TerminalProgress
        from service.settings import load_settings

        settings = load_settings(data=data)
        logs.set_up(settings, least="error")
        with opened(settings) as database:
            if proof is not None:
                from service.capture_proof import proof_lines

                for line in proof_lines(database, hall, proof):
                    typer.echo(line)
                return
            with TerminalProgress(Console(quiet=quiet)) as progress:
                report = run(database, settings, hall=hall, progress=progress)
        tell_alarms(settings, report)
        for one in report.halls:
            if not quiet or not one.ok:
                typer.echo(one.sentence(), err=not one.ok)
        raise typer.Exit(0 if report.ok else 1)
