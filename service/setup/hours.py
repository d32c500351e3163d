"""The calendar file of a year, and a hall's closures and overtime: checked before they count."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from rules.calendar import FOLDER, load_calendar
from service.audit import append_by
from service.auth.viewer import Viewer
from service.calendars import calendar_of
from service.db.engine import Database
from service.halls import StaleLayoutError
from service.settings import Settings
from service.setup.draft import layout_from, text_of
from service.setup.faults import SetupError, fault_of
from service.setup.versions import save, version_of
from vision.seen import CalendarError, InputError

UPLOAD: Final = "calendar.yaml"
BYTES_MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year that the calendar knows: its days off and worked, and whether it was uploaded."""

    year: int
    off: int
    worked: int
    own: bool


def years_of(settings: Settings) -> list[YearLine]:
    """The years in force, the last first."""
    calendar = calendar_of(settings)
    own = {int(p.stem) for p in (settings.data / "calendars").glob("*.yaml") if p.stem.isdigit()}
    return [
        YearLine(year, len(calendar.off[year]), len(calendar.worked.get(year, ())), year in own)
        for year in reversed(calendar.years)
    ]


def upload_calendar(
    database: Database, settings: Settings, viewer: Viewer, data: bytes, *, now: datetime
) -> int:
    """Keep a year's file in the data folder once it reads well beside the others; gives its year.

    It counts from the next draw and the next night on; an older file of the year is replaced.
    """
    if len(data) > BYTES_MOST:
        raise SetupError("文件太大,最多 {most} 字节。", most=BYTES_MOST)
    folder = settings.data / "calendars"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix=".calendar-") as stage:
        draft = Path(stage) / UPLOAD
        draft.write_bytes(data)
        try:
            (year,) = load_calendar([draft]).years
            others = [p for p in folder.glob("*.yaml") if p.stem != str(year)]
            load_calendar([*sorted(others), draft])
        except CalendarError as error:
            raise told(error) from None
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        with database.write() as session:
            append_by(
                viewer,
                session,
                at=now,
                action="calendar.upload",
                object_kind="calendar",
                object_id=str(year),
                detail={"bytes": len(data), "replaces": (folder / f"{year}.yaml").is_file()},
            )
            draft.replace(folder / f"{year}.yaml")
    return year


def shipped_years() -> list[int]:
    return sorted(int(p.stem) for p in FOLDER.glob("*.yaml"))


def told(error: InputError) -> SetupError:
    """A fault of a file in the page's words: line, field, and what is wrong with its mend."""
    fault = fault_of(error)
    if fault.template is not None:
        what = fault.template.format(**(fault.values or {}))
    else:
        what = fault.english
    return SetupError("第 {line} 行 {at}:{what}", line=fault.line, at=fault.field, what=what)


# --------------------------------------------------------------------------- a hall's own days


@dataclass(frozen=True, slots=True)
class HallDays:
    """A hall's closures and overtime as its layout in force has them."""

    version: int
    closures: list[dict[str, Any]]
    overtime: list[dict[str, Any]]
    windows: list[str]


def days_of(database: Database, settings: Settings, hall_id: int) -> HallDays:
    version, data = _read(database, settings, hall_id)
    hours = data.get("hours") or {}
    windows = dict.fromkeys(
        str(desk.get("window") or desk["id"]) for desk in data.get("desks") or ()
    )
    return HallDays(
        version, list(hours.get("closures") or ()), list(hours.get("overtime") or ()), [*windows]
    )


def add_closure(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    *,
    base: int,
    first: date,
    last: date,
    why: str,
    window: str,
    now: datetime,
) -> None:
    """Days on which the hall, or one window of it, is shut."""
    line = {"from": first.isoformat(), "to": last.isoformat(), "why": why.strip()}
    _change(database, settings, viewer, hall_id, base, "closures", _at(line, window), None, now)


def add_overtime(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    *,
    base: int,
    day: date,
    hours: str,
    window: str,
    now: datetime,
) -> None:
    """Hours added on one day, ``17:00-20:00``."""
    line = {"date": day.isoformat(), "hours": hours.strip()}
    _change(database, settings, viewer, hall_id, base, "overtime", _at(line, window), None, now)


def take_away(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    *,
    base: int,
    part: str,
    number: int,
    now: datetime,
) -> None:
    """Take a line of ``closures`` or ``overtime`` out, counted from 0."""
    _change(database, settings, viewer, hall_id, base, part, None, number, now)


def _at(line: dict[str, Any], window: str) -> dict[str, Any]:
    return {**line, "window": window} if window else line


def _read(database: Database, settings: Settings, hall_id: int) -> tuple[int, dict[str, Any]]:
    with database.read() as session:
        version = version_of(session, hall_id, None)
        if version is None:
            raise SetupError("大厅还没有布局。")
        number, text, folder = version.version, version.yaml, settings.data / version.base_path
    try:
        return number, layout_from(text, folder)[1]
    except InputError as error:
        raise told(error) from None


def _change(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    hall_id: int,
    base: int,
    part: str,
    new: dict[str, Any] | None,
    gone: int | None,
    now: datetime,
) -> None:
    """One line more or less, as a new version of the layout; the night keeps what judged it."""
    version, data = _read(database, settings, hall_id)
    if version != base:
        raise SetupError("布局刚被别人改过,请刷新后再改。")
    hours = dict(data.get("hours") or {})
    lines = list(hours.get(part) or ())
    if gone is not None:
        if gone >= len(lines):
            raise SetupError("布局刚被别人改过,请刷新后再改。")
        del lines[gone]
    if new is not None:
        known = {str(desk.get("window") or desk["id"]) for desk in data.get("desks") or ()}
        if new.get("window", "") not in {"", *known}:
            raise SetupError("布局中没有窗口“{window}”。", window=new["window"])
        lines.append(new)
    hours[part] = lines
    text = text_of({**data, "hours": hours})
    try:
        save(database, settings, viewer, hall_id, text, base=base, now=now)
    except StaleLayoutError:
        raise SetupError("布局刚被别人改过,请刷新后再改。") from None
    except SetupError:
        raise
    except InputError as error:
        raise told(error) from None
