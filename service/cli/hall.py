"""``deskcheck hall``: halls and their layouts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="The data folder.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    hall = typer.Typer(help="Halls and their layouts.", no_args_is_help=True)
    app.add_typer(hall, name="hall")

    @hall.command()
    def add(
        layout: Annotated[Path, typer.Argument(help="The hall's layout, HALL.yaml.")],
        inbox: Annotated[
            Path | None, typer.Option(help="Folder of its snapshots; left out: inbox/ID.")
        ] = None,
        data: Data = None,
    ) -> None:
        """Register a hall by its layout; again: a new version of the layout."""
        _import(layout, inbox, data, create=True)

    @hall.command("import")
    def import_(
        layout: Annotated[Path, typer.Argument(help="The new HALL.yaml of a registered hall.")],
        data: Data = None,
    ) -> None:
        """A new version of a hall's layout; findings keep the version they were judged under."""
        _import(layout, None, data, create=False)

    @hall.command("list")
    def list_(data: Data = None) -> None:
        """The halls, the newest version of their layout, and their inbox."""
        from rich.console import Console
        from rich.table import Table

        from service.db.open import opened
        from service.halls import halls_named, inbox_of, newest_layout
        from service.settings import load_settings

        settings = load_settings(data=data)
        table = Table("编号", "名称", "布局版本", "收图文件夹")
        with opened(settings) as database, database.read() as session:
            for row in halls_named(session, None):
                version = newest_layout(session, row).version
                table.add_row(row.code, row.name, str(version), str(inbox_of(settings, row)))
        Console().print(table)


def _import(layout: Path, inbox: Path | None, data: Path | None, *, create: bool) -> None:
    from service.clock import utc_now
    from service.db.open import opened
    from service.halls import import_layout, inbox_of
    from service.settings import load_settings

    settings = load_settings(data=data)
    with opened(settings, create=create) as database:
        row, version = import_layout(
            database, settings, layout, now=utc_now(), inbox=inbox, create=create
        )
    folder = inbox_of(settings, row)
    folder.mkdir(parents=True, exist_ok=True)
    typer.echo(f"{row.code} {row.name}:布局第 {version.version} 版;截图放入 {folder}")
