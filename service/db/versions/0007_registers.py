"""Approved notices, permitted things, exceptions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime()


def column(name: str, kind: sa.types.TypeEngine[Any], *to: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *to, nullable=False)


def hall() -> sa.Column[Any]:
    return column("hall_id", ID, sa.ForeignKey("halls.id"))


def made() -> tuple[sa.Column[Any], ...]:
    """Who entered a row and when."""
    return column("created_at", MOMENT), column("created_by", sa.String(64))


def taken_back() -> tuple[sa.Column[Any], ...]:
    """Who took it back and when."""
    return sa.Column("taken_back_at", MOMENT), sa.Column("taken_back_by", sa.String(64))


def upgrade() -> None:
    op.create_table(
        "approved_notices",
        sa.Column("id", ID, primary_key=True),
        hall(),
        column("zone", sa.String(64)),
        column("title", sa.String(200)),
        column("first_day", sa.Date()),
        column("last_day", sa.Date()),
        column("approved_by", sa.String(100)),
        *made(),
        *taken_back(),
    )
    op.create_index(
        "ix_approved_notices_hall_id_last_day", "approved_notices", ["hall_id", "last_day"]
    )
    op.create_table(
        "permitted_things",
        sa.Column("id", ID, primary_key=True),
        hall(),
        column("desk", sa.String(64)),
        column("cls", sa.String(32)),
        column("number", sa.Integer()),
        column("note", sa.String(200)),
        *made(),
        sa.UniqueConstraint(
            "hall_id", "desk", "cls", name=op.f("uq_permitted_things_hall_id_desk_cls")
        ),
        sa.CheckConstraint("number BETWEEN 1 AND 99", name=op.f("ck_permitted_things_number")),
    )
    op.create_table(
        "desk_exceptions",
        sa.Column("id", ID, primary_key=True),
        hall(),
        column("desk", sa.String(64)),
        column("clause", sa.String(32)),
        column("kind", sa.String(16)),
        column("first_day", sa.Date()),
        column("last_day", sa.Date()),
        column("why", sa.Text()),
        column("approved_by", sa.String(100)),
        *made(),
        *taken_back(),
        sa.CheckConstraint(
            "kind IN ('device_absent', 'plain_clothes', 'other')",
            name=op.f("ck_desk_exceptions_kind"),
        ),
    )
    op.create_index(
        "ix_desk_exceptions_hall_id_last_day", "desk_exceptions", ["hall_id", "last_day"]
    )


def downgrade() -> None:
    op.drop_table("desk_exceptions")
    op.drop_table("permitted_things")
    op.drop_table("approved_notices")
