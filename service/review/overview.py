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
    """The last night of each hall: a few queries a night, however many halls had theirs then."""
    found = plans.newest(session, hall_ids)
    halls = halls_seen(session, hall_ids)
    runs = _last_runs(session, hall_ids)
    states = _states(session, hall_ids, runs)
    windows: dict[int, list[WindowCounts]] = {}
    cameras: dict[int, dict[str, dict[str | None, int]]] = {}
    for day in {run.day for run in runs.values()}:
        then = [id for id, run in runs.items() if run.day == day]
        windows |= _window_counts(session, then, day)
        cameras |= _gates(session, then, day)
    out = []
    for hall in halls:
        run, counted = runs.get(hall.id), states.get(hall.id, {})
        out.append(
            HallDay(
                hall=hall,
                day=run.day if run else None,
                status=run.status if run else None,
                notice=run.notice if run else "",
                open=counted.get("open", 0),
                confirmed=counted.get("confirmed", 0),
                dismissed=counted.get("dismissed", 0),
                windows=windows.get(hall.id, []),
                cameras=_cameras(found[hall.id].cameras, cameras.get(hall.id, {})) if run else [],
            )
        )
    return out


def _last_runs(session: Session, hall_ids: Collection[int]) -> dict[int, Run]:
    days = (
        select(Run.hall_id, func.max(Run.day).label("day"))
        .where(Run.hall_id.in_(hall_ids))
        .group_by(Run.hall_id)
        .subquery()
    )
    newest = (
        select(func.max(Run.id))
        .join(days, (days.c.hall_id == Run.hall_id) & (days.c.day == Run.day))
        .group_by(Run.hall_id)
    )
    return {run.hall_id: run for run in session.scalars(select(Run).where(Run.id.in_(newest)))}


def _states(
    session: Session, hall_ids: Collection[int], runs: Mapping[int, Run]
) -> dict[int, dict[str, int]]:
    """Hall -> state -> how many: all that are open, the others of the hall's last day."""
    counts: dict[int, dict[str, int]] = {}
    count = select(Finding.hall_id, Finding.status, func.count()).group_by(
        Finding.hall_id, Finding.status
    )
    queries = [count.where(Finding.hall_id.in_(hall_ids), Finding.status == "open")]
    for day in {run.day for run in runs.values()}:
        then = [id for id, run in runs.items() if run.day == day]
        decided = Finding.status.in_(("confirmed", "dismissed"))
        queries.append(count.where(Finding.hall_id.in_(then), decided, Finding.last_day == day))
    for query in queries:
        for hall_id, state, number in session.execute(query):
            counts.setdefault(hall_id, {})[state] = number
    return counts


def _window_counts(
    session: Session, hall_ids: Collection[int], day: date
) -> dict[int, list[WindowCounts]]:
    """Hall -> verdicts of a day by window, W then P then N."""
    missing = (DayVerdict.verdict == "unjudged") & (DayVerdict.frames_used == 0)
    kind = case((missing, "missing"), else_=DayVerdict.verdict)
    rows = session.execute(
        select(DayVerdict.hall_id, DayVerdict.window, kind, func.count())
        .where(DayVerdict.hall_id.in_(hall_ids), DayVerdict.day == day)
        .group_by(DayVerdict.hall_id, DayVerdict.window, kind)
    )
    counts: dict[int, dict[str, dict[str, int]]] = {}
    for hall_id, window, name, number in rows:
        of_window = counts.setdefault(hall_id, {}).setdefault(window, {})
        of_window[{"pass": "passed"}.get(name, name)] = number
    return {
        hall_id: [WindowCounts(window, **of[window]) for window in "WPN" if window in of]
        for hall_id, of in counts.items()
    }


def _gates(
    session: Session, hall_ids: Collection[int], day: date
) -> dict[int, dict[str, dict[str | None, int]]]:
    """Hall -> camera -> gate -> how many frames of a day."""
    rows = session.execute(
        select(FrameRow.hall_id, FrameRow.camera, FrameRow.gate, func.count())
        .where(FrameRow.hall_id.in_(hall_ids), FrameRow.day == day)
        .group_by(FrameRow.hall_id, FrameRow.camera, FrameRow.gate)
    )
    found: dict[int, dict[str, dict[str | None, int]]] = {}
    for hall_id, camera, gate, number in rows:
        found.setdefault(hall_id, {}).setdefault(camera, {})[gate] = number
    return found


def _cameras(
    planned: Sequence[str], sent: Mapping[str, Mapping[str | None, int]]
) -> list[CameraState]:
    """Every camera of the layout and every one that sent something, silent ones first."""
    states = []
    for camera in dict.fromkeys((*planned, *sent)):
        found = sent.get(camera, {})
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
        rows = session.execute(  # columns, not objects: a thousand of them
            select(
                DayVerdict.desk,
                DayVerdict.clause,
                DayVerdict.verdict,
                DayVerdict.reason_code,
                DayVerdict.reason_values,
                DayVerdict.finding_id,
                DayVerdict.frames_used,
                DayVerdict.frames_judged,
            )
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
