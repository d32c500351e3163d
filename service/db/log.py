"""The audit log's tables: rows are only ever added, each sealed by the one before it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Index, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from service.db.base import Base, Id, JsonDict, Sha256
from vision.seen import StoreError


class AuditRow(Base):
    """Who did what to which object.  No foreign keys: the log outlives what it speaks of."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "object_kind", "object_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str] = mapped_column(String(64))
    hall_id: Mapped[int | None]
    detail: Mapped[JsonDict] = mapped_column(default=dict)
    prev_hash: Mapped[str] = mapped_column(Sha256)
    hash: Mapped[str] = mapped_column(Sha256, unique=True)


class AuditHead(Base):
    """One row: the log's last number and hash.  Its row lock puts writers in line."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int] = mapped_column(Id)
    hash: Mapped[str] = mapped_column(Sha256)


APPEND_ONLY: Final = ("audit_log", "decisions", "case_steps")
"""Tables whose rows may never be changed or deleted."""


def _refuse(mapper: Mapper[AuditRow], _connection: Connection, _target: object) -> None:
    raise StoreError(f"A row of {mapper.local_table.description} can't be changed or deleted.")


def forbid_changes(table_class: type[Base]) -> None:
    """Refuse updates and deletes of a table's objects; the database's own triggers do the rest."""
    event.listen(table_class, "before_update", _refuse)
    event.listen(table_class, "before_delete", _refuse)


forbid_changes(AuditRow)
