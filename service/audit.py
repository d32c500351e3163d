"""The audit log: who looked at what and changed what; append-only, each row sealed by the last.

A row's hash covers all its fields and the hash before it, so that a row can't be altered, taken
out, put in or moved without every later hash failing.  ``audit_head`` holds the last number and
hash: rows cut off at the end are missed too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import AuditHead, AuditRow
from vision.seen import StoreError

GENESIS: Final = "0" * 64
_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a walk over the whole log found; ``fault`` is None or the sentence of the first one."""

    rows: int
    last_hash: str
    fault: str | None = None
    fault_id: int | None = None

    @property
    def ok(self) -> bool:
        return self.fault is None


def append(
    session: Session,
    *,
    at: datetime,
    user_id: int | None,
    actor: str,
    action: str,
    object_kind: str,
    object_id: str,
    hall_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Add one row inside the caller's transaction; gives its number.

    Raising the head first takes the database's row lock (on SQLite the write lock), so two writers
    can never seal against the same row.
    """
    session.execute(
        update(AuditHead).where(AuditHead.id == 1).values(last_id=AuditHead.last_id + 1)
    )
    head = session.execute(select(AuditHead.last_id, AuditHead.hash)).one_or_none()
    if head is None:
        raise StoreError("The audit log's head is missing; restore the database from a backup.")
    row: dict[str, Any] = {
        "id": head.last_id,
        "at": at.astimezone(UTC),
        "user_id": user_id,
        "actor": actor[:64],
        "action": action[:64],
        "object_kind": object_kind[:32],
        "object_id": object_id[:64],
        "hall_id": hall_id,
        "detail": json.loads(_canonical(dict(detail or {}))),
        "prev_hash": head.hash,
    }
    row["hash"] = seal(row)
    session.execute(insert(AuditRow), [row])
    session.execute(update(AuditHead).where(AuditHead.id == 1).values(hash=row["hash"]))
    return int(row["id"])


def append_by(
    viewer: Viewer,
    session: Session,
    *,
    at: datetime,
    action: str,
    object_kind: str,
    object_id: str,
    hall_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """``append`` for what a logged-in person did: their id and login go together."""
    return append(
        session,
        at=at,
        user_id=viewer.user_id,
        actor=viewer.login,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        hall_id=hall_id,
        detail=detail,
    )


def append_hall(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    hall_id: int,
    code: str,
    user_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """``append`` for what happened to a hall: its code stands beside its number."""
    return append(
        session,
        at=at,
        user_id=user_id,
        actor=actor,
        action=action,
        object_kind="hall",
        object_id=str(hall_id),
        hall_id=hall_id,
        detail={"code": code, **(detail or {})},
    )


def seal(row: Mapping[str, Any]) -> str:
    """The hash of a row: sha256 over its fields as canonical JSON, the hash before it included."""
    fields = {k: row[k] for k in _SEALED}
    fields["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_canonical(fields).encode()).hexdigest()


_SEALED: Final = (
    "id", "at", "user_id", "actor", "action", "object_kind", "object_id", "hall_id", "detail",
    "prev_hash",
)  # fmt: skip


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def verify(database: Database) -> AuditReport:
    """Walk the whole log in one view of the database and check every seal."""
    with database.read() as session:
        return _verify(session)


def _verify(session: Session) -> AuditReport:
    head = session.execute(select(AuditHead.last_id, AuditHead.hash)).one_or_none()
    if head is None:
        return AuditReport(0, GENESIS, "The log's head is missing.", None)
    before, count = GENESIS, 0
    columns = [getattr(AuditRow, name) for name in (*_SEALED, "hash")]
    query = select(*columns).order_by(AuditRow.id).execution_options(yield_per=_BATCH)
    for row in map(dict, session.execute(query).mappings()):
        count += 1
        fault: str | None = None
        if row["id"] != count:
            fault = f"Row {count} is missing: the log goes on with row {row['id']}."
        elif row["prev_hash"] != before:
            fault = f"Row {count} does not join on to the row before it."
        elif seal(row) != row["hash"]:
            fault = f"Row {count} was altered after it was written."
        if fault is not None:
            return AuditReport(count, before, fault, count)
        before = row["hash"]
    if head.last_id != count or head.hash != before:
        return AuditReport(
            count, before, f"The log ends at row {count}, but {head.last_id} were written.", count
        )
    return AuditReport(count, before)
