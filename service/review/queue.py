"""The review queue: open findings, the most valuable look first, desk by desk, capped a night."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.models import Finding
from service.review.book import is_advisory
from service.review.cards import Card, read_cards, select_cards
from service.review.causes import together
from service.review.halls import Plans
from service.review.order import ADVISORY_POINTS, Record, group_by_desk, value_of_look

RECORD_DAYS: Final = 60
"""How far back verdicts count for how likely a finding holds."""


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


def load_queue(
    session: Session, plans: Plans, hall_ids: Collection[int], *, today: date, cap: int
) -> Queue:
    """The queue of these halls; ``cap`` findings a hall, the rest kept and counted."""
    query = select_cards().where(Finding.hall_id.in_(hall_ids), Finding.status == "open")
    records = load_records(session, hall_ids, since=today - timedelta(days=RECORD_DAYS))
    cards = read_cards(session, query, plans)
    values = {card.id: _value(card, today, records) for card in cards}
    cards.sort(key=lambda card: (-values[card.id], card.id))
    shown: list[Card] = []
    taken: dict[int, int] = {}
    for card in cards:
        taken[card.hall_id] = taken.get(card.hall_id, 0) + 1
        if taken[card.hall_id] <= cap:
            shown.append(card)
    groups = group_by_desk(
        together(session, shown),
        desk=lambda card: (card.hall_id, card.desk),
        value=lambda card: values[card.id],
        tie=lambda card: card.id,
    )
    return Queue(
        [DeskGroup(found[0].hall_name, found[0].desk_name, found) for _, found in groups],
        len(shown),
        len(cards) - len(shown),
    )


def load_records(
    session: Session, hall_ids: Collection[int], *, since: date
) -> Mapping[tuple[str, str | None], Record]:
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


def _value(card: Card, today: date, records: Mapping[tuple[str, str | None], Record]) -> float:
    return value_of_look(
        card.confidence,
        points=ADVISORY_POINTS if is_advisory(card.modality) else 1.0,
        age_days=(today - card.day).days,
        record=records.get((card.clause, card.camera)),
    )
