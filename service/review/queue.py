"""The review queue: open findings, the most valuable look first, desk by desk, capped a night."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.clock import hall_day
from service.db.models import Finding
from service.review.book import is_advisory
from service.review.cards import Card, read_cards, select_cards
from service.review.causes import together
from service.review.halls import Plans
from service.review.order import ADVISORY_POINTS, Record, group_by_desk, value_of_look

RECORD_DAYS: Final = 60
"""How far back verdicts count for how likely a finding holds."""
PAGE_MOST: Final = 200
"""Findings of several halls on one page: minutes of work; what follows comes with the next."""
CHUNK: Final = 500
KEPT: Final = timedelta(minutes=5)
ByPlace: TypeAlias = Mapping[tuple[str, str | None], Record]
"""A record for each clause at a camera."""


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """One desk's open findings."""

    hall_name: str
    desk_name: str
    findings: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Queue:
    """What is shown now, and how many are kept for later because of the cap."""

    groups: Sequence[DeskGroup]
    shown: int
    kept: int

    @property
    def cards(self) -> list[Card]:
        return [card for group in self.groups for card in group.findings]


def count_open(session: Session, hall_ids: Collection[int]) -> int:
    """How many findings wait."""
    query = select(func.count()).select_from(Finding)
    return session.scalar(query.where(Finding.hall_id.in_(hall_ids), Finding.status == "open")) or 0


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a look may be worth: records by clause and camera, points by hall and clause."""

    records: ByPlace
    deduct: Mapping[int, Mapping[str, float]]

    def value(
        self,
        hall_id: int,
        clause: str,
        camera: str | None,
        *,
        advisory: bool,
        confidence: float,
        age_days: int,
    ) -> float:
        """The value of a look at such a finding."""
        points = 0.0 if advisory else self.deduct.get(hall_id, {}).get(clause, 0.0)
        return value_of_look(
            confidence,
            points=max(points, ADVISORY_POINTS),
            age_days=age_days,
            record=self.records.get((clause, camera)),
        )


Deduct: TypeAlias = Callable[[Session, int, date], Mapping[str, float]]
"""What each clause costs in a hall on a day."""


class Counted:
    """The stakes of some halls, counted anew every few minutes.

    Weeks of verdicts move little in that time, and counting them is half of the queue's page.
    """

    def __init__(self, deduct: Deduct) -> None:
        self._deduct = deduct
        self._kept: dict[frozenset[int], tuple[datetime, Stakes]] = {}

    def of(self, session: Session, hall_ids: Collection[int], now: datetime) -> Stakes:
        """The stakes of these halls as they were counted at most ``KEPT`` ago."""
        halls, today = frozenset(hall_ids), hall_day(now)
        kept = self._kept.get(halls)
        if kept is not None and timedelta() <= now - kept[0] < KEPT:
            return kept[1]
        fresh = Stakes(
            load_records(session, halls, since=today - timedelta(days=RECORD_DAYS)),
            {hall_id: self._deduct(session, hall_id, today) for hall_id in halls},
        )
        # a scope that nobody asks for any more is forgotten with the next count
        live = {key: value for key, value in self._kept.items() if now - value[0] < KEPT}
        self._kept = {**live, halls: (now, fresh)}
        return fresh


def load_queue(
    session: Session,
    plans: Plans,
    hall_ids: Collection[int],
    *,
    stakes: Stakes,
    today: date,
    cap: int,
) -> Queue:
    """The queue of these halls; ``cap`` findings a hall, the rest kept and counted.

    All are ranked; only those that are shown are then read whole.
    """
    waiting = _rank(session, hall_ids, today, stakes)
    chosen: dict[int, float] = {}
    taken: dict[int, int] = {}
    for minus_value, id, hall_id in waiting:
        taken[hall_id] = taken.get(hall_id, 0) + 1
        if taken[hall_id] <= cap and len(chosen) < max(cap, PAGE_MOST):
            chosen[id] = -minus_value
    ids = list(chosen)
    cards = {
        card.id: card
        for start in range(0, len(ids), CHUNK)
        for card in read_cards(
            session, select_cards().where(Finding.id.in_(ids[start : start + CHUNK])), plans
        )
    }
    shown = [cards[id] for id in ids]
    groups = group_by_desk(
        together(session, shown),
        desk=lambda card: (card.hall_id, card.desk),
        value=lambda card: chosen[card.id],
        tie=lambda card: card.id,
    )
    return Queue(
        [DeskGroup(found[0].hall_name, found[0].desk_name, found) for _, found in groups],
        len(shown),
        len(waiting) - len(shown),
    )


def load_records(session: Session, hall_ids: Collection[int], *, since: date) -> ByPlace:
    """Confirmed and dismissed before, by clause and camera."""
    rows = session.execute(
        select(Finding.clause, Finding.camera, Finding.status, func.count())
        .where(
            Finding.hall_id.in_(hall_ids),
            Finding.status.in_(("confirmed", "dismissed")),
            Finding.last_day >= since,
            Finding.source == "camera",
        )
        .group_by(Finding.clause, Finding.camera, Finding.status)
    )
    counts: dict[tuple[str, str | None], dict[str, int]] = {}
    for clause, camera, status, number in rows:
        counts.setdefault((clause, camera), {})[status] = number
    return {key: Record(**found) for key, found in counts.items()}


def _rank(
    session: Session, hall_ids: Collection[int], today: date, stakes: Stakes
) -> list[tuple[float, int, int]]:
    """(minus the value of a look, id, hall) of all that is open, the most valuable first."""
    rows = session.execute(
        select(
            Finding.id,
            Finding.hall_id,
            Finding.clause,
            Finding.camera,
            Finding.modality,
            Finding.confidence,
            Finding.day,
        ).where(Finding.hall_id.in_(hall_ids), Finding.status == "open")
    )
    ranked = []
    for id, hall_id, clause, camera, modality, confidence, day in rows:
        value = stakes.value(
            hall_id,
            clause,
            camera,
            advisory=is_advisory(modality),
            confidence=confidence,
            age_days=(today - day).days,
        )
        ranked.append((-value, id, hall_id))
    return sorted(ranked)
