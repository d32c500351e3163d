"""A share of decided findings comes back blind; a share of 合格 is shown to look for the missed.

Which ones is drawn from the installation's own secret, so that nobody can tell beforehand, and the
same ones come whoever asks: a draw can't be repeated until it pleases.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import (
    DayVerdict,
    Finding,
    FrameRow,
    Media,
    PassLook,
    Run,
    SecondLook,
)
from service.plan import uniform
from service.review.agreement import Agreement, Recall, agreement
from service.review.decide import StaleError
from vision.seen import DeskcheckError, InputError

DAYS: Final = 30
"""How long after its verdict a finding may come back."""
FIGURE_DAYS: Final = 90
"""How far back the figures reach."""
ACTION_OF: Final = {"confirmed": "confirm", "dismissed": "dismiss"}
Action = Literal["confirm", "dismiss"]


class AlreadyLooked(StaleError):
    """Somebody else looked meanwhile."""

    def __init__(self) -> None:
        DeskcheckError.__init__(self, "这一条刚被他人看过,请看下一条。")
        self.details = {}


@dataclass(frozen=True, slots=True)
class PassCell:
    """A desk × clause called 合格, and the masked frame that it is looked for on."""

    hall_id: int
    day: date
    desk: str
    clause: str
    window: str
    frame_id: int
    media_id: int
    camera: str


def blind_ids(
    session: Session, viewer: Viewer, *, secret: str, share: float, now: datetime
) -> list[int]:
    """Decided findings that the viewer may look at blind, the oldest verdict first."""
    rows = session.scalars(
        select(Finding.id)
        .outerjoin(SecondLook, SecondLook.finding_id == Finding.id)
        .where(
            Finding.hall_id.in_(viewer.hall_ids),
            Finding.status.in_(tuple(ACTION_OF)),
            Finding.source == "camera",
            Finding.decided_at >= now - timedelta(days=DAYS),
            Finding.decided_by_id.is_not(None),
            Finding.decided_by_id != viewer.user_id,
            SecondLook.id.is_(None),
        )
        .order_by(Finding.decided_at, Finding.id)
    )
    return [id for id in rows if uniform(secret, f"second look {id}") < share]


def look_again(
    database: Database,
    viewer: Viewer,
    finding_id: int,
    action: Action,
    *,
    secret: str,
    share: float,
    now: datetime,
) -> None:
    """The blind verdict; it changes nothing but the figures."""
    with database.write() as session:
        if finding_id not in blind_ids(session, viewer, secret=secret, share=share, now=now):
            raise AlreadyLooked
        finding = session.get_one(Finding, finding_id)
        session.add(
            SecondLook(
                finding_id=finding_id, hall_id=finding.hall_id,
                first_user_id=finding.decided_by_id, first_action=ACTION_OF[finding.status],
                second_user_id=viewer.user_id, second_action=action, at=now,
            )
        )  # fmt: skip
        _log(session, viewer, "second.look", "finding", str(finding_id), finding.hall_id, now)


def disagreements(session: Session, viewer: Viewer) -> Sequence[SecondLook]:
    """Unsettled ones that the viewer had no part in."""
    return session.scalars(
        select(SecondLook)
        .where(
            SecondLook.hall_id.in_(viewer.hall_ids),
            SecondLook.first_action != SecondLook.second_action,
            SecondLook.settled_at.is_(None),
            SecondLook.second_user_id != viewer.user_id,
            SecondLook.first_user_id.is_distinct_from(viewer.user_id),
        )
        .order_by(SecondLook.id)
        .limit(100)
    ).all()


def settle(
    database: Database, viewer: Viewer, look_id: int, action: Action, *, now: datetime
) -> int:
    """A third person's word; gives the finding's id.  The first verdict stays what it was."""
    with database.write() as session:
        look = next((row for row in disagreements(session, viewer) if row.id == look_id), None)
        if look is None:
            raise AlreadyLooked
        look.settled_by_id, look.settled_action, look.settled_at = viewer.user_id, action, now
        _log(session, viewer, "second.settle", "finding", str(look.finding_id), look.hall_id, now)
        return look.finding_id


def agreed(session: Session, hall_ids: Collection[int], now: datetime) -> Agreement:
    """The last quarter's pairs of verdicts."""
    rows = session.execute(
        select(SecondLook.first_action, SecondLook.second_action).where(
            SecondLook.hall_id.in_(hall_ids), SecondLook.at >= now - timedelta(days=FIGURE_DAYS)
        )
    )
    return agreement((row[0], row[1]) for row in rows)


# ------------------------------------------------------------------ 合格


def pass_cells(
    session: Session, hall_ids: Collection[int], *, secret: str, share: float, most: int
) -> list[PassCell]:
    """The last night's sample of 合格 cells that nobody has looked at, at most ``most`` a hall."""
    cells: list[PassCell] = []
    newest = session.execute(
        select(Run.hall_id, func.max(Run.day))
        .where(Run.hall_id.in_(hall_ids))
        .group_by(Run.hall_id)
    )
    for hall_id, day in newest:
        done = {
            (row.desk, row.clause, row.window)
            for row in session.scalars(
                select(PassLook).where(PassLook.hall_id == hall_id, PassLook.day == day)
            )
        }
        drawn = sample(_passed(session, hall_id, day), f"{hall_id} {day}", secret, share, most)
        for desk, clause, window, camera in drawn:
            frame = None if (desk, clause, window) in done else _frame(
                session, hall_id, day, camera, window
            )  # fmt: skip
            if frame is not None:
                cells.append(PassCell(hall_id, day, desk, clause, window, *frame, camera))
    return cells


