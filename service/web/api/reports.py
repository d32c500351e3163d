"""/api/v1/halls/{hall_id}/reports and bulletins: the same figures and steps as on the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from service.auth.roles import Permission
from service.clock import hall_day
from service.db.models import BulletinRow
from service.reports import bulletins
from service.reports.bulletins import BulletinState, BulletinStepKind, Words
from service.reports.exports import checked_day
from service.reports.points import PointsTable
from service.reports.shapes import DaySheet, Kind, Report
from service.web.api.shapes import REFUSALS, In, Out
from service.web.deps import Asked, DatabaseDep, NowDep
from service.web.report_parts import office_of
from service.web.setup_deps import NeedsHall
from service.web.views.bulletins import NeedsBulletin

router = APIRouter(prefix="/api/v1", tags=["reports"], responses=REFUSALS)
Reads = Annotated[Asked, Depends(NeedsHall(Permission.REPORTS_READ))]
Drafts = Annotated[Asked, Depends(NeedsHall(Permission.BULLETINS_WORK))]
ReadsOne = Annotated[Asked, Depends(NeedsBulletin(Permission.REPORTS_READ))]
WorksOne = Annotated[Asked, Depends(NeedsBulletin(Permission.BULLETINS_WORK))]


class BulletinOut(Out):
    """A bulletin without its figures."""

    id: int
    hall_id: int
    kind: str
    first_day: date
    last_day: date
    state: BulletinState
    row_version: int
    title: str
    number: str
    as_of: datetime | None
    issued_at: datetime | None
    docx_sha256: str | None
    pdf_sha256: str | None


class BulletinsOut(Out):
    bulletins: list[BulletinOut]


class DraftIn(In):
    """A bulletin of the period that ``day`` lies in."""

    kind: Annotated[Kind, Field(strict=False)]
    day: Annotated[date, Field(strict=False)]


class StepIn(In):
    """One step; ``words`` with an edit or a hand-in, ``text``: the reason where one is needed."""

    step: Annotated[BulletinStepKind, Field(strict=False)]
    row_version: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(max_length=1000)] = ""
    title: Annotated[str, Field(max_length=200)] = ""
    number: Annotated[str, Field(max_length=64)] = ""
    issuer: Annotated[str, Field(max_length=100)] = ""
    addressee: Annotated[str, Field(max_length=200)] = ""
    good: Annotated[str, Field(max_length=4000)] = ""
    demands: Annotated[str, Field(max_length=4000)] = ""


class VerifiedOut(Out):
    """Whether the files are the ones issued, and the rows give the same figures."""

    ok: bool
    faults: list[str]
    changed: list[str]


def _out(row: BulletinRow) -> BulletinOut:
    return BulletinOut(
        id=row.id, hall_id=row.hall_id, kind=row.kind, first_day=row.first_day,
        last_day=row.last_day, state=BulletinState(row.state), row_version=row.row_version,
        title=row.title, number=row.number, as_of=row.as_of, issued_at=row.issued_at,
        docx_sha256=row.docx_sha256, pdf_sha256=row.pdf_sha256,
    )  # fmt: skip


@router.get("/halls/{hall_id}/reports/day")
def day_sheet(
    request: Request,
    asked: Reads,
    database: DatabaseDep,
    now: NowDep,
    day: date | None = None,
) -> DaySheet:
    """日巡查: every clause of a day."""
    with database.read() as session:
        chosen = checked_day(day, now, Kind.DAY)
        return office_of(request).day(session, asked.hall_id, chosen, as_of=now)


@router.get("/halls/{hall_id}/reports/{kind}")
def period(
    request: Request,
    asked: Reads,
    kind: Kind,
    database: DatabaseDep,
    now: NowDep,
    day: date | None = None,
) -> Report:
    """周汇总, 月通报, 年考核 of the period that ``day`` lies in."""
    with database.read() as session:
        chosen = checked_day(day, now, kind)
        return office_of(request).report(session, asked.hall_id, kind, chosen, as_of=now)


@router.get("/halls/{hall_id}/points")
def points(request: Request, asked: Reads, database: DatabaseDep, now: NowDep) -> PointsTable:
    """The points table in force today."""
    with database.read() as session:
        return office_of(request).tables(session, asked.hall_id).on(hall_day(now))


@router.get("/halls/{hall_id}/bulletins")
def list_bulletins(asked: Reads, database: DatabaseDep) -> BulletinsOut:
    """All bulletins of a hall, the newest first."""
    with database.read() as session:
        rows = bulletins.listed(session, asked.hall_id, date.min, date.max)
        return BulletinsOut(bulletins=[_out(row) for row in rows])


@router.post("/halls/{hall_id}/bulletins", status_code=201)
def draft(
    request: Request, asked: Drafts, given: DraftIn, database: DatabaseDep, now: NowDep
) -> BulletinOut:
    """A new draft."""
    id = bulletins.draft(
        database, office_of(request), asked.viewer, asked.hall_id, given.kind, given.day, now=now
    )
    with database.read() as session:
        return _out(session.get_one(BulletinRow, id))


@router.get("/bulletins/{bulletin_id}")
def bulletin(asked: ReadsOne, database: DatabaseDep) -> BulletinOut:
    with database.read() as session:
        return _out(session.get_one(BulletinRow, asked.id))


@router.get("/bulletins/{bulletin_id}/verified")
def verified(request: Request, asked: ReadsOne, database: DatabaseDep) -> VerifiedOut:
    """Check the issued files and compute the figures again."""
    with database.read() as session:
        row = session.get_one(BulletinRow, asked.id)
        bulletins.report_of(row)
        found = bulletins.verify(session, office_of(request), row)
    return VerifiedOut(ok=found.ok, faults=list(found.faults), changed=list(found.changed))


@router.post("/bulletins/{bulletin_id}/step")
def step(
    request: Request, asked: WorksOne, given: StepIn, database: DatabaseDep, now: NowDep
) -> BulletinOut:
    """Take a step."""
    words = Words(
        given.title, given.number, given.issuer, given.addressee, given.good, given.demands
    )
    edits = given.step in (BulletinStepKind.EDIT, BulletinStepKind.SUBMIT) and given.title
    bulletins.take(
        database, office_of(request), asked.viewer, asked.id, given.step,
        row_version=given.row_version, now=now, text=given.text, given=words if edits else None,
    )  # fmt: skip
    with database.read() as session:
        return _out(session.get_one(BulletinRow, asked.id))
