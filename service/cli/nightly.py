"""``deskcheck nightly``: judge all that was captured for a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def nightly(
        date: Annotated[
            str | None,
            typer.Option(
                help="The day, 2026-03-11 or yesterday; left out: today, and missed days."
            ),
        ] = None,
        hall: Annotated[str | None, typer.Option(help="Only this hall.")] = None,
        data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
        model: Annotated[str | None, typer.Option(help="NAME or PATH.onnx.")] = None,
        again: Annotated[
            bool, typer.Option("--again", help="Judge anew even when nothing has changed.")
        ] = False,
        scheduled: Annotated[
            bool,
            typer.Option(
                "--scheduled", help="Up to the last planned night: what `serve` starts by itself."
            ),
        ] = False,
    ) -> None:
        """Judge all that was captured for a day; resumable, safe to run twice.

        Exit status: 0 done; 1 done, but frames were unreadable or cameras missing; 2 wrong usage;
        3 another run is on.
        """
        from rich.console import Console

        from service import logs
        from service.clock import utc_now
        from service.db.open import opened
        from service.night import Night, day_of, night_day
        from service.night_job import night_job
        from service.night_parts import real_parts
        from service.night_progress import TerminalProgress, print_report
        from service.schedule import last_planned
        from service.settings import load_settings
        from vision.seen import InputError

        try:
            day = day_of(date, utc_now())
        except InputError as error:
            raise typer.BadParameter(str(error)) from None
        settings = load_settings(data=data, model=model)
        logs.set_up(settings, least="error")
        until = night_day(last_planned(utc_now(), settings.nightly_at)) if scheduled else None
        console = Console()
        with opened(settings) as database, TerminalProgress(console) as progress:
            night = Night(
                database,
                settings,
                real_parts,
                progress=progress,
                again=again,
                told=lambda report: print_report(console, report),
            )
            end = night_job(night, day=day, hall=hall, until=until)
        if not end.reports:
            console.print("大厅休息,没有图像,无需判定。")
        if end.deleted.bytes:
            console.print(end.deleted.line())
        for sentence in end.unsent:
            typer.echo(sentence, err=True)
        raise typer.Exit(end.exit_code)
