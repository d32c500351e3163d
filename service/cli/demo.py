"""``deskcheck demo``: the sample hall, offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from service.demo import Demo


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def demo(
        serve: Annotated[
            bool, typer.Option("--serve/--no-serve", help="Serve the page, or stop after the night")
        ] = True,
        port: Annotated[int, typer.Option(min=1, max=65535, help="Listen port.")] = 8000,
        data: Annotated[Path, typer.Option(help="The demo's own data folder.")] = Path("demo-data"),
        open_page: Annotated[
            bool, typer.Option("--open/--no-open", help="Open the browser where there is one.")
        ] = True,
    ) -> None:
        """The sample hall: a night over shipped frames, then the review page. Safe to run twice."""
        from rich.console import Console

        from service import web_server
        from service.demo import run_demo, sample_hall
        from service.night_progress import TerminalProgress, print_report
        from service.settings import load_settings

        settings = load_settings(data=data, host="127.0.0.1", port=port)
        if serve:
            web_server.require_free(settings.host, settings.port)
        console = Console()
        with TerminalProgress(console) as progress:
            made = run_demo(settings, sample_hall(), progress=progress)
        for report in made.reports:
            print_report(console, report)
        address = settings.address
        _panel(console, made, address, serving=serve)
        if serve:
            if open_page and web_server.has_display():
                web_server.open_when_up(address, settings.host, settings.port)
            web_server.serve(settings)


def _panel(console: Console, made: Demo, address: str, *, serving: bool) -> None:
    from rich.panel import Panel
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_row("地址", address if serving else f"{address}(运行 deskcheck serve 后)")
    for login in made.logins:
        role = f"{login.role}({'、'.join(login.windows)})" if login.windows else login.role
        table.add_row(role, f"{login.login}  /  {login.password}")
    console.print(
        Panel(table, title="deskcheck 桌面巡检", subtitle="口令只显示这一次", expand=False)
    )
