"""/api/v1/overview: every hall's last night, trends of confirmed findings, precision in use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.models import CameraPause
from service.ledger.read import overdue_by_hall
from service.pauses import open_pauses
from service.review import precision
from service.review.overview import HallDay, hall_days
from service.review.precision import Precision, load_precision
from service.review.running import Running, running
from service.review.trends import Step, count_trends
from service.web.api.shapes import REFUSALS, Out
from service.web.deps import MAX_ID, DatabaseDep, Needs, NowDep
from service.web.i18n import Locale, locale_of
from service.web.views.overview import figures_until
from service.web.views.start import trouble

router = APIRouter(prefix="/api/v1/overview", tags=["overview"], responses=REFUSALS)
Overview = Annotated[Viewer, Depends(Needs(Permission.OVERVIEW))]
Reader = Annotated[Viewer, Depends(Needs(Permission.FINDINGS_READ))]
HallAsked = Annotated[int | None, Query(ge=1, le=MAX_ID)]


class CameraDayOut(Out):
    """A camera's frames of the night; ``trouble``: why they were unusable, or that none came."""

    id: str
    frames: int
    usable: int
    gate: str | None
    trouble: str
    paused_since: datetime | None


class WindowOut(Out):
    """Verdicts of one capture window; ``missing`` had no frame at all."""

    window: Literal["W", "P", "N"]
    passed: int
    suspect: int
    unjudged: int
    missing: int


class RunningOut(Out):
    """A night that is going on; ``silent``: it has not stirred for five minutes."""

    day: date
    started_at: datetime
    stage: Literal["look", "picture", "judge"]
    done: int
    total: int
    silent: bool


class HallNightOut(Out):
    """A hall's last night and what waits there; ``day`` null: it never had one."""

    hall_id: int
    code: str
    name: str
    day: date | None
    status: str | None
    notice: str
    open: int
    confirmed: int
    dismissed: int
    overdue: int
    expected: int
    judged: int
    coverage: float
    windows: list[WindowOut]
    cameras: list[CameraDayOut]
    running: RunningOut | None


class OverviewOut(Out):
    """All halls of the caller, and their sums."""

    halls: list[HallNightOut]
    open: int
    overdue: int
    expected: int
    judged: int
    coverage: float


class LineOut(Out):
    """One number for each of the steps."""

    numbers: list[int]


class ClauseLineOut(LineOut):
    clause: str


class UnitLineOut(LineOut):
    """Who answers for the windows: a unit, or a window that has none."""

    hall_id: int
    unit: str


class TrendsOut(Out):
    """Confirmed findings; ``until``: the last day counted, earlier than today in halted halls."""

    step: Step
    until: date
    steps: list[date]
    total: int
    by_clause: list[ClauseLineOut]
    by_unit: list[UnitLineOut]


class ShareOut(Out):
    """Confirmed of all decided, with Wilson's 95 % interval."""

    confirmed: int
    dismissed: int
    share: float
    low: float
    high: float


class ClauseShareOut(ShareOut):
    clause: str


class CameraShareOut(ShareOut):
    hall_id: int
    camera: str


class PrecisionOut(Out):
    """How often the machine is right in use, over the last ``days``."""

    days: int
    until: date
    by_clause: list[ClauseShareOut]
    by_camera: list[CameraShareOut]


@router.get("")
def overview(
    request: Request, viewer: Overview, database: DatabaseDep, now: NowDep, hall: HallAsked = None
) -> OverviewOut:
    """Each hall's last night: coverage, cameras and their troubles, queue, overdue cases."""
    locale, hall_ids = locale_of(request), viewer.among(hall)
    with database.read() as session:
        days = hall_days(session, request.app.state.plans, hall_ids)
        late = overdue_by_hall(session, viewer, today=hall_day(now))
        going_on = {night.hall_id: night for night in running(session, hall_ids, now)}
        paused = {(p.hall_id, p.camera): p for p in open_pauses(session, hall_ids)}
    halls = [
        _hall(day, late.get(day.hall.id, 0), going_on.get(day.hall.id), paused, locale)
        for day in days
    ]
    expected, judged = sum(h.expected for h in halls), sum(h.judged for h in halls)
    return OverviewOut(
        halls=halls,
        open=sum(h.open for h in halls),
        overdue=sum(h.overdue for h in halls),
        expected=expected,
        judged=judged,
        coverage=judged / expected if expected else 0.0,
    )


def _hall(
    day: HallDay,
    overdue: int,
    night: Running | None,
    paused: dict[tuple[int, str], CameraPause],
    locale: Locale,
) -> HallNightOut:
    hall = day.hall
    return HallNightOut(
        hall_id=hall.id, code=hall.code, name=hall.name, day=day.day, status=day.status,
        notice=day.notice, open=day.open, confirmed=day.confirmed, dismissed=day.dismissed,
        overdue=overdue, expected=day.expected, judged=day.judged, coverage=day.coverage,
        windows=[WindowOut.model_validate(w, from_attributes=True) for w in day.windows],
        cameras=[
            CameraDayOut(
                id=camera.id, frames=camera.frames, usable=camera.usable, gate=camera.gate,
                trouble=trouble(camera.frames, camera.gate, locale),
                paused_since=pause.since if (pause := paused.get((hall.id, camera.id))) else None,
            )
            for camera in day.cameras
        ],
        running=RunningOut.model_validate(night, from_attributes=True) if night else None,
    )  # fmt: skip


@router.get("/trends")
def trends(
    viewer: Overview,
    database: DatabaseDep,
    now: NowDep,
    hall: HallAsked = None,
    step: Step = "week",
) -> TrendsOut:
    """Confirmed findings by clause and unit; a chief's are those of their own windows."""
    hall_ids = viewer.among(hall)
    with database.read() as session:
        until = figures_until(session, hall_ids, hall_day(now), step)
        counted = count_trends(session, viewer, hall_ids, today=until, step=step)
    return TrendsOut(
        step=step,
        until=until,
        steps=list(counted.steps),
        total=counted.total,
        by_clause=[ClauseLineOut(clause=c, numbers=n) for c, n in counted.by_clause.items()],
        by_unit=[
            UnitLineOut(hall_id=unit.hall_id, unit=unit.name, numbers=n)
            for unit, n in counted.by_unit.items()
        ],
    )


@router.get("/precision")
def precision_in_use(
    viewer: Reader, database: DatabaseDep, now: NowDep, hall: HallAsked = None
) -> PrecisionOut:
    """Confirmed of all that people decided, by clause and by camera."""
    hall_ids = viewer.among(hall)
    with database.read() as session:
        until = figures_until(session, hall_ids, hall_day(now), "day")
        found = load_precision(session, hall_ids, since=until - timedelta(days=precision.DAYS))
    return PrecisionOut(
        days=precision.DAYS,
        until=until,
        by_clause=[ClauseShareOut(clause=c, **_share(p)) for c, p in found.by_clause.items()],
        by_camera=[
            CameraShareOut(hall_id=hall_id, camera=camera, **_share(p))
            for (hall_id, camera), p in found.by_camera.items()
        ],
    )


def _share(found: Precision) -> dict[str, Any]:
    return {
        "confirmed": found.confirmed,
        "dismissed": found.dismissed,
        "share": found.share,
        "low": found.low,
        "high": found.high,
    }
