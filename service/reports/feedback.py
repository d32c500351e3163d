"""意见反馈: what the hall's people say of a clause, gathered into a change list for the rule pack.

Anybody who works with the standard may write; an administrator answers.  What was accepted stands
on the list until the pack was changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import FeedbackRow
from service.review.decide import StaleError
from vision.seen import DeskcheckError, InputError

STATE_ZH: Final = {"open": "待答复", "accepted": "已采纳", "declined": "不采纳", "done": "已修订"}
NEXT: Final = {"open": ("accepted", "declined"), "accepted": ("done", "declined")}
"""From which state an answer may lead where."""
TEXT_MOST: Final = 2000
LIST_MOST: Final = 500


class BadFeedback(InputError):
    """Nothing said, of no clause, or no such answer."""

    def __init__(self, template: str, **values: str) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))


class StaleFeedback(StaleError):
    """Somebody answered meanwhile."""

    def __init__(self) -> None:
        DeskcheckError.__init__(self, "这一条刚被他人答复过,请刷新。")
        self.details = {}


def give(
    database: Database,
    viewer: Viewer,
    hall_id: int,
    *,
    clause: str,
    text: str,
    clauses: Collection[str],
    pack_version: str,
    now: datetime,
) -> int:
    """Write one down; gives its id."""
    text = text.strip()
    if clause not in clauses:
        raise BadFeedback("标准中没有条款“{clause}”。", clause=clause[:32])
    if not text:
        raise BadFeedback("请写明意见。")
    if len(text) > TEXT_MOST:
        raise BadFeedback("意见最长 {most} 字。", most=str(TEXT_MOST))
    with database.write() as session:
        row = FeedbackRow(
            hall_id=hall_id, clause=clause, pack_version=pack_version, text=text,
            created_at=now, created_by_id=viewer.user_id,
        )  # fmt: skip
        session.add(row)
        session.flush()
        _log(session, viewer, row, "feedback.give", now)
        return row.id


def answer(
    database: Database,
    viewer: Viewer,
    hall_id: int,
    feedback_id: int,
    *,
    state: str,
    text: str,
    now: datetime,
) -> bool:
    """Accept, decline or mark as done; False where the hall has no such row."""
    with database.write() as session:
        row = session.scalars(
            select(FeedbackRow)
            .where(FeedbackRow.id == feedback_id, FeedbackRow.hall_id == hall_id)
            .with_for_update()
        ).first()
        if row is None:
            return False
        if state not in NEXT.get(row.state, ()):
            raise StaleFeedback
        if state == "declined" and not text.strip():
            raise BadFeedback("不采纳须写明理由。")
        row.state, row.answer = state, text.strip()[:TEXT_MOST] or row.answer
        row.answered_at, row.answered_by_id = now, viewer.user_id
        _log(session, viewer, row, f"feedback.{state}", now)
    return True


def listed(
    session: Session, hall_ids: Collection[int], *, own: int | None = None
) -> Sequence[FeedbackRow]:
    """The newest first, open ones before the others; ``own``: only this user's."""
    where: list[ColumnElement[bool]] = [FeedbackRow.hall_id.in_(hall_ids)]
    if own is not None:
        where.append(FeedbackRow.created_by_id == own)
    rows = session.scalars(
        select(FeedbackRow)
        .where(*where)
        .options(joinedload(FeedbackRow.created_by), joinedload(FeedbackRow.answered_by))
        .order_by(FeedbackRow.id.desc())
        .limit(LIST_MOST)
    ).all()
    return sorted(rows, key=lambda row: (row.state != "open", -row.id))


def _log(session: Session, viewer: Viewer, row: FeedbackRow, action: str, now: datetime) -> None:
    append_by(
        viewer, session, at=now, action=action,
        object_kind="feedback", object_id=str(row.id), hall_id=row.hall_id,
        detail={"clause": row.clause},
    )  # fmt: skip
