"""/api/v1/findings: list, show, decide, take back, add."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.db.models import Finding
from service.review import decide as verdicts
from service.review.cards import Card, findings_page
from service.review.detail import Detail, load_detail, load_frame
from service.web import words
from service.web.access import Scope
from service.web.api.shapes import (
    REFUSALS,
    AlsoOut,
    BoxOut,
    ClaimOut,
    DecisionIn,
    EventOut,
    FindingDetailOut,
    FindingOut,
    FindingsOut,
    HeldOut,
    MissedIn,
    NothingIn,
    OutcomeOut,
    ShotOut,
    UndoIn,
)
from service.web.deps import (
    MAX_ID,
    Asked,
    DatabaseDep,
    Needs,
    NeedsFinding,
    NowDep,
    SettingsDep,
)
from service.web.errors import NotThere
from service.web.i18n import Locale, locale_of, translate
from service.web.present import reason_sentence
from vision.seen import InputError

router = APIRouter(prefix="/api/v1", tags=["findings"], responses=REFUSALS)
Reads = Annotated[Asked, Depends(NeedsFinding(Permission.FINDINGS_READ))]
Decides = Annotated[Asked, Depends(NeedsFinding(Permission.FINDINGS_DECIDE))]
Reader = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_READ))]
OwnDecider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE, Scope.OWN))]
Decider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE, Scope.OBJECT))]


def _finding(request: Request, card: Card, locale: Locale) -> dict[str, Any]:
    return {
        "id": card.id,
        "hall_id": card.hall_id,
        "hall": card.hall_name,
        "day": card.day,
        "last_day": card.last_day,
        "nights": card.nights,
        "desk": card.desk,
        "desk_name": card.desk_name,
        "clause": card.clause,
        "window": card.window,
        "camera": card.camera,
        "source": card.source,
        "state": card.state,
        "row_version": card.row_version,
        "confidence": card.confidence,
        "reason": reason_sentence(request.app.state.book, card, locale),
        "taken_at": card.taken_at,
        "small_url": f"/media/{card.thumb}/small" if card.thumb else None,
        "decided_at": card.decided_at,
        "decided_by": card.decided_by,
        "decision_reason": card.decision_reason,
    }


@router.get("/findings")
def list_findings(
    request: Request,
    viewer: Reader,
    database: DatabaseDep,
    state: Literal["open", "confirmed", "dismissed", "withdrawn"] | None = None,
    hall: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> FindingsOut:
    """Findings of the caller's halls, newest first."""
    hall_ids = viewer.among(hall)
    with database.read() as session:
        found = findings_page(
            session, request.app.state.plans, hall_ids, state=state, number=page, size=size
        )
    locale = locale_of(request)
    return FindingsOut(
        findings=[FindingOut(**_finding(request, card, locale)) for card in found.cards],
        total=found.total,
        page=found.number,
        pages=found.pages,
    )


@router.get("/findings/{finding_id}")
def show_finding(request: Request, asked: Reads, database: DatabaseDep) -> FindingDetailOut:
    """One finding with its pictures, boxes and history."""
    with database.read() as session:
        detail = load_detail(session, request.app.state.plans, {asked.hall_id}, asked.id)
    if detail is None:
        raise NotThere
    return _detail(request, detail)


def _detail(request: Request, detail: Detail) -> FindingDetailOut:
    pack, model, layout = detail.versions
    return FindingDetailOut(
        **_finding(request, detail.card, locale_of(request)),
        clause_text=detail.card.clause_text,
        modality=detail.card.modality,
        measured=dict(detail.measured),
        pack_version=pack,
        model_version=model,
        layout_version_id=layout,
        shots=shots_of(detail),
        history=[
            EventOut(
                at=event.at,
                by=event.who,
                action=event.action,
                reason=event.reason,
                note=event.note,
                undone_at=event.undone_at,
            )
            for event in detail.history
        ],
        also=[
            AlsoOut(id=a.id, row_version=a.row_version, clause=a.clause, clause_text=a.clause_text)
            for a in detail.also
        ],
    )


