"""Reports from the database: figures, pictures and papers, in one place for all callers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.pack import Pack, load_pack
from service.calendars import calendar_of
from service.db.models import Case, CasePicture, Finding, Media
from service.reports.cases import case_lines
from service.reports.day_sheet import day_sheet
from service.reports.figures import report, span_of
from service.reports.papers.build import Pictures
from service.reports.points import PointsTable, Tables, default_table, tables_of
from service.reports.shapes import DaySheet, Kind, Report
from service.review.book import Book
from service.settings import Settings
from service.store import MediaStore
from vision.seen import StoreError


@dataclass(frozen=True)
class Office:
    """What making a report needs beside the database."""

    settings: Settings
    book: Book

    @cached_property
    def pack(self) -> Pack:
        return load_pack(self.settings.pack)

    @cached_property
    def default(self) -> PointsTable:
        return default_table(self.pack)

    @property
    def store(self) -> MediaStore:
        return MediaStore(self.settings.media)

    def tables(self, session: Session, hall_id: int) -> Tables:
        return tables_of(session, hall_id, self.default)

    def deduct(self, session: Session, hall_id: int, day: date) -> Mapping[str, float]:
        """What each clause costs in a hall on a day."""
        return self.tables(session, hall_id).on(day).deduct

    def report(
        self,
        session: Session,
        hall_id: int,
        kind: Kind,
        day: date,
        *,
        as_of: datetime,
        last: date | None = None,
    ) -> Report:
        """The period that ``day`` lies in, or from it to ``last``, as it stood at ``as_of``."""
        first, end = span_of(kind, day)
        if last is not None:
            first, end = day, last
        return report(
            session,
            self.book,
            calendar_of(self.settings),
            hall_id,
            kind,
            first,
            end,
            as_of=as_of,
            tables=self.tables(session, hall_id),
        )

    def day(self, session: Session, hall_id: int, day: date, *, as_of: datetime) -> DaySheet:
        """The sheet of one day."""
        tables = self.tables(session, hall_id)
        lines = case_lines(session, self.book, hall_id, day, day, as_of=as_of, tables=tables)
        return day_sheet(session, self.book, hall_id, day, lines)

    def pictures(self, session: Session, case_ids: Collection[int]) -> Pictures:
        """Masked pictures of these cases, read when asked for; a lost file is no picture."""
        paths = _picture_paths(session, case_ids)
        store = self.store

        def read(case_id: int) -> tuple[bytes | None, bytes | None]:
            found = paths.get(case_id, {})
            return _bytes(store, found.get("before")), _bytes(store, found.get("after"))

        return read


def _bytes(store: MediaStore, path: str | None) -> bytes | None:
    if path is None:
        return None
    try:
        return store.get(path)
    except StoreError:
        return None


def _picture_paths(session: Session, case_ids: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """Case -> before and after; the finding's own crop where nobody added a before."""
    paths: dict[int, dict[str, str]] = {}
    crops = session.execute(
        select(Case.id, Media.path)
        .join(Finding, Finding.id == Case.finding_id)
        .join(Media, Media.finding_id == Finding.id)
        .where(Case.id.in_(case_ids), Media.kind == "crop", Media.masked.is_(True))
        .order_by(Media.id.desc())
    )
    for case_id, path in crops:
        paths.setdefault(case_id, {})["before"] = path
    own = session.execute(
        select(CasePicture.case_id, CasePicture.kind, CasePicture.path)
        .where(CasePicture.case_id.in_(case_ids), CasePicture.kind.in_(("before", "done", "after")))
        .order_by(CasePicture.id)
    )
    last: dict[int, dict[str, str]] = {}
    for case_id, kind, path in own:
        last.setdefault(case_id, {})[kind] = path
    for case_id, found in last.items():
        mine = paths.setdefault(case_id, {})
        if "before" in found:
            mine["before"] = found["before"]
        after = found.get("after") or found.get("done")
        if after:
            mine["after"] = after
    return paths
