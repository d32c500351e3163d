"""The queue as it stands now, for the desk and for the bulk page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from fastapi import Request
from sqlalchemy.orm import Session

from service.clock import hall_day
from service.review.queue import Queue, load_queue
from service.settings import Settings


def queue_of(
    request: Request,
    session: Session,
    hall_ids: Collection[int],
    settings: Settings,
    now: datetime,
) -> Queue:
    """The queue of these halls, ranked by the stakes that the application has counted."""
    state = request.app.state
    return load_queue(
        session, state.plans, hall_ids, stakes=state.stakes.of(session, hall_ids, now),
        today=hall_day(now), cap=settings.queue_cap,
    )  # fmt: skip
