"""``deskcheck demo``: the shipped sample hall, a night over it, a first login."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from service.auth.roles import Role
from service.clock import Clock, utc_now
from service.db.engine import Database
from service.db.models import CameraPause, User
from service.db.open import opened
from service.halls import import_layout
from service.night import Night
from service.night_inbox import scan
from service.night_parts import Parts, real_parts
from service.night_report import NightReport
from service.progress import Progress, no_progress
from service.settings import Settings
from service.setup.roster import set_chief_windows, windows_of
from service.users import add_user, reset_password
from vision.seen import InputError

MARKER: Final = ".deskcheck-demo"
LOGINS: Final = (
    ("admin", "admin", "系统管理员"),
    ("inspector", "inspector", "巡检员"),
    ("second", "inspector", "第二巡检员"),
    ("chief", "chief", "首席代表"),
    ("leader", "leader", "分管领导"),
)
"""Whom a day needs: the second inspector decides what may not be decided by the first."""


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A login with its password, shown once; ``windows``: what a chief answers for."""

    login: str
    role: str
    password: str
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made."""

    reports: tuple[NightReport, ...]
    logins: tuple[DemoLogin, ...]


def sample_hall() -> Path:
    """The folder of the shipped sample hall."""
    import datasets

    return Path(datasets.__file__).parent / "sample_hall"


def prepare_folder(data: Path) -> None:
    """A folder of the demo's own: a new one, or one that an earlier demo made."""
    if data.exists() and not (data / MARKER).is_file() and any(data.iterdir()):
        raise InputError(
            f"{data} is not empty and was not made by the demo; name another folder with --data."
        )
    data.mkdir(parents=True, exist_ok=True)
    (data / MARKER).write_text("Made by `deskcheck demo`; may be deleted.\n", encoding="utf-8")


def run_demo(
    settings: Settings,
    sample: Path,
    *,
    parts_for: Callable[[Settings, date], Parts] = real_parts,
    progress: Progress = no_progress,
    clock: Clock = utc_now,
) -> Demo:
    """Set up the sample hall and judge every day of its frames; a second time keeps verdicts."""
    if not (sample / "hall.yaml").is_file():
        raise InputError(f"The sample hall is not there: {sample / 'hall.yaml'} is missing.")
    prepare_folder(settings.data)
    frames = sample / "frames"
    days = sorted({s.taken_at.date() for s in scan(frames).snapshots})
    if not days:
        raise InputError(f"The sample hall has no frames in {frames}.")
    with opened(settings, create=True) as database:
        hall, _ = import_layout(
            database, settings, sample / "hall.yaml", now=clock(), inbox=frames, actor="demo"
        )
        _turned_back(database, hall.id, sample / "turned_back.json", now=clock())
        logins = tuple(_login(database, hall.id, *given, clock=clock) for given in LOGINS)
        night = Night(database, settings, parts_for, clock=clock, progress=progress)
        reports = [report for day in days for report in night.run(day=day)]
    return Demo(tuple(reports), logins)


def _turned_back(database: Database, hall_id: int, told: Path, *, now: datetime) -> None:
    """Cameras that were knocked on the sample day and that somebody turned back the same day."""
    if not told.is_file():
        return
    with database.write() as session:
        if session.scalar(select(CameraPause.id).where(CameraPause.hall_id == hall_id)) is not None:
            return
        for line in json.loads(told.read_text(encoding="utf-8")):
            session.add(
                CameraPause(
                    hall_id=hall_id,
                    camera=line["camera"],
                    frame=line["frame"],
                    since=datetime.fromisoformat(line["since"]),
                    recorded_at=now,
                    cleared_at=datetime.fromisoformat(line["cleared"]),
                    cleared_by="demo",
                    choice="put_back",
                )
            )


def _login(
    database: Database, hall_id: int, login: str, role: str, name: str, *, clock: Clock
) -> DemoLogin:
    """A new user, or the same one with a new password: the old one is nowhere to be read."""
    with database.read() as session:
        known = session.scalar(select(User.id).where(User.login == login)) is not None
        windows = tuple(line.window for line in windows_of(session, hall_id))
    if known:
        password = reset_password(database, login, now=clock(), must_change=False, actor="demo")
    else:
        password = add_user(
            database,
            login,
            role=role,
            name=name,
            all_halls=True,
            must_change=False,
            now=clock(),
            actor="demo",
        )
    if role != Role.CHIEF:
        return DemoLogin(login, name, password)
    # the first half of the hall: what the chief can't see is as much worth showing
    own = windows[: max(1, len(windows) // 2)]
    with database.write() as session:
        id = session.scalars(select(User.id).where(User.login == login)).one()
        set_chief_windows(session, id, hall_id, list(own))
    return DemoLogin(login, name, password, own)
