"""``deskcheck retention``: terms and legal holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="The data folder.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    retention = typer.Typer(help="What is deleted when, and legal holds.", no_args_is_help=True)
    app.add_typer(retention, name="retention")

    @retention.command()
    def run(data: Data = None) -> None:
        """Delete what is past its term; the nightly check does this by itself."""
        from service.clock import utc_now
        from service.db.open import opened
        from service.retention import apply
        from service.settings import load_settings

        settings = load_settings(data=data)
        with opened(settings) as database:
            typer.echo(apply(database, settings, now=utc_now()).line())

    @retention.command()
    def hold(
        hall: Annotated[str, typer.Option(help="The hall.")],
        first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
        last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
        reason: Annotated[str, typer.Option(help="Why; kept in the log.")],
        data: Data = None,
    ) -> None:
        """Keep everything of a hall's days until released, whatever its term."""
        from service.clock import utc_now
        from service.db.open import opened
        from service.retention import hold as put_on_hold
        from service.settings import load_settings

        with opened(load_settings(data=data)) as database:
            number = put_on_hold(
                database,
                hall,
                first.date(),
                last.date(),
                reason=reason,
                actor="cli",
                now=utc_now(),
            )
        typer.echo(f"已保全,编号 {number}")

    @retention.command()
    def release(
        number: Annotated[int, typer.Argument(help="The hold's number.")], data: Data = None
    ) -> None:
        """Lift a legal hold."""
        from service.clock import utc_now
        from service.db.open import opened
        from service.retention import release as lift
        from service.settings import load_settings

        with opened(load_settings(data=data)) as database:
            lift(database, number, actor="cli", now=utc_now())
        typer.echo(f"已解除保全 {number}")

    @retention.command("open")
    def open_still(
        file: Annotated[Path, typer.Argument(help="A sealed still in an inbox.")],
        out: Annotated[Path, typer.Option(help="Where the unmasked picture is written.")],
        reason: Annotated[str, typer.Option(help="Why; kept in the log.")],
        data: Data = None,
    ) -> None:
        """Open one sealed original, for whoever the law entitles to it; written to the log."""
        from service.audit import append
        from service.clock import utc_now
        from service.db.open import opened
        from service.sealed import Stills
        from service.settings import load_settings
        from vision.seen import InputError

        if out.exists():
            raise InputError(f"{out}: is there already; name another file.")
        if not reason.strip():
            raise InputError("--reason: say why the unmasked picture is opened.")
        settings = load_settings(data=data)
        picture = Stills.of(settings).read(file)
        with opened(settings) as database, database.write() as session:
            append(
                session,
                at=utc_now(),
                user_id=None,
                actor="cli",
                action="original.open",
                object_kind="original",
                object_id=file.name,
                hall_id=None,
                detail={"reason": reason.strip()},
            )
        out.write_bytes(picture)
        out.chmod(0o600)
        typer.echo(str(out))
