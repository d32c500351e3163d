"""/api/v1/cases: list, show, enter by hand, take a step."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.models import Case
from service.ledger.after import cut, proposals
from service.ledger.photos import photo_of
from service.ledger.read import CaseCard, Filters, appeals_of, card_of, case_page, time_line
from service.ledger.states import State, Step
from service.ledger.work import Asked as StepAsked, Outcome, Shown, chief_of, take_step
from service.store import MediaStore
from service.web import words
from service.web.access import Scope
from service.web.api.case_shapes import (
    AfterOut,
    AppealOut,
    CaseDetailOut,
    CaseOut,
    CaseOutcomeOut,
    CasesOut,
    CaseStepOut,
    StepIn,
)
from service.web.api.shapes import REFUSALS
from service.web.case_words import actions_of, problem_of, unit_responsible
from service.web.deps import (
    MAX_ID,
    Asked,
    DatabaseDep,
    Needs,
    NeedsCase,
    NowDep,
    SettingsDep,
)
from service.web.i18n import Locale, locale_of, translate
from service.web.views.ledger import photo_bytes
from service.web.views.ledger_enter import entered
from vision.seen import InputError

router = APIRouter(prefix="/api/v1", tags=["cases"], responses=REFUSALS)
Reader = Annotated[Viewer, Depends(Needs(Permission.CASES_READ))]
Reads = Annotated[Asked, Depends(NeedsCase(Permission.CASES_READ))]
Enters = Annotated[Viewer, Depends(Needs(Permission.CASES_ENTER, Scope.OBJECT))]
Works = Annotated[Asked, Depends(NeedsCase(Permission.CASES_WORK))]


def _case(request: Request, card: CaseCard, locale: Locale) -> dict[str, Any]:
    return {
        "id": card.id,
        "number": card.number,
        "hall": card.hall_name,
        "channel": card.channel,
        "day": card.day,
        "desk_name": card.desk_name,
        "window": card.window,
        "unit": card.unit,
        "clause": card.clause,
        "problem": problem_of(request.app.state.book, card, locale),
        "state": card.state,
        "row_version": card.row_version,
        "responsible": card.responsible,
        "due_day": card.due_day,
        "asked_day": card.asked_day,
        "overdue": card.overdue,
        "extensions": card.extensions,
        "recurrence": card.recurrence,
        "confirmed_at": card.confirmed_at,
        "closed_at": card.closed_at,
        "evidence_deleted_at": card.evidence_deleted_at,
        "small_url": None if card.evidence_deleted_at else f"/ledger/{card.id}/before/small",
    }


@router.get("/cases")
def list_cases(
    request: Request,
    viewer: Reader,
    database: DatabaseDep,
    now: NowDep,
    hall: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    window: Annotated[str, Query(max_length=64)] = "",
    state: Literal["open"] | State | None = None,
    clause: Annotated[str, Query(max_length=32)] = "",
    channel: Literal["", "camera", "manual", "patrol", "joint"] = "",
    overdue: bool = False,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> CasesOut:
    """Cases that the caller may see, the newest first; a chief sees their own windows."""
    filters = Filters(hall, window, state or "", clause, channel, overdue)
    with database.read() as session:
        found = case_page(session, viewer, filters, today=hall_day(now), number=page, size=size)
    locale = locale_of(request)
    return CasesOut(
        cases=[CaseOut(**_case(request, card, locale)) for card in found.cards],
        total=found.total,
        page=found.number,
        pages=found.pages,
    )


@router.get("/cases/{case_id}")
def show_case(request: Request, asked: Reads, database: DatabaseDep, now: NowDep) -> CaseDetailOut:
    """One case with its history, appeals and the pictures it may be closed on."""
    with database.read() as session:
        case = session.get_one(Case, asked.id)
        card = card_of(case, case.hall.name, hall_day(now))
        waits = card.state is State.TO_CHECK
        later = proposals(session, request.app.state.plans, case) if waits else []
        return CaseDetailOut(
            **_case(request, card, locale_of(request)),
            clause_text=case.clause_text,
            modality=case.modality,
            finding_id=case.finding_id,
            measure=case.measure,
            before_url=None if card.evidence_deleted_at else f"/ledger/{case.id}/before",
            steps=[
                CaseStepOut(
                    at=s.at,
                    by=s.who,
                    step=Step(s.step),
                    to_state=State(s.to_state),
                    text=s.text,
                    day=s.day,
                    picture_url=f"/ledger/{case.id}/pictures/{s.picture_id}"
                    if s.picture_id
                    else None,
                )
                for s in time_line(case)
            ],
            appeals=[AppealOut(**asdict(a)) for a in appeals_of(case)],
            after=[
                AfterOut(
                    frame_id=p.frame_id,
                    camera=p.camera,
                    taken_at=p.taken_at,
                    verdict=p.verdict,
                    url=f"/ledger/{case.id}/after/{p.frame_id}",
                )
                for p in later
            ],
            allowed=[a.step for a in actions_of(asked.viewer, case) if not a.refused],
        )


@router.post("/cases", status_code=201)
def enter_case(
    request: Request,
    viewer: Enters,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    hall: Annotated[int, Form(ge=1, le=MAX_ID)],
    day: Annotated[date, Form()],
    channel: Annotated[Literal["patrol", "joint"], Form()],
    desk: Annotated[str, Form(max_length=64)],
    clause: Annotated[str, Form(max_length=32)],
    text: Annotated[str, Form(max_length=2000)],
    photo: Annotated[UploadFile, File()],
) -> CaseOutcomeOut:
    """What a 日巡查 or 集中检查 found, with its photo; ``-`` as desk is the hall's own ground."""
    outcome = entered(
        request, viewer, database, settings, now, hall,
        channel=channel, day=day, desk=desk, clause=clause, text=text, photo=photo,
    )  # fmt: skip
    return _outcome(request, outcome)


