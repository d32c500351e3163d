"""``deskcheck restore``: a backup back into an empty data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def restore(
        archive: Annotated[Path, typer.Argument(help="A file that `deskcheck backup` made.")],
        data: Annotated[Path | None, typer.Option(help="The data folder; must be empty.")] = None,
    ) -> None:
        """Prove a backup whole, then bring it back into an empty data folder."""
        from service.backup import restore as bring_back
        from service.clock import utc_now
        from service.settings import load_settings

        settings = load_settings(data=data)
        made = bring_back(archive, settings, now=utc_now())
        typer.echo(f"已恢复到 {settings.data}:{made.files} 个文件,逐一校验无误。")
