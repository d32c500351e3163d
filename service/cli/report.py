"""``deskcheck report``: a hall's day, week, month or year as a file; bulletins verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="The data folder.")]
Hall = Annotated[str, typer.Option(help="The hall's id.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="File to write; left out: here.")]


class Form(StrEnum):
    """What to write."""

    docx = "docx"
    pdf = "pdf"
    xlsx = "xlsx"
    json = "json"


class Period(StrEnum):
    """Which report."""

    day = "day"
    week = "week"
    month = "month"
    year = "year"


HELP = {
    Period.day: "日巡查记录表 of a day (left out: yesterday).",
    Period.week: "周汇总 of the week that a day lies in (left out: today).",
    Period.month: "月通报 of the month that a day lies in, as a working copy.",
    Period.year: "年考核表 of the year that a day lies in.",
}


def _command(period: Period) -> Callable[..., None]:
    """The command of one period."""

    def make(
        hall: Hall,
        on: Annotated[str, typer.Option("--date", help="A day of the period, YYYY-MM-DD.")] = "",
        format: Annotated[Form, typer.Option(help="What to write.")] = Form.docx,
        out: Out = None,
        reader: Annotated[
            str, typer.Option(help="Whose copy it is: the name across each page.")
        ] = "命令行",
        data: Data = None,
    ) -> None:
        _make(period.value, hall, on, format.value, out, reader, data)

    return make


def register(app: typer.Typer) -> None:
    """Add the commands."""
    report = typer.Typer(help="Reports: day, week, month, year; bulletins.", no_args_is_help=True)
    app.add_typer(report, name="report")

    for period in Period:
        report.command(period.value, help=HELP[period])(_command(period))

    @report.command()
    def verify(
        hall: Annotated[str | None, typer.Option(help="Only this hall.")] = None,
        data: Data = None,
    ) -> None:
        """Check every issued bulletin: its files by hash, its figures from the rows again."""
        _verify(hall, data)


def _make(
    period: str, code: str, on: str, form: str, out: Path | None, reader: str, data: Path | None
) -> None:
    from service.clock import utc_now
    from service.db.open import opened
    from service.halls import halls_named
    from service.reports.exports import checked_day, exported
    from service.reports.office import Office
    from service.reports.shapes import Kind
    from service.review.standard import StandardBook
    from service.settings import load_settings

    settings, now, kind = load_settings(data=data), utc_now(), Kind(period)
    day = checked_day(_day(on), now, kind)
    office = Office(settings, StandardBook(settings))
    with opened(settings) as database, database.read() as session:
        (row,) = halls_named(session, code)
        made, name = exported(session, office, row.id, kind, day, form, reader=reader, now=now)
    path = out or Path(name)
    path.write_bytes(made)
    typer.echo(str(path))


def _day(text: str) -> date | None:
    from vision.seen import InputError

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date {text!r} is no day; write it as 2026-03-31.") from None


def _verify(code: str | None, data: Path | None) -> None:
    from sqlalchemy import select

    from service.db.models import BulletinRow
    from service.db.open import opened
    from service.halls import halls_named
    from service.reports.bulletins import BulletinState, verify
    from service.reports.office import Office
    from service.review.standard import StandardBook
    from service.settings import load_settings
    from vision.seen import StoreError

    settings = load_settings(data=data)
    office = Office(settings, StandardBook(settings))
    bad = 0
    with opened(settings) as database, database.read() as session:
        halls = [row.id for row in halls_named(session, code)]
        rows = session.scalars(
            select(BulletinRow)
            .where(BulletinRow.hall_id.in_(halls), BulletinRow.state == BulletinState.ISSUED)
            .order_by(BulletinRow.id)
        ).all()
        for row in rows:
            found = verify(session, office, row)
            typer.echo(f"{row.id} {row.title}: {'ok' if found.ok else 'NOT THE SAME'}")
            for line in (*found.faults, *found.changed):
                typer.echo(f"  {line}")
            bad += not found.ok
    if bad:
        raise StoreError(f"{bad} of {len(rows)} issued bulletins are not what was issued.")
    typer.echo(f"{len(rows)} issued bulletins checked.")
