"""A hall in a data folder, with cameras that a test scripts."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from service.calendars import calendar_of
from service.cameras.picture import still_of
from service.cameras.protocol import (
    CameraConfig,
    CameraSource,
    Deadline,
    Limits,
    SourceInfo,
    Still,
    Surroundings,
)
from service.cameras.store import add_camera, sealer_of
from service.capture import capture
from service.capture_draw import draw_of, ensure_draw, set_plan
from service.capture_report import Report
from service.capture_take import Pace
from service.db.camera_tables import SpotDraw, SpotResult
from service.db.engine import Database
from service.halls import halls_named, import_layout
from service.plan import Spot, SpotPlan
from service.sealed import Stills
from service.settings import Settings
from tests.cameras.pictures import jpeg
from tests.service.made_up import empty_database
from vision.seen import HALL_TZ

YAML = """\
schema: 1
hall: {id: test, name: 测试大厅}
desks: [{id: A1}]
cameras:
  - id: cam1
    zones:
      - {kind: desk_top, desk: A1, polygon: [[0.1, 0.5], [0.4, 0.5], [0.4, 0.8], [0.1, 0.8]]}
"""
DAY = datetime(2026, 3, 11, tzinfo=HALL_TZ)
MIDNIGHT = DAY.astimezone(UTC)
QUICK = Pace(back_off_s=(0.01,), busy_back_off_s=(0.01,), each_s=2.0)

Script = Callable[[int], bytes | Exception]
"""From the number of the call (1, 2, ...) to a picture or an error."""


def live(camera: str) -> Script:
    """A camera that always works and never sends the same picture twice."""
    start = int(hashlib.sha256(camera.encode()).hexdigest()[:6], 16)
    return lambda call: jpeg(start + call)


class Scripted:
    """A camera source that does what its script says."""

    def __init__(self, config: CameraConfig, hall: MadeHall) -> None:
        self.device = config.url
        self._config = config
        self._hall = hall

    async def snapshot(self, deadline: Deadline) -> Still:
        assert deadline.left > 0
        hall, camera = self._hall, self._config.id
        hall.calls[camera] = hall.calls.get(camera, 0) + 1
        await asyncio.sleep(0)
        answer = hall.scripts.get(camera, live(camera))(hall.calls[camera])
        if isinstance(answer, Exception):
            raise answer
        taken_at = hall.now.astimezone(HALL_TZ)
        source = SourceInfo(self._config.kind, "10.0.0.1")
        return still_of(answer, source, taken_at, Limits())


@dataclass
class MadeHall:
    """One hall, its cameras, and a clock that the test turns."""

    folder: Path
    scripts: dict[str, Script] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    now: datetime = MIDNIGHT
    networks: str = "10.0.0.0/8,127.0.0.0/8"
    seed: str = "made"

    def __post_init__(self) -> None:
        self.settings = Settings(
            data=self.folder / "data", camera_networks=self.networks, min_free_mb=0
        )
        self.inbox = self.folder / "inbox"
        self.database = Database.of(self.settings)

    def set_up(self, *cameras: CameraConfig, plan: SpotPlan | None = None) -> MadeHall:
        self.settings.data.mkdir(parents=True, exist_ok=True)
        (self.settings.data / "deskcheck.sqlite3").write_bytes(empty_database())
        layout = self.folder / "hall.yaml"
        layout.write_text(YAML, encoding="utf-8")
        import_layout(self.database, self.settings, layout, now=self.now, inbox=self.inbox)
        sealer = sealer_of(self.settings, create=True)
        with self.database.write() as session:
            for camera in cameras:
                add_camera(session, camera, sealer, self.now)
            if plan is not None:
                set_plan(session, halls_named(session, "test")[0], plan, self.now, "test")
        return self

    def set_up_camera(self, camera: CameraConfig) -> None:
        """Another camera, or the same with other settings."""
        with self.database.write() as session:
            add_camera(session, camera, sealer_of(self.settings), self.now)

    def spots(self) -> list[Spot]:
        """The day's spots, drawn now if they were not."""
        with self.database.write() as session:
            hall = halls_named(session, "test")[0]
            day = self.now.astimezone(HALL_TZ).date()
            row = ensure_draw(
                session, self.settings, hall, calendar_of(self.settings), day, self.now,
                lambda: self.seed,
            )  # fmt: skip
            assert row is not None
            return list(draw_of(row).spots)

    def at(self, moment: datetime) -> MadeHall:
        self.now = moment.astimezone(UTC)
        return self

    def opener(self, config: CameraConfig, _around: Surroundings) -> CameraSource:
        return Scripted(config, self)

    def run(self, pace: Pace = QUICK, *, real: bool = False) -> Report:
        if real:
            return capture(
                self.database, self.settings, clock=lambda: self.now, pace=pace,
                seed=lambda: self.seed,
            )  # fmt: skip
        return capture(
            self.database, self.settings, clock=lambda: self.now, pace=pace, opener=self.opener,
            seed=lambda: self.seed,
        )  # fmt: skip

    def states(self) -> dict[str, str]:
        """Spot -> what became of it."""
        with self.database.read() as session:
            rows = session.scalars(select(SpotResult).order_by(SpotResult.id)).all()
            return {f"{r.draw.day:%m%d} {r.key}": r.state for r in rows}

    def filed(self) -> Mapping[str, str]:
        """Name -> sha256 of every still in the inbox, opened."""
        stills = Stills.of(self.settings)
        return {
            p.relative_to(self.inbox).as_posix(): hashlib.sha256(stills.read(p)).hexdigest()
            for p in sorted(self.inbox.rglob("*"))
            if p.is_file()
        }

    def draws(self) -> int:
        with self.database.read() as session:
            return len(session.scalars(select(SpotDraw)).all())


def config(code: str, url: str | None = None) -> CameraConfig:
    number = int(hashlib.sha256(code.encode()).hexdigest()[:2], 16)
    return CameraConfig("test", code, "http", url or f"http://10.0.0.{number}/a.jpg")


def one_spot(hall: MadeHall, slot: str = "am", draw: int = 0) -> Spot:
    return next(s for s in hall.spots() if s.slot == slot and s.draw == draw)


SECOND = timedelta(seconds=1)
