"""/api/v1/second: findings that come back blind, 合格 looked at again, and the figures of both."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.review import second
from service.review.agreement import Agreement, Recall
from service.review.detail import Detail, load_detail
from service.web.access import Scope
from service.web.api.findings import shots_of
from service.web.api.shapes import REFUSALS, In, Out, ShotOut
from service.web.deps import DatabaseDep, Needs, NowDep, RowId, SettingsDep
from service.web.i18n import locale_of
from service.web.present import reason_sentence

router = APIRouter(prefix="/api/v1/second", tags=["second looks"], responses=REFUSALS)
Decider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE))]
OwnDecider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE, Scope.OWN))]


class BlindOut(Out):
    """A decided finding without anything that says how it was decided."""

    id: int
    hall_id: int
    hall: str
    day: date
    desk: str
    desk_name: str
    clause: str
    clause_text: str
    modality: str
    window: str
    camera: str | None
    confidence: float
    reason: str
    shots: list[ShotOut]


class AgreementOut(Out):
    """Pairs of verdicts of the last quarter; ``kappa`` null where it is undefined."""

    both: int
    neither: int
    first_only: int
    second_only: int
    kappa: float | None


class RecallOut(Out):
    """Found of what there was, with its 95 % interval; null where nothing was looked at."""

    found: int
    passed: int
    looked: int
    missed: int
    share: float | None
    low: float | None
    high: float | None


class OpenOut(Out):
    """Two verdicts that differ, for a third person to settle."""

    look_id: int
    finding_id: int
    clause: str
    desk: str


class SecondOut(Out):
    """How many wait for a blind look, the first of them, the figures, what can be settled."""

    left: int
    finding: BlindOut | None
    passes: int
    days: int
    agreement: AgreementOut
    recall: RecallOut
    open: list[OpenOut]


class VerdictIn(In):
    """A blind verdict, or a third person's word."""

    action: Literal["confirm", "dismiss"]


class LookedOut(Out):
    """The finding that the word was about."""

    finding_id: int


class PassOut(Out):
    """A desk × clause called 合格; ``areas_norm``: the desk on the frame, 0..1."""

    hall_id: int
    day: date
    desk: str
    desk_name: str
    clause: str
    clause_text: str
    window: str
    camera: str
    frame_id: int
    frame_url: str
    areas_norm: list[list[tuple[float, float]]]


class PassesOut(Out):
    """What of the last night's sample nobody has looked at."""

    passes: list[PassOut]


class PassIn(In):
    """What was seen of a drawn cell."""

    hall_id: int = Field(ge=1, le=2**53)
    day: str = Field(max_length=10)
    desk: str = Field(max_length=64)
    clause: str = Field(max_length=32)
    window: str = Field(max_length=1)
    answer: Literal["clean", "missed", "unclear"]


class PassedOut(Out):
    """The frame that was looked at; what was missed is added on it (POST /api/v1/findings)."""

    frame_id: int


