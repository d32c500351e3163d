"""/api/v1/decisions: one verdict over a selection, as the bulk page gives it."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.review.bulk import decide_many
from service.web.access import Scope
from service.web.api.findings import CONFIRMED, DISMISSED, TAKEN_BACK, outcome_of
from service.web.api.shapes import REFUSALS, DecisionsIn, OutcomesOut
from service.web.deps import DatabaseDep, Needs, NowDep, SettingsDep

router = APIRouter(prefix="/api/v1", tags=["findings"], responses=REFUSALS)
OwnDecider = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_DECIDE, Scope.OWN))]
DONE: Final = {"confirm": CONFIRMED, "dismiss": DISMISSED, "undo": TAKEN_BACK}


@router.post("/decisions")
def decide_selection(
    request: Request,
    viewer: OwnDecider,
    body: DecisionsIn,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> OutcomesOut:
    """Confirm, dismiss or take back up to 100 findings, each by the version that was seen.

    The answer is 200 also where some were stale: what could be done is done, the others are named.
    """
    result = decide_many(
        database, viewer, [(seen.id, seen.row_version) for seen in body.findings],
        action=body.action, reason=body.reason, note=body.note,
        now=now, recurrence_days=settings.recurrence_days,
    )  # fmt: skip
    return OutcomesOut(
        done=[outcome_of(request, outcome, DONE[body.action]) for outcome in result.done],
        stale=list(result.stale),
    )
