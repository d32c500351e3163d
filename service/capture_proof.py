"""Show that a past day's spot checks were drawn and not chosen: draw them again from the seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from service import plan as plans
from service.capture_draw import draw_of
from service.clock import hall_day, utc_now
from service.db.camera_tables import SpotDraw, SpotResult
from service.db.engine import Database
from service.halls import halls_named
from vision.seen import InputError

STATES = {
    "taken": "已取", "failed": "未取到", "doubtful": "画面可疑", "missed": "错过",
    "stopped": "摄像机停用",
}  # fmt: skip


def proof_lines(
    database: Database, hall: str | None, day: str, *, today: date | None = None
) -> Iterator[str]:
    """Seed, commitment, and every spot with what became of it; only for a day that is over."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise InputError(f"--proof {day}: no day; write it as 2026-03-11.") from None
    if wanted >= (today or hall_day(utc_now())):
        raise InputError(f"--proof {day}: the day is not over; its spots stay unknown until then.")
    with database.read() as session:
        for row in halls_named(session, hall):
            kept = session.scalar(
                select(SpotDraw).where(SpotDraw.hall_id == row.id, SpotDraw.day == wanted)
            )
            if kept is None:
                yield f"{row.code} {wanted}: 没有抽查计划 (no draw)"
                continue
            drawn = draw_of(kept)
            yield f"{row.code} {wanted}: seed {kept.seed}"
            yield f"sha256 {plans.commitment_of(kept.seed)} (审计日志中抽取当时已记录)"
            results = {
                r.key: r
                for r in session.scalars(select(SpotResult).where(SpotResult.draw_id == kept.id))
            }
            for spot in drawn.spots:
                result = results.get(spot.key)
                yield f"{spot.at:%H:%M:%S}  {spot.window}  {spot.camera}  {_became(result)}"


def _became(result: SpotResult | None) -> str:
    if result is None:
        return "—"
    late = result.state == "taken" and result.error
    state = "补取" if late else STATES[result.state]
    return f"{state}  {'  '.join(filter(None, (result.name, result.error)))}".rstrip()
