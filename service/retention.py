"""Terms: what is deleted when, what is kept whatever its age, and the record of each deletion.

- originals (unmasked stills in our own inbox): so many days after their day was judged; one that
  was never judged is kept twice as long, so that a missed week can still be caught up with;
- what a folder camera put into quarantine (it may be an unmasked picture): as long as originals;
- masked whole frames without a finding, and their thumbnails: so many days;
- pictures of dismissed and withdrawn findings: so many days after the verdict;
- evidence of cases that have ended: so many days (see ``service.retention_cases``);
- pictures of undecided findings, of cases that are open, and on legal hold: kept.

Rows go first, with a line in the log; files follow when that is on the disk, and what a killed
run left behind is swept up by the next.  An inbox outside the data folder belongs to somebody
else: nothing in it is ever deleted; a drop's quarantine is ours, wherever the drop is.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.audit import append
from service.cameras.kinds.folder import quarantined
from service.clock import hall_day
from service.db.engine import Database
from service.db.models import (
    BulletinRow,
    Camera,
    Case,
    CasePicture,
    Finding,
    FindingFrame,
    FrameRow,
    GoodExample,
    Hall,
    LegalHold,
    Media,
)
from service.halls import inbox_of
from service.retention_cases import cuts_gone, give_up, is_evidence, past_their_term
from service.settings import Settings
from service.store import MediaStore
from vision.seen import InputError

UNDECIDED_OR_CASE: Final = ("open", "confirmed")
ORPHAN_AGE_S: Final = 3600.0
"""A picture without a row is left alone for so long: a night may be about to write the row."""
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Deleted:
    """What one run deleted: files and bytes by kind."""

    originals: int = 0
    frames: int = 0
    crops: int = 0
    orphans: int = 0
    quarantined: int = 0
    cases: int = 0
    photos: int = 0
    bytes: int = 0

    def line(self) -> str:
        """One sentence for the terminal."""
        return (
            f"已按留存期删除:原图 {self.originals},整图与缩略图 {self.frames},"
            f"证据截图 {self.crops},办结满期问题 {self.cases} 条的照片 {self.photos},"
            f"无主文件 {self.orphans},隔离文件 {self.quarantined},"
            f"共 {self.bytes / 1e6:.1f} MB。"
        )


def apply(database: Database, settings: Settings, *, now: datetime) -> Deleted:
    """Delete what is past its term."""
    return _Retention(database, settings, now).run()


class _Retention:
    def __init__(self, database: Database, settings: Settings, now: datetime) -> None:
        self.database = database
        self.settings = settings
        self.now = now
        self.today = hall_day(now)
        self.store = MediaStore(settings.media)
        self.bytes = 0

    def run(self) -> Deleted:
        with self.database.read() as session:
            halls = list(session.scalars(select(Hall).order_by(Hall.id)))
        originals = sum(self._originals(hall) for hall in halls)
        cases, photos = self._ended_cases()  # first: what they needed is then needed no more
        frames = self._media("frame", self._old_frames())
        crops = self._media("crop", self._old_crops())
        orphans = self._orphans()
        aside = self._quarantines()
        return Deleted(originals, frames, crops, orphans, aside, cases, photos, self.bytes)

    def _before(self, days: int) -> date:
        return self.today - timedelta(days=days)

    # ------------------------------------------------------------------ originals

    def _originals(self, hall: Hall) -> int:
        inbox = inbox_of(self.settings, hall)
        if hall.inbox is not None or not inbox.is_dir():
            return 0
        term = self.settings.keep_originals_days
        judged = and_(FrameRow.gate.is_not(None), FrameRow.day < self._before(term))
        never = FrameRow.day < self._before(2 * term)
        with self.database.write() as session:
            rows = session.scalars(
                select(FrameRow)
                .where(
                    FrameRow.hall_id == hall.id,
                    FrameRow.expired_at.is_(None),
                    or_(judged, never),
                    ~_held(FrameRow.hall_id, FrameRow.day),
                )
                .order_by(FrameRow.id)
            ).all()
            for row in rows:
                row.expired_at = self.now
            if rows:
                self._log(session, hall.id, "originals", [r.path for r in rows])
        # also what a killed run had marked already, and stills that never got a row
        deleted = 0
        for path in self._past_their_term(hall, inbox):
            deleted += self._unlink(inbox / path)
        return deleted

    def _past_their_term(self, hall: Hall, inbox: Path) -> Iterator[str]:
        recent = self._before(4 * self.settings.keep_originals_days + 60)
        with self.database.read() as session:
            yield from session.scalars(
                select(FrameRow.path).where(
                    FrameRow.hall_id == hall.id,
                    FrameRow.expired_at.is_not(None),
                    FrameRow.day >= recent,
                )
            )
            known = set(
                session.scalars(
                    select(FrameRow.path).where(
                        FrameRow.hall_id == hall.id, FrameRow.expired_at.is_(None)
                    )
                )
            )
            holds = session.scalars(
                select(LegalHold).where(
                    LegalHold.hall_id == hall.id, LegalHold.released_at.is_(None)
                )
            ).all()
        oldest = time.mktime(
            (self.now - timedelta(days=2 * self.settings.keep_originals_days)).timetuple()
        )
        for file in sorted(inbox.rglob("*")):
            path = file.relative_to(inbox).as_posix()
            if path in known or file.is_symlink() or not file.is_file():
                continue
            modified = file.stat().st_mtime
            day = hall_day(datetime.fromtimestamp(modified, self.now.tzinfo))
            if modified < oldest and not any(h.day_from <= day <= h.day_to for h in holds):
                yield path

    def _unlink(self, file: Path) -> int:
        try:
            size = file.stat().st_size
            file.unlink()
        except FileNotFoundError:
            return 0
        self.bytes += size
        return 1

    def _quarantines(self) -> int:
        with self.database.read() as session:
            drops = session.execute(
                select(Camera.hall_id, Camera.url)
                .where(Camera.kind == "folder")
                .order_by(Camera.id)
            ).all()
        before = self.now - timedelta(days=self.settings.keep_originals_days)
        deleted = 0
        for hall_id, url in drops:
            files = quarantined(Path(url), before=before)
            if files:
                with self.database.write() as session:
                    self._log(session, hall_id, "quarantined", [p.name for p in files])
            deleted += sum(self._unlink(file) for file in files)
        return deleted

    # ------------------------------------------------------------------ masked pictures

    def _ended_cases(self) -> tuple[int, int]:
        """Rows first, a batch a transaction; then the files of photos by hand."""
        limit = self.now - timedelta(days=self.settings.keep_closed_days)
        with self.database.read() as session:
            ids = past_their_term(session, limit)
        deleted = 0
        for start in range(0, len(ids), BATCH):
            with self.database.write() as session:
                photos = give_up(session, ids[start : start + BATCH], self.now)
                halls = session.execute(
                    select(Case.hall_id, func.count())
                    .where(Case.id.in_(ids[start : start + BATCH]))
                    .group_by(Case.hall_id)
                    .order_by(Case.hall_id)
                )
                for hall_id, number in halls:
                    paths = [path for hall, path in photos if hall == hall_id]
                    self._log(session, hall_id, "case", paths, cases=number)
            for _, path in photos:
                self.bytes += self.store.delete(path)
                deleted += 1
        return len(ids), deleted

    def _needed(self) -> ColumnElement[bool]:
        """Whether a finding's pictures are needed yet."""
        limit = self.now - timedelta(days=self.settings.keep_closed_days)
        recent = and_(Finding.status.not_in(UNDECIDED_OR_CASE), ~self._decided_long_ago())
        return or_(is_evidence(limit), recent)

    def _old_frames(self) -> Select[int]:
        """Whole frames and thumbnails that no kept finding needs."""
        needed = exists().where(
            FindingFrame.frame_id == Media.frame_id,
            FindingFrame.finding_id == Finding.id,
            self._needed(),
        )
        return (
            select(Media.id)
            .join(FrameRow, FrameRow.id == Media.frame_id)
            .where(
                Media.kind.in_(("frame", "thumb")),
                FrameRow.day < self._before(self.settings.keep_frames_days),
                ~needed,
                ~_held(FrameRow.hall_id, FrameRow.day),
            )
        )

    def _old_crops(self) -> Select[int]:
        return (
            select(Media.id)
            .join(Finding, Finding.id == Media.finding_id)
            .join(FrameRow, FrameRow.id == Media.frame_id)
            .where(
                Media.kind == "crop",
                ~self._needed(),
                ~_held(FrameRow.hall_id, FrameRow.day),
            )
        )

    def _decided_long_ago(self) -> ColumnElement[bool]:
        limit = self.now - timedelta(days=self.settings.keep_dismissed_days)
        return func.coalesce(Finding.decided_at, Finding.updated_at) < limit

    def _media(self, what: str, query: Select[int]) -> int:
        """Rows first, a batch a transaction; then their files."""
        deleted = 0
        while True:
            with self.database.write() as session:
                ids = session.scalars(query.order_by(Media.id).limit(BATCH)).all()
                rows = session.execute(
                    select(Media.path, Media.hall_id).where(Media.id.in_(ids))
                ).all()
                for hall_id in sorted({row.hall_id for row in rows}):
                    self._log(session, hall_id, what, [r.path for r in rows if r[1] == hall_id])
                if what == "crop":
                    cuts_gone(session, ids, self.now)
                session.execute(delete(Media).where(Media.id.in_(ids)))
            for path, _ in rows:
                self.bytes += self.store.delete(path)
                deleted += 1
            if len(ids) < BATCH:
                return deleted

    def _orphans(self) -> int:
        """Files of the media folder that no row speaks of: drafts and what a kill left behind."""
        if not self.store.root.is_dir():
            return 0
        with self.database.read() as session:
            known = set(session.scalars(select(Media.path)))
            photos = select(CasePicture.path).where(CasePicture.deleted_at.is_(None))
            known.update(session.scalars(photos))
            chosen = select(GoodExample.path).where(GoodExample.withdrawn_at.is_(None))
            known.update(session.scalars(chosen))
            for issued in (BulletinRow.docx_path, BulletinRow.pdf_path):
                known.update(p for p in session.scalars(select(issued)) if p)
        limit = time.time() - ORPHAN_AGE_S
        deleted = 0
        for file in sorted(self.store.root.rglob("*")):
            path = file.relative_to(self.store.root).as_posix()
            if file.is_file() and path not in known and file.stat().st_mtime < limit:
                deleted += self._unlink(file)
        return deleted

    def _log(
        self, session: Session, hall_id: int, what: str, paths: Sequence[str], **more: int
    ) -> None:
        """How many went, and a hash over their names: what went can be proved, not read."""
        append(
            session,
            at=self.now,
            user_id=None,
            actor="retention",
            action="retention.delete",
            object_kind=what,
            object_id=str(len(paths)),
            hall_id=hall_id,
            detail={"files": len(paths), "names_sha256": _names_hash(paths), **more},
        )


