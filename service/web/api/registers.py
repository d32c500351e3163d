"""/api/v1/halls/{hall_id}/registers: what is allowed in a hall, read and entered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import Field

from service.db.models import ExceptionRow, NoticeRow
from service.setup import registers
from service.setup.faults import SetupError
from service.setup.registers import Permitted
from service.web.api.shapes import REFUSALS, In, Out
from service.web.deps import DatabaseDep, NowDep, RowId, SettingsDep
from service.web.errors import NotThere, WebError
from service.web.i18n import locale_of
from service.web.views.registers import Reads, Writes, sentence

router = APIRouter(
    prefix="/api/v1/halls/{hall_id}/registers", tags=["registers"], responses=REFUSALS
)
Short = Annotated[str, Field(max_length=200)]
# JSON has no dates of its own
Day = Annotated[date, Field(strict=False)]


class NoticeIn(In):
    """A notice that was approved, both days included."""

    zone: Short
    title: Short
    first_day: Day
    last_day: Day
    approved_by: Short


class NoticeOut(Out):
    id: int
    zone: str
    title: str
    first_day: date
    last_day: date
    approved_by: str


class ExceptionIn(In):
    """A clause that is not applied at a desk for a time."""

    desk: Short
    clause: Short
    kind: Literal["device_absent", "plain_clothes", "other"]
    first_day: Day
    last_day: Day
    why: Annotated[str, Field(max_length=500)]
    approved_by: Short


class ExceptionOut(Out):
    id: int
    desk: str
    clause: str
    kind: Literal["device_absent", "plain_clothes", "other"]
    first_day: date
    last_day: date
    why: str
    approved_by: str


class PermittedLine(In):
    """So many things of a class at a desk."""

    desk: Short
    cls: Short
    number: Annotated[int, Field(ge=1, le=registers.NUMBER_MOST)]
    note: Short = ""


class PermittedIn(In):
    """The whole list of a hall, in place of the one before."""

    lines: Annotated[list[PermittedLine], Field(max_length=5000)]


class RegistersOut(Out):
    """All that is allowed in a hall; taken-back rows are left out."""

    notices: list[NoticeOut]
    permitted: list[PermittedLine]
    exceptions: list[ExceptionOut]


class EnteredOut(Out):
    """The number of the new row, or of lines that were taken."""

    id: int | None = None
    lines: int | None = None


def refused(request: Request, error: SetupError) -> WebError:
    text = sentence(error, locale_of(request)).text
    return WebError(422, "invalid", text, {"field": error.field})


@router.get("")
def read(asked: Reads, database: DatabaseDep) -> RegistersOut:
    with database.read() as session:
        return RegistersOut(
            notices=[
                NoticeOut(
                    id=n.id,
                    zone=n.zone,
                    title=n.title,
                    first_day=n.first_day,
                    last_day=n.last_day,
                    approved_by=n.approved_by,
                )
                for n in registers.notices_of(session, asked.hall_id)
            ],
            permitted=[
                PermittedLine(desk=p.desk, cls=p.cls, number=p.number, note=p.note)
                for p in registers.permitted_of(session, asked.hall_id)
            ],
            exceptions=[
                ExceptionOut.model_validate(e, from_attributes=True)
                for e in registers.exceptions_of(session, asked.hall_id)
            ],
        )


@router.post("/notices", status_code=201)
def add_notice(
    request: Request,
    asked: Writes,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    given: NoticeIn,
) -> EnteredOut:
    try:
        number = registers.add_notice(
            database, settings, asked.viewer, asked.hall_id, zone=given.zone, title=given.title,
            first=given.first_day, last=given.last_day, approved_by=given.approved_by, now=now,
        )  # fmt: skip
    except SetupError as error:
        raise refused(request, error) from None
    return EnteredOut(id=number)


@router.post("/exceptions", status_code=201)
def add_exception(
    request: Request,
    asked: Writes,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    given: ExceptionIn,
) -> EnteredOut:
    try:
        number = registers.add_exception(
            database, settings, asked.viewer, asked.hall_id, desk=given.desk, clause=given.clause,
            kind=given.kind, first=given.first_day, last=given.last_day, why=given.why,
            approved_by=given.approved_by,
            clauses=frozenset(request.app.state.book.all_clauses()), now=now,
        )  # fmt: skip
    except SetupError as error:
        raise refused(request, error) from None
    return EnteredOut(id=number)


@router.put("/permitted")
def replace_permitted(
    request: Request,
    asked: Writes,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    given: PermittedIn,
) -> EnteredOut:
    things = [Permitted(line.desk, line.cls, line.number, line.note) for line in given.lines]
    try:
        count = registers.replace_permitted(
            database, settings, asked.viewer, asked.hall_id, things, now=now
        )
    except SetupError as error:
        raise refused(request, error) from None
    return EnteredOut(lines=count)


@router.delete("/notices/{row_id}", status_code=204)
def end_notice(asked: Writes, row_id: RowId, database: DatabaseDep, now: NowDep) -> None:
    if not registers.take_back(database, asked.viewer, asked.hall_id, NoticeRow, row_id, now=now):
        raise NotThere


@router.delete("/exceptions/{row_id}", status_code=204)
def end_exception(asked: Writes, row_id: RowId, database: DatabaseDep, now: NowDep) -> None:
    if not registers.take_back(
        database, asked.viewer, asked.hall_id, ExceptionRow, row_id, now=now
    ):
        raise NotThere
