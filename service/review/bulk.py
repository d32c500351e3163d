"""One verdict over a selection: each finding in its own transaction, by the version that was seen.

A finding that somebody else decided meanwhile stays as it is and is named; the others go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import select

from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import DISMISS_REASONS, Finding
from service.ledger.states import StepRefused
from service.review.decide import Outcome, StaleError, decide, undo
from vision.seen import InputError

MOST: Final = 100
"""More at once is no looking any more."""
Action = Literal["confirm", "dismiss", "undo"]
Seen = tuple[int, int]
"""A finding's id and the row version that its decider saw."""


@dataclass(frozen=True, slots=True)
class Many:
    """``done``: how each now stands; ``stale``: ids that somebody else changed meanwhile."""

    done: tuple[Outcome, ...]
    stale: tuple[int, ...]


def decide_many(
    database: Database,
    viewer: Viewer,
    seen: Sequence[Seen],
    *,
    action: Action,
    reason: str | None,
    note: str,
    now: datetime,
    recurrence_days: int,
) -> Many:
    """Decide or take back all of these; InputError where nothing or too much is chosen."""
    if not seen:
        raise InputError("请先勾选。")
    if len(seen) > MOST:
        raise InputError("一次最多处理 100 条,请分批进行。")
    if action == "dismiss" and reason not in DISMISS_REASONS:
        raise InputError("请选择不成立的原因。")
    with database.read() as session:
        ids = [id for id, _ in seen]
        own = set(
            session.scalars(
                select(Finding.id).where(Finding.id.in_(ids), Finding.hall_id.in_(viewer.hall_ids))
            )
        )
    done: list[Outcome] = []
    stale: list[int] = []
    for id, version in dict(seen).items():
        if id not in own:
            stale.append(id)  # of another hall, or not there: the two look the same
            continue
        try:
            if action == "undo":
                outcome = undo(database, viewer, id, row_version=version, now=now)
            else:
                outcome = decide(
                    database, viewer, id, action=action, reason=reason, note=note,
                    row_version=version, now=now, recurrence_days=recurrence_days,
                )  # fmt: skip
        except (StaleError, StepRefused):
            stale.append(id)
        else:
            done.append(outcome)
    return Many(tuple(done), tuple(stale))


def parse_seen(items: Sequence[str]) -> list[Seen]:
    """``id:version`` as a form's boxes hold them; InputError for anything else."""
    seen = []
    for item in items:
        id, _, version = item.partition(":")
        if not (id.isdigit() and version.isdigit() and len(item) < 30):
            raise InputError("勾选的内容有误,请刷新页面后重试。")
        seen.append((int(id), int(version)))
    return seen