@router.get("")
def show(
    request: Request, viewer: Decider, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> SecondOut:
    """The next blind finding, the figures, and what the caller may settle."""
    secret = request.app.state.secret
    with database.read() as session:
        ids = second.blind_ids(
            session, viewer, secret=secret, share=settings.second_look_share, now=now
        )
        detail = (
            load_detail(session, request.app.state.plans, viewer.hall_ids, ids[0]) if ids else None
        )
        cells = second.pass_cells(
            session, viewer.hall_ids, secret=secret,
            share=settings.pass_look_share, most=settings.pass_look_most,
        )  # fmt: skip
        return SecondOut(
            left=len(ids),
            finding=_blind(request, detail) if detail else None,
            passes=len(cells),
            days=second.FIGURE_DAYS,
            agreement=_agreement(second.agreed(session, viewer.hall_ids, now)),
            recall=_recall(second.recall(session, viewer.hall_ids, now)),
            open=[
                OpenOut(
                    look_id=row.id,
                    finding_id=row.finding_id,
                    clause=row.finding.clause,
                    desk=row.finding.desk,
                )
                for row in second.disagreements(session, viewer)
            ],
        )


def _blind(request: Request, detail: Detail) -> BlindOut:
    card = detail.card
    return BlindOut(
        id=card.id, hall_id=card.hall_id, hall=card.hall_name, day=card.day, desk=card.desk,
        desk_name=card.desk_name, clause=card.clause, clause_text=card.clause_text,
        modality=card.modality, window=card.window, camera=card.camera,
        confidence=card.confidence,
        reason=reason_sentence(request.app.state.book, card, locale_of(request)),
        shots=shots_of(detail),
    )  # fmt: skip


def _agreement(found: Agreement) -> AgreementOut:
    return AgreementOut(
        both=found.both,
        neither=found.neither,
        first_only=found.first,
        second_only=found.second,
        kappa=found.kappa,
    )


def _recall(found: Recall) -> RecallOut:
    return RecallOut(
        found=found.found, passed=found.passed, looked=found.looked, missed=found.missed,
        share=found.share, low=found.low, high=found.high,
    )  # fmt: skip


@router.post("/findings/{finding_id}")
def look(
    request: Request,
    viewer: OwnDecider,
    finding_id: RowId,
    body: VerdictIn,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> LookedOut:
    """The blind verdict: it measures, and changes nothing else; 409 where it is none to look at."""
    second.look_again(
        database, viewer, finding_id, body.action, secret=request.app.state.secret,
        share=settings.second_look_share, now=now,
    )  # fmt: skip
    return LookedOut(finding_id=finding_id)


@router.post("/settle/{look_id}")
def settle(
    viewer: OwnDecider, look_id: RowId, body: VerdictIn, database: DatabaseDep, now: NowDep
) -> LookedOut:
    """A third person's word where two verdicts differ."""
    return LookedOut(finding_id=second.settle(database, viewer, look_id, body.action, now=now))


@router.get("/passes")
def passes(
    request: Request, viewer: Decider, database: DatabaseDep, settings: SettingsDep
) -> PassesOut:
    """合格 cells to look for the missed on, each with its masked frame and the desk's outline."""
    known = request.app.state.book.all_clauses()
    with database.read() as session:
        cells = second.pass_cells(
            session, viewer.hall_ids, secret=request.app.state.secret,
            share=settings.pass_look_share, most=settings.pass_look_most,
        )  # fmt: skip
        plans = request.app.state.plans.newest(session, {cell.hall_id for cell in cells})
    return PassesOut(
        passes=[
            PassOut(
                hall_id=cell.hall_id, day=cell.day, desk=cell.desk,
                desk_name=plans[cell.hall_id].desks.get(cell.desk, cell.desk), clause=cell.clause,
                clause_text=known[cell.clause].text if cell.clause in known else "",
                window=cell.window, camera=cell.camera, frame_id=cell.frame_id,
                frame_url=f"/media/{cell.media_id}",
                areas_norm=[
                    list(area.polygon_norm)
                    for area in plans[cell.hall_id].areas.get(cell.camera, ())
                    if area.desk == cell.desk
                ],
            )
            for cell in cells
        ]
    )  # fmt: skip


@router.post("/passes")
def answer(
    request: Request,
    viewer: OwnDecider,
    body: PassIn,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> PassedOut:
    """Only what was drawn can be answered, once; anything else is 409."""
    with database.read() as session:
        cell = second.pass_cell(
            session, viewer.hall_ids,
            (body.hall_id, body.day, body.desk, body.clause, body.window),
            secret=request.app.state.secret,
            share=settings.pass_look_share, most=settings.pass_look_most,
        )  # fmt: skip
    second.answer_pass(database, viewer, cell, body.answer, now=now)
    return PassedOut(frame_id=cell.frame_id)
