"""Ask many cameras at once, kindly: a few per device, one refused login per device, back-off.

Pure asyncio, no database: jobs in, outcomes out, each handed over as soon as it is there.  A camera
that hangs costs its own time and one of the places, never the others' stills.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit

from service.cameras.protocol import (
    CameraBusy,
    CameraConfig,
    CameraPlaceholder,
    CameraRubbish,
    CameraSource,
    Deadline,
    LoginRefused,
    Still,
)
from service.net import AddressError
from vision.seen import CameraError

State: TypeAlias = Literal["taken", "failed", "doubtful", "stopped"]
BACK_OFF_S: Final = (2.0, 5.0, 12.0)
ONE_AT_A_TIME: Final = frozenset({"wvp", "zlm"})
"""Kinds whose platform opens a stream for each picture: one at a time a device, whatever is set."""
BUSY_BACK_OFF_S: Final = (3.0, 8.0, 20.0)


@dataclass(frozen=True, slots=True)
class Job:
    """One still wanted.  ``last_sha256``: of this camera's picture before, to know a copy."""

    key: str
    config: CameraConfig
    source: CameraSource
    last_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: a still, or the sentence that says why not."""

    job: Job
    state: State
    tries: int
    seconds: float
    still: Still | None = field(default=None, repr=False)
    error: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard devices may be pushed.  Seconds; ``tries`` includes the first."""

    at_once: int = 48
    each_s: float = 25.0
    tries: int = 3
    busy_tries: int = 4
    back_off_s: Sequence[float] = BACK_OFF_S
    busy_back_off_s: Sequence[float] = BUSY_BACK_OFF_S
    whole_s: float = 290.0


def login_scope(config: CameraConfig) -> tuple[str, str]:
    """Which account a login belongs to: device and user name, whatever the channel or kind."""
    parts = urlsplit(config.url)
    return (parts.hostname or config.url).lower(), config.login.user


class _Device:
    """One device's places; until a first login went through, one request at a time."""

    def __init__(self, streams: int) -> None:
        self.places = asyncio.Semaphore(streams)


class _Account:
    """One account on one device: is its password known to be right, or refused?"""

    def __init__(self) -> None:
        self.first = asyncio.Lock()
        self.proved = False
        self.refused = ""


class Taker:
    """Takes a batch of jobs within a time; ``pace`` and ``sleep`` are passed in."""

    def __init__(
        self, pace: Pace | None = None, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._pace = pace or Pace()
        self._sleep = sleep
        self._devices: dict[str, _Device] = {}
        self._accounts: dict[tuple[str, str], _Account] = {}
        self._seen: dict[str, tuple[str, str]] = {}

    async def take(self, jobs: Iterable[Job], on_outcome: Callable[[Outcome], None]) -> int:
        """Do all jobs; each outcome is handed over once.  Returns how many stills were taken."""
        jobs = list(jobs)
        streams: dict[str, int] = {}
        for job in jobs:
            bears = 1 if job.config.kind in ONE_AT_A_TIME else job.config.device_streams
            device = job.source.device
            streams[device] = min(streams.get(device, bears), bears)
        for device, bears in streams.items():
            self._devices.setdefault(device, _Device(bears))
        deadline = Deadline.after(self._pace.whole_s)
        room = asyncio.Semaphore(self._pace.at_once)
        taken = 0

        async def one(job: Job) -> None:
            nonlocal taken
            started = time.monotonic()
            outcome = await self._one(job, room, deadline, started)
            taken += outcome.state == "taken"
            on_outcome(outcome)

        async with asyncio.TaskGroup() as group:
            for job in jobs:
                group.create_task(one(job), name=f"camera {job.config.id}")
        return taken

    async def _one(
        self, job: Job, room: asyncio.Semaphore, whole: Deadline, started: float
    ) -> Outcome:
        pace = self._pace
        device = self._devices[job.source.device]
        account = self._accounts.setdefault(login_scope(job.config), _Account())
        tries = 0

        def ended(state: State, error: str, *, refused: bool = False) -> Outcome:
            spent = time.monotonic() - started
            return Outcome(job, state, tries, spent, error=error, refused=refused)

        while True:
            try:
                # the device's place first: who waits for a busy device holds no common place
                async with whole.scope(), device.places, room:
                    if account.refused:
                        return ended("stopped", account.refused, refused=True)
                    tries += 1
                    still = await self._ask(job, account, whole)
                self._doubt(job, still)
            except LoginRefused as error:
                account.refused = str(error)
                return ended("stopped", str(error), refused=True)
            except AddressError as error:
                return ended("failed", str(error))
            except TimeoutError:
                return ended("failed", f"{job.config.id}: no time left in this run")
            except CameraError as error:
                busy = isinstance(error, CameraBusy)
                waits = pace.busy_back_off_s if busy else pace.back_off_s
                most = pace.busy_tries if busy else pace.tries
                wait = waits[min(tries - 1, len(waits) - 1)]
                if tries >= most or whole.left < wait:
                    doubtful = isinstance(error, CameraPlaceholder)
                    return ended("doubtful" if doubtful else "failed", str(error))
                await self._sleep(wait)
            else:
                return Outcome(job, "taken", tries, time.monotonic() - started, still)

    async def _ask(self, job: Job, account: _Account, whole: Deadline) -> Still:
        """One request.  The first one of an account goes alone: if its password is wrong, it is
        refused once and not once a channel."""
        if job.config.login.given and not account.proved:
            async with account.first:
                if account.refused:
                    raise LoginRefused(account.refused)
                still = await self._snapshot(job, whole)
                account.proved = True
                return still
        return await self._snapshot(job, whole)

    async def _snapshot(self, job: Job, whole: Deadline) -> Still:
        deadline = Deadline.after(min(self._pace.each_s, whole.left))
        try:
            # a kind keeps its own deadline; this one holds whatever it may have forgotten
            async with asyncio.timeout(deadline.left + 1.0):
                return await job.source.snapshot(deadline)
        except TimeoutError:
            raise CameraRubbish(f"{job.config.id} did not end in time") from None

    def _doubt(self, job: Job, still: Still) -> None:
        """A copy of what was there before is no picture of now."""
        name = job.config.id
        if still.picture_sha256 == job.last_sha256:
            cached = job.config.kind in ("wvp", "zlm", "folder")
            raise CameraPlaceholder(
                f"{name} sent the very same picture as last time: "
                + ("from a cache" if cached else "it is frozen"),
                "cached" if cached else "frozen",
            )
        other = self._seen.setdefault(still.picture_sha256, (job.key, name))
        if other[0] != job.key and other[1] != name:
            raise CameraPlaceholder(
                f"{name} and {other[1]} sent the very same picture: a stand-in of their device",
                "shared",
            )
