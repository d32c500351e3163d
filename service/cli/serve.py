"""``deskcheck serve``: the web page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        host: Annotated[str | None, typer.Option(help="Listen address.")] = None,
        port: Annotated[int | None, typer.Option(min=1, max=65535, help="Listen port.")] = None,
        data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
        tls_certificate: Annotated[
            Path | None, typer.Option(help="PEM file: TLS of its own, with --tls-key.")
        ] = None,
        tls_key: Annotated[
            Path | None, typer.Option(help="PEM file of the certificate's private key.")
        ] = None,
        scheduler: Annotated[
            bool | None,
            typer.Option("--scheduler/--no-scheduler", help="Capture and judge by itself."),
        ] = None,
    ) -> None:
        """The service: pages, API, and the night shift that captures and judges by itself."""
        from service import logs
        from service.db.open import opened
        from service.schedule import shift_on
        from service.settings import load_settings
        from service.tls import require_pair
        from service.web_server import serve as run

        settings = load_settings(
            data=data, host=host, port=port, tls_certificate=tls_certificate, tls_key=tls_key,
            scheduler=scheduler,
        )  # fmt: skip
        logs.set_up(settings)
        require_pair(settings)
        with opened(settings):
            pass  # refuse a wrong schema before anything listens
        typer.echo(settings.address)
        with shift_on(settings):
            run(settings)