@router.post("/cases/{case_id}/step")
def step_case(
    request: Request,
    asked: Works,
    body: StepIn,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> CaseOutcomeOut:
    """Take a step; 409 where somebody else was quicker."""
    store = MediaStore(settings.media)
    shown, responsible = None, ""
    with database.read() as session:
        case = session.get_one(Case, asked.id)
        if body.to_unit:
            responsible = unit_responsible(case, chief_of(session, case.hall_id, case.window))
        if body.after_frame_id is not None:
            found = proposals(session, request.app.state.plans, case, frame_id=body.after_frame_id)
            if not found:
                raise InputError("这张整改后的图已不可用,请重新选择。")
            shown = Shown(cut(store, found[0]), found[0].taken_at, found[0].frame_id)
    outcome = take_step(
        database,
        store,
        asked.viewer,
        asked.id,
        StepAsked(
            Step(body.step),
            body.row_version,
            text=body.text,
            responsible=responsible,
            person_id=body.person_id,
            due_day=body.due_day,
            appeal=body.appeal,
            shown=shown,
        ),
        now,
    )
    return _outcome(request, outcome)


@router.post("/cases/{case_id}/step/photo")
def step_case_with_photo(
    request: Request,
    asked: Works,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    step: Annotated[Literal["report_done", "close", "appeal"], Form()],
    row_version: Annotated[int, Form(ge=1, le=2**31)],
    photo: Annotated[UploadFile, File()],
    text: Annotated[str, Form(max_length=500)] = "",
    appeal: Annotated[Literal["", "citizen_item", "shared_desk", "mistaken", "other"], Form()] = "",
) -> CaseOutcomeOut:
    """Take a step that a photo by hand goes with, masked before it is kept."""
    shown = Shown(photo_of(photo_bytes(photo), request.app.state.mask_photo))
    outcome = take_step(
        database,
        MediaStore(settings.media),
        asked.viewer,
        asked.id,
        StepAsked(Step(step), row_version, text=text, appeal=appeal, shown=shown),
        now,
    )
    return _outcome(request, outcome)


def _outcome(request: Request, outcome: Outcome) -> CaseOutcomeOut:
    return CaseOutcomeOut(
        id=outcome.id,
        number=outcome.number,
        state=outcome.state,
        state_text=translate(locale_of(request), words.CASE_STATES[outcome.state]),
        row_version=outcome.row_version,
    )
