"""Verdicts of people: confirm, dismiss, take back, add by hand.  Each is one transaction.

A verdict names the row version that its giver saw; on another version it is refused, so that two
inspectors never decide the same finding unseen.  Nothing is ever overwritten: a decision taken
back keeps its row, and the taking back is a row of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.exc import StaleDataError

from service.audit import append_by
from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import (
    DISMISS_REASONS,
    Decision,
    Finding,
    FindingFrame,
    FrameRow,
    LayoutVersion,
    User,
)
from service.ledger import follow
from service.ledger.follow import RECURRENCE_DAYS
from service.review.book import Clause
from service.review.causes import given_with, siblings
from vision.seen import BoxPx, DeskcheckError, InputError

NOTE_MOST: Final = 500
TAKEN_BACK: Final = ("confirm", "dismiss", "add")


class StaleError(DeskcheckError):
    """Somebody else changed the finding in the meantime; carries how it stands now."""

    def __init__(self, finding: Finding, who: str) -> None:
        super().__init__("这一条刚被他人处理过,已为您显示最新状态。")
        self.details = {
            "id": finding.id,
            "state": finding.status,
            "row_version": finding.row_version,
            "by": who,
            "at": finding.decided_at.isoformat() if finding.decided_at else None,
        }


class NoteTooLong(InputError):
    """A note is longer than a note may be."""

    template = "备注不得超过 {most} 字。"

    def __init__(self, most: int) -> None:
        self.values = {"most": most}
        super().__init__(self.template.format(**self.values))


class NothingToUndo(DeskcheckError):
    """The user has no verdict that could be taken back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a finding stands after a verdict."""

    id: int
    hall_id: int
    state: str
    row_version: int


def decide(
    database: Database,
    viewer: Viewer,
    finding_id: int,
    *,
    action: Literal["confirm", "dismiss"],
    reason: str | None,
    note: str,
    row_version: int,
    now: datetime,
    recurrence_days: int = RECURRENCE_DAYS,
    also: Mapping[int, int] | None = None,
) -> Outcome:
    """Confirm or dismiss an open finding in the viewer's name; a confirmed one becomes a case.

    ``also``: id -> row version of open findings of the same cause, decided in one with it: all of
    them or none.
    """
    if action == "dismiss" and reason not in DISMISS_REASONS:
        raise InputError("请选择不成立的原因。")
    note = clean_note(note)
    with database.write() as session:
        finding = _load(session, finding_id, row_version)
        if finding.status != "open":
            raise StaleError(finding, _name(session, finding.decided_by_id))
        same_cause = {f.id for f in siblings(session, finding)} if also else set()
        others = []
        for other_id, version in sorted((also or {}).items()):
            other = session.get(Finding, other_id) if other_id in same_cause else None
            if other is None or other.row_version != version:
                raise StaleError(finding, _name(session, (other or finding).decided_by_id))
            others.append(other)
        outcomes = []
        for each in (finding, *others):
            each.status = "confirmed" if action == "confirm" else "dismissed"
            each.decided_at = now
            each.decided_by_id = viewer.user_id
            each.decision_reason = reason if action == "dismiss" else None
            each.updated_at = now
            session.add(
                Decision(
                    finding_id=each.id,
                    user_id=viewer.user_id,
                    action=action,
                    reason=each.decision_reason,
                    note=note,
                    at=now,
                )
            )
            outcomes.append(_file(session, each, viewer, f"finding.{action}", now, reason=reason))
            if action == "confirm":
                follow.confirmed(session, each, viewer, now, recurrence_days=recurrence_days)
            else:
                follow.dismissed(session, each, viewer, now)
        return outcomes[0]


def undo(
    database: Database, viewer: Viewer, finding_id: int, *, row_version: int, now: datetime
) -> Outcome:
    """Take back the standing verdict of a finding: one's own, or anybody's as administrator."""
    with database.write() as session:
        finding = _load(session, finding_id, row_version)
        standing = _standing(session, finding.id)
        if standing is None or finding.status not in {"confirmed", "dismissed"}:
            raise StaleError(finding, _name(session, finding.decided_by_id))
        if standing.user_id != viewer.user_id and viewer.role is not Role.ADMIN:
            raise InputError("只能撤回自己的处理;他人的处理请由本人或系统管理员撤回。")
        return _take_back_all(session, finding, standing, viewer, now)


def undo_last(database: Database, viewer: Viewer, *, now: datetime) -> Outcome:
    """Take back the viewer's own last standing verdict, wherever it was given."""
    undoing = aliased(Decision)
    with database.write() as session:
        standing = session.scalar(
            select(Decision)
            .join(Finding, Finding.id == Decision.finding_id)
            .where(
                Decision.user_id == viewer.user_id,
                Decision.action.in_(TAKEN_BACK),
                Finding.hall_id.in_(viewer.hall_ids),
                Finding.status.in_(("confirmed", "dismissed")),
                ~select(undoing.id).where(undoing.undoes_id == Decision.id).exists(),
            )
            .order_by(Decision.id.desc())
            .limit(1)
        )
        if standing is None:
            raise NothingToUndo("没有可以撤回的处理。")
        finding = session.get_one(Finding, standing.finding_id)
        current = _standing(session, finding.id)
        if current is None or current.id != standing.id:
            raise StaleError(finding, _name(session, finding.decided_by_id))
        return _take_back_all(session, finding, standing, viewer, now)