def shots_of(detail: Detail) -> list[ShotOut]:
    """A finding's moments with the addresses of their pictures."""
    return [
        ShotOut(
            frame_id=shot.frame_id,
            taken_at=shot.taken_at,
            deciding=shot.deciding,
            frame_url=f"/media/{shot.frame}" if shot.frame else None,
            crop_url=f"/media/{shot.crop}" if shot.crop else None,
            crop_box_px=shot.crop_box,
            size_px=shot.size,
            boxes=[
                BoxOut(cls=box.cls, xyxy_px=box.xyxy_px, confidence=box.confidence)
                for box in shot.boxes
            ],
        )
        for shot in detail.shots
    ]


@router.post("/findings/{finding_id}/claim")
def claim_finding(
    request: Request, asked: Decides, body: NothingIn, database: DatabaseDep, now: NowDep
) -> ClaimOut:
    """Say that the caller looks at this finding; the answer names who else does, and at what.

    A courtesy for two minutes: it keeps nobody from deciding.
    """
    del body
    claims, viewer = request.app.state.claims, asked.viewer
    with database.read() as session:
        finding = session.get_one(Finding, asked.id)
        state, row_version = finding.status, finding.row_version
    claim = claims.take(viewer, asked.id, asked.hall_id, now)
    return ClaimOut(
        id=asked.id,
        by=None if claim.user_id == viewer.user_id else claim.name,
        state=state,
        row_version=row_version,
        held=[
            HeldOut(id=id, by=name)
            for id, name in claims.of_others(viewer, viewer.hall_ids, now).items()
        ],
    )


CONFIRMED: Final = "#{id} 已确认成立。"
DISMISSED: Final = "#{id} 已记为不成立。"
TAKEN_BACK: Final = "#{id} 已撤回,回到待确认。"


def outcome_of(request: Request, outcome: verdicts.Outcome, message: str) -> OutcomeOut:
    """How a finding now stands, in the caller's language."""
    locale = locale_of(request)
    return OutcomeOut(
        id=outcome.id,
        state=outcome.state,
        state_text=translate(locale, words.STATES.get(outcome.state, outcome.state)),
        row_version=outcome.row_version,
        message=translate(locale, message).format(id=outcome.id),
    )


@router.post("/findings/{finding_id}/decision")
def decide_finding(
    request: Request,
    asked: Decides,
    body: DecisionIn,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> OutcomeOut:
    """Confirm or dismiss; 409 where somebody else was quicker."""
    outcome = verdicts.decide(
        database,
        asked.viewer,
        asked.id,
        action=body.action,
        reason=body.reason,
        note=body.note,
        row_version=body.row_version,
        now=now,
        recurrence_days=settings.recurrence_days,
        also={other.id: other.row_version for other in body.also},
    )
    return outcome_of(request, outcome, CONFIRMED if body.action == "confirm" else DISMISSED)


@router.post("/findings/{finding_id}/undo")
def undo_finding(
    request: Request, asked: Decides, body: UndoIn, database: DatabaseDep, now: NowDep
) -> OutcomeOut:
    """Take back the standing verdict of this finding."""
    outcome = verdicts.undo(database, asked.viewer, asked.id, row_version=body.row_version, now=now)
    return outcome_of(request, outcome, TAKEN_BACK)


@router.post("/decisions/undo-last")
def undo_last(
    request: Request, viewer: OwnDecider, body: NothingIn, database: DatabaseDep, now: NowDep
) -> OutcomeOut:
    """Take back the caller's own last verdict, wherever it was given."""
    del body
    outcome = verdicts.undo_last(database, viewer, now=now)
    return outcome_of(request, outcome, TAKEN_BACK)


@router.post("/findings", status_code=201)
def add_missed(
    request: Request,
    viewer: Decider,
    body: MissedIn,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> OutcomeOut:
    """补记: record what the system missed as confirmed by the caller."""
    book = request.app.state.book
    with database.read() as session:
        frame = load_frame(session, viewer.hall_ids, body.frame_id)
        if frame is None:
            raise NotThere
        plan = request.app.state.plans.newest(session, [frame.hall_id])[frame.hall_id]
    clause = book.clauses().get(body.clause)
    if clause is None:
        raise InputError("规则包中没有这一条款。")
    outcome = verdicts.add_missed(
        database,
        viewer,
        frame.id,
        desk=body.desk,
        clause=clause,
        box_xyxy_px=body.box_xyxy_px,
        note=body.note,
        pack_version=book.pack_version,
        desks=list(plan.desks),
        now=now,
        recurrence_days=settings.recurrence_days,
    )
    return outcome_of(request, outcome, "#{id} 补记完成,已记为确认。")
