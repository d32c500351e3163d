"""The term of evidence in the ledger: as long as its case is open, then so many days.

A case has ended when it is 已销号, 驳回 or 申诉成立; its term runs from that day.  What goes: the
photos by hand and the cuts of its finding.  What stays: the case itself, every step, and the files
of bulletins that were issued.  A legal hold on any day between the case's day and its end keeps
all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from service.clock import hall_day
from service.db.models import Case, CasePicture, Finding, LegalHold, Media
from service.ledger.states import State

ENDED: Final = tuple(state.value for state in State if state.ended)


def is_evidence(ended_before: datetime) -> ColumnElement[bool]:
    """Whether a finding's pictures are still needed: nobody has decided it yet, or it is confirmed
    and its case is open or ended later than this.
    """
    of_it = Case.finding_id == Finding.id
    needs = exists().where(of_it, or_(Case.state.not_in(ENDED), Case.evidence_deleted_at.is_(None)))
    # a verdict from before there was a ledger has no case: its own day counts
    alone = and_(~exists().where(of_it), Finding.decided_at >= ended_before)
    undated = Finding.decided_at.is_(None)
    return or_(
        Finding.status == "open",
        and_(Finding.status == "confirmed", or_(needs, alone, undated)),
    )


def past_their_term(session: Session, ended_before: datetime) -> list[int]:
    """Cases that ended before that moment, have pictures left, and are on no legal hold."""
    ended_at = func.coalesce(Case.closed_at, Case.updated_at)
    left = exists().where(CasePicture.case_id == Case.id, CasePicture.deleted_at.is_(None))
    rows = session.execute(
        select(Case.id, Case.hall_id, Case.day, Case.closed_at, Case.updated_at)
        .where(
            Case.state.in_(ENDED),
            ended_at < ended_before,
            or_(Case.evidence_deleted_at.is_(None), left),
        )
        .order_by(Case.id)
    ).all()
    holds = session.scalars(select(LegalHold).where(LegalHold.released_at.is_(None))).all()
    return [
        row.id
        for row in rows
        if not any(
            hold.hall_id == row.hall_id
            and hold.day_from <= hall_day(row.closed_at or row.updated_at)
            and hold.day_to >= row.day
            for hold in holds
        )
    ]


def give_up(session: Session, ids: Sequence[int], now: datetime) -> list[tuple[int, str]]:
    """Mark the evidence of these cases as deleted; gives hall and path of each photo by hand.

    Not through objects: a case's version does not rise, because nobody has done anything to it.
    """
    photos = session.execute(
        select(CasePicture.id, Case.hall_id, CasePicture.path)
        .join(Case, Case.id == CasePicture.case_id)
        .where(CasePicture.case_id.in_(ids), CasePicture.deleted_at.is_(None))
        .order_by(CasePicture.id)
    ).all()
    session.execute(
        update(CasePicture)
        .where(CasePicture.id.in_([photo.id for photo in photos]))
        .values(deleted_at=now)
    )
    session.execute(
        update(Case)
        .where(Case.id.in_(ids), Case.evidence_deleted_at.is_(None))
        .values(evidence_deleted_at=now)
    )
    return [(photo.hall_id, photo.path) for photo in photos]


def cuts_gone(session: Session, media: Sequence[int], now: datetime) -> None:
    """Say at the cases of these cuts that they went: a rejected finding's go before its case."""
    findings = select(Media.finding_id).where(Media.id.in_(media))
    session.execute(
        update(Case)
        .where(Case.finding_id.in_(findings), Case.evidence_deleted_at.is_(None))
        .values(evidence_deleted_at=now)
    )
