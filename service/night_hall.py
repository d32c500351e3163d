"""One hall's day: register, look, picture, judge, file; each method is one step of the way."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from rules.layout import HallLayout
from rules.veiled import people_of
from service import evidence, pauses, registers
from service.capture_disk import stopped_since
from service.clock import Clock
from service.db.engine import Database
from service.db.models import FrameRow, Hall, LayoutVersion, Media, Run, RunFacts
from service.halls import halls_named, inbox_of, newest_layout, read_layout
from service.locks import Held
from service.night_facts import facts_key, from_json, to_json
from service.night_file import file_day
from service.night_inbox import register, scan
from service.night_parts import Parts
from service.night_report import NightReport, camera_state, counts_of, notice_of, report_of
from service.night_suspects import Filing, store_media
from service.progress import Progress
from service.sealed import Stills
from service.settings import Settings
from service.store import MediaStore, frame_path
from vision.seen import Facts, ImageError, StoreError

BATCH: Final = 4
"""Frames a transaction: what a kill costs at most."""
WORKERS: Final = 2


@dataclass(frozen=True, slots=True)
class Given:
    """What all halls of a night share."""

    database: Database
    settings: Settings
    clock: Clock
    progress: Progress
    again: bool


class HallNight:
    """One hall's night; each method is one step of the way."""

    def __init__(self, night: Given, parts: Parts, held: Held, code: str, day: date) -> None:
        self.night = night
        self.database = night.database
        self.settings = night.settings
        self.parts = parts
        self.held = held
        self.code = code
        self.day = day
        self.store = MediaStore(night.settings.media)
        self.stills = Stills.of(night.settings)
        self.timings: dict[str, float] = {}

    def run(self) -> NightReport:
        with self.database.write() as session:
            hall = halls_named(session, self.code)[0]
            version = newest_layout(session, hall)
            inbox = inbox_of(self.settings, hall)
            arrived = scan(inbox, self.day)
            frames = register(
                session, hall, inbox, arrived, self.day, now=self.night.clock(), stills=self.stills
            )
            session.flush()
            paused = pauses.key_of(session, hall.id, self.day)
            allowed = registers.registers_of(session, hall.id, self.day)
            session.expunge_all()
        layout = read_layout(self.settings, version)
        key = self._input_key(version, frames, paused, registers.key_of(allowed))
        before = self._last_run(hall)
        if before is not None and before.input_key == key and not self.night.again:
            return report_of(before, hall, repeated=True)
        gone = [f for f in frames if f.gate is not None and not (inbox / f.path).is_file()]
        if gone and before is not None:
            # judging anew without them would take back what they proved
            return report_of(before, hall, repeated=True, expired=len(gone))
        run = self._start(hall, version, key)
        with self._timed("look"):
            facts = self._look(frames, inbox, layout, version)
        with self._timed("picture"):
            self._picture(run, frames, facts, inbox)
        with self._timed("judge"):
            now = self.night.clock()
            facts = pauses.pause_moved(self.database, hall.id, self.day, facts, now=now)
            answers = self.parts.judge(layout, facts, self.day, allowed)
            filing = Filing(self.parts, self.store, self.settings, inbox, answers, facts)
            filing.prepare(frames)
        return self._file(hall, run, filing, layout)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.timings[stage] = round(time.monotonic() - started, 3)

    # ------------------------------------------------------------------ before looking

    def _input_key(
        self, version: LayoutVersion, frames: Sequence[FrameRow], *more: Sequence[object]
    ) -> str:
        """A hash of all that the day is judged from; ``more`` counts where there is any."""
        parts = self.parts
        made_from = [
            version.sha256,
            parts.pack_version,
            parts.calendar_version,
            parts.model_sha256,
            [(f.camera, f.name, f.sha256) for f in frames],
            *filter(None, more),
        ]
        return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()

    def _last_run(self, hall: Hall) -> Run | None:
        """The last run of this day that was filed."""
        with self.database.read() as session:
            run = session.scalar(
                select(Run)
                .where(Run.hall_id == hall.id, Run.day == self.day)
                .where(Run.status.in_(("done", "incomplete")))
                .order_by(Run.id.desc())
                .limit(1)
            )
            session.expunge_all()
            return run

    def _start(self, hall: Hall, version: LayoutVersion, key: str) -> Run:
        """The run's row: a killed run of the same input goes on, any other has failed."""
        now = self.night.clock()
        with self.database.write() as session:
            found: Run | None = None
            for row in session.scalars(
                select(Run).where(
                    Run.hall_id == hall.id, Run.day == self.day, Run.status == "running"
                )
            ):
                if row.input_key == key and found is None:
                    found = row
                else:
                    row.status, row.finished_at = "failed", now
            if found is None:
                found = Run(
                    hall_id=hall.id,
                    day=self.day,
                    status="running",
                    started_at=now,
                    layout_version_id=version.id,
                    pack_version=self.parts.pack_version,
                    calendar_version=self.parts.calendar_version,
                    model_name=self.parts.model_name,
                    model_version=self.parts.model_version,
                    model_sha256=self.parts.model_sha256,
                    input_key=key,
                )
                session.add(found)
            found.owner, found.heartbeat_at = self.held.owner, now
            session.flush()
            session.expunge_all()
        return found

    # ------------------------------------------------------------------ looking

    def _look(
        self,
        frames: Sequence[FrameRow],
        inbox: Path,
        layout: HallLayout,
        version: LayoutVersion,
    ) -> list[Facts]:
        """Facts of every frame that could be read, in the frames' order."""
        keys = {f.id: facts_key(f.sha256, version.sha256, self.parts.model_sha256) for f in frames}
        known = [f for f in frames if layout.knows_camera(f.camera)]
        self._refuse_unknown([f for f in frames if not layout.knows_camera(f.camera)])
        facts = self._kept(keys)
        self.night.progress("look", len(facts), len(known))
        # a camera is looked at from its first frame on: each frame is compared with the one before
        behind = {f.camera for f in known if f.id not in facts}
        waiting = [f for f in known if f.camera in behind]
        by_name = {(f.camera, f.name): f for f in waiting}
        batch: list[tuple[FrameRow, Facts]] = []
        if waiting:
            for seen in self.parts.look([inbox / f.path for f in waiting], layout):
                frame = by_name.pop((seen.camera, seen.frame))
                batch.append((frame, seen))
                if len(batch) >= BATCH:
                    facts.update(self._keep(batch, keys, layout, inbox))
                    batch = []
                self.night.progress("look", len(facts) + len(batch), len(known))
        facts.update(self._keep(batch, keys, layout, inbox))
        if by_name:
            lost = ", ".join(sorted(name for _, name in by_name))
            raise StoreError(f"Nothing was said of these frames: {lost}.")
        return [facts[f.id] for f in known]

    def _refuse_unknown(self, frames: Sequence[FrameRow]) -> None:
        if not frames:
            return
        with self.database.write() as session:
            session.execute(
                update(FrameRow)
                .where(FrameRow.id.in_([f.id for f in frames]))
                .values(gate="wrong_camera", error="布局中没有这台摄像机。")
            )

    def _kept(self, keys: dict[int, str]) -> dict[int, Facts]:
        """Facts that an earlier, killed run of this day left."""
        with self.database.read() as session:
            rows = session.scalars(select(RunFacts).where(RunFacts.frame_id.in_(keys))).all()
            return {r.frame_id: from_json(r.facts) for r in rows if r.key == keys[r.frame_id]}

    def _keep(
        self,
        batch: Sequence[tuple[FrameRow, Facts]],
        keys: dict[int, str],
        layout: HallLayout,
        inbox: Path,
    ) -> dict[int, Facts]:
        """Store a few frames' facts; gives them as they will be read again."""
        self.held.beat()
        kept: dict[int, Facts] = {}
        if not batch:
            return kept
        with self.database.write() as session:
            for frame, seen in batch:
                plain = to_json(seen)
                kept[frame.id] = from_json(plain)
                session.merge(RunFacts(frame_id=frame.id, key=keys[frame.id], facts=plain))
                row = session.get_one(FrameRow, frame.id)
                row.gate, row.light = seen.gate.reason, seen.gate.light
                row.gate_detail = dict(plain["gate"]["detail"])
                row.window = self.parts.window(seen.taken_at, layout)
                row.error = None
                row.width, row.height = seen.width or None, seen.height or None
                if seen.gate.reason == "undecodable":
                    row.error = self._why_unreadable(inbox / frame.path)
        return kept

    def _why_unreadable(self, path: Path) -> str:
        try:
            self.parts.read(path)
        except ImageError as error:
            return str(error).replace(str(path), path.name)
        return "The picture could not be read."

    # ------------------------------------------------------------------ pictures

    def _picture(
        self,
        run: Run,
        frames: Sequence[FrameRow],
        facts: Sequence[Facts],
        inbox: Path,
    ) -> None:
        """The masked whole frame and its thumbnail, for every frame on which people were sought."""
        seen = {(f.camera, f.frame): f for f in facts if f.gate.ok}
        with self.database.read() as session:
            made = set(
                session.scalars(
                    select(Media.frame_id)
                    .where(Media.frame_id.in_([f.id for f in frames]), Media.kind == "thumb")
                    .where(Media.created_at >= run.started_at)
                )
            )
        todo = [
            (f, seen[f.camera, f.name])
            for f in frames
            if (f.camera, f.name) in seen and f.id not in made
        ]
        done = 0
        with ThreadPoolExecutor(WORKERS) as pool:
            for start in range(0, len(todo), BATCH):
                part = todo[start : start + BATCH]
                pictures = list(pool.map(lambda item: self._masked(inbox, *item), part))
                with self.database.write() as session:
                    for (frame, _), made_now in zip(part, pictures, strict=True):
                        if made_now is not None:
                            self._store(session, frame, "frame", made_now[0])
                            self._store(session, frame, "thumb", made_now[1])
                self.held.beat()
                done += len(part)
                self.night.progress("picture", done, len(todo))

    def _masked(
        self, inbox: Path, frame: FrameRow, facts: Facts
    ) -> tuple[evidence.Picture, evidence.Picture] | None:
        try:
            image = self.parts.read(inbox / frame.path)
        except ImageError:  # it was there a moment ago: then there is no picture of it
            return None
        masked = self.parts.mask(image, people_of(facts))
        return (
            evidence.whole(masked, quality=self.settings.media_quality),
            evidence.thumb(masked, longest_px=self.settings.thumb_px),
        )

    def _store(
        self, session: Session, frame: FrameRow, kind: str, picture: evidence.Picture
    ) -> None:
        store_media(
            session,
            self.store,
            key=f"{kind}:{frame.id}",
            kind=kind,
            path=frame_path(frame.hall_id, frame.day, frame.id, kind),
            hall_id=frame.hall_id,
            frame_id=frame.id,
            finding_id=None,
            picture=picture,
            now=self.night.clock(),
        )

    # ------------------------------------------------------------------ filing

    def _file(self, hall: Hall, run: Run, filing: Filing, layout: HallLayout) -> NightReport:
        """Everything that the day says, and the end of the run, in one transaction."""
        for attempt in range(3):
            try:
                with self.database.write() as session:
                    now = self.night.clock()
                    row = session.get_one(Run, run.id)
                    filed = file_day(session, filing, hall, row, self.day, now=now)
                    frames = list(
                        session.scalars(
                            select(FrameRow).where(
                                FrameRow.hall_id == hall.id, FrameRow.day == self.day
                            )
                        )
                    )
                    row.cameras = camera_state(layout, frames)
                    row.cameras_missing = [
                        c for c, state in row.cameras.items() if not state["frames"]
                    ]
                    row.counts = counts_of(frames, filing.answers.judgements, filed)
                    row.timings = dict(self.timings)
                    paused = pauses.open_pauses(session, [hall.id])
                    stopped = stopped_since(session, hall.id, self.day)
                    row.notice = notice_of(row.cameras, row.counts, paused, stopped)
                    bad = row.counts["unreadable"] or row.counts["unknown_camera"] or stopped
                    row.status = "incomplete" if row.cameras_missing or bad else "done"
                    row.finished_at = row.heartbeat_at = now
                    session.flush()
                    return report_of(row, hall)
            except StaleDataError:
                if attempt == 2:  # somebody decides a finding in the very moment, three times over
                    raise
        raise AssertionError
