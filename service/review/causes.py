"""Findings of one cause: the same things on the same frame at one desk, against several clauses.

A bag on a chair's seat breaks two clauses; it is looked at once and decided once.  Each clause
keeps a finding of its own, with its own memory, case and points.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.models import Decision, Finding
from service.review.cards import Card

Cause: TypeAlias = tuple[int, str, int, str]
"""Hall, desk, frame, and the boxes on it."""


@dataclass(frozen=True, slots=True)
class Also:
    """Another clause that the same cause breaks; ``row_version`` as its viewer sees it."""

    id: int
    row_version: int
    clause: str
    clause_text: str
    modality: str


def cause_of(
    hall_id: int, desk: str, frame_id: int | None, boxes: Sequence[Mapping[str, Any]]
) -> Cause | None:
    """What a finding rests on; None where it rests on nothing that could be drawn."""
    if frame_id is None or not boxes:
        return None
    drawn = sorted((str(b["cls"]), *(round(float(v)) for v in b["xyxy_px"])) for b in boxes)
    return hall_id, desk, frame_id, json.dumps(drawn)


def siblings(session: Session, finding: Finding) -> list[Finding]:
    """The other open findings of the same cause, by clause."""
    cause = cause_of(finding.hall_id, finding.desk, finding.frame_id, finding.boxes or [])
    if cause is None:
        return []
    near = session.scalars(
        select(Finding)
        .where(
            Finding.hall_id == finding.hall_id,
            Finding.desk == finding.desk,
            Finding.frame_id == finding.frame_id,
            Finding.status == "open",
            Finding.id != finding.id,
        )
        .order_by(Finding.clause, Finding.id)
    )
    return [f for f in near if cause_of(f.hall_id, f.desk, f.frame_id, f.boxes or []) == cause]


def also_of(session: Session, finding: Finding) -> tuple[Also, ...]:
    """What a verdict on this open finding decides as well."""
    if finding.status != "open":
        return ()
    return tuple(
        Also(f.id, f.row_version, f.clause, f.clause_text, f.modality)
        for f in siblings(session, finding)
    )


def together(session: Session, cards: Sequence[Card]) -> list[Card]:
    """Cards in their order, those of one cause as one: the first, with the others' clauses."""
    causes: dict[int, Cause | None] = {}
    ids = [card.id for card in cards]
    for start in range(0, len(ids), 500):
        rows = session.execute(
            select(
                Finding.id, Finding.hall_id, Finding.desk, Finding.frame_id, Finding.boxes
            ).where(Finding.id.in_(ids[start : start + 500]))
        )
        causes |= {row[0]: cause_of(row[1], row[2], row[3], row[4] or []) for row in rows}
    out: list[Card] = []
    place: dict[Cause, int] = {}
    for card in cards:
        cause = causes.get(card.id)
        if cause is not None and cause in place:
            first = out[place[cause]]
            out[place[cause]] = replace(first, also=(*first.also, card.clause))
            continue
        if cause is not None:
            place[cause] = len(out)
        out.append(card)
    return out


def given_with(session: Session, standing: Decision) -> list[Decision]:
    """The verdicts that were given together with this one on findings of the same cause."""
    finding = session.get_one(Finding, standing.finding_id)
    cause = cause_of(finding.hall_id, finding.desk, finding.frame_id, finding.boxes or [])
    if cause is None:
        return []
    rows = session.execute(
        select(Decision, Finding)
        .join(Finding, Finding.id == Decision.finding_id)
        .where(
            Decision.user_id == standing.user_id,
            Decision.at == standing.at,
            Decision.action == standing.action,
            Decision.id != standing.id,
            Finding.hall_id == finding.hall_id,
            Finding.frame_id == finding.frame_id,
        )
        .order_by(Decision.id)
    )
    return [
        decision
        for decision, other in rows
        if cause_of(other.hall_id, other.desk, other.frame_id, other.boxes or []) == cause
    ]
