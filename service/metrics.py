"""What a monitoring system asks for, read from the database at the moment it asks.

The night and the capture run in processes of their own, so nothing is counted in memory: each
figure is what the database says now.  Labels hold hall codes, camera ids, stages and reason codes;
never a person, a desk, an address or a picture.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.clock import hall_day
from service.db.camera_tables import CAMERA_STATES, SPOT_STATES, Camera, SpotDraw, SpotResult
from service.db.engine import Database
from service.db.models import DayVerdict, Finding, FrameRow, Hall, Run
from service.pauses import open_pauses
from service.settings import Settings

LATEST_DAYS: Final = 31
FILED: Final = ("done", "incomplete")


class _Collected(Collector):
    def __init__(self, families: Callable[[], Iterator[Metric]]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        return self._families()


def exposition(database: Database, settings: Settings, now: datetime) -> bytes:
    """The figures in Prometheus' text form."""
    registry = CollectorRegistry(auto_describe=False)
    with database.read() as session:
        registry.register(_Collected(lambda: families(session, settings, now)))
        return generate_latest(registry)


def families(session: Session, settings: Settings, now: datetime) -> Iterator[Metric]:
    """Every family of figures, the halls by code."""
    query = select(Hall.id, Hall.code).where(Hall.active).order_by(Hall.code)
    halls = dict(session.execute(query).all())
    last = _last_runs(session, now)
    yield from _nights(halls, last)
    yield from _frames(session, halls, last)
    yield from _verdicts(session, halls, last)
    yield _queue(session, halls)
    yield from _cameras(session, halls)
    yield _spots(session, halls, now)
    free = shutil.disk_usage(settings.data).free
    yield _gauge("free_bytes", "Free space on the disk of the data folder.", (), [((), free)])


Rows = Sequence[tuple[tuple[str, ...], float]]


def _gauge(name: str, text: str, labels: Sequence[str], rows: Rows) -> Metric:
    family = GaugeMetricFamily(f"deskcheck_{name}", text, labels=list(labels))
    for values, figure in rows:
        family.add_metric(list(values), figure)
    return family


def _last_runs(session: Session, now: datetime) -> Mapping[int, Run]:
    """Each hall's last filed night."""
    runs = session.scalars(
        select(Run)
        .where(Run.status.in_(FILED), Run.day >= hall_day(now) - timedelta(days=LATEST_DAYS))
        .order_by(Run.day, Run.id)
    )
    return {run.hall_id: run for run in runs}


def _nights(halls: Mapping[int, str], last: Mapping[int, Run]) -> Iterator[Metric]:
    known = [(halls[id], run) for id, run in sorted(last.items()) if id in halls]
    yield _gauge(
        "night_ended_timestamp_seconds",
        "When the last night of a hall was filed.",
        ("hall",),
        [((hall,), run.finished_at.timestamp()) for hall, run in known if run.finished_at],
    )
    yield _gauge(
        "night_incomplete",
        "1 where the last night lacked a camera or could not read a frame.",
        ("hall",),
        [((hall,), float(run.status == "incomplete")) for hall, run in known],
    )
    yield _gauge(
        "night_cameras_missing",
        "Cameras without any frame in the last night.",
        ("hall",),
        [((hall,), len(run.cameras_missing)) for hall, run in known],
    )
    yield _gauge(
        "night_stage_seconds",
        "How long a stage of the last night took.",
        ("hall", "stage"),
        [
            ((hall, str(stage)), float(seconds))
            for hall, run in known
            for stage, seconds in sorted(run.timings.items())
        ],
    )


def _frames(
    session: Session, halls: Mapping[int, str], last: Mapping[int, Run]
) -> Iterator[Metric]:
    rows: list[tuple[tuple[str, ...], float]] = []
    for id, run in sorted(last.items()):
        counted = session.execute(
            select(FrameRow.gate, func.count())
            .where(FrameRow.hall_id == id, FrameRow.day == run.day)
            .group_by(FrameRow.gate)
        )
        rows += [((halls[id], gate or "waiting"), n) for gate, n in counted if id in halls]
    yield _gauge(
        "night_frames", "Frames of the last night by what the gate said.", ("hall", "gate"), rows
    )
    total = session.execute(select(FrameRow.hall_id, func.count()).group_by(FrameRow.hall_id)).all()
    yield _gauge(
        "frames_known",
        "Frames known to the database.",
        ("hall",),
        [((halls[id],), n) for id, n in total if id in halls],
    )