def add_missed(
    database: Database,
    viewer: Viewer,
    frame_id: int,
    *,
    desk: str,
    clause: Clause,
    box_xyxy_px: BoxPx,
    note: str,
    pack_version: str,
    desks: Sequence[str],
    now: datetime,
    recurrence_days: int = RECURRENCE_DAYS,
) -> Outcome:
    """补记: what the system missed, recorded as confirmed by the inspector who saw it."""
    note = clean_note(note)
    if desk not in desks:
        raise InputError("布局中没有这个工位。")
    with database.write() as session:
        frame = session.get_one(FrameRow, frame_id)
        box = _fit_box(box_xyxy_px, frame)
        layout_id = session.scalar(
            select(LayoutVersion.id)
            .where(LayoutVersion.hall_id == frame.hall_id)
            .order_by(LayoutVersion.version.desc())
            .limit(1)
        )
        if layout_id is None:
            raise InputError("这个大厅还没有布局,不能补记。")
        boxes = [{"cls": "manual", "xyxy_px": list(box), "confidence": 1.0}]
        finding = Finding(
            key=f"manual:{secrets.token_hex(16)}",
            hall_id=frame.hall_id,
            day=frame.day,
            last_day=frame.day,
            desk=desk,
            clause=clause.id,
            window=frame.window or "W",
            camera=frame.camera,
            source="manual",
            status="confirmed",
            confidence=1.0,
            reason_code="manual",
            reason_values={},
            boxes=boxes,
            frame_id=frame.id,
            clause_text=clause.text,
            modality=clause.modality,
            pack_version=pack_version,
            layout_version_id=layout_id,
            created_at=now,
            updated_at=now,
            decided_at=now,
            decided_by_id=viewer.user_id,
        )
        session.add(finding)
        session.flush()
        session.add(
            FindingFrame(finding_id=finding.id, frame_id=frame.id, deciding=True, boxes=boxes)
        )
        session.add(
            Decision(finding_id=finding.id, user_id=viewer.user_id, action="add", note=note, at=now)
        )
        outcome = _file(session, finding, viewer, "finding.add", now)
        follow.confirmed(session, finding, viewer, now, recurrence_days=recurrence_days)
        return outcome


def clean_note(note: str) -> str:
    """A note as it is stored: no control characters, no blank ends, not too long."""
    cleaned = "".join(c for c in note if c == "\n" or c.isprintable()).strip()
    if len(cleaned) > NOTE_MOST:
        raise NoteTooLong(NOTE_MOST)
    return cleaned


def _fit_box(box: BoxPx, frame: FrameRow) -> BoxPx:
    """The box inside the frame; refused when nothing of it is there."""
    if not frame.width or not frame.height:
        raise InputError("这张图无法读取,不能补记。")
    x1, x2 = sorted((min(max(box[0], 0), frame.width), min(max(box[2], 0), frame.width)))
    y1, y2 = sorted((min(max(box[1], 0), frame.height), min(max(box[3], 0), frame.height)))
    if not (x2 - x1 >= 2 and y2 - y1 >= 2):  # also what is no number at all
        raise InputError("框太小或在画面之外,请重新画框。")
    return (round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1))


def _load(session: Session, finding_id: int, row_version: int) -> Finding:
    finding = session.get_one(Finding, finding_id)
    if finding.row_version != row_version:
        raise StaleError(finding, _name(session, finding.decided_by_id))
    return finding


def _standing(session: Session, finding_id: int) -> Decision | None:
    """The last verdict of a person that nobody took back."""
    undoing = aliased(Decision)
    return session.scalar(
        select(Decision)
        .where(
            Decision.finding_id == finding_id,
            Decision.action.in_(TAKEN_BACK),
            ~select(undoing.id).where(undoing.undoes_id == Decision.id).exists(),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )


def _take_back_all(
    session: Session, finding: Finding, standing: Decision, viewer: Viewer, now: datetime
) -> Outcome:
    """Take back a verdict, and those given with it on findings of the same cause."""
    for other in given_with(session, standing):
        current = _standing(session, other.finding_id)
        if current is not None and current.id == other.id:
            also = session.get_one(Finding, other.finding_id)
            _take_back(session, also, other, viewer, now)
    return _take_back(session, finding, standing, viewer, now)


def _take_back(
    session: Session, finding: Finding, standing: Decision, viewer: Viewer, now: datetime
) -> Outcome:
    # A finding that only exists because somebody added it goes altogether; others wait again.
    finding.status = "withdrawn" if standing.action == "add" else "open"
    finding.decided_at = None
    finding.decided_by_id = None
    finding.decision_reason = None
    finding.updated_at = now
    session.add(
        Decision(
            finding_id=finding.id,
            user_id=viewer.user_id,
            action="undo",
            at=now,
            undoes_id=standing.id,
        )
    )
    outcome = _file(session, finding, viewer, "finding.undo", now, undoes=standing.id)
    follow.taken_back(session, finding, viewer, now)
    return outcome


def _file(
    session: Session,
    finding: Finding,
    viewer: Viewer,
    action: str,
    now: datetime,
    **detail: object,
) -> Outcome:
    """Write the change and its line in the log; gives how the finding now stands."""
    try:
        session.flush()
    except StaleDataError:
        session.rollback()
        fresh = session.get_one(Finding, finding.id)
        raise StaleError(fresh, _name(session, fresh.decided_by_id)) from None
    append_by(
        viewer,
        session,
        at=now,
        action=action,
        object_kind="finding",
        object_id=str(finding.id),
        hall_id=finding.hall_id,
        detail={k: v for k, v in detail.items() if v is not None},
    )
    return Outcome(finding.id, finding.hall_id, finding.status, finding.row_version)


def _name(session: Session, user_id: int | None) -> str:
    return (session.scalar(select(User.name).where(User.id == user_id)) or "") if user_id else ""
