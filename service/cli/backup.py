"""``deskcheck backup``: one file with all that must not be lost."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def backup(
        folder: Annotated[Path, typer.Argument(help="Folder that the backup is written to.")],
        data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
    ) -> None:
        """Database, layouts and masked evidence as one file, while everything runs.

        Not in it: originals, and the secret and camera key files, which belong elsewhere.
        """
        from service.backup import make_backup
        from service.clock import utc_now
        from service.settings import load_settings

        made = make_backup(load_settings(data=data), folder, now=utc_now())
        typer.echo(f"{made.path}  {made.files} 个文件,{made.bytes / 1e6:.1f} MB")
        if made.lost:
            typer.echo(f"{made.lost} 张图片已不存在或被改动,不在备份中;请运行 deskcheck doctor。")
