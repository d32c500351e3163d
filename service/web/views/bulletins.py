"""A bulletin on its way: 拟稿, 审核, 签发; its working copies and its issued files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.auth.roles import Permission
from service.db.models import BulletinRow
from service.reports import bulletins
from service.reports.bulletins import BulletinState, BulletinStepKind, Words
from service.reports.exports import drawn
from service.reports.papers.build import bulletin_paper
from service.reports.papers.words import overview
from service.reports.shapes import Kind, Report
from service.web.deps import Asked, CsrfGiven, DatabaseDep, NeedsObject, NowDep, RowId
from service.web.errors import NotThere
from service.web.i18n import locale_of
from service.web.report_parts import PaperFormat, file_answer, office_of, on_record
from service.web.report_words import KIND_WORDS, report_words
from service.web.setup_deps import NeedsHall
from service.web.templating import render
from vision.seen import StoreError

router = APIRouter(include_in_schema=False)


class NeedsBulletin(NeedsObject):
    """``{bulletin_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, BulletinRow.id, BulletinRow.hall_id)

    def __call__(self, request: Request, bulletin_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, bulletin_id)


Drafts = Annotated[Asked, Depends(NeedsHall(Permission.BULLETINS_WORK))]
Reads = Annotated[Asked, Depends(NeedsBulletin(Permission.REPORTS_READ))]
Works = Annotated[Asked, Depends(NeedsBulletin(Permission.BULLETINS_WORK))]
Line = Annotated[str, Form(max_length=1000)]
Long = Annotated[str, Form(max_length=8000)]


@router.post("/halls/{hall_id}/bulletins")
def draft(
    request: Request,
    asked: Drafts,
    database: DatabaseDep,
    now: NowDep,
    kind: Annotated[Kind, Form()],
    day: Annotated[date, Form()],
) -> Response:
    """A new draft."""
    id = bulletins.draft(
        database, office_of(request), asked.viewer, asked.hall_id, kind, day, now=now
    )
    return RedirectResponse(f"/bulletins/{id}", status_code=303)


def figures_of(request: Request, row: BulletinRow, session: Session, now: datetime) -> Report:
    """The frozen figures; of a draft, how they stand now."""
    if row.figures:
        return bulletins.report_of(row)
    return office_of(request).report(session, row.hall_id, Kind(row.kind), row.first_day, as_of=now)


@router.get("/bulletins/{bulletin_id}")
def show(request: Request, asked: Reads, database: DatabaseDep, now: NowDep) -> Response:
    """The words to edit, the figures that stand, what can be done next, what was done."""
    with database.read() as session:
        row = session.get_one(BulletinRow, asked.id)
        found = figures_of(request, row, session, now)
        state = BulletinState(row.state)
        history = [(s.at, s.user.name, s.step, s.text) for s in row.steps]
        verified = (
            bulletins.verify(session, office_of(request), row)
            if state is BulletinState.ISSUED
            else None
        )
        steps = [step.value for step in bulletins.steps_for(row, asked.viewer)]
        values: dict[str, Any] = {
            "b": row,
            "who": bulletins.words_of(row),
            "hall_name": row.hall.name,
        }
        session.expunge_all()
    return render(
        request,
        "bulletin.html",
        {
            "here": "reports",
            **values,
            "r": found,
            "state": state,
            "steps": steps,
            "overview": overview(found),
            "history": history,
            "verified": verified,
            "step_words": {**{s.value: zh for s, zh in bulletins.STEP_ZH.items()}, "draft": "拟稿"},
            "kinds": KIND_WORDS,
            "words": report_words(locale_of(request)),
        },
    )


@router.post("/bulletins/{bulletin_id}/step")
def step(
    request: Request,
    asked: Works,
    database: DatabaseDep,
    now: NowDep,
    step: Annotated[BulletinStepKind, Form()],
    row_version: Annotated[int, Form(ge=1)],
    text: Line = "",
    title: Line = "",
    number: Line = "",
    issuer: Line = "",
    addressee: Line = "",
    good: Long = "",
    demands: Long = "",
) -> Response:
    """Take a step; the words come along with an edit or a hand-in."""
    given = Words(title, number, issuer, addressee, good, demands)
    edits = step in (BulletinStepKind.EDIT, BulletinStepKind.SUBMIT)
    bulletins.take(
        database, office_of(request), asked.viewer, asked.id, step,
        row_version=row_version, now=now, text=text, given=given if edits else None,
    )  # fmt: skip
    return RedirectResponse(f"/bulletins/{asked.id}", status_code=303)


@router.get("/bulletins/{bulletin_id}/copy.{form}")
def copy(
    request: Request, asked: Reads, form: PaperFormat, database: DatabaseDep, now: NowDep
) -> Response:
    """A working copy with the caller's name across it."""
    office = office_of(request)
    with database.read() as session:
        row = session.get_one(BulletinRow, asked.id)
        found = figures_of(request, row, session, now)
        pictures = office.pictures(session, [line.id for line in found.lines])
        paper = bulletin_paper(
            found, bulletins.words_of(row), pictures, reader=asked.viewer.name, made=now
        )
        data = drawn(paper, form)
        name = f"{row.title}(副本).{form}"
    on_record(database, asked.viewer, asked.hall_id, "bulletin.copy", str(asked.id), now)
    return file_answer(data, name, form)


@router.get("/bulletins/{bulletin_id}/issued.{form}")
def issued(
    request: Request, asked: Reads, form: PaperFormat, database: DatabaseDep, now: NowDep
) -> Response:
    """The very file that was issued; an altered one is not given out."""
    with database.read() as session:
        row = session.get_one(BulletinRow, asked.id)
        path, sha256 = (
            (row.docx_path, row.docx_sha256) if form == "docx" else (row.pdf_path, row.pdf_sha256)
        )
        title = row.title
    if path is None:
        raise NotThere
    try:
        data = office_of(request).store.get(path, sha256=sha256)
    except StoreError:
        raise bulletins.BulletinRefused(
            "签发的原件已丢失或被改动,不再提供;请从备份中恢复。"
        ) from None
    on_record(database, asked.viewer, asked.hall_id, "bulletin.issued", str(asked.id), now)
    return file_answer(data, f"{title}.{form}", form)
