"""The part of a capture run that looks back: missed spots of a drop are filed from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Final, TypeAlias

from service.audit import append_hall
from service.cameras import store as cameras
from service.cameras.kinds.folder import Folder
from service.cameras.protocol import CameraConfig, CameraSource, Still, Surroundings
from service.capture_catch_up import Late, how_made_good, late_of, made_good
from service.capture_file import settle, spool
from service.capture_record import missed_by_all, result_of, written
from service.capture_report import Wanted
from service.clock import Clock, to_hall
from service.db.camera_tables import Camera, SpotDraw, SpotResult
from service.db.engine import Database
from service.locks import Held
from service.net import redact
from service.plan import Spot
from service.progress import Progress
from service.sealed import Stills
from service.secrets import Sealer
from service.settings import Settings
from vision.seen import CameraError, DeskcheckError, StoreError

MOST_S: Final = 20.0
"""Seconds a run spends on what was missed: the next minute's spots must not wait for it."""
NOTHING: Final = "no run took it while it was due, and the drop holds no picture of then"

Opener: TypeAlias = Callable[[CameraConfig, Surroundings], CameraSource]


@dataclass(frozen=True, slots=True)
class LateCamera:
    """A drop and its spots to make good; ``used``, ``seen``: moments and sha256 of its stills."""

    code: str
    drop: Folder
    late: list[Late] = field(default_factory=list)
    used: set[datetime] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def add(
        self, row: SpotDraw, spots: Sequence[Spot], results: Mapping[str, SpotResult], now: datetime
    ) -> None:
        """What one day's draw leaves to make good."""
        mine = [s for s in spots if s.camera == self.code]
        self.late.extend(late_of(row, mine, results, now))
        kept = [results[s.key] for s in mine if s.key in results]
        self.used.update(r.taken_at for r in kept if r.taken_at is not None)
        self.seen.update(r.sha256 for r in kept if r.sha256 is not None)


@dataclass(eq=False)
class CatchUp:
    """What was missed, made good; what the time does not do, the next run does."""

    database: Database
    settings: Settings
    stills: Stills
    clock: Clock
    opener: Opener
    held: Held
    _todo: list[tuple[str, LateCamera]] = field(default_factory=list)

    def cameras(self, known: Mapping[str, Camera], sealer: Sealer | None) -> dict[str, LateCamera]:
        """The cameras of a hall whose pictures of before still lie somewhere."""
        found: dict[str, LateCamera] = {}
        for code, row in known.items():
            if row.kind == "folder":
                with suppress(DeskcheckError):  # said when it is asked for a still
                    config = cameras.config_of(row, sealer)
                    source = self.opener(config, cameras.surroundings_of(self.settings))
                    if isinstance(source, Folder):
                        found[code] = LateCamera(code, source)
        return found

    def take_on(self, hall: str, late: Iterable[LateCamera]) -> None:
        """Keep for the end of the run what a hall is late of."""
        self._todo += [(hall, one) for one in late if one.late]

    def run(self, halls: Mapping[str, Wanted], progress: Progress) -> None:
        """Look through every drop that something is late of."""
        end = time.monotonic() + MOST_S
        done, total = 0, sum(len(one.late) for _, one in self._todo)
        for code, one in self._todo:
            wanted = halls[code]
            try:
                found = made_good(one.drop, one.late, one.used, one.seen)
                for late, still in takewhile(lambda _: time.monotonic() < end, found):
                    self.held.beat(every=2.5)
                    aside = one.drop.put_aside() if still is None else ""
                    self._ended(wanted, late, still, NOTHING + aside)
                    done += 1
                    progress("late", done, total)
            except CameraError as error:
                for late in one.late:
                    self._ended(wanted, late, None, redact(str(error)))
            except StoreError as full:
                wanted.trouble = str(full)
        for wanted in halls.values():
            self._log(wanted)

    def _ended(self, wanted: Wanted, late: Late, still: Still | None, why: str) -> None:
        spot, now, left = late.spot, self.clock(), None
        if still is not None:
            how = how_made_good(spot, still, to_hall(now))
            left = spool(wanted.inbox, late.draw_id, spot.key, spot.camera, still, self.stills, how)
        with self.database.write() as session:
            row = result_of(session, late.draw_id, spot.key)
            if still is not None and left is not None:
                row = written(session, late.draw_id, spot.key, spot.camera, row, spot.at, now)
                row.state, row.error = "taken", left.note
                row.taken_at, row.name, row.sha256 = still.taken_at, left.name, still.sha256
            elif row is None:
                row = missed_by_all(session, late.draw_id, spot, wanted, now, why)
            row.tries += 1
            row.recorded_at = now
        if left is not None:
            settle(wanted.inbox, left)
            wanted.made_good.append(f"{spot.at:%Y-%m-%d} {spot.key}")

    def _log(self, wanted: Wanted) -> None:
        if not wanted.made_good:
            return
        with self.database.write() as session:
            append_hall(
                session,
                at=self.clock(),
                actor="capture",
                action="capture.made_good",
                hall_id=wanted.hall_id,
                code=wanted.code,
                detail={"spots": wanted.made_good},
            )
