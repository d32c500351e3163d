"""``deskcheck capture``: draw the day once, take what is due now, say what was missed.

Safe to start every minute and twice at once (the second finds the lock); what a killed run began is
finished by the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.calendar import Calendar
from service import plan as plans
from service.audit import append
from service.calendars import calendar_of
from service.cameras import store as cameras
from service.cameras.make import open_camera
from service.cameras.protocol import CameraConfig
from service.capture_disk import note_stop, told_to_people
from service.capture_draw import draw_of, draw_slept_days, ensure_draw
from service.capture_file import DiskFull, Spooled, check_space, drop, settle, spool, unfinished
from service.capture_late import CatchUp, LateCamera, Opener
from service.capture_record import RETRY_STEP_S, missed_by_all, result_of, written
from service.capture_report import HallReport, Report, Wanted
from service.capture_take import Job, Outcome, Pace, Taker, login_scope
from service.clock import Clock, to_hall, utc_now
from service.db.camera_tables import Camera, SpotDraw, SpotResult
from service.db.engine import Database
from service.db.halls import Hall
from service.halls import halls_named, inbox_of
from service.locks import Held, hold
from service.net import redact
from service.progress import Progress, no_progress
from service.sealed import Stills
from service.secrets import Sealer
from service.settings import Settings
from vision.seen import CalendarError, DeskcheckError, StoreError

LOCK: Final = "capture"
LOOK_BACK_DAYS: Final = 7
BEAT_S: Final = 5.0


def capture(
    database: Database,
    settings: Settings,
    *,
    hall: str | None = None,
    clock: Clock = utc_now,
    pace: Pace | None = None,
    opener: Opener = open_camera,
    seed: Callable[[], str] = plans.fresh_seed,
    progress: Progress = no_progress,
) -> Report:
    """Take what is due now in one hall or in all; BusyError while another run is at it.

    ``progress`` is told of the stages "take" and "late".
    """
    with hold(database, LOCK, stale_seconds=settings.lock_stale_seconds, clock=clock) as held:
        run = _Run(database, settings, clock, opener, seed, held, progress)
        return run.walk(hall, pace or Pace(at_once=settings.capture_at_once))


@dataclass(eq=False)
class _Run:
    database: Database
    settings: Settings
    clock: Clock
    opener: Opener
    seed: Callable[[], str]
    held: Held
    progress: Progress
    jobs: int = 0
    ended: int = 0
    wanted: dict[str, Wanted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stills = Stills.of(self.settings)
        self.late = CatchUp(
            self.database, self.settings, self.stills, self.clock, self.opener, self.held
        )

    def walk(self, hall: str | None, pace: Pace) -> Report:
        calendar = calendar_of(self.settings)
        with self.database.read() as session:
            codes = [h.code for h in halls_named(session, hall)]
        reports: dict[str, HallReport] = {}
        jobs: list[Job] = []
        for code in codes:
            try:
                jobs += self._prepare(code, calendar)
            except DiskFull as full:
                stopped = self._stopped(code, full)
                reports[code] = HallReport(code, trouble=str(full), stopped=stopped)
            except (CalendarError, StoreError) as error:
                # one hall's trouble is not the others'
                reports[code] = HallReport(code, trouble=str(error))
        self.jobs = len(jobs)
        if jobs:
            self.progress("take", 0, self.jobs)
        asyncio.run(self._take(jobs, pace))
        self.late.run(self.wanted, self.progress)
        for code, wanted in self.wanted.items():
            reports.setdefault(code, wanted.report())
        return Report(tuple(reports[code] for code in codes))

    async def _take(self, jobs: list[Job], pace: Pace) -> None:
        async def beat() -> None:
            while True:
                await asyncio.sleep(BEAT_S)
                self.held.beat(every=BEAT_S / 2)

        beating = asyncio.create_task(beat())
        taking = asyncio.create_task(Taker(pace).take(jobs, self._ended))
        try:
            # who lost the lock stops at once: another run took over
            await asyncio.wait({beating, taking}, return_when=asyncio.FIRST_COMPLETED)
            if beating.done():
                taking.cancel()
                await beating
            await taking
        except* DeskcheckError as group:
            raise _first(group) from None
        finally:
            beating.cancel()

    def _stopped(self, code: str, full: DiskFull) -> str:
        """Write down that a hall's capture stopped; gives the sentence where that is news."""
        with suppress(StoreError), self.database.write() as session:
            hall = halls_named(session, code)[0]
            if note_stop(session, hall.id, code, full.free_mb, self.clock()):
                return told_to_people(hall.name, full.free_mb, self.settings.min_free_mb)
        return ""

    # ------------------------------------------------------------------ before

    def _prepare(self, code: str, calendar: Calendar) -> list[Job]:
        """Finish what a killed run left, draw the day, count what was missed, list what is due."""
        now = self.clock()
        with self.database.write() as session:
            hall = halls_named(session, code)[0]
            inbox = inbox_of(self.settings, hall)
            check_space(inbox, self.settings.min_free_mb)
            wanted = self.wanted[code] = Wanted(hall.id, code, inbox)
            finished = self._finish(session, hall, inbox)
            today = to_hall(now).date()
            since = today - timedelta(days=LOOK_BACK_DAYS)
            draw_slept_days(session, self.settings, hall, calendar, since, now, self.seed)
            ensure_draw(session, self.settings, hall, calendar, today, now, self.seed)
            rows = session.scalars(
                select(SpotDraw).where(SpotDraw.hall_id == hall.id, SpotDraw.day >= since)
            ).all()
            known = {c.code: c for c in cameras.cameras_of(session, hall.id)}
            sealer = self._sealer(known.values())
            due: list[tuple[SpotDraw, plans.Spot]] = []
            late = self.late.cameras(known, sealer)
            for row in rows:
                due += self._due_of(session, row, now, wanted, late)
            jobs = [self._job(session, row, spot, known, sealer, wanted) for row, spot in due]
        for left in finished:
            settle(inbox, left)
        self.late.take_on(code, late.values())
        return [job for job in jobs if job is not None]

    def _sealer(self, rows: Iterable[Camera]) -> Sealer | None:
        if not any(row.sealed for row in rows):
            return None
        return cameras.sealer_of(self.settings)

    def _finish(self, session: Session, hall: Hall, inbox: Path) -> list[Spooled]:
        """Rows for stills that a killed run left on their way; gives those to settle once the
        rows are kept."""
        kept: list[Spooled] = []
        for left in unfinished(inbox, self.stills):
            draw = session.get(SpotDraw, left.draw_id)
            at = None
            if draw is not None and draw.hall_id == hall.id:
                at = next((s.at for s in draw_of(draw).spots if s.key == left.key), None)
            row = result_of(session, left.draw_id, left.key)
            filled = row is not None and row.state == "taken" and row.sha256 != left.sha256
            if at is None or filled:
                drop(left)
                continue
            row = self._write(session, left.draw_id, left.key, left.camera, row, at)
            row.state, row.taken_at = "taken", left.taken_at
            row.name, row.sha256, row.error = left.name, left.sha256, left.note
            kept.append(left)
        return kept

    def _write(
        self,
        session: Session,
        draw_id: int,
        key: str,
        camera: str,
        row: SpotResult | None,
        due_at: datetime,
    ) -> SpotResult:
        return written(session, draw_id, key, camera, row, due_at, self.clock())

    def _due_of(
        self,
        session: Session,
        row: SpotDraw,
        now: datetime,
        wanted: Wanted,
        late: Mapping[str, LateCamera],
    ) -> list[tuple[SpotDraw, plans.Spot]]:
        """A day's due spots; those that are over are written down, or left to ``late``."""
        spots = draw_of(row).spots
        results = {
            r.key: r
            for r in session.scalars(select(SpotResult).where(SpotResult.draw_id == row.id))
        }
        for one in late.values():
            one.add(row, spots, results, now)
        for spot in plans.missed(spots, now, frozenset(results)):
            if spot.camera not in late:
                missed_by_all(session, row.id, spot, wanted, now)
        over = frozenset(
            r.key
            for r in results.values()
            if r.state in ("taken", "missed")
            or (now - r.recorded_at).total_seconds() < r.tries * RETRY_STEP_S
        )
        return [(row, spot) for spot in plans.due(spots, now, over)]

    def _job(
        self,
        session: Session,
        row: SpotDraw,
        spot: plans.Spot,
        known: Mapping[str, Camera],
        sealer: Sealer | None,
        wanted: Wanted,
    ) -> Job | None:
        camera = known.get(spot.camera)
        if camera is None:
            return None  # taken out of the hall since the draw: counted as missed when it is over
        result = result_of(session, row.id, spot.key)
        key = f"{row.id}|{spot.key}"
        wanted.due[key] = (row.id, spot)
        if camera.state == "stopped":
            result = self._write(session, row.id, spot.key, spot.camera, result, spot.at)
            result.state, result.error = "stopped", camera.state_reason
            wanted.silent[spot.camera] = "stopped: its login was refused; deskcheck camera reset"
            return None
        try:
            config = cameras.config_of(camera, sealer)
            source = self.opener(config, cameras.surroundings_of(self.settings))
        except DeskcheckError as error:
            result = self._write(session, row.id, spot.key, spot.camera, result, spot.at)
            result.state, result.error = "failed", redact(str(error))
            result.tries += 1
            wanted.silent[spot.camera] = result.error
            cameras.failed(camera, result.error, self.clock())
            return None
        # the id alone would mix up cameras of two halls
        return Job(key, replace(config, id=spot.camera), source, camera.last_sha256)

    # ------------------------------------------------------------------ after each still

    def _ended(self, outcome: Outcome) -> None:
        job = outcome.job
        wanted = self.wanted[job.config.hall]
        draw_id, spot = wanted.due[job.key]
        now = self.clock()
        left = None
        error = redact(outcome.error)
        if outcome.still is not None:
            try:
                left = spool(
                    wanted.inbox, draw_id, spot.key, spot.camera, outcome.still, self.stills
                )
            except StoreError as full:
                # the spot stays due: the next run asks again, when there is room
                outcome = replace(outcome, state="failed", still=None, error=str(full))
                error = wanted.trouble = str(full)
                if isinstance(full, DiskFull):
                    wanted.stopped = self._stopped(wanted.code, full) or wanted.stopped
        with self.database.write() as session:
            row = result_of(session, draw_id, spot.key)
            row = self._write(session, draw_id, spot.key, spot.camera, row, spot.at)
            row.tries += outcome.tries
            row.state, row.error = outcome.state, error
            camera = cameras.camera_of(session, wanted.code, spot.camera)
            if outcome.still is not None and left is not None:
                row.taken_at, row.name = outcome.still.taken_at, left.name
                row.sha256 = outcome.still.sha256
                cameras.succeeded(camera, outcome.still, now)
            elif outcome.refused:
                self._alarm(session, camera, job.config, error, now, wanted)
            else:
                cameras.failed(camera, error, now)
        if left is not None:
            settle(wanted.inbox, left)
            wanted.taken += 1
            wanted.silent.pop(spot.camera, None)
        else:
            wanted.silent[spot.camera] = error
        self.ended += 1
        self.progress("take", self.ended, self.jobs)

    def _alarm(
        self,
        session: Session,
        camera: Camera,
        config: CameraConfig,
        why: str,
        now: datetime,
        wanted: Wanted,
    ) -> None:
        """Stop every camera of the same account on the same device, and say it in the log once."""
        scope = login_scope(config)
        for other in session.scalars(select(Camera).where(Camera.login == config.login.user)):
            same = login_scope(cameras.config_without_secret(other)) == scope
            if same and cameras.stopped(other, why, now):
                append(
                    session,
                    at=now,
                    user_id=None,
                    actor="capture",
                    action="camera.stopped",
                    object_kind="camera",
                    object_id=str(other.id),
                    hall_id=other.hall_id,
                    detail={"camera": other.code, "why": why},
                )
                wanted.alarms.append(f"{other.code}: {why}")


def _first(group: BaseExceptionGroup[DeskcheckError]) -> DeskcheckError:
    """The first error in a group, however deep."""
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