def _names_hash(paths: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(paths)).encode()).hexdigest()


def _held(
    hall_id: InstrumentedAttribute[int], day: InstrumentedAttribute[date]
) -> ColumnElement[bool]:
    """Whether a legal hold covers that hall and day."""
    return exists().where(
        LegalHold.hall_id == hall_id,
        LegalHold.released_at.is_(None),
        LegalHold.day_from <= day,
        LegalHold.day_to >= day,
    )


def hold(
    database: Database,
    hall: str,
    day_from: date,
    day_to: date,
    *,
    reason: str,
    actor: str,
    now: datetime,
) -> int:
    """Put a hall's days on legal hold; gives the hold's number."""
    from service.halls import halls_named

    if day_to < day_from:
        raise InputError(f"The hold ends {day_to} before it starts {day_from}; swap the days.")
    if not reason.strip():
        raise InputError("A legal hold needs a reason; give --reason.")
    with database.write() as session:
        row = LegalHold(
            hall_id=halls_named(session, hall)[0].id,
            day_from=day_from,
            day_to=day_to,
            reason=reason.strip(),
            created_by=actor,
            created_at=now,
        )
        session.add(row)
        session.flush()
        _log_hold(session, row, "retention.hold", actor, now)
        return row.id


def release(database: Database, number: int, *, actor: str, now: datetime) -> None:
    """Lift a legal hold: from then on the terms run again."""
    with database.write() as session:
        row = session.get(LegalHold, number)
        if row is None or row.released_at is not None:
            raise InputError(f"There is no legal hold {number} in force.")
        row.released_by, row.released_at = actor, now
        _log_hold(session, row, "retention.release", actor, now)


def _log_hold(session: Session, row: LegalHold, action: str, actor: str, now: datetime) -> None:
    append(
        session,
        at=now,
        user_id=None,
        actor=actor,
        action=action,
        object_kind="legal_hold",
        object_id=str(row.id),
        hall_id=row.hall_id,
        detail={"from": str(row.day_from), "to": str(row.day_to), "reason": row.reason},
    )