def pass_cell(
    session: Session,
    hall_ids: Collection[int],
    key: tuple[int, str, str, str, str],
    *,
    secret: str,
    share: float,
    most: int,
) -> PassCell:
    """The drawn cell of this (hall, day, desk, clause, window): only what was drawn is answered."""
    for cell in pass_cells(session, hall_ids, secret=secret, share=share, most=most):
        if (cell.hall_id, cell.day.isoformat(), cell.desk, cell.clause, cell.window) == key:
            return cell
    raise AlreadyLooked


Cell = tuple[str, str, str, str]
"""Desk, clause, window, camera."""


def sample(cells: Sequence[Cell], label: str, secret: str, share: float, most: int) -> list[Cell]:
    """Each cell by its own lot below ``share``, the lowest lots first, at most ``most``."""
    lots = sorted((uniform(secret, f"pass look {label} {'/'.join(cell)}"), cell) for cell in cells)
    return [cell for lot, cell in lots if lot < share][:most]


def _passed(session: Session, hall_id: int, day: date) -> list[Cell]:
    rows = session.execute(
        select(DayVerdict.desk, DayVerdict.clause, DayVerdict.window, DayVerdict.camera).where(
            DayVerdict.hall_id == hall_id,
            DayVerdict.day == day,
            DayVerdict.verdict == "pass",
            DayVerdict.camera.is_not(None),
        )
    )
    return [(row[0], row[1], row[2], row[3] or "") for row in rows]


def _frame(
    session: Session, hall_id: int, day: date, camera: str, window: str
) -> tuple[int, int] | None:
    """The last usable frame of that camera and window, and its masked picture."""
    row = session.execute(
        select(FrameRow.id, Media.id)
        .join(Media, Media.frame_id == FrameRow.id)
        .where(
            FrameRow.hall_id == hall_id,
            FrameRow.day == day,
            FrameRow.camera == camera,
            FrameRow.window == window,
            FrameRow.gate == "ok",
            Media.kind == "frame",
            Media.masked.is_(True),
        )
        .order_by(FrameRow.taken_at.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def answer_pass(
    database: Database,
    viewer: Viewer,
    cell: PassCell,
    answer: Literal["clean", "missed", "unclear"],
    *,
    now: datetime,
) -> None:
    """What the viewer saw there."""
    if answer not in ("clean", "missed", "unclear"):
        raise InputError("请选择一项结果。")
    key = (cell.hall_id, cell.day, cell.desk, cell.clause, cell.window)
    with database.write() as session:
        columns = (
            PassLook.hall_id, PassLook.day, PassLook.desk, PassLook.clause, PassLook.window,
        )  # fmt: skip
        if session.scalar(select(PassLook.id).where(tuple_(*columns) == key)) is not None:
            raise AlreadyLooked
        session.add(
            PassLook(
                hall_id=cell.hall_id, day=cell.day, desk=cell.desk, clause=cell.clause,
                window=cell.window, frame_id=cell.frame_id, user_id=viewer.user_id,
                answer=answer, at=now,
            )
        )  # fmt: skip
        what = f"{cell.day}/{cell.desk}/{cell.clause}/{cell.window}"
        _log(session, viewer, f"pass.{answer}", "verdict", what, cell.hall_id, now)


def recall(session: Session, hall_ids: Collection[int], now: datetime) -> Recall:
    """The last quarter's: cells confirmed, cells called 合格, and the sample of those."""
    since = (now - timedelta(days=FIGURE_DAYS)).date()
    found = session.scalar(
        select(func.count())
        .select_from(DayVerdict)
        .join(Finding, Finding.id == DayVerdict.finding_id)
        .where(
            DayVerdict.hall_id.in_(hall_ids),
            DayVerdict.day >= since,
            DayVerdict.verdict == "suspect",
            Finding.status == "confirmed",
        )
    )
    passed = session.scalar(
        select(func.count())
        .select_from(DayVerdict)
        .where(
            DayVerdict.hall_id.in_(hall_ids),
            DayVerdict.day >= since,
            DayVerdict.verdict == "pass",
        )
    )
    counts = {
        row[0]: row[1]
        for row in session.execute(
            select(PassLook.answer, func.count())
            .where(PassLook.hall_id.in_(hall_ids), PassLook.day >= since)
            .group_by(PassLook.answer)
        )
    }
    missed = counts.get("missed", 0)
    return Recall(found or 0, passed or 0, missed + counts.get("clean", 0), missed)


def _log(
    session: Session, viewer: Viewer, action: str, kind: str, id: str, hall_id: int, now: datetime
) -> None:
    append_by(
        viewer, session, at=now, action=action,
        object_kind=kind, object_id=id[:60], hall_id=hall_id, detail={},
    )  # fmt: skip