def _verdicts(
    session: Session, halls: Mapping[int, str], last: Mapping[int, Run]
) -> Iterator[Metric]:
    verdicts: list[tuple[tuple[str, ...], float]] = []
    reasons: list[tuple[tuple[str, ...], float]] = []
    for id, run in sorted(last.items()):
        if id not in halls:
            continue
        mine = (DayVerdict.hall_id == id, DayVerdict.day == run.day)
        verdicts += [
            ((halls[id], verdict), n)
            for verdict, n in session.execute(
                select(DayVerdict.verdict, func.count()).where(*mine).group_by(DayVerdict.verdict)
            )
        ]
        reasons += [
            ((halls[id], reason), n)
            for reason, n in session.execute(
                select(DayVerdict.reason_code, func.count())
                .where(*mine, DayVerdict.verdict == "unjudged")
                .group_by(DayVerdict.reason_code)
            )
        ]
    yield _gauge(
        "night_verdicts", "Verdicts of the last night.", ("hall", "verdict"), sorted(verdicts)
    )
    yield _gauge(
        "night_unjudged",
        "What could not be judged in the last night, by reason.",
        ("hall", "reason"),
        sorted(reasons),
    )


def _queue(session: Session, halls: Mapping[int, str]) -> Metric:
    waiting = dict(
        session.execute(
            select(Finding.hall_id, func.count())
            .where(Finding.status == "open")
            .group_by(Finding.hall_id)
        ).all()
    )
    return _gauge(
        "queue_open",
        "Findings that wait for an inspector.",
        ("hall",),
        [((code,), waiting.get(id, 0)) for id, code in halls.items()],
    )


def _cameras(session: Session, halls: Mapping[int, str]) -> Iterator[Metric]:
    cameras = [
        (halls[row.hall_id], row)
        for row in session.scalars(select(Camera).order_by(Camera.hall_id, Camera.code))
        if row.hall_id in halls
    ]
    yield _gauge(
        "camera_state",
        "1 for the state that a camera is in.",
        ("hall", "camera", "state"),
        [
            ((hall, row.code, state), float(row.state == state))
            for hall, row in cameras
            for state in CAMERA_STATES
        ],
    )
    paused = open_pauses(session, halls)
    yield _gauge(
        "camera_paused_since_timestamp_seconds",
        "Since when a knocked camera's verdicts are paused.",
        ("hall", "camera"),
        [((halls[row.hall_id], row.camera), row.since.timestamp()) for row in paused],
    )
    yield _gauge(
        "camera_last_still_timestamp_seconds",
        "When a camera gave its last still.",
        ("hall", "camera"),
        [
            ((hall, row.code), row.last_ok_at.timestamp())
            for hall, row in cameras
            if row.last_ok_at is not None
        ],
    )
    yield _gauge(
        "camera_clock_offset_seconds",
        "A camera's clock minus this machine's.",
        ("hall", "camera"),
        [
            ((hall, row.code), row.clock_offset_s)
            for hall, row in cameras
            if row.clock_offset_s is not None
        ],
    )


def _spots(session: Session, halls: Mapping[int, str], now: datetime) -> Metric:
    counted = {
        (id, state): n
        for id, state, n in session.execute(
            select(SpotDraw.hall_id, SpotResult.state, func.count())
            .join(SpotDraw, SpotResult.draw_id == SpotDraw.id)
            .where(SpotDraw.day == hall_day(now))
            .group_by(SpotDraw.hall_id, SpotResult.state)
        )
    }
    return _gauge(
        "spots_today",
        "Today's drawn spot checks by what became of them so far.",
        ("hall", "state"),
        [
            ((code, state), counted.get((id, state), 0))
            for id, code in halls.items()
            for state in SPOT_STATES
        ],
    )
