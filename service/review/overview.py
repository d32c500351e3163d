"""The start page and the coverage table: what was seen, what was not, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from service.db.models import DayVerdict, Finding, FrameRow, Run
from service.review.halls import HallName, Plans, halls_seen


@dataclass(frozen=True, slots=True)
class CameraState:
    """One camera's day; ``gate`` names the commonest reason why frames were unusable."""

    id: str
    frames: int
    usable: int
    gate: str | None


@dataclass(frozen=True, slots=True)
class WindowCounts:
    """Verdicts of one capture window; ``missing`` had no frame at all."""

    window: str
    passed: int = 0
    suspect: int = 0
    unjudged: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class HallDay:
    """One hall's last night."""

    hall: HallName
    day: date | None
    status: str | None
    notice: str
    open: int
    confirmed: int
    dismissed: int
    windows: Sequence[WindowCounts]
    cameras: Sequence[CameraState]

    @property
    def expected(self) -> int:
        return sum(w.passed + w.suspect + w.unjudged + w.missing for w in self.windows)

    @property
    def judged(self) -> int:
        return sum(w.passed + w.suspect for w in self.windows)

    @property
    def coverage(self) -> float:
        """Share that could be judged; nothing expected is nothing covered."""
        return self.judged / self.expected if self.expected else 0.0


def hall_days(session: Session, plans: Plans, hall_ids: Collection[int]) -> list[HallDay]:
    """The last night of each hall."""
    found = plans.newest(session, hall_ids)
    return [
        _hall_day(session, hall, found[hall.id].cameras) for hall in halls_seen(session, hall_ids)
    ]


def _hall_day(session: Session, hall: HallName, planned: Sequence[str]) -> HallDay:
    run = session.scalar(
        select(Run).where(Run.hall_id == hall.id).order_by(Run.day.desc(), Run.id.desc()).limit(1)
    )
    counted = (
        select(Finding.status, func.count())
        .where(
            Finding.hall_id == hall.id,
            (Finding.status == "open") | (Finding.last_day == (run.day if run else None)),
        )
        .group_by(Finding.status)
    )
    states = {row[0]: row[1] for row in session.execute(counted)}
    return HallDay(
        hall=hall,
        day=run.day if run else None,
        status=run.status if run else None,
        notice=run.notice if run else "",
        open=states.get("open", 0),
        confirmed=states.get("confirmed", 0),
        dismissed=states.get("dismissed", 0),
        windows=window_counts(session, hall.id, run.day) if run else [],
        cameras=camera_states(session, hall.id, run.day, planned) if run else [],
    )


def window_counts(session: Session, hall_id: int, day: date) -> list[WindowCounts]:
    """Verdicts of a day by window, W then P then N."""
    missing = (DayVerdict.verdict == "unjudged") & (DayVerdict.frames_used == 0)
    kind = case((missing, "missing"), else_=DayVerdict.verdict)
    rows = session.execute(
        select(DayVerdict.window, kind, func.count())
        .where(DayVerdict.hall_id == hall_id, DayVerdict.day == day)
        .group_by(DayVerdict.window, kind)
    )
    counts: dict[str, dict[str, int]] = {}
    for window, name, number in rows:
        counts.setdefault(window, {})[{"pass": "passed"}.get(name, name)] = number
    return [WindowCounts(window, **counts[window]) for window in "WPN" if window in counts]


def camera_states(
    session: Session, hall_id: int, day: date, planned: Sequence[str]
) -> list[CameraState]:
    """Every camera of the layout and every one that sent something, silent ones first."""
    rows = session.execute(
        select(FrameRow.camera, FrameRow.gate, func.count())
        .where(FrameRow.hall_id == hall_id, FrameRow.day == day)
        .group_by(FrameRow.camera, FrameRow.gate)
    )
    gates: dict[str, dict[str | None, int]] = {camera: {} for camera in planned}
    for camera, gate, number in rows:
        gates.setdefault(camera, {})[gate] = number
    states = []
    for camera, found in gates.items():
        bad = {gate: n for gate, n in found.items() if gate not in {"ok", None}}
        worst = min(bad, key=lambda gate: (-bad[gate], gate or "")) if bad else None
        states.append(CameraState(camera, sum(found.values()), found.get("ok", 0), worst))
    return sorted(states, key=lambda s: (s.usable > 0, s.usable == s.frames, s.id))


# --------------------------------------------------------------------------- coverage


@dataclass(frozen=True, slots=True)
class Cell:
    """One desk × clause of a window: pass, suspect, unjudged, or missing (no frame at all)."""

    kind: str
    reason_code: str | None = None
    reason_values: Mapping[str, Any] | None = None
    finding_id: int | None = None
    frames_used: int = 0
    frames_judged: int = 0


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Rows of desks, columns of clauses; a pair that the window does not ask for is absent."""

    day: date | None
    days: list[date]
    desks: list[str]
    clauses: list[str]
    cells: Mapping[tuple[str, str], Cell]


def coverage_table(
    session: Session, hall_id: int, *, day: date | None, window: str
) -> CoverageTable:
    """What each desk × clause came to in one window of a day (the last one with any)."""
    days = list(
        session.scalars(
            select(Run.day)
            .where(Run.hall_id == hall_id)
            .group_by(Run.day)
            .order_by(Run.day.desc())
            .limit(62)
        )
    )
    chosen = day or (days[0] if days else None)
    cells: dict[tuple[str, str], Cell] = {}
    if chosen is not None:
        rows = session.scalars(
            select(DayVerdict)
            .where(
                DayVerdict.hall_id == hall_id,
                DayVerdict.day == chosen,
                DayVerdict.window == window,
            )
            .order_by(DayVerdict.desk, DayVerdict.clause)
        )
        for row in rows:
            missing = row.verdict == "unjudged" and row.frames_used == 0
            cells[row.desk, row.clause] = Cell(
                "missing" if missing else row.verdict,
                row.reason_code,
                row.reason_values,
                row.finding_id,
                row.frames_used,
                row.frames_judged,
            )
    return CoverageTable(
        chosen,
        days,
        list(dict.fromkeys(desk for desk, _ in cells)),
        list(dict.fromkeys(clause for _, clause in sorted(cells, key=lambda key: key[1]))),
        cells,
    )
