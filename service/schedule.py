"""The night shift inside ``serve``: capture every minute, the night at its time, nothing twice.

Both are what a timer would start (``deskcheck capture``, ``deskcheck nightly --scheduled``), under
the same locks: a timer beside this scheduler does no harm.  What is owed is read from the database,
so that a machine that was off at the time judges its night as soon as it is on again.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Final

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import exists, select

from service.capture import capture
from service.capture_report import Report
from service.clock import Clock, iso, to_hall, utc_now
from service.db.engine import Database
from service.db.models import Hall, Run
from service.net import redact
from service.night import night_day
from service.night_job import tell_alarms
from service.settings import Settings
from vision.seen import HALL_TZ, BusyError, DeskcheckError

log = structlog.get_logger(__name__)

EVERY_S: Final = 60.0
BACK_OFF: Final = tuple(timedelta(minutes=m) for m in (5, 15, 60))
"""A night that failed is tried again, ever more rarely, until the next one is due."""
GRACE_S: Final = 20.0

RunNight = Callable[[], int]


def last_planned(now: datetime, at: str) -> datetime:
    """The last moment, not after now, at which a night was planned (``HH:MM``, Asia/Shanghai)."""
    here = to_hall(now)
    hour, minute = (int(part) for part in at.split(":"))
    planned = datetime.combine(here.date(), time(hour, minute), HALL_TZ)
    return planned if planned <= here else planned - timedelta(days=1)


class Shift:
    """What runs by itself.  Its two jobs may be called at any time; each does what is owed."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        clock: Clock = utc_now,
        run_capture: Callable[[], Report] | None = None,
        run_night: RunNight | None = None,
    ) -> None:
        self.database = database
        self.settings = settings
        self.clock = clock
        self._capture = run_capture or (lambda: capture(database, settings, clock=clock))
        self._night = run_night or self._start_night
        self._child: subprocess.Popen[str] | None = None
        self._stopping = threading.Event()
        self._capturing = threading.Lock()
        self._done: datetime | None = None
        self._tries: tuple[datetime, int] | None = None
        self._not_before: datetime | None = None

    # ------------------------------------------------------------------ capture

    def capture_now(self) -> None:
        """Take what is due; what goes wrong is logged, and the next minute tries again."""
        try:
            with self._capturing:
                report = self._capture()
            tell_alarms(self.settings, report)
        except BusyError:
            return  # a timer's run is at it
        except DeskcheckError as error:
            log.error("capture_failed", error=redact(str(error)))
            return
        for one in report.halls:
            if one.due or one.missed or not one.ok:
                say = log.info if one.ok else log.warning
                say("captured", hall=one.hall, taken=one.taken, due=one.due, text=one.sentence())

    # ------------------------------------------------------------------ night

    def owed(self) -> datetime | None:
        """The planned moment whose night was not judged since, or None."""
        now = self.clock()
        planned = last_planned(now, self.settings.nightly_at)
        if self._done == planned:
            return None
        wait = self._not_before - now if self._not_before is not None else timedelta(0)
        if timedelta(0) < wait <= BACK_OFF[-1]:  # longer: the clock was put back, don't wait
            return None
        return planned if self._unjudged(planned, since=planned) else None

    def _unjudged(self, planned: datetime, *, since: datetime | None) -> bool:
        """Whether a hall that was there lacks a filed run of that night (ended since then)."""
        filed = exists().where(
            Run.hall_id == Hall.id,
            Run.day == night_day(planned),
            Run.status.in_(("done", "incomplete")),
        )
        if since is not None:
            filed = filed.where(Run.finished_at >= since)
        with self.database.read() as session:
            missing = select(Hall.id).where(Hall.active, Hall.created_at <= planned, ~filed)
            return session.scalar(missing.limit(1)) is not None

    def night_now(self) -> None:
        """Judge the night if it is owed; one that fails is tried again later."""
        planned = self.owed()
        if planned is None or self._stopping.is_set():
            return
        self.capture_now()  # what a drop holds of a missed day is made good before it is judged
        if self._stopping.is_set():
            return
        log.info("night_starts", planned=iso(planned), day=str(night_day(planned)))
        try:
            code = self._night()
        except DeskcheckError as error:
            log.error("night_not_started", error=redact(str(error)))
            code = 1
        if code == 0 or (code == 1 and not self._unjudged(planned, since=None)):
            self._done, self._tries, self._not_before = planned, None, None
            return
        known, before = self._tries or (planned, 0)
        tries = before + 1 if known == planned else 1
        self._tries = (planned, tries)
        self._not_before = self.clock() + BACK_OFF[min(tries, len(BACK_OFF)) - 1]
        log.error("night_put_off", code=code, tries=tries, again_at=iso(self._not_before))

    def _start_night(self) -> int:
        """The command in a process of its own: its memory is given back, its fall is not ours."""
        words = ["nightly", "--scheduled", "--data", str(self.settings.data.absolute())]
        return self._wait([sys.executable, "-I", "-m", "service.cli", *words])

    def _wait(self, words: Sequence[str]) -> int:
        with subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, text=True
        ) as child:
            self._child = child
            try:
                while True:
                    try:
                        return child.wait(timeout=0.5)
                    except subprocess.TimeoutExpired:
                        if self._stopping.is_set():
                            self._end(child)
            finally:
                self._child = None

    @staticmethod
    def _end(child: subprocess.Popen[str]) -> None:
        """A night may be ended at any moment: it goes on where it was."""
        child.terminate()
        try:
            child.wait(timeout=GRACE_S)
        except subprocess.TimeoutExpired:
            child.kill()

    # ------------------------------------------------------------------ life

    @contextmanager
    def on(self, every_s: float = EVERY_S) -> Iterator[None]:
        """Both jobs go on in the background until the end of the block."""
        scheduler = BackgroundScheduler(
            timezone=HALL_TZ,
            executors={"default": ThreadPoolExecutor(2)},
            # late is better than never, twice late is once, and never two of a kind at once
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for job in (self.capture_now, self.night_now):
            scheduler.add_job(
                job,
                "interval",
                seconds=every_s,
                id=job.__name__,
                next_run_time=datetime.now(HALL_TZ) + timedelta(seconds=min(every_s, 2.0)),
            )
        scheduler.start()
        log.info("shift_on", nightly_at=self.settings.nightly_at)
        try:
            yield
        finally:
            self._stopping.set()
            scheduler.shutdown(wait=True)


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


@contextmanager
def shift_on(settings: Settings) -> Iterator[None]:
    """The night shift of an installation, if its settings want one."""
    if not settings.scheduler:
        yield
        return
    if threading.current_thread() is threading.main_thread():
        # the web server ends on SIGTERM and then lets it through: our own end must still be reached
        signal.signal(signal.SIGTERM, _leave)
    database = Database.of(settings)
    try:
        with Shift(database, settings).on():
            yield
    finally:
        database.close()
