"""The facts of a hall's set-up that its notice to staff and its impact assessment begin from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import yaml
from sqlalchemy.orm import Session

from service.capture_draw import plan_of
from service.clock import hall_day
from service.db.models import Hall
from service.halls import newest_layout
from service.plan import SpotPlan
from service.reports.cases import is_trial
from service.reports.papers.consent import HallPapers
from service.review.book import Book
from service.settings import Settings


def hall_papers(
    session: Session, settings: Settings, book: Book, hall_id: int, now: datetime
) -> HallPapers:
    """By the newest layout, the spot-check plan and the terms in force."""
    hall = session.get_one(Hall, hall_id)
    text = newest_layout(session, hall).yaml
    layout: dict[str, Any] = yaml.safe_load(text) or {}
    cameras = tuple(
        (
            str(camera["id"]),
            str(camera.get("name") or ""),
            len({zone["desk"] for zone in camera.get("zones", ()) if zone.get("desk")}),
        )
        for camera in layout.get("cameras", ())
    )
    return HallPapers(
        hall=hall.name,
        on=hall_day(now),
        cameras=cameras,
        desks=len(layout.get("desks", ())),
        stills=stills_zh(plan_of(session, hall)),
        originals_days=settings.keep_originals_days,
        frames_days=settings.keep_frames_days,
        dismissed_days=settings.keep_dismissed_days,
        closed_days=settings.keep_closed_days,
        sealed=settings.seal_stills,
        trial=is_trial(text),
        clauses=tuple((clause.id, clause.text) for clause in book.clauses().values()),
    )


def stills_zh(plan: SpotPlan) -> str:
    """How often a camera is looked at, in words."""
    parts = [f"每台摄像机每半天随机抽取 {plan.per_half_day} 次"]
    if plan.burst > 1:
        parts.append(f"每次在 {plan.burst_minutes} 分钟内取 {plan.burst} 张静态截图")
    if plan.before_open:
        parts.append(f"开门前 {plan.before_open} 次")
    if plan.after_close:
        parts.append(f"下班后 {plan.after_close} 次")
    return f"{','.join(parts)};抽取时间由系统随机决定并可事后核验。"
